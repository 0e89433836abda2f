//! Who may be called now, how many, and why not more.
//!
//! [`plan`] is pure: it reads one snapshot of an organization and answers with claims, the next moment worth
//! looking again, and the blockers that the explain panel shows. It is an intention: the claim checks every
//! limit again under its locks. Single recipients are not its business, only buckets of them. Whose turn it is
//! is in `turns`, what holds a run back in `holding`.

mod holding;
mod turns;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::blockers::{Blocker, BlockerKind};
use crate::calling_hours::Opening;
use crate::limits::SlotRate;

pub use turns::Turns;

/// Claims reach this far ahead, so that a stop has little to wait for.
pub const CLAIM_HORIZON: SignedDuration = SignedDuration::from_millis(100);
/// A slot is claimed this long before it comes, so that it is met although looking, planning and committing take
/// their time; only half the horizon, so that claims still come in batches.
const SLOT_LEAD: SignedDuration = SignedDuration::from_millis(50);
/// The most calls claimed at once.
pub const CLAIMS_PER_TICK_MAX: u32 = 200;
/// The planner never asks to be woken sooner than this.
const WAKE_AFTER_MIN: SignedDuration = SignedDuration::from_millis(1);

/// What the planner sees of one organization.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Whether calls can be asked for at all.
    pub carrier: CarrierView,
    /// The organization's limit of calls at once.
    pub lines_max: u32,
    /// Its calls under way, reserved ones too.
    pub lines_in_use: u32,
    /// Calls a second of the carrier account.
    pub rate: SlotRate,
    /// The account's next free slot.
    pub next_slot: Timestamp,
    /// Requests that this node may have on the wire besides those it has.
    pub senders_free: u32,
    /// Active runs. Their order is the order of ties.
    pub runs: Vec<RunView>,
    /// Who got calls last, as the last plan left it.
    pub turns: Turns,
}

/// What the planner knows of the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrierView {
    /// Calls can be asked for.
    Ready,
    /// None is set up.
    Missing,
    /// It did not answer or asked for a pause.
    BackingOff {
        /// When it is asked again.
        until: Timestamp,
    },
}

/// One active run.
#[derive(Debug, Clone)]
pub struct RunView {
    /// Which run it is.
    pub run: Uuid,
    /// Whose it is; departments take turns.
    pub department: Uuid,
    /// The campaign's own limit of calls at once.
    pub lines_max: Option<u32>,
    /// Its calls under way, reserved ones too.
    pub lines_in_use: u32,
    /// The campaign's own rate and its next free slot.
    pub rate: Option<(SlotRate, Timestamp)>,
    /// The campaign's own hours, its recipients aside; open without end when it has none.
    pub own_hours: Opening,
    /// Its recipients, by zones and hours.
    pub buckets: Vec<BucketView>,
}

/// The recipients of a run that share zones and hours.
#[derive(Debug, Clone)]
pub struct BucketView {
    /// Which bucket of its run it is.
    pub bucket: i64,
    /// Whether its people may be called now, by all hours together.
    pub opening: Opening,
    /// Pending and retrying.
    pub waiting: i64,
    /// The earliest due time among them; `None` when nobody waits.
    pub earliest_due: Option<Timestamp>,
    /// What those wait for who are not due yet. Only words for the blockers: who is called does not depend on it.
    pub waits_for: BlockerKind,
}

/// So many recipients of these buckets, oldest due first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whose recipients.
    pub run: Uuid,
    /// The buckets that are open and have somebody due.
    pub buckets: Vec<i64>,
    /// How many calls at most.
    pub count: u32,
}

/// What to do now, when to look again, and what holds each run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What to claim now.
    pub claims: Vec<Claim>,
    /// Always later than now. `None`: only a nudge (a call or a request that ended, an edit) can change anything.
    pub next_wake: Option<Timestamp>,
    /// What holds each run, the most important first.
    pub blockers: Vec<(Uuid, Vec<Blocker>)>,
    /// For the next snapshot: who got calls last, these claims included.
    pub turns: Turns,
}

impl Plan {
    /// Calls that would start.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.claims.iter().map(|claim| claim.count).sum()
    }
}

/// A run with what it could use and what it gets.
struct Bidder<'a> {
    view: &'a RunView,
    /// Open buckets in which somebody is due, and how many wait in them.
    buckets: Vec<i64>,
    ready: i64,
    most: u32,
    granted: u32,
}

/// Decides for one organization at one instant.
#[must_use]
pub fn plan(snapshot: &Snapshot, now: Timestamp) -> Plan {
    let mut bidders: Vec<Bidder> = snapshot.runs.iter().map(|run| bidder(run, now)).collect();
    let mut turns = snapshot.turns.clone();
    turns.grant(&mut bidders, ceiling(snapshot, now));
    let round = Round::after(snapshot, &bidders, now);
    let next_wake = next_wake(&round, &bidders).map(|wake| wake.max(now + WAKE_AFTER_MIN));
    let blockers = bidders.iter().map(|bidder| (bidder.view.run, holding::blockers(&round, bidder))).collect();
    let claims = bidders.into_iter().filter(|bidder| bidder.granted > 0);
    let claims =
        claims.map(|bidder| Claim { run: bidder.view.run, buckets: bidder.buckets, count: bidder.granted }).collect();
    Plan { claims, next_wake, blockers, turns }
}

