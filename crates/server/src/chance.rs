//! The only place that draws at random: tokens, ids, salts and nonces.
//!
//! [`Chance`] is handed to whoever needs it; a seeded one makes a test repeat itself. Every draw is fit for
//! secrets (ChaCha20). What a token is worth and how it is kept is the business of [`crate::secrets`].

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A source of chance, shared by everything that runs.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Seeded by the operating system.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn system() -> Result<Self, rand::rngs::SysError> {
        let rng = ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)?;
        Ok(Self(Arc::new(Mutex::new(rng))))
    }

    /// The same draws for the same seed; for tests and simulations.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// So many random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().expect("nobody panics with chance in hand").fill_bytes(&mut bytes);
        bytes
    }

    /// A new id: ordered by time, so that an index grows at its end, and with 74 random bits.
    #[must_use]
    pub fn id(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_one_does_not() {
        let draw = |seed| Chance::seeded(seed).bytes::<16>();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn ids_of_one_instant_differ_and_later_ones_sort_after() {
        let chance = Chance::seeded(1);
        let first = chance.id(Timestamp::from_second(1).expect("an instant"));
        let again = chance.id(Timestamp::from_second(1).expect("an instant"));
        assert_ne!(first, again);
        assert!(chance.id(Timestamp::from_second(2).expect("an instant")) > first.max(again));
    }
}
