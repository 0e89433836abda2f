//! Finding contacts as one types: by part of a name, number, e-mail address or company, and by tag.
//!
//! Every word of a search must stand in the contact's folded text. The newest contacts are walked through first, which
//! finds common words at once; what is rare is asked of an index ([`hits`]) that is written later ([`indexing`]), and of
//! the contacts that are not in it yet. The index only proposes: every contact is looked at itself. Pages go by key,
//! so the last costs what the first does.

mod hits;
pub mod indexing;
mod tokens;

use carillon_domain::contact::Contact;
use uuid::Uuid;

use super::{Entry, contacts, read, visible};
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Engine, Sql, StoreError, Tx, Value};
use hits::{Hits, Lookup};
use indexing::Doc;
use tokens::{Token, Where};

/// Words of a search that are looked at; the rest changes little.
const WORDS_MAX: usize = 4;
/// Contacts, and contacts of a tag, that are walked through before the index is asked.
const WALKED_MAX: u32 = 10_000;
const TAGGED_WALKED_MAX: u32 = 1_000;
/// Contacts that are not in the index yet and are looked at for one page.
const PENDING_MAX: u32 = 5_000;
/// Bytes of a contact's folded text; PostgreSQL takes no more than 2,704 in an index.
const TEXT_BYTES_MAX: usize = 2_000;
/// Punctuation that people write in numbers.
const PHONE_PUNCTUATION: [char; 7] = ['+', '(', ')', '-', '.', '/', ' '];

/// Which contacts to list.
#[derive(Debug, Clone, Default)]
pub struct ContactFilter {
    /// What was typed.
    pub q: Option<String>,
    pub tag: Option<String>,
    /// The id after which the page begins; newest first.
    pub after: Option<Uuid>,
    pub limit: u32,
}

/// Contacts that a search found.
#[derive(Debug)]
pub struct Page {
    pub entries: Vec<Entry>,
    /// Everybody from here on was looked at, which was enough before the page was full.
    pub looked_down_to: Option<Uuid>,
}

impl Page {
    /// The id after which the next page begins, when this one was to have `limit` contacts; nothing: there are no more.
    #[must_use]
    pub fn go_on(&self, limit: u32) -> Option<Uuid> {
        let is_full = self.entries.len() >= limit as usize;
        if is_full { self.entries.last().map(|entry| entry.id) } else { self.looked_down_to }
    }
}

/// What a search looks through: name, number, e-mail address and company in lower case.
pub(super) fn text_of(contact: &Contact) -> String {
    let parts = [&contact.name, contact.phone.as_str(), &contact.email, &contact.company];
    let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut text = filled.join(" ").to_lowercase();
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    text
}

/// What was typed as words. A number in any spelling is one word of digits.
fn words(q: &str) -> Vec<String> {
    let is_phone = q.chars().all(|c| c.is_ascii_digit() || PHONE_PUNCTUATION.contains(&c));
    let text = if is_phone { q.replace(PHONE_PUNCTUATION, "") } else { q.to_lowercase() };
    text.split_whitespace().take(WORDS_MAX).map(str::to_owned).collect()
}

/// A word as a pattern for a text with a blank before it.
fn pattern(word: &str) -> Value {
    let escaped = escaped(word);
    Value::from(match Where::of_word(word) {
        Where::Anywhere => format!("%{escaped}%"),
        Where::Beginning => format!("% {escaped}%"),
    })
}

fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Contacts within a scope, newest first. While many are not in the index yet, a page may come shorter than asked for, or
/// empty, and say where to go on.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, scope: Scope, filter: &ContactFilter) -> Result<Page, StoreError> {
    let search = Search::new(scope, filter);
    let (high, limit) = (filter.after.unwrap_or(Uuid::max()), filter.limit);
    let floor = search.floor(tx, high)?;
    let mut entries = search.walk(tx, Ids { low: floor.unwrap_or(Uuid::nil()), high }, limit)?;
    let missing = limit.saturating_sub(u32::try_from(entries.len()).unwrap_or(u32::MAX));
    let Some(floor) = floor.filter(|_| missing > 0) else { return Ok(Page { entries, looked_down_to: None }) };
    let below = search.below(tx, floor, missing)?;
    entries.extend(below.entries);
    Ok(Page { entries, ..below })
}

/// As [`page`], by the index from the first contact on, with nothing walked through before: for the tests of the index.
///
/// # Errors
/// When the database fails.
pub fn page_by_index(tx: &mut Tx<'_>, scope: Scope, filter: &ContactFilter) -> Result<Page, StoreError> {
    let search = Search::new(scope, filter);
    search.below(tx, filter.after.unwrap_or(Uuid::max()), filter.limit)
}

