//! Custom fields: what administrators define beside the fields that every contact has.
//!
//! A [`CustomField`] says what its values may be and reads each into the one form in which it is kept ([`value`]).
//! Keys without a definition stay free text: lists bring columns that nobody has planned. Whether changing a kind would
//! leave values behind that no longer fit, the store asks with [`CustomField::holds`].

mod date;
mod number;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contact::CustomValue;
use crate::country_code::CountryCode;
use crate::field_error::FieldError;
use crate::message::{CONTACT_FIELDS, is_field_name};

/// Characters of a label.
pub const LABEL_LENGTH_MAX: usize = 80;
/// Choices of one field.
pub const CHOICES_MAX: usize = 100;
/// Characters of one choice.
pub const CHOICE_LENGTH_MAX: usize = 100;
/// Characters of a short text.
pub const SHORT_TEXT_LENGTH_MAX: usize = 200;
/// Characters of a long text.
pub const LONG_TEXT_LENGTH_MAX: usize = 5_000;

crate::words! {
    /// What the values of a field are.
    pub enum FieldKind {
        ShortText = "short_text",
        LongText = "long_text",
        /// Whole numbers that every program keeps exactly: up to 9,007,199,254,740,991.
        Integer = "integer",
        /// Numbers of up to 15 digits.
        Decimal = "decimal",
        /// Days, kept as `2026-11-22`.
        Date = "date",
        Choice = "choice",
        Checkbox = "checkbox",
    }
}

/// The definition of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// What merge fields and lists call it; never changes.
    pub key: String,
    /// What people call it.
    pub label: String,
    pub kind: FieldKind,
    /// For a choice, else empty.
    pub choices: Vec<String>,
    /// Whoever writes a contact by hand has to fill it.
    pub is_required: bool,
    pub is_visible: bool,
    /// Offered to nobody any more; its values stay.
    pub archived: bool,
}

/// How numbers and dates are written where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notation {
    has_decimal_comma: bool,
    is_month_first: bool,
}

/// Countries that write `1.234,5` for a thousand two hundred and thirty-four and a half.
const DECIMAL_COMMA: &[&str] = &[
    "AL", "AM", "AO", "AR", "AT", "AZ", "BA", "BE", "BG", "BO", "BR", "BY", "CL", "CO", "CR", "CU", "CY", "CZ", "DE",
    "DK", "DZ", "EC", "EE", "ES", "FI", "FO", "FR", "GE", "GL", "GR", "HR", "HU", "ID", "IS", "IT", "KZ", "LT", "LU",
    "LV", "MA", "MD", "ME", "MK", "MZ", "NL", "NO", "PL", "PT", "PY", "RO", "RS", "RU", "SE", "SI", "SK", "TN", "TR",
    "UA", "UY", "UZ", "VE", "VN", "XK", "ZA",
];
/// Countries that write `11/22/2026` for the 22nd of November.
const MONTH_FIRST: &[&str] = &["AS", "FM", "GU", "MH", "MP", "PR", "PW", "US", "VI"];

impl Notation {
    /// As people write in a country.
    #[must_use]
    pub fn of(country: &CountryCode) -> Self {
        let code = country.as_str();
        Self { has_decimal_comma: DECIMAL_COMMA.contains(&code), is_month_first: MONTH_FIRST.contains(&code) }
    }
}

impl CustomField {
    /// Tidies a definition, or names everything that is wrong with it.
    ///
    /// # Errors
    /// When a member is out of its bounds.
    pub fn check(mut self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut require = |field: &str, holds: bool, message: String| {
            if !holds {
                errors.push(FieldError::new(field, message));
            }
        };
        let is_lower = !self.key.starts_with('_') && !self.key.contains(|sign: char| sign.is_ascii_uppercase());
        require("key", is_field_name(&self.key) && is_lower, "must be like loyalty_points".to_owned());
        let is_own = !CONTACT_FIELDS.contains(&self.key.as_str());
        require("key", is_own, "is the name of a field that every contact has".to_owned());
        self.label = one_line(&self.label);
        let fits = (1..=LABEL_LENGTH_MAX).contains(&self.label.chars().count());
        require("label", fits, format!("must have 1 to {LABEL_LENGTH_MAX} characters"));
        self.choices = self.choices.iter().map(|choice| one_line(choice)).collect();
        match self.kind {
            FieldKind::Choice => {
                let fits = (1..=CHOICES_MAX).contains(&self.choices.len());
                require("choices", fits, format!("must be 1 to {CHOICES_MAX} choices"));
            }
            _ => require("choices", self.choices.is_empty(), "are for a choice alone".to_owned()),
        }
        let fit = |choice: &String| (1..=CHOICE_LENGTH_MAX).contains(&choice.chars().count());
        let all_fit = self.choices.iter().all(fit);
        require("choices", all_fit, format!("must have 1 to {CHOICE_LENGTH_MAX} characters each"));
        let mut folded: Vec<String> = self.choices.iter().map(|choice| choice.to_lowercase()).collect();
        folded.sort_unstable();
        let differ = folded.windows(2).all(|two| two[0] != two[1]);
        require("choices", differ, "must differ from each other".to_owned());
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

/// A text on one line, without the blanks around it.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// All definitions of an organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomFields(Vec<CustomField>);

impl CustomFields {
    #[must_use]
    pub const fn new(fields: Vec<CustomField>) -> Self {
        Self(fields)
    }

    /// The definition of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&CustomField> {
        self.0.iter().find(|field| field.key == key)
    }

    /// The definitions that people are offered, in their order.
    pub fn offered(&self) -> impl Iterator<Item = &CustomField> {
        self.0.iter().filter(|field| !field.archived)
    }

    /// Brings values into the form in which they are kept; those that say nothing go. Names every value that does not
    /// fit, as `custom.KEY`.
    pub fn read(&self, custom: &mut BTreeMap<String, CustomValue>, notation: Notation) -> Vec<FieldError> {
        let mut errors = Vec::new();
        custom.retain(|key, value| match self.get(key).map(|field| field.read(value, notation)) {
            None => true,
            Some(Ok(read)) => {
                let is_there = read.is_some();
                if let Some(read) = read {
                    *value = read;
                }
                is_there
            }
            Some(Err(message)) => {
                errors.push(FieldError::new(format!("custom.{key}"), message));
                true
            }
        });
        errors
    }

    /// The fields that whoever writes a contact by hand has to fill, and did not.
    #[must_use]
    pub fn missing(&self, custom: &BTreeMap<String, CustomValue>) -> Vec<FieldError> {
        let required = self.0.iter().filter(|field| field.is_required && !field.archived);
        required
            .filter(|field| !custom.contains_key(&field.key))
            .map(|field| FieldError::new(format!("custom.{}", field.key), "is required"))
            .collect()
    }
}

#[cfg(test)]
mod tests;
