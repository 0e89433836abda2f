//! The calls to one contact, in all campaigns that the one who asks may see.
//!
//! Tests of one's own campaigns are not there, nor what was never sent. One run's calls are in
//! [`crate::api::campaigns::attempts`].

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::campaigns::attempts::{NamedAttempt, key};
use crate::api::session::ListQuery;
use crate::api::{ApiError, App, Id, Json, Page, Paging, Query, Who};
use crate::store::attempts::pages::{self, Listed, Place};
use crate::store::contacts;

/// One call to a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactAttempt {
    #[serde(flatten)]
    attempt: NamedAttempt,
    campaign_id: Uuid,
    campaign_name: String,
}

impl From<Listed> for ContactAttempt {
    fn from(mut listed: Listed) -> Self {
        let campaign_id = listed.attempt.campaign;
        let campaign_name = std::mem::take(&mut listed.campaign_name);
        Self { attempt: listed.into(), campaign_id, campaign_name }
    }
}

/// The calls to a contact in all campaigns, newest first.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/attempts", tag = "contacts", operation_id = "attempts",
    params(("id" = String, Path), ListQuery), responses((status = 200, body = Page<ContactAttempt>)))]
pub async fn attempts(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ContactAttempt>>, ApiError> {
    let (of_contacts, of_campaigns) = (who.may(Action::ReadContacts)?, who.may(Action::ReadResults)?);
    let paging = Paging::<(Timestamp, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let place = Place { before: paging.after, limit: paging.rows() };
    let found = app.store.read(move |tx| {
        contacts::find(tx, of_contacts, id)?.ok_or(ApiError::NotFound("contact"))?;
        Ok::<_, ApiError>(pages::of_contact(tx, of_campaigns, id, place)?)
    });
    Ok(Json(Page::of(&paging, found.await?, key, ContactAttempt::from)))
}
