//! What leaves as a table: the names of custom fields of a run, and the calls of a page of recipients.
//!
//! Read in short pages by key, so that an export of any length holds nothing up. The recipients themselves are
//! read as for any page, by [`super::recipients::list`].

use uuid::Uuid;

use super::{Sql, StoreError, Tx};
use crate::params;

/// The names of merge fields among the `rows` recipients of a run after `after`, and the last of those recipients
/// when there may be more.
///
/// # Errors
/// When the database fails.
pub fn field_names(
    tx: &mut Tx<'_>,
    run: Uuid,
    after: Uuid,
    rows: u32,
) -> Result<(Vec<String>, Option<Uuid>), StoreError> {
    const NAMES: Sql = Sql::Split {
        sqlite:
            "SELECT DISTINCT f.key FROM
            (SELECT fields FROM recipients WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT $3) r, json_each(r.fields) f",
        postgres: "SELECT DISTINCT f.key FROM
            (SELECT fields FROM recipients WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT $3) r
            CROSS JOIN LATERAL json_object_keys(r.fields::json) AS f (key)",
    };
    const LAST: &str = "SELECT id FROM recipients WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT 1 OFFSET $3";
    let names = tx.query(NAMES, params![run, after, rows], |row| row.get(0))?;
    let last = tx.query_opt(LAST, params![run, after, rows - 1], |row| row.get(0))?;
    Ok((names, last))
}
