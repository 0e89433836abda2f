//! Taking an import back: recipients it enrolled and nobody has called leave, then contacts it made that nobody uses.
//!
//! What was used since stays: a contact that somebody edited, that a later import updated, or that a campaign has.
//! Numbers that it put on the do-not-call list stay there. Done in units; the importer goes on where one ended.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Import, UndoState, imports, lock_any, read};
use crate::store::recipients::{self, Removal};
use crate::store::{Sql, StoreError, Tx, Value, campaigns, runs};
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

/// Which of these imports were, or are being, taken back.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut Tx<'_>, imports: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>, StoreError> {
    const UNDONE: Sql = Sql::Split {
        sqlite: "SELECT id FROM imports WHERE id = $1 AND undo IS NOT NULL",
        postgres: "SELECT id FROM imports WHERE id = ANY($1::uuid[]) AND undo IS NOT NULL",
    };
    let wanted: Vec<Vec<Value>> = imports.into_iter().map(|import| row![import]).collect();
    Ok(tx.query_many(UNDONE, &wanted, |row| row.get(0))?.into_iter().collect())
}

/// Does one unit of an undo. True: it is done.
///
/// # Errors
/// When the database fails.
pub fn step(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    const DONE: &str = "UPDATE imports SET undo = 'done' WHERE id = $1";
    let is_running = |import: &Import| import.undo.is_some_and(|undo| undo.state == UndoState::Running);
    let Some(import) = lock_any(tx, id)?.filter(is_running) else { return Ok(true) };
    // Whoever makes the list of the campaign's next run has it locked, and from now on passes over the import's people.
    if let Some(campaign) = import.campaign {
        campaigns::lock(tx, campaign)?;
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
    let Some((last, ..)) = next.last().copied() else { return Ok(false) };
    let mut removed = 0;
    for of_one_run in next.chunk_by(|(_, run, _), (_, next, _)| run == next) {
        let (_, run, campaign) = of_one_run[0];
        campaigns::lock(tx, campaign)?;
        let Some(run) = runs::find(tx, campaign, run)? else { continue };
        for (recipient, ..) in of_one_run {
            removed += i64::from(recipients::remove(tx, &run, *recipient)? == Removal::Removed);
        }
    }
    tx.execute(NOTE, params![id, last, removed])?;
    Ok(true)
}

/// Looks at the next contacts and removes those that may go. False: there are no more.
fn remove_contacts(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    // Somebody whom this import enrolled, and who left before any call, is no use of the contact.
    const NEXT: &str = "SELECT c.id, CAST(CASE WHEN c.version = 1
            AND NOT EXISTS (SELECT 1 FROM recipients r WHERE r.contact_id = c.id
                AND (r.import_id IS NULL OR r.import_id <> $1 OR r.state <> 'suppressed' OR r.attempts > 0))
            THEN 1 ELSE 0 END AS BIGINT)
        FROM contacts c
        WHERE c.import_id = $1 AND c.id > coalesce((SELECT contacts_undone_to FROM imports WHERE id = $1), $2)
        ORDER BY c.id LIMIT $3";
    const UNLINK: &str = "UPDATE recipients SET contact_id = NULL WHERE contact_id = $1";
    const UNLINK_ALL: &str = "UPDATE recipients SET contact_id = NULL WHERE contact_id = ANY($1::uuid[])";
    const REMOVE: &str = "DELETE FROM contacts WHERE id = $1";
    const REMOVE_ALL: &str = "DELETE FROM contacts WHERE id = ANY($1::uuid[])";
    const NOTE: &str = "UPDATE imports SET contacts_undone_to = $2, contacts_removed = contacts_removed + $3
        WHERE id = $1";
    let next: Vec<(Uuid, bool)> =
        tx.query(NEXT, params![id, Uuid::nil(), CONTACTS_PER_UNIT], |row| Ok((row.get(0)?, row.get::<i64>(1)? == 1)))?;
    let Some((last, _)) = next.last().copied() else { return Ok(false) };
    let rows: Vec<Vec<Value>> =
        next.into_iter().filter(|(_, is_unused)| *is_unused).map(|(contact, _)| row![contact]).collect();
    tx.execute_many(UNLINK, UNLINK_ALL, &rows)?;
    tx.execute_many(REMOVE, REMOVE_ALL, &rows)?;
    tx.execute(NOTE, params![id, last, i64::try_from(rows.len()).unwrap_or(i64::MAX)])?;
    Ok(true)
}
