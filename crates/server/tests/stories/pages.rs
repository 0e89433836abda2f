//! How the web application reaches a browser: one page for every address, files that may be kept, nothing else.

use carillon::store::Engine;
use reqwest::Method;

use crate::support::pages::{PACKED, PAGE, SCRIPT};
use crate::support::{Client, World};

async fn world() -> World {
    World::on(Engine::Sqlite).await
}

/// Somebody who goes to an address.
fn browser(world: &World) -> Client {
    let reads = "text/html,application/xhtml+xml,*/*;q=0.8";
    world.nobody().with("accept", reads).with("accept-encoding", "gzip, deflate, br")
}

#[tokio::test]
async fn every_address_of_the_pages_shows_the_one_page() {
    let world = world().await;
    for address in ["/", "/campaigns", "/campaigns/1/recipients?state=failed", "/sign-in", "/admin/health/"] {
        let shown = browser(&world).get(address).await;
        assert_eq!((shown.status, shown.text.as_str()), (200, PAGE), "{address}");
        assert_eq!(shown.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(shown.header("cache-control"), "no-cache");
    }
    assert_eq!(world.nobody().get("/").await.text, PAGE, "whatever the browser says it reads");
}

#[tokio::test]
async fn what_is_the_apis_and_is_not_there_stays_a_problem_in_json() {
    let world = world().await;
    for address in ["/api", "/api/", "/api/v1/nothing", "/API/v1/users", "/metrics/x", "//campaigns"] {
        browser(&world).get(address).await.expect_problem(404, "not-found");
    }
    world.nobody().get("/campaigns").await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_file_with_a_hash_in_its_name_is_kept_for_ever_and_comes_packed() {
    let world = world().await;
    let packed = browser(&world).get("/assets/app-1a2b.js").await;
    assert_eq!((packed.status, packed.text.as_str()), (200, PACKED));
    assert_eq!(packed.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.header("vary"), "accept-encoding");
    assert_eq!(packed.header("cache-control"), "public, max-age=31536000, immutable");
    let plain = world.nobody().get("/assets/app-1a2b.js").await;
    assert_eq!((plain.text.as_str(), plain.header("content-encoding")), (SCRIPT, ""));
    assert_eq!(plain.header("vary"), "accept-encoding");
    assert_ne!(plain.header("etag"), packed.header("etag"));
    let favicon = browser(&world).get("/favicon.svg").await;
    assert_eq!((favicon.header("cache-control"), favicon.header("content-type")), ("no-cache", "image/svg+xml"));
}

#[tokio::test]
async fn a_browser_that_has_the_page_is_told_so() {
    let world = world().await;
    let first = browser(&world).get("/").await;
    let again = browser(&world).with("if-none-match", first.header("etag"));
    let same = again.get("/campaigns").await;
    assert_eq!((same.status, same.text.as_str(), same.header("etag")), (304, "", first.header("etag")));
    assert_eq!(same.header("cache-control"), "no-cache");
    let other = browser(&world).with("if-none-match", "\"0123\"").get("/").await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn a_missing_file_is_no_page_and_no_address_leads_out_of_the_folder() {
    let world = world().await;
    let addresses = [
        "/assets/gone-3c4d.js",
        "/assets/../..%2f",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/x%2f..%2f..%2fCargo.toml",
        "/assets/..\\..\\Cargo.toml",
        "/assets/app-1a2b.js.br",
        "/assets//app-1a2b.js",
        "/assets/",
        "/.git/config",
    ];
    for address in addresses {
        let answer = browser(&world).get(address).await;
        // A client that resolves dots itself asks for another address, which is a page's.
        assert!(answer.status == 404 || answer.text == PAGE, "{address}: {} {}", answer.status, answer.text);
    }
    for path in ["/assets/../../Cargo.toml", "/assets/../..%2f", "/../../etc/passwd", "/assets/..\\x"] {
        assert_eq!(raw_status(&world, path).await, 404, "{path}");
    }
}

/// As no client would write it: the path goes over the wire as it stands.
async fn raw_status(world: &World, path: &str) -> u16 {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = world.base.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("the server listens");
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: text/html\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    answer.get(9..12).and_then(|status| status.parse().ok()).expect("a status")
}

#[tokio::test]
async fn pages_are_read_and_nothing_else() {
    let world = world().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        for address in ["/", "/campaigns", "/assets/app-1a2b.js"] {
            let answer = browser(&world).send(method.clone(), address, None).await;
            answer.expect_problem(405, "method-not-allowed");
        }
    }
    let head = browser(&world).send(Method::HEAD, "/campaigns", None).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), PAGE.len().to_string());
}

#[tokio::test]
async fn pages_run_our_own_scripts_alone_and_nobody_frames_them() {
    let world = world().await;
    for address in ["/", "/assets/app-1a2b.js"] {
        let answer = browser(&world).get(address).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert_eq!(policy.matches("unsafe").count(), 1, "{policy}");
        assert!(policy.contains("style-src 'self' 'unsafe-inline';"), "{policy}");
        for part in ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "connect-src 'self'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
    let nothing = world.nobody().get("/healthz").await;
    assert!(nothing.header("content-security-policy").starts_with("default-src 'none'"));
}
