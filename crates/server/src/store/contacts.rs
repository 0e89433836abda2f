//! The contact book as rows: found within a scope, written once a number and department, deleted with care.
//!
//! Contacts of an import that is still running are not there for anybody ([`visible!`]): the end of the import
//! shows them all at once. What a contact may be is `carillon_domain::contact`'s business; search is in
//! [`search`], which tags there are in [`tags`], writing many at once in [`many`].

pub mod alike;
pub mod different_people;
pub mod field_names;
pub mod filter;
pub mod last_calls;
pub mod many;
pub mod merge;
pub mod search;
pub mod tags;
pub mod usage;
pub mod values;

use std::collections::HashMap;

use carillon_domain::contact::{Contact, ZoneSource};
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::time_zones::TimeZoneName;
use jiff::Timestamp;
use uuid::Uuid;

use super::do_not_call;
use super::recipients::Enrollment;
use super::scope::Scope;
use super::{Engine, Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// A contact in the book.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: Uuid,
    pub organization: Uuid,
    pub department: Uuid,
    pub version: i64,
    pub contact: Contact,
    /// What the time zone is worth, when there is one.
    pub timezone_is: ZoneSource,
    /// The import that brought it.
    pub import: Option<Uuid>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Entry {
    /// The contact as a recipient, with number and merge fields frozen now.
    #[must_use]
    pub fn enrollment(&self, id: Uuid, organization_name: &str) -> Enrollment {
        let fields = self.contact.merge_fields(organization_name);
        let place = self.contact.place(self.timezone_is);
        Enrollment {
            id,
            contact: Some(self.id),
            phone: self.contact.phone.to_string(),
            name: self.contact.name.clone(),
            fields: serde_json::to_string(&fields).expect("fields are plain texts"),
            zones: place.zones.key(),
            clues: Some(place.clues_key()),
            import: None,
            suppressed: None,
        }
    }

    /// The parameters of a row, in the order of the insert statements.
    fn values(&self) -> Vec<Value> {
        self.values_with(alike::numbers(self.department, &self.contact).map(Some))
    }

    fn values_with(&self, [email_key, name_key]: [Option<i64>; 2]) -> Vec<Value> {
        let contact = &self.contact;
        row![
            self.id,
            self.organization,
            self.department,
            self.version,
            contact.phone.as_str(),
            contact.name.as_str(),
            contact.first_name.as_str(),
            contact.last_name.as_str(),
            contact.email.as_str(),
            contact.company.as_str(),
            contact.notes.as_str(),
            serde_json::to_string(&contact.tags).expect("tags are texts"),
            contact.timezone.as_ref().map(TimeZoneName::as_str),
            contact.timezone.as_ref().map(|_| self.timezone_is.as_str()),
            contact.language.as_deref(),
            contact.postal_code.as_deref(),
            contact.state.as_deref(),
            serde_json::to_string(&contact.custom).expect("custom fields are plain values"),
            self.import,
            search::text_of(contact),
            self.created_at,
            self.updated_at,
            email_key,
            name_key,
        ]
    }
}

/// `SELECT` of whole contacts, as `c`; what of them is visible is said behind `WHERE`.
macro_rules! contacts {
    ($rest:expr) => {
        contacts!(from "contacts c", $rest)
    };
    (from $tables:expr, $rest:expr) => {
        concat!(
            "SELECT c.id, c.organization_id, c.department_id, c.version, c.phone, c.name, c.first_name, c.last_name,
                c.email, c.company, c.notes, c.tags, c.timezone, c.timezone_is, c.language, c.postal_code, c.state,
                c.custom, c.import_id, c.created_at, c.updated_at FROM ",
            $tables,
            " ",
            $rest
        )
    };
}

/// Contacts within a scope (`$1`, `$2`) that belong to no running import.
macro_rules! visible {
    () => {
        "c.organization_id = $1
            AND (c.department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
            AND (c.import_id IS NULL OR c.import_id NOT IN (SELECT id FROM imports WHERE state = 'running'))"
    };
}

use {contacts, visible};

fn read(row: &Row<'_>) -> Result<Entry, StoreError> {
    let corrupt = |error: String| StoreError::Corrupt(error);
    let phone: String = row.get(4)?;
    let timezone: Option<String> = row.get(12)?;
    let timezone = timezone.map(|name| TimeZoneName::parse(&name)).transpose().map_err(|e| corrupt(e.to_string()))?;
    let contact = Contact {
        phone: PhoneNumber::from_e164(&phone).map_err(|e| corrupt(e.to_string()))?,
        name: row.get(5)?,
        first_name: row.get(6)?,
        last_name: row.get(7)?,
        email: row.get(8)?,
        company: row.get(9)?,
        notes: row.get(10)?,
        tags: row.json(11)?,
        timezone,
        language: row.get(14)?,
        postal_code: row.get(15)?,
        state: row.get(16)?,
        custom: row.json(17)?,
    };
    Ok(Entry {
        id: row.get(0)?,
        organization: row.get(1)?,
        department: row.get(2)?,
        version: row.get(3)?,
        contact,
        timezone_is: row.opt_word(13)?.unwrap_or(ZoneSource::Stated),
        import: row.get(18)?,
        created_at: row.get(19)?,
        updated_at: row.get(20)?,
    })
}

/// A contact within a scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Entry>, StoreError> {
    const QUERY: &str = contacts!(concat!("WHERE ", visible!(), " AND c.id = $3"));
    tx.query_opt(QUERY, params![scope.organization(), scope.member(), id], read)
}

/// As [`find`], in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Entry>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: contacts!(concat!("WHERE ", visible!(), " AND c.id = $3")),
        postgres: contacts!(concat!("WHERE ", visible!(), " AND c.id = $3 FOR UPDATE OF c")),
    };
    tx.query_opt(LOCK, params![scope.organization(), scope.member(), id], read)
}

