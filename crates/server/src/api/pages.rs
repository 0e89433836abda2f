//! The pages of the web application: files that are carried in the program, for whoever asks with a browser.
//!
//! Every address that is not the API's shows the one page, which reads the address itself; files with a hash in their
//! name may be kept for ever. Nothing here knows who asks, so nothing here is secret. How pages are built is
//! `web/`'s; a program built without optimization reads them from there at run time.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::{ApiError, App, headers};

/// The page that all addresses show.
const PAGE: &str = "index.html";
/// First parts of addresses that never show a page.
const NO_PAGES: [&str; 5] = ["api", "media", "healthz", "readyz", "metrics"];
/// Where files lie whose names change with their content.
const HASHED: &str = "assets/";
/// A browser may keep a file whose name changes with its content for a year, and never asks again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// It may keep others, and asks each time whether they are still the same.
const ASK_AGAIN: &str = "no-cache";
/// Digits of a hash that tell two contents apart.
const ETAG_BYTES: usize = 16;
/// What is shown instead of pages that nobody built.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Carillon</title><h1>The pages were not built</h1>\
    <p>This program carries no web application. <code>make web</code> builds it; build the program again after \
    that. The API works without: its description is at <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>";

/// The files behind the pages, as the compiler found them.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

/// A file of the pages.
pub struct Content {
    pub bytes: Cow<'static, [u8]>,
    /// Tells it from every other content.
    pub hash: [u8; 32],
}

/// Finds a file by its name.
type Find = dyn Fn(&str) -> Option<Content> + Send + Sync;

/// The files that are served.
pub struct Pages(Box<Find>);

impl Pages {
    /// Those that came with the program.
    #[must_use]
    pub fn built() -> Self {
        Self::found_by(|name| {
            let file = Built::get(name)?;
            Some(Content { hash: file.metadata.sha256_hash(), bytes: file.data })
        })
    }

    /// Those that `find` knows; a name has no part that begins with a dot.
    #[must_use]
    pub fn found_by(find: impl Fn(&str) -> Option<Content> + Send + Sync + 'static) -> Self {
        Self(Box::new(find))
    }

    /// A file as it is sent: small when the browser unpacks Brotli and there is such a twin.
    fn file(&self, name: &str, asked: &HeaderMap) -> Option<Response> {
        let media_type = media_type(name)?;
        let twin = (self.0)(&format!("{name}.br"));
        let has_twin = twin.is_some();
        let small = twin.filter(|_| takes_brotli(asked));
        let encoding = small.is_some().then_some(("br", header::CONTENT_ENCODING));
        let content = small.or_else(|| (self.0)(name))?;
        let etag = etag(&content);
        let mut answer =
            if knows(asked, &etag) { StatusCode::NOT_MODIFIED.into_response() } else { content.bytes.into_response() };
        let caching = if name.starts_with(HASHED) { FOR_EVER } else { ASK_AGAIN };
        let mut set = |name: HeaderName, value: &'static str| {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        set(header::CONTENT_TYPE, media_type);
        set(header::CACHE_CONTROL, caching);
        set(header::CONTENT_SECURITY_POLICY, headers::OWN_PAGES);
        encoding.into_iter().for_each(|(value, name)| set(name, value));
        if has_twin {
            set(header::VARY, "accept-encoding");
        }
        answer.headers_mut().insert(header::ETAG, etag);
        Some(answer)
    }
}

/// Serves whatever has no door of its own.
pub(super) async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, asked: HeaderMap) -> Response {
    answer(&app.pages, &method, uri.path(), &asked).unwrap_or_else(IntoResponse::into_response)
}

fn answer(pages: &Pages, method: &Method, path: &str, asked: &HeaderMap) -> Result<Response, ApiError> {
    let absent = || ApiError::NotFound("address");
    let path = page_path(path).ok_or_else(absent)?;
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(ApiError::MethodNotAllowed);
    }
    if let Some(file) = file_name(path).and_then(|name| pages.file(name, asked)) {
        return Ok(file);
    }
    if path.starts_with(HASHED) || !(path.is_empty() || reads_html(asked)) {
        return Err(absent());
    }
    Ok(pages.file(PAGE, asked).unwrap_or_else(not_built))
}

fn not_built() -> Response {
    let media_type = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, media_type, NOT_BUILT).into_response()
}

/// A path without its first slash, when it may be that of a page.
fn page_path(path: &str) -> Option<&str> {
    let path = path.strip_prefix('/')?;
    let mut parts = path.strip_suffix('/').unwrap_or(path).split('/');
    let is_ours = |part: &str| !part.is_empty() && !part.starts_with('.');
    let first = parts.next().unwrap_or_default();
    let is_page = !NO_PAGES.iter().any(|name| first.eq_ignore_ascii_case(name));
    (path.is_empty() || (is_page && is_ours(first) && parts.all(is_ours))).then_some(path)
}

/// A path as the name of a file; nothing in it is decoded, so that nothing leads out of the folder.
fn file_name(path: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    (!path.is_empty() && path.chars().all(is_plain)).then_some(path)
}

/// By the end of a name; files of no type that pages have are not served.
fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

fn etag(content: &Content) -> HeaderValue {
    let digits: String = content.hash[..ETAG_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{digits}\"")).expect("digits fit in a header")
}

/// Whether the browser has this content already.
fn knows(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let known = words(asked, header::IF_NONE_MATCH);
    known.map(|tag| tag.trim_start_matches("W/")).any(|tag| tag == "*" || tag.as_bytes() == etag.as_bytes())
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    words(asked, header::ACCEPT_ENCODING).any(|word| {
        let mut parts = word.split(';').map(str::trim);
        let refused = |weight: &str| weight.strip_prefix("q=").is_some_and(|q| q.parse::<f64>() == Ok(0.0));
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br")) && !parts.any(refused)
    })
}

/// Browsers name it when they go to an address; scripts that are lost do not, and get a problem in JSON.
fn reads_html(asked: &HeaderMap) -> bool {
    words(asked, header::ACCEPT).any(|word| word.split(';').next().is_some_and(|name| name.trim() == "text/html"))
}

/// The words between commas of all headers of a name.
fn words(asked: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lines = asked.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_apis_may_be_a_pages() {
        for path in ["/", "/campaigns", "/campaigns/1/recipients", "/campaigns/", "/apis", "/a%20b"] {
            assert!(page_path(path).is_some(), "{path}");
        }
        let others = [
            "/api",
            "/api/",
            "/API/v1/users",
            "/media/x",
            "/metrics",
            "//campaigns",
            "/a//b",
            "/../a",
            "/a/..",
            "*",
            "",
        ];
        for path in others {
            assert!(page_path(path).is_none(), "{path}");
        }
    }

    #[test]
    fn without_a_build_the_page_says_so_in_words() {
        let empty = Pages::found_by(|_| None);
        let shown = answer(&empty, &Method::GET, "/", &HeaderMap::new()).expect("a page");
        assert_eq!(shown.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(NOT_BUILT.contains("make web") && NOT_BUILT.contains("not built"));
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let takes = |text: &'static str| {
            takes_brotli(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))]))
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("br;q=0.5") && takes("BR"));
        assert!(!takes("gzip") && !takes("br;q=0") && !takes("br;q=0.0, gzip") && !takes("") && !takes("brx"));
    }
}
