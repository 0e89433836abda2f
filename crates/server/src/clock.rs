//! The only place that reads the clock, and the nudges that wake sleeping loops.
//!
//! A [`VirtualClock`] runs days in milliseconds: it steps only when nobody is busy. To make that exact, every
//! task that acts holds one [`Busy`] for its whole life; waiting on the clock lends it back, and waking takes
//! it again before the step is over. On the [`SystemClock`] all of that costs nothing.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, oneshot};

/// A boxed wait.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where time comes from.
pub trait Clock: Send + Sync + 'static {
    /// The instant now, in UTC.
    fn now(&self) -> Timestamp;

    /// Resolves once it is `at`. Only for a task that holds exactly one [`Busy`]: it counts as idle meanwhile.
    fn sleep_until(&self, at: Timestamp) -> Sleep;

    /// Counts one piece of work in hand until dropped.
    fn busy(&self) -> Busy;

    /// Is this the time of the world outside, a database's included?
    fn is_real(&self) -> bool {
        false
    }

    /// Seconds since this machine started; does not jump when the wall clock is set.
    fn since_boot(&self) -> Duration;
}

/// One piece of work in hand.
pub struct Busy(Option<Arc<Virtual>>);

impl Drop for Busy {
    fn drop(&mut self) {
        if let Some(shared) = self.0.take() {
            shared.leave();
        }
    }
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn is_real(&self) -> bool {
        true
    }

    #[allow(clippy::disallowed_methods, reason = "the one reader of the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, at: Timestamp) -> Sleep {
        let left = at.as_microsecond().saturating_sub(self.now().as_microsecond());
        Box::pin(tokio::time::sleep(Duration::from_micros(left.max(0).unsigned_abs())))
    }

    fn busy(&self) -> Busy {
        Busy(None)
    }

    #[allow(clippy::disallowed_methods, reason = "the one reader of the clock")]
    fn since_boot(&self) -> Duration {
        use std::sync::OnceLock;
        use std::time::Instant;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}

/// A clock that stands still until it is stepped.
#[derive(Clone)]
pub struct VirtualClock {
    shared: Arc<Virtual>,
}

struct Virtual {
    state: Mutex<VirtualState>,
    idle: Notify,
}

struct VirtualState {
    now: Timestamp,
    start: Timestamp,
    busy: usize,
    sleepers: BTreeMap<(Timestamp, u64), oneshot::Sender<()>>,
    next_key: u64,
}

impl Virtual {
    fn state(&self) -> std::sync::MutexGuard<'_, VirtualState> {
        self.state.lock().expect("nobody panics with the clock in hand")
    }

    fn enter(&self) {
        self.state().busy += 1;
    }

    fn leave(&self) {
        let mut state = self.state();
        state.busy = state.busy.checked_sub(1).expect("every leave has its enter");
        if state.busy == 0 {
            self.idle.notify_waiters();
        }
    }
}

