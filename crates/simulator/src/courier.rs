//! Sends webhooks: signed, with time limits, retries and redirects, over pooled connections.
//!
//! Plain HTTP only. Time limits are real time, whatever the clock says: the task that waits for an answer stays busy.
//! What a webhook says and what its answer means is the caller's business.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{Request, Response, Uri, body::Incoming, header};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use tokio::time::timeout;

use crate::{
    order::{Hook, Method},
    overrides::Overrides,
    signature::{Params, sign},
};

const REDIRECTS_MAX: u32 = 10;
/// Clients with a connect time of their own; the range of overrides is small, the memory for them is too.
const CLIENTS_MAX: usize = 16;
const IDLE: Duration = Duration::from_secs(5);

/// The carrier's codes for webhooks that fail.
pub(crate) mod code {
    pub(crate) const BAD_URL: u32 = 11100;
    pub(crate) const RETRIEVAL: u32 = 11200;
    pub(crate) const CONNECT: u32 = 11205;
    pub(crate) const PROTOCOL: u32 = 11206;
    pub(crate) const TOO_MANY_REDIRECTS: u32 = 11215;
    pub(crate) const TLS: u32 = 11220;
    pub(crate) const BODY_TOO_LARGE: u32 = 11750;
}

/// One webhook to send.
pub(crate) struct Parcel<'a> {
    pub(crate) hook: &'a Hook,
    pub(crate) params: &'a Params,
    /// The same on every try and on a repetition.
    pub(crate) token: &'a str,
    pub(crate) body_max: usize,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

/// The end of a webhook: an answer of any status, or the carrier's code for why there is none.
pub(crate) struct Trip {
    pub(crate) reply: Result<Reply, u32>,
    pub(crate) tries: u32,
}

type Http = Client<HttpConnector, Full<Bytes>>;

/// The sender.
pub(crate) struct Courier {
    auth_token: String,
    connect_ms: u64,
    total_ms: u64,
    clients: Mutex<HashMap<Duration, Http>>,
}

impl Courier {
    pub(crate) fn new(auth_token: String, connect_ms: u64, total_ms: u64) -> Courier {
        Courier { auth_token, connect_ms, total_ms, clients: Mutex::default() }
    }

    /// Sends and tries again as the URL's overrides say.
    pub(crate) async fn send(&self, parcel: &Parcel<'_>) -> Trip {
        let overrides = Overrides::of(&parcel.hook.url, self.connect_ms, self.total_ms);
        let mut tries = 0;
        let mut last = Err(code::RETRIEVAL);
        let all = async {
            loop {
                tries += 1;
                last = timeout(overrides.read, self.follow(parcel, overrides.connect))
                    .await
                    .unwrap_or(Err(code::RETRIEVAL));
                if tries > overrides.retries || !overrides.says_again(&last) {
                    return;
                }
            }
        };
        if timeout(overrides.total, all).await.is_err() {
            last = Err(code::RETRIEVAL);
        }
        Trip { reply: last, tries }
    }

    /// One try, through redirects.
    async fn follow(&self, parcel: &Parcel<'_>, connect: Duration) -> Result<Reply, u32> {
        let url = &parcel.hook.url;
        let mut url = url.split_once('#').map_or(url.as_str(), |(before, _)| before).to_owned();
        let mut method = parcel.hook.method;
        if method == Method::Get && !parcel.params.is_empty() {
            url = with_query(&url, parcel.params);
        }
        for _ in 0..=REDIRECTS_MAX {
            let answer = self.request(parcel, &url, method, connect).await?;
            let status = answer.status().as_u16();
            let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            match (status, location) {
                (301 | 302 | 303 | 307 | 308, Some(location)) => {
                    url = joined(&url, location).ok_or(code::BAD_URL)?;
                    if matches!(status, 301..=303) {
                        method = Method::Get;
                    }
                }
                _ => return read(answer, parcel.body_max).await,
            }
        }
        Err(code::TOO_MANY_REDIRECTS)
    }

    async fn request(
        &self,
        parcel: &Parcel<'_>,
        url: &str,
        method: Method,
        connect: Duration,
    ) -> Result<Response<Incoming>, u32> {
        let uri: Uri = url.parse().map_err(|_| code::BAD_URL)?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(code::TLS),
            _ => return Err(code::BAD_URL),
        }
        let mut request = Request::builder()
            .method(method.name())
            .header(header::USER_AGENT, "TwilioProxy/1.1")
            .header(header::ACCEPT, "*/*")
            .header("I-Twilio-Idempotency-Token", parcel.token);
        if let Some(credentials) = uri.authority().and_then(|authority| authority.as_str().rsplit_once('@')) {
            request = request.header(header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(credentials.0)));
        }
        let body = if method == Method::Post {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", sign(&self.auth_token, url, parcel.params));
            encoded(parcel.params)
        } else {
            request = request.header("X-Twilio-Signature", sign(&self.auth_token, url, &[]));
            String::new()
        };
        let request = request.uri(uri).body(Full::from(body)).map_err(|_| code::BAD_URL)?;
        let sent = self.client(connect).request(request).await;
        sent.map_err(|error| if error.is_connect() { code::CONNECT } else { code::PROTOCOL })
    }

    fn client(&self, connect: Duration) -> Http {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&connect) {
            return client.clone();
        }
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(connect));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .build(connector);
        if clients.len() >= CLIENTS_MAX {
            clients.clear();
        }
        clients.insert(connect, client.clone());
        client
    }
}

impl Overrides {
    fn says_again(&self, last: &Result<Reply, u32>) -> bool {
        let on = self.retry_on;
        match last {
            Ok(reply) => (on.client_error && reply.status / 100 == 4) || (on.server_error && reply.status / 100 == 5),
            Err(code::CONNECT) => on.connect,
            Err(code::RETRIEVAL | code::PROTOCOL) => on.read,
            Err(_) => false,
        }
    }
}

async fn read(answer: Response<Incoming>, body_max: usize) -> Result<Reply, u32> {
    let status = answer.status().as_u16();
    let content_type =
        answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = Limited::new(answer.into_body(), body_max).collect().await.map_err(|error| {
        if error.downcast_ref::<LengthLimitError>().is_some() { code::BODY_TOO_LARGE } else { code::PROTOCOL }
    })?;
    Ok(Reply { status, content_type, body: body.to_bytes() })
}

/// `location` as seen from `base`.
pub(crate) fn joined(base: &str, location: &str) -> Option<String> {
    Some(url::Url::parse(base).ok()?.join(location).ok()?.into())
}

fn encoded(params: &Params) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

fn with_query(url: &str, params: &Params) -> String {
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}{}", encoded(params))
}
