//! Answering machines: ignored, hung up on, or left the message after the tone; and what that leads to.

use std::time::Duration;

use carillon_domain::campaign_settings::AnsweringMachine;
use carillon_domain::outcome::Outcome;
use carillon_domain::recipient::RecipientState;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_simulator::{Behavior, CallSeen, Chance, FaultPlan, Mix};

use crate::support::{Play, Stage, hours, minutes, number, seconds};

fn machine(greeting_s: u64, beep: bool) -> Behavior {
    Behavior::Machine { greeting: Duration::from_secs(greeting_s), beep }
}

/// Calls one number until the campaign is over.
async fn played<'s>(stage: &'s Stage, mode: AnsweringMachine, behaviors: Vec<Behavior>) -> Play<'s> {
    stage.carrier.set_behavior(&number(0), behaviors);
    let play = stage.campaign(&[number(0)], |settings| settings.answering_machine = mode).await;
    play.start().await;
    play.watch(minutes(20), seconds(45)).await;
    stage.assert_ledgers_agree().await;
    play
}

async fn ends(play: &Play<'_>, outcomes: &[Outcome], state: RecipientState) {
    assert_eq!(play.outcomes().await, outcomes);
    assert_eq!(play.recipient().await.state, state);
}

/// The newest call to the one number.
fn call(stage: &Stage) -> CallSeen {
    stage.carrier.ledger().calls_to(&number(0)).pop().expect("a call")
}

fn times_heard(stage: &Stage) -> usize {
    call(stage).heard.iter().filter(|what| what.contains("Hello Ada")).count()
}

on_both_stages! {
    async fn without_detection_a_machine_counts_as_an_answer(stage: Stage) {
        let play = played(&stage, AnsweringMachine::Off, vec![machine(5, true)]).await;
        ends(&play, &[Outcome::Answered], RecipientState::Completed).await;
    }

    async fn a_machine_is_hung_up_on_and_its_recipient_was_not_reached(stage: Stage) {
        let play = played(&stage, AnsweringMachine::HangUp, vec![machine(20, true)]).await;
        ends(&play, &[Outcome::Voicemail], RecipientState::Failed).await;
        assert!(call(&stage).duration_s < Some(15), "it does not wait for the tone");
    }

    async fn a_message_is_left_after_the_tone_and_its_recipient_is_done(stage: Stage) {
        let play = played(&stage, AnsweringMachine::LeaveMessage, vec![machine(20, true)]).await;
        ends(&play, &[Outcome::Voicemail], RecipientState::Completed).await;
        assert_eq!(times_heard(&stage), 2, "once for a person who might be there, and once after the tone");
    }

    async fn a_machine_without_a_tone_gets_its_message_after_the_silence(stage: Stage) {
        let play = played(&stage, AnsweringMachine::LeaveMessage, vec![machine(12, false)]).await;
        ends(&play, &[Outcome::Voicemail], RecipientState::Completed).await;
        assert_eq!(times_heard(&stage), 2);
    }

    async fn a_person_hears_the_message_once_whatever_is_done_with_machines(stage: Stage) {
        for mode in [AnsweringMachine::HangUp, AnsweringMachine::LeaveMessage] {
            let play = played(&stage, mode, vec![Behavior::human(5, 60)]).await;
            ends(&play, &[Outcome::Answered], RecipientState::Completed).await;
            assert_eq!(times_heard(&stage), 1, "{mode}");
        }
    }

    async fn a_fax_is_hung_up_on(stage: Stage) {
        let play = played(&stage, AnsweringMachine::LeaveMessage, vec![Behavior::Fax]).await;
        ends(&play, &[Outcome::Voicemail], RecipientState::Failed).await;
        assert!(call(&stage).duration_s < Some(20));
    }

    async fn a_person_whom_detection_cannot_tell_is_treated_as_a_person(stage: Stage) {
        stage.carrier.set_mix(Mix { undetected: 1.0, ..Mix::all_human(4.0, 120.0) });
        let play = stage.campaign(&[number(0)], |settings| settings.answering_machine = AnsweringMachine::HangUp).await;
        play.start().await;
        play.watch(minutes(5), seconds(30)).await;
        ends(&play, &[Outcome::Answered], RecipientState::Completed).await;
        assert_eq!(times_heard(&stage), 1);
    }

    async fn who_hangs_up_before_the_verdict_is_judged_without_it(stage: Stage) {
        let play = played(&stage, AnsweringMachine::HangUp, vec![Behavior::human(4, 1)]).await;
        ends(&play, &[Outcome::Answered], RecipientState::Completed).await;
    }

    async fn a_verdict_that_was_lost_on_its_way_is_asked_for(stage: Stage) {
        let mut faults = FaultPlan::default();
        faults.callback.lost = Chance::always();
        stage.carrier.set_faults(faults);
        let play = played(&stage, AnsweringMachine::HangUp, vec![machine(5, true)]).await;
        ends(&play, &[Outcome::Voicemail], RecipientState::Failed).await;
    }

    async fn a_machine_is_called_again_if_the_campaign_says_so_and_the_last_message_counts(stage: Stage) {
        stage.carrier.set_behavior(&number(0), vec![machine(5, true), machine(5, true), Behavior::human(3, 30)]);
        let retry = RetryPolicy { max_attempts: 3, delays_s: vec![1_800], on: vec![RetryCondition::Voicemail] };
        let play = stage.campaign(&[number(0)], |settings| {
            settings.answering_machine = AnsweringMachine::HangUp;
            settings.retry = retry.clone();
        }).await;
        play.start().await;
        play.watch(hours(2), minutes(10)).await;
        ends(&play, &[Outcome::Voicemail, Outcome::Voicemail, Outcome::Answered], RecipientState::Completed).await;

        stage.settings(|settings| settings.attempts_per_number_per_day = None).await;
        stage.carrier.set_behavior(&number(1), vec![machine(5, true)]);
        let play = stage.campaign(&[number(1)], |settings| {
            settings.answering_machine = AnsweringMachine::LeaveMessage;
            settings.retry = retry;
        }).await;
        play.start().await;
        play.watch(hours(2), minutes(10)).await;
        ends(&play, &[Outcome::Voicemail; 3], RecipientState::Completed).await;
        stage.assert_ledgers_agree().await;
    }
}
