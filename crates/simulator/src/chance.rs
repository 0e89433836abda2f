//! Chance that can be repeated: every draw comes from the seed and the name of what is drawn for.
//!
//! No generator is shared between calls, so the order in which requests happen to arrive changes nothing: the third
//! call to a number ends the same way in every run with the same seed.

use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::seconds::SECONDS_MAX;

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash that is the same on every machine and in every release (FNV-1a).
pub(crate) fn stable_hash(seed: u64, parts: &[&str], number: u64) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes
        .chain(number.to_le_bytes())
        .fold(FNV_OFFSET ^ seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}

/// The dice for one thing: what it is for, whom it concerns and the how-manieth time.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64, purpose: &str, subject: &str, nth: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(stable_hash(seed, &[purpose, subject], nth)))
    }

    /// True with this probability; what is not a probability is brought into 0 to 1.
    pub(crate) fn hits(&mut self, probability: f64) -> bool {
        probability > 0.0 && self.0.random_bool(probability.min(1.0))
    }

    pub(crate) fn between(&mut self, span: Span) -> Duration {
        let (low, high) = span.bounds();
        Duration::from_secs_f64(if high > low { self.0.random_range(low..high) } else { low })
    }

    /// The index of the weight drawn; zero when all weights are nothing.
    pub(crate) fn pick(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().copied().filter(|weight| *weight > 0.0).sum();
        if total <= 0.0 {
            return 0;
        }
        let mut left = self.0.random_range(0.0..total);
        for (index, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }
}

/// A range of durations in seconds, drawn from evenly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The shortest.
    pub min_s: f64,
    /// The longest.
    pub max_s: f64,
}

impl Span {
    /// From `min_s` to `max_s` seconds.
    pub const fn new(min_s: f64, max_s: f64) -> Span {
        Span { min_s, max_s }
    }

    /// Always the same.
    pub const fn exactly(seconds: f64) -> Span {
        Span { min_s: seconds, max_s: seconds }
    }

    fn bounds(self) -> (f64, f64) {
        let sane = |seconds: f64| if seconds.is_finite() { seconds.clamp(0.0, SECONDS_MAX) } else { 0.0 };
        (sane(self.min_s), sane(self.max_s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_draws_the_same_and_another_name_something_else() {
        let draw = |subject, nth| Dice::new(7, "call", subject, nth).between(Span::new(0.0, 1.0));
        assert_eq!(draw("+12025550100", 1), draw("+12025550100", 1));
        assert_ne!(draw("+12025550100", 1), draw("+12025550100", 2));
        assert_ne!(draw("+12025550100", 1), draw("+12025550101", 1));
    }

    #[test]
    fn weights_are_drawn_in_proportion_and_nothing_is_never_drawn() {
        let mut drawn = [0_u32; 3];
        for nth in 0..10_000 {
            drawn[Dice::new(1, "mix", "", nth).pick(&[3.0, 0.0, 1.0])] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((7_300..7_700).contains(&drawn[0]), "{drawn:?}");
    }

    #[test]
    fn a_span_turned_around_is_its_lower_bound() {
        assert_eq!(Dice::new(1, "", "", 0).between(Span::new(3.0, 1.0)), Duration::from_secs(3));
        assert_eq!(Dice::new(1, "", "", 0).between(Span::new(f64::NAN, -1.0)), Duration::ZERO);
    }
}
