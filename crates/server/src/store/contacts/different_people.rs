//! What a person said of contacts that are alike: that they are different people.
//!
//! It holds for those who were looked at. When somebody newer or one more is alike, the group is shown again.

use jiff::Timestamp;
use uuid::Uuid;

use super::alike::Group;
use crate::params;
use crate::store::{StoreError, Tx};

/// The key of a group's row.
fn place(group: &Group) -> (&'static str, String) {
    let department = group.department.map(|id| id.to_string()).unwrap_or_default();
    (group.by.as_str(), department)
}

fn newest(group: &Group) -> Uuid {
    group.contacts.iter().map(|entry| entry.id).max().unwrap_or_default()
}

/// Whether somebody said so of all of a group.
///
/// # Errors
/// When the database fails.
pub fn are(tx: &mut Tx<'_>, organization: Uuid, group: &Group) -> Result<bool, StoreError> {
    const QUERY: &str = "SELECT up_to, contacts FROM different_people
        WHERE organization_id = $1 AND likeness = $2 AND department = $3 AND key = $4";
    let (by, department) = place(group);
    let values = params![organization, by, department, group.key.as_str()];
    let said = tx.query_opt(QUERY, values, |row| Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?)))?;
    Ok(said.is_some_and(|(up_to, contacts)| newest(group) <= up_to && group.contacts.len() as i64 <= contacts))
}

/// Keeps that they are, by whom it was said and when.
///
/// # Errors
/// When the database fails.
pub fn say(tx: &mut Tx<'_>, organization: Uuid, group: &Group, (by, at): (&str, Timestamp)) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO different_people
            (organization_id, likeness, department, key, up_to, contacts, said_by, said_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (organization_id, likeness, department, key) DO UPDATE
            SET up_to = excluded.up_to, contacts = excluded.contacts, said_by = excluded.said_by, said_at = excluded.said_at";
    let (likeness, department) = place(group);
    let contacts = group.contacts.len() as i64;
    let row = params![organization, likeness, department, group.key.as_str(), newest(group), contacts, by, at];
    tx.execute(INSERT, row).map(drop)
}

/// Takes it back.
///
/// # Errors
/// When the database fails.
pub fn unsay(tx: &mut Tx<'_>, organization: Uuid, group: &Group) -> Result<(), StoreError> {
    const DELETE: &str = "DELETE FROM different_people
        WHERE organization_id = $1 AND likeness = $2 AND department = $3 AND key = $4";
    let (likeness, department) = place(group);
    tx.execute(DELETE, params![organization, likeness, department, group.key.as_str()]).map(drop)
}
