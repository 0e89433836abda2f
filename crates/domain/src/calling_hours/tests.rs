//! The numbered cases of time and place, and a walk by the minute that must agree.
//!
//! The property compares every opening with the rule read aloud minute by minute, near the strangest
//! clock changes we know. Rules of states and holidays are not tested here.

use proptest::prelude::*;

use super::*;
use crate::phone_number::PhoneNumber;
use crate::time_zones::{PlaceKnown, PlaceSaid, ZoneClue};

const RING: CallLength = CallLength { ring_timeout_s: 30 };

fn at(text: &str) -> Timestamp {
    let (local, zone) = text.split_once(' ').expect("a local time and a zone");
    let zone = TimeZoneName::parse(zone).expect("a zone");
    let local: jiff::civil::DateTime = local.parse().expect("a local time");
    zone.zone().to_timestamp(local).expect("an instant")
}

fn zones_of(phone: &str) -> ZoneSet {
    ZoneSet::of_number(&PhoneNumber::from_e164(phone).expect("E.164"))
}

fn zones(key: &str) -> ZoneSet {
    ZoneSet::from_key(key).expect("zones")
}

fn recipient(zones: &ZoneSet, now: &str) -> Opening {
    recipient_opening(&RecipientHours::default(), zones, RING, at(now))
}

fn closed_until(text: &str) -> Opening {
    Opening::Closed { opens_at: Some(at(text)) }
}

fn open_until(text: &str) -> Opening {
    Opening::Open { until: Some(at(text)) }
}

fn hours(start: &str, end: &str) -> RecipientHours {
    let read = |text| local_time::parse(text).expect("a time");
    RecipientHours { enabled: true, start: read(start), end: read(end) }
}

#[test]
fn edge_case_1_a_split_area_code_waits_for_its_later_zone() {
    let tallahassee = zones_of("+18508785555");
    let early = recipient(&tallahassee, "2026-11-24T08:30 America/New_York");
    assert_eq!(early, closed_until("2026-11-24T08:01 America/Chicago"));
    let stated = tallahassee.with_stated(TimeZoneName::parse("America/New_York").expect("a zone"));
    assert!(matches!(recipient(&stated, "2026-11-24T08:30 America/New_York"), Opening::Open { .. }));
}

#[test]
fn edge_case_2_an_overlay_of_a_split_area_code_waits_as_well() {
    let early = recipient(&zones_of("+14488785555"), "2026-11-24T08:30 America/New_York");
    assert_eq!(early, closed_until("2026-11-24T08:01 America/Chicago"));
}

#[test]
fn edge_case_3_an_australian_mobile_waits_for_all_of_australia() {
    let mobile = zones_of("+61412345678");
    let early = recipient(&mobile, "2026-12-01T09:05 Australia/Sydney");
    let last = mobile.iter().map(|zone| at(&format!("2026-12-01T08:01 {zone}"))).max().expect("zones");
    assert_eq!(early, Opening::Closed { opens_at: Some(last) });
    assert_eq!(last, at("2026-12-01T08:01 Indian/Cocos"), "half past twelve in Sydney: the islands are in the list");
}

#[test]
fn edge_case_4_number_and_postal_code_must_both_be_open() {
    let new_york = PhoneNumber::from_e164("+12125550143").expect("E.164");
    let said = PlaceSaid { postal_code: Some("90001"), ..PlaceSaid::default() };
    let both = PlaceKnown::guessed(&new_york, &said).zones;
    let early = recipient(&both, "2026-11-24T08:30 America/New_York");
    assert_eq!(early, closed_until("2026-11-24T08:01 America/Los_Angeles"));
    assert_eq!(recipient(&both, "2026-11-24T12:00 America/New_York"), open_until("2026-11-24T20:59 America/New_York"));
}

#[test]
fn edge_case_5_a_stated_zone_replaces_the_numbers() {
    let stated = PlaceKnown::stated(&TimeZoneName::parse("America/Los_Angeles").expect("a zone"));
    assert_eq!(stated.clues[0].clue, ZoneClue::Stated);
    assert_eq!(
        recipient(&stated.zones, "2026-11-24T21:30 America/New_York"),
        open_until("2026-11-24T20:59 America/Los_Angeles")
    );
}

