//! The scheduler: begins runs at their time, and makes the list of the run to come.
//!
//! What becomes of an occurrence is decided in `carillon_domain::schedule`; here it is done, in one transaction on the
//! locked campaign, so that an occurrence has one run at most however many nodes look. A run that cannot begin, since
//! something is missing or too many campaigns run, is tried again until its grace is over; the campaign says why it waits.

use std::sync::Arc;

use carillon_domain::campaign::{CampaignAction, CampaignEvent, CampaignStatus, EndedBy};
use carillon_domain::field_error::FieldError;
use carillon_domain::schedule::{LookAgain, Moment, Occurrence, Plan, RunContacts, SkipReason, Verdict, decide};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::control::{self, ControlError, SYSTEM};
use super::{Engine, first, refreshing};
use crate::clock::Busy;
use crate::failpoint;
use crate::store::campaigns::{self, Campaign};
use crate::store::runs::{self, RunState};
use crate::store::schedules::{self, InForce};
use crate::store::{Lane, StoreError, Tx, limiters, next_runs};
use crate::vitals::Tick;

/// Campaigns decided between two looks at the list of those that are due.
const CAMPAIGNS_PER_LOOK: u32 = 100;
/// People enrolled in one transaction, so that dialing never waits for more.
const PEOPLE_PER_UNIT: usize = 500;
/// A run that cannot begin is tried again after this.
const HELD_FOR: SignedDuration = SignedDuration::from_secs(5);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// Schedules until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    let mut is_new = true;
    loop {
        let now = engine.clock.now();
        let wake = tick(&engine, now, &mut is_new).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "schedules could not be looked at");
            now + RETRY_AFTER
        });
        engine.vitals.ticked("scheduler", Tick { at: now, next: wake });
        engine.schedule.wait_until(wake).await;
    }
}

