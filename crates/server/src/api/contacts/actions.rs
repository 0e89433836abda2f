//! Changes of many contacts: tags, a field, removal; of contacts that are named, or that a filter finds.
//!
//! A change is a row that survives a restart ([`crate::changer`] does the work). A few contacts are changed before the
//! answer, more in the background; either way the answer is the same body, and reading it again says how far it is.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::contact::{CustomValue, SETTABLE, check_tags};
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::field_error::FieldError;
use carillon_domain::roles::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Rules;
use super::filter::{self, FilterSchema};
use crate::api::{ApiError, App, Id, Json, Who};
use crate::changer::COUNTED_MAX;
use crate::store::contact_actions::{self, ActionState, ContactAction, Refused, What, Whom, Wish};
use crate::store::{Lane, Tx};

/// Contacts named in one request.
const CONTACT_IDS_MAX: usize = 10_000;
/// So many are changed before the answer.
const AT_ONCE_MAX: usize = 200;
/// Changes of an organization that run at once.
const RUNNING_MAX: i64 = 5;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ActionName {
    Tag,
    Untag,
    SetField,
    Delete,
}

/// What to do with which contacts: `contact_ids` or a `filter`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactActionRequest {
    action: ActionName,
    /// To tag with, or to take away. `DNC` puts the numbers on the do-not-call list; taking it away removes none.
    tag: Option<String>,
    /// `company`, `notes`, `timezone`, `language`, `postal_code`, `state`, or `custom.KEY`.
    #[schema(example = "custom.plan")]
    field: Option<String>,
    /// A text, a number, or true or false; null or absent empties the field.
    #[schema(value_type = Option<Object>)]
    value: Option<CustomValue>,
    /// At most 10,000; up to 200 are changed before the answer.
    contact_ids: Option<Vec<Uuid>>,
    #[schema(value_type = Option<FilterSchema>)]
    filter: Option<ContactFilter>,
    /// Changes nothing and counts, up to 10,000.
    #[serde(default)]
    preview: bool,
}

/// A contact that was not changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedContact {
    contact_id: Uuid,
    message: String,
}

/// How far a change is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactAction)]
pub struct ContactActionView {
    /// Null for a preview.
    id: Option<Uuid>,
    /// `preview`, `running`, `done` or `failed`.
    state: String,
    /// Contacts that are meant; while a filter's run it is what was counted ahead.
    matched: i64,
    /// There are more than `matched`: they are counted up to 10,000.
    at_least: bool,
    done: i64,
    /// Those that were not so already.
    changed: i64,
    /// The first 100.
    refused: Vec<RefusedContact>,
    refused_count: i64,
    note: Option<String>,
}

impl From<ContactAction> for ContactActionView {
    fn from(action: ContactAction) -> Self {
        let by_filter = matches!(action.wish.whom, Whom::Filter(_));
        let is_running = action.state == ActionState::Running;
        let told = |refused: Refused| RefusedContact { contact_id: refused.contact_id, message: refused.message };
        Self {
            id: Some(action.id),
            state: action.state.to_string(),
            matched: action.matched,
            at_least: by_filter && is_running && action.matched >= i64::from(COUNTED_MAX),
            done: action.done,
            changed: action.changed,
            refused: action.refused.into_iter().map(told).collect(),
            refused_count: action.refused_count,
            note: action.note,
        }
    }
}

/// Changes or removes many contacts. One that a running campaign has still to call is refused by name, the others go.
#[utoipa::path(post, path = "/api/v1/contacts/actions", tag = "contacts", operation_id = "change_many",
    request_body = ContactActionRequest,
    responses((status = 200, body = ContactActionView, description = "A preview, or it is done"),
        (status = 202, body = ContactActionView, description = "It goes on in the background"),
        (status = 409, description = "As many changes are running as may")))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<ContactActionRequest>,
) -> Result<(StatusCode, Json<ContactActionView>), ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let (asked, organization) = (given.clone(), who.organization());
    let wish = app.store.read(move |tx| asked.clone().wish(tx, organization)).await?;
    let (matched, at_least, is_small) = match &wish.whom {
        Whom::Ids(ids) => (ids.len().try_into().unwrap_or(i64::MAX), false, ids.len() <= AT_ONCE_MAX),
        Whom::Filter(filter) => {
            let (count, more) = app.changer.count(scope, filter).await?;
            (i64::from(count), more, false)
        }
    };
    if given.preview {
        return Ok((StatusCode::OK, Json(preview(matched, at_least))));
    }
    let action = begin(&app, &who, wish, matched).await?;
    if !is_small {
        app.changer.nudge();
        return Ok((StatusCode::ACCEPTED, Json(action.into())));
    }
    // Should this be cut off, the changer goes on once the lease has lapsed.
    let done = app.changer.work(action, usize::MAX).await?;
    let status = if done.state == ActionState::Done { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(done.into())))
}

