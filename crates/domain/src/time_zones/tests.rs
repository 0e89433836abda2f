//! Which zones a number may be in, and that corrections to the table hold.
//!
//! Numbers are chosen where a plain look-up by prefix goes wrong. Whether a call is allowed in those zones
//! is tested in `calling_hours`.

use proptest::prelude::*;

use super::corrections::{MISSING_ZONES, OVERLAYS};
use super::*;

fn zones_of(text: &str) -> String {
    ZoneSet::of_number(&PhoneNumber::from_e164(text).expect("E.164")).key()
}

fn zone(name: &str) -> TimeZoneName {
    TimeZoneName::parse(name).expect("a zone")
}

#[test]
fn a_number_of_one_place_has_one_zone() {
    let cases = [
        ("+12025550143", "America/New_York"),
        ("+13125550143", "America/Chicago"),
        ("+442071838750", "Europe/London"),
        ("+61290378520", "Australia/Sydney"),
        ("+4915112345678", "Europe/Berlin"),
        ("+8613812345678", "Asia/Shanghai"),
    ];
    for (text, expected) in cases {
        assert_eq!(zones_of(text), expected, "{text}");
    }
}

#[test]
fn a_mobile_may_be_anywhere_in_its_country() {
    for (text, zones) in [("+61412345678", 8), ("+79161234567", 16), ("+56961234567", 2)] {
        let phone = PhoneNumber::from_e164(text).expect("E.164");
        assert_eq!(ZoneSet::of_number(&phone).len(), zones, "{text}");
    }
    assert_eq!(zones_of("+6281212345678"), "Asia/Jakarta&Asia/Jayapura&Asia/Makassar");
    assert!(zones_of("+34612345678").contains("Atlantic/Canary"));
    assert!(zones_of("+61412345678").contains("Australia/Perth"));
}

#[test]
fn split_area_codes_have_all_their_zones_whatever_the_exchange() {
    for exchange in ["200", "234", "878", "999"] {
        assert_eq!(zones_of(&format!("+1850{exchange}0143")), "America/Chicago&America/New_York", "{exchange}");
    }
    assert_eq!(zones_of("+19282835555"), "America/Denver&America/Phoenix", "edge case 12: Navajo Nation");
    assert_eq!(zones_of("+19284455555"), "America/Denver&America/Phoenix");
    assert!(zones_of("+12082345555").contains("America/Boise") || zones_of("+12082345555").contains("America/Denver"));
    assert!(zones_of("+12082345555").contains("America/Los_Angeles"));
}

#[test]
fn an_overlay_has_the_zones_of_the_area_below() {
    for overlay in OVERLAYS {
        let own = ZoneSet::of_number_and_kind(
            &PhoneNumber::from_e164(&format!("+1{}5550143", overlay.area_code)).expect("E.164"),
            PhoneKind::FixedLineOrMobile,
        );
        for area in overlay.lies_over {
            let below = PhoneNumber::from_e164(&format!("+1{area}5550143")).expect("E.164");
            let below = ZoneSet::of_number_and_kind(&below, PhoneKind::FixedLineOrMobile);
            assert!(!below.is_empty() && below.len() < 10, "{area}: {below:?}");
            assert!(below.iter().all(|zone| own.iter().any(|other| other == zone)), "{}", overlay.area_code);
        }
    }
}

#[test]
fn zones_that_the_table_leaves_out_are_added() {
    for missing in MISSING_ZONES {
        let phone = PhoneNumber::from_e164(&format!("+1{}5550143", missing.area_code)).expect("E.164");
        let zones = ZoneSet::of_number_and_kind(&phone, PhoneKind::FixedLineOrMobile);
        assert!(zones.iter().any(|zone| zone.as_str() == missing.zone), "{}", missing.area_code);
    }
}

#[test]
fn a_number_bound_to_no_place_has_every_zone_of_its_plan() {
    assert_eq!(ZoneSet::of_number(&PhoneNumber::from_e164("+18005550143").expect("E.164")).len(), 42);
    let unlisted = PhoneNumber::from_e164("+12995550143").expect("E.164");
    assert_eq!(ZoneSet::of_number_and_kind(&unlisted, PhoneKind::FixedLineOrMobile).len(), 42);
    assert_eq!(zones_of("+445612345678"), zones_of("+447400123456"), "a line over the internet");
}

#[test]
fn a_number_of_no_plan_has_no_zone() {
    assert!(ZoneSet::of_number(&PhoneNumber::from_e164("+999123456789").expect("E.164")).is_empty());
}

#[test]
fn a_stated_zone_replaces_and_another_adds() {
    let number = ZoneSet::of_number(&PhoneNumber::from_e164("+12125550143").expect("E.164"));
    assert_eq!(number.with_stated(zone("America/Los_Angeles")).key(), "America/Los_Angeles");
    assert_eq!(number.with_added(zone("America/Los_Angeles")).key(), "America/Los_Angeles&America/New_York");
    assert_eq!(number.with_added(zone("America/New_York")), number);
}

#[test]
fn a_zone_is_named_as_the_database_names_it() {
    assert_eq!(zone("america/new_york").as_str(), "America/New_York");
    for bad in ["", "Mars/Olympus", "EST5EDT4", "+02:00", "Etc/Unknown", "../etc/passwd", "America/New_York\0"] {
        assert!(TimeZoneName::parse(bad).is_err(), "{bad:?}");
    }
    assert_eq!(serde_json::to_string(&zone("UTC")).expect("json"), "\"UTC\"");
    assert!(serde_json::from_str::<TimeZoneName>("\"Mars/Olympus\"").is_err());
}

proptest! {
    /// A set survives its key, and its names are sorted and distinct.
    #[test]
    fn a_key_gives_its_set_back(subscriber in 2_000_000_000u64..9_999_999_999) {
        let phone = PhoneNumber::from_e164(&format!("+1{subscriber}")).expect("E.164");
        let zones = ZoneSet::of_number_and_kind(&phone, PhoneKind::FixedLineOrMobile);
        prop_assert_eq!(&ZoneSet::from_key(&zones.key()).expect("own key"), &zones);
        let names: Vec<&str> = zones.iter().map(TimeZoneName::as_str).collect();
        prop_assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(!zones.is_empty());
    }
}
