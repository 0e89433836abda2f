//! One dial of one recipient, from reservation to end.
//!
//! [`Attempt::hear`] is the only way an attempt moves: it takes what the sender or the carrier says and
//! re-reads the whole set of facts, so order and repetition do not matter. It sends nothing and stores
//! nothing; see `engine` for who acts and for the reapers named below.

use jiff::Timestamp;

use crate::facts::{AnsweredBy, CallEnd, EndStatus, Fact, Facts};
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
        /// The request may have reached the carrier and nobody knows. Out: any callback by its token, or the
        /// reconciler's search; else, after its bound, ended as unknown. Never due again.
        Uncertain = "uncertain",
        /// The carrier has it. Out: any callback; else the reconciler asks after ring timeout and margin.
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
    Refused { error_code: Option<u32>, at: Timestamp },
    /// Its owner, or the reconciler after the owner's death: it may have been sent.
    Uncertain,
    /// The carrier's word, by answer, callback or look-up.
    Heard(Fact),
    /// The reconciler asked to the end of its bound and the carrier knows of no such call.
    NothingFound { at: Timestamp },
}

/// Does the campaign ask who picked up?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detection {
    Off,
    On,
}

/// An attempt as far as its moves are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub state: AttemptState,
    /// Set exactly when `state` is ended.
    pub outcome: Option<Outcome>,
    /// When it ended; set exactly when the state is final.
    pub ended_at: Option<Timestamp>,
    /// The carrier's error code of a failed call.
    pub error_code: Option<u32>,
    /// When the slot for its request was.
    pub send_at: Timestamp,
    pub facts: Facts,
    pub detection: Detection,
}

/// What an event did to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Nothing new.
    Stayed,
    /// New facts, perhaps a new state, not the end.
    Progressed,
    /// It has just ended.
    Ended,
    /// It had ended, and later evidence says more: unknown became known, or answered became opted out.
    Corrected,
    /// It was surely never sent.
    NotSent,
    /// Something was heard of a call that, by its owner's word, was never sent. To be alarmed.
    Impossible,
}

impl Attempt {
    /// The only way an attempt moves. Says what happened, so that the caller can settle the recipient.
    pub fn hear(&mut self, event: &AttemptEvent) -> Moved {
        match event {
            AttemptEvent::Heard(fact) => self.hear_fact(fact),
            _ if self.state.is_final() => Moved::Stayed,
            AttemptEvent::NotSent => self.not_sent(),
            AttemptEvent::Uncertain => self.uncertain(),
            AttemptEvent::Refused { error_code, at } => self.hear_fact(&Fact::Ended(CallEnd {
                status: EndStatus::Failed,
                at: *at,
                duration_s: None,
                error_code: *error_code,
                number_impossible: true,
            })),
            AttemptEvent::NothingFound { at } if self.state == AttemptState::Uncertain => {
                self.end(Outcome::Unknown, *at)
            }
            AttemptEvent::NothingFound { .. } => Moved::Stayed,
        }
    }

    fn not_sent(&mut self) -> Moved {
        if self.state != AttemptState::Reserved {
            return Moved::Stayed;
        }
        self.state = AttemptState::NotSent;
        self.ended_at = Some(self.send_at);
        Moved::NotSent
    }

    fn uncertain(&mut self) -> Moved {
        if self.state != AttemptState::Reserved {
            return Moved::Stayed;
        }
        self.state = AttemptState::Uncertain;
        Moved::Progressed
    }

    fn hear_fact(&mut self, fact: &Fact) -> Moved {
        if self.state == AttemptState::NotSent {
            return Moved::Impossible;
        }
        if !self.facts.join(fact) {
            return Moved::Stayed;
        }
        match (self.state, self.outcome) {
            (AttemptState::Ended, Some(Outcome::Unknown | Outcome::Answered)) => self.correct(),
            (AttemptState::Ended, _) => Moved::Stayed,
            _ => self.reread(),
        }
    }

    /// Reads the whole set again and moves to where it says.
    fn reread(&mut self) -> Moved {
        let (state, outcome) = judge(&self.facts, self.detection);
        match outcome {
            Some(outcome) => {
                let at = self.facts.end.as_ref().map_or(self.send_at, |end| end.at);
                let code = self.facts.end.as_ref().and_then(|end| end.error_code);
                self.error_code = code.filter(|_| outcome == Outcome::Failed);
                self.end(outcome, at)
            }
            None => {
                self.state = state;
                Moved::Progressed
            }
        }
    }

    /// Later evidence replaces `unknown` by whatever it proves, and `answered` by `opted_out` alone.
    fn correct(&mut self) -> Moved {
        let was_unknown = self.outcome == Some(Outcome::Unknown);
        match judge(&self.facts, self.detection).1 {
            Some(outcome) if was_unknown || outcome == Outcome::OptedOut => {
                self.reread();
                Moved::Corrected
            }
            _ => Moved::Stayed,
        }
    }

    fn end(&mut self, outcome: Outcome, at: Timestamp) -> Moved {
        self.state = AttemptState::Ended;
        self.outcome = Some(outcome);
        // The carrier's clock has whole seconds; an end is never before the request, so that delays counted from it are kept.
        self.ended_at = Some(at.max(self.send_at));
        Moved::Ended
    }
}

/// What a set of facts means: a state, and an outcome once the call is over and judged.
#[must_use]
pub fn judge(facts: &Facts, detection: Detection) -> (AttemptState, Option<Outcome>) {
    let Some(end) = &facts.end else {
        let state = if facts.answered_at.is_some() {
            AttemptState::Talking
        } else if facts.ringing_at.is_some() {
            AttemptState::Ringing
        } else {
            AttemptState::Accepted
        };
        return (state, None);
    };
    let outcome = match end.status {
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
    if facts.opted_out_at.is_some() {
        return Some(Outcome::OptedOut);
    }
    if facts.gate_closed {
        return Some(Outcome::Canceled);
    }
    match (detection, facts.answered_by) {
        (Detection::Off, _) => Some(Outcome::Answered),
        (Detection::On, Some(by)) if by.is_machine() => Some(Outcome::Voicemail),
        (Detection::On, Some(AnsweredBy::Human | AnsweredBy::Unknown)) => Some(Outcome::Answered),
        (Detection::On, _) if facts.detection_given_up => Some(Outcome::Answered),
        (Detection::On, _) => None,
    }
}
