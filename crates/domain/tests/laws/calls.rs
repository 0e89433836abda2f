//! Whatever order a call is told in, however often, and with whatever lost and looked up later, the ledger is the same.
//!
//! The first laws hold for any facts at all; the later ones are told by calls as they really happen, with detection,
//! keys, gates, early callbacks and owners taken for dead. What follows for recipients is in `figures`.

use carillon_domain::attempt::{Attempt, AttemptEvent, AttemptState, Detection, Moved};
use carillon_domain::facts::{AnsweredBy, CallEnd, EndStatus, Fact, Facts};
use carillon_domain::outcome::Outcome;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("an instant") + SignedDuration::from_secs(second)
}

fn reserved(detection: Detection) -> Attempt {
    Attempt {
        state: AttemptState::Reserved,
        outcome: None,
        ended_at: None,
        error_code: None,
        send_at: at(0),
        facts: Facts::default(),
        detection,
    }
}

fn hear_all<'a>(attempt: &mut Attempt, facts: impl IntoIterator<Item = &'a Fact>) {
    for fact in facts {
        attempt.hear(&AttemptEvent::Heard(fact.clone()));
    }
}

fn detections() -> impl Strategy<Value = Detection> {
    select(vec![Detection::Off, Detection::On])
}

fn verdicts() -> impl Strategy<Value = AnsweredBy> {
    select(AnsweredBy::ALL)
}

/// Instants before and after the slot: carriers have clocks of their own.
fn instants() -> impl Strategy<Value = Timestamp> {
    (-5_i64..120).prop_map(at)
}

fn ends(status: impl Strategy<Value = EndStatus>) -> impl Strategy<Value = Fact> {
    let code = select(vec![None, Some(404), Some(486), Some(503), Some(13_223), Some(32_017)]);
    (status, instants(), select(vec![None, Some(0), Some(12)]), code, any::<bool>()).prop_map(
        |(status, at, duration_s, error_code, number_impossible)| {
            Fact::Ended(CallEnd { status, at, duration_s, error_code, number_impossible })
        },
    )
}

/// Any fact, with ends of these statuses.
fn facts(status: impl Strategy<Value = EndStatus>) -> impl Strategy<Value = Fact> {
    prop_oneof![
        instants().prop_map(|at| Fact::Accepted { at }),
        instants().prop_map(|at| Fact::Initiated { at }),
        instants().prop_map(|at| Fact::Ringing { at }),
        instants().prop_map(|at| Fact::Answered { at }),
        verdicts().prop_map(|by| Fact::Detected { by }),
        Just(Fact::MessageLeft),
        instants().prop_map(|at| Fact::OptedOut { at }),
        Just(Fact::GateClosed),
        ends(status),
    ]
}

fn any_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![9 => facts(select(EndStatus::ALL)), 1 => Just(Fact::DetectionGivenUp)]
}

fn any_event() -> impl Strategy<Value = AttemptEvent> {
    prop_oneof![
        1 => Just(AttemptEvent::NotSent),
        1 => Just(AttemptEvent::Uncertain),
        1 => (select(vec![None, Some(21_217)]), instants()).prop_map(|(error_code, at)| AttemptEvent::Refused { error_code, at }),
        1 => instants().prop_map(|at| AttemptEvent::NothingFound { at }),
        1 => instants().prop_map(|at| AttemptEvent::Lost { at }),
        8 => any_fact().prop_map(AttemptEvent::Heard),
    ]
}

/// The same list in another order, with some of it repeated.
fn retold(facts: Vec<Fact>) -> impl Strategy<Value = Vec<Fact>> {
    let repeated = subsequence(facts.clone(), 0..=facts.len());
    repeated.prop_flat_map(move |again| Just([facts.clone(), again].concat()).prop_shuffle())
}

/// Facts of a call that the carrier ends in one way, as it promises to, and the same retold.
fn two_tellings() -> impl Strategy<Value = (Vec<Fact>, Vec<Fact>)> {
    let call = select(EndStatus::ALL).prop_flat_map(|status| prop::collection::vec(facts(Just(status)), 0..12));
    call.prop_flat_map(|facts| (Just(facts.clone()), retold(facts)))
}

