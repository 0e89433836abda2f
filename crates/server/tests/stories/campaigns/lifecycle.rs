//! What may be done with a campaign in which state, and what it leaves behind.

use carillon::store::campaigns::{self, Campaign};
use carillon::store::runs::{self, RunState};
use carillon::store::{Lane, StoreError};
use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::roles::Role;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CAMPAIGNS, add_everybody, audited, contact, create, hello, id, path, phones};
use crate::support::{Answer, Client, World};

use CampaignStatus as S;

/// What each action answers in each state, in the order of [`STATES`].
const TABLE: [(&str, [u16; 6]); 9] = [
    ("start", [200, 200, 409, 409, 409, 409]),
    ("schedule", [422, 409, 409, 409, 409, 409]),
    ("unschedule", [409, 200, 409, 409, 409, 409]),
    ("pause", [409, 200, 200, 200, 409, 409]),
    ("resume", [409, 409, 409, 200, 409, 200]),
    ("stop", [409, 200, 200, 200, 200, 200]),
    ("duplicate", [201, 201, 201, 201, 201, 201]),
    ("delete", [204, 409, 409, 409, 409, 409]),
    ("add", [200, 200, 409, 409, 409, 409]),
];
const STATES: [S; 6] = [S::Draft, S::Scheduled, S::Active, S::Paused, S::Completed, S::Failed];

/// A draft that lacks nothing but never dials on a Monday.
pub async fn ready(client: &Client, name: &str) -> Value {
    let hours = json!({"timezone": "America/New_York", "days": ["sun"], "start": "09:00", "end": "10:00"});
    let new = json!({ "name": name, "message": {"kind": "tts", "text": "Hello"}, "calling_hours": hours });
    let draft = create(client, new).await;
    add_everybody(client, &draft).await;
    draft
}

/// Puts a campaign into a status, whatever way leads there.
async fn force(world: &World, campaign: &Value, status: CampaignStatus) {
    let id: Uuid = id(campaign).parse().expect("an id");
    let run = match status {
        S::Draft | S::Scheduled => RunState::Prepared,
        S::Active | S::Paused | S::Failed => RunState::Started,
        S::Completed => RunState::Finished,
    };
    let now = carillon::clock::Clock::now(&world.clock);
    let forced = world.app.store.write(Lane::Pages, move |tx| {
        let mut campaign: Campaign = campaigns::lock(tx, id)?.expect("the campaign");
        campaign.status = status;
        campaign.ended_by = (status == S::Completed).then_some(EndedBy::ListDone);
        campaigns::save(tx, &mut campaign, now)?;
        runs::set_state(tx, campaign.run, run, now)
    });
    assert_eq!(forced.await, Ok::<_, StoreError>(()));
}

async fn act(client: &Client, campaign: &Value, action: &str) -> Answer {
    match action {
        "delete" => client.delete(&path(campaign)).await,
        "add" => client.post(&format!("{}/recipients", path(campaign)), json!({"filter": {"all": true}})).await,
        _ => client.send(Method::POST, &format!("{}/{action}", path(campaign)), None).await,
    }
}

