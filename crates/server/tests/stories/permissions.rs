//! Who may do what, through every door there is.
//!
//! [`DOORS`] is the promise; a route that is not in it fails the story, and so does a role that gets through where it
//! should not, or does not where it should.

use std::collections::BTreeSet;

use carillon::api;
use carillon_domain::roles::Role;
use reqwest::Method;
use uuid::Uuid;

use crate::support::{Answer, Client};

/// Every route, and who gets in.
const DOORS: &[(&str, &str, Least)] = &[
    ("GET", "/healthz", Least::Nobody),
    ("GET", "/readyz", Least::Nobody),
    ("GET", "/metrics", Least::Nobody),
    ("GET", "/api/v1/setup", Least::Nobody),
    ("POST", "/api/v1/setup", Least::Nobody),
    ("POST", "/api/v1/session", Least::Nobody),
    ("GET", "/api/v1/session", Least::Agent),
    ("DELETE", "/api/v1/session", Least::Agent),
    ("GET", "/api/v1/sessions", Least::Agent),
    ("DELETE", "/api/v1/sessions/{id}", Least::Agent),
    ("POST", "/api/v1/account/password", Least::Agent),
    ("GET", "/api/v1/account/second-factor", Least::Agent),
    ("POST", "/api/v1/account/second-factor", Least::Agent),
    ("POST", "/api/v1/account/second-factor/confirm", Least::Agent),
    ("POST", "/api/v1/account/second-factor/off", Least::Agent),
    ("GET", "/api/v1/users", Least::Administrator),
    ("POST", "/api/v1/users", Least::Administrator),
    ("GET", "/api/v1/users/{id}", Least::Administrator),
    ("PATCH", "/api/v1/users/{id}", Least::Administrator),
    ("GET", "/api/v1/departments", Least::Manager),
    ("POST", "/api/v1/departments", Least::Administrator),
    ("GET", "/api/v1/departments/{id}", Least::Manager),
    ("PATCH", "/api/v1/departments/{id}", Least::Administrator),
    ("GET", "/api/v1/tokens", Least::Administrator),
    ("POST", "/api/v1/tokens", Least::Administrator),
    ("PATCH", "/api/v1/tokens/{id}", Least::Administrator),
    ("DELETE", "/api/v1/tokens/{id}", Least::Administrator),
    ("GET", "/api/v1/settings", Least::Manager),
    ("PUT", "/api/v1/settings", Least::Administrator),
    ("GET", "/api/v1/carrier", Least::Administrator),
    ("PUT", "/api/v1/carrier", Least::Administrator),
    ("POST", "/api/v1/carrier/check", Least::Administrator),
    ("GET", "/api/v1/caller-ids", Least::Manager),
    ("GET", "/api/v1/health", Least::Administrator),
    ("GET", "/api/v1/voices", Least::Manager),
    ("GET", "/api/v1/do-not-call", Least::Manager),
    ("GET", "/api/v1/do-not-call/export", Least::Manager),
    ("POST", "/api/v1/do-not-call", Least::Manager),
    ("POST", "/api/v1/do-not-call/remove", Least::Administrator),
    ("GET", "/api/v1/contacts", Least::Manager),
    ("POST", "/api/v1/contacts", Least::Manager),
    ("POST", "/api/v1/contacts/bulk", Least::Manager),
    ("GET", "/api/v1/contacts/export", Least::Manager),
    ("GET", "/api/v1/contacts/duplicates", Least::Manager),
    ("POST", "/api/v1/contacts/duplicates/ignore", Least::Manager),
    ("POST", "/api/v1/contacts/merge", Least::Manager),
    ("GET", "/api/v1/contacts/{id}", Least::Manager),
    ("PATCH", "/api/v1/contacts/{id}", Least::Manager),
    ("DELETE", "/api/v1/contacts/{id}", Least::Manager),
    ("GET", "/api/v1/contacts/{id}/attempts", Least::Manager),
    ("POST", "/api/v1/contacts/actions", Least::Manager),
    ("GET", "/api/v1/contacts/actions/{id}", Least::Manager),
    ("GET", "/api/v1/contact-filters", Least::Manager),
    ("POST", "/api/v1/contact-filters", Least::Manager),
    ("PATCH", "/api/v1/contact-filters/{id}", Least::Manager),
    ("DELETE", "/api/v1/contact-filters/{id}", Least::Manager),
    ("GET", "/api/v1/custom-fields", Least::Manager),
    ("POST", "/api/v1/custom-fields", Least::Administrator),
    ("PATCH", "/api/v1/custom-fields/{id}", Least::Administrator),
    ("GET", "/api/v1/tags", Least::Manager),
    ("POST", "/api/v1/tags/rename", Least::Manager),
    ("POST", "/api/v1/tags/delete", Least::Manager),
    ("GET", "/api/v1/campaigns", Least::Manager),
    ("GET", "/api/v1/campaigns/counts", Least::Manager),
    ("POST", "/api/v1/campaigns", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}", Least::Manager),
    ("PATCH", "/api/v1/campaigns/{id}", Least::Manager),
    ("DELETE", "/api/v1/campaigns/{id}", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/readiness", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/start", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/schedule", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/unschedule", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/pause", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/resume", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/stop", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/explain", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/log", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/minutes", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/occurrences", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/progress", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/runs", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/runs/{run_id}/list-changes", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/duplicate", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/test-call", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/handset", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/handset/{session}/keys", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/rehearse", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/recipients", Least::Manager),
    ("POST", "/api/v1/campaigns/{id}/recipients", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/recipients/{recipient_id}", Least::Manager),
    ("DELETE", "/api/v1/campaigns/{id}/recipients/{recipient_id}", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/attempts", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/attempts/{attempt_id}/twiml", Least::Manager),
    ("GET", "/api/v1/campaigns/{id}/results", Least::Manager),
    ("GET", "/api/v1/analytics/best-hours", Least::Manager),
    ("GET", "/api/v1/events", Least::Manager),
    ("GET", "/api/v1/imports", Least::Manager),
    ("POST", "/api/v1/imports", Least::Manager),
    ("GET", "/api/v1/imports/{id}", Least::Manager),
    ("POST", "/api/v1/imports/{id}/validate", Least::Manager),
    ("POST", "/api/v1/imports/{id}/commit", Least::Manager),
    ("GET", "/api/v1/imports/{id}/rejects", Least::Manager),
    ("GET", "/api/v1/imports/{id}/undo", Least::Manager),
    ("POST", "/api/v1/imports/{id}/undo", Least::Manager),
    ("GET", "/api/v1/audio", Least::Manager),
    ("POST", "/api/v1/audio", Least::Manager),
    ("GET", "/api/v1/audio/{id}", Least::Manager),
    ("DELETE", "/api/v1/audio/{id}", Least::Manager),
    ("GET", "/media/{token}", Least::Nobody),
];

/// The least one must be to get in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Least {
    Nobody,
    Agent,
    Manager,
    Administrator,
}

