//! The merge fields of those who wait to be called, batch by batch, for a look at what a message will lack.
//!
//! Nothing is decided here: which fields a message names is `carillon_domain::message`'s, how many people are looked at
//! the engine's. The values of one recipient are read with it in [`super::recipients`].

use carillon_domain::message::MergeFields;
use carillon_domain::recipient::RecipientState;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::params;

/// The values of recipients of a run in a state, after `after` in the order of their enrollment, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn in_state(
    tx: &mut Tx<'_>,
    (run, state): (Uuid, RecipientState),
    after: Uuid,
    limit: u32,
) -> Result<Vec<(Uuid, MergeFields)>, StoreError> {
    const QUERY: &str = "SELECT id, fields FROM recipients
        WHERE run_id = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4";
    tx.read_in_index_order()?;
    tx.query(QUERY, params![run, state.as_str(), after, limit], |row| Ok((row.get(0)?, row.json(1)?)))
}
