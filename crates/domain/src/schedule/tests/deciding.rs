//! What becomes of occurrences that are due, one situation after the other.

use super::*;

const SCHEDULED: &str = "2026-12-07T08:00 America/New_York";

fn moment(text: &str) -> Moment {
    let now = at(&format!("{text} America/New_York"));
    Moment { now, predecessor_runs: false, is_paused: false }
}

fn running(text: &str) -> Moment {
    Moment { predecessor_runs: true, ..moment(text) }
}

fn paused(text: &str) -> Moment {
    Moment { is_paused: true, ..moment(text) }
}

/// Decides and writes the verdicts down, as the scheduler's transaction does.
fn step(schedule: &Schedule, standing: &mut Standing, moment: Moment) -> Plan {
    let plan = decide(schedule, standing, &moment);
    plan.verdicts.iter().for_each(|verdict| standing.note(verdict));
    plan
}

/// The verdicts in words: what, and the day of the month.
fn told(plan: &Plan) -> Vec<String> {
    let told = |verdict: &Verdict| {
        let what = match verdict {
            Verdict::Start(_) => "start".to_owned(),
            Verdict::Skip(_, reason) => reason.to_string(),
            Verdict::Wait(_) => "wait".to_owned(),
            Verdict::Missed(_) => "missed".to_owned(),
        };
        format!("{what} {}", verdict.occurrence().local.day())
    };
    plan.verdicts.iter().map(told).collect()
}

fn look_at(text: &str) -> LookAgain {
    LookAgain::At(at(&format!("{text} America/New_York")))
}

#[test]
fn an_occurrence_starts_at_its_time_and_once() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    let early = step(&schedule, &mut standing, moment("2026-12-07T08:59:59"));
    assert_eq!((told(&early), early.look_again), (vec![], look_at("2026-12-07T09:00")));
    let due = step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    assert_eq!((told(&due), due.look_again), (vec!["start 7".to_owned()], look_at("2026-12-08T09:00")));
    for after in [moment("2026-12-07T09:00"), running("2026-12-07T09:01"), moment("2026-12-07T20:00")] {
        assert!(step(&schedule, &mut standing, after).verdicts.is_empty());
    }
    assert_eq!(standing.started, 1);
}

#[test]
fn a_verdict_that_was_not_written_down_is_given_again() {
    let (schedule, standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    let first = decide(&schedule, &standing, &moment("2026-12-07T09:00"));
    let after_a_crash = decide(&schedule, &standing, &moment("2026-12-07T09:05"));
    assert_eq!(first.verdicts, after_a_crash.verdicts);
}

#[test]
fn edge_case_17_a_run_whose_time_passed_two_hours_ago_is_missed() {
    let (schedule, mut standing) = (recurring(&json!({"at": "2026-12-07T20:10"})), Standing::since(at(SCHEDULED)));
    let back = step(&schedule, &mut standing, moment("2026-12-07T22:10"));
    assert_eq!((told(&back), back.look_again), (vec!["missed 7".to_owned()], look_at("2026-12-08T20:10")));
    assert_eq!(standing.started, 0, "nothing was dialed, so it does not count");
}

#[test]
fn an_occurrence_inside_its_grace_runs_late_and_older_ones_are_missed() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    let back = step(&schedule, &mut standing, moment("2026-12-10T10:00"));
    assert_eq!(told(&back), ["missed 7", "missed 8", "missed 9", "start 10"]);
    let longest = recurring(&json!({"grace_s": 86_400}));
    let mut standing = Standing::since(at(SCHEDULED));
    let back = step(&longest, &mut standing, moment("2026-12-08T09:00"));
    assert_eq!(told(&back), ["missed 7", "start 8"], "the older one is never caught up, be it inside its grace");
    assert_eq!(
        told(&step(&schedule, &mut Standing::since(at(SCHEDULED)), moment("2026-12-07T10:00:01"))),
        ["missed 7"]
    );
}

