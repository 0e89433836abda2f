//! Departments: what campaigns and contacts belong to, and who belongs to them.
//!
//! A person without departments sees no campaign and no contact, unless the role sees the whole organization.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::scope::Scope;
use super::{Row, Sql, StoreError, Tx};
use crate::{params, row};

/// A department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub id: Uuid,
    pub name: String,
    pub version: i64,
    pub created_at: Timestamp,
}

/// A page of the departments in scope, by name, after `after` (name and id).
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    scope: Scope,
    after: Option<&(String, Uuid)>,
    rows: u32,
) -> Result<Vec<Department>, StoreError> {
    let (name, id) = after.map_or((String::new(), Uuid::nil()), Clone::clone);
    tx.query(
        "SELECT id, name, version, created_at FROM departments
            WHERE organization_id = $1
                AND (id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
                AND (name, id) > ($3, $4)
            ORDER BY name, id LIMIT $5",
        params![scope.organization(), scope.member(), name, id, rows],
        read,
    )
}

/// The department of this id, if it is in scope.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, scope: Scope, id: Uuid) -> Result<Option<Department>, StoreError> {
    tx.query_opt(
        "SELECT id, name, version, created_at FROM departments
            WHERE organization_id = $1 AND id = $3
                AND (id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)",
        params![scope.organization(), scope.member(), id],
        read,
    )
}

/// The department of this id in an organization, in order to change it.
///
/// # Errors
/// When the database fails.
pub fn lock(tx: &mut Tx<'_>, organization: Uuid, id: Uuid) -> Result<Option<Department>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT id, name, version, created_at FROM departments WHERE organization_id = $1 AND id = $2",
        postgres: "SELECT id, name, version, created_at FROM departments WHERE organization_id = $1 AND id = $2 FOR UPDATE",
    };
    tx.query_opt(LOCK, params![organization, id], read)
}

/// Writes a new department. False: the name is taken.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut Tx<'_>, organization: Uuid, department: &Department) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "INSERT INTO departments (id, organization_id, name, version, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (organization_id, name) DO NOTHING",
        params![department.id, organization, &department.name, department.version, department.created_at],
    )?;
    Ok(changed == 1)
}

/// Writes name and version of a locked department. False: the name is taken.
///
/// # Errors
/// When the database fails.
pub fn save(tx: &mut Tx<'_>, department: &Department) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE departments SET name = $2, version = $3 WHERE id = $1 AND NOT EXISTS (
            SELECT 1 FROM departments other
                WHERE other.organization_id = departments.organization_id AND other.name = $2 AND other.id <> $1)",
        params![department.id, &department.name, department.version],
    )?;
    Ok(changed == 1)
}

/// The departments of an organization, by name.
///
/// # Errors
/// When the database fails.
pub fn of_organization(tx: &mut Tx<'_>, organization: Uuid) -> Result<Vec<Uuid>, StoreError> {
    tx.query("SELECT id FROM departments WHERE organization_id = $1 ORDER BY name", params![organization], |row| {
        row.get(0)
    })
}

/// The departments a person belongs to, by name.
///
/// # Errors
/// When the database fails.
pub fn of_user(tx: &mut Tx<'_>, user: Uuid) -> Result<Vec<Uuid>, StoreError> {
    tx.query(
        "SELECT d.id FROM departments d JOIN user_departments u ON u.department_id = d.id WHERE u.user_id = $1
            ORDER BY d.name",
        params![user],
        |row| row.get(0),
    )
}

/// The departments each of these people belongs to, by name; people without any are left out.
///
/// # Errors
/// When the database fails.
pub fn of_users(tx: &mut Tx<'_>, users: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>, StoreError> {
    let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for user in users {
        let departments = of_user(tx, *user)?;
        if !departments.is_empty() {
            of.insert(*user, departments);
        }
    }
    Ok(of)
}

/// Makes a person belong to exactly these departments.
///
/// # Errors
/// When the database fails.
pub fn set_of_user(tx: &mut Tx<'_>, user: Uuid, departments: &[Uuid]) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO user_departments (user_id, department_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const INSERT_ALL: &str =
        "INSERT INTO user_departments (user_id, department_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
            ON CONFLICT DO NOTHING";
    tx.execute("DELETE FROM user_departments WHERE user_id = $1", params![user])?;
    let rows: Vec<_> = departments.iter().map(|department| row![user, *department]).collect();
    tx.execute_many(INSERT, INSERT_ALL, &rows).map(drop)
}

fn read(row: &Row<'_>) -> Result<Department, StoreError> {
    Ok(Department { id: row.get(0)?, name: row.get(1)?, version: row.get(2)?, created_at: row.get(3)? })
}
