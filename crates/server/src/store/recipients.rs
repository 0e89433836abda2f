//! Recipients: enrolled once a number and run, listed for pages, removed while nobody has called them.
//!
//! Every change moves the counters of its bucket in the same transaction. Who is called next is the claim's business,
//! what a call makes of somebody the ledger's.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::{DueReason, RecipientState};
use carillon_domain::suppression::SuppressionReason;
use jiff::Timestamp;
use uuid::Uuid;

use super::buckets::{self, Deltas};
use super::runs::{self, Run, RunState};
use super::{Row, Sql, StoreError, Tx, Value, like};
use crate::{params, row};

/// A contact to be enrolled, with the number and merge fields frozen now.
#[derive(Debug, Clone)]
pub struct Enrollment {
    pub id: Uuid,
    pub contact: Option<Uuid>,
    pub phone: String,
    pub name: String,
    /// Merge fields as JSON.
    pub fields: String,
    /// The key of the zones the person may be in.
    pub zones: String,
    /// What gave each of them; `None`: that was never recorded.
    pub clues: Option<String>,
    /// The import that brought them into the campaign: when it is taken back, they leave unless they were called.
    pub import: Option<Uuid>,
    /// Why they may not be called, known already.
    pub suppressed: Option<SuppressionReason>,
}

/// A recipient as pages see it.
#[derive(Debug, Clone)]
pub struct Recipient {
    pub id: Uuid,
    pub run: Uuid,
    pub contact: Option<Uuid>,
    pub phone: String,
    pub name: String,
    pub fields: String,
    pub zones: String,
    /// What gave each of them, as [`Enrollment::clues`].
    pub clues: Option<String>,
    /// As [`Enrollment::import`].
    pub import: Option<Uuid>,
    pub state: RecipientState,
    pub reason: Option<String>,
    pub outcome: Option<Outcome>,
    pub attempts: i64,
    pub due_at: Timestamp,
    /// Why it waits until then.
    pub due_reason: Option<DueReason>,
    /// When it was suppressed; unknown of one that a person removed, and of old rows.
    pub suppressed_at: Option<Timestamp>,
}

impl Recipient {
    /// When it was enrolled: its id tells.
    #[must_use]
    pub fn enrolled_at(&self) -> Option<Timestamp> {
        made_at(self.id)
    }
}

/// When an id was drawn, to the millisecond.
fn made_at(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanoseconds).ok()?).ok()
}

/// Enrolls people in a run, each number once. Numbers on the do-not-call list are enrolled as suppressed.
/// Returns how many were new. The campaign must be locked, or the run not yet started.
///
/// # Errors
/// When the database fails.
pub fn enroll(tx: &mut Tx<'_>, organization: Uuid, run: Uuid, people: &[Enrollment]) -> Result<u64, StoreError> {
    const INSERT: Sql = Sql::Split {
        sqlite: "INSERT INTO recipients (id, run_id, contact_id, phone, name, fields, bucket, state, reason,
                suppressed_at, clues, import_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (run_id, phone) DO NOTHING RETURNING bucket, state",
        postgres: "INSERT INTO recipients (id, run_id, contact_id, phone, name, fields, bucket, state, reason,
                suppressed_at, clues, import_id)
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                $8::text[], $9::text[], $10::bigint[], $11::text[], $12::uuid[])
            ON CONFLICT (run_id, phone) DO NOTHING RETURNING bucket, state",
    };
    let bucket_of = buckets_of(tx, run, people)?;
    let listed = on_list(tx, organization, people)?;
    let rows: Vec<Vec<Value>> = people
        .iter()
        .map(|person| {
            let is_listed = listed.contains(&person.phone);
            let reason = person.suppressed.or(is_listed.then_some(SuppressionReason::DoNotCall));
            let state = if reason.is_some() { RecipientState::Suppressed } else { RecipientState::Pending };
            row![
                person.id,
                run,
                person.contact,
                person.phone.as_str(),
                person.name.as_str(),
                person.fields.as_str(),
                bucket_of[person.zones.as_str()],
                state.as_str(),
                reason.map(SuppressionReason::as_str),
                reason.and_then(|_| made_at(person.id)),
                person.clues.as_deref(),
                person.import,
            ]
        })
        .collect();
    let read = |row: &Row<'_>| Ok((row.get::<i64>(0)?, row.word::<RecipientState>(1)?));
    let new = tx.query_many(INSERT, &rows, read)?;
    let mut deltas = Deltas::new();
    for (bucket, state) in &new {
        deltas.entry((run, *bucket)).or_default().recipients[*state as usize] += 1;
    }
    buckets::apply(tx, &deltas)?;
    Ok(new.len() as u64)
}

