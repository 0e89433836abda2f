//! Lists that are taken back when their campaign has begun: whoever was not called leaves, whoever was called stays.
//!
//! What an undo takes away before the start is told in [`super::campaigns`].

use carillon::store::StoreError;
use carillon::store::campaigns as rows;
use carillon_simulator::{Behavior, Mix};

use super::*;
use crate::support::{Play, Stage, hours, minutes, number, seconds};

/// Six people: one rings and talks for a minute, one is busy, one is not to be called, and the rest waits for its turn.
const LIST: [&str; 6] = ["Talks", "Busy", "Talks too", "Forbidden", "Waits", "Waits too"];

/// The list with the numbers of the stage, the fourth tagged DNC.
fn list() -> String {
    let tag = |name: &str| if name == "Forbidden" { "DNC" } else { "" };
    let rows = LIST.iter().enumerate().map(|(at, name)| format!("{name},{},{}\n", number(at), tag(name)));
    format!("Name,Phone,Tags\n{}", rows.collect::<String>())
}

/// A campaign for the list, two calls at once, and the import that brought it.
async fn drafted(stage: &Stage) -> (Play<'_>, Value) {
    drafted_with(stage, json!({"kind": "manual"})).await
}

async fn drafted_with(stage: &Stage, schedule: Value) -> (Play<'_>, Value) {
    let retry = json!({"max_attempts": 2, "delays_s": [3_600], "on": ["busy"]});
    let limits = json!({"max_concurrent_calls": 2, "calls_per_second": null});
    let message = json!({"kind": "tts", "text": "word ".repeat(200)});
    let draft = json!({"name": "Undone", "message": message, "limits": limits, "retry": retry, "schedule": schedule});
    let campaign = stage.world.admin.post("/api/v1/campaigns", draft).await.expect(201);
    let id = campaign["id"].as_str().expect("an id").parse().expect("an id");
    let mapping = json!({"phone": "Phone", "name": "Name", "tags": "Tags"});
    let import = imported(&stage.world, list(), json!({"mapping": mapping, "campaign_id": id})).await;
    assert_eq!(fates(&import), [6, 0, 0, 0]);
    let found = stage.world.app.store.read(move |tx| rows::find_any(tx, id)).await;
    let run = found.map_err(|e: StoreError| e).expect("a read").expect("the campaign").run;
    (Play { stage, id, run }, import)
}

/// The same, begun: two talk, one was busy and waits to be called again, two wait for their first call.
async fn begun(stage: &Stage) -> (Play<'_>, Value) {
    stage.carrier.set_mix(Mix::all_human(2.0, 60.0));
    stage.carrier.set_behavior(&number(1), vec![Behavior::Busy, Behavior::human(2, 3)]);
    let (play, import) = drafted(stage).await;
    play.start().await;
    stage.world.run_for(seconds(20)).await;
    assert_eq!(figures(&play).await, [6, 3, 2, 2, 1, 0, 1], "two talk, two wait");
    (play, import)
}

/// Takes the import back, after a check that what was foretold is what happens.
async fn undo(stage: &Stage, import: &Value) -> Value {
    let path = format!("{}/undo", path(import));
    let outlook = stage.world.admin.get(&path).await.expect(200);
    let done = stage.world.admin.post(&path, json!({})).await.expect(200)["undo"].clone();
    let figures = ["recipients_leaving", "contacts_leaving"].map(|name| outlook[name].clone());
    assert_eq!(figures, [done["recipients_removed"].clone(), done["contacts_removed"].clone()], "{outlook}");
    stage.world.admin.get(&path).await.expect_problem(409, "state-conflict");
    done
}

async fn foretold(stage: &Stage, import: &Value) -> [i64; 4] {
    let outlook = stage.world.admin.get(&format!("{}/undo", path(import))).await.expect(200);
    assert_eq!(outlook["at_least"], false);
    ["recipients_leaving", "recipients_called", "contacts_leaving", "contacts_staying"]
        .map(|name| outlook[name].as_i64().expect("a figure"))
}

