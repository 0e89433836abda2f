//! Buckets: the recipients of a run that share zones, and the run's counters, which are the buckets' sums.
//!
//! Counters change by differences, in the transaction that changes the ledger, in the order of their keys;
//! [`recount`] reads the ledger instead and must always agree.

use std::collections::BTreeMap;

use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// Differences of counters, by run and bucket.
pub type Deltas = BTreeMap<(Uuid, i64), Counts>;

/// What the planner reads of one bucket.
#[derive(Debug, Clone)]
pub struct BucketRow {
    pub bucket: i64,
    /// The key of its zone set.
    pub zones: String,
    pub counts: Counts,
    /// Those who wait to be called.
    pub waiting: i64,
    /// The earliest due time among them; `None` when nobody waits.
    pub earliest_due: Option<Timestamp>,
}

/// The counter columns in the order of [`Counts`].
fn counts(row: &Row<'_>, from: usize) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let mut index = from;
    for cell in &mut counts.recipients {
        *cell = row.get(index)?;
        index += 1;
    }
    counts.called = row.get(index)?;
    counts.attempts = row.get(index + 1)?;
    index += 2;
    for cell in &mut counts.outcomes {
        *cell = row.get(index)?;
        index += 1;
    }
    Ok(counts)
}

macro_rules! buckets {
    ($waiting:literal, $earliest_due:literal) => {
        concat!(
            "SELECT b.bucket, b.zones, ",
            $waiting,
            ", ",
            $earliest_due,
            ", b.pending, b.dialing, b.retrying, b.completed, b.failed, b.suppressed, b.called, b.attempts,
                b.answered, b.no_answer, b.busy, b.outcome_failed, b.voicemail, b.abandoned, b.opted_out, b.canceled, b.unknown
           FROM buckets b WHERE b.run_id = $1 ORDER BY b.bucket"
        )
    };
}

fn read(row: &Row<'_>) -> Result<BucketRow, StoreError> {
    Ok(BucketRow {
        bucket: row.get(0)?,
        zones: row.get(1)?,
        waiting: row.get(2)?,
        earliest_due: row.get(3)?,
        counts: counts(row, 4)?,
    })
}

/// The buckets of a run, each with its earliest due time.
///
/// # Errors
/// When the database fails.
pub fn of_run(tx: &mut Tx<'_>, run: Uuid) -> Result<Vec<BucketRow>, StoreError> {
    const QUERY: &str = buckets!(
        "b.pending + b.retrying",
        "(SELECT min(r.due_at) FROM recipients r
            WHERE r.run_id = b.run_id AND r.bucket = b.bucket AND r.state IN ('pending', 'retrying'))"
    );
    tx.query(QUERY, params![run], read)
}

/// As [`of_run`], for a test of the first people of a run: of those who wait only them, who alone have a due time. They
/// are few, so they are counted.
///
/// # Errors
/// When the database fails.
pub fn of_first(tx: &mut Tx<'_>, run: Uuid) -> Result<Vec<BucketRow>, StoreError> {
    const QUERY: &str = buckets!(
        "(SELECT count(*) FROM recipients r WHERE r.run_id = b.run_id AND r.bucket = b.bucket
            AND r.state IN ('pending', 'retrying') AND r.due_at > 0)",
        "(SELECT min(r.due_at) FROM recipients r WHERE r.run_id = b.run_id AND r.bucket = b.bucket
            AND r.state IN ('pending', 'retrying') AND r.due_at > 0)"
    );
    tx.query(QUERY, params![run], read)
}

/// Those of a bucket who had their attempts of the day.
#[derive(Debug, Clone, Copy)]
pub struct Capped {
    pub bucket: i64,
    pub recipients: i64,
    /// When the first of them is due.
    pub earliest_due: Timestamp,
}

/// Who waits in a run because of the daily cap, after `now`: counted in an index that holds nobody else.
///
/// # Errors
/// When the database fails.
pub fn capped(tx: &mut Tx<'_>, run: Uuid, now: Timestamp) -> Result<Vec<Capped>, StoreError> {
    const QUERY: &str = "SELECT bucket, count(*), min(due_at) FROM recipients
        WHERE run_id = $1 AND due_reason = 'daily_cap' AND state IN ('pending', 'retrying') AND due_at > $2
        GROUP BY bucket ORDER BY bucket";
    tx.query(QUERY, params![run, now], |row| {
        Ok(Capped { bucket: row.get(0)?, recipients: row.get(1)?, earliest_due: row.get(2)? })
    })
}