/// The bucket of each set of zones among these people.
fn buckets_of<'p>(tx: &mut Tx<'_>, run: Uuid, people: &'p [Enrollment]) -> Result<BTreeMap<&'p str, i64>, StoreError> {
    let zones: BTreeSet<&str> = people.iter().map(|person| person.zones.as_str()).collect();
    zones.into_iter().map(|zones| Ok((zones, buckets::of_zones(tx, run, zones)?))).collect()
}

/// Which of these numbers are on the do-not-call list.
fn on_list(tx: &mut Tx<'_>, organization: Uuid, people: &[Enrollment]) -> Result<HashSet<String>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT phone FROM do_not_call WHERE organization_id = $1 AND phone = $2",
        postgres: "SELECT d.phone FROM do_not_call d JOIN unnest($1::uuid[], $2::text[]) AS x (o, p)
                ON d.organization_id = x.o AND d.phone = x.p",
    };
    let rows: Vec<Vec<Value>> = people.iter().map(|person| row![organization, person.phone.as_str()]).collect();
    Ok(tx.query_many(QUERY, &rows, |row| row.get(0))?.into_iter().collect())
}

macro_rules! recipients {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.run_id, r.contact_id, r.phone, r.name, r.fields, b.zones,
                CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying') THEN 'suppressed' ELSE r.state END,
                CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying') THEN 'stopped' ELSE r.reason END,
                r.outcome, r.attempts, r.due_at, r.due_reason,
                CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying') THEN u.finished_at ELSE r.suppressed_at END,
                r.clues, r.import_id
           FROM recipients r JOIN buckets b ON b.run_id = r.run_id AND b.bucket = r.bucket JOIN runs u ON u.id = r.run_id ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Recipient, StoreError> {
    Ok(Recipient {
        id: row.get(0)?,
        run: row.get(1)?,
        contact: row.get(2)?,
        phone: row.get(3)?,
        name: row.get(4)?,
        fields: row.get(5)?,
        zones: row.get(6)?,
        state: row.word(7)?,
        reason: row.get(8)?,
        outcome: row.opt_word(9)?,
        attempts: row.get(10)?,
        due_at: row.get(11)?,
        due_reason: row.opt_word(12)?,
        suppressed_at: row.get(13)?,
        clues: row.get(14)?,
        import: row.get(15)?,
    })
}

/// The conditions of a page come first, so that each statement reads one index in its order.
macro_rules! filtered {
    ($page:literal) => {
        concat!(
            recipients!("WHERE r.run_id = $1 AND "),
            $page,
            " AND (r.outcome = $3 OR $3 IS NULL)
                AND (lower(r.name) LIKE $4 ESCAPE '\\' OR r.phone LIKE $5 OR $4 IS NULL)
              ORDER BY r.id LIMIT $6"
        )
    };
}

/// Which recipients to list.
#[derive(Debug, Clone, Default)]
pub struct RecipientFilter {
    pub state: Option<RecipientState>,
    pub outcome: Option<Outcome>,
    /// Part of a name or number, as typed.
    pub q: Option<String>,
    /// How many of the run's recipients, or of those in `state`, to skip when `after` names none.
    pub position: u32,
    pub after: Option<Uuid>,
    pub limit: u32,
}

/// Recipients of a run, in the order of their enrollment.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx<'_>, run: Uuid, filter: &RecipientFilter) -> Result<Vec<Recipient>, StoreError> {
    const ALL: &str = filtered!("r.id > $2");
    const IN_STATE: &str = filtered!("r.state = $7 AND r.id > $2");
    // The sweeper has not reached the rows yet, and what it will do is true already.
    const UNSWEPT: &str =
        filtered!("r.id > $2 AND CASE WHEN r.state IN ('pending', 'retrying') THEN 'suppressed' ELSE r.state END = $7");
    tx.read_in_index_order()?;
    let outcome = filter.outcome.map(Outcome::as_str);
    let name = filter.q.as_deref().map(like::containing);
    let phone = filter.q.as_deref().and_then(like::phone_containing);
    let Some(after) = filter.after.map_or_else(|| before(tx, run, filter), |after| Ok(Some(after)))? else {
        return Ok(Vec::new());
    };
    let mut values = row![run, after, outcome, name, phone, filter.limit];
    let Some(state) = filter.state else { return tx.query(ALL, &values, read) };
    values.push(state.as_str().into());
    let sql = if runs::is_unswept(tx, run)? { UNSWEPT } else { IN_STATE };
    tx.query(sql, &values, read)
}

