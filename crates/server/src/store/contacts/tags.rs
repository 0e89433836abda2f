//! Which tags the contacts of a scope have, and how many contacts each.
//!
//! Tags are walked from one to the next along an index by department, and their contacts are counted in it up to a
//! limit, so that a book of millions costs what one of thousands does. Changing tags is [`super::many`]'s business.

use crate::params;
use crate::store::scope::Scope;
use crate::store::{Row, StoreError, Tx, imports};

/// Contacts of a tag that are counted; of more it is told that there are at least so many.
pub const COUNTED_MAX: i64 = 10_000;
/// Tags of a department that are looked at for one page.
const WALKED_MAX: u32 = 10_000;

/// A tag in lower case, as tags are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    /// Contacts that have it, [`COUNTED_MAX`] at the most.
    pub contacts: i64,
    /// There are more of them.
    pub has_more: bool,
}

/// Which tags.
#[derive(Debug, Clone, Default)]
pub struct TagFilter {
    /// How they begin.
    pub prefix: String,
    /// The tag after which the page begins.
    pub after: Option<String>,
    pub limit: u32,
}

/// Tags of the contacts within a scope, in alphabetical order. One that only contacts of a running import have is told
/// with no contacts.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, scope: Scope, filter: &TagFilter) -> Result<Vec<Tag>, StoreError> {
    const WALK: &str = "WITH RECURSIVE walked (department_id, tag, step) AS (
            SELECT d.id, (SELECT min(t.tag) FROM contact_tags t WHERE t.department_id = d.id AND t.tag > $3), 1
              FROM departments d WHERE d.organization_id = $1
                AND (d.id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
          UNION ALL
            SELECT w.department_id,
                (SELECT min(t.tag) FROM contact_tags t WHERE t.department_id = w.department_id AND t.tag > w.tag), w.step + 1
              FROM walked w WHERE w.tag IS NOT NULL AND w.step < $6)
        SELECT DISTINCT tag FROM walked WHERE tag LIKE $4 ESCAPE '\\' ORDER BY tag LIMIT $5";
    let after = filter.after.as_deref().unwrap_or_default();
    let values =
        params![scope.organization(), scope.member(), after, starting(&filter.prefix), filter.limit, WALKED_MAX];
    let names = tx.query(WALK, values, |row| row.get::<String>(0))?;
    let is_importing = imports::is_running(tx, scope.organization())?;
    names.into_iter().map(|name| count(tx, scope, name, is_importing)).collect()
}

fn starting(prefix: &str) -> String {
    let mut pattern = prefix.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    pattern.push('%');
    pattern
}

fn count(tx: &mut Tx<'_>, scope: Scope, name: String, is_importing: bool) -> Result<Tag, StoreError> {
    const ALL: &str = "SELECT count(*), count(*) FROM (SELECT t.contact_id FROM contact_tags t
        WHERE t.tag = $3 AND t.department_id IN (SELECT d.id FROM departments d WHERE d.organization_id = $1
            AND (d.id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL))
        LIMIT $4) AS looked_at";
    // Contacts of an import that runs are not there for anybody yet.
    const VISIBLE: &str = "SELECT count(*), count(CASE WHEN c.import_id IS NULL
                OR c.import_id NOT IN (SELECT id FROM imports WHERE state = 'running') THEN 1 END)
        FROM (SELECT t.contact_id FROM contact_tags t
            WHERE t.tag = $3 AND t.department_id IN (SELECT d.id FROM departments d WHERE d.organization_id = $1
                AND (d.id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL))
            LIMIT $4) AS looked_at JOIN contacts c ON c.id = looked_at.contact_id";
    let values = params![scope.organization(), scope.member(), name.as_str(), COUNTED_MAX + 1];
    let read = |row: &Row<'_>| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?));
    let (looked_at, visible) = tx.query_one(if is_importing { VISIBLE } else { ALL }, values, read)?;
    Ok(Tag { name, contacts: visible.min(COUNTED_MAX), has_more: looked_at > COUNTED_MAX })
}
