//! A contact: a person or household in the contact book, with bounds on everything they are described by.
//!
//! A [`ContactDraft`] is what a person, a program or a row of a list says; [`ContactDraft::check`] makes
//! a [`Contact`] of it or names every field that is wrong. Consent and call history live elsewhere, and
//! so do the definitions of custom fields.

pub mod alike;
pub mod merge;
mod update;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use update::{SETTABLE, check_tags};

use crate::country_code::CountryCode;
use crate::field_error::FieldError;
use crate::message::{CONTACT_FIELDS, MergeFields, ORGANIZATION_NAME, is_field_name};
use crate::phone_number::PhoneNumber;
use crate::time_zones::{PlaceKnown, PlaceSaid, TimeZoneName, ZoneSet};

/// The tag that puts a contact on the do-not-call list, in any capitals.
pub const DO_NOT_CALL_TAG: &str = "DNC";

const NAME_LENGTH_MAX: usize = 200;
const EMAIL_LENGTH_MAX: usize = 254;
const COMPANY_LENGTH_MAX: usize = 200;
const NOTES_LENGTH_MAX: usize = 10_000;
const TAGS_MAX: usize = 50;
const TAG_LENGTH_MAX: usize = 50;
const LANGUAGE_LENGTH_MAX: usize = 35;
const POSTAL_CODE_LENGTH_MAX: usize = 16;
const STATE_LENGTH_MAX: usize = 64;
const CUSTOM_FIELDS_MAX: usize = 100;
const CUSTOM_VALUE_LENGTH_MAX: usize = 5_000;

/// A value of a custom field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CustomValue {
    Flag(bool),
    Number(serde_json::Number),
    Text(String),
}

/// What is said about a contact, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactDraft {
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: String,
    pub email: Option<String>,
    pub company: Option<String>,
    pub notes: Option<String>,
    pub tags: Vec<String>,
    pub timezone: Option<String>,
    pub language: Option<String>,
    pub postal_code: Option<String>,
    pub state: Option<String>,
    pub custom: BTreeMap<String, CustomValue>,
}

/// A contact within all bounds. Texts that are not there are empty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contact {
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    pub phone: PhoneNumber,
    pub email: String,
    pub company: String,
    pub notes: String,
    pub tags: Vec<String>,
    pub timezone: Option<TimeZoneName>,
    pub language: Option<String>,
    pub postal_code: Option<String>,
    pub state: Option<String>,
    pub custom: BTreeMap<String, CustomValue>,
}

impl ContactDraft {
    /// Checks everything and tidies white space; names every field that is wrong.
    pub fn check(self, default_country: &CountryCode) -> Result<Contact, Vec<FieldError>> {
        let phone = PhoneNumber::parse_callable(&self.phone, default_country);
        let phone = phone.map_err(|error| FieldError::new("phone", error.to_string()));
        self.check_with_phone(phone)
    }

    /// As [`ContactDraft::check`], with the number read by the caller: an import mends cells first.
    pub fn check_with_phone(self, phone: Result<PhoneNumber, FieldError>) -> Result<Contact, Vec<FieldError>> {
        let mut checks = Checks::default();
        let phone = phone.map_err(|error| checks.errors.push(error)).ok();
        let (name, first_name, last_name) = names(
            checks.text("name", self.name, NAME_LENGTH_MAX),
            checks.text("first_name", self.first_name, NAME_LENGTH_MAX),
            checks.text("last_name", self.last_name, NAME_LENGTH_MAX),
        );
        let email = checks.text("email", self.email, EMAIL_LENGTH_MAX);
        checks.require("email", email.is_empty() || is_email(&email), "must look like ann@example.com");
        let company = checks.text("company", self.company, COMPANY_LENGTH_MAX);
        let notes = checks.long_text("notes", self.notes, NOTES_LENGTH_MAX);
        let tags = checks.tags(&self.tags);
        let timezone = checks.timezone(self.timezone);
        let language = some(checks.text("language", self.language, LANGUAGE_LENGTH_MAX));
        let shaped = language.as_deref().is_none_or(is_language);
        checks.require("language", shaped, "must be a language tag like en-US");
        let postal_code = some(checks.text("postal_code", self.postal_code, POSTAL_CODE_LENGTH_MAX));
        let state = some(checks.text("state", self.state, STATE_LENGTH_MAX));
        checks.custom(&self.custom);
        let custom = self.custom;
        match phone {
            Some(phone) if checks.errors.is_empty() => Ok(Contact {
                name,
                first_name,
                last_name,
                phone,
                email,
                company,
                notes,
                tags,
                timezone,
                language,
                postal_code,
                state,
                custom,
            }),
            _ => Err(checks.errors),
        }
    }
}

impl Contact {
    /// Whether a tag puts the contact on the do-not-call list.
    #[must_use]
    pub fn is_do_not_call(&self) -> bool {
        self.tags.iter().any(|tag| tag.eq_ignore_ascii_case(DO_NOT_CALL_TAG))
    }

    /// The zones the contact may be in. A stated zone replaces what else lets one guess; a zone that was merely
    /// imported, the postal code and the state add to what the number says.
    #[must_use]
    pub fn zones(&self, timezone_is: ZoneSource) -> ZoneSet {
        self.place(timezone_is).zones
    }