/// Recipients among whom the first is looked for whom no daily cap holds.
const LOOKED_THROUGH_MAX: u32 = 10_000;

/// The earliest due time of a bucket's people whom no daily cap holds; of too many to look through, a time before which
/// none of them is due.
///
/// # Errors
/// When the database fails.
pub fn earliest_uncapped(tx: &mut Tx<'_>, run: Uuid, bucket: i64) -> Result<Option<Timestamp>, StoreError> {
    const QUERY: &str =
        "SELECT coalesce(min(CASE WHEN x.due_reason = 'daily_cap' THEN NULL ELSE x.due_at END), max(x.due_at))
       FROM (SELECT due_at, due_reason FROM recipients
              WHERE run_id = $1 AND bucket = $2 AND state IN ('pending', 'retrying') ORDER BY due_at LIMIT $3) AS x";
    tx.query_one(QUERY, params![run, bucket, LOOKED_THROUGH_MAX], |row| row.get(0))
}

/// The counters of a run: the sum over its buckets.
///
/// # Errors
/// When the database fails.
pub fn total(tx: &mut Tx<'_>, run: Uuid) -> Result<Counts, StoreError> {
    const QUERY: &str = "SELECT pending, dialing, retrying, completed, failed, suppressed, called, attempts,
            answered, no_answer, busy, outcome_failed, voicemail, abandoned, opted_out, canceled, unknown
       FROM buckets WHERE run_id = $1";
    let rows = tx.query(QUERY, params![run], |row| counts(row, 0))?;
    Ok(rows.iter().fold(Counts::default(), |mut sum, counts| {
        sum.add(counts);
        sum
    }))
}

/// What pages read of one bucket.
#[derive(Debug, Clone)]
pub struct BucketFigures {
    pub run: Uuid,
    /// The key of its zone set.
    pub zones: String,
    pub counts: Counts,
}

macro_rules! figures {
    ($filter:literal) => {
        concat!(
            "SELECT run_id, zones, pending, dialing, retrying, completed, failed, suppressed, called, attempts,
                answered, no_answer, busy, outcome_failed, voicemail, abandoned, opted_out, canceled, unknown
           FROM buckets WHERE ",
            $filter
        )
    };
}

/// The counters of these runs, those of one run in the order of its buckets.
///
/// # Errors
/// When the database fails.
pub fn of_runs(tx: &mut Tx<'_>, runs: &[Uuid]) -> Result<Vec<BucketFigures>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: figures!("run_id = $1 ORDER BY bucket"),
        postgres: figures!("run_id = ANY($1) ORDER BY run_id, bucket"),
    };
    tx.query_each(QUERY, &keys(runs), |row| {
        Ok(BucketFigures { run: row.get(0)?, zones: row.get(1)?, counts: counts(row, 2)? })
    })
}

fn keys(runs: &[Uuid]) -> Vec<Value> {
    runs.iter().map(|run| Value::from(*run)).collect()
}

macro_rules! last_due {
    ($filter:literal) => {
        concat!(
            "SELECT x.run_id, max(x.due_at) FROM (SELECT b.run_id, (SELECT max(r.due_at) FROM recipients r
                WHERE r.run_id = b.run_id AND r.bucket = b.bucket AND r.state IN ('pending', 'retrying')) AS due_at
           FROM buckets b WHERE ",
            $filter,
            ") AS x GROUP BY x.run_id"
        )
    };
}

