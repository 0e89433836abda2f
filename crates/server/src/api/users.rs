//! People who log in, for administrators.
//!
//! The last administrator who can log in stays one. Whoever is disabled, gets another role or another password is
//! logged out everywhere.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::field_error::FieldError;
use carillon_domain::roles::Role;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, checks, openapi, session::ListQuery};
use crate::secrets::Secret;
use crate::store::users::{self, User};
use crate::store::{Lane, Tx, departments, organizations, second_factors, sessions};

/// Departments of one person.
const DEPARTMENTS_MAX: usize = 200;

/// A person who logs in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UserView {
    id: Uuid,
    version: i64,
    email: String,
    name: String,
    #[schema(schema_with = openapi::role)]
    role: Role,
    department_ids: Vec<Uuid>,
    disabled: bool,
    /// Log-ins ask for a code of an app.
    second_factor: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl UserView {
    fn new(user: User, belongings: Belongings) -> Self {
        let Belongings { department_ids, second_factor } = belongings;
        Self {
            id: user.id,
            version: user.version,
            email: user.email,
            name: user.name,
            role: user.role,
            department_ids,
            disabled: user.disabled_at.is_some(),
            second_factor,
            created_at: user.created_at,
        }
    }

    fn load(tx: &mut Tx<'_>, user: User) -> Result<Self, ApiError> {
        let department_ids = departments::of_user(tx, user.id)?;
        let second_factor = !second_factors::on_among(tx, &[user.id])?.is_empty();
        Ok(Self::new(user, Belongings { department_ids, second_factor }))
    }

    fn audited(&self) -> Value {
        json!(self)
    }
}

/// What of a person stands in other tables.
struct Belongings {
    department_ids: Vec<Uuid>,
    second_factor: bool,
}

/// A person to be.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    email: String,
    /// The part before the @ when left out.
    name: Option<String>,
    #[schema(schema_with = openapi::role)]
    role: Role,
    /// Without one the person cannot log in.
    password: Option<String>,
    /// The organization's only department when left out.
    department_ids: Option<Vec<Uuid>>,
}

/// What to change about a person.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    version: i64,
    name: Option<String>,
    #[schema(schema_with = openapi::role, required = false)]
    role: Option<Role>,
    password: Option<String>,
    department_ids: Option<Vec<Uuid>>,
    disabled: Option<bool>,
    /// False takes it away from somebody who lost the app; only they themselves can turn it on.
    second_factor: Option<bool>,
}

