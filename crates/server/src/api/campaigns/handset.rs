//! The virtual handset: a page plays the very document that a recipient's call would get, keys included.
//!
//! No call is placed, and no attempt is written. What is tried is kept in the session's own text, sealed for its person, so
//! that any node can go on with it and none needs to remember it. A key that opts out does what it does in a call, unless
//! that would put somebody's number on the do-not-call list who has pressed nothing.

mod steps;

use std::sync::Arc;

use axum::extract::{Path, State};
use carillon_domain::call_flow::{CallFlow, Key, Script};
use carillon_domain::country_code::CountryCode;
use carillon_domain::message::MergeFields;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::roles::Action;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use self::steps::{HandsetStep, is_over, shown};
use super::UNKNOWN;
use crate::api::query::parse_id;
use crate::api::voice::Scene;
use crate::api::who::Audited;
use crate::api::{ApiError, App, Created, Id, Json, Who};
use crate::secrets::{Place, Secret};
use crate::store::accounts::{self, Account};
use crate::store::campaigns::{self, Campaign};
use crate::store::do_not_call::{self, Entry};
use crate::store::scope::Scope;
use crate::store::{Lane, Tx, organizations, recipients};
use crate::telephony::{PublicUrl, twiml_steps};

/// How long somebody may try.
const LIFE: SignedDuration = SignedDuration::from_mins(15);
/// What stands in a document's addresses where a call has its token.
const TOKEN: &str = "handset";
/// How an opt-out by the handset came to the list.
const SOURCE: &str = "handset";
/// Whom a message is merged for when nobody is named. The number is one of those that nobody has.
const SAMPLE_PHONE: &str = "+12025550143";
pub(super) const SAMPLE: [(&str, &str); 9] = [
    ("name", "Ada Lovelace"),
    ("first_name", "Ada"),
    ("last_name", "Lovelace"),
    ("phone", SAMPLE_PHONE),
    ("email", "ada@example.com"),
    ("company", "Example Company"),
    ("language", "en-US"),
    ("postal_code", "20001"),
    ("state", "DC"),
];
const NO_SESSION: ApiError = ApiError::NotFound("handset session");

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

/// What somebody tries. It travels sealed, as the session.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Session {
    campaign: Uuid,
    recipient: Option<Uuid>,
    /// Given by the one who tries.
    phone: Option<String>,
    expires_at: Timestamp,
}

impl Session {
    /// Where it is sealed for: another person cannot open it.
    fn place(who: &Who) -> Place {
        Place { table: "handset", row: who.user.id, column: "session" }
    }

    fn seal(&self, app: &App, who: &Who) -> String {
        let text = serde_json::to_string(self).expect("a session is plain data");
        app.secret_key.seal(&app.chance, &Self::place(who), &Secret::new(text))
    }

    fn open(app: &App, who: &Who, (campaign, sealed): (Uuid, &str)) -> Result<Self, ApiError> {
        let text = app.secret_key.open(&Self::place(who), sealed).map_err(|_| NO_SESSION)?;
        let session: Self = serde_json::from_str(text.reveal()).map_err(|_| NO_SESSION)?;
        let is_good = session.campaign == campaign && app.clock.now() < session.expires_at;
        is_good.then_some(session).ok_or(NO_SESSION)
    }
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
    let expires_at = app.clock.now() + LIFE;
    let session = Session { campaign: id, recipient: call.recipient_id, phone, expires_at };
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
    Path((id, sealed)): Path<(String, String)>,
    Json(pressed): Json<HandsetKey>,
) -> Result<Json<HandsetView>, ApiError> {
    let scope = who.may(Action::PlaceTestCalls)?;
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

/// A call as it would be.
struct Tried {
    campaign: Uuid,
    campaign_name: String,
    scene: Scene,
    script: Script,
    to: String,
    from: String,
    is_listed: bool,
    /// Why the number may not go onto the do-not-call list, whatever is pressed.
    spared: Option<&'static str>,
}

async fn load(app: &Arc<App>, scope: Scope, session: &Session) -> Result<Tried, ApiError> {
    let (app, session) = (Arc::clone(app), session.clone());
    let store = app.store.clone();
    store.read(move |tx| read(tx, &app, scope, &session)).await
}

fn read(tx: &mut Tx<'_>, app: &App, scope: Scope, session: &Session) -> Result<Tried, ApiError> {
    let campaign = campaigns::find(tx, &scope, session.campaign)?.ok_or(UNKNOWN)?;
    let organization = organizations::find(tx, campaign.organization)?.ok_or(UNKNOWN)?;
    let account = accounts::of_organization(tx, campaign.organization)?;
    let (fields, theirs) = match session.recipient {
        Some(id) => {
            let recipient = recipients::find(tx, campaign.id, id)?.ok_or(ApiError::NotFound("recipient"))?;
            (recipients::merge_fields(&recipient).into_iter().collect(), Some(recipient.phone))
        }
        None => (MergeFields::from_iter(SAMPLE), None),
    };
    let spared = match (&session.phone, &theirs) {
        (Some(_), _) => None,
        (None, Some(_)) if app.lines.is_simulated() => None,
        (None, Some(_)) => Some("it is the recipient's number, and only they can ask not to be called"),
        (None, None) => Some("nobody's number was tried"),
    };
    let to = session.phone.clone().or(theirs).unwrap_or_else(|| SAMPLE_PHONE.to_owned());
    let is_listed = do_not_call::contains(tx, campaign.organization, &to)?;
    let from = caller_id(&campaign, account.as_ref());
    let public = public_url(app, account.as_ref());
    let scene = Scene { settings: campaign.settings, organization_name: organization.name, fields, public };
    let script = scene.script().ok_or_else(|| ApiError::field("message", "write the message first"))?;
    let (campaign, campaign_name) = (campaign.id, campaign.name);
    Ok(Tried { campaign, campaign_name, scene, script, to, from, is_listed, spared })
}

fn caller_id(campaign: &Campaign, account: Option<&Account>) -> String {
    let own = campaign.settings.caller_ids.first().map(|number| number.as_str().to_owned());
    own.or_else(|| account?.caller_ids.first().cloned()).unwrap_or_default()
}

/// Where the carrier reaches us; while nobody has said that, where we listen.
fn public_url(app: &App, account: Option<&Account>) -> PublicUrl {
    let known = account.and_then(|account| app.lines.public_url(account).ok());
    let listen = || PublicUrl::parse(&format!("http://{}", app.config.listen)).expect("an address and a port");
    known.unwrap_or_else(listen)
}

impl Tried {
    fn view(
        &self,
        app: &App,
        (session, opt_out): (String, Option<String>),
        flow: &CallFlow,
    ) -> Result<HandsetView, ApiError> {
        let twiml = self.scene.render(app, TOKEN, flow);
        let heard = twiml_steps::read(&twiml).map_err(|error| ApiError::Internal { cause: error.to_string() })?;
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
