//! The guide's «Managing Active Campaigns»: what each status means and what pause, resume and stop do.
//!
//! Every action in every state is a table in `campaigns::lifecycle`, every door and role one in `permissions`; the
//! instants at which a pause can hit a call are told in `stopping`; edits in [`super::editing`].

use carillon_domain::roles::Role;
use carillon_simulator::{Behavior, CallStatus, Chance, FaultPlan, Mix};
use serde_json::{Value, json};

use super::{Board, CAMPAIGNS, Desk, asked_for, instant};
use crate::support::{Stage, hours, minutes, number, numbers, seconds};

/// Twenty people, of whom the first few have been called: some talk, for more than a minute, and some are rung.
pub async fn under_way<'s>(stage: &'s Stage) -> (Desk<'s>, Board<'s>) {
    let desk = Desk::at(stage).await;
    desk.people(&numbers(20)).await;
    stage.carrier.set_behavior("+1212*", vec![Behavior::human(2, 600)]);
    let message = json!({ "kind": "tts", "text": "word ".repeat(200) });
    let board = desk.started(json!({ "message": message })).await;
    stage.world.run_for(seconds(5)).await;
    let (talking, called) = (in_status(stage, CallStatus::InProgress), stage.requests().len());
    assert!((1..called).contains(&talking) && called < 10, "{talking} of {called} talk");
    (desk, board)
}

/// How many of the carrier's calls stand so.
fn in_status(stage: &Stage, status: CallStatus) -> usize {
    stage.carrier.ledger().calls().iter().filter(|call| call.status == status).count()
}

