//! The values of custom fields beside the contacts, by which contacts are found and kinds of fields are changed.
//!
//! Written with the contact, in the same transaction ([`super::many`]). Of a long value its beginning is kept: whoever
//! finds a contact here looks at the whole value in the contact itself.

use crate::row;
use crate::store::{StoreError, Tx, Value};

use super::Entry;

/// Characters of a value that are kept here: one more than a short text has.
pub const VALUE_CHARS_KEPT: usize = 201;

/// The beginning of a value, as it is kept here.
#[must_use]
pub fn beginning(value: &str) -> String {
    value.chars().take(VALUE_CHARS_KEPT).collect()
}

/// Writes the values of contacts that are there and have none.
pub(super) fn insert<'e>(tx: &mut Tx<'_>, entries: impl Iterator<Item = &'e Entry>) -> Result<(), StoreError> {
    const ONE: &str = "INSERT INTO contact_values (department_id, key, value, contact_id)
        SELECT department_id, $1, $2, id FROM contacts WHERE id = $3 ON CONFLICT DO NOTHING";
    const MANY: &str = "INSERT INTO contact_values (department_id, key, value, contact_id)
        SELECT c.department_id, n.key, n.value, c.id
          FROM unnest($1::text[], $2::text[], $3::uuid[]) AS n (key, value, id) JOIN contacts c ON c.id = n.id
        ON CONFLICT DO NOTHING";
    let of_entry = |entry: &Entry| {
        let id = entry.id;
        let values = entry.contact.custom.iter();
        values.map(move |(key, value)| row![key, beginning(&value.to_string()), id]).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Value>> = entries.flat_map(of_entry).collect();
    tx.execute_many(ONE, MANY, &rows).map(drop)
}

/// Writes the values of contacts anew.
pub(super) fn replace(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    const ONE: &str = "DELETE FROM contact_values WHERE contact_id = $1";
    const MANY: &str = "DELETE FROM contact_values WHERE contact_id = ANY($1::uuid[])";
    let rows: Vec<Vec<Value>> = entries.iter().map(|entry| row![entry.id]).collect();
    tx.execute_many(ONE, MANY, &rows)?;
    insert(tx, entries.iter())
}
