//! Who changed what, with before and after; rows are only ever added.
//!
//! Secrets never come here: callers hand in what they would show on a page.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{StoreError, Tx};
use crate::params;

/// One change.
#[derive(Debug)]
pub struct Change<'a> {
    pub organization: Uuid,
    /// Who did it: `user:ID`, `token:ID` or `operator`.
    pub actor: &'a str,
    /// What was done, for example `settings.changed`.
    pub action: &'a str,
    /// What it was done to, for example `user:ID`.
    pub subject: String,
    /// Null when there was nothing before.
    pub before: Value,
    /// Null when there is nothing after.
    pub after: Value,
}

/// Keeps a change.
///
/// # Errors
/// When the database fails.
pub fn record(tx: &mut Tx<'_>, change: &Change<'_>, now: Timestamp) -> Result<(), StoreError> {
    let text = |value: &Value| (!value.is_null()).then(|| value.to_string());
    tx.execute(
        "INSERT INTO audit_log (organization_id, at, actor, action, subject, before, after)
            VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            change.organization,
            now,
            change.actor,
            change.action,
            &change.subject,
            text(&change.before),
            text(&change.after),
        ],
    )
    .map(drop)
}
