//! The nodes that share this database, as far as they said that they live.
//!
//! For people who look at the system's health; nothing is decided by it, and no node needs to know of another. Rows of
//! nodes that ended are removed by the next that lives.

use jiff::{SignedDuration, Timestamp};

use super::{StoreError, Tx};
use crate::params;

/// A row that is older is of a node that ended.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Notes that a node lives.
///
/// # Errors
/// When the database fails.
pub fn beat(tx: &mut Tx<'_>, node: &str, now: Timestamp) -> Result<(), StoreError> {
    const BEAT: &str = "INSERT INTO nodes (id, seen_at) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at";
    tx.execute(BEAT, params![node, now])?;
    tx.execute("DELETE FROM nodes WHERE seen_at < $1", params![now - KEPT_FOR]).map(drop)
}

/// How many other nodes have lived since `since`.
///
/// # Errors
/// When the database fails.
pub fn others_since(tx: &mut Tx<'_>, own: &str, since: Timestamp) -> Result<i64, StoreError> {
    tx.query_one("SELECT COUNT(*) FROM nodes WHERE seen_at >= $2 AND id <> $1", params![own, since], |row| row.get(0))
}
