//! What people ask of campaigns: start, pause, resume, stop; and what the system does to them by itself.
//!
//! Each is one transaction on the locked campaign that bumps its epoch, so that no reservation of before may be
//! sent any more. Pause and stop then wait at the [`barrier`](super::barrier) until that is true everywhere.

use std::sync::Arc;

use carillon_domain::campaign::{CampaignAction, CampaignEvent, CampaignStatus, Effect, EndedBy, IllegalAction};
use carillon_domain::campaign_settings::{LaunchState, missing_to_launch};
use carillon_domain::field_error::FieldError;
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::barrier::{self, Cancel};
use super::{Engine, first, refreshing, scheduler, scheduling};
use crate::store::audit::{self, Change};
use crate::store::campaigns::{self, Campaign};
use crate::store::runs::{self, RunState};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx, accounts, buckets, imports, limiters, next_runs, organizations, schedules};

pub use super::barrier::cancel_stale;

/// Who the log names for what nobody asked for.
pub(super) const SYSTEM: &str = "Carillon";

/// Why a campaign did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    #[error("there is no such campaign")]
    NotFound,
    #[error(transparent)]
    Illegal(#[from] IllegalAction),
    #[error("something is missing before it can dial")]
    Missing(Vec<FieldError>),
    #[error("{in_use} of at most {limit} campaigns are active")]
    LimitReached { limit: i64, in_use: i64 },
    #[error("calls asked for before are still unanswered by the carrier")]
    StillSending,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who asks, and for what.
#[derive(Debug, Clone)]
pub struct Request {
    pub scope: Scope,
    pub campaign: Uuid,
    /// For the campaign's log and the audit log: `user:ID` or `token:ID`.
    pub actor: String,
}

/// Whom an activation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// All who may be called, or, of a test that is not done, those whom it is for.
    Due,
    /// The first so many people of the list, as a test; then the campaign pauses itself.
    First(u16),
    /// All who may be called, though the test is not done.
    Everybody,
}

/// Starts a draft, or a paused or failed campaign again.
///
/// # Errors
/// [`ControlError`], with every cause when something is missing.
pub async fn activate(
    engine: &Arc<Engine>,
    request: &Request,
    action: CampaignAction,
) -> Result<Campaign, ControlError> {
    activate_for(engine, request, action, Whom::Due).await
}

/// As [`activate`], for those people.
///
/// # Errors
/// As [`activate`].
pub async fn activate_for(
    engine: &Arc<Engine>,
    request: &Request,
    action: CampaignAction,
    whom: Whom,
) -> Result<Campaign, ControlError> {
    let (asked, now) = (request.clone(), engine.clock.now());
    let campaign = engine.store.write(Lane::Dialing, move |tx| activate_in(tx, &asked, (action, whom), now)).await?;
    engine.dial.nudge();
    engine.schedule.nudge();
    engine.expire.nudge();
    engine.tell(campaign.id);
    Ok(campaign)
}

/// The activation alone, in somebody's transaction; the dialer is to be nudged after it.
///
/// # Errors
/// As [`activate`].
pub fn activate_in(
    tx: &mut Tx<'_>,
    request: &Request,
    (action, whom): (CampaignAction, Whom),
    now: Timestamp,
) -> Result<Campaign, ControlError> {
    // The organization's row comes first in the lock order, and makes the count of campaigns exact.
    limiters::lock(tx, &limiters::of_organization(request.scope.organization()))?;
    let mut campaign = campaigns::lock_in(tx, &request.scope, request.campaign)?.ok_or(ControlError::NotFound)?;
    campaign.status.apply(action)?;
    if action == CampaignAction::Resume && scheduling::waits_for_a_run(tx, &campaign)? {
        return scheduling::resume(tx, request, campaign, now);
    }
    let mut missing = missing(tx, &campaign, action)?;
    missing.extend((action == CampaignAction::Start).then(|| useless_at(&campaign, now)).flatten());
    if !missing.is_empty() {
        return Err(ControlError::Missing(missing));
    }
    if campaign.test_of.is_none() {
        check_limit(tx, &campaign)?;
    }
    let before = campaign.status;
    if before == CampaignStatus::Scheduled {
        scheduling::start_early(tx, &campaign)?;
    }
    campaign.status = CampaignStatus::Active;
    campaign.status_reason = None;
    campaign.epoch += 1;
    campaign.started_at = campaign.started_at.or(Some(now));
    first::choose(tx, &mut campaign, whom, now)?;
    campaigns::save(tx, &mut campaign, now)?;
    runs::set_state(tx, campaign.run, RunState::Started, now)?;
    let (kind, audited) = match action {
        CampaignAction::Resume => ("resumed", "campaign.resumed"),
        _ => ("started", "campaign.started"),
    };
    campaigns::log(tx, campaign.id, now, (kind, &request.actor), &in_words(action, campaign.first_max))?;
    audit(tx, request, (audited, before, campaign.status), now)?;
    Ok(campaign)
}