/// Total, called, dialing, remaining, retrying, completed, suppressed; after a check that they equal a recount.
async fn figures(play: &Play<'_>) -> [i64; 7] {
    play.counts().await;
    let path = format!("/api/v1/campaigns/{}/progress", play.id);
    let progress = play.stage.world.admin.get(&path).await.expect(200);
    ["total", "called", "dialing", "remaining", "retrying", "completed", "suppressed"]
        .map(|name| progress[name].as_i64().expect("a figure"))
}

/// Name, state and reason of everybody in the campaign.
async fn people(play: &Play<'_>) -> Vec<(String, String, Value)> {
    let path = format!("/api/v1/campaigns/{}/recipients", play.id);
    let page = play.stage.world.admin.get(&path).await.expect(200);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let shown = |item: &Value| (text(&item["name"]), text(&item["state"]), item["reason"].clone());
    page["items"].as_array().expect("items").iter().map(shown).collect()
}

fn person(name: &str, state: &str, reason: Value) -> (String, String, Value) {
    (name.to_owned(), state.to_owned(), reason)
}

on_both_stages! {
    async fn an_import_taken_back_after_the_start_lets_go_of_those_not_yet_called(stage: Stage) {
        let (play, import) = begun(&stage).await;
        assert_eq!(foretold(&stage, &import).await, [2, 3, 3, 3]);
        assert_eq!(undo(&stage, &import).await, json!({"state": "done", "recipients_removed": 2, "contacts_removed": 3}));
        assert_eq!(figures(&play).await, [6, 3, 2, 0, 1, 0, 3], "calls under way go on");
        stage.world.run_for(minutes(5)).await;
        assert_eq!(stage.requests().len(), 3, "nobody who left is called");
        assert_eq!(people(&play).await, [
            person("Talks", "completed", Value::Null),
            person("Busy", "retrying", Value::Null),
            person("Talks too", "completed", Value::Null),
            person("Forbidden", "suppressed", json!("do_not_call")),
            person("Waits", "suppressed", json!("removed")),
            person("Waits too", "suppressed", json!("removed")),
        ]);
        let book = book(&stage.world.admin).await;
        assert_eq!(names(&book), ["Talks", "Busy", "Talks too"], "whoever was called stays in the contact book");
        for contact in stage.world.admin.get("/api/v1/contacts").await.expect(200)["items"].as_array().expect("items") {
            let path = format!("/api/v1/contacts/{}/attempts", contact["id"].as_str().expect("an id"));
            let calls = stage.world.admin.get(&path).await.expect(200);
            assert_eq!(calls["items"].as_array().map(Vec::len), Some(1), "with the call: {contact}");
        }
        stage.world.run_for(minutes(60)).await;
        assert_eq!(figures(&play).await, [6, 3, 0, 0, 0, 3, 3], "the busy one was called again");
        assert_eq!(stage.world.admin.get(&format!("/api/v1/campaigns/{}", play.id)).await.expect(200)["status"], "completed");
        stage.assert_ledgers_agree().await;
    }

    async fn an_import_taken_back_while_its_campaign_is_paused_leaves_those_called_to_the_resume(stage: Stage) {
        let (play, import) = begun(&stage).await;
        play.pause().await.expect("it pauses");
        stage.world.run_for(minutes(5)).await;
        assert_eq!(undo(&stage, &import).await, json!({"state": "done", "recipients_removed": 2, "contacts_removed": 3}));
        assert_eq!(figures(&play).await, [6, 3, 0, 0, 1, 2, 3]);
        play.resume().await;
        stage.world.run_for(minutes(60)).await;
        assert_eq!(figures(&play).await, [6, 3, 0, 0, 0, 3, 3]);
        assert_eq!(stage.requests().len(), 4, "nobody who left is called");
        stage.assert_ledgers_agree().await;
    }

    async fn a_campaign_all_of_whose_people_leave_with_their_import_is_over(stage: Stage) {
        let (play, import) = drafted(&stage).await;
        let hours = json!({"timezone": "America/New_York", "days": ["tue"], "start": "10:00", "end": "12:00"});
        let campaign = format!("/api/v1/campaigns/{}", play.id);
        let change = json!({"version": stage.world.admin.get(&campaign).await.expect(200)["version"], "calling_hours": hours});
        stage.world.admin.patch(&campaign, change).await.expect(200);
        play.start().await;
        stage.world.run_for(minutes(5)).await;
        assert_eq!(undo(&stage, &import).await, json!({"state": "done", "recipients_removed": 5, "contacts_removed": 6}));
        assert_eq!(figures(&play).await, [6, 0, 0, 0, 0, 0, 6]);
        stage.world.run_for(minutes(1)).await;
        assert_eq!(stage.world.admin.get(&campaign).await.expect(200)["status"], "completed", "it does not wait for Tuesday");
        assert!(stage.requests().is_empty() && book(&stage.world.admin).await.is_empty());
    }

    async fn people_of_a_taken_back_import_leave_the_next_run_though_the_last_one_called_them(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let daily = json!({
            "kind": "recurring", "at": "2026-03-02T12:00", "timezone": "America/New_York", "contacts": "same",
            "every": {"unit": "day", "interval": 1}, "until": {"kind": "occurrences", "count": 3},
        });
        let (play, import) = drafted_with(&stage, daily).await;
        let path = format!("/api/v1/campaigns/{}", play.id);
        let by_hand = stage.world.admin.post("/api/v1/contacts", json!({"name": "By hand", "phone": number(20)})).await.expect(201);
        let recipients = json!({"contact_ids": [by_hand["id"]]});
        stage.world.admin.post(&format!("{path}/recipients"), recipients).await.expect(200);
        stage.world.admin.post(&format!("{path}/schedule"), json!({})).await.expect(200);
        stage.world.run_for(hours(3)).await;
        assert_eq!(stage.requests().len(), 6, "the first run called all but the forbidden one");
        let runs = stage.world.admin.get(&format!("{path}/runs")).await.expect(200);
        assert_eq!(runs["items"][0]["state"], "prepared", "{runs}");

        assert_eq!(foretold(&stage, &import).await, [6, 5, 1, 5]);
        assert_eq!(undo(&stage, &import).await, json!({"state": "done", "recipients_removed": 6, "contacts_removed": 1}));
        stage.world.run_for(hours(48)).await;
        assert_eq!(stage.requests().len(), 8, "the two runs after it call whom no import brought");
        assert_eq!(stage.world.admin.get(&path).await.expect(200)["status"], "completed");
        stage.assert_ledgers_agree().await;
    }

    async fn numbers_that_an_import_put_on_the_do_not_call_list_stay_on_it_when_it_is_taken_back(stage: Stage) {
        let (_, import) = drafted(&stage).await;
        undo(&stage, &import).await;
        assert!(book(&stage.world.admin).await.is_empty());
        let listed = stage.world.admin.get("/api/v1/do-not-call").await.expect(200);
        let entries: Vec<[&Value; 2]> =
            listed["items"].as_array().expect("items").iter().map(|entry| [&entry["phone"], &entry["source"]]).collect();
        assert_eq!(entries, [[&json!(number(3)), &json!("import")]]);
        let again = imported(&stage.world, format!("Name,Phone\nForbidden,{}\n", number(3)), wish()).await;
        assert_eq!(fates(&again), [1, 0, 0, 0]);
        let known = stage.world.admin.get("/api/v1/do-not-call").await.expect(200);
        assert_eq!(known["items"].as_array().map(Vec::len), Some(1), "and is not called when somebody brings it again");
    }
}
