//! Test calls: campaigns with one recipient that stand in no list, a few an hour and person.
//!
//! They are campaigns like any other to the claim and the ledger, so that every limit and rule holds for them. What is
//! said, and to whom, is the API's business; who ends one that cannot be placed, `engine::test_calls`'.

use jiff::Timestamp;
use uuid::Uuid;

use crate::params;
use crate::store::{StoreError, Tx};

/// When somebody's newest test calls since an instant were asked for, newest first. Under the organization's limiter row
/// nobody adds another one meanwhile.
///
/// # Errors
/// When the database fails.
pub fn asked_since(
    tx: &mut Tx<'_>,
    (organization, actor): (Uuid, &str),
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Timestamp>, StoreError> {
    const QUERY: &str = "SELECT created_at FROM campaigns
        WHERE organization_id = $1 AND created_by = $2 AND created_at > $3 AND test_of IS NOT NULL
        ORDER BY created_at DESC LIMIT $4";
    tx.query(QUERY, params![organization, actor, since, limit], |row| row.get(0))
}
