//! Every route and who may use it: the one place where doors are opened.
//!
//! A test walks this table with every role and department. What stands here is also what the OpenAPI document
//! says.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use carillon_domain::roles::Action;
use utoipa_axum::routes;

use super::Access::{May, Public, SignedIn};
use super::{ApiError, App, Doors, envelope, health, openapi, session};

/// Opens every door.
#[must_use]
pub fn doors(app: Arc<App>) -> Doors {
    Doors::new(app, openapi::empty_document())
        .open(Public, routes!(health::alive))
        .open(Public, routes!(health::ready))
        .open(Public, routes!(health::metrics))
        .open(Public, routes!(session::log_in))
        .open(SignedIn, routes!(session::show, session::log_out))
        .open(May(Action::ManageOwnAccount), routes!(session::list))
        .open(May(Action::ManageOwnAccount), routes!(session::end))
}

/// The whole of HTTP.
pub fn router(app: Arc<App>) -> Router {
    let (router, document) = doors(Arc::clone(&app)).into_parts();
    let document = openapi::served(&document);
    router
        .route("/api/openapi.json", get(move || async { document }))
        .fallback(|| async { ApiError::NotFound("address") })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(from_fn_with_state(Arc::clone(&app), envelope::envelope))
        .with_state(app)
}
