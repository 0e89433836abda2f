//! Figures and estimates at the edges: nobody called, nobody left, closed for the night.
//!
//! That every history of moves keeps the total is a law: see `tests/laws`.

use jiff::Timestamp;

use super::*;

use RecipientState as S;

fn now() -> Timestamp {
    "2026-03-02T20:00:00Z".parse().expect("an instant")
}

fn in_minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// So many recipients in each state, all of those called with one call each.
fn counts(recipients: &[(S, i64)]) -> Counts {
    let mut counts = Counts::default();
    for (state, people) in recipients {
        counts.recipients[*state as usize] += people;
        if !matches!(state, S::Pending | S::Suppressed) {
            counts.called += people;
            counts.attempts += people;
        }
    }
    counts
}

fn always(_: Timestamp) -> Opening {
    Opening::Open { until: None }
}

/// Eight hours open from now on, sixteen closed, and so on.
fn by_day(at: Timestamp) -> Opening {
    let hours = at.duration_since(now()).as_hours();
    let day = now() + SignedDuration::from_hours(hours.div_euclid(24) * 24);
    if hours.rem_euclid(24) < 8 {
        Opening::Open { until: Some(day + SignedDuration::from_hours(8)) }
    } else {
        Opening::Closed { opens_at: Some(day + SignedDuration::from_hours(24)) }
    }
}

#[test]
fn a_move_takes_from_one_state_and_gives_to_another() {
    let mut counts = counts(&[(S::Pending, 3), (S::Failed, 1)]);
    counts.moved(S::Pending, S::Dialing);
    counts.moved(S::Failed, S::Completed);
    assert_eq!(S::ALL.iter().map(|state| counts.in_state(*state)).collect::<Vec<_>>(), [2, 1, 0, 1, 0, 0]);
    assert_eq!(counts.total(), 4);
    counts.moved(S::Dialing, S::Dialing);
    assert_eq!(counts.in_state(S::Dialing), 1);
}

#[test]
fn counts_add_up_figure_by_figure() {
    let mut sum = counts(&[(S::Completed, 2)]);
    sum.ended(Outcome::Answered);
    let mut other = counts(&[(S::Failed, 3), (S::Completed, 1)]);
    other.ended(Outcome::Busy);
    sum.add(&other);
    assert_eq!((sum.total(), sum.called, sum.attempts), (6, 6, 6));
    assert_eq!((sum.in_state(S::Completed), sum.in_state(S::Failed)), (3, 3));
    assert_eq!((sum.outcomes[Outcome::Answered as usize], sum.outcomes[Outcome::Busy as usize]), (1, 1));
    assert_eq!(sum.outcomes.iter().sum::<i64>(), 2);
}

#[test]
fn a_run_is_done_when_nobody_is_due_and_nobody_is_being_called() {
    for state in S::ALL.iter().copied() {
        assert_eq!(counts(&[(state, 1), (S::Completed, 5)]).is_done(), state.is_final(), "{state}");
    }
    assert!(Counts::default().is_done());
}

#[test]
fn the_success_rate_is_completed_of_called() {
    assert_eq!(Counts::default().success_rate(), None, "not 0 %, and no division by nothing");
    assert_eq!(counts(&[(S::Pending, 9)]).success_rate(), None);
    let cases = [(0, 4, 0.0), (1, 2, 33.3), (2, 1, 66.7), (4, 0, 100.0), (1, 1_999, 0.1), (1, 2_999, 0.0)];
    for (completed, failed, rate) in cases {
        let counts = counts(&[(S::Completed, completed), (S::Failed, failed), (S::Suppressed, 7)]);
        assert_eq!(counts.success_rate(), Some(rate), "{completed} of {}", completed + failed);
    }
}

#[test]
fn a_run_that_is_over_has_no_end_ahead() {
    for state in [S::Completed, S::Failed, S::Suppressed] {
        assert_eq!(estimated_end(&counts(&[(state, 5)]), 30, None, now(), always), None);
    }
}

#[test]
fn the_last_calls_take_a_moment() {
    let last = counts(&[(S::Dialing, 2), (S::Completed, 5)]);
    assert_eq!(estimated_end(&last, 30, None, now(), always), Some(in_minutes(1)));
    assert_eq!(estimated_end(&last, 0, None, now(), always), Some(in_minutes(1)), "at whatever pace");
}

#[test]
fn the_rest_is_called_at_the_pace_of_the_last_minute() {
    let left = |people| counts(&[(S::Pending, people)]);
    assert_eq!(estimated_end(&left(300), 30, None, now(), always), Some(in_minutes(11)));
    let a_second_later = now() + SignedDuration::from_secs(61);
    assert_eq!(estimated_end(&left(1), 600, None, now(), always), Some(a_second_later), "rounded up");
}

#[test]
fn whoever_was_not_called_takes_as_many_calls_as_the_others() {
    let mut counts = counts(&[(S::Pending, 100), (S::Completed, 50)]);
    counts.attempts = 75;
    assert_eq!(estimated_end(&counts, 10, None, now(), always), Some(in_minutes(16)), "150 calls");
    counts.recipients[S::Retrying as usize] = 20;
    counts.called += 20;
    counts.attempts = 105;
    assert_eq!(estimated_end(&counts, 10, None, now(), always), Some(in_minutes(18)), "and one for each retry");
}

#[test]
fn the_end_is_not_before_the_last_retry_is_due() {
    let retrying = counts(&[(S::Retrying, 3), (S::Completed, 50)]);
    let due = Some(in_minutes(55));
    assert_eq!(estimated_end(&retrying, 30, due, now(), always), Some(in_minutes(56)));
    assert_eq!(estimated_end(&retrying, 0, due, now(), always), Some(in_minutes(56)), "nobody is called meanwhile");
    let many = counts(&[(S::Retrying, 6_000)]);
    assert_eq!(estimated_end(&many, 30, due, now(), always), Some(in_minutes(201)));
}

#[test]
fn without_a_pace_or_a_due_time_nothing_can_be_said() {
    let left = counts(&[(S::Pending, 5)]);
    assert_eq!(estimated_end(&left, 0, None, now(), always), None);
    assert_eq!(estimated_end(&left, 0, Some(in_minutes(-1)), now(), always), None, "due, and yet not called");
}

#[test]
fn closed_hours_are_not_dialed_through() {
    let left = counts(&[(S::Pending, 600)]);
    assert_eq!(estimated_end(&left, 2, None, now(), by_day), Some(in_minutes(5 * 60 + 1)), "today");
    // Ten hours of calls: eight today, two from tomorrow on.
    assert_eq!(estimated_end(&left, 1, None, now(), by_day), Some(in_minutes(26 * 60 + 1)));
    let in_the_night = in_minutes(12 * 60);
    assert_eq!(estimated_end(&left, 2, None, in_the_night, by_day), Some(in_minutes(29 * 60 + 1)));
}

#[test]
fn an_end_that_never_comes_is_not_said() {
    let left = counts(&[(S::Pending, 600)]);
    let never = |_| Opening::Closed { opens_at: None };
    assert_eq!(estimated_end(&left, 2, None, now(), never), None);
    let stuck = |at| Opening::Closed { opens_at: Some(at) };
    assert_eq!(estimated_end(&left, 2, None, now(), stuck), None, "and the search has an end");
    let ages = counts(&[(S::Pending, i64::MAX / 100)]);
    assert_eq!(estimated_end(&ages, 1, None, now(), always), None);
}
