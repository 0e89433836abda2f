//! From a cookie or a token to a person.
//!
//! Both are looked up by hash on every request, so a log-out, a revocation or a disabled person counts from the
//! next request on. Log-ins are in [`super::session`].

use axum::http::{HeaderMap, header};
use jiff::{SignedDuration, Timestamp};

use super::{ApiError, App, Credential, Who, cookie};
use crate::secrets::token_hash;
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::store::{Lane, api_tokens, sessions};

/// How old the note «last used» may be before it is written again.
const SEEN_PRECISION: SignedDuration = SignedDuration::from_secs(60);

/// Who asks, by `Authorization` or else by cookie.
pub(super) async fn identify(app: &App, headers: &HeaderMap) -> Result<Who, ApiError> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let token = value.to_str().ok().and_then(bearer).ok_or(ApiError::Unauthenticated)?;
        return by_token(app, token_hash(token)).await;
    }
    let cookie = cookie::session(&app.config, headers).ok_or(ApiError::Unauthenticated)?;
    by_session(app, token_hash(cookie)).await
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(app: &App, hash: Vec<u8>) -> Result<Who, ApiError> {
    let found = app.store.read(move |tx| api_tokens::by_hash(tx, &hash)).await?;
    let (user, token) = found.ok_or(ApiError::Unauthenticated)?;
    let now = app.clock.now();
    if user.disabled_at.is_some() || token.revoked_at.is_some() || token.expires_at.is_some_and(|at| at <= now) {
        return Err(ApiError::Unauthenticated);
    }
    if token.last_used_at.is_none_or(|at| now.duration_since(at) >= SEEN_PRECISION) {
        app.store.write(Lane::Pages, move |tx| api_tokens::touch(tx, token.id, now)).await?;
    }
    Ok(Who { user, credential: Credential::Token(token.id) })
}

async fn by_session(app: &App, hash: Vec<u8>) -> Result<Who, ApiError> {
    let found = app.store.read(move |tx| sessions::by_token(tx, &hash)).await?;
    let (user, session) = found.ok_or(ApiError::Unauthenticated)?;
    let (now, idle) = (app.clock.now(), app.config.bounds.session_idle);
    if !is_alive(&user, &session, now, idle) {
        return Err(ApiError::Unauthenticated);
    }
    if now.duration_since(session.seen_at) >= SEEN_PRECISION.min(idle / 4) {
        app.store.write(Lane::Pages, move |tx| sessions::touch(tx, session.id, now)).await?;
    }
    Ok(Who { user, credential: Credential::Session(session.id) })
}

fn is_alive(user: &User, session: &Session, now: Timestamp, idle: SignedDuration) -> bool {
    user.disabled_at.is_none() && now < session.expires_at && now.duration_since(session.seen_at) < idle
}
