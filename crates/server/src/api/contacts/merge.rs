//! Merging contacts that are the same person into one of them.
//!
//! What the survivor says afterwards is `carillon_domain::contact::merge`'s business. No number leaves the do-not-call
//! list: the list is one of numbers, and a number that the survivor does not take over is kept in its notes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::contact::Contact;
use carillon_domain::contact::merge::Choices;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ContactView, TAKEN, hold, subject};
use crate::api::who::Audited;
use crate::api::{ApiError, App, Json, Who};
use crate::store::contacts::{Entry, merge};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx, limiters};

/// Contacts that are merged into one at once.
const FROM_MAX: usize = 20;
/// Calls of the past that one transaction moves.
const MOVED_PER_WRITE_MAX: u32 = 500;
/// Fields that are chosen.
const FIELDS_MAX: usize = 120;

/// Contacts that are the same person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The one that stays.
    into: Uuid,
    /// Its version.
    version: i64,
    /// Those that become part of it, 1 to 20 of the same department.
    from: Vec<Uuid>,
    /// Whose word is taken, by field (`name`, `phone`, `email`, `company`, `timezone`, `language`, `postal_code`,
    /// `state`, `custom.KEY`). Left out: the survivor's, or the first of the others that has one.
    #[serde(default)]
    #[schema(value_type = Object)]
    fields: BTreeMap<String, Uuid>,
}

/// Merges contacts into one: tags are united, notes joined, empty fields filled; calls and enrollments hang on the
/// survivor. Of several recipients of a run who are now one person those not yet called are suppressed as `duplicate`. No
/// number leaves the do-not-call list; the tag `DNC` of any of them puts the survivor's number on it, too.
#[utoipa::path(post, path = "/api/v1/contacts/merge", tag = "contacts", request_body = Merge,
    responses((status = 200, body = ContactView),
        (status = 409, description = "The survivor was changed since, or one of them is being called")))]
pub async fn merge(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<Merge>,
) -> Result<Json<ContactView>, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    given.check()?;
    let now = app.clock.now();
    let asked = Arc::new(given);
    // Looked at once before anything moves; a server that dies while the past moves leaves calls on the survivor, and
    // asking again goes on.
    let (first, asks) = (Arc::clone(&asked), who.clone());
    app.store.write(Lane::Pages, move |tx| prepare(tx, &asks, (scope, &first)).map(drop)).await?;
    for from in asked.from.iter().copied() {
        let into = asked.into;
        let unit = move |tx: &mut Tx<'_>| merge::move_history(tx, (from, into), MOVED_PER_WRITE_MAX);
        while app.store.write(Lane::Pages, unit).await.map_err(|e: StoreError| ApiError::from(e))?
            == u64::from(MOVED_PER_WRITE_MAX)
        {}
    }
    let view = app.store.write(Lane::Pages, move |tx| finish(tx, &who, (scope, &asked), now)).await?;
    app.nudge();
    Ok(Json(view))
}

impl Merge {
    fn check(&self) -> Result<(), ApiError> {
        let different: BTreeSet<Uuid> = self.from.iter().copied().filter(|id| *id != self.into).collect();
        if !(1..=FROM_MAX).contains(&self.from.len()) || different.len() != self.from.len() {
            return Err(ApiError::field(
                "from",
                format!("must be 1 to {FROM_MAX} different contacts beside the survivor"),
            ));
        }
        if self.fields.len() > FIELDS_MAX {
            return Err(ApiError::field("fields", format!("must be at most {FIELDS_MAX}")));
        }
        let strange = self.fields.iter().find(|(_, id)| **id != self.into && !different.contains(id));
        strange.map_or(Ok(()), |(field, _)| {
            Err(ApiError::field(format!("fields.{field}"), "is none of the contacts that are merged"))
        })
    }

    /// The survivor first.
    fn all(&self) -> Vec<Uuid> {
        std::iter::once(self.into).chain(self.from.iter().copied()).collect()
    }

    fn choices(&self) -> Choices {
        let place = |id: &Uuid| self.from.iter().position(|from| from == id).unwrap_or(self.from.len());
        self.fields.iter().map(|(field, id)| (field.clone(), place(id))).collect()
    }
}

/// What is to be written, with everything locked that it touches.
struct Prepared {
    locked: merge::Locked,
    merged: Contact,
}

fn prepare(tx: &mut Tx<'_>, who: &Who, (scope, given): (Scope, &Merge)) -> Result<Prepared, ApiError> {
    // The survivor may end on the do-not-call list, whose row is the first in the lock order.
    limiters::lock(tx, &limiters::of_organization(who.organization()))?;
    let locked = merge::lock_all(tx, scope, &given.all())?;
    if locked.entries.len() != given.from.len() + 1 {
        return Err(ApiError::NotFound("contact"));
    }
    let (into, from) = locked.entries.split_first().expect("the survivor is there");
    if into.version != given.version {
        return Err(ApiError::stale(&ContactView::from(into.clone())));
    }
    if from.iter().any(|entry| entry.department != into.department) {
        return Err(ApiError::field("from", "must be contacts of the survivor's department"));
    }
    if locked.is_being_called() {
        let detail = "one of the contacts is being called at this moment; try again when the call is over".to_owned();
        return Err(ApiError::StateConflict { state: "active", actions: Vec::new(), detail });
    }
    let others: Vec<Contact> = from.iter().map(|entry| entry.contact.clone()).collect();
    let merged = into.contact.merged_with(&others, &given.choices()).map_err(ApiError::Invalid)?;
    Ok(Prepared { locked, merged })
}

fn finish(
    tx: &mut Tx<'_>,
    who: &Who,
    (scope, given): (Scope, &Merge),
    now: Timestamp,
) -> Result<ContactView, ApiError> {
    let Prepared { locked, merged } = prepare(tx, who, (scope, given))?;
    locked.suppress_duplicates(tx, given.into, now)?;
    let mut into: Entry = locked.entries[0].clone();
    take_zone(&mut into, &locked.entries, &merged);
    into.contact = merged;
    hold(tx, &into, &who.actor(), now)?;
    if !merge::finish(tx, &mut into, &given.from, now)? {
        return Err(ApiError::field("fields.phone", TAKEN));
    }
    let views: Vec<ContactView> = locked.entries.into_iter().map(ContactView::from).collect();
    let after = ContactView::from(into);
    let before = json!({ "into": views[0], "from": views[1..] });
    let what = Audited { action: "contact.merged", subject: subject(given.into), before, after: json!(after) };
    who.audit(tx, what, now)?;
    Ok(after)
}

/// A time zone keeps its worth when it comes from another contact.
fn take_zone(into: &mut Entry, entries: &[Entry], merged: &Contact) {
    let of = entries.iter().find(|entry| entry.contact.timezone == merged.timezone);
    if let Some(entry) = of.filter(|_| merged.timezone.is_some()) {
        into.timezone_is = entry.timezone_is;
    }
}
