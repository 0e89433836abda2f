//! The figures of a run, and the estimate of its end.
//!
//! Counters change in the same transaction as the ledger; [`Counts::total`] is conserved by every move. The
//! figures that people see are derived here and nowhere else.

use jiff::{SignedDuration, Timestamp};

use crate::calling_hours::Opening;
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

/// What the last calls take until they are over, on top of being placed.
const LAST_CALLS_TAKE: SignedDuration = SignedDuration::from_secs(60);
/// Open and closed stretches that are walked through: a year of days. What takes longer cannot be said.
const STRETCHES_MAX: usize = 2 * 366;

/// When a run will have called everybody; `None` when it is over or it cannot be said.
///
/// `calls_per_minute` is the pace when it last dialed, `last_due_at` the latest due time among those who wait, and
/// `opening` says when most of them may be called. Whoever was not yet called is taken to need as many calls as
/// those who were, and whoever waits for a retry one more. Without a pace it can only be said that the end is not
/// before the last one is due.
#[must_use]
pub fn estimated_end(
    counts: &Counts,
    calls_per_minute: i64,
    last_due_at: Option<Timestamp>,
    now: Timestamp,
    opening: impl Fn(Timestamp) -> Opening,
) -> Option<Timestamp> {
    let calls = calls_left(counts);
    let last_due_at = last_due_at.filter(|due| *due > now);
    let last_placed_at = if calls == 0 {
        (counts.in_state(RecipientState::Dialing) > 0).then_some(now)?
    } else if calls_per_minute <= 0 {
        last_due_at?
    } else {
        let seconds = (calls.saturating_mul(60) + calls_per_minute - 1) / calls_per_minute;
        let at_pace = after_open_time(now, SignedDuration::from_secs(seconds), opening)?;
        last_due_at.map_or(at_pace, |due| due.max(at_pace))
    };
    last_placed_at.checked_add(LAST_CALLS_TAKE).ok()
}

/// How many calls a run will still place.
fn calls_left(counts: &Counts) -> i64 {
    let (pending, retrying) = (counts.in_state(RecipientState::Pending), counts.in_state(RecipientState::Retrying));
    if counts.called == 0 {
        return pending + retrying;
    }
    retrying + pending.max(pending.saturating_mul(counts.attempts) / counts.called)
}

/// The instant by which so much open time has passed.
fn after_open_time(
    now: Timestamp,
    mut open_time: SignedDuration,
    opening: impl Fn(Timestamp) -> Opening,
) -> Option<Timestamp> {
    let mut at = now;
    for _ in 0..STRETCHES_MAX {
        let next = match opening(at) {
            Opening::Open { until } => {
                let ends_at = at.checked_add(open_time).ok()?;
                match until.filter(|until| *until < ends_at) {
                    None => return Some(ends_at),
                    Some(until) => {
                        open_time -= until.duration_since(at);
                        until
                    }
                }
            }
            Opening::Closed { opens_at } => opens_at?,
        };
        at = next.max(at);
    }
    None
}

#[cfg(test)]
mod tests;
