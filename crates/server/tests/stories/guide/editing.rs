//! The guide's «Edit Campaign (Limited)»: what may still be changed once a campaign is started, and what instead.
//!
//! Every member and its bounds are told in `campaigns::fields`, every status in `campaigns::lifecycle`. What the
//! actions do to calls is told in [`super::managing`].

use carillon_simulator::Behavior;
use serde_json::{Value, json};

use super::managing::under_way;
use super::{Board, Desk, asked_for, path_of, text};
use crate::support::{CALLER_ID, hours, minutes, number};

on_both_stages! {
    /// Instead, create a new one: a copy is a draft that can be changed and calls everybody from the beginning.
    async fn to_change_its_settings_a_campaign_is_stopped_and_begun_anew_as_a_copy(stage: Stage) {
        let (desk, board) = under_way(&stage).await;
        board.act("stop").await;
        stage.world.run_for(minutes(10)).await;
        let figures = board.progress().await["outcomes"].clone();
        let copy = board.post("duplicate", json!({})).await.expect(201);
        assert_eq!((&copy["status"], &copy["started_at"]), (&json!("draft"), &Value::Null));
        let copy = Board { stage: &stage, client: desk.manager.clone(), path: path_of(&copy) };
        let settings = json!({ "version": 1, "ring_timeout_s": 25, "message": {"kind": "tts", "text": "Anew"} });
        desk.manager.patch(&copy.path, settings).await.expect(200);
        let before = stage.requests().len();
        copy.act("start").await;
        copy.watch(minutes(5), minutes(1)).await;
        assert_eq!((copy.status().await.as_str(), copy.figures(["total", "completed"]).await), ("completed", [20, 20]));
        assert!(stage.requests()[before..].iter().all(|request| request.param("Timeout") == Some("25")));
        assert_eq!(board.progress().await["outcomes"], figures, "the stopped one keeps its figures");
    }

    /// Edit: name and description while active and while paused, and the dialing goes on undisturbed.
    async fn name_and_description_can_be_edited_while_it_runs(stage: Stage) {
        let (desk, board) = under_way(&stage).await;
        for (name, action) in [("While active", "pause"), ("While paused", "resume")] {
            let words =
                json!({ "version": board.campaign().await["version"], "name": name, "description": "Better words" });
            let edited = desk.manager.patch(&board.path, words).await.expect(200);
            assert_eq!((&edited["name"], &edited["description"]), (&json!(name), &json!("Better words")));
            board.act(action).await;
        }
        board.watch(minutes(5), minutes(1)).await;
        assert_eq!((board.status().await.as_str(), stage.requests().len()), ("completed", 20));
    }

    /// Contacts and call settings cannot be edited once started: each of them is refused, and nothing is changed.
    async fn contacts_and_call_settings_cannot_be_edited_once_it_is_started(stage: Stage) {
        let (desk, board) = under_way(&stage).await;
        let hours = json!({ "timezone": "America/New_York", "days": ["sun"], "start": "09:00", "end": "10:00" });
        for action in ["pause", "resume", "stop"] {
            let before = board.campaign().await;
            for (member, value) in [
                ("message", json!({ "kind": "tts", "text": "Something else" })),
                ("purpose", json!("survey")),
                ("ring_timeout_s", json!(20)),
                ("retry", json!({ "max_attempts": 1, "delays_s": [3_600], "on": [] })),
                ("answering_machine", json!("hang_up")),
                ("opt_out", json!({ "enabled": true, "digit": "9" })),
                ("caller_ids", json!([CALLER_ID])),
                ("calling_hours", hours.clone()),
                ("recipient_hours", json!({ "enabled": true, "start": "10:00", "end": "20:00" })),
            ] {
                let edit = json!({ "version": before["version"], member: value });
                let refused = desk.manager.patch(&board.path, edit).await.expect_problem(409, "state-conflict");
                assert_eq!(refused["state"], before["status"], "{member}");
            }
            board.post("recipients", json!({ "filter": {"all": true} })).await.expect_problem(409, "state-conflict");
            assert_eq!(board.campaign().await, before);
            board.act(action).await;
        }
        assert_eq!(board.figures(["total"]).await, [20]);
    }

    /// Contacts cannot be edited once started: a change in the contact book does not reach who is being called.
    async fn a_contact_that_is_changed_meanwhile_is_called_as_it_was(stage: Stage) {
        let desk = Desk::at(&stage).await;
        let new = json!({ "name": "Ann", "phone": number(0) });
        let ann = desk.manager.post("/api/v1/contacts", new).await.expect(201);
        let path = format!("/api/v1/contacts/{}", text(&ann["id"]));
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy, Behavior::human(3, 60)]);
        let board = desk.started(json!({})).await;
        stage.world.run_for(minutes(1)).await;
        let change = json!({ "version": ann["version"], "name": "Bob", "phone": number(1) });
        desk.manager.patch(&path, change).await.expect(200);
        desk.manager.delete(&path).await.expect_problem(409, "state-conflict");
        board.watch(hours(2), minutes(30)).await;
        assert_eq!((asked_for(&stage, &number(0)), asked_for(&stage, &number(1))), (2, 0));
        assert_eq!(stage.carrier.ledger().calls()[1].heard, ["Hello Ann"]);
        desk.manager.delete(&path).await.expect(204);
        assert_eq!(board.recipient(&number(0)).await["name"], "Ann", "its calls stay");
    }
}
