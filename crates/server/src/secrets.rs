//! Secrets at rest: sealing under the installation's key, and tokens kept as hashes.
//!
//! A sealed text names its key and is bound to table, row and column, so that it cannot be moved to another
//! place. Tokens carry 256 random bits and are stored as SHA-256, which needs no salt at that strength.
//! Passwords are not here; see [`crate::passwords`].

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::chance::Chance;
pub use crate::telephony::Secret;

/// Bytes of the installation's key.
const KEY_BYTES: usize = 32;
/// Bytes of a nonce, drawn at random for each sealing.
const NONCE_BYTES: usize = 24;
/// How a sealed text begins: the format, then the key's id.
const FORMAT: &str = "v1";

/// Why a secret key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretKeyError {
    #[error("the secret key must be 32 bytes in base64 or 64 hexadecimal digits")]
    Malformed,
}

/// Why a sealed text cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsealError {
    #[error("sealed under another secret key ({0}); put the old secret_key back or enter the secret again")]
    OtherKey(String),
    #[error("the sealed text is damaged or was moved from another place")]
    Damaged,
}

/// Where a sealed text is kept; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub table: &'static str,
    pub row: Uuid,
    pub column: &'static str,
}

impl Place {
    fn bytes(&self) -> Vec<u8> {
        format!("{}/{}/{}", self.table, self.row, self.column).into_bytes()
    }
}

/// The installation's key.
#[derive(Clone)]
pub struct SecretKey {
    cipher: XChaCha20Poly1305,
    /// For what we sign and do not seal.
    signing: [u8; KEY_BYTES],
    /// Tells keys apart without saying anything about them.
    id: String,
}

impl SecretKey {
    /// Reads 32 bytes in base64 or hexadecimal digits.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, SecretKeyError> {
        let text = text.trim();
        let bytes = if text.len() == 2 * KEY_BYTES { from_hex(text) } else { from_base64(text) };
        let bytes: [u8; KEY_BYTES] = bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(SecretKeyError::Malformed)?;
        let derived = |about: &[u8]| -> [u8; KEY_BYTES] {
            Sha256::new().chain_update(about).chain_update(bytes).finalize().into()
        };
        let (signing, id) = (derived(b"carillon signing key"), hex(&derived(b"carillon key id")[..4]));
        Ok(Self { cipher: XChaCha20Poly1305::new(&bytes.into()), signing, id })
    }

    /// Our signature under a message; one for another purpose is another one.
    #[must_use]
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.signing).expect("a key of any length will do");
        for part in [purpose.as_bytes(), &[0], message] {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A new key in the form that [`Self::parse`] reads.
    #[must_use]
    pub fn generate(chance: &Chance) -> String {
        STANDARD_NO_PAD.encode(chance.bytes::<KEY_BYTES>())
    }

    /// Seals a text for one place.
    #[must_use]
    pub fn seal(&self, chance: &Chance, place: &Place, secret: &Secret) -> String {
        let nonce = chance.bytes::<NONCE_BYTES>();
        let payload = Payload { msg: secret.reveal().as_bytes(), aad: &place.bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).expect("a short text can always be sealed");
        format!("{FORMAT}.{}.{}.{}", self.id, URL_SAFE_NO_PAD.encode(nonce), URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what [`Self::seal`] wrote for the same place.
    ///
    /// # Errors
    /// When it was sealed under another key, for another place, or was changed.
    pub fn open(&self, place: &Place, sealed: &str) -> Result<Secret, UnsealError> {
        let parts: Vec<&str> = sealed.split('.').collect();
        let [FORMAT, key, nonce, text] = parts[..] else { return Err(UnsealError::Damaged) };
        if key != self.id {
            return Err(UnsealError::OtherKey(key.chars().take(8).collect()));
        }
        let damaged = |_| UnsealError::Damaged;
        let nonce: [u8; NONCE_BYTES] =
            URL_SAFE_NO_PAD.decode(nonce).map_err(damaged)?.try_into().map_err(|_| UnsealError::Damaged)?;
        let text = URL_SAFE_NO_PAD.decode(text).map_err(damaged)?;
        let payload = Payload { msg: &text, aad: &place.bytes() };
        let open = self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| UnsealError::Damaged)?;
        String::from_utf8(open).map(Secret::new).map_err(|_| UnsealError::Damaged)
    }
}

impl SecretKey {
    /// A mark that says «this browser has logged in as `subject` before» and that only we can make.
    #[must_use]
    pub fn mark(&self, chance: &Chance, subject: &str) -> String {
        let place = Place { table: "marks", row: Uuid::nil(), column: "browser" };
        self.seal(chance, &place, &Secret::new(hex(&token_hash(subject))))
    }

    /// Whether a mark is one of ours, and about `subject`.
    #[must_use]
    pub fn knows_mark(&self, mark: &str, subject: &str) -> bool {
        let place = Place { table: "marks", row: Uuid::nil(), column: "browser" };
        self.open(&place, mark).is_ok_and(|about| about.reveal() == hex(&token_hash(subject)))
    }
}

/// A new random token with `prefix`, 256 bits in letters that fit in an address.
#[must_use]
pub fn new_token(chance: &Chance, prefix: &str) -> Secret {
    Secret::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(chance.bytes::<32>())))
}

