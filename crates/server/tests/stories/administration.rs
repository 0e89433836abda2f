//! People, departments and tokens, as an administrator manages them.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Client, PASSWORD};

async fn new_user(admin: &Client, body: Value) -> String {
    admin.post("/api/v1/users", body).await.expect(201)["id"].as_str().expect("an id").to_owned()
}

on_both! {
    async fn a_person_is_added_changed_and_logs_in(world: World) {
        let body = json!({ "email": " Ann@Acme.example ", "role": "manager", "password": PASSWORD });
        let created = world.admin.post("/api/v1/users", body.clone()).await.expect(201);
        assert_eq!((&created["email"], &created["name"]), (&json!("ann@acme.example"), &json!("ann")));
        assert_eq!(created["department_ids"], json!([world.department]), "the organization's only one");
        world.admin.post("/api/v1/users", body).await.expect_invalid(&["email"]);

        let path = format!("/api/v1/users/{}", created["id"].as_str().expect("an id"));
        let change = json!({ "version": 1, "name": "Ann", "department_ids": [] });
        let changed = world.admin.patch(&path, change).await.expect(200);
        assert_eq!((&changed["name"], &changed["department_ids"]), (&json!("Ann"), &json!([])));
        assert_eq!(world.admin.get(&path).await.expect(200), changed);
        let stale = world.admin.patch(&path, json!({ "version": 1, "name": "Anna" })).await;
        assert_eq!(stale.expect_problem(409, "version-conflict")["current"], changed);
        let log_in = json!({ "email": "ANN@acme.example", "password": PASSWORD });
        world.nobody().post("/api/v1/session", log_in).await.expect(200);
    }

    async fn every_mistake_about_a_person_is_named_at_once(world: World) {
        let body = json!({ "email": "ann", "role": "manager", "name": "", "password": "short" });
        world.admin.post("/api/v1/users", body).await.expect_invalid(&["email", "name", "password"]);
        let body = json!({ "email": "ann@acme.example", "role": "king" });
        world.admin.post("/api/v1/users", body).await.expect_invalid(&["role"]);
        let (_, foreign) = world.another_organization("Umbrella").await;
        let body = json!({ "email": "ann@acme.example", "role": "agent", "department_ids": [world.department, foreign] });
        world.admin.post("/api/v1/users", body).await.expect_invalid(&["department_ids[1]"]);
        for (field, value) in [("id", json!("x")), ("organization_id", json!("x")), ("disabled", json!(true))] {
            let mut body = json!({ "email": "ann@acme.example", "role": "agent" });
            body[field] = value;
            world.admin.post("/api/v1/users", body).await.expect_invalid(&[field]);
        }
    }

    async fn a_disabled_person_is_out_at_once_and_so_are_the_tokens(world: World) {
        let id = new_user(&world.admin, json!({ "email": "ann@acme.example", "role": "manager", "password": PASSWORD })).await;
        let token = world.admin.post("/api/v1/tokens", json!({ "name": "script", "user_id": id })).await.expect(201);
        let script = world.nobody().with_token(token["token"].as_str().expect("a token"));
        let log_in = json!({ "email": "ann@acme.example", "password": PASSWORD });
        let browser = world.nobody().with_cookies_of(&world.nobody().post("/api/v1/session", log_in.clone()).await);
        script.get("/api/v1/session").await.expect(200);
        browser.get("/api/v1/session").await.expect(200);

        let path = format!("/api/v1/users/{id}");
        world.admin.patch(&path, json!({ "version": 1, "disabled": true })).await.expect(200);
        script.get("/api/v1/session").await.expect(401);
        browser.get("/api/v1/session").await.expect(401);
        world.admin.patch(&path, json!({ "version": 2, "disabled": false })).await.expect(200);
        script.get("/api/v1/session").await.expect(200);
        browser.get("/api/v1/session").await.expect(401);
        let browser = world.nobody().with_cookies_of(&world.nobody().post("/api/v1/session", log_in).await);
        world.admin.patch(&path, json!({ "version": 3, "role": "agent" })).await.expect(200);
        browser.get("/api/v1/session").await.expect(401);
        assert_eq!(script.get("/api/v1/session").await.expect(200)["user"]["role"], "agent");
    }

    async fn somebody_always_stays_administrator(world: World) {
        let me = world.admin.get("/api/v1/session").await.expect(200)["user"]["id"].clone();
        let path = format!("/api/v1/users/{}", me.as_str().expect("an id"));
        world.admin.patch(&path, json!({ "version": 1, "disabled": true })).await.expect_invalid(&["disabled"]);
        world.admin.patch(&path, json!({ "version": 1, "role": "agent" })).await.expect_invalid(&["role"]);
        world.person("second@acme.example", Role::Administrator, &[]).await;
        world.admin.patch(&path, json!({ "version": 1, "role": "agent" })).await.expect(200);
    }

    async fn a_department_has_a_name_of_its_own(world: World) {
        let sales = world.admin.post("/api/v1/departments", json!({ "name": " Sales " })).await.expect(201);
        assert_eq!(sales["name"], "Sales");
        world.admin.post("/api/v1/departments", json!({ "name": "Sales" })).await.expect_invalid(&["name"]);
        let path = format!("/api/v1/departments/{}", world.department);
        world.admin.patch(&path, json!({ "version": 1, "name": "Sales" })).await.expect_invalid(&["name"]);
        world.admin.patch(&path, json!({ "version": 1, "name": "General" })).await.expect(200);
        let long = "x".repeat(121);
        for bad in ["", "  ", long.as_str(), "a\nb"] {
            world.admin.post("/api/v1/departments", json!({ "name": bad })).await.expect_invalid(&["name"]);
        }
    }

    async fn a_token_is_shown_once_and_ends_when_revoked_or_expired(world: World) {
        let in_an_hour = "2026-03-02T16:00:00Z";
        let body = json!({ "name": "import", "expires_at": in_an_hour });
        let created = world.admin.post("/api/v1/tokens", body).await.expect(201);
        let value = created["token"].as_str().expect("a token").to_owned();
        assert!(value.starts_with("car_") && value.len() == 47, "{value}");
        assert_eq!(created["hint"].as_str(), value.get(..8));
        let listed = world.admin.get("/api/v1/tokens").await;
        assert!(!listed.text.contains(&value) && listed.text.contains("import"), "{}", listed.text);

        let script = world.nobody().with_token(&value);
        script.get("/api/v1/users").await.expect(200);
        world.run_for(SignedDuration::from_hours(1)).await;
        script.get("/api/v1/users").await.expect(401);

        let created = world.admin.post("/api/v1/tokens", json!({ "name": "export" })).await.expect(201);
        let script = world.nobody().with_token(created["token"].as_str().expect("a token"));
        let path = format!("/api/v1/tokens/{}", created["id"].as_str().expect("an id"));
        let renamed = world.admin.patch(&path, json!({ "version": 1, "name": "backup" })).await.expect(200);
        assert_eq!((&renamed["name"], &renamed["revoked_at"]), (&json!("backup"), &Value::Null));
        script.get("/api/v1/session").await.expect(200);
        world.admin.delete(&path).await.expect(204);
        script.get("/api/v1/session").await.expect(401);
        world.admin.patch(&path, json!({ "version": 3, "revoked": false })).await.expect_invalid(&["revoked"]);
        let past = json!({ "name": "old", "expires_at": "2020-01-01T00:00:00Z" });
        world.admin.post("/api/v1/tokens", past).await.expect_invalid(&["expires_at"]);
    }
}
