//! Changes of many contacts as rows: what is asked for, to whom, how far it is.
//!
//! The counters and the place change in the transaction that changes contacts ([`units`]), by whoever holds the lease, so
//! that a death at any moment loses and repeats nothing. Who works on them is `crate::changer`.

pub mod units;

use carillon_domain::contact::CustomValue;
use carillon_domain::contact_filter::ContactFilter;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::contacts::filter::Place;
use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx};
use crate::params;

carillon_domain::words! {
    /// Where a change of many contacts stands.
    pub enum ActionState {
        /// Contacts are being changed. Reaper: the changer of any node, once the lease has lapsed.
        Running = "running",
        /// Everybody who was meant was changed or refused. Final.
        Done = "done",
        /// It could not go on; the note says why. Final.
        Failed = "failed",
    }
}

/// What is done to each contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum What {
    Tag {
        tag: String,
    },
    Untag {
        tag: String,
    },
    /// `field` is one of the contact's own, or `custom.KEY`; without a value it is emptied.
    SetField {
        field: String,
        value: Option<CustomValue>,
    },
    Delete,
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    Ids(Vec<Uuid>),
    Filter(ContactFilter),
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    pub what: What,
    pub whom: Whom,
}

/// A contact that was not changed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub contact_id: Uuid,
    pub message: String,
}

/// A change of many contacts.
#[derive(Debug, Clone)]
pub struct ContactAction {
    pub id: Uuid,
    pub organization: Uuid,
    /// Whose departments bound it.
    pub member: Option<Uuid>,
    pub state: ActionState,
    pub wish: Wish,
    /// Where the filter's next unit begins.
    pub place: Option<Place>,
    pub matched: i64,
    pub done: i64,
    pub changed: i64,
    /// The first ones.
    pub refused: Vec<Refused>,
    pub refused_count: i64,
    pub note: Option<String>,
    pub created_by: String,
    pub created_at: Timestamp,
}

impl ContactAction {
    /// The contacts that it may reach, as far as whoever asked for it reaches now.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.member
            .map_or_else(|| Scope::whole(self.organization), |member| Scope::departments_of(self.organization, member))
    }
}

/// A lease on a change.
#[derive(Debug, Clone)]
pub struct Lease {
    pub owner: String,
    pub until: Timestamp,
}

macro_rules! actions {
    ($rest:literal) => {
        concat!(
            "SELECT id, organization_id, member_id, state, wish, place, matched, done, changed, refused, refused_count, note,
                created_by, created_at FROM contact_actions ",
            $rest
        )
    };
}

use actions;

fn read(row: &Row<'_>) -> Result<ContactAction, StoreError> {
    Ok(ContactAction {
        id: row.get(0)?,
        organization: row.get(1)?,
        member: row.get(2)?,
        state: row.word(3)?,
        wish: row.json(4)?,
        place: row.get::<Option<String>>(5)?.map(|_| row.json(5)).transpose()?,
        matched: row.get(6)?,
        done: row.get(7)?,
        changed: row.get(8)?,
        refused: row.json(9)?,
        refused_count: row.get(10)?,
        note: row.get(11)?,
        created_by: row.get(12)?,
        created_at: row.get(13)?,
    })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("it is plain data")
}

/// Writes a new change, leased.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, action: &ContactAction, lease: &Lease) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO contact_actions (id, organization_id, member_id, state, wish, matched, owner,
            lease_until, created_by, created_at)
        VALUES ($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9)";
    let row = params![
        action.id,
        action.organization,
        action.member,
        json(&action.wish),
        action.matched,
        lease.owner.as_str(),
        lease.until,
        action.created_by.as_str(),
        action.created_at,
    ];
    tx.execute(INSERT, row).map(drop)
}

/// A change that somebody with this scope may see: their own, for an administrator every one.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<ContactAction>, StoreError> {
    const QUERY: &str = actions!("WHERE organization_id = $1 AND id = $3 AND (member_id = $2 OR $2 IS NULL)");
    tx.query_opt(QUERY, params![scope.organization(), scope.member(), id], read)
}

/// How many changes of an organization are running.
///
/// # Errors
/// When the database fails.
pub fn running(tx: &mut Tx<'_>, organization: Uuid) -> Result<i64, StoreError> {
    const COUNT: &str = "SELECT count(*) FROM contact_actions WHERE organization_id = $1 AND state = 'running'";
    tx.query_one(COUNT, params![organization], |row| row.get(0))
}

/// Leases the oldest running change that nobody works on.
///
/// # Errors
/// When the database fails.
pub fn claim(tx: &mut Tx<'_>, lease: &Lease, now: Timestamp) -> Result<Option<ContactAction>, StoreError> {
    const NEXT: Sql = Sql::Split {
        sqlite: actions!("WHERE state = 'running' AND lease_until <= $1 ORDER BY id LIMIT 1"),
        postgres: actions!("WHERE state = 'running' AND lease_until <= $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
    };
    const LEASE: &str = "UPDATE contact_actions SET owner = $2, lease_until = $3 WHERE id = $1";
    let next = tx.query_opt(NEXT, params![now], read)?;
    if let Some(action) = &next {
        tx.execute(LEASE, params![action.id, lease.owner.as_str(), lease.until])?;
    }
    Ok(next)
}

/// When the next lease lapses, of changes that are running.
///
/// # Errors
/// When the database fails.
pub fn next_lapse(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT min(lease_until) FROM contact_actions WHERE state = 'running'", &[], |row| row.get(0))
}

/// Gives a lease back at once.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut Tx<'_>, id: Uuid, owner: &str) -> Result<(), StoreError> {
    const RELEASE: &str = "UPDATE contact_actions SET lease_until = 0 WHERE id = $1 AND owner = $2";
    tx.execute(RELEASE, params![id, owner]).map(drop)
}

/// Ends a change that cannot go on.
///
/// # Errors
/// When the database fails.
pub fn fail(tx: &mut Tx<'_>, id: Uuid, note: &str, now: Timestamp) -> Result<(), StoreError> {
    const FAIL: &str = "UPDATE contact_actions SET state = 'failed', note = $2, finished_at = $3
        WHERE id = $1 AND state = 'running'";
    tx.execute(FAIL, params![id, note, now]).map(drop)
}
