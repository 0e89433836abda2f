//! The people of a run: listed, added while the campaign is a draft, removed before their first call.
//!
//! One recipient's story is its attempts; all attempts of a run are in [`super::attempts`].

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::blockers::Blocker;
use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::field_error::FieldError;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::{DueReason, RecipientState};
use carillon_domain::roles::Action;
use carillon_domain::time_zones::{ClueZones, TimeZoneName, ZoneClue, ZoneSet};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::attempts::AttemptItem;
use super::enroll::{Enrolled, Enroller, lock_editable};
use super::watch::{BlockerView, run_of};
use super::{UNKNOWN, audit, schema};
use crate::api::contacts::filter::{self, FilterSchema};
use crate::api::{ApiError, App, Id, Ids, Json, Page, Paging, Query, Who, checks};
use crate::engine::explain;
use crate::store::recipients::{self, Recipient, RecipientFilter, Removal};
use crate::store::{Lane, attempts, campaigns, runs};

/// Contacts named in one request.
const CONTACT_IDS_MAX: usize = 10_000;
/// Of the ids that name no contact, so many are told.
const UNKNOWN_TOLD_MAX: usize = 20;
const UNKNOWN_RECIPIENT: ApiError = ApiError::NotFound("recipient");

/// Which recipients.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecipientsQuery {
    /// The newest run when left out.
    run_id: Option<Uuid>,
    #[param(value_type = Option<schema::RecipientState>)]
    state: Option<RecipientState>,
    #[param(value_type = Option<schema::Outcome>)]
    outcome: Option<Outcome>,
    /// Part of a name or number.
    q: Option<String>,
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
    /// How many rows to skip before the page begins, to jump in a long list; not beside `cursor`, `outcome` or `q`.
    position: Option<u32>,
}

impl RecipientsQuery {
    /// A jump counts along an index; there is none along what is searched for.
    fn check_position(&self) -> Result<(), ApiError> {
        let searches = self.cursor.is_some() || self.outcome.is_some() || self.q.is_some();
        if self.position.is_some() && searches {
            return Err(ApiError::field("position", "can't be used beside cursor, outcome or q"));
        }
        Ok(())
    }
}

/// Somebody who is called in a run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recipient)]
pub struct RecipientItem {
    id: Uuid,
    /// Null once the contact is deleted.
    contact_id: Option<Uuid>,
    name: String,
    phone: String,
    #[schema(value_type = schema::RecipientState)]
    state: RecipientState,
    /// Why it is suppressed, or why it failed.
    reason: Option<String>,
    attempts: i64,
    /// Of the last attempt that ended.
    #[schema(value_type = Option<schema::Outcome>)]
    outcome: Option<Outcome>,
    /// When the next attempt is due; null: as soon as may be, or never.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// Where they may be.
    timezones: Vec<String>,
}

impl From<Recipient> for RecipientItem {
    fn from(recipient: Recipient) -> Self {
        let waits = recipient.state.is_due() && recipient.due_at > Timestamp::UNIX_EPOCH;
        let zones = ZoneSet::from_key(&recipient.zones).unwrap_or_default();
        Self {
            id: recipient.id,
            contact_id: recipient.contact,
            name: recipient.name,
            phone: recipient.phone,
            state: recipient.state,
            reason: recipient.reason,
            attempts: recipient.attempts,
            outcome: recipient.outcome,
            due_at: waits.then_some(recipient.due_at),
            timezones: zones.iter().map(TimeZoneName::to_string).collect(),
        }
    }
}

/// The recipients of a run, in the order of their enrollment.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/recipients", tag = "campaigns", operation_id = "recipients",
    params(("id" = String, Path), RecipientsQuery), responses((status = 200, body = Page<RecipientItem>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<RecipientsQuery>,
) -> Result<Json<Page<RecipientItem>>, ApiError> {
    let scope = who.may(Action::ReadResults)?;
    query.check_position()?;
    checks::search("q", query.q.as_ref())?;
    let paging = Paging::<Uuid>::parse(query.limit, query.cursor.as_deref())?;
    let filter = RecipientFilter {
        state: query.state,
        outcome: query.outcome,
        q: query.q,
        position: query.position.unwrap_or(0),
        after: paging.after,
        limit: paging.rows(),
    };
    let found = app.store.read(move |tx| {
        let (_, run) = run_of(tx, &scope, id, query.run_id)?;
        Ok::<_, ApiError>(recipients::list(tx, run.id, &filter)?)
    });
    Ok(Json(Page::of(&paging, found.await?, |recipient| recipient.id, RecipientItem::from)))
}

/// A clue to where a person may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimezoneClue {
    /// `number` (its area code or country), `postal_code`, `state`, `imported` (a zone that stood in a list) or `stated`
    /// (by the person; nothing else counts beside it).
    #[schema(value_type = String, example = "number")]
    clue: ZoneClue,
    /// Empty when nothing is known of it, for example of a state that does not exist.
    timezones: Vec<String>,
}

