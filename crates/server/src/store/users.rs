//! People who log in: their role, their password's hash, whether they are disabled.
//!
//! An e-mail address is one log-in in the whole installation, in lower case. What a role may do is
//! `carillon_domain::roles`'s business; departments are in [`super::departments`].

use carillon_domain::roles::Role;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx};
use crate::params;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: Uuid,
    pub organization: Uuid,
    /// In lower case.
    pub email: String,
    pub name: String,
    pub role: Role,
    pub disabled_at: Option<Timestamp>,
    pub version: i64,
    pub created_at: Timestamp,
}

/// What a log-in needs.
#[derive(Clone)]
pub struct Login {
    pub user: User,
    pub password_hash: Option<String>,
}

/// Writes a new person. False: the address is taken.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, user: &User, password_hash: Option<&str>) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "INSERT INTO users (id, organization_id, email, name, role, password_hash, disabled_at, version, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (email) DO NOTHING",
        params![
            user.id,
            user.organization,
            &user.email,
            &user.name,
            user.role.as_str(),
            password_hash,
            user.disabled_at,
            user.version,
            user.created_at,
        ],
    )?;
    Ok(changed == 1)
}

/// The person with this address, and the hash of the password.
///
/// # Errors
/// When the database fails.
pub fn login(tx: &mut Tx<'_>, email: &str) -> Result<Option<Login>, StoreError> {
    tx.query_opt(
        "SELECT id, organization_id, email, name, role, disabled_at, version, created_at, password_hash FROM users
            WHERE email = $1",
        params![email],
        |row| Ok(Login { user: read(row)?, password_hash: row.get(8)? }),
    )
}

/// The person of this id in an organization.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<User>, StoreError> {
    tx.query_opt(
        "SELECT id, organization_id, email, name, role, disabled_at, version, created_at FROM users
            WHERE organization_id = $1 AND id = $2",
        params![organization, id],
        read,
    )
}

/// As [`find`], in order to change the person.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<User>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT id, organization_id, email, name, role, disabled_at, version, created_at FROM users
            WHERE organization_id = $1 AND id = $2",
        postgres: "SELECT id, organization_id, email, name, role, disabled_at, version, created_at FROM users
            WHERE organization_id = $1 AND id = $2 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![organization, id], read)
}

/// A page of the people of an organization, by address, after `after`.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, organization: Uuid, after: Option<&str>, rows: u32) -> Result<Vec<User>, StoreError> {
    tx.query(
        "SELECT id, organization_id, email, name, role, disabled_at, version, created_at FROM users
            WHERE organization_id = $1 AND email > $2 ORDER BY email LIMIT $3",
        params![organization, after.unwrap_or_default(), rows],
        read,
    )
}

/// Writes name, role, disabled_at and version of a locked person.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, user: &User) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE users SET name = $2, role = $3, disabled_at = $4, version = $5 WHERE id = $1",
        params![user.id, &user.name, user.role.as_str(), user.disabled_at, user.version],
    )
    .map(drop)
}

/// Writes the hash of a new password.
///
/// # Errors
/// When the database fails.
pub fn set_password(tx: &mut Tx<'_>, user: Uuid, password_hash: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE users SET password_hash = $2 WHERE id = $1", params![user, password_hash]).map(drop)
}

/// How many administrators of an organization can log in.
///
/// # Errors
/// When the database fails.
pub fn active_administrators(tx: &mut Tx<'_>, organization: Uuid) -> Result<i64, StoreError> {
    tx.query_one(
        "SELECT COUNT(*) FROM users WHERE organization_id = $1 AND role = 'admin' AND disabled_at IS NULL",
        params![organization],
        |row| row.get(0),
    )
}

/// Reads the eight columns in the order above.
pub(super) fn read(row: &Row<'_>) -> Result<User, StoreError> {
    Ok(User {
        id: row.get(0)?,
        organization: row.get(1)?,
        email: row.get(2)?,
        name: row.get(3)?,
        role: row.word(4)?,
        disabled_at: row.get(5)?,
        version: row.get(6)?,
        created_at: row.get(7)?,
    })
}
