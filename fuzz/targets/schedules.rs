//! Schedules: JSON in the first line; in each line behind it, what holds at one more look.
//!
//! A line is a number of minutes that pass, then `r` when a run is under way, `p` when the campaign is paused. What
//! parses prints back to itself; its occurrences only go forward, one for each local time; and of what is decided
//! nothing is decided twice, nothing begins before its time and never more runs begin than were wanted.

#![no_main]

use std::collections::HashSet;

use carillon_domain::schedule::{
    LookAgain, Moment, Occurrence, Schedule, Standing, Until, VERDICTS_MAX, Verdict, decide,
};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;

/// 2027-01-01T00:00:00Z.
const BEGIN_S: i64 = 1_798_761_600;
const OCCURRENCES: usize = 40;
const LOOKS_MAX: usize = 60;
/// Ten years.
const MINUTES_MAX: i64 = 5_260_000;

fuzz_target!(|text: &str| {
    let (json, looks) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(value) = serde_json::from_str(json) else {
        return;
    };
    let Ok(schedule) = Schedule::parse(&value) else {
        return;
    };
    let written = serde_json::to_value(&schedule).expect("JSON");
    assert_eq!(Schedule::parse(&written).as_ref(), Ok(&schedule), "printed, it reads back otherwise: {written}");
    let begin = Timestamp::from_second(BEGIN_S).expect("an instant");
    let _ = schedule.check_start(begin);
    check_occurrences(&schedule, begin);
    check_decisions(&schedule, begin, looks);
});

fn check_occurrences(schedule: &Schedule, after: Timestamp) {
    let found: Vec<Occurrence> = schedule.occurrences(after, 0).take(OCCURRENCES).collect();
    assert!(found.iter().all(|next| next.at > after), "an occurrence of the past");
    assert!(found.is_sorted_by(|one, next| one.at < next.at && one.local < next.local), "backwards: {found:?}");
    if let Some(first) = found.first() {
        let behind: Vec<Occurrence> = schedule.occurrences(first.at, 0).take(OCCURRENCES).collect();
        let count = behind.len().min(found.len() - 1);
        assert_eq!(behind[..count], found[1..=count], "asked later, the occurrences are others");
    }
}

fn check_decisions(schedule: &Schedule, begin: Timestamp, looks: &str) {
    let mut now = begin;
    let mut standing = Standing::since(begin);
    let mut settled: HashSet<DateTime> = HashSet::new();
    let mut newest = None;
    for look in looks.lines().take(LOOKS_MAX) {
        let digits = look.trim_end_matches(|c: char| !c.is_ascii_digit());
        let minutes = digits.parse::<i64>().unwrap_or(1).clamp(0, MINUTES_MAX);
        now += SignedDuration::from_mins(minutes);
        let moment = Moment { now, predecessor_runs: look.contains('r'), is_paused: look.contains('p') };
        let plan = decide(schedule, &standing, &moment);
        assert!(plan.verdicts.len() <= VERDICTS_MAX + 1);
        let starts = plan.verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Start(_))).count();
        assert!(starts <= usize::from(!moment.predecessor_runs && !moment.is_paused), "started beside a run: {plan:?}");
        for verdict in &plan.verdicts {
            let occurrence = verdict.occurrence();
            assert!(begin < occurrence.at && occurrence.at <= now, "before its time: {verdict:?} at {now}");
            let waited = standing.waiting.is_some_and(|waiting| waiting.local == occurrence.local);
            assert!(waited || newest.is_none_or(|newest| newest < occurrence.local), "backwards: {verdict:?}");
            assert!(matches!(verdict, Verdict::Wait(_)) || settled.insert(occurrence.local), "twice: {verdict:?}");
            newest = newest.max(Some(occurrence.local));
            standing.note(verdict);
        }
        check_runs(schedule, &standing);
        check_again(schedule, &standing, &moment, plan.look_again);
    }
}

fn check_runs(schedule: &Schedule, standing: &Standing) {
    let wanted = match schedule {
        Schedule::Manual => 0,
        Schedule::Once(_) => 1,
        Schedule::Recurring(recurring) => match recurring.until {
            Until::Occurrences { count } => count,
            Until::Never | Until::Date { .. } => u32::MAX,
        },
    };
    assert!(standing.started <= wanted, "{} runs of {wanted}", standing.started);
}

/// Asked again at once, there is nothing to say, unless more was due than is decided in one go.
fn check_again(schedule: &Schedule, standing: &Standing, moment: &Moment, look_again: LookAgain) {
    if let LookAgain::At(at) = look_again {
        assert!(at >= moment.now, "look again in the past");
        if at == moment.now {
            return;
        }
    }
    let moment = Moment { predecessor_runs: true, ..*moment };
    let again = decide(schedule, standing, &moment);
    let is_closing =
        |verdict: &Verdict| standing.waiting.is_some_and(|waiting| waiting.local == verdict.occurrence().local);
    assert!(again.verdicts.iter().all(is_closing), "said again: {again:?}");
}
