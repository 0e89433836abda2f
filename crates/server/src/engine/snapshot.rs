//! What the planner looks at: an organization's runs, limits and buckets, read in one snapshot.
//!
//! Reading is the store's, deciding the planner's; this only puts the two together. Openings are computed for
//! sets of zones, a few hundred at the most, and kept until the next window edge.

use std::collections::HashMap;

use carillon_domain::blockers::BlockerKind;
use carillon_domain::calling_hours::{CallLength, Opening, campaign_opening, opening};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::limits::SlotRate;
use carillon_domain::planner::{BucketView, CarrierView, RunView, Snapshot, Turns};
use carillon_domain::progress::Counts;
use carillon_domain::settings::Settings;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::store::accounts::{self, Account};
use crate::store::buckets::{self, BucketRow};
use crate::store::campaigns::{self, Campaign};
use crate::store::{StoreError, Tx, attempts, claims, limiters, organizations};

/// While one request asks whether the carrier is back, the others wait for its answer, or so long.
const ASKS_FOR: SignedDuration = SignedDuration::from_secs(15);

/// An organization with active campaigns, as read.
pub(super) struct Office {
    pub organization: Uuid,
    pub settings: Settings,
    pub account: Option<Account>,
    pub next_slot: Timestamp,
    pub live_calls: u32,
    /// After a pause one request at a time asks whether the carrier is back; this one does.
    pub is_asking: bool,
    pub runs: Vec<RunRows>,
}

/// An active run, as read.
pub(super) struct RunRows {
    pub campaign: Campaign,
    pub live_calls: u32,
    pub next_slot: Timestamp,
    pub buckets: Vec<BucketRow>,
}

impl RunRows {
    /// The run's figures: the sum over its buckets.
    pub(super) fn counts(&self) -> Counts {
        self.buckets.iter().fold(Counts::default(), |mut sum, bucket| {
            sum.add(&bucket.counts);
            sum
        })
    }

    /// Those who wait to be called; in a test of the first people these alone.
    pub(super) fn waiting(&self) -> i64 {
        self.buckets.iter().map(|bucket| bucket.waiting).sum()
    }
}

/// Every organization that has an active campaign.
pub(super) fn read_offices(tx: &mut Tx<'_>) -> Result<Vec<Office>, StoreError> {
    let mut by_organization: Vec<(Uuid, Vec<Campaign>)> = Vec::new();
    for campaign in campaigns::active(tx)? {
        match by_organization.iter_mut().find(|(organization, _)| *organization == campaign.organization) {
            Some((_, campaigns)) => campaigns.push(campaign),
            None => by_organization.push((campaign.organization, vec![campaign])),
        }
    }
    by_organization.into_iter().map(|(organization, campaigns)| read_office(tx, organization, campaigns)).collect()
}

/// One organization with these campaigns, active or not: the explain panel asks for one that is not.
pub(super) fn read_office(tx: &mut Tx<'_>, organization: Uuid, campaigns: Vec<Campaign>) -> Result<Office, StoreError> {
    let settings = organizations::find(tx, organization)?
        .ok_or_else(|| StoreError::Corrupt(format!("organization {organization} is gone")))?
        .settings;
    let account = accounts::of_organization(tx, organization)?;
    let next_slot = match &account {
        Some(account) => limiters::next_slot(tx, &limiters::of_account(&account.account_sid))?,
        None => Timestamp::UNIX_EPOCH,
    };
    let mut runs = Vec::with_capacity(campaigns.len());
    for campaign in campaigns {
        let has_rate = campaign.settings.limits.calls_per_second.is_some();
        runs.push(RunRows {
            live_calls: claims::live_calls_of_campaign(tx, campaign.id)?,
            next_slot: if has_rate {
                limiters::next_slot(tx, &limiters::of_campaign(campaign.id))?
            } else {
                Timestamp::UNIX_EPOCH
            },
            buckets: if campaign.first_max.is_some() {
                buckets::of_first(tx, campaign.run)?
            } else {
                buckets::of_run(tx, campaign.run)?
            },
            campaign,
        });
    }
    let live_calls = claims::live_calls(tx, organization)?;
    let mut is_asking = false;
    if account.as_ref().is_some_and(is_recovering) {
        for run in &runs {
            is_asking |= attempts::reserved_before(tx, run.campaign.id, i64::MAX)? > 0;
        }
    }
    Ok(Office { organization, settings, account, next_slot, live_calls, is_asking, runs })
}

/// The carrier failed or asked for a pause, and has taken no call since.
pub(super) fn is_recovering(account: &Account) -> bool {
    account.backoff_reason.is_some()
}