#[test]
fn edge_case_6_a_call_that_would_ring_past_the_end_waits_for_tomorrow() {
    let new_york = zones_of("+12125550143");
    assert_eq!(
        recipient(&new_york, "2026-11-24T20:59:40 America/New_York"),
        closed_until("2026-11-25T08:01 America/New_York")
    );
    assert!(matches!(recipient(&new_york, "2026-11-24T20:58:59 America/New_York"), Opening::Open { .. }));
    assert!(matches!(recipient(&new_york, "2026-11-24T20:59 America/New_York"), Opening::Closed { .. }));
    let long_ring = CallLength { ring_timeout_s: 60 };
    let late = at("2026-11-24T20:58:45 America/New_York");
    let opening = recipient_opening(&RecipientHours::default(), &new_york, long_ring, late);
    assert!(matches!(opening, Opening::Closed { .. }), "the longer ring has begun too late");
}

#[test]
fn edge_case_12_the_navajo_nation_and_the_rest_of_arizona_must_both_be_open() {
    let arizona = zones_of("+19282835555");
    assert_eq!(
        recipient(&arizona, "2026-07-01T08:30 America/Denver"),
        closed_until("2026-07-01T08:01 America/Phoenix")
    );
    assert_eq!(recipient(&arizona, "2026-07-01T12:00 America/Denver"), open_until("2026-07-01T20:59 America/Denver"));
}

#[test]
fn edge_case_13_a_day_that_starts_at_one_opens_as_any_other() {
    // Santiago's clocks jump from midnight to one on 6 September 2026.
    let santiago = zones("America/Santiago");
    let now = at("2026-09-06T01:30 America/Santiago");
    assert_eq!(
        recipient(&santiago, "2026-09-06T01:30 America/Santiago"),
        closed_until("2026-09-06T08:01 America/Santiago")
    );
    assert_eq!(local_day_start(&santiago, now), at("2026-09-06T01:00 America/Santiago"));
    assert_eq!(next_local_day(&santiago, now), at("2026-09-07T00:00 America/Santiago"));
    let before = at("2026-09-05T23:30 America/Santiago");
    assert_eq!(next_local_day(&santiago, before), at("2026-09-06T01:00 America/Santiago"), "no double day");
}

#[test]
fn edge_case_13_in_cairo_havana_and_beirut_as_well() {
    // The midnights that these clocks leave out.
    for (zone, day, next) in [
        ("Africa/Cairo", "2026-04-24", "2026-04-25"),
        ("America/Havana", "2026-03-08", "2026-03-09"),
        ("Asia/Beirut", "2026-03-29", "2026-03-30"),
    ] {
        let place = zones(zone);
        let now = at(&format!("{day}T01:30 {zone}"));
        assert_eq!(recipient(&place, &format!("{day}T01:30 {zone}")), closed_until(&format!("{day}T08:01 {zone}")));
        assert_eq!(recipient(&place, &format!("{day}T12:00 {zone}")), open_until(&format!("{day}T20:59 {zone}")));
        assert_eq!(local_day_start(&place, now), at(&format!("{day}T01:00 {zone}")), "its midnight is not there");
        assert_eq!(next_local_day(&place, now), at(&format!("{next}T00:00 {zone}")));
    }
}

#[test]
fn the_first_minute_after_the_start_is_left_out() {
    let new_york = zones("America/New_York");
    assert_eq!(
        recipient(&new_york, "2026-11-24T08:00:30 America/New_York"),
        closed_until("2026-11-24T08:01 America/New_York")
    );
    assert_eq!(
        recipient(&new_york, "2026-11-24T08:01 America/New_York"),
        open_until("2026-11-24T20:59 America/New_York")
    );
}

#[test]
fn hours_switched_off_are_always_open_and_no_place_is_never() {
    let off = RecipientHours { enabled: false, ..RecipientHours::default() };
    let now = at("2026-11-24T03:00 America/New_York");
    assert_eq!(recipient_opening(&off, &zones(""), RING, now), Opening::Open { until: None });
    assert_eq!(
        recipient_opening(&RecipientHours::default(), &zones(""), RING, now),
        Opening::Closed { opens_at: None }
    );
}

#[test]
fn zones_that_are_never_open_together_hold_the_recipient() {
    let apart = zones("Europe/London&Asia/Tokyo");
    let opening = recipient_opening(&hours("09:00", "09:30"), &apart, RING, at("2026-11-24T03:00 UTC"));
    assert_eq!(opening, Opening::Closed { opens_at: None });
    let too_short = recipient_opening(&hours("09:00", "09:01"), &zones("UTC"), RING, at("2026-11-24T03:00 UTC"));
    assert_eq!(too_short, Opening::Closed { opens_at: None }, "no call fits between the guards");
}

