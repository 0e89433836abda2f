//! Schedules: once and again and again, each occurrence a run of its own; what was skipped or missed is told.
//!
//! Stories begin on Monday, 2 March 2026, at ten in the morning in New York. Which occurrences a pattern has, through all
//! changes of clocks, is told in the domain's laws.

use std::sync::Arc;

use carillon::app;
use carillon::chance::Chance;
use carillon::store::Engine;
use carillon_simulator::Mix;
use serde_json::{Value, json};

use super::{Board, Desk, items, text};
use crate::support::{Stage, hours, minutes, number, numbers};

const ZONE: &str = "America/New_York";

fn once(at: &str) -> Value {
    json!({ "kind": "once", "at": at, "timezone": ZONE })
}

/// Every day at noon, so many times.
fn daily(count: u32) -> Value {
    json!({
        "kind": "recurring", "at": "2026-03-02T12:00", "timezone": ZONE, "every": {"unit": "day", "interval": 1},
        "until": {"kind": "occurrences", "count": count}, "contacts": "same",
    })
}

fn with(mut schedule: Value, member: &str, value: Value) -> Value {
    schedule[member] = value;
    schedule
}

/// Five people who answer at once.
async fn five(stage: &Stage) -> Desk<'_> {
    let desk = Desk::at(stage).await;
    desk.people(&numbers(5)).await;
    stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
    desk
}

async fn scheduled<'s>(desk: &Desk<'s>, schedule: Value) -> Board<'s> {
    let board = desk.draft(json!({ "schedule": schedule })).await;
    assert_eq!(board.act("schedule").await["status"], "scheduled");
    board
}

/// The kinds of the log's lines, oldest first, from the scheduling on.
async fn log(board: &Board<'_>) -> Vec<String> {
    let lines = items(&board.get("log?limit=200").await);
    let kinds: Vec<String> = lines.iter().rev().map(|line| text(&line["kind"])).collect();
    kinds.into_iter().skip_while(|kind| kind != "scheduled").collect()
}

/// Number, occurrence and state of each run, the first at the front.
async fn runs(board: &Board<'_>) -> Vec<(i64, String, String)> {
    let runs = items(&board.get("runs").await);
    let shown =
        |run: &Value| (run["number"].as_i64().expect("a number"), text(&run["occurrence"]), text(&run["state"]));
    runs.iter().rev().map(shown).collect()
}

fn run(number: i64, occurrence: &str, state: &str) -> (i64, String, String) {
    (number, occurrence.to_owned(), state.to_owned())
}