fn joined<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Facts {
    let mut set = Facts::default();
    for fact in facts {
        set.join(fact);
    }
    set
}

/// How far a state is on its way; it never goes back.
fn rank(state: AttemptState) -> u8 {
    match state {
        AttemptState::Reserved => 0,
        AttemptState::Uncertain => 1,
        AttemptState::Accepted => 2,
        AttemptState::Ringing => 3,
        AttemptState::Talking => 4,
        AttemptState::Judging => 5,
        AttemptState::Ended | AttemptState::NotSent => 6,
    }
}

/// The corrections that an end may meet, and no others.
fn may_become(before: Outcome, after: Outcome) -> bool {
    before == Outcome::Unknown
        || matches!(
            (before, after),
            (_, Outcome::OptedOut)
                | (Outcome::Answered, Outcome::Voicemail)
                | (Outcome::Answered | Outcome::Voicemail, Outcome::Canceled)
        )
}

proptest! {
    #![proptest_config(crate::cases(500))]

    /// Joining is commutative, associative and idempotent, even of facts that contradict each other.
    #[test]
    fn a_set_of_facts_is_the_same_however_it_is_told(
        (told, retold) in prop::collection::vec(any_fact(), 0..12).prop_flat_map(|facts| (Just(facts.clone()), retold(facts)))
    ) {
        let set = joined(&told);
        prop_assert_eq!(&set, &joined(&retold));
        let mut again = set.clone();
        for fact in &told {
            prop_assert!(!again.join(fact), "{:?} was there already", fact);
        }
        prop_assert_eq!(&again, &set);
    }

    /// Any order and repetition of what is heard of one call ends in the same attempt, to the last field (INV-22).
    #[test]
    fn an_attempt_is_the_same_however_its_call_is_told((told, retold) in two_tellings(), detection in detections()) {
        let (mut first, mut second) = (reserved(detection), reserved(detection));
        hear_all(&mut first, &told);
        hear_all(&mut second, &retold);
        prop_assert_eq!(&first, &second);
        for attempt in [&mut first, &mut second] {
            attempt.hear(&AttemptEvent::Heard(Fact::DetectionGivenUp));
        }
        prop_assert_eq!(first, second);
    }

    /// A state never goes back, an attempt ends once, and an end changes in the documented ways alone (INV-20, 21).
    #[test]
    fn an_end_is_final_but_for_its_corrections(events in prop::collection::vec(any_event(), 0..30), detection in detections()) {
        let mut attempt = reserved(detection);
        let mut ends = 0;
        for event in &events {
            let before = attempt.clone();
            let moved = attempt.hear(event);
            prop_assert!(rank(attempt.state) >= rank(before.state), "{:?} led from {:?} to {:?}", event, before, attempt);
            let counted = before.outcome.is_some_and(|outcome| outcome != Outcome::Unknown) && before.is_counted();
            prop_assert!(!counted || attempt.is_counted(), "what counted counts");
            ends += usize::from(matches!(moved, Moved::Ended | Moved::NotSent));
            match moved {
                Moved::Stayed | Moved::Impossible => prop_assert_eq!(&attempt, &before),
                Moved::Progressed => prop_assert_eq!(attempt.outcome, before.outcome),
                Moved::Ended => prop_assert!(!before.state.is_final() && attempt.state == AttemptState::Ended),
                Moved::NotSent => prop_assert!(!before.state.is_final() && attempt.facts == Facts::default()),
                Moved::Corrected => prop_assert_eq!(before.state, AttemptState::Ended),
            }
            if let (Some(before), Some(after)) = (before.outcome, attempt.outcome) && before != after {
                prop_assert_eq!(moved, Moved::Corrected);
                prop_assert!(may_become(before, after), "{} became {}", before, after);
            }
            prop_assert_eq!(moved == Moved::Impossible, before.state == AttemptState::NotSent && moved != Moved::Stayed);
            prop_assert_eq!(attempt.outcome.is_some(), attempt.state == AttemptState::Ended);
            prop_assert_eq!(attempt.ended_at.is_some(), attempt.state.is_final());
            prop_assert!(attempt.ended_at.is_none_or(|at| at >= attempt.send_at));
        }
        prop_assert_eq!(ends, usize::from(attempt.state.is_final()), "it ends once");
    }
}

