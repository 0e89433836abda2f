//! Custom fields as rows: the definitions of an organization, in their order.
//!
//! What a definition may be and what its values are is `carillon_domain::custom_field`'s. Values are the contacts'; which
//! ones there are is read here along an index, from one to the next, for the check that a change leaves none behind.

use carillon_domain::custom_field::{CustomField, CustomFields};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx};
use crate::params;

/// Definitions of an organization, archived ones among them.
pub const FIELDS_MAX: i64 = 200;

/// A definition as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub id: Uuid,
    pub version: i64,
    pub field: CustomField,
    pub position: i64,
    pub created_at: Timestamp,
}

macro_rules! definitions {
    ($rest:literal) => {
        concat!(
            "SELECT id, version, key, label, kind, choices, is_required, is_visible, archived, position, created_at
                FROM custom_fields ",
            $rest
        )
    };
}

fn read(row: &Row<'_>) -> Result<Definition, StoreError> {
    let field = CustomField {
        key: row.get(2)?,
        label: row.get(3)?,
        kind: row.word(4)?,
        choices: row.json(5)?,
        is_required: row.get(6)?,
        is_visible: row.get(7)?,
        archived: row.get(8)?,
    };
    Ok(Definition { id: row.get(0)?, version: row.get(1)?, field, position: row.get(9)?, created_at: row.get(10)? })
}

/// All definitions of an organization, by which values are read.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut Tx<'_>, organization: Uuid) -> Result<CustomFields, StoreError> {
    const QUERY: &str = definitions!("WHERE organization_id = $1 ORDER BY position, id LIMIT $2");
    let found = tx.query(QUERY, params![organization, FIELDS_MAX], read)?;
    Ok(CustomFields::new(found.into_iter().map(|definition| definition.field).collect()))
}

/// Definitions in their order, after `after` (position and id).
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    organization: Uuid,
    after: Option<(i64, Uuid)>,
    rows: u32,
) -> Result<Vec<Definition>, StoreError> {
    const QUERY: &str =
        definitions!("WHERE organization_id = $1 AND (position, id) > ($2, $3) ORDER BY position, id LIMIT $4");
    let (position, id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    tx.query(QUERY, params![organization, position, id, rows], read)
}

/// How many definitions there are, and the position behind the last.
///
/// # Errors
/// When the database fails.
pub fn room(tx: &mut Tx<'_>, organization: Uuid) -> Result<(i64, i64), StoreError> {
    const QUERY: &str = "SELECT count(*), coalesce(max(position) + 1, 0) FROM custom_fields WHERE organization_id = $1";
    tx.query_one(QUERY, params![organization], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A definition, in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<Definition>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: definitions!("WHERE organization_id = $1 AND id = $2"),
        postgres: definitions!("WHERE organization_id = $1 AND id = $2 FOR UPDATE"),
    };
    tx.query_opt(LOCK, params![organization, id], read)
}

/// Writes a new definition. False: the key is taken.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, organization: Uuid, definition: &Definition) -> Result<bool, StoreError> {
    const INSERT: &str =
        "INSERT INTO custom_fields (id, organization_id, version, key, label, kind, choices, is_required,
            is_visible, archived, position, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (organization_id, key) DO NOTHING";
    let field = &definition.field;
    let row = params![
        definition.id,
        organization,
        definition.version,
        field.key.as_str(),
        field.label.as_str(),
        field.kind.as_str(),
        choices(field),
        field.is_required,
        field.is_visible,
        field.archived,
        definition.position,
        definition.created_at,
    ];
    Ok(tx.execute(INSERT, row)? == 1)
}

/// Writes a locked definition; its version goes up by one.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, definition: &mut Definition) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE custom_fields SET version = $2, label = $3, kind = $4, choices = $5, is_required = $6,
            is_visible = $7, archived = $8, position = $9 WHERE id = $1";
    definition.version += 1;
    let field = &definition.field;
    let row = params![
        definition.id,
        definition.version,
        field.label.as_str(),
        field.kind.as_str(),
        choices(field),
        field.is_required,
        field.is_visible,
        field.archived,
        definition.position,
    ];
    tx.execute(UPDATE, row).map(drop)
}

fn choices(field: &CustomField) -> String {
    serde_json::to_string(&field.choices).expect("choices are texts")
}

/// The different values that contacts have for a key, in no particular order, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn values(tx: &mut Tx<'_>, organization: Uuid, key: &str, limit: u32) -> Result<Vec<String>, StoreError> {
    const WALK: &str = "WITH RECURSIVE walked (department_id, value, step) AS (
            SELECT d.id, (SELECT min(v.value) FROM contact_values v WHERE v.department_id = d.id AND v.key = $2), 1
              FROM departments d WHERE d.organization_id = $1
          UNION ALL
            SELECT w.department_id, (SELECT min(v.value) FROM contact_values v
                WHERE v.department_id = w.department_id AND v.key = $2 AND v.value > w.value), w.step + 1
              FROM walked w WHERE w.value IS NOT NULL AND w.step < $3)
        SELECT DISTINCT value FROM walked WHERE value IS NOT NULL LIMIT $3";
    tx.query(WALK, params![organization, key, limit], |row| row.get(0))
}
