//! Placing a call, and what is heard of it.

use carillon_simulator::{Behavior, CallStatus};

use crate::world::{FROM, TO, World};

#[tokio::test]
async fn a_call_is_queued_rings_is_answered_hears_its_message_and_is_completed() {
    let world = World::new().await;
    let reply = world.post("Calls.json", &world.usual(TO)).await;
    assert_eq!((reply.status, reply.json()["status"].as_str().unwrap()), (201, "queued"));

    world.run_for(60.0).await;
    assert_eq!(world.told(), ["initiated", "ringing", "in-progress", "completed"]);
    let call = &world.ledger().calls()[0];
    assert_eq!((call.status, call.nth), (CallStatus::Completed, 1));
    assert_eq!(call.heard, ["Hello there, this is a message."]);
    assert_eq!(world.app.seen("/voice").len(), 1);
    let sid = reply.json()["sid"].as_str().unwrap().to_owned();
    let fetched = world.get(&format!("Calls/{sid}.json")).await.json();
    assert_eq!((fetched["status"].as_str(), fetched["duration"].as_str()), (Some("completed"), Some("3")));
}

#[tokio::test]
async fn every_callback_is_signed_numbered_and_complete() {
    let world = World::new().await;
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let told = world.app.seen("/status");
    assert!(told.iter().all(|seen| seen.signed_right && seen.method == "POST" && seen.token.len() == 32));
    assert_eq!(told.iter().map(|seen| seen.param("SequenceNumber")).collect::<Vec<_>>(), ["0", "1", "2", "3"]);
    let end = &told[3];
    assert_eq!((end.param("CallDuration"), end.param("Duration"), end.param("SipResponseCode")), ("3", "1", "200"));
    assert_eq!((end.param("From"), end.param("Called"), end.param("Direction")), (FROM, TO, "outbound-api"));
    assert_eq!((end.param("CallbackSource"), end.param("ToCity")), ("call-progress-events", ""));
    assert!(end.param("Timestamp").starts_with("Mon, 02 Mar 2026 15:00:"));
    let document = &world.app.seen("/voice")[0];
    assert!(document.signed_right && document.param("CallStatus") == "in-progress");
}

#[tokio::test]
async fn each_outcome_of_the_network_has_its_status_and_sip_code() {
    for (behavior, status, sip) in [
        (Behavior::Busy, "busy", "486"),
        (Behavior::NoAnswer, "no-answer", "487"),
        (Behavior::Failed { sip: 503 }, "failed", "503"),
        (Behavior::CarrierBlock, "failed", "603"),
        (Behavior::human(40, 10), "no-answer", "487"),
    ] {
        let world = World::new().await;
        world.simulator.set_behavior(TO, vec![behavior]);
        world.place(TO, &[("Timeout", "30")]).await;
        world.run_for(120.0).await;
        let end = world.app.seen("/status").pop().unwrap();
        assert_eq!(
            (end.param("CallStatus"), end.param("SipResponseCode"), end.param("CallDuration")),
            (status, sip, "0")
        );
        assert!(world.app.seen("/voice").is_empty());
    }
}

#[tokio::test]
async fn a_create_request_is_in_the_ledger_with_everything_it_said() {
    let world = World::new().await;
    let sid = world.place(TO, &[("StatusCallback", "http://127.0.0.1:9/status?token=abc")]).await;
    let creates = world.ledger().creates();
    assert_eq!(creates.len(), 1);
    assert_eq!((creates[0].to.as_str(), creates[0].answer_status), (TO, Some(201)));
    assert_eq!(creates[0].sid.as_deref(), Some(sid.as_str()));
    assert!(creates[0].params.iter().any(|(_, value)| value.ends_with("token=abc")));
}

#[tokio::test]
async fn wrong_credentials_and_strange_accounts_are_refused() {
    let world = World::new().await;
    let path = world.path("Calls.json");
    let refused = world.send_as("AC1:wrong", "POST", &path, &world.usual(TO)).await.unwrap();
    assert_eq!((refused.status, refused.json()["code"].as_u64()), (401, Some(20003)));
    assert!(refused.headers.contains_key("www-authenticate"));
    let strange = world.send("GET", "/2010-04-01/Accounts/AC2/Calls/CA1.json", &[]).await.unwrap();
    assert_eq!((strange.status, strange.json()["code"].as_u64()), (404, Some(20404)));
    assert!(world.ledger().calls().is_empty());
}
