//! What leaves as a table of results: recipients of a run with their calls, part by part, and the names of their fields.
//!
//! Parts are read by key, each in one ordered statement, so that an export of any length holds nothing up. What is read
//! is handed over row by row, its texts borrowed. What stands in which column is the door's business.

mod fields;

use std::collections::BTreeSet;

use carillon_domain::facts::AnsweredBy;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx, runs};
use crate::params;
pub use fields::Fields;

/// Recipients of a run that are next to each other in the order of their enrollment: after the first of these ids, up to
/// the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    run: Uuid,
    after: Uuid,
    /// The last of them, unless it is the last part.
    pub until: Option<Uuid>,
}

/// A recipient with one of the calls to it.
#[derive(Debug)]
pub struct Recipient<'r> {
    pub id: Uuid,
    pub name: &'r str,
    pub phone: &'r str,
    pub fields: Fields<'r>,
    pub state: &'r str,
    pub reason: Option<&'r str>,
    pub outcome: Option<&'r str>,
    pub attempts: i64,
    pub call: Option<Call>,
}

/// When somebody was called, and for how long they talked.
#[derive(Debug)]
pub struct Call {
    pub sent_at: Timestamp,
    pub duration_s: Option<u32>,
}

/// An attempt to reach a recipient.
#[derive(Debug)]
pub struct Attempt<'r> {
    pub recipient: Uuid,
    pub name: &'r str,
    pub number: i64,
    pub phone: &'r str,
    pub from: &'r str,
    pub state: &'r str,
    pub outcome: Option<&'r str>,
    pub error_code: Option<i64>,
    pub sent_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<AnsweredBy>,
    pub ended_at: Option<Timestamp>,
    pub duration_s: Option<u32>,
    pub call_sid: Option<&'r str>,
}

/// What a table tells of a call's facts.
#[derive(Deserialize)]
struct Heard {
    answered_at: Option<Timestamp>,
    answered_by: Option<AnsweredBy>,
    end: Option<End>,
}

/// The same of their end alone.
#[derive(Deserialize)]
struct HeardAtLast {
    end: Option<End>,
}

#[derive(Deserialize)]
struct End {
    duration_s: Option<u32>,
}

/// The next part of a run, of at most so many recipients.
///
/// # Errors
/// When the database fails.
pub fn part(tx: &mut Tx<'_>, run: Uuid, after: Uuid, recipients: u32) -> Result<Part, StoreError> {
    const LAST: &str = "SELECT id FROM recipients WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3";
    let until = tx.query_opt(LAST, params![run, after, recipients.saturating_sub(1)], |row| row.get(0))?;
    Ok(Part { run, after, until })
}

impl Part {
    fn until(&self) -> Uuid {
        self.until.unwrap_or(Uuid::max())
    }
}

/// The names of the merge fields that recipients of a part have.
///
/// # Errors
/// When the database fails.
pub fn field_names(tx: &mut Tx<'_>, part: &Part) -> Result<BTreeSet<String>, StoreError> {
    const FIELDS: &str = "SELECT fields FROM recipients WHERE run_id = $1 AND id > $2 AND id <= $3 ORDER BY id";
    let mut names = BTreeSet::new();
    tx.read_in_index_order()?;
    tx.query(FIELDS, params![part.run, part.after, part.until()], |row| {
        Fields::parse(row.text(0)?)?.add_names_to(&mut names);
        Ok(())
    })?;
    Ok(names)
}

/// Columns of the recipients of a part (`r`) beside their calls (`a`), in the order of both.
macro_rules! of_part {
    ($columns:expr, $join:literal) => {
        Sql::Split {
            // The index that is named has the calls of each recipient in their order. Were the order said as well,
            // SQLite would sort each recipient's.
            sqlite: concat!(
                $columns,
                " FROM recipients r ",
                $join,
                " attempts a INDEXED BY attempts_of_recipient
                    ON a.recipient_id = r.id AND a.state NOT IN ('reserved', 'not_sent')
                  WHERE r.run_id = $1 AND r.id > $2 AND r.id <= $3 ORDER BY r.id"
            ),
            postgres: concat!(
                $columns,
                " FROM recipients r ",
                $join,
                " attempts a ON a.recipient_id = r.id AND a.state NOT IN ('reserved', 'not_sent')
                  WHERE r.run_id = $1 AND r.id > $2 AND r.id <= $3 ORDER BY r.id, a.send_at, a.id"
            ),
        }
    };
}

