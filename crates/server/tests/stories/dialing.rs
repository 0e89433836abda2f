//! What a campaign does once it is started: calls, outcomes, retries, and its end.

use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::Behavior;

use crate::support::{hours, minutes, number, seconds};

on_both_stages! {
    async fn a_started_campaign_calls_everybody_once_and_completes(stage: Stage) {
        let phones: Vec<String> = (0..5).map(number).collect();
        for phone in &phones {
            stage.carrier.set_behavior(phone, vec![Behavior::human(5, 10)]);
        }
        let play = stage.campaign(&phones, |_| {}).await;
        play.start().await;
        stage.world.run_for(minutes(2)).await;
        let counts = play.counts().await;
        assert_eq!(counts.in_state(RecipientState::Completed), 5);
        assert_eq!((counts.called, counts.attempts), (5, 5));
        let campaign = play.row().await;
        assert_eq!((campaign.status, campaign.ended_by), (CampaignStatus::Completed, Some(EndedBy::ListDone)));
        assert_eq!(stage.carrier.ledger().creates().len(), 5, "one request a person on the wire");
        let complaints = stage.carrier.ledger().complaints();
        assert!(complaints.is_empty(), "the carrier understood every parameter: {complaints:?}");
        let heard = &stage.carrier.ledger().calls()[0].heard;
        assert!(heard.concat().contains("Hello Ada"), "{heard:?}");
    }

    async fn a_busy_recipient_is_called_again_after_the_delay_and_then_given_up(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let retry = RetryPolicy { max_attempts: 2, delays_s: vec![3_600], on: vec![RetryCondition::Busy] };
        let play = stage.campaign(&[number(0)], |settings| settings.retry = retry).await;
        play.start().await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy]);

        stage.world.run_for(minutes(58)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy], "not before the hour is over");

        stage.world.run_for(minutes(2)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy, Outcome::Busy]);
        assert_eq!(play.recipients().await[0].state, RecipientState::Failed);
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn nobody_is_called_after_nine_in_the_evening_until_eight_in_the_morning(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(2, 2)]);
        let retry = RetryPolicy { max_attempts: 2, delays_s: vec![12 * 3_600], on: vec![RetryCondition::Busy] };
        let play = stage.campaign(&[number(0)], |settings| settings.retry = retry).await;
        play.start().await;
        // Ten in the morning plus twelve hours is ten at night.
        stage.world.run_for(hours(13)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy]);
        stage.world.run_for(hours(9)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy], "still asleep at eight less a minute's guard");
        stage.world.run_for(minutes(5)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy, Outcome::Answered]);
    }

    async fn a_stopped_campaign_calls_nobody_any_more(stage: Stage) {
        let phones: Vec<String> = (0..30).map(number).collect();
        stage.carrier.set_behavior("+1212*", vec![Behavior::NoAnswer]);
        let play = stage.campaign(&phones, |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(5)).await;
        play.stop().await.expect("it stops");
        let sent = stage.carrier.ledger().creates().len();
        assert!(sent > 1, "some were called before");
        stage.world.run_for(hours(30)).await;
        assert_eq!(stage.carrier.ledger().creates().len(), sent, "nobody after the stop");
        let counts = play.counts().await;
        assert_eq!(counts.total(), 30);
        assert_eq!(counts.in_state(RecipientState::Suppressed), 30, "{counts:?}");
        let reasons: Vec<_> = play.recipients().await.into_iter().filter_map(|r| r.reason).collect();
        assert!(reasons.iter().all(|reason| reason == "stopped"));
    }

    async fn a_paused_campaign_goes_on_where_it_stopped(stage: Stage) {
        let phones: Vec<String> = (0..8).map(number).collect();
        stage.carrier.set_behavior("+1212*", vec![Behavior::human(2, 3)]);
        let play = stage.campaign(&phones, |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(3)).await;
        play.pause().await.expect("it pauses");
        let sent = stage.carrier.ledger().creates().len();
        stage.world.run_for(minutes(10)).await;
        assert_eq!(stage.carrier.ledger().creates().len(), sent, "nobody while paused");
        play.resume().await;
        stage.world.run_for(minutes(2)).await;
        let counts = play.counts().await;
        assert_eq!(counts.in_state(RecipientState::Completed), 8);
        assert_eq!(stage.carrier.ledger().creates().len(), 8, "nobody twice");
    }
}
