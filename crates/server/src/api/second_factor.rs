//! One's own second factor: the six digits of an app, asked for at each log-in, and recovery codes for the day the
//! phone is lost.
//!
//! It is begun with the password, and on once a code has proven that the app has the secret. Recovery codes are shown
//! then and never again. What a log-in asks for is [`Proof`]; an administrator may switch somebody's off in
//! [`super::users`].

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::account::check_password;
use super::proof::{self, Proof};
use super::throttle::Guess;
use super::who::Audited;
use super::{ApiError, App, Credential, Json, Who};
use crate::codes;
use crate::secrets::Secret;
use crate::store::second_factors::{self, SecondFactor};
use crate::store::{Lane, StoreError, Tx, sessions};
use crate::totp::TotpSecret;

/// Recovery codes of a person.
const RECOVERY_CODES: usize = 10;

/// One's own second factor.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SecondFactor)]
pub struct SecondFactorView {
    /// Log-ins ask for a code.
    enabled: bool,
    /// Each is good for one log-in.
    recovery_codes_left: i64,
}

/// The present password, before anything changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorBegin {
    #[schema(value_type = String, format = Password)]
    password: String,
}

/// What goes into the app; it is in this answer and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorSecret {
    /// To be typed into the app.
    secret: String,
    /// The same for a picture that the app reads.
    otpauth_url: String,
}

/// A code of the app that has the secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorConfirm {
    /// The six digits that the app shows now.
    code: String,
}

/// Codes for the day the app is lost; they are in this answer and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// Password and code, to do without a second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorOff {
    #[schema(value_type = String, format = Password)]
    password: String,
    /// The six digits that the app shows now, or a recovery code.
    code: String,
}

/// Whether log-ins ask for a code.
#[utoipa::path(get, path = "/api/v1/account/second-factor", tag = "second-factor",
    responses((status = 200, body = SecondFactorView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who) -> Result<Json<SecondFactorView>, ApiError> {
    let view = app.store.read(move |tx| {
        let enabled = second_factors::find(tx, who.user.id)?.is_some_and(|factor| factor.on_since.is_some());
        Ok(SecondFactorView { enabled, recovery_codes_left: second_factors::recovery_codes_left(tx, who.user.id)? })
    });
    Ok(Json(view.await.map_err(|e: StoreError| ApiError::from(e))?))
}

/// Begins: draws a secret for the app. Log-ins ask for nothing before it is confirmed.
#[utoipa::path(post, path = "/api/v1/account/second-factor", tag = "second-factor", request_body = SecondFactorBegin,
    responses((status = 200, body = SecondFactorSecret), (status = 409, description = "It is on already"),
        (status = 429, description = "Too many wrong passwords")))]
pub async fn begin(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<SecondFactorBegin>,
) -> Result<Json<SecondFactorSecret>, ApiError> {
    check_password(&app, &who, "password", Secret::new(given.password)).await?;
    let (now, secret) = (app.clock.now(), TotpSecret::draw(&app.chance));
    let sealed = app.secret_key.seal(&app.chance, &proof::place(who.user.id), &secret.to_text());
    let (user, view) = (who.user.id, view_of(&secret, &who));
    let begun = app.store.write(Lane::Pages, move |tx| second_factors::begin(tx, user, &sealed, now)).await;
    if begun.map_err(|e: StoreError| ApiError::from(e))? { Ok(Json(view)) } else { Err(is_on()) }
}

fn view_of(secret: &TotpSecret, who: &Who) -> SecondFactorSecret {
    SecondFactorSecret { secret: secret.in_letters(), otpauth_url: secret.address(&who.user.email) }
}

fn is_on() -> ApiError {
    let detail = "your second factor is on: switch it off before you begin anew".to_owned();
    ApiError::StateConflict { state: "on", actions: vec!["off"], detail }
}

fn is_off() -> ApiError {
    let detail = "you have not begun with a second factor".to_owned();
    ApiError::StateConflict { state: "off", actions: vec!["begin"], detail }
}

/// Turns it on: the code proves that the app has the secret. Every other session ends.
#[utoipa::path(post, path = "/api/v1/account/second-factor/confirm", tag = "second-factor",
    request_body = SecondFactorConfirm,
    responses((status = 200, body = RecoveryCodes), (status = 409, description = "Not begun, or on already"),
        (status = 429, description = "Too many wrong codes")))]
pub async fn confirm(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<SecondFactorConfirm>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let proof = Proof::new(&app, given.code);
    let drawn: Vec<Secret> = (0..RECOVERY_CODES).map(|_| codes::draw(&app.chance)).collect();
    let hashes: Vec<Vec<u8>> = drawn.iter().map(|code| codes::code_hash(code.reveal())).collect();
    let guess = Guess::own(who.user.id);
    guarded(&app, &guess, move |tx| {
        let factor = second_factors::lock(tx, who.user.id)?.ok_or_else(is_off)?;
        if factor.on_since.is_some() {
            return Err(is_on());
        }
        let step = proof.step(who.user.id, &factor).ok_or_else(wrong_code)?;
        second_factors::turn_on(tx, who.user.id, (step, proof.now), &hashes)?;
        sessions::end_all(tx, who.user.id, session_of(&who))?;
        record(tx, &who, "second_factor.turned_on", &proof)
    })
    .await?;
    Ok(Json(RecoveryCodes { recovery_codes: drawn.iter().map(|code| code.reveal().to_owned()).collect() }))
}

/// Turns it off.
#[utoipa::path(post, path = "/api/v1/account/second-factor/off", tag = "second-factor", request_body = SecondFactorOff,
    responses((status = 204), (status = 409, description = "It is not on"),
        (status = 429, description = "Too many wrong passwords or codes")))]
pub async fn turn_off(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<SecondFactorOff>,
) -> Result<StatusCode, ApiError> {
    check_password(&app, &who, "password", Secret::new(given.password)).await?;
    let (proof, guess) = (Proof::new(&app, given.code), Guess::own(who.user.id));
    guarded(&app, &guess, move |tx| {
        let on = |factor: &SecondFactor| factor.on_since.is_some();
        let factor = second_factors::lock(tx, who.user.id)?.filter(on).ok_or_else(is_off)?;
        if !proof.take(tx, who.user.id, &factor)? {
            return Err(wrong_code());
        }
        second_factors::turn_off(tx, who.user.id)?;
        record(tx, &who, "second_factor.turned_off", &proof)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn wrong_code() -> ApiError {
    ApiError::field("code", "is not right, or was used before")
}

/// Runs `work`, in which a code is checked, unless too many were wrong.
async fn guarded(
    app: &App,
    guess: &Guess,
    work: impl Fn(&mut Tx<'_>) -> Result<(), ApiError> + Send + 'static,
) -> Result<(), ApiError> {
    let now = app.clock.now();
    if let Some(retry_after_s) = app.login_throttle.wait_s(guess, now) {
        return Err(ApiError::TooManyRequests { retry_after_s });
    }
    let done = app.store.write(Lane::Pages, work).await;
    if matches!(done, Err(ApiError::Invalid(_))) {
        app.login_throttle.failed(guess, now);
    }
    done
}

fn session_of(who: &Who) -> Option<Uuid> {
    match who.credential {
        Credential::Session(id) => Some(id),
        Credential::Token(_) => None,
    }
}

fn record(tx: &mut Tx<'_>, who: &Who, action: &'static str, proof: &Proof) -> Result<(), ApiError> {
    let subject = format!("user:{}", who.user.id);
    who.audit(tx, Audited { action, subject, before: Value::Null, after: Value::Null }, proof.now)?;
    Ok(())
}
