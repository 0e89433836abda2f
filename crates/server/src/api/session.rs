//! Logging in and out, and the sessions of one's own.
//!
//! An unknown address, a wrong password and a disabled person are one answer after the same work. Only whose password
//! was right learns that a code is needed, too. A log-in always makes a new session; the old one of the same browser ends.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Role;
use carillon_domain::time_zones::TimeZoneName;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::admission::admit;
use super::checks::EMAIL_CHARS_MAX;
use super::cookie::{self, Transport};
use super::peer::client_address;
use super::proof::{self, Proof};
use super::throttle::Guess;
use super::{ApiError, App, Credential, Id, Json, Page, Paging, Query, Who, openapi};
use crate::passwords::PASSWORD_BYTES_MAX;
use crate::secrets::Secret;
use crate::store::sessions;
use crate::store::users::User;
use crate::store::{Lane, StoreError, Tx, departments, organizations, users};

/// A log-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    email: String,
    #[schema(value_type = String, format = Password)]
    password: String,
    /// For people with a second factor: the six digits of the app, or a recovery code.
    code: Option<String>,
}

/// Who is logged in, and until when.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    user: SessionUser,
    organization: SessionOrganization,
    /// The latest end; without use it ends earlier. Null for an API token.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// No phone rings: calls go to a simulated carrier.
    simulated_carrier: bool,
    server_version: &'static str,
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
    /// The zone of schedules that name none.
    #[schema(value_type = String, example = "America/New_York")]
    timezone: TimeZoneName,
    /// The country of numbers that are written without one.
    #[schema(value_type = String, example = "US")]
    default_country: CountryCode,
}

/// Logs in: sets the session cookie.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = LogIn,
    responses((status = 200, body = SessionView),
        (status = 401, description = "Not right; of the type second-factor-required when only the code is missing"),
        (status = 429, description = "Too many wrong guesses")))]
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
    let guess = Guess::new(&email, device, client_address(&app.config, peer, &headers));
    let user = check_password(&app, &guess, email, Secret::new(given.password)).await?;
    let (entry, cookies) = admit(&app, &headers, &user.email);
    let (viewer, proof) = (Viewer::of(&app), given.code.map(|code| Proof::new(&app, code)));
    let write = app.store.write(Lane::Pages, move |tx| {
        proof::pass(tx, user.id, proof.as_ref())?;
        let expires_at = entry.write(tx, user.id)?;
        viewer.view(tx, &user, Some(expires_at))
    });
    let view = write.await.inspect_err(count_failure)?;
    app.login_throttle.succeeded(&guess);
    Ok((cookies, Json(view)))
}

fn count_failure(error: &ApiError) {
    if matches!(error, ApiError::Unauthenticated | ApiError::SecondFactorRequired(_)) {
        metrics::counter!("carillon_login_failures_total").increment(1);
    }
}

fn wrong() -> ApiError {
    ApiError::Unauthenticated
}

/// The person, when throttle and password allow. Whoever comes in is forgiven the guess that is counted here.
async fn check_password(app: &App, guess: &Guess, email: String, password: Secret) -> Result<User, ApiError> {
    if let Some(retry_after_s) = app.login_throttle.wait_s(guess, app.clock.now()) {
        return Err(ApiError::TooManyRequests { retry_after_s });
    }
    // Counted before the slow part, so that a hundred guesses at once are not a hundred guesses.
    app.login_throttle.failed(guess, app.clock.now());
    let login = app.store.read(move |tx| users::login(tx, &email)).await?;
    let hash = login.as_ref().and_then(|login| login.password_hash.clone());
    let right = app.passwords.verify(password, hash).await?;
    let known = login.filter(|login| right && login.user.disabled_at.is_none());
    known.map(|login| login.user).ok_or_else(wrong).inspect_err(count_failure)
}

/// Makes what a session shows; it knows what is true of all of them.
#[derive(Clone, Copy)]
pub(super) struct Viewer {
    simulated_carrier: bool,
}

impl Viewer {
    pub(super) fn of(app: &App) -> Self {
        Self { simulated_carrier: app.lines.is_simulated() }
    }

    pub(super) fn view(
        self,
        tx: &mut Tx<'_>,
        user: &User,
        expires_at: Option<Timestamp>,
    ) -> Result<SessionView, ApiError> {
        let organization = organizations::find(tx, user.organization)?;
        let gone = || StoreError::Corrupt("a person without organization".to_owned());
        let organization = organization.ok_or_else(gone)?;
        Ok(SessionView {
            user: SessionUser {
                id: user.id,
                email: user.email.clone(),
                name: user.name.clone(),
                role: user.role,
                department_ids: departments::of_user(tx, user.id)?,
            },
            organization: SessionOrganization {
                id: organization.id,
                name: organization.name,
                timezone: organization.settings.timezone,
                default_country: organization.settings.default_country,
            },
            expires_at,
            simulated_carrier: self.simulated_carrier,
            server_version: env!("CARGO_PKG_VERSION"),
        })
    }
}

/// Who is logged in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = SessionView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who) -> Result<Json<SessionView>, ApiError> {
    let viewer = Viewer::of(&app);
    let view = app
        .store
        .read(move |tx| {
            let session = match who.credential {
                Credential::Session(id) => sessions::find(tx, who.user.id, id)?,
                Credential::Token(_) => None,
            };
            viewer.view(tx, &who.user, session.map(|session| session.expires_at))
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
