//! What is found out by asking: lost ends within minutes, calls that nobody told of, and evidence that comes late.

use carillon::store::StoreError;
use carillon::store::ledger::Heard;
use carillon_domain::attempt::AttemptEvent;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::facts::{CallEnd, EndStatus, Fact};
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, Chance, FaultPlan, Mix};

use crate::support::{Play, Stage, hours, minutes, number, numbers, seconds};

fn silent() -> FaultPlan {
    let mut faults = FaultPlan::default();
    faults.callback.lost = Chance::always();
    faults
}

fn refusing() -> FaultPlan {
    let mut faults = FaultPlan::default();
    faults.create.server_error = Chance::always();
    faults
}

/// Tells the engine how an attempt ended, as a callback that comes late would: the one that is unknown, else the newest.
async fn told_late(play: &Play<'_>, status: EndStatus) {
    let attempts = play.attempts().await;
    let unknown = attempts.iter().find(|attempt| attempt.outcome == Some(Outcome::Unknown));
    let token = unknown.or(attempts.last()).expect("an attempt").token.clone();
    let at = play.stage.world.clock_now();
    let end = CallEnd { status, at, duration_s: None, error_code: None, number_impossible: false };
    let news = Heard::fact(token, None, Fact::Ended(end));
    play.stage.world.app.engine.hear(vec![news]).await.expect("it is heard");
}

/// A campaign of one whose only request ended in a server error, given up as unknown.
async fn unknown<'s>(stage: &'s Stage, max_attempts: u8, others: usize) -> Play<'s> {
    stage.carrier.set_faults(refusing());
    let retry = RetryPolicy { max_attempts, delays_s: vec![1_800], on: vec![RetryCondition::Busy] };
    let play = stage
        .campaign(&numbers(1 + others), |settings| {
            settings.retry = retry;
            settings.limits.max_concurrent_calls = Some(1);
        })
        .await;
    play.start().await;
    stage.world.run_for(seconds(2)).await;
    stage.carrier.set_faults(FaultPlan::default());
    stage.carrier.set_behavior("+1212*", vec![Behavior::human(5, 3_000)]);
    while play.outcomes().await.is_empty() {
        stage.world.run_for(seconds(10)).await;
    }
    assert_eq!(play.outcomes().await[0], Outcome::Unknown);
    play
}