/// Openings and zone sets that were computed before.
#[derive(Default)]
pub(super) struct Openings {
    zones: HashMap<String, ZoneSet>,
    openings: HashMap<(Uuid, i64), (i64, Opening)>,
}

/// Entries kept; beyond it everything is computed anew.
const OPENINGS_KEPT: usize = 20_000;

impl Openings {
    /// The set behind a bucket's key.
    pub(super) fn zones(&mut self, key: &str) -> ZoneSet {
        if let Some(zones) = self.zones.get(key) {
            return zones.clone();
        }
        // A key that no longer reads (a zone left the database) holds its people: no zone is never open.
        let zones = ZoneSet::from_key(key).unwrap_or_else(|_| ZoneSet::default());
        if self.zones.len() >= OPENINGS_KEPT {
            self.zones.clear();
        }
        self.zones.insert(key.to_owned(), zones.clone());
        zones
    }

    /// Whether a bucket's people may be called now.
    pub(super) fn of(&mut self, campaign: &Campaign, bucket: &BucketRow, now: Timestamp) -> Opening {
        let key = (campaign.run, bucket.bucket);
        if let Some((version, known)) = self.openings.get(&key)
            && *version == campaign.version
            && holds(*known, now)
        {
            return *known;
        }
        let opening = opening_of(&campaign.settings, &self.zones(&bucket.zones), now);
        if self.openings.len() >= OPENINGS_KEPT {
            self.openings.clear();
        }
        self.openings.insert(key, (campaign.version, opening));
        opening
    }
}

/// The hours of a campaign for people in these zones.
pub(super) fn opening_of(settings: &CampaignSettings, zones: &ZoneSet, now: Timestamp) -> Opening {
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    opening(&settings.recipient_hours, settings.calling_hours.as_ref(), zones, call, now)
}

/// The campaign's own hours alone.
pub(super) fn own_opening(settings: &CampaignSettings, now: Timestamp) -> Opening {
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    let own = settings.calling_hours.as_ref().map(|hours| campaign_opening(hours, call, now));
    own.unwrap_or(Opening::Open { until: None })
}

/// Does an opening computed earlier still say the truth?
fn holds(opening: Opening, now: Timestamp) -> bool {
    match opening {
        Opening::Open { until } => until.is_none_or(|until| now < until),
        Opening::Closed { opens_at } => opens_at.is_some_and(|at| now < at),
    }
}

/// The planner's view of an organization.
pub(super) fn view(
    office: &Office,
    openings: &mut Openings,
    (senders_free, turns): (u32, Turns),
    now: Timestamp,
) -> Snapshot {
    let is_recovering = office.account.as_ref().is_some_and(is_recovering);
    Snapshot {
        carrier: carrier_view(office, now),
        lines_max: office.settings.max_concurrent_calls,
        lines_in_use: office.live_calls,
        rate: SlotRate::per_second(office.settings.calls_per_second),
        next_slot: office.next_slot,
        senders_free: if is_recovering { senders_free.min(1) } else { senders_free },
        runs: office.runs.iter().map(|run| run_view(run, openings, now)).collect(),
        turns,
    }
}

fn carrier_view(office: &Office, now: Timestamp) -> CarrierView {
    match &office.account {
        None => CarrierView::Missing,
        Some(account) if account.backoff_until > now => CarrierView::BackingOff { until: account.backoff_until },
        // Its answer is a nudge.
        Some(_) if office.is_asking => CarrierView::BackingOff { until: now + ASKS_FOR },
        Some(_) => CarrierView::Ready,
    }
}

fn run_view(run: &RunRows, openings: &mut Openings, now: Timestamp) -> RunView {
    let limits = run.campaign.settings.limits;
    RunView {
        run: run.campaign.run,
        department: run.campaign.department,
        lines_max: limits.max_concurrent_calls,
        lines_in_use: run.live_calls,
        rate: limits.calls_per_second.map(|rate| (SlotRate::per_second(rate), run.next_slot)),
        own_hours: own_opening(&run.campaign.settings, now),
        buckets: run.buckets.iter().map(|bucket| bucket_view(run, bucket, openings, now)).collect(),
    }
}

fn bucket_view(run: &RunRows, bucket: &BucketRow, openings: &mut Openings, now: Timestamp) -> BucketView {
    // Whoever still waits expires in a moment.
    let is_useless = run.campaign.settings.is_useless_at(now);
    BucketView {
        bucket: bucket.bucket,
        opening: openings.of(&run.campaign, bucket, now),
        waiting: if is_useless { 0 } else { bucket.waiting },
        earliest_due: bucket.earliest_due,
        waits_for: BlockerKind::RetryWait,
    }
}
