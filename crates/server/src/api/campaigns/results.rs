//! The results of a run as a file: one line a recipient, or one an attempt.
//!
//! Pages are read by key, each in a short snapshot, and are as long as makes them weigh about the same. How they leave
//! is [`crate::api::exports`]' business; what stands in a line is in [`lines`].

mod lines;
mod parts;

use std::collections::BTreeSet;
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
use self::parts::Parts;
use super::audit;
use super::watch::run_of;
use crate::api::exports::{self, Table};
use crate::api::{ApiError, App, Id, Query, Who};
use crate::export::{CellStyle, Page};
use crate::store::results::{self, Part};
use crate::store::{Lane, StoreError, Tx, buckets};

/// Recipients read at a time, at least and at most.
const RECIPIENTS_PER_PAGE_MIN: u32 = 50;
const RECIPIENTS_PER_PAGE_MAX: u32 = 2_000;
/// Bytes that a page should have.
const BYTES_PER_PAGE: u64 = 256 * 1024;
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
    let reader = Reader { app, run, detail, pages: None, recipients: RECIPIENTS_PER_PAGE_MIN };
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
async fn custom_fields(app: &Arc<App>, run: Uuid) -> Result<Vec<String>, StoreError> {
    let mut looks = Parts::new(app, run, results::field_names);
    let mut names = BTreeSet::new();
    while let Some((_, found)) = looks.next(RECIPIENTS_PER_LOOK).await? {
        names.extend(found);
    }
    names.retain(|name| !CONTACT_FIELDS.contains(&name.as_str()));
    Ok(names.into_iter().take(CUSTOM_COLUMNS_MAX).collect())
}

/// Reads page after page.
struct Reader {
    app: Arc<App>,
    run: Uuid,
    detail: Detail,
    /// Those that are read; begun once the columns are known.
    pages: Option<Parts<Page>>,
    /// Recipients of the next page.
    recipients: u32,
}

impl Table for Reader {
    async fn header(&mut self) -> Result<Vec<String>, StoreError> {
        let (detail, run) = (self.detail, self.run);
        let custom = if detail == Detail::Recipients { custom_fields(&self.app, run).await? } else { Vec::new() };
        let header = detail.header(&custom);
        self.pages = Some(Parts::new(&self.app, run, move |tx, part| page(tx, part, detail, &custom)));
        Ok(header)
    }

    async fn next(&mut self) -> Result<Option<Page>, StoreError> {
        let Some(pages) = &mut self.pages else { return Ok(None) };
        let Some((recipients, page)) = pages.next(self.recipients).await? else { return Ok(None) };
        self.recipients = fitting(recipients, page.bytes());
        Ok(Some(page))
    }
}

fn page(tx: &mut Tx<'_>, part: &Part, detail: Detail, custom: &[String]) -> Result<Page, StoreError> {
    let mut page = Page::default();
    if detail == Detail::Attempts {
        results::attempts(tx, part, |attempt| lines::attempt(&mut page, attempt))?;
        return Ok(page);
    }
    let mut last = None;
    results::recipients(tx, part, |recipient| {
        // The line tells of the last call alone.
        if last.replace(recipient.id) == Some(recipient.id) {
            page.take_back_line();
        }
        lines::recipient(&mut page, recipient, custom);
    })?;
    Ok(page)
}

/// How many recipients a page should have, after one of so many had so many bytes.
fn fitting(recipients: u32, bytes: usize) -> u32 {
    let fitting = u64::from(recipients) * BYTES_PER_PAGE / (bytes.max(1) as u64);
    u32::try_from(fitting).unwrap_or(u32::MAX).clamp(RECIPIENTS_PER_PAGE_MIN, RECIPIENTS_PER_PAGE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_campaign() {
        assert_eq!(file_name("Q4 survey: \"Köln\" / 2026"), "q4-survey-k-ln-2026");
        assert_eq!(file_name("日本語"), "campaign");
    }

    #[test]
    fn pages_of_long_lines_are_short() {
        assert_eq!(fitting(50, 0), RECIPIENTS_PER_PAGE_MAX, "nobody was called yet");
        assert_eq!(fitting(50, 10_000), 1_310);
        assert_eq!(fitting(2_000, 200_000_000), RECIPIENTS_PER_PAGE_MIN);
    }
}
