//! Every state of an attempt met by every event, with the expected move written out.
//!
//! The tables are text, one row a state and one column an event, so that they can be read beside the
//! specification. What holds for whole histories of a call is in `tests/laws`.

use super::*;
use crate::facts::AnsweredBy;

/// The slot; everything heard is from a second later.
fn slot() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant")
}

fn later() -> Timestamp {
    slot() + jiff::SignedDuration::from_secs(1)
}

fn reserved(detection: Detection) -> Attempt {
    Attempt {
        state: AttemptState::Reserved,
        outcome: None,
        ended_at: None,
        error_code: None,
        send_at: slot(),
        facts: Facts::default(),
        detection,
    }
}

fn ended(status: EndStatus) -> AttemptEvent {
    let error_code = (status == EndStatus::Failed).then_some(503);
    let end = CallEnd { status, at: later(), duration_s: None, error_code, number_impossible: false };
    AttemptEvent::Heard(Fact::Ended(end))
}

/// The event that a word of the tables stands for.
fn event(word: &str) -> AttemptEvent {
    let at = later();
    let fact = match word {
        "NotSent" => return AttemptEvent::NotSent,
        "Refused" => return AttemptEvent::Refused { error_code: Some(21_217), at },
        "Uncertain" => return AttemptEvent::Uncertain,
        "Nothing" => return AttemptEvent::NothingFound { at },
        "Lost" => return AttemptEvent::Lost { at },
        "Completed" => return ended(EndStatus::Completed),
        "NoAnswer" => return ended(EndStatus::NoAnswer),
        "Busy" => return ended(EndStatus::Busy),
        "Failed" => return ended(EndStatus::Failed),
        "Canceled" => return ended(EndStatus::Canceled),
        "Accepted" => Fact::Accepted { at },
        "Initiated" => Fact::Initiated { at },
        "Ringing" => Fact::Ringing { at },
        "Answered" => Fact::Answered { at },
        "Human" => Fact::Detected { by: AnsweredBy::Human },
        "Machine" => Fact::Detected { by: AnsweredBy::Machine },
        "GivenUp" => Fact::DetectionGivenUp,
        "Left" => Fact::MessageLeft,
        "OptedOut" => Fact::OptedOut { at },
        "Gate" => Fact::GateClosed,
        _ => panic!("no event is called {word}"),
    };
    AttemptEvent::Heard(fact)
}

/// How an attempt comes into the state of a row.
fn history(row: &str) -> &'static [&'static str] {
    match row {
        "reserved" => &[],
        "uncertain" => &["Uncertain"],
        "accepted" => &["Accepted"],
        "ringing" => &["Ringing"],
        "talking" => &["Answered"],
        "judging" => &["Completed"],
        "not_sent" => &["NotSent"],
        "answered" => &["Human", "Completed"],
        "voicemail" => &["Machine", "Completed"],
        "opted_out" => &["OptedOut", "Completed"],
        "shut_out" => &["Gate", "Completed"],
        "canceled" => &["Canceled"],
        "no_answer" => &["NoAnswer"],
        "busy" => &["Busy"],
        "failed" => &["Failed"],
        "unknown" => &["Uncertain", "Nothing"],
        _ => panic!("no row is called {row}"),
    }
}

fn brought_to(row: &str, detection: Detection) -> Attempt {
    let mut attempt = reserved(detection);
    for word in history(row) {
        attempt.hear(&event(word));
    }
    attempt
}

fn where_it_stands(attempt: &Attempt) -> String {
    attempt.outcome.map_or_else(|| attempt.state.to_string(), |outcome| outcome.to_string())
}

/// A cell of the tables: `-` nothing, `+` only facts, `!` impossible, `~` corrected, else the new state or outcome.
fn cell(attempt: &mut Attempt, word: &str) -> String {
    let before = where_it_stands(attempt);
    let moved = attempt.hear(&event(word));
    let after = where_it_stands(attempt);
    match moved {
        Moved::Stayed => "-".to_owned(),
        Moved::Impossible => "!".to_owned(),
        Moved::Corrected => format!("~{after}"),
        Moved::Progressed if before == after => "+".to_owned(),
        Moved::Progressed | Moved::Ended | Moved::NotSent => after,
    }
}

