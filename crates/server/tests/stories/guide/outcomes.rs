//! The guide's «Handle call outcome from webhook»: what is heard of a call, and what it leads to.
//!
//! The guide's own sample counts a repeated callback twice, trips over an early one, retries what it knows nothing
//! about and believes whoever knocks; here is what it means to promise. Every fault of a carrier is told in `faults`,
//! every forged callback in `voice_doors`.

use std::collections::BTreeMap;
use std::time::Duration;

use carillon_simulator::{Behavior, Chance, FaultPlan, Mix};
use serde_json::{Value, json};

use super::{Desk, asked_for, machine, outcomes_of};
use crate::support::{hours, minutes, number, numbers, seconds};

fn faults(change: impl FnOnce(&mut FaultPlan)) -> FaultPlan {
    let mut plan = FaultPlan::default();
    change(&mut plan);
    plan
}

on_both_stages! {
    /// Log the call attempt: it is seen while it rings, with its number and the carrier's id, and has its end later.
    async fn every_call_is_logged_from_its_first_ring(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_mix(Mix::all_human(10.0, 5.0));
        let board = desk.started(json!({})).await;
        stage.world.run_for(seconds(5)).await;
        let ringing = board.calls().await.remove(0);
        let sid = stage.carrier.ledger().calls()[0].sid.clone();
        assert_eq!((&ringing["state"], &ringing["outcome"]), (&json!("ringing"), &Value::Null));
        assert_eq!((&ringing["number"], &ringing["call_sid"]), (&json!(1), &json!(sid)));
        stage.world.run_for(minutes(1)).await;
        let ended = board.calls().await.remove(0);
        assert_eq!(
            (&ended["id"], &ended["state"], &ended["outcome"]),
            (&ringing["id"], &json!("ended"), &json!("answered"))
        );
        assert!(ended["duration_s"].is_i64() && ended["ended_at"].is_string(), "{ended}");
    }

    /// Voicemail: completed when the message was left, failed when there was none to leave; never counted as answered.
    async fn a_machine_counts_as_reached_only_if_the_message_was_left(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![machine()]);
        for (mode, figures, rate) in [("leave_message", [1, 0], 100.0), ("hang_up", [0, 1], 0.0)] {
            let board = desk.started(json!({ "answering_machine": mode })).await;
            board.watch(minutes(3), minutes(1)).await;
            assert_eq!(
                (board.status().await.as_str(), board.figures(["completed", "failed"]).await),
                ("completed", figures)
            );
            let progress = board.progress().await;
            assert_eq!(outcomes_of(&progress), BTreeMap::from([("voicemail", 1)]));
            assert_eq!(progress["success_rate"], json!(rate), "{mode}");
        }
    }

    /// Opt-out in the call flow: whoever presses the key was reached, is listed, and is called by nobody any more.
    async fn whoever_presses_the_key_is_completed_and_never_called_again(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(2)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 60.0));
        let (rings_for, talks_for) = (Duration::from_secs(3), Duration::from_secs(60));
        let presses = vec![(Duration::from_secs(2), '9')];
        stage.carrier.set_behavior(&number(0), vec![Behavior::Human { rings_for, talks_for, presses }]);
        let board = desk.started(json!({ "opt_out": {"enabled": true, "digit": "9"} })).await;
        board.watch(minutes(2), seconds(30)).await;
        let progress = board.progress().await;
        assert_eq!(outcomes_of(&progress), BTreeMap::from([("answered", 1), ("opted_out", 1)]));
        assert_eq!((&progress["completed"], &progress["success_rate"]), (&json!(2), &json!(100.0)));
        let list = desk.manager.get("/api/v1/do-not-call").await.expect(200);
        assert_eq!((&list["items"][0]["phone"], &list["items"][0]["source"]), (&json!(number(0)), &json!("key_press")));
        let next = desk.started(json!({})).await;
        next.watch(minutes(2), seconds(30)).await;
        assert_eq!(next.figures(["completed", "suppressed"]).await, [1, 1]);
        assert_eq!((asked_for(&stage, &number(0)), asked_for(&stage, &number(1))), (1, 2));
    }

    /// Webhook: an outcome that is told twice, or before the carrier has answered us, counts once.
    async fn an_outcome_that_is_told_early_and_twice_counts_once(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(4)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy, Behavior::human(3, 5)]);
        stage.carrier.set_faults(faults(|plan| {
            (plan.callback.early, plan.callback.twice) = (Chance::always(), Chance::always());
        }));
        let board = desk.started(json!({})).await;
        board.watch(hours(2), minutes(10)).await;
        assert_eq!(board.figures(["called", "completed", "attempts"]).await, [4, 4, 8]);
        let outcomes = board.progress().await["outcomes"].clone();
        assert_eq!((&outcomes["busy"], &outcomes["answered"]), (&json!(4), &json!(4)));
        stage.assert_ledgers_agree().await;
    }

    /// Webhook: an outcome that is never told is asked for.
    async fn an_outcome_that_is_never_told_is_asked_for(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(4)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        stage.carrier.set_faults(faults(|plan| plan.callback.lost = Chance::always()));
        let board = desk.started(json!({ "retry": {"max_attempts": 1, "delays_s": [3_600], "on": ["busy"]} })).await;
        board.watch(hours(1), minutes(10)).await;
        assert_eq!((board.status().await.as_str(), board.figures(["failed", "attempts"]).await), ("completed", [4, 4]));
        assert_eq!(board.progress().await["outcomes"]["busy"], 4);
    }

    /// Webhook: only the carrier is believed; whoever else says that a call is over is refused.
    async fn an_outcome_that_the_carrier_did_not_sign_is_refused(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_mix(Mix::all_human(20.0, 5.0));
        let board = desk.started(json!({})).await;
        stage.world.run_for(seconds(5)).await;
        let url = stage.requests()[0].param("StatusCallback").expect("an address").to_owned();
        let path = url.trim_start_matches(&stage.world.base).to_owned();
        let stranger = stage.world.nobody().with("content-type", "application/x-www-form-urlencoded");
        let sid = stage.carrier.ledger().calls()[0].sid.clone();
        let body = format!("CallSid={sid}&CallStatus=busy");
        for client in [stranger.clone(), stranger.with("x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")] {
            assert_eq!(client.send(reqwest::Method::POST, &path, Some(body.clone())).await.status, 403);
        }
        stage.world.run_for(seconds(2)).await;
        assert_eq!(board.figures(["dialing", "retrying"]).await, [1, 0]);
        stage.world.run_for(minutes(1)).await;
        assert_eq!(board.recipient(&number(0)).await["outcome"], "answered");
    }

    /// An error of the carrier's is not taken for a failed call: the phone may have rung, so nobody is dialed again.
    async fn a_call_of_which_nothing_is_known_is_not_dialed_again(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        stage.carrier.set_faults(faults(|plan| plan.create.server_error = Chance::always()));
        let board = desk
            .started(json!({ "retry": {"max_attempts": 5, "delays_s": [900], "on": ["failed", "no_answer", "busy"]} }))
            .await;
        board.watch(hours(6), minutes(30)).await;
        assert_eq!(stage.requests().len(), 3);
        for one in board.recipients("").await {
            assert_eq!(
                (&one["state"], &one["reason"], &one["outcome"]),
                (&json!("failed"), &json!("not_known"), &json!("unknown"))
            );
        }
        assert_eq!(board.status().await, "completed");
    }

    /// Respect the carrier's rate limits: a call refused as one too many was no attempt and is made later.
    async fn a_call_that_is_one_too_many_for_the_carrier_is_made_later(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(6)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        stage.carrier.set_faults(faults(|plan| plan.create.too_many_requests = Chance::next(3)));
        let board = desk.started(json!({ "retry": {"max_attempts": 1, "delays_s": [3_600], "on": []} })).await;
        board.watch(minutes(5), seconds(30)).await;
        assert_eq!(
            (board.status().await.as_str(), board.figures(["completed", "attempts"]).await),
            ("completed", [6, 6])
        );
        assert_eq!(stage.requests().len(), 9);
    }
}
