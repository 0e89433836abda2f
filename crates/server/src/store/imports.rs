//! Imports as rows: what was brought, what was asked for, how far it is.
//!
//! The counters change in the transaction that changes contacts, by whoever holds the lease ([`work`]), so that a death
//! at any moment loses and repeats nothing. Writing rows of a list is in [`rows`], taking an import back in [`undo`].
//! The file itself is `crate::lists`' business.

pub mod rows;
pub mod undo;
pub mod work;

use carillon_domain::country_code::CountryCode;
use carillon_domain::custom_field::CustomFields;
use carillon_domain::import::{Accepted, Duplicates, Habits, Mapping, Mode, Pace, Progress};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx};
use crate::{params, row};

carillon_domain::words! {
    /// Where an import stands.
    pub enum ImportState {
        /// A list is there. Out: a commit; else it is swept after a day.
        Uploaded = "uploaded",
        /// It was looked at with a mapping; as uploaded.
        Validated = "validated",
        /// Its rows are being written. Reaper: the importer of any node, once the lease has lapsed.
        Running = "running",
        /// Every row has its fate. Final.
        Done = "done",
        /// Nothing was kept, or the list was lost on the way; the note says which. Final.
        Failed = "failed",
    }
}

carillon_domain::words! {
    /// Where the undo of an import stands.
    pub enum UndoState {
        /// Recipients and contacts are being removed. Reaper: the importer.
        Running = "running",
        Done = "done",
    }
}

/// What was asked for at the commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    pub mapping: Mapping,
    pub default_country: CountryCode,
    pub duplicates: Duplicates,
    pub mode: Mode,
    pub tags: Vec<String>,
    /// Proposals of the doctor.
    #[serde(default)]
    pub accepted: Accepted,
    /// The definitions by which values are read, as they were at the commit.
    #[serde(default)]
    pub fields: CustomFields,
}

/// What became of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fates {
    pub imported: i64,
    pub updated: i64,
    pub skipped: i64,
    pub rejected: i64,
    /// Of the first three, rows that were mended.
    pub repaired: i64,
}

impl Fates {
    /// Rows that have a fate.
    #[must_use]
    pub const fn done(&self) -> i64 {
        self.imported + self.updated + self.skipped + self.rejected
    }
}

/// What the undo removed so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undo {
    pub state: UndoState,
    pub recipients_removed: i64,
    pub contacts_removed: i64,
}

/// An import as it is stored.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: Uuid,
    pub organization: Uuid,
    pub department: Uuid,
    pub state: ImportState,
    pub source: String,
    pub file_name: String,
    pub bytes: i64,
    /// How the list is read, as JSON of `crate::lists`.
    pub shape: String,
    pub rows: i64,
    pub wish: Option<Wish>,
    /// What its columns usually hold, once it was learnt.
    pub habits: Option<Habits>,
    pub campaign: Option<Uuid>,
    /// Of a sheet: its link.
    pub sheet_url: Option<String>,
    /// The run to come that it was fetched for; its people are enrolled in that one alone.
    pub run: Option<Uuid>,
    /// In a strict import: every row was looked at and none is bad.
    pub is_checked: bool,
    pub fates: Fates,
    pub note: Option<String>,
    pub undo: Option<Undo>,
    pub created_by: String,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

impl Import {
    /// How it gets on; `None` when it does not run, or nothing can be said yet.
    #[must_use]
    pub fn pace(&self, now: Timestamp) -> Option<Pace> {
        let begun_at = self.started_at.filter(|_| self.state == ImportState::Running)?;
        let [done, rows] = [self.fates.done(), self.rows].map(|rows| u64::try_from(rows).unwrap_or_default());
        Progress { begun_at, done, rows }.pace(now)
    }
}

macro_rules! imports {
    ($rest:literal) => {
        concat!(
            "SELECT id, organization_id, department_id, state, source, file_name, bytes, shape, rows, wish, campaign_id,
                checked, imported, updated, skipped, rejected, note, undo, recipients_removed, contacts_removed,
                created_by, created_at, started_at, finished_at, repaired, habits, sheet_url, run_id FROM imports ",
            $rest
        )
    };
}

use imports;

fn read(row: &Row<'_>) -> Result<Import, StoreError> {
    let undo: Option<UndoState> = row.opt_word(17)?;
    let (recipients_removed, contacts_removed) = (row.get(18)?, row.get(19)?);
    Ok(Import {
        id: row.get(0)?,
        organization: row.get(1)?,
        department: row.get(2)?,
        state: row.word(3)?,
        source: row.get(4)?,
        file_name: row.get(5)?,
        bytes: row.get(6)?,
        shape: row.get(7)?,
        rows: row.get(8)?,
        wish: row.get::<Option<String>>(9)?.map(|_| row.json(9)).transpose()?,
        campaign: row.get(10)?,
        is_checked: row.get(11)?,
        habits: row.get::<Option<String>>(25)?.map(|_| row.json(25)).transpose()?,
        fates: Fates {
            imported: row.get(12)?,
            updated: row.get(13)?,
            skipped: row.get(14)?,
            rejected: row.get(15)?,
            repaired: row.get(24)?,
        },
        note: row.get(16)?,
        undo: undo.map(|state| Undo { state, recipients_removed, contacts_removed }),
        created_by: row.get(20)?,
        created_at: row.get(21)?,
        started_at: row.get(22)?,
        finished_at: row.get(23)?,
        sheet_url: row.get(26)?,
        run: row.get(27)?,
    })
}

