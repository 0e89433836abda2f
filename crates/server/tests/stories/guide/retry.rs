//! The guide's «Set Retry Logic»: how often, after how long, and on which outcomes somebody is called again.
//!
//! Delays are measured from the end of a call to the next request at the carrier. That bad settings are refused is
//! told in `campaigns::fields`; what a lost answer leads to, in `faults`.

use carillon_simulator::{Behavior, Mix};
use serde_json::{Value, json};

use super::{Board, Desk, asked_for, instant, machine, text};
use crate::support::{Stage, hours, minutes, number, numbers, seconds};

const QUARTER: u32 = 900;
const DAY: u32 = 86_400;

/// Four people: nobody at home, busy, failed by the network, and an answering machine.
async fn four_kinds<'s>(stage: &'s Stage) -> Desk<'s> {
    let desk = Desk::at(stage).await;
    desk.settings(json!({ "attempts_per_number_per_day": null })).await;
    desk.people(&numbers(4)).await;
    let kinds = [Behavior::NoAnswer, Behavior::Busy, Behavior::Failed { sip: 503 }, machine()];
    for (index, kind) in kinds.into_iter().enumerate() {
        stage.carrier.set_behavior(&number(index), vec![kind]);
    }
    desk
}

/// How often each of the four was called in a campaign.
async fn times_called(board: &Board<'_>) -> [i64; 4] {
    let recipients = board.recipients("").await;
    let attempts = |index| recipients.iter().find(|one| one["phone"] == number(index)).map(|one| &one["attempts"]);
    [0, 1, 2, 3].map(|index| attempts(index).and_then(Value::as_i64).expect("a recipient"))
}

/// From the end of each call of one recipient to the next call, in seconds.
fn waits(recipient: &Value) -> Vec<i64> {
    let calls = recipient["history"].as_array().expect("a history");
    let wait = |pair: &[Value]| instant(&pair[1]["placed_at"]).duration_since(instant(&pair[0]["ended_at"])).as_secs();
    calls.windows(2).map(wait).collect()
}

