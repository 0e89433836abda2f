//! API tokens: kept by their hash, each acting as the person it belongs to.
//!
//! A token can do what its person can do at that moment. Revoked and expired ones stay as rows, so that the
//! audit log's names lead somewhere.

use jiff::Timestamp;
use uuid::Uuid;

use super::users::{self, User};
use super::{Row, Sql, StoreError, Tx};
use crate::chance::Chance;
use crate::params;
use crate::secrets::{Secret, new_token};

/// How every token begins, so that people and scanners of leaked secrets know one.
const PREFIX: &str = "car_";
/// So many characters are shown later on; four of them are random.
const HINT_CHARS: usize = 8;

/// A token, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    pub id: Uuid,
    pub user: Uuid,
    pub name: String,
    /// The first characters, so that people can tell tokens apart.
    pub hint: String,
    pub version: i64,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

impl ApiToken {
    /// A new token of `user` and its value, which nothing keeps.
    #[must_use]
    pub fn draw(chance: &Chance, user: Uuid, name: String, now: Timestamp) -> (Self, Secret) {
        let value = new_token(chance, PREFIX);
        let hint = value.reveal().chars().take(HINT_CHARS).collect();
        let id = chance.id(now);
        let (expires_at, revoked_at, last_used_at) = (None, None, None);
        (Self { id, user, name, hint, version: 1, created_at: now, expires_at, revoked_at, last_used_at }, value)
    }
}

/// Writes a new token.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, organization: Uuid, token: &ApiToken, hash: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO api_tokens (id, organization_id, user_id, name, token_hash, hint, version, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            token.id,
            organization,
            token.user,
            &token.name,
            hash.to_vec(),
            &token.hint,
            token.version,
            token.created_at,
            token.expires_at,
        ],
    )
    .map(drop)
}

/// The token of this hash and whose it is.
///
/// # Errors
/// When the database fails.
pub fn by_hash(tx: &mut Tx<'_>, hash: &[u8]) -> Result<Option<(User, ApiToken)>, StoreError> {
    tx.query_opt(
        "SELECT u.id, u.organization_id, u.email, u.name, u.role, u.disabled_at, u.version, u.created_at,
                t.id, t.user_id, t.name, t.hint, t.version, t.created_at, t.expires_at, t.revoked_at, t.last_used_at
            FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = $1",
        params![hash.to_vec()],
        |row| Ok((users::read(row)?, read(row, 8)?)),
    )
}

/// Notes that a token was used.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE api_tokens SET last_used_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// A page of the tokens of an organization, newest first.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    organization: Uuid,
    after: Option<(Timestamp, Uuid)>,
    rows: u32,
) -> Result<Vec<ApiToken>, StoreError> {
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    tx.query(
        "SELECT id, user_id, name, hint, version, created_at, expires_at, revoked_at, last_used_at FROM api_tokens
            WHERE organization_id = $1 AND (created_at, id) < ($2, $3)
            ORDER BY created_at DESC, id DESC LIMIT $4",
        params![organization, at, id, rows],
        |row| read(row, 0),
    )
}

/// A token of an organization, in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<ApiToken>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite:
            "SELECT id, user_id, name, hint, version, created_at, expires_at, revoked_at, last_used_at FROM api_tokens
            WHERE organization_id = $1 AND id = $2",
        postgres:
            "SELECT id, user_id, name, hint, version, created_at, expires_at, revoked_at, last_used_at FROM api_tokens
            WHERE organization_id = $1 AND id = $2 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![organization, id], |row| read(row, 0))
}

/// Writes name, revoked_at and version of a locked token.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, token: &ApiToken) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE api_tokens SET name = $2, revoked_at = $3, version = $4 WHERE id = $1",
        params![token.id, &token.name, token.revoked_at, token.version],
    )
    .map(drop)
}

fn read(row: &Row<'_>, first: usize) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        id: row.get(first)?,
        user: row.get(first + 1)?,
        name: row.get(first + 2)?,
        hint: row.get(first + 3)?,
        version: row.get(first + 4)?,
        created_at: row.get(first + 5)?,
        expires_at: row.get(first + 6)?,
        revoked_at: row.get(first + 7)?,
        last_used_at: row.get(first + 8)?,
    })
}
