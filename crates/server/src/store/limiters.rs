//! Rows that are locked so that limits hold on any number of nodes; first in the lock order.
//!
//! Whoever changes what a claim depends on (slots, the do-not-call list) locks the organization's row, so the
//! two never cross. The arithmetic of slots is `carillon_domain::limits`.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Sql, StoreError, Tx};
use crate::params;

/// The row that an organization's claims and do-not-call changes take.
#[must_use]
pub fn of_organization(organization: Uuid) -> String {
    format!("organization:{organization}")
}

/// The row that gives out the slots of a carrier account, whoever uses it.
#[must_use]
pub fn of_account(account_sid: &str) -> String {
    format!("account:{account_sid}")
}

/// The row that gives out the slots of a campaign with a rate of its own.
#[must_use]
pub fn of_campaign(campaign: Uuid) -> String {
    format!("campaign:{campaign}")
}

/// Locks a row, making it when absent, and returns its next free slot.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, name: &str) -> Result<Timestamp, StoreError> {
    const FIND: Sql = Sql::Split {
        sqlite: "SELECT next_slot_at FROM limiters WHERE name = $1",
        postgres: "SELECT next_slot_at FROM limiters WHERE name = $1 FOR UPDATE",
    };
    if let Some(next) = tx.query_opt(FIND, params![name], |row| row.get(0))? {
        return Ok(next);
    }
    tx.execute(
        "INSERT INTO limiters (name, next_slot_at) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING",
        params![name],
    )?;
    tx.query_one(FIND, params![name], |row| row.get(0))
}

/// The next free slot, without a lock; for planning only.
///
/// # Errors
/// When the database fails.
pub fn next_slot(tx: &mut Tx<'_>, name: &str) -> Result<Timestamp, StoreError> {
    let next = tx.query_opt("SELECT next_slot_at FROM limiters WHERE name = $1", params![name], |row| row.get(0))?;
    Ok(next.unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Writes the next free slot of a row that is locked.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, name: &str, next_slot_at: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE limiters SET next_slot_at = $2 WHERE name = $1", params![name, next_slot_at]).map(drop)
}