/// The people of the organization, by address.
#[utoipa::path(get, path = "/api/v1/users", tag = "users", params(ListQuery),
    responses((status = 200, body = Page<UserView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<UserView>>, ApiError> {
    let paging = Paging::<String>::parse(query.limit, query.cursor.as_deref())?;
    let (rows, organization) = (paging.rows(), who.organization());
    let after = paging.after.clone();
    let found: Vec<_> = app
        .store
        .read(move |tx| {
            let people = users::page(tx, organization, after.as_deref(), rows)?;
            let ids: Vec<Uuid> = people.iter().map(|user| user.id).collect();
            let (mut of, secured) = (departments::of_users(tx, &ids)?, second_factors::on_among(tx, &ids)?);
            let with_belongings = people.into_iter().map(|user| {
                let department_ids = of.remove(&user.id).unwrap_or_default();
                (Belongings { department_ids, second_factor: secured.contains(&user.id) }, user)
            });
            Ok::<_, ApiError>(with_belongings.collect())
        })
        .await?;
    let show = |(belongings, user): (Belongings, User)| UserView::new(user, belongings);
    Ok(Json(Page::of(&paging, found, |(_, user)| user.email.clone(), show)))
}

/// One person.
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    responses((status = 200, body = UserView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<UserView>, ApiError> {
    let view = app.store.read(move |tx| {
        let user = users::find(tx, who.organization(), id)?.ok_or(ApiError::NotFound("user"))?;
        UserView::load(tx, user)
    });
    view.await.map(Json)
}

/// Adds a person.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = NewUser,
    responses((status = 201, body = UserView)))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewUser>,
) -> Result<Created<UserView>, ApiError> {
    let now = app.clock.now();
    let user = checked(&given, app.chance.id(now), who.organization(), now)?;
    let hash = match &given.password {
        Some(password) => Some(app.passwords.hash(&app.chance, Secret::new(password)).await?),
        None => None,
    };
    let view = app.store.write(Lane::Pages, move |tx| {
        let departments = departments_of(tx, who.organization(), given.department_ids.clone())?;
        if !users::insert(tx, &user, hash.as_deref())? {
            return Err(ApiError::field("email", "is taken"));
        }
        departments::set_of_user(tx, user.id, &departments)?;
        let view = UserView::load(tx, user.clone())?;
        let subject = format!("user:{}", user.id);
        who.audit(tx, Audited { action: "user.created", subject, before: Value::Null, after: view.audited() }, now)?;
        Ok(view)
    });
    view.await.map(Created)
}

fn checked(given: &NewUser, id: Uuid, organization: Uuid, now: Timestamp) -> Result<User, ApiError> {
    let mut errors = Vec::new();
    let email = checks::email(&mut errors, "email", &given.email);
    let name = given.name.as_deref().or(email.split('@').next()).unwrap_or_default();
    let name = checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX);
    if let Some(password) = &given.password {
        checks::password(&mut errors, "password", password);
    }
    ApiError::unless_valid(errors)?;
    let role = given.role;
    Ok(User { id, organization, email, name, role, disabled_at: None, version: 1, created_at: now })
}

/// The departments named, all of them the organization's; its only one when none are named.
fn departments_of(tx: &mut Tx<'_>, organization: Uuid, named: Option<Vec<Uuid>>) -> Result<Vec<Uuid>, ApiError> {
    let known = departments::of_organization(tx, organization)?;
    let Some(named) = named else {
        return Ok(if known.len() == 1 { known } else { Vec::new() });
    };
    if named.len() > DEPARTMENTS_MAX {
        return Err(ApiError::field("department_ids", format!("must be at most {DEPARTMENTS_MAX}")));
    }
    let unknown = named.iter().enumerate().filter(|(_, id)| !known.contains(id));
    let complain = |(i, _)| FieldError::new(format!("department_ids[{i}]"), "is no department of this organization");
    ApiError::unless_valid(unknown.map(complain).collect())?;
    Ok(named)
}

/// Changes a person.
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "users", params(("id" = String, Path)),
    request_body = UserChange, responses((status = 200, body = UserView)))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<UserChange>,
) -> Result<Json<UserView>, ApiError> {
    let now = app.clock.now();
    let mut errors = Vec::new();
    let name = given.name.as_deref().map(|name| checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX));
    if let Some(password) = &given.password {
        checks::password(&mut errors, "password", password);
    }
    if given.second_factor == Some(true) {
        errors.push(FieldError::new("second_factor", "can be turned on by the person alone"));
    }
    ApiError::unless_valid(errors)?;
    let hash = match &given.password {
        Some(password) => Some(app.passwords.hash(&app.chance, Secret::new(password)).await?),
        None => None,
    };
    let given = UserChange { name, ..given };
    let view = app.store.write(Lane::Pages, move |tx| apply(tx, &who, id, &given, (hash.as_deref(), now)));
    view.await.map(Json)
}

fn apply(
    tx: &mut Tx<'_>,
    who: &Who,
    id: Uuid,
    given: &UserChange,
    (hash, now): (Option<&str>, Timestamp),
) -> Result<UserView, ApiError> {
    // Two administrators who demote each other take turns here.
    organizations::lock(tx, who.organization())?;
    let user = users::lock(tx, who.organization(), id)?.ok_or(ApiError::NotFound("user"))?;
    let before = UserView::load(tx, user.clone())?;
    if given.version != user.version {
        return Err(ApiError::stale(&before));
    }
    let changed = User {
        name: given.name.clone().unwrap_or_else(|| user.name.clone()),
        role: given.role.unwrap_or(user.role),
        disabled_at: match given.disabled {
            Some(true) => user.disabled_at.or(Some(now)),
            Some(false) => None,
            None => user.disabled_at,
        },
        version: user.version + 1,
        ..user.clone()
    };
    users::save(tx, &changed)?;
    if users::active_administrators(tx, who.organization())? == 0 {
        let field = if given.disabled == Some(true) { "disabled" } else { "role" };
        return Err(ApiError::field(field, "somebody must stay who can log in as administrator"));
    }
    if let Some(named) = &given.department_ids {
        let departments = departments_of(tx, who.organization(), Some(named.clone()))?;
        departments::set_of_user(tx, id, &departments)?;
    }
    if let Some(hash) = hash {
        users::set_password(tx, id, hash)?;
    }
    if given.second_factor == Some(false) {
        second_factors::turn_off(tx, id)?;
    }
    if hash.is_some() || changed.role != user.role || changed.disabled_at != user.disabled_at {
        sessions::end_all(tx, id, None)?;
    }
    let after = UserView::load(tx, changed)?;
    let what = Audited {
        action: if hash.is_some() { "user.changed_with_password" } else { "user.changed" },
        subject: format!("user:{id}"),
        before: before.audited(),
        after: after.audited(),
    };
    who.audit(tx, what, now)?;
    Ok(after)
}
