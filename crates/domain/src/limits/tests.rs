//! Bounds of limits, and single slots at the edges.
//!
//! That no second ever has too many calls, and that the rate is reached, are laws: see `tests/laws`.

use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant") + SignedDuration::from_millis(ms)
}

fn wrong(limits: CampaignLimits) -> Vec<String> {
    limits.validate().into_iter().map(|error| error.field).collect()
}

#[test]
fn every_bound_of_a_campaigns_limits_is_kept() {
    assert_eq!(wrong(CampaignLimits::default()), [""; 0]);
    for (calls, fits) in [(0, false), (1, true), (10_000, true), (10_001, false)] {
        let limits = CampaignLimits { max_concurrent_calls: Some(calls), calls_per_second: None };
        assert_eq!(wrong(limits).is_empty(), fits, "{calls}");
    }
    let rates = [
        (0.0, false),
        (0.099, false),
        (0.1, true),
        (1_000.0, true),
        (1_000.1, false),
        (f64::NAN, false),
        (-1.0, false),
    ];
    for (rate, fits) in rates {
        let limits = CampaignLimits { max_concurrent_calls: None, calls_per_second: Some(rate) };
        assert_eq!(wrong(limits).is_empty(), fits, "{rate}");
    }
    let both = CampaignLimits { max_concurrent_calls: Some(0), calls_per_second: Some(f64::INFINITY) };
    assert_eq!(wrong(both), ["limits.max_concurrent_calls", "limits.calls_per_second"]);
}

#[test]
fn ninety_nine_of_a_hundred_parts_of_a_rate_are_given_out() {
    let cases = [(1.0, 1_010_102), (10.0, 101_011), (0.1, 10_101_011), (1_000.0, 1_011), (10_000.0, 102)];
    for (rate, interval_us) in cases {
        assert_eq!(SlotRate::per_second(rate).interval(), SignedDuration::from_micros(interval_us), "{rate}");
    }
}

#[test]
fn what_is_no_rate_is_the_slowest_and_never_the_fastest() {
    let slowest = SlotRate::per_second(0.05);
    for rate in [0.0, -3.0, f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(SlotRate::per_second(rate), slowest, "{rate}");
    }
    assert_eq!(SlotRate::per_second(f64::INFINITY), SlotRate::per_second(10_000.0));
}

#[test]
fn slots_begin_where_the_last_ended_or_now_if_that_is_past() {
    let rate = SlotRate::per_second(10.0);
    let second = at(0) + rate.interval();
    assert_eq!(rate.take(at(-5_000), at(0), at(150), 9), (vec![at(0), second], second + rate.interval()));
    assert_eq!(rate.take(at(0), at(-5_000), at(150), 9), (vec![at(0), second], second + rate.interval()));
    assert_eq!(rate.take(at(0), at(0), at(150), 1), (vec![at(0)], second), "no more than asked for");
    assert_eq!(rate.take(at(0), at(0), at(0), 9), (vec![at(0)], second), "the last instant is still in");
}

#[test]
fn without_a_slot_in_reach_nothing_is_taken() {
    let rate = SlotRate::per_second(10.0);
    assert_eq!(rate.take(at(200), at(0), at(100), 9), (vec![], at(200)));
    assert_eq!(rate.take(at(0), at(0), at(100), 0), (vec![], at(0)));
    assert_eq!(rate.take(at(-900), at(0), at(-1), 9), (vec![], at(-900)), "what was free stays free");
    assert_eq!(rate.available(at(200), at(0), at(100)), 0);
}

#[test]
fn as_many_slots_are_available_as_can_be_taken() {
    for rate in [0.1, 1.0, 9.9, 30.0, 1_000.0].map(SlotRate::per_second) {
        for (next_free, until) in [(-3_000, 100), (0, 0), (50, 100), (99, 100), (101, 100), (0, 9_000)] {
            let (slots, _) = rate.take(at(next_free), at(0), at(until), usize::MAX);
            assert_eq!(rate.available(at(next_free), at(0), at(until)) as usize, slots.len(), "{next_free} to {until}");
        }
    }
}

#[test]
fn limits_are_written_as_the_interface_has_them() {
    let json = r#"{"max_concurrent_calls":null,"calls_per_second":null}"#;
    assert_eq!(serde_json::to_string(&CampaignLimits::default()).expect("json"), json);
    assert_eq!(serde_json::from_str::<CampaignLimits>("{}").expect("limits"), CampaignLimits::default());
    assert!(serde_json::from_str::<CampaignLimits>(r#"{"max_calls":3}"#).is_err());
}
