//! The virtual handset: a page plays the very document that a recipient's call would get, keys included.
//!
//! No call is placed, and no attempt is written. What is tried travels as a [`session`], what it lets one hear is
//! [`tried`] and told in [`steps`]. A key that opts out does what it does in a call, unless
//! that would put somebody's number on the do-not-call list who has pressed nothing.

mod session;
mod steps;
mod tried;

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::call_flow::{CallFlow, Key};
use carillon_domain::country_code::CountryCode;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::roles::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use self::session::Session;
use self::steps::{HandsetStep, is_over, shown};
pub(super) use self::tried::{SAMPLE, public_url};
use self::tried::{Tried, load};
use super::UNKNOWN;
use crate::api::query::{Texts, parse_id};
use crate::api::who::Audited;
use crate::api::{ApiError, App, Created, Id, Json, Who};
use crate::store::do_not_call::{self, Entry};
use crate::store::{Lane, organizations};
use crate::telephony::twiml;

/// What stands in a document's addresses where a call has its token.
const TOKEN: &str = "handset";
/// How an opt-out by the handset came to the list.
const SOURCE: &str = "handset";

/// Whom to be. Nobody named: somebody with sample values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandsetCall {
    /// A recipient of the campaign, whose values are merged.
    recipient_id: Option<Uuid>,
    /// One's own number, as people write it; the organization's default country is assumed.
    #[schema(example = "+12025550143")]
    phone: Option<String>,
}

/// A key that was pressed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandsetKey {
    /// One of 0-9, `*` and `#`.
    #[schema(example = "9")]
    digit: String,
}

/// What is heard now.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandsetView {
    /// For the address of the keys; good for 15 minutes, for the one who began.
    session: String,
    to: String,
    /// The number that is shown; empty when there is none yet.
    from: String,
    /// What the document says, in its order.
    steps: Vec<HandsetStep>,
    /// The document, as the carrier would get it.
    twiml: String,
    /// After these steps the call has ended: no key is listened for.
    over: bool,
    /// After the key that opts out: `recorded`, or `not recorded: ` and why.
    opt_out: Option<String>,
    /// Why a call would hear nothing.
    note: Option<String>,
}

/// Picks the handset up: what a recipient hears. No call is placed.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/handset", tag = "campaigns", operation_id = "handset",
    params(("id" = String, Path)), request_body = HandsetCall,
    responses((status = 201, body = HandsetView), (status = 422, description = "There is no message yet")))]
pub async fn pick_up(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(call): Json<HandsetCall>,
) -> Result<Created<HandsetView>, ApiError> {
    let scope = who.may(Action::PlaceTestCalls)?;
    let phone = match &call.phone {
        Some(text) => Some(own_number(&app, &who, text).await?),
        None => None,
    };
    let session = Session::new(id, (call.recipient_id, phone), app.clock.now());
    let tried = load(&app, scope, &session).await?;
    let flow = if tried.is_listed { CallFlow::hang_up() } else { tried.scene.answered(&tried.script) };
    Ok(Created(tried.view(&app, (session.seal(&app, &who), None), &flow)?))
}

/// Presses a key: what follows. The key that opts out puts the number on the do-not-call list before the answer, on the
/// simulated carrier or when it is one's own; else the answer says why not.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/handset/{session}/keys", tag = "campaigns",
    operation_id = "handset_keys",
    params(("id" = String, Path), ("session" = String, Path)), request_body = HandsetKey,
    responses((status = 200, body = HandsetView), (status = 404, description = "Not found, or no longer good")))]
pub async fn press(
    State(app): State<Arc<App>>,
    who: Who,
    Texts(texts): Texts<2>,
    Json(pressed): Json<HandsetKey>,
) -> Result<Json<HandsetView>, ApiError> {
    let ([id, sealed], scope) = (texts, who.may(Action::PlaceTestCalls)?);
    let id = parse_id(&id).ok_or(UNKNOWN)?;
    let session = Session::open(&app, &who, (id, &sealed))?;
    let key = Key::parse(&pressed.digit).map_err(|error| ApiError::field("digit", error.to_string()))?;
    let tried = load(&app, scope, &session).await?;
    let offered = tried.scene.opt_out_key();
    let flow = if offered.is_some() { CallFlow::for_key(&tried.script, key) } else { CallFlow::hang_up() };
    let opt_out = if offered == Some(key) { Some(take_off(&app, who, &tried, key).await?) } else { None };
    Ok(Json(tried.view(&app, (sealed, opt_out), &flow)?))
}

async fn own_number(app: &App, who: &Who, text: &str) -> Result<String, ApiError> {
    let organization = who.organization();
    let found = app.store.read(move |tx| organizations::find(tx, organization)).await.map_err(ApiError::from)?;
    let country = found.map_or(CountryCode::US, |organization| organization.settings.default_country);
    let phone = PhoneNumber::parse(text, &country).map_err(|error| ApiError::field("phone", error.to_string()))?;
    Ok(phone.as_str().to_owned())
}

impl Tried {
    fn view(
        &self,
        app: &App,
        (session, opt_out): (String, Option<String>),
        flow: &CallFlow,
    ) -> Result<HandsetView, ApiError> {
        let twiml = self.scene.render(app, TOKEN, flow);
        let heard = twiml::steps::read(&twiml).map_err(|error| ApiError::Internal { cause: error.to_string() })?;
        let steps = shown(heard, self.scene.opt_out_key());
        let note = self.is_listed.then(|| "The number is on the do-not-call list: it is not called.".to_owned());
        let (to, from, over) = (self.to.clone(), self.from.clone(), is_over(&steps));
        Ok(HandsetView { session, to, from, steps, twiml, over, opt_out, note })
    }
}

/// Puts the number onto the do-not-call list, as a key in a call does; says what became of it.
async fn take_off(app: &App, who: Who, tried: &Tried, key: Key) -> Result<String, ApiError> {
    if let Some(why) = tried.spared {
        return Ok(format!("not recorded: {why}"));
    }
    let (campaign, name) = (tried.campaign, &tried.campaign_name);
    let entry = Entry {
        phone: tried.to.clone(),
        reason: format!("pressed {} on the virtual handset of campaign {campaign} ({name})", key.as_char()),
        source: SOURCE.to_owned(),
        added_by: who.actor(),
        added_at: app.clock.now(),
    };
    let added = app.store.write(Lane::Pages, move |tx| {
        if do_not_call::add(tx, who.organization(), &entry)? {
            let subject = "do_not_call".to_owned();
            let after = json!({ "phone": entry.phone, "reason": entry.reason, "source": entry.source });
            let what = Audited { action: "do_not_call.added", subject, before: Value::Null, after };
            who.audit(tx, what, entry.added_at)?;
        }
        Ok::<_, ApiError>(())
    });
    added.await?;
    app.nudge();
    Ok("recorded".to_owned())
}
