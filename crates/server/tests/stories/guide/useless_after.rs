//! Useless after: whoever is not called by an instant is not called any more, and the campaign ends by itself.
//!
//! Stories begin on Monday, 2 March 2026, at ten in the morning in New York, three in the afternoon in UTC.

use carillon_simulator::{Behavior, Mix};
use serde_json::json;

use super::{Desk, instant, text};
use crate::support::{hours, minutes, number, numbers};

on_both_stages! {
    async fn nobody_is_called_after_the_instant_and_the_campaign_completes(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(40)).await;
        stage.carrier.set_mix(Mix::all_human(20.0, 3.0));
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let slow = json!({ "max_concurrent_calls": 1, "calls_per_second": null });
        let retry = json!({ "max_attempts": 2, "delays_s": [3_600], "on": ["busy"] });
        let board = desk.started(json!({ "limits": slow, "retry": retry, "useless_after": "2026-03-02T15:05:00Z" })).await;
        assert_eq!(board.campaign().await["useless_after"], "2026-03-02T15:05:00Z");
        board.watch(minutes(4), minutes(1)).await;
        let why = board.get("explain").await;
        let blockers = why["blockers"].as_array().expect("blockers");
        let useless = blockers.iter().find(|one| one["kind"] == "useless_after").expect("it is said");
        assert_eq!(useless["until"], "2026-03-02T15:05:00Z", "{why}");
        board.watch(minutes(3), minutes(1)).await;
        assert_eq!(board.status().await, "completed");
        let calls = board.calls().await;
        assert!(!calls.is_empty() && calls.iter().all(|call| instant(&call["placed_at"]) < "2026-03-02T15:05:00Z".parse().expect("an instant")));
        let [total, completed, suppressed] = board.figures(["total", "completed", "suppressed"]).await;
        assert_eq!((total, completed + suppressed), (40, 40));
        let waiting = board.recipients("state=suppressed").await;
        assert!(waiting.len() > 10 && waiting.iter().all(|one| one["reason"] == "expired"), "{waiting:?}");
        let busy = board.recipient(&number(0)).await;
        assert_eq!((&busy["state"], &busy["reason"]), (&json!("suppressed"), &json!("expired")), "its retry would come too late");
        let placed = stage.requests().len();
        board.watch(hours(3), hours(1)).await;
        assert_eq!(stage.requests().len(), placed);
        stage.assert_ledgers_agree().await;
    }

    async fn a_paused_campaign_expires_too_and_whoever_waits_for_a_retry(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let asleep = json!({ "timezone": "America/New_York", "days": ["mon"], "start": "10:00", "end": "10:01" });
        let retry = json!({ "max_attempts": 3, "delays_s": [900], "on": ["busy"] });
        let board = desk.started(json!({ "retry": retry, "useless_after": "2026-03-02T15:25:00Z" })).await;
        board.watch(minutes(5), minutes(1)).await;
        assert_eq!(board.figures(["completed", "retrying"]).await, [2, 1]);
        board.act("pause").await;
        board.watch(minutes(25), minutes(5)).await;
        assert_eq!(board.figures(["completed", "retrying", "suppressed"]).await, [2, 0, 1]);
        assert_eq!(board.status().await, "paused");
        board.act("resume").await;
        board.watch(minutes(1), minutes(1)).await;
        assert_eq!((board.status().await.as_str(), stage.requests().len()), ("completed", 3));
        let draft = desk.draft(json!({ "name": "Too late", "calling_hours": asleep, "useless_after": "2026-03-02T15:25:00Z" })).await;
        draft.post("start", json!({})).await.expect_invalid(&["useless_after"]);
        let version = draft.campaign().await["version"].clone();
        let edit = |value: serde_json::Value| json!({ "version": version, "useless_after": value });
        draft.client.patch(&draft.path, edit(json!("tomorrow"))).await.expect_invalid(&["useless_after"]);
        draft.client.patch(&draft.path, edit(json!(null))).await.expect(200);
        draft.act("start").await;
        let version = draft.campaign().await["version"].clone();
        let late = json!({ "version": version, "useless_after": "2026-03-03T15:25:00Z" });
        draft.client.patch(&draft.path, late).await.expect_problem(409, "state-conflict");
        assert_eq!(text(&draft.campaign().await["status"]), "active");
    }
}
