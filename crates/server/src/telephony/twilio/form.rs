//! Form bodies as the carrier wants them: pairs, a list by repeating its key.
//!
//! `+` must travel as `%2B`, or a number arrives with a blank; the comparison sign of a date filter is
//! part of the parameter's name.

use std::borrow::Cow;

/// Parameters in the order in which they are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(&'static str, String)>);

impl Form {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a parameter.
    #[must_use]
    pub(super) fn with<'a>(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.0.push((name, value.into().into_owned()));
        self
    }

    /// Adds a parameter when there is a value.
    #[must_use]
    pub(super) fn with_some<'a>(self, name: &'static str, value: Option<impl Into<Cow<'a, str>>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The body, or the query, on the wire.
    pub(super) fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_is_escaped_and_a_list_repeats_its_key() {
        let form = Form::new()
            .with("To", "+12025550123")
            .with("StatusCallbackEvent", "initiated")
            .with("StatusCallbackEvent", "ringing")
            .with_some("FallbackUrl", None::<&str>)
            .with("StartTime>", "2026-01-31");
        assert_eq!(
            form.encode(),
            "To=%2B12025550123&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing\
             &StartTime%3E=2026-01-31"
        );
    }
}
