//! What has been heard of one call, as a set that only grows.
//!
//! Callbacks come late, twice, in any order or never. Each is a [`Fact`]; [`Facts::join`] takes them in any
//! order and any number of times and ends in the same set, so the ledger does too. What a set means is
//! [`crate::attempt`]'s business.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::words! {
    /// The carrier's last word on a call. Ordered by strength: when a carrier contradicts itself, the strongest holds.
    pub enum EndStatus {
        Canceled = "canceled",
        Failed = "failed",
        NoAnswer = "no_answer",
        Busy = "busy",
        Completed = "completed",
    }
}

crate::words! {
    /// Who picked up, by the carrier's answering-machine detection. Ordered: the stronger verdict holds.
    pub enum AnsweredBy {
        /// Detection gave up; treated as a person, so that nobody is cut off by a guess.
        Unknown = "unknown",
        Human = "human",
        Fax = "fax",
        Machine = "machine",
    }
}

impl AnsweredBy {
    /// An answering machine or a fax picked up.
    #[must_use]
    pub const fn is_machine(self) -> bool {
        matches!(self, Self::Machine | Self::Fax)
    }
}

/// How the carrier says that a call ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallEnd {
    /// Its last status. First, because the derived order decides which of two contradicting ends holds.
    pub status: EndStatus,
    /// When, by the carrier's clock if it says so.
    pub at: Timestamp,
    /// Seconds from answer to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
    /// The carrier's error code, or the SIP response when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    /// By that code nobody can ever be reached under this number (invalid, unallocated, blocked).
    #[serde(default, skip_serializing_if = "is_false")]
    pub number_impossible: bool,
}

/// One thing heard of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The call exists at the carrier, under this id.
    Accepted { at: Timestamp },
    /// It left the carrier's queue.
    Initiated { at: Timestamp },
    /// It rings.
    Ringing { at: Timestamp },
    /// Somebody or something picked up.
    Answered { at: Timestamp },
    /// Answering-machine detection has spoken.
    Detected { by: AnsweredBy },
    /// Detection will not speak any more; the call is judged without it.
    DetectionGivenUp,
    /// The message was started on a machine, after its tone.
    MessageLeft,
    /// The person pressed the opt-out key.
    OptedOut { at: Timestamp },
    /// Stop or do-not-call was found when the call was answered; it heard nothing.
    GateClosed,
    /// The call is over.
    Ended(CallEnd),
}

/// All that was heard of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ringing_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<AnsweredBy>,
    #[serde(skip_serializing_if = "is_false")]
    pub detection_given_up: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub message_left: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opted_out_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "is_false")]
    pub gate_closed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<CallEnd>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Keeps the earliest of two instants.
fn earliest(kept: &mut Option<Timestamp>, heard: Timestamp) {
    *kept = Some(kept.map_or(heard, |k| k.min(heard)));
}

impl Facts {
    /// Takes one fact in. Associative, commutative and idempotent. Says whether the set grew.
    pub fn join(&mut self, fact: &Fact) -> bool {
        let before = self.clone();
        match fact {
            Fact::Accepted { at } => earliest(&mut self.accepted_at, *at),
            Fact::Initiated { at } => earliest(&mut self.initiated_at, *at),
            Fact::Ringing { at } => earliest(&mut self.ringing_at, *at),
            Fact::Answered { at } => earliest(&mut self.answered_at, *at),
            Fact::Detected { by } => self.answered_by = self.answered_by.max(Some(*by)),
            Fact::DetectionGivenUp => self.detection_given_up = true,
            Fact::MessageLeft => self.message_left = true,
            Fact::OptedOut { at } => earliest(&mut self.opted_out_at, *at),
            Fact::GateClosed => self.gate_closed = true,
            Fact::Ended(end) => self.end = self.end.take().max(Some(end.clone())),
        }
        *self != before
    }

    /// The carrier says that nobody can ever be reached under this number.
    #[must_use]
    pub fn number_impossible(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.number_impossible)
    }

    /// It rang, or was answered, as far as we heard.
    #[must_use]
    pub fn rang(&self) -> bool {
        self.ringing_at.is_some() || self.answered_at.is_some()
    }
}