/// Makes lists, decides what is due, and says when to look again. A process that is new looks at every schedule.
async fn tick(engine: &Arc<Engine>, now: Timestamp, is_new: &mut bool) -> Result<Timestamp, StoreError> {
    if *is_new {
        engine.store.write(Lane::Pages, move |tx| schedules::look_at_all(tx, now)).await?;
        *is_new = false;
    }
    make_lists(engine, now).await?;
    loop {
        let due = engine.store.read(move |tx| schedules::due(tx, now, CAMPAIGNS_PER_LOOK)).await?;
        if due.is_empty() {
            break;
        }
        // One campaign that cannot be decided does not keep the others waiting.
        let mut failed = None;
        for campaign in due {
            if let Err(error) = step(engine, campaign, now).await {
                tracing::error!(%campaign, %error, "what is due of a campaign could not be decided");
                failed = Some(error);
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
    }
    let next = engine.store.read(schedules::next_look).await?;
    let latest = now + engine.bounds.poll;
    Ok(next.map_or(latest, |next| next.min(latest)))
}

async fn make_lists(engine: &Engine, now: Timestamp) -> Result<(), StoreError> {
    while let Some(listing) = engine.store.read(next_runs::next_listing).await? {
        let mut ids: Vec<Uuid> = (0..PEOPLE_PER_UNIT).map(|_| engine.chance.id(now)).collect();
        ids.sort_unstable();
        engine.store.write(Lane::Pages, move |tx| next_runs::list_unit(tx, listing, &ids)).await?;
        failpoint::hit("schedule.after_list_unit");
        engine.tell(listing.campaign);
    }
    Ok(())
}

async fn step(engine: &Arc<Engine>, campaign: Uuid, now: Timestamp) -> Result<(), StoreError> {
    let decided = engine.store.write(Lane::Dialing, move |tx| {
        let done = decide_in(tx, campaign, now)?;
        failpoint::hit("schedule.before_commit");
        Ok::<_, StoreError>(done)
    });
    let done = decided.await?;
    failpoint::hit("schedule.after_commit");
    if done.has_begun {
        engine.dial.nudge();
        engine.expire.nudge();
    }
    if done.is_armed {
        engine.refresh.nudge();
    }
    engine.tell(campaign);
    Ok(())
}

/// What a decision did.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    /// A run has begun.
    has_begun: bool,
    /// The list of the run to come is wanted for another occurrence than before.
    is_armed: bool,
}

/// Decides what is due of one campaign and does it.
fn decide_in(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<Done, StoreError> {
    let Some(found) = campaigns::find_any(tx, id)? else { return Ok(Done::default()) };
    // The organization's row comes first in the lock order, and makes the count of campaigns exact.
    limiters::lock(tx, &limiters::of_organization(found.organization))?;
    let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(Done::default()) };
    let Some(mut kept) = schedules::find(tx, id)? else { return Ok(Done::default()) };
    if kept.look_at.is_none_or(|at| at > now) {
        return Ok(Done::default());
    }
    let moment = moment(tx, &campaign, now)?;
    let plan = decide(&campaign.settings.schedule, &kept.standing, &moment);
    let has_begun = carry_out(tx, (&mut campaign, &mut kept), &plan, &moment)?;
    let is_armed = match kept.standing.next(&campaign.settings.schedule) {
        Some(next) => refreshing::arm(tx, &campaign, next, now)?,
        None => false,
    };
    Ok(Done { has_begun, is_armed })
}

/// What holds for a locked campaign now.
fn moment(tx: &mut Tx<'_>, campaign: &Campaign, now: Timestamp) -> Result<Moment, StoreError> {
    Ok(Moment {
        now,
        predecessor_runs: runs::state_of(tx, campaign.run)? == Some(RunState::Started),
        is_paused: matches!(campaign.status, CampaignStatus::Paused | CampaignStatus::Failed),
    })
}

fn carry_out(
    tx: &mut Tx<'_>,
    (campaign, kept): (&mut Campaign, &mut InForce),
    plan: &Plan,
    moment: &Moment,
) -> Result<bool, StoreError> {
    let mut has_begun = false;
    for verdict in &plan.verdicts {
        if let Verdict::Start(occurrence) = verdict {
            if let Some(obstacle) = obstacle(tx, campaign)? {
                return hold(tx, (campaign, kept), &obstacle, moment.now).map(|()| false);
            }
            begin(tx, campaign, *occurrence, moment.now)?;
            has_begun = true;
        }
        note(tx, (campaign, kept), verdict, moment.now)?;
    }
    kept.look_at = match plan.look_again {
        LookAgain::At(at) => Some(at),
        LookAgain::WhenRunEnds | LookAgain::Never => None,
    };
    schedules::save(tx, kept)?;
    let is_over = plan.look_again == LookAgain::Never && !has_begun && !moment.predecessor_runs;
    if is_over {
        end(tx, campaign, moment.now)?;
    }
    Ok(has_begun)
}

/// Why a run cannot begin at this moment; `None` when it can.
fn obstacle(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Option<String>, StoreError> {
    let missing = control::missing(tx, campaign, CampaignAction::Start)?;
    if !missing.is_empty() {
        let causes: Vec<String> = missing.into_iter().map(|FieldError { message, .. }| message).collect();
        return Ok(Some(causes.join("; ")));
    }
    match control::check_limit(tx, campaign) {
        Ok(()) => Ok(None),
        Err(ControlError::Store(error)) => Err(error),
        Err(error) => Ok(Some(error.to_string())),
    }
}

/// Tries again in a moment; the campaign says meanwhile what it waits for.
fn hold(
    tx: &mut Tx<'_>,
    (campaign, kept): (&mut Campaign, &mut InForce),
    obstacle: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    kept.look_at = Some(now + HELD_FOR);
    schedules::save(tx, kept)?;
    let words = format!("The run that is due cannot begin: {obstacle}");
    if campaign.status_reason.as_ref() == Some(&words) {
        return Ok(());
    }
    campaigns::log(tx, campaign.id, now, ("held", SYSTEM), &words)?;
    campaign.status_reason = Some(words);
    campaigns::save(tx, campaign, now)
}

fn begin(tx: &mut Tx<'_>, campaign: &mut Campaign, occurrence: Occurrence, now: Timestamp) -> Result<(), StoreError> {
    let zone = campaign.settings.schedule.timezone().map(|zone| zone.as_str().to_owned()).unwrap_or_default();
    next_runs::name(tx, campaign.run, &format!("{}[{zone}]", occurrence.local_text()))?;
    campaign.status = CampaignStatus::Active;
    campaign.status_reason = None;
    campaign.epoch += 1;
    campaign.started_at = campaign.started_at.or(Some(now));
    first::choose(tx, campaign, control::Whom::Everybody, now)?;
    campaigns::save(tx, campaign, now)?;
    runs::set_state(tx, campaign.run, RunState::Started, now)
}

/// Keeps a verdict, and tells it in the campaign's log.
fn note(
    tx: &mut Tx<'_>,
    (campaign, kept): (&mut Campaign, &mut InForce),
    verdict: &Verdict,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(zone) = campaign.settings.schedule.timezone() else { return Ok(()) };
    schedules::record(tx, campaign.id, zone, verdict, now)?;
    campaigns::log(tx, campaign.id, now, (kind_of(verdict), SYSTEM), &in_words(verdict, zone.as_str()))?;
    kept.standing.note(verdict);
    let is_held = campaign.status == CampaignStatus::Scheduled && campaign.status_reason.take().is_some();
    if is_held { campaigns::save(tx, campaign, now) } else { Ok(()) }
}

const fn kind_of(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Start(_) => "started",
        Verdict::Skip(..) => "skipped",
        Verdict::Wait(_) => "waits",
        Verdict::Missed(_) => "missed",
    }
}

fn in_words(verdict: &Verdict, zone: &str) -> String {
    let when = format!("{} ({zone})", verdict.occurrence().local_text().replace('T', " "));
    match verdict {
        Verdict::Start(_) => format!("Started: the run of {when}"),
        Verdict::Wait(_) => format!("The run of {when} waits for the run before it"),
        Verdict::Missed(_) => format!("Missed: nothing could start the run of {when} before its grace was over"),
        Verdict::Skip(_, reason) => {
            let why = match reason {
                SkipReason::Paused => "the campaign was paused",
                SkipReason::PredecessorRuns => "the run before it was under way",
                SkipReason::Superseded => "the next one came while it waited",
                SkipReason::RunsUsedUp => "as many runs as were wanted have been started",
            };
            format!("Skipped the run of {when}: {why}")
        }
    }
}

/// Completes a campaign between two runs whose schedule has no occurrence left. The run that was prepared calls nobody.
fn end(tx: &mut Tx<'_>, campaign: &mut Campaign, now: Timestamp) -> Result<(), StoreError> {
    schedules::remove(tx, campaign.id)?;
    campaigns::log(tx, campaign.id, now, ("completed", SYSTEM), "Completed: no occurrence is left")?;
    control::complete(tx, campaign, EndedBy::ListDone, now)?;
    runs::set_state(tx, campaign.run, RunState::Stopped, now)?;
    runs::suppress_counters(tx, campaign.run)
}

/// After a run: whether the schedule in force has another one, which it then prepares. The campaign is locked, and its run
/// has nobody left to call.
pub(super) fn go_on(tx: &mut Tx<'_>, campaign: &mut Campaign, next: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let Some(mut kept) = schedules::find(tx, campaign.id)? else { return Ok(false) };
    let between = Moment { now, predecessor_runs: false, is_paused: false };
    let plan = decide(&campaign.settings.schedule, &kept.standing, &between);
    let starts = matches!(plan.verdicts.last(), Some(Verdict::Start(_)));
    let becomes = campaign.status.undergo(CampaignEvent::RunDone);
    let (Some(status), true) = (becomes, starts || plan.look_again != LookAgain::Never) else {
        schedules::remove(tx, campaign.id)?;
        return Ok(false);
    };
    let Some(former) = runs::find(tx, campaign.id, campaign.run)? else { return Ok(false) };
    runs::set_state(tx, former.id, RunState::Finished, now)?;
    let refreshes = campaign.settings.schedule.refreshes_list();
    let contacts = if refreshes { RunContacts::RefreshSheet } else { RunContacts::Same };
    next_runs::prepare(tx, campaign.organization, &former, (next, contacts))?;
    campaign.run = next;
    campaign.status = status;
    campaign.status_reason = None;
    campaign.epoch += 1;
    campaigns::save(tx, campaign, now)?;
    let words = format!("Run {} is done; the campaign waits for the next one", former.number);
    campaigns::log(tx, campaign.id, now, ("run_done", SYSTEM), &words)?;
    kept.look_at = Some(now);
    schedules::save(tx, &kept)?;
    Ok(true)
}
