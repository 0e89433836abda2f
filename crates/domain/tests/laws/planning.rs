//! A plan keeps every limit, leaves no room unused, says what holds everybody else, and forgets nobody.
//!
//! Snapshots are arbitrary; the last laws run many plans in a row, as the dialer does, with its delays. What a claim
//! checks again under its locks is the store's to prove.

use std::collections::BTreeMap;

use carillon_domain::blockers::BlockerKind;
use carillon_domain::calling_hours::Opening;
use carillon_domain::limits::SlotRate;
use carillon_domain::planner::{
    BucketView, CLAIM_HORIZON, CLAIMS_PER_TICK_MAX, CarrierView, Plan, RunView, Snapshot, Turns, plan,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant")
}

fn ms(ms: i64) -> SignedDuration {
    SignedDuration::from_millis(ms)
}

fn rates() -> impl Strategy<Value = f64> {
    (-1.0_f64..=3.0).prop_map(|power| 10_f64.powf(power))
}

fn openings() -> impl Strategy<Value = Opening> {
    prop_oneof![
        3 => Just(Opening::Open { until: None }),
        1 => (1_i64..9_000).prop_map(|n| Opening::Open { until: Some(now() + ms(n)) }),
        2 => (1_i64..9_000).prop_map(|n| Opening::Closed { opens_at: Some(now() + ms(n)) }),
        1 => Just(Opening::Closed { opens_at: None }),
    ]
}

fn buckets() -> impl Strategy<Value = Vec<BucketView>> {
    let bucket = (openings(), 0_i64..40, -5_000_i64..5_000);
    prop::collection::vec(bucket, 0..4).prop_map(|buckets| {
        let numbered = (1..).zip(buckets);
        let view = |(bucket, (opening, waiting, due_ms))| BucketView {
            bucket,
            opening,
            waiting,
            earliest_due: (waiting > 0).then(|| now() + ms(due_ms)),
            waits_for: BlockerKind::RetryWait,
        };
        numbered.map(view).collect()
    })
}

fn own_rates() -> impl Strategy<Value = Option<(SlotRate, Timestamp)>> {
    let own = (rates(), -5_000_i64..500).prop_map(|(rate, next_ms)| (SlotRate::per_second(rate), now() + ms(next_ms)));
    prop::option::of(own)
}

fn runs() -> impl Strategy<Value = Vec<RunView>> {
    let run = (0_u128..3, prop::option::of(0_u32..20), 0_u32..12, own_rates(), openings(), buckets());
    let run = run.prop_map(|(department, lines_max, lines_in_use, rate, own_hours, buckets)| RunView {
        run: Uuid::nil(),
        department: Uuid::from_u128(100 + department),
        lines_max,
        lines_in_use,
        rate,
        own_hours,
        buckets,
    });
    let numbered = |(n, run)| RunView { run: Uuid::from_u128(n), ..run };
    prop::collection::vec(run, 0..7).prop_map(move |runs| (1..).zip(runs).map(numbered).collect())
}

fn carriers() -> impl Strategy<Value = CarrierView> {
    prop_oneof![
        8 => Just(CarrierView::Ready),
        1 => Just(CarrierView::Missing),
        1 => (1_i64..9_000).prop_map(|n| CarrierView::BackingOff { until: now() + ms(n) }),
    ]
}

fn snapshots() -> impl Strategy<Value = Snapshot> {
    let limits = (0_u32..60, 0_u32..60, rates(), -5_000_i64..500, 0_u32..60);
    (carriers(), limits, runs()).prop_map(|(carrier, (lines_max, lines_in_use, rate, next_ms, senders_free), runs)| {
        Snapshot {
            carrier,
            lines_max,
            lines_in_use,
            rate: SlotRate::per_second(rate),
            next_slot: now() + ms(next_ms),
            senders_free,
            runs,
            turns: Turns::default(),
        }
    })
}

fn granted(plan: &Plan, run: Uuid) -> u32 {
    plan.claims.iter().filter(|claim| claim.run == run).map(|claim| claim.count).sum()
}

