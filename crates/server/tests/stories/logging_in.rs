//! Logging in and out, and what does not get anybody in.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Client, PASSWORD, World};

async fn log_in(client: &Client, password: &str) -> crate::support::Answer {
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

    async fn a_wrong_password_an_unknown_and_a_disabled_person_look_the_same(world: World) {
        world.person("ann@acme.example", Role::Manager, &[]).await;
        let wrong = log_in(&world.nobody(), "not the password").await.expect_problem(401, "unauthenticated");
        let unknown = json!({ "email": "nobody@acme.example", "password": PASSWORD });
        let unknown = world.nobody().post("/api/v1/session", unknown).await.expect_problem(401, "unauthenticated");
        assert_eq!(wrong, unknown);
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
}
