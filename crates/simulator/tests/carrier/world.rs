//! A simulated carrier, an application that it calls back, and a client, all on one virtual clock.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use carillon_simulator::{Busy, Clock, Config, LedgerView, Mix, Simulator, sign};
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo},
};
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{clock::TestClock, contract};

pub const FROM: &str = "+12025550100";
pub const TO: &str = "+13125550777";

pub struct World {
    pub simulator: Simulator,
    pub app: App,
    pub clock: TestClock,
    config: Config,
    http: Client<HttpConnector, Full<Bytes>>,
    /// The test itself is busy whenever it does not wait for time.
    _busy: Busy,
}

/// An answer to the client.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: hyper::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }
}

impl World {
    /// Everybody answers after four seconds and stays five minutes; no limit on calls a second.
    pub async fn new() -> World {
        World::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> World {
        let mut config = Config { cps: 0.0, mix: Mix::all_human(4.0, 300.0), ..Config::default() };
        change(&mut config);
        let clock = TestClock::at("2026-03-02T15:00:00Z");
        let busy = clock.busy();
        let listen = "127.0.0.1:0".parse().unwrap();
        let simulator = Simulator::start(config.clone(), Arc::new(clock.clone()), listen).await.unwrap();
        let http = Client::builder(TokioExecutor::new()).build_http();
        World { simulator, app: App::start(&config.auth_token).await, clock, config, http, _busy: busy }
    }

    pub fn ledger(&self) -> LedgerView {
        self.simulator.ledger()
    }

    /// Lets so much time pass.
    pub async fn run_for(&self, seconds: f64) {
        self.clock.sleep_until(self.clock.now() + Duration::from_secs_f64(seconds)).await;
    }

    /// A path below the account.
    pub fn path(&self, rest: &str) -> String {
        format!("/2010-04-01/Accounts/{}/{rest}", self.config.account_sid)
    }

    pub async fn get(&self, rest: &str) -> Reply {
        self.send("GET", &self.path(rest), &[]).await.unwrap()
    }

    pub async fn post(&self, rest: &str, params: &[(&str, &str)]) -> Reply {
        self.send("POST", &self.path(rest), params).await.unwrap()
    }

    pub async fn delete(&self, rest: &str) -> Reply {
        self.send("DELETE", &self.path(rest), &[]).await.unwrap()
    }

    /// Sends a request with the auth token and holds the answer against the contract; none if there was no answer.
    pub async fn send(&self, method: &str, path: &str, params: &[(&str, &str)]) -> Option<Reply> {
        let credentials = format!("{}:{}", self.config.account_sid, self.config.auth_token);
        let reply = self.send_as(&credentials, method, path, params).await?;
        let is_json = reply.headers.get("content-type").is_some_and(|kind| kind == "application/json");
        if is_json && path.starts_with("/2010") && reply.text.is_empty() | reply.text.ends_with('}') {
            contract::check(method, path.split('?').next().unwrap(), reply.status, &reply.text);
        }
        Some(reply)
    }

    pub async fn send_as(&self, credentials: &str, method: &str, path: &str, params: &[(&str, &str)]) -> Option<Reply> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.simulator.base_url()))
            .header("authorization", format!("Basic {}", STANDARD.encode(credentials)))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Full::from(body))
            .unwrap();
        let response = self.http.request(request).await.ok()?;
        let (head, body) = response.into_parts();
        let text = String::from_utf8_lossy(&body.collect().await.ok()?.to_bytes()).into_owned();
        Some(Reply { status: head.status.as_u16(), headers: head.headers, text })
    }

    /// Sends JSON to one of the simulator's own doors.
    pub async fn control(&self, path: &str, body: &Value) -> u16 {
        let request = Request::post(format!("{}/simulator/{path}", self.simulator.base_url()))
            .body(Full::from(body.to_string()))
            .unwrap();
        self.http.request(request).await.unwrap().status().as_u16()
    }

    /// The parameters of a call that reports everything to `/status` and takes its document from `/voice`.
    pub fn usual<'a>(&'a self, to: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("To", to),
            ("From", FROM),
            ("Url", &self.app.voice),
            ("StatusCallback", &self.app.status),
            ("StatusCallbackEvent", "initiated"),
            ("StatusCallbackEvent", "ringing"),
            ("StatusCallbackEvent", "answered"),
            ("StatusCallbackEvent", "completed"),
        ]
    }

    /// Places a usual call, with further parameters, and gives its sid.
    pub async fn place(&self, to: &str, more: &[(&str, &str)]) -> String {
        let mut params = self.usual(to);
        params.extend(more);
        let reply = self.post("Calls.json", &params).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()["sid"].as_str().unwrap().to_owned()
    }

    /// Statuses told to `/status`, in order of arrival.
    pub fn told(&self) -> Vec<String> {
        self.app.seen("/status").iter().map(|seen| seen.param("CallStatus").to_owned()).collect()
    }
}

