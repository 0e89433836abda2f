//! Who came into the list of a run, changed in it, or left it.
//!
//! Found when the list is fetched anew, before the run begins; how many there are the run itself says.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use carillon_domain::words::Word;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::watch::run_of;
use crate::api::{ApiError, App, Ids, Json, Page, Paging, Query, Who};
use crate::store::list_refreshes::changes::{self, ChangeKind, Changed};

/// Which people.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListChangesQuery {
    /// `added`, `changed` or `gone`.
    kind: String,
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
}

/// Somebody who came, changed or left.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListChange {
    /// In this run; of somebody who left, in the one before.
    recipient_id: Uuid,
    contact_id: Option<Uuid>,
    name: String,
    phone: String,
    /// The name before, of somebody who changed.
    name_before: Option<String>,
}

impl From<Changed> for ListChange {
    fn from(one: Changed) -> Self {
        Self {
            recipient_id: one.recipient,
            contact_id: one.contact,
            name: one.name,
            phone: one.phone,
            name_before: one.name_before,
        }
    }
}

/// Who came into the list of a run, changed in it, or left it, in the order of their enrollment.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/runs/{run_id}/list-changes", tag = "campaigns",
    params(("id" = String, Path), ("run_id" = String, Path), ListChangesQuery),
    responses((status = 200, body = Page<ListChange>)))]
pub async fn list_changes(
    State(app): State<Arc<App>>,
    who: Who,
    Ids(ids): Ids<2>,
    Query(query): Query<ListChangesQuery>,
) -> Result<Json<Page<ListChange>>, ApiError> {
    let ([id, run], scope) = (ids, who.may(Action::ReadResults)?);
    let kind = ChangeKind::parse_word(&query.kind);
    let kind = kind.ok_or_else(|| ApiError::field("kind", "must be one of added, changed, gone".to_owned()))?;
    let paging = Paging::<Uuid>::parse(query.limit, query.cursor.as_deref())?;
    let (after, rows) = (paging.after, paging.rows());
    let found = app.store.read(move |tx| {
        let (_, run) = run_of(tx, &scope, id, Some(run))?;
        Ok::<_, ApiError>(changes::page(tx, (run.id, kind), after, rows)?)
    });
    Ok(Json(Page::of(&paging, found.await?, |one| one.recipient, ListChange::from)))
}
