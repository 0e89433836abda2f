//! Results as files: they hold what the pages show, whole, and nothing that a spreadsheet would compute.

use serde_json::{Value, json};

use super::{add_everybody, audited, create, hello, path};
use crate::support::{Client, World};

/// The lines of a CSV file, each by column.
fn lines(text: &str) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let line = |record: csv::StringRecord| {
        columns.iter().zip(record.iter()).map(|(column, cell)| (column.clone(), json!(cell))).collect()
    };
    reader.records().map(|record| line(record.expect("a line"))).collect()
}

async fn results(client: &Client, campaign: &Value, query: &str) -> crate::support::Answer {
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
        let answer = results(&world.admin, &draft, "format=csv&cells=machine").await;
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
        let raw = lines(&results(&world.admin, &draft, "format=csv&cells=machine").await.text);
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
