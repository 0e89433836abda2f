//! The figures of a run, as pages and live pages show them.
//!
//! Counters are read, never counted; every figure of an answer is of one snapshot. What they mean is
//! `carillon_domain::progress`'s business.

use std::collections::BTreeMap;

use carillon_domain::calling_hours::{CallLength, opening};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::{self, Counts};
use carillon_domain::recipient::RecipientState;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::campaigns::Campaign;
use crate::store::{StoreError, Tx, attempts, buckets};

/// Calls a minute are those of the last one.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Where a run stands: `total` = remaining + dialing + retrying + completed + failed + suppressed, always.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Progress {
    total: i64,
    /// Recipients called at least once.
    called: i64,
    completed: i64,
    failed: i64,
    /// Not yet called.
    remaining: i64,
    dialing: i64,
    retrying: i64,
    suppressed: i64,
    /// Calls sent, retries included.
    attempts: i64,
    /// Completed of called, 0 to 100 with one decimal; null while nobody was called.
    success_rate: Option<f64>,
    /// Calls started within the last minute.
    calls_per_minute: i64,
    /// At this pace; null when it cannot be said.
    #[schema(value_type = Option<String>, format = DateTime)]
    estimated_end: Option<Timestamp>,
    /// Ended attempts; every outcome is there.
    #[schema(value_type = super::campaigns::schema::Outcomes)]
    outcomes: BTreeMap<&'static str, i64>,
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Timestamp,
}

impl Progress {
    /// The figures of a run of a campaign.
    ///
    /// # Errors
    /// When the database fails.
    pub fn load(tx: &mut Tx<'_>, campaign: &Campaign, run: Uuid, now: Timestamp) -> Result<Self, StoreError> {
        let counts = buckets::total(tx, run)?;
        let calls_per_minute = attempts::started_since(tx, run, now - MINUTE, now)?;
        let is_dialed = campaign.status == CampaignStatus::Active && campaign.run == run;
        let estimated_end =
            if is_dialed { estimated_end(tx, campaign, (&counts, calls_per_minute), now)? } else { None };
        Ok(Self::new(&counts, calls_per_minute, estimated_end, now))
    }

    fn new(counts: &Counts, calls_per_minute: i64, estimated_end: Option<Timestamp>, as_of: Timestamp) -> Self {
        let outcomes = Outcome::ALL.iter().map(|outcome| (outcome.as_str(), counts.outcomes[*outcome as usize]));
        Self {
            total: counts.total(),
            called: counts.called,
            completed: counts.in_state(RecipientState::Completed),
            failed: counts.in_state(RecipientState::Failed),
            remaining: counts.in_state(RecipientState::Pending),
            dialing: counts.in_state(RecipientState::Dialing),
            retrying: counts.in_state(RecipientState::Retrying),
            suppressed: counts.in_state(RecipientState::Suppressed),
            attempts: counts.attempts,
            success_rate: counts.success_rate(),
            calls_per_minute,
            estimated_end,
            outcomes: outcomes.collect(),
            as_of,
        }
    }

    /// Whether the figures are the same, whenever they were read.
    #[must_use]
    pub fn shows_the_same_as(&self, other: &Self) -> bool {
        let same_instant = Self { as_of: other.as_of, ..self.clone() };
        same_instant == *other
    }
}

/// When the newest run of an active campaign will have called everybody, by the hours of where most of them wait.
fn estimated_end(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    (counts, calls_per_minute): (&Counts, i64),
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let pace = match attempts::last_started(tx, campaign.run, now)? {
        Some(last) if calls_per_minute == 0 => attempts::started_since(tx, campaign.run, last - MINUTE, last)?,
        _ => calls_per_minute,
    };
    let zones = buckets::most_waited_zones(tx, campaign.run)?.unwrap_or_default();
    // A zone that left the database is never open, and then nothing can be said.
    let zones = ZoneSet::from_key(&zones).unwrap_or_default();
    let settings = &campaign.settings;
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    let opening = |at| opening(&settings.recipient_hours, settings.calling_hours.as_ref(), &zones, call, at);
    Ok(progress::estimated_end(counts, pace, buckets::last_due(tx, campaign.run)?, now, opening))
}
