//! Recipients: enrolled once a number and run, listed for pages, removed while nobody has called them.

use std::collections::BTreeMap;

use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::suppression::SuppressionReason;
use jiff::Timestamp;
use uuid::Uuid;

use super::buckets::{self, Deltas};
use super::{Row, Sql, StoreError, Tx};
use crate::{params, row};

/// A contact to be enrolled, with the number and merge fields frozen now.
#[derive(Debug, Clone)]
pub struct Enrolment {
    pub id: Uuid,
    pub contact: Option<Uuid>,
    pub phone: String,
    pub name: String,
    /// Merge fields as JSON.
    pub fields: String,
    /// The key of the zones the person may be in.
    pub zones: String,
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
    pub state: RecipientState,
    pub reason: Option<String>,
    pub outcome: Option<Outcome>,
    pub attempts: i64,
    pub due_at: Timestamp,
}

/// Enrols people in a run, each number once. Numbers on the do-not-call list are enrolled as suppressed.
/// Returns how many were new. The campaign must be locked, or the run not yet started.
///
/// # Errors
/// When the database fails.
pub fn enrol(tx: &mut Tx<'_>, organization: Uuid, run: Uuid, people: &[Enrolment]) -> Result<u64, StoreError> {
    const SQLITE: &str = "INSERT INTO recipients (id, run_id, contact_id, phone, name, fields, bucket, state, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (run_id, phone) DO NOTHING";
    let mut zones: BTreeMap<&str, i64> = BTreeMap::new();
    let mut deltas = Deltas::new();
    let mut enrolled = 0;
    for person in people {
        let bucket = match zones.get(person.zones.as_str()) {
            Some(bucket) => *bucket,
            None => *zones.entry(&person.zones).or_insert(buckets::of_zones(tx, run, &person.zones)?),
        };
        let reason = match person.suppressed {
            None if is_on_list(tx, organization, &person.phone)? => Some(SuppressionReason::DoNotCall),
            known => known,
        };
        let state = if reason.is_some() { RecipientState::Suppressed } else { RecipientState::Pending };
        let row = row![
            person.id,
            run,
            person.contact,
            person.phone.as_str(),
            person.name.as_str(),
            person.fields.as_str(),
            bucket,
            state.as_str(),
            reason.map(SuppressionReason::as_str),
        ];
        if tx.execute(SQLITE, &row)? == 1 {
            enrolled += 1;
            deltas.entry((run, bucket)).or_default().recipients[state as usize] += 1;
        }
    }
    buckets::apply(tx, &deltas)?;
    Ok(enrolled)
}

fn is_on_list(tx: &mut Tx<'_>, organization: Uuid, phone: &str) -> Result<bool, StoreError> {
    const QUERY: &str = "SELECT count(*) FROM do_not_call WHERE organization_id = $1 AND phone = $2";
    tx.query_one(QUERY, params![organization, phone], |row| row.get::<i64>(0)).map(|n| n > 0)
}

macro_rules! recipients {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.run_id, r.contact_id, r.phone, r.name, r.fields, b.zones,
                CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying') THEN 'suppressed' ELSE r.state END,
                CASE WHEN u.state = 'stopped' AND r.state IN ('pending', 'retrying') THEN 'stopped' ELSE r.reason END,
                r.outcome, r.attempts, r.due_at
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
    })
}

/// Which recipients to list.
#[derive(Debug, Clone, Default)]
pub struct RecipientFilter {
    pub state: Option<RecipientState>,
    pub outcome: Option<Outcome>,
    /// Part of a name or number, folded.
    pub q: Option<String>,
    pub after: Option<Uuid>,
    pub limit: u32,
}

/// Recipients of a run, in the order of their enrolment.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx<'_>, run: Uuid, filter: &RecipientFilter) -> Result<Vec<Recipient>, StoreError> {
    const QUERY: &str = recipients!(
        "WHERE r.run_id = $1 AND (r.id > $2 OR $2 IS NULL) AND (r.state = $3 OR $3 IS NULL)
            AND (r.outcome = $4 OR $4 IS NULL) AND (lower(r.name) LIKE $5 OR r.phone LIKE $5 OR $5 IS NULL)
          ORDER BY r.id LIMIT $6"
    );
    let like = filter.q.as_ref().map(|q| format!("%{}%", q.to_lowercase()));
    let state = filter.state.map(RecipientState::as_str);
    let outcome = filter.outcome.map(Outcome::as_str);
    tx.query(QUERY, params![run, filter.after, state, outcome, like, filter.limit], read)
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

/// Takes somebody who was not yet called out of a run.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, run: Uuid, id: Uuid, started: bool) -> Result<Removal, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT state, attempts, bucket FROM recipients WHERE id = $1 AND run_id = $2",
        postgres: "SELECT state, attempts, bucket FROM recipients WHERE id = $1 AND run_id = $2 FOR UPDATE",
    };
    let read = |row: &Row<'_>| Ok((row.word::<RecipientState>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?));
    let Some((state, attempts, bucket)) = tx.query_opt(LOCK, params![id, run], read)? else {
        return Ok(Removal::NotFound);
    };
    let mut delta = carillon_domain::progress::Counts::default();
    if !started {
        tx.execute("DELETE FROM recipients WHERE id = $1", params![id])?;
        delta.recipients[state as usize] -= 1;
    } else if state == RecipientState::Pending && attempts == 0 {
        const MARK: &str = "UPDATE recipients SET state = 'suppressed', reason = 'removed' WHERE id = $1";
        tx.execute(MARK, params![id])?;
        delta.moved(state, RecipientState::Suppressed);
    } else {
        return Ok(Removal::TooLate);
    }
    buckets::apply(tx, &Deltas::from([((run, bucket), delta)]))?;
    Ok(Removal::Removed)
}

/// The merge fields of a recipient, as text by name.
#[must_use]
pub fn merge_fields(recipient: &Recipient) -> BTreeMap<String, String> {
    serde_json::from_str(&recipient.fields).unwrap_or_default()
}
