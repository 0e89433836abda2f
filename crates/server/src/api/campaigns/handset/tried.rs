//! A call as it would be: whom it is for, what it says, and whether a key may put the number on the do-not-call list.
//!
//! Read in one snapshot, and written nowhere. What is heard is made by [`Scene`], for carriers and for the handset alike.

use std::sync::Arc;

use carillon_domain::call_flow::Script;
use carillon_domain::message::MergeFields;
use uuid::Uuid;

use super::super::UNKNOWN;
use super::session::Session;
use crate::api::voice::Scene;
use crate::api::{ApiError, App};
use crate::store::accounts::{self, Account};
use crate::store::campaigns::{self, Campaign};
use crate::store::scope::Scope;
use crate::store::{Tx, do_not_call, organizations, recipients};
use crate::telephony::PublicUrl;

/// Whom a message is merged for when nobody is named. The number is one of those that nobody has.
const SAMPLE_PHONE: &str = "+12025550143";
pub(in crate::api::campaigns) const SAMPLE: [(&str, &str); 9] = [
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

/// A call as it would be.
pub(super) struct Tried {
    pub(super) campaign: Uuid,
    pub(super) campaign_name: String,
    pub(super) scene: Scene,
    pub(super) script: Script,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) is_listed: bool,
    /// Why the number may not go onto the do-not-call list, whatever is pressed.
    pub(super) spared: Option<&'static str>,
}

/// Reads what a session is about.
pub(super) async fn load(app: &Arc<App>, scope: Scope, session: &Session) -> Result<Tried, ApiError> {
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
pub(in crate::api::campaigns) fn public_url(app: &App, account: Option<&Account>) -> PublicUrl {
    let known = account.and_then(|account| app.lines.public_url(account).ok());
    let listen = || PublicUrl::parse(&format!("http://{}", app.config.listen)).expect("an address and a port");
    known.unwrap_or_else(listen)
}