on_both_stages! {
    async fn every_action_in_every_state_does_what_the_table_says(stage: Stage) {
        let world = &stage.world;
        let mut settings = world.admin.get("/api/v1/settings").await.expect(200);
        settings["max_concurrent_campaigns"] = json!(1_000);
        world.admin.put("/api/v1/settings", settings).await.expect(200);
        contact(&world.admin, "Ann", "+12125552000").await;
        for (action, statuses) in TABLE {
            for (state, status) in STATES.into_iter().zip(statuses) {
                let campaign = ready(&world.admin, &format!("{action} {state}")).await;
                force(world, &campaign, state).await;
                let answer = act(&world.admin, &campaign, action).await;
                assert_eq!(answer.status, status, "{action} when {state}: {}", answer.text);
                if status == 409 {
                    let problem = answer.expect_problem(409, "state-conflict");
                    let actions: Vec<&str> = state.actions().into_iter().map(|action| action.as_str()).collect();
                    assert_eq!((&problem["state"], &problem["actions"]), (&json!(state), &json!(actions)), "{action}");
                }
            }
        }
    }

    async fn a_campaign_goes_through_its_life(stage: Stage) {
        let admin = &stage.world.admin;
        contact(admin, "Ann", "+12125552000").await;
        let draft = ready(admin, "Life").await;
        let started = act(admin, &draft, "start").await.expect(200);
        assert_eq!((&started["status"], &started["started_at"]), (&json!("active"), &json!("2026-03-02T15:00:00Z")));
        let paused = act(admin, &draft, "pause").await.expect(200);
        assert_eq!(paused["status"], "paused");
        assert_eq!(act(admin, &draft, "pause").await.expect(200)["version"], paused["version"], "paused is paused");
        assert_eq!(act(admin, &draft, "resume").await.expect(200)["status"], "active");
        let stopped = act(admin, &draft, "stop").await.expect(200);
        assert_eq!((&stopped["status"], &stopped["ended_by"]), (&json!("completed"), &json!("stopped")));
        assert_eq!(act(admin, &draft, "stop").await.expect(200), stopped);
        let progress = admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!((&progress["total"], &progress["suppressed"]), (&json!(1), &json!(1)));
        let log = admin.get(&format!("{}/log", path(&draft))).await.expect(200);
        let lines: Vec<(&str, &str)> = log["items"].as_array().expect("items").iter()
            .map(|line| (line["kind"].as_str().unwrap_or_default(), line["actor"].as_str().unwrap_or_default())).collect();
        let kinds = ["stopped", "resumed", "paused", "started", "recipients_added", "created"];
        assert_eq!(lines, kinds.map(|kind| (kind, "admin")), "newest first, by name");
        for action in ["campaign.created", "campaign.recipients_added", "campaign.started", "campaign.paused", "campaign.resumed", "campaign.stopped"] {
            assert_eq!(audited(&stage.world, action).await, 1, "{action}");
        }
        let runs = admin.get(&format!("{}/runs", path(&draft))).await.expect(200);
        assert_eq!(runs["items"][0]["state"], "stopped");
        assert_eq!((&runs["items"][0]["number"], &runs["items"][0]["occurrence"]), (&json!(1), &json!("manual")));
        assert_eq!(admin.get(&format!("{}/occurrences", path(&draft))).await.expect(200), json!({"items": []}));
    }

    async fn only_so_many_campaigns_run_at_once(stage: Stage) {
        let admin = &stage.world.admin;
        let mut settings = admin.get("/api/v1/settings").await.expect(200);
        settings["max_concurrent_campaigns"] = json!(1);
        admin.put("/api/v1/settings", settings).await.expect(200);
        contact(admin, "Ann", "+12125552000").await;
        let (first, second) = (ready(admin, "First").await, ready(admin, "Second").await);
        let (a, b) = tokio::join!(act(admin, &first, "start"), act(admin, &second, "start"));
        let refused = if a.status == 200 { b } else { a };
        let problem = refused.expect_problem(409, "limit-reached");
        assert_eq!((&problem["limit"], &problem["in_use"]), (&json!(1), &json!(1)));
    }
}

