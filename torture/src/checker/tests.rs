//! A checker that finds nothing is worth nothing: each breach, made by hand, must be found, and nothing else.
//!
//! The evidence is one recipient's; what holds for one holds for all. The loops themselves are not run here.

use carillon::store::attempts::AttemptView;
use carillon_domain::attempt::AttemptState;
use carillon_domain::outcome::Outcome;
use carillon_domain::retry::RetryPolicy;
use carillon_simulator::{CallSeen, CallStatus, CreateSeen, Direction};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::check;
use crate::evidence::Evidence;
use crate::world::Limits;

const NOBODY: Uuid = Uuid::nil();

/// So many milliseconds after the beginning.
fn at(ms: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_millis(ms)
}

/// One request, the call it placed, and the attempt it was for.
struct Dial {
    create: CreateSeen,
    call: Option<CallSeen>,
    attempt: AttemptView,
}

/// A call from `from_ms` to `to_ms` that nobody picked up, told of rightly everywhere.
fn dial(nth: u64, from_ms: i64, to_ms: i64) -> Dial {
    let (token, sid) = (format!("token-{nth}"), format!("CA{nth}"));
    let create = CreateSeen {
        index: nth,
        received_at: at(from_ms),
        to: "+12125552000".to_owned(),
        from: "+12025550100".to_owned(),
        params: vec![("Url".into(), format!("http://localhost/api/voice/campaign/initiate/{token}#rc=2"))],
        answer_status: Some(201),
        answer_code: None,
        fault: None,
        sid: Some(sid.clone()),
    };
    Dial { call: Some(call(nth, &sid, from_ms, to_ms)), attempt: attempt(&token, &sid, from_ms, to_ms), create }
}

fn call(nth: u64, sid: &str, from_ms: i64, to_ms: i64) -> CallSeen {
    CallSeen {
        index: nth,
        sid: sid.to_owned(),
        parent_sid: None,
        to: "+12125552000".to_owned(),
        from: "+12025550100".to_owned(),
        direction: Direction::OutboundApi,
        nth: 0,
        status: CallStatus::NoAnswer,
        created_at: at(from_ms),
        dialed_at: Some(at(from_ms)),
        ringing_at: Some(at(from_ms)),
        answered_at: None,
        ended_at: Some(at(to_ms)),
        duration_s: None,
        answered_by: None,
        detection_ms: None,
        sip: None,
        heard: Vec::new(),
        digits: Vec::new(),
        app_error_played: false,
        notifications: Vec::new(),
        recordings: Vec::new(),
        enqueued_at: None,
        bridged_at: None,
        bridged_with: None,
        deleted: false,
        webhooks: Vec::new(),
    }
}

fn attempt(token: &str, sid: &str, from_ms: i64, to_ms: i64) -> AttemptView {
    AttemptView {
        id: NOBODY,
        organization: NOBODY,
        campaign: NOBODY,
        run: NOBODY,
        recipient: NOBODY,
        number: 1,
        phone: "+12125552000".to_owned(),
        from: "+12025550100".to_owned(),
        token: token.to_owned(),
        state: AttemptState::Ended,
        outcome: Some(Outcome::NoAnswer),
        error_code: None,
        call_sid: Some(sid.to_owned()),
        epoch: 1,
        reserved_at: at(from_ms),
        send_at: at(from_ms),
        check_at: None,
        checks: 0,
        ended_at: Some(at(to_ms)),
        facts: carillon_domain::facts::Facts::default(),
        cost: None,
    }
}

/// The invariants that these dials break.
fn broken(dials: Vec<Dial>) -> Vec<&'static str> {
    let (mut creates, mut calls, mut attempts) = (Vec::new(), Vec::new(), std::collections::HashMap::new());
    for Dial { create, call, attempt } in dials {
        creates.push(create);
        calls.extend(call);
        attempts.insert(attempt.token.clone(), attempt);
    }
    let limits = Limits { calls_per_second: 2.0, calls_at_once: 2 };
    let retry = RetryPolicy { max_attempts: 3, delays_s: vec![10], ..RetryPolicy::default() };
    let evidence = Evidence { creates, calls, attempts, runs: Vec::new(), live_calls: 0, limits, retry };
    check(&evidence, &[])
        .iter()
        .filter(|verdict| !verdict.breaches.is_empty())
        .map(|verdict| verdict.invariant)
        .collect()
}

