//! Addresses under which recordings are fetched, by carriers and by pages: unguessable, and of no use after minutes.
//!
//! An address is made when it is needed, which is when a call's document is rendered: the carrier fetches it at once, so
//! it need not outlive the campaign, only the moment. It names the recording and the instant of its end under our
//! signature; within five minutes it is the same for everybody, so that the carrier's cache helps. Whether the recording
//! is still there is asked when it is fetched.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::secrets::SecretKey;

/// Seconds for which the address of a recording stays the same; it lives one to two such times.
const STEP_S: i64 = 300;
/// What a signature of ours is about, so that it is about nothing else.
const PURPOSE: &str = "media";
/// Bytes of a signature.
const SIGNATURE_BYTES: usize = 16;

/// What an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaToken {
    pub audio: Uuid,
    pub expires_at: Timestamp,
}

impl MediaToken {
    /// The token of a recording now.
    #[must_use]
    pub fn new(audio: Uuid, now: Timestamp) -> Self {
        let end_s = (now.as_second().div_euclid(STEP_S) + 2) * STEP_S;
        Self { audio, expires_at: Timestamp::from_second(end_s).unwrap_or(Timestamp::MAX) }
    }

    fn message(&self) -> Vec<u8> {
        [self.audio.as_bytes().as_slice(), &self.expires_at.as_second().to_be_bytes()].concat()
    }

    /// As it stands in an address.
    #[must_use]
    pub fn write(&self, key: &SecretKey) -> String {
        let message = self.message();
        let signature = key.sign(PURPOSE, &message);
        URL_SAFE_NO_PAD.encode([message.as_slice(), &signature[..SIGNATURE_BYTES]].concat())
    }

    /// Reads a token of ours that has not expired.
    #[must_use]
    pub fn read(text: &str, key: &SecretKey, now: Timestamp) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (audio, rest) = bytes.split_at_checked(16)?;
        let (expires, signature) = rest.split_at_checked(8)?;
        let expires_at = Timestamp::from_second(i64::from_be_bytes(expires.try_into().ok()?)).ok()?;
        let token = Self { audio: Uuid::from_slice(audio).ok()?, expires_at };
        let expected = key.sign(PURPOSE, &token.message());
        let is_ours: bool = expected[..SIGNATURE_BYTES].ct_eq(signature).into();
        (is_ours && now < expires_at).then_some(token)
    }
}

/// Where a recording is fetched from now on for some minutes, without scheme and host.
#[must_use]
pub fn media_path(key: &SecretKey, audio: Uuid, now: Timestamp) -> String {
    format!("/media/{}", MediaToken::new(audio, now).write(key))
}

/// Where the carrier fetches a recording from now on for some minutes.
#[must_use]
pub fn media_url(key: &SecretKey, public_url: &str, audio: Uuid, now: Timestamp) -> String {
    format!("{}{}", public_url.trim_end_matches('/'), media_path(key, audio, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    fn key(seed: u64) -> SecretKey {
        SecretKey::parse(&SecretKey::generate(&Chance::seeded(seed))).expect("a key")
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn an_address_lives_five_to_ten_minutes_and_stays_the_same_for_five() {
        let audio = Uuid::from_u128(7);
        let token = MediaToken::new(audio, at(1_000_299)).write(&key(1));
        assert_eq!(token, MediaToken::new(audio, at(1_000_200)).write(&key(1)));
        for (second, lives) in [(1_000_299, true), (1_000_799, true), (1_000_800, false)] {
            assert_eq!(MediaToken::read(&token, &key(1), at(second)).is_some(), lives, "{second}");
        }
    }

    #[test]
    fn a_changed_address_and_one_of_another_installation_lead_nowhere() {
        let (audio, now) = (Uuid::from_u128(7), at(1_000_000));
        let token = MediaToken::new(audio, now).write(&key(1));
        assert_eq!(MediaToken::read(&token, &key(1), now).map(|token| token.audio), Some(audio));
        assert_eq!(MediaToken::read(&token, &key(2), now), None);
        let bytes = URL_SAFE_NO_PAD.decode(&token).expect("base64");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(MediaToken::read(&URL_SAFE_NO_PAD.encode(changed), &key(1), now), None, "{at}");
        }
        for broken in ["", "x", "!!", &token[..token.len() - 4], &format!("{token}AAAA")] {
            assert_eq!(MediaToken::read(broken, &key(1), now), None, "{broken}");
        }
        assert_eq!(media_url(&key(1), "https://h.example/", audio, now), format!("https://h.example/media/{token}"));
    }
}
