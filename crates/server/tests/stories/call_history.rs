//! Who was called when: the calls to one contact in all campaigns, and the calls of a run with their names.

use carillon_domain::roles::Role;
use carillon_simulator::Mix;
use serde_json::{Value, json};

use crate::support::{Client, Play, Stage, minutes, number};

async fn contact(client: &Client, name: &str, phone: &str) -> String {
    let contact = client.post("/api/v1/contacts", json!({ "name": name, "phone": phone })).await.expect(201);
    contact["id"].as_str().expect("an id").to_owned()
}

/// A campaign that has called these contacts.
async fn called<'a>(stage: &'a Stage, contacts: &[&str]) -> Play<'a> {
    stage.carrier.set_mix(Mix::all_human(2.0, 30.0));
    let play = stage.campaign(&[], |_| {}).await;
    let people = format!("/api/v1/campaigns/{}/recipients", play.id);
    stage.world.admin.post(&people, json!({ "contact_ids": contacts })).await.expect(200);
    play.start().await;
    stage.world.run_for(minutes(2)).await;
    play
}

async fn page(client: &Client, path: &str) -> (Vec<Value>, Value) {
    let page = client.get(path).await.expect(200);
    (page["items"].as_array().expect("items").clone(), page["next_cursor"].clone())
}

fn campaigns(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["campaign_id"].as_str().expect("an id")).collect()
}

on_both_stages! {
    async fn a_contact_has_its_calls_of_all_campaigns_newest_first(stage: Stage) {
        let admin = &stage.world.admin;
        let (ann, bob) = (contact(admin, "Ann Lee", &number(0)).await, contact(admin, "Bob Day", &number(1)).await);
        let (first, second) = (called(&stage, &[&ann, &bob]).await, called(&stage, &[&ann]).await);
        let path = format!("/api/v1/contacts/{ann}/attempts");
        let (history, end) = page(admin, &path).await;
        assert_eq!(campaigns(&history), [second.id.to_string(), first.id.to_string()]);
        assert_eq!(end, Value::Null);
        for item in &history {
            let told = (&item["name"], &item["phone"], &item["outcome"], &item["campaign_name"], &item["number"]);
            let expected = (&json!("Ann Lee"), &json!(number(0)), &json!("answered"), &json!("A story"), &json!(1));
            assert_eq!(told, expected, "{item}");
            assert!(item["duration_s"].is_number() && item["placed_at"].is_string(), "{item}");
        }
        let (newest, cursor) = page(admin, &format!("{path}?limit=1")).await;
        let (oldest, end) = page(admin, &format!("{path}?limit=1&cursor={}", cursor.as_str().expect("a cursor"))).await;
        assert_eq!([newest, oldest].concat(), history);
        assert_eq!(end, Value::Null);
        let (of_bob, _) = page(admin, &format!("/api/v1/contacts/{bob}/attempts")).await;
        assert_eq!(campaigns(&of_bob), [first.id.to_string()]);
    }

    async fn a_history_is_for_those_who_see_the_contact(stage: Stage) {
        let world = &stage.world;
        let ann = contact(&world.admin, "Ann Lee", &number(0)).await;
        let play = called(&stage, &[&ann]).await;
        let path = format!("/api/v1/contacts/{ann}/attempts");
        let own = world.person("own@acme.example", Role::Manager, &[world.department]).await;
        assert_eq!(campaigns(&page(&own, &path).await.0), [play.id.to_string()]);
        let sales = world.another_department("Sales").await;
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        seller.get(&path).await.expect_problem(404, "not-found");
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        stranger.get(&path).await.expect_problem(404, "not-found");
        world.admin.get(&format!("{path}?limit=0")).await.expect_invalid(&["limit"]);
    }

    async fn a_test_call_is_no_part_of_a_history(stage: Stage) {
        let (admin, phone) = (&stage.world.admin, number(0));
        let ann = contact(admin, "Ann Lee", &phone).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 30.0));
        let play = stage.campaign(&[], |_| {}).await;
        let test = admin.post(&format!("/api/v1/campaigns/{}/test-call", play.id), json!({ "phone": phone })).await;
        test.expect(202);
        stage.world.run_for(minutes(2)).await;
        assert_eq!(stage.carrier.ledger().calls().len(), 1);
        assert!(page(admin, &format!("/api/v1/contacts/{ann}/attempts")).await.0.is_empty());
    }

    async fn the_calls_of_a_run_are_found_by_name_and_number(stage: Stage) {
        let admin = &stage.world.admin;
        let (ann, bob) = (contact(admin, "Ann Lee", &number(0)).await, contact(admin, "Bob 100%", &number(1)).await);
        let play = called(&stage, &[&ann, &bob]).await;
        for (query, expected) in [
            ("", vec!["Ann Lee", "Bob 100%"]),
            ("?q=LEE", vec!["Ann Lee"]),
            ("?q=(212)%20555-2001", vec!["Bob 100%"]),
            ("?q=0%25", vec!["Bob 100%"]),
            ("?q=_", vec![]),
            ("?q=lee&outcome=busy", vec![]),
        ] {
            let (found, _) = page(admin, &format!("/api/v1/campaigns/{}/attempts{query}", play.id)).await;
            let mut names: Vec<_> = found.iter().map(|item| item["name"].as_str().expect("a name")).collect();
            names.sort_unstable();
            assert_eq!(names, expected, "{query}");
        }
    }
}
