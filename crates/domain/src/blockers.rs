//! Why a campaign is not dialing now (or not faster), in words.
//!
//! The planner finds them; the explain panel shows them. Each says what holds, how many recipients wait for
//! it and when it goes on by itself; of closed hours also how many wait for which opening.

use jiff::Timestamp;
use serde::Serialize;

/// Openings named in a blocker; those who wait for later ones are in its sum alone.
pub const OPENINGS_NAMED_MAX: usize = 24;

crate::words! {
    /// What holds a campaign back.
    pub enum BlockerKind {
        /// The campaign is a draft, paused, failed or over.
        Status = "status",
        /// It is night (or not yet day) where the recipients are.
        RecipientHours = "recipient_hours",
        /// The campaign's own hours are closed.
        CallingHours = "calling_hours",
        /// Recipients wait for their next attempt.
        RetryWait = "retry_wait",
        /// Recipients had their attempts of the day, over all campaigns.
        DailyCap = "daily_cap",
        /// The campaign's calls at once are used up.
        CampaignConcurrentCalls = "campaign_concurrent_calls",
        /// The organization's calls at once are used up.
        ConcurrentCalls = "concurrent_calls",
        /// Calls a second of the campaign or the organization.
        CallsPerSecond = "calls_per_second",
        /// No carrier is set up.
        CarrierMissing = "carrier_missing",
        /// The carrier does not answer or asks for a pause.
        CarrierUnavailable = "carrier_unavailable",
        /// As many requests are under way as one node may have: the carrier is slow to answer.
        CarrierSlow = "carrier_slow",
        /// A zone in which no minute is open within eight days.
        LocationNeeded = "location_needed",
        /// Only the first people of the list are called until somebody resumes the campaign.
        TestOfFirst = "test_of_first",
        /// The list of the run to come is on its way from its sheet.
        ListRefresh = "list_refresh",
        /// Whoever is not called by an instant is not called any more.
        UselessAfter = "useless_after",
        /// Nobody is left to call; calls under way are waited for.
        Finishing = "finishing",
    }
}

/// One thing that holds a campaign back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocker {
    /// What holds it.
    pub kind: BlockerKind,
    /// Recipients that wait for it.
    pub recipients: i64,
    /// When it ends by itself, if that is known.
    pub until: Option<Timestamp>,
    /// The same in a sentence.
    pub message: String,
    /// Of closed hours: how many wait for which opening, the next first.
    pub openings: Vec<Awaited>,
}

/// Recipients who wait for one opening of their hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Awaited {
    /// When they may be called.
    pub at: Timestamp,
    /// How many they are.
    pub recipients: i64,
}

impl Blocker {
    /// A blocker with its sentence.
    #[must_use]
    pub fn new(kind: BlockerKind, recipients: i64, until: Option<Timestamp>) -> Self {
        Self::with_message(kind, recipients, until, sentence(kind, recipients))
    }

    /// A blocker with a sentence of its own.
    #[must_use]
    pub const fn with_message(kind: BlockerKind, recipients: i64, until: Option<Timestamp>, message: String) -> Self {
        Self { kind, recipients, until, message, openings: Vec::new() }
    }

    /// The same blocker with the openings that its recipients wait for, in the order of time.
    #[must_use]
    pub fn with_openings(self, openings: impl IntoIterator<Item = Awaited>) -> Self {
        Self { openings: openings.into_iter().take(OPENINGS_NAMED_MAX).collect(), ..self }
    }
}

fn sentence(kind: BlockerKind, recipients: i64) -> String {
    let people = if recipients == 1 { "1 recipient".to_owned() } else { format!("{recipients} recipients") };
    match kind {
        BlockerKind::Status => format!("The campaign is not active; {people} not called yet"),
        BlockerKind::RecipientHours => format!("Outside calling hours where {people} may be"),
        BlockerKind::CallingHours => format!("Outside the campaign's own hours; {people} wait"),
        BlockerKind::RetryWait => format!("Waiting for the retry delay of {people}"),
        BlockerKind::DailyCap => {
            format!("As many calls in a day as the settings allow were made to {people}; they wait for the next day")
        }
        BlockerKind::CampaignConcurrentCalls => {
            format!("The campaign's limit of calls at once is reached; {people} wait")
        }
        BlockerKind::ConcurrentCalls => format!("The organization's limit of calls at once is reached; {people} wait"),
        BlockerKind::CallsPerSecond => {
            format!("Calls start as fast as the limit of calls a second allows; {people} wait")
        }
        BlockerKind::CarrierMissing => {
            "No carrier is set up; an administrator can do it under Administration".to_owned()
        }
        BlockerKind::CarrierUnavailable => format!("The carrier does not answer or asks us to wait; {people} wait"),
        BlockerKind::CarrierSlow => {
            format!("The carrier is slow to answer, and no more requests may be under way at once; {people} wait")
        }
        BlockerKind::LocationNeeded => {
            format!("No hour is allowed in every place where {people} may be; add a time zone or postal code")
        }
        BlockerKind::TestOfFirst => {
            format!("The first people of the list are called as a test; {people} wait for its end")
        }
        BlockerKind::ListRefresh => "The list is being fetched from its Google Sheet".to_owned(),
        BlockerKind::UselessAfter => {
            format!("After this time the message is of no use; {people} not called by then are not called any more")
        }
        BlockerKind::Finishing => "Nobody is left to call; the last calls are still under way".to_owned(),
    }
}
