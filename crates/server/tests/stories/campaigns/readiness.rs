//! The look before a launch: it says what the start would say, whom it could call and what the message lacks.

use carillon_domain::roles::Role;
use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use super::{add_everybody, contact, create, hello, path};
use crate::support::{CALLER_ID, Client, hours, minutes, number};

async fn look(client: &Client, campaign: &Value) -> Value {
    client.get(&format!("{}/readiness", path(campaign))).await.expect(200)
}

/// A draft with this text.
async fn saying(client: &Client, text: &str) -> Value {
    create(client, json!({ "name": "Q4", "message": { "kind": "tts", "text": text } })).await
}

on_both! {
    async fn a_look_names_every_cause_that_the_start_would_name(world: World) {
        let empty = create(&world.admin, json!({ "name": "Empty" })).await;
        let before = look(&world.admin, &empty).await;
        let refused = world.admin.post(&format!("{}/start", path(&empty)), json!({})).await.expect(422);
        let fields: Vec<&str> = before["errors"].as_array().expect("errors").iter().filter_map(|e| e["field"].as_str()).collect();
        assert_eq!(fields, ["recipients", "message", "carrier", "caller_ids"]);
        let expected = json!({
            "ready": false, "errors": refused["errors"], "recipients": 0, "callable_now": 0, "earliest_call_at": null,
            "merge_fields": [],
        });
        assert_eq!(before, expected);
        let elsewhere = world.another_department("Elsewhere").await;
        let manager = world.person("max@acme.example", Role::Manager, &[elsewhere]).await;
        manager.get(&format!("{}/readiness", path(&empty))).await.expect_problem(404, "not-found");
    }

    async fn a_field_that_people_lack_is_told_before_they_hear_a_gap(world: World) {
        let people = [
            json!({ "name": "Ann Lee", "first_name": "Ann", "phone": "+12125552000", "custom": {"plan": "Gold"} }),
            json!({ "name": "Bob", "first_name": "  ", "phone": "+12125552001", "company": "Acme" }),
            json!({ "name": "Cy", "phone": "+12125552002", "custom": {"plan": " "} }),
        ];
        for person in people {
            world.admin.post("/api/v1/contacts", person).await.expect(201);
        }
        let text = "Hello {{first_name|there}} of {{company}}, {{first_name}}, {{plan|basic}} at {{organization_name}}";
        let draft = saying(&world.admin, text).await;
        let gaps = async || look(&world.admin, &draft).await["merge_fields"].clone();
        let gap = |field: &str, has_default: bool, without: i64| json!({
            "field": field, "has_default": has_default, "recipients_without": without, "at_least": false,
        });
        let expected = |first, company, plan| json!([
            gap("first_name", false, first), gap("company", false, company), gap("plan", true, plan),
            gap("organization_name", false, 0),
        ]);
        assert_eq!(gaps().await, expected(0, 0, 0), "nobody is enrolled yet");
        add_everybody(&world.admin, &draft).await;
        assert_eq!(gaps().await, expected(2, 2, 2));
        world.admin.post("/api/v1/do-not-call", json!({ "phone": "+12125552002", "reason": "asked" })).await.expect(201);
        let fresh = saying(&world.admin, text).await;
        add_everybody(&world.admin, &fresh).await;
        let found = look(&world.admin, &fresh).await;
        assert_eq!((&found["recipients"], &found["merge_fields"]), (&json!(2), &expected(1, 1, 1)), "who is not called lacks nothing");
    }
}

on_both_stages! {
    async fn the_first_call_of_a_launch_is_told_by_the_hours_of_those_who_are_called(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        contact(admin, "Ann", &number(0)).await;
        contact(admin, "Bob", "+13105552000").await;
        let draft = hello(admin, "Coast to coast").await;
        add_everybody(admin, &draft).await;
        let told = async |draft: &Value| {
            let found = look(admin, draft).await;
            assert_eq!((&found["ready"], &found["recipients"]), (&json!(true), &json!(2)), "{found}");
            (found["callable_now"].clone(), found["earliest_call_at"].clone())
        };
        assert_eq!(told(&draft).await, (json!(1), json!("2026-03-02T15:00:00Z")), "in Los Angeles it is seven");
        world.run_for(hours(3)).await;
        assert_eq!(told(&draft).await, (json!(2), json!("2026-03-02T18:00:00Z")));
        world.run_for(hours(12)).await;
        assert_eq!(told(&draft).await, (json!(0), json!("2026-03-03T13:01:00Z")), "it is night on both coasts");
        let own = json!({"timezone": "America/New_York", "days": ["sun"], "start": "09:00", "end": "10:00"});
        let sundays = json!({ "version": 1, "calling_hours": own });
        admin.patch(&path(&draft), sundays).await.expect(200);
        // By then clocks have gone forward; in Los Angeles it will still be too early.
        assert_eq!(told(&draft).await, (json!(0), json!("2026-03-08T13:01:00Z")), "on Sunday at nine in New York");
    }

    async fn what_is_true_of_a_campaign_under_way_is_told_as_well(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        contact(admin, "Ann", &number(0)).await;
        contact(admin, "Bob", &number(1)).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let draft = hello(admin, "Retries").await;
        add_everybody(admin, &draft).await;
        admin.post(&format!("{}/start", path(&draft)), json!({})).await.expect(200);
        world.run_for(minutes(1)).await;
        let story = look(admin, &draft).await;
        let due_at = admin.get(&format!("{}/recipients?state=retrying", path(&draft))).await.expect(200)["items"][0]["due_at"].clone();
        let expected = json!({
            "ready": false, "errors": [], "recipients": 1, "callable_now": 0, "earliest_call_at": due_at,
            "merge_fields": [{"field": "first_name", "has_default": true, "recipients_without": 1, "at_least": false}],
        });
        assert_eq!(story, expected, "it runs already");
        admin.post(&format!("{}/pause", path(&draft)), json!({})).await.expect(200);
        assert_eq!(look(admin, &draft).await["ready"], json!(true), "it could go on");
        let none = json!({ "account_sid": "AC1", "auth_token": "x", "caller_ids": [], "version": 1 });
        admin.put("/api/v1/carrier", none).await.expect(200);
        let faults = look(admin, &draft).await["errors"].clone();
        assert_eq!(faults[0]["field"], "caller_ids", "{CALLER_ID} is gone: {faults}");
    }
}