on_both! {
    async fn what_is_missing_to_launch_is_said_at_once(world: World) {
        let draft = create(&world.admin, json!({ "name": "Empty" })).await;
        let answer = act(&world.admin, &draft, "start").await;
        answer.expect_invalid(&["recipients", "message", "carrier", "caller_ids"]);
    }

    async fn an_edit_reaches_only_as_deep_as_the_state_allows(world: World) {
        let limits = json!({"max_concurrent_calls": 5, "calls_per_second": null});
        for state in STATES {
            let draft = hello(&world.admin, "Edited").await;
            force(&world, &draft, state).await;
            let words = json!({ "version": 2, "name": "Renamed", "description": "New", "ring_timeout_s": 30 });
            let renamed = world.admin.patch(&path(&draft), words).await.expect(200);
            assert_eq!((&renamed["name"], &renamed["version"]), (&json!("Renamed"), &json!(3)), "{state}");
            let slower = world.admin.patch(&path(&draft), json!({ "version": 3, "limits": limits })).await;
            let is_running = matches!(state, S::Draft | S::Scheduled | S::Active | S::Paused);
            assert_eq!(slower.status, if is_running { 200 } else { 409 }, "{state}: {}", slower.text);
            let version = if is_running { 4 } else { 3 };
            let deep = world.admin.patch(&path(&draft), json!({ "version": version, "ring_timeout_s": 20 })).await;
            if matches!(state, S::Draft | S::Scheduled) {
                deep.expect(200);
            } else {
                let problem = deep.expect_problem(409, "state-conflict");
                assert_eq!(problem["state"], json!(state));
            }
        }
    }

    async fn another_departments_campaigns_are_not_there(world: World) {
        let sales = world.another_department("Sales").await;
        let max = world.person("max@acme.example", Role::Manager, &[sales]).await;
        contact(&world.admin, "Ann", "+12125552000").await;
        let foreign = ready(&world.admin, "Ours").await;
        let recipients = world.admin.get(&format!("{}/recipients", path(&foreign))).await.expect(200);
        let recipient = recipients["items"][0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(max.get(CAMPAIGNS).await.expect(200)["items"], json!([]));
        max.get(&path(&foreign)).await.expect_problem(404, "not-found");
        max.patch(&path(&foreign), json!({ "version": 1, "name": "Mine" })).await.expect_problem(404, "not-found");
        for action in ["start", "schedule", "pause", "resume", "stop", "duplicate", "delete", "add", "rehearse"] {
            act(&max, &foreign, action).await.expect_problem(404, "not-found");
        }
        let test_call = max.post(&format!("{}/test-call", path(&foreign)), json!({"phone": "+12125552000"})).await;
        test_call.expect_problem(404, "not-found");
        for part in ["progress", "explain", "log", "runs", "occurrences", "recipients", "attempts", "results?format=csv"] {
            max.get(&format!("{}/{part}", path(&foreign))).await.expect_problem(404, "not-found");
        }
        let one = format!("{}/recipients/{recipient}", path(&foreign));
        max.get(&one).await.expect_problem(404, "not-found");
        max.delete(&one).await.expect_problem(404, "not-found");
        max.get(&format!("/api/v1/events?campaign_id={}", id(&foreign))).await.expect_problem(404, "not-found");
        let own = create(&max, json!({ "name": "Mine" })).await;
        let listed = max.get(CAMPAIGNS).await.expect(200);
        assert_eq!(listed["items"], json!([own]));
        max.get(&format!("{}/recipients/{recipient}", path(&own))).await.expect_problem(404, "not-found");
    }

    async fn campaigns_are_listed_newest_first_by_state_and_part_of_a_name(world: World) {
        for n in 0..5 {
            hello(&world.admin, &format!("Campaign {n} of 100%")).await;
            world.run_for(jiff::SignedDuration::from_secs(1)).await;
        }
        let paused = hello(&world.admin, "Paused").await;
        force(&world, &paused, S::Paused).await;
        let mut names = Vec::new();
        let mut path = format!("{CAMPAIGNS}?status=draft&q=campaign&limit=2");
        loop {
            let page = world.admin.get(&path).await.expect(200);
            names.extend(page["items"].as_array().expect("items").iter().map(|item| item["name"].clone()));
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("{CAMPAIGNS}?status=draft&q=campaign&limit=2&cursor={cursor}");
        }
        let expected: Vec<String> = (0..5).rev().map(|n| format!("Campaign {n} of 100%")).collect();
        assert_eq!(json!(names), json!(expected));
        for (query, count) in [("?status=paused", 1), ("?q=100%25", 5), ("?q=_", 0), ("?status=active", 0), ("", 6)] {
            let page = world.admin.get(&format!("{CAMPAIGNS}{query}")).await.expect(200);
            assert_eq!(page["items"].as_array().map(Vec::len), Some(count), "{query}");
        }
        world.admin.get(&format!("{CAMPAIGNS}?status=running")).await.expect_invalid(&["status"]);
        let too_long = "x".repeat(201);
        for list in ["", "/{}/recipients", "/{}/attempts"] {
            let list = list.replace("{}", id(&paused));
            world.admin.get(&format!("{CAMPAIGNS}{list}?q={too_long}")).await.expect_invalid(&["q"]);
        }
    }

    async fn a_deleted_draft_is_gone_with_its_recipients(world: World) {
        contact(&world.admin, "Ann", "+12125552000").await;
        let draft = ready(&world.admin, "Gone").await;
        world.admin.delete(&path(&draft)).await.expect(204);
        world.admin.get(&path(&draft)).await.expect_problem(404, "not-found");
        world.admin.delete(&path(&draft)).await.expect_problem(404, "not-found");
        assert_eq!(audited(&world, "campaign.deleted").await, 1);
    }

    async fn a_duplicate_has_the_settings_and_the_people_as_they_are_now(world: World) {
        let ann = contact(&world.admin, "Ann", "+12125552000").await;
        contact(&world.admin, "Bob", "+12125552001").await;
        let original = ready(&world.admin, &"Q".repeat(120)).await;
        let contact_path = format!("/api/v1/contacts/{}", ann["id"].as_str().expect("an id"));
        let moved = json!({ "version": ann["version"], "phone": "+12125552002" });
        world.admin.patch(&contact_path, moved).await.expect(200);
        force(&world, &original, S::Completed).await;
        let copy = act(&world.admin, &original, "duplicate").await.expect(201);
        assert_eq!((&copy["status"], &copy["version"]), (&json!("draft"), &json!(1)));
        assert_eq!(copy["name"].as_str().map(str::len), Some(120));
        for member in ["message", "calling_hours", "retry", "limits", "department_id", "purpose"] {
            assert_eq!(copy[member], original[member], "{member}");
        }
        assert_eq!(phones(&world.admin, &copy).await, ["+12125552001", "+12125552002"]);
        let bare = world.admin.post(&format!("{}/duplicate", path(&original)), json!({"contacts": false})).await.expect(201);
        assert!(phones(&world.admin, &bare).await.is_empty());
        let wrong = world.admin.post(&format!("{}/duplicate", path(&original)), json!({"people": false})).await;
        wrong.expect_invalid(&["people"]);
    }

    async fn a_manager_who_duplicates_gets_the_organizations_hours(world: World) {
        let manager = world.person("max@acme.example", Role::Manager, &[world.department]).await;
        let off = json!({"enabled": false, "start": "08:00", "end": "21:00"});
        let original = create(&world.admin, json!({ "name": "Night", "recipient_hours": off })).await;
        assert_eq!(act(&manager, &original, "duplicate").await.expect(201)["recipient_hours"]["enabled"], true);
        assert_eq!(act(&world.admin, &original, "duplicate").await.expect(201)["recipient_hours"]["enabled"], false);
    }

    async fn what_is_not_there_yet_says_so(world: World) {
        let draft = hello(&world.admin, "Q4").await;
        let rehearsal = act(&world.admin, &draft, "rehearse").await;
        assert!(rehearsal.expect_problem(422, "invalid")["detail"].as_str().is_some_and(|words| words.contains("not available yet")));
    }
}
