//! The guide's limits: calls at once, calls a second, campaigns at once, and one call for a number at a time.
//!
//! They are set as an administrator or manager sets them and held against what the carrier saw. To the millisecond,
//! and with several campaigns that compete, they are told in the `limits` beside this folder.

use std::collections::BTreeSet;

use carillon_simulator::Mix;
use serde_json::json;

use super::{Desk, items, ten, text};
use crate::support::{minutes, numbers, seconds};

on_both_stages! {
    /// Max Concurrent Calls: the organization's over all campaigns, and the campaign's own within it.
    async fn calls_at_once_keep_the_organizations_limit_and_the_campaigns(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.settings(json!({ "calls_per_second": 20.0, "max_concurrent_calls": 5 })).await;
        desk.people(&numbers(20)).await;
        stage.carrier.set_mix(Mix::all_human(5.0, 10.0));
        let narrow =
            desk.draft_for(ten(0), json!({ "limits": {"max_concurrent_calls": 2, "calls_per_second": null} })).await;
        let wide = desk.draft_for(ten(1), json!({})).await;
        let of_narrow: BTreeSet<String> = narrow.recipients("").await.iter().map(|one| text(&one["phone"])).collect();
        narrow.act("start").await;
        wide.act("start").await;
        stage.world.run_for(seconds(5)).await;
        let explained = narrow.get("explain").await;
        assert!(
            items(&json!({ "items": explained["blockers"] }))
                .iter()
                .any(|one| one["kind"] == "campaign_concurrent_calls"),
            "{explained}"
        );
        narrow.watch(minutes(5), seconds(20)).await;
        assert_eq!([narrow.status().await, wide.status().await], ["completed", "completed"]);
        assert_eq!((stage.most_at_once(|_| true), stage.most_at_once(|call| of_narrow.contains(&call.to))), (5, 2));
    }

    /// Calls a second: one by default, so many as an administrator allows, and no more than the campaign wants.
    async fn calls_a_second_keep_the_organizations_limit_and_the_campaigns(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(20)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let own = json!({ "limits": {"max_concurrent_calls": null, "calls_per_second": 0.5} });
        for (allowed, members, rate) in [(1.0, json!({}), 1.0), (5.0, json!({}), 5.0), (5.0, own, 0.5)] {
            desk.settings(json!({ "calls_per_second": allowed, "attempts_per_number_per_day": null })).await;
            let before = stage.requests().len();
            let board = desk.started(members).await;
            board.watch(minutes(2), seconds(20)).await;
            assert_eq!(board.status().await, "completed");
            let at: Vec<_> = stage.requests()[before..].iter().map(|request| request.received_at).collect();
            let took = at[19].duration_since(at[0]).as_secs_f64();
            // The rate and one call more at once is what is promised of every stretch of time.
            assert!((18.0 / rate..20.0 / rate).contains(&took), "20 calls in {took} s at {rate} calls a second");
        }
    }

    /// Max Concurrent Campaigns, 10 by default: the eleventh is refused until another one is over.
    async fn the_eleventh_campaign_waits_until_another_is_over(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        let sundays = json!({ "timezone": "America/New_York", "days": ["sun"], "start": "09:00", "end": "10:00" });
        let mut boards = Vec::new();
        for _ in 0..10 {
            boards.push(desk.started(json!({ "calling_hours": sundays })).await);
        }
        let eleventh = desk.draft(json!({ "calling_hours": sundays })).await;
        let refused = eleventh.post("start", json!({})).await.expect_problem(409, "limit-reached");
        assert_eq!((&refused["limit"], &refused["in_use"]), (&json!(10), &json!(10)));
        assert_eq!(eleventh.status().await, "draft");
        boards[0].act("stop").await;
        assert_eq!(eleventh.act("start").await["status"], "active");
    }

    /// Two campaigns that share their contacts never call one number at the same time, and both call it.
    async fn one_number_has_one_call_at_a_time(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.settings(json!({ "calls_per_second": 10.0 })).await;
        desk.people(&numbers(5)).await;
        stage.carrier.set_mix(Mix::all_human(10.0, 20.0));
        let (first, second) = (desk.started(json!({})).await, desk.started(json!({})).await);
        first.watch(minutes(5), seconds(15)).await;
        for board in [&first, &second] {
            assert_eq!(
                (board.status().await.as_str(), board.figures(["completed", "attempts"]).await),
                ("completed", [5, 5])
            );
        }
        stage.assert_nobody_called_twice();
    }
}
