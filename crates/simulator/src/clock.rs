//! Where the simulated carrier gets time from.
//!
//! The only file that reads the real clock. A test brings its own [`Clock`] that steps virtual time only when nobody is
//! busy, so that days of calls pass in milliseconds over real HTTP. For that every task of the simulator holds exactly
//! one [`Busy`] for its whole life and sleeps through its clock alone; what is handed to another task (a command, an
//! answer) carries a `Busy` of its own, so that time cannot step between the sending and the waking.

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

/// Time, and the count of those who have work in hand.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Timestamp;

    /// Resolves when `now() >= at`.
    ///
    /// Awaited only by a task that holds exactly one [`Busy`]. While it waits the clock counts that task as idle, and
    /// as busy again from the very moment it is woken, or the future is dropped before that.
    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()>;

    /// Counts one piece of work in hand until dropped.
    fn busy(&self) -> Busy;
}

/// One piece of work in hand; dropping it says that it is done.
#[must_use = "work counts as done as soon as this is dropped"]
pub struct Busy(Option<Box<dyn FnOnce() + Send>>);

impl Busy {
    /// Runs `when_done` on drop.
    pub fn new(when_done: impl FnOnce() + Send + 'static) -> Busy {
        Busy(Some(Box::new(when_done)))
    }

    /// For clocks that do not count.
    pub fn none() -> Busy {
        Busy(None)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(when_done) = self.0.take() {
            when_done();
        }
    }
}

impl std::fmt::Debug for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Busy")
    }
}

/// Real time. It counts nobody; how fast simulated calls run is [`Config::speed`](crate::Config::speed).
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        let left = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        Box::pin(tokio::time::sleep(left))
    }

    fn busy(&self) -> Busy {
        Busy::none()
    }
}
