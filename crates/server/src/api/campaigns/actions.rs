//! What people ask of a campaign: start, pause, resume, stop, schedule and unschedule.
//!
//! The engine does it, in one transaction each; pause and stop answer when no call can be placed any more. Asking
//! for what is so already is fine, anything else that the status does not allow is a conflict that says what it does.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::campaign::{CampaignAction, CampaignStatus, IllegalAction};
use carillon_domain::roles::Action;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{CampaignView, UNKNOWN};
use crate::api::{ApiError, App, Id, Json, Who};
use crate::engine::control::{self, ControlError, Request, Whom};
use crate::engine::scheduling;

/// The actions that a status offers, as a 409 names them.
pub fn possible(status: CampaignStatus) -> Vec<&'static str> {
    status.actions().into_iter().map(CampaignAction::as_str).collect()
}

impl From<IllegalAction> for ApiError {
    fn from(illegal: IllegalAction) -> Self {
        let state = illegal.status.as_str();
        Self::StateConflict { state, actions: possible(illegal.status), detail: illegal.to_string() }
    }
}

impl From<ControlError> for ApiError {
    fn from(error: ControlError) -> Self {
        let detail = error.to_string();
        match error {
            ControlError::NotFound => UNKNOWN,
            ControlError::Illegal(illegal) => illegal.into(),
            ControlError::Missing(causes) => Self::Invalid(causes),
            ControlError::LimitReached { limit, in_use } => {
                Self::LimitReached { limit: limit.unsigned_abs(), in_use: in_use.unsigned_abs(), detail }
            }
            ControlError::StillSending => Self::Unavailable { cause: detail },
            ControlError::Store(error) => error.into(),
        }
    }
}

fn request(who: &Who, campaign: Uuid) -> Result<Request, ApiError> {
    Ok(Request { scope: who.may(Action::RunCampaigns)?, campaign, actor: who.actor() })
}

/// People of a test at the most.
const FIRST_MAX: u16 = 1_000;

/// How to start.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartWish {
    /// Call only the first so many people of the list, 1 to 1,000, with their retries, as a test: then the campaign
    /// pauses itself and says how it went.
    first: Option<u16>,
}

/// How to go on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeWish {
    /// Call everybody, although the test of the first people is not done.
    #[schema(default = false)]
    all: Option<bool>,
}

impl StartWish {
    fn whom(&self) -> Result<Whom, ApiError> {
        match self.first {
            None => Ok(Whom::Due),
            Some(first) if (1..=FIRST_MAX).contains(&first) => Ok(Whom::First(first)),
            Some(_) => Err(ApiError::field("first", format!("must be between 1 and {FIRST_MAX}"))),
        }
    }
}

/// Starts a draft or scheduled campaign, with the first people alone when that is wished: the first call is placed at
/// once.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/start", tag = "campaigns", params(("id" = String, Path)),
    request_body = Option<StartWish>,
    responses((status = 200, body = CampaignView),
        (status = 409, description = "Not in this state, or too many campaigns run"),
        (status = 422, description = "Every cause that keeps it from starting")))]
pub async fn start(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    wish: Option<Json<StartWish>>,
) -> Result<Json<CampaignView>, ApiError> {
    let request = request(&who, id)?;
    let whom = wish.map_or(Ok(Whom::Due), |Json(wish)| wish.whom())?;
    let campaign = control::activate_for(&app.engine, &request, CampaignAction::Start, whom).await?;
    Ok(Json(campaign.into()))
}

/// Goes on with a paused or failed campaign; nobody is called twice for it. After the test of the first people the
/// others are called; a test that is not done goes on.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/resume", tag = "campaigns", params(("id" = String, Path)),
    request_body = Option<ResumeWish>,
    responses((status = 200, body = CampaignView),
        (status = 409, description = "Not in this state, or too many campaigns run"),
        (status = 422, description = "Every cause that keeps it from going on")))]
pub async fn resume(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    wish: Option<Json<ResumeWish>>,
) -> Result<Json<CampaignView>, ApiError> {
    let request = request(&who, id)?;
    let is_for_all = wish.is_some_and(|Json(wish)| wish.all.unwrap_or(false));
    let whom = if is_for_all { Whom::Everybody } else { Whom::Due };
    let campaign = control::activate_for(&app.engine, &request, CampaignAction::Resume, whom).await?;
    Ok(Json(campaign.into()))
}

/// Pauses a campaign: no call is placed after the answer; calls under way go on.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/pause", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView), (status = 409, description = "Not in this state")))]
pub async fn pause(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = control::pause(&app.engine, &request(&who, id)?).await?;
    Ok(Json(campaign.into()))
}

/// Stops a campaign for good: no call is placed after the answer; queued and ringing ones are canceled.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/stop", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView), (status = 409, description = "Not in this state")))]
pub async fn stop(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = control::stop(&app.engine, &request(&who, id)?).await?;
    Ok(Json(campaign.into()))
}

/// Sets the schedule of a draft in force: its runs begin by themselves.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/schedule", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView), (status = 409, description = "Not in this state"),
        (status = 422, description = "Every cause that would keep it from starting, and what is wrong with the schedule")))]
pub async fn schedule(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = scheduling::schedule(&app.engine, &request(&who, id)?).await?;
    Ok(Json(campaign.into()))
}

/// Ends the schedule: the campaign is a draft again, or completed when it has run before.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/unschedule", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView), (status = 409, description = "Not in this state")))]
pub async fn unschedule(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = scheduling::unschedule(&app.engine, &request(&who, id)?).await?;
    Ok(Json(campaign.into()))
}