/// A call as it really happens: what its callbacks say, what our own doors say, and what a look-up would say.
#[derive(Debug, Clone)]
struct Call {
    detection: Detection,
    /// The carrier's callbacks, each of which may come late, twice or never.
    callbacks: Vec<Fact>,
    /// What our doors heard; durable before they answer, so never lost.
    doors: Vec<Fact>,
    /// The call as the carrier would show it once it is over.
    look_up: Vec<Fact>,
    /// What must come of it.
    outcome: Outcome,
}

impl Call {
    fn told(&self) -> Vec<Fact> {
        [self.callbacks.clone(), self.doors.clone()].concat()
    }

    /// The attempt when all is heard in the order in which it happened.
    fn heard(&self) -> Attempt {
        let mut attempt = reserved(self.detection);
        hear_all(&mut attempt, &self.told());
        hear_all(&mut attempt, &self.look_up);
        attempt.hear(&AttemptEvent::Heard(Fact::DetectionGivenUp));
        attempt
    }
}

fn ended(status: EndStatus, second: i64) -> Fact {
    let error_code = (status == EndStatus::Failed).then_some(503);
    Fact::Ended(CallEnd { status, at: at(second), duration_s: None, error_code, number_impossible: false })
}

/// A call that nobody picks up: it leaves the carrier's queue or not, rings or not, and ends.
fn unanswered_calls() -> impl Strategy<Value = Call> {
    let ends = select(vec![EndStatus::Busy, EndStatus::NoAnswer, EndStatus::Failed, EndStatus::Canceled]);
    (detections(), ends, 0_usize..=2, 2_i64..60).prop_map(|(detection, status, steps, over)| {
        let way = [Fact::Initiated { at: at(1) }, Fact::Ringing { at: at(2) }];
        let outcome = match status {
            EndStatus::Busy => Outcome::Busy,
            EndStatus::NoAnswer => Outcome::NoAnswer,
            EndStatus::Canceled => Outcome::Canceled,
            EndStatus::Failed | EndStatus::Completed => Outcome::Failed,
        };
        let callbacks = [way[..steps].to_vec(), vec![ended(status, over)]].concat();
        Call { detection, callbacks, doors: vec![], look_up: vec![ended(status, over)], outcome }
    })
}

/// What a person or a machine does on the line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scene {
    Listens,
    OptsOut,
    GetsMessageAfterTone,
    MeetsClosedGate,
}

fn scenes() -> impl Strategy<Value = Scene> {
    select(vec![Scene::Listens, Scene::OptsOut, Scene::GetsMessageAfterTone, Scene::MeetsClosedGate])
}

/// A call that is picked up. Detection may be off, may speak, or may have been hung up on before it spoke.
fn answered_calls() -> impl Strategy<Value = Call> {
    (detections(), scenes(), prop::option::of(verdicts()), any::<bool>(), 5_i64..60).prop_map(
        |(detection, scene, verdict, skips_ringing, over)| {
            let verdict = verdict.filter(|_| detection == Detection::On).map(|by| Fact::Detected { by });
            let ringing = (!skips_ringing).then_some(Fact::Ringing { at: at(2) });
            let end = ended(EndStatus::Completed, over);
            let way = [Fact::Initiated { at: at(1) }].into_iter().chain(ringing);
            let answered = [Fact::Answered { at: at(4) }].into_iter().chain(verdict.clone());
            let doors = match scene {
                Scene::Listens => vec![],
                Scene::OptsOut => vec![Fact::OptedOut { at: at(over - 1) }],
                Scene::GetsMessageAfterTone => vec![Fact::MessageLeft],
                Scene::MeetsClosedGate => vec![Fact::GateClosed],
            };
            let is_machine = matches!(verdict, Some(Fact::Detected { by }) if by.is_machine());
            let outcome = match scene {
                Scene::OptsOut => Outcome::OptedOut,
                Scene::MeetsClosedGate => Outcome::Canceled,
                _ if is_machine => Outcome::Voicemail,
                _ => Outcome::Answered,
            };
            Call {
                detection,
                callbacks: way.chain(answered).chain([end.clone()]).collect(),
                doors,
                look_up: [end].into_iter().chain(verdict).collect(),
                outcome,
            }
        },
    )
}

