//! A test of the first people of a list: only they are called, then it pauses itself, and whoever resumes calls the rest.

use std::collections::BTreeSet;

use carillon::store::Engine;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, Mix};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::support::{Play, Stage, hours, minutes, number, numbers, seconds};

/// Whom the carrier was asked to call since so many requests.
fn called(stage: &Stage, since: usize) -> BTreeSet<String> {
    stage.requests().into_iter().skip(since).map(|request| request.to).collect()
}

fn set(phones: &[String]) -> BTreeSet<String> {
    phones.iter().cloned().collect()
}

/// New York and Los Angeles in turn; it is seven in the morning there when a story begins.
fn coast_to_coast(count: usize) -> Vec<String> {
    (0..count).map(|n| if n % 2 == 0 { number(n) } else { format!("+1310555{:04}", 2000 + n) }).collect()
}

async fn reason(play: &Play<'_>) -> String {
    play.row().await.status_reason.expect("a reason")
}

on_both_stages! {
    async fn only_the_first_people_are_called_with_their_retries_and_then_it_pauses_itself(stage: Stage) {
        let phones = coast_to_coast(20);
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        stage.carrier.set_behavior(&phones[2], vec![Behavior::Busy, Behavior::human(2, 3)]);
        stage.carrier.set_behavior(&phones[5], vec![Behavior::Failed { sip: 404 }]);
        let retry = RetryPolicy { max_attempts: 2, delays_s: vec![5_400], on: vec![RetryCondition::Busy] };
        let play = stage.campaign(&phones, |settings| settings.retry = retry).await;
        play.start_with_first(6).await;
        let counts = play.watch(minutes(30), minutes(5)).await;
        assert_eq!(called(&stage, 0).len(), 3, "the others of the six are asleep: {counts:?}");
        assert_eq!(play.row().await.status, CampaignStatus::Active);
        play.watch(minutes(50), minutes(10)).await;
        assert_eq!(called(&stage, 0), set(&phones[..6]));
        assert_eq!(play.row().await.status, CampaignStatus::Active, "somebody waits for a second call");
        let counts = play.watch(minutes(20), minutes(5)).await;
        assert_eq!((counts.called, counts.attempts, counts.in_state(RecipientState::Pending)), (6, 7, 14));
        assert_eq!(play.row().await.status, CampaignStatus::Paused);
        assert_eq!(reason(&play).await, "The test of the first 6 is done: 6 called, 5 completed (83.3 %), 1 failed; \
            calls: 5 answered, 1 busy, 1 failed. Resume to call the other 14.");

        stage.world.run_for(hours(1)).await;
        assert_eq!(called(&stage, 0).len(), 6, "nobody else before somebody resumes");
        play.resume().await;
        let counts = play.watch(minutes(10), minutes(2)).await;
        assert_eq!((called(&stage, 0), counts.attempts), (set(&phones), 21));
        assert_eq!((play.row().await.status, play.row().await.first_max), (CampaignStatus::Completed, None));
        stage.assert_ledgers_agree().await;
    }

    async fn a_test_that_was_interrupted_goes_on_as_a_test(stage: Stage) {
        let phones = numbers(8);
        stage.settings(|settings| settings.calls_per_second = 0.1).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let play = stage.campaign(&phones, |_| {}).await;
        play.start_with_first(3).await;
        stage.world.run_for(seconds(5)).await;
        play.pause().await.expect("it pauses");
        assert_eq!(called(&stage, 0).len(), 1);
        play.resume().await;
        play.watch(minutes(2), seconds(30)).await;
        assert_eq!(called(&stage, 0), set(&phones[..3]));
        assert!(reason(&play).await.starts_with("The test of the first 3 is done"));
        play.resume().await;
        play.watch(minutes(2), seconds(30)).await;
        assert_eq!((called(&stage, 0), stage.requests().len()), (set(&phones), 8));
        stage.assert_ledgers_agree().await;
    }

    async fn a_list_that_the_test_is_long_enough_for_is_done_with_it(stage: Stage) {
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let play = stage.campaign(&numbers(3), |_| {}).await;
        play.start_with_first(50).await;
        play.watch(minutes(1), seconds(20)).await;
        assert_eq!((play.row().await.status, stage.requests().len()), (CampaignStatus::Completed, 3));
    }

    async fn whoever_is_asked_not_to_be_called_during_the_test_is_not_replaced(stage: Stage) {
        let phones = numbers(6);
        stage.do_not_call(&phones[0]).await;
        stage.settings(|settings| settings.calls_per_second = 0.1).await;
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let play = stage.campaign(&phones, |_| {}).await;
        play.start_with_first(3).await;
        stage.world.run_for(seconds(2)).await;
        let mut chosen = called(&stage, 0);
        let waiting: Vec<String> = phones[1..4].iter().filter(|phone| !chosen.contains(*phone)).cloned().collect();
        stage.do_not_call(&waiting[0]).await;
        let counts = play.watch(minutes(2), seconds(30)).await;
        chosen.extend(waiting.into_iter().skip(1));
        assert_eq!(called(&stage, 0), chosen, "the first three who could be called, less one");
        assert_eq!((counts.in_state(RecipientState::Suppressed), counts.in_state(RecipientState::Pending)), (2, 2));
        assert!(reason(&play).await.ends_with("Resume to call the other 2."));
    }

    async fn a_test_is_wished_for_and_shown_through_the_door(stage: Stage) {
        let (admin, phones) = (&stage.world.admin, coast_to_coast(8));
        stage.carrier.set_mix(Mix::all_human(2.0, 3.0));
        let play = stage.campaign(&phones, |_| {}).await;
        let path = format!("/api/v1/campaigns/{}", play.id);
        for wrong in [json!({"first": 0}), json!({"first": 1_001}), json!({"first": -1}), json!({"first": "all"})] {
            admin.post(&format!("{path}/start"), wrong).await.expect_invalid(&["first"]);
        }
        admin.post(&format!("{path}/start"), json!({"last": 1})).await.expect_invalid(&["last"]);
        assert!(admin.get(&path).await.expect(200).get("first").is_none());
        assert_eq!(admin.post(&format!("{path}/start"), json!({"first": 3})).await.expect(200)["first"], json!(3));
        stage.world.run_for(minutes(1)).await;
        let explained = admin.get(&format!("{path}/explain")).await.expect(200);
        let kinds: Vec<_> = explained["blockers"].as_array().expect("blockers").iter()
            .map(|blocker| (blocker["kind"].as_str().unwrap_or_default(), blocker["recipients"].as_i64())).collect();
        assert_eq!(kinds, [("recipient_hours", Some(1)), ("test_of_first", Some(5))], "{explained}");
        let hours = &explained["blockers"][0];
        assert_eq!(hours["openings"], json!([{ "at": hours["until"], "recipients": 1 }]), "{explained}");
        assert_eq!(explained["blockers"][1]["openings"], json!([]));
        assert_eq!(admin.get(&format!("{path}/progress")).await.expect(200)["estimated_end"], json!(null));
        admin.post(&format!("{path}/pause"), json!({})).await.expect(200);
        admin.post(&format!("{path}/resume"), json!({"everybody": true})).await.expect_invalid(&["everybody"]);
        let all = admin.post(&format!("{path}/resume"), json!({"all": true})).await.expect(200);
        assert!(all.get("first").is_none(), "{all}");
        play.watch(minutes(1), seconds(30)).await;
        assert_eq!(called(&stage, 0).len(), 4, "all in New York");
        let log = admin.get(&format!("{path}/log")).await.expect(200);
        let told = log["items"].as_array().expect("items").iter().any(|line| line["message"] == "Started with the first 3 as a test");
        assert!(told, "{log}");
    }
}

