//! What follows from every outcome, as the table in the specification's section 2 has it.
//!
//! Each row of that table is met with attempts left and with none, with its condition chosen and not. Whole
//! histories of a recipient are in `tests/laws`.

use super::*;

use Outcome as O;
use RetryCondition as C;
use Settled::{Completed, Failed};

fn ended_at() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant")
}

fn due_in(seconds: i64) -> Settled {
    Settled::DueAt(ended_at() + SignedDuration::from_secs(seconds))
}

const STOPPED: Settled = Settled::Suppressed(SuppressionReason::Stopped);

/// An attempt that was dialed, the `attempts_made`th that counts.
fn ended(outcome: Outcome, attempts_made: u8) -> Ended {
    Ended { outcome, at: ended_at(), attempts_made, was_dialed: true, message_left: false, number_impossible: false }
}

fn policy(max_attempts: u8, on: &[RetryCondition]) -> RetryPolicy {
    RetryPolicy { max_attempts, delays_s: vec![3_600], on: on.to_vec() }
}

/// The rows of the table: what ended, its condition, and what follows with attempts left when the condition is
/// chosen, with attempts left when it is not, and with none left.
fn rows() -> Vec<(&'static str, Ended, Option<RetryCondition>, [Settled; 3])> {
    let again = due_in(3_600);
    let left = Ended { message_left: true, ..ended(O::Voicemail, 1) };
    let impossible = Ended { number_impossible: true, ..ended(O::Failed, 1) };
    let in_the_queue = Ended { was_dialed: false, attempts_made: 0, ..ended(O::Canceled, 0) };
    vec![
        ("answered", ended(O::Answered, 1), None, [Completed; 3]),
        ("opted out", ended(O::OptedOut, 1), None, [Completed; 3]),
        ("abandoned", ended(O::Abandoned, 1), None, [Completed; 3]),
        ("voicemail, message left", left, Some(C::Voicemail), [again, Completed, Completed]),
        ("voicemail, nothing left", ended(O::Voicemail, 1), Some(C::Voicemail), [again, Failed, Failed]),
        ("no answer", ended(O::NoAnswer, 1), Some(C::NoAnswer), [again, Failed, Failed]),
        ("busy", ended(O::Busy, 1), Some(C::Busy), [again, Failed, Failed]),
        ("failed", ended(O::Failed, 1), Some(C::Failed), [again, Failed, Failed]),
        ("failed, number impossible", impossible, Some(C::Failed), [Failed; 3]),
        ("canceled in the queue", in_the_queue, None, [due_in(0); 3]),
        ("canceled while ringing", ended(O::Canceled, 1), None, [again, again, Failed]),
        ("unknown", ended(O::Unknown, 1), None, [Failed; 3]),
    ]
}

#[test]
fn every_row_of_the_table_of_outcomes_holds() {
    for (row, ended, condition, expected) in rows() {
        let chosen: Vec<RetryCondition> = condition.into_iter().collect();
        let others: Vec<RetryCondition> = C::ALL.iter().copied().filter(|other| Some(*other) != condition).collect();
        assert_eq!(policy(3, &chosen).after(&ended), expected[0], "{row}, tried again");
        assert_eq!(policy(3, &others).after(&ended), expected[1], "{row}, not tried again");
        assert_eq!(policy(1, C::ALL).after(&ended), expected[2], "{row}, attempts used up");
    }
    let outcomes: std::collections::BTreeSet<Outcome> = rows().iter().map(|(_, ended, ..)| ended.outcome).collect();
    assert_eq!(outcomes.len(), Outcome::ALL.len(), "the table has every outcome");
}

#[test]
fn in_a_stopped_run_nobody_becomes_due_again() {
    for (row, ended, condition, [again, not_again, used_up]) in rows() {
        let stopped = |settled| match settled {
            Settled::DueAt(_) => STOPPED,
            other => other,
        };
        let chosen: Vec<RetryCondition> = condition.into_iter().collect();
        let expected =
            if ended.outcome == O::Canceled { [STOPPED; 3] } else { [again, not_again, used_up].map(stopped) };
        assert_eq!(policy(3, &chosen).after_stop(&ended), expected[0], "{row}, tried again");
        assert_eq!(policy(3, &[]).after_stop(&ended), expected[1], "{row}, not tried again");
        assert_eq!(policy(1, C::ALL).after_stop(&ended), expected[2], "{row}, attempts used up");
    }
}

#[test]
fn in_a_finished_run_late_evidence_makes_nobody_due_again() {
    for (row, ended, _, [_, _, used_up]) in rows() {
        let expected = if matches!(used_up, Settled::DueAt(_)) { Failed } else { used_up };
        assert_eq!(policy(5, C::ALL).after_finish(&ended), expected, "{row}");
    }
}

#[test]
fn the_number_of_calls_is_the_one_set_for_every_setting() {
    for max_attempts in 1..=MAX_ATTEMPTS {
        let policy = policy(max_attempts, C::ALL);
        let calls = (1..).find(|made| policy.after(&ended(O::Busy, *made)) == Failed);
        assert_eq!(calls, Some(max_attempts), "counting the first");
    }
}

