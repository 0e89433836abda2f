//! When occurrences take place: clock changes, short months, ends.

use super::*;

#[test]
fn edge_case_14_a_skipped_local_time_runs_once_an_hour_later_and_a_repeated_one_once() {
    let spring = recurring(&json!({"at": "2027-03-01T02:30"}));
    let found: Vec<Occurrence> = spring.occurrences(at("2027-03-13T12:00 America/New_York"), 0).take(2).collect();
    assert_eq!(found[0].at, at("2027-03-14T03:30 America/New_York"));
    assert_eq!(local_minute::format(found[0].local), "2027-03-14T02:30", "known by what the schedule says");
    assert_eq!(found[1].at, at("2027-03-15T02:30 America/New_York"));

    let autumn = recurring(&json!({"at": "2026-10-01T01:30"}));
    let found: Vec<Occurrence> = autumn.occurrences(at("2026-10-31T12:00 America/New_York"), 0).take(2).collect();
    assert_eq!(found[0].at, "2026-11-01T01:30:00-04:00".parse().expect("the first pass"));
    assert_eq!(found[1].at, at("2026-11-02T01:30 America/New_York"));
    let after_the_first = autumn.occurrences(found[0].at, 0).next();
    assert_eq!(after_the_first, Some(found[1]), "the second pass is not one");
}

#[test]
fn edge_case_15_day_31_is_the_last_day_of_a_short_month_or_none() {
    let day_31 = json!({"at": "2027-01-31T09:00", "every": {"unit": "month", "day": 31}});
    let last = locals(&recurring(&day_31), "2027-01-01T00:00 UTC", 4);
    assert_eq!(last, ["2027-01-31T09:00", "2027-02-28T09:00", "2027-03-31T09:00", "2027-04-30T09:00"]);
    let mut skipping = day_31;
    skipping["short_months"] = json!("skip");
    let skipped = locals(&recurring(&skipping), "2027-01-01T00:00 UTC", 4);
    assert_eq!(skipped, ["2027-01-31T09:00", "2027-03-31T09:00", "2027-05-31T09:00", "2027-07-31T09:00"]);
    skipping["until"] = json!({"kind": "occurrences", "count": 12});
    let twelve = recurring(&skipping);
    assert_eq!(twelve.occurrences(at("2027-01-01T00:00 UTC"), 0).count(), 12, "months without the day do not count");
    assert_eq!(twelve.occurrences(at("2027-01-01T00:00 UTC"), 5).count(), 7);
    assert_eq!(twelve.occurrences(at("2027-01-01T00:00 UTC"), 13).count(), 0);
}

#[test]
fn edge_case_16_every_three_days_keep_their_wall_time_and_follow_an_edited_start() {
    let every_3 = json!({"at": "2027-03-11T09:00", "every": {"unit": "day", "interval": 3}});
    let schedule = recurring(&every_3);
    let found: Vec<Occurrence> = schedule.occurrences(at("2027-03-10T00:00 UTC"), 0).take(3).collect();
    let expected = ["2027-03-11T09:00", "2027-03-14T09:00", "2027-03-17T09:00"];
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.at, at(&format!("{expected} America/New_York")));
    }
    assert_eq!(found[1].at.duration_since(found[0].at), jiff::SignedDuration::from_hours(71), "a day has 23 hours");
    let mut edited = every_3;
    edited["at"] = json!("2027-03-12T09:00");
    let after = "2027-03-12T00:00 America/New_York";
    assert_eq!(locals(&schedule, after, 2), ["2027-03-14T09:00", "2027-03-17T09:00"]);
    assert_eq!(locals(&recurring(&edited), after, 2), ["2027-03-12T09:00", "2027-03-15T09:00"]);
}

#[test]
fn days_of_the_week_begin_with_the_first_that_is_named() {
    let schedule = recurring(&json!({"every": {"unit": "week", "days": ["wed", "mon"]}, "at": "2026-12-08T09:00"}));
    let expected = ["2026-12-09T09:00", "2026-12-14T09:00", "2026-12-16T09:00"];
    assert_eq!(locals(&schedule, "2026-12-01T00:00 UTC", 3), expected);
}