#[test]
fn a_minute_is_on_time_even_without_grace() {
    let strict = recurring(&json!({"grace_s": 0}));
    let told_at = |text| told(&decide(&strict, &Standing::since(at(SCHEDULED)), &moment(text)));
    assert_eq!(told_at("2026-12-07T09:01"), ["start 7"]);
    assert_eq!(told_at("2026-12-07T09:01:01"), ["missed 7"]);
}

#[test]
fn an_occurrence_during_the_run_before_it_is_skipped() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    assert_eq!(told(&step(&schedule, &mut standing, running("2026-12-08T09:00"))), ["predecessor_runs 8"]);
    assert!(step(&schedule, &mut standing, moment("2026-12-08T09:30")).verdicts.is_empty(), "skipped is skipped");
    assert_eq!(told(&step(&schedule, &mut standing, moment("2026-12-09T09:00"))), ["start 9"]);
}

#[test]
fn an_occurrence_waits_for_the_run_before_it_where_that_was_chosen() {
    let schedule = recurring(&json!({"overlap": "wait"}));
    let mut standing = Standing::since(at(SCHEDULED));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    assert_eq!(told(&step(&schedule, &mut standing, running("2026-12-08T09:00"))), ["wait 8"]);
    assert!(step(&schedule, &mut standing, running("2026-12-08T15:00")).verdicts.is_empty(), "logged once");
    assert!(step(&schedule, &mut standing, paused("2026-12-08T15:00")).verdicts.is_empty());
    assert_eq!(told(&step(&schedule, &mut standing, moment("2026-12-08T16:00"))), ["start 8"], "past its grace");
    assert_eq!((standing.started, standing.waiting), (2, None));
}

#[test]
fn a_newer_occurrence_takes_the_place_of_one_that_waits() {
    let schedule = recurring(&json!({"overlap": "wait"}));
    let mut standing = Standing::since(at(SCHEDULED));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    step(&schedule, &mut standing, running("2026-12-08T09:00"));
    assert_eq!(told(&step(&schedule, &mut standing, running("2026-12-09T09:00"))), ["superseded 8", "wait 9"]);
    let freed = step(&schedule, &mut standing, moment("2026-12-10T09:00"));
    assert_eq!(told(&freed), ["superseded 9", "start 10"]);
    assert_eq!(standing.waiting, None);
}

#[test]
fn the_last_occurrence_may_wait_beyond_the_end_date() {
    let schedule = recurring(&json!({"overlap": "wait", "until": {"kind": "date", "date": "2026-12-08"}}));
    let mut standing = Standing::since(at(SCHEDULED));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    let last = step(&schedule, &mut standing, running("2026-12-08T09:00"));
    assert_eq!((told(&last), last.look_again), (vec!["wait 8".to_owned()], LookAgain::WhenRunEnds));
    let freed = step(&schedule, &mut standing, moment("2026-12-11T09:00"));
    assert_eq!((told(&freed), freed.look_again), (vec!["start 8".to_owned()], LookAgain::Never));
}

#[test]
fn occurrences_of_a_paused_campaign_are_skipped() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    assert_eq!(told(&step(&schedule, &mut standing, paused("2026-12-07T09:00"))), ["paused 7"]);
    assert!(step(&schedule, &mut standing, moment("2026-12-07T09:10")).verdicts.is_empty());
    assert_eq!(
        told(&step(&schedule, &mut standing, moment("2026-12-08T09:00"))),
        ["start 8"],
        "pausing re-anchors nothing"
    );
}

#[test]
fn only_started_runs_count_towards_the_end() {
    let schedule = recurring(&json!({"until": {"kind": "occurrences", "count": 2}}));
    let mut standing = Standing::since(at(SCHEDULED));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    step(&schedule, &mut standing, paused("2026-12-08T09:00"));
    assert_eq!(told(&step(&schedule, &mut standing, moment("2026-12-10T11:00"))), ["missed 9", "missed 10"]);
    let last = step(&schedule, &mut standing, moment("2026-12-11T09:00"));
    assert_eq!((told(&last), last.look_again), (vec!["start 11".to_owned()], LookAgain::Never));
    let over = step(&schedule, &mut standing, moment("2026-12-12T09:00"));
    assert_eq!((told(&over), over.look_again), (vec![], LookAgain::Never));
}

