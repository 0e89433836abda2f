//! Where a request comes from, as far as that can be known.
//!
//! Behind a proxy the nearest address that it wrote counts, if the configuration says that there is one; a header that
//! anybody can write proves nothing else. Who asks is [`super::auth`]'s.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, header};
use url::{Host, Url};

use crate::config::Config;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address that log-ins are throttled by.
pub(super) fn client_address(config: &Config, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers.get_all(FORWARDED_FOR).iter().next_back().and_then(|line| line.to_str().ok());
    let nearest = forwarded.and_then(|line| line.rsplit(',').next()).and_then(|address| address.trim().parse().ok());
    nearest.filter(|_| config.behind_proxy).unwrap_or_else(|| peer.ip())
}

/// A program on this machine asks, and not for somebody else.
pub(super) fn is_this_machine(peer: SocketAddr, headers: &HeaderMap) -> bool {
    // A proxy on this machine is not this machine.
    peer.ip().to_canonical().is_loopback() && !headers.contains_key(FORWARDED_FOR)
}

/// The request was addressed to this machine by a name that nobody elsewhere can point here: a page of a stranger
/// whose name leads to this machine is refused what its browser would be given.
pub(super) fn names_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let url = host.and_then(|host| Url::parse(&format!("http://{host}")).ok());
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_names_that_lead_nowhere_else_name_this_machine() {
        let names = |host: &'static str| {
            names_this_machine(&HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]))
        };
        for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"] {
            assert!(names(host), "{host}");
        }
        for host in ["calls.example", "localhost.evil.example", "192.0.2.1", "127.0.0.1.evil.example", "", "a b"] {
            assert!(!names(host), "{host}");
        }
        assert!(!names_this_machine(&HeaderMap::new()));
    }
}