/// Checks every cell of a table, and that it has a row for every state and outcome that an attempt can have.
fn check(table: &str, detection: Detection) {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty());
    let events: Vec<&str> = lines.next().expect("a head line").split_whitespace().collect();
    for line in lines {
        let mut cells = line.split_whitespace();
        let row = cells.next().expect("a row has a name");
        let expected: Vec<&str> = cells.collect();
        assert_eq!(expected.len(), events.len(), "{row} has a cell for every event");
        for (word, expected) in events.iter().zip(expected) {
            let mut attempt = brought_to(row, detection);
            assert_eq!(cell(&mut attempt, word), expected, "{word} when {row}");
            assert_is_sound(&attempt);
        }
    }
}

/// What the schema's constraints say as well.
fn assert_is_sound(attempt: &Attempt) {
    assert_eq!(attempt.outcome.is_some(), attempt.state == AttemptState::Ended, "{attempt:?}");
    assert_eq!(attempt.ended_at.is_some(), attempt.state.is_final(), "{attempt:?}");
    assert!(attempt.ended_at.is_none_or(|at| at >= attempt.send_at), "{attempt:?}");
    assert!(attempt.error_code.is_none() || attempt.outcome == Some(Outcome::Failed), "{attempt:?}");
}

#[test]
fn what_the_owner_and_the_reconciler_say_in_every_state() {
    let table = "
                    NotSent   Refused  Uncertain  Nothing  Lost
        reserved    not_sent  failed   uncertain  -        -
        uncertain   not_sent  failed   -          unknown  -
        accepted    -         -        -          -        unknown
        ringing     -         -        -          -        unknown
        talking     -         -        -          -        unknown
        judging     -         -        -          -        answered
        not_sent    -         -        -          -        -
        answered    -         -        -          -        -
        voicemail   -         -        -          -        -
        opted_out   -         -        -          -        -
        shut_out    -         -        -          -        -
        canceled    -         -        -          -        -
        no_answer   -         -        -          -        -
        busy        -         -        -          -        -
        failed      -         -        -          -        -
        unknown     -         ~failed  -          -        -
    ";
    check(table, Detection::On);
}

#[test]
fn what_the_carrier_reports_of_a_call_under_way_in_every_state() {
    let table = "
                    Accepted  Initiated  Ringing    Answered   Completed  NoAnswer   Busy   Failed   Canceled
        reserved    accepted  accepted   ringing    talking    judging    no_answer  busy   failed   canceled
        uncertain   accepted  accepted   ringing    talking    judging    no_answer  busy   failed   canceled
        accepted    -         +          ringing    talking    judging    no_answer  busy   failed   canceled
        ringing     +         +          -          talking    judging    no_answer  busy   failed   canceled
        talking     +         +          +          -          judging    no_answer  busy   failed   canceled
        judging     +         +          +          +          -          -          -      -        -
        not_sent    !         !          !          !          !          !          !      !        !
        answered    +         +          +          +          -          -          -      -        -
        voicemail   +         +          +          +          -          -          -      -        -
        opted_out   +         +          +          +          -          -          -      -        -
        shut_out    +         +          +          +          -          -          -      -        -
        canceled    +         ~canceled  ~canceled  ~canceled  -          -          -      -        -
        no_answer   +         +          +          +          -          -          -      -        -
        busy        +         +          +          +          -          -          -      -        -
        failed      +         +          +          +          -          -          -      -        -
        unknown     +         +          +          +          ~answered  ~no_answer ~busy  ~failed  ~canceled
    ";
    check(table, Detection::On);
}

#[test]
fn what_is_learned_of_who_picked_up_in_every_state() {
    let table = "
                    Human      Machine     GivenUp   Left        OptedOut    Gate
        reserved    talking    talking     -         talking     talking     talking
        uncertain   talking    talking     -         talking     talking     talking
        accepted    talking    talking     -         talking     talking     talking
        ringing     talking    talking     -         talking     talking     talking
        talking     +          +           -         +           +           +
        judging     answered   voicemail   answered  +           opted_out   canceled
        not_sent    !          !           -         !           !           !
        answered    -          ~voicemail  +         +           ~opted_out  ~canceled
        voicemail   -          -           +         ~voicemail  ~opted_out  ~canceled
        opted_out   +          +           +         +           -           +
        shut_out    +          +           +         +           ~opted_out  -
        canceled    ~canceled  ~canceled   +         ~canceled   ~opted_out  ~canceled
        no_answer   +          +           +         +           ~opted_out  +
        busy        +          +           +         +           ~opted_out  +
        failed      +          +           +         +           ~opted_out  +
        unknown     +          +           -         +           +           +
    ";
    check(table, Detection::On);
}

