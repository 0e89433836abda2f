//! The numbers that campaigns may show to those who are called.
//!
//! What a campaign's editor needs of the carrier's account and no more; the account itself is for administrators
//! ([`super::carrier`]).

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, App, Json, Who};
use crate::store::accounts;

/// A number to call from.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallerId {
    #[schema(example = "+12025550100")]
    number: String,
    /// A campaign that names no number calls from this one.
    is_default: bool,
}

/// All of them: the list has no further pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallerIds {
    items: Vec<CallerId>,
    next_cursor: Option<String>,
}

/// The carrier's numbers that a campaign may name in `caller_ids`, in the order in which they were entered.
#[utoipa::path(get, path = "/api/v1/caller-ids", tag = "caller-ids", responses((status = 200, body = CallerIds)))]
pub async fn list(State(app): State<Arc<App>>, who: Who) -> Result<Json<CallerIds>, ApiError> {
    who.may(Action::EditCampaigns)?;
    let found = app.store.read(move |tx| accounts::of_organization(tx, who.organization())).await;
    let account = found.map_err(ApiError::from)?;
    let default = account.as_ref().and_then(accounts::Account::default_caller_id);
    let default = default.map(|number| number.to_string());
    let numbers = account.map(|account| account.caller_ids).unwrap_or_default();
    let item = |number: String| CallerId { is_default: default.as_ref() == Some(&number), number };
    Ok(Json(CallerIds { items: numbers.into_iter().map(item).collect(), next_cursor: None }))
}
