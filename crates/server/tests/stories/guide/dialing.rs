//! The guide's «Campaign Dialing Logic»: who is dialed, when, and with what.
//!
//! The guide's own sample calls its first hundred contacts again every minute and asks nobody's hours or do-not-call
//! list; here is what it means to promise. What comes of a call is told in [`super::outcomes`], how many are made at
//! once in [`super::limits`].

use std::collections::BTreeSet;

use carillon_simulator::{Behavior, Mix};
use serde_json::json;

use super::{Desk, asked_for, instant, ten, text};
use crate::support::{CALLER_ID, Stage, hours, minutes, number, numbers, seconds};

/// A second number of the account.
const SECOND_CALLER_ID: &str = "+12025550101";

/// Everybody that the carrier was asked to call, in order.
fn dialed(stage: &Stage) -> Vec<String> {
    stage.requests().into_iter().map(|request| request.to).collect()
}

on_both_stages! {
    /// Process active campaigns: a draft, a paused and a completed one dial nobody.
    async fn only_active_campaigns_are_dialed(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(40)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let draft = desk.draft_for(ten(0), json!({})).await;
        for (tens, action) in [(1, "pause"), (2, "stop")] {
            let board = desk.draft_for(ten(tens), json!({})).await;
            board.act("start").await;
            board.act(action).await;
        }
        let before = dialed(&stage).len();
        assert!(before < 10, "the two have hardly begun");
        let active = desk.draft_for(ten(3), json!({})).await;
        active.act("start").await;
        stage.world.run_for(hours(1)).await;
        let after: BTreeSet<String> = dialed(&stage).split_off(before).into_iter().collect();
        assert_eq!(after, (30..40).map(number).collect());
        assert_eq!((draft.status().await.as_str(), active.status().await.as_str()), ("draft", "completed"));
    }

    /// Campaign begins dialing within 1 minute: here within a second of the start.
    async fn a_started_campaign_dials_at_once(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.world.run_for(seconds(17)).await;
        let board = desk.started(json!({})).await;
        let started_at = instant(&board.campaign().await["started_at"]);
        stage.world.run_for(minutes(1)).await;
        let waited = stage.requests()[0].received_at.duration_since(started_at);
        assert!(waited < seconds(1), "{waited}");
    }

    /// A start that is asked for twice at once is one start: everybody is called once.
    async fn a_double_click_on_start_calls_nobody_twice(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(5)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.draft(json!({})).await;
        let (first, second) = tokio::join!(board.post("start", json!({})), board.post("start", json!({})));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        board.watch(minutes(1), seconds(20)).await;
        assert_eq!((dialed(&stage).len(), board.figures(["completed", "attempts"]).await), (5, [5, 5]));
    }

    /// Contacts not yet called or ready for retry: everybody once, however long the list and however often it is read.
    async fn everybody_on_a_long_list_is_called_once(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.settings(json!({ "calls_per_second": 20.0 })).await;
        desk.people(&numbers(120)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.started(json!({})).await;
        board.watch(minutes(10), minutes(1)).await;
        assert_eq!(
            (board.status().await.as_str(), board.figures(["completed", "attempts"]).await),
            ("completed", [120, 120])
        );
        let (all, once): (Vec<String>, BTreeSet<String>) = (dialed(&stage), dialed(&stage).into_iter().collect());
        assert_eq!((all.len(), once), (120, numbers(120).into_iter().collect()));
    }

    /// Make the call: to the contact, from the campaign's number, with its text, its callbacks and its timeout.
    async fn a_call_is_made_as_the_campaign_says(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 60.0));
        let board = desk.started(json!({ "caller_ids": [CALLER_ID], "ring_timeout_s": 25 })).await;
        stage.world.run_for(minutes(2)).await;
        let request = &stage.requests()[0];
        assert_eq!(
            (request.to.as_str(), request.from.as_str(), request.param("Timeout")),
            (number(0).as_str(), CALLER_ID, Some("25"))
        );
        for (parameter, door) in
            [("Url", "/api/voice/campaign/initiate/"), ("StatusCallback", "/api/voice/campaign/status/")]
        {
            let expected = format!("{}{door}", stage.world.base);
            assert!(request.param(parameter).is_some_and(|url| url.starts_with(&expected)), "{:?}", request.params);
        }
        let asked: BTreeSet<&str> = request
            .params
            .iter()
            .filter(|(name, _)| name == "StatusCallbackEvent")
            .flat_map(|(_, events)| events.split(' '))
            .collect();
        assert_eq!(asked, BTreeSet::from(["initiated", "ringing", "answered", "completed"]), "the carrier's own words");
        assert_eq!(stage.carrier.ledger().calls()[0].heard, ["Hello Person 0"]);
        assert!(stage.carrier.ledger().complaints().is_empty(), "the carrier understood all of it");
        assert_eq!(board.status().await, "completed");
    }

    /// Call Timeout, 30 seconds by default, before marking no-answer.
    async fn a_phone_rings_for_the_timeout_and_is_then_no_answer(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::NoAnswer]);
        for (index, (members, timeout)) in
            [(json!({}), 30), (json!({ "ring_timeout_s": 15 }), 15)].into_iter().enumerate()
        {
            let board = desk.started(members).await;
            stage.world.run_for(minutes(1)).await;
            assert_eq!(board.recipient(&number(0)).await["outcome"], "no_answer");
            let call = &stage.carrier.ledger().calls()[index];
            let rang = call.ended_at.expect("an end").duration_since(call.ringing_at.expect("a ring"));
            assert!((rang - seconds(timeout)).abs() <= seconds(5), "{rang}, not {timeout} s");
            assert_eq!(stage.requests()[index].param("Timeout"), Some(timeout.to_string().as_str()));
            board.act("stop").await;
        }
    }

    /// A contact's name is spoken, whatever it looks like: never markup, never another field.
    async fn a_name_that_looks_like_markup_is_spoken_as_it_is(stage: Stage) {
        let desk = Desk::at(&stage).await;
        let name = "Ann </Say><Hangup/> & {{phone}}";
        desk.manager.post("/api/v1/contacts", json!({ "name": name, "phone": number(0) })).await.expect(201);
        stage.carrier.set_mix(Mix::all_human(3.0, 60.0));
        desk.started(json!({})).await;
        stage.world.run_for(minutes(2)).await;
        assert_eq!(stage.carrier.ledger().calls()[0].heard, [format!("Hello {name}")]);
    }

    /// Check against DNC before dialing: a number listed while the campaign runs is not dialed any more.
    async fn a_number_listed_while_the_campaign_runs_is_not_dialed(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(10)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.started(json!({})).await;
        stage.world.run_for(seconds(2)).await;
        let waiting = text(&board.recipients("state=pending").await.last().expect("some wait")["phone"]);
        desk.manager
            .post("/api/v1/do-not-call", json!({ "phone": waiting, "reason": "asked for it" }))
            .await
            .expect(201);
        board.watch(minutes(2), seconds(20)).await;
        assert_eq!(asked_for(&stage, &waiting), 0);
        let recipient = board.recipient(&waiting).await;
        assert_eq!((&recipient["state"], &recipient["reason"]), (&json!("suppressed"), &json!("do_not_call")));
        assert_eq!(
            (board.status().await.as_str(), board.figures(["completed", "suppressed"]).await),
            ("completed", [9, 1])
        );
    }
}