/// What an activation is called in the campaign's log.
fn in_words(action: CampaignAction, first_max: Option<i64>) -> String {
    match (action, first_max) {
        (CampaignAction::Resume, None) => "Resumed: dialing goes on where it stopped".to_owned(),
        (CampaignAction::Resume, Some(first)) => format!("Resumed: the test of the first {first} goes on"),
        (_, None) => "Started".to_owned(),
        (_, Some(first)) => format!("Started with the first {first} as a test"),
    }
}

/// Keeps it in the audit log that somebody moved a campaign.
pub(super) fn audit(
    tx: &mut Tx<'_>,
    request: &Request,
    (action, before, after): (&str, CampaignStatus, CampaignStatus),
    now: Timestamp,
) -> Result<(), StoreError> {
    let change = Change {
        organization: request.scope.organization(),
        actor: &request.actor,
        action,
        subject: format!("campaign:{}", request.campaign),
        before: json!({ "status": before }),
        after: json!({ "status": after }),
    };
    audit::record(tx, &change, now)
}

/// Every cause that keeps a campaign from dialing. A resumed one may have nobody left; it then completes.
pub(super) fn missing(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    action: CampaignAction,
) -> Result<Vec<FieldError>, StoreError> {
    let account = accounts::of_organization(tx, campaign.organization)?;
    let pending = buckets::total(tx, campaign.run)?.in_state(RecipientState::Pending);
    // Whether somebody is on a list that is still to be fetched is not known yet.
    let awaited = refreshing::awaited(tx, campaign)?;
    let is_listed = action != CampaignAction::Resume && awaited.is_none();
    let state = LaunchState {
        settings: &campaign.settings,
        recipients: if is_listed { pending } else { 1 },
        carrier_is_set_up: account.is_some(),
        has_default_caller_id: account.is_some_and(|account| !account.caller_ids.is_empty()),
    };
    let mut missing = missing_to_launch(&state);
    missing.extend(awaited.map(|words| FieldError::new("recipients", words)));
    if next_runs::is_listing(tx, campaign.run)? {
        missing.push(FieldError::new("recipients", "the list of the next run is still being made; it is done soon"));
    }
    if imports::is_running_into(tx, campaign.id)? {
        missing.push(FieldError::new("recipients", "a list is still being imported; start when it is done"));
    }
    Ok(missing)
}

/// Nobody would be called of a run that begins at an instant from which its message is of no use.
pub(super) fn useless_at(campaign: &Campaign, at: Timestamp) -> Option<FieldError> {
    let message = "is before the first call: nobody would be called";
    campaign.settings.is_useless_at(at).then(|| FieldError::new("useless_after", message))
}

pub(super) fn check_limit(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(), ControlError> {
    let organization = organizations::find(tx, campaign.organization)?.ok_or(ControlError::NotFound)?;
    let limit = i64::from(organization.settings.max_concurrent_campaigns);
    let in_use = campaigns::count_active(tx, campaign.organization)?;
    if in_use >= limit { Err(ControlError::LimitReached { limit, in_use }) } else { Ok(()) }
}

/// Pauses a campaign. When it returns, no call of it will be placed; what waits in the carrier's queue is canceled.
///
/// # Errors
/// [`ControlError`]; [`ControlError::StillSending`] when the barrier did not open in time.
pub async fn pause(engine: &Arc<Engine>, request: &Request) -> Result<Campaign, ControlError> {
    let (asked, now) = (request.clone(), engine.clock.now());
    let campaign = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let mut campaign = campaigns::lock_in(tx, &asked.scope, asked.campaign)?.ok_or(ControlError::NotFound)?;
            if campaign.status.apply(CampaignAction::Pause)? == Effect::Already {
                return Ok(campaign);
            }
            let before = campaign.status;
            pause_locked(tx, &mut campaign, None, now)?;
            campaigns::log(tx, campaign.id, now, ("paused", &asked.actor), "Paused: no calls are placed")?;
            audit(tx, &asked, ("campaign.paused", before, campaign.status), now)?;
            Ok::<_, ControlError>(campaign)
        })
        .await?;
    engine.tell(campaign.id);
    barrier::pass(engine, &campaign, Cancel::Queued).await?;
    Ok(campaign)
}

/// Stops a campaign for good. When it returns, no call of it will be placed; queued and ringing calls are
/// canceled, talking ones go on, and everybody who was due is suppressed.
///
/// # Errors
/// [`ControlError`]; [`ControlError::StillSending`] when the barrier did not open in time.
pub async fn stop(engine: &Arc<Engine>, request: &Request) -> Result<Campaign, ControlError> {
    let (asked, now) = (request.clone(), engine.clock.now());
    let campaign = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let mut campaign = campaigns::lock_in(tx, &asked.scope, asked.campaign)?.ok_or(ControlError::NotFound)?;
            if campaign.status.apply(CampaignAction::Stop)? == Effect::Already {
                return Ok(campaign);
            }
            let before = campaign.status;
            campaign.epoch += 1;
            schedules::remove(tx, campaign.id)?;
            complete(tx, &mut campaign, EndedBy::Stopped, now)?;
            runs::suppress_counters(tx, campaign.run)?;
            campaigns::log(
                tx,
                campaign.id,
                now,
                ("stopped", &asked.actor),
                "Stopped: who was not reached is not called any more",
            )?;
            audit(tx, &asked, ("campaign.stopped", before, campaign.status), now)?;
            Ok::<_, ControlError>(campaign)
        })
        .await?;
    engine.sweep.nudge();
    engine.tell(campaign.id);
    barrier::pass(engine, &campaign, Cancel::Unanswered).await?;
    Ok(campaign)
}

