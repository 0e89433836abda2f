//! One contact inside one run of a campaign: its state, and what an ended attempt makes of it.
//!
//! The table of moves is [`RecipientState::apply`]; nothing else changes a state. Which of them is due is
//! the store's question, who is dialed next the planner's.

use jiff::Timestamp;

use crate::suppression::SuppressionReason;

crate::words! {
    /// Where a recipient stands.
    pub enum RecipientState {
        /// Not yet called. In: enrollment. Out: a claim, a suppression.
        Pending = "pending",
        /// An attempt is under way. Out: its end; an attempt that never ends is the reaper's, so nobody stays here.
        Dialing = "dialing",
        /// Waits for its next attempt. In: an ended attempt. Out: a claim, a suppression.
        Retrying = "retrying",
        /// Reached (or, where wanted, its machine). Final but for later evidence.
        Completed = "completed",
        /// Attempts used up, the number impossible, or the outcome not known. Final but for later evidence.
        Failed = "failed",
        /// Not dialed, or not dialed again, with a reason. Final.
        Suppressed = "suppressed",
    }
}

crate::words! {
    /// Why the next attempt of a recipient waits until its due time.
    pub enum DueReason {
        /// The campaign's delay between two attempts.
        RetryDelay = "retry_delay",
        /// The last call was not placed, or was withdrawn before it was dialed; it used up no attempt.
        NotPlaced = "not_placed",
        /// Until then the hours are closed where the recipient may be.
        RecipientHours = "recipient_hours",
        /// Until then the campaign's own hours are closed.
        CallingHours = "calling_hours",
        /// The number had its attempts of the day, over all campaigns.
        DailyCap = "daily_cap",
        /// The number was being called by another campaign.
        NumberInUse = "number_in_use",
        /// It is one of the first people of a list, who are called as a test.
        TestOfFirst = "test_of_first",
    }
}

/// What can happen to a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientEvent {
    /// An attempt was reserved for it.
    Claimed,
    /// Its attempt ended and this follows.
    Settled(Settled),
    /// A rule, a person or a stop took it out.
    Suppressed(SuppressionReason),
    /// Evidence came late for its newest attempt, which had ended, and this follows instead.
    Corrected(Settled),
}

/// What an ended attempt makes of its recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Nothing more to do.
    Completed,
    /// Given up.
    Failed,
    /// Called again, not before this instant.
    DueAt(Timestamp),
    /// Not called again, for this reason.
    Suppressed(SuppressionReason),
}

/// An event that makes no sense in the state it met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a recipient that is {state} cannot take {event:?}")]
pub struct IllegalMove {
    /// The state it was in.
    pub state: RecipientState,
    /// What was tried.
    pub event: RecipientEvent,
}

impl Settled {
    /// A final state as a verdict.
    #[must_use]
    pub(crate) const fn done(state: RecipientState) -> Self {
        match state {
            RecipientState::Completed => Self::Completed,
            _ => Self::Failed,
        }
    }

    /// The state that a recipient has after it, given whether it was ever called.
    #[must_use]
    pub const fn state(self, called: bool) -> RecipientState {
        match self {
            Self::Completed => RecipientState::Completed,
            Self::Failed => RecipientState::Failed,
            Self::DueAt(_) if called => RecipientState::Retrying,
            Self::DueAt(_) => RecipientState::Pending,
            Self::Suppressed(_) => RecipientState::Suppressed,
        }
    }
}

impl RecipientState {
    /// May an attempt be reserved for it?
    #[must_use]
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Pending | Self::Retrying)
    }

    /// Nothing more happens to it by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Suppressed)
    }

    /// The only way a recipient moves. `called` says whether any attempt of it was ever sent.
    ///
    /// # Errors
    /// [`IllegalMove`] when the event makes no sense here; the state stays.
    pub fn apply(self, event: RecipientEvent, called: bool) -> Result<Self, IllegalMove> {
        match (self, event) {
            (Self::Pending | Self::Retrying, RecipientEvent::Claimed) => Ok(Self::Dialing),
            (Self::Dialing, RecipientEvent::Settled(settled)) => Ok(settled.state(called)),
            (Self::Pending | Self::Retrying, RecipientEvent::Suppressed(_)) => Ok(Self::Suppressed),
            (Self::Completed | Self::Failed | Self::Retrying, RecipientEvent::Corrected(settled)) => {
                Ok(settled.state(called))
            }
            // The attempt under way will decide, or a person or a rule has.
            (Self::Dialing | Self::Suppressed, RecipientEvent::Corrected(_)) => Ok(self),
            (state, event) => Err(IllegalMove { state, event }),
        }
    }
}

#[cfg(test)]
mod tests;
