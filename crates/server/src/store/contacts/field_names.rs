//! The names of custom fields that contacts have, for the columns of exports.
//!
//! Read a piece of the book at a time, so that no snapshot grows with it.

use uuid::Uuid;

use super::visible;
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Sql, StoreError, Tx};

/// Contacts of one piece.
const CONTACTS_PER_LOOK: u32 = 5_000;

/// The names of custom fields among the next contacts of a scope after `after`, and the last of these contacts when
/// there may be more.
///
/// # Errors
/// When the database fails.
pub fn some(tx: &mut Tx<'_>, scope: Scope, after: Uuid) -> Result<(Vec<String>, Option<Uuid>), StoreError> {
    const NAMES: Sql = Sql::Split {
        sqlite: concat!(
            "SELECT DISTINCT f.key FROM (SELECT c.custom FROM contacts c WHERE ",
            visible!(),
            " AND c.id > $3 ORDER BY c.id LIMIT $4) x, json_each(x.custom) f WHERE x.custom <> '{}'"
        ),
        postgres: concat!(
            "SELECT DISTINCT f.key FROM (SELECT c.custom FROM contacts c WHERE ",
            visible!(),
            " AND c.id > $3 ORDER BY c.id LIMIT $4) x
            CROSS JOIN LATERAL json_object_keys(x.custom::json) AS f (key) WHERE x.custom <> '{}'"
        ),
    };
    const LAST: &str =
        concat!("SELECT c.id FROM contacts c WHERE ", visible!(), " AND c.id > $3 ORDER BY c.id LIMIT 1 OFFSET $4");
    let (organization, member) = (scope.organization(), scope.member());
    let names = tx.query(NAMES, params![organization, member.clone(), after, CONTACTS_PER_LOOK], |row| row.get(0))?;
    let last = tx.query_opt(LAST, params![organization, member, after, CONTACTS_PER_LOOK - 1], |row| row.get(0))?;
    Ok((names, last))
}
