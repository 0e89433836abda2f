//! A campaign that the carrier keeps refusing pauses itself and says why, before it burns its list.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::recipient::RecipientState;
use carillon_simulator::{Behavior, Chance, FaultPlan, Mix};

use crate::support::{hours, minutes, number, numbers, seconds};

fn refused(code: u32) -> Behavior {
    Behavior::Reject { code, http_status: 400 }
}

on_both_stages! {
    async fn five_equal_refusals_in_a_row_pause_it_and_keep_the_list(stage: Stage) {
        for (index, code) in [21210, 21215, 20005, 21212].into_iter().enumerate() {
            stage.carrier.set_behavior("+1212*", vec![refused(code)]);
            let phones: Vec<String> = (index * 50..index * 50 + 12).map(number).collect();
            let before = stage.requests().len();
            let play = stage.campaign(&phones, |_| {}).await;
            play.start().await;
            let counts = play.watch(minutes(2), seconds(20)).await;
            let campaign = play.row().await;
            assert_eq!(campaign.status, CampaignStatus::Paused, "{code}");
            let reason = campaign.status_reason.expect("a reason");
            assert!(reason.contains(&code.to_string()) && reason.contains("resume"), "{reason}");
            assert_eq!(counts.in_state(RecipientState::Pending), 12, "{counts:?}");
            assert_eq!((counts.called, counts.attempts), (0, 0), "nobody was called");
            assert!(stage.requests().len() - before <= 6, "it stops at once");
            stage.carrier.set_behavior("+1212*", Vec::new());
            stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
            play.resume().await;
            let counts = play.watch(minutes(3), minutes(1)).await;
            assert_eq!(counts.in_state(RecipientState::Completed), 12, "once it is mended everybody is called");
            assert_eq!(counts.attempts, 12);
        }
        stage.assert_ledgers_agree().await;
    }

    async fn four_refusals_and_a_call_that_is_taken_are_no_reason_to_pause(stage: Stage) {
        let phones = numbers(10);
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        for index in [0, 1, 2, 3, 5, 6, 7, 8] {
            stage.carrier.set_behavior(&phones[index], vec![refused(21215), Behavior::human(2, 3)]);
        }
        let play = stage.campaign(&phones, |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(5), seconds(30)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 10, "{counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        stage.assert_ledgers_agree().await;
    }

    async fn different_refusals_do_not_add_up(stage: Stage) {
        let phones = numbers(6);
        for (index, phone) in phones.iter().enumerate() {
            let code = if index % 2 == 0 { 21215 } else { 21210 };
            stage.carrier.set_behavior(phone, vec![refused(code), Behavior::human(2, 3)]);
        }
        let play = stage.campaign(&phones, |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(5), minutes(1)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 6, "{counts:?}");
    }

    async fn more_than_a_third_of_fifty_calls_failing_pauses_it(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 10.0).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let phones = numbers(200);
        for phone in phones.iter().step_by(2) {
            stage.carrier.set_behavior(phone, vec![Behavior::Failed { sip: 503 }]);
        }
        let play = stage.campaign(&phones, |settings| settings.retry.max_attempts = 1).await;
        play.start().await;
        let counts = play.watch(minutes(2), seconds(10)).await;
        let campaign = play.row().await;
        assert_eq!(campaign.status, CampaignStatus::Paused, "{counts:?}");
        assert!(campaign.status_reason.is_some_and(|reason| reason.contains("of the last 50 calls")));
        assert!(counts.in_state(RecipientState::Pending) > 80, "most of the list is kept: {counts:?}");
        play.resume().await;
        stage.world.run_for(seconds(3)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Active, "the calls of before are not held against it");
    }

    async fn a_list_of_impossible_numbers_is_no_fault_of_the_carriers(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 10.0).await;
        stage.carrier.set_behavior("+1212*", vec![refused(21217)]);
        let play = stage.campaign(&numbers(80), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(1), seconds(20)).await;
        assert_eq!(counts.in_state(RecipientState::Failed), 80, "{counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn refused_credentials_fail_every_campaign_and_say_the_way_out(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let others: Vec<String> = (100..110).map(number).collect();
        // The second one only waits; it fails with the first all the same.
        let (one, two) = (stage.campaign(&numbers(5), |_| {}).await, stage.campaign(&others, |_| {}).await);
        one.start().await;
        two.start().await;
        stage.world.run_for(seconds(2)).await;
        let mut faults = FaultPlan::default();
        faults.create.unauthorized = Chance::always();
        stage.carrier.set_faults(faults);
        one.watch(minutes(1), seconds(10)).await;
        for play in [&one, &two] {
            let campaign = play.row().await;
            assert_eq!(campaign.status, CampaignStatus::Failed);
            let reason = campaign.status_reason.expect("a reason");
            assert!(reason.contains("Administration → Carrier") && reason.contains("resume"), "{reason}");
        }
        stage.carrier.set_faults(FaultPlan::default());
        stage.world.run_for(hours(1)).await;
        one.resume().await;
        two.resume().await;
        two.watch(minutes(2), seconds(30)).await;
        assert_eq!(one.counts().await.in_state(RecipientState::Completed), 5);
        assert_eq!(two.counts().await.in_state(RecipientState::Completed), 10);
        assert_eq!(two.counts().await.attempts, 10, "the refused requests count for nothing");
        stage.assert_ledgers_agree().await;
    }
}
