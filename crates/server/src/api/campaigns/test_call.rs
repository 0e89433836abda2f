//! A test call: a campaign's message, by a real call, to one's own number.
//!
//! It goes the way of every call: a campaign of its own that stands in no list, with one recipient, dialed by the engine
//! within the organization's limits and the recipient's hours, and never to a number on the do-not-call list. Of the
//! campaign's own hours and retries nothing is taken over: whoever tries it out wants one call, now.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::calling_hours::{CallLength, Opening, opening};
use carillon_domain::campaign::CampaignAction;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::message::MergeFields;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::roles::Action;
use carillon_domain::settings::Settings;
use carillon_domain::time_zones::{PlaceKnown, PlaceSaid, ZoneSet};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::handset::SAMPLE;
use super::{UNKNOWN, audit, draft};
use crate::api::{ApiError, App, Id, Json, Who, checks};
use crate::engine::control::{self, Request, Whom};
use crate::store::campaigns::{self, Campaign, test_calls};
use crate::store::recipients::{self, Enrollment};
use crate::store::runs::{self, Run};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx, contacts, do_not_call, limiters, organizations};

/// Test calls that one person may ask for within an hour.
const CALLS_PER_HOUR_MAX: u32 = 5;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Whom to call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestCall {
    /// One's own number.
    #[schema(value_type = String, example = "+12025550143")]
    phone: PhoneNumber,
}

/// Where the test call can be followed: `…/campaigns/{campaign_id}/recipients/{recipient_id}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacedTestCall {
    /// A campaign that stands in no list.
    campaign_id: Uuid,
    recipient_id: Uuid,
}

/// Calls one's own number with the real message; five times an hour and person at most. Limits, the do-not-call list, the
/// allowed countries and the recipient's hours hold as for every call; of the campaign's own hours and retries none.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/test-call", tag = "campaigns", params(("id" = String, Path)),
    request_body = TestCall,
    responses((status = 202, body = PlacedTestCall),
        (status = 422, description = "Every cause that keeps it from being placed now"),
        (status = 429, description = "Five test calls within an hour")))]
pub async fn test_call(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(call): Json<TestCall>,
) -> Result<(StatusCode, Json<PlacedTestCall>), ApiError> {
    let (scope, now) = (who.may(Action::PlaceTestCalls)?, app.clock.now());
    let ids = [(); 3].map(|()| app.chance.id(now));
    let [test, _, recipient] = ids;
    let placed = app.store.write(Lane::Dialing, move |tx| place(tx, (&who, scope), (id, ids), call.phone, now));
    placed.await?;
    app.nudge();
    app.engine.tell(test);
    Ok((StatusCode::ACCEPTED, Json(PlacedTestCall { campaign_id: test, recipient_id: recipient })))
}

fn place(
    tx: &mut Tx<'_>,
    (who, scope): (&Who, Scope),
    (id, [test, run, recipient]): (Uuid, [Uuid; 3]),
    phone: PhoneNumber,
    now: Timestamp,
) -> Result<(), ApiError> {
    // First in the lock order; it makes the count of test calls exact.
    limiters::lock(tx, &limiters::of_organization(scope.organization()))?;
    let original = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
    // A person's, whatever they showed to get in.
    let actor = format!("user:{}", who.user.id);
    check_count(tx, (scope.organization(), &actor), now)?;
    let organization = organizations::find(tx, scope.organization())?.ok_or(UNKNOWN)?;
    let settings = settings_of(&original);
    let person = person(tx, &original, &phone, (recipient, &organization.name))?;
    if do_not_call::contains(tx, scope.organization(), phone.as_str())? {
        return Err(ApiError::field("phone", "is on the do-not-call list"));
    }
    may_be_called((&phone, &person), (&settings, &organization.settings), now)?;
    let name: String = format!("Test call: {}", original.name).chars().take(checks::NAME_CHARS_MAX).collect();
    let campaign = Campaign {
        name: name.trim_end().to_owned(),
        department: original.department,
        settings,
        created_by: actor.clone(),
        test_of: Some(original.id),
        ..draft(who, (test, run), now)
    };
    campaigns::insert(tx, &campaign)?;
    runs::insert(tx, campaign.organization, &Run::first(run, test))?;
    recipients::enroll(tx, campaign.organization, run, &[person])?;
    let request = Request { scope, campaign: test, actor: who.actor() };
    control::activate_in(tx, &request, (CampaignAction::Start, Whom::Due), now)?;
    let message = format!("Test call to {}", phone.masked());
    campaigns::log(tx, original.id, now, ("test_call", &who.actor()), &message)?;
    let after = json!({ "campaign": test, "phone": phone.masked() });
    Ok(audit(tx, who, ("campaign.test_call", original.id), (Value::Null, after), now)?)
}