/// The application behind the webhooks: it keeps what it is told and answers as programmed.
pub struct App {
    pub base: String,
    pub voice: String,
    pub status: String,
    inner: Arc<Inner>,
}

struct Inner {
    auth_token: String,
    base: Mutex<String>,
    seen: Mutex<Vec<Seen>>,
    answers: Mutex<HashMap<String, (u16, &'static str, Bytes)>>,
}

/// One request to the application.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub params: HashMap<String, String>,
    pub token: String,
    pub signed_right: bool,
}

impl Seen {
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or_else(|| panic!("no {name} in {:?}", self.params), String::as_str)
    }
}

impl App {
    async fn start(auth_token: &str) -> App {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            auth_token: auth_token.to_owned(),
            base: Mutex::new(base.clone()),
            seen: Mutex::default(),
            answers: Mutex::default(),
        });
        let app = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let app = Arc::clone(&app);
                let service = service_fn(move |request| {
                    let app = Arc::clone(&app);
                    async move { Ok::<_, Infallible>(app.answer(request).await) }
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        let app = App { voice: format!("{base}/voice"), status: format!("{base}/status"), base, inner };
        app.says("/voice", "<Response><Say>Hello there, this is a message.</Say></Response>");
        app
    }

    /// Answers a path with TwiML.
    pub fn says(&self, path: &str, twiml: &str) {
        self.answers(path, 200, "text/xml", twiml.as_bytes());
    }

    pub fn answers(&self, path: &str, status: u16, content_type: &'static str, body: &[u8]) {
        self.inner
            .answers
            .lock()
            .unwrap()
            .insert(path.to_owned(), (status, content_type, Bytes::copy_from_slice(body)));
    }

    /// What came to a path, in order.
    pub fn seen(&self, path: &str) -> Vec<Seen> {
        self.inner.seen.lock().unwrap().iter().filter(|seen| seen.path == path).cloned().collect()
    }
}

impl Inner {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let form: Vec<_> =
            form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned().into(), value.into_owned())).collect();
        let url = format!("{}{}", self.base.lock().unwrap(), head.uri);
        let header = |name: &str| head.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let query = head.uri.query().unwrap_or_default();
        let seen =
            Seen {
                method: head.method.to_string(),
                path: head.uri.path().to_owned(),
                query: query.to_owned(),
                params: form_urlencoded::parse(query.as_bytes())
                    .map(|(name, value)| (name.into_owned(), value.into_owned()))
                    .chain(form.iter().map(|(name, value): &(std::borrow::Cow<'static, str>, String)| {
                        (name.to_string(), value.clone())
                    }))
                    .collect(),
                token: header("i-twilio-idempotency-token"),
                signed_right: header("x-twilio-signature") == sign(&self.auth_token, &url, &form),
            };
        self.seen.lock().unwrap().push(seen);
        let answer = self.answers.lock().unwrap().get(head.uri.path()).cloned();
        let (status, content_type, body) = answer.unwrap_or((204, "", Bytes::new()));
        let mut response = Response::builder().status(status);
        if !content_type.is_empty() {
            response = response.header("content-type", content_type);
        }
        response.body(Full::new(body)).unwrap()
    }
}

/// The whole second of an instant after the start of the world.
pub fn second_of(at: Option<Timestamp>) -> Option<i64> {
    let start: Timestamp = "2026-03-02T15:00:00Z".parse().unwrap();
    at.map(|at| at.duration_since(start).as_secs())
}
