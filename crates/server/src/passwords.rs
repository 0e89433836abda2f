//! Passwords: argon2id, at most two at a time, a short queue, and the same work for unknown people.
//!
//! A hash costs 19 MiB and tens of milliseconds by design, so a flood of log-ins must not take calls down:
//! it runs on a blocking thread, two at once, and who finds the queue full is told to come later. Throttling
//! by account and address is [`crate::api`]'s.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::chance::Chance;
use crate::secrets::Secret;

/// Shortest and longest password, in characters and bytes.
pub const PASSWORD_CHARS_MIN: usize = 8;
pub const PASSWORD_BYTES_MAX: usize = 1_024;
/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes computed at once, and callers that may wait for one beside them.
const HASHES_MAX: usize = 2;
const WAITING_MAX: usize = 16;
/// A hash nobody knows the password of: people who are unknown cost the same work.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGtub3dzIGl0$Yj0fGgkAJ5bUw1o2w3Y6i9mGq8z0Jd7q3kQxYt5vT1E";

/// Too many passwords are being checked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked at once")]
pub struct Busy;

/// Computes and checks password hashes.
pub struct Passwords {
    running: Semaphore,
    queue: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { running: Semaphore::new(HASHES_MAX), queue: Semaphore::new(HASHES_MAX + WAITING_MAX) }
    }
}

impl Passwords {
    /// The hash to store of a new password.
    ///
    /// # Errors
    /// [`Busy`] when the queue is full.
    pub async fn hash(&self, chance: &Chance, password: Secret) -> Result<String, Busy> {
        let salt = chance.bytes::<16>();
        self.run(move || hash_of(&password, &salt)).await
    }

    /// Whether `password` is the one that `hash` was made from. Without a hash the answer is no, after the
    /// same work.
    ///
    /// # Errors
    /// [`Busy`] when the queue is full.
    pub async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool, Busy> {
        self.run(move || verified(&password, hash.as_deref())).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let _place = self.queue.try_acquire().map_err(|_| Busy)?;
        let _permit = self.running.acquire().await.expect("the semaphore is never closed");
        Ok(tokio::task::spawn_blocking(work).await.expect("hashing does not panic"))
    }
}

/// The hash of a password under a fresh salt; blocks for tens of milliseconds.
#[must_use]
pub fn hash_of(password: &Secret, salt: &[u8; 16]) -> String {
    let hash = hasher().hash_password_with_salt(password.reveal().as_bytes(), salt);
    hash.expect("the parameters are constants that argon2 accepts").to_string()
}

fn verified(password: &Secret, hash: Option<&str>) -> bool {
    let (hash, is_known) = match hash.and_then(|text| PasswordHash::new(text).ok()) {
        Some(hash) => (hash, true),
        None => (PasswordHash::new(NOBODY).expect("the constant is a hash"), false),
    };
    hasher().verify_password(password.reveal().as_bytes(), &hash).is_ok() && is_known
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is wrong with a new password, in words for the person who chose it.
#[must_use]
pub fn complaint(password: &str) -> Option<&'static str> {
    let mut chars = password.chars();
    let first = chars.next();
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Some("must have at least 8 characters");
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return Some("must have at most 1024 bytes");
    }
    chars.all(|c| Some(c) == first).then_some("must not be one character repeated")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_and_unknown_people_have_none() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&Chance::seeded(1), Secret::new("correct horse")).await.expect("not busy");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(passwords.verify(Secret::new("correct horse"), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.verify(Secret::new("wrong horse"), Some(hash)).await, Ok(false));
        assert_eq!(passwords.verify(Secret::new("correct horse"), None).await, Ok(false));
        assert_eq!(passwords.verify(Secret::new("correct horse"), Some("broken".to_owned())).await, Ok(false));
    }

    #[tokio::test]
    async fn a_flood_is_refused_beyond_a_short_queue() {
        let passwords = Passwords::default();
        let flood = (0..24).map(|_| passwords.verify(Secret::new("guess guess"), None));
        let answers = futures_util::future::join_all(flood).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), HASHES_MAX + WAITING_MAX);
    }

    #[test]
    fn short_and_endless_and_monotonous_passwords_are_refused() {
        assert!(complaint("seven77").is_some());
        assert!(complaint(&"ab".repeat(513)).is_some());
        assert!(complaint("aaaaaaaaaaaa").is_some());
        assert_eq!(complaint("pässwörd"), None);
    }
}
