//! The do-not-call list as a file, newest entries first: for people who look, and for other systems.
//!
//! Pages are read by key, each in a short snapshot; how they leave is [`crate::api::exports`]' business. Lists come in
//! one number at a time, through the doors beside.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Entry, Listed, check_search};
use crate::api::exports::{self, Table};
use crate::api::who::Audited;
use crate::api::{ApiError, App, Query, Who};
use crate::export::{CellStyle, Page};
use crate::store::{Lane, StoreError, actors, do_not_call};

/// Entries read at a time.
const ENTRIES_PER_PAGE: u32 = 500;
const COLUMNS: [&str; 6] = ["phone", "reason", "source", "added_by", "added_by_name", "added_at"];

carillon_domain::words! {
    /// As what it leaves.
    pub enum Format {
        Csv = "csv",
        Xlsx = "xlsx",
    }
}

/// Which part of the list, as what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `csv` or `xlsx`
    #[param(value_type = String, example = "csv")]
    format: Format,
    /// Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    style: CellStyle,
    /// Digits that the number contains, or a part of the reason.
    q: Option<String>,
}

/// The list as a file, newest first.
#[utoipa::path(get, path = "/api/v1/do-not-call/export", tag = "do-not-call", params(ExportQuery),
    responses((status = 200, content((String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    let search = check_search(query.q)?;
    let (now, asks) = (app.clock.now(), who.clone());
    let after = json!({ "q": search, "format": query.format });
    let noted = app.store.write(Lane::Pages, move |tx| {
        let subject = "do_not_call".to_owned();
        let what = Audited { action: "do_not_call.exported", subject, before: Value::Null, after: after.clone() };
        asks.audit(tx, what, now)
    });
    noted.await.map_err(|e: StoreError| ApiError::from(e))?;
    let folder = app.config.data_dir.clone();
    let listed = Listed { search, after: None, rows: ENTRIES_PER_PAGE };
    let reader = Reader { app, who, listed, is_done: false };
    let (media_type, name, body) = match query.format {
        Format::Csv => ("text/csv; charset=utf-8", "do-not-call.csv", exports::csv(reader, query.style)),
        Format::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "do-not-call.xlsx",
            exports::workbook(reader, folder).await?,
        ),
    };
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body).into_response())
}

/// Reads page after page.
struct Reader {
    app: Arc<App>,
    who: Who,
    /// Which entries; the page moves on.
    listed: Listed,
    is_done: bool,
}

impl Table for Reader {
    async fn header(&mut self) -> Result<Vec<String>, StoreError> {
        Ok(COLUMNS.map(str::to_owned).to_vec())
    }

    async fn next(&mut self) -> Result<Option<Page>, StoreError> {
        if self.is_done {
            return Ok(None);
        }
        let (organization, listed) = (self.who.organization(), self.listed.clone());
        let page = self.app.store.read(move |tx| {
            let page = do_not_call::page(tx, organization, &listed)?;
            let names = actors::names(tx, organization, page.iter().map(|entry| entry.added_by.as_str()))?;
            Ok::<_, StoreError>((page, names))
        });
        let (page, names) = page.await?;
        self.is_done = page.len() < ENTRIES_PER_PAGE as usize;
        self.listed.after = page.last().map(|entry: &Entry| (entry.added_at, entry.phone.clone()));
        let name = |entry: &Entry| names.get(&entry.added_by).cloned().unwrap_or_default();
        Ok(Some(page.into_iter().map(|entry| line(name(&entry), entry)).collect()))
    }
}

fn line(added_by_name: String, entry: Entry) -> Vec<String> {
    let at: Timestamp = entry.added_at;
    vec![entry.phone, entry.reason, entry.source, entry.added_by, added_by_name, at.to_string()]
}