on_both_stages! {
    /// Max Attempts 1 to 5: so many calls, the first one counted, then the contact is failed.
    async fn max_attempts_is_how_often_somebody_is_called_at_the_most(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.settings(json!({ "attempts_per_number_per_day": null })).await;
        desk.people(&numbers(5)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        let mut boards = Vec::new();
        for max in 1..=5 {
            let retry = json!({ "max_attempts": max, "delays_s": [3_600], "on": ["busy"] });
            let board = desk.draft_for(json!({ "q": number(max - 1) }), json!({ "retry": retry })).await;
            board.act("start").await;
            boards.push(board);
        }
        stage.world.run_for(hours(6)).await;
        for (index, board) in boards.iter().enumerate() {
            assert_eq!(asked_for(&stage, &number(index)), index + 1);
            assert_eq!(board.recipient(&number(index)).await["state"], "failed");
            assert_eq!(board.status().await, "completed");
        }
    }

    /// Retry Delay from a quarter of an hour to 24 hours: not earlier, and not a second later.
    async fn the_retry_delay_is_kept_to_the_second_at_both_of_its_ends(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(2)).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        for (index, delay) in [QUARTER, DAY].into_iter().enumerate() {
            let retry = json!({ "max_attempts": 2, "delays_s": [delay], "on": ["busy"] });
            let board = desk.draft_for(json!({ "q": number(index) }), json!({ "retry": retry })).await;
            board.act("start").await;
            stage.world.run_for(minutes(1)).await;
            let waiting = board.recipient(&number(index)).await;
            let due_after = instant(&waiting["due_at"]).duration_since(instant(&waiting["history"][0]["ended_at"]));
            assert_eq!((&waiting["state"], due_after), (&json!("retrying"), seconds(delay.into())));
            stage.world.run_for(seconds(delay.into())).await;
            assert_eq!(waits(&board.recipient(&number(index)).await), [i64::from(delay)]);
        }
    }

    /// Retry Conditions: each of No Answer, Busy, Failed and Voicemail alone brings back its own people and no others.
    async fn each_retry_condition_brings_back_its_own_people_alone(stage: Stage) {
        let desk = four_kinds(&stage).await;
        for (index, condition) in ["no_answer", "busy", "failed", "voicemail"].into_iter().enumerate() {
            let retry = json!({ "max_attempts": 2, "delays_s": [QUARTER], "on": [condition] });
            let board = desk.started(json!({ "retry": retry, "answering_machine": "hang_up" })).await;
            board.watch(minutes(30), minutes(10)).await;
            let mut expected = [1; 4];
            expected[index] = 2;
            assert_eq!(times_called(&board).await, expected, "{condition}");
            assert_eq!(board.status().await, "completed");
        }
    }

    /// The ticked boxes: No Answer, Busy and Failed are retried unless said otherwise, Voicemail is not; three attempts
    /// an hour apart are the system's default.
    async fn without_a_word_on_it_all_but_voicemail_is_tried_three_times_an_hour_apart(stage: Stage) {
        let desk = four_kinds(&stage).await;
        let board = desk.started(json!({ "answering_machine": "hang_up" })).await;
        let expected = json!({ "max_attempts": 3, "delays_s": [3_600], "on": ["no_answer", "busy", "failed"] });
        assert_eq!(board.campaign().await["retry"], expected);
        board.watch(hours(3), minutes(30)).await;
        assert_eq!(times_called(&board).await, [3, 3, 3, 1]);
        for index in 0..3 {
            assert_eq!(waits(&board.recipient(&number(index)).await), [3_600, 3_600]);
        }
    }

    /// The example: at once, after 1 hour, after 4 hours, if No Answer or Busy; max 3 attempts, then Failed.
    async fn the_guides_example_is_dialed_at_once_after_one_hour_and_after_four(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(2)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::NoAnswer, Behavior::Busy]);
        stage.carrier.set_behavior(&number(1), vec![Behavior::Busy, Behavior::Failed { sip: 503 }]);
        let started_at = stage.world.clock_now();
        let retry = json!({ "max_attempts": 3, "delays_s": [3_600, 14_400], "on": ["no_answer", "busy"] });
        let board = desk.started(json!({ "retry": retry })).await;
        board.watch(hours(6), hours(1)).await;
        let (first, second) = (board.recipient(&number(0)).await, board.recipient(&number(1)).await);
        assert!(instant(&first["history"][0]["placed_at"]).duration_since(started_at) < seconds(2), "at once");
        assert_eq!(waits(&first), [3_600, 14_400]);
        assert_eq!((&first["state"], &first["outcome"]), (&json!("failed"), &json!("busy")));
        assert_eq!(waits(&second), [3_600], "a network error is not among the conditions");
        assert_eq!((&second["state"], &second["outcome"]), (&json!("failed"), &json!("failed")));
        assert_eq!((board.status().await.as_str(), stage.requests().len()), ("completed", 5));
    }

    /// Retrying is for calls that failed: whoever answered is not called again.
    async fn whoever_is_reached_at_the_second_attempt_is_not_called_a_third_time(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(3, 5), Behavior::Busy]);
        let board = desk.started(json!({})).await;
        board.watch(hours(6), hours(1)).await;
        let recipient = board.recipient(&number(0)).await;
        assert_eq!((&recipient["state"], &recipient["outcome"]), (&json!("completed"), &json!("answered")));
        assert_eq!((asked_for(&stage, &number(0)), board.figures(["completed", "failed"]).await), (2, [1, 0]));
    }

    /// Failed means network errors: a number that cannot be called is not one, and is never tried again.
    async fn a_number_that_does_not_exist_is_not_retried(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Reject { code: 21_211, http_status: 400 }]);
        let board = desk.started(json!({})).await;
        board.watch(hours(4), hours(1)).await;
        let recipient = board.recipient(&number(0)).await;
        assert_eq!((&recipient["state"], &recipient["reason"]), (&json!("failed"), &json!("number_impossible")));
        assert_eq!((&recipient["history"][0]["error_code"], stage.requests().len()), (&json!(21_211), 1));
        assert_eq!(board.status().await, "completed");
    }

    /// A retry keeps the hours in which people may be called: what falls due at night is dialed in the morning.
    async fn a_retry_that_falls_due_at_night_waits_for_the_morning(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(3, 5)]);
        let retry = json!({ "max_attempts": 2, "delays_s": [12 * 3_600], "on": ["busy"] });
        let board = desk.started(json!({ "retry": retry })).await;
        // Ten in the morning plus twelve hours is ten at night.
        stage.world.run_for(hours(13)).await;
        assert_eq!(asked_for(&stage, &number(0)), 1);
        let explained = board.get("explain").await;
        assert_eq!(
            (&explained["dialing"], &explained["blockers"][0]["kind"]),
            (&json!(false), &json!("recipient_hours"))
        );
        let opens_at = instant(&explained["blockers"][0]["until"]);
        stage.world.run_for(hours(10)).await;
        let placed_at = instant(&board.recipient(&number(0)).await["history"][1]["placed_at"]);
        assert!((0..=1).contains(&placed_at.duration_since(opens_at).as_secs()), "{placed_at} is not {opens_at}");
        assert_eq!(text(&board.campaign().await["status"]), "completed");
    }

    /// More attempts than a number may get in a day (3, over all campaigns) go on the next day.
    async fn a_fourth_attempt_waits_for_the_next_day(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(1)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let retry = json!({ "max_attempts": 5, "delays_s": [QUARTER], "on": ["busy"] });
        let board = desk.started(json!({ "retry": retry })).await;
        board.watch(hours(13), hours(1)).await;
        assert_eq!((asked_for(&stage, &number(0)), board.figures(["retrying"]).await), (3, [1]));
        board.watch(hours(11), hours(1)).await;
        assert_eq!((asked_for(&stage, &number(0)), board.status().await.as_str()), (5, "completed"));
    }

    /// Ready for retry: of those who wait, the one who has been due for longest is called first.
    async fn retries_are_dialed_in_the_order_in_which_they_fell_due(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.people(&numbers(3)).await;
        // Who was called first rings longest, and so is due last.
        for (index, rings) in
            [Behavior::NoAnswer, Behavior::Failed { sip: 503 }, Behavior::Busy].into_iter().enumerate()
        {
            stage.carrier.set_behavior(&number(index), vec![rings, Behavior::human(3, 5)]);
        }
        let board = desk
            .started(
                json!({ "retry": {"max_attempts": 2, "delays_s": [QUARTER], "on": ["no_answer", "busy", "failed"]} }),
            )
            .await;
        stage.world.run_for(minutes(2)).await;
        let mut due: Vec<(String, String)> = board
            .recipients("state=retrying")
            .await
            .iter()
            .map(|one| (text(&one["due_at"]), text(&one["phone"])))
            .collect();
        due.sort();
        assert_eq!(due[2].1, number(0), "{due:?}");
        board.act("pause").await;
        stage.world.run_for(hours(1)).await;
        board.act("resume").await;
        stage.world.run_for(minutes(1)).await;
        let dialed: Vec<String> = stage.requests()[3..].iter().map(|request| request.to.clone()).collect();
        let expected: Vec<String> = due.into_iter().map(|(_, phone)| phone).collect();
        assert_eq!(dialed, expected);
    }

    /// A delay is a promise: a retry that is due does not wait until the whole list has been called once.
    async fn a_retry_that_is_due_comes_before_people_who_were_not_called_yet(stage: Stage) {
        let desk = Desk::at(&stage).await;
        desk.settings(json!({ "calls_per_second": 0.2 })).await;
        desk.people(&numbers(300)).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let retry = json!({ "max_attempts": 2, "delays_s": [QUARTER], "on": ["busy"] });
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy, Behavior::human(2, 3)]);
        let board = desk.started(json!({ "retry": retry })).await;
        stage.world.run_for(seconds(2)).await;
        let first = stage.requests()[0].to.clone();
        stage.carrier.set_behavior("+1212*", Vec::new());
        board.watch(minutes(16), minutes(8)).await;
        assert_eq!(asked_for(&stage, &first), 2, "called again after the quarter of an hour");
        assert!(stage.requests().len() < 250, "although not everybody has been called once");
    }
}
