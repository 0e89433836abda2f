//! What people may write, and how they are told what is wrong.

use super::*;

#[test]
fn the_forms_of_the_interface_are_read_and_written_alike() {
    let forms = [
        json!({"kind": "manual"}),
        json!({"kind": "once", "at": "2026-12-01T09:00", "timezone": "America/New_York", "grace_s": 3600}),
        json!({"kind": "recurring", "at": "2026-12-07T09:00", "timezone": "America/New_York",
            "every": {"unit": "day", "interval": 3}, "until": {"kind": "never"}, "contacts": "same",
            "overlap": "skip", "short_months": "last_day", "grace_s": 3600}),
        json!({"kind": "recurring", "at": "2026-12-07T09:00", "timezone": "Europe/Berlin",
            "every": {"unit": "week", "days": ["mon", "wed"]}, "until": {"kind": "date", "date": "2027-01-31"},
            "contacts": "refresh_sheet", "overlap": "wait", "short_months": "skip", "grace_s": 0}),
        json!({"kind": "recurring", "at": "2026-12-07T09:00", "timezone": "UTC",
            "every": {"unit": "month", "day": "last"}, "until": {"kind": "occurrences", "count": 12},
            "contacts": "same", "overlap": "skip", "short_months": "last_day", "grace_s": 86400}),
    ];
    for form in forms {
        let schedule = read(&form);
        assert_eq!(serde_json::to_value(&schedule).expect("json"), form);
        assert_eq!(serde_json::from_value::<Schedule>(form).expect("a schedule"), schedule);
    }
}

#[test]
fn overlap_short_months_and_grace_may_be_left_out() {
    let Schedule::Recurring(schedule) = recurring(&json!({})) else { panic!("recurring") };
    assert_eq!(
        (schedule.overlap, schedule.short_months, schedule.grace_s),
        (Overlap::Skip, ShortMonths::LastDay, 3_600)
    );
    assert_eq!(Schedule::default(), read(&json!({"kind": "manual"})));
}

/// The paths of what is wrong with the usual schedule, changed so.
fn wrong(changes: &Value) -> Vec<String> {
    let mut value = serde_json::to_value(recurring(&json!({}))).expect("json");
    for (name, change) in changes.as_object().expect("an object") {
        value[name] = change.clone();
    }
    let errors = Schedule::parse(&value).expect_err("something is wrong");
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn what_is_wrong_is_named_by_its_path() {
    for (changes, field) in [
        (json!({"kind": "yearly"}), "kind"),
        (json!({"at": "2026-12-07"}), "at"),
        (json!({"at": "2026-12-07T09:00:00"}), "at"),
        (json!({"at": "2026-12-07T09:00Z"}), "at"),
        (json!({"at": "2026-02-30T09:00"}), "at"),
        (json!({"at": "1999-12-31T09:00"}), "at"),
        (json!({"at": 9}), "at"),
        (json!({"timezone": "EST5EDT6"}), "timezone"),
        (json!({"timezone": "+02:00"}), "timezone"),
        (json!({"every": "day"}), "every"),
        (json!({"every": {"unit": "year"}}), "every.unit"),
        (json!({"every": {"unit": "day"}}), "every.interval"),
        (json!({"every": {"unit": "day", "interval": 0}}), "every.interval"),
        (json!({"every": {"unit": "day", "interval": 31}}), "every.interval"),
        (json!({"every": {"unit": "day", "interval": 1.5}}), "every.interval"),
        (json!({"every": {"unit": "day", "interval": 4_294_967_297_u64}}), "every.interval"),
        (json!({"every": {"unit": "day", "interval": 1, "days": []}}), "every.days"),
        (json!({"every": {"unit": "week", "days": []}}), "every.days"),
        (json!({"every": {"unit": "week", "days": ["mon", "mon"]}}), "every.days"),
        (json!({"every": {"unit": "week", "days": ["monday"]}}), "every.days"),
        (json!({"every": {"unit": "month", "day": 32}}), "every.day"),
        (json!({"every": {"unit": "month", "day": 0}}), "every.day"),
        (json!({"every": {"unit": "month", "day": "first"}}), "every.day"),
        (json!({"until": {"kind": "date", "date": "2027-1-31"}}), "until.date"),
        (json!({"until": {"kind": "date", "date": "2026-12-06"}}), "until.date"),
        (json!({"until": {"kind": "occurrences", "count": 1001}}), "until.count"),
        (json!({"until": {"kind": "occurrences", "count": 0}}), "until.count"),
        (json!({"contacts": "none"}), "contacts"),
        (json!({"overlap": null}), "overlap"),
        (json!({"short_months": "last"}), "short_months"),
        (json!({"grace_s": -1}), "grace_s"),
        (json!({"grace_s": 86_401}), "grace_s"),
        (json!({"hue": "blue"}), "hue"),
    ] {
        assert_eq!(wrong(&changes), [field], "{changes}");
    }
    assert_eq!(Schedule::parse(&json!([])).expect_err("no object").len(), 1);
    let at_a_manual_one = json!({"kind": "manual", "at": "2026-12-07T09:00"});
    assert_eq!(Schedule::parse(&at_a_manual_one).expect_err("unknown")[0].field, "at");
}

#[test]
fn everything_wrong_is_told_at_once() {
    let bare = Schedule::parse(&json!({"kind": "recurring", "grace_s": "soon"})).expect_err("nothing is there");
    let fields: Vec<&str> = bare.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["at", "timezone", "every", "until", "contacts", "grace_s"]);
}

#[test]
fn a_schedule_is_set_in_force_only_for_the_future() {
    let now = at("2026-12-07T08:59 America/New_York");
    let fields =
        |schedule: &Schedule, now| schedule.check_start(now).into_iter().map(|error| error.field).collect::<Vec<_>>();
    assert_eq!(fields(&Schedule::Manual, now), ["kind"]);
    assert!(fields(&recurring(&json!({})), now).is_empty());
    assert_eq!(fields(&recurring(&json!({})), at("2026-12-07T09:00 America/New_York")), ["at"]);
    let once = read(&json!({"kind": "once", "at": "2026-12-07T09:00", "timezone": "America/Los_Angeles"}));
    assert!(fields(&once, at("2026-12-07T11:59 America/New_York")).is_empty(), "nine in Los Angeles is later");
    assert_eq!(fields(&once, at("2026-12-07T12:00 America/New_York")), ["at"]);
    let never = json!({"every": {"unit": "month", "day": 31}, "until": {"kind": "date", "date": "2026-12-30"}});
    assert_eq!(fields(&recurring(&never), now), ["until"]);
}
