//! The only file of the benchmarks that reads the clock.
//!
//! Stopwatches run on the monotonic clock; rows carry wall-clock microseconds. Benchmarks measure real time, so
//! there is no virtual clock here.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// Microseconds since 1970, as the rows have it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn wall_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
