//! Recordings as rows: what was measured, and the file in pieces.
//!
//! Pieces are written one a transaction, so that dialing never waits for a whole file, and any node can serve them; only
//! then is the recording there for anybody. What never got that far is swept after a day.

use jiff::Timestamp;
use uuid::Uuid;

use super::scope::Scope;
use super::{Row, StoreError, Tx};
use crate::params;

/// Bytes of a piece.
pub const PIECE_BYTES: usize = 256 * 1_024;

/// A recording of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    pub id: Uuid,
    pub organization: Uuid,
    pub department: Uuid,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    /// SHA-256 of the file, in hexadecimal digits.
    pub hash: String,
    pub duration_ms: i64,
    pub sample_rate: i64,
    pub channels: i64,
    pub loudness_dbfs: f64,
    pub created_by: String,
    pub created_at: Timestamp,
}

macro_rules! audio {
    ($rest:literal) => {
        concat!(
            "SELECT id, organization_id, department_id, name, media_type, bytes, hash, duration_ms, sample_rate, channels,
                loudness_dbfs, created_by, created_at FROM audio ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Audio, StoreError> {
    Ok(Audio {
        id: row.get(0)?,
        organization: row.get(1)?,
        department: row.get(2)?,
        name: row.get(3)?,
        media_type: row.get(4)?,
        bytes: row.get(5)?,
        hash: row.get(6)?,
        duration_ms: row.get(7)?,
        sample_rate: row.get(8)?,
        channels: row.get(9)?,
        loudness_dbfs: row.get(10)?,
        created_by: row.get(11)?,
        created_at: row.get(12)?,
    })
}

/// Writes a recording whose pieces will follow.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, audio: &Audio) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO audio (id, organization_id, department_id, name, media_type, bytes, hash, duration_ms,
            sample_rate, channels, loudness_dbfs, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let row = params![
        audio.id,
        audio.organization,
        audio.department,
        audio.name.as_str(),
        audio.media_type.as_str(),
        audio.bytes,
        audio.hash.as_str(),
        audio.duration_ms,
        audio.sample_rate,
        audio.channels,
        audio.loudness_dbfs,
        audio.created_by.as_str(),
        audio.created_at,
    ];
    tx.execute(INSERT, row).map(drop)
}

/// Writes a piece of a file.
///
/// # Errors
/// When the database fails.
pub fn add_piece(tx: &mut Tx<'_>, id: Uuid, number: i64, bytes: &[u8]) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO audio_pieces (audio_id, number, bytes) VALUES ($1, $2, $3)";
    tx.execute(INSERT, params![id, number, bytes.to_vec()]).map(drop)
}

/// Every piece is written: the recording is there.
///
/// # Errors
/// When the database fails.
pub fn set_stored(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("UPDATE audio SET is_stored = 1 WHERE id = $1", params![id]).map(drop)
}

/// A piece of a file; `None` behind its end.
///
/// # Errors
/// When the database fails.
pub fn piece(tx: &mut Tx<'_>, id: Uuid, number: i64) -> Result<Option<Vec<u8>>, StoreError> {
    const QUERY: &str = "SELECT bytes FROM audio_pieces WHERE audio_id = $1 AND number = $2";
    tx.query_opt(QUERY, params![id, number], |row| row.get(0))
}

/// A recording within a scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Audio>, StoreError> {
    const QUERY: &str = audio!(
        "WHERE organization_id = $1 AND id = $3 AND is_stored = 1
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)"
    );
    tx.query_opt(QUERY, params![scope.organization(), scope.member(), id], read)
}

/// A recording for whoever has its address.
///
/// # Errors
/// When the database fails.
pub fn find_any(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Audio>, StoreError> {
    tx.query_opt(audio!("WHERE id = $1 AND is_stored = 1"), params![id], read)
}

/// A page of the recordings within a scope, newest first, before `before`.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, scope: Scope, before: Option<Uuid>, rows: u32) -> Result<Vec<Audio>, StoreError> {
    const QUERY: &str = audio!(
        "WHERE organization_id = $1 AND id < $3 AND is_stored = 1
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
          ORDER BY id DESC LIMIT $4"
    );
    tx.query(QUERY, params![scope.organization(), scope.member(), before.unwrap_or(Uuid::max()), rows], read)
}

/// Bytes of recordings that an organization keeps.
///
/// # Errors
/// When the database fails.
pub fn bytes_kept(tx: &mut Tx<'_>, organization: Uuid) -> Result<i64, StoreError> {
    const QUERY: &str = "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM audio WHERE organization_id = $1";
    tx.query_one(QUERY, params![organization], |row| row.get(0))
}

/// The name of a campaign whose message plays a recording, if there is one, whatever its status: a campaign that has
/// ended may be asked what was heard in it, and duplicated.
///
/// # Errors
/// When the database fails.
pub fn used_by(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<String>, StoreError> {
    const QUERY: &str = "SELECT name FROM campaigns WHERE organization_id = $1 AND settings LIKE $2 LIMIT 1";
    tx.query_opt(QUERY, params![organization, format!("%\"{id}\"%")], |row| row.get(0))
}

/// Removes a recording with its pieces.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM audio WHERE id = $1", params![id]).map(drop)
}

/// Removes recordings whose pieces never became whole.
///
/// # Errors
/// When the database fails.
pub fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM audio WHERE is_stored = 0 AND created_at < $1", params![before])
}
