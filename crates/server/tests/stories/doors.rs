//! How every door answers: errors in one shape, nothing let through by accident, the same headers always.

use carillon::api;
use carillon_domain::roles::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::PASSWORD;

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
/// Cursors of the shapes that ours have, with a NUL in their text: `"…"`, `["…", id]` and `[instant, "…"]`.
const CURSORS_WITH_NUL: [&str; 3] = [
    "Ilx1MDAwMCI",
    "WyJcdTAwMDAiLCIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiXQ",
    "WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsIlx1MDAwMCJd",
];

/// The address of every list, with what it cannot do without; more parameters may follow.
fn lists() -> Vec<String> {
    let document: Value = serde_json::from_str(&api::document()).expect("JSON");
    let mut lists = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let names = |required: bool| {
            let all = item["get"]["parameters"].as_array().into_iter().flatten();
            let of_query = all.filter(move |it| it["in"] == "query" && (!required || it["required"] == true));
            of_query.filter_map(|it| it["name"].as_str())
        };
        if names(false).any(|name| name == "limit") {
            let known = |name| if name == "by" { "by=email&" } else { "kind=added&" };
            let required: String = names(true).map(known).collect();
            let parts = path.split('/').map(|part| if part.starts_with('{') { NOBODY } else { part });
            lists.push(format!("{}?{required}", parts.collect::<Vec<_>>().join("/")));
        }
    }
    lists
}