#[test]
fn without_detection_nothing_is_waited_for() {
    let table = "
                    Completed  Human  Machine  GivenUp  Left  OptedOut    Gate
        talking     answered   +      +        -        +     +           +
        judging     -          +      +        +        +     ~opted_out  ~canceled
    ";
    check(table, Detection::Off);
    assert_eq!(where_it_stands(&brought_to("judging", Detection::Off)), "answered");
}

#[test]
fn an_owner_that_lived_after_all_is_believed_that_nothing_was_sent() {
    let mut attempt = brought_to("uncertain", Detection::Off);
    assert_eq!(attempt.hear(&AttemptEvent::NotSent), Moved::NotSent);
    assert_eq!((attempt.state, attempt.ended_at), (AttemptState::NotSent, Some(slot())));
    assert!(!attempt.is_counted());
}

#[test]
fn a_cancel_counts_once_the_call_is_known_to_have_been_dialed() {
    let mut attempt = brought_to("canceled", Detection::Off);
    assert!(!attempt.is_counted(), "canceled in the carrier's queue");
    assert_eq!(attempt.hear(&event("Initiated")), Moved::Corrected);
    assert!(attempt.is_counted(), "the phone may have rung");
    assert_eq!(attempt.hear(&event("Ringing")), Moved::Progressed, "nothing more follows");
    assert_eq!(attempt.hear(&event("Answered")), Moved::Progressed, "nothing more follows");
}

#[test]
fn what_counts_is_what_was_sent() {
    for state in AttemptState::ALL.iter().copied() {
        let row = if state == AttemptState::Ended { "busy" } else { state.as_str() };
        let counted = !matches!(state, AttemptState::Reserved | AttemptState::NotSent);
        assert_eq!(brought_to(row, Detection::On).is_counted(), counted, "{state}");
    }
}

#[test]
fn facts_that_come_before_an_end_is_known_are_kept_for_it() {
    let mut attempt = brought_to("unknown", Detection::On);
    for word in ["Ringing", "Answered", "Machine", "Left"] {
        assert_eq!(attempt.hear(&event(word)), Moved::Progressed, "{word} changes the facts, so they are stored");
    }
    assert_eq!(attempt.hear(&event("Completed")), Moved::Corrected);
    assert_eq!(where_it_stands(&attempt), "voicemail");
    assert!(attempt.facts.message_left);
}

#[test]
fn an_end_is_never_before_the_request() {
    let mut attempt = reserved(Detection::Off);
    let early = slot() - jiff::SignedDuration::from_secs(3);
    let end =
        CallEnd { status: EndStatus::Busy, at: early, duration_s: None, error_code: None, number_impossible: false };
    attempt.hear(&AttemptEvent::Heard(Fact::Ended(end)));
    assert_eq!(attempt.ended_at, Some(slot()));
}

#[test]
fn a_code_that_is_told_later_is_kept_and_one_about_the_number_changes_what_follows() {
    let told = |error_code, number_impossible| {
        let status = EndStatus::Failed;
        AttemptEvent::Heard(Fact::Ended(CallEnd {
            status,
            at: later(),
            duration_s: None,
            error_code,
            number_impossible,
        }))
    };
    let mut attempt = reserved(Detection::Off);
    assert_eq!(attempt.hear(&told(None, false)), Moved::Ended);
    assert_eq!(attempt.error_code, None);
    assert_eq!(attempt.hear(&told(Some(404), false)), Moved::Progressed);
    assert_eq!(attempt.error_code, Some(404));
    assert_eq!(attempt.hear(&told(Some(13_223), true)), Moved::Corrected);
    assert_eq!(attempt.error_code, Some(13_223));
    assert_eq!(attempt.hear(&told(Some(404), false)), Moved::Stayed, "told again");
}
