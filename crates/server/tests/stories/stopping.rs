//! Pause and stop in every phase of a call, and that nobody is lost or called twice for it.

use std::collections::BTreeSet;

use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_simulator::{Behavior, CallStatus, Chance, FaultPlan, Mix};

use crate::support::{Stage, hours, minutes, number, numbers, seconds};

/// How many calls of the carrier's ended so.
fn ended_as(stage: &Stage, status: CallStatus) -> usize {
    stage.carrier.ledger().calls().iter().filter(|call| call.status == status).count()
}

on_both_stages! {
    async fn a_stop_cancels_what_rings_and_lets_people_finish_talking(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 600)]);
        stage.carrier.set_behavior(&number(1), vec![Behavior::NoAnswer]);
        stage.carrier.set_behavior(&number(2), vec![Behavior::NoAnswer]);
        let long = "word ".repeat(200);
        let play = stage.campaign(&numbers(3), |settings| settings.message = Some(crate::support::says(&long))).await;
        play.start().await;
        stage.world.run_for(seconds(8)).await;
        assert_eq!(stage.carrier.live_calls(), 3, "one talks and two ring");
        play.stop().await.expect("it stops");
        assert_eq!(stage.carrier.live_calls(), 1, "the two are canceled when the stop returns");
        let counts = play.watch(minutes(15), minutes(1)).await;
        assert_eq!(counts.outcomes[Outcome::Canceled as usize], 2);
        assert_eq!(counts.outcomes[Outcome::Answered as usize], 1, "{counts:?}");
        assert_eq!((counts.in_state(RecipientState::Completed), counts.in_state(RecipientState::Suppressed)), (1, 2));
        let call = &stage.carrier.ledger().calls_to(&number(0))[0];
        assert!(call.duration_s > Some(30), "the talk went on: {call:?}");
        stage.assert_ledgers_agree().await;
    }

    async fn a_stop_is_final_in_every_phase(stage: Stage) {
        // Dialing begins at once; the first ring comes within two seconds, the answer at six, the end at nine.
        for (index, phase) in [0, 1, 2, 4, 7, 12].into_iter().enumerate() {
            let phones: Vec<String> = (index * 10..index * 10 + 6).map(number).collect();
            stage.carrier.set_mix(Mix::all_human(5.0, 3.0));
            let play = stage.campaign(&phones, |_| {}).await;
            play.start().await;
            stage.world.run_for(seconds(phase)).await;
            play.stop().await.expect("it stops");
            let sent = stage.requests().len();
            let counts = play.watch(hours(2), minutes(20)).await;
            assert_eq!(stage.requests().len(), sent, "nobody after the stop at {phase} s");
            assert_eq!(counts.total(), counts.in_state(RecipientState::Completed) + counts.in_state(RecipientState::Suppressed));
            let campaign = play.row().await;
            assert_eq!((campaign.status, campaign.ended_by), (CampaignStatus::Completed, Some(EndedBy::Stopped)));
            stage.assert_ledgers_agree().await;
        }
    }

    async fn a_stop_before_anybody_was_called_suppresses_everybody(stage: Stage) {
        let play = stage.campaign(&numbers(4), |_| {}).await;
        stage.settings(|settings| settings.max_concurrent_calls = 1).await;
        stage.carrier.set_behavior("+1212*", vec![Behavior::NoAnswer]);
        play.start().await;
        play.stop().await.expect("it stops");
        play.stop().await.expect("a stop of a stopped campaign changes nothing");
        let counts = play.watch(hours(1), minutes(10)).await;
        assert_eq!(counts.in_state(RecipientState::Suppressed), 4);
        for recipient in play.recipients().await {
            assert_eq!(recipient.reason.as_deref(), Some("stopped"));
        }
    }

    async fn a_stop_between_two_attempts_suppresses_who_waits(stage: Stage) {
        stage.carrier.set_behavior("+1212*", vec![Behavior::Busy]);
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(2), seconds(30)).await;
        assert_eq!(counts.in_state(RecipientState::Retrying), 3);
        play.stop().await.expect("it stops");
        assert_eq!(play.counts().await.in_state(RecipientState::Suppressed), 3, "at once");
        let counts = play.watch(hours(3), minutes(30)).await;
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.called, counts.attempts), (3, 3, 3));
    }

    async fn a_call_whose_answer_was_lost_is_canceled_as_soon_as_it_is_heard_of_after_the_stop(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::NoAnswer]);
        let mut faults = FaultPlan::default();
        faults.create.accept_then_500 = Chance::always();
        faults.callback.late = Chance::always();
        faults.callback.late_by = carillon_simulator::Span::exactly(5.0);
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&[number(0)], |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(3)).await;
        play.stop().await.expect("it stops without knowing the call");
        assert_eq!(stage.carrier.live_calls(), 1, "nobody could cancel it yet");
        stage.world.run_for(seconds(5)).await;
        assert_eq!(stage.carrier.live_calls(), 0, "the first callback named it");
        let counts = play.watch(minutes(10), minutes(1)).await;
        assert_eq!(counts.outcomes[Outcome::Canceled as usize], 1, "{counts:?}");
        assert_eq!(play.recipient().await.reason.as_deref(), Some("stopped"));
        stage.assert_ledgers_agree().await;
    }

    async fn pausing_and_resuming_never_loses_or_doubles_anybody(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.settings(|settings| settings.calls_per_second = 5.0).await;
        let play = stage.campaign(&numbers(60), |_| {}).await;
        play.start().await;
        for step in 0..6 {
            stage.world.run_for(jiff::SignedDuration::from_millis(700 + 130 * step)).await;
            play.pause().await.expect("it pauses");
            let sent = stage.requests().len();
            play.watch(seconds(20), seconds(10)).await;
            assert_eq!(stage.requests().len(), sent, "nobody while paused");
            play.resume().await;
        }
        let counts = play.watch(minutes(3), seconds(30)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 60, "{counts:?}");
        let answered: BTreeSet<String> = stage.carrier.ledger().calls().into_iter()
            .filter(|call| call.answered_at.is_some()).map(|call| call.to).collect();
        assert_eq!(answered.len(), 60);
        assert_eq!(stage.requests().len(), 60 + ended_as(&stage, CallStatus::Canceled), "only canceled calls came again");
        stage.assert_ledgers_agree().await;
    }

    async fn a_paused_campaign_with_nobody_left_completes_when_it_is_resumed(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(5.0, 3.0));
        let play = stage.campaign(&numbers(2), |_| {}).await;
        play.start().await;
        stage.world.run_for(seconds(5)).await;
        play.pause().await.expect("it pauses");
        play.watch(minutes(1), seconds(20)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Paused);
        play.resume().await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 2);
    }
}

