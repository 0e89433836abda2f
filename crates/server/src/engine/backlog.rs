//! What an organization has under way and what waits: for the page of the system's health.
//!
//! Counters and ranges of indexes are read, never whole tables: of a long backlog it is enough to know that it is long.
//! Who is called next is the planner's business.

use carillon_domain::calling_hours::Opening;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Engine;
use super::snapshot::{self, Openings, RunRows};
use crate::store::attempts::pace::{self, Stretch};
use crate::store::{StoreError, Tx, campaigns, recipients};

/// Recipients of a bucket that are counted one by one; of more the counter is believed.
const COUNTED_MAX: u32 = 2_000;
/// Calls a minute are those of the last one.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What is under way in an organization.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    pub campaigns: usize,
    pub campaigns_max: u32,
    pub calls: u32,
    pub calls_max: u32,
    /// Recipients who could be called now, if there were room.
    pub due: i64,
    pub calls_per_minute: i64,
    pub calls_per_second_max: f64,
}

impl Engine {
    /// What an organization has under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn backlog(&self, organization: Uuid) -> Result<Backlog, StoreError> {
        let now = self.clock.now();
        self.store.read(move |tx| read(tx, organization, now)).await
    }
}

fn read(tx: &mut Tx<'_>, organization: Uuid, now: Timestamp) -> Result<Backlog, StoreError> {
    let mut active = campaigns::active(tx)?;
    active.retain(|campaign| campaign.organization == organization);
    let office = snapshot::read_office(tx, organization, active)?;
    let last_minute = Stretch { since: now - MINUTE, until: now };
    let minutes: Vec<_> = office.runs.iter().map(|run| (run.campaign.run, last_minute)).collect();
    let started = pace::started_in(tx, &minutes)?;
    let mut openings = Openings::default();
    let mut due = 0;
    for run in &office.runs {
        due += due_of_run(tx, run, &mut openings, now)?;
    }
    Ok(Backlog {
        campaigns: office.runs.len(),
        campaigns_max: office.settings.max_concurrent_campaigns,
        calls: office.live_calls,
        calls_max: office.settings.max_concurrent_calls,
        due,
        calls_per_minute: started.iter().map(|(_, calls)| calls).sum(),
        calls_per_second_max: office.settings.calls_per_second,
    })
}

fn due_of_run(tx: &mut Tx<'_>, run: &RunRows, openings: &mut Openings, now: Timestamp) -> Result<i64, StoreError> {
    // Whoever may be called at any time has no due time; in a test of the first people they are not called.
    let after = if run.campaign.first_max.is_some() { Timestamp::UNIX_EPOCH } else { Timestamp::MIN };
    let mut due = 0;
    for bucket in &run.buckets {
        let is_open = matches!(openings.of(&run.campaign, bucket, now), Opening::Open { .. });
        if is_open && bucket.earliest_due.is_some_and(|at| at <= now) {
            let counted = recipients::due(tx, (run.campaign.run, bucket.bucket), (after, now), COUNTED_MAX)?;
            due += if counted < i64::from(COUNTED_MAX) { counted } else { bucket.waiting };
        }
    }
    Ok(due)
}
