//! The bare import: the ceiling that bringing a list into an indexed table can reach on this machine.
//!
//! One thread reads rows with the common reader, reads numbers as we do, looks for repeated ones in memory and writes
//! everybody, ten thousand in a commit that is durable: with prepared statements on SQLite, by `COPY` on PostgreSQL. It
//! cannot go on after its death, asks no contact book, mends nothing, shows half of itself, and holds the only
//! connection: it is no product.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use carillon_domain::country_code::CountryCode;
use carillon_domain::phone_number::parse_cell;
use csv::StringRecord;
use postgres::NoTls;
use rusqlite::{Connection, Statement, params};
use uuid::Uuid;

use crate::clock;
use crate::contest::data_folder;
use crate::people::Expected;
use crate::postgres::Postgres;

const ROWS_PER_COMMIT: u64 = 10_000;
const CACHE_KIB: i64 = 65_536;
const PHONE: usize = 2;
/// The other columns that are kept.
const TEXTS: [usize; 6] = [0, 1, 3, 4, 5, 6];

const SCHEMA: &str = "
CREATE TABLE contacts (
  id BLOB PRIMARY KEY, department_id BLOB NOT NULL, phone TEXT NOT NULL, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, email TEXT NOT NULL, company TEXT NOT NULL, postal_code TEXT NOT NULL,
  state TEXT NOT NULL, created_at INTEGER NOT NULL, UNIQUE (department_id, phone)
) STRICT;
CREATE INDEX contacts_of_department ON contacts (department_id, id);
";
const INSERT: &str = "INSERT INTO contacts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const SCHEMA_ON_POSTGRES: &str = "
CREATE TABLE contacts (
  id UUID PRIMARY KEY, department_id UUID NOT NULL, phone TEXT NOT NULL, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, email TEXT NOT NULL, company TEXT NOT NULL, postal_code TEXT NOT NULL,
  state TEXT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (department_id, phone)
);
CREATE INDEX contacts_of_department ON contacts (department_id, id);
";

/// Imports a list into a new SQLite database.
pub fn rows_per_s(list: &Path, expected: Expected) -> Result<f64> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let db = Connection::open(folder.path().join("bare.db"))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    db.execute_batch(SCHEMA)?;
    timed(&mut OnSqlite { db: &db, insert: db.prepare(INSERT)? }, list, expected)
}

/// Imports a list into a new PostgreSQL.
pub fn rows_per_s_on_postgres(list: &Path, expected: Expected) -> Result<f64> {
    let server = Postgres::start()?;
    let mut client = postgres::Client::connect(&server.url(), NoTls)?;
    client.batch_execute(SCHEMA_ON_POSTGRES)?;
    timed(&mut OnPostgres { client, lines: String::new() }, list, expected)
}

fn timed(table: &mut impl Table, list: &Path, expected: Expected) -> Result<f64> {
    let began = clock::monotonic();
    let (rows, found) = import(table, list)?;
    let taken_s = began.elapsed().as_secs_f64();
    ensure!(found == expected, "the bare import found {found:?}, expected {expected:?}");
    Ok(rows as f64 / taken_s)
}

/// Where everybody is written.
trait Table {
    fn begin(&mut self) -> Result<()>;
    fn add(&mut self, person: &Person<'_>) -> Result<()>;
    fn commit(&mut self) -> Result<()>;
}

struct Person<'r> {
    department: Uuid,
    phone: &'r str,
    row: &'r StringRecord,
    now_us: i64,
}

fn import(table: &mut impl Table, list: &Path) -> Result<(u64, Expected)> {
    let (department, now_us) = (Uuid::now_v7(), clock::wall_us());
    let mut reader = csv::Reader::from_path(list)?;
    let (mut row, mut seen) = (StringRecord::new(), HashSet::new());
    let (mut rows, mut found) = (0, Expected::default());
    let mut is_more = true;
    while is_more {
        table.begin()?;
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
            table.add(&Person { department, phone: cell.phone.as_str(), row: &row, now_us })?;
        }
        table.commit()?;
    }
    Ok((rows, found))
}

struct OnSqlite<'c> {
    db: &'c Connection,
    insert: Statement<'c>,
}

impl Table for OnSqlite<'_> {
    fn begin(&mut self) -> Result<()> {
        Ok(self.db.execute_batch("BEGIN")?)
    }

    fn add(&mut self, person: &Person<'_>) -> Result<()> {
        let Person { department, phone, row, now_us } = person;
        let [first, last, email, company, postal_code, state] = TEXTS.map(|column| &row[column]);
        let id = Uuid::now_v7();
        self.insert.execute(params![id, department, phone, first, last, email, company, postal_code, state, now_us])?;
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        Ok(self.db.execute_batch("COMMIT")?)
    }
}

struct OnPostgres {
    client: postgres::Client,
    /// Rows of the next `COPY`, in its text format.
    lines: String,
}

impl Table for OnPostgres {
    fn begin(&mut self) -> Result<()> {
        self.lines.clear();
        Ok(())
    }

    fn add(&mut self, person: &Person<'_>) -> Result<()> {
        write!(self.lines, "{}\t{}\t{}", Uuid::now_v7(), person.department, person.phone)?;
        for column in TEXTS {
            let text = &person.row[column];
            ensure!(!text.contains(['\\', '\t', '\n', '\r']), "a made-up list has nothing to escape");
            write!(self.lines, "\t{text}")?;
        }
        Ok(writeln!(self.lines, "\t{}", person.now_us)?)
    }

    /// A `COPY` is a transaction.
    fn commit(&mut self) -> Result<()> {
        let mut copy = self.client.copy_in("COPY contacts FROM STDIN")?;
        copy.write_all(self.lines.as_bytes())?;
        copy.finish()?;
        Ok(())
    }
}
