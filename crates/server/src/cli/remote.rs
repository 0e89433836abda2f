//! A server over its HTTP API, for commands that do not open the database themselves.
//!
//! `CARILLON_URL` says where it is, `CARILLON_TOKEN` who asks. Problems are told in the server's own words.

use std::fmt::Write as _;

use anyhow::{Context as _, anyhow, bail};
use bytes::Bytes;
use clap::Args;
use http_body_util::{BodyExt as _, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use hyper::{Method, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

/// Where the server is, and who asks.
#[derive(Debug, Args)]
pub(super) struct Server {
    /// The server's address
    #[arg(long, env = "CARILLON_URL", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// An API token of whoever asks
    #[arg(long, env = "CARILLON_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

/// Bytes of a line; more is no event of ours.
const LINE_BYTES_MAX: usize = 1 << 20;

/// A body that may be streamed.
pub(super) type Body = BoxBody<Bytes, std::io::Error>;

/// The server's API.
pub(super) struct Remote {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    base: String,
    token: String,
}

impl Remote {
    /// The API of a server.
    ///
    /// # Errors
    /// When there is no token.
    pub(super) fn new(server: Server) -> anyhow::Result<Self> {
        let token = server.token.context("CARILLON_TOKEN is not set; make one with `carillon token create`")?;
        let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, base: server.url.trim_end_matches('/').to_owned(), token })
    }

    /// Reads a resource.
    ///
    /// # Errors
    /// What the server says, or that it cannot be reached.
    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.bytes(path).await?;
        serde_json::from_slice(&answer).context("the server's answer is not JSON")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn bytes(&self, path: &str) -> anyhow::Result<Bytes> {
        let request = self.request(Method::GET, path).body(full(Bytes::new()))?;
        self.send(request).await
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        let answer = self.send(request.body(full(body.to_string().into()))?).await?;
        serde_json::from_slice(&answer).context("the server's answer is not JSON")
    }

    /// Posts a form of a length that is known.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn post_form(
        &self,
        path: &str,
        (boundary, length): (&str, u64),
        form: Body,
    ) -> anyhow::Result<Value> {
        let request = self.request(Method::POST, path);
        let request = request.header(CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
        let answer = self.send(request.header(CONTENT_LENGTH, length).body(form)?).await?;
        serde_json::from_slice(&answer).context("the server's answer is not JSON")
    }

    /// Changes a resource.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn patch(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.request(Method::PATCH, path).header(CONTENT_TYPE, "application/json");
        let answer = self.send(request.body(full(body.to_string().into()))?).await?;
        serde_json::from_slice(&answer).context("the server's answer is not JSON")
    }

    /// Reads an answer that goes on, line by line.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(super) async fn lines(&self, path: &str) -> anyhow::Result<Lines> {
        let request = self.request(Method::GET, path).body(full(Bytes::new()))?;
        let response = self.client.request(request).await;
        let response = response.with_context(|| format!("{} cannot be reached", self.base))?;
        let status = response.status();
        if status.is_success() {
            return Ok(Lines { body: response.into_body(), unread: Vec::new() });
        }
        let body = response.into_body().collect().await.context("the server's answer broke off")?.to_bytes();
        bail!(refusal(status, &body))
    }

    fn request(&self, method: Method, path: &str) -> hyper::http::request::Builder {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        request.header(AUTHORIZATION, format!("Bearer {}", self.token))
    }

    async fn send(&self, request: Request<Body>) -> anyhow::Result<Bytes> {
        let response = self.client.request(request).await;
        let response = response.with_context(|| format!("{} cannot be reached", self.base))?;
        let status = response.status();
        let body = response.into_body().collect().await.context("the server's answer broke off")?.to_bytes();
        if status.is_success() { Ok(body) } else { bail!(refusal(status, &body)) }
    }
}

/// The lines of an answer that goes on.
pub(super) struct Lines {
    body: Incoming,
    unread: Vec<u8>,
}

impl Lines {
    /// The next line, as soon as it is there; `None` when the answer has ended.
    pub(super) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Some(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.unread.len() > LINE_BYTES_MAX {
                return None;
            }
            let frame = self.body.frame().await?.ok()?;
            self.unread.extend_from_slice(&frame.into_data().unwrap_or_default());
        }
    }
}

/// A body in one piece.
fn full(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

/// A problem in words: what it is, and each field.
fn refusal(status: StatusCode, body: &[u8]) -> anyhow::Error {
    let Ok(problem) = serde_json::from_slice::<Value>(body) else { return anyhow!("the server says {status}") };
    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    let mut words = format!("{}: {}", text("title"), text("detail"));
    for error in problem["errors"].as_array().into_iter().flatten().skip(1) {
        let (field, message) = (error["field"].as_str(), error["message"].as_str());
        let _ = write!(words, "\n  {}: {}", field.unwrap_or_default(), message.unwrap_or_default());
    }
    anyhow!(words)
}
