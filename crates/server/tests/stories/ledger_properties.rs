//! Whatever order the news of calls come in, however often and in whatever batches: the same rows.
//!
//! A case is the news of some calls. Each is told once in order to a first recipient, and in a random order with
//! repetitions to a second one of the same run; in the end the two must be the same in everything but their names.
//! After every batch the counters equal a recount and nobody is lost.

use carillon::store::claims::{self, BucketClaim, ClaimRequest, RunClaim};
use carillon::store::ledger::{self, Heard, Patience};
use carillon::store::{Engine, Lane, StoreError, answers, buckets, campaigns};
use carillon_domain::attempt::AttemptEvent;
use carillon_domain::calling_hours::local_day_start;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::AnsweringMachine;
use carillon_domain::facts::{AnsweredBy, CallEnd, EndStatus, Fact};
use carillon_domain::limits::SlotRate;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::{CALLER_ID, Play, Stage, number};

/// What may be heard of one call.
#[derive(Debug, Clone)]
struct Call {
    news: Vec<AttemptEvent>,
    /// The second telling: indexes into the news, all of them and some again, with batch ends.
    order: Vec<(usize, bool)>,
}

/// Everything of a case: the campaign asks for machines or not, and its calls.
#[derive(Debug, Clone)]
struct Case {
    detects: bool,
    max_attempts: u8,
    calls: Vec<Call>,
}

fn at(second: i64) -> Timestamp {
    let start: Timestamp = crate::support::STARTING_AT.parse().expect("an instant");
    start + SignedDuration::from_secs(second)
}

fn heard(fact: Fact) -> AttemptEvent {
    AttemptEvent::Heard(fact)
}

/// A call as the carrier may tell it: what came before the end, the end, and what was learnt of who picked up.
fn news() -> impl Strategy<Value = Vec<AttemptEvent>> {
    let ends = prop_oneof![
        3 => Just(EndStatus::Completed),
        1 => Just(EndStatus::Busy),
        1 => Just(EndStatus::NoAnswer),
        1 => Just(EndStatus::Failed),
        1 => Just(EndStatus::Canceled),
    ];
    let code = prop_oneof![Just(None), Just(Some((503, false))), Just(Some((13_223, true)))];
    let verdict = prop_oneof![
        Just(None),
        Just(Some(AnsweredBy::Human)),
        Just(Some(AnsweredBy::Machine)),
        Just(Some(AnsweredBy::Unknown)),
    ];
    let flags = prop::collection::vec(any::<bool>(), 6);
    (ends, code, verdict, flags).prop_map(|(status, code, verdict, flags)| {
        let [uncertain, rang, opted_out, gate, left, looked_up] = flags[..] else { unreachable!("six flags") };
        let picked_up = status == EndStatus::Completed;
        let mut news = vec![heard(Fact::Accepted { at: at(1) }), heard(Fact::Initiated { at: at(2) })];
        news.extend(uncertain.then_some(AttemptEvent::Uncertain));
        news.extend((rang || picked_up).then(|| heard(Fact::Ringing { at: at(3) })));
        if picked_up {
            news.push(heard(Fact::Answered { at: at(8) }));
            news.extend(verdict.map(|by| heard(Fact::Detected { by })));
            news.extend(opted_out.then(|| heard(Fact::OptedOut { at: at(12) })));
            news.extend(gate.then_some(heard(Fact::GateClosed)));
            news.extend((left && verdict == Some(AnsweredBy::Machine)).then_some(heard(Fact::MessageLeft)));
        }
        let end = |code: Option<(u32, bool)>| {
            heard(Fact::Ended(CallEnd {
                status,
                at: at(30),
                duration_s: picked_up.then_some(22),
                error_code: code.map(|(code, _)| code),
                number_impossible: status == EndStatus::Failed && code.is_some_and(|(_, impossible)| impossible),
            }))
        };
        news.push(end(None));
        // A look-up knows the carrier's own code.
        news.extend((looked_up && status == EndStatus::Failed).then(|| end(code)));
        news
    })
}

