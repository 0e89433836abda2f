//! Contacts that may be the same person, found in a book of any length along an index.
//!
//! What makes two contacts alike is `carillon_domain::contact::alike`'s business. Here its keys become short numbers, of
//! a department in a row, that every writer fills in. A look walks a window of them, or of the numbers of several
//! departments side by side, and reads the contacts of keys that come twice. What two different keys with one number
//! would mix up is told apart by the keys themselves. Groups of different people are in [`super::different_people`].

use std::collections::BTreeMap;

use carillon_domain::contact::Contact;
use carillon_domain::contact::alike::Likeness;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Entry, contacts, different_people, find_many, read, visible};
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Sql, StoreError, Tx, Value};

/// Contacts of one look.
const CONTACTS_PER_LOOK: u32 = 20_000;
/// Contacts of each department at least, in a look at several.
const CONTACTS_PER_DEPARTMENT_MIN: u32 = 100;
/// Departments whose numbers are compared.
const DEPARTMENTS_MAX: u32 = 1_000;
/// Contacts of a group that are read; of more it is told that there are at least so many.
pub const MEMBERS_MAX: usize = 100;
/// Bits of a key's number; the others are its department's.
const KEY_BITS: u32 = 44;
/// Bits of a department's, so that numbers stay positive.
const DEPARTMENT_BITS: u32 = 63 - KEY_BITS;

/// Contacts that are alike, newest first.
#[derive(Debug, Clone)]
pub struct Group {
    pub by: Likeness,
    pub key: String,
    /// Theirs, unless they are alike across departments.
    pub department: Option<Uuid>,
    /// [`MEMBERS_MAX`] at the most.
    pub contacts: Vec<Entry>,
    /// A person said that they are different people.
    pub is_ignored: bool,
}

/// Which groups to look for.
#[derive(Debug, Clone)]
pub struct Search {
    pub by: Likeness,
    /// Those that a person said are different people, instead of the others.
    pub ignored: bool,
    /// Where an earlier look ended.
    pub after: Option<String>,
    /// Groups at which a look ends.
    pub groups_max: usize,
}

/// What a look found.
#[derive(Debug, Default)]
pub struct Look {
    pub groups: Vec<Group>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
}

/// The numbers of a contact's keys, as its row has them; zero: it is like nobody.
pub(super) fn numbers(department: Uuid, contact: &Contact) -> [i64; 2] {
    [Likeness::Email, Likeness::Name].map(|by| by.key(contact).map_or(0, |key| number(department, &key)))
}

fn number(department: Uuid, key: &str) -> i64 {
    first_of(department) | i64::try_from(bits(key.as_bytes(), KEY_BITS).max(1)).expect("44 bits")
}

/// The number before all of a department's.
fn first_of(department: Uuid) -> i64 {
    i64::try_from(bits(department.as_bytes(), DEPARTMENT_BITS) << KEY_BITS).expect("63 bits")
}

fn bits(text: &[u8], bits: u32) -> u64 {
    let hash = Sha256::digest(text);
    u64::from_be_bytes(hash[..8].try_into().expect("eight bytes")) >> (u64::BITS - bits)
}

/// Looks at the next contacts within a scope. A look may find nothing and have more to look at.
///
/// # Errors
/// When the database fails.
pub fn look(tx: &mut Tx<'_>, scope: Scope, search: &Search) -> Result<Look, StoreError> {
    let departments = departments(tx, scope)?;
    match search.by {
        Likeness::Phone => by_phone(tx, scope, search, &departments),
        Likeness::Email | Likeness::Name => by_key(tx, scope, search, &departments),
    }
}

fn departments(tx: &mut Tx<'_>, scope: Scope) -> Result<Vec<Uuid>, StoreError> {
    const QUERY: &str = "SELECT id FROM departments WHERE organization_id = $1
        AND (id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL) ORDER BY id LIMIT $3";
    tx.query(QUERY, params![scope.organization(), scope.member(), DEPARTMENTS_MAX], |row| row.get(0))
}

