//! Logging in and out, and the sessions of one's own.
//!
//! An unknown address, a wrong password and a disabled person are one answer after the same work. A log-in always
//! makes a new session; the old one of the same browser ends.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use carillon_domain::roles::Role;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::checks::EMAIL_CHARS_MAX;
use super::cookie::{self, Transport};
use super::throttle::Guess;
use super::{ApiError, App, Credential, Id, Json, Page, Paging, Query, Who, openapi};
use crate::passwords::PASSWORD_BYTES_MAX;
use crate::secrets::{Secret, new_token, token_hash};
use crate::store::sessions::{self, Session};
use crate::store::users::User;
use crate::store::{Lane, StoreError, Tx, departments, organizations, users};

/// How much of a browser's name is kept.
const USER_AGENT_CHARS_MAX: usize = 200;
/// How long a browser is remembered as one in which somebody logged in.
const DEVICE_LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A log-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    email: String,
    #[schema(value_type = String, format = Password)]
    password: String,
}

/// Who is logged in, and until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    user: SessionUser,
    organization: SessionOrganization,
    /// The latest end; without use it ends earlier. Null for an API token.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SessionUser {
    id: Uuid,
    email: String,
    name: String,
    #[schema(schema_with = openapi::role)]
    role: Role,
    department_ids: Vec<Uuid>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SessionOrganization {
    id: Uuid,
    name: String,
}

/// Logs in: sets the session cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = LogIn,
    responses((status = 200, body = SessionView)))]
pub async fn log_in(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(given): Json<LogIn>,
) -> Result<impl IntoResponse, ApiError> {
    let email = given.email.trim().to_lowercase();
    if email.chars().count() > EMAIL_CHARS_MAX || given.password.len() > PASSWORD_BYTES_MAX {
        return Err(wrong());
    }
    let device = cookie::device(&app.config, &headers).filter(|mark| app.secret_key.knows_mark(mark, &email));
    let guess = Guess::new(&email, device, client_address(&app, peer, &headers));
    let user = check_password(&app, &guess, email, Secret::new(given.password)).await?;
    let token = new_token(&app.chance, "");
    let (session, old) = (fresh(&app, &headers), cookie::session(&app.config, &headers).map(token_hash));
    let (hash, user_id) = (token_hash(token.reveal()), user.id);
    let mark = app.secret_key.mark(&app.chance, &user.email);
    let view = app
        .store
        .write(Lane::Pages, move |tx| {
            if let Some(old) = &old {
                sessions::end_by_token(tx, old)?;
            }
            sessions::sweep(tx, session.created_at)?;
            sessions::insert(tx, &hash, user_id, &session)?;
            view(tx, &user, Some(session.expires_at))
        })
        .await?;
    let transport = Transport::of(&app.config, &headers);
    let cookies = AppendHeaders([
        (header::SET_COOKIE, cookie::set_session(transport, &token, app.config.bounds.session_life)),
        (header::SET_COOKIE, cookie::set_device(transport, &mark, DEVICE_LIFE)),
    ]);
    Ok((cookies, Json(view)))
}

fn wrong() -> ApiError {
    ApiError::Unauthenticated
}

/// The person, when throttle and password allow.
async fn check_password(app: &App, guess: &Guess, email: String, password: Secret) -> Result<User, ApiError> {
    if let Some(retry_after_s) = app.login_throttle.wait_s(guess, app.clock.now()) {
        return Err(ApiError::TooManyRequests { retry_after_s });
    }
    // Counted before the slow part, so that a hundred guesses at once are not a hundred guesses.
    app.login_throttle.failed(guess, app.clock.now());
    let login = app.store.read(move |tx| users::login(tx, &email)).await?;
    let hash = login.as_ref().and_then(|login| login.password_hash.clone());
    let right = app.passwords.verify(password, hash).await?;
    match login {
        Some(login) if right && login.user.disabled_at.is_none() => {
            app.login_throttle.succeeded(guess);
            Ok(login.user)
        }
        _ => {
            metrics::counter!("carillon_login_failures_total").increment(1);
            Err(wrong())
        }
    }
}

/// Where a request comes from, as far as it can be known.
fn client_address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let nearest = forwarded.and_then(|line| line.rsplit(',').next()).and_then(|address| address.trim().parse().ok());
    nearest.filter(|_| app.config.behind_proxy).unwrap_or_else(|| peer.ip())
}

fn fresh(app: &App, headers: &HeaderMap) -> Session {
    let now = app.clock.now();
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Session {
        id: app.chance.id(now),
        user_agent: agent.chars().take(USER_AGENT_CHARS_MAX).collect(),
        created_at: now,
        seen_at: now,
        expires_at: now + app.config.bounds.session_life,
    }
}

fn view(tx: &mut Tx<'_>, user: &User, expires_at: Option<Timestamp>) -> Result<SessionView, ApiError> {
    let organization = organizations::find(tx, user.organization)?;
    let organization = organization.ok_or_else(|| StoreError::Corrupt("a person without organization".to_owned()))?;
    Ok(SessionView {
        user: SessionUser {
            id: user.id,
            email: user.email.clone(),
            name: user.name.clone(),
            role: user.role,
            department_ids: departments::of_user(tx, user.id)?,
        },
        organization: SessionOrganization { id: organization.id, name: organization.name },
        expires_at,
    })
}

/// Who is logged in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = SessionView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who) -> Result<Json<SessionView>, ApiError> {
    let view = app
        .store
        .read(move |tx| {
            let session = match who.credential {
                Credential::Session(id) => sessions::find(tx, who.user.id, id)?,
                Credential::Token(_) => None,
            };
            view(tx, &who.user, session.map(|session| session.expires_at))
        })
        .await?;
    Ok(Json(view))
}

/// Logs out: ends the session and takes the cookie away. With a token there is nothing to end.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
pub async fn log_out(State(app): State<Arc<App>>, who: Who, headers: HeaderMap) -> Result<impl IntoResponse, ApiError> {
    if let Credential::Session(id) = who.credential {
        app.store.write(Lane::Pages, move |tx| sessions::end(tx, who.user.id, id)).await?;
    }
    let cookie = cookie::clear_session(Transport::of(&app.config, &headers));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// One of one's own sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionItem {
    id: Uuid,
    /// The one that asks.
    current: bool,
    user_agent: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Parameters of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Items in a page, 1 to 200.
    pub limit: Option<u16>,
    /// Where an earlier page ended.
    pub cursor: Option<String>,
}

/// One's own sessions, newest first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "session", params(ListQuery),
    responses((status = 200, body = Page<SessionItem>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<SessionItem>>, ApiError> {
    let paging = Paging::<(Timestamp, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows, user) = (paging.after, paging.rows(), who.user.id);
    let found = app.store.read(move |tx| sessions::page(tx, user, after, rows)).await.map_err(ApiError::from)?;
    let current = who.credential;
    Ok(Json(Page::of(
        &paging,
        found,
        |session| (session.created_at, session.id),
        |session| SessionItem {
            id: session.id,
            current: current == Credential::Session(session.id),
            user_agent: session.user_agent,
            created_at: session.created_at,
            seen_at: session.seen_at,
            expires_at: session.expires_at,
        },
    )))
}

/// Ends one of one's own sessions, wherever its browser is.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "session", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn end(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let ended = app.store.write(Lane::Pages, move |tx| sessions::end(tx, who.user.id, id)).await;
    if ended.map_err(ApiError::from)? { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::NotFound("session")) }
}