impl VirtualClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        let state = VirtualState { now, start: now, busy: 0, sleepers: BTreeMap::new(), next_key: 0 };
        Self { shared: Arc::new(Virtual { state: Mutex::new(state), idle: Notify::new() }) }
    }

    /// Waits until nobody is busy.
    pub async fn quiet(&self) {
        loop {
            let idle = self.shared.idle.notified();
            if self.shared.state().busy == 0 {
                return;
            }
            idle.await;
        }
    }

    /// Steps from one wake-up to the next until `duration` is over, each step when all is quiet.
    pub async fn run_for(&self, duration: jiff::SignedDuration) {
        let end = self.now() + duration;
        loop {
            self.quiet().await;
            if !self.step(end) {
                break;
            }
        }
        self.quiet().await;
    }

    /// Steps to the next wake-up that is not after `end`. False, with the clock at `end`, when there is none.
    pub fn step(&self, end: Timestamp) -> bool {
        let mut state = self.shared.state();
        let next = state.sleepers.first_key_value().map(|((at, _), _)| *at).filter(|at| *at <= end);
        let Some(at) = next else {
            state.now = state.now.max(end);
            return false;
        };
        state.now = state.now.max(at);
        let later = state.sleepers.split_off(&(at, u64::MAX));
        let woken = std::mem::replace(&mut state.sleepers, later);
        for sleeper in woken.into_values() {
            state.busy += 1;
            if sleeper.send(()).is_err() {
                state.busy -= 1;
            }
        }
        true
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.shared.state().now
    }

    fn sleep_until(&self, at: Timestamp) -> Sleep {
        let mut state = self.shared.state();
        if at <= state.now {
            return Box::pin(std::future::ready(()));
        }
        let (sender, woken) = oneshot::channel();
        let key = (at, state.next_key);
        state.next_key += 1;
        state.sleepers.insert(key, sender);
        drop(state);
        self.shared.leave();
        Box::pin(VirtualSleep { shared: Arc::clone(&self.shared), key, woken, taken: false })
    }

    fn busy(&self) -> Busy {
        self.shared.enter();
        Busy(Some(Arc::clone(&self.shared)))
    }

    fn since_boot(&self) -> Duration {
        let state = self.shared.state();
        Duration::from_micros((state.now.as_microsecond() - state.start.as_microsecond()).unsigned_abs())
    }
}

/// A wait on the virtual clock. Gives the lent [`Busy`] back when it wakes or is dropped.
struct VirtualSleep {
    shared: Arc<Virtual>,
    key: (Timestamp, u64),
    woken: oneshot::Receiver<()>,
    /// The step has taken the busy token on our behalf.
    taken: bool,
}

impl Future for VirtualSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let poll = Pin::new(&mut self.woken).poll(context).map(|_| ());
        if poll.is_ready() {
            self.taken = true;
        }
        poll
    }
}

impl Drop for VirtualSleep {
    fn drop(&mut self) {
        if self.taken {
            return;
        }
        let mut state = self.shared.state();
        // Still asleep: take the token back. Woken but never polled: the step has taken it already.
        if state.sleepers.remove(&self.key).is_some() {
            state.busy += 1;
        }
    }
}

/// Wakes a loop that waits. Any number of nudges before it looks count as one.
pub struct Nudge {
    clock: Arc<dyn Clock>,
    state: Mutex<NudgeState>,
    notify: Notify,
}

#[derive(Default)]
struct NudgeState {
    /// Held from the nudge until the loop is awake, so that time cannot step between the two.
    pending: Option<Busy>,
    /// The loop rests and wakes by the clock: a nudge is remembered and holds nobody up.
    is_resting: bool,
    came_while_resting: bool,
}

impl Nudge {
    /// A nudge on this clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Mutex::default(), notify: Notify::new() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, NudgeState> {
        self.state.lock().expect("nobody panics with a nudge in hand")
    }

    /// Wakes the loop, now or when it next waits.
    pub fn nudge(&self) {
        let mut state = self.state();
        if state.is_resting {
            state.came_while_resting = true;
        } else if state.pending.is_none() {
            state.pending = Some(self.clock.busy());
        }
        drop(state);
        self.notify.notify_one();
    }

    /// Sleeps until `until` whatever nudges come; they count when the loop next waits. Only for a task that holds
    /// exactly one [`Busy`].
    pub async fn rest_until(&self, until: Timestamp) {
        {
            let mut state = self.state();
            state.is_resting = true;
            state.came_while_resting = state.pending.take().is_some();
        }
        self.clock.sleep_until(until).await;
        let mut state = self.state();
        state.is_resting = false;
        if std::mem::take(&mut state.came_while_resting) {
            state.pending = Some(self.clock.busy());
        }
    }

    /// Waits for a nudge or for `wake`, whichever is first. Only for a task that holds exactly one [`Busy`].
    pub async fn wait_until(&self, wake: Timestamp) {
        let sleep = self.clock.sleep_until(wake);
        tokio::select! {
            () = sleep => {}
            () = self.notify.notified() => {}
        }
        // From here on our own token is back in hand; the nudge's may go.
        self.state().pending.take();
    }
}
