//! Why is it not dialing? The planner's own blockers, for one campaign, at this moment.
//!
//! It plans as the dialer does and throws the plan away: nothing is claimed, and no reason is made up here that the
//! planner did not give. Only of a campaign that is not active the status itself is the answer. The rules are
//! `carillon_domain::planner`'s; what they look at is `engine::snapshot`.

use carillon_domain::blockers::{Blocker, BlockerKind};
use carillon_domain::calling_hours::Opening;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::planner::{self, BucketView, RunView, Turns};
use carillon_domain::recipient::{DueReason, RecipientState};
use jiff::Timestamp;
use uuid::Uuid;

use super::snapshot::{self, Office, Openings, RunRows};
use super::{Engine, first, refreshing, scheduling};
use crate::store::buckets::{self, Capped};
use crate::store::campaigns::{self, Campaign};
use crate::store::list_refreshes;
use crate::store::recipients::Recipient;
use crate::store::{StoreError, Tx};

/// The answer of the explain panel.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Calls are being started now.
    pub dialing: bool,
    pub blockers: Vec<Blocker>,
}

/// Explains one campaign.
///
/// # Errors
/// When the database fails.
pub async fn explain(engine: &Engine, campaign: &Campaign) -> Result<Explanation, StoreError> {
    if campaign.status != CampaignStatus::Active {
        return not_active(engine, campaign).await;
    }
    let (organization, id, now) = (campaign.organization, campaign.id, engine.clock.now());
    let wanted = campaign.run;
    let (office, held) = engine.store.read(move |tx| read(tx, (organization, wanted), now)).await?;
    let mut view =
        snapshot::view(&office, &mut Openings::default(), (engine.bounds.senders_max, Turns::default()), now);
    if let Some(run) = view.runs.iter_mut().find(|run| run.run == wanted) {
        held.iter().for_each(|held| held.set_apart(run));
    }
    let plan = planner::plan(&view, now);
    let run = office.runs.iter().find(|run| run.campaign.id == id).map(|run| run.campaign.run);
    let dialing = plan.claims.iter().any(|claim| Some(claim.run) == run);
    let blockers = plan.blockers.into_iter().find(|(known, _)| Some(*known) == run);
    let mut blockers = blockers.map(|(_, blockers)| blockers).unwrap_or_default();
    let rows = office.runs.iter().find(|run| run.campaign.id == id);
    blockers.extend(rows.and_then(first::blocker));
    blockers.extend(rows.filter(|_| !dialing).and_then(useless));
    Ok(Explanation { dialing, blockers })
}

fn read(tx: &mut Tx<'_>, (organization, run): (Uuid, Uuid), now: Timestamp) -> Result<(Office, Vec<Held>), StoreError> {
    let mut active = campaigns::active(tx)?;
    active.retain(|known| known.organization == organization);
    let office = snapshot::read_office(tx, organization, active)?;
    let mut held = Vec::new();
    for capped in buckets::capped(tx, run, now)? {
        let others_due = buckets::earliest_uncapped(tx, run, capped.bucket)?;
        held.push(Held { capped, others_due });
    }
    Ok((office, held))
}

/// Who of a bucket had the attempts of the day, and when the others are due.
struct Held {
    capped: Capped,
    others_due: Option<Timestamp>,
}

impl Held {
    /// Makes a bucket of their own of them, which the planner sees as it sees all others.
    fn set_apart(&self, run: &mut RunView) {
        let Some(bucket) = run.buckets.iter_mut().find(|bucket| bucket.bucket == self.capped.bucket) else { return };
        let apart = BucketView {
            waiting: self.capped.recipients,
            earliest_due: Some(self.capped.earliest_due),
            waits_for: BlockerKind::DailyCap,
            ..bucket.clone()
        };
        bucket.waiting -= self.capped.recipients;
        bucket.earliest_due = self.others_due.filter(|_| bucket.waiting > 0);
        run.buckets.push(apart);
    }
}

/// Until when whoever waits may still be called.
fn useless(run: &RunRows) -> Option<Blocker> {
    let (until, waiting) = (run.campaign.settings.useless_after?, run.waiting());
    (waiting > 0).then(|| Blocker::new(BlockerKind::UselessAfter, waiting, Some(until)))
}

