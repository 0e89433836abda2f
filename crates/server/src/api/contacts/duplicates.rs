//! Contacts that may be the same person, in groups; and saying that they are different people.
//!
//! What makes contacts alike is `carillon_domain::contact::alike`'s business. A request looks at a bounded part of the
//! book: a page may have fewer groups than asked for, even none, and more of the book behind it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::contact::alike::Likeness;
use carillon_domain::roles::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ContactView;
use crate::api::who::Audited;
use crate::api::{ApiError, App, Json, Page, Paging, Query, Who};
use crate::store::contacts::alike::{self, Group, Look, MEMBERS_MAX, Search};
use crate::store::contacts::different_people;
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError};

/// Contacts of a group that are shown.
const CONTACTS_SHOWN_MAX: usize = 10;
/// Looks at a part of the book in one request.
const LOOKS_MAX: usize = 10;
/// Characters of a key.
const KEY_CHARS_MAX: usize = 254;

/// Which groups.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DuplicatesQuery {
    /// `email`: the same address in a department. `name`: the same name there, whatever its capitals, accents, signs and
    /// order of words. `phone`: the same number in several departments, for administrators.
    #[param(value_type = String, example = "email")]
    by: Likeness,
    /// Those that were said to be different people, instead of the others.
    #[serde(default)]
    ignored: bool,
    /// Groups in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
}

/// Contacts that may be the same person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateGroup {
    #[schema(value_type = String, example = "email")]
    by: Likeness,
    /// What they have in common, folded.
    key: String,
    /// The department they are in; null when they are alike across departments.
    department_id: Option<Uuid>,
    /// How many they are; they are counted up to 100.
    size: usize,
    /// There are more than `size`.
    at_least: bool,
    /// It was said that they are different people.
    ignored: bool,
    /// The ten newest.
    contacts: Vec<ContactView>,
}

impl From<Group> for DuplicateGroup {
    fn from(group: Group) -> Self {
        let size = group.contacts.len();
        Self {
            by: group.by,
            key: group.key,
            department_id: group.department,
            size,
            at_least: size >= MEMBERS_MAX,
            ignored: group.is_ignored,
            contacts: group.contacts.into_iter().take(CONTACTS_SHOWN_MAX).map(ContactView::from).collect(),
        }
    }
}

/// Groups of contacts that may be the same person. A page may be short, or empty, before the end: read on while
/// `next_cursor` is not null.
#[utoipa::path(get, path = "/api/v1/contacts/duplicates", tag = "contacts", operation_id = "duplicates",
    params(DuplicatesQuery),
    responses((status = 200, body = Page<DuplicateGroup>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<DuplicatesQuery>,
) -> Result<Json<Page<DuplicateGroup>>, ApiError> {
    let scope = who.may(Action::ReadContacts)?;
    check_reach(scope, query.by)?;
    let paging = Paging::<String>::parse(query.limit, query.cursor.as_deref())?;
    let wanted = usize::from(paging.limit);
    let (mut groups, mut after) = (Vec::new(), paging.after);
    for _ in 0..LOOKS_MAX {
        let search = Search { by: query.by, ignored: query.ignored, after, groups_max: wanted - groups.len() };
        let look: Look = app.store.read(move |tx| alike::look(tx, scope, &search)).await.map_err(ApiError::from)?;
        groups.extend(look.groups);
        after = look.next;
        if after.is_none() || groups.len() >= wanted {
            break;
        }
    }
    Ok(Json(Page::up_to(groups.into_iter().map(DuplicateGroup::from).collect(), after)))
}

/// The same number in several departments is seen by those who see all departments.
fn check_reach(scope: Scope, by: Likeness) -> Result<(), ApiError> {
    let is_beyond = by == Likeness::Phone && !scope.is_whole();
    if is_beyond { Err(ApiError::field("by", "phone is for administrators, who see every department")) } else { Ok(()) }
}

/// A group, and whether it is one of different people.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferentPeople {
    #[schema(value_type = String, example = "email")]
    by: Likeness,
    /// As the group has it.
    #[schema(max_length = 254)]
    key: String,
    /// As the group has it.
    department_id: Option<Uuid>,
    /// False takes it back.
    #[serde(default = "yes")]
    ignored: bool,
}

const fn yes() -> bool {
    true
}

/// Says that the contacts of a group are different people, so that it is shown no more until somebody new is alike; or
/// takes that back.
#[utoipa::path(post, path = "/api/v1/contacts/duplicates/ignore", tag = "contacts", operation_id = "ignore_duplicates",
    request_body = DifferentPeople,
    responses((status = 204), (status = 404, description = "There is no such group (any more)")))]
pub async fn ignore(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<DifferentPeople>,
) -> Result<StatusCode, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    check_reach(scope, given.by)?;
    if given.key.chars().count() > KEY_CHARS_MAX {
        return Err(ApiError::field("key", format!("must have at most {KEY_CHARS_MAX} characters")));
    }
    let now = app.clock.now();
    let said = app.store.write(Lane::Pages, move |tx| {
        let group = alike::find(tx, scope, (given.by, given.department_id), &given.key)?;
        let group = group.ok_or(ApiError::NotFound("group"))?;
        let organization = who.organization();
        let before = different_people::are(tx, organization, &group)?;
        if given.ignored {
            different_people::say(tx, organization, &group, (&who.actor(), now))?;
        } else {
            different_people::unsay(tx, organization, &group)?;
        }
        let (by, key, department) = (given.by, given.key.as_str(), given.department_id);
        let told = |ignored: bool| -> Value {
            json!({ "by": by, "key": key, "department_id": department, "ignored": ignored })
        };
        let what = Audited {
            action: "contacts.duplicates_ignored",
            subject: "contacts".to_owned(),
            before: told(before),
            after: told(given.ignored),
        };
        who.audit(tx, what, now).map_err(|e: StoreError| ApiError::from(e))
    });
    said.await.map(|()| StatusCode::NO_CONTENT)
}
