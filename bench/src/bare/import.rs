//! The bare import: the ceiling that bringing a list into an indexed table can reach on this machine.
//!
//! One thread reads rows with the common reader, reads numbers as we do, looks for repeated ones in memory and writes
//! everybody with prepared statements, ten thousand in a commit that is durable. It cannot go on after its death, asks
//! no contact book, mends nothing, shows half of itself, and holds the only connection: it is no product.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Result, ensure};
use carillon_domain::country_code::CountryCode;
use carillon_domain::phone_number::parse_cell;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::clock;
use crate::contest::data_folder;
use crate::people::Expected;

const ROWS_PER_COMMIT: u64 = 10_000;
const CACHE_KIB: i64 = 65_536;
const PHONE: usize = 2;

const SCHEMA: &str = "
CREATE TABLE contacts (
  id BLOB PRIMARY KEY, department_id BLOB NOT NULL, phone TEXT NOT NULL, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, email TEXT NOT NULL, company TEXT NOT NULL, postal_code TEXT NOT NULL,
  state TEXT NOT NULL, created_at INTEGER NOT NULL, UNIQUE (department_id, phone)
) STRICT;
CREATE INDEX contacts_of_department ON contacts (department_id, id);
";
const INSERT: &str = "INSERT INTO contacts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// Imports a list into a new database.
pub fn rows_per_s(list: &Path, expected: Expected) -> Result<f64> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let mut db = Connection::open(folder.path().join("bare.db"))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    db.execute_batch(SCHEMA)?;
    let began = clock::monotonic();
    let (rows, found) = import(&mut db, list)?;
    let taken_s = began.elapsed().as_secs_f64();
    ensure!(found == expected, "the bare import found {found:?}, expected {expected:?}");
    Ok(rows as f64 / taken_s)
}

fn import(db: &mut Connection, list: &Path) -> Result<(u64, Expected)> {
    let (department, now_us) = (Uuid::now_v7(), clock::wall_us());
    let mut reader = csv::Reader::from_path(list)?;
    let (mut row, mut seen) = (csv::StringRecord::new(), HashSet::new());
    let (mut rows, mut found) = (0, Expected::default());
    let mut is_more = true;
    while is_more {
        let tx = db.transaction()?;
        let mut insert = tx.prepare_cached(INSERT)?;
        for _ in 0..ROWS_PER_COMMIT {
            is_more = reader.read_record(&mut row)?;
            if !is_more {
                break;
            }
            rows += 1;
            let Ok(cell) = parse_cell(&row[PHONE], &CountryCode::US) else {
                found.rejected += 1;
                continue;
            };
            if !seen.insert(cell.phone) {
                found.skipped += 1;
                continue;
            }
            found.imported += 1;
            let (id, phone) = (Uuid::now_v7(), cell.phone.as_str());
            insert.execute(params![
                id, department, phone, &row[0], &row[1], &row[3], &row[4], &row[5], &row[6], now_us
            ])?;
        }
        drop(insert);
        tx.commit()?;
    }
    Ok((rows, found))
}
