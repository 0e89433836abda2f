//! Who is called in a campaign: added from the contact book, listed, removed.

use serde_json::{Value, json};

use super::{add_everybody, contact, create, hello, path, phones};
use crate::support::Client;

async fn add(client: &Client, campaign: &Value, wish: Value) -> Value {
    client.post(&format!("{}/recipients", path(campaign)), wish).await.expect(200)
}

async fn items(client: &Client, campaign: &Value, query: &str) -> Vec<Value> {
    let page = client.get(&format!("{}/recipients?{query}", path(campaign))).await.expect(200);
    page["items"].as_array().expect("items").clone()
}

on_both! {
    async fn contacts_are_enrolled_by_id_once_a_number(world: World) {
        let (ann, bob) = (contact(&world.admin, "Ann", "+12125552000").await, contact(&world.admin, "Bob", "+13125552001").await);
        let draft = hello(&world.admin, "Q4").await;
        let ids = json!({ "contact_ids": [ann["id"], bob["id"], ann["id"]] });
        assert_eq!(add(&world.admin, &draft, ids.clone()).await, json!({"added": 2, "already_enrolled": 1}));
        assert_eq!(add(&world.admin, &draft, ids).await, json!({"added": 0, "already_enrolled": 3}));
        let found = items(&world.admin, &draft, "").await;
        assert_eq!(found.len(), 2);
        let expected = json!({
            "id": found[0]["id"], "contact_id": ann["id"], "name": "Ann", "phone": "+12125552000", "state": "pending",
            "reason": null, "attempts": 0, "outcome": null, "due_at": null, "timezones": ["America/New_York"]
        });
        assert_eq!(found[0], expected);
        assert_eq!(found[1]["timezones"], json!(["America/Chicago"]));
        let progress = world.admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!((&progress["total"], &progress["remaining"]), (&json!(2), &json!(2)));
    }

    async fn a_contact_that_is_not_there_adds_nobody(world: World) {
        let sales = world.another_department("Sales").await;
        let ann = contact(&world.admin, "Ann", "+12125552000").await;
        let other = json!({ "name": "Sal", "phone": "+12125552009", "department_id": sales });
        let sal = world.admin.post("/api/v1/contacts", other).await.expect(201);
        let new = json!({ "name": "Q4", "department_id": world.department });
        let draft = create(&world.admin, new).await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let wish = json!({ "contact_ids": [ann["id"], nobody, sal["id"]] });
        let answer = world.admin.post(&format!("{}/recipients", path(&draft)), wish).await;
        answer.expect_invalid(&["contact_ids[1]", "contact_ids[2]"]);
        assert!(phones(&world.admin, &draft).await.is_empty());
    }

    async fn a_wish_names_ids_or_a_filter_that_names_somebody(world: World) {
        let draft = hello(&world.admin, "Q4").await;
        for (wish, field) in [
            (json!({}), "contact_ids"),
            (json!({"contact_ids": [], "filter": {"all": true}}), "contact_ids"),
            (json!({"filter": {}}), "filter"),
            (json!({"filter": {"all": false}}), "filter"),
            (json!({"filter": {"all": true, "tag": "vip"}}), "filter.all"),
            (json!({"filter": {"color": "red"}}), "filter.color"),
            (json!({"contact_ids": ["x"]}), "contact_ids[0]"),
        ] {
            let answer = world.admin.post(&format!("{}/recipients", path(&draft)), wish).await;
            answer.expect_invalid(&[field]);
        }
    }

    async fn a_filter_enrolls_everybody_it_finds_in_the_campaigns_department(world: World) {
        let sales = world.another_department("Sales").await;
        for unit in 0..2 {
            let contacts: Vec<Value> = (0..600).map(|n| json!({
                "name": format!("Guest{n}"), "phone": format!("+1212{}", 2_340_000 + unit * 1_000 + n),
                "tags": if n % 2 == 0 { json!(["even"]) } else { json!([]) }, "department_id": world.department,
            })).collect();
            let created = world.admin.post("/api/v1/contacts/bulk", json!({ "contacts": contacts })).await.expect(200);
            assert_eq!(created["created"], 600, "{created}");
        }
        let sal = json!({ "name": "Sal", "phone": "+12125552009", "department_id": sales, "tags": ["even"] });
        world.admin.post("/api/v1/contacts", sal).await.expect(201);
        let new = |name: &str| json!({ "name": name, "department_id": world.department });
        for (filter, added) in [
            (json!({"all": true}), 1_200),
            (json!({"tag": "EVEN"}), 600),
            (json!({"q": "guest59"}), 22),
            (json!({"tag": "even", "q": "guest59"}), 10),
            (json!({"tag": "odd"}), 0),
        ] {
            let draft = create(&world.admin, new("Q4")).await;
            let answer = add(&world.admin, &draft, json!({ "filter": filter })).await;
            assert_eq!(answer["added"], added, "{filter}");
            let mut seen = 0;
            let mut query = "limit=200".to_owned();
            loop {
                let page = world.admin.get(&format!("{}/recipients?{query}", path(&draft))).await.expect(200);
                seen += page["items"].as_array().map_or(0, Vec::len);
                let Some(cursor) = page["next_cursor"].as_str() else { break };
                query = format!("limit=200&cursor={cursor}");
            }
            assert_eq!(json!(seen), json!(added), "every one on exactly one page");
        }
    }

    async fn a_number_on_the_do_not_call_list_is_enrolled_as_suppressed(world: World) {
        contact(&world.admin, "Ann", "+12125552000").await;
        contact(&world.admin, "Bob", "+12125552001").await;
        world.admin.post("/api/v1/do-not-call", json!({"phone": "+12125552000", "reason": "asked"})).await;
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        let suppressed = items(&world.admin, &draft, "state=suppressed").await;
        assert_eq!((suppressed.len(), &suppressed[0]["reason"]), (1, &json!("do_not_call")));
        let progress = world.admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!((&progress["suppressed"], &progress["remaining"]), (&json!(1), &json!(1)));
    }

    async fn recipients_are_found_by_state_name_and_number(world: World) {
        contact(&world.admin, "Ann 100%", "+12125552000").await;
        contact(&world.admin, "Bob", "+13125552001").await;
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        for (query, names) in [
            ("q=ANN", vec!["Ann 100%"]),
            ("q=%25", vec!["Ann 100%"]),
            ("q=(312)%20555", vec!["Bob"]),
            ("q=555-200", vec!["Bob", "Ann 100%"]),
            ("state=pending", vec!["Bob", "Ann 100%"]),
            ("state=failed", vec![]),
            ("outcome=busy", vec![]),
        ] {
            let found = items(&world.admin, &draft, query).await;
            let mut found: Vec<&str> = found.iter().filter_map(|item| item["name"].as_str()).collect();
            found.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(found, names, "{query}");
        }
        let path = path(&draft);
        world.admin.get(&format!("{path}/recipients?state=lost")).await.expect_invalid(&["state"]);
        let nowhere = format!("{path}/recipients?run_id=00000000-0000-7000-8000-000000000000");
        world.admin.get(&nowhere).await.expect_problem(404, "not-found");
    }

    async fn a_page_may_begin_at_any_position_of_a_long_list(world: World) {
        let contacts: Vec<Value> = (0..250).map(|n| json!({
            "name": format!("Guest{n}"), "phone": format!("+1212{}", 2_340_000 + n), "department_id": world.department,
        })).collect();
        world.admin.post("/api/v1/contacts/bulk", json!({ "contacts": contacts })).await.expect(200);
        world.admin.post("/api/v1/do-not-call", json!({"phone": "+12122340007", "reason": "asked"})).await;
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        let mut everybody = items(&world.admin, &draft, "limit=200").await;
        everybody.extend(items(&world.admin, &draft, "limit=200&position=200").await);
        let pending: Vec<Value> = everybody.iter().filter(|item| item["state"] == "pending").cloned().collect();
        assert_eq!((everybody.len(), pending.len()), (250, 249));
        for (query, expected) in [
            ("position=0&limit=3", &everybody[..3]),
            ("position=1&limit=3", &everybody[1..4]),
            ("position=123&limit=3", &everybody[123..126]),
            ("position=248", &everybody[248..]),
            ("position=250", &[]),
            ("position=4000000000", &[]),
            ("state=pending&position=123&limit=3", &pending[123..126]),
            ("state=pending&position=249", &[]),
        ] {
            assert_eq!(items(&world.admin, &draft, query).await, expected, "{query}");
        }
        let path = path(&draft);
        for beside in ["q=a", "outcome=busy", "cursor=IjAwMDAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCI"] {
            let answer = world.admin.get(&format!("{path}/recipients?position=1&{beside}")).await;
            answer.expect_invalid(&["position"]);
        }
    }

    async fn somebody_not_yet_called_can_be_removed(world: World) {
        let ann = contact(&world.admin, "Ann", "+12125552000").await;
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        let found = items(&world.admin, &draft, "").await;
        let one = format!("{}/recipients/{}", path(&draft), found[0]["id"].as_str().expect("an id"));
        let story = world.admin.get(&one).await.expect(200);
        assert_eq!((&story["contact_id"], &story["history"]), (&ann["id"], &json!([])));
        assert_eq!(story["fields"]["name"], "Ann");
        world.admin.delete(&one).await.expect(204);
        world.admin.delete(&one).await.expect_problem(404, "not-found");
        assert!(phones(&world.admin, &draft).await.is_empty());
        let progress = world.admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!(progress["total"], 0);
    }
}