/// Walks the numbers of one department; the next look goes on with the next.
fn by_key(tx: &mut Tx<'_>, scope: Scope, search: &Search, departments: &[Uuid]) -> Result<Look, StoreError> {
    let after = search.after.as_deref().map_or(Some(0), |text| text.parse().ok()).unwrap_or(i64::MAX);
    let mut firsts: Vec<i64> = departments.iter().map(|department| first_of(*department)).collect();
    firsts.sort_unstable();
    let last_of = |first: i64| first | ((1 << KEY_BITS) - 1);
    let Some(first) = firsts.into_iter().find(|first| last_of(*first) > after) else { return Ok(Look::default()) };
    let window = window(tx, search.by, (after.max(first), last_of(first)))?;
    let mut look = Look::default();
    for number in window.twice {
        for group in of_number(tx, scope, search.by, number)? {
            look.add(tx, scope, search, group)?;
        }
        if look.groups.len() >= search.groups_max {
            look.next = Some(number.to_string());
            return Ok(look);
        }
    }
    look.next = Some(window.next.unwrap_or(last_of(first)).to_string());
    Ok(look)
}

/// Some numbers in a row.
struct Window {
    /// Those that come more than once.
    twice: Vec<i64>,
    /// After which number to go on; `None`: there are no more of the department.
    next: Option<i64>,
}

macro_rules! window {
    ($key:literal, $what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM (SELECT ",
            $key,
            " AS k FROM contacts WHERE ",
            $key,
            " > 0 AND ",
            $key,
            " > $1 AND ",
            $key,
            " <= $2 ORDER BY ",
            $key,
            " LIMIT $3) AS w ",
            $rest
        )
    };
}

fn window(tx: &mut Tx<'_>, by: Likeness, (after, last): (i64, i64)) -> Result<Window, StoreError> {
    const EMAILS: [&str; 2] = [
        window!("email_key", "count(*), min(w.k), max(w.k)", ""),
        window!("email_key", "w.k", "GROUP BY w.k HAVING count(*) > 1 ORDER BY w.k"),
    ];
    const NAMES: [&str; 2] = [
        window!("name_key", "count(*), min(w.k), max(w.k)", ""),
        window!("name_key", "w.k", "GROUP BY w.k HAVING count(*) > 1 ORDER BY w.k"),
    ];
    let [extent, twice] = if by == Likeness::Email { EMAILS } else { NAMES };
    let place = params![after, last, CONTACTS_PER_LOOK];
    let (rows, min, max) = tx.query_one(extent, place, |row| {
        Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(1)?, row.get::<Option<i64>>(2)?))
    })?;
    let mut twice: Vec<i64> = tx.query(twice, params![after, last, CONTACTS_PER_LOOK], |row| row.get(0))?;
    let cut = max.filter(|_| rows >= i64::from(CONTACTS_PER_LOOK));
    let next = cut.map(|cut| {
        // The window may end within the last number: it is looked at in the next one, unless it fills this one alone.
        let is_alone = min == Some(cut);
        twice.retain(|number| is_alone || *number != cut);
        if is_alone { cut } else { cut - 1 }
    });
    Ok(Window { twice, next })
}

/// The groups with this number; two when different keys share it.
fn of_number(tx: &mut Tx<'_>, scope: Scope, by: Likeness, number: i64) -> Result<Vec<Group>, StoreError> {
    const EMAIL: &str = contacts!(concat!(
        "WHERE ",
        visible!(),
        " AND c.email_key = $3 AND c.email_key > 0 ORDER BY c.id DESC LIMIT $4"
    ));
    const NAME: &str =
        contacts!(concat!("WHERE ", visible!(), " AND c.name_key = $3 AND c.name_key > 0 ORDER BY c.id DESC LIMIT $4"));
    let sql = if by == Likeness::Email { EMAIL } else { NAME };
    let limit = u32::try_from(MEMBERS_MAX).expect("a small number");
    let found = tx.query(sql, params![scope.organization(), scope.member(), number, limit], read)?;
    let mut groups: BTreeMap<(Uuid, String), Vec<Entry>> = BTreeMap::new();
    for entry in found {
        if let Some(key) = by.key(&entry.contact) {
            groups.entry((entry.department, key)).or_default().push(entry);
        }
    }
    let groups = groups.into_iter().filter(|(_, contacts)| contacts.len() > 1);
    let group =
        |((department, key), contacts)| Group { by, key, department: Some(department), contacts, is_ignored: false };
    Ok(groups.map(group).collect())
}

