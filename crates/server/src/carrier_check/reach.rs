//! Asks our own public address whether it leads to us, as the carrier will.
//!
//! An administrator may enter any address, so the answer is compared and never shown: this must not become a way
//! to look at what is behind the firewall.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::Uri;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Name, connection, TLS and answer together.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Our own answer is shorter.
const ANSWER_BYTES_MAX: usize = 1_024;
/// What we answer when asked whether we are alive.
const ALIVE: &[u8] = br#"{"status":"ok"}"#;

/// Whether `url` leads to a server of ours.
///
/// # Errors
/// In words, when it does not.
pub(super) async fn health(url: &str) -> Result<(), &'static str> {
    let url: Uri = url.parse().map_err(|_| "is not an address that can be asked")?;
    let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    let exchange = async {
        let response = client.get(url).await.map_err(|_| "cannot be reached from here")?;
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        body.map(|body| body.to_bytes()).map_err(|_| "something else answers there")
    };
    match tokio::time::timeout(TIMEOUT, exchange).await {
        Err(_) => Err("does not answer in time"),
        Ok(Err(message)) => Err(message),
        Ok(Ok(body)) if body.as_ref() == ALIVE => Ok(()),
        Ok(Ok(_)) => Err("something else answers there"),
    }
}
