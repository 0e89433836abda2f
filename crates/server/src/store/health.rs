//! How the carrier did with the newest attempts of a run, read from the ledger when it erred.
//!
//! It only reads, and only attempts since the last start, so that a mended campaign is not judged by its past. What
//! is too much, and what happens then, is `engine::health`'s.

use carillon_domain::facts::Facts;
use carillon_domain::outcome::Outcome;
use uuid::Uuid;

use super::{Row, StoreError, Tx};
use crate::params;

/// A run's campaign, and since which epoch it dials.
#[derive(Debug, Clone, Copy)]
pub struct Dialing {
    pub campaign: Uuid,
    epoch: i64,
}

/// Who dials a run; `None` when it is gone.
///
/// # Errors
/// When the database fails.
pub fn dialing(tx: &mut Tx<'_>, run: Uuid) -> Result<Option<Dialing>, StoreError> {
    const QUERY: &str = "SELECT c.id, c.epoch FROM runs u JOIN campaigns c ON c.id = u.campaign_id WHERE u.id = $1";
    tx.query_opt(QUERY, params![run], |row| Ok(Dialing { campaign: row.get(0)?, epoch: row.get(1)? }))
}

/// The codes of the newest `limit` attempts since the campaign was last started: `None` for one that was not
/// refused because of how we are set up.
///
/// # Errors
/// When the database fails.
pub fn newest_refusals(
    tx: &mut Tx<'_>,
    run: Uuid,
    dialing: &Dialing,
    limit: u32,
) -> Result<Vec<Option<i64>>, StoreError> {
    const QUERY: &str = "SELECT CASE WHEN a.state = 'not_sent' THEN a.error_code END FROM attempts a
      WHERE a.run_id = $1 AND a.epoch = $2 AND a.state <> 'reserved'
        AND (a.state <> 'not_sent' OR a.error_code IS NOT NULL)
      ORDER BY a.send_at DESC, a.id DESC LIMIT $3";
    tx.read_in_index_order()?;
    tx.query(QUERY, params![run, dialing.epoch, limit], |row| row.get(0))
}

/// Of the newest `limit` ended attempts since the campaign was last started: how many there are, and how many
/// ended in an error of the carrier's.
///
/// # Errors
/// When the database fails.
pub fn newest_errors(tx: &mut Tx<'_>, run: Uuid, dialing: &Dialing, limit: u32) -> Result<(usize, usize), StoreError> {
    const QUERY: &str = "SELECT a.outcome, a.facts FROM attempts a
      WHERE a.run_id = $1 AND a.epoch = $2 AND a.state = 'ended' ORDER BY a.send_at DESC, a.id DESC LIMIT $3";
    tx.read_in_index_order()?;
    let read = |row: &Row<'_>| Ok((row.word::<Outcome>(0)?, row.json::<Facts>(1)?));
    let newest = tx.query(QUERY, params![run, dialing.epoch, limit], read)?;
    let is_error = |(outcome, facts): &&(Outcome, Facts)| match outcome {
        Outcome::Unknown => true,
        Outcome::Failed => !facts.number_impossible(),
        _ => false,
    };
    Ok((newest.len(), newest.iter().filter(is_error).count()))
}