impl From<ClueZones> for TimezoneClue {
    fn from(known: ClueZones) -> Self {
        Self { clue: known.clue, timezones: known.zones.iter().map(TimeZoneName::to_string).collect() }
    }
}

fn timezones_from(recipient: &Recipient) -> Option<Vec<TimezoneClue>> {
    let zones = ZoneSet::from_key(&recipient.zones).ok()?;
    let clues = ClueZones::of_key(recipient.clues.as_deref()?, &zones)?;
    Some(clues.into_iter().map(TimezoneClue::from).collect())
}

/// A recipient with every attempt to reach it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientStory {
    #[serde(flatten)]
    recipient: RecipientItem,
    run_id: Uuid,
    /// What the message may name, as it was at enrollment.
    #[schema(value_type = Object)]
    fields: Value,
    /// To the millisecond.
    #[schema(value_type = Option<String>, format = DateTime)]
    enrolled_at: Option<Timestamp>,
    /// Why `due_at` is when it is: `retry_delay`, `not_placed`, `recipient_hours`, `calling_hours`, `daily_cap`,
    /// `number_in_use` or `test_of_first`. Null where that is.
    #[schema(value_type = Option<String>, example = "retry_delay")]
    due_reason: Option<DueReason>,
    /// What says where the person may be, each clue with the zones it gives; `timezones` are those of all of them, and
    /// every one must be inside the hours. As it was at enrollment; null for who was enrolled before it was recorded.
    timezones_from: Option<Vec<TimezoneClue>>,
    /// When the reason came up for which it is suppressed. Null for somebody whom a person removed (the audit log tells),
    /// and for who was suppressed before it was recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    suppressed_at: Option<Timestamp>,
    /// What holds the next attempt at this moment, by the planner's own look at the hours. Null: nothing but the limits
    /// on calls, or no attempt is to come.
    #[schema(value_type = Option<BlockerView>)]
    held_by: Option<Blocker>,
    /// Oldest first.
    history: Vec<AttemptItem>,
}

/// One recipient's story.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/recipients/{recipient_id}", tag = "campaigns",
    operation_id = "recipient",
    params(("id" = String, Path), ("recipient_id" = String, Path)), responses((status = 200, body = RecipientStory)))]
pub async fn story(State(app): State<Arc<App>>, who: Who, Ids(ids): Ids<2>) -> Result<Json<RecipientStory>, ApiError> {
    let [id, recipient] = ids;
    let (scope, now) = (who.may(Action::ReadResults)?, app.clock.now());
    let found = app.store.read(move |tx| {
        let campaign = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let recipient = recipients::find(tx, campaign.id, recipient)?.ok_or(UNKNOWN_RECIPIENT)?;
        let history = attempts::of_recipient(tx, recipient.id)?;
        Ok::<_, ApiError>((explain::of_recipient(&campaign, &recipient, now), recipient, history))
    });
    let (held_by, recipient, history) = found.await?;
    let waits = recipient.state.is_due() && recipient.due_at > Timestamp::UNIX_EPOCH;
    Ok(Json(RecipientStory {
        run_id: recipient.run,
        enrolled_at: recipient.enrolled_at(),
        due_reason: recipient.due_reason.filter(|_| waits),
        timezones_from: timezones_from(&recipient),
        suppressed_at: recipient.suppressed_at,
        held_by,
        fields: json!(recipients::merge_fields(&recipient)),
        history: history.into_iter().map(AttemptItem::from).collect(),
        recipient: recipient.into(),
    }))
}

/// Contacts by id, or by a filter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecipients {
    /// At most 10,000.
    contact_ids: Option<Vec<Uuid>>,
    /// Of the contacts of the campaign's department.
    #[schema(value_type = Option<FilterSchema>)]
    filter: Option<ContactFilter>,
}

/// What became of the wish to add people.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedRecipients {
    /// New in the run.
    added: u64,
    /// Their number was in the run before.
    already_enrolled: u64,
}

#[derive(Clone)]
enum Choice {
    Ids(Vec<Uuid>),
    Filter(ContactFilter),
}

impl NewRecipients {
    fn choice(self) -> Result<Choice, ApiError> {
        match (self.contact_ids, self.filter) {
            (Some(ids), None) if ids.len() <= CONTACT_IDS_MAX => Ok(Choice::Ids(ids)),
            (Some(_), None) => {
                Err(ApiError::field("contact_ids", format!("must be at most {CONTACT_IDS_MAX}; use a filter for more")))
            }
            (None, Some(filter)) => Ok(Choice::Filter(filter)),
            (Some(_), Some(_)) | (None, None) => {
                Err(ApiError::field("contact_ids", "either contact_ids or a filter is required"))
            }
        }
    }
}

