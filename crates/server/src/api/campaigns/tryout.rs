//! Trying a campaign out: a test call and the rehearsal. Neither is there yet.
//!
//! A test call must pass the same do-not-call list, hours, countries and limits as any other, so it is not placed
//! past them in the meantime.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::roles::Action;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::UNKNOWN;
use crate::api::{ApiError, App, Id, Json, Who};
use crate::store::campaigns;

/// Whom to call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestCall {
    #[schema(value_type = String, example = "+12025550143")]
    phone: PhoneNumber,
}

/// Not available yet.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/test-call", tag = "campaigns", params(("id" = String, Path)),
    request_body = TestCall, responses((status = 422, description = "Not available yet")))]
pub async fn test_call(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(call): Json<TestCall>,
) -> Result<Json<()>, ApiError> {
    let message = format!("a test call to {} is not available yet", call.phone.masked());
    refuse(&app, &who, (id, Action::PlaceTestCalls), ("phone", &message)).await
}

/// Not available yet.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/rehearse", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 422, description = "Not available yet")))]
pub async fn rehearse(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<()>, ApiError> {
    refuse(&app, &who, (id, Action::EditCampaigns), ("body", "rehearsals are not available yet")).await
}

async fn refuse(
    app: &App,
    who: &Who,
    (id, action): (Uuid, Action),
    (field, message): (&str, &str),
) -> Result<Json<()>, ApiError> {
    let scope = who.may(action)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    found.ok_or(UNKNOWN)?;
    Err(ApiError::field(field, message))
}
