//! One organization at one moment: what is planned, what holds the rest, when to look again.
//!
//! Each test changes a snapshot in which everything is allowed. What holds for every snapshot is in `tests/laws`.

use super::*;
use crate::blockers::{Awaited, BlockerKind, OPENINGS_NAMED_MAX};

const OPEN: Opening = Opening::Open { until: None };

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant")
}

fn in_ms(ms: i64) -> Timestamp {
    now() + SignedDuration::from_millis(ms)
}

fn in_hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// People who are due and may be called.
fn due(waiting: i64) -> BucketView {
    BucketView { bucket: 1, opening: OPEN, waiting, earliest_due: Some(now()), waits_for: BlockerKind::RetryWait }
}

fn closed(bucket: i64, waiting: i64, opens_at: Option<Timestamp>) -> BucketView {
    BucketView { bucket, opening: Opening::Closed { opens_at }, ..due(waiting) }
}

/// A run of a department of its own, with people who are due.
fn run(n: u128, waiting: i64) -> RunView {
    RunView {
        run: id(n),
        department: id(100 + n),
        lines_max: None,
        lines_in_use: 0,
        rate: None,
        own_hours: OPEN,
        buckets: vec![due(waiting)],
    }
}

/// Ten lines and plenty of slots and senders.
fn snapshot(runs: Vec<RunView>) -> Snapshot {
    Snapshot {
        carrier: CarrierView::Ready,
        lines_max: 10,
        lines_in_use: 0,
        rate: SlotRate::per_second(1_000.0),
        next_slot: now(),
        senders_free: 50,
        runs,
        turns: Turns::default(),
    }
}

/// The calls of each run, in the order of the snapshot.
fn calls(snapshot: &Snapshot) -> Vec<u32> {
    let plan = plan(snapshot, now());
    let of = |run: &RunView| plan.claims.iter().filter(|claim| claim.run == run.run).map(|claim| claim.count).sum();
    snapshot.runs.iter().map(of).collect()
}

/// What holds the only run: kind, recipients, until.
fn held(snapshot: &Snapshot) -> Vec<(BlockerKind, i64, Option<Timestamp>)> {
    let plan = plan(snapshot, now());
    assert_eq!(plan.blockers.len(), 1);
    plan.blockers[0].1.iter().map(|blocker| (blocker.kind, blocker.recipients, blocker.until)).collect()
}

#[test]
fn with_room_for_all_everybody_due_is_called_and_nothing_holds() {
    let snapshot = snapshot(vec![run(1, 3)]);
    let plan = plan(&snapshot, now());
    assert_eq!(plan.claims, [Claim { run: id(1), buckets: vec![1], count: 3 }]);
    assert_eq!((plan.calls(), plan.next_wake), (3, None));
    assert_eq!(plan.blockers, [(id(1), vec![])]);
}

#[test]
fn the_smallest_limit_counts() {
    let full = || snapshot(vec![run(1, 500)]);
    assert_eq!(calls(&full()), [10]);
    assert_eq!(calls(&Snapshot { lines_in_use: 7, ..full() }), [3]);
    assert_eq!(calls(&Snapshot { lines_in_use: 12, ..full() }), [0], "a limit that was lowered");
    assert_eq!(calls(&Snapshot { lines_max: 1_000, ..full() }), [50], "senders");
    assert_eq!(calls(&Snapshot { lines_max: 1_000, senders_free: 900, ..full() }), [99], "slots of 100 ms");
    let fast = Snapshot { lines_max: 1_000, senders_free: 900, rate: SlotRate::per_second(9_000.0), ..full() };
    assert_eq!(calls(&fast), [CLAIMS_PER_TICK_MAX]);
    let own_lines = RunView { lines_max: Some(4), lines_in_use: 2, ..run(1, 500) };
    assert_eq!(calls(&snapshot(vec![own_lines])), [2]);
    let own_rate = RunView { rate: Some((SlotRate::per_second(20.0), now())), ..run(1, 500) };
    assert_eq!(calls(&snapshot(vec![own_rate])), [2]);
}

#[test]
fn calls_are_shared_between_departments_and_then_between_their_runs() {
    let of = |n, department| RunView { department: id(department), ..run(n, 500) };
    assert_eq!(calls(&snapshot(vec![of(1, 1), of(2, 1), of(3, 1), of(4, 2)])), [2, 2, 1, 5]);
    let few = RunView { buckets: vec![due(1)], ..of(4, 2) };
    assert_eq!(calls(&snapshot(vec![of(1, 1), of(2, 1), of(3, 1), few])), [3, 3, 3, 1], "what one leaves others use");
}

#[test]
fn one_line_goes_round_in_turn() {
    let of = |n, department| RunView { department: id(department), ..run(n, 500) };
    let mut snapshot = Snapshot { lines_max: 1, ..snapshot(vec![of(1, 1), of(2, 1), of(3, 2), of(4, 2)]) };
    let mut order = Vec::new();
    for _ in 0..8 {
        let plan = plan(&snapshot, now());
        order.push(plan.claims[0].run);
        snapshot.turns = plan.turns;
    }
    assert_eq!(order, [1, 3, 2, 4, 1, 3, 2, 4].map(id));
}

