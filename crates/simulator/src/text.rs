//! How the carrier writes dates and numbers.
//!
//! As far as a simulator needs it: the only country it can tell is that of +1, and a number is judged by its shape
//! alone. What a client may write, and what is refused, is in [`api`](crate::api).

use jiff::Timestamp;

/// RFC 2822 in UTC: `Tue, 31 Aug 2010 20:36:28 +0000`.
pub(crate) fn rfc2822(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The country of a number as far as a simulator needs it; empty when unknown.
pub(crate) fn country(number: &str) -> &'static str {
    if is_north_american(number) { "US" } else { "" }
}

/// `+14158675309` as `(415) 867-5309`; others as they are.
pub(crate) fn formatted(number: &str) -> String {
    match number.strip_prefix("+1") {
        Some(digits) if is_north_american(number) => {
            format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..])
        }
        _ => number.to_owned(),
    }
}

/// Whether this is a number as the network wants it: `+`, then 7 to 15 digits of which the first is not zero.
pub(crate) fn is_e164(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn is_north_american(number: &str) -> bool {
    number.len() == 12 && number.starts_with("+1") && is_e164(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_written_as_the_carrier_does() {
        assert_eq!(rfc2822(Timestamp::UNIX_EPOCH), "Thu, 01 Jan 1970 00:00:00 +0000");
        assert_eq!(formatted("+14158675309"), "(415) 867-5309");
        assert_eq!(formatted("client:agent_1"), "client:agent_1");
    }

    #[test]
    fn only_strict_numbers_pass() {
        assert!(is_e164("+442071838750"));
        for wrong in ["", "+", "14158675309", "+0123456789", "+1415867530९", "+1 415 867 5309", "+1234567890123456"] {
            assert!(!is_e164(wrong), "{wrong}");
        }
    }
}
