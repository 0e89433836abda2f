//! The do-not-call list: numbers that are never dialed, with who asked for it and why.
//!
//! A change takes the row that claims take, too, so that a number on the list at the moment of dialing is not
//! dialed. Taking a number off needs a reason, and both are kept for good.

pub(super) mod export;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::country_code::CountryCode;
use carillon_domain::field_error::FieldError;
use carillon_domain::phone_number::PhoneNumber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::who::Audited;
use super::{ApiError, App, Created, Json, Page, Paging, Query, Who, checks};
use crate::store::do_not_call::{self, Entry, Listed};
use crate::store::{Lane, StoreError, Tx, actors, organizations};

/// Characters of a reason.
const REASON_CHARS_MAX: usize = 500;
/// Characters of a search.
const SEARCH_CHARS_MAX: usize = 40;
/// How an entry made through this door came here.
const SOURCE: &str = "page";

/// A number that must not be called.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EntryView {
    #[schema(example = "+12025550143")]
    phone: String,
    reason: String,
    /// How it came here: `page`, `import`, `key_press`, `handset`, `tag`.
    source: String,
    /// Who added it: `user:ID`, `token:ID`, or the call that a key was pressed in.
    added_by: String,
    /// Their name now, or their e-mail address; null when no person added it.
    added_by_name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

impl EntryView {
    fn new(entry: Entry, names: &HashMap<String, String>) -> Self {
        let Entry { phone, reason, source, added_by, added_at } = entry;
        let added_by_name = names.get(&added_by).cloned();
        Self { phone, reason, source, added_by, added_by_name, added_at }
    }

    /// An entry with the name of whoever added it.
    fn of(tx: &mut Tx<'_>, who: &Who, entry: Entry) -> Result<Self, StoreError> {
        let names = actors::names(tx, who.organization(), std::iter::once(entry.added_by.as_str()))?;
        Ok(Self::new(entry, &names))
    }
}

/// A number and why it is added or removed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberAndReason {
    /// As people write it; the organization's default country is assumed.
    #[schema(example = "+12025550143")]
    phone: String,
    #[schema(max_length = 500)]
    reason: String,
}

/// Which part of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    limit: Option<u16>,
    cursor: Option<String>,
    /// Digits that the number contains, or a part of the reason.
    q: Option<String>,
}

fn check_search(q: Option<String>) -> Result<String, ApiError> {
    let search = q.unwrap_or_default().trim().to_owned();
    if search.chars().count() > SEARCH_CHARS_MAX {
        return Err(ApiError::field("q", format!("must have at most {SEARCH_CHARS_MAX} characters")));
    }
    Ok(search)
}

/// The list, newest first.
#[utoipa::path(get, path = "/api/v1/do-not-call", tag = "do-not-call", params(ListQuery),
    responses((status = 200, body = Page<EntryView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<EntryView>>, ApiError> {
    let paging = Paging::<(Timestamp, String)>::parse(query.limit, query.cursor.as_deref())?;
    let search = check_search(query.q)?;
    let listed = Listed { search, after: paging.after.clone(), rows: paging.rows() };
    let found = app.store.read(move |tx| {
        let page = do_not_call::page(tx, who.organization(), &listed)?;
        let names = actors::names(tx, who.organization(), page.iter().map(|entry| entry.added_by.as_str()))?;
        Ok((page, names))
    });
    let (entries, names) = found.await.map_err(|e: StoreError| ApiError::from(e))?;
    let key = |entry: &Entry| (entry.added_at, entry.phone.clone());
    Ok(Json(Page::of(&paging, entries, key, |entry| EntryView::new(entry, &names))))
}

/// Adds a number. One that is listed already stays as it is (200).
#[utoipa::path(post, path = "/api/v1/do-not-call", tag = "do-not-call", request_body = NumberAndReason,
    responses((status = 201, body = EntryView), (status = 200, body = EntryView)))]
pub async fn add(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NumberAndReason>,
) -> Result<Result<Created<EntryView>, Json<EntryView>>, ApiError> {
    let entry = entry(&app, &who, &given).await?;
    let now = entry.added_at;
    let (added, view) = app
        .store
        .write(Lane::Pages, move |tx| {
            if !do_not_call::add(tx, who.organization(), &entry)? {
                let known = do_not_call::find(tx, who.organization(), &entry.phone)?;
                let known = known.unwrap_or_else(|| entry.clone());
                return Ok::<_, ApiError>((false, EntryView::of(tx, &who, known)?));
            }
            let view = EntryView::of(tx, &who, entry.clone())?;
            let subject = "do_not_call".to_owned();
            who.audit(
                tx,
                Audited { action: "do_not_call.added", subject, before: Value::Null, after: json!(view) },
                now,
            )?;
            Ok((true, view))
        })
        .await?;
    app.nudge();
    Ok(if added { Ok(Created(view)) } else { Err(Json(view)) })
}

/// Removes a number.
#[utoipa::path(post, path = "/api/v1/do-not-call/remove", tag = "do-not-call", request_body = NumberAndReason,
    responses((status = 204), (status = 404, description = "The number is not on the list")))]
pub async fn remove(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NumberAndReason>,
) -> Result<StatusCode, ApiError> {
    let entry = entry(&app, &who, &given).await?;
    let now = entry.added_at;
    let removed = app.store.write(Lane::Pages, move |tx| {
        let removed = do_not_call::remove(tx, who.organization(), &entry)?.ok_or(ApiError::NotFound("number"))?;
        let (before, after) = (json!(EntryView::of(tx, &who, removed)?), json!({ "reason": entry.reason }));
        let subject = "do_not_call".to_owned();
        who.audit(tx, Audited { action: "do_not_call.removed", subject, before, after }, now)?;
        Ok::<_, ApiError>(())
    });
    removed.await?;
    app.nudge();
    Ok(StatusCode::NO_CONTENT)
}

/// What was given, checked: the number in E.164, the reason on one line.
async fn entry(app: &App, who: &Who, given: &NumberAndReason) -> Result<Entry, ApiError> {
    let organization = who.organization();
    let found = app.store.read(move |tx| organizations::find(tx, organization)).await.map_err(ApiError::from)?;
    let country = found.map_or(CountryCode::US, |organization| organization.settings.default_country);
    let mut errors = Vec::new();
    let reason = checks::line(&mut errors, "reason", &given.reason, REASON_CHARS_MAX);
    let phone = match PhoneNumber::parse(&given.phone, &country) {
        Ok(phone) => phone.as_str().to_owned(),
        Err(error) => {
            errors.insert(0, FieldError::new("phone", error.to_string()));
            String::new()
        }
    };
    ApiError::unless_valid(errors)?;
    Ok(Entry { phone, reason, source: SOURCE.to_owned(), added_by: who.actor(), added_at: app.clock.now() })
}