    /// As [`Contact::zones`], with what gave each zone.
    #[must_use]
    pub fn place(&self, timezone_is: ZoneSource) -> PlaceKnown {
        let imported = match (&self.timezone, timezone_is) {
            (Some(zone), ZoneSource::Stated) => return PlaceKnown::stated(zone),
            (imported, _) => imported.as_ref(),
        };
        let (postal_code, state) = (self.postal_code.as_deref(), self.state.as_deref());
        PlaceKnown::guessed(&self.phone, &PlaceSaid { postal_code, state, imported })
    }

    /// The values that a message may name, as they are at this moment.
    #[must_use]
    pub fn merge_fields(&self, organization_name: &str) -> MergeFields {
        let phone = self.phone.to_string();
        let own = [
            ("name", self.name.as_str()),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("phone", &phone),
            ("email", &self.email),
            ("company", &self.company),
            ("timezone", self.timezone.as_ref().map_or("", TimeZoneName::as_str)),
            ("language", self.language.as_deref().unwrap_or_default()),
            ("postal_code", self.postal_code.as_deref().unwrap_or_default()),
            ("state", self.state.as_deref().unwrap_or_default()),
            (ORGANIZATION_NAME, organization_name),
        ];
        let own = own.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.to_owned()));
        let custom = self.custom.iter().map(|(name, value)| (name.as_str(), value.to_string()));
        custom.chain(own).collect()
    }
}

crate::words! {
    /// Where a contact's time zone comes from, which decides what it is worth.
    pub enum ZoneSource {
        /// The person said so, or whoever keeps the contact book did.
        Stated = "stated",
        /// It stood in a list.
        Imported = "imported",
    }
}

/// A name made of its parts, and the parts of a name that is surely first and last. A name that may be
/// a company's, or has a title, is not taken apart: greeting somebody as "Dr." is worse than no name.
fn names(name: String, first: String, last: String) -> (String, String, String) {
    if name.is_empty() {
        return (format!("{first} {last}").trim().to_owned(), first, last);
    }
    if first.is_empty() && last.is_empty() {
        let plain =
            |word: &str| word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c));
        if let [first, last] = name.split(' ').collect::<Vec<_>>()[..]
            && plain(first)
            && plain(last)
        {
            let (first, last) = (first.to_owned(), last.to_owned());
            return (name, first, last);
        }
    }
    (name, first, last)
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// One `@` between something and a name with a dot. Whether mail arrives is not asked.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let labels = domain.split('.').collect::<Vec<_>>();
    let label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-')
    };
    !local.is_empty()
        && !local.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>,;:\"()[]\\".contains(c))
        && labels.len() >= 2
        && labels.iter().all(label)
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters
        && (2..=3).contains(&primary.len())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A cheap look that finds nearly every text tidy: printable ASCII, and single spaces between words.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    is_plain && !text.starts_with(' ') && !text.ends_with(' ') && !bytes.windows(2).any(|pair| pair == b"  ")
}

/// Collects what is wrong while fields are tidied one after the other.
#[derive(Default)]
struct Checks {
    errors: Vec<FieldError>,
}

impl Checks {
    fn require(&mut self, field: &str, holds: bool, message: &str) {
        if !holds {
            self.errors.push(FieldError::new(field, message));
        }
    }

    fn bounded(&mut self, field: &str, text: String, length_max: usize) -> String {
        // A character has a byte at least.
        if text.len() > length_max && text.chars().count() > length_max {
            self.errors.push(FieldError::new(field, format!("must have at most {length_max} characters")));
        }
        text
    }

    /// One line: control characters and runs of white space become one space.
    fn text(&mut self, field: &str, text: Option<String>, length_max: usize) -> String {
        let text = text.unwrap_or_default();
        let tidy = if is_tidy(&text) {
            text
        } else {
            let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
            words.collect::<Vec<_>>().join(" ")
        };
        self.bounded(field, tidy, length_max)
    }

    /// Lines stay lines.
    fn long_text(&mut self, field: &str, text: Option<String>, length_max: usize) -> String {
        let text = text.unwrap_or_default();
        let tidy: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        self.bounded(field, tidy.trim().to_owned(), length_max)
    }

    fn tags(&mut self, tags: &[String]) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for tag in tags {
            let tag = self.text("tags", Some(tag.clone()), TAG_LENGTH_MAX);
            let known = kept.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
            if !tag.is_empty() && !known {
                kept.push(tag);
            }
        }
        self.require("tags", kept.len() <= TAGS_MAX, "must be at most 50");
        kept
    }

    fn timezone(&mut self, name: Option<String>) -> Option<TimeZoneName> {
        let name = some(self.text("timezone", name, NAME_LENGTH_MAX))?;
        TimeZoneName::parse(&name)
            .map_err(|error| self.errors.push(FieldError::new("timezone", error.to_string())))
            .ok()
    }

    fn custom(&mut self, custom: &BTreeMap<String, CustomValue>) {
        self.require("custom", custom.len() <= CUSTOM_FIELDS_MAX, "must be at most 100 fields");
        for (name, value) in custom.iter().take(CUSTOM_FIELDS_MAX) {
            let named_well = is_field_name(name) && !CONTACT_FIELDS.contains(&name.as_str());
            self.require("custom", named_well, "must be named with letters, digits and _, not like another field");
            let fits = !matches!(value, CustomValue::Text(text) if text.chars().count() > CUSTOM_VALUE_LENGTH_MAX);
            self.require(&format!("custom.{name}"), fits, "must have at most 5000 characters");
        }
    }
}

impl std::fmt::Display for CustomValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests;