/// What becomes of one person of a list.
#[derive(Debug, Clone, Copy)]
enum Person {
    Listed,
    Answers,
    BusyOnce,
    Never,
    NetworkError,
}

fn person() -> impl Strategy<Value = Person> {
    use Person as P;
    prop_oneof![Just(P::Listed), Just(P::Answers), Just(P::BusyOnce), Just(P::Never), Just(P::NetworkError)]
}

/// Exactly the first people who may be called, then everybody else; nobody is left out and nobody is called for both.
async fn first_then_all(stage: &Stage, (people, first): (&[Person], u16), offset: usize) {
    let phones: Vec<String> = (offset..offset + people.len()).map(number).collect();
    for (phone, person) in phones.iter().zip(people) {
        let behavior = match person {
            Person::Listed => {
                stage.do_not_call(phone).await;
                continue;
            }
            Person::Answers => vec![Behavior::human(2, 3)],
            Person::BusyOnce => vec![Behavior::Busy, Behavior::human(2, 3)],
            Person::Never => vec![Behavior::NoAnswer],
            Person::NetworkError => vec![Behavior::Failed { sip: 503 }],
        };
        stage.carrier.set_behavior(phone, behavior);
    }
    let may_be_called = phones.iter().zip(people).filter(|(_, person)| !matches!(person, Person::Listed));
    let may_be_called: Vec<String> = may_be_called.map(|(phone, _)| phone.clone()).collect();
    let on = vec![RetryCondition::Busy, RetryCondition::NoAnswer];
    let retry = RetryPolicy { max_attempts: 2, delays_s: vec![120], on };
    let (play, before) = (stage.campaign(&phones, |settings| settings.retry = retry).await, stage.requests().len());
    if may_be_called.is_empty() {
        return;
    }
    play.start_with_first(first).await;
    play.watch(minutes(5), minutes(1)).await;
    let chosen = &may_be_called[..may_be_called.len().min(usize::from(first))];
    assert_eq!(called(stage, before), set(chosen), "the first {first} of {people:?}");
    if chosen.len() < may_be_called.len() {
        assert_eq!(play.row().await.status, CampaignStatus::Paused);
        let of_the_test = stage.requests().len();
        play.resume().await;
        play.watch(minutes(5), minutes(1)).await;
        assert_eq!(called(stage, of_the_test), set(&may_be_called[chosen.len()..]), "then the rest, once");
    }
    assert_eq!(play.row().await.status, CampaignStatus::Completed);
    stage.assert_ledgers_agree().await;
}

/// Many cases on one stage, from a fixed seed, each with numbers of its own.
fn holds(engine: Engine, cases: u32) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let stage = runtime.block_on(Stage::on(engine));
    runtime.block_on(stage.settings(|settings| settings.calls_per_second = 10.0));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let offset = std::cell::Cell::new(0);
    runner
        .run(&(prop::collection::vec(person(), 1..12), 1..12_u16), |(people, first)| {
            runtime.block_on(first_then_all(&stage, (&people, first), offset.get()));
            offset.set(offset.get() + people.len());
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    runtime.block_on(async move { drop(stage) });
}

#[test]
fn exactly_the_first_who_may_be_called_are_called_and_then_the_rest_on_sqlite() {
    holds(Engine::Sqlite, 16);
}

#[test]
fn exactly_the_first_who_may_be_called_are_called_and_then_the_rest_on_postgres() {
    holds(Engine::Postgres, 6);
}
