//! Who works on an import, and how it ends.
//!
//! A lease keeps two nodes from doing the same work; that none of it is done twice does not rest on it, but on the
//! counters: a step is written only where the last one ended ([`to_go_on`]).

use carillon_domain::import::Habits;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Fates, Import, imports, read};
use crate::params;
use crate::store::{Sql, StoreError, Tx};

/// A lease on an import.
#[derive(Debug, Clone)]
pub struct Lease {
    pub owner: String,
    pub until: Timestamp,
}

/// Leases the oldest running import that nobody works on.
///
/// # Errors
/// When the database fails.
pub fn claim(tx: &mut Tx<'_>, lease: &Lease, now: Timestamp) -> Result<Option<Import>, StoreError> {
    const NEXT: Sql = Sql::Split {
        sqlite: imports!("WHERE state = 'running' AND lease_until <= $1 ORDER BY id LIMIT 1"),
        postgres: imports!("WHERE state = 'running' AND lease_until <= $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
    };
    let next = tx.query_opt(NEXT, params![now], read)?;
    if let Some(import) = &next {
        const LEASE: &str = "UPDATE imports SET owner = $2, lease_until = $3 WHERE id = $1";
        tx.execute(LEASE, params![import.id, lease.owner.as_str(), lease.until])?;
    }
    Ok(next)
}

/// When the next lease lapses, of imports that are running.
///
/// # Errors
/// When the database fails.
pub fn next_lapse(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT min(lease_until) FROM imports WHERE state = 'running'", &[], |row| row.get(0))
}

/// Gives a lease back at once, so that another node need not wait for its end.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut Tx<'_>, id: Uuid, owner: &str) -> Result<(), StoreError> {
    const RELEASE: &str = "UPDATE imports SET lease_until = 0 WHERE id = $1 AND owner = $2";
    tx.execute(RELEASE, params![id, owner]).map(drop)
}

/// Holds a lease for longer. False: somebody else has it.
///
/// # Errors
/// When the database fails.
pub fn renew(tx: &mut Tx<'_>, id: Uuid, lease: &Lease) -> Result<bool, StoreError> {
    const RENEW: &str = "UPDATE imports SET lease_until = $3 WHERE id = $1 AND owner = $2 AND state = 'running'";
    Ok(tx.execute(RENEW, params![id, lease.owner.as_str(), lease.until])? == 1)
}

/// A running import, in order to write the rows behind the first `done`. `None`: somebody else works on it, or has gone
/// on from there.
///
/// # Errors
/// When the database fails.
pub(super) fn to_go_on(tx: &mut Tx<'_>, id: Uuid, lease: &Lease, done: i64) -> Result<Option<Import>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: imports!("WHERE id = $1 AND owner = $2 AND done = $3 AND state = 'running'"),
        postgres: imports!("WHERE id = $1 AND owner = $2 AND done = $3 AND state = 'running' FOR UPDATE"),
    };
    tx.query_opt(LOCK, params![id, lease.owner.as_str(), done], read)
}

/// Counts the rows of a step, and holds the lease for longer. The import is locked ([`to_go_on`]).
///
/// # Errors
/// When the database fails.
pub(super) fn advance(tx: &mut Tx<'_>, id: Uuid, lease: &Lease, step: &Fates) -> Result<(), StoreError> {
    const ADVANCE: &str = "UPDATE imports SET done = done + $2, imported = imported + $3, updated = updated + $4,
            skipped = skipped + $5, rejected = rejected + $6, lease_until = $7, repaired = repaired + $8
        WHERE id = $1";
    let row =
        params![id, step.done(), step.imported, step.updated, step.skipped, step.rejected, lease.until, step.repaired];
    tx.execute(ADVANCE, row).map(drop)
}

/// Every row of a strict import was looked at, and none is bad.
///
/// # Errors
/// When the database fails.
pub fn set_checked(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("UPDATE imports SET checked = 1 WHERE id = $1", params![id]).map(drop)
}

/// What a list's columns usually hold was learnt. The first who learnt it is believed by all others, and by whoever
/// reads the list later.
///
/// # Errors
/// When the database fails.
pub fn set_habits(tx: &mut Tx<'_>, id: Uuid, habits: &Habits) -> Result<(), StoreError> {
    let habits = serde_json::to_string(habits).expect("habits are plain data");
    tx.execute("UPDATE imports SET habits = $2 WHERE id = $1 AND habits IS NULL", params![id, habits]).map(drop)
}

/// Ends an import all of whose rows have a fate; from then on its contacts are there for everybody.
///
/// # Errors
/// When the database fails, or rows are without a fate (the constraint says so).
pub fn finish(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    const FINISH: &str = "UPDATE imports SET state = 'done', finished_at = $2, lease_until = 0
        WHERE id = $1 AND state = 'running'";
    tx.execute(FINISH, params![id, now]).map(drop)
}

/// Ends an import that cannot go on: what has no fate yet is rejected.
///
/// # Errors
/// When the database fails.
pub fn fail(tx: &mut Tx<'_>, id: Uuid, note: &str, now: Timestamp) -> Result<(), StoreError> {
    const FAIL: &str = "UPDATE imports SET state = 'failed', note = $2, finished_at = $3, lease_until = 0,
            rejected = rejected + rows - done, done = rows
        WHERE id = $1 AND state = 'running'";
    tx.execute(FAIL, params![id, note, now]).map(drop)
}

/// Enrolls nobody any more, and says why.
///
/// # Errors
/// When the database fails.
pub fn leave_campaign(tx: &mut Tx<'_>, id: Uuid, note: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE imports SET campaign_id = NULL, note = $2 WHERE id = $1", params![id, note]).map(drop)
}

/// Imports whose list is no longer needed: not committed since `uploaded_before`, or ended before `ended_before`.
/// The first are forgotten; of the others the file goes and the row stays. Gives the ids of the files.
///
/// # Errors
/// When the database fails.
pub fn sweep(
    tx: &mut Tx<'_>,
    uploaded_before: Timestamp,
    ended_before: Timestamp,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    const LEFT: &str = "SELECT id FROM imports
        WHERE bytes > 0 AND created_at < $1 AND state IN ('uploaded', 'validated') LIMIT $2";
    const ENDED: &str = "SELECT id FROM imports WHERE bytes > 0 AND created_at < $1 AND finished_at < $1 LIMIT $2";
    let left: Vec<Uuid> = tx.query(LEFT, params![uploaded_before, limit], |row| row.get(0))?;
    let ended: Vec<Uuid> = tx.query(ENDED, params![ended_before, limit], |row| row.get(0))?;
    for id in &left {
        tx.execute("DELETE FROM imports WHERE id = $1", params![*id])?;
    }
    for id in &ended {
        tx.execute("UPDATE imports SET bytes = 0 WHERE id = $1", params![*id])?;
    }
    Ok([left, ended].concat())
}
