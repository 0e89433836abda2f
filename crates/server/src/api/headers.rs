//! Security headers, on every answer: errors, files and the API alike.
//!
//! The API never shows a page, so its policy allows nothing; pages get scripts and styles of our own alone.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::Config;

const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const OWN_PAGES: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'";
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];
/// Two years.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Adds what is missing; a handler that set one of them (a file that may be cached) had a reason.
pub(super) fn add(config: &Config, is_api: bool, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    for (name, value) in ALWAYS {
        set(name, value);
    }
    set(header::CONTENT_SECURITY_POLICY, if is_api { NOTHING } else { OWN_PAGES });
    set(header::CACHE_CONTROL, "no-store");
    if config.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        set(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
}
