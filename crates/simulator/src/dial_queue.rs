//! The calls-a-second queue: first in, first out, so many calls a second.
//!
//! Accepted calls wait here without a task of their own; one dispatcher runs while somebody waits. Real time, whatever
//! the speed. A call canceled while it waits is skipped and leaves no hole.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use crate::{call::Call, carrier::Carrier, life, status::CallStatus};

/// The longest queue, in seconds of dialing: more is refused with 22005.
const QUEUE_S_MAX: f64 = 86_400.0;

/// The queue.
pub(crate) struct DialQueue {
    /// None is without limit.
    interval: Option<Duration>,
    state: Mutex<State>,
}

struct State {
    /// The earliest instant for the next start.
    next_at: Timestamp,
    waiting: VecDeque<Arc<Call>>,
    dispatching: bool,
}

impl DialQueue {
    pub(crate) fn new(cps: f64, now: Timestamp) -> DialQueue {
        let interval = (cps > 0.0 && cps.is_finite()).then(|| Duration::from_secs_f64(1.0 / cps.max(1e-4)));
        DialQueue { interval, state: Mutex::new(State { next_at: now, waiting: VecDeque::new(), dispatching: false }) }
    }

    /// How long a call accepted now would wait; none when the queue is full.
    pub(crate) fn wait_for_next(&self, now: Timestamp) -> Option<Duration> {
        let Some(interval) = self.interval else { return Some(Duration::ZERO) };
        let state = self.lock();
        let ahead = u32::try_from(state.waiting.len()).unwrap_or(u32::MAX);
        if interval.as_secs_f64() * f64::from(ahead) >= QUEUE_S_MAX {
            return None;
        }
        let until_next = Duration::try_from(state.next_at.duration_since(now)).unwrap_or_default();
        Some(until_next + interval * ahead)
    }

    /// Gives a call its turn: now, or when those before it have started.
    pub(crate) fn join(&self, carrier: &Arc<Carrier>, call: &Arc<Call>) {
        let now = carrier.now();
        let Some(interval) = self.interval else { return start(carrier, call) };
        let mut state = self.lock();
        if state.waiting.is_empty() && state.next_at <= now {
            state.next_at = now.saturating_after(interval);
            drop(state);
            return start(carrier, call);
        }
        state.waiting.push_back(Arc::clone(call));
        if !state.dispatching {
            state.dispatching = true;
            drop(state);
            let served = Arc::clone(carrier);
            carrier.spawn(carrier.clock.busy(), async move { dispatch(&served, interval).await });
        }
    }

    /// The next start due by `now`, or when to look again; nothing when nobody waits.
    fn next(&self, now: Timestamp, interval: Duration) -> Turn {
        let mut state = self.lock();
        while state.waiting.front().is_some_and(|call| call.status() != CallStatus::Queued) {
            state.waiting.pop_front();
        }
        if state.waiting.is_empty() {
            state.dispatching = false;
            return Turn::Nobody;
        }
        if state.next_at > now {
            return Turn::At(state.next_at);
        }
        // A dispatcher that woke late keeps the average; one that was idle does not catch up.
        state.next_at = state.next_at.saturating_after(interval);
        state.waiting.pop_front().map_or(Turn::Nobody, Turn::Now)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Turn {
    Now(Arc<Call>),
    At(Timestamp),
    Nobody,
}

async fn dispatch(carrier: &Arc<Carrier>, interval: Duration) {
    loop {
        match carrier.dial_queue.next(carrier.now(), interval) {
            Turn::Now(call) => start(carrier, &call),
            Turn::At(at) => carrier.clock.sleep_until(at).await,
            Turn::Nobody => return,
        }
    }
}

fn start(carrier: &Arc<Carrier>, call: &Arc<Call>) {
    carrier.spawn(carrier.clock.busy(), life::live(Arc::clone(carrier), Arc::clone(call)));
}

trait SaturatingAfter {
    fn saturating_after(self, duration: Duration) -> Self;
}

impl SaturatingAfter for Timestamp {
    fn saturating_after(self, duration: Duration) -> Timestamp {
        self.checked_add(duration).unwrap_or(Timestamp::MAX)
    }
}
