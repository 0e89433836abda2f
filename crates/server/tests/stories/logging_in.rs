//! Logging in and out, and what does not get anybody in.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Answer, Client, PASSWORD};

async fn log_in(client: &Client, password: &str) -> Answer {
    client.post("/api/v1/session", json!({ "email": "ann@acme.example", "password": password })).await
}

on_both! {
    async fn a_person_logs_in_is_known_by_the_cookie_and_logs_out(world: World) {
        world.person("ann@acme.example", Role::Manager, &[world.department]).await;
        let answer = log_in(&world.nobody(), PASSWORD).await;
        let session = answer.expect(200);
        assert_eq!(session["user"]["role"], "manager");
        assert_eq!(session["user"]["department_ids"], json!([world.department]));
        assert_eq!(session["organization"]["name"], "Acme");
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

        let ann = world.nobody().with_cookies_of(&answer);
        assert_eq!(ann.get("/api/v1/session").await.expect(200)["user"]["email"], "ann@acme.example");
        ann.delete("/api/v1/session").await.expect(204);
        ann.get("/api/v1/session").await.expect_problem(401, "unauthenticated");
    }

    async fn a_session_says_what_every_page_must_know(world: World) {
        let settings = json!({ "version": 1, "timezone": "Europe/Berlin", "default_country": "DE" });
        world.admin.put("/api/v1/settings", settings).await.expect(200);
        let known = world.admin.get("/api/v1/session").await.expect(200);
        let expected = json!({ "id": world.organization, "name": "Acme", "timezone": "Europe/Berlin", "default_country": "DE" });
        assert_eq!(known["organization"], expected);
        assert_eq!(known["simulated_carrier"], json!(false), "phones ring");
        assert_eq!(known["server_version"], env!("CARGO_PKG_VERSION"));
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let at_log_in = log_in(&world.nobody(), PASSWORD).await.expect(200);
        assert_eq!(at_log_in["organization"], expected);
    }

    async fn a_log_in_makes_a_new_session_and_ends_the_one_before_it(world: World) {
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let first = log_in(&world.nobody(), PASSWORD).await;
        let browser = world.nobody().with_cookies_of(&first);
        let second = log_in(&browser, PASSWORD).await;
        assert_ne!(first.cookies(), second.cookies());
        browser.get("/api/v1/session").await.expect(401);
        world.nobody().with_cookies_of(&second).get("/api/v1/session").await.expect(200);
    }

    async fn a_wrong_password_an_unknown_and_a_disabled_person_look_the_same(world: World) {
        let ann = world.person("ann@acme.example", Role::Manager, &[]).await;
        let wrong = log_in(&world.nobody(), "not the password").await.expect_problem(401, "unauthenticated");
        let unknown = json!({ "email": "nobody@acme.example", "password": PASSWORD });
        let unknown = world.nobody().post("/api/v1/session", unknown).await.expect_problem(401, "unauthenticated");
        let id = ann.get("/api/v1/session").await.expect(200)["user"]["id"].clone();
        let path = format!("/api/v1/users/{}", id.as_str().expect("an id"));
        world.admin.patch(&path, json!({ "version": 1, "disabled": true })).await.expect(200);
        let disabled = log_in(&world.nobody(), PASSWORD).await.expect_problem(401, "unauthenticated");
        assert_eq!((&wrong, &wrong), (&unknown, &disabled));
    }

    async fn a_session_ends_when_idle_and_at_the_latest_after_its_life(world: World) {
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let idle = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        let busy = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        for _ in 0..23 {
            world.run_for(SignedDuration::from_mins(20)).await;
            busy.get("/api/v1/session").await.expect(200);
        }
        idle.get("/api/v1/session").await.expect(401);
        world.run_for(SignedDuration::from_mins(20)).await;
        busy.get("/api/v1/session").await.expect(401);
    }

    async fn after_five_wrong_guesses_a_stranger_waits_and_a_known_browser_does_not(world: World) {
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let known = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        for _ in 0..5 {
            log_in(&world.nobody(), "not the password").await.expect(401);
        }
        let waiting = log_in(&world.nobody(), PASSWORD).await;
        waiting.expect_problem(429, "too-many-requests");
        assert_eq!(waiting.header("retry-after"), "12");
        log_in(&known, PASSWORD).await.expect(200);
        world.run_for(SignedDuration::from_secs(12)).await;
        log_in(&world.nobody(), PASSWORD).await.expect(200);
    }

    async fn forged_cookies_and_tokens_open_nothing(world: World) {
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let cookies = log_in(&world.nobody(), PASSWORD).await.cookies();
        let forged = ["x".repeat(43), "A".repeat(43), String::new(), "../../etc".to_owned()];
        for value in &forged {
            let cookie = world.nobody().with("cookie", &format!("carillon_session={value}"));
            cookie.get("/api/v1/session").await.expect_problem(401, "unauthenticated");
            world.nobody().with_token(value).get("/api/v1/session").await.expect_problem(401, "unauthenticated");
            world.nobody().with_token(&format!("car_{value}")).get("/api/v1/session").await.expect(401);
        }
        let session = cookies.split("carillon_session=").nth(1).and_then(|rest| rest.split(';').next()).expect("a cookie");
        world.nobody().with_token(session).get("/api/v1/session").await.expect(401);
        let with_both = world.nobody().with("cookie", &cookies).with_token("wrong");
        with_both.get("/api/v1/session").await.expect(401);
        let in_the_address = world.nobody().get(&format!("/api/v1/session?token={session}")).await;
        in_the_address.expect(401);
    }

    async fn sessions_are_listed_and_ended_one_by_one(world: World) {
        world.person("ann@acme.example", Role::Agent, &[]).await;
        let laptop = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        world.run_for(SignedDuration::from_secs(1)).await;
        let phone = world.nobody().with_cookies_of(&log_in(&world.nobody().with("user-agent", "Phone"), PASSWORD).await);
        let listed = laptop.get("/api/v1/sessions").await.expect(200);
        assert_eq!((&listed["items"][0]["user_agent"], &listed["items"][1]["current"]), (&json!("Phone"), &json!(true)));
        let path = format!("/api/v1/sessions/{}", listed["items"][0]["id"].as_str().expect("an id"));
        world.admin.delete(&path).await.expect_problem(404, "not-found");
        laptop.delete(&path).await.expect(204);
        phone.get("/api/v1/session").await.expect(401);
        laptop.get("/api/v1/session").await.expect(200);
    }

    async fn another_password_needs_the_present_one_and_ends_the_other_sessions(world: World) {
        world.person("ann@acme.example", Role::Agent, &[]).await;
        let here = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        let there = world.nobody().with_cookies_of(&log_in(&world.nobody(), PASSWORD).await);
        let change = |current: &str, new: &str| {
            let body = json!({ "current_password": current, "password": new });
            let here = here.clone();
            async move { here.post("/api/v1/account/password", body).await }
        };
        change("not the password", "another horse").await.expect_invalid(&["current_password"]);
        change(PASSWORD, "short").await.expect_invalid(&["password"]);
        change(PASSWORD, "another horse").await.expect(204);
        here.get("/api/v1/session").await.expect(200);
        there.get("/api/v1/session").await.expect(401);
        log_in(&world.nobody(), PASSWORD).await.expect(401);
        log_in(&world.nobody(), "another horse").await.expect(200);
    }
}

on_both_stages! {
    async fn a_session_says_when_the_carrier_is_simulated(stage: Stage) {
        let known = stage.world.admin.get("/api/v1/session").await.expect(200);
        assert_eq!(known["simulated_carrier"], json!(true));
    }
}
