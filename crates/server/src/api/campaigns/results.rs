//! The results of a run as a file: one line a recipient, or one an attempt.
//!
//! Pages are read by key, each in a short snapshot. How they leave is [`crate::api::exports`]' business; what stands in
//! a line is in [`lines`].

mod lines;

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use carillon_domain::message::CONTACT_FIELDS;
use carillon_domain::roles::Action;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use self::lines::Detail;
use super::audit;
use super::watch::run_of;
use crate::api::exports::{self, Table};
use crate::api::{ApiError, App, Id, Query, Who};
use crate::export::{CellStyle, Page};
use crate::store::attempts::{self, AttemptView};
use crate::store::recipients::{self, Recipient, RecipientFilter};
use crate::store::{Lane, StoreError, buckets, results};

/// Recipients read at a time.
const RECIPIENTS_PER_PAGE: u32 = 500;
/// Recipients whose fields' names are read at a time.
const RECIPIENTS_PER_LOOK: u32 = 5_000;
/// Columns of custom fields.
const CUSTOM_COLUMNS_MAX: usize = 500;

carillon_domain::words! {
    /// As what they leave.
    pub enum Format {
        Csv = "csv",
        Xlsx = "xlsx",
    }
}

/// Which results, as what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResultsQuery {
    /// `csv` or `xlsx`
    #[param(value_type = String, example = "csv")]
    format: Format,
    /// `recipients` (default): one line a recipient; `attempts`: one line an attempt.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "recipients")]
    detail: Detail,
    /// Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
    #[serde(default, alias = "cells")]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    style: CellStyle,
    /// The newest run when left out.
    run_id: Option<Uuid>,
}

/// The results of a run as a file.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/results", tag = "campaigns",
    params(("id" = String, Path), ResultsQuery),
    responses((status = 200, content((String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn results(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<ResultsQuery>,
) -> Result<Response, ApiError> {
    let (scope, now) = (who.may(Action::ExportResults)?, app.clock.now());
    let (format, detail) = (query.format, query.detail);
    let found = app.store.write(Lane::Pages, move |tx| {
        let (campaign, run) = run_of(tx, &scope, id, query.run_id)?;
        let counts = buckets::total(tx, run.id)?;
        let rows = if detail == Detail::Attempts { counts.attempts } else { counts.total() };
        let after = json!({ "run": run.id, "format": format, "detail": detail, "rows": rows });
        audit(tx, &who, ("campaign.results_exported", id), (Value::Null, after), now)?;
        Ok::<_, ApiError>((campaign.name, run.id))
    });
    let (name, run) = found.await?;
    let folder = app.config.data_dir.clone();
    let reader = Reader { app, run, detail, custom: Vec::new(), after: None, is_done: false };
    let body = match format {
        Format::Csv => exports::csv(reader, query.style),
        Format::Xlsx => exports::workbook(reader, folder).await?,
    };
    Ok((headers(&name, format), body).into_response())
}

fn headers(campaign: &str, format: Format) -> [(header::HeaderName, String); 2] {
    let media_type = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let disposition = format!("attachment; filename=\"{}-results.{format}\"", file_name(campaign));
    [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)]
}

/// A campaign's name as every system takes it for a file.
fn file_name(campaign: &str) -> String {
    let letters: String =
        campaign.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    if words.is_empty() { "campaign".to_owned() } else { words.join("-") }
}

/// The custom fields that any recipient of a run has, in alphabetical order.
async fn custom_fields(app: &App, run: Uuid) -> Result<Vec<String>, StoreError> {
    let mut names = std::collections::BTreeSet::new();
    let mut after = Some(Uuid::nil());
    while let Some(from) = after {
        let look = app.store.read(move |tx| results::field_names(tx, run, from, RECIPIENTS_PER_LOOK));
        let (found, last): (Vec<String>, _) = look.await?;
        names.extend(found.into_iter().filter(|name| !CONTACT_FIELDS.contains(&name.as_str())));
        after = last;
    }
    Ok(names.into_iter().take(CUSTOM_COLUMNS_MAX).collect())
}

/// Reads page after page.
struct Reader {
    app: Arc<App>,
    run: Uuid,
    detail: Detail,
    /// The names of custom fields, each a column.
    custom: Vec<String>,
    after: Option<Uuid>,
    is_done: bool,
}

impl Table for Reader {
    async fn header(&mut self) -> Result<Vec<String>, StoreError> {
        if self.detail == Detail::Recipients {
            self.custom = custom_fields(&self.app, self.run).await?;
        }
        Ok(self.detail.header(&self.custom))
    }

    async fn next(&mut self) -> Result<Option<Page>, StoreError> {
        if self.is_done {
            return Ok(None);
        }
        let (run, after) = (self.run, self.after);
        let page = self.app.store.read(move |tx| {
            let filter = RecipientFilter { after, limit: RECIPIENTS_PER_PAGE, ..RecipientFilter::default() };
            let recipients = recipients::list(tx, run, &filter)?;
            let ids: Vec<Uuid> = recipients.iter().map(|recipient| recipient.id).collect();
            Ok::<_, StoreError>((recipients, attempts::of_recipients(tx, &ids)?))
        });
        let (recipients, attempts): (Vec<Recipient>, Vec<AttemptView>) = page.await?;
        self.is_done = recipients.len() < RECIPIENTS_PER_PAGE as usize;
        self.after = recipients.last().map(|recipient| recipient.id);
        Ok(Some(self.detail.lines(&recipients, &attempts, &self.custom).into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_campaign() {
        assert_eq!(file_name("Q4 survey: \"Köln\" / 2026"), "q4-survey-k-ln-2026");
        assert_eq!(file_name("日本語"), "campaign");
    }
}