/// When the last recipient of each of these runs who waits becomes due; `None` where nobody waits.
///
/// # Errors
/// When the database fails.
pub fn last_due(tx: &mut Tx<'_>, runs: &[Uuid]) -> Result<Vec<(Uuid, Option<Timestamp>)>, StoreError> {
    // The last of each bucket is the end of an index range; the maximum over the run would read all of them.
    const QUERY: Sql = Sql::Split { sqlite: last_due!("b.run_id = $1"), postgres: last_due!("b.run_id = ANY($1)") };
    tx.query_each(QUERY, &keys(runs), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Adds differences to the counters, in the order of their keys.
///
/// # Errors
/// When the database fails, or a counter would fall below zero (a defect: the constraint says which).
pub fn apply(tx: &mut Tx<'_>, deltas: &Deltas) -> Result<(), StoreError> {
    const SQLITE: &str = "UPDATE buckets SET pending = pending + $3, dialing = dialing + $4, retrying = retrying + $5,
            completed = completed + $6, failed = failed + $7, suppressed = suppressed + $8, called = called + $9,
            attempts = attempts + $10, answered = answered + $11, no_answer = no_answer + $12, busy = busy + $13,
            outcome_failed = outcome_failed + $14, voicemail = voicemail + $15, abandoned = abandoned + $16,
            opted_out = opted_out + $17, canceled = canceled + $18, unknown = unknown + $19
      WHERE run_id = $1 AND bucket = $2";
    for ((run, bucket), delta) in deltas {
        if *delta == Counts::default() {
            continue;
        }
        let mut values: Vec<Value> = row![*run, *bucket];
        values.extend(delta.recipients.iter().map(|n| Value::from(*n)));
        values.extend([Value::from(delta.called), Value::from(delta.attempts)]);
        values.extend(delta.outcomes.iter().map(|n| Value::from(*n)));
        tx.execute(SQLITE, &values)?;
    }
    Ok(())
}

/// The bucket of a zone set in a run, made when it is the first of its kind.
///
/// # Errors
/// When the database fails.
pub fn of_zones(tx: &mut Tx<'_>, run: Uuid, zones: &str) -> Result<i64, StoreError> {
    const FIND: &str = "SELECT bucket FROM buckets WHERE run_id = $1 AND zones = $2";
    if let Some(bucket) = tx.query_opt(FIND, params![run, zones], |row| row.get(0))? {
        return Ok(bucket);
    }
    const INSERT: &str = "INSERT INTO buckets (run_id, bucket, zones)
        SELECT $1, coalesce(max(bucket), 0) + 1, $2 FROM buckets WHERE run_id = $1
        ON CONFLICT DO NOTHING";
    tx.execute(INSERT, params![run, zones])?;
    // Lost against another enrollment for the same number: the unit is run again and sees the winner.
    tx.query_opt(FIND, params![run, zones], |row| row.get(0))?
        .ok_or_else(|| StoreError::Conflict("two enrollments opened a bucket at once".to_owned()))
}

/// The counters of a run as the ledger itself has them. Reads every row: for tests and checks, never for a page.
///
/// # Errors
/// When the database fails.
pub fn recount(tx: &mut Tx<'_>, run: Uuid) -> Result<Counts, StoreError> {
    // In a stopped run, rows that the sweeper has not reached yet are suppressed already.
    const STATES: &str = "SELECT CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying')
                 THEN 'suppressed' ELSE r.state END AS state, count(*), CAST(coalesce(sum(CASE WHEN r.attempts > 0 THEN 1 ELSE 0 END), 0) AS BIGINT)
       FROM recipients r JOIN runs u ON u.id = r.run_id WHERE r.run_id = $1 GROUP BY 1";
    const OUTCOMES: &str =
        "SELECT outcome, count(*) FROM attempts WHERE run_id = $1 AND outcome IS NOT NULL GROUP BY outcome";
    const SENT: &str = "SELECT count(*) FROM attempts WHERE run_id = $1 AND state NOT IN ('reserved', 'not_sent')";
    let mut counts = Counts::default();
    let states = tx.query(STATES, params![run], |row| {
        Ok((row.word::<RecipientState>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
    })?;
    for (state, recipients, called) in states {
        counts.recipients[state as usize] = recipients;
        counts.called += called;
    }
    for (outcome, n) in tx.query(OUTCOMES, params![run], |row| Ok((row.word::<Outcome>(0)?, row.get::<i64>(1)?)))? {
        counts.outcomes[outcome as usize] = n;
    }
    counts.attempts = tx.query_one(SENT, params![run], |row| row.get(0))?;
    Ok(counts)
}
