//! What taking an import back would do at this moment, so that whoever is asked decides with the figures before them.
//!
//! Counts, and changes nothing; [`super::undo`] does it.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::check_undo;
use crate::api::{ApiError, App, Id, Json, Who};
use crate::store::imports;
use crate::store::imports::undo::{OUTLOOK_ROWS_MAX, Outlook};

/// Who would leave and who would stay.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoOutlook {
    /// People whom it enrolled and nobody has called: they leave their campaign.
    recipients_leaving: i64,
    /// People whom it enrolled and who were called, or are being called: they stay, with their calls.
    recipients_called: i64,
    /// Contacts that it made and nobody uses.
    contacts_leaving: i64,
    /// Contacts that it made and that were called, edited, or are used elsewhere.
    contacts_staying: i64,
    /// There are more: no further than the first 10,000 were counted.
    at_least: bool,
}

impl From<Outlook> for UndoOutlook {
    fn from(found: Outlook) -> Self {
        Self {
            recipients_leaving: found.recipients_leaving,
            recipients_called: found.recipients_called,
            contacts_leaving: found.contacts_leaving,
            contacts_staying: found.contacts_staying,
            at_least: found.at_least,
        }
    }
}

/// Says who would leave and who would stay if the import were taken back now.
#[utoipa::path(get, path = "/api/v1/imports/{id}/undo", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = UndoOutlook), (status = 409, description = "Not ended, or taken back before")))]
pub async fn outlook(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<UndoOutlook>, ApiError> {
    let scope = who.may(Action::ImportContacts)?;
    let found = app.store.read(move |tx| {
        let import = imports::find(tx, scope, id)?.ok_or(ApiError::NotFound("import"))?;
        check_undo(&import)?;
        Ok::<_, ApiError>(imports::undo::outlook(tx, id, OUTLOOK_ROWS_MAX)?)
    });
    Ok(Json(found.await?.into()))
}
