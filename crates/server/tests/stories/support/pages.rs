//! A web application of four files, for stories about how pages are served.
//!
//! The real one may not have been built when stories are told, and its files change; these do neither. What pages
//! show and do is for the tests of the web application itself.

use carillon::api::{Content, Pages};
use sha2::{Digest, Sha256};

/// The page.
pub const PAGE: &str =
    "<!doctype html><title>Carillon</title><script type=\"module\" src=\"/assets/app-1a2b.js\"></script>";
/// Its script, and the same packed: to a story any other text.
pub const SCRIPT: &str = "document.title = 'Campaigns'";
pub const PACKED: &str = "the same, smaller";

/// The files.
pub fn pages() -> Pages {
    Pages::found_by(|name| {
        let text = match name {
            "index.html" => PAGE,
            "assets/app-1a2b.js" => SCRIPT,
            "assets/app-1a2b.js.br" => PACKED,
            "favicon.svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            _ => return None,
        };
        Some(Content { bytes: text.as_bytes().into(), hash: Sha256::digest(text).into() })
    })
}