on_both_stages! {
    prepared |setup| setup.now = "2026-03-03T03:00:00Z".to_owned();

    /// No calls outside 8am to 9pm where the recipient is: a campaign started at ten at night dials in the morning.
    async fn nobody_is_dialed_at_night(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(2)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.started(json!({})).await;
        stage.world.run_for(minutes(1)).await;
        let explained = board.get("explain").await;
        assert_eq!(
            (&explained["dialing"], &explained["blockers"][0]["kind"]),
            (&json!(false), &json!("recipient_hours"))
        );
        stage.world.run_for(hours(10) - minutes(1)).await;
        assert!(stage.requests().is_empty(), "it is eight, and not later");
        stage.world.run_for(minutes(3)).await;
        assert_eq!(board.figures(["completed"]).await, [2]);
    }
}

on_both_stages! {
    prepared |setup| setup.carrier.caller_ids = vec![CALLER_ID.to_owned(), SECOND_CALLER_ID.to_owned()];

    /// From the campaign's numbers: several are used in turn, and a retry comes from the number of the first call.
    async fn several_numbers_are_used_in_turn_and_a_retry_keeps_its_own(stage: Stage) {
        let desk = Desk::at(&stage).await;
        let (admin, numbers_of) = (&stage.world.admin, json!([CALLER_ID, SECOND_CALLER_ID]));
        let version = admin.get("/api/v1/carrier").await.expect(200)["version"].clone();
        admin.put("/api/v1/carrier", json!({ "version": version, "caller_ids": numbers_of })).await.expect(200);
        desk.people(&numbers(6)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        let retry = json!({ "max_attempts": 2, "delays_s": [900], "on": ["busy"] });
        let board = desk.started(json!({ "caller_ids": numbers_of, "retry": retry })).await;
        board.watch(minutes(30), minutes(10)).await;
        let mut first = Vec::new();
        for index in 0..6 {
            let history = board.recipient(&number(index)).await["history"].clone();
            assert_eq!(history[0]["from"], history[1]["from"], "{history}");
            first.push(text(&history[0]["from"]));
        }
        assert_eq!(first.iter().filter(|from| *from == CALLER_ID).count(), 3, "{first:?}");
    }
}
