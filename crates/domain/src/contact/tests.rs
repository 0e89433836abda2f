//! Bounds of a contact's fields, and what follows from them.
//!
//! Every field is refused by name. Reading of numbers has its own tests in `phone_number`; reading of
//! lists in `import`.

use super::*;
use crate::time_zones::ClueZones;

fn draft(json: serde_json::Value) -> ContactDraft {
    let mut json = json;
    if json.get("phone").is_none() {
        json["phone"] = "+12025550143".into();
    }
    serde_json::from_value(json).expect("a draft")
}

fn contact(json: serde_json::Value) -> Contact {
    draft(json).check(&CountryCode::US).expect("a contact")
}

fn wrong(json: serde_json::Value) -> Vec<String> {
    let errors = draft(json).check(&CountryCode::US).expect_err("something is wrong");
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn a_phone_number_is_all_that_is_wanted() {
    let contact = contact(serde_json::json!({"phone": "(202) 555-0143"}));
    assert_eq!(contact.phone.as_str(), "+12025550143");
    assert_eq!((contact.name.as_str(), contact.timezone.as_ref()), ("", None));
    assert_eq!(wrong(serde_json::json!({"phone": ""})), ["phone"]);
    assert_eq!(wrong(serde_json::json!({"phone": "1-900-555-0143"})), ["phone"]);
}

#[test]
fn a_name_and_its_parts_follow_from_each_other_where_certain() {
    let cases = [
        (Some("Ann Lee"), None, None, ("Ann Lee", "Ann", "Lee")),
        (None, Some("Ann"), Some("Lee"), ("Ann Lee", "Ann", "Lee")),
        (None, Some("Ann"), None, ("Ann", "Ann", "")),
        (Some("A. Lee"), Some("Ann"), None, ("A. Lee", "Ann", "")),
        (Some("Dr. Lee"), None, None, ("Dr. Lee", "", "")),
        (Some("Lee, Ann"), None, None, ("Lee, Ann", "", "")),
        (Some("Ann van der Lee"), None, None, ("Ann van der Lee", "", "")),
        (Some("Cher"), None, None, ("Cher", "", "")),
        (Some("  Ann\u{a0} \n Lee "), None, None, ("Ann Lee", "Ann", "Lee")),
    ];
    for (name, first, last, expected) in cases {
        let contact = contact(serde_json::json!({"name": name, "first_name": first, "last_name": last}));
        let got = (contact.name.as_str(), contact.first_name.as_str(), contact.last_name.as_str());
        assert_eq!(got, expected, "{name:?}");
    }
}

#[test]
fn every_wrong_field_is_named() {
    let long = "x".repeat(20_000);
    let all = serde_json::json!({
        "phone": "911", "name": long, "email": "ann", "company": long, "notes": long, "timezone": "Mars",
        "language": "english!", "postal_code": long, "state": long, "custom": {"first name": "x", "plan": long},
    });
    let expected = [
        "phone",
        "name",
        "email",
        "company",
        "notes",
        "timezone",
        "language",
        "postal_code",
        "state",
        "custom",
        "custom.plan",
    ];
    assert_eq!(wrong(all), expected);
}

#[test]
fn email_addresses_have_a_shape() {
    for good in ["ann@example.com", "a.b+c@mail.example.co.uk", "é@exämple.de"] {
        assert_eq!(contact(serde_json::json!({"email": good})).email, good);
    }
    for bad in [
        "ann",
        "@example.com",
        "ann@",
        "ann@example",
        "a b@example.com",
        "a@b@example.com",
        "ann@.com",
        "<a@example.com>",
    ] {
        assert_eq!(wrong(serde_json::json!({"email": bad})), ["email"], "{bad}");
    }
}

#[test]
fn tags_are_distinct_and_one_of_them_forbids_calls() {
    let tagged = contact(serde_json::json!({"tags": ["VIP", " vip ", "", "north  side"]}));
    assert_eq!(tagged.tags, ["VIP", "north side"]);
    assert!(!tagged.is_do_not_call());
    assert!(contact(serde_json::json!({"tags": ["dnc"]})).is_do_not_call());
    let many: Vec<String> = (0..51).map(|number| format!("tag {number}")).collect();
    assert_eq!(wrong(serde_json::json!({"tags": many})), ["tags"]);
}

#[test]
fn a_stated_zone_replaces_and_an_imported_one_adds() {
    let contact = contact(serde_json::json!({"timezone": "America/Los_Angeles"}));
    assert_eq!(contact.zones(ZoneSource::Stated).key(), "America/Los_Angeles");
    assert_eq!(contact.zones(ZoneSource::Imported).key(), "America/Los_Angeles&America/New_York");
}

#[test]
fn postal_code_and_state_add_their_zones_and_unknown_ones_are_noted() {
    let zones = |place: serde_json::Value| {
        let mut json = serde_json::json!({"phone": "+12125550143"});
        json.as_object_mut().expect("an object").extend(place.as_object().expect("an object").clone());
        contact(json).zones(ZoneSource::Imported).key()
    };
    assert_eq!(zones(serde_json::json!({"postal_code": "90001"})), "America/Los_Angeles&America/New_York");
    assert_eq!(zones(serde_json::json!({"state": "TX"})), "America/Chicago&America/Denver&America/New_York");
    let in_dallas = serde_json::json!({"state": "Texas", "postal_code": "75201"});
    assert_eq!(zones(in_dallas), "America/Chicago&America/New_York", "the code says where in the state");
    let at_odds = serde_json::json!({"state": "CA", "postal_code": "80202"});
    assert_eq!(zones(at_odds), "America/Denver&America/Los_Angeles&America/New_York");
    assert_eq!(zones(serde_json::json!({"state": "Narnia"})), "America/New_York");
    let odd = contact(serde_json::json!({"phone": "+12125550143", "state": "Narnia", "timezone": "Europe/Rome"}));
    let clues = serde_json::to_value(odd.place(ZoneSource::Imported).clues).expect("json");
    let expected = serde_json::json!([{"clue": "number", "zones": ["America/New_York"]},
        {"clue": "state", "zones": []}, {"clue": "imported", "zones": ["Europe/Rome"]}]);
    assert_eq!(clues, expected);
    let stated = serde_json::to_value(odd.place(ZoneSource::Stated).clues).expect("json");
    assert_eq!(stated, serde_json::json!([{"clue": "stated", "zones": ["Europe/Rome"]}]), "nothing counts beside it");
}

#[test]
fn clues_are_kept_beside_the_zones_and_read_back() {
    let said = serde_json::json!({"phone": "+12125550143", "postal_code": "90001", "state": "Narnia", "timezone": "Europe/Rome"});
    let odd = contact(said);
    for (source, kept) in [
        (ZoneSource::Stated, "stated"),
        (ZoneSource::Imported, "number=America/New_York;postal_code=America/Los_Angeles;state=;imported=Europe/Rome"),
    ] {
        let place = odd.place(source);
        assert_eq!(place.clues_key(), kept);
        assert_eq!(ClueZones::of_key(kept, &place.zones), Some(place.clues));
    }
    let northern = contact(serde_json::json!({"phone": "+18675550143"})).place(ZoneSource::Stated);
    assert_eq!(northern.clues_key(), "number", "its many zones are kept once");
    assert_eq!(ClueZones::of_key("number", &northern.zones), Some(northern.clues));
    for strange in ["", "gut feeling", "number=Mars/Olympus", "number=;guess="] {
        assert_eq!(ClueZones::of_key(strange, &northern.zones), None, "{strange}");
    }
}

#[test]
fn merge_fields_hold_what_is_known_and_custom_fields_hide_nothing() {
    let contact = contact(serde_json::json!({
        "name": "Ann Lee", "company": "Acme", "custom": {"plan": "Gold", "age": 41, "member": true},
    }));
    let fields = contact.merge_fields("School");
    let expected = [
        ("first_name", Some("Ann")),
        ("phone", Some("+12025550143")),
        ("company", Some("Acme")),
        ("plan", Some("Gold")),
        ("age", Some("41")),
        ("member", Some("yes")),
        ("organization_name", Some("School")),
        ("email", None),
    ];
    for (name, value) in expected {
        assert_eq!(fields.get(name), value, "{name}");
    }
    assert_eq!(wrong(serde_json::json!({"custom": {"phone": "x"}})), ["custom"], "a contact's own field stays its own");
}

#[test]
fn unknown_fields_are_refused() {
    assert!(serde_json::from_str::<ContactDraft>(r#"{"phone":"1","nick":"x"}"#).is_err());
    assert!(serde_json::from_str::<ContactDraft>(r#"{"phone":"1","custom":{"a":[1]}}"#).is_err());
}
