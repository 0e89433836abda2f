//! The guide's «Monitoring Campaign Progress»: every figure, at moments that are known.
//!
//! What is done to the figures by faults and races is held against a recount of the ledger elsewhere; here they are
//! what a manager reads. What is left of them afterwards is told in [`super::results`].

use std::collections::BTreeMap;

use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use super::{Desk, instant, items, outcomes_of, seven_kinds, text};
use crate::support::{Events, hours, minutes, number, numbers, seconds};

const METRICS: [&str; 8] = ["total", "called", "completed", "failed", "remaining", "dialing", "retrying", "suppressed"];

on_both_stages! {
    /// Key Metrics: Total Contacts, Called, Completed, Failed and Remaining, before, during and after.
    async fn the_key_metrics_are_right_before_during_and_after(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        assert_eq!(board.figures(METRICS).await, [7, 0, 0, 0, 6, 0, 0, 1]);
        board.act("start").await;
        stage.world.run_for(minutes(2)).await;
        assert_eq!(board.figures(METRICS).await, [7, 6, 2, 1, 0, 0, 3, 1]);
        board.watch(hours(2), minutes(15)).await;
        assert_eq!(board.figures(METRICS).await, [7, 6, 2, 4, 0, 0, 0, 1]);
        assert_eq!((board.status().await.as_str(), board.figures(["attempts"]).await), ("completed", [9]));
    }

    /// Key Metrics while calls run: who rings or talks is neither remaining nor completed, and counts as called.
    async fn whoever_is_on_the_phone_is_called_and_not_yet_completed(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(10)).await;
        stage.carrier.set_mix(Mix::all_human(20.0, 5.0));
        let board = desk.started(json!({})).await;
        for _ in 0..30 {
            stage.world.run_for(seconds(1)).await;
            let [called, dialing, remaining, completed] =
                board.figures(["called", "dialing", "remaining", "completed"]).await;
            assert_eq!(called, stage.requests().len() as i64, "as many as the carrier was asked to call");
            // The next one is dialing as soon as it is chosen, and called when it is its turn.
            let chosen = dialing - stage.carrier.live_calls() as i64;
            assert_eq!((called + chosen + remaining, dialing + completed), (10, called + chosen));
            assert!((0..=2).contains(&chosen), "{chosen} chosen ahead");
        }
        assert_eq!(board.figures(["called", "completed"]).await.map(|figure| figure > 0), [true, true]);
    }

    /// Success Rate: (Completed / Called) × 100; there is none before the first call.
    async fn the_success_rate_is_completed_of_called_in_percent(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        assert_eq!(board.progress().await["success_rate"], Value::Null);
        board.act("start").await;
        stage.world.run_for(minutes(2)).await;
        assert_eq!(board.progress().await["success_rate"], json!(33.3), "two of six");
        stage.carrier.set_behavior(&number(2), vec![Behavior::human(3, 5)]);
        stage.world.run_for(hours(2)).await;
        assert_eq!(board.progress().await["success_rate"], json!(50.0), "a retry is no further contact called");
    }

    /// Call Outcome Breakdown: Answered, No Answer, Busy, Failed by the network, each call counted once.
    async fn the_outcome_breakdown_counts_every_call_once(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(minutes(2)).await;
        let first = BTreeMap::from([("answered", 2), ("no_answer", 1), ("busy", 1), ("failed", 1), ("voicemail", 1)]);
        assert_eq!(outcomes_of(&board.progress().await), first);
        stage.world.run_for(hours(2)).await;
        let both = BTreeMap::from([("answered", 2), ("no_answer", 2), ("busy", 2), ("failed", 2), ("voicemail", 1)]);
        assert_eq!(outcomes_of(&board.progress().await), both);
        for (outcome, calls) in both {
            let found = items(&board.get(&format!("attempts?outcome={outcome}")).await);
            assert_eq!(found.len() as i64, calls, "the calls behind the figure");
            assert!(found.iter().all(|call| call["outcome"] == outcome && call["ended_at"].is_string()), "{found:?}");
        }
    }

    /// Retrying (in retry queue): who waits, for which reason and until when; the panel says so, too.
    async fn the_retry_queue_shows_who_waits_and_until_when(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(minutes(2)).await;
        let waiting = board.recipients("state=retrying").await;
        let mut found: Vec<(String, String)> =
            waiting.iter().map(|one| (text(&one["phone"]), text(&one["outcome"]))).collect();
        found.sort();
        let expected = [(2, "no_answer"), (3, "busy"), (4, "failed")];
        assert_eq!(found, expected.map(|(index, outcome)| (number(index), outcome.to_owned())));
        let explained = board.get("explain").await;
        let blocker = &explained["blockers"][0];
        assert_eq!((&blocker["kind"], &blocker["recipients"]), (&json!("retry_wait"), &json!(3)), "{explained}");
        let soonest = waiting.iter().map(|one| instant(&one["due_at"])).min().expect("three");
        assert_eq!(instant(&blocker["until"]), soonest);
        stage.world.run_for(hours(1)).await;
        assert!(board.recipients("state=retrying").await.is_empty());
    }

    /// Real-time call counter: an open page is told of every change without asking, and ends on the final figures.
    async fn an_open_dashboard_is_told_the_figures_as_they_change(stage: Stage) {
        let (desk, board) = seven_kinds(&stage).await;
        let campaign = text(&board.campaign().await["id"]);
        let mut events = Events::open(&stage.world, &desk.manager.token(), &campaign).await;
        let first = events.until("progress", "called", json!(0)).await;
        assert_eq!(first["remaining"], 6);
        board.act("start").await;
        events.until("status", "status", json!("active")).await;
        stage.world.run_for(minutes(2)).await;
        let halfway = events.until("progress", "retrying", json!(3)).await;
        assert_eq!((&halfway["called"], &halfway["completed"]), (&json!(6), &json!(2)));
        stage.world.run_for(hours(2)).await;
        let last = events.until("progress", "failed", json!(4)).await;
        assert_eq!((&last["outcomes"], &last["success_rate"]), (&board.progress().await["outcomes"], &json!(33.3)));
        events.until("status", "status", json!("completed")).await;
    }

    /// Estimated time to completion, and a progress bar that reaches its end: none before, close while, none after.
    async fn the_estimated_end_is_close_to_the_end(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(180)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.draft(json!({})).await;
        assert_eq!(board.progress().await["estimated_end"], Value::Null);
        board.act("start").await;
        stage.world.run_for(minutes(1)).await;
        let progress = board.progress().await;
        assert!((59..=61).contains(&progress["calls_per_minute"].as_i64().expect("a pace")), "{progress}");
        let estimated_end = instant(&progress["estimated_end"]);
        board.act("pause").await;
        assert_eq!(board.progress().await["estimated_end"], Value::Null, "nobody can say when it is resumed");
        board.act("resume").await;
        board.watch(minutes(4), seconds(20)).await;
        let over = board.campaign().await;
        assert_eq!(over["status"], "completed");
        let missed_by = estimated_end.duration_since(instant(&over["finished_at"])).abs();
        assert!(missed_by <= seconds(60), "{missed_by} beside it");
        let [total, completed] = board.figures(["total", "completed"]).await;
        assert_eq!((completed, &board.progress().await["estimated_end"]), (total, &Value::Null));
    }

    /// Estimated time to completion counts the retries: it is never before the last of them falls due.
    async fn the_estimated_end_waits_for_the_retries(stage: Stage) {
        let (_, board) = seven_kinds(&stage).await;
        board.act("start").await;
        stage.world.run_for(minutes(5)).await;
        let estimated_end = instant(&board.progress().await["estimated_end"]);
        let due =
            board.recipients("state=retrying").await.iter().map(|one| instant(&one["due_at"])).max().expect("three");
        assert!(estimated_end >= due, "{estimated_end} is before {due}");
        stage.world.run_for(hours(2)).await;
        let missed_by = estimated_end.duration_since(instant(&board.campaign().await["finished_at"])).abs();
        assert!(missed_by <= minutes(2), "{missed_by} beside it");
    }

    /// Campaign stuck: a campaign that pauses itself says why, on its page and in its log.
    async fn a_campaign_that_stops_dialing_says_why(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(12)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Reject { code: 21_210, http_status: 400 }]);
        let board = desk.started(json!({})).await;
        board.watch(minutes(2), seconds(20)).await;
        let campaign = board.campaign().await;
        assert_eq!(campaign["status"], "paused");
        let reason = text(&campaign["status_reason"]);
        assert!(reason.contains("21210"), "{reason}");
        let explained = board.get("explain").await;
        assert_eq!((&explained["dialing"], &explained["blockers"][0]["message"]), (&json!(false), &json!(reason)));
        let log = items(&board.get("log").await);
        assert!(
            log.iter().any(|line| line["message"].as_str().is_some_and(|words| words.contains("21210"))),
            "{log:?}"
        );
        assert_eq!(board.figures(["called", "remaining"]).await, [0, 12], "nobody is lost");
    }

    /// Monitoring & Performance: the work in hand and the carrier's latency, calls placed and errors are among the
    /// program's figures.
    async fn the_programs_figures_tell_of_the_work_and_of_the_carrier(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(2)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Reject { code: 21_211, http_status: 400 }]);
        desk.started(json!({})).await;
        stage.world.run_for(minutes(1)).await;
        let figures = stage.world.nobody().get("/metrics").await.text;
        for name in [
            "carillon_active_campaigns",
            "carillon_calls_under_way",
            "carillon_recipients_waiting",
            "carillon_carrier_request_seconds",
            "carillon_calls_placed_total",
            "carillon_carrier_errors_total",
        ] {
            assert!(figures.lines().any(|line| line.starts_with(name)), "{name} in {figures}");
        }
    }
}
