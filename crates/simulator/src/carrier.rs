//! The simulated carrier itself: what API, calls and callbacks share.
//!
//! Holds no rules of its own. Calls are run by [`life`](crate::life), requests answered by [`api`](crate::api).

use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    api::Credentials,
    behaviors::Behaviors,
    call::{Call, Notification},
    calls::Calls,
    clock::{Busy, Clock},
    config::Config,
    contract::Contract,
    courier::Courier,
    dial_queue::DialQueue,
    fault::{Down, FaultPlan, Faults},
    ledger::Ledger,
    mailbox::{Command, Letter},
    queues::Queues,
    recordings::Recordings,
    server::Door,
    sid::Sids,
};

/// Everything there is of the carrier.
pub(crate) struct Carrier {
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) started_at: Timestamp,
    pub(crate) sids: Sids,
    pub(crate) behaviors: Behaviors,
    pub(crate) faults: Faults,
    pub(crate) ledger: Ledger,
    pub(crate) calls: Calls,
    pub(crate) dial_queue: DialQueue,
    pub(crate) courier: Courier,
    pub(crate) queues: Queues,
    pub(crate) recordings: Recordings,
    pub(crate) contract: &'static Contract,
    pub(crate) credentials: Credentials,
    pub(crate) requests: Counter,
    pub(crate) door: Door,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
}

impl Carrier {
    pub(crate) fn new(config: Config, clock: Arc<dyn Clock>, door: Door) -> Carrier {
        let now = clock.now();
        let behaviors = Behaviors::new(config.seed, config.mix.clone(), config.magic_numbers);
        for rule in &config.behaviors {
            behaviors.set(&rule.number, rule.behaviors.clone());
        }
        Carrier {
            started_at: now,
            sids: Sids::new(config.seed, now),
            behaviors,
            faults: Faults::default(),
            ledger: Ledger::new(config.ledger_max),
            calls: Calls::new(config.ledger_max),
            dial_queue: DialQueue::new(config.cps, now),
            courier: Courier::new(config.auth_token.clone(), config.connect_timeout_ms, config.webhook_timeout_ms),
            queues: Queues::new(config.speed),
            recordings: Recordings::new(config.ledger_max),
            contract: Contract::published(),
            credentials: Credentials::of(&config),
            requests: Counter::default(),
            door,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            config,
            clock,
        }
    }

    /// Puts a fault plan in force and opens or shuts the door as it says.
    pub(crate) fn set_faults(&self, plan: FaultPlan) {
        let down = plan.down;
        self.faults.set(plan);
        match down {
            Down::Refused => self.door.shut(),
            Down::No | Down::Unavailable => self.door.reopen(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The instant at which so much simulated time has passed since `from`.
    pub(crate) fn later(&self, from: Timestamp, simulated: Duration) -> Timestamp {
        let real = if self.config.speed > 0.0 { simulated.div_f64(self.config.speed) } else { simulated };
        from.checked_add(real).unwrap_or(Timestamp::MAX)
    }

    /// Runs a task that holds one [`Busy`] for its whole life, until it ends or the simulator stops.
    pub(crate) fn spawn(&self, busy: Busy, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = work => {}
            }
            drop(busy);
        });
    }

    /// Tells a call's task something; false if the call has ended.
    pub(crate) fn post(&self, call: &Call, command: Command) -> bool {
        call.mailbox.post(Letter { command, busy: self.clock.busy() })
    }

    /// Notes something about a call, as the carrier's console would show it.
    pub(crate) fn notify(&self, call: &Call, code: u32, url: &str, message: impl Into<Cow<'static, str>>) {
        call.remember_notification(Notification {
            sid: self.sids.new_sid("NO"),
            code,
            warning: is_warning(code),
            message: message.into().into_owned(),
            url: url.to_owned(),
            at: self.now(),
        });
    }
}

/// Counts what has no name of its own.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// Codes after which the call goes on.
fn is_warning(code: u32) -> bool {
    matches!(code, 12200 | 13410..=13430 | 13510..=13521 | 15002 | 15003 | 20001 | 21262 | 21263 | 32019)
}
