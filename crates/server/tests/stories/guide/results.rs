//! The guide's «Viewing Campaign Results»: final figures, each contact's calls, and the exported files.
//!
//! Files are held against what the pages show. Their form, their cells and long lists are told in
//! `campaigns::results`.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use carillon_simulator::Behavior;
use serde_json::{Value, json};

use super::managing::under_way;
use super::{Board, Desk, instant, outcomes_of, seven_kinds};
use crate::support::{hours, number, numbers, seconds};

/// The lines of a file of results, by column.
async fn lines(board: &Board<'_>, query: &str) -> Vec<BTreeMap<String, String>> {
    let file = board.client.get(&format!("{}/results?format=csv&style=raw{query}", board.path)).await;
    assert_eq!(file.status, 200, "{}", file.text);
    let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("lines")
}

/// The lines of a workbook, by column; empty cells are not there.
fn workbook_lines(file: Vec<u8>) -> Vec<BTreeMap<String, String>> {
    let mut workbook = zip::ZipArchive::new(Cursor::new(file)).expect("a workbook is a zip file");
    let mut sheet = String::new();
    workbook.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut sheet).expect("a text");
    let mut rows: BTreeMap<u32, BTreeMap<String, String>> = BTreeMap::new();
    for cell in sheet.split("<c ").skip(1) {
        let place = cell.split('"').nth(1).expect("a place, as A1");
        let (column, row) = place.split_at(place.find(|c: char| c.is_ascii_digit()).expect("a row"));
        let (_, text) = cell.split_once("<t").and_then(|(_, text)| text.split_once('>')).expect("a text");
        let text = text.split("</t>").next().unwrap_or_default();
        rows.entry(row.parse().expect("a number")).or_default().insert(column.to_owned(), text.to_owned());
    }
    let header = rows.remove(&1).expect("a header");
    rows.into_values().map(|row| row.into_iter().map(|(at, text)| (header[&at].clone(), text)).collect()).collect()
}

on_both_stages! {
    /// View details of a call: each attempt of a contact, when, how long, and how it ended.
    async fn a_contacts_calls_are_told_one_by_one(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::NoAnswer, Behavior::human(3, 5)]);
        let board = desk.started(json!({})).await;
        stage.world.run_for(hours(2)).await;
        let told = board.recipient(&number(0)).await;
        let (seen, history) =
            (stage.carrier.ledger().calls_to(&number(0)), told["history"].as_array().expect("a history"));
        assert_eq!((seen.len(), history.len()), (2, 2));
        for ((index, call), seen) in history.iter().enumerate().zip(&seen) {
            assert_eq!((&call["number"], &call["call_sid"]), (&json!(index + 1), &json!(seen.sid)));
            assert_eq!((&call["phone"], &call["from"]), (&json!(seen.to), &json!(seen.from)));
            let late = instant(&call["ended_at"]).duration_since(seen.ended_at.expect("an end")).abs();
            assert!(late <= seconds(1), "{call}");
        }
        assert_eq!((&history[0]["outcome"], &history[0]["answered_at"]), (&json!("no_answer"), &Value::Null));
        assert_eq!(
            (&history[1]["outcome"], &history[1]["duration_s"]),
            (&json!("answered"), &json!(seen[1].duration_s))
        );
    }

    /// View final statistics under Completed: they stay as they were when the campaign ended.
    async fn the_final_figures_stay(stage: Stage) {
        let (desk, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(hours(2)).await;
        assert_eq!(desk.listed("completed").await, ["A story"]);
        let mut first = board.progress().await;
        stage.world.run_for(hours(24 * 3)).await;
        let later = board.progress().await;
        first["as_of"] = later["as_of"].clone();
        assert_eq!(later, first);
    }

    /// Export Results: each contact with details, outcome, duration, time, attempts, and a column for the agent.
    async fn the_exported_results_hold_each_contact_with_its_outcome(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(hours(2)).await;
        let lines = lines(&board, "").await;
        let expected = [
            ("completed", "answered", "", 1),
            ("completed", "answered", "", 1),
            ("failed", "no_answer", "", 2),
            ("failed", "busy", "", 2),
            ("failed", "failed", "", 2),
            ("failed", "voicemail", "", 1),
            ("suppressed", "", "do_not_call", 0),
        ];
        assert_eq!(lines.len(), 7);
        for (index, (state, outcome, reason, attempts)) in expected.into_iter().enumerate() {
            let line = lines.iter().find(|line| line["phone"] == number(index)).expect("a line for each");
            assert_eq!(line["name"], format!("Person {index}"));
            assert_eq!(
                (line["state"].as_str(), line["outcome"].as_str(), line["reason"].as_str()),
                (state, outcome, reason)
            );
            assert_eq!((line["attempts"].as_str(), line["agent"].as_str()), (attempts.to_string().as_str(), ""));
            let history = board.recipient(&number(index)).await["history"].clone();
            let last = history.as_array().and_then(|calls| calls.last()).cloned().unwrap_or_default();
            assert_eq!(line["last_attempt_at"], last["placed_at"].as_str().unwrap_or_default());
            assert_eq!(line["duration_s"], last["duration_s"].as_i64().map(|s| s.to_string()).unwrap_or_default());
        }
    }

    /// Export Results of a stopped campaign: who was reached, whose phone was let go, and who was never called.
    async fn the_results_of_a_stopped_campaign_tell_who_was_not_reached(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        board.act("stop").await;
        stage.world.run_for(hours(1)).await;
        let lines = lines(&board, "").await;
        let count = |outcome: &str, reason: &str, attempts: &str| {
            let is_it = |line: &&BTreeMap<String, String>| {
                (&*line["outcome"], &*line["reason"], &*line["attempts"]) == (outcome, reason, attempts)
            };
            lines.iter().filter(is_it).count() as i64
        };
        let [completed, called, total] = board.figures(["completed", "called", "total"]).await;
        assert_eq!(count("answered", "", "1"), completed);
        assert_eq!(count("canceled", "stopped", "1"), called - completed, "they rang");
        assert_eq!(count("", "stopped", "0"), total - called);
        assert!(completed > 0 && called > completed && total > called, "some of each");
    }

    /// Export Results, call by call: as many lines as calls, and as many of each outcome as the breakdown says.
    async fn the_exported_calls_add_up_to_the_breakdown(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(hours(2)).await;
        let lines = lines(&board, "&detail=attempts").await;
        let mut counted: BTreeMap<&str, i64> = BTreeMap::new();
        for line in &lines {
            *counted.entry(line["outcome"].as_str()).or_default() += 1;
        }
        assert_eq!(counted, outcomes_of(&board.progress().await));
    }

    /// Select format: what Excel opens has the very cells of the CSV file, for contacts and for calls.
    async fn the_excel_file_holds_the_same_as_the_csv_file(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(hours(2)).await;
        for (query, count) in [("", 7), ("&detail=attempts", 9)] {
            let workbook = board.client.bytes(&format!("{}/results?format=xlsx{query}", board.path)).await;
            let mut lines = lines(&board, query).await;
            lines.iter_mut().for_each(|line| line.retain(|_, cell| !cell.is_empty()));
            assert_eq!((lines.len(), workbook_lines(workbook)), (count, lines));
        }
    }
}