fn call() -> impl Strategy<Value = Call> {
    news().prop_flat_map(|news| {
        let each: Vec<usize> = (0..news.len()).collect();
        let again = prop::collection::vec(0..news.len(), 0..6);
        let all = again.prop_flat_map(move |again| Just([each.clone(), again].concat()).prop_shuffle());
        let order = all.prop_flat_map(|order| {
            let ends = prop::collection::vec(any::<bool>(), order.len());
            (Just(order), ends).prop_map(|(order, ends)| order.into_iter().zip(ends).collect())
        });
        (Just(news), order).prop_map(|(news, order)| Call { news, order })
    })
}

fn case() -> impl Strategy<Value = Case> {
    (any::<bool>(), 1..=3_u8, prop::collection::vec(call(), 1..4)).prop_map(|(detects, max_attempts, calls)| Case {
        detects,
        max_attempts,
        calls,
    })
}

/// Reserves the next attempt of everybody, without the engine. Returns the tokens by number.
async fn reserve(play: &Play<'_>, count: usize) -> Vec<String> {
    let (chance, now) = (&play.stage.world.app.chance, play.stage.world.clock_now());
    let campaign = play.row().await;
    let zones = ZoneSet::of_number(&PhoneNumber::from_e164(&number(0)).expect("a number"));
    let settings = campaign.settings.clone();
    let run = RunClaim {
        campaign: campaign.id,
        run: play.run,
        count: u32::try_from(count).expect("few"),
        lines_max: None,
        rate: None,
        caller_ids: vec![PhoneNumber::from_e164(CALLER_ID).expect("a number")],
        turn: 0,
        recipient_hours: settings.recipient_hours.clone(),
        calling_hours: None,
        ring_timeout_s: settings.ring_timeout_s,
        detects_machines: settings.detects_machines(),
        useless_after: None,
        hold: settings.call_hold(),
        buckets: vec![BucketClaim { bucket: 1, day_start: local_day_start(&zones, now), zones }],
    };
    let names = (0..count).map(|_| {
        let id = chance.id(now);
        (id, format!("token-{}", id.simple()))
    });
    let request = ClaimRequest {
        organization: campaign.organization,
        account_sid: "AC".to_owned(),
        owner: "story".to_owned(),
        now,
        send_from: now,
        send_until: now + SignedDuration::from_hours(1),
        send_deadline: SignedDuration::from_secs(5),
        lapse_after: SignedDuration::from_secs(10),
        lines_max: 10_000,
        rate: SlotRate::per_second(1_000_000.0),
        attempts_per_number_per_day: None,
        allowed_countries: vec!["US".to_owned()],
        names: names.collect(),
        runs: vec![run],
    };
    let claimed = play.stage.world.app.store.write(Lane::Dialing, move |tx| claims::claim(tx, &request)).await;
    let mut reserved = claimed.map_err(|e: StoreError| e).expect("a claim").reserved;
    assert_eq!(reserved.len(), count, "everybody is reserved");
    reserved.sort_by(|a, b| a.phone.as_str().cmp(b.phone.as_str()));
    reserved.into_iter().map(|reservation| reservation.token).collect()
}

/// Applies a batch and checks what must hold after every one.
async fn apply(play: &Play<'_>, batch: Vec<Heard>) {
    let now = at(60);
    let applied =
        play.stage.world.app.store.write(Lane::Dialing, move |tx| ledger::apply(tx, &batch, Patience::default(), now));
    let applied = applied.await.map_err(|e: StoreError| e).expect("news are applied");
    assert!(applied.impossible.is_empty() && applied.parked == 0);
    let run = play.run;
    let both = play.stage.world.app.store.read(move |tx| Ok((buckets::total(tx, run)?, buckets::recount(tx, run)?)));
    let (counters, recount) = both.await.map_err(|e: StoreError| e).expect("a read");
    assert_eq!(counters, recount, "the counters equal a recount after every batch");
    assert_answers_agree(play).await;
}

/// Answered hours follow what was heard, corrections too, unit by unit.
async fn assert_answers_agree(play: &Play<'_>) {
    let (store, organization) = (&play.stage.world.app.store, play.row().await.organization);
    let roll_up = || store.write(Lane::Pages, |tx| answers::roll_up(tx, 2));
    while roll_up().await.map_err(|e: StoreError| e).expect("a unit") > 0 {}
    let both = store.read(move |tx| Ok((answers::kept(tx, organization)?, answers::recount(tx, organization)?)));
    let (kept, recount) = both.await.map_err(|e: StoreError| e).expect("a read");
    assert_eq!(kept, recount, "the answered hours equal a recount after every batch");
}