/// Writes a new import.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, import: &Import) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO imports (id, organization_id, department_id, state, source, file_name, bytes, shape,
            rows, created_by, created_at, sheet_url, run_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let row = params![
        import.id,
        import.organization,
        import.department,
        import.state.as_str(),
        import.source.as_str(),
        import.file_name.as_str(),
        import.bytes,
        import.shape.as_str(),
        import.rows,
        import.created_by.as_str(),
        import.created_at,
        import.sheet_url.clone(),
        import.run,
    ];
    tx.execute(INSERT, row).map(drop)
}

/// An import within a scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Import>, StoreError> {
    const QUERY: &str = imports!(
        "WHERE organization_id = $1 AND id = $3
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)"
    );
    tx.query_opt(QUERY, params![scope.organization(), scope.member(), id], read)
}

/// As [`find`], in order to change it; before anything else in the lock order.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Import>, StoreError> {
    let found = find(tx, scope, id)?;
    if found.is_some() { lock_any(tx, id) } else { Ok(None) }
}

/// An import for the importer, which has no scope, in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock_any(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Import>, StoreError> {
    const LOCK: Sql = Sql::Split { sqlite: imports!("WHERE id = $1"), postgres: imports!("WHERE id = $1 FOR UPDATE") };
    tx.query_opt(LOCK, params![id], read)
}

/// Which imports to list.
#[derive(Debug, Clone, Default)]
pub struct ImportFilter {
    /// Those that brought people into this campaign.
    pub campaign: Option<Uuid>,
    /// The id before which the page begins; newest first.
    pub before: Option<Uuid>,
    pub limit: u32,
}

/// A page of imports within a scope, newest first.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, scope: Scope, filter: &ImportFilter) -> Result<Vec<Import>, StoreError> {
    const ALL: &str = imports!(
        "WHERE organization_id = $1 AND id < $3
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
          ORDER BY id DESC LIMIT $4"
    );
    const OF_CAMPAIGN: &str = imports!(
        "WHERE campaign_id = $5 AND organization_id = $1 AND id < $3
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
          ORDER BY id DESC LIMIT $4"
    );
    let before = filter.before.unwrap_or(Uuid::max());
    let mut values = row![scope.organization(), scope.member(), before, filter.limit];
    let Some(campaign) = filter.campaign else { return tx.query(ALL, &values, read) };
    values.push(campaign.into());
    tx.query(OF_CAMPAIGN, &values, read)
}

/// A locked list was looked at with a mapping.
///
/// # Errors
/// When the database fails.
pub fn set_validated(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE imports SET state = 'validated' WHERE id = $1 AND state = 'uploaded'";
    tx.execute(UPDATE, params![id]).map(drop)
}

/// Lets a locked import run. The campaign, when there is one, must be locked, too.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut Tx<'_>, id: Uuid, wish: &Wish, campaign: Option<Uuid>, now: Timestamp) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE imports SET state = 'running', wish = $2, campaign_id = $3, started_at = $4
        WHERE id = $1 AND state IN ('uploaded', 'validated')";
    let wish = serde_json::to_string(wish).expect("a wish is plain data");
    tx.execute(UPDATE, params![id, wish, campaign, now]).map(drop)
}

/// Bytes of lists that an organization keeps.
///
/// # Errors
/// When the database fails.
pub fn bytes_kept(tx: &mut Tx<'_>, organization: Uuid) -> Result<i64, StoreError> {
    const QUERY: &str = "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM imports WHERE organization_id = $1";
    tx.query_one(QUERY, params![organization], |row| row.get(0))
}

/// Whether people are still being enrolled in a campaign, which therefore may not start: a list is dialed whole.
///
/// # Errors
/// When the database fails.
pub fn is_running_into(tx: &mut Tx<'_>, campaign: Uuid) -> Result<bool, StoreError> {
    const QUERY: &str = "SELECT count(*) FROM imports WHERE campaign_id = $1 AND state = 'running'";
    tx.query_one(QUERY, params![campaign], |row| row.get::<i64>(0)).map(|count| count > 0)
}

/// Whether any list is being written at this moment.
///
/// # Errors
/// When the database fails.
pub fn is_any_running(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    const RUNNING: &str = "SELECT 1 FROM imports WHERE state = 'running' LIMIT 1";
    Ok(tx.query_opt(RUNNING, &[], |_| Ok(()))?.is_some())
}

/// Whether an organization's lists are being written at this moment.
///
/// # Errors
/// When the database fails.
pub fn is_running(tx: &mut Tx<'_>, organization: Uuid) -> Result<bool, StoreError> {
    const RUNNING: &str = "SELECT 1 FROM imports WHERE state = 'running' AND organization_id = $1 LIMIT 1";
    Ok(tx.query_opt(RUNNING, params![organization], |_| Ok(()))?.is_some())
}
