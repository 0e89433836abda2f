//! An import as it comes in and goes out.
//!
//! What is asked for at the commit is checked here against the list's header; the campaign and the department are
//! asked of the store by the handler.

use carillon_domain::contact::check_tags;
use carillon_domain::country_code::CountryCode;
use carillon_domain::import::{Accepted, Damage, Duplicates, Mapping, Mode, RowReader, suggest_mapping};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::ApiError;
use crate::api::contacts::Rules;
use crate::export::CellStyle;
use crate::lists::Shape;
use crate::store::imports::{Import, Wish};

/// Which imports.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportsQuery {
    /// Those that brought people into this campaign.
    pub(super) campaign_id: Option<Uuid>,
    /// Items in a page, 1 to 200.
    pub(super) limit: Option<u16>,
    /// Where an earlier page ended.
    pub(super) cursor: Option<String>,
}

/// How rejected rows are written.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RejectsQuery {
    /// Cells: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    pub(super) style: CellStyle,
}

/// A form with a list.
#[derive(ToSchema)]
#[allow(dead_code, reason = "a schema; the form is read in `upload`")]
pub struct ListForm {
    /// CSV or another text, or an Excel workbook (.xlsx), up to 50 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    department_id: Option<Uuid>,
    /// Which sheet of a workbook; the first with rows when left out.
    sheet: Option<String>,
}

/// A Google Sheet that anyone with the link may read. It is fetched once, now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetList {
    /// As the browser shows it, or as "Copy link" gives it; the tab that it names is the one that is fetched.
    #[schema(example = "https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0")]
    pub(super) google_sheet_url: String,
    pub(super) department_id: Option<Uuid>,
}

/// A column of a list, with the cells of its first rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnView {
    name: String,
    samples: Vec<String>,
}

/// How far an import is, and what became of its rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    id: Uuid,
    department_id: Uuid,
    /// `uploaded`, `validated`, `running`, `done` or `failed`.
    state: String,
    /// `file` or `google_sheet`.
    source: String,
    file_name: String,
    /// For example `UTF-8` or `windows-1252`.
    encoding: String,
    delimiter: String,
    /// The sheet of a workbook that was read.
    sheet: Option<String>,
    /// The sheets of a workbook that people see; empty for any other list.
    sheets: Vec<String>,
    columns: Vec<ColumnView>,
    /// Columns by field of the contact; `custom` holds columns that are named after a custom field.
    #[schema(value_type = Object)]
    suggested_mapping: Mapping,
    rows: i64,
    /// Rows that have a fate; the four below add up to it.
    done: i64,
    imported: i64,
    updated: i64,
    skipped: i64,
    rejected: i64,
    /// Of the imported, updated and skipped rows, those that were mended.
    repaired: i64,
    /// While it runs, the mean so far; null as long as nothing can be said.
    rows_per_second: Option<f64>,
    /// While it runs, when it probably ends; null as long as nothing can be said.
    #[schema(value_type = Option<String>, format = DateTime)]
    estimated_end: Option<Timestamp>,
    campaign_id: Option<Uuid>,
    /// The run whose list it is, when it was fetched anew for that.
    run_id: Option<Uuid>,
    /// Why it failed, or what else there is to know.
    note: Option<String>,
    undo: Option<UndoView>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
}

/// How far an undo is.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoView {
    /// `running` or `done`.
    state: String,
    recipients_removed: i64,
    contacts_removed: i64,
}