/// Adds contacts to a draft. Numbers on the do-not-call list are added as suppressed.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/recipients", tag = "campaigns", params(("id" = String, Path)),
    operation_id = "add_recipients",
    request_body = NewRecipients,
    responses((status = 200, body = AddedRecipients), (status = 409, description = "It was started already")))]
pub async fn add(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(new): Json<NewRecipients>,
) -> Result<Json<AddedRecipients>, ApiError> {
    let scope = who.may(Action::EditCampaigns)?;
    let (choice, organization) = (new.choice()?, who.organization());
    let enroller = Enroller { app: Arc::clone(&app), scope, campaign: id };
    let checked = app.store.write(Lane::Pages, move |tx| {
        lock_editable(tx, &scope, id)?;
        match choice.clone() {
            Choice::Filter(filter) => filter::of_choice(tx, organization, filter).map(Choice::Filter),
            Choice::Ids(ids) => Ok(Choice::Ids(ids)),
        }
    });
    let choice = checked.await?;
    if let Choice::Ids(ids) = &choice {
        ApiError::unless_valid(unknown_contacts(&enroller.unknown(ids).await?))?;
    }
    // Goes on when whoever asked has gone: half a list is nobody's wish.
    let enrolling = tokio::spawn(async move { enroll(&enroller, &who, choice).await });
    let failed = |error: tokio::task::JoinError| ApiError::Internal { cause: error.to_string() };
    let enrolled = enrolling.await.map_err(failed)??;
    Ok(Json(AddedRecipients { added: enrolled.added, already_enrolled: enrolled.found - enrolled.added }))
}

fn unknown_contacts(unknown: &[usize]) -> Vec<FieldError> {
    let told = unknown.iter().take(UNKNOWN_TOLD_MAX);
    told.map(|at| FieldError::new(format!("contact_ids[{at}]"), "is no contact of the campaign's department")).collect()
}

async fn enroll(enroller: &Enroller, who: &Who, choice: Choice) -> Result<Enrolled, ApiError> {
    let (wish, enrolled) = match choice {
        Choice::Ids(ids) => (json!({ "contact_ids": ids.len() }), enroller.by_ids(&ids).await?),
        Choice::Filter(filter) => (json!(filter), enroller.by_filter(filter).await?),
    };
    let (who, campaign, now) = (who.clone(), enroller.campaign, enroller.app.clock.now());
    let written = enroller.app.store.write(Lane::Pages, move |tx| {
        let message = format!("Added {} recipients", enrolled.added);
        campaigns::log(tx, campaign, now, ("recipients_added", &who.actor()), &message)?;
        let after = json!({ "by": wish, "added": enrolled.added });
        audit(tx, &who, ("campaign.recipients_added", campaign), (Value::Null, after), now)
    });
    written.await.map_err(ApiError::from)?;
    enroller.app.engine.tell(campaign);
    Ok(enrolled)
}

/// Takes somebody who was not yet called out of the newest run.
#[utoipa::path(delete, path = "/api/v1/campaigns/{id}/recipients/{recipient_id}", tag = "campaigns",
    operation_id = "remove_recipient",
    params(("id" = String, Path), ("recipient_id" = String, Path)),
    responses((status = 204), (status = 409, description = "Called already, or being called")))]
pub async fn remove(State(app): State<Arc<App>>, who: Who, Ids(ids): Ids<2>) -> Result<StatusCode, ApiError> {
    let [id, recipient] = ids;
    let (scope, now) = (who.may(Action::EditCampaigns)?, app.clock.now());
    let removed = app.store.write(Lane::Pages, move |tx| {
        let campaign = campaigns::lock_in(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let run = runs::find(tx, campaign.id, campaign.run)?.ok_or(UNKNOWN)?;
        let before = recipients::find(tx, campaign.id, recipient)?.ok_or(UNKNOWN_RECIPIENT)?;
        match recipients::remove(tx, &run, recipient)? {
            Removal::Removed => {}
            Removal::TooLate => return Err(too_late(before.state)),
            Removal::NotFound => return Err(UNKNOWN_RECIPIENT),
        }
        let values = (json!({ "recipient": recipient, "state": before.state }), Value::Null);
        audit(tx, &who, ("campaign.recipient_removed", id), values, now)?;
        Ok(())
    });
    removed.await?;
    app.nudge();
    app.engine.tell(id);
    Ok(StatusCode::NO_CONTENT)
}

fn too_late(state: RecipientState) -> ApiError {
    let detail = "only somebody who was not yet called can be removed".to_owned();
    ApiError::StateConflict { state: state.as_str(), actions: Vec::new(), detail }
}