on_both_stages! {
    /// Draft, Active, Paused, Completed: the status is what the campaign does, and it is found under it.
    async fn a_campaign_is_found_under_what_it_does(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let board = desk.draft(json!({ "name": "Q4" })).await;
        let only_under = async |status: &str| {
            for other in ["draft", "scheduled", "active", "paused", "completed", "failed"] {
                let expected: &[&str] = if other == status { &["Q4"] } else { &[] };
                assert_eq!(desk.listed(other).await, expected, "{status}, listed as {other}");
            }
            assert_eq!(board.status().await, status);
        };
        only_under("draft").await;
        board.act("start").await;
        only_under("active").await;
        board.act("pause").await;
        only_under("paused").await;
        board.act("resume").await;
        only_under("active").await;
        stage.world.run_for(minutes(1)).await;
        only_under("completed").await;
    }

    /// Completed: all contacts processed, by itself, and not while one of them still waits for a retry.
    async fn a_campaign_completes_when_everybody_is_processed_and_not_before(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        stage.carrier.set_behavior(&number(1), vec![Behavior::Busy]);
        let board = desk.started(json!({ "retry": {"max_attempts": 2, "delays_s": [3_600], "on": ["busy"]} })).await;
        board.watch(minutes(59), minutes(10)).await;
        assert_eq!((board.status().await.as_str(), board.figures(["completed", "retrying"]).await), ("active", [2, 1]));
        board.watch(minutes(2), seconds(30)).await;
        let over = board.campaign().await;
        assert_eq!((&over["status"], &over["ended_by"]), (&json!("completed"), &json!("list_done")));
        let last = board.calls().await.last().expect("calls")["ended_at"].clone();
        assert!(instant(&over["finished_at"]).duration_since(instant(&last)) < seconds(2), "{over}");
    }

    /// Failed: a system error occurred; the reason and the way out are said, and nobody is lost by it.
    async fn a_system_error_fails_the_campaign_says_why_and_leaves_it_to_be_resumed(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(5)).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
        let mut faults = FaultPlan::default();
        faults.create.unauthorized = Chance::always();
        stage.carrier.set_faults(faults);
        let board = desk.started(json!({})).await;
        board.watch(minutes(1), seconds(10)).await;
        let failed = board.campaign().await;
        assert_eq!(failed["status"], "failed");
        assert!(
            failed["status_reason"]
                .as_str()
                .is_some_and(|reason| reason.contains("Carrier") && reason.contains("resume")),
            "{failed}"
        );
        assert_eq!(board.get("explain").await["blockers"][0]["message"], failed["status_reason"]);
        stage.carrier.set_faults(FaultPlan::default());
        let resumed = board.act("resume").await;
        assert_eq!((&resumed["status"], &resumed["status_reason"]), (&json!("active"), &Value::Null));
        board.watch(minutes(2), seconds(30)).await;
        assert_eq!(
            (board.status().await.as_str(), board.figures(["completed", "attempts"]).await),
            ("completed", [5, 5])
        );
    }

    /// Pause: dialing stops immediately. Nobody is called any more, and whoever talks or rings is not cut off.
    async fn a_pause_stops_the_dialing_at_once_and_cuts_nobody_off(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        assert_eq!(board.act("pause").await["status"], "paused");
        let sent = stage.requests().len();
        assert_eq!(stage.carrier.live_calls(), sent);
        board.watch(hours(2), minutes(10)).await;
        assert_eq!(stage.requests().len(), sent, "nobody is called while it is paused");
        assert_eq!((board.status().await.as_str(), in_status(&stage, CallStatus::Canceled)), ("paused", 0));
        assert_eq!(board.figures(["completed", "dialing", "remaining"]).await, [sent as i64, 0, 20 - sent as i64]);
        let calls = board.calls().await;
        assert!(calls.iter().all(|call| call["duration_s"].as_i64() > Some(60)), "every talk went on: {calls:?}");
    }

    /// Resume: dialing goes on from where it stopped: the rest is called, nobody again.
    async fn a_resumed_campaign_goes_on_where_it_stopped(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        for _ in 0..3 {
            board.act("pause").await;
            stage.world.run_for(minutes(10)).await;
            let sent = stage.requests().len();
            assert_eq!(board.act("resume").await["status"], "active");
            stage.world.run_for(seconds(3)).await;
            assert!(stage.requests().len() > sent, "it goes on at once");
        }
        board.watch(minutes(5), minutes(1)).await;
        assert_eq!(
            (board.status().await.as_str(), board.figures(["completed", "attempts"]).await),
            ("completed", [20, 20])
        );
        for index in 0..20 {
            assert_eq!(asked_for(&stage, &number(index)), 1);
        }
        stage.assert_ledgers_agree().await;
    }

    /// Pause and resume hold for retries, too: one that falls due in a pause is dialed when the campaign goes on.
    async fn a_retry_that_falls_due_in_a_pause_is_dialed_when_the_campaign_goes_on(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(3, 5)]);
        let board = desk.started(json!({})).await;
        stage.world.run_for(minutes(1)).await;
        board.act("pause").await;
        stage.world.run_for(hours(3)).await;
        assert_eq!((asked_for(&stage, &number(0)), board.figures(["retrying"]).await), (1, [1]));
        board.act("resume").await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!((asked_for(&stage, &number(0)), board.status().await.as_str()), (2, "completed"));
    }

    /// Stop: the status changes to Completed, nobody is called any more, and what rang is hung up.
    async fn a_stop_completes_the_campaign_and_calls_nobody_any_more(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        let talking = in_status(&stage, CallStatus::InProgress);
        let stopped = board.act("stop").await;
        assert_eq!((&stopped["status"], &stopped["ended_by"]), (&json!("completed"), &json!("stopped")));
        let sent = stage.requests().len();
        assert_eq!(stage.carrier.live_calls(), talking, "who talks may finish, nobody is rung any more");
        board.watch(hours(26), hours(2)).await;
        assert_eq!(stage.requests().len(), sent);
        let figures = board.figures(["completed", "suppressed", "remaining", "retrying"]).await;
        assert_eq!(figures, [talking as i64, 20 - talking as i64, 0, 0]);
        let rest = board.recipients("state=suppressed").await;
        assert!(rest.iter().all(|one| one["reason"] == "stopped"), "{rest:?}");
    }

    /// Stop: the campaign ends for those, too, who only wait for another attempt.
    async fn a_stop_gives_up_the_retries_that_wait(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        let board = desk.started(json!({})).await;
        stage.world.run_for(minutes(2)).await;
        assert_eq!(board.figures(["retrying", "suppressed"]).await, [3, 0]);
        board.act("pause").await;
        assert_eq!(board.act("stop").await["status"], "completed", "a paused one can be stopped as well");
        assert_eq!(board.figures(["retrying", "suppressed", "called"]).await, [0, 3, 3], "at once");
        board.watch(hours(5), hours(1)).await;
        assert_eq!(stage.requests().len(), 3);
    }

    /// A stopped campaign cannot be restarted, by no action.
    async fn a_stopped_campaign_cannot_be_restarted(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        let stopped = board.act("stop").await;
        for action in ["start", "resume", "pause", "schedule", "unschedule"] {
            let refused = board.post(action, json!({})).await.expect_problem(409, "state-conflict");
            assert_eq!(refused["state"], "completed", "{action}");
        }
        assert_eq!(board.campaign().await, stopped);
    }

    /// Stop ends the campaign, whatever else is asked for at the same moment.
    async fn of_a_stop_and_a_pause_and_a_resume_at_once_the_stop_stays(stage: Stage) {
        let (_, board) = under_way(&stage).await;
        let (pause, stop, resume) = tokio::join!(
            board.post("pause", json!({})),
            board.post("stop", json!({})),
            board.post("resume", json!({}))
        );
        stop.expect(200);
        assert!([200, 409].contains(&pause.status) && [200, 409].contains(&resume.status), "{pause:?} {resume:?}");
        assert_eq!(board.status().await, "completed");
        let sent = stage.requests().len();
        board.watch(hours(1), minutes(10)).await;
        assert_eq!((stage.requests().len(), board.figures(["remaining", "dialing"]).await), (sent, [0, 0]));
    }

    /// Managers only: an agent can neither see campaigns nor act on them, another department's manager finds none.
    async fn campaigns_are_managed_by_the_managers_of_their_department(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        let board = desk.draft(json!({})).await;
        let sales = stage.world.another_department("Sales").await;
        let agent = stage.world.person("ann@acme.example", Role::Agent, &[stage.world.department]).await;
        let other = stage.world.person("sal@acme.example", Role::Manager, &[sales]).await;
        for action in ["start", "pause", "resume", "stop", "duplicate"] {
            let path = format!("{}/{action}", board.path);
            agent.post(&path, json!({})).await.expect_problem(403, "forbidden");
            other.post(&path, json!({})).await.expect_problem(404, "not-found");
        }
        agent.get(CAMPAIGNS).await.expect_problem(403, "forbidden");
        assert_eq!(other.get(CAMPAIGNS).await.expect(200)["items"], json!([]));
        assert_eq!(board.status().await, "draft");
    }
}
