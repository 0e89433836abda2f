//! Which contacts somebody means: one filter for lists, exports, enrollment, saved filters and changes of many.
//!
//! Pure: it is checked and tidied here, and a contact that was read is held against it ([`ContactFilter::accepts`]). How
//! contacts are found along an index is the store's; it looks for the words of `q` itself.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::contact::{Contact, CustomValue};
use crate::custom_field::{CustomFields, Notation};
use crate::field_error::FieldError;
use crate::outcome::Outcome;

/// Characters of each text.
const TEXT_LENGTH_MAX: usize = 200;
/// Custom fields in one filter.
const CUSTOM_MAX: usize = 3;

/// All conditions hold; an empty filter says nothing and finds nobody unless it says `all`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactFilter {
    /// Parts of a name, number, e-mail address or company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// From this instant on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_from: Option<Timestamp>,
    /// Before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_to: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_called_from: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_called_to: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never_called: Option<bool>,
    /// Of the last call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Values by key, as they are written out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Everybody; it stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<bool>,
}

/// The last call of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCall {
    pub called_at: Timestamp,
    pub outcome: Outcome,
}

/// What a filter asks of a contact beside what the contact says itself.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    pub department: Uuid,
    pub added_at: Timestamp,
    /// `None`: never called.
    pub last_call: Option<LastCall>,
}

impl ContactFilter {
    /// The filter of a list that may be empty, tidied: what is blank is not asked for, and values of custom fields are
    /// read by their definitions.
    ///
    /// # Errors
    /// Every member that is wrong, by its name.
    pub fn check(mut self, fields: &CustomFields, notation: Notation) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        for (name, text) in [("q", &mut self.q), ("tag", &mut self.tag), ("language", &mut self.language)] {
            *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            if text.as_ref().is_some_and(|text| text.chars().count() > TEXT_LENGTH_MAX) {
                errors.push(FieldError::new(name, format!("must have at most {TEXT_LENGTH_MAX} characters")));
            }
        }
        self.never_called = self.never_called.filter(|never| *never);
        if self.never_called.is_some() && self.asks_of_calls() {
            errors.push(FieldError::new(
                "never_called",
                "has no place beside last_called_from, last_called_to and outcome",
            ));
        }
        for (from, to, name) in [
            (self.added_from, self.added_to, "added_to"),
            (self.last_called_from, self.last_called_to, "last_called_to"),
        ] {
            if from.zip(to).is_some_and(|(from, to)| from >= to) {
                errors.push(FieldError::new(name, "must be later than its beginning"));
            }
        }
        errors.extend(self.check_custom(fields, notation));
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// As [`Self::check`], for something that is done to whoever is found: nobody means everybody by saying nothing.
    ///
    /// # Errors
    /// As there, and when neither a condition nor `all` is given.
    pub fn check_choice(self, fields: &CustomFields, notation: Notation) -> Result<Self, Vec<FieldError>> {
        let checked = self.check(fields, notation)?;
        match (checked.all.unwrap_or(false), checked.is_empty()) {
            (true, true) | (false, false) => Ok(checked),
            (true, false) => Err(vec![FieldError::new("all", "has no place beside a condition")]),
            (false, true) => Err(vec![FieldError::new("filter", "names nobody: give a condition or all")]),
        }
    }

    fn check_custom(&mut self, fields: &CustomFields, notation: Notation) -> Vec<FieldError> {
        if self.custom.len() > CUSTOM_MAX {
            return vec![FieldError::new("custom", format!("must be at most {CUSTOM_MAX} fields"))];
        }
        let mut errors = Vec::new();
        for (key, value) in &mut self.custom {
            let name = format!("custom.{key}");
            let read = fields.get(key).map(|field| field.read(&CustomValue::Text(value.clone()), notation));
            match read {
                None if value.chars().count() > TEXT_LENGTH_MAX => {
                    errors.push(FieldError::new(name, format!("must have at most {TEXT_LENGTH_MAX} characters")));
                }
                None if value.is_empty() => errors.push(FieldError::new(name, "must have a value")),
                None => {}
                Some(Ok(Some(read))) => *value = read.to_string(),
                Some(Ok(None)) => errors.push(FieldError::new(name, "must have a value")),
                Some(Err(message)) => errors.push(FieldError::new(name, message)),
            }
        }
        errors
    }

