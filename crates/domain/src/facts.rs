//! What has been heard of one call, as a set that only grows.
//!
//! Callbacks come late, twice, in any order or never. Each is a [`Fact`]; [`Facts::join`] takes them in any
//! order and any number of times and ends in the same set, so the ledger does too. What a set means is
//! [`crate::attempt`]'s business.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::words! {
    /// The carrier's last word on a call. Ordered by strength: when a carrier contradicts itself, the strongest holds.
    pub enum EndStatus {
        /// Ended from outside before anybody answered.
        Canceled = "canceled",
        /// The carrier or the network could not complete it.
        Failed = "failed",
        /// It rang in vain, or was declined.
        NoAnswer = "no_answer",
        /// The line was busy.
        Busy = "busy",
        /// It was answered, by whomever, and is over.
        Completed = "completed",
    }
}

crate::words! {
    /// Who picked up, by the carrier's answering-machine detection. Ordered: the stronger verdict holds.
    pub enum AnsweredBy {
        /// Detection gave up; treated as a person, so that nobody is cut off by a guess.
        Unknown = "unknown",
        /// A person.
        Human = "human",
        /// A fax.
        Fax = "fax",
        /// An answering machine.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEnd {
    /// Its last status.
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

impl CallEnd {
    /// One end of two that were told. The stronger status holds; two tellings of the same add up, since a callback
    /// knows the network's code and a look-up the carrier's own, which is the larger number.
    fn join(self, other: Self) -> Self {
        match self.status.cmp(&other.status) {
            Ordering::Less => other,
            Ordering::Greater => self,
            Ordering::Equal => Self {
                status: self.status,
                at: self.at.min(other.at),
                duration_s: self.duration_s.max(other.duration_s),
                error_code: self.error_code.max(other.error_code),
                number_impossible: self.number_impossible || other.number_impossible,
            },
        }
    }
}

/// One thing heard of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The call exists at the carrier, under this id.
    Accepted {
        /// When we heard so.
        at: Timestamp,
    },
    /// It left the carrier's queue.
    Initiated {
        /// When, by the carrier's clock if it says so; so below.
        at: Timestamp,
    },
    /// It rings.
    Ringing {
        /// When.
        at: Timestamp,
    },
    /// Somebody or something picked up.
    Answered {
        /// When.
        at: Timestamp,
    },
    /// Answering-machine detection has spoken.
    Detected {
        /// Its verdict.
        by: AnsweredBy,
    },
    /// Detection will not speak any more; the call is judged without it, unless it speaks after all.
    DetectionGivenUp,
    /// The message was started on a machine, after its tone.
    MessageLeft,
    /// The person pressed the opt-out key.
    OptedOut {
        /// When.
        at: Timestamp,
    },
    /// Stop or do-not-call was found when the call was answered; it heard nothing.
    GateClosed,
    /// The call is over.
    Ended(CallEnd),
}

/// All that was heard of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// When the carrier took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Timestamp>,
    /// When it left the carrier's queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiated_at: Option<Timestamp>,
    /// Since when it rang.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ringing_at: Option<Timestamp>,
    /// When it was picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// Who picked up, by the detection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<AnsweredBy>,
    /// The detection's verdict is not waited for any more.
    #[serde(skip_serializing_if = "is_false")]
    pub detection_given_up: bool,
    /// The message was started on a machine.
    #[serde(skip_serializing_if = "is_false")]
    pub message_left: bool,
    /// When the opt-out key was pressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opted_out_at: Option<Timestamp>,
    /// It was answered, was not to be placed any more, and heard nothing.
    #[serde(skip_serializing_if = "is_false")]
    pub gate_closed: bool,
    /// How it ended.
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
            Fact::Ended(end) => {
                self.end = Some(match self.end.take() {
                    Some(known) => known.join(end.clone()),
                    None => end.clone(),
                });
            }
        }
        *self != before
    }

    /// The carrier says that nobody can ever be reached under this number.
    #[must_use]
    pub fn number_impossible(&self) -> bool {
        self.end.as_ref().is_some_and(|end| end.number_impossible)
    }

    /// Somebody or something picked up: we heard so, or heard what cannot be before.
    #[must_use]
    pub fn picked_up(&self) -> bool {
        let keys_or_document = self.opted_out_at.is_some() || self.gate_closed || self.message_left;
        self.answered_at.is_some() || self.answered_by.is_some() || keys_or_document
    }

    /// It left the carrier's queue, as far as we heard: the phone may have rung. Whether it did is told by a callback
    /// that may come late or never, so a call that was dialed is never taken for one that nobody noticed.
    #[must_use]
    pub fn was_dialed(&self) -> bool {
        self.initiated_at.is_some() || self.ringing_at.is_some() || self.picked_up()
    }
}

#[cfg(test)]
mod tests;