/// The contact of a department that has this number.
///
/// # Errors
/// When the database fails.
pub fn of_phone(tx: &mut Tx<'_>, department: Uuid, phone: &str) -> Result<Option<Entry>, StoreError> {
    const QUERY: &str = contacts!(
        "WHERE c.department_id = $1 AND c.phone = $2
            AND (c.import_id IS NULL OR c.import_id NOT IN (SELECT id FROM imports WHERE state = 'running'))"
    );
    tx.query_opt(QUERY, params![department, phone], read)
}

/// Those of `ids` that are contacts within a scope, in the order of the ids.
///
/// # Errors
/// When the database fails.
pub fn find_many(tx: &mut Tx<'_>, scope: Scope, ids: &[Uuid]) -> Result<Vec<Entry>, StoreError> {
    const MANY: &str = contacts!(concat!("WHERE ", visible!(), " AND c.id = ANY($3::uuid[])"));
    if tx.engine() == Engine::Postgres {
        let wanted = ids.iter().map(|id| Some(*id)).collect();
        let found = tx.query(MANY, &[scope.organization().into(), scope.member(), Value::Uuids(wanted)], read)?;
        let found: HashMap<Uuid, Entry> = found.into_iter().map(|entry| (entry.id, entry)).collect();
        return Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect());
    }
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(find(tx, scope, *id)?);
    }
    Ok(found)
}

/// Writes a new contact. False: another one of the department has the number.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, entry: &Entry) -> Result<bool, StoreError> {
    Ok(many::insert(tx, std::slice::from_ref(entry))? == [true])
}

/// Writes a locked contact; its version goes up by one. False: another one of the department has the number.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, entry: &mut Entry, now: Timestamp) -> Result<bool, StoreError> {
    const TAKEN: &str = "SELECT id FROM contacts WHERE department_id = $1 AND phone = $2 AND id <> $3";
    let key = params![entry.department, entry.contact.phone.as_str(), entry.id];
    if tx.query_opt(TAKEN, key, |row| row.get::<Uuid>(0))?.is_some() {
        return Ok(false);
    }
    many::update(tx, std::slice::from_mut(entry), now)?;
    Ok(true)
}

/// Removes a contact whose recipients were unlinked.
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM contacts WHERE id = $1", params![id])?;
    last_calls::forget(tx, id)
}

/// Puts the number of a contact with the tag `DNC` on the do-not-call list.
///
/// # Errors
/// When the database fails.
pub fn hold(tx: &mut Tx<'_>, entry: &Entry, actor: &str, now: Timestamp) -> Result<(), StoreError> {
    if !entry.contact.is_do_not_call() {
        return Ok(());
    }
    let listed = do_not_call::Entry {
        phone: entry.contact.phone.to_string(),
        reason: "the contact is tagged DNC".to_owned(),
        source: "tag".to_owned(),
        added_by: actor.to_owned(),
        added_at: now,
    };
    do_not_call::add(tx, entry.organization, &listed).map(drop)
}
