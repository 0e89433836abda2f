//! Around every request: an id, a line in the log, a net for panics, and the same headers on each answer.
//!
//! The id is in the answer and in the log; the cause of a 500 is in the log alone. Addresses are logged by their
//! pattern, since paths and queries hold tokens and phone numbers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use super::error::Cause;
use super::{ApiError, App, headers};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const UNMATCHED: &str = "unmatched";
/// Where the carrier knocks.
const WEBHOOKS: &str = "/api/voice/";

/// Serves one request.
pub(super) async fn envelope(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let _busy = app.clock.busy();
    let began = app.clock.since_boot();
    let id = format!("{:016x}", u64::from_le_bytes(app.chance.bytes()));
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let panicked = |_| ApiError::Internal { cause: "the handler panicked".to_owned() }.into_response();
    let mut response = answer.unwrap_or_else(panicked);
    let route = path.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    let took_ms = (app.clock.since_boot() - began).as_millis();
    let status = response.status().as_u16();
    match response.extensions().get::<Cause>() {
        Some(Cause(cause)) => tracing::error!(id, %method, route, status, took_ms, cause, "request failed"),
        // Five a call: they are in the metrics, and in the log for whoever looks for one.
        None if route.starts_with(WEBHOOKS) && status < 400 => {
            tracing::debug!(id, %method, route, status, took_ms, "request");
        }
        None => tracing::info!(id, %method, route, status, took_ms, "request"),
    }
    let labels = [("route", route.to_owned()), ("method", method.to_string()), ("status", status.to_string())];
    metrics::counter!("carillon_http_requests_total", &labels).increment(1);
    response.headers_mut().insert(REQUEST_ID, HeaderValue::from_str(&id).expect("hexadecimal digits fit in a header"));
    headers::add(&app.config, response.headers_mut());
    response
}
