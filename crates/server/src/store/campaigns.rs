//! Campaigns as rows: found within a scope, locked to be changed, saved with a version.
//!
//! `version` is for people who edit (a stale one is refused); `epoch` is for the engine (a reservation of an older
//! epoch may not be sent). What may be done in which status is `carillon_domain::campaign`'s table. Many at once, for
//! lists that are live, are in [`overview`].

pub mod list_source;
pub mod overview;
pub mod test_calls;

use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::campaign_settings::CampaignSettings;
use jiff::Timestamp;
use uuid::Uuid;

pub use list_source::ListSource;

use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx, Value, like};
use crate::{params, row};

/// A campaign as it is stored.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub id: Uuid,
    pub organization: Uuid,
    pub department: Uuid,
    pub version: i64,
    pub epoch: i64,
    pub name: String,
    pub description: String,
    pub status: CampaignStatus,
    pub status_reason: Option<String>,
    pub ended_by: Option<EndedBy>,
    pub settings: CampaignSettings,
    /// The newest run; every campaign has one from its creation on.
    pub run: Uuid,
    pub created_by: String,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// While it is set, only the first so many people of the run are called.
    pub first_max: Option<i64>,
    /// The campaign of which this is a test call; it then stands in no list.
    pub test_of: Option<Uuid>,
    /// The sheet that its list came from.
    pub list_source: Option<ListSource>,
}

macro_rules! campaigns {
    ($rest:literal) => {
        concat!(
            "SELECT id, organization_id, department_id, version, epoch, name, description, status, status_reason, ended_by,
                settings, run_id, created_by, created_at, started_at, finished_at, first_max, test_of,
                list_source FROM campaigns ",
            $rest
        )
    };
}

use campaigns;

fn read(row: &Row<'_>) -> Result<Campaign, StoreError> {
    Ok(Campaign {
        id: row.get(0)?,
        organization: row.get(1)?,
        department: row.get(2)?,
        version: row.get(3)?,
        epoch: row.get(4)?,
        name: row.get(5)?,
        description: row.get(6)?,
        status: row.word(7)?,
        status_reason: row.get(8)?,
        ended_by: row.opt_word(9)?,
        settings: row.json(10)?,
        run: row.get(11)?,
        created_by: row.get(12)?,
        created_at: row.get(13)?,
        started_at: row.get(14)?,
        finished_at: row.get(15)?,
        first_max: row.get(16)?,
        test_of: row.get(17)?,
        list_source: row.get::<Option<String>>(18)?.map(|_| row.json(18)).transpose()?,
    })
}

fn settings_text(campaign: &Campaign) -> String {
    serde_json::to_string(&campaign.settings).expect("settings are plain data")
}

/// Writes a new campaign.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO campaigns (id, organization_id, department_id, version, epoch, name, description,
            status, settings, run_id, created_by, created_at, changed_at, test_of, list_source, useless_after)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $14, $15)";
    let row = params![
        campaign.id,
        campaign.organization,
        campaign.department,
        campaign.version,
        campaign.epoch,
        campaign.name.as_str(),
        campaign.description.as_str(),
        campaign.status.as_str(),
        settings_text(campaign),
        campaign.run,
        campaign.created_by.as_str(),
        campaign.created_at,
        campaign.test_of,
        list_source::text(campaign),
        campaign.settings.useless_after,
    ];
    tx.execute(INSERT, row).map(drop)
}

/// A campaign within a scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: &Scope, id: Uuid) -> Result<Option<Campaign>, StoreError> {
    const QUERY: &str = campaigns!(
        "WHERE organization_id = $1 AND id = $3
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)"
    );
    tx.query_opt(QUERY, params![scope.organization(), scope.member(), id], read)
}

/// A campaign for the engine, which has no scope.
///
/// # Errors
/// When the database fails.
pub fn find_any(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Campaign>, StoreError> {
    tx.query_opt(campaigns!("WHERE id = $1"), params![id], read)
}

/// A campaign, locked against claims and other changes until the commit.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Campaign>, StoreError> {
    const LOCK: Sql =
        Sql::Split { sqlite: campaigns!("WHERE id = $1"), postgres: campaigns!("WHERE id = $1 FOR UPDATE") };
    tx.query_opt(LOCK, params![id], read)
}

/// A campaign within a scope, locked.
///
/// # Errors
/// When the database fails.
pub fn lock_in(tx: &mut Tx<'_>, scope: &Scope, id: Uuid) -> Result<Option<Campaign>, StoreError> {
    let found = find(tx, scope, id)?;
    if found.is_some() { lock(tx, id) } else { Ok(None) }
}

