//! How quickly the rows of an import are written, and when it will probably end.
//!
//! From what is stored alone, so that every node says the same: the mean since the beginning, waits included.

use jiff::{SignedDuration, Timestamp};

/// How an import gets on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// To a tenth of a row.
    pub rows_per_second: f64,
    /// To the second.
    pub estimated_end: Timestamp,
}

/// How far an import is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub begun_at: Timestamp,
    /// Rows that have a fate.
    pub done: u64,
    pub rows: u64,
}

impl Progress {
    /// The pace so far; `None` as long as nothing can be said: no row is written, or no time has gone by.
    #[must_use]
    pub fn pace(&self, now: Timestamp) -> Option<Pace> {
        let seconds = now.duration_since(self.begun_at).as_secs_f64();
        if self.done == 0 || seconds <= 0.0 {
            return None;
        }
        #[allow(clippy::cast_precision_loss, reason = "lists are far shorter than 2^53 rows")]
        let (done, left) = (self.done as f64, self.rows.saturating_sub(self.done) as f64);
        let remaining = SignedDuration::try_from_secs_f64((left * seconds / done).ceil()).ok()?;
        let estimated_end = now.checked_add(remaining).ok()?;
        Some(Pace { rows_per_second: (done / seconds * 10.0).round() / 10.0, estimated_end })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn the_mean_so_far_tells_the_end() {
        let progress = |done| Progress { begun_at: at(1_000), done, rows: 1_000_000 };
        assert_eq!(progress(0).pace(at(1_010)), None, "nothing is written");
        assert_eq!(progress(500).pace(at(1_000)), None, "no time has gone by");
        assert_eq!(progress(500).pace(at(990)), None, "a clock that was set back");
        let pace = Pace { rows_per_second: 25_000.0, estimated_end: at(1_040) };
        assert_eq!(progress(250_000).pace(at(1_010)), Some(pace));
        let end = progress(1_000_000).pace(at(1_040)).map(|pace| pace.estimated_end);
        assert_eq!(end, Some(at(1_040)), "all are written");
    }

    proptest! {
        /// The end is never in the past, and never before what the pace allows.
        #[test]
        fn an_estimate_is_never_in_the_past(done in 0..2_000_000_u64, rows in 0..2_000_000_u64, seconds in -5..100_000_i64) {
            let now = at(1_000 + seconds);
            if let Some(pace) = (Progress { begun_at: at(1_000), done, rows }).pace(now) {
                prop_assert!(pace.estimated_end >= now && pace.rows_per_second >= 0.0);
                prop_assert_eq!(pace.estimated_end == now, done >= rows);
            }
        }
    }
}
