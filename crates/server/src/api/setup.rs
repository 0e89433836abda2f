//! The first run in the browser: the organization and its first administrator, once.
//!
//! Open as long as there is no organization at all, which is decided in the transaction that makes it. A browser on
//! this machine needs nothing more; any other shows the code that the server printed when it was started, so that a
//! stranger who finds the address first gains nothing. The command line does the same for operators.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use carillon_domain::country_code::CountryCode;
use carillon_domain::roles::Role;
use carillon_domain::settings::Settings;
use carillon_domain::time_zones::TimeZoneName;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::admission::admit;
use super::peer::{client_address, is_this_machine, names_this_machine};
use super::session::{SessionView, Viewer};
use super::throttle::Guess;
use super::{ApiError, App, Json, checks};
use crate::chance::Chance;
use crate::codes;
use crate::secrets::Secret;
use crate::store::audit::{self, Change};
use crate::store::departments::{self, Department};
use crate::store::organizations::{self, Organization};
use crate::store::users::{self, User};
use crate::store::{Lane, StoreError, Tx};

/// The department every organization begins with.
pub const FIRST_DEPARTMENT: &str = "General";
/// How long after the start of the server its code opens the set-up.
const CODE_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Whom wrong codes count against; nobody's address reads like this.
const THROTTLED_AS: &str = "set-up";

/// The code of this start of the server; it opens nothing once there is an organization.
pub struct SetupCode {
    code: Secret,
    expires_at: Timestamp,
}

impl SetupCode {
    /// Draws one.
    #[must_use]
    pub fn draw(chance: &Chance, now: Timestamp) -> Self {
        Self { code: codes::draw(chance), expires_at: now + CODE_LIFE }
    }

    /// The code, for the terminal on which the server was started; `None` when there is nothing to set up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn while_open(app: &App) -> Result<Option<&str>, StoreError> {
        let is_any = app.store.read(organizations::is_any).await?;
        Ok((!is_any).then(|| app.setup_code.code.reveal()))
    }

    fn check(&self, typed: Option<&str>, now: Timestamp) -> Result<(), &'static str> {
        match typed {
            None => Err("is needed: the server printed it when it was started"),
            Some(typed) if !codes::is_code(typed, &self.code) => Err("is not the one that the server printed"),
            Some(_) if now >= self.expires_at => Err("has expired: start the server again for another"),
            Some(_) => Ok(()),
        }
    }
}

/// Whether there is something to set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupView {
    /// There is no organization yet.
    needed: bool,
    /// The set-up asks this browser for the code that the server printed.
    code_needed: bool,
}

/// An organization to be, and its administrator.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// What the organization is called.
    organization: String,
    /// What the administrator is called.
    name: String,
    email: String,
    #[schema(value_type = String, format = Password)]
    password: String,
    #[schema(value_type = String, example = "America/New_York")]
    timezone: TimeZoneName,
    #[schema(value_type = String, example = "US")]
    default_country: CountryCode,
    /// What the server printed when it was started; from this machine it is not needed.
    code: Option<String>,
}

/// Whether there is something to set up.
#[utoipa::path(get, path = "/api/v1/setup", tag = "setup", responses((status = 200, body = SetupView)))]
pub async fn show(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Json<SetupView>, ApiError> {
    let is_any = app.store.read(organizations::is_any).await;
    let needed = !is_any.map_err(|e: StoreError| ApiError::from(e))?;
    Ok(Json(SetupView { needed, code_needed: needed && needs_code(&app, peer, &headers) }))
}

/// Makes the organization, its department General and its administrator, and logs them in.
#[utoipa::path(post, path = "/api/v1/setup", tag = "setup", request_body = SetUp,
    responses((status = 201, body = SessionView), (status = 409, description = "There is an organization already"),
        (status = 429, description = "Too many wrong codes")))]
