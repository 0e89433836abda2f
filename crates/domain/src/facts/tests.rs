//! The set of facts only grows, and how it is told makes no difference.
//!
//! Single joins are written out here; the laws over whole histories are in `tests/laws`.

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("an instant")
}

fn end(status: EndStatus, second: i64, error_code: Option<u32>) -> CallEnd {
    CallEnd { status, at: at(second), duration_s: None, error_code, number_impossible: false }
}

fn joined(facts: &[Fact]) -> Facts {
    let mut set = Facts::default();
    for fact in facts {
        set.join(fact);
    }
    set
}

#[test]
fn a_fact_told_twice_is_told_once() {
    let mut facts = Facts::default();
    assert!(facts.join(&Fact::Ringing { at: at(1) }));
    assert!(!facts.join(&Fact::Ringing { at: at(1) }));
    assert!(!facts.join(&Fact::Ringing { at: at(2) }), "the earliest telling holds");
    assert!(facts.join(&Fact::Ringing { at: at(0) }));
    assert_eq!(facts.ringing_at, Some(at(0)));
}

#[test]
fn the_stronger_of_two_contradicting_ends_holds() {
    let strength = [EndStatus::Canceled, EndStatus::Failed, EndStatus::NoAnswer, EndStatus::Busy, EndStatus::Completed];
    for (i, weak) in strength.into_iter().enumerate() {
        for strong in strength.into_iter().skip(i + 1) {
            let (weak, strong) = (Fact::Ended(end(weak, 9, Some(999))), Fact::Ended(end(strong, 1, None)));
            let facts = joined(&[weak.clone(), strong.clone()]);
            assert_eq!(facts, joined(&[strong.clone(), weak]));
            assert_eq!(facts, joined(&[strong]), "and nothing of the weaker is mixed in");
        }
    }
}

#[test]
fn two_tellings_of_the_same_end_add_up() {
    let callback = CallEnd { duration_s: Some(12), ..end(EndStatus::Failed, 3, Some(503)) };
    let look_up = CallEnd { number_impossible: true, ..end(EndStatus::Failed, 2, Some(13_223)) };
    let both = CallEnd {
        status: EndStatus::Failed,
        at: at(2),
        duration_s: Some(12),
        error_code: Some(13_223),
        number_impossible: true,
    };
    for facts in [[&callback, &look_up], [&look_up, &callback]] {
        let facts = joined(&facts.map(|end| Fact::Ended(end.clone())));
        assert_eq!(facts.end, Some(both.clone()));
        assert!(facts.number_impossible());
    }
}

#[test]
fn the_stronger_verdict_holds() {
    let strength = [AnsweredBy::Unknown, AnsweredBy::Human, AnsweredBy::Fax, AnsweredBy::Machine];
    for (i, weak) in strength.into_iter().enumerate() {
        for strong in strength.into_iter().skip(i) {
            let verdicts = [weak, strong].map(|by| Fact::Detected { by });
            assert_eq!(joined(&verdicts).answered_by, Some(strong));
        }
    }
    assert_eq!(strength.map(AnsweredBy::is_machine), [false, false, true, true]);
}

#[test]
fn whatever_needs_a_listener_proves_that_somebody_picked_up() {
    let proofs = [
        Fact::Answered { at: at(1) },
        Fact::Detected { by: AnsweredBy::Unknown },
        Fact::MessageLeft,
        Fact::OptedOut { at: at(1) },
        Fact::GateClosed,
    ];
    for fact in proofs {
        let facts = joined(std::slice::from_ref(&fact));
        assert!(facts.picked_up() && facts.was_dialed(), "{fact:?}");
    }
    let silent = joined(&[Fact::Accepted { at: at(0) }, Fact::Initiated { at: at(1) }, Fact::DetectionGivenUp]);
    assert!(!silent.picked_up());
}

#[test]
fn a_call_that_left_the_queue_may_have_rung() {
    assert!(!joined(&[Fact::Accepted { at: at(0) }]).was_dialed());
    assert!(joined(&[Fact::Initiated { at: at(1) }]).was_dialed());
    assert!(joined(&[Fact::Ringing { at: at(2) }]).was_dialed());
}

#[test]
fn a_set_is_stored_as_what_was_heard_and_nothing_else() {
    assert_eq!(serde_json::to_string(&Facts::default()).expect("json"), "{}");
    let facts = joined(&[Fact::Ringing { at: at(1) }, Fact::Ended(end(EndStatus::Busy, 4, Some(486)))]);
    let json = serde_json::to_string(&facts).expect("json");
    let stored =
        r#"{"ringing_at":"2026-09-21T14:13:21Z","end":{"status":"busy","at":"2026-09-21T14:13:24Z","error_code":486}}"#;
    assert_eq!(json, stored);
    assert_eq!(serde_json::from_str::<Facts>(&json).expect("facts"), facts);
}
