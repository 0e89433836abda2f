//! HTTP to the carrier, with one promise: a request goes out once or not at all.
//!
//! Nothing is retried here, neither by us nor by the library, and no redirect is followed. The error
//! tells what is certain: [`SendError::NotSent`] only when no connection came about, so that not a
//! byte of the request left; all else is [`SendError::Uncertain`]. POSTs have a pool of their own
//! whose connections are thrown away after a second of idling: a stale one is the usual way to lose
//! a request without knowing it. How many requests are in flight is the engine's to limit.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::Service;

/// Largest answer read: a page of a thousand calls has about 2 MB.
const RESPONSE_BYTES_MAX: usize = 8 << 20;
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("carillon/", env!("CARGO_PKG_VERSION")));

/// How long to wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransportLimits {
    /// Name, connection and TLS together. Running out of it is certainly «not sent».
    pub connect: Duration,
    /// The whole request with its answer.
    pub request: Duration,
    /// How long a connection may idle before a question (GET) no longer uses it.
    pub idle_for_reads: Duration,
    /// The same for a move (POST), which must not meet a dead connection.
    pub idle_for_moves: Duration,
}

impl Default for TransportLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            request: Duration::from_secs(10),
            idle_for_reads: Duration::from_secs(5),
            idle_for_moves: Duration::from_secs(1),
        }
    }
}

/// An answer read to its end.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after_s: Option<u32>,
    pub(super) body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SendError {
    /// No connection: the carrier saw nothing of the request.
    NotSent(String),
    /// The carrier may have acted on it.
    Uncertain(String),
}

type HttpClient = Client<TimedConnector, Full<Bytes>>;

/// The two connection pools to the carrier.
#[derive(Clone)]
pub(super) struct Transport {
    reads: HttpClient,
    moves: HttpClient,
    request_limit: Duration,
}

impl Transport {
    pub(super) fn new(limits: &TransportLimits) -> Self {
        let connector = TimedConnector::new(limits.connect);
        Self {
            reads: client(connector.clone(), limits.idle_for_reads),
            moves: client(connector, limits.idle_for_moves),
            request_limit: limits.request,
        }
    }

    /// Asks a question.
    pub(super) async fn get(&self, url: &str, authorization: &HeaderValue) -> Result<Answer, SendError> {
        let request = Request::builder().method(Method::GET);
        self.send(&self.reads, request.uri(url), (authorization, String::new())).await
    }

    /// Makes a move, once.
    pub(super) async fn post(&self, url: &str, authorization: &HeaderValue, form: String) -> Result<Answer, SendError> {
        let request = Request::builder().method(Method::POST).header(header::CONTENT_TYPE, FORM);
        self.send(&self.moves, request.uri(url), (authorization, form)).await
    }

    async fn send(
        &self,
        client: &HttpClient,
        request: hyper::http::request::Builder,
        (authorization, form): (&HeaderValue, String),
    ) -> Result<Answer, SendError> {
        let request = request
            .header(header::AUTHORIZATION, authorization)
            .header(header::ACCEPT, JSON)
            .header(header::USER_AGENT, USER_AGENT)
            .body(Full::new(Bytes::from(form)))
            .map_err(|error| SendError::NotSent(format!("no request can be built: {error}")))?;
        let exchange = exchange(client, request);
        match tokio::time::timeout(self.request_limit, exchange).await {
            Ok(answered) => answered,
            Err(_) => {
                let waited_ms = self.request_limit.as_millis();
                Err(SendError::Uncertain(format!("no answer within {waited_ms} ms")))
            }
        }
    }
}

async fn exchange(client: &HttpClient, request: Request<Full<Bytes>>) -> Result<Answer, SendError> {
    let response = client.request(request).await.map_err(|error| {
        let reason = with_sources(&error);
        match error.is_connect() {
            true => SendError::NotSent(reason),
            false => SendError::Uncertain(reason),
        }
    })?;
    let (head, body) = response.into_parts();
    let body = Limited::new(body, RESPONSE_BYTES_MAX).collect().await;
    let body = body.map_err(|error| SendError::Uncertain(format!("answer cut short: {error}")))?;
    Ok(Answer { status: head.status.as_u16(), retry_after_s: retry_after_s(&head.headers), body: body.to_bytes() })
}

fn client(connector: TimedConnector, idle: Duration) -> HttpClient {
    Client::builder(TokioExecutor::new())
        // On by default: it would send a POST again when a pooled connection dies under it.
        .retry_canceled_requests(false)
        .set_host(true)
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(idle)
        .build(connector)
}

/// `Retry-After` in seconds. A date is not read: the carrier does not document the header at all.
fn retry_after_s(headers: &HeaderMap) -> Option<u32> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// An error with the reasons behind it, since the outermost says little.
fn with_sources(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// TLS or plain, within one limit for name, connection and handshake together.
#[derive(Clone)]
struct TimedConnector {
    inner: HttpsConnector<HttpConnector>,
    limit: Duration,
}

impl TimedConnector {
    fn new(limit: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(limit));
        let inner = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .expect("ring has cipher suites for the default TLS versions")
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Self { inner, limit }
    }
}

type ConnectError = Box<dyn std::error::Error + Send + Sync>;

impl Service<Uri> for TimedConnector {
    type Response = <HttpsConnector<HttpConnector> as Service<Uri>>::Response;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connecting = self.inner.call(to);
        let limit = self.limit;
        Box::pin(async move {
            let in_time = tokio::time::timeout(limit, connecting).await;
            in_time.unwrap_or_else(|_| Err(format!("no connection within {} ms", limit.as_millis()).into()))
        })
    }
}
