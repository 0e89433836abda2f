//! A stand-in for the host of Google Sheets on this machine, and a world that fetches its sheets there.
//!
//! It answers exactly the targets that a story put there, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use carillon::store::Engine;
use tokio::net::TcpListener;

use super::{Stage, World};

/// A world whose sheets are a stand-in's.
pub struct SheetWorld {
    pub world: World,
    pub host: SheetHost,
}

impl SheetWorld {
    /// On one of the databases.
    pub async fn on(engine: Engine) -> Self {
        let host = SheetHost::start().await;
        let base = host.base.clone();
        Self { world: World::with(engine, |given| given.google_sheets_base_url = Some(base)).await, host }
    }
}

/// A stage whose sheets are a stand-in's.
pub struct SheetStage {
    pub stage: Stage,
    pub host: SheetHost,
}

impl SheetStage {
    /// On one of the databases.
    pub async fn on(engine: Engine) -> Self {
        let host = SheetHost::start().await;
        let base = host.base.clone();
        Self { stage: Stage::prepared(engine, |setup| setup.sheets = Some(base)).await, host }
    }
}

/// The stand-in.
pub struct SheetHost {
    /// Without a slash at the end.
    pub base: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    answers: Mutex<HashMap<String, SheetAnswer>>,
    asked: Mutex<Vec<(String, HeaderMap)>>,
}

/// What the stand-in says.
#[derive(Clone)]
pub struct SheetAnswer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    /// The body so many times.
    pub times: usize,
}

impl SheetAnswer {
    /// Rows, as Google exports them.
    pub fn csv(body: impl Into<Bytes>) -> Self {
        Self { status: 200, headers: vec![("content-type", "text/csv".to_owned())], body: body.into(), times: 1 }
    }

    pub fn page(status: u16) -> Self {
        let body = Bytes::from_static(b"<!DOCTYPE html><html><body>Sign in</body></html>");
        Self { status, headers: vec![("content-type", "text/html; charset=utf-8".to_owned())], body, times: 1 }
    }

    pub fn redirect(status: u16, to: impl Into<String>) -> Self {
        let body = Bytes::from_static(b"Moved");
        Self { status, headers: vec![("location", to.into())], body, times: 1 }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl SheetHost {
    /// Starts without sheets: everything is 404.
    pub async fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", socket.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(socket, router).await });
        Self { base, shared }
    }

    /// From now on this is the answer to `target`, a path with its query.
    pub fn put(&self, target: &str, answer: SheetAnswer) {
        self.shared.answers.lock().expect("ours").insert(target.to_owned(), answer);
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().expect("ours").iter().map(|(target, _)| target.clone()).collect()
    }

    /// The headers of the last question.
    pub fn last_headers(&self) -> HeaderMap {
        self.shared.asked.lock().expect("ours").last().expect("a question").1.clone()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let target = request.uri().to_string();
    shared.asked.lock().expect("ours").push((target.clone(), request.headers().clone()));
    let known = shared.answers.lock().expect("ours").get(&target).cloned();
    let said = known.unwrap_or_else(|| SheetAnswer::page(404));
    let mut response = Response::builder().status(StatusCode::from_u16(said.status).expect("a status"));
    for (name, value) in said.headers {
        response = response.header(name, value);
    }
    let chunks = (0..said.times).map(move |_| Ok::<_, std::convert::Infallible>(said.body.clone()));
    response.body(Body::from_stream(futures_util::stream::iter(chunks))).expect("an answer")
}
