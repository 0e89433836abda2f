//! The figures of a run, and the estimate of its end.
//!
//! Counters change in the same transaction as the ledger; [`Counts::total`] is conserved by every move. The
//! figures that people see are derived here and nowhere else.

use jiff::{SignedDuration, Timestamp};

use crate::outcome::Outcome;
use crate::recipient::RecipientState;

/// How many recipients stand where, and how many attempts ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recipients by state, in the order of [`RecipientState::ALL`].
    pub recipients: [i64; RecipientState::ALL.len()],
    /// Recipients with at least one attempt sent.
    pub called: i64,
    /// Attempts that were sent (or may have been).
    pub attempts: i64,
    /// Ended attempts by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [i64; Outcome::ALL.len()],
}

impl Counts {
    /// Recipients in a state.
    #[must_use]
    pub const fn in_state(&self, state: RecipientState) -> i64 {
        self.recipients[state as usize]
    }

    /// Moves one recipient between states.
    pub const fn moved(&mut self, from: RecipientState, to: RecipientState) {
        self.recipients[from as usize] -= 1;
        self.recipients[to as usize] += 1;
    }

    /// Counts one ended attempt.
    pub const fn ended(&mut self, outcome: Outcome) {
        self.outcomes[outcome as usize] += 1;
    }

    /// Adds another count to this one.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.recipients.iter_mut().zip(other.recipients) {
            *mine += theirs;
        }
        for (mine, theirs) in self.outcomes.iter_mut().zip(other.outcomes) {
            *mine += theirs;
        }
        self.called += other.called;
        self.attempts += other.attempts;
    }

    /// Everybody in the run.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.recipients.iter().sum()
    }

    /// Nobody is due and nobody is being called.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.in_state(RecipientState::Pending) == 0
            && self.in_state(RecipientState::Dialing) == 0
            && self.in_state(RecipientState::Retrying) == 0
    }

    /// Completed ÷ called × 100 with one decimal; `None` while nobody has been called.
    #[must_use]
    pub fn success_rate(&self) -> Option<f64> {
        if self.called == 0 {
            return None;
        }
        #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let percent = self.in_state(RecipientState::Completed) as f64 / self.called as f64 * 100.0;
        Some((percent * 10.0).round() / 10.0)
    }
}

/// When a run will have called everybody, at the pace of the last minute; `None` when it cannot be said.
///
/// Retries that wait are counted as one more call each, and the last of them is not over before `last_due_at`.
#[must_use]
pub fn estimated_end(
    counts: &Counts,
    calls_per_minute: i64,
    last_due_at: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let left = counts.in_state(RecipientState::Pending) + counts.in_state(RecipientState::Retrying);
    if left == 0 && counts.in_state(RecipientState::Dialing) == 0 {
        return None;
    }
    if calls_per_minute <= 0 {
        return None;
    }
    let seconds = (left * 60).div_euclid(calls_per_minute).clamp(0, 366 * 86_400);
    let at_pace = now + SignedDuration::from_secs(seconds);
    Some(last_due_at.map_or(at_pace, |due| at_pace.max(due)))
}
