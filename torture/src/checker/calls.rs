//! Nobody is called twice: not at once, not too soon, not too often, not by mistake.
//!
//! Read from the carrier's ledger alone, with the database only to say which recipient a request was for. Whether the
//! two ledgers agree is [`super::ledgers`]' business.

use std::collections::HashMap;

use carillon_simulator::{CallSeen, CallStatus, CreateSeen};
use jiff::{SignedDuration, Timestamp};

use crate::evidence::{Evidence, token};
use crate::verdict::Verdict;

/// The carrier tells its instants in whole seconds, so a delay counted from one may begin up to a second early.
const WHOLE_SECONDS: SignedDuration = SignedDuration::from_secs(1);

/// INV-1.
pub fn one_call_at_a_time(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-1", "two calls to one number are never live at once");
    let mut by_number: HashMap<&str, Vec<&CallSeen>> = HashMap::new();
    for call in &evidence.calls {
        by_number.entry(&call.to).or_default().push(call);
    }
    for (number, mut calls) in by_number {
        calls.sort_by_key(|call| call.created_at);
        verdict.looked_at += 1;
        for pair in calls.windows(2) {
            let over_before = pair[0].ended_at.is_some_and(|end| end <= pair[1].created_at);
            if !over_before {
                verdict.breaches.push(format!("{number}: {} still lived when {} began", pair[0].sid, pair[1].sid));
            }
        }
    }
    verdict
}

/// INV-3: consecutive requests that reached the carrier are the retry delay apart.
pub fn delays_are_kept(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-3", "a retry keeps its delay after the call before it has ended");
    let delay =
        evidence.retry.delays_s.first().map_or(SignedDuration::ZERO, |s| SignedDuration::from_secs((*s).into()));
    for (recipient, creates) in evidence.by_recipient() {
        let calls: Vec<&CallSeen> = creates.iter().filter_map(|create| evidence.call_of(create)).collect();
        for pair in calls.windows(2) {
            // A call that was canceled before it rang does not count, nor does its delay.
            let counts = pair[0].status != CallStatus::Canceled || pair[0].ringing_at.is_some();
            let ended = pair[0].ended_at.unwrap_or(Timestamp::MAX);
            let due = ended.checked_add(delay).unwrap_or(Timestamp::MAX);
            let kept = !counts || pair[1].created_at.saturating_add(WHOLE_SECONDS).is_ok_and(|at| at >= due);
            verdict.expect(kept, || {
                format!("recipient {recipient}: {} at {}, due at {due}", pair[1].sid, pair[1].created_at)
            });
        }
    }
    verdict
}

/// INV-4.
pub fn one_request_an_attempt(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-4", "an attempt is asked for at most once on the wire");
    let mut requests: HashMap<&str, usize> = HashMap::new();
    for create in &evidence.creates {
        match token(create) {
            Some(token) => *requests.entry(token).or_default() += 1,
            None => verdict.breaches.push(format!("create request {} carries no token", create.index)),
        }
    }
    for (token, count) in requests {
        verdict.expect(count == 1, || format!("{count} requests carry the token {token}"));
    }
    verdict
}

/// INV-5: after a request without a certain answer the carrier's truth must allow the next one.
pub fn nothing_uncertain_is_sent_again(evidence: &Evidence) -> Verdict {
    let mut verdict =
        Verdict::new("INV-5", "an uncertain request is followed by another only once the carrier settled it");
    for (recipient, creates) in evidence.by_recipient() {
        for pair in creates.windows(2) {
            let settled = is_settled(evidence, pair[0], pair[1].received_at);
            verdict.expect(settled, || {
                let (first, fault) = (pair[0].index, pair[0].fault.unwrap_or("none"));
                format!("recipient {recipient}: request {first} (fault {fault}) was followed by {}", pair[1].index)
            });
        }
        verdict.looked_at += usize::from(creates.len() == 1);
    }
    verdict
}

/// Nothing was placed and we were told so, or what was placed had ended in a way that may be tried again.
fn is_settled(evidence: &Evidence, create: &CreateSeen, before: Timestamp) -> bool {
    match evidence.call_of(create) {
        None => create.answer_status == Some(429),
        Some(call) => {
            use CallStatus::{Busy, Canceled, Failed, NoAnswer};
            let may_be_retried = matches!(call.status, Busy | NoAnswer | Failed | Canceled);
            may_be_retried && call.ended_at.is_some_and(|end| end <= before)
        }
    }
}

/// INV-14: never more than the policy says, counting what may have been a call.
pub fn attempts_are_limited(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-14", "nobody gets more attempts than the policy allows");
    let most = usize::from(evidence.retry.max_attempts);
    for (recipient, creates) in evidence.by_recipient() {
        let counts = |create: &&&CreateSeen| {
            let canceled = evidence
                .call_of(create)
                .is_some_and(|call| call.status == CallStatus::Canceled && call.ringing_at.is_none());
            create.answer_status != Some(429) && !canceled
        };
        let made = creates.iter().filter(counts).count();
        verdict.expect(made <= most, || {
            let told: Vec<String> = creates.iter().map(|create| describe(evidence, create)).collect();
            format!("recipient {recipient}: {made} requests of at most {most}: {}", told.join("; "))
        });
    }
    verdict
}

/// What became of a request, for whoever reads of a breach.
fn describe(evidence: &Evidence, create: &CreateSeen) -> String {
    let call = evidence.call_of(create).map(|call| {
        format!(
            "call {:?} rang {:?} answered {:?} ended {:?}",
            call.status, call.ringing_at, call.answered_at, call.ended_at
        )
    });
    format!("at {} answered {:?}, {}", create.received_at, create.answer_status, call.unwrap_or_default())
}