on_both_stages! {
    async fn a_lost_end_is_found_within_minutes(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(3.0, 20.0));
        stage.carrier.set_faults(silent());
        let play = stage.campaign(&numbers(5), |_| {}).await;
        play.start().await;
        play.watch(minutes(4), seconds(15)).await;
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 5);
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        stage.assert_ledgers_agree().await;
    }

    async fn lost_ends_of_calls_that_nobody_answered_are_found_within_minutes(stage: Stage) {
        stage.carrier.set_faults(silent());
        for (phone, behavior) in numbers(4).iter().zip([
            Behavior::Busy, Behavior::NoAnswer, Behavior::Failed { sip: 503 }, Behavior::CarrierBlock,
        ]) {
            stage.carrier.set_behavior(phone, vec![behavior]);
        }
        let play = stage.campaign(&numbers(4), |settings| settings.retry.max_attempts = 1).await;
        play.start().await;
        let counts = play.watch(minutes(4), seconds(20)).await;
        assert_eq!(counts.in_state(RecipientState::Failed), 4, "{counts:?}");
        let outcomes = [Outcome::Busy, Outcome::NoAnswer, Outcome::Failed].map(|outcome| counts.outcomes[outcome as usize]);
        assert_eq!(outcomes, [1, 1, 2]);
        stage.assert_ledgers_agree().await;
    }

    async fn a_talk_whose_callbacks_are_lost_is_not_cut_and_its_end_is_found(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(3, 1_500)]);
        stage.carrier.set_faults(silent());
        // As long as a message may be: three and a half minutes.
        let long = crate::support::says(&"word ".repeat(590));
        let play = stage.campaign(&[number(0)], |settings| settings.message = Some(long)).await;
        play.start().await;
        play.watch(minutes(3), seconds(30)).await;
        assert_eq!(play.counts().await.in_state(RecipientState::Dialing), 1, "it still talks");
        play.watch(minutes(3), seconds(30)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        let call = &stage.carrier.ledger().calls()[0];
        assert!(call.duration_s >= Some(200), "{:?}", call.duration_s);
        stage.assert_ledgers_agree().await;
    }

    async fn an_uncertain_call_is_searched_for_several_times_before_it_is_unknown(stage: Stage) {
        stage.carrier.set_faults(refusing());
        let play = stage.campaign(&numbers(1), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(119)).await;
        assert!(play.outcomes().await.is_empty(), "not before two minutes are over");
        play.watch(minutes(4), seconds(20)).await;
        assert_eq!(play.outcomes().await, [Outcome::Unknown]);
        let recipient = play.recipient().await;
        assert_eq!((recipient.state, recipient.reason.as_deref()), (RecipientState::Failed, Some("not_known")));
        stage.world.run_for(hours(48)).await;
        assert_eq!(stage.requests().len(), 1, "never again by itself");
    }

    async fn an_unknown_call_that_was_answered_after_all_completes_its_recipient_once(stage: Stage) {
        let play = unknown(&stage, 1, 0).await;
        told_late(&play, EndStatus::Completed).await;
        told_late(&play, EndStatus::Completed).await;
        let counts = play.counts().await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        assert_eq!((counts.outcomes[Outcome::Answered as usize], counts.outcomes[Outcome::Unknown as usize]), (1, 0));
        assert_eq!(counts.in_state(RecipientState::Completed), 1);
        assert_eq!(play.recipient().await.reason, None);
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn an_unknown_call_that_was_busy_after_all_is_retried_while_the_campaign_runs(stage: Stage) {
        let play = unknown(&stage, 2, 3).await;
        told_late(&play, EndStatus::Busy).await;
        let counts = play.counts().await;
        assert_eq!(counts.in_state(RecipientState::Retrying), 1, "{counts:?}");
        assert_eq!(counts.outcomes[Outcome::Unknown as usize], 0);
        let counts = play.watch(hours(8), minutes(20)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 4, "{counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn evidence_that_comes_after_the_campaign_is_over_wakes_nobody(stage: Stage) {
        let play = unknown(&stage, 3, 0).await;
        stage.world.run_for(minutes(5)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        told_late(&play, EndStatus::Busy).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy]);
        let counts = play.watch(hours(24), hours(2)).await;
        assert_eq!(counts.in_state(RecipientState::Failed), 1, "{counts:?}");
        assert_eq!(stage.requests().len(), 1);
    }

    async fn evidence_between_a_stop_and_the_sweep_keeps_the_figures_whole(stage: Stage) {
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start().await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.counts().await.in_state(RecipientState::Retrying), 3);
        let tokens: Vec<String> = play.attempts().await.into_iter().map(|attempt| attempt.token).collect();
        // The stop's own transaction, and before its sweeper runs a key press is heard of.
        let (id, run) = (play.id, play.run);
        let now = stage.world.clock_now();
        let stopped = stage.world.app.store.write(carillon::store::Lane::Dialing, move |tx| {
            use carillon::store::campaigns;
            use carillon::store::runs::{self, RunState};
            let mut campaign = campaigns::lock(tx, id)?.expect("the campaign");
            campaign.status = CampaignStatus::Completed;
            campaign.ended_by = Some(carillon_domain::campaign::EndedBy::Stopped);
            campaigns::save(tx, &mut campaign, now)?;
            runs::set_state(tx, run, RunState::Stopped, now)?;
            runs::suppress_counters(tx, run)
        });
        assert_eq!(stopped.await, Ok::<_, StoreError>(()));
        for token in tokens {
            let news = Heard::of(token, AttemptEvent::Heard(Fact::OptedOut { at: now }));
            stage.world.app.engine.hear(vec![news]).await.expect("it is heard");
            let counts = play.counts().await;
            assert_eq!(counts.in_state(RecipientState::Suppressed), 3, "{counts:?}");
        }
        assert_eq!(play.counts().await.outcomes[Outcome::OptedOut as usize], 3);
    }
}
