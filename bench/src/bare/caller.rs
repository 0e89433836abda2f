//! Asks the carrier for a call: one request, never repeated.
//!
//! Uses a pool of kept connections. The body is built once for the campaign and filled in for each attempt. What an
//! error means is not decided here; the bare loop counts it and goes on.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Request, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;

use super::store::Claimed;
use crate::carrier::{ACCOUNT_SID, AUTH_TOKEN, CALLER_ID};
use crate::contest::Job;

const RING_TIMEOUT_S: &str = "30";
/// The vendor's documented way to have a webhook repeated after a broken connection.
const REPEAT: &str = "#rc=3&rp=all";
const ANSWER_BYTES_MAX: usize = 64 * 1024;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

pub struct Caller {
    client: Client<HttpConnector, Full<Bytes>>,
    uri: Uri,
    authorization: String,
    public_url: String,
}

#[derive(Deserialize)]
struct Created {
    sid: String,
}

impl Caller {
    pub fn new(job: &Job) -> Result<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(job.calls_at_once)
            .retry_canceled_requests(false)
            .build(connector);
        let uri = format!("{}/2010-04-01/Accounts/{ACCOUNT_SID}/Calls.json", job.carrier_url).parse()?;
        let authorization = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT_SID}:{AUTH_TOKEN}")));
        Ok(Self { client, uri, authorization, public_url: job.public_url() })
    }

    /// The SID of the call.
    pub async fn place(&self, claim: &Claimed) -> Result<String> {
        let request = Request::post(self.uri.clone())
            .header(AUTHORIZATION, &self.authorization)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(self.form(claim)))?;
        let answer = tokio::time::timeout(REQUEST_TIMEOUT, self.client.request(request)).await??;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX)
            .collect()
            .await
            .map_err(anyhow::Error::from_boxed)?
            .to_bytes();
        ensure!(status == StatusCode::CREATED, "the carrier answered {status}");
        Ok(serde_json::from_slice::<Created>(&body).context("the carrier's answer")?.sid)
    }

    fn form(&self, claim: &Claimed) -> String {
        let token = &claim.token;
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(512));
        form.append_pair("To", &claim.phone)
            .append_pair("From", CALLER_ID)
            .append_pair("Url", &format!("{}/voice/{token}{REPEAT}", self.public_url))
            .append_pair("StatusCallback", &format!("{}/status/{token}{REPEAT}", self.public_url))
            .append_pair("Timeout", RING_TIMEOUT_S);
        for event in ["initiated", "ringing", "answered", "completed"] {
            form.append_pair("StatusCallbackEvent", event);
        }
        form.finish()
    }
}
