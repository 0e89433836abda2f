//! Changes by cookie come from our own pages alone.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`, and no page can forge
//! either. A cookie request that says neither is refused: scripts use tokens. A proxy in front must pass `Host`
//! and `Origin` on unchanged, or `public_url` must be configured.

use axum::http::{HeaderMap, header};
use url::Url;

use super::ApiError;
use crate::config::Config;

/// Passes when the request comes from our own origin. Without a log-in (`by_cookie` false) it may also come
/// from no page at all.
pub(super) fn check(config: &Config, headers: &HeaderMap, by_cookie: bool) -> Result<(), ApiError> {
    let refused = || Err(ApiError::Forbidden("changes by cookie must come from this server's own pages".to_owned()));
    if let Some(site) = headers.get("sec-fetch-site") {
        return if site == "same-origin" || site == "none" { Ok(()) } else { refused() };
    }
    match headers.get(header::ORIGIN) {
        Some(origin) if origin.to_str().is_ok_and(|origin| is_ours(config, headers, origin)) => Ok(()),
        None if !by_cookie => Ok(()),
        Some(_) | None => refused(),
    }
}

fn is_ours(config: &Config, headers: &HeaderMap, origin: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    if !matches!(origin.scheme(), "http" | "https") {
        return false;
    }
    let public = config.public_url.as_deref().and_then(|url| Url::parse(url).ok());
    if public.is_some_and(|public| public.origin() == origin.origin()) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let asked = host.and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    asked.is_some_and(|asked| asked.origin() == origin.origin())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Given;

    fn passes(pairs: &[(&'static str, &str)], by_cookie: bool) -> bool {
        let given = Given { public_url: Some("https://calls.example".to_owned()), ..Given::default() };
        let config = Config::try_new(given).expect("a configuration");
        let headers = pairs.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_str(value).expect("a value"))
        });
        check(&config, &headers.collect(), by_cookie).is_ok()
    }

    #[test]
    fn only_our_own_pages_pass() {
        for (site, fine) in [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false)] {
            assert_eq!(passes(&[("sec-fetch-site", site), ("host", "h")], true), fine, "{site}");
        }
        let origins = [
            ("https://calls.example", true),
            ("http://h:8080", true),
            ("http://h", false),
            ("https://evil.example", false),
            ("https://sub.calls.example", false),
            ("https://calls.example.evil.example", false),
            ("null", false),
            ("", false),
        ];
        for (origin, fine) in origins {
            assert_eq!(passes(&[("origin", origin), ("host", "h:8080")], true), fine, "{origin}");
        }
    }

    #[test]
    fn a_cookie_request_that_says_nothing_is_refused_and_a_log_in_from_a_script_is_not() {
        assert!(!passes(&[("host", "h")], true));
        assert!(passes(&[("host", "h")], false));
        assert!(!passes(&[("host", "h"), ("origin", "https://evil.example")], false));
    }
}
