//! The list of campaigns as a manager has it open all day: with figures, with counts, and live.

use carillon_domain::roles::Role;
use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use super::lifecycle::ready;
use super::watching::token;
use super::{CAMPAIGNS, add_everybody, contact, create, hello, id, path};
use crate::support::{Client, Events, Stage, minutes, number};

async fn post(client: &Client, campaign: &Value, action: &str) -> Value {
    client.post(&format!("{}/{action}", path(campaign)), json!({})).await.expect(200)
}

async fn listed(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("{CAMPAIGNS}{query}")).await.expect(200)["items"].as_array().expect("items").clone()
}

/// A campaign that calls the whole contact book.
async fn dialing(client: &Client, name: &str) -> Value {
    let draft = hello(client, name).await;
    add_everybody(client, &draft).await;
    post(client, &draft, "start").await
}

/// Seven people in New York, two in Los Angeles, and two of them all busy.
async fn people(stage: &Stage) {
    for index in 0..7 {
        contact(&stage.world.admin, "Ann", &number(index)).await;
    }
    for phone in ["+13105552000", "+13105552001"] {
        contact(&stage.world.admin, "Bob", phone).await;
    }
    stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
    for index in [2, 4] {
        stage.carrier.set_behavior(&number(index), vec![Behavior::Busy]);
    }
}

/// The item of a campaign in an event of the live list.
fn item<'e>(event: &'e Value, campaign: &Value) -> Option<&'e Value> {
    event["items"].as_array().expect("items").iter().find(|item| item["id"] == campaign["id"])
}

