//! The six digits that an app on somebody's phone shows: TOTP, RFC 6238, with SHA-1 and steps of 30 seconds.
//!
//! Pure: a secret and an instant make a code. That a code is good once is the store's part, which keeps the step of the
//! last one taken; how often somebody may guess is the API's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

use crate::chance::Chance;
use crate::codes;
use crate::secrets::Secret;

/// Bytes of a secret: as many as SHA-1 has.
const SECRET_BYTES: usize = 20;
/// Seconds in which an app shows one code.
const STEP_S: i64 = 30;
/// Steps that a phone's clock may be off, both ways.
const TOLERANCE_STEPS: i64 = 1;
/// Digits of a code, and the first number that has more.
pub const DIGITS: usize = 6;
const CODES: u32 = 1_000_000;
/// The letters of RFC 4648, which apps read.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// How apps name us.
const ISSUER: &str = "Carillon";

/// What the server and an app share.
pub struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// Draws one.
    #[must_use]
    pub fn draw(chance: &Chance) -> Self {
        Self(chance.bytes())
    }

    /// As it is sealed.
    #[must_use]
    pub fn to_text(&self) -> Secret {
        Secret::new(STANDARD_NO_PAD.encode(self.0))
    }

    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn from_text(text: &Secret) -> Option<Self> {
        STANDARD_NO_PAD.decode(text.reveal()).ok()?.try_into().ok().map(Self)
    }

    /// As people type it into an app.
    #[must_use]
    pub fn in_letters(&self) -> String {
        codes::in_letters(&self.0, LETTERS)
    }

    /// As an app reads it from a picture, for the account `email`.
    #[must_use]
    pub fn address(&self, email: &str) -> String {
        let escape =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        let (issuer, account, secret) = (escape(ISSUER), escape(email), self.in_letters());
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
        )
    }

    /// The step whose code was typed, if it is now or next to it and later than `last`, the step of the last code that
    /// was taken. Looks at every step in question, whichever it is.
    #[must_use]
    pub fn step_of(&self, typed: &str, now: Timestamp, last: i64) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let step = now.as_second().div_euclid(STEP_S);
        let is_it = |step: i64| bool::from(self.code(step).as_bytes().ct_eq(typed.as_bytes()));
        let near = (step - TOLERANCE_STEPS..=step + TOLERANCE_STEPS).filter(|step| is_it(*step));
        near.filter(|step| *step > last).max()
    }

    /// The code of a step.
    fn code(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("a key of any length will do");
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest[digest.len() - 1] & 15);
        let [a, b, c, d] = [digest[at] & 127, digest[at + 1], digest[at + 2], digest[at + 3]];
        format!("{:0width$}", u32::from_be_bytes([a, b, c, d]) % CODES, width = DIGITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: TotpSecret = TotpSecret(*b"12345678901234567890");

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, the last six of its eight digits.
        let vectors = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (second, code) in vectors {
            assert_eq!(SECRET.code(second / STEP_S), code, "{second}");
            assert_eq!(SECRET.step_of(code, at(second), 0), Some(second / STEP_S));
        }
    }

    #[test]
    fn a_code_is_good_one_step_around_its_own_and_not_twice() {
        let code = SECRET.code(100);
        for (second, good) in [(100, true), (99, true), (101, true), (98, false), (102, false)] {
            assert_eq!(SECRET.step_of(&code, at(second * STEP_S), 0).is_some(), good, "{second}");
        }
        assert_eq!(SECRET.step_of(&code, at(100 * STEP_S), 99), Some(100));
        assert_eq!(SECRET.step_of(&code, at(100 * STEP_S), 100), None, "it was taken");
        assert_eq!(SECRET.step_of(&code, at(100 * STEP_S), 101), None, "a later one was taken");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let code = SECRET.code(100);
        assert!(SECRET.step_of(&format!(" {} {} ", &code[..3], &code[3..]), at(3_000), 0).is_some());
        for wrong in ["", "0", "000000", &code[1..], &format!("{code}0"), "abcdef", "١٢٣٤٥٦"] {
            assert_eq!(SECRET.step_of(wrong, at(3_000), 0), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_read_back_and_shown_as_apps_read_it() {
        let read = TotpSecret::from_text(&SECRET.to_text()).expect("it was written");
        assert_eq!(read.in_letters(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let address = SECRET.address("ann+x@acme.example");
        assert!(address.starts_with("otpauth://totp/Carillon:ann%2Bx%40acme.example?secret=GEZD"), "{address}");
        assert!(TotpSecret::from_text(&Secret::new("short")).is_none());
    }
}
