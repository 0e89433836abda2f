//! One dial of one recipient, from reservation to end.
//!
//! [`Attempt::hear`] is the only way an attempt moves: it takes what the sender or the carrier says and
//! re-reads the whole set of facts, so order and repetition do not matter. An end is final: a carrier that
//! contradicts its own end is not believed. What comes late about the same call may still correct what the end
//! means: `unknown` becomes known, a key press makes `opted_out`, a verdict `voicemail`, a closed gate `canceled`.
//! It sends nothing and stores nothing; see `engine` for who acts and for the reapers named below.

use jiff::Timestamp;

use crate::facts::{CallEnd, EndStatus, Fact, Facts};
use crate::outcome::Outcome;

crate::words! {
    /// Where one dial stands.
    ///
    /// `posted` is not a stored state: whether a request left is known to the living owner alone. An
    /// attempt whose owner died while it was reserved is therefore uncertain, never due again.
    pub enum AttemptState {
        /// Claimed, no answer of the carrier known. In: a claim. Out: what its owner says; else, after its
        /// deadline, the reconciler makes it uncertain.
        Reserved = "reserved",
        /// The request may have reached the carrier and nobody knows. Out: any callback by its token, the
        /// reconciler's search, or its owner, who lived after all and knows that nothing was sent; else, after its
        /// bound, ended as unknown. It is never sent again.
        Uncertain = "uncertain",
        /// The carrier has it. Out: any callback; else the reconciler asks after ring timeout and margin, and
        /// after the end of its patience gives it up as unknown.
        Accepted = "accepted",
        /// It rings. Reaper: the reconciler, as for accepted.
        Ringing = "ringing",
        /// Somebody or something picked up. Reaper: the reconciler, at the call's time limit.
        Talking = "talking",
        /// Over at the carrier; the machine verdict is waited for. Reaper: the reconciler gives it up.
        Judging = "judging",
        /// Final, with an outcome.
        Ended = "ended",
        /// Final: surely never sent; it counts nowhere and its recipient is due again.
        NotSent = "not_sent",
    }
}

impl AttemptState {
    /// Nothing more happens to it by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Ended | Self::NotSent)
    }
}

/// What an attempt can hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptEvent {
    /// Its living owner: the request surely never reached the carrier.
    NotSent,
    /// The carrier refused this call for good: the number is impossible.
    Refused {
        /// The carrier's code.
        error_code: Option<u32>,
        /// When it answered.
        at: Timestamp,
    },
    /// Its owner, or the reconciler after the owner's death: it may have been sent.
    Uncertain,
    /// The carrier's word, by answer, callback or look-up.
    Heard(Fact),
    /// The reconciler searched to the end of its bound and the carrier knows of no such call.
    NothingFound {
        /// When it gave up.
        at: Timestamp,
    },
    /// The reconciler asked for a call that the carrier once had, to the end of its patience, and is not told
    /// how it ended.
    Lost {
        /// When it gave up.
        at: Timestamp,
    },
}

/// Does the campaign ask who picked up?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detection {
    /// Whoever picks up counts as a person.
    Off,
    /// The carrier's verdict is waited for.
    On,
}

/// An attempt as far as its moves are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Where it stands.
    pub state: AttemptState,
    /// Set exactly when `state` is ended.
    pub outcome: Option<Outcome>,
    /// When it ended; set exactly when the state is final.
    pub ended_at: Option<Timestamp>,
    /// The carrier's error code of a failed call.
    pub error_code: Option<u32>,
    /// When the slot for its request was.
    pub send_at: Timestamp,
    /// All that was heard of it.
    pub facts: Facts,
    /// Whether its call asks who picked up.
    pub detection: Detection,
}

/// What an event did to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Nothing new.
    Stayed,
    /// New facts, perhaps a new state; nothing follows for its recipient.
    Progressed,
    /// It has just ended.
    Ended,
    /// It had ended, and what follows from its end is another: a known outcome for unknown, a key press, a
    /// verdict, a closed gate, a ring before the cancel.
    Corrected,
    /// It was surely never sent.
    NotSent,
    /// Something was heard of a call that, by its owner's word, was never sent. To be alarmed.
    Impossible,
}

/// What follows for the recipient from an end, whenever it was.
#[derive(PartialEq)]
struct Consequence {
    outcome: Option<Outcome>,
    is_counted: bool,
    message_left: bool,
    number_impossible: bool,
}

impl Attempt {
    /// The only way an attempt moves. Says what happened, so that the caller can settle the recipient.
    pub fn hear(&mut self, event: &AttemptEvent) -> Moved {
        match event {
            AttemptEvent::Heard(fact) => self.hear_fact(fact),
            AttemptEvent::NotSent if self.is_unheard() => self.not_sent(),
            AttemptEvent::Uncertain if self.state == AttemptState::Reserved => {
                self.state = AttemptState::Uncertain;
                Moved::Progressed
            }
            AttemptEvent::Refused { error_code, at } if self.is_unheard() || self.is_unknown() => {
                self.hear_fact(&refusal(*error_code, *at))
            }
            AttemptEvent::NothingFound { at } if self.state == AttemptState::Uncertain => self.give_up(*at),
            AttemptEvent::Lost { at } if self.is_under_way() => self.give_up(*at),
            _ => Moved::Stayed,
        }
    }