/// Ids from `low` up to, but without, `high`.
#[derive(Debug, Clone, Copy)]
struct Ids {
    low: Uuid,
    high: Uuid,
}

/// What is searched for.
struct Search {
    scope: Scope,
    patterns: [Value; WORDS_MAX],
    /// As tags are compared.
    tag: Option<String>,
    /// What every contact that is wanted has in the index.
    tokens: Vec<Token>,
}

/// What of a contact is wanted: scope `$1` and `$2`, words `$5` to `$8`, a tag `$9`.
macro_rules! wanted {
    () => {
        concat!(
            visible!(),
            " AND (CAST($5 AS TEXT) IS NULL OR (' ' || c.search) LIKE $5 ESCAPE '\\')
              AND (CAST($6 AS TEXT) IS NULL OR (' ' || c.search) LIKE $6 ESCAPE '\\')
              AND (CAST($7 AS TEXT) IS NULL OR (' ' || c.search) LIKE $7 ESCAPE '\\')
              AND (CAST($8 AS TEXT) IS NULL OR (' ' || c.search) LIKE $8 ESCAPE '\\')
              AND (CAST($9 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM contact_tags t
                WHERE t.organization_id = $1 AND t.tag = $9 AND t.contact_id = c.id))"
        )
    };
}

impl Search {
    fn new(scope: Scope, filter: &ContactFilter) -> Self {
        let words = words(filter.q.as_deref().unwrap_or_default().trim());
        let tag = filter.tag.as_ref().map(|tag| tag.trim().to_lowercase());
        let mut tokens = tokens::of_words(&words);
        tokens.extend(tag.as_ref().map(|tag| Token::of_tag(tag)));
        let mut patterns = words.iter().map(|word| pattern(word));
        let patterns = [(); WORDS_MAX].map(|()| patterns.next().unwrap_or(Value::Null));
        Self { scope, patterns, tag, tokens }
    }

    /// Whether the index could leave anything out.
    fn is_selective(&self) -> bool {
        !self.tokens.is_empty() || !self.scope.is_whole()
    }

    /// Where the walk stops for the index to go on; `None`: it goes on to the end.
    fn floor(&self, tx: &mut Tx<'_>, high: Uuid) -> Result<Option<Uuid>, StoreError> {
        const OF_ALL: &str =
            "SELECT id FROM contacts WHERE organization_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1 OFFSET $3";
        const OF_TAG: &str = "SELECT contact_id FROM contact_tags WHERE organization_id = $1 AND tag = $4
            AND contact_id < $2 ORDER BY contact_id DESC LIMIT 1 OFFSET $3";
        let organization = self.scope.organization();
        match &self.tag {
            _ if !self.is_selective() => Ok(None),
            None => tx.query_opt(OF_ALL, params![organization, high, WALKED_MAX], |row| row.get(0)),
            Some(tag) => {
                let of_tag = params![organization, high, TAGGED_WALKED_MAX, tag.as_str()];
                tx.query_opt(OF_TAG, of_tag, |row| row.get(0))
            }
        }
    }

    /// The newest of some ids, one after the other.
    fn walk(&self, tx: &mut Tx<'_>, ids: Ids, limit: u32) -> Result<Vec<Entry>, StoreError> {
        const ALL: &str =
            contacts!(concat!("WHERE ", wanted!(), " AND c.id >= $3 AND c.id < $4 ORDER BY c.id DESC LIMIT $10"));
        const TAGGED: &str = contacts!(concat!(
            "JOIN contact_tags w ON w.contact_id = c.id AND w.organization_id = $1 AND w.tag = $9 WHERE ",
            wanted!(),
            " AND w.contact_id >= $3 AND w.contact_id < $4 ORDER BY w.contact_id DESC LIMIT $10"
        ));
        let statement = if self.tag.is_some() { TAGGED } else { ALL };
        tx.query(statement, &self.parameters(ids.low.into(), ids.high.into(), limit), read)
    }