/// How many calls may start within the horizon, by the limits that all runs share.
fn ceiling(snapshot: &Snapshot, now: Timestamp) -> u32 {
    if snapshot.carrier != CarrierView::Ready {
        return 0;
    }
    let slots = snapshot.rate.available(snapshot.next_slot, now, now + CLAIM_HORIZON);
    let lines = snapshot.lines_max.saturating_sub(snapshot.lines_in_use);
    slots.min(lines).min(snapshot.senders_free).min(CLAIMS_PER_TICK_MAX)
}

/// What a run could use, by its own limits; nothing when nobody of it may be called now.
fn bidder(run: &RunView, now: Timestamp) -> Bidder<'_> {
    let ready = || run.buckets.iter().filter(|bucket| is_ready(bucket, now));
    let waiting: i64 = ready().map(|bucket| bucket.waiting).sum();
    let lines = run.lines_max.map_or(u32::MAX, |max| max.saturating_sub(run.lines_in_use));
    let slots = run.rate.map_or(u32::MAX, |(rate, next)| rate.available(next, now, now + CLAIM_HORIZON));
    let people = u32::try_from(waiting).unwrap_or(u32::MAX);
    Bidder {
        view: run,
        buckets: ready().map(|bucket| bucket.bucket).collect(),
        ready: waiting,
        most: lines.min(slots).min(people),
        granted: 0,
    }
}

fn is_ready(bucket: &BucketView, now: Timestamp) -> bool {
    bucket.waiting > 0 && bucket.opening.is_open() && bucket.earliest_due.is_some_and(|due| due <= now)
}

/// How things stand once a round of grants is claimed.
struct Round<'a> {
    snapshot: &'a Snapshot,
    now: Timestamp,
    granted: u32,
    /// The account's next free slot.
    next_slot: Timestamp,
}

impl<'a> Round<'a> {
    fn after(snapshot: &'a Snapshot, bidders: &[Bidder<'_>], now: Timestamp) -> Self {
        let granted = bidders.iter().map(|bidder| bidder.granted).sum();
        let next_slot = slot_after(snapshot.rate, snapshot.next_slot, granted, now);
        Self { snapshot, now, granted, next_slot }
    }

    /// A line, and a sender for it. Both come free by an event, which nudges.
    fn has_line(&self, bidder: &Bidder<'_>) -> bool {
        self.has_own_line(bidder) && self.snapshot.lines_in_use.saturating_add(self.granted) < self.snapshot.lines_max
    }

    fn has_own_line(&self, bidder: &Bidder<'_>) -> bool {
        let in_use = bidder.view.lines_in_use.saturating_add(bidder.granted);
        bidder.view.lines_max.is_none_or(|max| in_use < max)
    }

    fn has_sender(&self) -> bool {
        self.snapshot.senders_free > self.granted
    }

    /// The next slot that a run can use, by the account's rate and its own.
    fn slot_for(&self, bidder: &Bidder<'_>) -> Timestamp {
        let own = bidder.view.rate.map(|(rate, next)| slot_after(rate, next, bidder.granted, self.now));
        own.map_or(self.next_slot, |own| own.max(self.next_slot))
    }
}

/// The slot that is next once `count` more are taken.
fn slot_after(rate: SlotRate, next_free: Timestamp, count: u32, now: Timestamp) -> Timestamp {
    if count == 0 {
        return next_free;
    }
    next_free.max(now) + rate.interval() * i32::try_from(count).unwrap_or(i32::MAX)
}

/// The next instant at which the answer may differ without anything being told to us.
fn next_wake(round: &Round<'_>, bidders: &[Bidder<'_>]) -> Option<Timestamp> {
    match round.snapshot.carrier {
        CarrierView::Missing => None,
        CarrierView::BackingOff { until } => bidders.iter().any(|bidder| waiting(bidder.view) > 0).then_some(until),
        CarrierView::Ready => bidders.iter().filter_map(|bidder| run_wake(round, bidder)).min(),
    }
}

fn run_wake(round: &Round<'_>, bidder: &Bidder<'_>) -> Option<Timestamp> {
    let wants_more = bidder.ready > i64::from(bidder.granted);
    let by_rate =
        (wants_more && round.has_line(bidder) && round.has_sender()).then(|| round.slot_for(bidder) - SLOT_LEAD);
    let by_time = bidder.view.buckets.iter().filter_map(|bucket| bucket_wake(bucket, round.now)).min();
    by_rate.into_iter().chain(by_time).min()
}

fn bucket_wake(bucket: &BucketView, now: Timestamp) -> Option<Timestamp> {
    let due = bucket.earliest_due.filter(|_| bucket.waiting > 0)?;
    match bucket.opening {
        Opening::Closed { opens_at } => opens_at.map(|at| at.max(due)),
        Opening::Open { .. } => (due > now).then_some(due),
    }
}

/// Pending and retrying recipients of a run.
fn waiting(run: &RunView) -> i64 {
    run.buckets.iter().map(|bucket| bucket.waiting).sum()
}

#[cfg(test)]
mod tests;
