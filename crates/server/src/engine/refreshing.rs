//! The list of a run to come, fetched anew: each move of it, in one transaction on the locked campaign.
//!
//! [`arm`] says for which occurrence a list is wanted, the moves below what became of it, and [`awaited`] keeps a run
//! from beginning without it: the list before is never called in its place. What a failure does to the campaign is
//! here, too. Fetching is `crate::refresher`'s, which has no transaction open meanwhile; the rules are
//! `carillon_domain::list_refresh`'.

use carillon_domain::campaign::{CampaignEvent, CampaignStatus};
use carillon_domain::field_error::FieldError;
use carillon_domain::list_refresh::{self, RETRY_AFTER};
use carillon_domain::schedule::{Occurrence, RunContacts};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::control::SYSTEM;
use crate::store::campaigns::{self, Campaign};
use crate::store::imports::{self, Import, ImportState};
use crate::store::list_refreshes::{self, Changes, Refresh, RefreshState, changes};
use crate::store::runs::{self, Run, RunState};
use crate::store::schedules::{self, InForce};
use crate::store::{StoreError, Tx, buckets, next_runs};

/// Between two looks at an import that runs, or at a run whose list is still being made.
pub const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(2);
/// People compared in one transaction, so that dialing never waits for more.
const PEOPLE_PER_UNIT: u32 = 500;

/// What a campaign lacks whose schedule fetches its list anew.
pub fn missing_source(campaign: &Campaign) -> Option<FieldError> {
    let is_missing = campaign.settings.schedule.refreshes_list() && campaign.list_source.is_none();
    let message = "refresh_sheet needs a Google Sheet: import one into this campaign first";
    is_missing.then(|| FieldError::new("schedule.contacts", message))
}

/// Wants the list of the run to come for an occurrence. True: somebody is to look at it.
pub(super) fn arm(tx: &mut Tx<'_>, campaign: &Campaign, next: Occurrence, now: Timestamp) -> Result<bool, StoreError> {
    let schedule = &campaign.settings.schedule;
    let waits = campaign.status == CampaignStatus::Scheduled && schedule.refreshes_list();
    if !waits || runs::state_of(tx, campaign.run)? != Some(RunState::Prepared) {
        return Ok(false);
    }
    let fetch_at = list_refresh::fetch_at(next.at, now);
    let wanted = Refresh {
        run: campaign.run,
        campaign: campaign.id,
        state: RefreshState::Waiting,
        occurrence: next.local_text(),
        begins_at: next.at,
        deadline_at: schedule.deadline(&next, now),
        due_at: Some(fetch_at),
        owner: None,
        note: None,
        import: None,
        fetched_at: None,
        former: None,
        compared_to: None,
        changes: Changes::default(),
    };
    let armed = match list_refreshes::find(tx, campaign.run)? {
        None => wanted,
        Some(known) => match known.state {
            // An import that is under way is seen to its end first.
            RefreshState::Importing | RefreshState::Comparing | RefreshState::Parting => return Ok(false),
            _ if known.begins_at != next.at => wanted,
            RefreshState::Waiting if known.due_at.is_none() => Refresh { due_at: Some(fetch_at), ..known },
            _ => return Ok(false),
        },
    };
    list_refreshes::save(tx, &armed).map(|()| true)
}

