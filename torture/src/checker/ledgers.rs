//! Two ledgers, one truth: every call at the carrier is an attempt here and the other way round.
//!
//! Where they differ the carrier is right. How often and how soon somebody was called is [`super::calls`]'
//! business.

use std::collections::HashMap;

use carillon::store::attempts::AttemptView;
use carillon_domain::attempt::AttemptState;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_simulator::{CallSeen, CallStatus};

use crate::evidence::{Evidence, token};
use crate::verdict::Verdict;

/// INV-6.
pub fn every_call_has_its_attempt(evidence: &Evidence) -> Verdict {
    let mut verdict =
        Verdict::new("INV-6", "every call at the carrier is one attempt, every accepted attempt one call");
    let mut bound: HashMap<&str, Vec<&AttemptView>> = HashMap::new();
    for attempt in evidence.attempts.values() {
        if let Some(sid) = &attempt.call_sid {
            bound.entry(sid).or_default().push(attempt);
        }
    }
    for create in &evidence.creates {
        let Some(sid) = &create.sid else { continue };
        let attempts = bound.get(sid.as_str()).map_or(&[][..], Vec::as_slice);
        let is_its_own = attempts.len() == 1 && Some(attempts[0].token.as_str()) == token(create);
        verdict.expect(is_its_own, || {
            let known = token(create).and_then(|token| evidence.attempts.get(token));
            let state = known.map_or("absent", |attempt| attempt.state.as_str());
            format!("call {sid} belongs to {} attempts; the one that asked for it is {state}", attempts.len())
        });
    }
    for sid in bound.keys() {
        let exists = evidence.calls.iter().any(|call| call.sid == *sid);
        verdict.expect(exists, || format!("an attempt names the call {sid}, which the carrier does not have"));
    }
    verdict
}

/// INV-13: a request that the carrier turned away unprocessed is no attempt, unless its answer was never read.
pub fn a_429_counts_nowhere(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-13", "a request answered 429 counts as no attempt");
    for create in evidence.creates.iter().filter(|create| create.answer_status == Some(429)) {
        let Some(attempt) = token(create).and_then(|token| evidence.attempts.get(token)) else { continue };
        let fits = attempt.state == AttemptState::NotSent || attempt.outcome == Some(Outcome::Unknown);
        verdict.expect(fits, || format!("attempt {} was answered 429 and is {:?}", attempt.id, attempt.outcome));
    }
    verdict
}

/// INV-15.
pub fn everything_has_ended(evidence: &Evidence) -> Verdict {
    let mut verdict =
        Verdict::new("INV-15", "every attempt has exactly one end, every campaign is over, no line is held");
    for attempt in evidence.attempts.values() {
        let is_over = attempt.state.is_final() && attempt.ended_at.is_some();
        verdict.expect(is_over, || format!("attempt {} is {}", attempt.id, attempt.state.as_str()));
    }
    for run in &evidence.runs {
        verdict.expect(run.reserved == 0, || {
            format!("campaign {}: {} attempts still reserved", run.campaign, run.reserved)
        });
        let is_over = run.status == CampaignStatus::Completed;
        verdict.expect(is_over, || format!("campaign {} is {}", run.campaign, run.status.as_str()));
    }
    verdict.expect(evidence.live_calls == 0, || format!("{} lines are held by nobody", evidence.live_calls));
    verdict
}

/// INV-21, INV-22: late, repeated, reordered and lost callbacks leave the outcome that the carrier knows.
pub fn outcomes_are_the_carriers(evidence: &Evidence) -> Verdict {
    let mut verdict =
        Verdict::new("INV-22", "each outcome is what the carrier says of the call, whatever it told and when");
    for call in &evidence.calls {
        let attempt = evidence.attempts.values().find(|attempt| attempt.call_sid.as_deref() == Some(&call.sid));
        let Some(attempt) = attempt else { continue };
        // A call that was answered after its campaign had been stopped hears nothing and counts as canceled.
        let is_silenced = attempt.facts.gate_closed && call.heard.is_empty();
        let expected = if is_silenced { Some(Outcome::Canceled) } else { outcome_of(call) };
        verdict.expect(expected.is_some() && attempt.outcome == expected, || {
            format!("call {} ended {:?}; its attempt says {:?}", call.sid, call.status, attempt.outcome)
        });
    }
    verdict
}

/// Without machine detection.
fn outcome_of(call: &CallSeen) -> Option<Outcome> {
    match call.status {
        CallStatus::Completed => Some(Outcome::Answered),
        CallStatus::Busy => Some(Outcome::Busy),
        CallStatus::NoAnswer => Some(Outcome::NoAnswer),
        CallStatus::Failed => Some(Outcome::Failed),
        CallStatus::Canceled => Some(Outcome::Canceled),
        CallStatus::Queued | CallStatus::Initiated | CallStatus::Ringing | CallStatus::InProgress => None,
    }
}
