//! Somebody who speaks HTTP to the server: with a token, with cookies, or as nobody.

use std::collections::BTreeMap;

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// Somebody with a way to show who they are.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    headers: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Client {
    /// Nobody in particular.
    pub fn new(base: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        Self { http, base: base.to_owned(), headers: BTreeMap::new() }
    }

    /// The same, with new connections.
    pub fn anew(&self) -> Self {
        Self { headers: self.headers.clone(), ..Self::new(&self.base) }
    }

    /// The same with another header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.insert(name.to_owned(), value.to_owned());
        other
    }

    /// The same, showing a token.
    pub fn with_token(&self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// The token it shows.
    pub fn token(&self) -> String {
        self.headers["authorization"].trim_start_matches("Bearer ").to_owned()
    }

    /// The same as a page of ours in a browser, with the cookies that an answer set.
    pub fn with_cookies_of(&self, answer: &Answer) -> Self {
        self.with("cookie", &answer.cookies()).with("sec-fetch-site", "same-origin")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, Some(body.to_string())).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// The body of an answer that is no text.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let response = self.sent(self.http.get(format!("{}{path}", self.base))).await;
        response.bytes().await.expect("the answer has an end").to_vec()
    }

    /// A form with a file, and texts beside it.
    pub async fn upload(&self, path: &str, name: &str, file: impl Into<Vec<u8>>, texts: &[(&str, &str)]) -> Answer {
        let part = reqwest::multipart::Part::bytes(file.into()).file_name(name.to_owned());
        let mut form = reqwest::multipart::Form::new().part("file", part);
        for (name, text) in texts {
            form = form.text((*name).to_owned(), (*text).to_owned());
        }
        self.answered(self.http.post(format!("{}{path}", self.base)).multipart(form)).await
    }

    /// Any method with any body; a body is said to be JSON unless a header says otherwise.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            if !self.headers.contains_key("content-type") {
                request = request.header("content-type", "application/json");
            }
            request = request.body(body);
        }
        self.answered(request).await
    }

    async fn answered(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = self.sent(request).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // A recording is no text; whoever wants its bytes asks for them.
        let body = response.bytes().await.expect("the answer has an end");
        Answer { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn sent(&self, mut request: reqwest::RequestBuilder) -> reqwest::Response {
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            request = request.header(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        request.send().await.expect("the server answers")
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{}: {e}: {:?}", self.status, self.text))
    }

    /// The body of an answer with this status; anything else fails the story with what was said.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// A problem of this status and type.
    #[track_caller]
    pub fn expect_problem(&self, status: u16, name: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["type"], json!(format!("/problems/{name}")), "{problem}");
        assert_eq!(problem["status"], json!(status));
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
        problem
    }

    /// A 422 that names exactly these fields.
    #[track_caller]
    pub fn expect_invalid(&self, fields: &[&str]) {
        let problem = self.expect_problem(422, "invalid");
        let errors = problem["errors"].as_array().expect("a list of errors");
        let named: Vec<&str> = errors.iter().filter_map(|error| error["field"].as_str()).collect();
        assert_eq!(named, fields, "{problem}");
    }

    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The cookies set, as a browser would send them back.
    pub fn cookies(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        set.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}