/// Two dials as they should be, the second changed.
fn second(change: impl FnOnce(&mut Dial)) -> Vec<Dial> {
    let mut dials = vec![dial(0, 0, 1_000), dial(1, 12_000, 13_000)];
    change(&mut dials[1]);
    dials
}

/// Two dials as they should be, the first changed.
fn first(change: impl FnOnce(&mut Dial)) -> Vec<Dial> {
    let mut dials = vec![dial(0, 0, 1_000), dial(1, 12_000, 13_000)];
    change(&mut dials[0]);
    dials
}

#[test]
fn what_is_right_breaks_nothing() {
    assert!(broken(second(|_| {})).is_empty());
    let turned_away = first(|dial| {
        (dial.create.answer_status, dial.create.sid, dial.call) = (Some(429), None, None);
        (dial.attempt.state, dial.attempt.outcome, dial.attempt.call_sid) = (AttemptState::NotSent, None, None);
    });
    assert!(broken(turned_away).is_empty(), "a 429 is certain");
}

#[test]
fn a_second_call_while_the_first_lives_is_found() {
    let early = vec![dial(0, 0, 5_000), dial(1, 4_000, 6_000)];
    assert_eq!(broken(early), ["INV-1", "INV-3", "INV-5"]);
}

#[test]
fn a_retry_that_comes_too_soon_is_found() {
    assert_eq!(broken(vec![dial(0, 0, 1_000), dial(1, 8_000, 9_000)]), ["INV-3"]);
}

#[test]
fn a_request_that_is_sent_twice_is_found() {
    let mut dials = second(|_| {});
    let mut again = dial(0, 30_000, 31_000);
    (again.create.index, again.create.sid, again.call) = (2, None, None);
    dials.push(again);
    assert!(broken(dials).contains(&"INV-4"));
}

#[test]
fn a_request_after_one_without_a_certain_answer_is_found() {
    let unknown = first(|dial| {
        (dial.create.answer_status, dial.create.sid, dial.call) = (Some(500), None, None);
        (dial.attempt.outcome, dial.attempt.call_sid) = (Some(Outcome::Unknown), None);
    });
    assert_eq!(broken(unknown), ["INV-5"]);
}

#[test]
fn a_call_of_which_we_know_nothing_is_found() {
    let forgotten = second(|dial| (dial.attempt.call_sid, dial.attempt.outcome) = (None, Some(Outcome::Unknown)));
    assert_eq!(broken(forgotten), ["INV-6"]);
    let invented = second(|dial| dial.call = None);
    assert_eq!(broken(invented), ["INV-6"]);
}

#[test]
fn too_many_at_once_and_too_many_a_second_are_found() {
    let mut others: Vec<Dial> = (0..4).map(|nth| dial(nth, i64::try_from(nth).unwrap_or(0) * 100, 90_000)).collect();
    for (dial, last) in others.iter_mut().zip(0..) {
        let number = format!("+1212555200{last}");
        dial.attempt.recipient = Uuid::from_u128(last);
        dial.create.to.clone_from(&number);
        if let Some(call) = &mut dial.call {
            call.to = number;
        }
    }
    assert_eq!(broken(others), ["INV-11", "INV-12"]);
}

#[test]
fn a_429_that_counts_and_a_fourth_attempt_are_found() {
    let counted = second(|dial| (dial.create.answer_status, dial.create.sid, dial.call) = (Some(429), None, None));
    assert!(broken(counted).contains(&"INV-13"));
    let four = (0..4)
        .map(|nth| dial(nth, i64::try_from(nth).unwrap_or(0) * 20_000, i64::try_from(nth).unwrap_or(0) * 20_000 + 1));
    assert_eq!(broken(four.collect()), ["INV-14"]);
}

#[test]
fn what_has_not_ended_and_what_ended_otherwise_is_found() {
    let open = second(|dial| (dial.attempt.state, dial.attempt.ended_at) = (AttemptState::Ringing, None));
    assert_eq!(broken(open), ["INV-15"]);
    let wrong = second(|dial| dial.attempt.outcome = Some(Outcome::Busy));
    assert_eq!(broken(wrong), ["INV-22"]);
}
