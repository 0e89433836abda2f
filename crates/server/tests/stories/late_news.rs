//! What comes late about a call still counts for what it was: a ring, a key, a closed gate, an owner's word.
//!
//! The news are brought to the engine by hand, so that they come in the order that hurts. Which corrections there are
//! is the domain's table; here they meet recipients and counters, which must equal a recount each time.

use carillon::store::attempts::AttemptView;
use carillon::store::attempts::pages::{self, AttemptFilter, Place};
use carillon::store::ledger::Heard;
use carillon::store::{Engine, StoreError};
use carillon_domain::attempt::AttemptEvent;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::facts::Fact;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, Chance, Config, FaultPlan};

use crate::support::{Play, Stage, hours, minutes, number, seconds};

/// The only attempt of a play so far.
async fn attempt(play: &Play<'_>) -> AttemptView {
    let place = Place { limit: 10, ..Place::default() };
    let (run, filter) = (play.run, AttemptFilter { place, ..AttemptFilter::default() });
    let found = play.stage.world.app.store.read(move |tx| pages::of_run(tx, run, &filter)).await;
    let found = found.map_err(|e: StoreError| e).expect("a read").into_iter().map(|listed| listed.attempt);
    let [attempt] = <[AttemptView; 1]>::try_from(Vec::from_iter(found)).expect("one");
    attempt
}

/// Brings news of the only attempt to the engine.
async fn hear(play: &Play<'_>, event: AttemptEvent) {
    let token = attempt(play).await.token;
    play.stage.world.app.engine.hear(vec![Heard::of(token, event)]).await.expect("it is heard");
}

fn now(play: &Play<'_>) -> jiff::Timestamp {
    play.stage.world.app.clock.now()
}

/// A carrier that does what it is told and never calls back.
fn silent(config: &mut Config) {
    config.faults.callback.lost = Chance::always();
}

async fn a_ring_that_nobody_told_of_before_the_cancel_counts(stage: Stage) {
    stage.carrier.set_behavior(&number(0), vec![Behavior::NoAnswer]);
    let retry = RetryPolicy { max_attempts: 2, delays_s: vec![3_600], on: vec![RetryCondition::NoAnswer] };
    let play = stage.campaign(&[number(0)], |settings| settings.retry = retry).await;
    play.start().await;
    stage.world.run_for(seconds(2)).await;
    play.pause().await.expect("it pauses");
    assert_eq!(play.outcomes().await, [Outcome::Canceled], "as far as the callbacks told it was still queued there");
    play.resume().await;
    stage.world.run_for(minutes(2)).await;
    assert_eq!(stage.carrier.ledger().creates().len(), 1, "but the carrier's answer told that it was dialed");
    hear(&play, AttemptEvent::Heard(Fact::Ringing { at: now(&play) })).await;
    assert_eq!(play.counts().await.outcomes.iter().sum::<i64>(), 1);

    stage.world.run_for(minutes(56)).await;
    assert_eq!(stage.carrier.ledger().creates().len(), 1, "the phone rang, so the delay is kept");
    stage.world.run_for(hours(30)).await;
    assert_eq!(stage.carrier.ledger().creates().len(), 2, "and the ring was one of the two attempts");
    assert_eq!(play.recipients().await[0].state, RecipientState::Failed);
    play.counts().await;
}

/// The first call is known to the carrier, of the second nothing came back; then nothing more is ever told.
async fn calls_that_nobody_can_account_for_end_as_unknown(stage: Stage) {
    stage.carrier.set_behavior("+1212*", vec![Behavior::NoAnswer]);
    let play = stage.campaign(&[number(0), number(1)], |_| {}).await;
    play.start().await;
    stage.world.run_for(seconds(1)).await;
    let mut faults = FaultPlan::default();
    faults.callback.lost = Chance::always();
    faults.create.accept_then_500 = Chance::always();
    faults.read.server_error = Chance::always();
    stage.carrier.set_faults(faults);
    stage.world.run_for(hours(6)).await;
    assert_eq!(play.outcomes().await, [Outcome::Unknown, Outcome::Unknown]);
    let counts = play.counts().await;
    assert_eq!(counts.in_state(RecipientState::Failed), 2, "nobody is waited for without end: {counts:?}");
    assert_eq!(play.row().await.status, CampaignStatus::Completed);
    assert_eq!(stage.carrier.ledger().creates().len(), 2, "and nobody is called again for it");
}