fn check_count(tx: &mut Tx<'_>, whose: (Uuid, &str), now: Timestamp) -> Result<(), ApiError> {
    let asked = test_calls::asked_since(tx, whose, now - HOUR, CALLS_PER_HOUR_MAX)?;
    if asked.len() < CALLS_PER_HOUR_MAX as usize {
        return Ok(());
    }
    let oldest = asked.last().copied().unwrap_or(now);
    let wait_s = (oldest + HOUR).duration_since(now).as_secs().max(1);
    Err(ApiError::TooManyRequests { retry_after_s: wait_s.unsigned_abs() })
}

/// The campaign's settings for one call, now.
fn settings_of(original: &Campaign) -> CampaignSettings {
    let retry = RetryPolicy { max_attempts: 1, delays_s: Vec::new(), on: Vec::new() };
    CampaignSettings { retry, calling_hours: None, ..original.settings.clone() }
}

/// The one who is called: as the contact book knows the number, else with sample values.
fn person(
    tx: &mut Tx<'_>,
    original: &Campaign,
    phone: &PhoneNumber,
    (id, organization_name): (Uuid, &str),
) -> Result<Enrollment, StoreError> {
    if let Some(known) = contacts::of_phone(tx, original.department, phone.as_str())? {
        // Whoever is called is no recipient of the contact's: it may be deleted, and its history is not this call's.
        return Ok(Enrollment { contact: None, ..known.enrollment(id, organization_name) });
    }
    let place = PlaceKnown::guessed(phone, &PlaceSaid::default());
    let mut fields = MergeFields::from_iter(SAMPLE);
    fields.set("phone", phone.to_string());
    Ok(Enrollment {
        id,
        contact: None,
        phone: phone.to_string(),
        name: "Test call".to_owned(),
        fields: serde_json::to_string(&fields).expect("fields are plain texts"),
        zones: place.zones.key(),
        clues: Some(place.clues_key()),
        import: None,
        suppressed: None,
    })
}

/// What would keep the call waiting, or from being placed at all, is said at once.
fn may_be_called(
    (phone, person): (&PhoneNumber, &Enrollment),
    (settings, rules): (&CampaignSettings, &Settings),
    now: Timestamp,
) -> Result<(), ApiError> {
    let refused = |why: String| Err(ApiError::field("phone", why));
    let country = phone.country();
    if !country.is_some_and(|country| rules.allowed_countries.contains(&country)) {
        return refused("is in a country that is not among the allowed ones".to_owned());
    }
    let zones = ZoneSet::from_key(&person.zones).unwrap_or_default();
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    match opening(&settings.recipient_hours, None, &zones, call, now) {
        Opening::Open { .. } => Ok(()),
        Opening::Closed { opens_at: Some(at) } => {
            refused(format!("may not be called at this hour of its place; a test call can be placed from {at} on"))
        }
        Opening::Closed { opens_at: None } => refused("has no hour that is allowed wherever it may be".to_owned()),
    }
}
