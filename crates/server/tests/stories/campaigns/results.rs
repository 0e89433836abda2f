//! Results as files: they hold what the pages show, whole, and nothing that a spreadsheet would compute.

use carillon_simulator::Mix;
use serde_json::{Value, json};

use super::{add_everybody, audited, create, hello, path};
use crate::support::{Answer, Client, World, minutes};

/// The lines of a CSV file, each by column.
fn lines(text: &str) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let line = |record: csv::StringRecord| {
        columns.iter().zip(record.iter()).map(|(column, cell)| (column.clone(), json!(cell))).collect()
    };
    reader.records().map(|record| line(record.expect("a line"))).collect()
}

async fn results(client: &Client, campaign: &Value, query: &str) -> Answer {
    client.get(&format!("{}/results?{query}", path(campaign))).await
}

async fn people(world: &World, count: usize) {
    for from in (0..count).step_by(500) {
        let contacts: Vec<Value> = (from..count.min(from + 500)).map(|n| json!({
            "name": format!("Person {n}"), "phone": format!("+1212{}", 2_340_000 + n), "email": format!("p{n}@acme.example"),
            "custom": if n % 2 == 0 { json!({"plan": "Gold"}) } else { json!({"age": n}) },
        })).collect();
        let made = world.admin.post("/api/v1/contacts/bulk", json!({ "contacts": contacts })).await.expect(200);
        assert_eq!(made["errors"], json!([]));
    }
}

on_both! {
    async fn a_line_for_each_recipient_over_many_pages(world: World) {
        people(&world, 1_200).await;
        let draft = hello(&world.admin, "Q4 survey").await;
        add_everybody(&world.admin, &draft).await;
        let answer = results(&world.admin, &draft, "format=csv&style=raw").await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"q4-survey-results.csv\"");
        let header = "name,phone,email,age,plan,state,outcome,reason,attempts,last_attempt_at,duration_s,agent,disposition,recording,cost";
        assert_eq!(answer.text.lines().next(), Some(header));
        let lines = lines(&answer.text);
        let mut names: Vec<&str> = lines.iter().filter_map(|line| line["name"].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!((lines.len(), names.len()), (1_200, 1_200), "everybody, once");
        let seventh = lines.iter().find(|line| line["name"] == "Person 7").expect("the seventh");
        let expected = json!({
            "name": "Person 7", "phone": "+12122340007", "email": "p7@acme.example", "age": "7", "plan": "",
            "state": "pending", "outcome": "", "reason": "", "attempts": "0", "last_attempt_at": "", "duration_s": "",
            "agent": "", "disposition": "", "recording": "", "cost": ""
        });
        assert_eq!(*seventh, expected);
        assert_eq!(audited(&world, "campaign.results_exported").await, 1);
    }

    async fn a_workbook_is_a_file_of_its_own_kind(world: World) {
        people(&world, 3).await;
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        let answer = results(&world.admin, &draft, "format=xlsx").await;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"q4-results.xlsx\"");
        assert!(answer.text.starts_with("PK"), "a workbook is a zip file");
    }

    async fn no_cell_is_a_formula_for_a_spreadsheet(world: World) {
        let evil = json!({ "name": "=HYPERLINK(\"http://evil\")", "phone": "+12125552000" });
        world.admin.post("/api/v1/contacts", evil).await.expect(201);
        let draft = hello(&world.admin, "Q4").await;
        add_everybody(&world.admin, &draft).await;
        let safe = lines(&results(&world.admin, &draft, "format=csv").await.text);
        assert_eq!((&safe[0]["name"], &safe[0]["phone"]), (&json!("'=HYPERLINK(\"http://evil\")"), &json!("'+12125552000")));
        let raw = lines(&results(&world.admin, &draft, "format=csv&style=raw").await.text);
        assert_eq!((&raw[0]["name"], &raw[0]["phone"]), (&json!("=HYPERLINK(\"http://evil\")"), &json!("+12125552000")));
    }

    async fn an_empty_campaign_has_a_header_and_no_lines(world: World) {
        let draft = create(&world.admin, json!({ "name": "Empty" })).await;
        for query in ["format=csv", "format=csv&detail=attempts"] {
            let answer = results(&world.admin, &draft, query).await;
            assert_eq!((answer.status, answer.text.lines().count()), (200, 1), "{}", answer.text);
        }
        results(&world.admin, &draft, "format=pdf").await.expect_invalid(&["format"]);
        results(&world.admin, &draft, "").await.expect_invalid(&["format"]);
        results(&world.admin, &draft, "format=csv&detail=calls").await.expect_invalid(&["detail"]);
    }
}

