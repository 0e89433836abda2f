//! A campaign's life: its statuses, who may do what in which, and how it ended.
//!
//! [`CampaignStatus::apply`] is the table of what people ask, [`CampaignStatus::undergo`] that of what happens by
//! itself; nothing else changes a status. The API's 409 answers and the buttons of the web application are read
//! from them, and so is [`CampaignStatus::allows_edit`]. What a campaign says and to whom is in
//! [`crate::campaign_settings`].

crate::words! {
    /// Where a campaign stands.
    pub enum CampaignStatus {
        /// Not yet launched. Everything may be edited.
        Draft = "draft",
        /// Waits for its start.
        Scheduled = "scheduled",
        /// Dials. Reaper of a run whose work is done: the dialer completes it.
        Active = "active",
        /// Places no calls until resumed.
        Paused = "paused",
        /// Over, for good.
        Completed = "completed",
        /// The system could not go on; the reason says the way out.
        Failed = "failed",
    }
}

crate::words! {
    /// How a completed campaign came to its end.
    pub enum EndedBy {
        /// Nobody is left to call.
        ListDone = "list_done",
        /// A person stopped it.
        Stopped = "stopped",
    }
}

crate::words! {
    /// What a person can ask of a campaign.
    pub enum CampaignAction {
        /// Dial now.
        Start = "start",
        /// Dial from the time that is set.
        Schedule = "schedule",
        /// Become a draft again.
        Unschedule = "unschedule",
        /// Place no calls until resumed.
        Pause = "pause",
        /// Go on where it stopped.
        Resume = "resume",
        /// End it for good.
        Stop = "stop",
        /// Remove it.
        Delete = "delete",
    }
}

crate::words! {
    /// What happens to a campaign without anybody asking.
    pub enum CampaignEvent {
        /// Nobody is left to call.
        ListDone = "list_done",
        /// Nobody is left to call in this run, and the schedule has another one.
        RunDone = "run_done",
        /// The carrier keeps refusing its calls, so it waits for a person rather than burn its list.
        KeptRefused = "kept_refused",
        /// The test of the first people is done; a person reads its figures before the others are called.
        FirstDone = "first_done",
        /// The carrier refuses the account; no retry mends that.
        AccountRefused = "account_refused",
        /// The list of the run to come could not be fetched, and the one before is not called in its place.
        ListGone = "list_gone",
    }
}

/// An action that the status does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {status} cannot {action}")]
pub struct IllegalAction {
    /// The status it was in.
    pub status: CampaignStatus,
    /// What was asked.
    pub action: CampaignAction,
}

/// What an allowed action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The campaign moves to this status.
    Becomes(CampaignStatus),
    /// It is there already; the request waits for the same barrier and succeeds.
    Already,
    /// It is removed.
    Removed,
}

impl CampaignStatus {
    /// What an action does in this status.
    ///
    /// # Errors
    /// [`IllegalAction`] when the status does not allow it.
    pub fn apply(self, action: CampaignAction) -> Result<Effect, IllegalAction> {
        use CampaignAction as A;
        use CampaignStatus as S;
        let effect = match (self, action) {
            (S::Draft | S::Scheduled, A::Start) => Effect::Becomes(S::Active),
            (S::Draft, A::Schedule) => Effect::Becomes(S::Scheduled),
            (S::Scheduled, A::Unschedule) => Effect::Becomes(S::Draft),
            (S::Scheduled | S::Active, A::Pause) => Effect::Becomes(S::Paused),
            (S::Paused, A::Pause) | (S::Completed, A::Stop) => Effect::Already,
            (S::Paused | S::Failed, A::Resume) => Effect::Becomes(S::Active),
            (S::Scheduled | S::Active | S::Paused | S::Failed, A::Stop) => Effect::Becomes(S::Completed),
            (S::Draft, A::Delete) => Effect::Removed,
            (status, action) => return Err(IllegalAction { status, action }),
        };
        Ok(effect)
    }

    /// Where something that happens by itself leads; `None` where it changes nothing, since only an active
    /// campaign dials.
    #[must_use]
    pub const fn undergo(self, event: CampaignEvent) -> Option<Self> {
        match (self, event) {
            (Self::Active, CampaignEvent::ListDone) => Some(Self::Completed),
            (Self::Active, CampaignEvent::RunDone) => Some(Self::Scheduled),
            (Self::Active, CampaignEvent::KeptRefused | CampaignEvent::FirstDone) => Some(Self::Paused),
            (Self::Active, CampaignEvent::AccountRefused)
            | (Self::Scheduled | Self::Paused, CampaignEvent::ListGone) => Some(Self::Failed),
            _ => None,
        }
    }

    /// The actions that would change something in this status; what a 409 offers instead.
    #[must_use]
    pub fn actions(self) -> Vec<CampaignAction> {
        let changes = |action: &CampaignAction| matches!(self.apply(*action), Ok(Effect::Becomes(_) | Effect::Removed));
        CampaignAction::ALL.iter().copied().filter(changes).collect()
    }

    /// Everything may be edited: nothing has been dialed yet.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Scheduled)
    }

    /// Limits may be edited while it runs.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::Paused)
    }

    /// Whether an edit that reaches this deep is allowed.
    #[must_use]
    pub const fn allows_edit(self, depth: EditDepth) -> bool {
        match depth {
            EditDepth::Words => true,
            EditDepth::Limits => self.is_editable() || self.is_running(),
            EditDepth::Settings => self.is_editable(),
        }
    }
}

/// How deep an edit reaches, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditDepth {
    /// Name and description.
    Words,
    /// Calls at once and calls a second.
    Limits,
    /// Whatever else a campaign is set to do.
    Settings,
}

#[cfg(test)]
mod tests;
