//! The calls of a run, newest first: every attempt that was sent, or may have been.
//!
//! What was never sent is not there; the ledger is the engine's.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::attempt::AttemptState;
use carillon_domain::facts::AnsweredBy;
use carillon_domain::outcome::Outcome;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::schema;
use super::watch::run_of;
use crate::api::{ApiError, App, Id, Json, Page, Paging, Query, Who, checks};
use crate::store::attempts::AttemptView;
use crate::store::attempts::pages::{self, AttemptFilter, Listed, Place};

/// Which attempts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttemptsQuery {
    /// The newest run when left out.
    run_id: Option<Uuid>,
    #[param(value_type = Option<schema::Outcome>)]
    outcome: Option<Outcome>,
    /// Part of a name or number.
    q: Option<String>,
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
}

/// One call to a recipient.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attempt)]
pub struct AttemptItem {
    id: Uuid,
    recipient_id: Uuid,
    /// 1 for the first.
    number: i64,
    phone: String,
    from: String,
    /// For example `ringing`, `talking`, `ended`.
    #[schema(value_type = String)]
    state: AttemptState,
    #[schema(value_type = Option<schema::Outcome>)]
    outcome: Option<Outcome>,
    /// The carrier's, of a call that failed.
    error_code: Option<i64>,
    call_sid: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    placed_at: Timestamp,
    /// Since when it rang, by the carrier's clock where it says so.
    #[schema(value_type = Option<String>, format = DateTime)]
    ringing_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// Seconds from answer to end.
    #[schema(value_type = Option<i32>)]
    duration_s: Option<u32>,
    /// `human`, `machine`, `fax` or `unknown`, when somebody listened for it.
    #[schema(value_type = Option<String>)]
    answered_by: Option<AnsweredBy>,
    #[schema(value_type = Option<schema::Money>)]
    cost: Option<Value>,
}

impl From<AttemptView> for AttemptItem {
    fn from(attempt: AttemptView) -> Self {
        Self {
            id: attempt.id,
            recipient_id: attempt.recipient,
            number: attempt.number,
            phone: attempt.phone,
            from: attempt.from,
            state: attempt.state,
            outcome: attempt.outcome,
            error_code: attempt.error_code,
            call_sid: attempt.call_sid,
            placed_at: attempt.send_at,
            ringing_at: attempt.facts.ringing_at,
            answered_at: attempt.facts.answered_at,
            ended_at: attempt.ended_at,
            duration_s: attempt.facts.end.as_ref().and_then(|end| end.duration_s),
            answered_by: attempt.facts.answered_by,
            cost: attempt.cost.and_then(|cost| serde_json::from_str(&cost).ok()),
        }
    }
}

/// One call, and who was called.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedAttempt {
    #[serde(flatten)]
    attempt: AttemptItem,
    /// The recipient's, as it was at enrollment.
    name: String,
}

impl From<Listed> for NamedAttempt {
    fn from(listed: Listed) -> Self {
        Self { attempt: listed.attempt.into(), name: listed.name }
    }
}

/// By what a list of attempts goes on.
pub fn key(listed: &Listed) -> (Timestamp, Uuid) {
    (listed.attempt.send_at, listed.attempt.id)
}

/// The attempts of a run, newest first.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/attempts", tag = "campaigns", operation_id = "attempts",
    params(("id" = String, Path), AttemptsQuery), responses((status = 200, body = Page<NamedAttempt>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<AttemptsQuery>,
) -> Result<Json<Page<NamedAttempt>>, ApiError> {
    let scope = who.may(Action::ReadResults)?;
    let paging = Paging::<(Timestamp, Uuid)>::parse(query.limit, query.cursor.as_deref())?;
    checks::search("q", query.q.as_ref())?;
    let place = Place { before: paging.after, limit: paging.rows() };
    let filter = AttemptFilter { outcome: query.outcome, q: query.q, place };
    let found = app.store.read(move |tx| {
        let (_, run) = run_of(tx, &scope, id, query.run_id)?;
        Ok::<_, ApiError>(pages::of_run(tx, run.id, &filter)?)
    });
    Ok(Json(Page::of(&paging, found.await?, key, NamedAttempt::from)))
}