fn calls() -> impl Strategy<Value = Call> {
    prop_oneof![1 => unanswered_calls(), 3 => answered_calls()]
}

/// What the pages and the retry rule read of an attempt.
fn verdict(attempt: &Attempt) -> (AttemptState, Option<Outcome>, Option<Timestamp>, Option<u32>) {
    (attempt.state, attempt.outcome, attempt.ended_at, attempt.error_code)
}

proptest! {
    #![proptest_config(crate::cases(500))]

    #[test]
    fn every_call_comes_to_its_outcome(call in calls()) {
        let attempt = call.heard();
        prop_assert_eq!((attempt.state, attempt.outcome), (AttemptState::Ended, Some(call.outcome)));
    }

    /// The owner's answer may come before, among or after the callbacks (INV-24), each of which may come twice.
    #[test]
    fn a_call_is_the_same_in_any_order(
        (call, told) in calls().prop_flat_map(|call| {
            let told = retold([call.told(), call.look_up.clone(), vec![Fact::Accepted { at: at(0) }]].concat());
            (Just(call), told)
        })
    ) {
        let mut attempt = reserved(call.detection);
        hear_all(&mut attempt, &told);
        attempt.hear(&AttemptEvent::Heard(Fact::DetectionGivenUp));
        prop_assert_eq!(verdict(&attempt), verdict(&call.heard()));
    }

    /// Callbacks that are lost are made good by looking the call up, up to all of them (INV-23).
    #[test]
    fn what_was_lost_is_made_good_by_a_look_up(
        (call, kept) in calls().prop_flat_map(|call| {
            let kept = subsequence(call.callbacks.clone(), 0..=call.callbacks.len());
            (Just(call), kept.prop_shuffle())
        })
    ) {
        let mut attempt = reserved(call.detection);
        attempt.hear(&AttemptEvent::Heard(Fact::Accepted { at: at(0) }));
        hear_all(&mut attempt, &kept);
        hear_all(&mut attempt, &call.doors);
        hear_all(&mut attempt, &call.look_up);
        attempt.hear(&AttemptEvent::Heard(Fact::DetectionGivenUp));
        prop_assert_eq!(verdict(&attempt), verdict(&call.heard()));
    }

    /// A request whose answer never came is settled by whatever is heard, before or after the search is given up.
    #[test]
    fn an_uncertain_call_is_settled_by_whatever_is_heard(
        (call, told) in calls().prop_flat_map(|call| {
            let told = retold([call.told(), call.look_up.clone()].concat());
            (Just(call), told)
        }),
        uncertain_at in 0_usize..8,
        given_up in any::<bool>(),
    ) {
        let mut attempt = reserved(call.detection);
        let early = told.iter().take(uncertain_at);
        hear_all(&mut attempt, early);
        attempt.hear(&AttemptEvent::Uncertain);
        if given_up {
            // Does nothing once anything was heard.
            attempt.hear(&AttemptEvent::NothingFound { at: at(300) });
        }
        hear_all(&mut attempt, told.iter().skip(uncertain_at));
        attempt.hear(&AttemptEvent::Heard(Fact::DetectionGivenUp));
        prop_assert_eq!(verdict(&attempt), verdict(&call.heard()));
    }

    /// A living owner that sent nothing is believed, though the reconciler took it for dead before.
    #[test]
    fn what_was_never_sent_is_never_sent_in_either_order(taken_for_dead in any::<bool>(), detection in detections()) {
        let mut attempt = reserved(detection);
        if taken_for_dead {
            attempt.hear(&AttemptEvent::Uncertain);
        }
        prop_assert_eq!(attempt.hear(&AttemptEvent::NotSent), Moved::NotSent);
        prop_assert_eq!(attempt.hear(&AttemptEvent::Uncertain), Moved::Stayed);
        prop_assert_eq!(verdict(&attempt), (AttemptState::NotSent, None, Some(at(0)), None));
    }
}
