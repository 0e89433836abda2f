//! Lists of runs to come, on their way from the sheet: where each stands, and who works on it.
//!
//! Every move but the lease is made under the campaign's lock, by `crate::engine::refreshing`. Whoever dies at work
//! leaves a lease that lapses; then any node goes on from the state that stands here. Who came, changed and left is
//! noted in [`changes`].

pub mod changes;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx};
use crate::params;

carillon_domain::words! {
    /// Where the list of a run to come stands. The reaper of every state with a due time is the refresher of any node.
    pub enum RefreshState {
        /// For its time, or for the next try. Out: a refresher takes it.
        Waiting = "waiting",
        /// Somebody fetches the sheet. Out: its import begins, a later try, or failed; else the lease lapses and it is
        /// fetched anew.
        Fetching = "fetching",
        /// The importer writes its rows. Out: the import's end.
        Importing = "importing",
        /// Its people are compared with those of the list before. Goes on where it stopped.
        Comparing = "comparing",
        /// Those of the list before who are not in it are noted. Goes on where it stopped.
        Parting = "parting",
        /// The run may begin. Out: the occurrence does not take place, and the list is fetched for another one.
        Done = "done",
        /// The run does not take place. Final.
        Failed = "failed",
    }
}

/// The list of a run to come.
#[derive(Debug, Clone)]
pub struct Refresh {
    pub run: Uuid,
    pub campaign: Uuid,
    pub state: RefreshState,
    /// The local time of the occurrence that it is for.
    pub occurrence: String,
    pub begins_at: Timestamp,
    /// It is not tried again after this.
    pub deadline_at: Timestamp,
    /// When somebody works on it; `None`: nobody need.
    pub due_at: Option<Timestamp>,
    pub owner: Option<String>,
    /// Why the last try failed.
    pub note: Option<String>,
    pub import: Option<Uuid>,
    pub fetched_at: Option<Timestamp>,
    /// With whose list it is compared.
    pub former: Option<Uuid>,
    /// The last recipient that was.
    pub compared_to: Option<Uuid>,
    pub changes: Changes,
}

/// How a list differs from the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: i64,
    pub changed: i64,
    pub gone: i64,
    pub same: i64,
}

macro_rules! refreshes {
    ($rest:literal) => {
        concat!(
            "SELECT run_id, campaign_id, state, occurrence, begins_at, deadline_at, due_at, owner, note, import_id,
                fetched_at, former_run, compared_to, added, changed, gone, same FROM list_refreshes ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Refresh, StoreError> {
    Ok(Refresh {
        run: row.get(0)?,
        campaign: row.get(1)?,
        state: row.word(2)?,
        occurrence: row.get(3)?,
        begins_at: row.get(4)?,
        deadline_at: row.get(5)?,
        due_at: row.get(6)?,
        owner: row.get(7)?,
        note: row.get(8)?,
        import: row.get(9)?,
        fetched_at: row.get(10)?,
        former: row.get(11)?,
        compared_to: row.get(12)?,
        changes: Changes { added: row.get(13)?, changed: row.get(14)?, gone: row.get(15)?, same: row.get(16)? },
    })
}

/// The list of a run, if it is fetched anew.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, run: Uuid) -> Result<Option<Refresh>, StoreError> {
    tx.query_opt(refreshes!("WHERE run_id = $1"), params![run], read)
}

/// Keeps where a list stands. Its campaign must be locked.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, refresh: &Refresh) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO list_refreshes (run_id, campaign_id, state, occurrence, begins_at, deadline_at,
            due_at, owner, note, import_id, fetched_at, former_run, compared_to, added, changed, gone, same)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (run_id) DO UPDATE SET state = excluded.state, occurrence = excluded.occurrence,
            begins_at = excluded.begins_at, deadline_at = excluded.deadline_at, due_at = excluded.due_at,
            owner = excluded.owner, note = excluded.note, import_id = excluded.import_id,
            fetched_at = excluded.fetched_at, former_run = excluded.former_run, compared_to = excluded.compared_to,
            added = excluded.added, changed = excluded.changed, gone = excluded.gone, same = excluded.same";
    let Changes { added, changed, gone, same } = refresh.changes;
    let row = params![
        refresh.run,
        refresh.campaign,
        refresh.state.as_str(),
        refresh.occurrence.as_str(),
        refresh.begins_at,
        refresh.deadline_at,
        refresh.due_at,
        refresh.owner.clone(),
        refresh.note.clone(),
        refresh.import,
        refresh.fetched_at,
        refresh.former,
        refresh.compared_to,
        added,
        changed,
        gone,
        same,
    ];
    tx.execute(UPSERT, row).map(drop)
}

/// Forgets the list of a run that is not fetched any more.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, run: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM list_refreshes WHERE run_id = $1", params![run]).map(drop)
}

/// Leases the list that has been due longest.
///
/// # Errors
/// When the database fails.
pub fn claim(
    tx: &mut Tx<'_>,
    owner: &str,
    (now, lease_until): (Timestamp, Timestamp),
) -> Result<Option<Refresh>, StoreError> {
    const NEXT: Sql = Sql::Split {
        sqlite: refreshes!("WHERE due_at <= $1 ORDER BY due_at LIMIT 1"),
        postgres: refreshes!("WHERE due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED"),
    };
    const LEASE: &str = "UPDATE list_refreshes SET owner = $2, due_at = $3 WHERE run_id = $1";
    let next = tx.query_opt(NEXT, params![now], read)?;
    if let Some(refresh) = &next {
        tx.execute(LEASE, params![refresh.run, owner, lease_until])?;
    }
    Ok(next)
}

/// When the next list is due.
///
/// # Errors
/// When the database fails.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT min(due_at) FROM list_refreshes WHERE due_at IS NOT NULL", &[], |row| row.get(0))
}

/// What pages tell of the list of a run.
#[derive(Debug, Clone)]
pub struct ListFigures {
    pub run: Uuid,
    pub import: Uuid,
    pub fetched_at: Timestamp,
    pub changes: Changes,
    pub rejected: i64,
}

/// The lists of these runs that came whole.
///
/// # Errors
/// When the database fails.
pub fn of_runs(tx: &mut Tx<'_>, runs: &[Uuid]) -> Result<Vec<ListFigures>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT l.run_id, l.import_id, l.fetched_at, l.added, l.changed, l.gone, l.same, i.rejected
            FROM list_refreshes l JOIN imports i ON i.id = l.import_id WHERE l.run_id = $1 AND l.state = 'done'",
        postgres: "SELECT l.run_id, l.import_id, l.fetched_at, l.added, l.changed, l.gone, l.same, i.rejected
            FROM list_refreshes l JOIN imports i ON i.id = l.import_id WHERE l.run_id = ANY($1) AND l.state = 'done'",
    };
    let keys: Vec<super::Value> = runs.iter().copied().map(super::Value::from).collect();
    tx.query_each(QUERY, &keys, |row| {
        let changes = Changes { added: row.get(3)?, changed: row.get(4)?, gone: row.get(5)?, same: row.get(6)? };
        let (run, import, fetched_at) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(ListFigures { run, import, fetched_at, changes, rejected: row.get(7)? })
    })
}
