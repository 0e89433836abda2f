//! The carrier account of an organization as the engine needs it: who calls, from which numbers, and whether
//! the carrier has asked for a pause. What people enter is `carriers`' business.
//!
//! Secrets stay sealed here; opening them and making a client is the engine's `carriers`. A pause is a row, so that
//! every node keeps it.

use carillon_domain::phone_number::PhoneNumber;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Row, StoreError, Tx};
use crate::params;

/// The longest pause after failures in a row.
const BACKOFF_MAX: SignedDuration = SignedDuration::from_secs(60);
/// The pause after the first failure.
const BACKOFF_FIRST: SignedDuration = SignedDuration::from_secs(1);
/// Doublings after which the pause no longer grows.
const BACKOFF_STEPS_MAX: i64 = 6;

/// An account with its secrets still sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub organization: Uuid,
    /// Changes with everything people enter; a client made of an older one is stale.
    pub version: i64,
    pub account_sid: String,
    pub auth_token_sealed: Option<String>,
    pub api_key_sid: Option<String>,
    pub api_key_secret_sealed: Option<String>,
    pub caller_ids: Vec<String>,
    pub public_url: Option<String>,
    pub backoff_until: Timestamp,
    pub backoff_reason: Option<String>,
}

impl Account {
    /// The number that campaigns without one of their own call from.
    #[must_use]
    pub fn default_caller_id(&self) -> Option<PhoneNumber> {
        self.caller_ids.iter().find_map(|number| PhoneNumber::from_e164(number).ok())
    }
}

macro_rules! accounts {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, version, account_sid, auth_token_sealed, api_key_sid, api_key_secret_sealed, caller_ids,
                public_url, backoff_until, backoff_reason FROM carriers ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        organization: row.get(0)?,
        version: row.get(1)?,
        account_sid: row.get(2)?,
        auth_token_sealed: row.get(3)?,
        api_key_sid: row.get(4)?,
        api_key_secret_sealed: row.get(5)?,
        caller_ids: row.json(6)?,
        public_url: row.get(7)?,
        backoff_until: row.get(8)?,
        backoff_reason: row.get(9)?,
    })
}

/// The account of an organization; `None` until one is entered.
///
/// # Errors
/// When the database fails.
pub fn of_organization(tx: &mut Tx<'_>, organization: Uuid) -> Result<Option<Account>, StoreError> {
    tx.query_opt(accounts!("WHERE organization_id = $1"), params![organization], read)
}

/// The organizations that call through an account of this name.
///
/// # Errors
/// When the database fails.
pub fn by_sid(tx: &mut Tx<'_>, account_sid: &str) -> Result<Vec<Account>, StoreError> {
    tx.query(accounts!("WHERE account_sid = $1 ORDER BY organization_id LIMIT 20"), params![account_sid], read)
}

/// The carrier failed or asked for a pause: nothing is claimed until it is over. Failures in a row double it.
/// `at_least` is what the carrier itself asked for. Returns the end of the pause.
///
/// # Errors
/// When the database fails.
pub fn back_off(
    tx: &mut Tx<'_>,
    organization: Uuid,
    now: Timestamp,
    at_least: SignedDuration,
    reason: &str,
) -> Result<Timestamp, StoreError> {
    const FIND: &str = "SELECT backoff_until, backoff_steps FROM carriers WHERE organization_id = $1";
    const SAVE: &str =
        "UPDATE carriers SET backoff_until = $2, backoff_steps = $3, backoff_reason = $4 WHERE organization_id = $1";
    let read = |row: &Row<'_>| Ok((row.get::<Timestamp>(0)?, row.get::<i64>(1)?));
    let Some((until, steps)) = tx.query_opt(FIND, params![organization], read)? else { return Ok(now) };
    if until > now {
        // Several requests failed together: one pause is enough.
        let until = until.max(now + at_least);
        tx.execute(SAVE, params![organization, until, steps, reason])?;
        return Ok(until);
    }
    let doubled = SignedDuration::from_secs(BACKOFF_FIRST.as_secs() << steps.clamp(0, BACKOFF_STEPS_MAX));
    let until = now + doubled.min(BACKOFF_MAX).max(at_least);
    tx.execute(SAVE, params![organization, until, (steps + 1).min(BACKOFF_STEPS_MAX), reason])?;
    Ok(until)
}

/// The carrier took a call again: the next failure begins with a short pause.
///
/// # Errors
/// When the database fails.
pub fn clear_back_off(tx: &mut Tx<'_>, organization: Uuid) -> Result<(), StoreError> {
    const CLEAR: &str =
        "UPDATE carriers SET backoff_steps = 0, backoff_reason = NULL WHERE organization_id = $1 AND backoff_steps > 0";
    tx.execute(CLEAR, params![organization]).map(drop)
}
