//! The carrier account as people enter it; its secrets are sealed before they come here.
//!
//! What the engine reads of the same row is in [`super::accounts`].

use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx};
use crate::params;

/// What people entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierAccount {
    /// 0: nothing has been entered yet.
    pub version: i64,
    pub account_sid: String,
    pub auth_token_sealed: Option<String>,
    pub api_key_sid: Option<String>,
    pub api_key_secret_sealed: Option<String>,
    pub caller_ids: Vec<String>,
    pub twiml_app_sid: Option<String>,
    pub public_url: Option<String>,
}

/// What an organization has entered.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, organization: Uuid) -> Result<Option<CarrierAccount>, StoreError> {
    tx.query_opt(
        "SELECT version, account_sid, auth_token_sealed, api_key_sid, api_key_secret_sealed, caller_ids, twiml_app_sid,
                public_url
            FROM carriers WHERE organization_id = $1",
        params![organization],
        read,
    )
}

/// As [`find`], in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, organization: Uuid) -> Result<Option<CarrierAccount>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT version, account_sid, auth_token_sealed, api_key_sid, api_key_secret_sealed, caller_ids,
                twiml_app_sid, public_url
            FROM carriers WHERE organization_id = $1",
        postgres: "SELECT version, account_sid, auth_token_sealed, api_key_sid, api_key_secret_sealed, caller_ids,
                twiml_app_sid, public_url
            FROM carriers WHERE organization_id = $1 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![organization], read)
}

/// Writes what was entered. A pause that the carrier asked for ends: the account may be another one.
/// False: somebody else entered the first one at the same moment.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, organization: Uuid, account: &CarrierAccount) -> Result<bool, StoreError> {
    let caller_ids = serde_json::to_string(&account.caller_ids)
        .map_err(|e| StoreError::Statement(format!("caller ids are no JSON: {e}")))?;
    let changed = tx.execute(
        "INSERT INTO carriers (organization_id, version, account_sid, auth_token_sealed, api_key_sid,
                api_key_secret_sealed, caller_ids, twiml_app_sid, public_url)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (organization_id) DO UPDATE SET version = excluded.version,
                account_sid = excluded.account_sid, auth_token_sealed = excluded.auth_token_sealed,
                api_key_sid = excluded.api_key_sid, api_key_secret_sealed = excluded.api_key_secret_sealed,
                caller_ids = excluded.caller_ids, twiml_app_sid = excluded.twiml_app_sid,
                public_url = excluded.public_url, backoff_until = 0, backoff_steps = 0, backoff_reason = NULL
            WHERE carriers.version = excluded.version - 1",
        params![
            organization,
            account.version,
            &account.account_sid,
            account.auth_token_sealed.clone(),
            account.api_key_sid.clone(),
            account.api_key_secret_sealed.clone(),
            caller_ids,
            account.twiml_app_sid.clone(),
            account.public_url.clone(),
        ],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<CarrierAccount, StoreError> {
    Ok(CarrierAccount {
        version: row.get(0)?,
        account_sid: row.get(1)?,
        auth_token_sealed: row.get(2)?,
        api_key_sid: row.get(3)?,
        api_key_secret_sealed: row.get(4)?,
        caller_ids: row.json(5)?,
        twiml_app_sid: row.get(6)?,
        public_url: row.get(7)?,
    })
}
