//! Checks of the few fields that the domain has no type for: names, addresses, passwords.
//!
//! Each returns the value as it will be kept, or notes what is wrong and returns it as it came; the handler ends
//! with [`super::ApiError::unless_valid`], so that a person sees every mistake at once.

use carillon_domain::field_error::FieldError;

use super::ApiError;
use crate::passwords;

/// Characters of a name of anything.
pub(super) const NAME_CHARS_MAX: usize = 120;
/// Characters of an e-mail address (RFC 5321).
pub(super) const EMAIL_CHARS_MAX: usize = 254;

/// Characters of what is searched for.
const SEARCH_CHARS_MAX: usize = 200;

/// What is searched for, in a parameter of a query.
///
/// # Errors
/// When it is longer than anything that could be found.
pub(super) fn search(field: &str, text: Option<&String>) -> Result<(), ApiError> {
    if text.is_some_and(|text| text.chars().count() > SEARCH_CHARS_MAX) {
        return Err(ApiError::field(field, format!("must have at most {SEARCH_CHARS_MAX} characters")));
    }
    Ok(())
}

/// A text of 1 to `chars_max` characters on one line, without the blanks around it.
pub(super) fn line(errors: &mut Vec<FieldError>, field: &str, text: &str, chars_max: usize) -> String {
    let text = text.trim();
    if !(1..=chars_max).contains(&text.chars().count()) {
        errors.push(FieldError::new(field, format!("must have 1 to {chars_max} characters")));
    } else if text.chars().any(char::is_control) {
        errors.push(FieldError::new(field, "must not contain control characters"));
    }
    text.to_owned()
}

/// An e-mail address, in lower case.
pub(super) fn email(errors: &mut Vec<FieldError>, field: &str, text: &str) -> String {
    let text = text.trim().to_lowercase();
    let has_shape = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.contains('@') && host.split('.').all(|label| !label.is_empty())
    });
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if !has_shape || !is_plain || text.chars().count() > EMAIL_CHARS_MAX {
        errors.push(FieldError::new(field, "must be an e-mail address"));
    }
    text
}

/// An e-mail address as it is kept; `None` when it is none.
#[must_use]
pub fn parse_email(text: &str) -> Option<String> {
    let mut errors = Vec::new();
    let email = email(&mut errors, "email", text);
    errors.is_empty().then_some(email)
}

/// A new password.
pub(super) fn password(errors: &mut Vec<FieldError>, field: &str, text: &str) {
    if let Some(complaint) = passwords::complaint(text) {
        errors.push(FieldError::new(field, complaint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_one_at_and_a_host() {
        let is_fine = |text: &str| {
            let mut errors = Vec::new();
            email(&mut errors, "email", text);
            errors.is_empty()
        };
        for good in ["ann@acme.example", " Ann@ACME.example ", "a+b@localhost"] {
            assert!(is_fine(good), "{good}");
        }
        for bad in ["", "ann", "@acme", "ann@", "a@b@c", "a b@c", "ann@acme..example", &"a".repeat(300)] {
            assert!(!is_fine(bad), "{bad}");
        }
    }

    #[test]
    fn a_line_has_bounds_and_no_control_characters() {
        let mut errors = Vec::new();
        assert_eq!(line(&mut errors, "name", "  Sales ", 5), "Sales");
        assert!(errors.is_empty());
        for bad in ["", "   ", "Sales 2", "a\u{1b}b"] {
            line(&mut errors, "name", bad, 5);
        }
        assert_eq!(errors.len(), 4);
    }
}