/// What is stored of a token.
#[must_use]
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes().chunks(2).map(|pair| Some(digit(pair[0])? * 16 + digit(*pair.get(1)?)?)).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(column: &'static str) -> Place {
        Place { table: "carriers", row: Uuid::from_u128(1), column }
    }

    fn key(seed: u64) -> SecretKey {
        SecretKey::parse(&SecretKey::generate(&Chance::seeded(seed))).expect("a key")
    }

    #[test]
    fn a_sealed_text_opens_in_its_own_place_alone() {
        let (key, chance) = (key(1), Chance::seeded(2));
        let sealed = key.seal(&chance, &place("auth_token"), &Secret::new("hunter2"));
        assert!(!sealed.contains("hunter2"));
        assert_eq!(key.open(&place("auth_token"), &sealed), Ok(Secret::new("hunter2")));
        assert_eq!(key.open(&place("api_key_secret"), &sealed), Err(UnsealError::Damaged));
        let elsewhere = Place { row: Uuid::from_u128(2), ..place("auth_token") };
        assert_eq!(key.open(&elsewhere, &sealed), Err(UnsealError::Damaged));
    }

    #[test]
    fn a_changed_text_and_another_key_are_refused() {
        let sealed = key(1).seal(&Chance::seeded(2), &place("a"), &Secret::new("hunter2"));
        assert!(matches!(key(9).open(&place("a"), &sealed), Err(UnsealError::OtherKey(_))));
        let last = if sealed.ends_with('A') { "B" } else { "A" };
        let changed = format!("{}{last}", &sealed[..sealed.len() - 1]);
        assert_eq!(key(1).open(&place("a"), &changed), Err(UnsealError::Damaged));
        for broken in ["", "v1", "v1.x.y", "v2.a.b.c", "v1.a.b.c.d"] {
            assert!(key(1).open(&place("a"), broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_key_is_read_from_base64_and_from_hexadecimal_digits() {
        let hex_key = "00".repeat(32);
        assert_eq!(SecretKey::parse(&hex_key).expect("hex").id, SecretKey::parse(&"A".repeat(43)).expect("base64").id);
        for bad in ["", "short", &"0".repeat(63), &"x".repeat(64), &"é".repeat(32)] {
            assert_eq!(SecretKey::parse(bad).err(), Some(SecretKeyError::Malformed), "{bad}");
        }
    }

    #[test]
    fn a_mark_is_about_one_subject_and_cannot_be_made_by_others() {
        let mark = key(1).mark(&Chance::seeded(2), "a@x.example");
        assert!(key(1).knows_mark(&mark, "a@x.example"));
        assert!(!key(1).knows_mark(&mark, "b@x.example"));
        assert!(!key(9).knows_mark(&mark, "a@x.example") && !key(1).knows_mark("", "a@x.example"));
    }

    #[test]
    fn tokens_differ_and_are_long() {
        let chance = Chance::seeded(3);
        let (one, two) = (new_token(&chance, "t_"), new_token(&chance, "t_"));
        assert_ne!(one, two);
        assert!(one.reveal().len() >= 45 && one.reveal().starts_with("t_"));
        assert_ne!(token_hash(one.reveal()), token_hash(two.reveal()));
    }
}
