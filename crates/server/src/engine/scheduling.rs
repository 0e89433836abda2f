//! What people ask of a campaign's schedule: to set it in force, to end it; and how start and resume meet it.
//!
//! Each is one transaction on the locked campaign. What then happens at which time is [`super::scheduler`]'s business.

use std::sync::Arc;

use carillon_domain::campaign::{CampaignAction, CampaignStatus, EndedBy};
use carillon_domain::field_error::FieldError;
use carillon_domain::schedule::{Occurrence, Schedule, Standing};
use jiff::Timestamp;
use uuid::Uuid;

use super::control::{ControlError, Request, audit, complete, missing, useless_at};
use super::{Engine, refreshing};
use crate::store::campaigns::{self, Campaign};
use crate::store::runs::{self, RunState};
use crate::store::schedules::{self, InForce};
use crate::store::{Lane, StoreError, Tx, next_runs};

/// Whether a campaign is between two runs of its schedule, or before the first.
pub(super) fn waits_for_a_run(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<bool, StoreError> {
    let is_prepared = runs::state_of(tx, campaign.run)? == Some(RunState::Prepared);
    Ok(is_prepared && schedules::find(tx, campaign.id)?.is_some())
}

/// A campaign that was paused between two runs waits for the next one again.
pub(super) fn resume(
    tx: &mut Tx<'_>,
    request: &Request,
    mut campaign: Campaign,
    now: Timestamp,
) -> Result<Campaign, ControlError> {
    let before = campaign.status;
    campaign.status = CampaignStatus::Scheduled;
    campaign.status_reason = None;
    let words = match refreshing::accept(&mut campaign) {
        true => "Resumed: the schedule goes on, and the shorter list is taken",
        false => "Resumed: the schedule goes on",
    };
    campaigns::save(tx, &mut campaign, now)?;
    campaigns::log(tx, campaign.id, now, ("resumed", &request.actor), words)?;
    audit(tx, request, ("campaign.resumed", before, campaign.status), now)?;
    schedules::look_now(tx, campaign.id, now)?;
    Ok(campaign)
}

/// A person starts by hand what was scheduled. The only run of a schedule has then taken place; others still come.
pub(super) fn start_early(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(), StoreError> {
    match campaign.settings.schedule {
        Schedule::Recurring(_) => {
            let run = runs::find(tx, campaign.id, campaign.run)?;
            let number = run.map_or(1, |run| run.number);
            next_runs::name(tx, campaign.run, &format!("{} {number}", runs::MANUAL))
        }
        Schedule::Manual | Schedule::Once(_) => schedules::remove(tx, campaign.id),
    }
}

/// Sets the schedule of a draft in force.
///
/// # Errors
/// [`ControlError`], with every cause when something is missing.
pub async fn schedule(engine: &Arc<Engine>, request: &Request) -> Result<Campaign, ControlError> {
    let (asked, now) = (request.clone(), engine.clock.now());
    let campaign = engine.store.write(Lane::Dialing, move |tx| schedule_in(tx, &asked, now)).await?;
    engine.schedule.nudge();
    engine.tell(campaign.id);
    Ok(campaign)
}

fn schedule_in(tx: &mut Tx<'_>, request: &Request, now: Timestamp) -> Result<Campaign, ControlError> {
    let mut campaign = campaigns::lock_in(tx, &request.scope, request.campaign)?.ok_or(ControlError::NotFound)?;
    campaign.status.apply(CampaignAction::Schedule)?;
    let mut missing = missing(tx, &campaign, CampaignAction::Start)?;
    let faults = campaign.settings.schedule.check_start(now);
    missing.extend(faults.into_iter().map(|fault| fault.within("schedule")));
    missing.extend(refreshing::missing_source(&campaign));
    let first = campaign.settings.schedule.occurrences(now, 0).next();
    missing.extend(first.and_then(|first| useless_at(&campaign, first.at)));
    if !missing.is_empty() {
        return Err(ControlError::Missing(missing));
    }
    let before = campaign.status;
    campaign.status = CampaignStatus::Scheduled;
    campaigns::save(tx, &mut campaign, now)?;
    schedules::save(tx, &InForce { campaign: campaign.id, standing: Standing::since(now), look_at: Some(now) })?;
    campaigns::log(tx, campaign.id, now, ("scheduled", &request.actor), "Scheduled")?;
    audit(tx, request, ("campaign.scheduled", before, campaign.status), now)?;
    Ok(campaign)
}

/// Ends the schedule of a campaign: it is a draft again, or over when it has run.
///
/// # Errors
/// [`ControlError`].
pub async fn unschedule(engine: &Arc<Engine>, request: &Request) -> Result<Campaign, ControlError> {
    let (asked, now) = (request.clone(), engine.clock.now());
    let campaign = engine.store.write(Lane::Dialing, move |tx| unschedule_in(tx, &asked, now)).await?;
    engine.sweep.nudge();
    engine.tell(campaign.id);
    Ok(campaign)
}

fn unschedule_in(tx: &mut Tx<'_>, request: &Request, now: Timestamp) -> Result<Campaign, ControlError> {
    let mut campaign = campaigns::lock_in(tx, &request.scope, request.campaign)?.ok_or(ControlError::NotFound)?;
    campaign.status.apply(CampaignAction::Unschedule)?;
    let before = campaign.status;
    schedules::remove(tx, campaign.id)?;
    let words = if campaign.started_at.is_some() {
        complete(tx, &mut campaign, EndedBy::Stopped, now)?;
        runs::suppress_counters(tx, campaign.run)?;
        "Unscheduled: it has run before, and so it is over"
    } else {
        campaign.status = CampaignStatus::Draft;
        campaign.status_reason = None;
        campaigns::save(tx, &mut campaign, now)?;
        "Unscheduled: it is a draft again"
    };
    campaigns::log(tx, campaign.id, now, ("unscheduled", &request.actor), words)?;
    audit(tx, request, ("campaign.unscheduled", before, campaign.status), now)?;
    Ok(campaign)
}

/// The next times at which a schedule that is in force, or would be from now on, starts a run.
///
/// # Errors
/// When the database fails.
pub fn next_occurrences(
    tx: &mut Tx<'_>,
    campaign: Uuid,
    schedule: &Schedule,
    (now, limit): (Timestamp, usize),
) -> Result<Vec<Occurrence>, StoreError> {
    let standing = schedules::find(tx, campaign)?.map_or_else(|| Standing::since(now), |kept| kept.standing);
    Ok(standing.to_come(schedule, now).take(limit).collect())
}

/// Tells a schedule in force that it was edited: only what comes from now on is its own. What is wrong with that, if
/// anything; a schedule that is not in force may be anything.
///
/// # Errors
/// When the database fails.
pub fn edited(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    old: &Schedule,
    now: Timestamp,
) -> Result<Vec<FieldError>, StoreError> {
    let new = &campaign.settings.schedule;
    let Some(mut kept) = schedules::find(tx, campaign.id)?.filter(|_| old != new) else { return Ok(Vec::new()) };
    if let Some(fault) = refreshing::missing_source(campaign) {
        return Ok(vec![fault]);
    }
    if old.refreshes_list() && !new.refreshes_list() {
        refreshing::edited(tx, campaign, &kept)?;
    }
    if new.occurrences(now, kept.standing.started).next().is_none() {
        let message = "must leave at least one occurrence; to end the schedule, unschedule the campaign";
        return Ok(vec![FieldError::new("schedule", message)]);
    }
    kept.standing.edited(old, new, now);
    kept.look_at = Some(now);
    schedules::save(tx, &kept).map(|()| Vec::new())
}
