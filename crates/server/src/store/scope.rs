//! Whose rows a function may see: an organization's, or those of one person's departments in it.
//!
//! Functions that serve people take a [`Scope`] and put both its parameters into their statement, so that no
//! query forgets it. Rows out of scope are absent: nobody learns that they exist.

use uuid::Uuid;

use super::{StoreError, Tx, Value};
use crate::params;

/// The rows a person may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    organization: Uuid,
    rows: Rows,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    All,
    DepartmentsOf(Uuid),
    Own(Uuid),
}

impl Scope {
    /// Every row of an organization.
    #[must_use]
    pub const fn whole(organization: Uuid) -> Self {
        Self { organization, rows: Rows::All }
    }

    /// The departments that `user` belongs to at the moment of the query.
    #[must_use]
    pub const fn departments_of(organization: Uuid, user: Uuid) -> Self {
        Self { organization, rows: Rows::DepartmentsOf(user) }
    }

    /// What belongs to `user` in person; no department's rows at all.
    #[must_use]
    pub const fn own(organization: Uuid, user: Uuid) -> Self {
        Self { organization, rows: Rows::Own(user) }
    }

    /// The organization; every row of the database belongs to one.
    #[must_use]
    pub const fn organization(&self) -> Uuid {
        self.organization
    }

    /// Whether it is every row of the organization.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self.rows, Rows::All)
    }

    /// Whose departments bound the rows, as a parameter: null for the whole organization. In SQL, with the
    /// department's column `d`: `(d IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)`.
    #[must_use]
    pub fn member(&self) -> Value {
        match self.rows {
            Rows::All => Value::Null,
            Rows::DepartmentsOf(user) => user.into(),
            // Nobody has the nil id, so nobody's departments are shown.
            Rows::Own(_) => Uuid::nil().into(),
        }
    }

    /// Whether a department is in scope.
    ///
    /// # Errors
    /// When the database fails.
    pub fn has_department(&self, tx: &mut Tx<'_>, department: Uuid) -> Result<bool, StoreError> {
        let found = tx.query_opt(
            "SELECT 1 FROM departments WHERE organization_id = $1 AND id = $3
                AND (id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)",
            params![self.organization, self.member(), department],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }
}
