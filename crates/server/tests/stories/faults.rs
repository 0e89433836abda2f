//! What the carrier does wrong, and that nobody is called twice or lost for it.
//!
//! Each fault runs a whole campaign over real HTTP. At every look the counters equal a recount; at the end the two
//! ledgers agree call by call, and each outcome is the one that the carrier knows.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, CallStatus, Chance, Down, FaultPlan, Mix, Span};
use jiff::SignedDuration;

use crate::support::{Play, Setup, Stage, hours, minutes, number, numbers, seconds};

/// People of all kinds, some of them reached at the second try.
const PEOPLE: usize = 20;

fn impatient(setup: &mut Setup) {
    setup.carrier_timeout_s = Some(1.0);
}

/// A plan that `change` makes of one without faults.
fn plan(change: impl FnOnce(&mut FaultPlan)) -> FaultPlan {
    let mut plan = FaultPlan::default();
    change(&mut plan);
    plan
}

/// Everybody answers, busy and silent people are tried again once.
fn once_again() -> RetryPolicy {
    RetryPolicy { max_attempts: 2, delays_s: vec![1_800], on: vec![RetryCondition::NoAnswer, RetryCondition::Busy] }
}

/// Calls everybody while this goes wrong, until the campaign is over.
async fn played_under<'s>(stage: &'s Stage, faults: FaultPlan, duration: SignedDuration) -> (Play<'s>, Counts) {
    stage.carrier.set_mix(Mix { machine: 0.0, fax: 0.0, ..Mix::default() });
    stage.carrier.set_faults(faults);
    let play = stage.campaign(&numbers(PEOPLE), |settings| settings.retry = once_again()).await;
    play.start().await;
    let counts = play.watch(duration, minutes(2)).await;
    assert_eq!(play.row().await.status, CampaignStatus::Completed, "{counts:?}");
    (play, counts)
}

/// Every attempt has one outcome, and it is the one that the carrier knows.
async fn assert_true_to_the_carrier(play: &Play<'_>) {
    let ledger = play.stage.carrier.ledger();
    for attempt in play.attempts().await {
        let outcome = attempt.outcome.expect("every attempt ends");
        let Some(sid) = &attempt.call_sid else {
            assert_eq!(outcome, Outcome::Unknown, "no call, so nothing is known");
            continue;
        };
        let truth = match ledger.call(sid).expect("a call of the carrier's").status {
            CallStatus::Completed => Outcome::Answered,
            CallStatus::Busy => Outcome::Busy,
            CallStatus::NoAnswer => Outcome::NoAnswer,
            CallStatus::Canceled => Outcome::Canceled,
            _ => Outcome::Failed,
        };
        assert_eq!(outcome, truth, "{attempt:?}");
    }
}

/// As above; the calls were placed although the request seemed to fail, so everything becomes known in the end.
async fn every_call_is_found(stage: &Stage, faults: FaultPlan) {
    let (play, counts) = played_under(stage, faults, hours(2)).await;
    stage.assert_ledgers_agree().await;
    assert_true_to_the_carrier(&play).await;
    assert_eq!(counts.outcomes[Outcome::Unknown as usize], 0, "{counts:?}");
    assert_eq!(stage.requests().len() as i64, counts.attempts, "one request an attempt");
    assert_eq!(counts.called, PEOPLE as i64);
}

/// Nobody can know whether these calls were placed; they were not. They stay unknown and are not tried again.
async fn nothing_is_redialed(stage: &Stage, faults: FaultPlan) {
    stage.carrier.set_faults(faults);
    let play = stage.campaign(&numbers(3), |settings| settings.retry = once_again()).await;
    play.start().await;
    play.watch(hours(6), minutes(10)).await;
    stage.assert_nobody_called_twice();
    assert_eq!(play.outcomes().await, [Outcome::Unknown; 3]);
    assert_eq!(stage.requests().len(), 3, "never sent again by itself");
    for recipient in play.recipients().await {
        assert_eq!((recipient.state, recipient.reason.as_deref()), (RecipientState::Failed, Some("not_known")));
    }
    assert_eq!(play.row().await.status, CampaignStatus::Completed);
}