async fn ask(client: &Client, method: &str, path: &str) -> Answer {
    let mut path = path.replace("{id}", &Uuid::from_u128(1).to_string());
    if path == "/api/v1/events" {
        // The stream of all campaigns has no end; that of none is a 404.
        path += &format!("?campaign_id={}", Uuid::from_u128(1));
    }
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let body = (method != Method::GET && method != Method::DELETE).then(|| "{}".to_owned());
    client.send(method, &path, body).await
}

fn is_let_in(answer: &Answer) -> bool {
    !matches!(answer.status, 401 | 403)
}

#[test]
fn every_route_stands_in_the_table_of_promises() {
    let doors = api::doors();
    let built = BTreeSet::from_iter(doors.table().iter().map(|door| format!("{} {}", door.method, door.path)));
    let promised = BTreeSet::from_iter(DOORS.iter().map(|(method, path, _)| format!("{method} {path}")));
    let unpromised: Vec<&String> = built.difference(&promised).collect();
    let gone: Vec<&String> = promised.difference(&built).collect();
    assert!(unpromised.is_empty(), "say in DOORS who may use {unpromised:?}");
    assert!(gone.is_empty(), "DOORS promises what is not there: {gone:?}");
}

on_both! {
    async fn every_door_opens_for_its_roles_and_for_nobody_else(world: World) {
        let people = [
            (Least::Nobody, world.nobody()),
            (Least::Agent, world.person("agent@acme.example", Role::Agent, &[world.department]).await),
            (Least::Manager, world.person("manager@acme.example", Role::Manager, &[world.department]).await),
            (Least::Administrator, world.admin.clone()),
        ];
        for (method, path, least) in DOORS {
            for (role, client) in &people {
                // A wrong password is a 401 of another kind: whoever logs in is nobody yet.
                if *path == "/api/v1/session" && *method == "POST" {
                    continue;
                }
                let answer = ask(client, method, path).await;
                assert_eq!(is_let_in(&answer), role >= least, "{method} {path}: {}", answer.text);
                assert!(answer.status < 500, "{method} {path}: {}", answer.text);
                if *role == Least::Nobody && *least != Least::Nobody {
                    answer.expect_problem(401, "unauthenticated");
                } else if role < least {
                    answer.expect_problem(403, "forbidden");
                }
            }
        }
    }

    async fn no_detour_leads_around_a_door(world: World) {
        let nobody = world.nobody();
        for (method, path, least) in DOORS {
            if *least == Least::Nobody {
                continue;
            }
            let detours = [
                format!("{path}/"),
                path.replacen('/', "//", 1),
                path.replace("/api/", "/api/%2e/"),
                path.replace("/v1/", "/v1/x/../"),
                path.replace("api", "API"),
                format!("{path}?_method=GET"),
            ];
            for detour in detours {
                let answer = ask(&nobody, method, &detour).await;
                assert!(matches!(answer.status, 401 | 404), "{method} {detour}: {}", answer.status);
            }
            for client in [nobody.with("authorization", "Basic YWRtaW46YWRtaW4="), nobody.with("x-original-url", "/healthz")] {
                ask(&client, method, path).await.expect_problem(401, "unauthenticated");
            }
            for odd in ["OPTIONS", "TRACE", "PROPFIND"] {
                let answer = ask(&nobody, odd, path).await;
                assert!(matches!(answer.status, 401 | 405), "{odd} {path}: {}", answer.status);
            }
        }
        nobody.send(Method::HEAD, "/api/v1/users", None).await.expect(401);
    }

    async fn a_manager_sees_the_own_departments_and_cannot_tell_others_from_none(world: World) {
        let own = world.department;
        let other = world.another_department("Elsewhere").await;
        let (_, foreign) = world.another_organization("Umbrella").await;
        let manager = world.person("manager@acme.example", Role::Manager, &[own]).await;
        let idle = world.person("idle@acme.example", Role::Manager, &[]).await;
        let listed = |answer: Answer| answer.expect(200)["items"].as_array().map(Vec::len);

        assert_eq!(listed(manager.get("/api/v1/departments").await), Some(1));
        assert_eq!(listed(idle.get("/api/v1/departments").await), Some(0));
        assert_eq!(listed(world.admin.get("/api/v1/departments").await), Some(2));
        manager.get(&format!("/api/v1/departments/{own}")).await.expect(200);
        let none = Uuid::from_u128(1);
        let absent = manager.get(&format!("/api/v1/departments/{none}")).await.expect_problem(404, "not-found");
        for hidden in [other, foreign] {
            let answer = manager.get(&format!("/api/v1/departments/{hidden}")).await;
            assert_eq!(answer.expect_problem(404, "not-found"), absent);
        }
        world.admin.get(&format!("/api/v1/departments/{other}")).await.expect(200);
        world.admin.get(&format!("/api/v1/departments/{foreign}")).await.expect_problem(404, "not-found");
    }

    async fn an_administrator_of_another_organization_reaches_nothing_here(world: World) {
        let (umbrella, department) = world.another_organization("Umbrella").await;
        let stranger = world.person_of(umbrella, "admin@umbrella.example", Role::Administrator, &[department]).await;
        let me = world.admin.get("/api/v1/session").await.expect(200)["user"]["id"].clone();
        let me = me.as_str().expect("an id");
        for path in [format!("/api/v1/users/{me}"), format!("/api/v1/departments/{}", world.department)] {
            stranger.get(&path).await.expect_problem(404, "not-found");
            let body = serde_json::json!({ "version": 1, "name": "Mine" });
            stranger.patch(&path, body).await.expect_problem(404, "not-found");
        }
        let token = world.admin.get("/api/v1/tokens").await.expect(200)["items"][0]["id"].clone();
        let path = format!("/api/v1/tokens/{}", token.as_str().expect("an id"));
        stranger.delete(&path).await.expect_problem(404, "not-found");
        assert_eq!(stranger.get("/api/v1/users").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
        world.admin.get("/api/v1/session").await.expect(200);
    }
}