on_both_stages! {
    async fn a_campaign_is_scheduled_once_and_runs_then_by_itself(stage: Stage) {
        let desk = five(&stage).await;
        let board = scheduled(&desk, once("2026-03-02T14:00")).await;
        let next = board.get("occurrences").await;
        assert_eq!(next, json!({"items": [{"at": "2026-03-02T19:00:00Z", "local": "2026-03-02T14:00"}]}));
        assert_eq!(desk.listed("scheduled").await, ["A story"]);
        let why = board.get("explain").await;
        assert_eq!((&why["dialing"], &why["blockers"][0]["until"]), (&json!(false), &json!("2026-03-02T19:00:00Z")), "{why}");
        board.watch(minutes(239), minutes(60)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (0, "scheduled"));
        board.watch(minutes(5), minutes(1)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (5, "completed"));
        let campaign = board.campaign().await;
        assert_eq!((&campaign["started_at"], &campaign["ended_by"]), (&json!("2026-03-02T19:00:00Z"), &json!("list_done")));
        assert_eq!(runs(&board).await, [run(1, "2026-03-02T14:00", "finished")]);
        assert_eq!(log(&board).await, ["scheduled", "started", "completed"]);
        assert_eq!(board.get("occurrences").await, json!({"items": []}));
        stage.assert_ledgers_agree().await;
    }

    async fn each_occurrence_is_a_run_with_its_own_people_progress_and_results(stage: Stage) {
        let desk = five(&stage).await;
        let board = scheduled(&desk, daily(3)).await;
        let times: Vec<String> = items(&board.get("occurrences").await).iter().map(|next| text(&next["local"])).collect();
        assert_eq!(times, ["2026-03-02T12:00", "2026-03-03T12:00", "2026-03-04T12:00"]);
        board.watch(hours(3), minutes(30)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (5, "scheduled"));
        assert_eq!(board.figures(["total", "remaining", "called"]).await, [5, 5, 0], "the run to come");

        // Between two runs one person asks not to be called, and one is removed from the list by hand.
        desk.manager.post("/api/v1/do-not-call", json!({"phone": number(1), "reason": "asked"})).await.expect(201);
        let listed = board.recipients("").await;
        let removed = listed.iter().find(|one| one["phone"] == number(2)).expect("a recipient");
        desk.manager.delete(&format!("{}/recipients/{}", board.path, text(&removed["id"]))).await.expect(204);

        board.watch(hours(24), hours(1)).await;
        assert_eq!(stage.requests().len(), 8, "three of five on the second day");
        board.watch(hours(24), hours(1)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (11, "completed"));
        let all = [run(1, "2026-03-02T12:00", "finished"), run(2, "2026-03-03T12:00", "finished"), run(3, "2026-03-04T12:00", "finished")];
        assert_eq!(runs(&board).await, all);
        let mut completed = Vec::new();
        for one in items(&board.get("runs").await).iter().rev() {
            let progress = board.get(&format!("progress?run_id={}", text(&one["id"]))).await;
            completed.push((progress["total"].clone(), progress["completed"].clone(), progress["attempts"].clone()));
        }
        assert_eq!(completed, [(json!(5), json!(5), json!(5)), (json!(4), json!(3), json!(3)), (json!(4), json!(3), json!(3))]);
        let expected = ["scheduled", "started", "run_done", "started", "run_done", "started", "completed"];
        assert_eq!(log(&board).await, expected);
        stage.assert_ledgers_agree().await;
    }

    async fn an_occurrence_that_comes_too_soon_is_skipped_or_waits_as_chosen(stage: Stage) {
        let desk = five(&stage).await;
        stage.carrier.set_behavior(&number(0), vec![carillon_simulator::Behavior::Busy, carillon_simulator::Behavior::human(2, 3)]);
        let retry = json!({ "max_attempts": 2, "delays_s": [86_400], "on": ["busy"] });
        let board = desk.draft(json!({ "schedule": daily(2), "retry": retry })).await;
        board.act("schedule").await;
        board.watch(hours(27), hours(1)).await;
        assert_eq!(log(&board).await, ["scheduled", "started", "skipped", "run_done"], "tomorrow's came a minute before the retry");
        board.watch(hours(24), hours(1)).await;
        assert_eq!(runs(&board).await, [run(1, "2026-03-02T12:00", "finished"), run(2, "2026-03-04T12:00", "finished")]);
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (11, "completed"));

        stage.carrier.set_behavior(&number(0), vec![carillon_simulator::Behavior::Busy, carillon_simulator::Behavior::human(2, 3)]);
        let waits = with(with(daily(2), "overlap", json!("wait")), "at", json!("2026-03-05T12:00"));
        let retry = json!({ "max_attempts": 2, "delays_s": [86_400], "on": ["busy"] });
        let board = desk.draft(json!({ "name": "It waits", "schedule": waits, "retry": retry })).await;
        board.act("schedule").await;
        board.watch(hours(50), hours(1)).await;
        assert_eq!(log(&board).await, ["scheduled", "started", "waits", "run_done", "started", "completed"]);
        assert_eq!(runs(&board).await[1], run(2, "2026-03-06T12:00", "finished"));
        stage.assert_ledgers_agree().await;
    }

    async fn a_campaign_paused_between_two_runs_skips_them_until_it_is_resumed(stage: Stage) {
        let desk = five(&stage).await;
        let board = scheduled(&desk, daily(3)).await;
        board.watch(hours(3), hours(1)).await;
        assert_eq!(board.act("pause").await["status"], "paused");
        board.watch(hours(24), hours(1)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (5, "paused"));
        assert_eq!(board.act("resume").await["status"], "scheduled");
        board.watch(hours(48), hours(1)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (15, "completed"), "the skipped one does not count");
        let kinds = ["scheduled", "started", "run_done", "paused", "skipped", "resumed", "started", "run_done", "started", "completed"];
        assert_eq!(log(&board).await, kinds);
    }

    async fn a_run_that_cannot_begin_says_why_and_is_missed_after_its_grace(stage: Stage) {
        let desk = five(&stage).await;
        desk.settings(json!({ "max_concurrent_campaigns": 1 })).await;
        let asleep = json!({ "timezone": ZONE, "days": ["sun"], "start": "09:00", "end": "10:00" });
        let other = desk.started(json!({ "name": "The other one", "calling_hours": asleep })).await;
        let board = scheduled(&desk, with(daily(1), "until", json!({ "kind": "date", "date": "2026-03-03" }))).await;
        board.watch(minutes(150), minutes(30)).await;
        let held = board.campaign().await;
        assert_eq!(held["status"], "scheduled");
        assert!(text(&held["status_reason"]).contains("1 of at most 1 campaigns are active"), "{held}");
        board.watch(minutes(60), minutes(30)).await;
        assert_eq!(board.campaign().await["status_reason"], Value::Null, "its grace is over");
        board.watch(hours(20), hours(1)).await;
        other.act("stop").await;
        board.watch(hours(4), hours(1)).await;
        assert_eq!(log(&board).await, ["scheduled", "held", "missed", "started", "completed"]);
        assert_eq!(stage.requests().len(), 5);
    }

    async fn a_schedule_is_taken_back_before_the_first_run_and_ends_the_campaign_after_it(stage: Stage) {
        let desk = five(&stage).await;
        let board = scheduled(&desk, daily(3)).await;
        assert_eq!(board.act("unschedule").await["status"], "draft");
        board.watch(hours(4), hours(1)).await;
        assert_eq!(stage.requests().len(), 0);
        board.post("schedule", json!({})).await.expect_invalid(&["schedule.at"]);
        let version = board.campaign().await["version"].clone();
        let later = with(daily(3), "at", json!("2026-03-03T12:00"));
        board.client.patch(&board.path, json!({ "version": version, "schedule": later })).await.expect(200);
        assert_eq!(board.act("schedule").await["status"], "scheduled");
        board.watch(hours(24), hours(1)).await;
        assert_eq!(stage.requests().len(), 5);
        let over = board.act("unschedule").await;
        assert_eq!((&over["status"], &over["ended_by"]), (&json!("completed"), &json!("stopped")));
        board.watch(hours(48), hours(4)).await;
        assert_eq!(stage.requests().len(), 5);
        assert_eq!(board.figures(["total", "suppressed"]).await, [5, 5], "nobody of the run to come is called");
    }

    async fn a_scheduled_campaign_may_be_edited_started_early_and_stopped(stage: Stage) {
        let desk = five(&stage).await;
        let board = scheduled(&desk, once("2026-03-02T14:00")).await;
        let edit = |version: &Value, schedule: Value| json!({ "version": version, "schedule": schedule });
        let version = board.campaign().await["version"].clone();
        let past = board.client.patch(&board.path, edit(&version, once("2026-03-02T09:00"))).await;
        past.expect_invalid(&["schedule"]);
        board.client.patch(&board.path, edit(&version, json!({"kind": "manual"}))).await.expect_invalid(&["schedule"]);
        board.client.patch(&board.path, edit(&version, once("2026-03-02T16:00"))).await.expect(200);
        board.watch(hours(5), hours(1)).await;
        assert_eq!(stage.requests().len(), 0);
        board.act("start").await;
        board.watch(hours(3), hours(1)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (5, "completed"), "its one run is not made twice");
        assert_eq!(runs(&board).await, [run(1, "manual", "finished")]);

        let board = scheduled(&desk, with(daily(5), "at", json!("2026-03-03T12:00"))).await;
        board.act("start").await;
        board.watch(minutes(10), minutes(5)).await;
        assert_eq!((stage.requests().len(), board.status().await.as_str()), (10, "scheduled"), "others still come");
        let stopped = board.act("stop").await;
        assert_eq!((&stopped["status"], &stopped["ended_by"]), (&json!("completed"), &json!("stopped")));
        board.watch(hours(48), hours(4)).await;
        assert_eq!(stage.requests().len(), 10);
        stage.assert_ledgers_agree().await;
    }

    async fn a_schedule_in_the_past_or_without_people_is_refused_with_every_cause(stage: Stage) {
        let desk = Desk::at(&stage).await;
        let board = desk.draft(json!({ "schedule": once("2026-03-02T09:59") })).await;
        board.post("schedule", json!({})).await.expect_invalid(&["recipients", "schedule.at"]);
        let board = desk.draft(json!({})).await;
        board.post("schedule", json!({})).await.expect_invalid(&["recipients", "schedule.kind"]);
        assert_eq!(board.status().await, "draft");
    }
}

/// Two nodes wake at the same instant: one of them makes the run.
#[tokio::test]
async fn an_occurrence_has_one_run_on_two_nodes() {
    let stage = Stage::on(Engine::Postgres).await;
    let desk = five(&stage).await;
    let clock = Arc::new(stage.world.clock.clone());
    let second = app::build(stage.world.app.config.clone(), clock, Chance::seeded(2)).expect("a second node");
    let _running = second.engine.run();
    let boards = [scheduled(&desk, daily(3)).await, scheduled(&desk, daily(3)).await, scheduled(&desk, daily(3)).await];
    second.engine.look_at_schedules();
    boards[0].watch(hours(51), hours(1)).await;
    for board in boards {
        let all = [
            run(1, "2026-03-02T12:00", "finished"),
            run(2, "2026-03-03T12:00", "finished"),
            run(3, "2026-03-04T12:00", "finished"),
        ];
        assert_eq!((runs(&board).await, board.status().await.as_str()), (all.to_vec(), "completed"));
    }
    assert_eq!(stage.requests().len(), 3 * 3 * 5);
    stage.assert_ledgers_agree().await;
}
