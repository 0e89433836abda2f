//! The first run in the browser: an organization and its administrator, once, and not by strangers.

use carillon::api::SetupCode;
use carillon::clock::VirtualClock;
use carillon::store::{Engine, StoreError};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Bare, Client, PASSWORD, STARTING_AT};

fn first_run() -> Value {
    json!({
        "organization": " Acme ", "name": "Ann", "email": "Ann@Acme.example", "password": PASSWORD,
        "timezone": "Europe/Berlin", "default_country": "DE",
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut body = first_run();
    body[field] = value;
    body
}

/// A browser on another machine, as a proxy on this one tells of it.
fn from_elsewhere(server: &Bare) -> Client {
    server.nobody().with("x-forwarded-for", "198.51.100.7")
}

async fn code(server: &Bare) -> String {
    SetupCode::while_open(&server.app).await.expect("a read").expect("it is open").to_owned()
}

async fn audit(server: &Bare) -> Vec<String> {
    const LINES: &str = "SELECT action || ' ' || coalesce(after, '') FROM audit_log ORDER BY id";
    let lines = server.app.store.read(|tx| tx.query(LINES, &[], |row| row.get(0))).await;
    lines.map_err(|e: StoreError| e).expect("a read")
}

on_both! {
    async fn the_first_browser_makes_the_organization_and_is_logged_in(server: Bare) {
        let open = server.nobody().get("/api/v1/setup").await.expect(200);
        assert_eq!(open, json!({ "needed": true, "code_needed": false }));
        let answer = server.nobody().post("/api/v1/setup", first_run()).await;
        let session = answer.expect(201);
        assert_eq!(session["organization"]["name"], "Acme");
        assert_eq!((&session["user"]["email"], &session["user"]["role"]), (&json!("ann@acme.example"), &json!("admin")));
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

        let ann = server.nobody().with_cookies_of(&answer);
        let settings = ann.get("/api/v1/settings").await.expect(200);
        assert_eq!((&settings["timezone"], &settings["default_country"]), (&json!("Europe/Berlin"), &json!("DE")));
        assert_eq!(settings["allowed_countries"], json!(["DE"]));
        let departments = ann.get("/api/v1/departments").await.expect(200);
        assert_eq!(departments["items"][0]["name"], "General");
        assert_eq!(session["user"]["department_ids"], json!([departments["items"][0]["id"]]));
        let log_in = json!({ "email": "ann@acme.example", "password": PASSWORD });
        server.nobody().post("/api/v1/session", log_in).await.expect(200);
        let lines = audit(&server).await;
        assert!(lines[0].starts_with("organization.created") && lines[1].starts_with("user.created"), "{lines:?}");
        assert!(!lines.concat().contains(PASSWORD), "{lines:?}");
    }

    async fn a_second_set_up_is_refused_in_words(server: Bare) {
        server.nobody().post("/api/v1/setup", first_run()).await.expect(201);
        let closed = json!({ "needed": false, "code_needed": false });
        assert_eq!(server.nobody().get("/api/v1/setup").await.expect(200), closed);
        assert_eq!(from_elsewhere(&server).get("/api/v1/setup").await.expect(200), closed);
        assert_eq!(SetupCode::while_open(&server.app).await, Ok(None), "nothing to print");
        let again = server.nobody().post("/api/v1/setup", with("organization", json!("Umbrella"))).await;
        let problem = again.expect_problem(409, "state-conflict");
        assert!(problem["detail"].as_str().is_some_and(|words| words.contains("set up already")), "{problem}");
        assert_eq!(again.cookies(), "");
    }

    async fn of_many_at_once_one_wins(server: Bare) {
        let everybody = (0..8).map(|n| {
            let (client, email) = (server.nobody(), format!("person{n}@acme.example"));
            async move { client.post("/api/v1/setup", with("email", json!(email))).await.status }
        });
        let mut answers = futures_util::future::join_all(everybody).await;
        answers.sort_unstable();
        // So many passwords at once may be too many for the queue of hashes, but nobody is let in beside the first.
        assert_eq!(answers[0], 201);
        assert!(answers[1..].iter().all(|status| matches!(status, 409 | 429)), "{answers:?}");
        let lines = audit(&server).await;
        assert_eq!(lines.len(), 2, "{lines:?}");
    }

    async fn a_browser_elsewhere_shows_the_code_that_the_server_printed(server: Bare) {
        let elsewhere = from_elsewhere(&server);
        let open = elsewhere.get("/api/v1/setup").await.expect(200);
        assert_eq!(open, json!({ "needed": true, "code_needed": true }));
        elsewhere.post("/api/v1/setup", first_run()).await.expect_invalid(&["code"]);
        elsewhere.post("/api/v1/setup", with("code", json!("0000-0000-0000-0000"))).await.expect_invalid(&["code"]);
        let code = code(&server).await;
        let typed = code.to_lowercase().replace('-', " ");
        elsewhere.post("/api/v1/setup", with("code", json!(typed))).await.expect(201);
    }

    async fn a_name_that_a_stranger_can_point_here_is_not_this_machine(server: Bare) {
        let rebound = server.nobody().with("host", "evil.example").with("origin", "http://evil.example");
        rebound.post("/api/v1/setup", first_run()).await.expect_invalid(&["code"]);
        let foreign = server.nobody().with("origin", "http://evil.example");
        foreign.post("/api/v1/setup", first_run()).await.expect_problem(403, "forbidden");
    }

    async fn wrong_codes_are_throttled_and_the_code_expires(server: Bare) {
        let elsewhere = from_elsewhere(&server);
        let wrong = with("code", json!("wrong"));
        for _ in 0..5 {
            elsewhere.post("/api/v1/setup", wrong.clone()).await.expect_invalid(&["code"]);
        }
        let right = with("code", json!(code(&server).await));
        elsewhere.post("/api/v1/setup", right.clone()).await.expect_problem(429, "too-many-requests");
        server.clock.run_for(SignedDuration::from_hours(24)).await;
        let expired = elsewhere.post("/api/v1/setup", right).await;
        expired.expect_invalid(&["code"]);
        assert!(expired.text.contains("has expired"), "{}", expired.text);
        server.nobody().post("/api/v1/setup", first_run()).await.expect(201);
    }

    async fn every_mistake_of_a_first_run_is_named_and_nothing_is_kept(server: Bare) {
        let mut body = first_run();
        for (field, value) in [("organization", ""), ("name", "a\nb"), ("email", "ann"), ("password", "short")] {
            body[field] = json!(value);
        }
        let post = |body: Value| {
            let nobody = server.nobody();
            async move { nobody.post("/api/v1/setup", body).await }
        };
        post(body).await.expect_invalid(&["organization", "name", "email", "password"]);
        post(with("timezone", json!("Mars/Base"))).await.expect_invalid(&["timezone"]);
        post(with("default_country", json!("de"))).await.expect_invalid(&["default_country"]);
        post(with("role", json!("admin"))).await.expect_invalid(&["role"]);
        assert_eq!(server.nobody().get("/api/v1/setup").await.expect(200)["needed"], json!(true));
        assert_eq!(audit(&server).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn behind_a_proxy_everybody_shows_the_code_and_strangers_keep_nobody_out() {
    let clock = VirtualClock::new(STARTING_AT.parse().expect("an instant"));
    let server = Bare::at(Engine::Sqlite, clock, |given| given.behind_proxy = Some(true)).await;
    let open = server.nobody().get("/api/v1/setup").await.expect(200);
    assert_eq!(open["code_needed"], json!(true), "the proxy may be on this machine");
    let stranger = server.nobody().with("x-forwarded-for", "203.0.113.9");
    for _ in 0..5 {
        stranger.post("/api/v1/setup", with("code", json!("wrong"))).await.expect_invalid(&["code"]);
    }
    stranger.post("/api/v1/setup", with("code", json!("wrong"))).await.expect_problem(429, "too-many-requests");
    let code = code(&server).await;
    from_elsewhere(&server).post("/api/v1/setup", with("code", json!(code))).await.expect(201);
}
