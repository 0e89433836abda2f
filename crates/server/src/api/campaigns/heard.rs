//! What one call hears: its document, made again of what was frozen, for whoever looks into a recipient's story.
//!
//! It is made by the functions that answer the carrier, and nothing is told to anybody by it. Documents are not kept: the
//! settings of a campaign that has started and the values of its recipients do not change, so the same document comes out.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::call_flow::CallFlow;
use carillon_domain::facts::Facts;
use carillon_domain::roles::Action;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::UNKNOWN;
use super::handset::public_url;
use crate::api::voice::Scene;
use crate::api::{ApiError, App, Ids, Json, Who};
use crate::store::scope::Scope;
use crate::store::{Tx, accounts, attempts, campaigns, organizations, recipients};
use crate::telephony::twiml;

/// What stands in a document's addresses where a call has its token, which is nobody's to see.
const TOKEN: &str = "hidden";

/// What a call hears.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeardDocument {
    /// The document in the carrier's language. In its addresses the call's token is left out.
    twiml: String,
}

/// What an attempt hears: the document that would be served now for its frozen values, which is the one that was served if
/// somebody picked up. For a machine that was left the message the one after the tone; a call that was answered after a
/// stop, or by a number on the do-not-call list, heard nothing.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/attempts/{attempt_id}/twiml", tag = "campaigns",
    operation_id = "attempt_twiml", params(("id" = String, Path), ("attempt_id" = String, Path)),
    responses((status = 200, body = HeardDocument), (status = 422, description = "The campaign has no message")))]
pub async fn twiml(State(app): State<Arc<App>>, who: Who, Ids(ids): Ids<2>) -> Result<Json<HeardDocument>, ApiError> {
    let scope = who.may(Action::ReadResults)?;
    let reader = Arc::clone(&app);
    let (scene, facts) = app.store.read(move |tx| read(tx, &reader, &scope, ids)).await?;
    let script = scene.script().ok_or_else(|| ApiError::field("message", "the campaign has none"))?;
    let document = match facts {
        Facts { gate_closed: true, .. } => twiml::hang_up(),
        Facts { message_left: true, .. } => scene.render(&app, TOKEN, &CallFlow::for_machine(&script)),
        _ => scene.render(&app, TOKEN, &scene.answered(&script)),
    };
    Ok(Json(HeardDocument { twiml: document }))
}

/// Reads all that decides what an attempt hears, in one snapshot.
fn read(tx: &mut Tx<'_>, app: &App, scope: &Scope, [id, attempt]: [Uuid; 2]) -> Result<(Scene, Facts), ApiError> {
    let campaign = campaigns::find(tx, scope, id)?.ok_or(UNKNOWN)?;
    let attempt = attempts::find(tx, campaign.id, attempt)?.ok_or(ApiError::NotFound("attempt"))?;
    let recipient = recipients::find_by_id(tx, attempt.recipient)?.ok_or(ApiError::NotFound("recipient"))?;
    let organization = organizations::find(tx, campaign.organization)?.ok_or(UNKNOWN)?;
    let public = public_url(app, accounts::of_organization(tx, campaign.organization)?.as_ref());
    let fields = recipients::merge_fields(&recipient).into_iter().collect();
    let scene = Scene { settings: campaign.settings, organization_name: organization.name, fields, public };
    Ok((scene, attempt.facts))
}
