//! The hours in which people are called: nights in which clocks change, several zones, the campaign's own hours.

use carillon_domain::calling_hours::{CallingHours, Day};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_domain::time_zones::TimeZoneName;
use carillon_simulator::{Behavior, Mix};
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};

use crate::support::{Stage, hours, minutes, number, numbers, seconds};

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A call begins within the second after this instant.
fn assert_called_at(stage: &Stage, index: usize, expected: &str) {
    let requests = stage.requests();
    let request = requests.get(index).unwrap_or_else(|| panic!("no call {index}: {}", requests.len()));
    let late = request.received_at.duration_since(at(expected));
    assert!((SignedDuration::ZERO..seconds(1)).contains(&late), "{} is not {expected}", request.received_at);
}

fn tuesdays(settings: &mut CampaignSettings) {
    settings.calling_hours = Some(CallingHours {
        timezone: TimeZoneName::parse("America/New_York").expect("a zone"),
        days: vec![Day::Tuesday],
        start: time(10, 0, 0, 0),
        end: time(12, 0, 0, 0),
    });
}

on_both_stages! {
    prepared |setup| setup.now = "2026-11-01T02:00:00Z".to_owned();

    async fn after_the_night_in_which_clocks_go_back_nobody_is_called_before_eight(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let play = stage.campaign(&numbers(1), |_| {}).await;
        play.start().await;
        stage.world.run_for(hours(14)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        // Eight by the new clock, an hour later than by that of the evening before, and a minute's guard.
        assert_called_at(&stage, 0, "2026-11-01T13:01:00Z");
    }
}

on_both_stages! {
    prepared |setup| setup.now = "2026-03-08T03:00:00Z".to_owned();

    async fn after_the_night_in_which_clocks_go_forward_people_are_called_from_eight_on(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let play = stage.campaign(&numbers(1), |_| {}).await;
        play.start().await;
        stage.world.run_for(hours(14)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        assert_called_at(&stage, 0, "2026-03-08T12:01:00Z");
    }

    async fn a_delay_that_spans_the_skipped_hour_is_as_long_as_it_says(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(2, 2)]);
        let play = stage.campaign(&numbers(1), |settings| {
            settings.recipient_hours.enabled = false;
            settings.retry = RetryPolicy { max_attempts: 2, delays_s: vec![6 * 3_600], on: vec![RetryCondition::Busy] };
        }).await;
        play.start().await;
        stage.world.run_for(hours(8)).await;
        let attempts = play.attempts().await;
        let waited = attempts[1].send_at.duration_since(attempts[0].ended_at.expect("an end"));
        assert!((hours(6)..hours(6) + seconds(1)).contains(&waited), "{waited}");
    }
}

