//! The server is down when a run is due, and up again later: late within the grace, missed after it; and what another
//! version of the zone data changes.
//!
//! Stories begin on Monday, 2 March 2026, at ten in the morning in New York. What the program decides in the middle of
//! which it dies is the business of the torture loops.

use carillon::store::{Lane, StoreError, campaigns as rows};
use carillon_domain::schedule::Schedule;
use carillon_domain::time_zones::TimeZoneName;
use carillon_simulator::Mix;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Board, Desk, items, text};
use crate::support::{Client, Stage, hours, minutes, number, numbers};

/// A manager and the campaign, without the stage, which goes down.
struct Kept {
    manager: Client,
    path: String,
}

impl Kept {
    fn board<'s>(&self, stage: &'s Stage) -> Board<'s> {
        Board { stage, client: self.manager.anew(), path: self.path.clone() }
    }

    fn campaign(&self) -> Uuid {
        self.path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id")
    }
}

/// Three people are called each day at this time in New York, on two days.
async fn scheduled(stage: &Stage, at: &str) -> Kept {
    scheduled_to_say(stage, at, "Hello {{name}}").await
}

async fn scheduled_to_say(stage: &Stage, at: &str, text: &str) -> Kept {
    stage.carrier.set_mix(Mix::all_human(2.0, 600.0));
    let desk = Desk::at(stage).await;
    desk.people(&numbers(3)).await;
    let schedule = json!({
        "kind": "recurring", "at": at, "timezone": "America/New_York", "every": {"unit": "day", "interval": 1},
        "until": {"kind": "occurrences", "count": 2}, "contacts": "same",
    });
    let message = json!({ "kind": "tts", "text": text });
    let board = desk.draft(json!({ "schedule": schedule, "message": message })).await;
    assert_eq!(board.act("schedule").await["status"], "scheduled");
    Kept { manager: desk.manager.clone(), path: board.path }
}

/// The kinds of the log's lines since the scheduling, oldest first.
async fn log(board: &Board<'_>) -> Vec<String> {
    let kinds: Vec<String> = items(&board.get("log").await).iter().rev().map(|line| text(&line["kind"])).collect();
    kinds.into_iter().skip_while(|kind| kind != "scheduled").collect()
}

/// Occurrence and beginning of each run that has begun, the first at the front.
async fn begun(board: &Board<'_>) -> Vec<[String; 2]> {
    let runs = items(&board.get("runs").await);
    let begun = runs.iter().rev().filter(|run| run["started_at"] != Value::Null);
    begun.map(|run| [text(&run["occurrence"]), text(&run["started_at"])]).collect()
}

fn run(occurrence: &str, started_at: &str) -> [String; 2] {
    [occurrence.to_owned(), started_at.to_owned()]
}

/// Other rules of the zone, as a new version of the zone data brings them: clocks in it now show what they show in this one.
async fn zone_has_rules_of(stage: &Stage, campaign: Uuid, zone: &str) {
    let zone = TimeZoneName::parse(zone).expect("a zone");
    let now = stage.world.clock_now();
    let changed = stage.world.app.store.write(Lane::Pages, move |tx| {
        let mut campaign = rows::lock(tx, campaign)?.expect("the campaign");
        let Schedule::Recurring(recurring) = &mut campaign.settings.schedule else { panic!("it recurs") };
        recurring.timezone = zone.clone();
        rows::save(tx, &mut campaign, now)
    });
    changed.await.map_err(|e: StoreError| e).expect("a write");
}

