//! Saved filters: kept by a person, shared with colleagues of their departments when they like.
//!
//! Whoever sees a filter may use it; only its owner changes it. Nothing is done by saving one: the filter goes with the
//! request that uses it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::roles::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::{self, FilterSchema};
use crate::api::session::ListQuery;
use crate::api::who::Audited;
use crate::api::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, checks};
use crate::store::contact_filters::{self, FILTERS_MAX, SavedFilter};
use crate::store::scope::Scope;
use crate::store::{Lane, Tx};

const UNKNOWN: ApiError = ApiError::NotFound("saved filter");

/// A saved filter.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SavedContactFilter)]
pub struct SavedView {
    id: Uuid,
    version: i64,
    /// Unique among those of its owner.
    name: String,
    #[schema(value_type = FilterSchema)]
    filter: ContactFilter,
    /// Colleagues of the owner's departments see it.
    is_shared: bool,
    /// It is one's own, and may be changed.
    is_own: bool,
}

impl SavedView {
    fn of(saved: SavedFilter, who: &Who) -> Self {
        let SavedFilter { id, user, version, name, filter, is_shared, .. } = saved;
        Self { id, version, name, filter, is_shared, is_own: user == who.user.id }
    }
}

/// A filter to save.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedFilter {
    name: String,
    #[schema(value_type = FilterSchema)]
    filter: ContactFilter,
    #[serde(default)]
    is_shared: bool,
}

/// What to change about a saved filter.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedFilterChange {
    version: i64,
    name: Option<String>,
    #[schema(value_type = Option<FilterSchema>)]
    filter: Option<ContactFilter>,
    is_shared: Option<bool>,
}

/// One's own saved filters, and those that colleagues share, by name.
#[utoipa::path(get, path = "/api/v1/contact-filters", tag = "contacts", operation_id = "saved_filters",
    params(ListQuery), responses((status = 200, body = Page<SavedView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<SavedView>>, ApiError> {
    let (scope, user) = (who.may(Action::ReadContacts)?, who.user.id);
    let paging = Paging::<(String, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows) = (paging.after.clone(), paging.rows());
    let found = app.store.read(move |tx| contact_filters::page(tx, (scope, user), after.as_ref(), rows)).await;
    let key = |saved: &SavedFilter| (saved.name.clone(), saved.id);
    Ok(Json(Page::of(&paging, found.map_err(ApiError::from)?, key, |saved| SavedView::of(saved, &who))))
}

/// Saves a filter.
#[utoipa::path(post, path = "/api/v1/contact-filters", tag = "contacts", operation_id = "save_filter",
    request_body = NewSavedFilter, responses((status = 201, body = SavedView),
        (status = 409, description = "As many are saved as one person may")))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewSavedFilter>,
) -> Result<Created<SavedView>, ApiError> {
    who.may(Action::ReadContacts)?;
    let (name, now) = (checked(&given.name)?, app.clock.now());
    let id = app.chance.id(now);
    let view = app.store.write(Lane::Pages, move |tx| {
        check_room(contact_filters::count(tx, who.user.id)?)?;
        let filter = filter::of_choice(tx, who.organization(), given.filter.clone())?;
        let saved = SavedFilter {
            id,
            user: who.user.id,
            version: 1,
            name: name.clone(),
            filter,
            is_shared: given.is_shared,
            created_at: now,
        };
        if !contact_filters::insert(tx, who.organization(), &saved)? {
            return Err(ApiError::field("name", "is the name of another filter of yours"));
        }
        let view = SavedView::of(saved, &who);
        let (action, after) = ("contact_filter.created", json!(view));
        who.audit(tx, Audited { action, subject: subject(id), before: Value::Null, after }, now)?;
        Ok(view)
    });
    view.await.map(Created)
}

/// Changes a saved filter of one's own.
#[utoipa::path(patch, path = "/api/v1/contact-filters/{id}", tag = "contacts", operation_id = "change_filter",
    params(("id" = String, Path)), request_body = SavedFilterChange, responses((status = 200, body = SavedView)))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<SavedFilterChange>,
) -> Result<Json<SavedView>, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    let name = given.name.as_deref().map(checked).transpose()?;
    let now = app.clock.now();
    let view = app.store.write(Lane::Pages, move |tx| {
        let mut saved = lock_own(tx, &who, scope, id)?;
        let before = SavedView::of(saved.clone(), &who);
        if given.version != saved.version {
            return Err(ApiError::stale(&before));
        }
        if let Some(filter) = given.filter.clone() {
            saved.filter = filter::of_choice(tx, who.organization(), filter)?;
        }
        saved.name = name.clone().unwrap_or(saved.name);
        saved.is_shared = given.is_shared.unwrap_or(saved.is_shared);
        if !contact_filters::save(tx, &mut saved)? {
            return Err(ApiError::field("name", "is the name of another filter of yours"));
        }
        let view = SavedView::of(saved, &who);
        let (before, after) = (json!(before), json!(view));
        who.audit(tx, Audited { action: "contact_filter.changed", subject: subject(id), before, after }, now)?;
        Ok(view)
    });
    view.await.map(Json)
}

/// Removes a saved filter of one's own.
#[utoipa::path(delete, path = "/api/v1/contact-filters/{id}", tag = "contacts", operation_id = "remove_filter",
    params(("id" = String, Path)), responses((status = 204)))]
pub async fn remove(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    let now = app.clock.now();
    let removed = app.store.write(Lane::Pages, move |tx| {
        let saved = lock_own(tx, &who, scope, id)?;
        contact_filters::delete(tx, id)?;
        let (action, before) = ("contact_filter.deleted", json!(SavedView::of(saved, &who)));
        Ok::<_, ApiError>(who.audit(tx, Audited { action, subject: subject(id), before, after: Value::Null }, now)?)
    });
    removed.await.map(|()| StatusCode::NO_CONTENT)
}

fn lock_own(tx: &mut Tx<'_>, who: &Who, scope: Scope, id: Uuid) -> Result<SavedFilter, ApiError> {
    let saved = contact_filters::lock(tx, (scope, who.user.id), id)?.ok_or(UNKNOWN)?;
    match saved.user == who.user.id {
        true => Ok(saved),
        false => Err(ApiError::Forbidden("a filter is changed by whoever saved it".to_owned())),
    }
}

fn checked(name: &str) -> Result<String, ApiError> {
    let mut errors = Vec::new();
    let name = checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX);
    ApiError::unless_valid(errors).map(|()| name)
}

fn check_room(in_use: i64) -> Result<(), ApiError> {
    if in_use < FILTERS_MAX {
        return Ok(());
    }
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let detail = "one person may save so many filters; remove one first".to_owned();
    Err(ApiError::LimitReached { limit: count(FILTERS_MAX), in_use: count(in_use), detail })
}

fn subject(id: Uuid) -> String {
    format!("contact_filter:{id}")
}
