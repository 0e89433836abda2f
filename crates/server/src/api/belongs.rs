//! The department that something new belongs to, when the request leaves it out.
//!
//! The creator's only department, else the organization's only one, else the request must say. A department out
//! of scope is not there.

use uuid::Uuid;

use super::{ApiError, Who};
use crate::store::scope::Scope;
use crate::store::{Tx, departments};

/// The department named, or the only one it can be.
///
/// # Errors
/// A 422 when none is named and there is a choice, or the one that is named is not in scope.
pub(super) fn department(tx: &mut Tx<'_>, who: &Who, scope: Scope, named: Option<Uuid>) -> Result<Uuid, ApiError> {
    if let Some(named) = named {
        let is_there = scope.has_department(tx, named)?;
        return if is_there { Ok(named) } else { Err(ApiError::field("department_id", "is no department of yours")) };
    }
    let mut only = departments::of_user(tx, who.user.id)?;
    if only.len() != 1 {
        only = departments::of_organization(tx, who.organization())?;
    }
    match only[..] {
        [department] if scope.has_department(tx, department)? => Ok(department),
        _ => Err(ApiError::field("department_id", "is required: there is more than one department")),
    }
}