/// What holds one recipient at this moment; `None` for one who is not due any more, or whose turn comes by the limits
/// alone.
#[must_use]
pub fn of_recipient(campaign: &Campaign, recipient: &Recipient, now: Timestamp) -> Option<Blocker> {
    if !recipient.state.is_due() {
        return None;
    }
    if campaign.status != CampaignStatus::Active {
        return Some(Blocker::with_message(BlockerKind::Status, 1, None, status_in_words(campaign)));
    }
    if recipient.due_at > now {
        return Some(Blocker::new(kind_of(recipient.due_reason), 1, Some(recipient.due_at)));
    }
    if campaign.first_max.is_some() && recipient.due_at <= Timestamp::UNIX_EPOCH {
        return Some(Blocker::new(BlockerKind::TestOfFirst, 1, None));
    }
    let zones = Openings::default().zones(&recipient.zones);
    match snapshot::opening_of(&campaign.settings, &zones, now) {
        Opening::Open { .. } => None,
        Opening::Closed { opens_at: None } => Some(Blocker::new(BlockerKind::LocationNeeded, 1, None)),
        Opening::Closed { opens_at } if snapshot::own_opening(&campaign.settings, now).is_open() => {
            Some(Blocker::new(BlockerKind::RecipientHours, 1, opens_at))
        }
        Opening::Closed { opens_at } => Some(Blocker::new(BlockerKind::CallingHours, 1, opens_at)),
    }
}

/// The blocker that a due time in the future is.
const fn kind_of(reason: Option<DueReason>) -> BlockerKind {
    match reason {
        Some(DueReason::DailyCap) => BlockerKind::DailyCap,
        Some(DueReason::RecipientHours) => BlockerKind::RecipientHours,
        Some(DueReason::CallingHours) => BlockerKind::CallingHours,
        Some(DueReason::RetryDelay | DueReason::NotPlaced | DueReason::NumberInUse | DueReason::TestOfFirst) | None => {
            BlockerKind::RetryWait
        }
    }
}

async fn not_active(engine: &Engine, campaign: &Campaign) -> Result<Explanation, StoreError> {
    let (run, asked, now) = (campaign.run, campaign.clone(), engine.clock.now());
    let (counts, next, list) = engine
        .store
        .read(move |tx| Ok::<_, StoreError>((buckets::total(tx, run)?, next_run(tx, &asked, now)?, list(tx, &asked)?)))
        .await?;
    let waiting = counts.in_state(RecipientState::Pending) + counts.in_state(RecipientState::Retrying);
    let (kind, words) = match list {
        Some(words) => (BlockerKind::ListRefresh, words),
        None => (BlockerKind::Status, status_in_words(campaign)),
    };
    let blocker = Blocker::with_message(kind, waiting, next, words);
    Ok(Explanation { dialing: false, blockers: vec![blocker] })
}

/// What happens to the list of the run to come, when something does.
fn list(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Option<String>, StoreError> {
    if campaign.status != CampaignStatus::Scheduled {
        return Ok(None);
    }
    let words = list_refreshes::find(tx, campaign.run)?.as_ref().and_then(refreshing::under_way);
    Ok(words.map(|words| first_upper(&words)))
}

/// A sentence of words that began none.
fn first_upper(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// When the next run of a scheduled campaign begins.
fn next_run(tx: &mut Tx<'_>, campaign: &Campaign, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    if campaign.status != CampaignStatus::Scheduled {
        return Ok(None);
    }
    let next = scheduling::next_occurrences(tx, campaign.id, &campaign.settings.schedule, (now, 1))?;
    Ok(next.first().map(|next| next.at))
}

fn status_in_words(campaign: &Campaign) -> String {
    match (campaign.status, &campaign.status_reason) {
        (_, Some(reason)) => reason.clone(),
        (CampaignStatus::Draft, None) => "The campaign is a draft; start it to begin dialing".to_owned(),
        (CampaignStatus::Scheduled, None) => "The campaign waits for the time of its next run".to_owned(),
        (CampaignStatus::Paused, None) => "The campaign is paused; resume it to go on".to_owned(),
        _ => "The campaign is over".to_owned(),
    }
}
