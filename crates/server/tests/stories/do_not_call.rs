//! The do-not-call list: adding, finding, removing with a reason.

use carillon_domain::roles::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::Client;

const LIST: &str = "/api/v1/do-not-call";

async fn phones(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("{LIST}{query}")).await.expect(200);
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["phone"].as_str()).map(str::to_owned).collect()
}

on_both! {
    async fn a_number_is_added_once_found_and_removed_with_a_reason(world: World) {
        let manager = world.person("manager@acme.example", Role::Manager, &[]).await;
        let added = manager.post(LIST, json!({ "phone": "(212) 555-2001", "reason": "Asked us by mail" })).await;
        let entry = added.expect(201);
        assert_eq!((&entry["phone"], &entry["source"]), (&json!("+12125552001"), &json!("page")));
        assert_eq!(entry["added_by_name"], "manager");
        assert_eq!(manager.get(LIST).await.expect(200)["items"][0], entry);
        world.run_for(SignedDuration::from_secs(1)).await;
        let again = manager.post(LIST, json!({ "phone": "+12125552001", "reason": "Again" })).await.expect(200);
        assert_eq!(again, entry, "the first entry stays as it was");
        manager.post(LIST, json!({ "phone": "+12125552002", "reason": "50% angry_caller" })).await.expect(201);

        assert_eq!(phones(&manager, "").await, ["+12125552002", "+12125552001"]);
        assert_eq!(phones(&manager, "?q=2001").await, ["+12125552001"]);
        assert_eq!(phones(&manager, "?q=(212)%20555").await.len(), 2);
        assert_eq!(phones(&manager, "?q=BY%20MAIL").await, ["+12125552001"]);
        assert_eq!(phones(&manager, "?q=50%25").await, ["+12125552002"]);
        assert_eq!(phones(&manager, "?q=y_c").await, ["+12125552002"]);
        assert_eq!(phones(&manager, "?q=yxc").await, Vec::<String>::new());

        let removal = json!({ "phone": "+12125552001", "reason": "Called back and agreed" });
        manager.post(&format!("{LIST}/remove"), removal.clone()).await.expect_problem(403, "forbidden");
        world.admin.post(&format!("{LIST}/remove"), removal.clone()).await.expect(204);
        world.admin.post(&format!("{LIST}/remove"), removal).await.expect_problem(404, "not-found");
        assert_eq!(phones(&manager, "").await, ["+12125552002"]);
    }

    async fn a_number_and_a_reason_are_both_needed(world: World) {
        let add = |body: Value| world.admin.post(LIST, body);
        add(json!({ "phone": "+12125552001" })).await.expect_invalid(&["reason"]);
        add(json!({ "phone": "12", "reason": "" })).await.expect_invalid(&["phone", "reason"]);
        add(json!({ "phone": "+12125552001", "reason": "x".repeat(501) })).await.expect_invalid(&["reason"]);
        add(json!({ "phone": "+12125552001", "reason": "x", "source": "import" })).await.expect_invalid(&["source"]);
        assert_eq!(phones(&world.admin, "").await.len(), 0);
    }

    async fn the_list_comes_in_pages_newest_first(world: World) {
        for n in 0..5 {
            world.run_for(SignedDuration::from_secs(i64::from(n % 2))).await;
            world.admin.post(LIST, json!({ "phone": format!("+1212555200{n}"), "reason": "page" })).await.expect(201);
        }
        let mut found = Vec::new();
        let mut cursor = String::new();
        for _ in 0..5 {
            let page = world.admin.get(&format!("{LIST}?limit=2{cursor}")).await.expect(200);
            found.extend(page["items"].as_array().cloned().unwrap_or_default());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        let mut sorted = found.clone();
        sorted.sort_by_key(|item| std::cmp::Reverse((item["added_at"].to_string(), item["phone"].to_string())));
        assert_eq!((found.len(), &found), (5, &sorted));
    }

    async fn the_list_of_one_organization_is_not_anothers(world: World) {
        world.admin.post(LIST, json!({ "phone": "+12125552001", "reason": "ours" })).await.expect(201);
        let (umbrella, _) = world.another_organization("Umbrella").await;
        let stranger = world.person_of(umbrella, "admin@umbrella.example", Role::Administrator, &[]).await;
        assert_eq!(phones(&stranger, "").await.len(), 0);
        let removal = json!({ "phone": "+12125552001", "reason": "theirs" });
        stranger.post(&format!("{LIST}/remove"), removal).await.expect_problem(404, "not-found");
        assert_eq!(phones(&world.admin, "").await.len(), 1);
    }
}
