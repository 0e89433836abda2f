//! The database's time on a node's own clock: all nodes that share a database share its time.
//!
//! Slots and leases are rows, so what they say must mean the same instant everywhere. The offset is measured now
//! and then ([`DatabaseClock::correct`]); a node whose clock is far off claims nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::{Busy, Clock, Sleep};

/// A node this far from the database's time claims nothing: one of the two clocks is wrong, and with a wrong clock
/// people are called at night.
pub const OFFSET_MAX: SignedDuration = SignedDuration::from_secs(30);

/// A clock with the measured offset to the database's.
pub struct DatabaseClock {
    inner: Arc<dyn Clock>,
    offset_us: AtomicI64,
}

impl DatabaseClock {
    /// Without an offset, until one is measured.
    #[must_use]
    pub fn new(inner: Arc<dyn Clock>) -> Self {
        Self { inner, offset_us: AtomicI64::new(0) }
    }

    /// The database said `database` between `asked` and `answered` of our own clock.
    pub fn correct(&self, asked: Timestamp, answered: Timestamp, database: Timestamp) {
        let middle = asked + answered.duration_since(asked) / 2;
        let offset = database.as_microsecond() - middle.as_microsecond();
        self.offset_us.store(offset, Ordering::Relaxed);
    }

    /// What this node reads without the offset.
    #[must_use]
    pub fn own_now(&self) -> Timestamp {
        self.inner.now()
    }

    /// Sleeps on our own clock, whatever the offset becomes meanwhile.
    pub fn sleep_for(&self, own_now: Timestamp, duration: SignedDuration) -> Sleep {
        self.inner.sleep_until(own_now + duration)
    }

    /// How far the database's clock is ahead of ours.
    #[must_use]
    pub fn offset(&self) -> SignedDuration {
        SignedDuration::from_micros(self.offset_us.load(Ordering::Relaxed))
    }

    /// The clocks are too far apart to call anybody.
    #[must_use]
    pub fn is_too_far(&self) -> bool {
        self.offset().abs() > OFFSET_MAX
    }
}

impl Clock for DatabaseClock {
    fn now(&self) -> Timestamp {
        self.inner.now() + self.offset()
    }

    fn sleep_until(&self, at: Timestamp) -> Sleep {
        self.inner.sleep_until(at - self.offset())
    }

    fn busy(&self) -> Busy {
        self.inner.busy()
    }

    fn since_boot(&self) -> Duration {
        self.inner.since_boot()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::VirtualClock;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_node_that_is_slow_reads_the_databases_time() {
        let clock = DatabaseClock::new(Arc::new(VirtualClock::new(at(1_000))));
        clock.correct(at(1_000), at(1_002), at(1_011));
        assert_eq!(clock.now(), at(1_010), "half of the way there and back is counted");
        assert!(!clock.is_too_far());
    }

    #[test]
    fn more_than_thirty_seconds_apart_is_too_far_in_both_directions() {
        let clock = DatabaseClock::new(Arc::new(VirtualClock::new(at(1_000))));
        for (database, too_far) in [(1_030, false), (1_031, true), (970, false), (969, true)] {
            clock.correct(at(1_000), at(1_000), at(database));
            assert_eq!(clock.is_too_far(), too_far, "the database says {database}");
        }
    }
}