pub async fn set_up(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(given): Json<SetUp>,
) -> Result<impl IntoResponse, ApiError> {
    // Asked again when it is written; here so that nobody costs us a password's hash for nothing.
    if app.store.read(organizations::is_any).await.map_err(|e: StoreError| ApiError::from(e))? {
        return Err(done());
    }
    if needs_code(&app, peer, &headers) {
        let address = client_address(&app.config, peer, &headers);
        // By address alone: nobody guesses 80 bits, but strangers who try must not keep the operator out.
        let guess = Guess::new(&format!("{THROTTLED_AS}/{address}"), None, address);
        check_code(&app, &guess, given.code.as_deref())?;
    }
    let first = First::checked(&app, &given)?;
    let hash = app.passwords.hash(&app.chance, Secret::new(given.password)).await?;
    let (entry, cookies) = admit(&app, &headers, &first.user.email);
    let viewer = Viewer::of(&app);
    let view = app.store.write(Lane::Pages, move |tx| {
        first.write(tx, &hash)?;
        let expires_at = entry.write(tx, first.user.id)?;
        viewer.view(tx, &first.user, Some(expires_at))
    });
    let view = view.await?;
    Ok((StatusCode::CREATED, cookies, Json(view)))
}

fn done() -> ApiError {
    ApiError::StateConflict {
        state: "done",
        actions: Vec::new(),
        detail: "this installation is set up already: log in, or ask its administrator for an account".to_owned(),
    }
}

/// Everybody but a browser on this machine shows the code.
fn needs_code(app: &App, peer: SocketAddr, headers: &HeaderMap) -> bool {
    app.config.behind_proxy || !is_this_machine(peer, headers) || !names_this_machine(headers)
}

fn check_code(app: &App, guess: &Guess, typed: Option<&str>) -> Result<(), ApiError> {
    let now = app.clock.now();
    if let Some(retry_after_s) = app.login_throttle.wait_s(guess, now) {
        return Err(ApiError::TooManyRequests { retry_after_s });
    }
    app.setup_code.check(typed, now).map_err(|complaint| {
        if typed.is_some() {
            app.login_throttle.failed(guess, now);
        }
        ApiError::field("code", complaint)
    })
}

/// The first rows of an installation.
struct First {
    organization: Organization,
    department: Department,
    user: User,
}

impl First {
    fn checked(app: &App, given: &SetUp) -> Result<Self, ApiError> {
        let now = app.clock.now();
        let mut errors = Vec::new();
        let organization = checks::line(&mut errors, "organization", &given.organization, checks::NAME_CHARS_MAX);
        let name = checks::line(&mut errors, "name", &given.name, checks::NAME_CHARS_MAX);
        let email = checks::email(&mut errors, "email", &given.email);
        checks::password(&mut errors, "password", &given.password);
        ApiError::unless_valid(errors)?;
        let settings = Settings {
            timezone: given.timezone.clone(),
            default_country: given.default_country,
            allowed_countries: vec![given.default_country],
            ..Settings::default()
        };
        let organization = Organization { id: app.chance.id(now), name: organization, version: 1, settings };
        let user = User {
            id: app.chance.id(now),
            organization: organization.id,
            email,
            name,
            role: Role::Administrator,
            disabled_at: None,
            version: 1,
            created_at: now,
        };
        let department =
            Department { id: app.chance.id(now), name: FIRST_DEPARTMENT.to_owned(), version: 1, created_at: now };
        Ok(Self { organization, department, user })
    }

    /// Writes all of it, if nobody was quicker.
    fn write(&self, tx: &mut Tx<'_>, password_hash: &str) -> Result<(), ApiError> {
        let Self { organization, department, user } = self;
        if organizations::lock_any(tx)? || !organizations::insert(tx, organization, user.created_at)? {
            return Err(done());
        }
        departments::insert(tx, organization.id, department)?;
        if !users::insert(tx, user, Some(password_hash))? {
            return Err(StoreError::Corrupt("somebody logs in without an organization".to_owned()).into());
        }
        departments::set_of_user(tx, user.id, &[department.id])?;
        let about = format!("organization:{}", organization.id);
        self.record(tx, ("organization.created", about), json!({ "name": organization.name }))?;
        let person = json!({ "email": user.email, "role": user.role, "department_ids": [department.id] });
        self.record(tx, ("user.created", format!("user:{}", user.id)), person)?;
        Ok(())
    }

    fn record(&self, tx: &mut Tx<'_>, (action, subject): (&str, String), after: Value) -> Result<(), StoreError> {
        let actor = format!("user:{}", self.user.id);
        let organization = self.organization.id;
        let change = Change { organization, actor: &actor, action, subject, before: Value::Null, after };
        audit::record(tx, &change, self.user.created_at)
    }
}
