//! How a route comes into being: only together with who may use it.
//!
//! [`Doors::open`] notes the route in the table that the permission test walks and adds to the OpenAPI document
//! what its guard may answer; [`Doors::into_parts`] puts the guard before the handlers. There is no other way in.

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;
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
    document: OpenApi,
    routes: Vec<(Access, UtoipaMethodRouter<Arc<App>>)>,
    table: Vec<Door>,
}

impl Doors {
    pub(super) fn new(document: OpenApi) -> Self {
        Self { document, routes: Vec::new(), table: Vec::new() }
    }

    /// Opens routes of one path for those with `access`.
    #[must_use]
    pub fn open(mut self, access: Access, routes: UtoipaMethodRouter<Arc<App>>) -> Self {
        let (schemas, mut paths, methods) = routes;
        self.table.extend(listed(&paths, access));
        paths.paths.iter_mut().for_each(|(path, item)| openapi::add_answers(item, path, access));
        self.routes.push((access, (schemas, paths, methods)));
        self
    }

    /// Every route with who may use it.
    #[must_use]
    pub fn table(&self) -> &[Door] {
        &self.table
    }

    /// The router, each route behind its guard, and its document.
    pub(super) fn into_parts(self, app: &Arc<App>) -> (Router<Arc<App>>, OpenApi) {
        let guarded = |access, methods: MethodRouter<Arc<App>>| {
            methods.route_layer(from_fn_with_state(Guard { app: Arc::clone(app), access }, guard))
        };
        self.build(guarded).split_for_parts()
    }

    /// The document alone; nobody can go through these doors, so they need no guard.
    pub(super) fn into_document(self) -> OpenApi {
        self.build(|_, methods| methods).into_openapi()
    }

    fn build(
        self,
        guarded: impl Fn(Access, MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>>,
    ) -> OpenApiRouter<Arc<App>> {
        let start = OpenApiRouter::with_openapi(self.document);
        self.routes.into_iter().fold(start, |router, (access, (schemas, paths, methods))| {
            router.routes((schemas, paths, guarded(access, methods)))
        })
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
