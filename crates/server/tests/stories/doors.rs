//! How every door answers: errors in one shape, nothing let through by accident, the same headers always.

use carillon_domain::roles::Role;
use reqwest::Method;
use serde_json::json;

use crate::support::PASSWORD;

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
