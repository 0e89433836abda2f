//! The loops that act: they dial, hear, ask and sweep. What to do is decided in `carillon_domain`.
//!
//! Every loop has a `tick(now)` with all behavior in it and waits for the clock or a nudge. The engine talks to
//! the carrier through the `Carrier` trait alone and to people not at all. Start with [`dialer`] (who is called),
//! [`sender`] (the one request) and [`listener`] (what comes back); [`control`] is what people ask of campaigns.

pub mod backlog;
mod barrier;
mod bookkeeper;
mod breaker;
pub mod carriers;
pub mod control;
mod dialer;
mod expirer;
pub mod explain;
mod first;
mod health;
mod indexer;
pub mod listener;
mod machine;
mod pace;
pub mod readiness;
mod reconciler;
pub mod refreshing;
mod scheduler;
pub mod scheduling;
mod sender;
mod snapshot;
mod sweeper;
mod test_calls;
mod timekeeper;
mod volley;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize};

use jiff::SignedDuration;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::{Clock, Nudge};
use crate::database_clock::DatabaseClock;
use crate::store::Store;
use crate::store::ledger::Patience;
use crate::vitals::Vitals;
use carriers::Carriers;
use listener::Listener;

/// Bounds of the engine; tests shorten them.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How long after its slot an attempt may still be sent.
    pub send_deadline: SignedDuration,
    /// How long one request to the carrier may take; after it the call is uncertain.
    pub carrier_timeout: SignedDuration,
    /// When unfinished attempts are looked at.
    pub patience: Patience,
    /// While one node looks at an attempt the others leave it; without news it is looked at again after this.
    pub look_lease: SignedDuration,
    /// How often, and for how long at least, an uncertain call is searched for before it is unknown.
    pub searches_min: u32,
    pub search_for: SignedDuration,
    /// Requests to the carrier that one node may have under way.
    pub senders_max: u32,
    /// The longest a loop sleeps without a nudge: what other nodes changed is seen then at the latest.
    pub poll: SignedDuration,
    /// Several nodes share the database, so its time is everybody's.
    pub follows_database_clock: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            send_deadline: SignedDuration::from_secs(5),
            carrier_timeout: SignedDuration::from_secs(10),
            patience: Patience::default(),
            look_lease: SignedDuration::from_secs(60),
            searches_min: 3,
            search_for: SignedDuration::from_secs(120),
            senders_max: 50,
            poll: SignedDuration::from_secs(60),
            follows_database_clock: false,
        }
    }
}

/// A campaign's figures changed; live pages look again.
pub type Changed = Uuid;

/// What all loops share.
pub struct Engine {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    /// The same clock, where its offset to the database is kept: with PostgreSQL and real time.
    database_clock: Option<Arc<DatabaseClock>>,
    pub chance: Chance,
    pub bounds: Bounds,
    pub carriers: Carriers,
    /// What this node knows of its own health.
    pub vitals: Arc<Vitals>,
    /// This node, in this life of it: an attempt of an earlier life has no living owner.
    pub owner: String,
    pub(crate) listener: Listener,
    pub(crate) dial: Nudge,
    pub(crate) check: Nudge,
    pub(crate) sweep: Nudge,
    pub(crate) index: Nudge,
    pub(crate) schedule: Nudge,
    pub(crate) refresh: Nudge,
    pub(crate) expire: Nudge,
    /// Requests under way on this node.
    pub(crate) senders: AtomicUsize,
    breaker: breaker::Breaker,
    pace: pace::Pace,
    /// When the reconciler looks next, in microseconds.
    pub(crate) next_look: AtomicI64,
    /// Campaigns whose epoch went up: reservations that wait for their slot look again.
    pub(crate) recall: Notify,
    /// Some reservation was said to be sent or given up.
    pub(crate) resolved: Notify,
    pub(crate) changed: broadcast::Sender<Changed>,
}

/// Changes kept for a live page that is slow; it then reads everything again.
const CHANGES_KEPT: usize = 1_024;

impl Engine {
    /// An engine that does nothing yet; see [`Self::run`].
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, chance: Chance, bounds: Bounds, carriers: Carriers) -> Arc<Self> {
        let (listener, inbox) = Listener::new();
        let database_clock = bounds.follows_database_clock.then(|| Arc::new(DatabaseClock::new(Arc::clone(&clock))));
        let clock = database_clock.as_ref().map_or(clock, |kept| Arc::clone(kept) as Arc<dyn Clock>);
        let owner = chance.id(clock.now()).to_string();
        let nudge = || Nudge::new(Arc::clone(&clock));
        let (dial, check, sweep, index, schedule) = (nudge(), nudge(), nudge(), nudge(), nudge());
        let (refresh, expire) = (nudge(), nudge());
        let engine = Arc::new(Self {
            store,
            clock,
            database_clock,
            chance,
            bounds,
            carriers,
            vitals: Arc::default(),
            owner,
            listener,
            dial,
            check,
            sweep,
            index,
            schedule,
            refresh,
            expire,
            senders: AtomicUsize::new(0),
            breaker: breaker::Breaker::default(),
            pace: pace::Pace::default(),
            next_look: AtomicI64::new(i64::MAX),
            recall: Notify::new(),
            resolved: Notify::new(),
            changed: broadcast::channel(CHANGES_KEPT).0,
        });
        tokio::spawn(listener::run(Arc::downgrade(&engine), inbox));
        engine
    }

    /// Starts the loops. They end when the returned guard is dropped.
    #[must_use]
    pub fn run(self: &Arc<Self>) -> Running {
        let mut loops = vec![
            tokio::spawn(dialer::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(reconciler::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(sweeper::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(expirer::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(indexer::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(scheduler::run(Arc::clone(self), self.clock.busy())),
            tokio::spawn(bookkeeper::run(Arc::clone(self), self.clock.busy())),
        ];
        if let Some(clock) = &self.database_clock {
            loops.push(tokio::spawn(timekeeper::run(Arc::clone(self), Arc::clone(clock), self.clock.busy())));
        }
        Running { loops: loops.iter().map(tokio::task::JoinHandle::abort_handle).collect() }
    }

    /// Brings news of calls and waits until they are durable.
    ///
    /// # Errors
    /// When the database cannot keep them; the carrier is then told to come again.
    pub async fn hear(&self, news: Vec<crate::store::ledger::Heard>) -> Result<(), crate::store::StoreError> {
        self.listener.hear(news).await
    }

    /// Something that the planner reads has changed: look now.
    pub fn nudge(&self) {
        self.dial.nudge();
    }

    /// A schedule was edited: look now.
    pub fn look_at_schedules(&self) {
        self.schedule.nudge();
    }

    /// Work on the list of a run to come has moved: look whether there is more, and tell live pages.
    pub(crate) fn look_again_at(&self, campaign: Uuid) {
        self.refresh.nudge();
        self.tell(campaign);
    }

    /// This node's clock and the database's disagree too much to call anybody.
    pub(crate) fn clock_is_off(&self) -> bool {
        self.database_clock.as_ref().is_some_and(|clock| clock.is_too_far())
    }

    /// Tells live pages which campaigns changed.
    pub fn subscribe(&self) -> broadcast::Receiver<Changed> {
        self.changed.subscribe()
    }

    pub(crate) fn tell(&self, campaign: Uuid) {
        // Nobody watching is no error.
        let _ = self.changed.send(campaign);
    }
}

/// The loops of a running engine.
pub struct Running {
    loops: Vec<tokio::task::AbortHandle>,
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.loops {
            task.abort();
        }
    }
}
