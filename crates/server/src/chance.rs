//! The only place that draws at random: tokens, ids, salts and nonces.
//!
//! [`Chance`] is handed to whoever needs it; a seeded one makes a test repeat itself. Every draw is fit for
//! secrets (ChaCha20). What a token is worth and how it is kept is the business of [`crate::secrets`].

use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// A source of chance, shared by everything that runs.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<Source>>);

struct Source {
    rng: ChaCha20Rng,
    /// The instant and the random part of the last id.
    last_id: (u64, u128),
}

/// The random bits of an id (RFC 9562, version 7).
const ID_BITS: u32 = 74;

impl Chance {
    /// Seeded by the operating system.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn system() -> Result<Self, rand::rngs::SysError> {
        let rng = ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)?;
        Ok(Self::new(rng))
    }

    /// The same draws for the same seed; for tests and simulations.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::new(ChaCha20Rng::seed_from_u64(seed))
    }

    fn new(rng: ChaCha20Rng) -> Self {
        Self(Arc::new(Mutex::new(Source { rng, last_id: (0, 0) })))
    }

    fn source(&self) -> MutexGuard<'_, Source> {
        self.0.lock().expect("nobody panics with chance in hand")
    }

    /// So many random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.source().rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A new id: ordered by time, so that an index grows at its end. Ids of one millisecond are ordered as they
    /// were drawn, for lists that are read by id; how far apart they are is random.
    #[must_use]
    pub fn id(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let mut source = self.source();
        let (last_millis, last) = source.last_id;
        let random = if millis == last_millis {
            (last + 1 + u128::from(source.rng.next_u32())) % (1 << ID_BITS)
        } else {
            // The topmost bit stays free, so that a millisecond of ids never wraps around.
            u128::from_le_bytes(source.bytes()) % (1 << (ID_BITS - 1))
        };
        source.last_id = (millis, random);
        let [.., b0, b1, b2, b3, b4, b5, b6, b7, b8, b9] = spread(random).to_be_bytes();
        uuid::Builder::from_unix_timestamp_millis(millis, &[b0, b1, b2, b3, b4, b5, b6, b7, b8, b9]).into_uuid()
    }
}

impl Source {
    fn bytes(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }
}

/// Puts 74 bits where an id has room for them: four bits of the version and two of the variant lie between.
const fn spread(random: u128) -> u128 {
    let (high, low) = (random >> 62, random & ((1 << 62) - 1));
    (high << 64) | low
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
    fn ids_sort_in_the_order_in_which_they_were_drawn() {
        let chance = Chance::seeded(1);
        let at = |n: i64| Timestamp::from_millisecond(1_700_000_000_000 + n / 500).expect("an instant");
        let ids: Vec<Uuid> = (0..5_000).map(|n| chance.id(at(n))).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7), "{}", ids[0]);
    }

    #[test]
    fn ids_of_two_sources_differ_within_one_instant() {
        let at = Timestamp::from_second(1).expect("an instant");
        assert_ne!(Chance::seeded(1).id(at), Chance::seeded(2).id(at));
    }
}