#[test]
fn a_long_outage_is_written_down_in_portions_and_runs_the_newest() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    let back = moment("2027-12-07T09:30");
    let first = step(&schedule, &mut standing, back);
    assert_eq!((first.verdicts.len(), first.look_again), (VERDICTS_MAX, LookAgain::At(back.now)));
    let mut last = first;
    for _ in 0..3 {
        last = step(&schedule, &mut standing, back);
    }
    assert_eq!(told(&last).last().map(String::as_str), Some("start 7"));
    assert_eq!((standing.started, last.look_again), (1, look_at("2027-12-08T09:00")));
}

#[test]
fn a_single_run_starts_once_and_is_over() {
    let once = read(&json!({"kind": "once", "at": "2026-12-07T09:00", "timezone": "America/New_York"}));
    let mut standing = Standing::since(at(SCHEDULED));
    assert_eq!(step(&once, &mut standing, moment("2026-12-07T08:30")).look_again, look_at("2026-12-07T09:00"));
    let due = step(&once, &mut standing, moment("2026-12-07T09:00:01"));
    assert_eq!((told(&due), due.look_again), (vec!["start 7".to_owned()], LookAgain::Never));
    let late = step(&once, &mut Standing::since(at(SCHEDULED)), moment("2026-12-08T09:00"));
    assert_eq!((told(&late), late.look_again), (vec!["missed 7".to_owned()], LookAgain::Never));
    let manual = decide(&Schedule::Manual, &Standing::since(at(SCHEDULED)), &moment("2026-12-07T09:00"));
    assert_eq!((manual.verdicts, manual.look_again), (vec![], LookAgain::Never));
}

/// The rules of a zone are replaced by another zone's, as a new version of the zone data would.
#[test]
fn edge_case_18_new_rules_of_a_zone_move_runs_to_come_and_repeat_none() {
    let old = recurring(&json!({}));
    let new = recurring(&json!({"timezone": "America/Chicago"}));
    let mut standing = Standing::since(at(SCHEDULED));
    step(&old, &mut standing, moment("2026-12-07T09:00"));
    let decided = standing.last.expect("the first");
    let again = step(&new, &mut standing, moment("2026-12-07T10:00"));
    assert_eq!(told(&again), Vec::<String>::new(), "nine by the new rules is later, and yet the same occurrence");
    assert_eq!(again.look_again, LookAgain::At(at("2026-12-08T09:00 America/Chicago")));
    assert_eq!(standing.last, Some(decided), "what was decided keeps its instant");
}

#[test]
fn an_edited_schedule_begins_anew_from_the_edit() {
    let (schedule, mut standing) = (recurring(&json!({})), Standing::since(at(SCHEDULED)));
    step(&schedule, &mut standing, moment("2026-12-07T09:00"));
    let later = recurring(&json!({"at": "2026-12-07T11:00"}));
    standing.edited(&schedule, &later, at("2026-12-07T10:00 America/New_York"));
    assert_eq!(told(&step(&later, &mut standing, moment("2026-12-07T11:00"))), ["start 7"], "a person wished it");
    let earlier = recurring(&json!({"at": "2026-12-07T10:30"}));
    standing.edited(&later, &earlier, at("2026-12-07T11:10 America/New_York"));
    assert_eq!(told(&step(&earlier, &mut standing, moment("2026-12-07T11:11"))), Vec::<String>::new());
    let west = recurring(&json!({"timezone": "America/Los_Angeles"}));
    standing.edited(&earlier, &west, at("2026-12-07T11:12 America/New_York"));
    assert_eq!(told(&step(&west, &mut standing, moment("2026-12-07T12:00"))), ["start 7"], "nine in Los Angeles");
    assert_eq!(standing.started, 3);
}
