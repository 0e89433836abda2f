//! The carrier's account: entered by administrators, its secrets written and never shown.
//!
//! A secret that is left out stays. What the check asks the carrier is in [`crate::carrier_check`].

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::field_error::FieldError;
use carillon_domain::phone_number::PhoneNumber;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::who::Audited;
use super::{ApiError, App, Json, Who};
use crate::carrier_check::{self, Finding};
use crate::secrets::{Place, Secret};
use crate::store::carriers::{self, CarrierAccount};
use crate::store::{Lane, accounts};

/// Numbers to show to those who are called.
const CALLER_IDS_MAX: usize = 1_000;
/// Characters of an id or a secret of the carrier's.
const ID_CHARS_MAX: usize = 64;
const SECRET_CHARS_MAX: usize = 256;

/// The carrier's account, without its secrets.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Carrier)]
pub struct CarrierView {
    /// 0 until something has been entered.
    version: i64,
    account_sid: String,
    auth_token_set: bool,
    api_key_sid: Option<String>,
    api_key_secret_set: bool,
    #[schema(example = json!(["+12025550100"]))]
    caller_ids: Vec<String>,
    twiml_app_sid: Option<String>,
    /// Wins over the configuration's.
    public_url: Option<String>,
    /// Where the carrier reaches this server; null: neither here nor in the configuration is one.
    public_url_in_force: Option<String>,
    /// Where that stands: `carrier` (here) or `configuration`.
    #[schema(value_type = Option<String>, example = "configuration")]
    public_url_from: Option<&'static str>,
}

impl CarrierView {
    /// As people see it; `configured` is the public address of the configuration.
    fn of(account: &CarrierAccount, configured: Option<&str>) -> Self {
        let entered = account.public_url.as_deref().map(|url| (url, "carrier"));
        let in_force = entered.or_else(|| configured.map(|url| (url, "configuration")));
        Self {
            version: account.version,
            account_sid: account.account_sid.clone(),
            auth_token_set: account.auth_token_sealed.is_some(),
            api_key_sid: account.api_key_sid.clone(),
            api_key_secret_set: account.api_key_secret_sealed.is_some(),
            caller_ids: account.caller_ids.clone(),
            twiml_app_sid: account.twiml_app_sid.clone(),
            public_url: account.public_url.clone(),
            public_url_in_force: in_force.map(|(url, _)| url.to_owned()),
            public_url_from: in_force.map(|(_, from)| from),
        }
    }
}

/// The carrier's account to be. What is left out stays; null or an empty text takes it away.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarrierChange {
    /// May be left out the first time.
    version: Option<i64>,
    account_sid: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, write_only)]
    auth_token: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    api_key_sid: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, write_only)]
    api_key_secret: Option<Option<String>>,
    caller_ids: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    twiml_app_sid: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    public_url: Option<Option<String>>,
}

/// Tells «left out» from null; an empty text is null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.map(|text| text.trim().to_owned());
    Ok(Some(text.filter(|text| !text.is_empty())))
}

const NOTHING: CarrierAccount = CarrierAccount {
    version: 0,
    account_sid: String::new(),
    auth_token_sealed: None,
    api_key_sid: None,
    api_key_secret_sealed: None,
    caller_ids: Vec::new(),
    twiml_app_sid: None,
    public_url: None,
};

/// The carrier's account.
#[utoipa::path(get, path = "/api/v1/carrier", tag = "carrier", responses((status = 200, body = CarrierView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who) -> Result<Json<CarrierView>, ApiError> {
    let found = app.store.read(move |tx| carriers::find(tx, who.organization())).await.map_err(ApiError::from)?;
    Ok(Json(CarrierView::of(&found.unwrap_or(NOTHING), app.config.public_url.as_deref())))
}

/// Enters the carrier's account.
#[utoipa::path(put, path = "/api/v1/carrier", tag = "carrier", request_body = CarrierChange,
    responses((status = 200, body = CarrierView)))]
pub async fn replace(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<CarrierChange>,
) -> Result<Json<CarrierView>, ApiError> {
    ApiError::unless_valid(complaints(&given))?;
    let now = app.clock.now();
    let sealed = Sealed::of(&app, who.organization(), &given);
    let configured = app.config.public_url.clone();
    let view = app.store.write(Lane::Pages, move |tx| {
        let found = carriers::lock(tx, who.organization())?;
        let view = |account: &CarrierAccount| CarrierView::of(account, configured.as_deref());
        let before = view(found.as_ref().unwrap_or(&NOTHING));
        let changed = over(&given, &sealed, found.unwrap_or(NOTHING), view)?;
        if !carriers::save(tx, who.organization(), &changed)? {
            let newer = carriers::find(tx, who.organization())?.unwrap_or(NOTHING);
            return Err(ApiError::stale(&view(&newer)));
        }
        let after = view(&changed);
        let subject = "carrier".to_owned();
        let what = Audited { action: "carrier.changed", subject, before: json!(before), after: json!(after) };
        who.audit(tx, what, now)?;
        Ok(after)
    });
    let view = view.await?;
    app.nudge();
    Ok(Json(view))
}

/// The secrets given, sealed once: the unit of work may run again.
#[derive(Clone)]
struct Sealed {
    auth_token: Option<Option<String>>,
    api_key_secret: Option<Option<String>>,
}

impl Sealed {
    fn of(app: &App, organization: Uuid, given: &CarrierChange) -> Self {
        let seal = |column, secret: &Option<Option<String>>| {
            let place = Place { table: "carriers", row: organization, column };
            secret.as_ref().map(|secret| {
                secret.as_ref().map(|secret| app.secret_key.seal(&app.chance, &place, &Secret::new(secret)))
            })
        };
        Self {
            auth_token: seal("auth_token", &given.auth_token),
            api_key_secret: seal("api_key_secret", &given.api_key_secret),
        }
    }
}

