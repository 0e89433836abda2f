//! A campaign's life: its statuses, who may do what in which, and how it ended.
//!
//! [`CampaignStatus::apply`] is the table; the API's 409 answers and the buttons of the web application are
//! read from it. What a campaign says and to whom is in [`crate::campaign_settings`].

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
        Start = "start",
        Schedule = "schedule",
        Unschedule = "unschedule",
        Pause = "pause",
        Resume = "resume",
        Stop = "stop",
        Delete = "delete",
    }
}

/// An action that the status does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {status} cannot {action}")]
pub struct IllegalAction {
    pub status: CampaignStatus,
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
            (S::Active, A::Pause) => Effect::Becomes(S::Paused),
            (S::Paused, A::Pause) | (S::Completed, A::Stop) => Effect::Already,
            (S::Paused | S::Failed, A::Resume) => Effect::Becomes(S::Active),
            (S::Scheduled | S::Active | S::Paused | S::Failed, A::Stop) => Effect::Becomes(S::Completed),
            (S::Draft, A::Delete) => Effect::Removed,
            (status, action) => return Err(IllegalAction { status, action }),
        };
        Ok(effect)
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
}