fn weekdays(start: &str, end: &str) -> CallingHours {
    let read = |text| local_time::parse(text).expect("a time");
    CallingHours {
        timezone: TimeZoneName::parse("America/New_York").expect("a zone"),
        days: vec![Day::Monday, Day::Friday],
        start: read(start),
        end: read(end),
    }
}

#[test]
fn a_campaign_opens_on_its_days() {
    let office = weekdays("09:00", "17:00");
    let look = |now: &str| campaign_opening(&office, RING, at(now));
    assert_eq!(look("2026-11-23T10:00 America/New_York"), open_until("2026-11-23T16:59 America/New_York"));
    assert_eq!(look("2026-11-24T10:00 America/New_York"), closed_until("2026-11-27T09:01 America/New_York"));
}

#[test]
fn a_campaign_may_dial_past_midnight() {
    let night = weekdays("22:00", "02:00");
    let look = |now: &str| campaign_opening(&night, RING, at(now));
    assert_eq!(look("2026-11-23T23:00 America/New_York"), open_until("2026-11-24T01:59 America/New_York"));
    assert_eq!(look("2026-11-24T01:00 America/New_York"), open_until("2026-11-24T01:59 America/New_York"));
    assert_eq!(look("2026-11-24T23:00 America/New_York"), closed_until("2026-11-27T22:01 America/New_York"));
}

#[test]
fn both_the_campaign_and_the_recipient_must_be_open() {
    let office = weekdays("09:00", "17:00");
    let honolulu = zones("Pacific/Honolulu");
    let opening =
        opening(&RecipientHours::default(), Some(&office), &honolulu, RING, at("2026-11-23T10:00 America/New_York"));
    assert_eq!(opening, closed_until("2026-11-23T08:01 Pacific/Honolulu"));
}

