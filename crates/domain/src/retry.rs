//! What becomes of a recipient after an attempt: done, tried again at a time, or given up.
//!
//! Pure and total: every outcome has an answer (the table of the specification, section 2). It does not
//! look at hours; the caller moves a due time into the recipient's allowed hours.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::field_error::FieldError;
use crate::outcome::Outcome;
use crate::recipient::{RecipientState, Settled};
use crate::suppression::SuppressionReason;

/// The most calls one recipient may get in one run, counting the first.
pub const MAX_ATTEMPTS: u8 = 5;
/// The longest delay between two attempts: 24 hours.
pub const RETRY_DELAY_S_MAX: u32 = 86_400;
/// The shortest delay, unless the installation lowers it (`min_retry_delay_s`): 15 minutes.
pub const RETRY_DELAY_S_MIN: u32 = 900;

crate::words! {
    /// The outcomes that a campaign may choose to try again.
    pub enum RetryCondition {
        /// Nobody picked up.
        NoAnswer = "no_answer",
        /// The line was busy.
        Busy = "busy",
        /// The call could not be completed, unless the number is impossible.
        Failed = "failed",
        /// A machine picked up.
        Voicemail = "voicemail",
    }
}

/// Which outcomes are tried again, how often and after what delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetryPolicy {
    /// Calls in all, counting the first.
    pub max_attempts: u8,
    /// Seconds to wait before attempt 2, 3, …; the last one repeats.
    pub delays_s: Vec<u32>,
    /// Outcomes that are tried again.
    pub on: Vec<RetryCondition>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            delays_s: vec![3_600],
            on: vec![RetryCondition::NoAnswer, RetryCondition::Busy, RetryCondition::Failed],
        }
    }
}

/// What is known of an attempt that has just ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub outcome: Outcome,
    /// When it ended, never before it was sent.
    pub at: Timestamp,
    /// Attempts made so far that count, this one included unless it does not count.
    pub attempts_made: u8,
    /// It left the carrier's queue before the end, so the phone may have rung.
    pub was_dialed: bool,
    /// The message was left on the machine.
    pub message_left: bool,
    /// The carrier calls the number impossible (invalid, unallocated, blocked).
    pub number_impossible: bool,
}

impl RetryPolicy {
    /// Says what becomes of a recipient after an attempt. Total: every outcome has an answer.
    #[must_use]
    pub fn after(&self, ended: &Ended) -> Settled {
        match ended.outcome {
            Outcome::Answered | Outcome::Abandoned | Outcome::OptedOut => Settled::done(RecipientState::Completed),
            Outcome::Unknown => Settled::done(RecipientState::Failed),
            Outcome::Canceled if ended.was_dialed => self.again_or(ended, RecipientState::Failed),
            Outcome::Canceled => Settled::DueAt(ended.at),
            Outcome::Voicemail if ended.message_left => {
                self.again_if(RetryCondition::Voicemail, ended, RecipientState::Completed)
            }
            Outcome::Voicemail => self.again_if(RetryCondition::Voicemail, ended, RecipientState::Failed),
            Outcome::NoAnswer => self.again_if(RetryCondition::NoAnswer, ended, RecipientState::Failed),
            Outcome::Busy => self.again_if(RetryCondition::Busy, ended, RecipientState::Failed),
            Outcome::Failed if ended.number_impossible => Settled::done(RecipientState::Failed),
            Outcome::Failed => self.again_if(RetryCondition::Failed, ended, RecipientState::Failed),
        }
    }

    /// As [`Self::after`], in a run that was stopped: nobody becomes due again, and a call that the stop canceled
    /// says nothing of the person, however many came before it.
    #[must_use]
    pub fn after_stop(&self, ended: &Ended) -> Settled {
        match (ended.outcome, self.after(ended)) {
            (Outcome::Canceled, _) | (_, Settled::DueAt(_)) => Settled::Suppressed(SuppressionReason::Stopped),
            (_, settled) => settled,
        }
    }

    /// As [`Self::after`], in a run that had finished when the evidence came: there are no more attempts.
    #[must_use]
    pub fn after_finish(&self, ended: &Ended) -> Settled {
        match self.after(&Ended { attempts_made: u8::MAX, ..*ended }) {
            Settled::DueAt(_) => Settled::Failed,
            settled => settled,
        }
    }

    /// What becomes of a recipient whose request never left: due again, since nothing was used up. Unless late news of
    /// an earlier call used up the last attempt while this one was reserved.
    #[must_use]
    pub fn after_not_sent(&self, attempts_made: u8, again_at: Timestamp) -> Settled {
        if attempts_made >= self.max_attempts { Settled::Failed } else { Settled::DueAt(again_at) }
    }

    /// What late news of an older attempt makes of a recipient who waits for the next: nothing, unless that one counts now
    /// and was the last that may be made.
    #[must_use]
    pub fn after_older(&self, attempts_made: u8) -> Option<Settled> {
        (attempts_made >= self.max_attempts).then_some(Settled::Failed)
    }

    fn again_if(&self, condition: RetryCondition, ended: &Ended, otherwise: RecipientState) -> Settled {
        if self.on.contains(&condition) { self.again_or(ended, otherwise) } else { Settled::done(otherwise) }
    }

    fn again_or(&self, ended: &Ended, otherwise: RecipientState) -> Settled {
        if ended.attempts_made >= self.max_attempts {
            return Settled::done(otherwise);
        }
        let due_at = ended.at.saturating_add(self.delay_before(ended.attempts_made + 1));
        Settled::DueAt(due_at.expect("a delay has no calendar units"))
    }

    /// The wait before attempt `number` (2 for the first retry).
    fn delay_before(&self, number: u8) -> SignedDuration {
        let index = usize::from(number.saturating_sub(2));
        let seconds = self.delays_s.get(index).or(self.delays_s.last()).copied().unwrap_or(0);
        SignedDuration::from_secs(i64::from(seconds))
    }

    /// Every bound of the interface, with the installation's shortest delay.
    #[must_use]
    pub fn validate(&self, min_delay_s: u32, detects_machines: bool) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if !(1..=MAX_ATTEMPTS).contains(&self.max_attempts) {
            errors.push(FieldError::new("retry.max_attempts", format!("must be between 1 and {MAX_ATTEMPTS}")));
        }
        if self.delays_s.len() >= usize::from(MAX_ATTEMPTS) {
            errors.push(FieldError::new("retry.delays_s", "must have at most 4 values"));
        }
        if self.max_attempts > 1 && self.delays_s.is_empty() {
            errors.push(FieldError::new("retry.delays_s", "must have at least one value when max_attempts is above 1"));
        }
        for (i, delay) in self.delays_s.iter().enumerate() {
            if !(min_delay_s..=RETRY_DELAY_S_MAX).contains(delay) {
                let message = format!("must be between {min_delay_s} and {RETRY_DELAY_S_MAX} seconds");
                errors.push(FieldError::new(format!("retry.delays_s[{i}]"), message));
            }
        }
        if self.on.contains(&RetryCondition::Voicemail) && !detects_machines {
            errors.push(FieldError::new("retry.on", "voicemail can be tried again only when answering_machine is on"));
        }
        let mut seen = self.on.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != self.on.len() {
            errors.push(FieldError::new("retry.on", "names an outcome twice"));
        }
        errors
    }
}

#[cfg(test)]
mod tests;
