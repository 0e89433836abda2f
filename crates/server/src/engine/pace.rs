//! How long a write takes at the moment, so that slots are taken as far ahead as they can be met.
//!
//! A slot that has passed by the time its claim is durable is lost, and the next one is, too: a slow database would
//! then never place a call. It only measures; whose slot is when is the limiter's business.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::SignedDuration;

/// What a commit on a quiet machine takes.
const LEAD_MIN: Duration = Duration::from_millis(8);
/// Beyond this a database is not slow but sick; what is sent then must not be old.
const LEAD_MAX: Duration = Duration::from_secs(1);
/// One measure may be followed by another twice as long.
const MARGIN: u32 = 2;

/// The slowest of the last writes, forgotten little by little.
#[derive(Default)]
pub(crate) struct Pace {
    write_us: AtomicU64,
}

impl Pace {
    /// Notes what a write took, from asking for it to its commit.
    pub(super) fn note(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let faded = |kept: u64| Some(took.max(kept - kept / 8));
        // The closure always gives a value.
        let _ = self.write_us.fetch_update(Ordering::Relaxed, Ordering::Relaxed, faded);
    }

    /// How far ahead of now the first slot must be.
    pub(super) fn lead(&self) -> SignedDuration {
        let write = Duration::from_micros(self.write_us.load(Ordering::Relaxed));
        let lead = (write * MARGIN).clamp(LEAD_MIN, LEAD_MAX);
        SignedDuration::try_from(lead).expect("a second fits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(lead: SignedDuration) -> i128 {
        lead.as_millis()
    }

    #[test]
    fn a_slow_write_moves_the_slots_away_and_quick_ones_bring_them_back() {
        let pace = Pace::default();
        assert_eq!(ms(pace.lead()), 8, "nothing measured yet");
        pace.note(Duration::from_millis(2));
        assert_eq!(ms(pace.lead()), 8);
        pace.note(Duration::from_millis(100));
        assert_eq!(ms(pace.lead()), 200, "at once");
        for _ in 0..10 {
            pace.note(Duration::from_millis(1));
        }
        assert!((40..80).contains(&ms(pace.lead())), "little by little: {}", pace.lead());
        for _ in 0..40 {
            pace.note(Duration::from_millis(1));
        }
        assert_eq!(ms(pace.lead()), 8);
        pace.note(Duration::from_secs(3_600));
        assert_eq!(ms(pace.lead()), 1_000, "never further than this");
    }
}