on_both_stages! {
    async fn edge_case_17_a_run_whose_time_passed_while_the_server_was_down_is_missed_and_calls_nobody(stage: Stage) {
        let mut stage = stage;
        let kept = scheduled(&stage, "2026-03-02T20:10").await;
        stage.world.run_for(hours(10)).await;
        stage.world.down_for(minutes(130)).await;
        stage.world.run_for(minutes(5)).await;
        let board = kept.board(&stage);
        assert_eq!((log(&board).await, stage.requests().len()), (vec!["scheduled".to_owned(), "missed".to_owned()], 0));
        assert_eq!((board.status().await.as_str(), begun(&board).await), ("scheduled", vec![]));
        let next = json!({"at": "2026-03-04T01:10:00Z", "local": "2026-03-03T20:10"});
        assert_eq!(board.get("occurrences?limit=1").await["items"], json!([next]));
        board.watch(hours(24), hours(1)).await;
        assert_eq!(stage.requests().len(), 3, "the next evening everybody is called");
        assert_eq!(begun(&board).await, [run("2026-03-03T20:10", "2026-03-04T01:10:00Z")]);
        stage.assert_ledgers_agree().await;
    }

    async fn a_run_whose_grace_is_not_over_begins_when_the_server_is_up_again(stage: Stage) {
        let mut stage = stage;
        let kept = scheduled(&stage, "2026-03-02T19:10").await;
        stage.world.run_for(hours(9)).await;
        stage.world.down_for(minutes(40)).await;
        stage.world.run_for(minutes(5)).await;
        let board = kept.board(&stage);
        assert_eq!(begun(&board).await, [run("2026-03-02T19:10", "2026-03-03T00:40:00Z")]);
        assert_eq!((log(&board).await, stage.requests().len()), (["scheduled", "started", "run_done"].map(str::to_owned).to_vec(), 3));
        stage.world.down_for(minutes(10)).await;
        stage.world.run_for(hours(1)).await;
        assert_eq!(begun(&kept.board(&stage)).await.len(), 1, "once, however often it is asked");
        assert_eq!(stage.requests().len(), 3);
    }

    async fn a_run_that_the_server_left_in_the_middle_goes_on_and_calls_everybody_once(stage: Stage) {
        let mut stage = stage;
        // Each hears it for more than a minute.
        let kept = scheduled_to_say(&stage, "2026-03-02T12:00", &"word ".repeat(200)).await;
        stage.settings(|settings| settings.max_concurrent_calls = 1).await;
        stage.world.run_for(minutes(121)).await;
        assert_eq!(stage.requests().len(), 1, "one talks, two wait");
        stage.world.down_for(minutes(20)).await;
        stage.world.run_for(hours(2)).await;
        let board = kept.board(&stage);
        assert_eq!(begun(&board).await, [run("2026-03-02T12:00", "2026-03-02T17:00:00Z")]);
        let mut called: Vec<String> = stage.requests().into_iter().map(|request| request.to).collect();
        called.sort();
        assert_eq!(called, [number(0), number(1), number(2)]);
        assert_eq!(board.status().await, "scheduled");
        stage.assert_ledgers_agree().await;
    }

    async fn edge_case_18_new_rules_of_a_zone_move_the_runs_to_come_and_leave_what_was_decided(stage: Stage) {
        let mut stage = stage;
        let kept = scheduled(&stage, "2026-03-02T12:00").await;
        stage.world.run_for(minutes(150)).await;
        let before = begun(&kept.board(&stage)).await;
        assert_eq!(before, [run("2026-03-02T12:00", "2026-03-02T17:00:00Z")]);
        let decided = kept.board(&stage).get("log").await;
        zone_has_rules_of(&stage, kept.campaign(), "America/Chicago").await;
        stage.world.down_for(minutes(10)).await;
        let board = kept.board(&stage);
        stage.world.run_for(minutes(1)).await;
        let next = json!({"at": "2026-03-03T18:00:00Z", "local": "2026-03-03T12:00"});
        assert_eq!(board.get("occurrences?limit=1").await["items"], json!([next]), "noon is an hour later now");
        assert_eq!((begun(&board).await, board.get("log").await), (before.clone(), decided));
        board.watch(hours(25), hours(1)).await;
        let after = [before[0].clone(), run("2026-03-03T12:00", "2026-03-03T18:00:00Z")];
        assert_eq!(begun(&board).await, after, "noon of Monday, which by the new rules was still to come, is not run twice");
        assert_eq!(stage.requests().len(), 6);
        stage.assert_ledgers_agree().await;
    }
}