on_both_stages! {
    prepared |setup| setup.carrier.cps = 1.0;

    async fn a_pause_cancels_what_waits_in_the_carriers_queue_and_it_counts_for_nothing(stage: Stage) {
        // We believe in five calls a second, the carrier starts one: its queue grows until it is noticed.
        stage.settings(|settings| settings.calls_per_second = 5.0).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 3.0));
        let play = stage.campaign(&numbers(10), |settings| settings.retry.max_attempts = 1).await;
        play.start().await;
        stage.world.run_for(jiff::SignedDuration::from_millis(1_100)).await;
        let waiting = stage.carrier.ledger().calls().iter().filter(|call| call.status == CallStatus::Queued).count();
        assert!(waiting >= 2, "some wait in the carrier's queue");
        play.pause().await.expect("it pauses");
        assert!(stage.carrier.ledger().calls().iter().all(|call| call.status != CallStatus::Queued));
        let counts = play.watch(minutes(1), seconds(20)).await;
        assert!(counts.outcomes[Outcome::Canceled as usize] >= waiting as i64, "{counts:?}");
        assert_eq!(counts.in_state(RecipientState::Failed), 0, "a cancel in the queue is no attempt");
        play.resume().await;
        let counts = play.watch(minutes(3), seconds(30)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 10, "the only attempt of each was still to be had");
        stage.assert_ledgers_agree().await;
    }

    async fn a_carrier_that_queues_our_calls_slows_us_down(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 30.0).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 3.0));
        let play = stage.campaign(&numbers(60), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(5), seconds(30)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 60, "{counts:?}");
        let waits = stage.carrier.ledger().calls().into_iter()
            .filter_map(|call| call.dialed_at.map(|at| at.duration_since(call.created_at)));
        let longest = waits.max().expect("calls");
        assert!(longest < seconds(8), "nobody rings long after we asked: {longest}");
        stage.assert_ledgers_agree().await;
    }
}
