//! Custom fields: read by everyone who reads contacts, defined by administrators.
//!
//! None is ever removed: it is archived, and its values stay. A change of kind or choices is refused while contacts have
//! values that would not fit. What values may be is `carillon_domain::custom_field`'s.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::custom_field::{CustomField, FieldKind};
use carillon_domain::roles::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, session::ListQuery};
use crate::store::custom_fields::{self, Definition, FIELDS_MAX};
use crate::store::{Lane, Tx, imports};

/// Different values of a field that a change of its kind looks at; with more of them it is refused.
const VALUES_CHECKED_MAX: u32 = 10_000;
/// Of the values that do not fit, so many are told.
const UNFIT_TOLD_MAX: usize = 3;
const POSITION_MAX: i64 = 9_999;

/// A custom field.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CustomField)]
pub struct CustomFieldView {
    id: Uuid,
    version: i64,
    /// What merge fields and `custom` call it; it never changes.
    #[schema(example = "loyalty_points")]
    key: String,
    label: String,
    /// `short_text`, `long_text`, `integer`, `decimal`, `date`, `choice` or `checkbox`.
    #[schema(value_type = String, example = "integer")]
    kind: FieldKind,
    /// For a choice, else empty.
    choices: Vec<String>,
    /// Whoever creates a contact has to fill it, and whoever changes `custom`; imports need not.
    is_required: bool,
    is_visible: bool,
    /// Fields are listed by it.
    position: i64,
    /// Offered to nobody any more; its values stay.
    archived: bool,
}

impl From<Definition> for CustomFieldView {
    fn from(definition: Definition) -> Self {
        let Definition { id, version, field, position, .. } = definition;
        let CustomField { key, label, kind, choices, is_required, is_visible, archived } = field;
        Self { id, version, key, label, kind, choices, is_required, is_visible, position, archived }
    }
}

/// A custom field to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomField {
    /// Small letters, digits and `_`.
    #[schema(example = "loyalty_points")]
    key: String,
    label: String,
    #[schema(value_type = String, example = "integer")]
    kind: FieldKind,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    is_required: bool,
    /// True when left out.
    is_visible: Option<bool>,
    /// 0 to 9,999; at the end when left out.
    position: Option<i64>,
}

/// What to change about a custom field.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomFieldChange {
    version: i64,
    label: Option<String>,
    #[schema(value_type = Option<String>)]
    kind: Option<FieldKind>,
    choices: Option<Vec<String>>,
    is_required: Option<bool>,
    is_visible: Option<bool>,
    position: Option<i64>,
    archived: Option<bool>,
}

/// The custom fields of contacts, in their order; archived ones, too.
#[utoipa::path(get, path = "/api/v1/custom-fields", tag = "contacts", operation_id = "custom_fields",
    params(ListQuery),
    responses((status = 200, body = Page<CustomFieldView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<CustomFieldView>>, ApiError> {
    who.may(Action::ReadContacts)?;
    let paging = Paging::<(i64, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let (organization, after, rows) = (who.organization(), paging.after, paging.rows());
    let found = app.store.read(move |tx| custom_fields::page(tx, organization, after, rows)).await;
    let key = |definition: &Definition| (definition.position, definition.id);
    Ok(Json(Page::of(&paging, found.map_err(ApiError::from)?, key, CustomFieldView::from)))
}

/// Defines a custom field. Values that contacts have under this key already must fit it.
#[utoipa::path(post, path = "/api/v1/custom-fields", tag = "contacts", operation_id = "define_field",
    request_body = NewCustomField,
    responses((status = 201, body = CustomFieldView),
        (status = 409, description = "There are as many as there may be, or an import is running")))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewCustomField>,
) -> Result<Created<CustomFieldView>, ApiError> {
    who.may(Action::ManageCustomFields)?;
    let now = app.clock.now();
    let id = app.chance.id(now);
    let (position, field) = given.check()?;
    let view = app.store.write(Lane::Pages, move |tx| {
        let (in_use, behind) = custom_fields::room(tx, who.organization())?;
        check_room(in_use)?;
        check_values(tx, who.organization(), &field)?;
        let position = position.unwrap_or(behind.min(POSITION_MAX));
        let definition = Definition { id, version: 1, field: field.clone(), position, created_at: now };
        if !custom_fields::insert(tx, who.organization(), &definition)? {
            return Err(ApiError::field("key", "is taken"));
        }
        let view = CustomFieldView::from(definition);
        let (action, after) = ("custom_field.created", json!(view));
        who.audit(tx, Audited { action, subject: subject(id), before: Value::Null, after }, now)?;
        Ok(view)
    });
    view.await.map(Created)
}

/// Changes a custom field. A change of kind or choices is refused while contacts have values that would not fit.
#[utoipa::path(patch, path = "/api/v1/custom-fields/{id}", tag = "contacts", operation_id = "change_field",
    params(("id" = String, Path)),
    request_body = CustomFieldChange, responses((status = 200, body = CustomFieldView),
        (status = 409, description = "Changed by somebody else, or an import is running")))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<CustomFieldChange>,
) -> Result<Json<CustomFieldView>, ApiError> {
    who.may(Action::ManageCustomFields)?;
    let now = app.clock.now();
    let view = app.store.write(Lane::Pages, move |tx| {
        let found = custom_fields::lock(tx, who.organization(), id)?.ok_or(ApiError::NotFound("custom field"))?;
        let before = CustomFieldView::from(found.clone());
        if given.version != found.version {
            return Err(ApiError::stale(&before));
        }
        let mut changed = given.clone().over(found.clone())?;
        if (changed.field.kind, &changed.field.choices) != (found.field.kind, &found.field.choices) {
            check_values(tx, who.organization(), &changed.field)?;
        }
        custom_fields::save(tx, &mut changed)?;
        let view = CustomFieldView::from(changed);
        let (before, after) = (json!(before), json!(view));
        who.audit(tx, Audited { action: "custom_field.changed", subject: subject(id), before, after }, now)?;
        Ok(view)
    });
    view.await.map(Json)
}