    /// Whether there is no condition at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self { all: None, ..self.clone() } == Self::default()
    }

    /// Whether it asks when somebody was last called, and how that ended.
    #[must_use]
    pub const fn asks_of_calls(&self) -> bool {
        self.last_called_from.is_some() || self.last_called_to.is_some() || self.outcome.is_some()
    }

    /// Whether a contact meets every condition but `q`, which the store looks for.
    #[must_use]
    pub fn accepts(&self, contact: &Contact, around: &Circumstances) -> bool {
        let folded = |text: &str, other: &str| text.to_lowercase() == other.to_lowercase();
        let has_tag = |tag: &String| contact.tags.iter().any(|known| folded(known, tag));
        let speaks = |language: &String| contact.language.as_ref().is_some_and(|known| folded(known, language));
        let has =
            |(key, value): (&String, &String)| contact.custom.get(key).is_some_and(|known| known.to_string() == *value);
        self.tag.as_ref().is_none_or(has_tag)
            && self.language.as_ref().is_none_or(speaks)
            && self.department_id.is_none_or(|department| department == around.department)
            && is_within(self.added_from, self.added_to, around.added_at)
            && self.custom.iter().all(has)
            && self.accepts_call(around.last_call)
    }

    fn accepts_call(&self, last: Option<LastCall>) -> bool {
        match last {
            None => !self.asks_of_calls(),
            Some(_) if self.never_called.is_some() => false,
            Some(last) => {
                is_within(self.last_called_from, self.last_called_to, last.called_at)
                    && self.outcome.is_none_or(|outcome| outcome == last.outcome)
            }
        }
    }
}

fn is_within(from: Option<Timestamp>, to: Option<Timestamp>, at: Timestamp) -> bool {
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contact::ContactDraft;
    use crate::country_code::CountryCode;
    use crate::custom_field::{CustomField, FieldKind};

    fn filter(value: serde_json::Value) -> ContactFilter {
        serde_json::from_value(value).expect("a filter")
    }

    fn checked(value: serde_json::Value) -> Result<ContactFilter, Vec<String>> {
        let age = CustomField {
            key: "age".to_owned(),
            label: "Age".to_owned(),
            kind: FieldKind::Integer,
            choices: Vec::new(),
            is_required: false,
            is_visible: true,
            archived: false,
        };
        let checked = filter(value).check_choice(&CustomFields::new(vec![age]), Notation::of(&CountryCode::US));
        checked.map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_filter_is_tidied_and_its_values_are_read_by_their_definitions() {
        let tidy = checked(json!({ "tag": " VIP ", "q": " ", "never_called": false, "custom": { "age": "1,200" } }));
        assert_eq!(tidy, Ok(filter(json!({ "tag": "VIP", "custom": { "age": "1200" } }))));
        assert_eq!(json!(tidy.expect("a filter")), json!({ "tag": "VIP", "custom": { "age": "1200" } }));
    }

    #[test]
    fn what_is_wrong_with_a_filter_is_named() {
        let wrong = |value| checked(value).expect_err("a wrong filter").join(" ");
        assert_eq!(wrong(json!({})), "filter");
        assert_eq!(wrong(json!({ "never_called": false })), "filter");
        assert_eq!(wrong(json!({ "all": true, "tag": "x" })), "all");
        assert_eq!(wrong(json!({ "tag": "x".repeat(201) })), "tag");
        assert_eq!(wrong(json!({ "never_called": true, "outcome": "busy" })), "never_called");
        assert_eq!(wrong(json!({ "custom": { "age": "old" } })), "custom.age");
        assert_eq!(wrong(json!({ "custom": { "a": "1", "b": "1", "c": "1", "d": "1" } })), "custom");
        let (early, late) = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        assert_eq!(wrong(json!({ "added_from": late, "added_to": early })), "added_to");
        assert_eq!(wrong(json!({ "last_called_from": early, "last_called_to": early })), "last_called_to");
        assert_eq!(checked(json!({ "all": true })), Ok(filter(json!({ "all": true }))));
    }

    #[test]
    fn a_contact_meets_every_condition_or_is_not_meant() {
        let draft = json!({
            "phone": "+12025550143", "tags": ["VIP"], "language": "en-US", "custom": { "age": 40, "member": true }
        });
        let draft: ContactDraft = serde_json::from_value(draft).expect("a draft");
        let contact = draft.check(&CountryCode::US).expect("a contact");
        let at = |day: &str| -> Timestamp { format!("2026-03-{day}T00:00:00Z").parse().expect("an instant") };
        let never = Circumstances { department: Uuid::from_u128(1), added_at: at("02"), last_call: None };
        let called =
            Circumstances { last_call: Some(LastCall { called_at: at("05"), outcome: Outcome::Busy }), ..never };
        let cases = [
            (json!({ "tag": "vip", "language": "EN-us" }), true, true),
            (json!({ "tag": "v" }), false, false),
            (json!({ "custom": { "age": "40", "member": "yes" } }), true, true),
            (json!({ "custom": { "age": "41" } }), false, false),
            (json!({ "department_id": Uuid::from_u128(2) }), false, false),
            (json!({ "added_from": at("02"), "added_to": at("03") }), true, true),
            (json!({ "added_to": at("02") }), false, false),
            (json!({ "never_called": true }), true, false),
            (json!({ "outcome": "busy" }), false, true),
            (json!({ "outcome": "failed" }), false, false),
            (json!({ "last_called_from": at("05"), "outcome": "busy" }), false, true),
            (json!({ "last_called_to": at("05") }), false, false),
        ];
        for (condition, of_never, of_called) in cases {
            let filter = filter(condition);
            let accepted = (filter.accepts(&contact, &never), filter.accepts(&contact, &called));
            assert_eq!(accepted, (of_never, of_called), "{filter:?}");
        }
    }
}
