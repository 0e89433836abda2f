//! A key during the message, and nobody calls that number again.

use std::time::Duration;

use carillon::store::{StoreError, do_not_call};
use carillon_domain::campaign_settings::{CampaignSettings, Purpose};
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_simulator::{Behavior, Chance, FaultPlan};

use crate::support::{Play, Stage, minutes, number, says, seconds};

/// Somebody who presses a key so many milliseconds after the answer and listens for a minute.
fn presses(after_ms: u64, key: char) -> Behavior {
    Behavior::Human {
        rings_for: Duration::from_secs(3),
        talks_for: Duration::from_secs(60),
        presses: vec![(Duration::from_millis(after_ms), key)],
    }
}

fn offered(settings: &mut CampaignSettings) {
    settings.opt_out.enabled = true;
}

async fn is_listed(stage: &Stage) -> bool {
    let organization = stage.world.organization;
    let found = stage.world.app.store.read(move |tx| do_not_call::find(tx, organization, &number(0))).await;
    found.map_err(|e: StoreError| e).expect("a read").is_some()
}

async fn played<'s>(stage: &'s Stage, who: Behavior, change: impl FnOnce(&mut CampaignSettings)) -> Play<'s> {
    stage.carrier.set_behavior(&number(0), vec![who]);
    let play = stage.campaign(&[number(0)], change).await;
    play.start().await;
    play.watch(minutes(3), seconds(20)).await;
    stage.assert_ledgers_agree().await;
    play
}

on_both_stages! {
    async fn the_key_puts_the_number_on_the_list_before_the_call_is_over(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![presses(3_000, '9')]);
        let play = stage.campaign(&[number(0)], |settings| {
            offered(settings);
            settings.message = Some(says(&"word ".repeat(100)));
        }).await;
        play.start().await;
        while stage.carrier.ledger().calls().iter().all(|call| call.digits.is_empty()) {
            stage.world.run_for(jiff::SignedDuration::from_millis(100)).await;
        }
        assert!(is_listed(&stage).await, "at once");
        assert_eq!(stage.carrier.live_calls(), 1, "a sentence confirms it");
        let counts = play.watch(minutes(2), seconds(20)).await;
        assert_eq!(play.outcomes().await, [Outcome::OptedOut]);
        assert_eq!(counts.in_state(RecipientState::Completed), 1);
        let organization = stage.world.organization;
        let entry = stage.world.app.store.read(move |tx| do_not_call::find(tx, organization, &number(0))).await;
        let entry = entry.map_err(|e: StoreError| e).expect("a read").expect("an entry");
        let attempt = play.attempts().await[0].id.to_string();
        assert_eq!((entry.source.as_str(), entry.added_by.as_str()), ("key_press", "the person called"));
        assert!(entry.reason.contains(&attempt) && entry.reason.contains(&play.id.to_string()), "{}", entry.reason);
        stage.assert_ledgers_agree().await;
    }

    async fn the_key_works_from_the_first_word_on(stage: Stage) {
        for purpose in [Purpose::Informational, Purpose::Telemarketing] {
            let change = |settings: &mut CampaignSettings| {
                offered(settings);
                settings.purpose = purpose;
            };
            stage.settings(|settings| settings.attempts_per_number_per_day = None).await;
            let play = played(&stage, presses(100, '9'), change).await;
            if purpose == Purpose::Informational {
                assert_eq!(play.outcomes().await, [Outcome::OptedOut]);
                assert!(is_listed(&stage).await);
                let organization = stage.world.organization;
                let why = do_not_call::Entry {
                    phone: number(0), reason: "again".to_owned(), source: "page".to_owned(),
                    added_by: "story".to_owned(), added_at: stage.world.clock_now(),
                };
                let removed = stage.world.app.store.write(carillon::store::Lane::Pages, move |tx| {
                    do_not_call::remove(tx, organization, &why)
                });
                assert!(removed.await.map_err(|e: StoreError| e).expect("a write").is_some());
                continue;
            }
            assert_eq!(play.outcomes().await, [Outcome::OptedOut], "{purpose}");
            let call = stage.carrier.ledger().calls_to(&number(0)).pop().expect("a call");
            assert!(call.duration_s <= Some(1), "telemarketing ends at once: {call:?}");
        }
    }

    async fn another_key_takes_nobody_off(stage: Stage) {
        let play = played(&stage, presses(2_000, '1'), offered).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        assert!(!is_listed(&stage).await);
    }

    async fn the_key_that_the_campaign_chose_is_the_one_that_counts(stage: Stage) {
        let change = |settings: &mut CampaignSettings| {
            offered(settings);
            settings.opt_out.digit = "*".to_owned();
        };
        let play = played(&stage, presses(2_000, '*'), change).await;
        assert_eq!(play.outcomes().await, [Outcome::OptedOut]);
        assert!(is_listed(&stage).await);
    }

    async fn without_the_offer_a_key_means_nothing(stage: Stage) {
        let play = played(&stage, presses(2_000, '9'), |_| {}).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        assert!(!is_listed(&stage).await);
    }

    async fn who_opted_out_is_not_called_by_any_other_campaign(stage: Stage) {
        played(&stage, presses(2_000, '9'), offered).await;
        let other = stage.campaign(&[number(0), number(1)], |_| {}).await;
        stage.carrier.set_behavior(&number(1), vec![Behavior::human(2, 2)]);
        other.start().await;
        let counts = other.watch(minutes(2), seconds(30)).await;
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.in_state(RecipientState::Completed)), (1, 1));
        assert_eq!(stage.carrier.ledger().calls_to(&number(0)).len(), 1);
    }

    async fn an_opt_out_is_known_although_every_callback_was_lost(stage: Stage) {
        let mut faults = FaultPlan::default();
        faults.callback.lost = Chance::always();
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&[number(0)], offered).await;
        stage.carrier.set_behavior(&number(0), vec![presses(2_000, '9')]);
        play.start().await;
        play.watch(minutes(10), minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::OptedOut]);
        assert!(is_listed(&stage).await);
        stage.assert_ledgers_agree().await;
    }
}
