//! Tags: listed with their contacts, renamed, merged, taken away from everybody.
//!
//! Tags are the same whatever their capitals. A change goes contact by contact, in short transactions, each within the
//! scope of the one who asks. The do-not-call list is never shortened here: a number that came there by the tag `DNC`
//! stays when the tag goes.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::contact::{DO_NOT_CALL_TAG, check_tags};
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::hold;
use crate::api::who::Audited;
use crate::api::{ApiError, App, Json, Page, Paging, Query, Who, checks};
use crate::store::contacts::search::{self, ContactFilter};
use crate::store::contacts::tags::{self, Tag, TagFilter};
use crate::store::contacts::{self, many};
use crate::store::scope::Scope;
use crate::store::{Lane, Tx, limiters};

/// Contacts in one transaction, so that dialing never waits for more.
const CONTACTS_PER_WRITE_MAX: u32 = 250;
/// Contacts that one request changes; of more it says so.
const CONTACTS_CHANGED_MAX: u64 = 100_000;

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagItem {
    /// In lower case, as tags are compared.
    tag: String,
    /// Contacts that have it; they are counted up to 10,000.
    contacts: i64,
    /// There are more than `contacts`.
    at_least: bool,
}

impl From<Tag> for TagItem {
    fn from(tag: Tag) -> Self {
        Self { tag: tag.name, contacts: tag.contacts, at_least: tag.has_more }
    }
}

/// Which tags.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TagsQuery {
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
    /// How the tag begins. It is looked for among the next 10,000 tags of a department.
    q: Option<String>,
}

/// The tags of contacts, in alphabetical order.
#[utoipa::path(get, path = "/api/v1/tags", tag = "tags", params(TagsQuery),
    responses((status = 200, body = Page<TagItem>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<TagsQuery>,
) -> Result<Json<Page<TagItem>>, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    checks::search("q", query.q.as_ref())?;
    let paging = Paging::<String>::parse(query.limit, query.cursor.as_deref())?;
    let prefix = query.q.unwrap_or_default();
    let filter = TagFilter { prefix, after: paging.after.clone(), limit: paging.rows() };
    let found = app.store.read(move |tx| tags::page(tx, scope, &filter)).await.map_err(ApiError::from)?;
    let mut page = Page::of(&paging, found, |tag| tag.name.clone(), TagItem::from);
    page.items.retain(|item| item.contacts > 0);
    Ok(Json(page))
}

/// A tag and its new name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagRenaming {
    from: String,
    /// When there is such a tag already, both become this one.
    to: String,
}

/// A tag.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagRemoval {
    tag: String,
}

/// What became of the contacts that had a tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagsChanged {
    /// How many were changed.
    contacts: u64,
    /// There are others left: ask again.
    more: bool,
}

/// Renames a tag of all contacts that one may edit; when the other exists, the two become one. Contacts renamed to
/// `DNC` come on the do-not-call list; renaming `DNC` takes nobody off it. Contacts of an import that still runs keep
/// their tags.
#[utoipa::path(post, path = "/api/v1/tags/rename", tag = "tags", request_body = TagRenaming,
    responses((status = 200, body = TagsChanged)))]
pub async fn rename(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<TagRenaming>,
) -> Result<Json<TagsChanged>, ApiError> {
    let (from, to) = (tidied("from", given.from)?, tidied("to", given.to)?);
    change_all(&app, &who, Change { from, to: Some(to) }).await.map(Json)
}

/// Takes a tag away from all contacts that one may edit. Taking `DNC` away takes no number off the do-not-call list.
/// Contacts of an import that still runs keep their tags.
#[utoipa::path(post, path = "/api/v1/tags/delete", tag = "tags", request_body = TagRemoval,
    responses((status = 200, body = TagsChanged)))]
pub async fn delete(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<TagRemoval>,
) -> Result<Json<TagsChanged>, ApiError> {
    let from = tidied("tag", given.tag)?;
    change_all(&app, &who, Change { from, to: None }).await.map(Json)
}

fn tidied(field: &'static str, tag: String) -> Result<String, ApiError> {
    let first = |errors: Vec<carillon_domain::field_error::FieldError>| {
        let message = errors.into_iter().next().map_or_else(String::new, |error| error.message);
        ApiError::field(field, message)
    };
    let tags = check_tags(&[tag]).map_err(first)?;
    tags.into_iter().next().ok_or_else(|| ApiError::field(field, "is required"))
}

/// What a tag becomes; nothing: it goes.
#[derive(Debug, Clone)]
struct Change {
    from: String,
    to: Option<String>,
}

/// How far one transaction came.
struct Batch {
    changed: u64,
    /// The contact after which the next begins; nothing: there are no more.
    next: Option<Uuid>,
}

/// Changes batch after batch. A server that dies between two leaves the rest as it was, and asking again goes on.
async fn change_all(app: &App, who: &Who, change: Change) -> Result<TagsChanged, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let (mut contacts, mut after) = (0, None);
    while contacts < CONTACTS_CHANGED_MAX {
        let tag = Some(change.from.clone());
        let filter = ContactFilter { q: None, tag, after, limit: CONTACTS_PER_WRITE_MAX };
        let (who, change, now, is_first) = (who.clone(), change.clone(), app.clock.now(), contacts == 0);
        let batch = app.store.write(Lane::Pages, move |tx| {
            let batch = change.some(tx, &who, (scope, &filter), now)?;
            // With the first of them, so that nothing changes without a trace.
            if is_first && batch.changed > 0 {
                change.audit(tx, &who, now)?;
            }
            Ok::<_, ApiError>(batch)
        });
        let batch = batch.await?;
        contacts += batch.changed;
        if batch.next.is_none() {
            return Ok(TagsChanged { contacts, more: false });
        }
        after = batch.next;
    }
    Ok(TagsChanged { contacts, more: true })
}

impl Change {
    fn lists(&self) -> bool {
        self.to.as_ref().is_some_and(|tag| tag.eq_ignore_ascii_case(DO_NOT_CALL_TAG))
    }

    /// Changes the next contacts.
    fn some(
        &self,
        tx: &mut Tx<'_>,
        who: &Who,
        (scope, filter): (Scope, &ContactFilter),
        now: Timestamp,
    ) -> Result<Batch, ApiError> {
        if self.lists() {
            // They end on the do-not-call list, whose row is the first in the lock order.
            limiters::lock(tx, &limiters::of_organization(who.organization()))?;
        }
        let page = search::page(tx, scope, filter)?;
        let next = page.go_on(filter.limit);
        let mut ids: Vec<Uuid> = page.entries.into_iter().map(|entry| entry.id).collect();
        ids.sort_unstable();
        let mut entries = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(mut entry) = contacts::lock(tx, scope, id)? else { continue };
            if entry.contact.replace_tag(&self.from, self.to.as_deref()) {
                entries.push(entry);
            }
        }
        if self.lists() {
            for entry in &entries {
                hold(tx, entry, &who.actor(), now)?;
            }
        }
        many::update(tx, &mut entries, now)?;
        Ok(Batch { changed: entries.len() as u64, next })
    }

    fn audit(&self, tx: &mut Tx<'_>, who: &Who, now: Timestamp) -> Result<(), ApiError> {
        let action = if self.to.is_some() { "tag.renamed" } else { "tag.deleted" };
        let (subject, before) = (format!("tag:{}", self.from.to_lowercase()), json!({ "tag": self.from }));
        let after = self.to.as_ref().map_or(Value::Null, |tag| json!({ "tag": tag }));
        Ok(who.audit(tx, Audited { action, subject, before, after }, now)?)
    }
}
