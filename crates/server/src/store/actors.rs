//! Who did something, in words: logs keep `user:ID` and `token:ID`, people read names.
//!
//! Read when shown, so that a person who is renamed is found under the new name everywhere.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::{StoreError, Tx};
use crate::params;

/// The names of these actors of an organization; what is no person or token is left out.
///
/// # Errors
/// When the database fails.
pub fn names<'a>(
    tx: &mut Tx<'_>,
    organization: Uuid,
    actors: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, String>, StoreError> {
    const PERSON: &str = "SELECT CASE WHEN name = '' THEN email ELSE name END FROM users
        WHERE organization_id = $1 AND id = $2";
    const TOKEN: &str = "SELECT CASE WHEN u.name = '' THEN u.email ELSE u.name END FROM api_tokens t
        JOIN users u ON u.id = t.user_id WHERE t.organization_id = $1 AND t.id = $2";
    let mut names = HashMap::new();
    for actor in actors.collect::<BTreeSet<_>>() {
        let Some((kind, id)) = actor.split_once(':') else { continue };
        let Ok(id) = Uuid::try_parse(id) else { continue };
        let sql = if kind == "token" { TOKEN } else { PERSON };
        if let Some(name) = tx.query_opt(sql, params![organization, id], |row| row.get::<String>(0))? {
            names.insert(actor.to_owned(), name);
        }
    }
    Ok(names)
}
