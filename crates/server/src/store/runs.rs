//! Runs: one execution of a campaign, with the recipients enrolled for it.
//!
//! A run moves with its campaign, under the campaign's lock. Its figures are in [`super::buckets`].

use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, StoreError, Tx};
use crate::params;

carillon_domain::words! {
    /// Where a run stands.
    pub enum RunState {
        /// Recipients are enrolled, nobody is called yet.
        Prepared = "prepared",
        /// Its campaign dials it (or is paused in it).
        Started = "started",
        /// Nobody was left to call.
        Finished = "finished",
        /// Ended by a person; who was due is suppressed. Reaper of its rows: the sweeper.
        Stopped = "stopped",
    }
}

/// A run as it is stored.
#[derive(Debug, Clone)]
pub struct Run {
    pub id: Uuid,
    pub campaign: Uuid,
    pub number: i64,
    pub occurrence: String,
    pub state: RunState,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Why nobody of it was called, of a run that could not take place; its state is then that of one that was stopped.
    pub failure: Option<String>,
}

/// The occurrence of a run that a person starts; of a later one with its number behind.
pub const MANUAL: &str = "manual";

impl Run {
    /// The first run of a campaign that is started by hand, not yet started.
    #[must_use]
    pub fn first(id: Uuid, campaign: Uuid) -> Self {
        Self {
            id,
            campaign,
            number: 1,
            occurrence: MANUAL.to_owned(),
            state: RunState::Prepared,
            started_at: None,
            finished_at: None,
            failure: None,
        }
    }
}

/// Prepares a run.
///
/// # Errors
/// When the database fails, or the occurrence has a run already.
pub fn insert(tx: &mut Tx<'_>, organization: Uuid, run: &Run) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO runs (id, organization_id, campaign_id, number, occurrence, state)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let row = params![run.id, organization, run.campaign, run.number, run.occurrence.as_str(), run.state.as_str()];
    tx.execute(INSERT, row).map(drop)
}

fn read(row: &Row<'_>) -> Result<Run, StoreError> {
    Ok(Run {
        id: row.get(0)?,
        campaign: row.get(1)?,
        number: row.get(2)?,
        occurrence: row.get(3)?,
        state: row.word(4)?,
        started_at: row.get(5)?,
        finished_at: row.get(6)?,
        failure: row.get(7)?,
    })
}

/// The runs of a campaign, newest first, those before number `before`.
///
/// # Errors
/// When the database fails.
pub fn of_campaign(tx: &mut Tx<'_>, campaign: Uuid, before: i64, limit: u32) -> Result<Vec<Run>, StoreError> {
    const QUERY: &str = "SELECT id, campaign_id, number, occurrence, state, started_at, finished_at, failure FROM runs
        WHERE campaign_id = $1 AND number > 0 AND number < $2 ORDER BY number DESC LIMIT $3";
    tx.query(QUERY, params![campaign, before, limit], read)
}

/// A run of a campaign.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, campaign: Uuid, id: Uuid) -> Result<Option<Run>, StoreError> {
    const QUERY: &str = "SELECT id, campaign_id, number, occurrence, state, started_at, finished_at, failure FROM runs
        WHERE campaign_id = $1 AND id = $2";
    tx.query_opt(QUERY, params![campaign, id], read)
}

/// Was the run stopped, and has the sweeper not yet marked all its rows?
///
/// # Errors
/// When the database fails.
pub fn is_unswept(tx: &mut Tx<'_>, run: Uuid) -> Result<bool, StoreError> {
    tx.query_opt("SELECT unswept FROM runs WHERE id = $1", params![run], |row| row.get(0))
        .map(Option::unwrap_or_default)
}

/// Where a run stands.
///
/// # Errors
/// When the database fails.
pub fn state_of(tx: &mut Tx<'_>, run: Uuid) -> Result<Option<RunState>, StoreError> {
    tx.query_opt("SELECT state FROM runs WHERE id = $1", params![run], |row| row.word(0))
}

