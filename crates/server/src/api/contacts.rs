//! Contacts: listed and searched, written, removed where nobody waits to be called.
//!
//! A contact tagged `DNC` is on the do-not-call list in the same transaction. Many at once are in [`bulk`], which ones are
//! meant in [`filter`], files in [`export`], the calls to one in [`history`], their tags in [`tags`]; lists that people bring are imports.

pub(super) mod actions;
mod body;
pub(super) mod bulk;
pub(super) mod duplicates;
pub(super) mod export;
pub(super) mod filter;
pub(super) mod history;
pub(super) mod merge;
pub(super) mod saved;
pub(super) mod tags;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::contact::ZoneSource;
use carillon_domain::country_code::CountryCode;
use carillon_domain::custom_field::{CustomFields, Notation};
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use filter::{FilterParams, Filtered};

pub use body::{ContactChange, ContactView, NewContact};

use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Who, belongs};
use crate::store::contacts::{self, Entry, filter::Place, hold, usage};
use crate::store::{Lane, StoreError, Tx, custom_fields, limiters, organizations};

/// What a number that somebody else of the department has gets to hear.
const TAKEN: &str = "is the number of another contact of the department";

/// Which contacts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
}

/// Contacts that meet all conditions; up to three custom fields may be asked of as `custom.KEY=VALUE`. Newest first; those
/// last called first, where calls alone are asked of. A page may be shorter than asked for when few of many contacts meet
/// the conditions: there is more as long as `next_cursor` is not null.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "contacts", params(ListQuery, FilterParams),
    responses((status = 200, body = Page<ContactView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Filtered { filter, rest: query }: Filtered<ListQuery>,
) -> Result<Json<Page<ContactView>>, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    let paging = Paging::<Place>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows) = (paging.after, paging.rows());
    let found = app.store.read(move |tx| {
        let filter = filter::of_list(tx, who.organization(), filter.clone())?;
        Ok::<_, ApiError>(contacts::filter::page(tx, scope, &filter, after, rows)?)
    });
    let found = found.await?;
    let page = Page::of(&paging, found.entries, |(place, _)| *place, |(_, entry)| ContactView::from(entry));
    Ok(Json(page.or_from(found.next)))
}

/// One contact.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", params(("id" = String, Path)),
    responses((status = 200, body = ContactView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<ContactView>, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    let found = app.store.read(move |tx| contacts::find(tx, scope, id)).await.map_err(ApiError::from)?;
    found.map(|entry| Json(entry.into())).ok_or(ApiError::NotFound("contact"))
}

/// Adds a contact.
#[utoipa::path(post, path = "/api/v1/contacts", tag = "contacts", request_body = NewContact,
    responses((status = 201, body = ContactView)))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewContact>,
) -> Result<Created<ContactView>, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let now = app.clock.now();
    let id = app.chance.id(now);
    let view = app.store.write(Lane::Pages, move |tx| {
        let department = belongs::department(tx, &who, scope, given.department_id)?;
        let contact = given.check(&Rules::load(tx, who.organization())?)?;
        let entry = new_entry(&who, department, id, contact, now);
        hold(tx, &entry, &who.actor(), now)?;
        if !contacts::insert(tx, &entry)? {
            return Err(ApiError::field("phone", TAKEN));
        }
        let view = ContactView::from(entry);
        let after = json!(view);
        who.audit(tx, Audited { action: "contact.created", subject: subject(id), before: Value::Null, after }, now)?;
        Ok(view)
    });
    view.await.map(Created)
}

/// Changes a contact.
#[utoipa::path(patch, path = "/api/v1/contacts/{id}", tag = "contacts", params(("id" = String, Path)),
    request_body = ContactChange, responses((status = 200, body = ContactView)))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<ContactChange>,
) -> Result<Json<ContactView>, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let now = app.clock.now();
    let view = app.store.write(Lane::Pages, move |tx| {
        if given.tags.is_some() || given.phone.is_some() {
            // It may end on the do-not-call list, whose row is the first in the lock order.
            limiters::lock(tx, &limiters::of_organization(who.organization()))?;
        }
        let mut entry = contacts::lock(tx, scope, id)?.ok_or(ApiError::NotFound("contact"))?;
        let before = ContactView::from(entry.clone());
        if given.version != entry.version {
            return Err(ApiError::stale(&before));
        }
        given.clone().apply(&mut entry, &Rules::load(tx, who.organization())?)?;
        if given.tags.is_some() || given.phone.is_some() {
            hold(tx, &entry, &who.actor(), now)?;
        }
        if !contacts::save(tx, &mut entry, now)? {
            return Err(ApiError::field("phone", TAKEN));
        }
        let view = ContactView::from(entry);
        let (before, after) = (json!(before), json!(view));
        who.audit(tx, Audited { action: "contact.changed", subject: subject(id), before, after }, now)?;
        Ok(view)
    });
    view.await.map(Json)
}

/// Removes a contact. The history of its calls stays, without the link.
#[utoipa::path(delete, path = "/api/v1/contacts/{id}", tag = "contacts", params(("id" = String, Path)),
    responses((status = 204), (status = 409, description = "A campaign that runs still has to call it")))]
pub async fn remove(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let now = app.clock.now();
    let removed = app.store.write(Lane::Pages, move |tx| {
        let entry = contacts::find(tx, scope, id)?.ok_or(ApiError::NotFound("contact"))?;
        if let Some(status) = usage::release(tx, id)? {
            let detail = "the contact is still to be called by a campaign; remove it there first".to_owned();
            return Err(ApiError::StateConflict { state: status.as_str(), actions: Vec::new(), detail });
        }
        contacts::delete(tx, id)?;
        let before = json!(ContactView::from(entry));
        who.audit(tx, Audited { action: "contact.deleted", subject: subject(id), before, after: Value::Null }, now)?;
        Ok(())
    });
    removed.await.map(|()| StatusCode::NO_CONTENT)
}

fn subject(id: Uuid) -> String {
    format!("contact:{id}")
}

/// By which what is said about contacts is read: where numbers are from, and the definitions of custom fields.
#[derive(Debug, Clone)]
pub struct Rules {
    pub country: CountryCode,
    pub fields: CustomFields,
}

impl Rules {
    pub(in crate::api) fn load(tx: &mut Tx<'_>, organization: Uuid) -> Result<Self, StoreError> {
        let found = organizations::find(tx, organization)?;
        let found = found.ok_or_else(|| StoreError::Corrupt("a person without organization".to_owned()))?;
        Ok(Self { country: found.settings.default_country, fields: custom_fields::all(tx, organization)? })
    }

    fn notation(&self) -> Notation {
        Notation::of(&self.country)
    }
}

fn new_entry(
    who: &Who,
    department: Uuid,
    id: Uuid,
    contact: carillon_domain::contact::Contact,
    now: Timestamp,
) -> Entry {
    Entry {
        id,
        organization: who.organization(),
        department,
        version: 1,
        contact,
        timezone_is: ZoneSource::Stated,
        import: None,
        created_at: now,
        updated_at: now,
    }
}
