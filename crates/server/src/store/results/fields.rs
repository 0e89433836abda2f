//! The merge fields of a recipient as they are stored, read without a copy of each.
//!
//! For tables of millions of lines; a message takes its own from [`crate::store::recipients::merge_fields`].

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::store::StoreError;

/// Fields that a recipient usually has; more cost another allocation.
const USUAL_FIELDS: usize = 16;

/// Values by name.
#[derive(Debug)]
pub struct Fields<'r>(Vec<(Text<'r>, Text<'r>)>);

/// A text that is copied only where it has escapes.
#[derive(Debug, Deserialize)]
struct Text<'r>(#[serde(borrow)] Cow<'r, str>);

impl<'r> Fields<'r> {
    /// Reads what was stored.
    ///
    /// # Errors
    /// When it is no object of texts.
    pub fn parse(json: &'r str) -> Result<Self, StoreError> {
        let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("merge fields: {e}"));
        let Pairs(mut pairs) = serde_json::from_str(json).map_err(corrupt)?;
        pairs.sort_unstable_by(|(one, _), (other, _)| one.0.cmp(&other.0));
        Ok(Self(pairs))
    }

    /// The value of a field; empty when there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.binary_search_by(|(known, _)| known.0.as_ref().cmp(name));
        found.map_or("", |at| &self.0[at].1.0)
    }

    /// Adds the names that are not among these.
    pub(super) fn add_names_to(&self, names: &mut BTreeSet<String>) {
        for (Text(name), _) in &self.0 {
            if !names.contains(name.as_ref()) {
                names.insert(name.clone().into_owned());
            }
        }
    }
}

/// The members of an object as they come.
struct Pairs<'r>(Vec<(Text<'r>, Text<'r>)>);

impl<'r> Deserialize<'r> for Pairs<'r> {
    fn deserialize<D: Deserializer<'r>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfObject).map(Self)
    }
}

struct OfObject;

impl<'r> Visitor<'r> for OfObject {
    type Value = Vec<(Text<'r>, Text<'r>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'r>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(USUAL_FIELDS);
        while let Some(pair) = members.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_name_whatever_their_order_and_escapes() {
        let fields =
            Fields::parse(r#"{"town":"K\u00f6ln \"am Rhein\"","email":"a@b.example","a\tb":""}"#).expect("fields");
        assert_eq!(fields.get("town"), "Köln \"am Rhein\"");
        assert_eq!((fields.get("email"), fields.get("a\tb"), fields.get("name")), ("a@b.example", "", ""));
        let mut names = BTreeSet::from(["town".to_owned()]);
        fields.add_names_to(&mut names);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["a\tb", "email", "town"]);
    }

    #[test]
    fn what_we_never_write_is_corrupt() {
        for json in ["", "[]", r#"{"a":1}"#, r#"{"a":"b""#] {
            assert!(matches!(Fields::parse(json), Err(StoreError::Corrupt(_))), "{json}");
        }
    }
}