/// Moves a run whose campaign is locked.
///
/// # Errors
/// When the database fails.
pub fn set_state(tx: &mut Tx<'_>, run: Uuid, state: RunState, now: Timestamp) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE runs SET state = $2,
            started_at = CASE WHEN $2 = 'started' THEN coalesce(started_at, $3) ELSE started_at END,
            finished_at = CASE WHEN $2 IN ('finished', 'stopped') THEN $3 ELSE finished_at END,
            unswept = CASE WHEN $2 = 'stopped' THEN 1 ELSE unswept END
      WHERE id = $1";
    tx.execute(UPDATE, params![run, state.as_str(), now]).map(drop)
}

/// Ends a run that cannot take place, and says why. Its occurrence may still have another run.
///
/// # Errors
/// When the database fails.
pub fn fail(tx: &mut Tx<'_>, run: &Run, (occurrence, why): (&str, &str), now: Timestamp) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE runs SET occurrence = $2, failure = $3 WHERE id = $1";
    let named = format!("{occurrence} failed {}", run.number);
    tx.execute(UPDATE, params![run.id, named, why])?;
    set_state(tx, run.id, RunState::Stopped, now)?;
    suppress_counters(tx, run.id)
}

/// Puts a prepared run's people aside and a new run without people, `fresh`, in its place. They are there for
/// comparison alone: the run has no number any more, and nobody of it is called.
///
/// # Errors
/// When the database fails.
pub fn set_aside(
    tx: &mut Tx<'_>,
    organization: Uuid,
    run: &Run,
    (fresh, now): (Uuid, Timestamp),
) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE runs SET occurrence = $2, number = 0 WHERE id = $1";
    tx.execute(UPDATE, params![run.id, format!("aside {}", run.id)])?;
    set_state(tx, run.id, RunState::Stopped, now)?;
    suppress_counters(tx, run.id)?;
    insert(tx, organization, &Run { id: fresh, ..run.clone() })
}

/// Gives the first `first` people of a run who may be called a due time, by the order of their enrollment: in a test of
/// the first people nobody else is called. The campaign must be locked, and nobody called yet.
///
/// # Errors
/// When the database fails.
pub fn appoint_first(tx: &mut Tx<'_>, run: Uuid, first: u16, now: Timestamp) -> Result<(), StoreError> {
    const APPOINT: &str = "UPDATE recipients SET due_at = $3, due_reason = 'test_of_first' WHERE id IN (
            SELECT id FROM recipients WHERE run_id = $1 AND state = 'pending' ORDER BY id LIMIT $2)";
    tx.read_in_index_order()?;
    tx.execute(APPOINT, params![run, first, now]).map(drop)
}

/// Suppresses everybody who was due in a run that is stopped: the counters at once. The rows follow in the
/// background ([`sweep`]); until then the run's state says the same.
///
/// # Errors
/// When the database fails.
pub fn suppress_counters(tx: &mut Tx<'_>, run: Uuid) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE buckets SET suppressed = suppressed + pending + retrying, pending = 0, retrying = 0
        WHERE run_id = $1";
    tx.execute(UPDATE, params![run]).map(drop)
}

/// Marks up to `limit` recipients of stopped runs whose rows are still due. Returns how many; at less than
/// `limit` the run is done.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, limit: u32) -> Result<u64, StoreError> {
    const NEXT: &str = "SELECT id FROM runs WHERE unswept = 1 ORDER BY id LIMIT 1";
    const MARK: &str = "UPDATE recipients SET state = 'suppressed', reason = 'stopped',
            suppressed_at = (SELECT finished_at FROM runs WHERE runs.id = $1)
        WHERE id IN (SELECT id FROM recipients WHERE run_id = $1 AND state IN ('pending', 'retrying') LIMIT $2)";
    // Someone still being called settles by themselves; the run is swept once nobody is due.
    const DONE: &str = "UPDATE runs SET unswept = 0 WHERE id = $1";
    let Some(run) = tx.query_opt(NEXT, &[], |row| row.get::<Uuid>(0))? else { return Ok(0) };
    let marked = tx.execute(MARK, params![run, limit])?;
    if marked < u64::from(limit) {
        tx.execute(DONE, params![run])?;
    }
    Ok(marked.max(1))
}
