//! Security headers, on every answer: errors, files and the API alike.
//!
//! Answers that are no page may do nothing in a browser. Pages run scripts of our own files and never ones within a
//! page; their component library writes style elements, which is why styles are allowed there.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::Config;

const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The policy of pages and their files.
pub(super) const OWN_PAGES: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; \
    media-src 'self' blob:; connect-src 'self'";
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];
/// Two years.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Adds what is missing; a handler that set one of them (a page, a file that may be cached) had a reason.
pub(super) fn add(config: &Config, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    for (name, value) in ALWAYS {
        set(name, value);
    }
    set(header::CONTENT_SECURITY_POLICY, NOTHING);
    set(header::CACHE_CONTROL, "no-store");
    if config.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        set(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
}
