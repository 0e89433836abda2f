//! Watching a campaign: its figures, why it is not dialing, what happened to it, its runs and occurrences.
//!
//! Live figures come by [`super::super::events`]; here is what a page asks for once.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::blockers::{Awaited, Blocker, BlockerKind};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::UNKNOWN;
use crate::api::progress::Progress;
use crate::api::session::ListQuery;
use crate::api::{ApiError, App, Id, Json, Page, Paging, Query, Who};
use crate::engine::{explain, scheduling};
use crate::store::campaigns::{self, Campaign, LogLine};
use crate::store::list_refreshes::{self, Changes, ListFigures};
use crate::store::runs::{self, Run};
use crate::store::scope::Scope;
use crate::store::{Tx, actors};

/// Occurrences shown at the most, and unless asked otherwise.
const OCCURRENCES_MAX: u16 = 200;
const OCCURRENCES_DEFAULT: u16 = 10;

/// Which run; the newest when left out.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RunQuery {
    run_id: Option<Uuid>,
}

/// The campaign, and of its runs the one that is asked for, or the newest.
pub fn run_of(tx: &mut Tx<'_>, scope: &Scope, campaign: Uuid, run: Option<Uuid>) -> Result<(Campaign, Run), ApiError> {
    let campaign = campaigns::find(tx, scope, campaign)?.ok_or(UNKNOWN)?;
    let run = runs::find(tx, campaign.id, run.unwrap_or(campaign.run))?.ok_or(ApiError::NotFound("run"))?;
    Ok((campaign, run))
}

/// The figures of a run.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/progress", tag = "campaigns",
    params(("id" = String, Path), RunQuery), responses((status = 200, body = Progress)))]
pub async fn progress(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<RunQuery>,
) -> Result<Json<Progress>, ApiError> {
    let (scope, now) = (who.may(Action::ReadCampaigns)?, app.clock.now());
    let progress = app.store.read(move |tx| {
        let (campaign, run) = run_of(tx, &scope, id, query.run_id)?;
        Ok::<_, ApiError>(Progress::load(tx, &campaign, run.id, now)?)
    });
    progress.await.map(Json)
}

/// Why a campaign is dialing, or not, or not faster.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explanation {
    /// Calls are being started now.
    dialing: bool,
    #[schema(value_type = Vec<BlockerView>)]
    blockers: Vec<Blocker>,
}

/// One thing that holds a campaign back.
#[derive(ToSchema)]
#[schema(as = Blocker)]
#[allow(dead_code, reason = "a schema; the value is the domain's")]
pub(super) struct BlockerView {
    /// One of the words of the planner, for example `recipient_hours`.
    #[schema(value_type = String, example = "recipient_hours")]
    kind: BlockerKind,
    /// Recipients that wait for it.
    recipients: i64,
    /// When it ends by itself, if that is known.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// The same in a sentence.
    message: String,
    /// Of closed hours: how many wait for which opening, the next first; at most 24, of more the rest is in
    /// `recipients` alone.
    #[schema(value_type = Vec<AwaitedView>)]
    openings: Vec<Awaited>,
}

/// Recipients who wait for one opening of their hours.
#[derive(ToSchema)]
#[schema(as = Awaited)]
#[allow(dead_code, reason = "a schema; the value is the domain's")]
pub(super) struct AwaitedView {
    /// When they may be called.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many they are.
    recipients: i64,
}

/// Why is it not dialing?
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/explain", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = Explanation)))]
pub async fn explain(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<Explanation>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    let explanation = explain::explain(&app.engine, &found.ok_or(UNKNOWN)?).await?;
    Ok(Json(Explanation { dialing: explanation.dialing, blockers: explanation.blockers }))
}

/// One thing that happened to a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct LogItem {
    id: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// For example `started`, `paused`, `edited`.
    kind: String,
    /// Who did it.
    actor: String,
    message: String,
}

/// What happened to a campaign, newest first.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/log", tag = "campaigns", params(("id" = String, Path), ListQuery),
    responses((status = 200, body = Page<LogItem>)))]
pub async fn log(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<LogItem>>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let paging = Paging::<i64>::parse(query.limit, query.cursor.as_deref())?;
    let (before, rows) = (paging.after.unwrap_or(i64::MAX), paging.rows());
    let found = app.store.read(move |tx| {
        let campaign = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let lines = campaigns::log_lines(tx, campaign.id, before, rows)?;
        let names = actors::names(tx, campaign.organization, lines.iter().map(|line| line.actor.as_str()))?;
        Ok::<_, ApiError>((lines, names))
    });
    let (lines, names) = found.await?;
    Ok(Json(Page::of(&paging, lines, |line| line.id, |line| log_item(line, &names))))
}

