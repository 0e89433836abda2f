//! What holds a run back once the grants are made, and until when.
//!
//! A recipient who could be called now is held by the carrier or a limit, everybody else by the time; nobody is
//! counted for two of these. The sentences are in [`crate::blockers`].

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Bidder, BucketView, CarrierView, Round, RunView, waiting};
use crate::blockers::{Awaited, Blocker, BlockerKind};
use crate::calling_hours::Opening;

/// What holds this run, the most important first.
pub(super) fn blockers(round: &Round<'_>, bidder: &Bidder<'_>) -> Vec<Blocker> {
    let waiting = waiting(bidder.view);
    if waiting == 0 {
        let finishing = (bidder.view.lines_in_use > 0).then(|| Blocker::new(BlockerKind::Finishing, 0, None));
        return finishing.into_iter().collect();
    }
    let held = bidder.ready - i64::from(bidder.granted);
    let first = match round.snapshot.carrier {
        // Everybody waits for it, whatever else holds them.
        CarrierView::Missing => Some(Blocker::new(BlockerKind::CarrierMissing, waiting, None)),
        CarrierView::BackingOff { until } => Some(Blocker::new(BlockerKind::CarrierUnavailable, waiting, Some(until))),
        CarrierView::Ready if held > 0 => Some(limit(round, bidder, held)),
        CarrierView::Ready => None,
    };
    first.into_iter().chain(by_time(bidder.view, round.now)).collect()
}

/// Which limit holds recipients that could be called now.
fn limit(round: &Round<'_>, bidder: &Bidder<'_>, held: i64) -> Blocker {
    if !round.has_own_line(bidder) {
        return Blocker::new(BlockerKind::CampaignConcurrentCalls, held, None);
    }
    if !round.has_line(bidder) {
        return Blocker::new(BlockerKind::ConcurrentCalls, held, None);
    }
    if !round.has_sender() {
        return Blocker::new(BlockerKind::CarrierSlow, held, None);
    }
    let slot = round.slot_for(bidder);
    Blocker::new(BlockerKind::CallsPerSecond, held, Some(slot).filter(|slot| *slot > round.now))
}

/// Recipients by the time for which they wait; those of no known time apart from the rest.
type Waits = BTreeMap<Option<Timestamp>, i64>;

/// Closed hours, retry waits and places without an hour, each summed over its buckets.
fn by_time(run: &RunView, now: Timestamp) -> Vec<Blocker> {
    let mut sums: Vec<(BlockerKind, Waits)> = Vec::new();
    for bucket in run.buckets.iter().filter(|bucket| bucket.waiting > 0) {
        let Some((kind, until)) = wait(run, bucket, now) else { continue };
        match sums.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, waits)) => *waits.entry(until).or_default() += bucket.waiting,
            None => sums.push((kind, Waits::from([(until, bucket.waiting)]))),
        }
    }
    sums.into_iter().map(|(kind, waits)| summed(kind, &waits)).collect()
}

fn summed(kind: BlockerKind, waits: &Waits) -> Blocker {
    let known =
        || waits.iter().filter_map(|(until, recipients)| until.map(|at| Awaited { at, recipients: *recipients }));
    let blocker = Blocker::new(kind, waits.values().sum(), known().map(|awaited| awaited.at).next());
    match kind {
        BlockerKind::RecipientHours | BlockerKind::CallingHours => blocker.with_openings(known()),
        _ => blocker,
    }
}

/// What of the time a bucket waits for, and until when.
fn wait(run: &RunView, bucket: &BucketView, now: Timestamp) -> Option<(BlockerKind, Option<Timestamp>)> {
    match bucket.opening {
        Opening::Closed { opens_at: None } => Some((BlockerKind::LocationNeeded, None)),
        Opening::Closed { opens_at } => {
            let kind = if run.own_hours.is_open() { BlockerKind::RecipientHours } else { BlockerKind::CallingHours };
            Some((kind, opens_at.max(bucket.earliest_due)))
        }
        Opening::Open { .. } => bucket.earliest_due.filter(|due| *due > now).map(|due| (bucket.waits_for, Some(due))),
    }
}