#[test]
fn who_comes_new_has_the_turn_and_who_comes_back_does_not() {
    let mut snapshot = Snapshot { lines_max: 1, ..snapshot(vec![run(1, 500), run(2, 500)]) };
    let mut next = |runs: &[u128]| {
        snapshot.runs = runs.iter().map(|n| run(*n, 500)).collect();
        let plan = plan(&snapshot, now());
        snapshot.turns = plan.turns;
        plan.claims[0].run
    };
    assert_eq!([next(&[1, 2]), next(&[1, 2]), next(&[1, 2])], [1, 2, 1].map(id));
    assert_eq!([next(&[1, 2, 3]), next(&[1, 2, 3]), next(&[1, 2, 3])], [3, 2, 1].map(id), "three is new");
    assert_eq!([next(&[1, 2]), next(&[1, 2, 3]), next(&[1, 2, 3])], [2, 3, 1].map(id), "three was away");
}

#[test]
fn a_slot_is_claimed_before_it_comes() {
    let slow =
        |next_ms| Snapshot { rate: SlotRate::per_second(1.0), next_slot: in_ms(next_ms), ..snapshot(vec![run(1, 9)]) };
    assert_eq!(calls(&slow(101)), [0]);
    assert_eq!(plan(&slow(101), now()).next_wake, Some(in_ms(51)));
    assert_eq!(calls(&slow(100)), [1]);
    let interval = SlotRate::per_second(1.0).interval();
    assert_eq!(plan(&slow(100), now()).next_wake, Some(in_ms(50) + interval), "the one after this");
    assert_eq!(plan(&slow(-4_000), now()).next_wake, Some(in_ms(-50) + interval), "missed slots are not made up for");
}

#[test]
fn a_limit_that_only_an_event_frees_wakes_nobody() {
    let run = || run(1, 500);
    let full = |run: RunView| Snapshot { lines_max: 5, ..snapshot(vec![run]) };
    assert_eq!(plan(&full(run()), now()).next_wake, None, "the lines are used up by this plan");
    assert_eq!(plan(&Snapshot { lines_in_use: 5, ..full(run()) }, now()).next_wake, None);
    assert_eq!(plan(&Snapshot { senders_free: 0, ..full(run()) }, now()).next_wake, None);
    assert_eq!(plan(&Snapshot { senders_free: 3, ..full(run()) }, now()).next_wake, None, "each sender's end nudges");
    let own = RunView { lines_max: Some(2), lines_in_use: 2, ..run() };
    assert_eq!(plan(&snapshot(vec![own]), now()).next_wake, None);
}

#[test]
fn the_next_opening_or_due_time_wakes() {
    let later = BucketView { earliest_due: Some(in_hours(1)), ..due(4) };
    let night = closed(2, 5, Some(in_hours(3)));
    let with = |buckets| snapshot(vec![RunView { buckets, ..run(1, 0) }]);
    assert_eq!(plan(&with(vec![later, night.clone()]), now()).next_wake, Some(in_hours(1)));
    assert_eq!(plan(&with(vec![night.clone()]), now()).next_wake, Some(in_hours(3)));
    let late_night = BucketView { earliest_due: Some(in_hours(4)), ..night };
    assert_eq!(plan(&with(vec![late_night]), now()).next_wake, Some(in_hours(4)), "open, but nobody is due");
    assert_eq!(plan(&with(vec![closed(3, 5, None)]), now()).next_wake, None, "a person must help");
    let nobody = BucketView { waiting: 0, earliest_due: None, ..due(0) };
    assert_eq!(plan(&with(vec![nobody]), now()).next_wake, None);
}

#[test]
fn a_carrier_that_is_away_is_waited_for_only_if_somebody_waits() {
    let until = in_ms(700);
    let away = |carrier, waiting| Snapshot { carrier, ..snapshot(vec![run(1, waiting)]) };
    let backing_off = CarrierView::BackingOff { until };
    assert_eq!(plan(&away(backing_off, 3), now()).next_wake, Some(until));
    assert_eq!(held(&away(backing_off, 3)), [(BlockerKind::CarrierUnavailable, 3, Some(until))]);
    assert_eq!(plan(&away(backing_off, 0), now()).next_wake, None);
    assert_eq!(held(&away(backing_off, 0)), []);
    assert_eq!(plan(&away(CarrierView::Missing, 3), now()).next_wake, None);
    assert_eq!(held(&away(CarrierView::Missing, 3)), [(BlockerKind::CarrierMissing, 3, None)]);
    assert_eq!(plan(&away(backing_off, 3), now()).calls() + plan(&away(CarrierView::Missing, 3), now()).calls(), 0);
}