/// Why a run whose list is fetched anew cannot begin yet; `None`: nothing of the kind keeps it.
pub(super) fn awaited(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Option<String>, StoreError> {
    let is_in_force = campaign.settings.schedule.refreshes_list() && schedules::find(tx, campaign.id)?.is_some();
    if !is_in_force || runs::state_of(tx, campaign.run)? != Some(RunState::Prepared) {
        return Ok(None);
    }
    let refresh = list_refreshes::find(tx, campaign.run)?;
    Ok(match &refresh {
        Some(refresh) if refresh.state == RefreshState::Done => None,
        Some(refresh) => under_way(refresh).or_else(|| Some(not_yet())),
        None => Some(not_yet()),
    })
}

fn not_yet() -> String {
    "the list is fetched from its Google Sheet shortly before the run; until then nobody is called".to_owned()
}

/// What happens to a list now; `None`: it waits for its time, or is there.
pub(super) fn under_way(refresh: &Refresh) -> Option<String> {
    match (refresh.state, &refresh.note) {
        (RefreshState::Done | RefreshState::Failed, _) | (RefreshState::Waiting, None) => None,
        (RefreshState::Waiting, Some(note)) => {
            Some(format!("the list could not be fetched: {note}; it is tried again"))
        }
        _ => Some("the list is being fetched from its Google Sheet".to_owned()),
    }
}

/// A list in the hands of somebody who has leased it.
struct Held {
    campaign: Campaign,
    refresh: Refresh,
}

/// Locks the campaign, and the list as it stands then; `None`: it is not in this state any more.
fn hold(tx: &mut Tx<'_>, leased: &Refresh, state: RefreshState) -> Result<Option<Held>, StoreError> {
    let Some(campaign) = campaigns::lock(tx, leased.campaign)? else { return Ok(None) };
    let refresh = list_refreshes::find(tx, leased.run)?.filter(|refresh| refresh.state == state);
    Ok(refresh.map(|refresh| Held { campaign, refresh }))
}

/// Whether a campaign still waits for the run of a list: it is neither paused nor taken back.
fn is_wanted(campaign: &Campaign, refresh: &Refresh) -> bool {
    let waits = campaign.status == CampaignStatus::Scheduled && campaign.settings.schedule.refreshes_list();
    waits && campaign.run == refresh.run
}

/// Nobody waits for a list now. Of a paused campaign it is armed again when that is resumed.
fn let_go(tx: &mut Tx<'_>, held: Held) -> Result<(), StoreError> {
    let is_paused = held.campaign.status == CampaignStatus::Paused && held.campaign.run == held.refresh.run;
    if !is_paused {
        return list_refreshes::remove(tx, held.refresh.run);
    }
    list_refreshes::save(tx, &Refresh { state: RefreshState::Waiting, due_at: None, ..held.refresh })
}

/// Takes a leased list that is due: the campaign whose sheet is to be fetched, or `None` when nobody waits for it.
///
/// # Errors
/// When the database fails.
pub fn take(tx: &mut Tx<'_>, leased: &Refresh, now: Timestamp) -> Result<Option<Campaign>, StoreError> {
    let Some(held) = hold(tx, leased, leased.state)? else { return Ok(None) };
    if !is_wanted(&held.campaign, &held.refresh) || held.campaign.list_source.is_none() {
        return let_go(tx, held).map(|()| None);
    }
    if next_runs::is_listing(tx, held.refresh.run)? {
        list_refreshes::save(tx, &Refresh { due_at: Some(now + LOOK_EVERY), ..held.refresh })?;
        return Ok(None);
    }
    list_refreshes::save(tx, &Refresh { state: RefreshState::Fetching, ..held.refresh })?;
    Ok(Some(held.campaign))
}

/// What came of a sheet, to be imported.
pub struct Brought {
    pub import: Import,
    /// For a run in the place of one that has people already.
    pub fresh: Uuid,
}

/// Lets the import of a list begin that was fetched. False: nobody waits for it any more, or somebody else was first.
///
/// # Errors
/// When the database fails.
pub fn begin_import(tx: &mut Tx<'_>, leased: &Refresh, brought: &Brought, now: Timestamp) -> Result<bool, StoreError> {
    let Some(mut held) = hold(tx, leased, RefreshState::Fetching)? else { return Ok(false) };
    let source = held.campaign.list_source.clone();
    let (true, Some(source)) = (is_wanted(&held.campaign, &held.refresh), source) else {
        return let_go(tx, held).map(|()| false);
    };
    let former = make_room(tx, &mut held, (brought.fresh, source.run), now)?;
    let (run, department) = (held.campaign.run, held.campaign.department);
    let import = Import { run: Some(run), department, ..brought.import.clone() };
    imports::insert(tx, &import)?;
    imports::begin(tx, import.id, &source.wish, Some(held.campaign.id), now)?;
    let refresh = Refresh {
        run,
        state: RefreshState::Importing,
        due_at: Some(now + LOOK_EVERY),
        owner: None,
        note: None,
        import: Some(import.id),
        fetched_at: Some(now),
        former,
        compared_to: None,
        changes: Changes::default(),
        ..held.refresh
    };
    list_refreshes::save(tx, &refresh).map(|()| true)
}

/// The run to come has nobody in it then: whoever is in it already is put aside. Gives the run with the list before.
fn make_room(
    tx: &mut Tx<'_>,
    held: &mut Held,
    (fresh, newest): (Uuid, Option<Uuid>),
    now: Timestamp,
) -> Result<Option<Uuid>, StoreError> {
    let Held { campaign, refresh } = held;
    if buckets::total(tx, refresh.run)?.total() == 0 {
        return Ok(newest.filter(|newest| *newest != refresh.run));
    }
    let Some(run) = runs::find(tx, campaign.id, refresh.run)? else { return Ok(newest) };
    runs::set_aside(tx, campaign.organization, &run, (fresh, now))?;
    list_refreshes::remove(tx, run.id)?;
    campaign.run = fresh;
    campaigns::save(tx, campaign, now)?;
    Ok(Some(run.id))
}

/// Looks at the import of a list: when it is done, its people are compared. Gives the reason when it failed.
///
/// # Errors
/// When the database fails.
pub fn look_at_import(tx: &mut Tx<'_>, leased: &Refresh, now: Timestamp) -> Result<Option<String>, StoreError> {
    let Some(held) = hold(tx, leased, RefreshState::Importing)? else { return Ok(None) };
    let import = held.refresh.import.map(|id| imports::lock_any(tx, id)).transpose()?.flatten();
    let (state, due_at) = match import.as_ref().map(|import| import.state) {
        Some(ImportState::Done) => (RefreshState::Comparing, now),
        Some(ImportState::Failed) | None => {
            let note = import.and_then(|import| import.note).unwrap_or_else(|| "it is gone".to_owned());
            return Ok(Some(format!("its import failed: {note}")));
        }
        Some(_) => (RefreshState::Importing, now + LOOK_EVERY),
    };
    list_refreshes::save(tx, &Refresh { state, due_at: Some(due_at), ..held.refresh })?;
    Ok(None)
}

/// Compares some people with the list before, and says where it stands then: when done, the run may begin.
///
/// # Errors
/// When the database fails.
pub fn compare(
    tx: &mut Tx<'_>,
    leased: &Refresh,
    (now, lease_until): (Timestamp, Timestamp),
) -> Result<RefreshState, StoreError> {
    let Some(mut campaign) = campaigns::lock(tx, leased.campaign)? else { return Ok(RefreshState::Failed) };
    let Some(mut refresh) = list_refreshes::find(tx, leased.run)? else { return Ok(RefreshState::Failed) };
    if matches!(refresh.state, RefreshState::Comparing | RefreshState::Parting) {
        changes::unit(tx, &mut refresh, PEOPLE_PER_UNIT)?;
        let is_done = refresh.state == RefreshState::Done;
        refresh.due_at = (!is_done).then_some(lease_until);
        list_refreshes::save(tx, &refresh)?;
        if is_done {
            done(tx, &mut campaign, &refresh, now)?;
        }
    }
    Ok(refresh.state)
}

fn done(tx: &mut Tx<'_>, campaign: &mut Campaign, refresh: &Refresh, now: Timestamp) -> Result<(), StoreError> {
    let import = refresh.import.map(|id| imports::lock_any(tx, id)).transpose()?.flatten();
    if let (Some(source), Some(import)) = (&mut campaign.list_source, import) {
        source.import = import.id;
        source.imported_at = refresh.fetched_at.unwrap_or(now);
        source.rows = import.rows;
        source.refused_rows = None;
        source.run = Some(refresh.run);
        // A new version, so that who looks at the campaign is told.
        campaigns::save(tx, campaign, now)?;
    }
    let Changes { added, changed, gone, same } = refresh.changes;
    let words = format!(
        "Fetched the list of the run of {}: {added} came, {changed} changed, {gone} left, {same} are as before",
        refresh.occurrence.replace('T', " ")
    );
    campaigns::log(tx, campaign.id, now, ("list_fetched", SYSTEM), &words)?;
    schedules::look_now(tx, campaign.id, now)
}

/// A fetch failed by a cause that may pass: it is tried again while there is time. False: there is none.
///
/// # Errors
/// When the database fails.
pub fn later(tx: &mut Tx<'_>, leased: &Refresh, why: &str, now: Timestamp) -> Result<bool, StoreError> {
    let Some(held) = hold(tx, leased, RefreshState::Fetching)? else { return Ok(true) };
    let again_at = now + RETRY_AFTER;
    if again_at > held.refresh.deadline_at {
        return Ok(false);
    }
    if held.refresh.note.as_deref() != Some(why) {
        let words = format!("The list could not be fetched: {why}; it is tried again");
        campaigns::log(tx, held.campaign.id, now, ("list_late", SYSTEM), &words)?;
    }
    let (state, note) = (RefreshState::Waiting, Some(why.to_owned()));
    let refresh = Refresh { state, note, due_at: Some(again_at), owner: None, ..held.refresh };
    list_refreshes::save(tx, &refresh).map(|()| true)
}

/// Why a run has no list, and how many rows one had that was refused for having lost so many.
pub struct NoList {
    pub why: String,
    pub refused_rows: Option<i64>,
    /// The id of the run after it.
    pub next: Uuid,
}

/// A run cannot take place, since its list did not come: it fails, and its campaign with it, until a person resumes it.
///
/// # Errors
/// When the database fails.
pub fn fail(tx: &mut Tx<'_>, leased: &Refresh, no_list: &NoList, now: Timestamp) -> Result<(), StoreError> {
    let Some(Held { mut campaign, refresh }) = hold(tx, leased, leased.state)? else { return Ok(()) };
    let NoList { why, refused_rows, next } = no_list;
    let state = RefreshState::Failed;
    list_refreshes::save(tx, &Refresh { state, due_at: None, note: Some(why.clone()), ..refresh.clone() })?;
    let Some(run) = runs::find(tx, campaign.id, refresh.run)? else { return Ok(()) };
    let Some(status) = campaign.status.undergo(CampaignEvent::ListGone).filter(|_| campaign.run == run.id) else {
        return Ok(());
    };
    let when = refresh.occurrence.replace('T', " ");
    let words = format!(
        "The list for the run of {when} could not be fetched: {why}. Mend it, then resume: it is fetched anew."
    );
    runs::fail(tx, &run, (&refresh.occurrence, why), now)?;
    next_runs::prepare(tx, campaign.organization, &run, (*next, RunContacts::RefreshSheet))?;
    campaign.run = *next;
    campaign.status = status;
    campaign.status_reason = Some(words.clone());
    campaign.epoch += 1;
    let has_list = refresh.import.is_none() && buckets::total(tx, run.id)?.total() > 0;
    if let Some(source) = &mut campaign.list_source {
        source.refused_rows = *refused_rows;
        // The list of the draft is the last that came; the next one is compared with it.
        source.run = source.run.or(has_list.then_some(run.id));
    }
    campaigns::save(tx, &mut campaign, now)?;
    campaigns::log(tx, campaign.id, now, ("failed", SYSTEM), &words)?;
    tracing::warn!(campaign = %campaign.id, run = %run.id, why, "a run has no list");
    Ok(())
}

/// A person resumes a campaign: a list that was refused for the rows it lost is taken now.
pub(super) fn accept(campaign: &mut Campaign) -> bool {
    let Some(source) = &mut campaign.list_source else { return false };
    let accepted = source.refused_rows.take();
    source.rows = accepted.unwrap_or(source.rows);
    accepted.is_some()
}

/// The schedule of a campaign between two runs was edited: a run whose list is not fetched any more calls the people of
/// the run before.
pub(super) fn edited(tx: &mut Tx<'_>, campaign: &Campaign, kept: &InForce) -> Result<(), StoreError> {
    let Some(refresh) = list_refreshes::find(tx, campaign.run)? else { return Ok(()) };
    if refresh.state == RefreshState::Done {
        return Ok(());
    }
    list_refreshes::remove(tx, campaign.run)?;
    let former = campaign.list_source.as_ref().and_then(|source| source.run).filter(|run| *run != campaign.run);
    let is_empty = buckets::total(tx, campaign.run)?.total() == 0;
    let newest = runs::of_campaign(tx, kept.campaign, i64::MAX, 2)?.into_iter().find(|run| run.id != campaign.run);
    match former.or_else(|| newest.map(|run: Run| run.id)) {
        Some(former) if is_empty => next_runs::list_from(tx, campaign.run, former),
        _ => Ok(()),
    }
}