/// What was there with what is given laid over it.
fn over(
    given: &CarrierChange,
    sealed: &Sealed,
    found: CarrierAccount,
    view: impl Fn(&CarrierAccount) -> CarrierView,
) -> Result<CarrierAccount, ApiError> {
    match given.version {
        _ if found.version == 0 => {}
        None => return Err(ApiError::field("version", "is required")),
        Some(version) if version == found.version => {}
        Some(_) => return Err(ApiError::stale(&view(&found))),
    }
    let pick = |given: &Option<Option<String>>, found: Option<String>| given.clone().unwrap_or(found);
    let changed = CarrierAccount {
        version: found.version + 1,
        account_sid: given.account_sid.as_deref().map_or(found.account_sid, |sid| sid.trim().to_owned()),
        auth_token_sealed: pick(&sealed.auth_token, found.auth_token_sealed),
        api_key_sid: pick(&given.api_key_sid, found.api_key_sid),
        api_key_secret_sealed: pick(&sealed.api_key_secret, found.api_key_secret_sealed),
        caller_ids: given.caller_ids.clone().unwrap_or(found.caller_ids),
        twiml_app_sid: pick(&given.twiml_app_sid, found.twiml_app_sid),
        public_url: pick(&given.public_url, found.public_url),
    };
    if changed.account_sid.is_empty() {
        return Err(ApiError::field("account_sid", "is required"));
    }
    Ok(changed)
}

/// Everything that can be wrong without knowing what was there.
fn complaints(given: &CarrierChange) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let ids = [
        ("account_sid", given.account_sid.as_deref()),
        ("api_key_sid", text(&given.api_key_sid)),
        ("twiml_app_sid", text(&given.twiml_app_sid)),
    ];
    for (field, id) in ids {
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if id.is_some_and(|id| !(1..=ID_CHARS_MAX).contains(&id.len()) || !id.chars().all(is_id)) {
            errors.push(FieldError::new(field, format!("must be 1 to {ID_CHARS_MAX} letters, digits, - or _")));
        }
    }
    let secrets = [("auth_token", text(&given.auth_token)), ("api_key_secret", text(&given.api_key_secret))];
    for (field, secret) in secrets {
        if secret.is_some_and(|secret| secret.len() > SECRET_CHARS_MAX || !secret.chars().all(|c| c.is_ascii_graphic()))
        {
            let message = format!("must be at most {SECRET_CHARS_MAX} printable characters without blanks");
            errors.push(FieldError::new(field, message));
        }
    }
    errors.extend(given.caller_ids.iter().flat_map(|ids| wrong_caller_ids(ids)));
    let wrong_url = text(&given.public_url).and_then(carrier_check::public_url_complaint);
    errors.extend(wrong_url.map(|message| FieldError::new("public_url", message)));
    errors
}

fn text(given: &Option<Option<String>>) -> Option<&str> {
    given.as_ref().and_then(Option::as_deref)
}

fn wrong_caller_ids(ids: &[String]) -> Vec<FieldError> {
    if ids.len() > CALLER_IDS_MAX {
        return vec![FieldError::new("caller_ids", format!("must be at most {CALLER_IDS_MAX}"))];
    }
    let mut seen = HashSet::new();
    let complaint = |id: &String| match PhoneNumber::from_e164(id) {
        Err(error) => Some(error.to_string()),
        Ok(number) if !seen.insert(number) => Some("is given twice".to_owned()),
        Ok(_) => None,
    };
    let complaints = ids.iter().map(complaint).enumerate();
    complaints.filter_map(|(i, text)| text.map(|text| FieldError::new(format!("caller_ids[{i}]"), text))).collect()
}

/// What the check found.
#[derive(Debug, Serialize, ToSchema)]
pub struct CarrierCheck {
    /// Whether campaigns can call: nothing failed.
    ok: bool,
    checks: Vec<FindingView>,
}

/// One thing looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// What was looked at: `credentials`, `balance`, `numbers` or `webhooks`.
    check: &'static str,
    /// What was found, as a word that stays, for pages in other languages: of credentials `account_missing`,
    /// `account_incomplete`, `account_hidden`, `account_not_active`, `trial_account`, `account_active`,
    /// `credentials_refused`, `carrier_unreachable`; of the balance `balance_spent`, `balance_known`, `balance_hidden`,
    /// `balance_unknown`; of numbers `numbers_missing`, `numbers_unknown`, `numbers_fine`, `numbers_foreign`; of webhooks
    /// `webhooks_reachable`, `webhooks_unreachable`.
    code: &'static str,
    /// `ok`, `warning` or `failed`.
    verdict: &'static str,
    /// What was found, in words.
    message: String,
    /// What to do about it; null when all is well.
    mend: Option<String>,
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        let Finding { check, code, verdict, message, mend } = finding;
        Self { check, code, verdict: verdict.as_str(), message, mend }
    }
}

/// Tests credentials, balance, numbers, and whether the carrier can reach this server.
#[utoipa::path(post, path = "/api/v1/carrier/check", tag = "carrier", responses((status = 200, body = CarrierCheck)))]
pub async fn check(State(app): State<Arc<App>>, who: Who) -> Result<Json<CarrierCheck>, ApiError> {
    let account = app.store.read(move |tx| accounts::of_organization(tx, who.organization())).await;
    let findings = carrier_check::run(&app.lines, account.map_err(ApiError::from)?.as_ref()).await;
    let ok = findings.iter().all(|finding| finding.verdict != carrier_check::Verdict::Failed);
    Ok(Json(CarrierCheck { ok, checks: findings.into_iter().map(FindingView::from).collect() }))
}