#[test]
fn leap_days_are_days_like_others() {
    let monthly = json!({"at": "2027-12-01T09:00", "every": {"unit": "month", "day": 29}, "short_months": "skip"});
    let expected = ["2027-12-29T09:00", "2028-01-29T09:00", "2028-02-29T09:00", "2028-03-29T09:00"];
    assert_eq!(locals(&recurring(&monthly), "2027-12-01T00:00 UTC", 4), expected);
    let not_leap = locals(&recurring(&monthly), "2029-01-30T00:00 UTC", 1);
    assert_eq!(not_leap, ["2029-03-29T09:00"]);
    let last = json!({"at": "2028-02-01T09:00", "every": {"unit": "month", "day": "last"}, "short_months": "skip"});
    assert_eq!(locals(&recurring(&last), "2028-02-01T00:00 UTC", 2), ["2028-02-29T09:00", "2028-03-31T09:00"]);
    let daily = json!({"at": "2028-02-28T09:00"});
    assert_eq!(locals(&recurring(&daily), "2028-02-28T15:00 UTC", 2), ["2028-02-29T09:00", "2028-03-01T09:00"]);
}

#[test]
fn the_end_date_has_its_occurrence_by_the_calendar_of_the_zone() {
    let tokyo =
        json!({"timezone": "Asia/Tokyo", "at": "2026-12-30T08:00", "until": {"kind": "date", "date": "2027-01-01"}});
    let found = locals(&recurring(&tokyo), "2026-12-01T00:00 UTC", 9);
    assert_eq!(found, ["2026-12-30T08:00", "2026-12-31T08:00", "2027-01-01T08:00"]);
}

/// Greenland's clocks jump from 23:00 on Saturday to midnight: its date is that of the schedule.
#[test]
fn a_local_time_skipped_before_midnight_runs_after_it_and_counts_for_its_own_day() {
    let saturdays = recurring(&json!({"timezone": "America/Nuuk", "at": "2027-03-01T23:30",
        "every": {"unit": "week", "days": ["sat"]}, "until": {"kind": "date", "date": "2027-03-27"}}));
    let last = saturdays.occurrences(at("2027-03-22T00:00 UTC"), 0).collect::<Vec<_>>();
    assert_eq!(last.len(), 1);
    assert_eq!(last[0].at, at("2027-03-28T00:30 America/Nuuk"));
}

/// Samoa left out 30 December 2011.
#[test]
fn a_date_that_the_calendar_leaves_out_runs_once_with_the_next() {
    let daily = recurring(&json!({"timezone": "Pacific/Apia", "at": "2011-12-01T09:00"}));
    let found: Vec<Occurrence> = daily.occurrences(at("2011-12-29T00:00 Pacific/Apia"), 0).take(3).collect();
    let expected = ["2011-12-29T09:00", "2011-12-31T09:00", "2012-01-01T09:00"];
    assert_eq!(found.iter().map(|next| local_minute::format(next.local)).collect::<Vec<_>>(), expected);
    assert!(found.windows(2).all(|pair| pair[0].at < pair[1].at));
    let monthly = recurring(&json!({"timezone": "Pacific/Apia", "at": "2011-12-01T09:00",
        "every": {"unit": "month", "day": 30}}));
    let first = monthly.occurrences(at("2011-12-29T00:00 Pacific/Apia"), 0).next().expect("an occurrence");
    assert_eq!(first.at, at("2011-12-31T09:00 Pacific/Apia"), "the month's run is not lost");
}

#[test]
fn an_occurrence_is_written_as_the_interface_says() {
    let next = recurring(&json!({})).occurrences(at("2026-12-01T00:00 UTC"), 0).next().expect("an occurrence");
    let json = json!({"at": "2026-12-07T14:00:00Z", "local": "2026-12-07T09:00"});
    assert_eq!(serde_json::to_value(next).expect("json"), json);
    assert_eq!(serde_json::from_value::<Occurrence>(json).expect("an occurrence"), next);
}

#[test]
fn a_schedule_at_the_end_of_time_ends() {
    let last = recurring(&json!({"at": "2199-12-31T23:59", "every": {"unit": "month", "day": 31}}));
    assert_eq!(last.occurrences(Timestamp::MAX, 0).count(), 0);
    assert!(last.occurrences(Timestamp::MIN, 0).next().is_some());
}
