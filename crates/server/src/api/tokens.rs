//! API tokens: made by administrators, shown once, revoked for good.
//!
//! A token acts as its person, so what it may do changes with them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, checks, session::ListQuery};
use crate::secrets::token_hash;
use crate::store::api_tokens::{self, ApiToken};
use crate::store::{Lane, Tx, users};

/// A token, without its value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TokenView {
    id: Uuid,
    version: i64,
    user_id: Uuid,
    name: String,
    /// How it begins.
    hint: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
}

impl From<ApiToken> for TokenView {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id,
            version: token.version,
            user_id: token.user,
            name: token.name,
            hint: token.hint,
            created_at: token.created_at,
            expires_at: token.expires_at,
            revoked_at: token.revoked_at,
            last_used_at: token.last_used_at,
        }
    }
}

/// A new token with its value, which is never shown again.
#[derive(Serialize, ToSchema)]
pub struct NewTokenView {
    #[serde(flatten)]
    token_view: TokenView,
    token: String,
}

/// A token to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    name: String,
    /// Whom it acts as; oneself when left out.
    user_id: Option<Uuid>,
    /// Never, when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// What to change about a token.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenChange {
    version: i64,
    name: Option<String>,
    /// True revokes it; that cannot be undone.
    revoked: Option<bool>,
}

/// The tokens of the organization, newest first.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", params(ListQuery),
    responses((status = 200, body = Page<TokenView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<TokenView>>, ApiError> {
    let paging = Paging::<(Timestamp, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows) = (paging.after, paging.rows());
    let found = app.store.read(move |tx| api_tokens::page(tx, who.organization(), after, rows)).await;
    let key = |token: &ApiToken| (token.created_at, token.id);
    Ok(Json(Page::of(&paging, found.map_err(ApiError::from)?, key, TokenView::from)))
}

/// Makes a token. Its value is in this answer and nowhere else.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = NewToken,
    responses((status = 201, body = NewTokenView)))]
pub async fn create(
    State(app): State<Arc<App>>,
    who: Who,
    Json(given): Json<NewToken>,
) -> Result<Created<NewTokenView>, ApiError> {
    let now = app.clock.now();
    let mut errors = Vec::new();
    let name = checks::line(&mut errors, "name", &given.name, checks::NAME_CHARS_MAX);
    ApiError::unless_valid(errors)?;
    if given.expires_at.is_some_and(|at| at <= now) {
        return Err(ApiError::field("expires_at", "must be in the future"));
    }
    let user = given.user_id.unwrap_or(who.user.id);
    let (mut token, value) = ApiToken::draw(&app.chance, user, name, now);
    token.expires_at = given.expires_at;
    let hash = token_hash(value.reveal());
    let view = app.store.write(Lane::Pages, move |tx| {
        if users::find(tx, who.organization(), user)?.is_none() {
            return Err(ApiError::field("user_id", "is nobody of this organization"));
        }
        api_tokens::insert(tx, who.organization(), &token, &hash)?;
        let view = TokenView::from(token.clone());
        let subject = format!("token:{}", token.id);
        who.audit(tx, Audited { action: "token.created", subject, before: Value::Null, after: json!(view) }, now)?;
        Ok(view)
    });
    let token_view = view.await?;
    Ok(Created(NewTokenView { token_view, token: value.reveal().to_owned() }))
}

/// Renames or revokes a token.
#[utoipa::path(patch, path = "/api/v1/tokens/{id}", tag = "tokens", params(("id" = String, Path)),
    request_body = TokenChange, responses((status = 200, body = TokenView)))]
pub async fn change(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(given): Json<TokenChange>,
) -> Result<Json<TokenView>, ApiError> {
    let mut errors = Vec::new();
    let name = given.name.as_deref().map(|name| checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX));
    ApiError::unless_valid(errors)?;
    let now = app.clock.now();
    let view = app.store.write(Lane::Pages, move |tx| {
        let token = api_tokens::lock(tx, who.organization(), id)?.ok_or(ApiError::NotFound("token"))?;
        if given.version != token.version {
            return Err(ApiError::stale(&TokenView::from(token)));
        }
        if given.revoked == Some(false) && token.revoked_at.is_some() {
            return Err(ApiError::field("revoked", "cannot be undone; make another token"));
        }
        let revoked_at = token.revoked_at.or(given.revoked.unwrap_or(false).then_some(now));
        let changed =
            ApiToken { name: name.clone().unwrap_or_else(|| token.name.clone()), revoked_at, ..token.clone() };
        save(tx, &who, token, changed, now)
    });
    view.await.map(Json)
}

/// Revokes a token, for good.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn revoke(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let now = app.clock.now();
    let revoked = app.store.write(Lane::Pages, move |tx| {
        let token = api_tokens::lock(tx, who.organization(), id)?.ok_or(ApiError::NotFound("token"))?;
        if token.revoked_at.is_none() {
            let changed = ApiToken { revoked_at: Some(now), ..token.clone() };
            save(tx, &who, token, changed, now)?;
        }
        Ok::<_, ApiError>(())
    });
    revoked.await.map(|()| StatusCode::NO_CONTENT)
}

fn save(
    tx: &mut Tx<'_>,
    who: &Who,
    before: ApiToken,
    changed: ApiToken,
    now: Timestamp,
) -> Result<TokenView, ApiError> {
    let changed = ApiToken { version: before.version + 1, ..changed };
    api_tokens::save(tx, &changed)?;
    let action = if changed.revoked_at == before.revoked_at { "token.changed" } else { "token.revoked" };
    let (before, after) = (TokenView::from(before), TokenView::from(changed));
    let subject = format!("token:{}", after.id);
    who.audit(tx, Audited { action, subject, before: json!(before), after: json!(after) }, now)?;
    Ok(after)
}