#[test]
fn hours_are_written_as_times_of_day() {
    let json = serde_json::to_string(&RecipientHours::default()).expect("json");
    assert_eq!(json, r#"{"enabled":true,"start":"08:00","end":"21:00"}"#);
    assert_eq!(serde_json::from_str::<RecipientHours>(&json).expect("json"), RecipientHours::default());
    let json = r#"{"timezone":"America/New_York","days":["mon","fri"],"start":"09:00","end":"17:00"}"#;
    assert_eq!(serde_json::from_str::<CallingHours>(json).expect("json"), weekdays("09:00", "17:00"));
    assert!(serde_json::from_str::<RecipientHours>(r#"{"enabled":true,"start":"8:00","end":"21:00"}"#).is_err());
}

#[test]
fn impossible_hours_are_refused_by_field() {
    let fields = |errors: Vec<FieldError>| errors.into_iter().map(|error| error.field).collect::<Vec<_>>();
    assert!(hours("08:00", "21:00").validate().is_empty());
    assert_eq!(fields(hours("21:00", "08:00").validate()), ["end"]);
    assert_eq!(fields(hours("08:00", "08:00").validate()), ["end"]);
    assert!(weekdays("22:00", "02:00").validate().is_empty());
    let wrong = CallingHours { days: vec![], ..weekdays("09:00", "09:00") };
    assert_eq!(fields(wrong.validate()), ["days", "end"]);
    let twice = CallingHours { days: vec![Day::Monday, Day::Monday], ..weekdays("09:00", "10:00") };
    assert_eq!(fields(twice.validate()), ["days"]);
}

#[test]
fn the_widest_day_counts_when_zones_disagree() {
    let coasts = zones("America/Los_Angeles&America/New_York");
    let now = at("2026-11-24T01:00 America/New_York");
    assert_eq!(local_day_start(&coasts, now), at("2026-11-23T00:00 America/Los_Angeles"));
    assert_eq!(next_local_day(&coasts, now), at("2026-11-25T00:00 America/New_York"));
    assert_eq!(local_day_start(&zones(""), now), at("2026-11-24T00:00 UTC"));
    assert_eq!(next_local_day(&zones(""), now), at("2026-11-25T00:00 UTC"));
}

/// Instants near which clocks change: midnight gaps, half-hour shifts, a skipped Ramadan, a plain day.
const NEAR: [(&str, &str); 10] = [
    ("America/New_York&America/Chicago", "2027-03-14T02:00 UTC"),
    ("America/New_York", "2026-11-01T04:00 UTC"),
    ("America/Santiago", "2026-09-05T12:00 UTC"),
    ("America/Santiago", "2027-04-03T12:00 UTC"),
    ("Australia/Lord_Howe&Australia/Perth", "2026-10-03T06:00 UTC"),
    ("America/Havana", "2027-03-13T20:00 UTC"),
    ("Asia/Beirut&Africa/Cairo", "2027-03-27T12:00 UTC"),
    ("Africa/Casablanca", "2027-02-06T12:00 UTC"),
    ("America/St_Johns&Pacific/Honolulu", "2026-11-01T00:00 UTC"),
    ("Asia/Kathmandu&Asia/Tokyo", "2026-06-01T00:00 UTC"),
];

/// Three days.
const WALKED_MINUTES: i64 = 3 * 24 * 60;

/// The rule read aloud: every clock inside, since a minute ago and until a ring and a margin are over,
/// which are one minute together. Windows and clock changes are whole minutes, so whole minutes decide.
fn may_call(hours: &RecipientHours, zones: &ZoneSet, minute: Timestamp) -> bool {
    [-1, 0, 1].into_iter().all(|beside| {
        zones.iter().all(|zone| {
            let wall = zone.zone().to_datetime(minute + SignedDuration::from_mins(beside));
            hours.start <= wall.time() && wall.time() < hours.end
        })
    })
}

#[test]
fn hours_relax_a_rule_when_they_allow_a_minute_more() {
    let hours = |enabled, start, end| RecipientHours { enabled, start: time(start, 0, 0, 0), end: time(end, 0, 0, 0) };
    let rule = hours(true, 8, 21);
    for (own, relaxes) in [
        (hours(true, 8, 21), false),
        (hours(true, 9, 17), false),
        (hours(true, 7, 21), true),
        (hours(true, 8, 22), true),
        (hours(false, 8, 21), true),
    ] {
        assert_eq!(own.relax(&rule), relaxes, "{own}");
        assert!(!own.relax(&hours(false, 8, 21)), "nothing is wider than no hours at all");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// The opening equals what a walk minute by minute finds, over three days around clock changes.
    #[test]
    fn openings_equal_a_walk_by_the_minute(
        place in 0..NEAR.len(),
        into in 0i64..2_880,
        window in (0i8..23, 0i8..60, 1i8..24, 0i8..60),
    ) {
        let (start, end) = (time(window.0, window.1, 0, 0), time(window.2, window.3, 0, 0));
        prop_assume!(start < end);
        let hours = RecipientHours { enabled: true, start, end };
        let (key, near) = NEAR[place];
        let zones = zones(key);
        let minutes = |count: i64| SignedDuration::from_mins(count);
        let now = at(near) + minutes(into);
        let walk = |wanted: bool| (0..WALKED_MINUTES).map(|ahead| now + minutes(ahead))
            .find(|minute| may_call(&hours, &zones, *minute) == wanted);
        match recipient_opening(&hours, &zones, RING, now) {
            Opening::Open { until } => {
                prop_assert!(may_call(&hours, &zones, now));
                prop_assert_eq!(until, walk(false));
            }
            Opening::Closed { opens_at } => {
                prop_assert!(!may_call(&hours, &zones, now));
                let walked = opens_at.filter(|opens_at| *opens_at < now + minutes(WALKED_MINUTES));
                prop_assert_eq!(walked, walk(true));
            }
        }
    }

    /// Knowing more of a place never opens a minute that was closed.
    #[test]
    fn what_is_said_of_a_place_only_narrows_the_hours(
        number in prop::sample::select(&["+12125550143", "+18508785555", "+14165550143", "+61412345678", "+5511987654321"][..]),
        postal_code in prop::option::of("[0-9]{5}|[A-Z][0-9][A-Z]|[0-9]{4}|[0-9]{8}"),
        state in prop::option::of(prop::sample::select(&["NY", "TX", "HI", "Ontario", "NSW", "WA", "AM", "Narnia"][..])),
        zone in prop::option::of(prop::sample::select(&["Europe/Rome", "America/Denver", "Asia/Tokyo"][..])),
        into in 0i64..1_440,
    ) {
        let phone = PhoneNumber::from_e164(number).expect("E.164");
        let imported = zone.map(|zone| TimeZoneName::parse(zone).expect("a zone"));
        let said = PlaceSaid { postal_code: postal_code.as_deref(), state, imported: imported.as_ref() };
        let known = PlaceKnown::guessed(&phone, &said);
        let now = at("2026-07-01T00:00 UTC") + SignedDuration::from_mins(into);
        let open = |zones: &ZoneSet| recipient_opening(&RecipientHours::default(), zones, RING, now).is_open();
        prop_assert!(open(&ZoneSet::of_number(&phone)) || !open(&known.zones));
        prop_assert!(known.clues.iter().all(|clue| clue.zones.iter().all(|zone| known.zones.iter().any(|z| z == zone))));
    }
}
