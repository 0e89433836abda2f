//! Who may be called now, how many, and why not more.
//!
//! [`plan`] is pure: it reads one snapshot of an organization and answers with claims, the next moment worth
//! looking again, and the blockers that the explain panel shows. It is an intention: the claim checks every
//! limit again under its locks. Single recipients are not its business, only buckets of them.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::blockers::{Blocker, BlockerKind};
use crate::calling_hours::Opening;
use crate::limits::SlotRate;

/// Claims reach this far ahead, so that a stop has little to wait for.
pub const CLAIM_HORIZON: SignedDuration = SignedDuration::from_millis(100);
/// The most calls claimed at once.
pub const CLAIMS_PER_TICK_MAX: u32 = 200;

/// What the planner sees of one organization.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub carrier: CarrierView,
    /// Calls at once: the organization's limit and what is in use.
    pub lines_max: u32,
    pub lines_in_use: u32,
    /// Calls a second of the carrier account, and its next free slot.
    pub rate: SlotRate,
    pub next_slot: Timestamp,
    /// Requests that this node may have on the wire besides those it has.
    pub senders_free: u32,
    /// Active runs. Their order is the order of ties.
    pub runs: Vec<RunView>,
    /// Turns the round, so that no run is always first.
    pub turn: u64,
}

/// What the planner knows of the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrierView {
    Ready,
    Missing,
    /// It did not answer or asked for a pause.
    BackingOff {
        until: Timestamp,
    },
}

/// One active run.
#[derive(Debug, Clone)]
pub struct RunView {
    pub run: Uuid,
    pub department: Uuid,
    pub lines_max: Option<u32>,
    pub lines_in_use: u32,
    /// The campaign's own rate and its next free slot.
    pub rate: Option<(SlotRate, Timestamp)>,
    pub buckets: Vec<BucketView>,
}

/// The recipients of a run that share zones and hours.
#[derive(Debug, Clone)]
pub struct BucketView {
    pub bucket: i64,
    pub opening: Opening,
    /// Pending and retrying.
    pub waiting: i64,
    /// The earliest due time among them; `None` when nobody waits.
    pub earliest_due: Option<Timestamp>,
}

/// So many recipients of these buckets, oldest due first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub run: Uuid,
    pub buckets: Vec<i64>,
    pub count: u32,
}

/// What to do now, when to look again, and what holds each run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub claims: Vec<Claim>,
    /// `None`: only a nudge (a call that ended, an edit) can change anything.
    pub next_wake: Option<Timestamp>,
    pub blockers: Vec<(Uuid, Vec<Blocker>)>,
}

impl Plan {
    /// Calls that would start.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.claims.iter().map(|claim| claim.count).sum()
    }
}

/// A run that could use calls now, and how many at most.
struct Bidder<'a> {
    view: &'a RunView,
    buckets: Vec<i64>,
    most: u32,
    granted: u32,
}

/// Decides for one organization at one instant.
#[must_use]
pub fn plan(snapshot: &Snapshot, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let ceiling = ceiling(snapshot, now);
    let mut bidders: Vec<Bidder> = snapshot.runs.iter().filter_map(|run| bidder(run, now)).collect();
    grant(&mut bidders, ceiling, snapshot.turn);
    for run in &snapshot.runs {
        let granted = bidders.iter().find(|bidder| bidder.view.run == run.run).map_or(0, |bidder| bidder.granted);
        plan.blockers.push((run.run, blockers(snapshot, run, granted, now)));
    }
    for bidder in bidders.into_iter().filter(|bidder| bidder.granted > 0) {
        plan.claims.push(Claim { run: bidder.view.run, buckets: bidder.buckets, count: bidder.granted });
    }
    plan.next_wake = next_wake(snapshot, now);
    plan
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

/// What a run could use, by its own limits; `None` when nobody of it may be called now.
fn bidder(run: &RunView, now: Timestamp) -> Option<Bidder<'_>> {
    let buckets: Vec<i64> =
        run.buckets.iter().filter(|bucket| is_ready(bucket, now)).map(|bucket| bucket.bucket).collect();
    if buckets.is_empty() {
        return None;
    }
    let lines = run.lines_max.map_or(u32::MAX, |max| max.saturating_sub(run.lines_in_use));
    let slots = run.rate.map_or(u32::MAX, |(rate, next)| rate.available(next, now, now + CLAIM_HORIZON));
    let waiting: i64 = run.buckets.iter().filter(|bucket| is_ready(bucket, now)).map(|bucket| bucket.waiting).sum();
    let most = lines.min(slots).min(u32::try_from(waiting.max(0)).unwrap_or(u32::MAX));
    Some(Bidder { view: run, buckets, most, granted: 0 })
}

fn is_ready(bucket: &BucketView, now: Timestamp) -> bool {
    bucket.opening.is_open() && bucket.earliest_due.is_some_and(|due| due <= now)
}

/// Gives calls one by one: round the departments, and within each round its runs.
fn grant(bidders: &mut [Bidder], ceiling: u32, turn: u64) {
    let mut departments: Vec<Uuid> = Vec::new();
    for bidder in bidders.iter() {
        if !departments.contains(&bidder.view.department) {
            departments.push(bidder.view.department);
        }
    }
    if departments.is_empty() {
        return;
    }
    let start = usize::try_from(turn % departments.len() as u64).unwrap_or(0);
    departments.rotate_left(start);
    let mut left = ceiling;
    let mut granted = true;
    while left > 0 && granted {
        granted = false;
        for department in &departments {
            if left > 0 && grant_one(bidders, *department, turn) {
                left -= 1;
                granted = true;
            }
        }
    }
}

