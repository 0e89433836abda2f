//! A list from the web: the link is read, the sheet fetched once, and from then on it is a list like any other.
//!
//! What can be refused without asking the web is refused first, and costs none of the person's fetches. Fetching, and
//! what may be fetched at all, is [`crate::sheets`]' business.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use carillon_domain::import::SheetLink;
use jiff::Timestamp;

use super::body::SheetList;
use super::form::check_room;
use super::{Brought, Source, disk};
use crate::api::upload::{Upload, shown_name};
use crate::api::{ApiError, App, Json, Who, belongs};
use crate::sheets::SheetError;
use crate::store::campaigns::ListSource;
use crate::store::imports::{Import, Wish};
use crate::store::scope::Scope;

/// Fetches the sheet that a request names.
pub(super) async fn fetch(app: &App, who: &Who, scope: Scope, request: Request) -> Result<Brought, ApiError> {
    let Json(given) = Json::<SheetList>::from_request(request, &()).await?;
    let link = SheetLink::parse(&given.google_sheet_url).map_err(|error| {
        tracing::warn!(user = %who.user.id, %error, "a link that leads to no sheet was refused");
        ApiError::Invalid(vec![error.field_error()])
    })?;
    let (asks, named) = (who.clone(), given.department_id);
    app.store.read(move |tx| belongs::department(tx, &asks, scope, named)).await?;
    check_room(app, who).await?;
    let counted = app.sheet_imports.take(who.user.id, app.clock.now());
    counted.map_err(|retry_after_s| ApiError::TooManyRequests { retry_after_s })?;
    let file = app.importer.folder.new_file().map_err(|e| disk(&e))?;
    let fetched = app.sheets.fetch(&link, file.reopen().map_err(|e| disk(&e))?).await.map_err(refused)?;
    let name = fetched.name.map(|name| shown_name(&name)).filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| name_of(&link));
    let upload = Upload { file, name, bytes: fetched.bytes, texts: BTreeMap::new() };
    let sheet_url = Some(given.google_sheet_url.trim().to_owned());
    Ok(Brought { upload, department: named, source: Source::GoogleSheet, sheet_url, sheet: None })
}

fn refused(error: SheetError) -> ApiError {
    match error {
        SheetError::Disk(error) => disk(&error),
        of_the_sheet => ApiError::field(Source::GoogleSheet.field(), of_the_sheet.to_string()),
    }
}

/// For a sheet whose host does not say its name.
fn name_of(link: &SheetLink) -> String {
    link.gid().map_or_else(|| "Google Sheet".to_owned(), |gid| format!("Google Sheet, tab {gid}"))
}

/// The sheet of a list that is committed into a campaign, which keeps it; `None`: the list is a file.
pub(super) fn source(import: &Import, wish: &Wish, now: Timestamp) -> Option<ListSource> {
    let tab = import.sheet_url.as_deref().and_then(|url| SheetLink::parse(url).ok()).and_then(|link| link.gid());
    ListSource::of(import, wish, tab, now)
}
