//! A text that must not be seen: a token or a key's secret.
//!
//! It has no `Display`, its `Debug` shows a placeholder, and it is read in one place by name, so that
//! it cannot slip into a log line or an error. Storing it encrypted is the store's business.

use std::fmt;

/// A secret text. Only [`Secret::reveal`] shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text out of sight.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who signs or authenticates with it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Nothing may be signed or verified with an empty secret.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