/// One call to the department's run that has got the fewest so far; ties go round by turn.
fn grant_one(bidders: &mut [Bidder], department: Uuid, turn: u64) -> bool {
    let count = bidders.len();
    let offset = usize::try_from(turn % count.max(1) as u64).unwrap_or(0);
    let next = (0..count)
        .map(|i| (i + offset) % count)
        .filter(|i| bidders[*i].view.department == department && bidders[*i].granted < bidders[*i].most)
        .min_by_key(|i| bidders[*i].granted);
    next.map(|i| bidders[i].granted += 1).is_some()
}

/// The next instant at which the answer may differ without anything being told to us.
fn next_wake(snapshot: &Snapshot, now: Timestamp) -> Option<Timestamp> {
    if let CarrierView::BackingOff { until } = snapshot.carrier {
        return Some(until);
    }
    if snapshot.carrier == CarrierView::Missing {
        return None;
    }
    snapshot.runs.iter().filter_map(|run| run_wake(snapshot, run, now)).min()
}

fn run_wake(snapshot: &Snapshot, run: &RunView, now: Timestamp) -> Option<Timestamp> {
    let ready = run.buckets.iter().any(|bucket| is_ready(bucket, now));
    // A full line is freed by a call's end, which nudges; only rates pass by themselves.
    let lines_free =
        snapshot.lines_in_use < snapshot.lines_max && run.lines_max.is_none_or(|max| run.lines_in_use < max);
    let slot = run.rate.map_or(snapshot.next_slot, |(_, next)| next.max(snapshot.next_slot));
    let by_rate = (ready && lines_free).then(|| slot.max(now + SignedDuration::from_millis(1)));
    let by_time = run.buckets.iter().filter_map(|bucket| bucket_wake(bucket, now)).min();
    by_rate.into_iter().chain(by_time).min()
}

fn bucket_wake(bucket: &BucketView, now: Timestamp) -> Option<Timestamp> {
    let due = bucket.earliest_due?;
    match bucket.opening {
        Opening::Closed { opens_at } => opens_at.map(|at| at.max(due)),
        Opening::Open { .. } => (due > now).then_some(due),
    }
}

/// What holds this run, the most important first.
fn blockers(snapshot: &Snapshot, run: &RunView, granted: u32, now: Timestamp) -> Vec<Blocker> {
    let mut found = Vec::new();
    let waiting: i64 = run.buckets.iter().map(|bucket| bucket.waiting).sum();
    match snapshot.carrier {
        CarrierView::Missing => found.push(Blocker::new(BlockerKind::CarrierMissing, waiting, None)),
        CarrierView::BackingOff { until } => {
            found.push(Blocker::new(BlockerKind::CarrierUnavailable, waiting, Some(until)));
        }
        CarrierView::Ready => {}
    }
    let ready: i64 = run.buckets.iter().filter(|bucket| is_ready(bucket, now)).map(|bucket| bucket.waiting).sum();
    if ready > i64::from(granted) && snapshot.carrier == CarrierView::Ready {
        found.extend(limit_blocker(snapshot, run, ready - i64::from(granted)));
    }
    found.extend(time_blockers(run, now));
    if waiting == 0 && run.lines_in_use > 0 {
        found.push(Blocker::new(BlockerKind::Finishing, 0, None));
    }
    found
}

/// Which limit holds recipients that could be called now.
fn limit_blocker(snapshot: &Snapshot, run: &RunView, recipients: i64) -> Option<Blocker> {
    let kind = if run.lines_max.is_some_and(|max| run.lines_in_use >= max) {
        BlockerKind::CampaignConcurrentCalls
    } else if snapshot.lines_in_use >= snapshot.lines_max {
        BlockerKind::ConcurrentCalls
    } else {
        let slot = run.rate.map_or(snapshot.next_slot, |(_, next)| next.max(snapshot.next_slot));
        return Some(Blocker::new(BlockerKind::CallsPerSecond, recipients, Some(slot)));
    };
    Some(Blocker::new(kind, recipients, None))
}

/// Closed hours, retry waits and places without an hour, each summed over its buckets.
fn time_blockers(run: &RunView, now: Timestamp) -> Vec<Blocker> {
    let mut sums: Vec<(BlockerKind, i64, Option<Timestamp>)> = Vec::new();
    for bucket in run.buckets.iter().filter(|bucket| bucket.waiting > 0) {
        let (kind, until) = match bucket.opening {
            Opening::Closed { opens_at: None } => (BlockerKind::LocationNeeded, None),
            Opening::Closed { opens_at } => (BlockerKind::RecipientHours, opens_at),
            Opening::Open { .. } if bucket.earliest_due.is_some_and(|due| due > now) => {
                (BlockerKind::RetryWait, bucket.earliest_due)
            }
            Opening::Open { .. } => continue,
        };
        match sums.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, recipients, earliest)) => {
                *recipients += bucket.waiting;
                *earliest = (*earliest).into_iter().chain(until).min();
            }
            None => sums.push((kind, bucket.waiting, until)),
        }
    }
    sums.into_iter().map(|(kind, recipients, until)| Blocker::new(kind, recipients, until)).collect()
}
