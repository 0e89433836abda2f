//! Who came into a list, changed in it or left it: found in units, kept by recipient, read in pages.
//!
//! Both walks go by the index of a run's recipients and look each number up in the other run; nothing is sorted and
//! nobody is counted twice, since a unit's notes and its place are written together.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Changes, Refresh, RefreshState};
use crate::store::{Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

carillon_domain::words! {
    /// How somebody of a list differs from the list before.
    pub enum ChangeKind {
        /// Was not in it.
        Added = "added",
        /// Was in it with another name or other fields.
        Changed = "changed",
        /// Is not in this one.
        Gone = "gone",
    }
}

/// Somebody of a list, as far as lists are compared.
struct Person {
    id: Uuid,
    phone: String,
    name: String,
    fields: String,
}

fn person(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person { id: row.get(0)?, phone: row.get(1)?, name: row.get(2)?, fields: row.get(3)? })
}

/// Compares the next `limit` people and moves on; the state says where it stands then. The campaign must be locked.
///
/// # Errors
/// When the database fails.
pub fn unit(tx: &mut Tx<'_>, refresh: &mut Refresh, limit: u32) -> Result<(), StoreError> {
    let (walked, other) = match (refresh.state, refresh.former) {
        (RefreshState::Comparing, former) => (refresh.run, former),
        (_, Some(former)) => (former, Some(refresh.run)),
        (_, None) => {
            refresh.state = RefreshState::Done;
            return Ok(());
        }
    };
    let page = after(tx, walked, refresh.compared_to, limit)?;
    let known = match other {
        Some(other) => by_phones(tx, other, &page)?,
        None => HashMap::new(),
    };
    let mut notes = Vec::new();
    for one in &page {
        let kind = judge(refresh.state, one, known.get(&one.phone));
        refresh.changes.count(refresh.state, kind);
        notes.extend(kind.map(|kind| row![refresh.run, kind.as_str(), one.id]));
    }
    note(tx, &notes)?;
    refresh.compared_to = page.last().map(|one| one.id);
    if page.is_empty() {
        let is_comparing = refresh.state == RefreshState::Comparing;
        refresh.state = if is_comparing { RefreshState::Parting } else { RefreshState::Done };
    }
    Ok(())
}

/// `None`: the same as before.
fn judge(state: RefreshState, one: &Person, other: Option<&Person>) -> Option<ChangeKind> {
    match (state, other) {
        (RefreshState::Comparing, None) => Some(ChangeKind::Added),
        (RefreshState::Comparing, Some(before)) => {
            (before.name != one.name || before.fields != one.fields).then_some(ChangeKind::Changed)
        }
        (_, None) => Some(ChangeKind::Gone),
        (_, Some(_)) => None,
    }
}

impl Changes {
    const fn count(&mut self, state: RefreshState, kind: Option<ChangeKind>) {
        match kind {
            Some(ChangeKind::Added) => self.added += 1,
            Some(ChangeKind::Changed) => self.changed += 1,
            Some(ChangeKind::Gone) => self.gone += 1,
            // Whoever stayed was counted when the new list was walked.
            None if matches!(state, RefreshState::Comparing) => self.same += 1,
            None => {}
        }
    }
}

fn after(tx: &mut Tx<'_>, run: Uuid, after: Option<Uuid>, limit: u32) -> Result<Vec<Person>, StoreError> {
    const PAGE: &str = "SELECT id, phone, name, fields FROM recipients WHERE run_id = $1 AND id > $2
        ORDER BY id LIMIT $3";
    tx.query(PAGE, params![run, after.unwrap_or(Uuid::nil()), limit], person)
}

fn by_phones(tx: &mut Tx<'_>, run: Uuid, page: &[Person]) -> Result<HashMap<String, Person>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT id, phone, name, fields FROM recipients WHERE run_id = $1 AND phone = $2",
        postgres: "SELECT r.id, r.phone, r.name, r.fields FROM unnest($1::uuid[], $2::text[]) AS n (run, phone)
            JOIN recipients r ON r.run_id = n.run AND r.phone = n.phone",
    };
    let keys: Vec<Vec<Value>> = page.iter().map(|one| row![run, one.phone.as_str()]).collect();
    let found = tx.query_many(QUERY, &keys, person)?;
    Ok(found.into_iter().map(|one| (one.phone.clone(), one)).collect())
}

fn note(tx: &mut Tx<'_>, notes: &[Vec<Value>]) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO list_changes (run_id, kind, recipient_id) VALUES ($1, $2, $3)";
    const INSERT_ALL: &str = "INSERT INTO list_changes (run_id, kind, recipient_id)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[])";
    tx.execute_many(INSERT, INSERT_ALL, notes).map(drop)
}

/// Somebody who came, changed or left.
#[derive(Debug, Clone)]
pub struct Changed {
    /// In this run, or of somebody who left in the one before.
    pub recipient: Uuid,
    pub contact: Option<Uuid>,
    pub name: String,
    pub phone: String,
    /// As it was, of somebody who changed.
    pub name_before: Option<String>,
}

/// A page of those who came, changed or left, in the order of their enrollment.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    (run, kind): (Uuid, ChangeKind),
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Changed>, StoreError> {
    const QUERY: &str = "SELECT r.id, r.contact_id, r.name, r.phone, f.name
          FROM list_changes c JOIN recipients r ON r.id = c.recipient_id
          JOIN list_refreshes l ON l.run_id = c.run_id
          LEFT JOIN recipients f ON c.kind = 'changed' AND f.run_id = l.former_run AND f.phone = r.phone
         WHERE c.run_id = $1 AND c.kind = $2 AND c.recipient_id > $3 ORDER BY c.recipient_id LIMIT $4";
    tx.query(QUERY, params![run, kind.as_str(), after.unwrap_or(Uuid::nil()), limit], |row| {
        Ok(Changed {
            recipient: row.get(0)?,
            contact: row.get(1)?,
            name: row.get(2)?,
            phone: row.get(3)?,
            name_before: row.get(4)?,
        })
    })
}