/// Walks the numbers of all departments side by side.
fn by_phone(tx: &mut Tx<'_>, scope: Scope, search: &Search, departments: &[Uuid]) -> Result<Look, StoreError> {
    const NEXT: &str = "SELECT phone, id FROM contacts WHERE department_id = $1 AND phone > $2 ORDER BY phone LIMIT $3";
    let count = u32::try_from(departments.len()).unwrap_or(DEPARTMENTS_MAX).max(1);
    let rows = (CONTACTS_PER_LOOK / count).max(CONTACTS_PER_DEPARTMENT_MIN);
    let after = search.after.as_deref().unwrap_or_default();
    let mut of_phone: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    // Up to here every department was read.
    let mut bound: Option<String> = None;
    for department in departments {
        let page: Vec<(String, Uuid)> =
            tx.query(NEXT, params![*department, after, rows], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if page.len() >= rows as usize
            && let Some((last, _)) = page.last()
        {
            bound = Some(bound.map_or(last.clone(), |bound| bound.min(last.clone())));
        }
        page.into_iter().for_each(|(phone, id)| of_phone.entry(phone).or_default().push(id));
    }
    let mut look = Look { groups: Vec::new(), next: bound.clone() };
    let twice = of_phone.into_iter().filter(|(_, ids)| ids.len() > 1);
    for (phone, ids) in twice.take_while(|(phone, _)| bound.as_ref().is_none_or(|bound| phone <= bound)) {
        if let Some(group) = of_ids(tx, scope, &phone, ids)? {
            look.add(tx, scope, search, group)?;
        }
        if look.groups.len() >= search.groups_max {
            look.next = Some(phone);
            break;
        }
    }
    Ok(look)
}

fn of_ids(tx: &mut Tx<'_>, scope: Scope, phone: &str, mut ids: Vec<Uuid>) -> Result<Option<Group>, StoreError> {
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.truncate(MEMBERS_MAX);
    let contacts = find_many(tx, scope, &ids)?;
    let group =
        |contacts| Group { by: Likeness::Phone, key: phone.to_owned(), department: None, contacts, is_ignored: false };
    Ok((contacts.len() > 1).then(|| group(contacts)))
}

impl Look {
    fn add(&mut self, tx: &mut Tx<'_>, scope: Scope, search: &Search, mut group: Group) -> Result<(), StoreError> {
        group.is_ignored = different_people::are(tx, scope.organization(), &group)?;
        if group.is_ignored == search.ignored {
            self.groups.push(group);
        }
        Ok(())
    }
}

/// The group with a key, of a department or across departments; `None`: nobody is alike by it any more.
///
/// # Errors
/// When the database fails.
pub fn find(
    tx: &mut Tx<'_>,
    scope: Scope,
    (by, department): (Likeness, Option<Uuid>),
    key: &str,
) -> Result<Option<Group>, StoreError> {
    const OF_PHONE: &str = "SELECT id FROM contacts WHERE department_id = $1 AND phone = $2";
    let groups = match department {
        Some(department) if by != Likeness::Phone => of_number(tx, scope, by, number(department, key))?,
        None if by == Likeness::Phone => {
            let mut ids = Vec::new();
            for department in departments(tx, scope)? {
                ids.extend(tx.query_opt(OF_PHONE, params![department, key], |row| row.get::<Uuid>(0))?);
            }
            of_ids(tx, scope, key, ids)?.into_iter().collect()
        }
        _ => Vec::new(),
    };
    Ok(groups.into_iter().find(|group| group.key == key && group.department == department))
}

/// Gives contacts of an earlier release their numbers, at most `limit` at once. Returns how many there were.
///
/// # Errors
/// When the database fails.
pub fn fill(tx: &mut Tx<'_>, limit: u32) -> Result<u64, StoreError> {
    const UNKEYED: Sql = Sql::Split {
        sqlite: contacts!("WHERE c.name_key IS NULL ORDER BY c.id LIMIT $1"),
        postgres: contacts!("WHERE c.name_key IS NULL ORDER BY c.id LIMIT $1 FOR UPDATE SKIP LOCKED"),
    };
    const ONE: &str = "UPDATE contacts SET email_key = $2, name_key = $3 WHERE id = $1";
    const MANY: &str = "UPDATE contacts SET email_key = x.e, name_key = x.n
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS x (i, e, n) WHERE contacts.id = x.i";
    let found = tx.query(UNKEYED, params![limit], read)?;
    let row = |entry: &Entry| {
        let [email, name] = numbers(entry.department, &entry.contact);
        vec![Value::from(entry.id), Value::from(email), Value::from(name)]
    };
    let rows: Vec<Vec<Value>> = found.iter().map(row).collect();
    tx.execute_many(ONE, MANY, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_department_stand_in_a_row_and_are_never_zero() {
        let department = Uuid::from_u128(7);
        for key in ["", "ann lee", "ann@example.com"] {
            let number = number(department, key);
            assert!(number > first_of(department) && number >> KEY_BITS == first_of(department) >> KEY_BITS, "{key}");
        }
        assert_ne!(number(department, "a"), number(Uuid::from_u128(8), "a"));
    }
}