on_both_stages! {
    async fn what_was_called_stands_in_the_results_as_on_the_pages(stage: Stage) {
        let world = &stage.world;
        people(world, 3).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let draft = hello(&world.admin, "Called").await;
        add_everybody(&world.admin, &draft).await;
        world.admin.post(&format!("{}/start", path(&draft)), json!({})).await.expect(200);
        world.run_for(minutes(10)).await;
        assert_eq!(world.admin.get(&path(&draft)).await.expect(200)["status"], "completed");
        let shown = world.admin.get(&format!("{}/recipients", path(&draft))).await.expect(200);
        let found = lines(&results(&world.admin, &draft, "format=csv&style=raw").await.text);
        for (item, line) in shown["items"].as_array().expect("items").iter().zip(&found) {
            for member in ["name", "phone", "state", "outcome"] {
                assert_eq!(line[member], item[member], "{member}");
            }
            assert_eq!(line["attempts"], json!(item["attempts"].to_string()));
            let story = world.admin.get(&format!("{}/recipients/{}", path(&draft), item["id"].as_str().expect("an id"))).await;
            let last = story.expect(200)["history"][0].clone();
            assert_eq!(line["last_attempt_at"], last["placed_at"]);
            assert_eq!(line["duration_s"], json!(last["duration_s"].to_string()));
        }
        let calls = world.admin.get(&format!("{}/attempts", path(&draft))).await.expect(200);
        let calls = calls["items"].as_array().expect("items");
        let told = lines(&results(&world.admin, &draft, "format=csv&detail=attempts&style=raw").await.text);
        assert_eq!((calls.len(), told.len(), found.len()), (3, 3, 3));
        for call in calls {
            let line = told.iter().find(|line| line["call_sid"] == call["call_sid"]).expect("the call's line");
            for member in ["phone", "from", "state", "outcome", "placed_at", "answered_at", "ended_at", "recipient_id"] {
                assert_eq!(line[member], call[member], "{member}");
            }
            assert_eq!(line["number"], "1");
        }
        let page = world.admin.get(&format!("{}/attempts?limit=2", path(&draft))).await.expect(200);
        let cursor = page["next_cursor"].as_str().expect("another page");
        let rest = world.admin.get(&format!("{}/attempts?limit=2&cursor={cursor}", path(&draft))).await.expect(200);
        assert_eq!(rest["items"], json!([calls[2]]));
        let busy = world.admin.get(&format!("{}/attempts?outcome=busy", path(&draft))).await.expect(200);
        assert_eq!(busy["items"], json!([]));
        let progress = world.admin.get(&format!("{}/progress", path(&draft))).await.expect(200);
        assert_eq!((&progress["called"], &progress["attempts"]), (&json!(3), &json!(3)));
        assert_eq!(progress["outcomes"]["answered"], progress["completed"]);
    }
    async fn who_was_called_twice_has_one_line_that_tells_of_the_last_call_and_a_line_for_each(stage: Stage) {
        let world = &stage.world;
        people(world, 60).await;
        stage.carrier.set_mix(Mix { human: 0.0, busy: 1.0, ..Mix::all_human(3.0, 5.0) });
        let retry = json!({ "max_attempts": 2, "delays_s": [900], "on": ["busy"] });
        let message = json!({ "kind": "tts", "text": "Hello" });
        let draft = create(&world.admin, json!({ "name": "Twice", "message": message, "retry": retry })).await;
        add_everybody(&world.admin, &draft).await;
        world.admin.post(&format!("{}/start", path(&draft)), json!({})).await.expect(200);
        world.run_for(minutes(40)).await;
        assert_eq!(world.admin.get(&path(&draft)).await.expect(200)["status"], "completed");
        let found = lines(&results(&world.admin, &draft, "format=csv&style=raw").await.text);
        let told = lines(&results(&world.admin, &draft, "format=csv&detail=attempts&style=raw").await.text);
        assert_eq!((found.len(), told.len()), (60, 120));
        for (line, calls) in found.iter().zip(told.chunks(2)) {
            let of_both = |column: &str| [calls[0][column].clone(), calls[1][column].clone()];
            assert_eq!(of_both("name"), [line["name"].clone(), line["name"].clone()], "in one order");
            assert_eq!(of_both("number"), ["1", "2"]);
            assert_eq!(line["attempts"], "2");
            assert_eq!(line["last_attempt_at"], calls[1]["placed_at"]);
            assert_ne!(line["last_attempt_at"], calls[0]["placed_at"]);
        }
    }

    async fn whoever_was_still_to_be_called_when_it_was_stopped_is_suppressed_in_the_results(stage: Stage) {
        let world = &stage.world;
        people(world, 20).await;
        stage.settings(|settings| settings.calls_per_second = 1.0).await;
        let draft = hello(&world.admin, "Stopped").await;
        add_everybody(&world.admin, &draft).await;
        world.admin.post(&format!("{}/start", path(&draft)), json!({})).await.expect(200);
        world.admin.post(&format!("{}/stop", path(&draft)), json!({})).await.expect(200);
        let shown = world.admin.get(&format!("{}/recipients", path(&draft))).await.expect(200);
        let shown = shown["items"].as_array().expect("items");
        let found = lines(&results(&world.admin, &draft, "format=csv&style=raw").await.text);
        assert_eq!((shown.len(), found.len()), (20, 20));
        let reason = |of: &Value| of["reason"].as_str().unwrap_or_default().to_owned();
        for (item, line) in shown.iter().zip(&found) {
            assert_eq!((&line["state"], reason(line)), (&item["state"], reason(item)), "{line}");
        }
        let is_stopped = |line: &&Value| line["reason"] == "stopped" && line["state"] == "suppressed";
        assert!(found.iter().filter(is_stopped).count() > 10, "{found:?}");
    }
}
