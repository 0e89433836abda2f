//! Moves of attempts, found by letting every reachable attempt hear every event.
//!
//! An attempt is more than its state: what it heard before decides. So the walk goes through whole attempts, a few
//! thousand, and keeps the moves between states, and between outcomes once it has ended.

use std::collections::HashSet;
use std::hash::Hash;

use carillon_domain::attempt::{Attempt, AttemptEvent, AttemptState, Detection, Moved};
use carillon_domain::facts::{AnsweredBy, CallEnd, EndStatus, Fact, Facts};
use jiff::Timestamp;

use super::walk::Move;

/// The moves between states, and those between outcomes by late news.
pub struct Found {
    pub moves: Vec<Move>,
    pub corrections: Vec<Move>,
}

/// Walks every attempt that can be reached, with detection and without.
pub fn walk() -> Found {
    let mut found = Found { moves: Vec::new(), corrections: Vec::new() };
    let events = events();
    let mut seen = HashSet::new();
    let mut unvisited = vec![reserved(Detection::Off), reserved(Detection::On)];
    while let Some(attempt) = unvisited.pop() {
        if !seen.insert(essence(&attempt)) {
            continue;
        }
        for event in &events {
            let mut next = attempt.clone();
            let moved = next.hear(event);
            note(&mut found, (&attempt, &next), (event, moved));
            unvisited.push(next);
        }
    }
    found
}

/// All that tells two attempts of the walk apart: everything in it happens at one instant.
fn essence(attempt: &Attempt) -> impl Eq + Hash + use<> {
    let facts = &attempt.facts;
    let way = [facts.accepted_at, facts.ringing_at, facts.answered_at, facts.opted_out_at].map(|at| at.is_some());
    let flags = [facts.detection_given_up, facts.message_left, facts.gate_closed, facts.number_impossible()];
    let end = facts.end.as_ref().map(|end| end.status);
    let is_detecting = attempt.detection == Detection::On;
    (attempt.state, attempt.outcome, way, flags, facts.answered_by, end, is_detecting)
}

fn note(found: &mut Found, (before, after): (&Attempt, &Attempt), (event, moved): (&AttemptEvent, Moved)) {
    if before.state != after.state {
        found.moves.push(Move { from: before.state.as_str(), to: after.state.as_str(), by: name(event) });
    }
    if let (Moved::Corrected, Some(was), Some(is)) = (moved, before.outcome, after.outcome)
        && was != is
    {
        found.corrections.push(Move { from: was.as_str(), to: is.as_str(), by: name(event) });
    }
}

fn reserved(detection: Detection) -> Attempt {
    Attempt {
        state: AttemptState::Reserved,
        outcome: None,
        ended_at: None,
        error_code: None,
        send_at: AT,
        facts: Facts::default(),
        detection,
    }
}

/// When makes no difference to a state, so everything happens at once.
const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn events() -> Vec<AttemptEvent> {
    let ends = EndStatus::ALL.iter().map(|status| {
        Fact::Ended(CallEnd { status: *status, at: AT, duration_s: None, error_code: None, number_impossible: false })
    });
    let facts = [
        Fact::Accepted { at: AT },
        Fact::Ringing { at: AT },
        Fact::Answered { at: AT },
        Fact::Detected { by: AnsweredBy::Human },
        Fact::Detected { by: AnsweredBy::Machine },
        Fact::DetectionGivenUp,
        Fact::MessageLeft,
        Fact::OptedOut { at: AT },
        Fact::GateClosed,
    ];
    let own = [
        AttemptEvent::NotSent,
        AttemptEvent::Uncertain,
        AttemptEvent::Refused { error_code: None, at: AT },
        AttemptEvent::NothingFound { at: AT },
        AttemptEvent::Lost { at: AT },
    ];
    own.into_iter().chain(facts.into_iter().chain(ends).map(AttemptEvent::Heard)).collect()
}

const fn name(event: &AttemptEvent) -> &'static str {
    match event {
        AttemptEvent::NotSent => "not sent",
        AttemptEvent::Uncertain => "no answer to the request",
        AttemptEvent::Refused { .. } => "number impossible",
        AttemptEvent::NothingFound { .. } => "nothing found",
        AttemptEvent::Lost { .. } => "given up",
        AttemptEvent::Heard(fact) => match fact {
            Fact::Accepted { .. } | Fact::Initiated { .. } => "taken by the carrier",
            Fact::Ringing { .. } => "rings",
            Fact::Answered { .. } | Fact::MessageLeft => "picked up",
            Fact::Detected { .. } => "verdict",
            Fact::DetectionGivenUp => "verdict given up",
            Fact::OptedOut { .. } => "key pressed",
            Fact::GateClosed => "gate closed",
            Fact::Ended(end) => match end.status {
                EndStatus::Completed => "over after an answer",
                EndStatus::Canceled | EndStatus::Failed | EndStatus::NoAnswer | EndStatus::Busy => "over unanswered",
            },
        },
    }
}
