//! Departments: read by those who belong to them, managed by administrators.
//!
//! Who belongs to one is set with the person (`users`). None is ever removed: campaigns and contacts belong to them.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, checks, session::ListQuery};
use crate::store::Lane;
use crate::store::departments::{self, Department};

/// A department.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DepartmentView {
    id: Uuid,
    version: i64,
    name: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Department> for DepartmentView {
    fn from(department: Department) -> Self {
        let Department { id, name, version, created_at } = department;
        Self { id, version, name, created_at }
    }
}

/// A department to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartment {
    name: String,
}

/// What to change about a department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentChange {
    version: i64,
    name: Option<String>,
}

/// The departments one belongs to, by name; all of them for an administrator.
#[utoipa::path(get, path = "/api/v1/departments", tag = "departments", params(ListQuery),
    responses((status = 200, body = Page<DepartmentView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<DepartmentView>>, ApiError> {
    let scope = who.may(Action::ReadDepartments)?;
    let paging = Paging::<(String, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows) = (paging.after.clone(), paging.rows());
    let found = app.store.read(move |tx| departments::page(tx, scope, after.as_ref(), rows)).await;
    let key = |department: &Department| (department.name.clone(), department.id);
    Ok(Json(Page::of(&paging, found.map_err(ApiError::from)?, key, DepartmentView::from)))
}

/// One department.
#[utoipa::path(get, path = "/api/v1/departments/{id}", tag = "departments", params(("id" = String, Path)),
    responses((status = 200, body = DepartmentView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<DepartmentView>, ApiError> {
    let scope = who.may(Action::ReadDepartments)?;
    let found = app.store.read(move |tx| departments::find(tx, scope, id)).await.map_err(ApiError::from)?;
    found.map(|department| Json(department.into())).ok_or(ApiError::NotFound("department"))
}

/// Adds a department.
#[utoipa::path(post, path = "/api/v1/departments", tag = "departments", request_body = NewDepartment,
    responses((status = 201, body = DepartmentView)))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewDepartment>,
) -> Result<Created<DepartmentView>, ApiError> {
    let name = checked(&given.name)?;
    let now = app.clock.now();
    let department = Department { id: app.chance.id(now), name, version: 1, created_at: now };
    let view = app.store.write(Lane::Pages, move |tx| {
        if !departments::insert(tx, who.organization(), &department)? {
            return Err(ApiError::field("name", "is taken"));
        }
        let view = DepartmentView::from(department.clone());
        let subject = format!("department:{}", view.id);
        who.audit(tx, Audited { action: "department.created", subject, before: Value::Null, after: json!(view) }, now)?;
        Ok(view)
    });
    view.await.map(Created)
}

/// Renames a department.
#[utoipa::path(patch, path = "/api/v1/departments/{id}", tag = "departments", params(("id" = String, Path)),
    request_body = DepartmentChange, responses((status = 200, body = DepartmentView)))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<DepartmentChange>,
) -> Result<Json<DepartmentView>, ApiError> {
    let name = given.name.as_deref().map(checked).transpose()?;
    let now = app.clock.now();
    let view = app.store.write(Lane::Pages, move |tx| {
        let found = departments::lock(tx, who.organization(), id)?.ok_or(ApiError::NotFound("department"))?;
        let before = DepartmentView::from(found.clone());
        if given.version != found.version {
            return Err(ApiError::stale(&before));
        }
        let name = name.clone().unwrap_or_else(|| found.name.clone());
        let changed = Department { name, version: found.version + 1, ..found };
        if !departments::save(tx, &changed)? {
            return Err(ApiError::field("name", "is taken"));
        }
        let after = DepartmentView::from(changed);
        let subject = format!("department:{id}");
        let what = Audited { action: "department.changed", subject, before: json!(before), after: json!(after) };
        who.audit(tx, what, now)?;
        Ok(after)
    });
    view.await.map(Json)
}

fn checked(name: &str) -> Result<String, ApiError> {
    let mut errors = Vec::new();
    let name = checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX);
    ApiError::unless_valid(errors).map(|()| name)
}