on_both_stages! {
    async fn the_list_tells_the_figures_that_each_campaign_tells_itself(stage: Stage) {
        let admin = &stage.world.admin;
        people(&stage).await;
        let empty = hello(admin, "Empty").await;
        let waiting = ready(admin, "On Sundays").await;
        post(admin, &waiting, "start").await;
        dialing(admin, "Dialing").await;
        let paused = dialing(admin, "Paused").await;
        stage.world.run_for(minutes(1)).await;
        post(admin, &paused, "pause").await;
        for pass in ["while it dials", "while it waits"] {
            let items = listed(admin, "?with=progress").await;
            assert_eq!(items.len(), 4);
            for item in &items {
                let own = admin.get(&format!("{}/progress", path(item))).await.expect(200);
                assert_eq!(item["progress"], own, "{} {pass}", item["name"]);
                assert_eq!(item["progress"]["total"], json!(if item["id"] == empty["id"] { 0 } else { 9 }));
            }
            stage.world.run_for(minutes(15)).await;
        }
        let ended = |name: &str, items: &[Value]| {
            let one = items.iter().find(|item| item["name"] == name).expect("a campaign");
            one["progress"]["estimated_end"].clone()
        };
        let items = listed(admin, "?with=progress").await;
        assert!(ended("Dialing", &items).is_string() && ended("Paused", &items).is_null());
        assert!(listed(admin, "").await.iter().all(|item| item.get("progress").is_none()), "only when it is wanted");
        admin.get(&format!("{CAMPAIGNS}?with=everything")).await.expect_invalid(&["with"]);
    }

    async fn several_statuses_may_be_asked_for_at_once(stage: Stage) {
        let admin = &stage.world.admin;
        people(&stage).await;
        hello(admin, "Draft").await;
        let (active, paused) = (ready(admin, "Active").await, ready(admin, "Paused").await);
        for campaign in [&active, &paused] {
            post(admin, campaign, "start").await;
        }
        post(admin, &paused, "pause").await;
        for (query, names) in [
            ("?status=active,paused,failed", json!(["Paused", "Active"])),
            ("?status=draft,active,draft", json!(["Active", "Draft"])),
            ("?status=scheduled,completed", json!([])),
            ("?status=active,paused&limit=1", json!(["Paused"])),
            ("", json!(["Paused", "Active", "Draft"])),
        ] {
            let found: Vec<Value> = listed(admin, query).await.iter().map(|item| item["name"].clone()).collect();
            assert_eq!(json!(found), names, "{query}");
        }
        for wrong in ["active,running", "active,", ",", ""] {
            admin.get(&format!("{CAMPAIGNS}?status={wrong}")).await.expect_invalid(&["status"]);
        }
    }

    async fn counts_are_those_of_the_own_departments(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        people(&stage).await;
        let elsewhere = world.another_department("Elsewhere").await;
        let manager = world.person("max@acme.example", Role::Manager, &[elsewhere]).await;
        hello(&manager, "Theirs").await;
        hello(admin, "Here").await;
        let active = create(admin, json!({ "name": "Q4", "department_id": world.department,
            "message": {"kind": "tts", "text": "Hello"} })).await;
        add_everybody(admin, &active).await;
        post(admin, &active, "start").await;
        let counts = |active: i64, draft: i64| json!({
            "active": active, "scheduled": 0, "draft": draft, "completed": 0, "paused": 0, "failed": 0,
        });
        let of = async |client: &Client| client.get(&format!("{CAMPAIGNS}/counts")).await.expect(200);
        assert_eq!((of(admin).await, of(&manager).await), (counts(1, 2), counts(0, 1)));
        post(admin, &active, "pause").await;
        assert_eq!(of(admin).await["paused"], json!(1));
    }

    async fn the_live_list_is_whole_at_once_and_tells_every_change(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        people(&stage).await;
        let running = ready(admin, "On Sundays").await;
        post(admin, &running, "start").await;
        stage.world.run_for(minutes(1)).await;
        let mut stream = Events::open_list(world, &token(admin).await.1).await;
        let (name, first) = stream.next().await.expect("an event");
        let progress = admin.get(&format!("{}/progress", path(&running))).await.expect(200);
        let expected = json!({ "items": [{
            "id": running["id"], "status": "active", "status_reason": null, "version": 2, "progress": progress,
        }] });
        assert_eq!((name.as_str(), first), ("campaigns", expected));
        let (name, counts) = stream.next().await.expect("an event");
        assert_eq!((name.as_str(), &counts["active"], &counts["draft"]), ("counts", &json!(1), &json!(0)));

        let draft = hello(admin, "Draft").await;
        stream.until("counts", "draft", json!(1)).await;
        add_everybody(admin, &draft).await;
        let told = |event: &Value| item(event, &draft).is_some_and(|item| item["progress"]["total"] == json!(9));
        stream.until_it("campaigns", told).await;
        post(admin, &running, "stop").await;
        let told = |event: &Value| item(event, &running).is_some_and(|item| item["status"] == "completed");
        let event = stream.until_it("campaigns", told).await;
        assert_eq!(event["items"].as_array().map(Vec::len), Some(2), "what ended a moment ago is there, too");
        stream.until("counts", "completed", json!(1)).await;
    }

    async fn the_live_list_shows_the_own_departments_as_they_are_at_the_moment(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        people(&stage).await;
        let elsewhere = world.another_department("Elsewhere").await;
        let manager = world.person("max@acme.example", Role::Manager, &[elsewhere]).await;
        let (theirs, ours) = (hello(&manager, "Theirs").await, ready(admin, "Ours").await);
        post(admin, &ours, "start").await;
        let mut stream = Events::open_list(world, &manager.token()).await;
        let (_, first) = stream.next().await.expect("an event");
        assert!(item(&first, &theirs).is_some() && item(&first, &ours).is_none(), "{first}");
        assert_eq!(stream.next().await.expect("an event").1["active"], json!(0));
        let me = manager.get("/api/v1/session").await.expect(200)["user"].clone();
        let user = format!("/api/v1/users/{}", id(&me));
        let version = admin.get(&user).await.expect(200)["version"].clone();
        let moved = json!({ "version": version, "department_ids": [world.department] });
        admin.patch(&user, moved).await.expect(200);
        let told = |event: &Value| item(event, &ours).is_some() && item(event, &theirs).is_none();
        stream.until_it("campaigns", told).await;
        stream.until("counts", "active", json!(1)).await;
    }

    async fn an_agent_has_no_live_list_and_a_revoked_token_ends_it(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        let agent = world.person("ann@acme.example", Role::Agent, &[world.department]).await;
        agent.get("/api/v1/events").await.expect_problem(403, "forbidden");
        let (token_id, token) = token(admin).await;
        let mut stream = Events::open_list(world, &token).await;
        stream.next().await.expect("an event");
        admin.delete(&format!("/api/v1/tokens/{token_id}")).await.expect(204);
        while stream.next().await.is_some() {}
    }
}
