//! For those who run the program: is it alive, is it ready, and its figures.
//!
//! `/metrics` answers this machine, and from elsewhere a token whose person may read the system's health: figures
//! tell strangers too much.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use carillon_domain::roles::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::peer::is_this_machine;
use super::{ApiError, App, Json, auth};
use crate::store::{StoreError, organizations};

/// A word for machines.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    status: &'static str,
}

/// Alive: the process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = Health)))]
pub async fn alive() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Ready: the database answers and has the schema of this program.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = Health)))]
pub async fn ready(State(app): State<Arc<App>>) -> Result<Json<Health>, ApiError> {
    if app.stopping.is_cancelled() {
        return Err(ApiError::Unavailable { cause: "stopping".to_owned() });
    }
    // The store was opened only after the schema had been looked at; a row of it shows the rest.
    app.store.read(|tx| organizations::all(tx).map(drop)).await.map_err(|e: StoreError| ApiError::from(e))?;
    Ok(Json(Health { status: "ready" }))
}

/// Figures for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn metrics(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    if !is_this_machine(peer, &headers) {
        auth::identify(&app, &headers).await?.may(Action::ReadHealth)?;
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.render()))
}