on_both! {
    async fn what_is_not_understood_is_refused_and_named(world: World) {
        let admin = &world.admin;
        let department = |body: &str| admin.send(Method::POST, "/api/v1/departments", Some(body.to_owned()));
        for body in ["", "{", "{\"name\":\"a\"} x", "[1", "\u{1}"] {
            department(body).await.expect_problem(400, "malformed");
        }
        department(r#"{"name":"Sales","head":"Ann"}"#).await.expect_invalid(&["head"]);
        department("{}").await.expect_invalid(&["name"]);
        department(r#"{"name":1}"#).await.expect_invalid(&["name"]);
        department(r#"{"name":"Sales\u0000"}"#).await.expect_invalid(&["name"]);
        department(r#"["Sales"]"#).await.expect_invalid(&["body"]);
        department(&format!(r#"{{"name":"{}"}}"#, "x".repeat(3_000_000))).await.expect_problem(413, "too-large");
        let plain = admin.with("content-type", "text/plain");
        plain.send(Method::POST, "/api/v1/departments", Some(r#"{"name":"Sales"}"#.to_owned())).await
            .expect_problem(415, "unsupported-media-type");
        admin.get("/api/v1/departments?limit=0").await.expect_invalid(&["limit"]);
        admin.get("/api/v1/departments?limit=201").await.expect_invalid(&["limit"]);
        admin.get("/api/v1/departments?cursor=x").await.expect_invalid(&["cursor"]);
        admin.get("/api/v1/departments?sort=name").await.expect_invalid(&["sort"]);
        admin.get("/api/v1/departments/1").await.expect_problem(404, "not-found");
        admin.get("/api/v1/nothing").await.expect_problem(404, "not-found");
        admin.delete("/api/v1/departments").await.expect_problem(405, "method-not-allowed");
    }

    async fn every_list_has_bounds_and_refuses_what_it_does_not_know(world: World) {
        assert!(lists().len() > 15, "{:?}", lists());
        for list in lists() {
            for (query, field) in [
                ("limit=0", "limit"),
                ("limit=201", "limit"),
                ("limit=ten", "limit"),
                ("limit=1&limit=2", "limit"),
                ("nobody=1", "nobody"),
            ] {
                world.admin.get(&format!("{list}{query}")).await.expect_invalid(&[field]);
            }
            for cursor in CURSORS_WITH_NUL {
                let answer = world.admin.get(&format!("{list}cursor={cursor}")).await;
                assert_eq!(answer.status, 422, "{list}cursor={cursor}: {}", answer.text);
            }
        }
    }

    async fn an_address_that_is_no_text_names_nothing(world: World) {
        for path in [
            "/api/v1/campaigns/%ff".to_owned(),
            format!("/api/v1/campaigns/%ff/runs/{NOBODY}/list-changes?kind=added"),
            format!("/api/v1/campaigns/{NOBODY}/runs/%ff/list-changes?kind=added"),
            "/media/%ff".to_owned(),
        ] {
            world.admin.get(&path).await.expect_problem(404, "not-found");
        }
        let keys = format!("/api/v1/campaigns/{NOBODY}/handset/%ff/keys");
        world.admin.post(&keys, json!({ "digit": "1" })).await.expect_problem(404, "not-found");
    }

    async fn lists_come_in_pages(world: World) {
        for name in ["Alpha", "Beta", "Gamma", "Zeta"] {
            world.admin.post("/api/v1/departments", json!({ "name": name })).await.expect(201);
        }
        let mut names = Vec::new();
        let mut cursor = String::new();
        for _ in 0..3 {
            let page = world.admin.get(&format!("/api/v1/departments?limit=2{cursor}")).await.expect(200);
            let items = page["items"].as_array().expect("items");
            names.extend(items.iter().map(|item| item["name"].as_str().unwrap_or_default().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(names, ["Alpha", "Beta", "Gamma", "General", "Zeta"]);
    }

    async fn a_stale_version_is_refused_with_the_newer_resource(world: World) {
        let path = format!("/api/v1/departments/{}", world.department);
        world.admin.patch(&path, json!({ "version": 1, "name": "Sales" })).await.expect(200);
        let stale = world.admin.patch(&path, json!({ "version": 1, "name": "Support" })).await;
        let problem = stale.expect_problem(409, "version-conflict");
        assert_eq!((&problem["current"]["version"], &problem["current"]["name"]), (&json!(2), &json!("Sales")));
        world.admin.patch(&path, json!({ "name": "Support" })).await.expect_invalid(&["version"]);
    }

    async fn a_change_by_cookie_comes_from_our_own_pages(world: World) {
        let body = json!({ "email": "admin@acme.example", "password": PASSWORD });
        let answer = world.nobody().post("/api/v1/session", body.clone()).await;
        let cookie = world.nobody().with("cookie", &answer.cookies());
        let host = world.base.trim_start_matches("http://");
        let sibling = format!("http://sub.{host}");
        let refused = [
            vec![],
            vec![("origin", "null")],
            vec![("origin", "https://evil.example")],
            vec![("origin", sibling.as_str())],
            vec![("sec-fetch-site", "cross-site"), ("origin", world.base.as_str())],
            vec![("sec-fetch-site", "same-site")],
        ];
        for (n, headers) in refused.iter().enumerate() {
            let page = headers.iter().fold(cookie.clone(), |page, (name, value)| page.with(name, value));
            let answer = page.post("/api/v1/departments", json!({ "name": format!("Forged {n}") })).await;
            answer.expect_problem(403, "forbidden");
            page.get("/api/v1/departments").await.expect(200);
        }
        for (n, (name, value)) in [("origin", world.base.as_str()), ("sec-fetch-site", "same-origin")].iter().enumerate() {
            let page = cookie.with(name, value);
            page.post("/api/v1/departments", json!({ "name": format!("Own {n}") })).await.expect(201);
        }
        let evil = world.nobody().with("origin", "https://evil.example");
        evil.post("/api/v1/session", body).await.expect_problem(403, "forbidden");
        assert_eq!(world.admin.get("/api/v1/departments").await.expect(200)["items"].as_array().map(Vec::len), Some(3));
    }

    async fn every_answer_has_the_headers_that_keep_browsers_safe(world: World) {
        let agent = world.person("agent@acme.example", Role::Agent, &[]).await;
        let answers = [
            world.admin.get("/api/v1/users").await,
            agent.get("/api/v1/users").await,
            world.nobody().get("/api/v1/users").await,
            world.nobody().get("/nothing").await,
            world.nobody().get("/healthz").await,
            world.nobody().get("/api/openapi.json").await,
            world.admin.send(Method::POST, "/api/v1/departments", Some("{".to_owned())).await,
        ];
        for answer in answers {
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{}", answer.text);
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
            assert!(!answer.header("content-security-policy").contains("unsafe"));
            assert_eq!(answer.header("access-control-allow-origin"), "");
            assert_eq!(answer.header("x-request-id").len(), 16);
        }
    }

    async fn health_is_for_everybody_and_figures_are_not(world: World) {
        world.nobody().get("/healthz").await.expect(200);
        world.nobody().get("/readyz").await.expect(200);
        let figures = world.nobody().get("/metrics").await;
        assert!(figures.text.contains("carillon_http_requests_total"), "{}", figures.text);
        let through_a_proxy = world.nobody().with("x-forwarded-for", "198.51.100.7");
        through_a_proxy.get("/metrics").await.expect_problem(401, "unauthenticated");
        let agent = world.person("agent@acme.example", Role::Agent, &[]).await;
        agent.with("x-forwarded-for", "198.51.100.7").get("/metrics").await.expect_problem(403, "forbidden");
        assert_eq!(world.admin.with("x-forwarded-for", "198.51.100.7").get("/metrics").await.status, 200);
    }
}
