//! Saved filters: a person's own, and those that colleagues of their departments share.
//!
//! The filter is kept as the API takes it; what it may be is `carillon_domain::contact_filter`'s. A name is unique with its
//! person.

use carillon_domain::contact_filter::ContactFilter;
use jiff::Timestamp;
use uuid::Uuid;

use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx};
use crate::params;

/// Filters that one person keeps.
pub const FILTERS_MAX: i64 = 100;

/// A saved filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    pub id: Uuid,
    pub user: Uuid,
    pub version: i64,
    pub name: String,
    pub filter: ContactFilter,
    pub is_shared: bool,
    pub created_at: Timestamp,
}

macro_rules! filters {
    ($rest:expr) => {
        concat!(
            "SELECT f.id, f.user_id, f.version, f.name, f.filter, f.is_shared, f.created_at FROM contact_filters f ",
            $rest
        )
    };
}

/// A person's own (`$3`), and shared ones of people who belong to a department of the scope (`$1`, `$2`).
macro_rules! visible {
    () => {
        "f.organization_id = $1 AND (f.user_id = $3 OR (f.is_shared = 1 AND (f.user_id IN (
            SELECT colleague.user_id FROM user_departments own
                JOIN user_departments colleague ON colleague.department_id = own.department_id
                WHERE own.user_id = $2) OR $2 IS NULL)))"
    };
}

fn read(row: &Row<'_>) -> Result<SavedFilter, StoreError> {
    Ok(SavedFilter {
        id: row.get(0)?,
        user: row.get(1)?,
        version: row.get(2)?,
        name: row.get(3)?,
        filter: row.json(4)?,
        is_shared: row.get(5)?,
        created_at: row.get(6)?,
    })
}

/// The filters that a person sees, by name, after `after` (name and id).
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    (scope, user): (Scope, Uuid),
    after: Option<&(String, Uuid)>,
    rows: u32,
) -> Result<Vec<SavedFilter>, StoreError> {
    const QUERY: &str =
        filters!(concat!("WHERE ", visible!(), " AND (f.name, f.id) > ($4, $5) ORDER BY f.name, f.id LIMIT $6"));
    let (name, id) = after.map_or((String::new(), Uuid::nil()), Clone::clone);
    tx.query(QUERY, params![scope.organization(), scope.member(), user, name, id, rows], read)
}

/// A filter that a person sees, in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, (scope, user): (Scope, Uuid), id: Uuid) -> Result<Option<SavedFilter>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: filters!(concat!("WHERE ", visible!(), " AND f.id = $4")),
        postgres: filters!(concat!("WHERE ", visible!(), " AND f.id = $4 FOR UPDATE OF f")),
    };
    tx.query_opt(LOCK, params![scope.organization(), scope.member(), user, id], read)
}

/// How many filters a person keeps.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut Tx<'_>, user: Uuid) -> Result<i64, StoreError> {
    tx.query_one("SELECT count(*) FROM contact_filters WHERE user_id = $1", params![user], |row| row.get(0))
}

/// Writes a new filter. False: the person has one of this name.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, organization: Uuid, saved: &SavedFilter) -> Result<bool, StoreError> {
    const INSERT: &str = "INSERT INTO contact_filters (id, organization_id, user_id, version, name, filter, is_shared,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (user_id, name) DO NOTHING";
    let row = params![
        saved.id,
        organization,
        saved.user,
        saved.version,
        saved.name.as_str(),
        text(&saved.filter),
        saved.is_shared,
        saved.created_at,
    ];
    Ok(tx.execute(INSERT, row)? == 1)
}

/// Writes a locked filter; its version goes up by one. False: the person has another one of this name.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, saved: &mut SavedFilter) -> Result<bool, StoreError> {
    const UPDATE: &str = "UPDATE contact_filters SET version = $2, name = $3, filter = $4, is_shared = $5
        WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM contact_filters other
            WHERE other.user_id = contact_filters.user_id AND other.name = $3 AND other.id <> $1)";
    saved.version += 1;
    let row = params![saved.id, saved.version, saved.name.as_str(), text(&saved.filter), saved.is_shared];
    Ok(tx.execute(UPDATE, row)? == 1)
}

/// Removes a filter.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM contact_filters WHERE id = $1", params![id]).map(drop)
}

fn text(filter: &ContactFilter) -> String {
    serde_json::to_string(filter).expect("a filter is plain data")
}