/// A recipient with its attempt and its line, in everything but their names.
async fn rows(play: &Play<'_>, phone: String) -> Vec<String> {
    const ROWS: &str = "SELECT r.state || '|' || coalesce(r.reason, '') || '|' || coalesce(r.outcome, '') || '|' || r.attempts
            || '|' || r.uncounted || '|' || CASE WHEN r.state = 'retrying' THEN r.due_at ELSE 0 END || '|' || a.state || '|' || coalesce(a.outcome, '') || '|'
            || coalesce(a.error_code, 0) || '|' || coalesce(a.ended_at, 0) || '|' || a.facts || '|'
            || (SELECT count(*) FROM live_calls l WHERE l.phone = r.phone)
       FROM recipients r JOIN attempts a ON a.recipient_id = r.id WHERE r.run_id = $1 AND r.phone = $2 ORDER BY 1";
    let run = play.run;
    let found = play
        .stage
        .world
        .app
        .store
        .read(move |tx| tx.query(ROWS, carillon::params![run, phone.as_str()], |row| row.get::<String>(0)));
    found.await.map_err(|e: StoreError| e).expect("a read")
}

async fn told_in_any_order(stage: &Stage, case: &Case) {
    let people = case.calls.len() * 2;
    let phones: Vec<String> = (0..people).map(number).collect();
    let on = vec![RetryCondition::Busy, RetryCondition::NoAnswer, RetryCondition::Failed];
    let play = stage
        .campaign(&phones, |settings| {
            settings.retry = RetryPolicy { max_attempts: case.max_attempts, delays_s: vec![900], on };
            if case.detects {
                settings.answering_machine = AnsweringMachine::LeaveMessage;
            }
        })
        .await;
    let (id, now) = (play.id, stage.world.clock_now());
    let activated = stage.world.app.store.write(Lane::Pages, move |tx| {
        let mut campaign = campaigns::lock(tx, id)?.expect("the campaign");
        campaign.status = CampaignStatus::Active;
        campaigns::save(tx, &mut campaign, now)
    });
    assert_eq!(activated.await, Ok::<_, StoreError>(()));
    let tokens = reserve(&play, people).await;
    for (index, call) in case.calls.iter().enumerate() {
        for event in &call.news {
            apply(&play, vec![Heard::of(&tokens[index * 2], event.clone())]).await;
        }
    }
    // The second tellings run through each other.
    let mut batch = Vec::new();
    let longest = case.calls.iter().map(|call| call.order.len()).max().unwrap_or(0);
    for step in 0..longest {
        for (index, call) in case.calls.iter().enumerate() {
            let Some((which, ends)) = call.order.get(step) else { continue };
            batch.push(Heard::of(&tokens[index * 2 + 1], call.news[*which].clone()));
            if *ends {
                apply(&play, std::mem::take(&mut batch)).await;
            }
        }
    }
    apply(&play, batch).await;
    for index in 0..case.calls.len() {
        let (first, second) = (rows(&play, number(index * 2)).await, rows(&play, number(index * 2 + 1)).await);
        assert_eq!(first, second, "{:?}", case.calls[index]);
    }
}

/// Many cases on one stage, from a fixed seed.
fn holds(engine: Engine, cases: u32) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let stage = runtime.block_on(Stage::on(engine));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(&case(), |case| {
            runtime.block_on(told_in_any_order(&stage, &case));
            runtime.block_on(clear(&stage));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    runtime.block_on(async move { drop(stage) });
}

/// The next case calls the same numbers.
async fn clear(stage: &Stage) {
    let cleared = stage.world.app.store.write(Lane::Pages, |tx| {
        for statement in [
            "DELETE FROM live_calls",
            "DELETE FROM attempts",
            "DELETE FROM answer_hours",
            "DELETE FROM answer_areas",
            "DELETE FROM campaigns",
        ] {
            tx.execute(statement, &[])?;
        }
        Ok::<_, StoreError>(())
    });
    assert_eq!(cleared.await, Ok(()));
}

#[test]
fn news_in_any_order_and_number_give_the_same_rows_on_sqlite() {
    holds(Engine::Sqlite, 120);
}

#[test]
fn news_in_any_order_and_number_give_the_same_rows_on_postgres() {
    holds(Engine::Postgres, 15);
}
