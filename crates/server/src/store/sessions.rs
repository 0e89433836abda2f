//! Sessions of browsers: kept by the hash of their cookie, ended by time, log-out or an administrator.
//!
//! When a session is too old or idle too long is the caller's decision; rows past their end are swept by
//! [`sweep`].

use jiff::Timestamp;
use uuid::Uuid;

use super::users::{self, User};
use super::{Row, StoreError, Tx};
use crate::params;

/// Rows ended in one sweep.
const SWEEP_MAX: u32 = 500;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub user_agent: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// It ends then, however busy it is.
    pub expires_at: Timestamp,
}

/// Writes a new session of `user`.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, token_hash: &[u8], user: Uuid, session: &Session) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sessions (token_hash, id, user_id, user_agent, created_at, seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            token_hash.to_vec(),
            session.id,
            user,
            &session.user_agent,
            session.created_at,
            session.seen_at,
            session.expires_at,
        ],
    )
    .map(drop)
}

/// The session of this cookie and whose it is.
///
/// # Errors
/// When the database fails.
pub fn by_token(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<Option<(User, Session)>, StoreError> {
    tx.query_opt(
        "SELECT u.id, u.organization_id, u.email, u.name, u.role, u.disabled_at, u.version, u.created_at,
                s.id, s.user_agent, s.created_at, s.seen_at, s.expires_at
            FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1",
        params![token_hash.to_vec()],
        |row| Ok((users::read(row)?, read(row, 8)?)),
    )
}

/// Notes that a session was used.
///
/// # Errors
/// When the database fails.
pub fn touch(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET seen_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// One session of a person.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, user: Uuid, id: Uuid) -> Result<Option<Session>, StoreError> {
    tx.query_opt(
        "SELECT id, user_agent, created_at, seen_at, expires_at FROM sessions WHERE user_id = $1 AND id = $2",
        params![user, id],
        |row| read(row, 0),
    )
}

/// The sessions of a person, newest first.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    user: Uuid,
    after: Option<(Timestamp, Uuid)>,
    rows: u32,
) -> Result<Vec<Session>, StoreError> {
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    tx.query(
        "SELECT id, user_agent, created_at, seen_at, expires_at FROM sessions
            WHERE user_id = $1 AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4",
        params![user, at, id, rows],
        |row| read(row, 0),
    )
}

/// Ends one session of a person. False: there is none of this id.
///
/// # Errors
/// When the database fails.
pub fn end(tx: &mut Tx<'_>, user: Uuid, id: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM sessions WHERE user_id = $1 AND id = $2", params![user, id])? == 1)
}

/// Ends the session of this cookie, if there is one.
///
/// # Errors
/// When the database fails.
pub fn end_by_token(tx: &mut Tx<'_>, token_hash: &[u8]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE token_hash = $1", params![token_hash.to_vec()]).map(drop)
}

/// Ends every session of a person except `but`.
///
/// # Errors
/// When the database fails.
pub fn end_all(tx: &mut Tx<'_>, user: Uuid, but: Option<Uuid>) -> Result<u64, StoreError> {
    let but = but.unwrap_or(Uuid::nil());
    tx.execute("DELETE FROM sessions WHERE user_id = $1 AND id <> $2", params![user, but])
}

/// Removes sessions that ended by time, a bounded number.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE token_hash IN (
            SELECT token_hash FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        params![now, SWEEP_MAX],
    )
}

fn read(row: &Row<'_>, first: usize) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get(first)?,
        user_agent: row.get(first + 1)?,
        created_at: row.get(first + 2)?,
        seen_at: row.get(first + 3)?,
        expires_at: row.get(first + 4)?,
    })
}
