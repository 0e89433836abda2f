//! A list that comes in a form: the file, and what is said of it beside.
//!
//! Only received here, and only when there is room for it; what it is is looked at behind ([`crate::lists`]), and a list
//! from the web comes by [`super::sheet`].

use axum::extract::Request;
use uuid::Uuid;

use super::{Brought, Source, disk};
use crate::api::query::parse_id;
use crate::api::upload::{self, Wanted};
use crate::api::{ApiError, App, Who};
use crate::store::{StoreError, imports};

/// Bytes of lists that an organization keeps: those not yet committed, and those of the last 30 days.
const LISTS_BYTES_MAX: u64 = 1_024 * 1_024 * 1_024;

/// A list that comes in a form.
pub(super) async fn receive(app: &App, who: &Who, request: Request) -> Result<Brought, ApiError> {
    check_room(app, who).await?;
    let file = app.importer.folder.new_file().map_err(|e| disk(&e))?;
    let wanted = Wanted { bytes_max: app.config.lists.bytes_max, texts: &["department_id", "sheet"] };
    let upload = upload::receive(request, file, &wanted).await?;
    let department = upload.texts.get("department_id").map(|text| parse_id(text).unwrap_or(Uuid::nil()));
    let sheet = upload.texts.get("sheet").filter(|name| !name.is_empty()).cloned();
    Ok(Brought { upload, department, source: Source::File, sheet_url: None, sheet })
}

pub(super) async fn check_room(app: &App, who: &Who) -> Result<(), ApiError> {
    let organization = who.organization();
    let kept = app.store.read(move |tx| imports::bytes_kept(tx, organization)).await.map_err(|e: StoreError| e)?;
    let in_use = u64::try_from(kept).unwrap_or_default();
    if in_use < LISTS_BYTES_MAX {
        return Ok(());
    }
    let detail = "too many lists are kept; those that were not committed go after a day".to_owned();
    Err(ApiError::LimitReached { limit: LISTS_BYTES_MAX, in_use, detail })
}