fn waiting(run: &RunView) -> i64 {
    run.buckets.iter().map(|bucket| bucket.waiting).sum()
}

/// People of a run who may be called now.
fn ready(run: &RunView) -> i64 {
    let is_ready =
        |bucket: &&BucketView| bucket.opening.is_open() && bucket.earliest_due.is_some_and(|due| due <= now());
    run.buckets.iter().filter(is_ready).map(|bucket| bucket.waiting).sum()
}

fn slots(rate: SlotRate, next: Timestamp) -> u32 {
    let (slots, _) = rate.take(next, now(), now() + CLAIM_HORIZON, usize::MAX);
    u32::try_from(slots.len()).expect("few")
}

/// What an organization's limits leave.
fn room(snapshot: &Snapshot) -> u32 {
    let lines = snapshot.lines_max.saturating_sub(snapshot.lines_in_use);
    let is_ready = u32::from(snapshot.carrier == CarrierView::Ready);
    is_ready * lines.min(slots(snapshot.rate, snapshot.next_slot)).min(snapshot.senders_free).min(CLAIMS_PER_TICK_MAX)
}

/// What a run could use by its own limits.
fn appetite(run: &RunView) -> u32 {
    let lines = run.lines_max.map_or(u32::MAX, |max| max.saturating_sub(run.lines_in_use));
    let slots = run.rate.map_or(u32::MAX, |(rate, next)| slots(rate, next));
    lines.min(slots).min(u32::try_from(ready(run)).expect("few"))
}

proptest! {
    #![proptest_config(crate::cases(600))]

    /// INV-11 and 12 as far as a plan can keep them, and every room is used.
    #[test]
    fn a_plan_fills_the_room_and_never_more(snapshot in snapshots()) {
        let plan = plan(&snapshot, now());
        let wanted: u32 = snapshot.runs.iter().map(appetite).sum();
        prop_assert_eq!(plan.calls(), wanted.min(room(&snapshot)));
        for run in &snapshot.runs {
            prop_assert!(granted(&plan, run.run) <= appetite(run));
        }
    }

    #[test]
    fn claims_name_open_buckets_with_somebody_due(snapshot in snapshots()) {
        let plan = plan(&snapshot, now());
        for claim in &plan.claims {
            let run = snapshot.runs.iter().find(|run| run.run == claim.run).expect("a run of the snapshot");
            prop_assert_eq!(plan.claims.iter().filter(|other| other.run == claim.run).count(), 1);
            prop_assert!(claim.count > 0);
            for bucket in &claim.buckets {
                let bucket = run.buckets.iter().find(|known| known.bucket == *bucket).expect("a bucket of the run");
                prop_assert!(bucket.opening.is_open() && bucket.earliest_due.is_some_and(|due| due <= now()));
            }
        }
    }

    /// Everybody who waits is granted a call or held by something, once; and each end of a wait is ahead.
    #[test]
    fn everybody_who_waits_is_accounted_for(snapshot in snapshots()) {
        let plan = plan(&snapshot, now());
        prop_assert_eq!(plan.blockers.len(), snapshot.runs.len());
        for (run, (id, blockers)) in snapshot.runs.iter().zip(&plan.blockers) {
            prop_assert_eq!(run.run, *id);
            let calls = i64::from(granted(&plan, run.run));
            let is_carrier = |kind| matches!(kind, BlockerKind::CarrierMissing | BlockerKind::CarrierUnavailable);
            let by_carrier = blockers.iter().filter(|blocker| is_carrier(blocker.kind)).count();
            let held: i64 = blockers.iter().filter(|b| !is_carrier(b.kind)).map(|b| b.recipients).sum();
            if snapshot.carrier == CarrierView::Ready {
                prop_assert_eq!(calls + held, waiting(run), "{:?}", blockers);
                prop_assert_eq!(by_carrier, 0);
            } else {
                prop_assert_eq!(held, waiting(run) - ready(run));
                prop_assert_eq!(by_carrier, usize::from(waiting(run) > 0), "it holds everybody");
            }
            prop_assert!(blockers.iter().all(|b| b.recipients <= waiting(run) && !b.message.is_empty()));
            prop_assert!(blockers.iter().all(|b| b.until.is_none_or(|until| until > now())), "{:?}", blockers);
            prop_assert!(calls > 0 || waiting(run) == 0 || !blockers.is_empty());
        }
    }

    /// Whatever changes by time alone is waited for, and nothing else is.
    #[test]
    fn the_next_wake_is_ahead_and_no_later_than_any_change_by_time(snapshot in snapshots()) {
        let plan = plan(&snapshot, now());
        let due_or_open = |bucket: &BucketView| {
            let due = bucket.earliest_due?;
            match bucket.opening {
                Opening::Open { .. } => Some(due),
                Opening::Closed { opens_at } => opens_at.map(|at| at.max(due)),
            }
        };
        let times = snapshot.runs.iter().flat_map(|run| &run.buckets).filter_map(due_or_open);
        let by_time = times.filter(|at| *at > now()).min();
        let lines_left = snapshot.lines_in_use + plan.calls() < snapshot.lines_max;
        let is_hungry = |run: &RunView| {
            let calls = granted(&plan, run.run);
            ready(run) > i64::from(calls) && run.lines_max.is_none_or(|max| run.lines_in_use + calls < max)
        };
        let by_rate = lines_left && snapshot.senders_free > plan.calls() && snapshot.runs.iter().any(is_hungry);
        prop_assert!(plan.next_wake.is_none_or(|wake| wake > now()));
        match snapshot.carrier {
            CarrierView::Missing => prop_assert_eq!(plan.next_wake, None),
            CarrierView::BackingOff { until } => {
                let somebody = snapshot.runs.iter().any(|run| waiting(run) > 0);
                prop_assert_eq!(plan.next_wake, somebody.then_some(until));
            }
            CarrierView::Ready => {
                prop_assert_eq!(plan.next_wake.is_some(), by_time.is_some() || by_rate);
                prop_assert!(by_time.is_none_or(|at| plan.next_wake.is_some_and(|wake| wake <= at)));
            }
        }
    }

    #[test]
    fn a_plan_is_the_same_each_time(snapshot in snapshots()) {
        prop_assert_eq!(plan(&snapshot, now()), plan(&snapshot, now()));
    }
}

