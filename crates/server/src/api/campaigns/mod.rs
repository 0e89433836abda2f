//! Campaigns: created, shown, edited and deleted. What else can be done with one is in the files beside.
//!
//! Who may do what in which status is `carillon_domain::campaign`'s table. Every change is audited and bumps the
//! version; an edit that changes nothing does neither. Calls are the engine's business.

pub(super) mod actions;
pub(super) mod attempts;
pub(super) mod duplicate;
pub(super) mod edit;
mod enroll;
mod given;
pub(super) mod handset;
pub(super) mod heard;
pub(super) mod list;
pub(super) mod list_changes;
mod message;
pub(super) mod minutes;
pub(super) mod readiness;
pub(super) mod recipients;
pub(super) mod results;
mod rules;
pub(super) mod schema;
pub(super) mod test_call;
pub(super) mod tryout;
mod view;
pub(super) mod watch;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use carillon_domain::campaign::{CampaignAction, CampaignStatus};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use self::given::Given;
use self::given::{CampaignEdit, NewCampaign};
use self::rules::Editor;
use self::view::CampaignView;
use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Who, checks};
use crate::store::campaigns::{self, Campaign};
use crate::store::runs::{self, Run};
use crate::store::{Lane, StoreError, Tx, recipients as rows};

/// Recipients of a draft removed in one transaction, so that dialing never waits for more.
const ROWS_PER_UNIT: u32 = 500;
const UNKNOWN: ApiError = ApiError::NotFound("campaign");

/// One campaign.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 200, body = CampaignView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<CampaignView>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, id)).await.map_err(ApiError::from)?;
    found.map(|campaign| Json(campaign.into())).ok_or(UNKNOWN)
}

/// A new draft.
#[utoipa::path(post, path = "/api/v1/campaigns", tag = "campaigns", request_body = NewCampaign,
    responses((status = 201, body = CampaignView)))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(new): Json<NewCampaign>,
) -> Result<Created<CampaignView>, ApiError> {
    let (scope, now) = (who.may(Action::EditCampaigns)?, app.clock.now());
    let (ids, given) = ((app.chance.id(now), app.chance.id(now)), Given::from(new));
    let min_retry_delay_s = rules::min_retry_delay_s(&app);
    let view = app.store.write(Lane::Pages, move |tx| {
        let editor = Editor::load(tx, &who, scope, min_retry_delay_s)?;
        let department = editor.department(tx, given.department_id)?;
        let (settings, mut errors) = given.over(&editor.defaults(), &editor.organization.settings);
        let name = given.name.as_deref().unwrap_or_default();
        let name = checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX);
        let description = rules::description(&mut errors, given.description.as_deref().unwrap_or_default());
        errors.extend(editor.faults(tx, None, &settings)?);
        ApiError::unless_valid(errors)?;
        editor.audit_hours(tx, ids.0, (None, &settings), now)?;
        let campaign = Campaign { name, description, department, settings, ..draft(&who, ids, now) };
        insert(tx, &who, &campaign, now)?;
        Ok::<_, ApiError>(CampaignView::from(campaign))
    });
    view.await.map(Created)
}

/// An empty draft with its first run.
fn draft(who: &Who, (id, run): (Uuid, Uuid), now: Timestamp) -> Campaign {
    Campaign {
        id,
        run,
        organization: who.organization(),
        department: Uuid::nil(),
        version: 1,
        epoch: 0,
        name: String::new(),
        description: String::new(),
        status: CampaignStatus::Draft,
        status_reason: None,
        ended_by: None,
        settings: CampaignSettings::default(),
        created_by: who.actor(),
        created_at: now,
        started_at: None,
        finished_at: None,
        first_max: None,
        test_of: None,
        list_source: None,
    }
}

/// Writes a draft and its first run.
fn insert(tx: &mut Tx<'_>, who: &Who, campaign: &Campaign, now: Timestamp) -> Result<(), StoreError> {
    let run = Run::first(campaign.run, campaign.id);
    campaigns::insert(tx, campaign)?;
    runs::insert(tx, campaign.organization, &run)?;
    campaigns::log(tx, campaign.id, now, ("created", &who.actor()), "Created")?;
    let after = json!(CampaignView::from(campaign.clone()));
    audit(tx, who, ("campaign.created", campaign.id), (Value::Null, after), now)
}

fn audit(
    tx: &mut Tx<'_>,
    who: &Who,
    (action, id): (&'static str, Uuid),
    (before, after): (Value, Value),
    now: Timestamp,
) -> Result<(), StoreError> {
    who.audit(tx, Audited { action, subject: format!("campaign:{id}"), before, after }, now)
}

/// Removes a draft with its recipients.
#[utoipa::path(delete, path = "/api/v1/campaigns/{id}", tag = "campaigns", params(("id" = String, Path)),
    responses((status = 204), (status = 409, description = "It is not a draft")))]
pub async fn delete(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let (scope, now) = (who.may(Action::EditCampaigns)?, app.clock.now());
    let who = Arc::new(who);
    loop {
        let who = Arc::clone(&who);
        let gone = app.store.write(Lane::Pages, move |tx| {
            let campaign = campaigns::lock_in(tx, &scope, id)?.ok_or(UNKNOWN)?;
            campaign.status.apply(CampaignAction::Delete)?;
            if rows::delete_some(tx, id, ROWS_PER_UNIT)? == u64::from(ROWS_PER_UNIT) {
                return Ok(false);
            }
            campaigns::delete(tx, id)?;
            let before = json!(CampaignView::from(campaign));
            audit(tx, &who, ("campaign.deleted", id), (before, Value::Null), now)?;
            Ok::<_, ApiError>(true)
        });
        if gone.await? {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
}
