//! Every outcome of a call as it reaches its recipient, the counters and the retries: the table of the specification.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::Behavior;

use crate::support::{Play, Stage, hours, minutes, number, numbers};

/// Everything that may be retried is, once, an hour later.
fn twice() -> RetryPolicy {
    let on = vec![RetryCondition::NoAnswer, RetryCondition::Busy, RetryCondition::Failed];
    RetryPolicy { max_attempts: 2, delays_s: vec![3_600], on }
}

/// Calls one number that behaves like this, with retries on, until the campaign is over.
async fn played<'s>(stage: &'s Stage, behaviors: Vec<Behavior>) -> Play<'s> {
    stage.carrier.set_behavior(&number(0), behaviors);
    let play = stage.campaign(&[number(0)], |settings| settings.retry = twice()).await;
    play.start().await;
    play.watch(hours(2), minutes(5)).await;
    assert_eq!(play.row().await.status, CampaignStatus::Completed);
    stage.assert_ledgers_agree().await;
    play
}

async fn ends(play: &Play<'_>, outcomes: &[Outcome], state: RecipientState, reason: Option<&str>) {
    let recipient = play.recipient().await;
    assert_eq!(play.outcomes().await, outcomes);
    assert_eq!((recipient.state, recipient.reason.as_deref()), (state, reason));
    assert_eq!(recipient.outcome, outcomes.last().copied());
    let counts = play.counts().await;
    assert_eq!((counts.called, counts.attempts), (1, outcomes.len() as i64));
    assert_eq!(counts.in_state(state), 1);
    for outcome in outcomes {
        let times = outcomes.iter().filter(|known| *known == outcome).count();
        assert_eq!(counts.outcomes[*outcome as usize], times as i64, "{outcome}");
    }
}

on_both_stages! {
    async fn an_answered_call_completes_its_recipient(stage: Stage) {
        let play = played(&stage, vec![Behavior::human(5, 10)]).await;
        ends(&play, &[Outcome::Answered], RecipientState::Completed, None).await;
    }

    async fn a_busy_number_is_retried_and_then_failed(stage: Stage) {
        let play = played(&stage, vec![Behavior::Busy]).await;
        ends(&play, &[Outcome::Busy, Outcome::Busy], RecipientState::Failed, None).await;
    }

    async fn nobody_at_home_is_retried_and_may_be_reached(stage: Stage) {
        let play = played(&stage, vec![Behavior::NoAnswer, Behavior::human(3, 3)]).await;
        ends(&play, &[Outcome::NoAnswer, Outcome::Answered], RecipientState::Completed, None).await;
    }

    async fn a_call_that_the_network_failed_is_retried_with_its_code_kept(stage: Stage) {
        let play = played(&stage, vec![Behavior::Failed { sip: 503 }]).await;
        ends(&play, &[Outcome::Failed, Outcome::Failed], RecipientState::Failed, None).await;
        let codes: Vec<Option<i64>> = play.attempts().await.into_iter().map(|attempt| attempt.error_code).collect();
        assert_eq!(codes, [Some(503), Some(503)]);
    }

    async fn a_caller_id_that_the_far_network_blocks_is_a_failure_and_no_proof_about_the_number(stage: Stage) {
        let play = played(&stage, vec![Behavior::CarrierBlock]).await;
        ends(&play, &[Outcome::Failed, Outcome::Failed], RecipientState::Failed, None).await;
    }

    async fn a_number_that_the_carrier_calls_impossible_is_never_retried(stage: Stage) {
        for (index, code) in [21211, 21214, 21216, 21217, 21202].into_iter().enumerate() {
            let phone = number(index);
            stage.carrier.set_behavior(&phone, vec![Behavior::Reject { code, http_status: 400 }]);
            let play = stage.campaign(&[phone], |settings| settings.retry = twice()).await;
            play.start().await;
            play.watch(hours(2), minutes(30)).await;
            ends(&play, &[Outcome::Failed], RecipientState::Failed, Some("number_impossible")).await;
            assert_eq!(play.attempts().await[0].error_code, Some(i64::from(code)));
            assert_eq!(play.row().await.status, CampaignStatus::Completed);
        }
        assert_eq!(stage.requests().len(), 5);
    }

    async fn an_outcome_that_is_not_to_be_retried_is_final_at_once(stage: Stage) {
        let phones = numbers(3);
        for (phone, behavior) in phones.iter().zip([Behavior::Busy, Behavior::NoAnswer, Behavior::Failed { sip: 500 }]) {
            stage.carrier.set_behavior(phone, vec![behavior]);
        }
        let retry = RetryPolicy { max_attempts: 5, delays_s: vec![900], on: Vec::new() };
        let play = stage.campaign(&phones, |settings| settings.retry = retry).await;
        play.start().await;
        let counts = play.watch(minutes(5), minutes(1)).await;
        assert_eq!((counts.in_state(RecipientState::Failed), counts.attempts), (3, 3));
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn each_retry_waits_for_its_own_delay_and_the_last_repeats(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let retry = RetryPolicy { max_attempts: 5, delays_s: vec![900, 1_800], on: vec![RetryCondition::Busy] };
        let play = stage.campaign(&[number(0)], |settings| settings.retry = retry).await;
        stage.settings(|settings| settings.attempts_per_number_per_day = None).await;
        play.start().await;
        play.watch(hours(4), minutes(10)).await;
        let attempts = play.attempts().await;
        assert_eq!(attempts.len(), 5, "the first call and four more");
        let waited = attempts.windows(2).map(|pair| {
            let ended = pair[0].ended_at.expect("an ended attempt");
            pair[1].send_at.duration_since(ended).as_millis()
        });
        for (waited, delay) in waited.zip([900_000, 1_800_000, 1_800_000, 1_800_000]) {
            assert!((delay..delay + 1_000).contains(&waited), "{waited} ms, not {delay}");
        }
    }
}