    /// It counts against the retry limit: all that was sent but what was canceled in the carrier's queue.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        match self.outcome {
            Some(Outcome::Canceled) => self.facts.was_dialed(),
            _ => !matches!(self.state, AttemptState::Reserved | AttemptState::NotSent),
        }
    }

    /// Nothing of it was heard from the carrier.
    const fn is_unheard(&self) -> bool {
        matches!(self.state, AttemptState::Reserved | AttemptState::Uncertain)
    }

    const fn is_under_way(&self) -> bool {
        !self.is_unheard() && !self.state.is_final()
    }

    fn is_unknown(&self) -> bool {
        self.outcome == Some(Outcome::Unknown)
    }

    fn not_sent(&mut self) -> Moved {
        self.state = AttemptState::NotSent;
        self.ended_at = Some(self.send_at);
        Moved::NotSent
    }

    fn hear_fact(&mut self, fact: &Fact) -> Moved {
        if self.is_out_of_place(fact) {
            return Moved::Stayed;
        }
        if self.state == AttemptState::NotSent {
            return Moved::Impossible;
        }
        let before = self.consequence();
        if !self.facts.join(fact) {
            return Moved::Stayed;
        }
        let had_ended = self.state == AttemptState::Ended;
        self.reread();
        match (had_ended, self.state == AttemptState::Ended) {
            (false, true) => Moved::Ended,
            (true, _) if self.consequence() != before => Moved::Corrected,
            _ => Moved::Progressed,
        }
    }

    /// A verdict is given up only once the call is over, and an end is not contradicted by another.
    fn is_out_of_place(&self, fact: &Fact) -> bool {
        match (fact, &self.facts.end) {
            (Fact::DetectionGivenUp, end) => end.is_none(),
            (Fact::Ended(told), Some(end)) => self.state == AttemptState::Ended && told.status != end.status,
            _ => false,
        }
    }

    fn consequence(&self) -> Consequence {
        let is = |outcome| self.outcome == Some(outcome);
        Consequence {
            outcome: self.outcome,
            is_counted: self.is_counted(),
            message_left: is(Outcome::Voicemail) && self.facts.message_left,
            number_impossible: is(Outcome::Failed) && self.facts.number_impossible(),
        }
    }

    /// Reads the whole set again and moves to where it says. What ended as unknown stays so until an end is heard.
    fn reread(&mut self) {
        let (state, outcome) = judge(&self.facts, self.detection);
        match (outcome, &self.facts.end) {
            (Some(outcome), Some(end)) => {
                let (at, code) = (end.at, end.error_code);
                self.end(outcome, at);
                self.error_code = code.filter(|_| outcome == Outcome::Failed);
            }
            _ if self.state != AttemptState::Ended => self.state = state,
            _ => {}
        }
    }

    /// Nobody asks any more: the facts are judged as they are, and a missing verdict is not waited for.
    fn give_up(&mut self, at: Timestamp) -> Moved {
        self.facts.detection_given_up = self.detection == Detection::On;
        self.reread();
        if self.state != AttemptState::Ended {
            self.end(Outcome::Unknown, at);
        }
        Moved::Ended
    }

    fn end(&mut self, outcome: Outcome, at: Timestamp) {
        self.state = AttemptState::Ended;
        self.outcome = Some(outcome);
        // The carrier's clock has whole seconds; an end is never before the request, so that delays counted from it are kept.
        self.ended_at = Some(at.max(self.send_at));
    }
}

/// A refusal is the end of a call that never was.
const fn refusal(error_code: Option<u32>, at: Timestamp) -> Fact {
    Fact::Ended(CallEnd { status: EndStatus::Failed, at, duration_s: None, error_code, number_impossible: true })
}

/// What a set of facts means: a state, and an outcome once the call is over and judged.
#[must_use]
pub fn judge(facts: &Facts, detection: Detection) -> (AttemptState, Option<Outcome>) {
    let Some(end) = &facts.end else {
        let state = if facts.picked_up() {
            AttemptState::Talking
        } else if facts.ringing_at.is_some() {
            AttemptState::Ringing
        } else {
            AttemptState::Accepted
        };
        return (state, None);
    };
    let outcome = match end.status {
        // Who presses a key has picked up, whatever the carrier makes of the end.
        _ if facts.opted_out_at.is_some() => Some(Outcome::OptedOut),
        EndStatus::Busy => Some(Outcome::Busy),
        EndStatus::NoAnswer => Some(Outcome::NoAnswer),
        EndStatus::Failed => Some(Outcome::Failed),
        EndStatus::Canceled => Some(Outcome::Canceled),
        EndStatus::Completed => judge_completed(facts, detection),
    };
    (if outcome.is_some() { AttemptState::Ended } else { AttemptState::Judging }, outcome)
}

/// A call that was picked up: who was it, and what did they hear?
fn judge_completed(facts: &Facts, detection: Detection) -> Option<Outcome> {
    if facts.gate_closed {
        return Some(Outcome::Canceled);
    }
    match (detection, facts.answered_by) {
        (Detection::Off, _) => Some(Outcome::Answered),
        (Detection::On, Some(by)) if by.is_machine() => Some(Outcome::Voicemail),
        (Detection::On, Some(_)) => Some(Outcome::Answered),
        (Detection::On, None) => facts.detection_given_up.then_some(Outcome::Answered),
    }
}

#[cfg(test)]
mod tests;
