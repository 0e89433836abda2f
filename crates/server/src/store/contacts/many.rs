//! Contacts written many at once: rows, search texts and tags together.
//!
//! One statement a batch on PostgreSQL, a prepared one in a loop on SQLite. Which contacts are known already is
//! asked first ([`by_phones`]), in the same transaction.

use std::borrow::Cow;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Entry, contacts, read, values};
use crate::store::texts::InsertMany;
use crate::store::{Engine, StoreError, Tx, Value};
use crate::{params, row};

/// A contact that may be new, with its row made ready: that is work which need not be done by the one thread that writes.
#[derive(Debug, Clone)]
pub struct NewEntry {
    entry: Entry,
    row: Vec<Value>,
}

impl NewEntry {
    #[must_use]
    pub fn new(entry: Entry) -> Self {
        Self { row: entry.values(), entry }
    }

    /// One by whose keys nobody is found before the bookkeeper has written them: in the midst of a long list each of
    /// them would go to another page of its index.
    #[must_use]
    pub fn with_keys_later(entry: Entry) -> Self {
        Self { row: entry.values_with([None, None]), entry }
    }

    #[must_use]
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The contact alone.
    #[must_use]
    pub fn into_entry(new: Cow<'_, Self>) -> Cow<'_, Entry> {
        match new {
            Cow::Borrowed(new) => Cow::Borrowed(&new.entry),
            Cow::Owned(new) => Cow::Owned(new.entry),
        }
    }
}

/// Writes new contacts. Says of each whether it was new: a number that the department has is left out.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<Vec<bool>, StoreError> {
    let new: Vec<Cow<'_, NewEntry>> = entries.iter().map(|entry| Cow::Owned(NewEntry::new(entry.clone()))).collect();
    insert_ready(tx, &new)
}

/// As [`insert`], with rows made ready before.
///
/// # Errors
/// When the database fails.
pub fn insert_ready(tx: &mut Tx<'_>, new: &[Cow<'_, NewEntry>]) -> Result<Vec<bool>, StoreError> {
    const NEW: InsertMany = InsertMany {
        into: "INSERT INTO contacts (id, organization_id, department_id, version, phone, name, first_name,
            last_name, email, company, notes, tags, timezone, timezone_is, language, postal_code, state, custom,
            import_id, search, created_at, updated_at, email_key, name_key)",
        except: "ON CONFLICT (department_id, phone) DO NOTHING",
        postgres: "INSERT INTO contacts (id, organization_id, department_id, version, phone, name, first_name,
            last_name, email, company, notes, tags, timezone, timezone_is, language, postal_code, state, custom,
            import_id, search, created_at, updated_at, email_key, name_key)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
            $16::text[], $17::text[], $18::text[], $19::uuid[], $20::text[], $21::bigint[], $22::bigint[],
            $23::bigint[], $24::bigint[])
        ON CONFLICT (department_id, phone) DO NOTHING RETURNING id",
        is_there: "SELECT 1 FROM contacts WHERE id = $1",
    };
    let rows: Vec<&[Value]> = new.iter().map(|new| new.row.as_slice()).collect();
    let last = last_row(tx)?;
    let is_new = tx.insert_many(&NEW, &rows)?;
    if let Some(last) = last {
        to_index(tx, last)?;
    }
    let written = || new.iter().zip(&is_new).filter(|(_, is_new)| **is_new).map(|(new, _)| &new.entry);
    tag(tx, written())?;
    values::insert(tx, written())?;
    Ok(is_new)
}

/// The number of the contact that was written last, on SQLite, where what is written next has a higher one.
fn last_row(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    const LAST: &str = "SELECT coalesce(max(rowid), 0) FROM contacts";
    if tx.engine() == Engine::Sqlite { tx.query_opt(LAST, &[], |row| row.get(0)) } else { Ok(None) }
}

/// Has the contacts written since `last` written into the search index later, which PostgreSQL's triggers do there.
fn to_index(tx: &mut Tx<'_>, last: i64) -> Result<(), StoreError> {
    const PENDING: &str = "INSERT INTO search_pending (contact_id, organization_id)
        SELECT id, organization_id FROM contacts WHERE rowid > $1 ORDER BY rowid ON CONFLICT DO NOTHING";
    tx.execute(PENDING, params![last]).map(drop)
}