/// Saves a campaign that is locked; its version goes up by one.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, campaign: &mut Campaign, now: Timestamp) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE campaigns SET version = $2, epoch = $3, name = $4, description = $5, status = $6,
            status_reason = $7, ended_by = $8, settings = $9, run_id = $10, started_at = $11, finished_at = $12,
            department_id = $13, changed_at = $14, first_max = $15, list_source = $16,
            useless_after = $17
      WHERE id = $1";
    campaign.version += 1;
    let row = params![
        campaign.id,
        campaign.version,
        campaign.epoch,
        campaign.name.as_str(),
        campaign.description.as_str(),
        campaign.status.as_str(),
        campaign.status_reason.clone(),
        campaign.ended_by.map(EndedBy::as_str),
        settings_text(campaign),
        campaign.run,
        campaign.started_at,
        campaign.finished_at,
        campaign.department,
        now,
        campaign.first_max,
        list_source::text(campaign),
        campaign.settings.useless_after,
    ];
    tx.execute(UPDATE, row).map(drop)
}

/// Removes a draft with its run and recipients.
///
/// # Errors
/// When the database fails, or anybody was called (the ledger keeps its campaign).
pub fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM campaigns WHERE id = $1", params![id]).map(drop)
}

/// Which campaigns to list.
#[derive(Debug, Clone, Default)]
pub struct CampaignFilter {
    /// Those in one of these statuses; all of them when empty.
    pub statuses: Vec<CampaignStatus>,
    /// Part of a name, as typed.
    pub q: Option<String>,
    /// The id after which the page begins; newest first.
    pub after: Option<Uuid>,
    pub limit: u32,
}

/// Campaigns within a scope, newest first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &CampaignFilter) -> Result<Vec<Campaign>, StoreError> {
    // A status that is not asked for is null, which is in no list.
    const QUERY: &str = campaigns!(
        "WHERE organization_id = $1
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
            AND id < $3 AND test_of IS NULL AND (lower(name) LIKE $4 ESCAPE '\\' OR $4 IS NULL)
            AND (status IN ($6, $7, $8, $9, $10, $11) OR $6 IS NULL)
          ORDER BY id DESC LIMIT $5"
    );
    let like = filter.q.as_deref().map(like::containing);
    let after = filter.after.unwrap_or(Uuid::max());
    let mut values = row![scope.organization(), scope.member(), after, like, filter.limit];
    let status = |at: usize| filter.statuses.get(at).map(|status| status.as_str());
    values.extend((0..CampaignStatus::ALL.len()).map(|at| Value::from(status(at))));
    tx.query(QUERY, &values, read)
}

/// Every active campaign, oldest first, for the dialer.
///
/// # Errors
/// When the database fails.
pub fn active(tx: &mut Tx<'_>) -> Result<Vec<Campaign>, StoreError> {
    tx.query(campaigns!("WHERE status = 'active' ORDER BY id"), &[], read)
}

/// How many campaigns of an organization are running (active), test calls aside.
///
/// # Errors
/// When the database fails.
pub fn count_active(tx: &mut Tx<'_>, organization: Uuid) -> Result<i64, StoreError> {
    const QUERY: &str =
        "SELECT count(*) FROM campaigns WHERE organization_id = $1 AND status = 'active' AND test_of IS NULL";
    tx.query_one(QUERY, params![organization], |row| row.get(0))
}

/// One line of a campaign's log.
#[derive(Debug, Clone)]
pub struct LogLine {
    pub id: i64,
    pub at: Timestamp,
    pub kind: String,
    pub actor: String,
    pub message: String,
}

/// Writes a line of a campaign's log.
///
/// # Errors
/// When the database fails.
pub fn log(
    tx: &mut Tx<'_>,
    campaign: Uuid,
    at: Timestamp,
    (kind, actor): (&str, &str),
    message: &str,
) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO campaign_log (campaign_id, at, kind, actor, message) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(INSERT, params![campaign, at, kind, actor, message]).map(drop)
}

/// A campaign's log, newest first, before line `before`.
///
/// # Errors
/// When the database fails.
pub fn log_lines(tx: &mut Tx<'_>, campaign: Uuid, before: i64, limit: u32) -> Result<Vec<LogLine>, StoreError> {
    const QUERY: &str = "SELECT id, at, kind, actor, message FROM campaign_log
        WHERE campaign_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    tx.query(QUERY, params![campaign, before, limit], |row| {
        Ok(LogLine { id: row.get(0)?, at: row.get(1)?, kind: row.get(2)?, actor: row.get(3)?, message: row.get(4)? })
    })
}