/// A run that could use any number of calls.
fn hungry(n: u128, department: u128) -> RunView {
    RunView {
        run: Uuid::from_u128(n),
        department: Uuid::from_u128(100 + department),
        lines_max: None,
        lines_in_use: 0,
        rate: None,
        own_hours: Opening::Open { until: None },
        buckets: vec![BucketView {
            bucket: 1,
            opening: Opening::Open { until: None },
            waiting: 1_000_000,
            earliest_due: Some(now()),
            waits_for: BlockerKind::RetryWait,
        }],
    }
}

/// Where nothing holds but lines.
fn with_lines(lines_max: u32, runs: Vec<RunView>, turns: Turns) -> Snapshot {
    Snapshot {
        carrier: CarrierView::Ready,
        lines_max,
        lines_in_use: 0,
        rate: SlotRate::per_second(10_000.0),
        next_slot: now(),
        senders_free: 1_000,
        runs,
        turns,
    }
}

/// Calls that others got since a run and its department got theirs.
#[derive(Default)]
struct Hunger {
    since_department: BTreeMap<Uuid, u32>,
    since_run: BTreeMap<Uuid, u32>,
}

proptest! {
    #![proptest_config(crate::cases(60))]

    /// Between two turns of a run that could always use a call, no other department has two rounds, and no other run
    /// of its own (INV-43), whoever comes and goes meanwhile and however few calls there are.
    #[test]
    fn nobody_waits_longer_than_two_rounds(
        departments in prop::collection::vec(0_u128..4, 2..9),
        ticks in prop::collection::vec((1_u32..6, prop::collection::vec(any::<bool>(), 9)), 1..60),
    ) {
        let (mut turns, mut hunger) = (Turns::default(), Hunger::default());
        for (lines, comes) in ticks {
            let all = (1..).zip(&departments).map(|(n, department)| hungry(n, *department));
            // The first run is always there; the others come and go.
            let runs: Vec<RunView> = all.zip(&comes).enumerate().filter(|(i, (_, comes))| *i == 0 || **comes).map(|(_, (run, _))| run).collect();
            let me = runs[0].clone();
            // One call at a time shows the order in which they are given.
            for _ in 0..lines {
                let snapshot = with_lines(1, runs.clone(), turns);
                let plan = plan(&snapshot, now());
                turns = plan.turns.clone();
                let fed = runs.iter().find(|run| run.run == plan.claims[0].run).expect("a run of the snapshot");
                if fed.run == me.run {
                    hunger.since_run.clear();
                }
                if fed.department == me.department {
                    hunger.since_department.clear();
                    if fed.run != me.run {
                        *hunger.since_run.entry(fed.run).or_default() += 1;
                    }
                } else {
                    *hunger.since_department.entry(fed.department).or_default() += 1;
                }
                prop_assert!(hunger.since_department.values().all(|calls| *calls <= 2), "{:?}", hunger.since_department);
                prop_assert!(hunger.since_run.values().all(|calls| *calls <= 2), "{:?}", hunger.since_run);
            }
        }
    }

    /// Many calls at once are shared as one by one: no department gets two more than another that could use them.
    #[test]
    fn calls_at_once_are_shared_evenly(departments in prop::collection::vec(0_u128..4, 1..9), lines in 1_u32..150) {
        let runs: Vec<RunView> = (1..).zip(&departments).map(|(n, department)| hungry(n, *department)).collect();
        let plan = plan(&with_lines(lines, runs.clone(), Turns::default()), now());
        let mut shares: BTreeMap<Uuid, u32> = BTreeMap::new();
        for run in &runs {
            *shares.entry(run.department).or_default() += granted(&plan, run.run);
        }
        let (least, most) = (shares.values().min().expect("one"), shares.values().max().expect("one"));
        prop_assert!(most - least <= 1, "{:?}", shares);
        for department in shares.keys() {
            let runs = runs.iter().filter(|run| run.department == *department).map(|run| granted(&plan, run.run));
            let (least, most) = (runs.clone().min().expect("one"), runs.max().expect("one"));
            prop_assert!(most - least <= 1);
        }
    }
}

