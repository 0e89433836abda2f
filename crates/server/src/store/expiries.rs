//! Messages that are of no use any more: whose people still wait, and how they expire.
//!
//! A look costs a few rows: campaigns that have such an instant and run, and of these the counters. People are found by
//! the index of the claim.

use std::collections::BTreeMap;

use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use uuid::Uuid;

use super::buckets::{self, Deltas};
use super::runs::{self, RunState};
use super::{Sql, StoreError, Tx, Value, campaigns};
use crate::{params, row};

/// A campaign of whose run somebody waits though the message is of no use any more.
///
/// # Errors
/// When the database fails.
pub fn next(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Uuid>, StoreError> {
    const QUERY: &str = "SELECT c.id FROM campaigns c JOIN runs u ON u.id = c.run_id
         WHERE c.useless_after IS NOT NULL AND c.status IN ('active', 'paused') AND c.useless_after <= $1
           AND u.state = 'started'
           AND EXISTS (SELECT 1 FROM buckets b WHERE b.run_id = c.run_id AND b.pending + b.retrying > 0)
         ORDER BY c.useless_after LIMIT 1";
    tx.query_opt(QUERY, params![now], |row| row.get(0))
}

/// The next instant from which a message of a campaign that runs is of no use.
///
/// # Errors
/// When the database fails.
pub fn next_instant(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    const QUERY: &str = "SELECT min(useless_after) FROM campaigns
         WHERE useless_after IS NOT NULL AND status IN ('active', 'paused') AND useless_after > $1";
    tx.query_one(QUERY, params![now], |row| row.get(0))
}

/// Expires up to `limit` people of a campaign who wait. False: nobody waits any more.
///
/// # Errors
/// When the database fails.
pub fn unit(tx: &mut Tx<'_>, campaign: Uuid, now: Timestamp, limit: u32) -> Result<bool, StoreError> {
    const WAITING: Sql = Sql::Split {
        sqlite: "SELECT id, bucket, state FROM recipients
            WHERE run_id = $1 AND state IN ('pending', 'retrying') LIMIT $2",
        postgres: "SELECT id, bucket, state FROM recipients
            WHERE run_id = $1 AND state IN ('pending', 'retrying') LIMIT $2 FOR UPDATE",
    };
    const EXPIRE: [&str; 2] = [
        "UPDATE recipients SET state = 'suppressed', reason = 'expired', suppressed_at = $2 WHERE id = $1",
        "UPDATE recipients SET state = 'suppressed', reason = 'expired', suppressed_at = x.t
           FROM unnest($1::uuid[], $2::bigint[]) AS x (i, t) WHERE recipients.id = x.i",
    ];
    let Some(campaign) = campaigns::lock(tx, campaign)? else { return Ok(false) };
    let runs = runs::state_of(tx, campaign.run)? == Some(RunState::Started) && campaign.status.is_running();
    let Some(instant) = campaign.settings.useless_after.filter(|end| runs && *end <= now) else { return Ok(false) };
    let waiting = tx.query(WAITING, params![campaign.run, limit], |row| {
        Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?, row.word::<RecipientState>(2)?))
    })?;
    let rows: Vec<Vec<Value>> = waiting.iter().map(|(id, ..)| row![*id, instant]).collect();
    tx.execute_many(EXPIRE[0], EXPIRE[1], &rows)?;
    let mut deltas: Deltas = BTreeMap::new();
    for (_, bucket, state) in &waiting {
        let delta: &mut Counts = deltas.entry((campaign.run, *bucket)).or_default();
        delta.moved(*state, RecipientState::Suppressed);
    }
    buckets::apply(tx, &deltas)?;
    Ok(!waiting.is_empty())
}