macro_rules! recipient_columns {
    () => {
        // The sweeper has not reached the rows of a stopped run yet, and what it will do is true already.
        "SELECT r.id, r.name, r.phone, r.fields,
            CASE WHEN $4 = 1 AND r.state IN ('pending', 'retrying') THEN 'suppressed' ELSE r.state END,
            CASE WHEN $4 = 1 AND r.state IN ('pending', 'retrying') THEN 'stopped' ELSE r.reason END,
            r.outcome, r.attempts, a.send_at, a.facts"
    };
}

macro_rules! attempt_columns {
    () => {
        "SELECT r.id, r.name, a.number, a.phone, a.from_number, a.state, a.outcome, a.error_code, a.send_at, a.ended_at,
            a.facts, a.call_sid"
    };
}

/// The recipients of a part, in their order. One who was called several times comes once a call, the latest last.
///
/// # Errors
/// When the database fails.
pub fn recipients(tx: &mut Tx<'_>, part: &Part, mut take: impl FnMut(&Recipient<'_>)) -> Result<(), StoreError> {
    const QUERY: Sql = of_part!(recipient_columns!(), "LEFT JOIN");
    let is_unswept = runs::is_unswept(tx, part.run)?;
    tx.read_in_index_order()?;
    tx.query(QUERY, params![part.run, part.after, part.until(), is_unswept], |row| {
        take(&recipient(row)?);
        Ok(())
    })?;
    Ok(())
}

fn recipient<'r>(row: &'r Row<'_>) -> Result<Recipient<'r>, StoreError> {
    Ok(Recipient {
        id: row.get(0)?,
        name: row.text(1)?,
        phone: row.text(2)?,
        fields: Fields::parse(row.text(3)?)?,
        state: row.text(4)?,
        reason: row.opt_text(5)?,
        outcome: row.opt_text(6)?,
        attempts: row.get(7)?,
        call: row.get::<Option<Timestamp>>(8)?.map(|sent_at| call(row, sent_at)).transpose()?,
    })
}

fn call(row: &Row<'_>, sent_at: Timestamp) -> Result<Call, StoreError> {
    let heard: HeardAtLast = row.json(9)?;
    Ok(Call { sent_at, duration_s: heard.end.and_then(|end| end.duration_s) })
}

/// The attempts of a part that were sent (or may have been): recipients in their order, the calls of each oldest first.
///
/// # Errors
/// When the database fails.
pub fn attempts(tx: &mut Tx<'_>, part: &Part, mut take: impl FnMut(&Attempt<'_>)) -> Result<(), StoreError> {
    const QUERY: Sql = of_part!(attempt_columns!(), "JOIN");
    tx.read_in_index_order()?;
    tx.query(QUERY, params![part.run, part.after, part.until()], |row| {
        take(&attempt(row)?);
        Ok(())
    })?;
    Ok(())
}

fn attempt<'r>(row: &'r Row<'_>) -> Result<Attempt<'r>, StoreError> {
    let heard: Heard = row.json(10)?;
    Ok(Attempt {
        recipient: row.get(0)?,
        name: row.text(1)?,
        number: row.get(2)?,
        phone: row.text(3)?,
        from: row.text(4)?,
        state: row.text(5)?,
        outcome: row.opt_text(6)?,
        error_code: row.get(7)?,
        sent_at: row.get(8)?,
        answered_at: heard.answered_at,
        answered_by: heard.answered_by,
        ended_at: row.get(9)?,
        duration_s: heard.end.and_then(|end| end.duration_s),
        call_sid: row.opt_text(11)?,
    })
}
