//! Reading a value by the kind of its field, into the one form in which it is kept.
//!
//! Numbers become numbers, days `2026-11-22`, a choice its own spelling, a checkbox true or false. A text that says
//! nothing is no value. What could mean two things is refused rather than guessed.

use super::{CustomField, FieldKind, LONG_TEXT_LENGTH_MAX, Notation, SHORT_TEXT_LENGTH_MAX, date, number, one_line};
use crate::contact::CustomValue;

/// What people write for a box that is ticked, and for one that is not.
const TICKED: &[&str] = &["yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "ja"];
const UNTICKED: &[&str] = &["no", "n", "false", "f", "0", "off", "nein"];

impl CustomField {
    /// The value as it is kept; `None`: it says nothing.
    ///
    /// # Errors
    /// What the value must be, in words that follow the name of the field.
    pub fn read(&self, value: &CustomValue, notation: Notation) -> Result<Option<CustomValue>, String> {
        let text = value.to_string();
        if text.trim().is_empty() {
            return Ok(None);
        }
        // A number that comes as one has a point, wherever it comes from.
        let is_number = matches!(value, CustomValue::Number(_));
        let notation = if is_number { Notation { has_decimal_comma: false, ..notation } } else { notation };
        match self.kind {
            FieldKind::ShortText => short_text(&text),
            FieldKind::LongText => long_text(&text),
            FieldKind::Integer => number::integer(&text, notation).map(CustomValue::Number),
            FieldKind::Decimal => number::decimal(&text, notation).map(CustomValue::Number),
            FieldKind::Date => date::date(&text, notation).map(|date| CustomValue::Text(date.to_string())),
            FieldKind::Choice => self.choice(&text),
            FieldKind::Checkbox => checkbox(&text),
        }
        .map(Some)
    }

    /// Whether a text is how a value of this field is written out once it was read.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        let plain = Notation { has_decimal_comma: false, is_month_first: false };
        let read = self.read(&CustomValue::Text(text.to_owned()), plain);
        read.is_ok_and(|read| read.is_some_and(|read| read.to_string() == text))
    }

    fn choice(&self, text: &str) -> Result<CustomValue, String> {
        let wanted = one_line(text).to_lowercase();
        let found = self.choices.iter().find(|choice| choice.to_lowercase() == wanted);
        found
            .map(|choice| CustomValue::Text(choice.clone()))
            .ok_or_else(|| format!("must be one of {}", self.choices.join(", ")))
    }
}

fn bounded(text: String, length_max: usize) -> Result<CustomValue, String> {
    match text.chars().count() <= length_max {
        true => Ok(CustomValue::Text(text)),
        false => Err(format!("must have at most {length_max} characters")),
    }
}

fn short_text(text: &str) -> Result<CustomValue, String> {
    bounded(one_line(text), SHORT_TEXT_LENGTH_MAX)
}

/// Lines stay lines.
fn long_text(text: &str) -> Result<CustomValue, String> {
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    bounded(kept.trim().to_owned(), LONG_TEXT_LENGTH_MAX)
}

fn checkbox(text: &str) -> Result<CustomValue, String> {
    let word = text.trim().to_lowercase();
    match (TICKED.contains(&word.as_str()), UNTICKED.contains(&word.as_str())) {
        (true, _) => Ok(CustomValue::Flag(true)),
        (_, true) => Ok(CustomValue::Flag(false)),
        _ => Err("must be yes or no".to_owned()),
    }
}