impl ImportView {
    pub(super) fn new(import: Import, shape: &Shape, rules: &Rules, now: Timestamp) -> Self {
        let pace = import.pace(now);
        let columns = shape.columns();
        let suggested_mapping = suggest_mapping(&columns, &rules.fields, &rules.country);
        Self {
            id: import.id,
            department_id: import.department,
            state: import.state.to_string(),
            source: import.source,
            file_name: import.file_name,
            encoding: shape.encoding.name().to_owned(),
            delimiter: shape.delimiter.to_string(),
            sheet: shape.sheet.clone(),
            sheets: shape.sheets.clone(),
            columns: columns
                .into_iter()
                .map(|column| ColumnView { name: column.name, samples: column.samples })
                .collect(),
            suggested_mapping,
            rows: import.rows,
            done: import.fates.done(),
            imported: import.fates.imported,
            updated: import.fates.updated,
            skipped: import.fates.skipped,
            rejected: import.fates.rejected,
            repaired: import.fates.repaired,
            rows_per_second: pace.map(|pace| pace.rows_per_second),
            estimated_end: pace.map(|pace| pace.estimated_end),
            campaign_id: import.campaign,
            run_id: import.run,
            note: import.note,
            undo: import.undo.map(|undo| UndoView {
                state: undo.state.to_string(),
                recipients_removed: undo.recipients_removed,
                contacts_removed: undo.contacts_removed,
            }),
            created_at: import.created_at,
            started_at: import.started_at,
            finished_at: import.finished_at,
        }
    }
}

/// How to read a list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookRequest {
    /// Columns by field of the contact; `custom` holds columns by custom field.
    #[schema(value_type = Object)]
    mapping: Mapping,
    /// The country of numbers that are written without one; the organization's when left out.
    #[schema(value_type = Option<String>, example = "US")]
    default_country: Option<CountryCode>,
    /// `skip` (default) or `update`.
    #[schema(value_type = Option<String>, example = "skip")]
    #[allow(dead_code, reason = "changes no count; it is the same body as the commit's")]
    duplicates: Option<Duplicates>,
    /// Kinds of damage whose proposed repairs are accepted, for example `plus_lost`.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["plus_lost"]))]
    accept: Vec<Damage>,
    /// Rows whose proposed repairs are accepted, by their first line; at most 1,000.
    #[serde(default)]
    accept_rows: Vec<u64>,
}

/// How to read a list, and what to do with its rows.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitRequest {
    #[schema(value_type = Object)]
    mapping: Mapping,
    #[schema(value_type = Option<String>, example = "US")]
    default_country: Option<CountryCode>,
    /// `skip` (default) or `update`.
    #[schema(value_type = Option<String>, example = "skip")]
    duplicates: Option<Duplicates>,
    /// A draft that all rows are enrolled in.
    pub(super) campaign_id: Option<Uuid>,
    /// Tags for every row.
    #[serde(default)]
    tags: Vec<String>,
    /// `lenient` (default) or `strict`.
    #[schema(value_type = Option<String>, example = "lenient")]
    mode: Option<Mode>,
    /// As in the look before.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["plus_lost"]))]
    accept: Vec<Damage>,
    /// As in the look before.
    #[serde(default)]
    accept_rows: Vec<u64>,
}

impl LookRequest {
    pub(super) fn reader(&self, shape: &Shape, rules: Rules) -> Result<RowReader, ApiError> {
        let reader = reader(&self.mapping, shape, self.default_country.unwrap_or(rules.country))?;
        Ok(reader.with_fields(rules.fields))
    }

    pub(super) fn accepted(&self) -> Result<Accepted, ApiError> {
        accepted(&self.accept, &self.accept_rows)
    }
}

impl CommitRequest {
    /// What is wished for, when it fits the list.
    pub(super) fn wish(&self, shape: &Shape, rules: Rules) -> Result<Wish, ApiError> {
        let default_country = self.default_country.unwrap_or(rules.country);
        reader(&self.mapping, shape, default_country)?;
        Ok(Wish {
            mapping: self.mapping.clone(),
            default_country,
            duplicates: self.duplicates.unwrap_or(Duplicates::Skip),
            mode: self.mode.unwrap_or(Mode::Lenient),
            tags: check_tags(&self.tags).map_err(ApiError::Invalid)?,
            accepted: accepted(&self.accept, &self.accept_rows)?,
            fields: rules.fields,
        })
    }
}

fn accepted(kinds: &[Damage], rows: &[u64]) -> Result<Accepted, ApiError> {
    Accepted::try_new(kinds, rows).map_err(|error| ApiError::Invalid(vec![error]))
}

/// A reader of the list's rows by a mapping.
pub(super) fn reader(mapping: &Mapping, shape: &Shape, country: CountryCode) -> Result<RowReader, ApiError> {
    mapping.reader(&shape.header, country).map_err(|error| ApiError::Invalid(error.0))
}
