//! The second factor of people who log in: its sealed secret, the last code taken, and recovery codes.
//!
//! A row without `on_since` was begun and never proven; nothing asks for it, and beginning again replaces it. Whether a
//! code is right is `totp`'s business.

use std::collections::HashSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx, Value};
use crate::params;

/// The second factor of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    pub secret_sealed: String,
    /// `None`: begun and not proven.
    pub on_since: Option<Timestamp>,
    /// The step of the last code that was taken.
    pub last_step: i64,
}

/// A person's, in order to look at it.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, user: Uuid) -> Result<Option<SecondFactor>, StoreError> {
    const FIND: &str = "SELECT secret_sealed, on_since, last_step FROM second_factors WHERE user_id = $1";
    tx.query_opt(FIND, params![user], read)
}

/// As [`find`], in order to change it: two log-ins with one code take turns.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, user: Uuid) -> Result<Option<SecondFactor>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT secret_sealed, on_since, last_step FROM second_factors WHERE user_id = $1",
        postgres: "SELECT secret_sealed, on_since, last_step FROM second_factors WHERE user_id = $1 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![user], read)
}

/// Begins one, in place of another that was begun. False: there is one that is on.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut Tx<'_>, user: Uuid, secret_sealed: &str, now: Timestamp) -> Result<bool, StoreError> {
    const BEGIN: &str = "INSERT INTO second_factors (user_id, secret_sealed, begun_at) VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, begun_at = excluded.begun_at
            WHERE second_factors.on_since IS NULL";
    Ok(tx.execute(BEGIN, params![user, secret_sealed, now])? == 1)
}

/// Turns a locked one on, proven by the code of a step, with these recovery codes.
///
/// # Errors
/// When the database fails.
pub fn turn_on(
    tx: &mut Tx<'_>,
    user: Uuid,
    (step, now): (i64, Timestamp),
    code_hashes: &[Vec<u8>],
) -> Result<(), StoreError> {
    const ON: &str = "UPDATE second_factors SET on_since = $2, last_step = $3 WHERE user_id = $1";
    const CODE: &str = "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)";
    tx.execute(ON, params![user, now, step])?;
    for hash in code_hashes {
        tx.execute(CODE, params![user, hash.clone()])?;
    }
    Ok(())
}

/// Notes the step of the code that was taken for a locked one.
///
/// # Errors
/// When the database fails.
pub fn take_step(tx: &mut Tx<'_>, user: Uuid, step: i64) -> Result<(), StoreError> {
    tx.execute("UPDATE second_factors SET last_step = $2 WHERE user_id = $1", params![user, step]).map(drop)
}

/// Uses a recovery code up. False: there is none of this hash.
///
/// # Errors
/// When the database fails.
pub fn take_recovery_code(tx: &mut Tx<'_>, user: Uuid, hash: Vec<u8>) -> Result<bool, StoreError> {
    const TAKE: &str = "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2";
    Ok(tx.execute(TAKE, params![user, hash])? == 1)
}

/// How many recovery codes a person has left.
///
/// # Errors
/// When the database fails.
pub fn recovery_codes_left(tx: &mut Tx<'_>, user: Uuid) -> Result<i64, StoreError> {
    tx.query_one("SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1", params![user], |row| row.get(0))
}

/// Takes a person's second factor away, with its recovery codes. False: there was none that was on.
///
/// # Errors
/// When the database fails.
pub fn turn_off(tx: &mut Tx<'_>, user: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM second_factors WHERE user_id = $1 AND on_since IS NOT NULL", params![user])? == 1)
}

/// Who of these people has one that is on.
///
/// # Errors
/// When the database fails.
pub fn on_among(tx: &mut Tx<'_>, users: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    const ON: Sql = Sql::Split {
        sqlite: "SELECT user_id FROM second_factors WHERE user_id = $1 AND on_since IS NOT NULL",
        postgres: "SELECT user_id FROM second_factors WHERE user_id = ANY($1) AND on_since IS NOT NULL",
    };
    let keys: Vec<Value> = users.iter().map(|user| Value::from(*user)).collect();
    Ok(tx.query_each(ON, &keys, |row| row.get(0))?.into_iter().collect())
}

fn read(row: &Row<'_>) -> Result<SecondFactor, StoreError> {
    Ok(SecondFactor { secret_sealed: row.get(0)?, on_since: row.get(1)?, last_step: row.get(2)? })
}
