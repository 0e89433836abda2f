//! Where a call stands and how it came to be, with the words that the wire knows for both.
//!
//! The table of what may follow what is here; only [`Call::advance`](crate::call::Call::advance) uses it to move.

use serde::Serialize;

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStatus {
    /// Accepted, waiting for its turn.
    Queued,
    /// Left the queue, dialing begins.
    Initiated,
    /// The phone rings.
    Ringing,
    /// Answered.
    InProgress,
    /// Answered and ended.
    Completed,
    /// The line was busy.
    Busy,
    /// The network could not complete it.
    Failed,
    /// Nobody picked up in time.
    NoAnswer,
    /// Ended through the API before an answer.
    Canceled,
}

impl CallStatus {
    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        use CallStatus::{Busy, Canceled, Completed, Failed, NoAnswer};
        matches!(self, Completed | Busy | Failed | NoAnswer | Canceled)
    }

    /// Whether `next` can follow.
    pub fn may_become(self, next: CallStatus) -> bool {
        use CallStatus::{Busy, Canceled, Completed, Failed, InProgress, Initiated, NoAnswer, Queued, Ringing};
        match self {
            Queued => matches!(next, Initiated | Canceled | Failed),
            Initiated => matches!(next, Ringing | InProgress | Busy | Failed | NoAnswer | Canceled),
            Ringing => matches!(next, InProgress | Busy | Failed | NoAnswer | Canceled),
            InProgress => next == Completed,
            Completed | Busy | Failed | NoAnswer | Canceled => false,
        }
    }

    /// The word in callbacks.
    pub fn word(self) -> &'static str {
        match self {
            CallStatus::Queued => "queued",
            CallStatus::Initiated => "initiated",
            CallStatus::Ringing => "ringing",
            CallStatus::InProgress => "in-progress",
            CallStatus::Completed => "completed",
            CallStatus::Busy => "busy",
            CallStatus::Failed => "failed",
            CallStatus::NoAnswer => "no-answer",
            CallStatus::Canceled => "canceled",
        }
    }

    /// The word in the API, which does not know `initiated`.
    pub fn api_word(self) -> &'static str {
        if self == CallStatus::Initiated { "ringing" } else { self.word() }
    }
}

/// How a call came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// By a create request.
    OutboundApi,
    /// By a `Dial` verb.
    OutboundDial,
    /// By a device that called in.
    Inbound,
}

impl Direction {
    /// The word in callbacks and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Direction::OutboundApi => "outbound-api",
            Direction::OutboundDial => "outbound-dial",
            Direction::Inbound => "inbound",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [CallStatus; 9] = [
        CallStatus::Queued,
        CallStatus::Initiated,
        CallStatus::Ringing,
        CallStatus::InProgress,
        CallStatus::Completed,
        CallStatus::Busy,
        CallStatus::Failed,
        CallStatus::NoAnswer,
        CallStatus::Canceled,
    ];

    #[test]
    fn every_pair_of_statuses_is_allowed_or_refused() {
        let table =
            ALL.map(|from| ALL.map(|to| if from.may_become(to) { '1' } else { '.' }).iter().collect::<String>());
        assert_eq!(
            table,
            [
                ".1....1.1", // queued
                "..11.1111", // initiated
                "...1.1111", // ringing
                "....1....", // in-progress
                ".........",
                ".........",
                ".........",
                ".........",
                ".........",
            ]
        );
    }
}
