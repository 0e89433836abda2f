//! Finding contacts as one types: by part of a name, number, e-mail address or company, and by tag.
//!
//! Every word of a search must be somewhere in the contact's folded text, which one index holds beside the order of
//! the list, newest first. Pages go by key, so the last costs what the first does.

use carillon_domain::contact::Contact;
use uuid::Uuid;

use super::{Entry, contacts, read, visible};
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx, Value};

/// Words of a search that are looked at; the rest changes little.
const WORDS_MAX: usize = 4;
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

/// What a search looks through: name, number, e-mail address and company in lower case.
pub(super) fn text_of(contact: &Contact) -> String {
    let parts = [&contact.name, contact.phone.as_str(), &contact.email, &contact.company];
    let filled: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut text = filled.join(" ").to_lowercase();
    text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    text
}

/// What was typed as patterns, one for each word. A number in any spelling is one word of digits.
fn patterns(q: &str) -> Vec<Value> {
    let is_phone = q.chars().all(|c| c.is_ascii_digit() || PHONE_PUNCTUATION.contains(&c));
    let words = if is_phone { vec![q.replace(PHONE_PUNCTUATION, "")] } else { split(q) };
    let mut patterns: Vec<Value> = words.iter().map(|word| Value::from(format!("%{}%", escaped(word)))).collect();
    patterns.resize(WORDS_MAX, Value::Null);
    patterns
}

fn split(q: &str) -> Vec<String> {
    q.to_lowercase().split_whitespace().take(WORDS_MAX).map(str::to_owned).collect()
}

fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Contacts within a scope, newest first.
///
/// # Errors
/// When the database fails.
pub fn page(tx: &mut Tx<'_>, scope: Scope, filter: &ContactFilter) -> Result<Vec<Entry>, StoreError> {
    const ALL: &str = contacts!(concat!(
        "WHERE ",
        visible!(),
        " AND c.id < $3
            AND (c.search LIKE $4 ESCAPE '\\' OR $4 IS NULL) AND (c.search LIKE $5 ESCAPE '\\' OR $5 IS NULL)
            AND (c.search LIKE $6 ESCAPE '\\' OR $6 IS NULL) AND (c.search LIKE $7 ESCAPE '\\' OR $7 IS NULL)
          ORDER BY c.id DESC LIMIT $8"
    ));
    const TAGGED: &str = contacts!(concat!(
        "JOIN contact_tags t ON t.contact_id = c.id AND t.organization_id = $1 AND t.tag = $9 WHERE ",
        visible!(),
        " AND t.contact_id < $3
            AND (c.search LIKE $4 ESCAPE '\\' OR $4 IS NULL) AND (c.search LIKE $5 ESCAPE '\\' OR $5 IS NULL)
            AND (c.search LIKE $6 ESCAPE '\\' OR $6 IS NULL) AND (c.search LIKE $7 ESCAPE '\\' OR $7 IS NULL)
          ORDER BY t.contact_id DESC LIMIT $8"
    ));
    let mut params = vec![scope.organization().into(), scope.member(), filter.after.unwrap_or(Uuid::max()).into()];
    params.extend(patterns(filter.q.as_deref().unwrap_or_default().trim()));
    params.push(filter.limit.into());
    match &filter.tag {
        None => tx.query(ALL, &params, read),
        Some(tag) => {
            params.push(tag.trim().to_lowercase().into());
            tx.query(TAGGED, &params, read)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(q: &str) -> Vec<String> {
        let text = |value: Value| if let Value::Text(text) = value { Some(text) } else { None };
        patterns(q).into_iter().filter_map(text).collect()
    }

    #[test]
    fn what_is_typed_becomes_words_and_numbers_become_digits() {
        assert_eq!(typed("Ann  LEE"), ["%ann%", "%lee%"]);
        assert_eq!(typed("(202) 555-01"), ["%20255501%"]);
        assert_eq!(typed("100%_\\"), ["%100\\%\\_\\\\%"]);
        assert_eq!(typed("a b c d e").len(), WORDS_MAX);
    }
}