/// Writes contacts that are locked; their versions go up by one. Numbers must be free.
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut Tx<'_>, entries: &mut [Entry], now: Timestamp) -> Result<(), StoreError> {
    const ONE: &str = "UPDATE contacts SET version = $4, phone = $5, name = $6, first_name = $7, last_name = $8,
            email = $9, company = $10, notes = $11, tags = $12, timezone = $13, timezone_is = $14, language = $15,
            postal_code = $16, state = $17, custom = $18, search = $20, updated_at = $22,
            email_key = $23, name_key = $24
        WHERE id = $1";
    const MANY: &str = "UPDATE contacts c SET version = n.version, phone = n.phone, name = n.name,
            first_name = n.first_name, last_name = n.last_name, email = n.email, company = n.company, notes = n.notes,
            tags = n.tags, timezone = n.timezone, timezone_is = n.timezone_is, language = n.language,
            postal_code = n.postal_code, state = n.state, custom = n.custom, search = n.search, updated_at = n.updated_at,
            email_key = n.email_key, name_key = n.name_key
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[],
            $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
            $16::text[], $17::text[], $18::text[], $19::uuid[], $20::text[], $21::bigint[], $22::bigint[],
            $23::bigint[], $24::bigint[])
            AS n (id, organization_id, department_id, version, phone, name, first_name, last_name, email, company,
                notes, tags, timezone, timezone_is, language, postal_code, state, custom, import_id, search,
                created_at, updated_at, email_key, name_key)
        WHERE c.id = n.id";
    for entry in &mut *entries {
        entry.version += 1;
        entry.updated_at = now;
    }
    let rows: Vec<Vec<Value>> = entries.iter().map(Entry::values).collect();
    tx.execute_many(ONE, MANY, &rows)?;
    untag(tx, entries)?;
    tag(tx, entries.iter())?;
    values::replace(tx, entries)
}

fn tag<'e>(tx: &mut Tx<'_>, entries: impl Iterator<Item = &'e Entry>) -> Result<(), StoreError> {
    const ONE: &str = "INSERT INTO contact_tags (organization_id, tag, contact_id, department_id)
        SELECT $1, $2, id, department_id FROM contacts WHERE id = $3 ON CONFLICT DO NOTHING";
    const MANY: &str = "INSERT INTO contact_tags (organization_id, tag, contact_id, department_id)
        SELECT n.organization_id, n.tag, c.id, c.department_id
          FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS n (organization_id, tag, id) JOIN contacts c ON c.id = n.id
        ON CONFLICT DO NOTHING";
    let of_entry = |entry: &Entry| {
        let (organization, id) = (entry.organization, entry.id);
        entry.contact.tags.iter().map(move |tag| row![organization, tag.to_lowercase(), id]).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Value>> = entries.flat_map(of_entry).collect();
    tx.execute_many(ONE, MANY, &rows).map(drop)
}

fn untag(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    const ONE: &str = "DELETE FROM contact_tags WHERE contact_id = $1";
    const MANY: &str = "DELETE FROM contact_tags WHERE contact_id = ANY($1::uuid[])";
    let rows: Vec<Vec<Value>> = entries.iter().map(|entry| row![entry.id]).collect();
    tx.execute_many(ONE, MANY, &rows).map(drop)
}

/// The contacts of a department that have one of these numbers, those of running imports too, to be changed.
///
/// # Errors
/// When the database fails.
pub fn by_phones(tx: &mut Tx<'_>, department: Uuid, phones: &[&str]) -> Result<Vec<Entry>, StoreError> {
    const ONE: &str = contacts!("WHERE c.department_id = $1 AND c.phone = $2");
    const MANY: &str = contacts!("WHERE c.department_id = $1 AND c.phone = ANY($2::text[]) ORDER BY c.id FOR UPDATE");
    if tx.engine() == Engine::Postgres {
        let phones = phones.iter().map(|phone| Some((*phone).to_owned())).collect();
        return tx.query(MANY, &[department.into(), Value::Texts(phones)], read);
    }
    let mut found = Vec::new();
    for phone in phones {
        found.extend(tx.query(ONE, params![department, *phone], read)?);
    }
    Ok(found)
}
