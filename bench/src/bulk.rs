//! Lists of millions, written by a few statements straight into an SQLite file that nobody has open.
//!
//! The rows are those that enrolling and calling would have left: the first `ended` people of a run were called once
//! and answered, the others are due. Keys ascend from one, so that each index grows at its end. It is not durable while it
//! writes; a benchmark that dies starts anew. The same for PostgreSQL is in [`postgres`].

pub mod postgres;

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, named_params};

use crate::carrier::CALLER_ID;
use crate::rows::{FIELDS, FIRST_AREA, FIRST_NUMBER, NUMBERS_PER_AREA, Seeded, ZONE};

const CHUNK: u64 = 200_000;
const CACHE_KIB: i64 = 262_144;
/// The only bucket of the run.
pub const BUCKET: i64 = 1;
/// When the first of those who were called was called: 2025-01-01.
const FIRST_CALL_US: i64 = 1_735_689_600_000_000;

/// How long a list is and how far it has been called.
#[derive(Clone, Copy)]
pub struct Length {
    pub ended: u64,
    pub due: u64,
}

/// What the rows of a person say; a `#` stands for the place in the list.
#[derive(Clone, Copy)]
pub struct Wording {
    pub name: &'static str,
    /// Merge fields.
    pub fields: &'static str,
    /// What was heard of a call.
    pub facts: &'static str,
}

/// As little as a call needs.
const SHORT: Wording = Wording { name: "Ada", fields: FIELDS, facts: "{}" };

/// Fills the prepared run of a campaign.
pub fn fill(database: &Path, seeded: &Seeded, length: Length) -> Result<()> {
    fill_with(database, seeded, length, SHORT)
}

/// The same with these words.
pub fn fill_with(database: &Path, seeded: &Seeded, length: Length, wording: Wording) -> Result<()> {
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    bucket(&connection, seeded, length)?;
    let all = length.ended + length.due;
    for from in (0..all).step_by(usize::try_from(CHUNK)?) {
        let until = all.min(from + CHUNK);
        let tx = connection.transaction()?;
        recipients(&tx, seeded, (from, until), length.ended, wording)?;
        attempts(&tx, seeded, (from, until.min(length.ended)), wording)?;
        tx.commit()?;
    }
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn bucket(connection: &Connection, seeded: &Seeded, length: Length) -> Result<()> {
    connection.execute(
        "INSERT INTO buckets (run_id, bucket, zones, pending, completed, called, attempts, answered)
         VALUES (:run, :bucket, :zones, :due, :ended, :ended, :ended, :ended)",
        named_params! {
            ":run": seeded.run,
            ":bucket": BUCKET,
            ":zones": ZONE,
            ":due": i64::try_from(length.due)?,
            ":ended": i64::try_from(length.ended)?,
        },
    )?;
    Ok(())
}

fn recipients(tx: &Connection, seeded: &Seeded, (from, until): (u64, u64), ended: u64, wording: Wording) -> Result<()> {
    tx.execute(
        "WITH RECURSIVE n (i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :until)
         INSERT INTO recipients (id, run_id, phone, name, fields, bucket, state, outcome, attempts)
         SELECT unhex(printf('%032x', i + 1)), :run,
                printf('+1%d%d', :area + i / :per_area, :number + i % :per_area), replace(:name, '#', i),
                replace(:fields, '#', i), :bucket,
                iif(i < :ended, 'completed', 'pending'), iif(i < :ended, 'answered', NULL), i < :ended
           FROM n",
        named_params! {
            ":from": i64::try_from(from)?,
            ":until": i64::try_from(until)?,
            ":run": seeded.run,
            ":area": i64::try_from(FIRST_AREA)?,
            ":per_area": i64::try_from(NUMBERS_PER_AREA)?,
            ":number": i64::try_from(FIRST_NUMBER)?,
            ":name": wording.name,
            ":fields": wording.fields,
            ":bucket": BUCKET,
            ":ended": i64::try_from(ended)?,
        },
    )?;
    Ok(())
}

fn attempts(tx: &Connection, seeded: &Seeded, (from, until): (u64, u64), wording: Wording) -> Result<()> {
    if from >= until {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO attempts (id, organization_id, campaign_id, run_id, recipient_id, bucket, number, phone, from_number,
                token, state, outcome, call_sid, epoch, owner, reserved_at, send_at, deadline_at, ended_at, facts)
         SELECT id, :organization, :campaign, :run, id, :bucket, 1, phone, :caller,
                substr(hex(id), 11), 'ended', 'answered', 'CA' || lower(hex(id)), 1, 'bench',
                :at + rowid * 1000, :at + rowid * 1000, :at + rowid * 1000, :at + rowid * 1000, :facts
           FROM recipients
          WHERE run_id = :run AND id > unhex(printf('%032x', :from)) AND id <= unhex(printf('%032x', :until))
          ORDER BY run_id, id",
        named_params! {
            ":from": i64::try_from(from)?,
            ":until": i64::try_from(until)?,
            ":organization": seeded.organization,
            ":campaign": seeded.campaign,
            ":run": seeded.run,
            ":bucket": BUCKET,
            ":caller": CALLER_ID,
            ":at": FIRST_CALL_US,
            ":facts": wording.facts,
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use carillon::store::{Location, Store, StoreError, buckets};
    use carillon_domain::limits::CampaignLimits;

    use super::*;
    use crate::{rows, server};

    #[tokio::test]
    async fn the_counters_of_a_filled_run_equal_a_recount() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = server::app(folder.path()).expect("an app");
        let office = rows::office(&app, rows::wide_settings()).await.expect("an office");
        let seeded = rows::campaign(&app, office, CampaignLimits::default()).await.expect("a campaign");
        let database = server::database(folder.path());
        fill(&database, &seeded, Length { ended: 7, due: 3 }).expect("a filled run");

        let store = Store::open(&Location::Sqlite(database)).expect("the store");
        let run = seeded.run;
        let both = store.read(move |tx| Ok::<_, StoreError>((buckets::total(tx, run)?, buckets::recount(tx, run)?)));
        let (total, recount) = both.await.expect("counts");
        assert_eq!(total, recount);
        assert_eq!((total.called, total.attempts), (7, 7));
    }
}