#[test]
fn each_limit_is_named_with_those_who_wait_for_it() {
    use BlockerKind as B;
    let people = |run: RunView| snapshot(vec![run]);
    assert_eq!(held(&people(run(1, 25))), [(B::ConcurrentCalls, 15, None)], "ten of them are being called");
    let own = RunView { lines_max: Some(2), lines_in_use: 1, ..run(1, 25) };
    assert_eq!(held(&people(own)), [(B::CampaignConcurrentCalls, 24, None)]);
    assert_eq!(held(&Snapshot { senders_free: 4, ..people(run(1, 25)) }), [(B::CarrierSlow, 21, None)]);
    let second = SlotRate::per_second(1.0);
    let slow = Snapshot { rate: second, next_slot: in_ms(300), ..people(run(1, 25)) };
    assert_eq!(held(&slow), [(B::CallsPerSecond, 25, Some(in_ms(300)))]);
    let begun = Snapshot { rate: second, ..people(run(1, 25)) };
    assert_eq!(held(&begun), [(B::CallsPerSecond, 24, Some(now() + second.interval()))]);
    let own_rate = RunView { rate: Some((second, in_ms(900))), ..run(1, 25) };
    assert_eq!(held(&people(own_rate)), [(B::CallsPerSecond, 25, Some(in_ms(900)))]);
}

#[test]
fn each_wait_is_named_with_its_people_and_its_end() {
    use BlockerKind as B;
    let buckets = vec![
        closed(1, 4, Some(in_hours(9))),
        closed(2, 3, Some(in_hours(7))),
        closed(3, 2, None),
        BucketView { bucket: 4, earliest_due: Some(in_hours(1)), ..due(5) },
        BucketView { bucket: 5, ..due(6) },
        BucketView { bucket: 6, waiting: 0, earliest_due: None, ..due(0) },
    ];
    let view = RunView { buckets, ..run(1, 0) };
    let expected =
        [(B::RecipientHours, 7, Some(in_hours(7))), (B::LocationNeeded, 2, None), (B::RetryWait, 5, Some(in_hours(1)))];
    assert_eq!(held(&snapshot(vec![view.clone()])), expected, "six are being called");
    let own_hours = Opening::Closed { opens_at: Some(in_hours(7)) };
    let buckets = view.buckets.into_iter().filter(|bucket| !bucket.opening.is_open()).collect();
    let own = snapshot(vec![RunView { own_hours, buckets, ..run(1, 0) }]);
    assert_eq!(held(&own), [(B::CallingHours, 7, Some(in_hours(7))), (B::LocationNeeded, 2, None)]);
}

#[test]
fn closed_hours_say_how_many_wait_for_which_opening() {
    let closed_ones =
        [closed(1, 4, Some(in_hours(9))), closed(2, 3, Some(in_hours(7))), closed(3, 2, Some(in_hours(9)))];
    let later = BucketView { bucket: 4, earliest_due: Some(in_hours(1)), ..due(5) };
    let night = snapshot(vec![RunView { buckets: [closed_ones.to_vec(), vec![later]].concat(), ..run(1, 0) }]);
    let named = |snapshot: &Snapshot| {
        let blockers = plan(snapshot, now()).blockers.remove(0).1;
        blockers.into_iter().map(|blocker| (blocker.recipients, blocker.openings)).collect::<Vec<_>>()
    };
    let of = |hours, recipients| Awaited { at: in_hours(hours), recipients };
    assert_eq!(named(&night), [(9, vec![of(7, 3), of(9, 6)]), (5, vec![])], "a retry wait has no opening");
    let many = (1..=40).map(|n| closed(n, 2, Some(in_hours(n)))).collect();
    let (recipients, openings) = named(&snapshot(vec![RunView { buckets: many, ..run(1, 0) }])).remove(0);
    assert_eq!((recipients, openings.len(), openings[0]), (80, OPENINGS_NAMED_MAX, of(1, 2)));
}

#[test]
fn the_last_calls_are_waited_for() {
    let last = RunView { lines_in_use: 2, buckets: vec![], ..run(1, 0) };
    assert_eq!(held(&snapshot(vec![last])), [(BlockerKind::Finishing, 0, None)]);
    assert_eq!(held(&snapshot(vec![run(1, 0)])), [], "it is over; the dialer completes it");
}

#[test]
fn closed_and_later_buckets_are_not_claimed_from() {
    let buckets = vec![
        closed(1, 4, Some(in_hours(9))),
        BucketView { bucket: 2, earliest_due: Some(in_ms(1)), ..due(5) },
        BucketView { bucket: 3, ..due(2) },
        BucketView { bucket: 4, ..due(3) },
    ];
    let plan = plan(&snapshot(vec![RunView { buckets, ..run(1, 0) }]), now());
    assert_eq!(plan.claims, [Claim { run: id(1), buckets: vec![3, 4], count: 5 }]);
}
