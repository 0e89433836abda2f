//! How a route comes into being: only together with who may use it.
//!
//! [`Doors::open`] puts the guard before the handlers, notes the route in the table that the permission test
//! walks, and adds to the OpenAPI document what the guard may answer. There is no other way in.

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use carillon_domain::roles::Action;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{OpenApi, PathItem};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::App;
use super::guard::{Guard, guard};
use super::openapi;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a log-in.
    Public,
    /// Anybody who is logged in.
    SignedIn,
    /// Whose role may do this.
    May(Action),
}

/// A route as the table has it.
#[derive(Debug, Clone)]
pub struct Door {
    pub method: Method,
    /// With its parameters in braces.
    pub path: String,
    pub access: Access,
}

/// The routes opened so far.
pub struct Doors {
    app: Arc<App>,
    router: OpenApiRouter<Arc<App>>,
    table: Vec<Door>,
}

impl Doors {
    pub(super) fn new(app: Arc<App>, document: OpenApi) -> Self {
        Self { app, router: OpenApiRouter::with_openapi(document), table: Vec::new() }
    }

    /// Opens routes of one path for those with `access`.
    #[must_use]
    pub fn open(mut self, access: Access, routes: UtoipaMethodRouter<Arc<App>>) -> Self {
        let (schemas, mut paths, methods) = routes;
        self.table.extend(listed(&paths, access));
        paths.paths.iter_mut().for_each(|(path, item)| openapi::add_answers(item, path, access));
        let guard = from_fn_with_state(Guard { app: Arc::clone(&self.app), access }, guard);
        let methods = methods.route_layer(guard);
        Self { router: self.router.routes((schemas, paths, methods)), ..self }
    }

    /// Every route with who may use it.
    #[must_use]
    pub fn table(&self) -> &[Door] {
        &self.table
    }

    /// The router and its document.
    pub(super) fn into_parts(self) -> (Router<Arc<App>>, OpenApi) {
        self.router.split_for_parts()
    }
}

fn listed(paths: &Paths, access: Access) -> Vec<Door> {
    let of_path = |(path, item): (&String, &PathItem)| {
        operations(item).map(|method| Door { method, path: path.clone(), access }).collect::<Vec<_>>()
    };
    paths.paths.iter().flat_map(of_path).collect()
}

fn operations(item: &PathItem) -> impl Iterator<Item = Method> {
    let known = [
        (item.get.is_some(), Method::GET),
        (item.post.is_some(), Method::POST),
        (item.put.is_some(), Method::PUT),
        (item.patch.is_some(), Method::PATCH),
        (item.delete.is_some(), Method::DELETE),
    ];
    known.into_iter().filter(|(has, _)| *has).map(|(_, method)| method)
}
