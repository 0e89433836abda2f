//! One thing wrong with one field of something a person or a program sent.
//!
//! Collected by every `validate` of this crate and shown beside the field. It does not know where the
//! field came from; the API wraps a list of these into its error envelope.

use serde::{Deserialize, Serialize};

/// What is wrong with a field, in words for the person who filled it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The path of the field, for example `retry.max_attempts`.
    pub field: String,
    /// What is wrong, for example `must be between 1 and 5`.
    pub message: String,
}

impl FieldError {
    /// Says what is wrong with a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// The same error, one level further out: `start` in `recipient_hours` is `recipient_hours.start`. An empty field is
    /// the value itself.
    #[must_use]
    pub fn within(self, parent: &str) -> Self {
        let field = if self.field.is_empty() { parent.to_owned() } else { format!("{parent}.{}", self.field) };
        Self { field, message: self.message }
    }
}
