//! Organizations: whom every row belongs to, and their settings.
//!
//! Settings are one JSON text; what they mean and their bounds are `carillon_domain::settings`'s business.

use carillon_domain::settings::Settings;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Engine, Row, Sql, StoreError, Tx};
use crate::params;

/// An organization.
#[derive(Debug, Clone)]
pub struct Organization {
    pub id: Uuid,
    pub name: String,
    pub version: i64,
    pub settings: Settings,
}

/// Writes a new organization. False: the name is taken.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, organization: &Organization, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "INSERT INTO organizations (id, name, version, settings, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (name) DO NOTHING",
        params![organization.id, &organization.name, organization.version, text(&organization.settings)?, now],
    )?;
    Ok(changed == 1)
}

/// The organization of this id.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Organization>, StoreError> {
    tx.query_opt("SELECT id, name, version, settings FROM organizations WHERE id = $1", params![id], read)
}

/// As [`find`], in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Organization>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT id, name, version, settings FROM organizations WHERE id = $1",
        postgres: "SELECT id, name, version, settings FROM organizations WHERE id = $1 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![id], read)
}

/// Every organization, by name; an installation has few.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Organization>, StoreError> {
    tx.query("SELECT id, name, version, settings FROM organizations ORDER BY name", &[], read)
}

/// Whether there is any organization at all.
///
/// # Errors
/// When the database fails.
pub fn is_any(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let found = tx.query_opt("SELECT 1 FROM organizations ORDER BY id LIMIT 1", &[], |_| Ok(()))?;
    Ok(found.is_some())
}

/// As [`is_any`], in order to make the first one: nobody else makes one until this transaction ends.
///
/// # Errors
/// When the database fails.
pub fn lock_any(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    // SQLite has one writer at a time.
    if tx.engine() == Engine::Postgres {
        tx.execute("LOCK TABLE organizations IN EXCLUSIVE MODE", &[])?;
    }
    is_any(tx)
}

/// Writes the settings and the version of a locked organization.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, organization: &Organization) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE organizations SET version = $2, settings = $3 WHERE id = $1",
        params![organization.id, organization.version, text(&organization.settings)?],
    )
    .map(drop)
}

fn text(settings: &Settings) -> Result<String, StoreError> {
    serde_json::to_string(settings).map_err(|e| StoreError::Statement(format!("settings are no JSON: {e}")))
}

fn read(row: &Row<'_>) -> Result<Organization, StoreError> {
    Ok(Organization { id: row.get(0)?, name: row.get(1)?, version: row.get(2)?, settings: row.json(3)? })
}