/// After whom a page begins that skips so many. `None`: there are not so many. Walks an index, so it is for jumps in a
/// long table, not for reading on.
fn before(tx: &mut Tx<'_>, run: Uuid, filter: &RecipientFilter) -> Result<Option<Uuid>, StoreError> {
    const ALL: &str = "SELECT id FROM recipients WHERE run_id = $1 ORDER BY id LIMIT 1 OFFSET $2";
    const IN_STATE: &str = "SELECT id FROM recipients WHERE run_id = $1 AND state = $3 ORDER BY id LIMIT 1 OFFSET $2";
    const UNSWEPT: &str = "SELECT id FROM recipients WHERE run_id = $1
            AND CASE WHEN state IN ('pending', 'retrying') THEN 'suppressed' ELSE state END = $3
          ORDER BY id LIMIT 1 OFFSET $2";
    let Some(skipped) = filter.position.checked_sub(1) else { return Ok(Some(Uuid::nil())) };
    let mut values = row![run, skipped];
    let Some(state) = filter.state else { return tx.query_opt(ALL, &values, |row| row.get(0)) };
    values.push(state.as_str().into());
    let sql = if runs::is_unswept(tx, run)? { UNSWEPT } else { IN_STATE };
    tx.query_opt(sql, &values, |row| row.get(0))
}

/// One recipient of a campaign.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, campaign: Uuid, id: Uuid) -> Result<Option<Recipient>, StoreError> {
    tx.query_opt(recipients!("WHERE r.id = $1 AND u.campaign_id = $2"), params![id, campaign], read)
}

/// The recipient of an attempt, for the message it hears.
///
/// # Errors
/// When the database fails.
pub fn find_by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Recipient>, StoreError> {
    tx.query_opt(recipients!("WHERE r.id = $1"), params![id], read)
}

/// What became of a wish to remove somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Gone from a draft, or suppressed as removed in a run that has started.
    Removed,
    /// They were called already, or are being called now.
    TooLate,
    NotFound,
}

/// Takes somebody who was not yet called out of a run of a locked campaign.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, run: &Run, id: Uuid) -> Result<Removal, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT state, attempts, bucket FROM recipients WHERE id = $1 AND run_id = $2",
        postgres: "SELECT state, attempts, bucket FROM recipients WHERE id = $1 AND run_id = $2 FOR UPDATE",
    };
    let read = |row: &Row<'_>| Ok((row.word::<RecipientState>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?));
    let Some((state, attempts, bucket)) = tx.query_opt(LOCK, params![id, run.id], read)? else {
        return Ok(Removal::NotFound);
    };
    let mut delta = carillon_domain::progress::Counts::default();
    if run.state == RunState::Prepared {
        tx.execute("DELETE FROM recipients WHERE id = $1", params![id])?;
        delta.recipients[state as usize] -= 1;
    } else if run.state == RunState::Started && state == RecipientState::Pending && attempts == 0 {
        const MARK: &str = "UPDATE recipients SET state = 'suppressed', reason = 'removed' WHERE id = $1";
        tx.execute(MARK, params![id])?;
        delta.moved(state, RecipientState::Suppressed);
    } else {
        return Ok(Removal::TooLate);
    }
    buckets::apply(tx, &Deltas::from([((run.id, bucket), delta)]))?;
    Ok(Removal::Removed)
}

/// Removes up to `limit` recipients of a draft, lists that were set aside included. Returns how many.
///
/// # Errors
/// When the database fails.
pub fn delete_some(tx: &mut Tx<'_>, campaign: Uuid, limit: u32) -> Result<u64, StoreError> {
    const DELETE: &str = "DELETE FROM recipients WHERE id IN (SELECT id FROM recipients
            WHERE run_id IN (SELECT id FROM runs WHERE campaign_id = $1) LIMIT $2) RETURNING run_id, bucket, state";
    let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.word::<RecipientState>(2)?));
    let gone = tx.query(DELETE, params![campaign, limit], read)?;
    let mut deltas = Deltas::new();
    for (bucket, state) in &gone {
        deltas.entry(*bucket).or_default().recipients[*state as usize] -= 1;
    }
    buckets::apply(tx, &deltas)?;
    Ok(gone.len() as u64)
}

/// The merge fields of a recipient, as text by name.
#[must_use]
pub fn merge_fields(recipient: &Recipient) -> BTreeMap<String, String> {
    serde_json::from_str(&recipient.fields).unwrap_or_default()
}

/// How many recipients of a bucket of a run who wait became due after the first and until the second of these
/// instants, counted up to `most`.
///
/// # Errors
/// When the database fails.
pub fn due(
    tx: &mut Tx<'_>,
    (run, bucket): (Uuid, i64),
    (after, until): (Timestamp, Timestamp),
    most: u32,
) -> Result<i64, StoreError> {
    const DUE: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM recipients
        WHERE run_id = $1 AND bucket = $2 AND state IN ('pending', 'retrying') AND due_at > $3 AND due_at <= $4
        LIMIT $5) AS due";
    tx.query_one(DUE, params![run, bucket, after, until, most], |row| row.get(0))
}
