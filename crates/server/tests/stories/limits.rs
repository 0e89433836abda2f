//! Limits on calls, held against the carrier's own ledger; and who is not called at all.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::country_code::CountryCode;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, Mix};
use jiff::{SignedDuration, Timestamp};

use crate::support::{Stage, hours, minutes, number, numbers, seconds};

fn again_after(delay_s: u32, max_attempts: u8) -> impl FnOnce(&mut CampaignSettings) {
    move |settings| {
        settings.retry = RetryPolicy { max_attempts, delays_s: vec![delay_s], on: vec![RetryCondition::Busy] };
    }
}

/// Calls so many people at so many calls a second: never faster, and not noticeably slower.
async fn keeps_the_rate(stage: &Stage, rate: u32, people: usize) {
    stage
        .settings(|settings| {
            settings.calls_per_second = f64::from(rate);
            settings.max_concurrent_calls = 10_000;
        })
        .await;
    stage.carrier.set_mix(Mix::all_human(4.0, 5.0));
    let play = stage.campaign(&numbers(people), |_| {}).await;
    play.start().await;
    let takes = i64::try_from(people).expect("few") / i64::from(rate) + 30;
    let counts = play.watch(seconds(takes), seconds(takes / 3)).await;
    assert_eq!(counts.in_state(RecipientState::Completed), people as i64, "{counts:?}");
    let busiest = stage.busiest_second();
    assert!(busiest <= rate as usize + 1, "{busiest} calls in one second at a rate of {rate}");
    let at: Vec<Timestamp> = stage.requests().iter().map(|request| request.received_at).collect();
    let took = at[people - 1].duration_since(at[0]).as_secs_f64();
    let reached = (people - 1) as f64 / took;
    assert!(reached >= 0.98 * f64::from(rate), "{reached} calls a second of {rate}");
    stage.assert_ledgers_agree().await;
}

