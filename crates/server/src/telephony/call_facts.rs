//! What a fetched or canceled call tells the ledger; the same facts as its callbacks would.
//!
//! One call may give several facts, and the same ones again at the next look: facts are a set, so that does no harm.
//! A status that we do not know says nothing. What the facts mean is `carillon_domain::attempt`'s.

use carillon_domain::facts::{CallEnd, Fact};
use jiff::Timestamp;

use super::twilio::is_number_impossible;
use super::{CallStatus, CarrierCall};

impl CarrierCall {
    /// The facts in a call as the carrier has it now.
    #[must_use]
    pub fn facts(&self, now: Timestamp) -> Vec<Fact> {
        let Some(status) = &self.status else { return Vec::new() };
        let began = self.started_at.unwrap_or(now);
        // Null until dialing begins: a canceled call that has it may have rung.
        let dialed = self.started_at.map(|at| Fact::Initiated { at });
        let moved = match status {
            CallStatus::Queued => Some(Fact::Accepted { at: now }),
            CallStatus::Initiated => Some(Fact::Initiated { at: began }),
            CallStatus::Ringing => Some(Fact::Ringing { at: began }),
            CallStatus::InProgress => Some(Fact::Answered { at: now }),
            CallStatus::Unknown(_) => None,
            ended => ended.end_status().map(|status| {
                Fact::Ended(CallEnd {
                    status,
                    at: self.ended_at.unwrap_or(now),
                    duration_s: self.duration_s,
                    error_code: self.error_code,
                    number_impossible: self.error_code.is_some_and(is_number_impossible),
                })
            }),
        };
        let detected = self.answered_by.as_ref().map(|verdict| Fact::Detected { by: verdict.answered_by() });
        dialed.into_iter().chain(moved).chain(detected).collect()
    }
}