fn subject(id: Uuid) -> String {
    format!("custom_field:{id}")
}

impl NewCustomField {
    fn check(self) -> Result<(Option<i64>, CustomField), ApiError> {
        check_position(self.position)?;
        let field = CustomField {
            key: self.key,
            label: self.label,
            kind: self.kind,
            choices: self.choices,
            is_required: self.is_required,
            is_visible: self.is_visible.unwrap_or(true),
            archived: false,
        };
        Ok((self.position, field.check().map_err(ApiError::Invalid)?))
    }
}

impl CustomFieldChange {
    fn over(self, known: Definition) -> Result<Definition, ApiError> {
        check_position(self.position)?;
        let kind = self.kind.unwrap_or(known.field.kind);
        let kept = if kind == known.field.kind { known.field.choices } else { Vec::new() };
        let field = CustomField {
            key: known.field.key,
            label: self.label.unwrap_or(known.field.label),
            kind,
            choices: self.choices.unwrap_or(kept),
            is_required: self.is_required.unwrap_or(known.field.is_required),
            is_visible: self.is_visible.unwrap_or(known.field.is_visible),
            archived: self.archived.unwrap_or(known.field.archived),
        };
        let field = field.check().map_err(ApiError::Invalid)?;
        Ok(Definition { field, position: self.position.unwrap_or(known.position), ..known })
    }
}

fn check_position(position: Option<i64>) -> Result<(), ApiError> {
    match position {
        Some(position) if !(0..=POSITION_MAX).contains(&position) => {
            Err(ApiError::field("position", format!("must be between 0 and {POSITION_MAX}")))
        }
        _ => Ok(()),
    }
}

fn check_room(in_use: i64) -> Result<(), ApiError> {
    if in_use < FIELDS_MAX {
        return Ok(());
    }
    let detail = "there are as many custom fields as there may be, archived ones among them".to_owned();
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Err(ApiError::LimitReached { limit: count(FIELDS_MAX), in_use: count(in_use), detail })
}

/// Refuses a definition that values of contacts do not fit. An import reads its rows by the definitions of its commit, so
/// that none may change meanwhile.
fn check_values(tx: &mut Tx<'_>, organization: Uuid, field: &CustomField) -> Result<(), ApiError> {
    if imports::is_running(tx, organization)? {
        let detail = "an import is running; define fields when it has ended".to_owned();
        return Err(ApiError::StateConflict { state: "running", actions: Vec::new(), detail });
    }
    let values = custom_fields::values(tx, organization, &field.key, VALUES_CHECKED_MAX + 1)?;
    let unfit: Vec<String> = values
        .iter()
        .filter(|value| !field.holds(value))
        .take(UNFIT_TOLD_MAX)
        .map(|value| format!("{value:?}"))
        .collect();
    if !unfit.is_empty() {
        let message = format!("contacts have values that do not fit, for example {}", unfit.join(", "));
        return Err(ApiError::field("kind", message));
    }
    if values.len() > VALUES_CHECKED_MAX as usize && field.kind != FieldKind::LongText {
        let message = format!("contacts have more than {VALUES_CHECKED_MAX} different values, too many to look at");
        return Err(ApiError::field("kind", message));
    }
    Ok(())
}
