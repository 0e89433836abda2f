//! The two cookies: the session's, and the mark of a browser in which somebody logged in before.
//!
//! Over https names begin with `__Host-`, so that no sibling site can set them; over plain http (a loopback
//! installation) browsers refuse that prefix. With an https `public_url` only the prefixed names are believed.

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::SignedDuration;

use crate::config::Config;
use crate::secrets::Secret;

const SESSION: &str = "carillon_session";
const DEVICE: &str = "carillon_device";
const SECURE_PREFIX: &str = "__Host-";

/// Whether the browser that sends these headers speaks https with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    Https,
    Http,
}

impl Transport {
    pub(super) fn of(config: &Config, headers: &HeaderMap) -> Self {
        let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
        if is_https(config) || origin.is_some_and(|origin| origin.starts_with("https://")) {
            Self::Https
        } else {
            Self::Http
        }
    }
}

fn is_https(config: &Config) -> bool {
    config.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
}

/// The value of the session cookie.
pub(super) fn session<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    value(config, headers, SESSION)
}

/// The value of the device cookie.
pub(super) fn device<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    value(config, headers, DEVICE)
}

/// Sets the session cookie.
pub(super) fn set_session(transport: Transport, token: &Secret, life: SignedDuration) -> HeaderValue {
    set(transport, SESSION, token.reveal(), life)
}

/// Sets the device cookie.
pub(super) fn set_device(transport: Transport, mark: &str, life: SignedDuration) -> HeaderValue {
    set(transport, DEVICE, mark, life)
}

/// Takes the session cookie away.
pub(super) fn clear_session(transport: Transport) -> HeaderValue {
    set(transport, SESSION, "", SignedDuration::ZERO)
}

fn set(transport: Transport, name: &str, value: &str, life: SignedDuration) -> HeaderValue {
    let (prefix, secure) = match transport {
        Transport::Https => (SECURE_PREFIX, "; Secure"),
        Transport::Http => ("", ""),
    };
    let seconds = life.as_secs();
    let cookie = format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&cookie).expect("tokens and marks are of letters that fit in a header")
}

fn value<'a>(config: &Config, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let secure = format!("{SECURE_PREFIX}{name}");
    let lines = || headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = || lines().flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let find = |wanted: &str| pairs().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    find(&secure).or_else(|| if is_https(config) { None } else { find(name) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Given;

    fn config(public_url: &str) -> Config {
        Config::try_new(Given { public_url: Some(public_url.to_owned()), ..Given::default() }).expect("a configuration")
    }

    fn cookies(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))])
    }

    #[test]
    fn over_https_a_cookie_without_the_prefix_is_not_believed() {
        let headers = cookies("a=b; carillon_session=planted; __Host-carillon_session=ours");
        assert_eq!(session(&config("https://h.example"), &headers), Some("ours"));
        let planted = cookies("carillon_session=planted");
        assert_eq!(session(&config("https://h.example"), &planted), None);
        assert_eq!(session(&config("http://localhost:8080"), &planted), Some("planted"));
    }

    #[test]
    fn a_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        let https = set_session(Transport::Https, &Secret::new("t"), SignedDuration::from_secs(60));
        assert_eq!(https, "__Host-carillon_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
        assert_eq!(clear_session(Transport::Http), "carillon_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