#[test]
fn the_delays_are_taken_in_turn_and_the_last_repeats() {
    let table: [(&[u32], [i64; 4]); 5] = [
        (&[900], [900, 900, 900, 900]),
        (&[900, 1_800], [900, 1_800, 1_800, 1_800]),
        (&[3_600, 900, 7_200], [3_600, 900, 7_200, 7_200]),
        (&[900, 1_800, 3_600, 86_400], [900, 1_800, 3_600, 86_400]),
        (&[], [0, 0, 0, 0]),
    ];
    for (delays_s, expected) in table {
        let policy = RetryPolicy { max_attempts: 5, delays_s: delays_s.to_vec(), on: vec![C::NoAnswer] };
        for (made, seconds) in (1..).zip(expected) {
            assert_eq!(policy.after(&ended(O::NoAnswer, made)), due_in(seconds), "{delays_s:?} after {made}");
        }
    }
}

#[test]
fn a_cancel_before_it_rang_uses_up_neither_an_attempt_nor_a_delay() {
    let policy = RetryPolicy { max_attempts: 3, delays_s: vec![900, 7_200], on: vec![C::Busy] };
    let canceled = |made| Ended { was_dialed: false, ..ended(O::Canceled, made) };
    for made in 0..=3 {
        assert_eq!(policy.after(&canceled(made)), due_in(0), "however many were made");
    }
    assert_eq!(policy.after(&ended(O::Busy, 1)), due_in(900));
    assert_eq!(policy.after(&ended(O::Busy, 2)), due_in(7_200));
}

#[test]
fn what_was_never_sent_uses_up_nothing() {
    let policy = policy(2, C::ALL);
    assert_eq!(policy.after_not_sent(0, ended_at()), due_in(0));
    assert_eq!(policy.after_not_sent(1, ended_at()), due_in(0));
    assert_eq!(policy.after_not_sent(2, ended_at()), Failed, "a ring was heard of that makes two");
}

#[test]
fn an_end_at_the_end_of_time_is_no_reason_to_panic() {
    let ended = Ended { at: Timestamp::MAX, ..ended(O::Busy, 1) };
    assert_eq!(policy(3, &[C::Busy]).after(&ended), Settled::DueAt(Timestamp::MAX));
}

/// The fields that a policy is told to be wrong in.
fn wrong(policy: &RetryPolicy, detects_machines: bool) -> Vec<String> {
    policy.validate(RETRY_DELAY_S_MIN, detects_machines).into_iter().map(|error| error.field).collect()
}

#[test]
fn every_bound_of_a_policy_is_kept() {
    let with = |max_attempts, delays_s: &[u32], on: &[C]| RetryPolicy {
        max_attempts,
        delays_s: delays_s.to_vec(),
        on: on.to_vec(),
    };
    let none: [&str; 0] = [];
    assert_eq!(wrong(&RetryPolicy::default(), false), none);
    for max_attempts in 0..=7 {
        let expected = if (1..=5).contains(&max_attempts) { vec![] } else { vec!["retry.max_attempts"] };
        assert_eq!(wrong(&with(max_attempts, &[900], &[]), false), expected, "{max_attempts}");
    }
    for (delay_s, fits) in [(0, false), (899, false), (900, true), (86_400, true), (86_401, false)] {
        let expected = if fits { vec![] } else { vec!["retry.delays_s[1]"] };
        assert_eq!(wrong(&with(3, &[900, delay_s], &[]), false), expected, "{delay_s}");
    }
    assert_eq!(wrong(&with(1, &[], &[]), false), none, "one call needs no delay");
    assert_eq!(wrong(&with(2, &[], &[]), false), ["retry.delays_s"]);
    assert_eq!(wrong(&with(5, &[900; 4], &[]), false), none);
    assert_eq!(wrong(&with(5, &[900; 5], &[]), false), ["retry.delays_s"]);
    assert_eq!(wrong(&with(3, &[900], C::ALL), true), none);
    assert_eq!(wrong(&with(3, &[900], &[C::Voicemail]), false), ["retry.on"], "nobody would know it was one");
    assert_eq!(wrong(&with(3, &[900], &[C::Busy, C::Failed, C::Busy]), false), ["retry.on"]);
}

#[test]
fn every_fault_of_a_policy_is_named_at_once() {
    let policy = RetryPolicy { max_attempts: 9, delays_s: vec![1; 6], on: vec![C::Voicemail, C::Voicemail] };
    let errors = policy.validate(RETRY_DELAY_S_MIN, false);
    assert_eq!(errors.len(), 1 + 1 + 6 + 1 + 1, "{errors:?}");
    assert!(errors.iter().any(|error| error.message == "must be between 900 and 86400 seconds"), "{errors:?}");
}

#[test]
fn the_installation_may_lower_the_shortest_delay() {
    let policy = RetryPolicy { delays_s: vec![2], ..RetryPolicy::default() };
    assert!(policy.validate(1, false).is_empty());
    assert_eq!(policy.validate(3, false).len(), 1);
}

#[test]
fn a_policy_is_written_as_the_interface_has_it() {
    let json = r#"{"max_attempts":3,"delays_s":[3600,14400],"on":["no_answer","busy","failed"]}"#;
    let policy: RetryPolicy = serde_json::from_str(json).expect("a policy");
    assert_eq!(serde_json::to_string(&policy).expect("json"), json);
    assert_eq!(serde_json::from_str::<RetryPolicy>("{}").expect("defaults"), RetryPolicy::default());
    assert!(serde_json::from_str::<RetryPolicy>(r#"{"attempts":3}"#).is_err(), "unknown fields are refused");
}
