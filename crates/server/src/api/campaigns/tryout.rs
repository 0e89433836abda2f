//! Trying a campaign out in virtual time: the rehearsal. It is not there yet.
//!
//! What can be tried is a test call ([`super::test_call`]) and the virtual handset ([`super::handset`]).

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;

use super::UNKNOWN;
use crate::api::{ApiError, App, Id, Json, Who};
use crate::store::campaigns;

/// Not available yet.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/rehearse", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 422, description = "Not available yet")))]
pub async fn rehearse(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<()>, ApiError> {
    let scope = who.may(Action::EditCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    found.ok_or(UNKNOWN)?;
    Err(ApiError::field("body", "rehearsals are not available yet"))
}
