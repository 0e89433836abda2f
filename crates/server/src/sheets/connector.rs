//! Connections to the host of sheets: its name is resolved once, and only addresses that may be asked are connected to.
//!
//! There is nothing between the check and the connection, so a name that changes its addresses gains nothing.
//! Connections are not kept, so each request is checked. No proxy of the environment is used.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Empty;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::rt::TokioExecutor;
use tower::Service;

use super::addresses::is_public;
use super::reach::Addresses;

/// For a connection, all addresses of the host together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of an answer's headers.
const HEADERS_BYTES_MAX: usize = 64 * 1_024;

/// A client that connects to nothing else.
pub(super) type SheetClient = Client<HttpsConnector<HttpConnector<CheckedResolver>>, Empty<Bytes>>;

/// A client for hosts with such addresses.
pub(super) fn client(addresses: Addresses) -> SheetClient {
    let mut tcp = HttpConnector::new_with_resolver(CheckedResolver { resolver: GaiResolver::new(), addresses });
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
    let tls = HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
        .expect("ring has cipher suites for the default TLS versions");
    let tls = match addresses {
        Addresses::Public => tls.https_only(),
        Addresses::Any => tls.https_or_http(),
    };
    Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(0)
        .http1_max_buf_size(HEADERS_BYTES_MAX)
        .retry_canceled_requests(false)
        .build(tls.enable_http1().wrap_connector(tcp))
}

/// Resolves names to addresses that may be asked.
#[derive(Debug, Clone)]
pub(super) struct CheckedResolver {
    resolver: GaiResolver,
    addresses: Addresses,
}

/// Every address of a host is behind the firewall, or otherwise not a stranger's.
#[derive(Debug, thiserror::Error)]
#[error("{host} has no public address")]
struct NoPublicAddress {
    host: String,
}

type ResolveError = Box<dyn std::error::Error + Send + Sync>;

impl Service<Name> for CheckedResolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = ResolveError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ResolveError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), ResolveError>> {
        self.resolver.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (host, allowed) = (name.as_str().to_owned(), self.addresses);
        let resolving = self.resolver.call(name);
        Box::pin(async move {
            let found = resolving.await?;
            let may_be_asked = |address: &SocketAddr| allowed == Addresses::Any || is_public(address.ip());
            let fine: Vec<SocketAddr> = found.filter(may_be_asked).collect();
            if fine.is_empty() { Err(NoPublicAddress { host }.into()) } else { Ok(fine.into_iter()) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_with_private_addresses_alone_is_not_resolved() {
        let resolved = async |addresses| {
            let mut resolver = CheckedResolver { resolver: GaiResolver::new(), addresses };
            resolver.call("localhost".parse().expect("a name")).await
        };
        let refused = resolved(Addresses::Public).await.map(Iterator::count).expect_err("refused");
        assert_eq!(refused.to_string(), "localhost has no public address");
        let mut found = resolved(Addresses::Any).await.expect("this machine");
        assert!(found.all(|address| address.ip().is_loopback()));
    }
}
