//! The organization's do-not-call list, and the log of what was ever added or removed.
//!
//! Every change takes the organization's limiter row first, as a claim does: no call is reserved to a number
//! after its entry is committed.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, StoreError, Tx, like, limiters};
use crate::params;

/// One number that must not be called, with the evidence.
#[derive(Debug, Clone)]
pub struct Entry {
    pub phone: String,
    pub reason: String,
    /// How it came here: `page`, `import`, `key_press`, `handset`, `tag`.
    pub source: String,
    pub added_by: String,
    pub added_at: Timestamp,
}

/// Adds a number. False: it was listed already, and stays as it was.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut Tx<'_>, organization: Uuid, entry: &Entry) -> Result<bool, StoreError> {
    const INSERT: &str = "INSERT INTO do_not_call (organization_id, phone, reason, source, added_by, added_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, phone) DO NOTHING";
    limiters::lock(tx, &limiters::of_organization(organization))?;
    let row = params![
        organization,
        entry.phone.as_str(),
        entry.reason.as_str(),
        entry.source.as_str(),
        entry.added_by.as_str(),
        entry.added_at
    ];
    let added = tx.execute(INSERT, row)? == 1;
    if added {
        log(tx, organization, entry, "added")?;
    }
    Ok(added)
}

/// Writes a line of the log: what was done to a number, by whom and why.
pub(super) fn log(tx: &mut Tx<'_>, organization: Uuid, entry: &Entry, action: &str) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO do_not_call_log (organization_id, phone, action, reason, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let row = params![
        organization,
        entry.phone.as_str(),
        action,
        entry.reason.as_str(),
        entry.added_by.as_str(),
        entry.added_at
    ];
    tx.execute(INSERT, row).map(drop)
}

/// Is a number listed?
///
/// # Errors
/// When the database fails.
pub fn contains(tx: &mut Tx<'_>, organization: Uuid, phone: &str) -> Result<bool, StoreError> {
    const QUERY: &str = "SELECT count(*) FROM do_not_call WHERE organization_id = $1 AND phone = $2";
    tx.query_one(QUERY, params![organization, phone], |row| row.get::<i64>(0)).map(|count| count > 0)
}

/// Which part of the list to show.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Digits of the number, or a part of the reason; everything when empty.
    pub search: String,
    /// The last entry of the page before.
    pub after: Option<(Timestamp, String)>,
    pub rows: u32,
}

/// A page of the list, newest first.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, organization: Uuid, listed: &Listed) -> Result<Vec<Entry>, StoreError> {
    const PAGE: &str = r"SELECT phone, reason, source, added_by, added_at FROM do_not_call
        WHERE organization_id = $1 AND (added_at, phone) < ($2, $3)
            AND (phone LIKE $4 OR lower(reason) LIKE $5 ESCAPE '\' OR $5 IS NULL)
        ORDER BY added_at DESC, phone DESC LIMIT $6";
    // No number sorts after a tilde.
    let (at, phone) = listed.after.clone().unwrap_or((Timestamp::MAX, "~".to_owned()));
    let by_phone = like::phone_containing(&listed.search);
    let by_reason = (!listed.search.is_empty()).then(|| like::containing(&listed.search));
    tx.query(PAGE, params![organization, at, phone, by_phone, by_reason, listed.rows], read)
}

/// The entry of a number.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, organization: Uuid, phone: &str) -> Result<Option<Entry>, StoreError> {
    const FIND: &str = "SELECT phone, reason, source, added_by, added_at FROM do_not_call
        WHERE organization_id = $1 AND phone = $2";
    tx.query_opt(FIND, params![organization, phone], read)
}

/// Takes a number off the list; `why` says who, when and why. Returns the entry that was; `None`: there was none.
///
/// # Errors
/// When the database fails.
pub fn remove(tx: &mut Tx<'_>, organization: Uuid, why: &Entry) -> Result<Option<Entry>, StoreError> {
    const DELETE: &str = "DELETE FROM do_not_call WHERE organization_id = $1 AND phone = $2";
    limiters::lock(tx, &limiters::of_organization(organization))?;
    let Some(found) = find(tx, organization, &why.phone)? else { return Ok(None) };
    tx.execute(DELETE, params![organization, why.phone.as_str()])?;
    log(tx, organization, why, "removed")?;
    Ok(Some(found))
}

fn read(row: &Row<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        phone: row.get(0)?,
        reason: row.get(1)?,
        source: row.get(2)?,
        added_by: row.get(3)?,
        added_at: row.get(4)?,
    })
}
