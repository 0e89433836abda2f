//! Schedules in force: what was decided of each campaign's occurrences, and when to look at it again.
//!
//! What becomes of an occurrence is `carillon_domain::schedule`'s to decide; it is kept here in the transaction that
//! does it, under the campaign's lock, so that nothing is decided twice by any number of nodes.

use carillon_domain::schedule::{Standing, Verdict};
use carillon_domain::time_zones::TimeZoneName;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, StoreError, Tx};
use crate::params;

/// A schedule in force.
#[derive(Debug, Clone)]
pub struct InForce {
    pub campaign: Uuid,
    pub standing: Standing,
    /// `None`: when the run under way has ended.
    pub look_at: Option<Timestamp>,
}

fn read(row: &Row<'_>) -> Result<InForce, StoreError> {
    Ok(InForce { campaign: row.get(0)?, standing: row.json(1)?, look_at: row.get(2)? })
}

/// The schedule of a campaign, if it is in force. The campaign must be locked by whoever changes it.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, campaign: Uuid) -> Result<Option<InForce>, StoreError> {
    const QUERY: &str = "SELECT campaign_id, standing, look_at FROM schedules WHERE campaign_id = $1";
    tx.query_opt(QUERY, params![campaign], read)
}

/// Sets a schedule in force, or keeps what was decided.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, schedule: &InForce) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO schedules (campaign_id, standing, look_at) VALUES ($1, $2, $3)
        ON CONFLICT (campaign_id) DO UPDATE SET standing = excluded.standing, look_at = excluded.look_at";
    let standing = serde_json::to_string(&schedule.standing).expect("a standing is plain data");
    tx.execute(UPSERT, params![schedule.campaign, standing, schedule.look_at]).map(drop)
}

/// Ends a schedule. What became of its occurrences stays.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, campaign: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM schedules WHERE campaign_id = $1", params![campaign]).map(drop)
}

/// Has a schedule that is in force looked at soon.
///
/// # Errors
/// When the database fails.
pub fn look_now(tx: &mut Tx<'_>, campaign: Uuid, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE schedules SET look_at = $2 WHERE campaign_id = $1", params![campaign, now]).map(drop)
}

/// Campaigns to look at now, those that wait longest first.
///
/// # Errors
/// When the database fails.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Uuid>, StoreError> {
    const QUERY: &str = "SELECT campaign_id FROM schedules WHERE look_at <= $1 ORDER BY look_at LIMIT $2";
    tx.query(QUERY, params![now, limit], |row| row.get(0))
}

/// When the next campaign is to be looked at.
///
/// # Errors
/// When the database fails.
pub fn next_look(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT min(look_at) FROM schedules WHERE look_at IS NOT NULL", &[], |row| row.get(0))
}

/// Keeps what becomes of an occurrence. One that waited gets its second verdict, any other keeps its first.
///
/// # Errors
/// When the database fails, or the occurrence has a verdict already.
pub fn record(
    tx: &mut Tx<'_>,
    campaign: Uuid,
    zone: &TimeZoneName,
    verdict: &Verdict,
    now: Timestamp,
) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO occurrences (campaign_id, zone, local_time, at, verdict, reason, decided_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (campaign_id, zone, local_time)
            DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, decided_at = excluded.decided_at
                WHERE occurrences.verdict = 'waits'";
    let occurrence = verdict.occurrence();
    let (word, reason) = match verdict {
        Verdict::Start(_) => ("started", None),
        Verdict::Skip(_, reason) => ("skipped", Some(reason.as_str())),
        Verdict::Wait(_) => ("waits", None),
        Verdict::Missed(_) => ("missed", None),
    };
    let local = occurrence.local_text();
    let row = params![campaign, zone.as_str(), local.as_str(), occurrence.at, word, reason, now];
    match tx.execute(UPSERT, row)? {
        1 => Ok(()),
        _ => Err(StoreError::Corrupt(format!("the occurrence of {local} has been decided before"))),
    }
}

/// Has every schedule looked at soon: the rules of zones that this program brings may have moved what is to come.
///
/// # Errors
/// When the database fails.
pub fn look_at_all(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE schedules SET look_at = $1 WHERE look_at > $1", params![now]).map(drop)
}
