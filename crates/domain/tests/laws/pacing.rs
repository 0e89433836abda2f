//! Calls start as fast as set and never faster, however late each is within its bound.
//!
//! Slots are used up to [`SLOT_LATENESS_MAX`] late, in the order that hurts most; one that is later is given up. Who
//! gets a slot is in `planning`.

use carillon_domain::limits::{SLOT_LATENESS_MAX, SlotRate};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn start() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant")
}

/// Rates as people set them: from a call in ten seconds to a thousand a second.
fn rates() -> impl Strategy<Value = f64> {
    prop_oneof![
        (1_u32..=10_000).prop_map(|tenths| f64::from(tenths) / 10.0),
        (-1.0_f64..=3.0).prop_map(|power| 10_f64.powf(power)),
    ]
}

/// How late each call is, one after the other: any, or the worst that an adversary would choose.
fn latenesses() -> impl Strategy<Value = Vec<i64>> {
    let most = i64::try_from(SLOT_LATENESS_MAX.as_micros()).expect("a short time");
    prop_oneof![
        prop::collection::vec(0..=most, 1..200),
        prop::collection::vec(prop::sample::select(vec![0, most]), 1..50),
        // All late until a moment, then all on time: that draws them together most.
        (1_usize..200, 1_usize..200).prop_map(move |(late, on_time)| [vec![most; late], vec![0; on_time]].concat()),
    ]
}

/// The most calls that any one second has: `[t, t + 1 s)` beginning with each.
fn most_in_a_second(mut calls: Vec<i64>) -> usize {
    calls.sort_unstable();
    let mut most = 0;
    let mut first = 0;
    for (last, call) in calls.iter().enumerate() {
        while calls[first] + 1_000_000 <= *call {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most
}

fn used(slots: &[Timestamp], latenesses: &[i64]) -> Vec<i64> {
    let lateness = latenesses.iter().cycle();
    slots.iter().zip(lateness).map(|(slot, late)| slot.as_microsecond() + late).collect()
}

proptest! {
    #![proptest_config(crate::cases(80))]

    #[test]
    fn no_second_has_more_calls_than_the_rate_and_one(rate in rates(), latenesses in latenesses()) {
        let until = start() + SignedDuration::from_secs(4);
        let (slots, _) = SlotRate::per_second(rate).take(start(), start(), until, usize::MAX);
        let most = most_in_a_second(used(&slots, &latenesses));
        prop_assert!(most as f64 <= rate + 1.0, "{most} calls in a second at {rate}");
    }

    #[test]
    fn ten_seconds_have_at_least_98_percent_of_the_rate(rate in rates()) {
        let until = start() + SignedDuration::from_secs(10);
        let (slots, _) = SlotRate::per_second(rate).take(start(), start(), until, usize::MAX);
        let in_ten_seconds = slots.iter().filter(|slot| **slot < until).count();
        prop_assert!(in_ten_seconds as f64 >= 0.98 * rate * 10.0, "{in_ten_seconds} slots in 10 s at {rate}");
    }

    /// Taken a few at a time, by claims that come in time, the slots are those of one long claim.
    #[test]
    fn small_claims_take_the_same_slots(rate in rates(), mosts in prop::collection::vec(1_usize..20, 1..60)) {
        let rate = SlotRate::per_second(rate);
        let (mut next, mut slots) = (start(), Vec::new());
        for most in mosts {
            // A claim comes before the slot that is next, or there is none to be had.
            let (taken, after) = rate.take(next, start(), next + SignedDuration::from_millis(100), most);
            slots.extend(taken);
            next = after;
        }
        let (at_once, after) = rate.take(start(), start(), Timestamp::MAX, slots.len());
        prop_assert_eq!((slots, next), (at_once, after));
    }

    /// A slot that was missed is given up and a later one taken; that never makes a second fuller.
    #[test]
    fn slots_given_up_and_taken_anew_never_bunch(
        rate in rates(), missed in prop::collection::vec(any::<bool>(), 1..100), latenesses in latenesses()
    ) {
        let rate_set = rate;
        let rate = SlotRate::per_second(rate);
        let (mut next, mut now, mut kept) = (start(), start(), Vec::new());
        for missed in missed {
            let (taken, after) = rate.take(next, now, Timestamp::MAX, 1);
            next = after;
            if missed {
                now = taken[0] + SLOT_LATENESS_MAX + SignedDuration::from_millis(1);
            } else {
                kept.push(taken[0]);
            }
        }
        let most = most_in_a_second(used(&kept, &latenesses));
        prop_assert!(most as f64 <= rate_set + 1.0, "{most} calls in a second at {rate_set}");
    }

    #[test]
    fn what_is_available_is_what_can_be_taken(rate in rates(), next_ms in -2_000_i64..2_000, until_ms in -100_i64..2_000) {
        let rate = SlotRate::per_second(rate);
        let at = |ms| start() + SignedDuration::from_millis(ms);
        let (slots, _) = rate.take(at(next_ms), start(), at(until_ms), usize::MAX);
        prop_assert_eq!(rate.available(at(next_ms), start(), at(until_ms)) as usize, slots.len());
    }
}