on_both_stages! {
    async fn at_one_call_a_second_none_is_early_and_few_are_late(stage: Stage) {
        keeps_the_rate(&stage, 1, 40).await;
    }

    async fn at_five_calls_a_second_none_is_early_and_few_are_late(stage: Stage) {
        keeps_the_rate(&stage, 5, 80).await;
    }

    async fn at_thirty_calls_a_second_none_is_early_and_few_are_late(stage: Stage) {
        keeps_the_rate(&stage, 30, 200).await;
    }

    async fn a_campaigns_own_rate_is_kept_beside_the_organizations(stage: Stage) {
        stage.settings(|settings| {
            settings.calls_per_second = 20.0;
            settings.max_concurrent_calls = 1_000;
        })
        .await;
        stage.carrier.set_mix(Mix::all_human(4.0, 5.0));
        let slow = stage.campaign(&numbers(20), |settings| settings.limits.calls_per_second = Some(2.0)).await;
        let others: Vec<String> = (100..200).map(number).collect();
        let fast = stage.campaign(&others, |_| {}).await;
        slow.start().await;
        fast.start().await;
        slow.watch(seconds(40), seconds(10)).await;
        assert_eq!(fast.counts().await.in_state(RecipientState::Completed), 100);
        assert!(stage.busiest_second() <= 21);
        let own: Vec<Timestamp> = stage.requests().iter()
            .filter(|request| !others.contains(&request.to)).map(|request| request.received_at).collect();
        assert_eq!(own.len(), 20);
        for triple in own.windows(4) {
            assert!(triple[3].duration_since(triple[0]) >= seconds(1), "at most three within a second: {triple:?}");
        }
        assert!(own[19].duration_since(own[0]) <= seconds(10), "and not slower than it may be: {own:?}");
        stage.assert_ledgers_agree().await;
    }

    async fn calls_at_once_stay_within_the_organizations_limit_and_use_it(stage: Stage) {
        stage.settings(|settings| {
            settings.calls_per_second = 20.0;
            settings.max_concurrent_calls = 4;
        })
        .await;
        stage.carrier.set_mix(Mix::all_human(5.0, 10.0));
        let play = stage.campaign(&numbers(30), |_| {}).await;
        play.start().await;
        let counts = play.watch(minutes(4), seconds(20)).await;
        assert_eq!(counts.in_state(RecipientState::Completed), 30, "{counts:?}");
        assert_eq!(stage.most_at_once(|_| true), 4);
        stage.assert_ledgers_agree().await;
    }

    async fn calls_at_once_stay_within_the_campaigns_limit_and_the_rest_is_for_others(stage: Stage) {
        stage.settings(|settings| {
            settings.calls_per_second = 20.0;
            settings.max_concurrent_calls = 6;
        })
        .await;
        stage.carrier.set_mix(Mix::all_human(5.0, 10.0));
        let narrow = stage.campaign(&numbers(12), |settings| settings.limits.max_concurrent_calls = Some(2)).await;
        let others: Vec<String> = (100..148).map(number).collect();
        let wide = stage.campaign(&others, |_| {}).await;
        narrow.start().await;
        wide.start().await;
        narrow.watch(minutes(5), seconds(20)).await;
        assert_eq!(narrow.row().await.status, CampaignStatus::Completed);
        assert_eq!(wide.row().await.status, CampaignStatus::Completed);
        assert_eq!(stage.most_at_once(|_| true), 6);
        assert_eq!(stage.most_at_once(|call| !others.contains(&call.to)), 2);
        assert_eq!(stage.most_at_once(|call| others.contains(&call.to)), 6, "when the narrow one is done");
        stage.assert_ledgers_agree().await;
    }

    async fn two_campaigns_share_the_slots_fairly(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 5.0).await;
        stage.carrier.set_mix(Mix::all_human(3.0, 4.0));
        let others: Vec<String> = (1_000..1_200).map(number).collect();
        let (one, two) = (stage.campaign(&numbers(200), |_| {}).await, stage.campaign(&others, |_| {}).await);
        one.start().await;
        two.start().await;
        stage.world.run_for(seconds(20)).await;
        let (first, second) = (one.counts().await.called, two.counts().await.called);
        assert!(first + second >= 95, "{first} and {second}");
        assert!((first - second).abs() <= 10, "{first} and {second} of a shared rate");
    }

    async fn a_person_in_two_campaigns_is_never_called_by_both_at_once(stage: Stage) {
        stage.settings(|settings| settings.calls_per_second = 10.0).await;
        stage.carrier.set_mix(Mix::all_human(8.0, 20.0));
        let (one, two) = (stage.campaign(&numbers(6), |_| {}).await, stage.campaign(&numbers(6), |_| {}).await);
        one.start().await;
        two.start().await;
        one.watch(minutes(5), seconds(15)).await;
        for play in [&one, &two] {
            assert_eq!(play.counts().await.in_state(RecipientState::Completed), 6);
            assert_eq!(play.row().await.status, CampaignStatus::Completed);
        }
        assert_eq!(stage.requests().len(), 12);
        stage.assert_ledgers_agree().await;
    }

    async fn a_retry_that_falls_due_is_placed_within_a_second(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy, Behavior::human(2, 2)]);
        let play = stage.campaign(&[number(0)], again_after(1_234, 2)).await;
        play.start().await;
        play.watch(hours(1), minutes(7)).await;
        let attempts = play.attempts().await;
        let due = attempts[0].ended_at.expect("an end") + seconds(1_234);
        let late = attempts[1].send_at.duration_since(due);
        assert!((SignedDuration::ZERO..seconds(1)).contains(&late), "{late}");
    }

    async fn more_attempts_than_a_number_may_get_in_a_day_wait_for_the_next_one(stage: Stage) {
        stage.settings(|settings| settings.attempts_per_number_per_day = Some(2)).await;
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let play = stage.campaign(&[number(0)], again_after(900, 3)).await;
        play.start().await;
        play.watch(hours(20), hours(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Busy; 2], "the day's attempts are used up");
        play.watch(hours(4), hours(1)).await;
        let attempts = play.attempts().await;
        assert_eq!(attempts.len(), 3, "the third comes on the next day");
        // Eight in the morning in New York, and the guard of a minute.
        let morning: Timestamp = "2026-03-03T13:01:00Z".parse().expect("an instant");
        let late = attempts[2].send_at.duration_since(morning);
        assert!((SignedDuration::ZERO..seconds(1)).contains(&late), "{late} after the opening");
    }

    async fn the_cap_of_a_day_counts_over_all_campaigns(stage: Stage) {
        stage.settings(|settings| settings.attempts_per_number_per_day = Some(1)).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let (one, two) = (stage.campaign(&numbers(2), |_| {}).await, stage.campaign(&numbers(2), |_| {}).await);
        one.start().await;
        one.watch(minutes(2), seconds(30)).await;
        two.start().await;
        two.watch(hours(12), hours(1)).await;
        assert_eq!(stage.requests().len(), 2, "today they were called already");
        two.watch(hours(12), hours(1)).await;
        assert_eq!(two.counts().await.in_state(RecipientState::Completed), 2);
    }

    async fn numbers_of_countries_that_are_not_allowed_are_not_called(stage: Stage) {
        stage.settings(|settings| settings.recipient_hours.enabled = false).await;
        let phones = ["+442071838750".to_owned(), number(0)];
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let anytime = |settings: &mut CampaignSettings| settings.recipient_hours.enabled = false;
        let play = stage.campaign(&phones, anytime).await;
        play.start().await;
        let counts = play.watch(minutes(2), seconds(30)).await;
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.in_state(RecipientState::Completed)), (1, 1));
        let british = play.recipients().await.into_iter().find(|recipient| recipient.phone.starts_with("+44"));
        assert_eq!(british.and_then(|recipient| recipient.reason).as_deref(), Some("country_not_allowed"));

        stage.settings(|settings| settings.allowed_countries.push(CountryCode::parse("GB").expect("a country"))).await;
        let play = stage.campaign(&phones[..1], anytime).await;
        play.start().await;
        assert_eq!(play.watch(minutes(2), seconds(30)).await.in_state(RecipientState::Completed), 1);
        assert_eq!(stage.requests().len(), 2);
    }

    async fn a_number_that_is_listed_while_the_campaign_runs_is_not_called_any_more(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        stage.carrier.set_behavior(&number(0), vec![Behavior::Busy]);
        let play = stage.campaign(&numbers(10), again_after(900, 3)).await;
        play.start().await;
        stage.world.run_for(seconds(4)).await;
        // One was called and waits for a retry, another was not called yet.
        stage.do_not_call(&number(0)).await;
        stage.do_not_call(&number(9)).await;
        let counts = play.watch(hours(2), minutes(10)).await;
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.in_state(RecipientState::Completed)), (2, 8));
        assert_eq!(stage.carrier.ledger().calls_to(&number(0)).len(), 1);
        assert_eq!(stage.carrier.ledger().calls_to(&number(9)).len(), 0);
        let reasons: Vec<String> = play.recipients().await.into_iter().filter_map(|recipient| recipient.reason).collect();
        assert_eq!(reasons, ["do_not_call", "do_not_call"]);
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
    }

    async fn a_number_that_is_listed_between_claim_and_slot_is_not_called(stage: Stage) {
        // At one call a second the second slot is a second away, and its attempt is claimed a moment before.
        stage.carrier.set_mix(Mix::all_human(2.0, 2.0));
        let play = stage.campaign(&numbers(2), |_| {}).await;
        play.start().await;
        let reserved = async || {
            const RESERVED: &str = "SELECT count(*) FROM attempts WHERE state = 'reserved'";
            let count = stage.world.app.store.read(|tx| tx.query_one(RESERVED, &[], |row| row.get::<i64>(0))).await;
            count.map_err(|e: carillon::store::StoreError| e).expect("a read")
        };
        for _ in 0..2_000 {
            if stage.requests().len() == 1 && reserved().await == 1 {
                break;
            }
            stage.world.run_for(SignedDuration::from_millis(1)).await;
        }
        assert_eq!(reserved().await, 1, "the second is claimed and not sent");
        let called = stage.requests()[0].to.clone();
        let waiting = numbers(2).into_iter().find(|phone| *phone != called).expect("the other");
        stage.do_not_call(&waiting).await;
        let counts = play.watch(minutes(2), seconds(30)).await;
        assert_eq!(stage.requests().len(), 1, "it was looked at once more before the request");
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.attempts), (1, 1));
    }

    async fn a_number_that_is_listed_while_it_rings_hears_nothing(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(10, 60)]);
        let play = stage.campaign(&[number(0)], |settings| settings.retry.max_attempts = 1).await;
        play.start().await;
        stage.world.run_for(seconds(5)).await;
        stage.do_not_call(&number(0)).await;
        let counts = play.watch(minutes(2), seconds(30)).await;
        let call = &stage.carrier.ledger().calls_to(&number(0))[0];
        assert!(call.answered_at.is_some() && call.heard.is_empty(), "{:?}", call.heard);
        assert!(call.duration_s <= Some(1), "and it is over at once");
        assert_eq!(counts.outcomes[Outcome::Canceled as usize], 1, "{counts:?}");
        stage.assert_ledgers_agree().await;
    }
}
