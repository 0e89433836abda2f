//! The reservations of one claim on their way to their slots.
//!
//! Shortly before its slot a reservation is looked at once more (deadline by two clocks, epoch, do-not-call list,
//! hours), with its neighbors in one read. Whoever misses the slot gets a new one, with all others that did, in one
//! write, so that calls never bunch. The one request itself is [`super::sender`]'s. A process that dies here leaves
//! reservations that the reconciler takes for uncertain.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use carillon_domain::limits::SLOT_LATENESS_MAX;
use jiff::{SignedDuration, Timestamp};

use super::Engine;
use super::sender::{self, Job};
use super::snapshot::opening_of;
use crate::clock::Busy;
use crate::store::attempts::SendCheck;
use crate::store::{Lane, StoreError, attempts, claims};

/// A look is this old at the most when its first call is sent.
const LOOK_AHEAD: SignedDuration = SignedDuration::from_millis(20);
/// Slots that one look is good for.
const LOOK_SPAN: SignedDuration = SignedDuration::from_millis(25);
/// New slots a reservation may take before it is given up.
const NEW_SLOTS_MAX: u32 = 20;

/// Sends the reservations of a claim, each at its slot.
pub(super) fn start(engine: &Arc<Engine>, jobs: Vec<Job>) {
    if jobs.is_empty() {
        return;
    }
    engine.senders.fetch_add(jobs.len(), Ordering::Relaxed);
    let claimed_at = (engine.clock.now(), engine.clock.since_boot());
    let mut waiting: VecDeque<Waiting> =
        jobs.into_iter().map(|job| Waiting { slot: job.reservation.send_at, new_slots: 0, job }).collect();
    waiting.make_contiguous().sort_by_key(|reservation| reservation.slot);
    let volley = Volley { engine: Arc::clone(engine), claimed_at, waiting };
    let busy = engine.clock.busy();
    tokio::spawn(async move { volley.run(busy).await });
}

/// A reservation that waits for its slot.
struct Waiting {
    slot: Timestamp,
    new_slots: u32,
    job: Job,
}

/// What is left of a claim, by slot.
struct Volley {
    engine: Arc<Engine>,
    claimed_at: (Timestamp, std::time::Duration),
    waiting: VecDeque<Waiting>,
}

impl Volley {
    async fn run(mut self, _busy: Busy) {
        while let Some(first) = self.waiting.front().map(|reservation| reservation.slot) {
            self.wait_until(first - LOOK_AHEAD).await;
            self.look().await;
            let until = first + LOOK_SPAN;
            let mut late = Vec::new();
            while let Some(slot) = self.waiting.front().map(|next| next.slot).filter(|slot| *slot <= until) {
                self.wait_until(slot).await;
                // A recall may have taken it.
                let Some(next) = self.waiting.pop_front_if(|next| next.slot == slot) else { continue };
                let lateness = self.now().duration_since(slot);
                if lateness <= SLOT_LATENESS_MAX { sender::start(&self.engine, next.job) } else { late.push(next) }
            }
            self.take_new_slots(late).await;
        }
    }

    /// Now, by the later of two clocks: a wall clock that was set back, or that stood still with the machine between the
    /// look and the slot, must not make an old reservation young.
    fn now(&self) -> Timestamp {
        let (at, boot) = self.claimed_at;
        let lived = self.engine.clock.since_boot().saturating_sub(boot);
        self.engine.clock.now().max(at + SignedDuration::try_from(lived).unwrap_or(SignedDuration::MAX))
    }

    /// Sleeps until then. When a campaign's epoch goes up meanwhile, all are looked at.
    async fn wait_until(&mut self, at: Timestamp) {
        let engine = Arc::clone(&self.engine);
        loop {
            let recalled = engine.recall.notified();
            if engine.clock.now() >= at {
                return;
            }
            tokio::select! {
                () = engine.clock.sleep_until(at) => return,
                () = recalled => self.look().await,
            }
        }
    }

    /// Gives up whom a look forbids to call.
    async fn look(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let asked =
            self.waiting.iter().map(|next| (next.job.reservation.attempt, next.job.reservation.epoch)).collect();
        let checks = self.checks(asked).await;
        let now = self.now();
        let mut given_up = Vec::new();
        for (next, check) in std::mem::take(&mut self.waiting).into_iter().zip(checks) {
            if may_be_sent(&next, check, now) {
                self.waiting.push_back(next);
            } else {
                given_up.push(next.job);
            }
        }
        sender::give_up(&self.engine, &given_up);
    }

    /// Without the database nothing is dialed.
    async fn checks(&self, asked: Vec<(uuid::Uuid, i64)>) -> Vec<SendCheck> {
        let count = asked.len();
        let read = self.engine.store.read(move |tx| attempts::send_checks(tx, &asked)).await;
        read.unwrap_or_else(|error: StoreError| {
            tracing::warn!(%error, "reservations could not be looked at once more; they are given up");
            vec![SendCheck::FORBIDDEN; count]
        })
    }

    /// New slots for those that missed theirs, as far ahead as they can be met.
    async fn take_new_slots(&mut self, late: Vec<Waiting>) {
        let (late, worn_out): (Vec<_>, Vec<_>) = late.into_iter().partition(|next| next.new_slots < NEW_SLOTS_MAX);
        sender::give_up(&self.engine, &worn_out.into_iter().map(|next| next.job).collect::<Vec<_>>());
        let Some(first) = late.first() else { return };
        metrics::counter!("carillon_slots_missed_total").increment(late.len() as u64);
        let (account, rate, count) = (first.job.account_sid.clone(), first.job.rate, late.len());
        let asked_at = self.engine.clock.since_boot();
        let from = self.now() + self.engine.pace.lead() + LOOK_AHEAD;
        let work = move |tx: &mut crate::store::Tx<'_>| claims::take_new_slots(tx, &account, rate, from, count);
        let taken = self.engine.store.write(Lane::Dialing, work).await;
        self.engine.pace.note(self.engine.clock.since_boot().saturating_sub(asked_at));
        let slots = match taken {
            Ok(slots) => slots,
            Err::<_, StoreError>(error) => {
                tracing::warn!(%error, "no new slots were given; the reservations are given up");
                return sender::give_up(&self.engine, &late.into_iter().map(|next| next.job).collect::<Vec<_>>());
            }
        };
        let moved =
            late.into_iter().zip(slots).map(|(next, slot)| Waiting { slot, new_slots: next.new_slots + 1, ..next });
        self.waiting.extend(moved);
        self.waiting.make_contiguous().sort_by_key(|next| next.slot);
    }
}

fn may_be_sent(next: &Waiting, check: SendCheck, now: Timestamp) -> bool {
    let reservation = &next.job.reservation;
    let is_open = opening_of(&next.job.settings, &reservation.zones, now.max(next.slot)).is_open();
    let is_useful = !next.job.settings.is_useless_at(now.max(next.slot));
    check.is_current && !check.do_not_call && now <= reservation.deadline_at && is_open && is_useful
}