on_both_stages! {
    async fn nobody_s_phone_rings_when_the_hours_are_over(stage: Stage) {
        // Eleven hours later, a minute and forty seconds before nine in the evening.
        stage.world.run_for(hours(10) + minutes(58) + seconds(20)).await;
        stage.carrier.set_mix(Mix::all_human(29.0, 2.0));
        let play = stage.campaign(&numbers(60), |_| {}).await;
        play.start().await;
        stage.world.run_for(hours(1)).await;
        let in_the_evening = stage.requests().len();
        assert!((30..60).contains(&in_the_evening), "{in_the_evening}");
        let nine = at("2026-03-03T02:00:00Z");
        for call in stage.carrier.ledger().calls() {
            assert!(call.answered_at.or(call.ended_at).is_some_and(|at| at < nine), "{call:?}");
        }
        stage.world.run_for(hours(12)).await;
        assert_called_at(&stage, in_the_evening, "2026-03-03T13:01:00Z");
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 60);
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn a_number_that_may_be_in_two_zones_waits_until_it_is_day_in_both(stage: Stage) {
        // Northern Florida: some of it is an hour behind New York.
        let (florida, new_york) = ("+18505552000".to_owned(), number(0));
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        stage.world.run_for(hours(10) + minutes(30)).await;
        let play = stage.campaign(&[florida.clone(), new_york], |_| {}).await;
        // At half past eight in the evening both may be called; so stop before that and start at night.
        stage.world.run_for(hours(2)).await;
        play.start().await;
        stage.world.run_for(hours(12)).await;
        assert_called_at(&stage, 0, "2026-03-03T13:01:00Z");
        assert_called_at(&stage, 1, "2026-03-03T14:01:00Z");
        assert_eq!(stage.requests()[1].to, florida);
    }

    async fn a_campaign_with_hours_of_its_own_dials_in_them_alone(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let play = stage.campaign(&numbers(2), tuesdays).await;
        play.start().await;
        stage.world.run_for(hours(30)).await;
        assert_called_at(&stage, 0, "2026-03-03T15:01:00Z");
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 2);
    }

    async fn a_retry_that_misses_the_campaigns_hours_waits_for_the_next(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(2, 2)]);
        let play = stage.campaign(&numbers(1), |settings| {
            tuesdays(settings);
            settings.retry = RetryPolicy { max_attempts: 2, delays_s: vec![3 * 3_600], on: vec![RetryCondition::Busy] };
        }).await;
        play.start().await;
        stage.world.run_for(hours(48)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy]);
        assert_eq!(play.row().await.status, CampaignStatus::Active, "it waits for a week");
        stage.world.run_for(hours(7 * 24)).await;
        // A week later clocks have gone forward.
        assert_called_at(&stage, 1, "2026-03-10T14:01:00Z");
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn a_campaign_that_is_resumed_at_night_dials_in_the_morning(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start().await;
        play.pause().await.expect("it pauses");
        let before = stage.requests().len();
        stage.world.run_for(hours(14)).await;
        play.resume().await;
        stage.world.run_for(hours(7)).await;
        assert_eq!(stage.requests().len(), before, "it is midnight");
        stage.world.run_for(hours(2)).await;
        assert_called_at(&stage, before, "2026-03-03T13:01:00Z");
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 3);
    }
}

on_both_stages! {
    prepared |setup| {
        setup.now = "2026-03-03T01:54:00Z".to_owned();
        // Somebody else uses the account: the carrier begins a call of ours every 400 seconds.
        setup.carrier.cps = 0.0025;
    };

    async fn edge_case_6_a_call_that_would_wait_at_the_carrier_until_after_nine_is_canceled_and_not_counted(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let once = RetryPolicy { max_attempts: 1, delays_s: vec![3_600], on: vec![RetryCondition::Busy] };
        let play = stage.campaign(&numbers(2), |settings| settings.retry = once).await;
        play.start().await;
        stage.world.run_for(minutes(20)).await;
        let calls = stage.carrier.ledger().calls();
        let told: Vec<(bool, bool)> =
            calls.iter().map(|call| (call.answered_at.is_some(), call.ended_at.is_some_and(|at| at < at_nine()))).collect();
        assert_eq!(told, [(true, true), (false, true)], "the second waited in the carrier's queue, and never rang: {calls:?}");
        assert_eq!(play.outcomes().await, [Outcome::Answered, Outcome::Canceled]);
        let waiting = play.recipients().await.pop().expect("the second");
        assert_eq!((waiting.state, waiting.attempts), (RecipientState::Retrying, 1));
        stage.world.run_for(hours(12)).await;
        assert_called_at(&stage, 2, "2026-03-03T13:01:00Z");
        assert_eq!(play.outcomes().await, [Outcome::Answered, Outcome::Canceled, Outcome::Answered], "one attempt was all it had");
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 2);
        stage.assert_ledgers_agree().await;
    }

    async fn a_call_that_waits_at_the_carrier_and_will_ring_in_time_is_left_alone(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        // Midday of the next day.
        stage.world.run_for(hours(15)).await;
        let play = stage.campaign(&numbers(2), |_| {}).await;
        play.start().await;
        stage.world.run_for(minutes(10)).await;
        assert_eq!((play.outcomes().await, stage.requests().len()), (vec![Outcome::Answered, Outcome::Answered], 2));
    }
}

/// Nine in the evening of the first day, in New York.
fn at_nine() -> Timestamp {
    at("2026-03-03T02:00:00Z")
}