proptest! {
    #![proptest_config(crate::cases(30))]

    /// Woken when it asks to be, with the dialer's delays, a plan reaches 98 % of the rate (P-9) and never passes it.
    #[test]
    fn plans_in_a_row_reach_the_rate(rate in rates(), delays_ms in prop::collection::vec(0_i64..15, 1..50)) {
        // What the dialer needs from the look to a durable claim, and between two looks.
        let (claim_lead, spacing) = (ms(8), ms(5));
        let slots = SlotRate::per_second(rate);
        let (mut at, mut turns) = (now(), Turns::default());
        let mut sent: Vec<Timestamp> = Vec::new();
        let mut next_slot = now();
        for delay in delays_ms.into_iter().cycle() {
            let snapshot = Snapshot {
                rate: slots,
                next_slot,
                turns,
                ..with_lines(1_000_000, vec![hungry(1, 1)], Turns::default())
            };
            let plan = plan(&snapshot, at);
            let from = at + claim_lead;
            let (taken, after) = slots.take(next_slot, from, from + CLAIM_HORIZON, plan.calls() as usize);
            at = match taken.is_empty() {
                true => plan.next_wake.expect("somebody waits"),
                false => at + spacing,
            } + ms(delay);
            (next_slot, turns) = (after, plan.turns);
            sent.extend(taken);
            if at > now() + SignedDuration::from_secs(11) {
                break;
            }
        }
        let end = sent[0] + SignedDuration::from_secs(10);
        let calls = sent.iter().filter(|slot| **slot < end).count();
        prop_assert!(calls as f64 >= 0.98 * rate * 10.0, "{calls} calls in ten seconds at {rate} a second");
        prop_assert!(calls as f64 <= rate * 10.0 + 1.0);
    }
}