    /// The newest below an id: those of the index, and those that are not in it yet.
    fn below(&self, tx: &mut Tx<'_>, high: Uuid, limit: u32) -> Result<Page, StoreError> {
        const ENOUGH: &str = "SELECT contact_id FROM search_pending WHERE contact_id < $1
            ORDER BY contact_id DESC LIMIT 1 OFFSET $2";
        // Both would look through all contacts for those that are pending: SQLite keeps the order of a CROSS JOIN, and
        // PostgreSQL, which cannot know how many are pending from one minute to the next, does not see through a limit.
        const PENDING: Sql = Sql::Split {
            sqlite: contacts!(from "search_pending p CROSS JOIN contacts c", concat!(
                "WHERE c.id = p.contact_id AND ",
                wanted!(),
                " AND p.contact_id >= $3 AND p.contact_id < $4 ORDER BY p.contact_id DESC LIMIT $10"
            )),
            postgres: contacts!(from concat!(
                "search_pending p CROSS JOIN LATERAL (SELECT c.* FROM contacts c WHERE c.id = p.contact_id AND ",
                wanted!(),
                " LIMIT 1) AS c"
            ), "WHERE p.contact_id >= $3 AND p.contact_id < $4 ORDER BY p.contact_id DESC LIMIT $10"),
        };
        let looked_down_to: Option<Uuid> = tx.query_opt(ENOUGH, params![high, PENDING_MAX], |row| row.get(0))?;
        let ids = Ids { low: looked_down_to.unwrap_or(Uuid::nil()), high };
        let mut entries = tx.query(PENDING, &self.parameters(ids.low.into(), high.into(), limit), read)?;
        entries.extend(self.indexed(tx, ids, limit)?);
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.id));
        entries.dedup_by_key(|entry| entry.id);
        entries.truncate(limit as usize);
        Ok(Page { entries, looked_down_to })
    }

    fn indexed(&self, tx: &mut Tx<'_>, ids: Ids, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        let Some(lookup) = Lookup::within(tx, self.scope, self.tokens.clone())? else { return Ok(found) };
        let mut hits = Hits::of(tx, lookup, ids)?;
        while found.len() < limit as usize {
            let mut docs = hits.next(tx)?;
            if docs.is_empty() {
                break;
            }
            for doc in &mut docs {
                (doc.low, doc.high) = (doc.low.max(ids.low), doc.high.min(ids.high));
            }
            self.look_at(tx, &docs, limit, &mut found)?;
        }
        Ok(found)
    }

    /// The contacts of documents, newest first, as far as they are wanted.
    fn look_at(&self, tx: &mut Tx<'_>, docs: &[Doc], limit: u32, found: &mut Vec<Entry>) -> Result<(), StoreError> {
        const ONE: &str =
            contacts!(concat!("WHERE ", wanted!(), " AND c.id >= $3 AND c.id < $4 ORDER BY c.id DESC LIMIT $10"));
        // PostgreSQL thinks that each document stands for a ninth of the book; with a limit of its own it is read by key.
        const ALL: &str = contacts!(from concat!(
            "unnest($3::uuid[], $4::uuid[]) AS d (low, high) CROSS JOIN LATERAL
                (SELECT c.* FROM contacts c WHERE c.id >= d.low AND c.id < d.high AND ",
            wanted!(),
            " ORDER BY c.id DESC LIMIT $10) AS c"
        ), "ORDER BY c.id DESC LIMIT $10");
        if tx.engine() == Engine::Postgres {
            let ids = |of: fn(&Doc) -> Uuid| Value::Uuids(docs.iter().map(|doc| Some(of(doc))).collect());
            found.extend(tx.query(ALL, &self.parameters(ids(|doc| doc.low), ids(|doc| doc.high), limit), read)?);
            return Ok(());
        }
        for doc in docs {
            if found.len() >= limit as usize {
                break;
            }
            found.extend(tx.query(ONE, &self.parameters(doc.low.into(), doc.high.into(), limit), read)?);
        }
        Ok(())
    }

    fn parameters(&self, low: Value, high: Value, limit: u32) -> Vec<Value> {
        let scope = [self.scope.organization().into(), self.scope.member(), low, high];
        let tag = self.tag.as_deref().into();
        scope.into_iter().chain(self.patterns.iter().cloned()).chain([tag, limit.into()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(q: &str) -> Vec<String> {
        let text = |value: Value| if let Value::Text(text) = value { Some(text) } else { None };
        words(q).iter().map(|word| pattern(word)).filter_map(text).collect()
    }

    #[test]
    fn what_is_typed_becomes_words_and_numbers_become_digits() {
        assert_eq!(typed("Ann  LEE"), ["%ann%", "%lee%"]);
        assert_eq!(typed("(202) 555-01"), ["%20255501%"]);
        assert_eq!(typed("100%_\\"), ["%100\\%\\_\\\\%"]);
        assert_eq!(typed("a b c d e").len(), WORDS_MAX);
    }

    #[test]
    fn a_letter_or_two_begin_a_word_and_digits_stand_anywhere() {
        assert_eq!(typed("li"), ["% li%"]);
        assert_eq!(typed("é ann"), ["% é%", "%ann%"]);
        assert_eq!(typed("12"), ["%12%"]);
    }
}
