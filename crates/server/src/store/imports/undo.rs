//! Taking an import back: recipients it enrolled and nobody has called leave, then contacts it made that nobody uses.
//!
//! What was used since stays: a contact that somebody edited, that a later import updated, or that a campaign has.
//! Numbers that it put on the do-not-call list stay there. Done in units; the importer goes on where one ended.

use uuid::Uuid;

use super::{Import, UndoState, imports, lock_any, read};
use crate::store::recipients::{self, Removal};
use crate::store::{StoreError, Tx, Value, campaigns, runs};
use crate::{params, row};

/// Whether a recipient `r` of a run `u` leaves, as [`recipients::remove`] decides.
macro_rules! leaves {
    () => {
        "(u.state = 'prepared' OR (u.state = 'started' AND r.state = 'pending' AND r.attempts = 0))"
    };
}

/// Recipients, and contacts, that an [`outlook`] counts.
pub const OUTLOOK_ROWS_MAX: u32 = 10_000;
/// Recipients and contacts looked at in one unit.
const RECIPIENTS_PER_UNIT: u32 = 200;
const CONTACTS_PER_UNIT: u32 = 500;

/// What an undo would do now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Not called yet: they leave their campaign.
    pub recipients_leaving: i64,
    /// Called, or being called.
    pub recipients_called: i64,
    pub contacts_leaving: i64,
    pub contacts_staying: i64,
    /// There are more than were counted.
    pub at_least: bool,
}

/// Counts what the undo of an import would do, looking at no more than so many recipients and contacts.
///
/// # Errors
/// When the database fails.
pub fn outlook(tx: &mut Tx<'_>, id: Uuid, most: u32) -> Result<Outlook, StoreError> {
    const RECIPIENTS: &str = concat!(
        "SELECT count(*), CAST(coalesce(sum(CASE WHEN ",
        leaves!(),
        " THEN 1 ELSE 0 END), 0) AS BIGINT),
            CAST(coalesce(sum(CASE WHEN r.attempts > 0 OR r.state = 'dialing' THEN 1 ELSE 0 END), 0) AS BIGINT)
           FROM (SELECT run_id, state, attempts FROM recipients WHERE import_id = $1 ORDER BY id LIMIT $2) r
           JOIN runs u ON u.id = r.run_id"
    );
    const CONTACTS: &str = concat!(
        "SELECT count(*), CAST(coalesce(sum(CASE WHEN c.version = 1 AND NOT EXISTS (
                SELECT 1 FROM recipients r JOIN runs u ON u.id = r.run_id WHERE r.contact_id = c.id
                    AND (r.import_id IS NULL OR r.import_id <> $1
                        OR NOT ((r.state = 'suppressed' AND r.attempts = 0) OR ",
        leaves!(),
        "))) THEN 1 ELSE 0 END), 0) AS BIGINT)
           FROM (SELECT id, version FROM contacts WHERE import_id = $1 LIMIT $2) c"
    );
    let values = row![id, most];
    let (recipients, recipients_leaving, recipients_called) =
        tx.query_one(RECIPIENTS, &values, |row| Ok((row.get::<i64>(0)?, row.get(1)?, row.get(2)?)))?;
    let (contacts, contacts_leaving) =
        tx.query_one(CONTACTS, &values, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    Ok(Outlook {
        recipients_leaving,
        recipients_called,
        contacts_leaving,
        contacts_staying: contacts - contacts_leaving,
        at_least: recipients.max(contacts) >= i64::from(most),
    })
}

/// Begins the undo of a locked import that has ended.
///
/// # Errors
/// When the database fails.
pub fn begin(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE imports SET undo = 'running' WHERE id = $1 AND undo IS NULL";
    tx.execute(UPDATE, params![id]).map(drop)
}

/// The oldest import whose undo is under way.
///
/// # Errors
/// When the database fails.
pub fn next(tx: &mut Tx<'_>) -> Result<Option<Import>, StoreError> {
    tx.query_opt(imports!("WHERE undo = 'running' ORDER BY id LIMIT 1"), &[], read)
}

/// Does one unit of an undo. True: it is done.
///
/// # Errors
/// When the database fails.
pub fn step(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    const DONE: &str = "UPDATE imports SET undo = 'done' WHERE id = $1";
    let undo = lock_any(tx, id)?.and_then(|import| import.undo);
    let is_running = undo.is_some_and(|undo| undo.state == UndoState::Running);
    if !is_running {
        return Ok(true);
    }
    if remove_recipients(tx, id)? || remove_contacts(tx, id)? {
        return Ok(false);
    }
    tx.execute(DONE, params![id])?;
    Ok(true)
}

/// Removes the next recipients. False: there are no more.
fn remove_recipients(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    const NEXT: &str = "SELECT r.id, r.run_id, u.campaign_id FROM recipients r JOIN runs u ON u.id = r.run_id
        WHERE r.import_id = $1 AND r.id > coalesce((SELECT undone_to FROM imports WHERE id = $1), $2)
        ORDER BY r.id LIMIT $3";
    const NOTE: &str = "UPDATE imports SET undone_to = $2, recipients_removed = recipients_removed + $3 WHERE id = $1";
    let next: Vec<(Uuid, Uuid, Uuid)> = tx.query(NEXT, params![id, Uuid::nil(), RECIPIENTS_PER_UNIT], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let Some((last, run, campaign)) = next.last().copied() else { return Ok(false) };
    campaigns::lock(tx, campaign)?;
    let mut removed = 0;
    if let Some(run) = runs::find(tx, campaign, run)? {
        for (recipient, of_run, _) in &next {
            let removal = if *of_run == run.id { recipients::remove(tx, &run, *recipient)? } else { Removal::TooLate };
            removed += i64::from(removal == Removal::Removed);
        }
    }
    tx.execute(NOTE, params![id, last, removed])?;
    Ok(true)
}

/// Removes the next contacts. False: there are no more that may go.
fn remove_contacts(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    // Somebody whom this import enrolled, and who left before any call, is no use of the contact.
    const UNUSED: &str = "SELECT c.id FROM contacts c WHERE c.import_id = $1 AND c.version = 1
        AND NOT EXISTS (SELECT 1 FROM recipients r WHERE r.contact_id = c.id
            AND (r.import_id IS NULL OR r.import_id <> $1 OR r.state <> 'suppressed' OR r.attempts > 0))
        LIMIT $2";
    const UNLINK: &str = "UPDATE recipients SET contact_id = NULL WHERE contact_id = $1";
    const UNLINK_ALL: &str = "UPDATE recipients SET contact_id = NULL WHERE contact_id = ANY($1::uuid[])";
    const REMOVE: &str = "DELETE FROM contacts WHERE id = $1";
    const REMOVE_ALL: &str = "DELETE FROM contacts WHERE id = ANY($1::uuid[])";
    const NOTE: &str = "UPDATE imports SET contacts_removed = contacts_removed + $2 WHERE id = $1";
    let unused: Vec<Uuid> = tx.query(UNUSED, params![id, CONTACTS_PER_UNIT], |row| row.get(0))?;
    let rows: Vec<Vec<Value>> = unused.iter().map(|contact| row![*contact]).collect();
    tx.execute_many(UNLINK, UNLINK_ALL, &rows)?;
    tx.execute_many(REMOVE, REMOVE_ALL, &rows)?;
    tx.execute(NOTE, params![id, i64::try_from(unused.len()).unwrap_or(i64::MAX)])?;
    Ok(!unused.is_empty())
}