/// How far a change of many contacts is: one's own, for an administrator any.
#[utoipa::path(get, path = "/api/v1/contacts/actions/{id}", tag = "contacts", operation_id = "change_of_many",
    params(("id" = String, Path)), responses((status = 200, body = ContactActionView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<ContactActionView>, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let found = app.store.read(move |tx| contact_actions::find(tx, scope, id)).await.map_err(ApiError::from)?;
    found.map(|action| Json(action.into())).ok_or(ApiError::NotFound("change of contacts"))
}

fn preview(matched: i64, at_least: bool) -> ContactActionView {
    ContactActionView {
        id: None,
        state: "preview".to_owned(),
        matched,
        at_least,
        done: 0,
        changed: 0,
        refused: Vec::new(),
        refused_count: 0,
        note: None,
    }
}

/// Keeps a change. One that is small is leased to this node, which does it now; the others wait for any changer.
async fn begin(app: &App, who: &Who, wish: Wish, matched: i64) -> Result<ContactAction, ApiError> {
    let scope = who.may(Action::EditContacts)?;
    let now = app.clock.now();
    let action = ContactAction {
        id: app.chance.id(now),
        organization: who.organization(),
        member: (!scope.is_whole()).then_some(who.user.id),
        state: ActionState::Running,
        wish,
        place: None,
        matched,
        done: 0,
        changed: 0,
        refused: Vec::new(),
        refused_count: 0,
        note: None,
        created_by: who.actor(),
        created_at: now,
    };
    let mut lease = app.changer.lease();
    if !matches!(&action.wish.whom, Whom::Ids(ids) if ids.len() <= AT_ONCE_MAX) {
        lease.until = now;
    }
    let kept = app.store.write(Lane::Pages, move |tx| {
        let in_use = contact_actions::running(tx, action.organization)?;
        if in_use >= RUNNING_MAX {
            let count = |number: i64| u64::try_from(number).unwrap_or_default();
            let detail = "as many changes of contacts are running as may; wait for one to end".to_owned();
            return Err(ApiError::LimitReached { limit: count(RUNNING_MAX), in_use: count(in_use), detail });
        }
        contact_actions::insert(tx, &action, &lease)?;
        Ok(action.clone())
    });
    kept.await
}

impl ContactActionRequest {
    fn wish(self, tx: &mut Tx<'_>, organization: Uuid) -> Result<Wish, ApiError> {
        let rules = Rules::load(tx, organization)?;
        let what = self.what(&rules)?;
        let whom = match (self.contact_ids, self.filter) {
            (Some(mut ids), None) if (1..=CONTACT_IDS_MAX).contains(&ids.len()) => {
                ids.sort_unstable();
                ids.dedup();
                Whom::Ids(ids)
            }
            (Some(_), None) => {
                let message = format!("must be 1 to {CONTACT_IDS_MAX}; use a filter for more");
                return Err(ApiError::field("contact_ids", message));
            }
            (None, Some(filter)) => Whom::Filter(filter::of_choice(tx, organization, filter)?),
            (Some(_), Some(_)) | (None, None) => {
                return Err(ApiError::field("contact_ids", "either contact_ids or a filter is required"));
            }
        };
        Ok(Wish { what, whom })
    }

    fn what(&self, rules: &Rules) -> Result<What, ApiError> {
        let (sets, tags) =
            (self.action == ActionName::SetField, matches!(self.action, ActionName::Tag | ActionName::Untag));
        let mut errors = Vec::new();
        for (name, is_given, belongs) in [
            ("tag", self.tag.is_some(), tags),
            ("field", self.field.is_some(), sets),
            ("value", self.value.is_some(), sets),
        ] {
            if is_given && !belongs {
                errors.push(FieldError::new(name, "has no place beside this action"));
            }
        }
        ApiError::unless_valid(errors)?;
        match self.action {
            ActionName::Tag => Ok(What::Tag { tag: self.checked_tag()? }),
            ActionName::Untag => Ok(What::Untag { tag: self.checked_tag()? }),
            ActionName::SetField => self.field_and_value(rules),
            ActionName::Delete => Ok(What::Delete),
        }
    }

    fn checked_tag(&self) -> Result<String, ApiError> {
        let wrong =
            |errors: Vec<FieldError>| errors.into_iter().map(|error| FieldError::new("tag", error.message)).collect();
        let tags = check_tags(self.tag.as_slice()).map_err(|errors| ApiError::Invalid(wrong(errors)))?;
        tags.into_iter().next().ok_or_else(|| ApiError::field("tag", "is required"))
    }

    fn field_and_value(&self, rules: &Rules) -> Result<What, ApiError> {
        let field = self.field.clone().ok_or_else(|| ApiError::field("field", "is required"))?;
        let Some(key) = field.strip_prefix("custom.") else {
            return match SETTABLE.contains(&field.as_str()) {
                true => Ok(What::SetField { field, value: self.value.clone() }),
                false => {
                    Err(ApiError::field("field", format!("must be one of {}, or custom.KEY", SETTABLE.join(", "))))
                }
            };
        };
        let defined = rules.fields.get(key);
        let read = |value: &CustomValue| match defined {
            Some(field) => field.read(value, rules.notation()).map_err(|message| ApiError::field("value", message)),
            None => Ok(Some(value.clone())),
        };
        let value = self.value.as_ref().map(read).transpose()?.flatten();
        if value.is_none() && defined.is_some_and(|field| field.is_required && !field.archived) {
            return Err(ApiError::field("value", "is required"));
        }
        Ok(What::SetField { field, value })
    }
}
