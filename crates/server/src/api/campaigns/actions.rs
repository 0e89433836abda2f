//! What people ask of a campaign: start, pause, resume, stop; schedule and unschedule once there are schedules.
//!
//! The engine does it, in one transaction each; pause and stop answer when no call can be placed any more. Asking
//! for what is so already is fine, anything else that the status does not allow is a conflict that says what it does.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::campaign::{CampaignAction, CampaignStatus, IllegalAction};
use carillon_domain::roles::Action;
use uuid::Uuid;

use super::{CampaignView, UNKNOWN};
use crate::api::{ApiError, App, Id, Json, Who};
use crate::engine::control::{self, ControlError, Request};
use crate::store::campaigns;

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

/// Starts a draft or scheduled campaign: the first call is placed at once.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/start", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView),
        (status = 409, description = "Not in this state, or too many campaigns run"),
        (status = 422, description = "Every cause that keeps it from starting")))]
pub async fn start(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = control::activate(&app.engine, &request(&who, id)?, CampaignAction::Start).await?;
    Ok(Json(campaign.into()))
}

/// Goes on with a paused or failed campaign; nobody is called twice for it.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/resume", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView),
        (status = 409, description = "Not in this state, or too many campaigns run"),
        (status = 422, description = "Every cause that keeps it from going on")))]
pub async fn resume(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let campaign = control::activate(&app.engine, &request(&who, id)?, CampaignAction::Resume).await?;
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

/// Not available yet.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/schedule", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 409, description = "Not in this state"), (status = 422, description = "Not available yet")))]
pub async fn schedule(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    refuse(&app, &who, id, CampaignAction::Schedule).await
}

/// Not available yet.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/unschedule", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 409, description = "Not in this state"), (status = 422, description = "Not available yet")))]
pub async fn unschedule(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    refuse(&app, &who, id, CampaignAction::Unschedule).await
}

/// Says what would keep the action from happening anyway, else that it is not there yet.
async fn refuse(app: &App, who: &Who, id: Uuid, action: CampaignAction) -> Result<Json<CampaignView>, ApiError> {
    let scope = who.may(Action::RunCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    found.ok_or(UNKNOWN)?.status.apply(action)?;
    Err(ApiError::field("schedule", "schedules are not available yet"))
}
