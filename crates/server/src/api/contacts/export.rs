//! Contacts as a file: CSV, Excel and vCard.
//!
//! Pages are read by key, each in a short snapshot, so that an export of any length holds nothing up. How tables leave
//! is [`crate::api::exports`]' business; what they hold comes back the same through an import.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use carillon_domain::contact::Contact;
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::import::join_tags;
use carillon_domain::roles::Action;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::{self, FilterParams, Filtered};
use crate::api::exports::{self, Table};
use crate::api::who::Audited;
use crate::api::{ApiError, App, Who};
use crate::export::{CellStyle, Page};
use crate::store::contacts::filter::{Found, Place};
use crate::store::contacts::{self, Entry, field_names};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError};

mod vcard;

/// Contacts read at a time.
const CONTACTS_PER_PAGE: u32 = 500;
/// Columns of custom fields.
const CUSTOM_COLUMNS_MAX: usize = 200;
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
    /// Cells of CSV: `spreadsheet` (default) keeps any from being a formula, `raw` leaves them as they are. Both come
    /// back through an import as they were.
    #[serde(default, alias = "cells")]
    #[param(value_type = Option<String>, example = "spreadsheet")]
    style: CellStyle,
}

/// Contacts that meet all conditions as a file, in the order of the list and by the same filter.
#[utoipa::path(get, path = "/api/v1/contacts/export", tag = "contacts", params(ExportQuery, FilterParams),
    responses((status = 200, content((String = "text/csv"), (String = "text/vcard"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export(
    State(app): State<Arc<App>>,
    who: Who,
    Filtered { filter, rest: query }: Filtered<ExportQuery>,
) -> Result<Response, ApiError> {
    let scope = who.may(Action::ExportContacts)?;
    let now = app.clock.now();
    let noted = app.store.write(Lane::Pages, move |tx| {
        let filter = filter::of_list(tx, who.organization(), filter.clone())?;
        let after = json!(filter);
        let what = Audited { action: "contacts.exported", subject: "contacts".to_owned(), before: Value::Null, after };
        who.audit(tx, what, now)?;
        Ok::<_, ApiError>(filter)
    });
    let filter = noted.await?;
    let folder = app.config.data_dir.clone();
    let reader = Reader { app, scope, filter, after: None, custom: Vec::new(), is_done: false };
    let body = match query.format {
        Format::Csv => exports::csv(reader, query.style),
        Format::Vcf => cards(reader),
        Format::Xlsx => exports::workbook(reader, folder).await?,
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
    /// Where the last page ended.
    after: Option<Place>,
    /// The names of custom fields, each a column.
    custom: Vec<String>,
    is_done: bool,
}

impl Reader {
    /// The next page with anybody on it. Where few of many contacts are wanted, a look may find nobody.
    async fn page(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        while !self.is_done {
            let (scope, filter, after) = (self.scope, self.filter.clone(), self.after);
            let look =
                self.app.store.read(move |tx| contacts::filter::page(tx, scope, &filter, after, CONTACTS_PER_PAGE));
            let found: Found = look.await?;
            self.after = found.go_on(CONTACTS_PER_PAGE);
            self.is_done = self.after.is_none();
            if !found.entries.is_empty() {
                return Ok(Some(found.entries.into_iter().map(|(_, entry)| entry).collect()));
            }
        }
        Ok(None)
    }

    /// The names of the custom fields that contacts have, in alphabetical order.
    async fn field_names(&self) -> Result<Vec<String>, StoreError> {
        let (mut names, mut after) = (BTreeSet::new(), Some(Uuid::nil()));
        while let Some(from) = after.filter(|_| names.len() < CUSTOM_COLUMNS_MAX) {
            let scope = self.scope;
            let look = self.app.store.read(move |tx| field_names::some(tx, scope, from));
            let (found, last): (Vec<String>, _) = look.await?;
            names.extend(found);
            after = last;
        }
        Ok(names.into_iter().take(CUSTOM_COLUMNS_MAX).collect())
    }
}

impl Table for Reader {
    async fn header(&mut self) -> Result<Vec<String>, StoreError> {
        self.custom = self.field_names().await?;
        Ok(COLUMNS.into_iter().map(str::to_owned).chain(self.custom.iter().cloned()).collect())
    }

    async fn next(&mut self) -> Result<Option<Page>, StoreError> {
        let page = self.page().await?;
        Ok(page.map(|page| page.iter().map(|entry| row(&entry.contact, &self.custom)).collect()))
    }
}

fn row(contact: &Contact, custom: &[String]) -> Vec<String> {
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let own = [
        contact.name.clone(),
        contact.first_name.clone(),
        contact.last_name.clone(),
        contact.phone.to_string(),
        contact.email.clone(),
        contact.company.clone(),
        contact.notes.clone(),
        join_tags(&contact.tags),
        contact.timezone.as_ref().map(ToString::to_string).unwrap_or_default(),
        some(&contact.language),
        some(&contact.postal_code),
        some(&contact.state),
    ];
    let custom = custom.iter().map(|name| contact.custom.get(name).map(ToString::to_string).unwrap_or_default());
    own.into_iter().chain(custom).collect()
}

/// A body of vCards, a page at a time.
fn cards(reader: Reader) -> Body {
    Body::from_stream(stream::unfold(Some(reader), |reader| async move {
        let mut reader = reader?;
        match reader.page().await {
            Ok(page) => page.map(|page| (Ok::<_, StoreError>(vcard::cards(page)), Some(reader))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

#[cfg(test)]
mod tests;
