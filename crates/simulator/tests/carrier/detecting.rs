//! Answering machine detection, synchronous and not.

use std::time::Duration;

use carillon_simulator::{Behavior, Mix};

use crate::world::{TO, World};

fn machine(beep: bool) -> Behavior {
    Behavior::Machine { greeting: Duration::from_secs(6), beep }
}

#[tokio::test]
async fn synchronous_detection_holds_the_document_until_the_verdict() {
    for (behavior, mode, expected) in [
        (Behavior::human(4, 60), "Enable", "human"),
        (machine(true), "Enable", "machine_start"),
        (machine(true), "DetectMessageEnd", "machine_end_beep"),
        (machine(false), "DetectMessageEnd", "machine_end_silence"),
        (Behavior::Fax, "DetectMessageEnd", "fax"),
    ] {
        let world = World::new().await;
        world.simulator.set_behavior(TO, vec![behavior]);
        let sid = world.place(TO, &[("MachineDetection", mode)]).await;
        world.run_for(120.0).await;
        let asked = &world.app.seen("/voice")[0];
        assert_eq!(asked.param("AnsweredBy"), expected);
        assert!(asked.param("MachineDetectionDuration").parse::<u64>().unwrap() >= 2_000);
        let end = world.app.seen("/status").pop().unwrap();
        assert_eq!(end.param("AnsweredBy"), expected);
        let fetched = world.get(&format!("Calls/{sid}.json")).await.json();
        assert_eq!(fetched["answered_by"], expected);
    }
}

#[tokio::test]
async fn a_greeting_longer_than_the_time_limit_ends_as_other() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![machine(true)]);
    world.place(TO, &[("MachineDetection", "DetectMessageEnd"), ("MachineDetectionTimeout", "5")]).await;
    world.run_for(120.0).await;
    assert_eq!(world.app.seen("/voice")[0].param("AnsweredBy"), "machine_end_other");
}

#[tokio::test]
async fn asynchronous_detection_lets_the_document_run_and_tells_the_verdict_alone() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![machine(true)]);
    world.app.says("/voice", "<Response><Pause length=\"30\"/></Response>");
    let tell = format!("{}/amd", world.app.base);
    let params = [("MachineDetection", "DetectMessageEnd"), ("AsyncAmd", "true"), ("AsyncAmdStatusCallback", &*tell)];
    let sid = world.place(TO, &params).await;
    world.run_for(120.0).await;
    assert!(!world.app.seen("/voice")[0].params.contains_key("AnsweredBy"));
    let mut told = world.app.seen("/amd");
    assert_eq!(told.len(), 1);
    let mut names: Vec<String> = told.remove(0).params.into_keys().collect();
    names.sort();
    assert_eq!(names, ["AccountSid", "AnsweredBy", "CallSid", "MachineDetectionDuration"]);
    assert_eq!(world.ledger().call(&sid).unwrap().answered_by, Some("machine_end_beep"));
}

#[tokio::test]
async fn some_people_stay_undetected_when_the_mix_says_so() {
    let world = World::with(|config| config.mix = Mix { undetected: 1.0, ..Mix::all_human(4.0, 300.0) }).await;
    world.place(TO, &[("MachineDetection", "Enable"), ("MachineDetectionTimeout", "4")]).await;
    world.run_for(60.0).await;
    assert_eq!(world.app.seen("/voice")[0].param("AnsweredBy"), "unknown");
}

#[tokio::test]
async fn without_detection_nothing_is_said_of_who_answered() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![machine(true)]);
    let sid = world.place(TO, &[("MachineDetection", "Enable"), ("SendDigits", "1")]).await;
    world.run_for(120.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().answered_by, None, "SendDigits switches detection off");
}
