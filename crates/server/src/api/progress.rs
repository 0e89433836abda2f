//! The figures of a run, as pages and live pages show them.
//!
//! Counters are read, never counted; every figure of an answer is of one snapshot. What they mean is
//! `carillon_domain::progress`'s business.

use std::collections::{BTreeMap, HashMap};

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

use crate::store::attempts::pace::{self, Stretch};
use crate::store::buckets::{self, BucketFigures};
use crate::store::campaigns::Campaign;
use crate::store::{StoreError, Tx};

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
        let mut figures = Figures::load(tx, &[run], now)?;
        let ends = estimated_ends(tx, &[(campaign, run)], &figures, now)?;
        Ok(figures.remove(&run).unwrap_or_default().progress(ends.get(&run).copied(), now))
    }

    /// The figures of the newest run of each of these campaigns, in their order, by a few statements for all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn load_all(tx: &mut Tx<'_>, campaigns: &[Campaign], now: Timestamp) -> Result<Vec<Self>, StoreError> {
        let newest: Vec<(&Campaign, Uuid)> = campaigns.iter().map(|campaign| (campaign, campaign.run)).collect();
        let runs: Vec<Uuid> = newest.iter().map(|(_, run)| *run).collect();
        let mut figures = Figures::load(tx, &runs, now)?;
        let ends = estimated_ends(tx, &newest, &figures, now)?;
        let progress = |run: &Uuid| figures.remove(run).unwrap_or_default().progress(ends.get(run).copied(), now);
        Ok(runs.iter().map(progress).collect())
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

/// What a run's figures are made of.
#[derive(Default)]
struct Figures {
    counts: Counts,
    calls_per_minute: i64,
    /// The key of the zones in which most people wait, and how many that are.
    zones: String,
    most_waiting: i64,
}

impl Figures {
    fn load(tx: &mut Tx<'_>, runs: &[Uuid], now: Timestamp) -> Result<HashMap<Uuid, Self>, StoreError> {
        let mut figures: HashMap<Uuid, Self> = runs.iter().map(|run| (*run, Self::default())).collect();
        for bucket in buckets::of_runs(tx, runs)? {
            figures.entry(bucket.run).or_default().add(&bucket);
        }
        let minutes: Vec<(Uuid, Stretch)> = runs.iter().map(|run| (*run, minute_until(now))).collect();
        for (run, started) in pace::started_in(tx, &minutes)? {
            figures.entry(run).or_default().calls_per_minute = started;
        }
        Ok(figures)
    }

    fn add(&mut self, bucket: &BucketFigures) {
        self.counts.add(&bucket.counts);
        let waiting =
            bucket.counts.in_state(RecipientState::Pending) + bucket.counts.in_state(RecipientState::Retrying);
        if waiting > self.most_waiting {
            (self.most_waiting, self.zones) = (waiting, bucket.zones.clone());
        }
    }

    fn progress(&self, estimated_end: Option<Timestamp>, as_of: Timestamp) -> Progress {
        Progress::new(&self.counts, self.calls_per_minute, estimated_end, as_of)
    }
}

fn minute_until(until: Timestamp) -> Stretch {
    Stretch { since: until - MINUTE, until }
}

/// When the runs that are dialed will have called everybody; those of which it cannot be said are left out.
fn estimated_ends(
    tx: &mut Tx<'_>,
    wanted: &[(&Campaign, Uuid)],
    figures: &HashMap<Uuid, Figures>,
    now: Timestamp,
) -> Result<HashMap<Uuid, Timestamp>, StoreError> {
    // A test of the first people of a list ends in a pause, and nobody knows how long that will be.
    let is_dialed = |campaign: &Campaign, run: Uuid| {
        campaign.status == CampaignStatus::Active && campaign.run == run && campaign.first_max.is_none()
    };
    let dialed = wanted.iter().filter(|(campaign, run)| is_dialed(campaign, *run));
    let dialed: Vec<(&Campaign, &Figures)> =
        dialed.filter_map(|(campaign, run)| Some((*campaign, figures.get(run)?))).collect();
    let runs: Vec<Uuid> = dialed.iter().map(|(campaign, _)| campaign.run).collect();
    let last_due: HashMap<Uuid, Option<Timestamp>> = buckets::last_due(tx, &runs)?.into_iter().collect();
    let earlier = earlier_paces(tx, &dialed, now)?;
    let end = |(campaign, figures): (&Campaign, &Figures)| {
        let pace = earlier.get(&campaign.run).copied().unwrap_or(figures.calls_per_minute);
        let last_due = last_due.get(&campaign.run).copied().flatten();
        Some((campaign.run, estimated_end(campaign, figures, (pace, last_due), now)?))
    };
    Ok(dialed.into_iter().filter_map(end).collect())
}

/// The paces at which runs that start no calls now last did.
fn earlier_paces(
    tx: &mut Tx<'_>,
    dialed: &[(&Campaign, &Figures)],
    now: Timestamp,
) -> Result<HashMap<Uuid, i64>, StoreError> {
    let idle = dialed.iter().filter(|(_, figures)| figures.calls_per_minute == 0);
    let idle: Vec<Uuid> = idle.map(|(campaign, _)| campaign.run).collect();
    let newest = pace::last_started(tx, &idle, now)?.into_iter();
    let minutes: Vec<_> = newest.filter_map(|(run, last)| Some((run, minute_until(last?)))).collect();
    Ok(pace::started_in(tx, &minutes)?.into_iter().collect())
}

/// When a run will have called everybody, by the hours of where most of them wait.
fn estimated_end(
    campaign: &Campaign,
    figures: &Figures,
    (pace, last_due): (i64, Option<Timestamp>),
    now: Timestamp,
) -> Option<Timestamp> {
    // A zone that left the database is never open, and then nothing can be said.
    let zones = ZoneSet::from_key(&figures.zones).unwrap_or_default();
    let settings = &campaign.settings;
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    let opening = |at| opening(&settings.recipient_hours, settings.calling_hours.as_ref(), &zones, call, at);
    progress::estimated_end(&figures.counts, pace, last_due, now, opening)
}