fn log_item(line: LogLine, names: &HashMap<String, String>) -> LogItem {
    let actor = names.get(&line.actor).cloned().unwrap_or(line.actor);
    LogItem { id: line.id.to_string(), at: line.at, kind: line.kind, actor, message: line.message }
}

/// One execution of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunView {
    id: Uuid,
    number: i64,
    /// `manual`, or the local date and time it was due; `next` of a run that waits for its time.
    #[schema(example = "2026-12-07T09:00")]
    occurrence: String,
    /// `prepared`, `started`, `finished`, `stopped` or `failed`
    #[schema(example = "started")]
    state: &'static str,
    /// Why nobody of a failed one was called.
    reason: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// Of a run whose list was fetched anew: how it differs from the one before.
    list: Option<RunListView>,
}

/// How the list of a run that was fetched anew differs from the one before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RunList)]
pub struct RunListView {
    import_id: Uuid,
    added: i64,
    changed: i64,
    gone: i64,
    same: i64,
    /// Rows that make nobody; the import has them.
    rejected: i64,
    #[schema(value_type = String, format = DateTime)]
    fetched_at: Timestamp,
}

impl From<&ListFigures> for RunListView {
    fn from(list: &ListFigures) -> Self {
        let Changes { added, changed, gone, same } = list.changes;
        let (rejected, fetched_at) = (list.rejected, list.fetched_at);
        Self { import_id: list.import, added, changed, gone, same, rejected, fetched_at }
    }
}

impl RunView {
    fn new(run: Run, lists: &[ListFigures]) -> Self {
        Self {
            id: run.id,
            number: run.number,
            // Behind it stands what makes it unique: a zone or a number.
            occurrence: run.occurrence.split([' ', '[']).next().unwrap_or_default().to_owned(),
            state: if run.failure.is_some() { "failed" } else { run.state.as_str() },
            list: lists.iter().find(|list| list.run == run.id).map(RunListView::from),
            reason: run.failure,
            started_at: run.started_at,
            finished_at: run.finished_at,
        }
    }
}

/// The runs of a campaign, newest first.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/runs", tag = "campaigns", params(("id" = String, Path), ListQuery),
    responses((status = 200, body = Page<RunView>)))]
pub async fn runs(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<RunView>>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let paging = Paging::<i64>::parse(query.limit, query.cursor.as_deref())?;
    let (before, rows) = (paging.after.unwrap_or(i64::MAX), paging.rows());
    let found = app.store.read(move |tx| {
        let campaign = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let runs = runs::of_campaign(tx, campaign.id, before, rows)?;
        let lists = list_refreshes::of_runs(tx, &runs.iter().map(|run| run.id).collect::<Vec<_>>())?;
        Ok::<_, ApiError>((runs, lists))
    });
    let (found, lists) = found.await?;
    Ok(Json(Page::of(&paging, found, |run| run.number, |run| RunView::new(run, &lists))))
}

/// How many occurrences.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OccurrencesQuery {
    /// 1 to 200, default 10.
    limit: Option<u16>,
}

/// When a campaign will run.
#[derive(Debug, Serialize, ToSchema)]
pub struct Occurrences {
    items: Vec<Occurrence>,
}

/// One time at which a campaign will run.
#[derive(Debug, Serialize, ToSchema)]
pub struct Occurrence {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By the clock of the schedule's zone.
    #[schema(example = "2026-12-07T09:00")]
    local: String,
}

/// The next times at which a campaign will run; one without a schedule has none.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/occurrences", tag = "campaigns",
    params(("id" = String, Path), OccurrencesQuery), responses((status = 200, body = Occurrences)))]
pub async fn occurrences(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<OccurrencesQuery>,
) -> Result<Json<Occurrences>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    if query.limit.is_some_and(|limit| !(1..=OCCURRENCES_MAX).contains(&limit)) {
        return Err(ApiError::field("limit", format!("must be between 1 and {OCCURRENCES_MAX}")));
    }
    let (now, limit) = (app.clock.now(), usize::from(query.limit.unwrap_or(OCCURRENCES_DEFAULT)));
    let found = app.store.read(move |tx| {
        let campaign = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
        if campaign.status == CampaignStatus::Completed {
            return Ok(Vec::new());
        }
        Ok::<_, ApiError>(scheduling::next_occurrences(tx, id, &campaign.settings.schedule, (now, limit))?)
    });
    let items = found.await?.into_iter().map(|next| Occurrence { at: next.at, local: next.local_text() });
    Ok(Json(Occurrences { items: items.collect() }))
}