/// The requests surely did not arrive: nothing is counted and everybody is called later.
async fn nothing_is_counted(stage: &Stage, during: FaultPlan, outage: SignedDuration) {
    stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
    stage.carrier.set_faults(during);
    let play = stage.campaign(&numbers(PEOPLE), |settings| settings.retry.max_attempts = 1).await;
    play.start().await;
    let counts = play.watch(outage, minutes(1)).await;
    assert_eq!((counts.called, counts.attempts), (0, 0), "{counts:?}");
    assert_eq!(play.row().await.status, CampaignStatus::Active, "an outage is no reason to give up");
    let tried = stage.requests().len();
    stage.carrier.set_faults(FaultPlan::default());
    let healed_at = stage.world.clock_now();
    let counts = play.watch(minutes(4), seconds(20)).await;
    assert_eq!(counts.in_state(RecipientState::Completed), PEOPLE as i64, "{counts:?}");
    assert_eq!(counts.attempts, PEOPLE as i64, "one attempt each");
    let first = &stage.requests()[tried];
    assert!(first.received_at.duration_since(healed_at) <= seconds(62), "the pause ends by itself");
    stage.assert_ledgers_agree().await;
    assert_eq!(play.row().await.status, CampaignStatus::Completed);
}

on_both_stages! {
    prepared impatient;

    async fn calls_that_were_taken_and_never_answered_for_are_found(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.create.accept_then_hang = Chance::of(0.2))).await;
    }

    async fn calls_that_were_taken_and_answered_with_an_error_are_found(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.create.accept_then_500 = Chance::always())).await;
    }

    async fn calls_whose_answer_was_cut_off_are_found(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.create.drop_after_accept = Chance::always())).await;
    }

    async fn calls_whose_answer_is_half_a_document_are_found(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.create.truncated_json = Chance::always())).await;
    }

    async fn a_call_that_left_no_trace_of_ours_is_not_guessed_at_and_not_tried_again(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        // Neither an answer nor any request of these calls gets through, so none of them shows our token.
        let faults = plan(|plan| {
            plan.create.drop_after_accept = Chance::always();
            plan.callback.lost = Chance::always();
            plan.twiml_fetch = Chance::always();
        });
        nothing_is_redialed(&stage, faults).await;
    }

    async fn without_any_callback_every_call_is_settled_by_asking(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.callback.lost = Chance::always())).await;
    }

    async fn with_half_of_the_callbacks_lost_and_a_shaky_reading_side_every_call_is_settled(stage: Stage) {
        let faults = plan(|plan| {
            plan.callback.lost = Chance::of(0.5);
            plan.read.server_error = Chance::of(0.3);
            plan.read.html_error = Chance::of(0.2);
        });
        every_call_is_found(&stage, faults).await;
    }

    async fn callbacks_that_come_twice_count_once(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.callback.twice = Chance::always())).await;
    }

    async fn callbacks_in_any_order_give_the_same_outcomes(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.callback.reordered = Chance::of(0.7))).await;
    }

    async fn callbacks_that_come_before_the_answer_find_their_attempt(stage: Stage) {
        every_call_is_found(&stage, plan(|plan| plan.callback.early = Chance::always())).await;
    }

    async fn callbacks_that_come_hours_late_change_nothing_any_more(stage: Stage) {
        let faults = plan(|plan| {
            plan.callback.late = Chance::of(0.5);
            plan.callback.late_by = Span::new(3_600.0, 6.0 * 3_600.0);
        });
        let (play, before) = played_under(&stage, faults, hours(2)).await;
        assert_true_to_the_carrier(&play).await;
        let after = play.watch(hours(8), minutes(30)).await;
        assert_eq!(after, before, "what was late changed nothing");
        stage.assert_ledgers_agree().await;
    }

    async fn a_request_that_was_cut_off_before_the_carrier_took_it_is_never_sent_again(stage: Stage) {
        nothing_is_redialed(&stage, plan(|plan| plan.create.drop_before_accept = Chance::always())).await;
    }

    async fn a_request_answered_with_a_server_error_is_never_sent_again(stage: Stage) {
        nothing_is_redialed(&stage, plan(|plan| plan.create.server_error = Chance::always())).await;
    }

    async fn a_request_answered_by_a_gateways_page_is_never_sent_again(stage: Stage) {
        nothing_is_redialed(&stage, plan(|plan| plan.create.html_error = Chance::always())).await;
    }

    async fn too_many_requests_slow_the_dialing_and_cost_nobody_an_attempt(stage: Stage) {
        let faults = plan(|plan| plan.create.too_many_requests = Chance::always());
        nothing_is_counted(&stage, faults, minutes(10)).await;
        assert!(stage.requests().len() < PEOPLE + 40, "the pauses grow");
    }

    async fn a_pause_that_the_carrier_asks_for_is_kept(stage: Stage) {
        let faults = plan(|plan| {
            plan.create.too_many_requests = Chance::next(1);
            plan.create.retry_after_s = Some(45);
        });
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(3), seconds(15)).await;
        assert_eq!((counts.in_state(RecipientState::Completed), counts.attempts), (3, 3));
        let at: Vec<_> = stage.requests().iter().map(|request| request.received_at).collect();
        assert!(at[1].duration_since(at[0]) >= seconds(45), "{at:?}");
        stage.assert_ledgers_agree().await;
    }

    async fn a_carrier_that_cannot_be_reached_for_half_an_hour_costs_nobody_an_attempt(stage: Stage) {
        nothing_is_counted(&stage, plan(|plan| plan.down = Down::Refused), minutes(30)).await;
    }

    async fn a_carrier_that_answers_503_for_half_an_hour_burns_only_a_few_of_a_long_list(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 30.0).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.carrier.set_faults(plan(|plan| plan.down = Down::Unavailable));
        let people = 150;
        let play = stage.campaign(&numbers(people), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(30), minutes(5)).await;
        assert!(counts.attempts <= 60, "asked now and then whether it is back: {counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Active);
        stage.carrier.set_faults(FaultPlan::default());
        let counts = play.watch(minutes(10), minutes(1)).await;
        let unknown = counts.outcomes[Outcome::Unknown as usize];
        assert_eq!(counts.in_state(RecipientState::Completed), people as i64 - unknown, "{counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        stage.assert_ledgers_agree().await;
    }

    async fn whatever_goes_wrong_together_every_attempt_has_one_request_and_one_outcome(stage: Stage) {
        let faults = plan(|plan| {
            plan.create.too_many_requests = Chance::of(0.1);
            plan.create.server_error = Chance::of(0.05);
            plan.create.drop_before_accept = Chance::of(0.05);
            plan.create.accept_then_500 = Chance::of(0.1);
            plan.create.accept_then_hang = Chance::of(0.05);
            plan.create.truncated_json = Chance::of(0.1);
            plan.read.server_error = Chance::of(0.2);
            plan.read_lag_s = 20.0;
            plan.callback.lost = Chance::of(0.2);
            plan.callback.late = Chance::of(0.2);
            plan.callback.late_by = Span::new(1.0, 1_200.0);
            plan.callback.twice = Chance::of(0.2);
            plan.callback.reordered = Chance::of(0.2);
            plan.callback.early = Chance::of(0.2);
        });
        let (play, _) = played_under(&stage, faults, hours(4)).await;
        stage.assert_ledgers_agree().await;
        assert_true_to_the_carrier(&play).await;
    }

    async fn a_person_who_answers_never_hears_the_carriers_error(stage: Stage) {
        let (_, counts) = played_under(&stage, FaultPlan::default(), hours(1)).await;
        assert!(counts.outcomes[Outcome::Answered as usize] > 0);
        assert!(stage.carrier.ledger().calls().iter().all(|call| !call.app_error_played));
    }

    async fn an_early_hang_up_is_still_an_answer(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(3, 0)]);
        let play = stage.campaign(&[number(0)], |_| {}).await;
        play.start().await;
        play.watch(minutes(5), minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        stage.assert_ledgers_agree().await;
    }
}
