//! A contact as it comes in and goes out.
//!
//! What is given is turned into the domain's draft, which checks every field; a change replaces the members given,
//! each whole, and null empties one.

use std::collections::BTreeMap;

use carillon_domain::contact::{Contact, ContactDraft, CustomValue, DO_NOT_CALL_TAG, ZoneSource};
use carillon_domain::field_error::FieldError;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Rules;
use crate::api::ApiError;
use crate::store::contacts::Entry;

/// A contact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContactView {
    id: Uuid,
    version: i64,
    department_id: Uuid,
    name: String,
    first_name: String,
    last_name: String,
    /// E.164.
    #[schema(example = "+12025550143")]
    phone: String,
    email: String,
    company: String,
    notes: String,
    /// The tag `DNC` puts the number on the do-not-call list.
    tags: Vec<String>,
    timezone: Option<String>,
    language: Option<String>,
    postal_code: Option<String>,
    state: Option<String>,
    #[schema(value_type = Object)]
    custom: BTreeMap<String, CustomValue>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<Entry> for ContactView {
    fn from(entry: Entry) -> Self {
        let contact = entry.contact;
        Self {
            id: entry.id,
            version: entry.version,
            department_id: entry.department,
            name: contact.name,
            first_name: contact.first_name,
            last_name: contact.last_name,
            phone: contact.phone.to_string(),
            email: contact.email,
            company: contact.company,
            notes: contact.notes,
            tags: contact.tags,
            timezone: contact.timezone.as_ref().map(ToString::to_string),
            language: contact.language,
            postal_code: contact.postal_code,
            state: contact.state,
            custom: contact.custom,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
        }
    }
}

/// A contact to be. Only the number is required.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub(super) department_id: Option<Uuid>,
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// As people write it; the organization's default country is assumed.
    phone: String,
    email: Option<String>,
    company: Option<String>,
    notes: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    timezone: Option<String>,
    language: Option<String>,
    postal_code: Option<String>,
    state: Option<String>,
    #[serde(default)]
    #[schema(value_type = Object)]
    custom: BTreeMap<String, CustomValue>,
}

impl NewContact {
    /// Whether a tag puts the number on the do-not-call list.
    pub(super) fn is_do_not_call(&self) -> bool {
        self.tags.iter().any(|tag| tag.trim().eq_ignore_ascii_case(DO_NOT_CALL_TAG))
    }

    /// The contact, when everything about it is right.
    pub(super) fn check(&self, rules: &Rules) -> Result<Contact, ApiError> {
        let mut given = self.clone();
        let mut errors = rules.fields.read(&mut given.custom, rules.notation());
        errors.extend(rules.fields.missing(&given.custom));
        let draft = ContactDraft {
            name: given.name,
            first_name: given.first_name,
            last_name: given.last_name,
            phone: given.phone,
            email: given.email,
            company: given.company,
            notes: given.notes,
            tags: given.tags,
            timezone: given.timezone,
            language: given.language,
            postal_code: given.postal_code,
            state: given.state,
            custom: given.custom,
        };
        checked(draft, rules, errors)
    }
}

/// A contact, when neither the draft nor its custom fields are at fault.
fn checked(draft: ContactDraft, rules: &Rules, errors: Vec<FieldError>) -> Result<Contact, ApiError> {
    match draft.check(&rules.country) {
        Ok(contact) => ApiError::unless_valid(errors).map(|()| contact),
        Err(own) => Err(ApiError::Invalid([own, errors].concat())),
    }
}

/// What to change about a contact; null empties a field.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    pub(super) version: i64,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    first_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    last_name: Option<Option<String>>,
    pub(super) phone: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    company: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    notes: Option<Option<String>>,
    pub(super) tags: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    timezone: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    postal_code: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    state: Option<Option<String>>,
    #[schema(value_type = Option<Object>)]
    custom: Option<BTreeMap<String, CustomValue>>,
}

/// Tells null, which empties, from absent, which changes nothing.
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(value).map(Some)
}

impl ContactChange {
    /// Changes an entry, when everything about it is right then.
    pub(super) fn apply(mut self, entry: &mut Entry, rules: &Rules) -> Result<(), ApiError> {
        let zone_is_stated = self.timezone.is_some();
        let mut errors = Vec::new();
        if let Some(custom) = &mut self.custom {
            errors = rules.fields.read(custom, rules.notation());
            errors.extend(rules.fields.missing(custom));
        }
        entry.contact = checked(self.over(&entry.contact), rules, errors)?;
        if zone_is_stated {
            entry.timezone_is = ZoneSource::Stated;
        }
        Ok(())
    }

    /// What was given over what was there. A name and its parts that followed from each other still do.
    fn over(self, known: &Contact) -> ContactDraft {
        let follows = known.name == format!("{} {}", known.first_name, known.last_name).trim();
        let has_new_part = self.first_name.is_some() || self.last_name.is_some();
        let keeps_name = !(follows && has_new_part);
        let keeps_parts = !follows || has_new_part || self.name.is_none();
        let there = |text: &String| Some(text.clone());
        ContactDraft {
            name: self.name.unwrap_or_else(|| there(&known.name).filter(|_| keeps_name)),
            first_name: self.first_name.unwrap_or_else(|| there(&known.first_name).filter(|_| keeps_parts)),
            last_name: self.last_name.unwrap_or_else(|| there(&known.last_name).filter(|_| keeps_parts)),
            phone: self.phone.unwrap_or_else(|| known.phone.to_string()),
            email: self.email.unwrap_or_else(|| there(&known.email)),
            company: self.company.unwrap_or_else(|| there(&known.company)),
            notes: self.notes.unwrap_or_else(|| there(&known.notes)),
            tags: self.tags.unwrap_or_else(|| known.tags.clone()),
            timezone: self.timezone.unwrap_or_else(|| known.timezone.as_ref().map(ToString::to_string)),
            language: self.language.unwrap_or_else(|| known.language.clone()),
            postal_code: self.postal_code.unwrap_or_else(|| known.postal_code.clone()),
            state: self.state.unwrap_or_else(|| known.state.clone()),
            custom: self.custom.unwrap_or_else(|| known.custom.clone()),
        }
    }
}