mod a_ring_untold_before_a_cancel {
    use super::*;

    #[tokio::test]
    async fn counts_on_sqlite() {
        a_ring_that_nobody_told_of_before_the_cancel_counts(Stage::with(Engine::Sqlite, silent).await).await;
    }

    #[tokio::test]
    async fn counts_on_postgres() {
        a_ring_that_nobody_told_of_before_the_cancel_counts(Stage::with(Engine::Postgres, silent).await).await;
    }
}

mod a_call_that_nobody_can_account_for {
    use super::*;

    #[tokio::test]
    async fn ends_as_unknown_on_sqlite() {
        calls_that_nobody_can_account_for_end_as_unknown(Stage::with(Engine::Sqlite, silent).await).await;
    }

    #[tokio::test]
    async fn ends_as_unknown_on_postgres() {
        calls_that_nobody_can_account_for_end_as_unknown(Stage::with(Engine::Postgres, silent).await).await;
    }
}

on_both_stages! {
    async fn a_key_that_was_heard_after_the_end_opts_out(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 3)]);
        let play = stage.campaign(&[number(0)], |_| {}).await;
        play.start().await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered]);
        hear(&play, AttemptEvent::Heard(Fact::OptedOut { at: now(&play) })).await;
        assert_eq!(play.outcomes().await, [Outcome::OptedOut]);
        let counts = play.counts().await;
        assert_eq!(counts.outcomes[Outcome::OptedOut as usize], 1);
        assert_eq!(counts.outcomes[Outcome::Answered as usize], 0);
        assert_eq!(counts.in_state(RecipientState::Completed), 1);
    }

    async fn a_gate_that_was_heard_of_after_the_end_leaves_nobody_reached(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 3)]);
        let play = stage.campaign(&[number(0)], |_| {}).await;
        play.start().await;
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.row().await.status, CampaignStatus::Completed);
        hear(&play, AttemptEvent::Heard(Fact::GateClosed)).await;
        assert_eq!(play.outcomes().await, [Outcome::Canceled]);
        let counts = play.counts().await;
        assert_eq!(counts.in_state(RecipientState::Completed), 0);
        assert_eq!(counts.in_state(RecipientState::Failed), 1, "the run is over, so nobody is due again: {counts:?}");
        stage.world.run_for(hours(30)).await;
        assert_eq!(stage.carrier.ledger().creates().len(), 1);
    }

    async fn an_owner_that_was_taken_for_dead_is_believed_that_it_sent_nothing(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![Behavior::human(2, 3)]);
        let mut faults = FaultPlan::default();
        faults.create.server_error = Chance::next(1);
        stage.carrier.set_faults(faults);
        let play = stage.campaign(&[number(0)], |settings| settings.retry.max_attempts = 1).await;
        play.start().await;
        stage.world.run_for(seconds(2)).await;
        let counts = play.counts().await;
        assert_eq!((counts.called, counts.attempts), (1, 1), "it may have been sent");
        hear(&play, AttemptEvent::NotSent).await;
        let counts = play.counts().await;
        assert_eq!((counts.called, counts.attempts), (0, 0), "it was not");
        stage.world.run_for(minutes(1)).await;
        assert_eq!(play.outcomes().await, [Outcome::Answered], "and the only attempt is still to be had");
        assert_eq!(play.counts().await.in_state(RecipientState::Completed), 1);
    }
}
