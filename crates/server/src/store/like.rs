//! What people type into a search box, as a pattern for `LIKE … ESCAPE '\'`.
//!
//! Signs that mean something in a pattern are taken as they were typed. Telephone numbers are found by their
//! digits, however they were grouped. Which columns are searched is the query's business.

/// Characters that people put between the digits of a telephone number.
const PHONE_SIGNS: &[char] = &['+', '-', '(', ')', '.', '/', ' ', '\u{a0}'];

/// Texts in lower case that contain `text`.
#[must_use]
pub fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for sign in text.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// Numbers in E.164 that contain the digits of `text`; `None` when it is no part of a number.
#[must_use]
pub fn phone_containing(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_phone = text.chars().all(|sign| sign.is_ascii_digit() || PHONE_SIGNS.contains(&sign));
    (is_phone && !digits.is_empty()).then(|| format!("%{digits}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_patterns_are_taken_as_typed() {
        assert_eq!(containing(" Ann "), "%ann%");
        assert_eq!(containing("50%_\\"), r"%50\%\_\\%");
    }

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        assert_eq!(phone_containing("(202) 555-0143").as_deref(), Some("%2025550143%"));
        assert_eq!(phone_containing("+1 202").as_deref(), Some("%1202%"));
        assert_eq!(phone_containing("Ann 2"), None);
        assert_eq!(phone_containing("+"), None);
    }
}
