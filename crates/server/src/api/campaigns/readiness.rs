//! A dry look before the launch: every cause that keeps a campaign from starting, whom it could call, what it lacks.
//!
//! What is looked at is `engine::readiness`'s; here it is shown. Starting is [`super::actions`]' business.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::field_error::FieldError;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::UNKNOWN;
use crate::api::{ApiError, App, Id, Json, Who};
use crate::engine::readiness::{self, MergeField, Readiness};
use crate::store::campaigns;

/// How ready a campaign is for its launch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Readiness)]
pub struct ReadinessView {
    /// A start (of a paused or failed one: a resume) would be taken, as far as the campaign itself decides: that not too
    /// many run at once is asked by the start alone.
    ready: bool,
    /// What that start would answer with 422, every cause.
    #[schema(value_type = Vec<ReadinessFault>)]
    errors: Vec<FieldError>,
    /// Those who wait to be called; suppressed ones aside.
    recipients: i64,
    /// Those of them who may be called at this moment by the hours and their due times; limits, the daily cap and later
    /// entries of the do-not-call list are asked at each call. Null when more than 100,000 people who share their time
    /// zones wait for a time of their own.
    #[schema(required)]
    callable_now: Option<i64>,
    /// When the first of them may be called: now, or when the hours open. Exact: the planner's own look at every set of
    /// time zones in the list. Null when nobody waits, or no minute is allowed within eight days.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    earliest_call_at: Option<Timestamp>,
    /// The fields that the message names, in the order of their first use; empty for a recording.
    merge_fields: Vec<MergeFieldView>,
}

/// What is missing.
#[derive(ToSchema)]
#[allow(dead_code, reason = "a schema; the value is the domain's")]
struct ReadinessFault {
    /// For example `recipients`, `message`, `caller_ids`, `carrier`.
    field: String,
    message: String,
}

/// A field that the message names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MergeFieldGap)]
struct MergeFieldView {
    #[schema(example = "first_name")]
    field: String,
    /// Every use of it says what is spoken where there is no value.
    has_default: bool,
    /// Those who wait to be called and have no value for it.
    recipients_without: i64,
    /// More than 100,000 people wait, and only so many were looked at.
    at_least: bool,
}

impl From<MergeField> for MergeFieldView {
    fn from(field: MergeField) -> Self {
        let MergeField { field, has_default, recipients_without, at_least } = field;
        Self { field, has_default, recipients_without, at_least }
    }
}

impl From<Readiness> for ReadinessView {
    fn from(found: Readiness) -> Self {
        Self {
            ready: found.is_ready,
            errors: found.errors,
            recipients: found.recipients,
            callable_now: found.callable_now,
            earliest_call_at: found.earliest_call_at,
            merge_fields: found.merge_fields.into_iter().map(MergeFieldView::from).collect(),
        }
    }
}

/// What a launch would find, without launching: meant for a draft, and true at any time.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/readiness", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = ReadinessView)))]
pub async fn readiness(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<ReadinessView>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    let readiness = readiness::readiness(&app.engine, found.ok_or(UNKNOWN)?).await?;
    Ok(Json(readiness.into()))
}