pub(super) fn complete(
    tx: &mut Tx<'_>,
    campaign: &mut Campaign,
    ended_by: EndedBy,
    now: Timestamp,
) -> Result<(), StoreError> {
    campaign.status = CampaignStatus::Completed;
    campaign.status_reason = None;
    campaign.ended_by = Some(ended_by);
    campaign.finished_at = Some(now);
    campaigns::save(tx, campaign, now)?;
    let state = if ended_by == EndedBy::Stopped { RunState::Stopped } else { RunState::Finished };
    runs::set_state(tx, campaign.run, state, now)
}

pub(super) fn pause_locked(
    tx: &mut Tx<'_>,
    campaign: &mut Campaign,
    reason: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    campaign.status = CampaignStatus::Paused;
    campaign.status_reason = reason;
    campaign.epoch += 1;
    campaigns::save(tx, campaign, now)
}

/// Completes a campaign of which nobody is left to call.
pub(super) async fn finish(engine: &Engine, campaign: &Campaign) -> Result<(), StoreError> {
    let (id, now) = (campaign.id, engine.clock.now());
    let next = engine.chance.id(now);
    let finished = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(false) };
            let is_over = campaign.status.undergo(CampaignEvent::ListDone).is_some();
            if !is_over || !buckets::total(tx, campaign.run)?.is_done() {
                return Ok(false);
            }
            if scheduler::go_on(tx, &mut campaign, next, now)? {
                return Ok(true);
            }
            complete(tx, &mut campaign, EndedBy::ListDone, now)?;
            campaigns::log(tx, id, now, ("completed", SYSTEM), "Completed: nobody is left to call")?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    if finished {
        engine.schedule.nudge();
        engine.tell(id);
    }
    Ok(())
}

/// Pauses a campaign that the carrier keeps refusing, with the reason. Does not wait: its reservations lapse by
/// their epoch.
pub(super) async fn pause_itself(engine: &Arc<Engine>, id: Uuid, reason: &str) -> Result<(), StoreError> {
    let (words, now) = (reason.to_owned(), engine.clock.now());
    let paused = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(false) };
            if campaign.status.undergo(CampaignEvent::KeptRefused).is_none() {
                return Ok(false);
            }
            pause_locked(tx, &mut campaign, Some(words.clone()), now)?;
            campaigns::log(tx, id, now, ("paused", SYSTEM), &words)?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    if paused {
        tracing::warn!(campaign = %id, reason, "a campaign paused itself");
        engine.recall.notify_waiters();
        engine.tell(id);
    }
    Ok(())
}

/// The carrier refuses the account: every active campaign of the organization fails, with the way out.
pub(super) async fn fail_all(engine: &Arc<Engine>, organization: Uuid, code: u32, message: &str) {
    let reason = format!(
        "The carrier refused the account (code {code}): {message}. Mend it under Administration → Carrier, then resume."
    );
    if let Err(error) = fail_active(engine, organization, reason).await {
        tracing::error!(%error, %organization, "campaigns of a refused account could not be failed");
    }
}

/// There is an account, but no client can be made of it.
pub(super) async fn carrier_unusable(engine: &Arc<Engine>, organization: Uuid, why: &str) -> Result<(), StoreError> {
    let reason = format!("The carrier cannot be used: {why}. Mend it under Administration → Carrier, then resume.");
    fail_active(engine, organization, reason).await
}

async fn fail_active(engine: &Arc<Engine>, organization: Uuid, reason: String) -> Result<(), StoreError> {
    let now = engine.clock.now();
    let failed = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let active = campaigns::active(tx)?.into_iter().filter(|campaign| campaign.organization == organization);
            let mut failed = Vec::new();
            for id in active.map(|campaign| campaign.id).collect::<Vec<_>>() {
                let Some(mut campaign) = campaigns::lock(tx, id)? else { continue };
                let Some(failed_status) = campaign.status.undergo(CampaignEvent::AccountRefused) else { continue };
                campaign.status = failed_status;
                campaign.status_reason = Some(reason.clone());
                campaign.epoch += 1;
                campaigns::save(tx, &mut campaign, now)?;
                campaigns::log(tx, id, now, ("failed", SYSTEM), &reason)?;
                failed.push(id);
            }
            Ok::<_, StoreError>(failed)
        })
        .await?;
    engine.recall.notify_waiters();
    for id in failed {
        engine.tell(id);
    }
    Ok(())
}
