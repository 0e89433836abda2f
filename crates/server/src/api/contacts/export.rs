//! Contacts as a file: CSV and vCard as streams, Excel through a temporary file.
//!
//! Pages are read by key, each in a short snapshot, so that an export of any length holds nothing up.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use carillon_domain::contact::Contact;
use carillon_domain::roles::Action;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::io::ReaderStream;
use utoipa::ToSchema;

use super::check_search;
use crate::api::who::Audited;
use crate::api::{ApiError, App, Query, Who};
use crate::export::{CellStyle, CsvLines, ExportError, WorkbookFile};
use crate::store::contacts::Entry;
use crate::store::contacts::search::{self, ContactFilter};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError};

mod vcard;

/// Contacts read at a time.
const CONTACTS_PER_PAGE: u32 = 500;
/// The columns before those of custom fields.
const COLUMNS: [&str; 12] = [
    "name",
    "first_name",
    "last_name",
    "phone",
    "email",
    "company",
    "notes",
    "tags",
    "timezone",
    "language",
    "postal_code",
    "state",
];

/// As what they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    Csv,
    Xlsx,
    Vcf,
}

impl Format {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Vcf => "text/vcard; charset=utf-8",
        }
    }

    const fn disposition(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"contacts.csv\"",
            Self::Xlsx => "attachment; filename=\"contacts.xlsx\"",
            Self::Vcf => "attachment; filename=\"contacts.vcf\"",
        }
    }
}

/// Which contacts, as what.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    #[param(value_type = String, example = "csv")]
    format: Format,
    /// Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `machine` leaves them as they are.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    cells: CellStyle,
    /// Parts of a name, number, e-mail address or company.
    q: Option<String>,
    /// A tag they all have.
    tag: Option<String>,
}

/// Contacts as a file, newest first.
#[utoipa::path(get, path = "/api/v1/contacts/export", tag = "contacts", params(ExportQuery),
    responses((status = 200, content((String = "text/csv"), (String = "text/vcard"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    let scope = who.may(Action::ExportContacts)?;
    check_search(query.q.as_ref(), query.tag.as_ref())?;
    let now = app.clock.now();
    let after = json!({ "q": query.q, "tag": query.tag });
    let custom = app.store.write(Lane::Pages, move |tx| {
        let what = Audited {
            action: "contacts.exported",
            subject: "contacts".to_owned(),
            before: Value::Null,
            after: after.clone(),
        };
        who.audit(tx, what, now)?;
        search::custom_fields(tx, scope)
    });
    let custom = custom.await.map_err(|e: StoreError| ApiError::from(e))?;
    let filter = ContactFilter { q: query.q, tag: query.tag, after: None, limit: CONTACTS_PER_PAGE };
    let reader = Reader { app, scope, filter, custom, is_done: false };
    let body = match query.format {
        Format::Csv => csv(reader, CsvLines::new(query.cells)),
        Format::Vcf => stream_of(reader, |_, page| vcard::cards(page)),
        Format::Xlsx => workbook(reader).await?,
    };
    let headers =
        [(header::CONTENT_TYPE, query.format.media_type()), (header::CONTENT_DISPOSITION, query.format.disposition())];
    Ok((headers, body).into_response())
}

/// Reads page after page.
struct Reader {
    app: Arc<App>,
    scope: Scope,
    filter: ContactFilter,
    /// The names of custom fields, each a column.
    custom: Vec<String>,
    is_done: bool,
}

impl Reader {
    fn header(&self) -> Vec<String> {
        COLUMNS.into_iter().map(str::to_owned).chain(self.custom.iter().cloned()).collect()
    }

    async fn next(&mut self) -> Result<Vec<Entry>, StoreError> {
        if self.is_done {
            return Ok(Vec::new());
        }
        let (scope, filter) = (self.scope, self.filter.clone());
        let page: Vec<Entry> = self.app.store.read(move |tx| search::page(tx, scope, &filter)).await?;
        self.is_done = page.len() < CONTACTS_PER_PAGE as usize;
        self.filter.after = page.last().map(|entry| entry.id);
        Ok(page)
    }

    fn row(&self, contact: &Contact) -> Vec<String> {
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let own = [
            contact.name.clone(),
            contact.first_name.clone(),
            contact.last_name.clone(),
            contact.phone.to_string(),
            contact.email.clone(),
            contact.company.clone(),
            contact.notes.clone(),
            contact.tags.join("; "),
            contact.timezone.as_ref().map(ToString::to_string).unwrap_or_default(),
            some(&contact.language),
            some(&contact.postal_code),
            some(&contact.state),
        ];
        let custom =
            self.custom.iter().map(|name| contact.custom.get(name).map(ToString::to_string).unwrap_or_default());
        own.into_iter().chain(custom).collect()
    }
}

/// A body of what `render` makes of each page. A database that fails in the middle breaks the answer off.
fn stream_of(reader: Reader, render: impl Fn(&Reader, Vec<Entry>) -> Bytes + Copy + Send + 'static) -> Body {
    Body::from_stream(stream::unfold(Some(reader), move |reader| async move {
        let mut reader = reader?;
        match reader.next().await {
            Ok(page) if page.is_empty() => None,
            Ok(page) => Some((Ok(render(&reader, page)), Some(reader))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

fn csv(reader: Reader, lines: CsvLines) -> Body {
    use futures_util::StreamExt;
    let header = lines.header(&reader.header());
    let render = move |reader: &Reader, page: Vec<Entry>| {
        let rows: Vec<Vec<String>> = page.iter().map(|entry| reader.row(&entry.contact)).collect();
        lines.lines(rows.iter().map(Vec::as_slice))
    };
    let rest = stream_of(reader, render).into_data_stream();
    Body::from_stream(stream::once(async move { Ok(header) }).chain(rest))
}

async fn workbook(mut reader: Reader) -> Result<Body, ApiError> {
    let failed = |error: ExportError| ApiError::Unavailable { cause: error.to_string() };
    let mut file = WorkbookFile::new(&reader.app.config.data_dir, reader.header()).map_err(failed)?;
    loop {
        let page = reader.next().await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            file.add(&reader.row(&entry.contact)).map_err(failed)?;
        }
    }
    let finished = tokio::task::spawn_blocking(move || file.finish()).await;
    let file = finished.map_err(|_| ApiError::Internal { cause: "writing a workbook panicked".to_owned() })?;
    Ok(Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file.map_err(failed)?))))
}
