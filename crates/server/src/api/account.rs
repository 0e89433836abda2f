//! One's own account: another password, and the present one asked again.
//!
//! The present password is asked again, so that a browser left open cannot be taken over for good. Every other
//! session of the person ends.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::throttle::Guess;
use super::who::Audited;
use super::{ApiError, App, Credential, Json, Who, checks};
use crate::passwords::PASSWORD_BYTES_MAX;
use crate::secrets::Secret;
use crate::store::{Lane, sessions, users};

/// Another password for oneself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    current_password: String,
    password: String,
}

/// Changes one's own password.
#[utoipa::path(post, path = "/api/v1/account/password", tag = "session", request_body = PasswordChange,
    responses((status = 204), (status = 429, description = "Too many wrong passwords")))]
pub async fn change_password(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<PasswordChange>,
) -> Result<StatusCode, ApiError> {
    let mut errors = Vec::new();
    checks::password(&mut errors, "password", &given.password);
    ApiError::unless_valid(errors)?;
    check_password(&app, &who, "current_password", Secret::new(given.current_password)).await?;
    let now = app.clock.now();
    let hash = app.passwords.hash(&app.chance, Secret::new(given.password)).await?;
    let stays = match who.credential {
        Credential::Session(id) => Some(id),
        Credential::Token(_) => None,
    };
    app.store
        .write(Lane::Pages, move |tx| {
            users::set_password(tx, who.user.id, &hash)?;
            sessions::end_all(tx, who.user.id, stays)?;
            let subject = format!("user:{}", who.user.id);
            let what = Audited { action: "password.changed", subject, before: Value::Null, after: Value::Null };
            who.audit(tx, what, now)
        })
        .await
        .map_err(ApiError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for one's own password again, so that a browser left open changes nothing; `field` is where it was given.
pub(super) async fn check_password(app: &App, who: &Who, field: &str, password: Secret) -> Result<(), ApiError> {
    let (now, guess) = (app.clock.now(), Guess::own(who.user.id));
    if let Some(retry_after_s) = app.login_throttle.wait_s(&guess, now) {
        return Err(ApiError::TooManyRequests { retry_after_s });
    }
    let email = who.user.email.clone();
    let login = app.store.read(move |tx| users::login(tx, &email)).await.map_err(ApiError::from)?;
    let hash = login.and_then(|login| login.password_hash);
    let is_short = password.reveal().len() <= PASSWORD_BYTES_MAX;
    if !is_short || !app.passwords.verify(password, hash).await? {
        app.login_throttle.failed(&guess, now);
        return Err(ApiError::field(field, "is not right"));
    }
    Ok(())
}
