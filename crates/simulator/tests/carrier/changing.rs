//! Canceling, ending and redirecting calls.

use carillon_simulator::{Behavior, CallStatus};

use crate::world::{TO, World};

async fn status_after(world: &World, sid: &str, change: (&str, &str)) -> String {
    let reply = world.post(&format!("Calls/{sid}.json"), &[change]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_canceled_in_the_queue_ends_without_a_word() {
    let world = World::with(|config| config.cps = 1.0).await;
    world.place("+13125550001", &[]).await;
    let sid = world.place(TO, &[]).await;
    assert_eq!(status_after(&world, &sid, ("Status", "canceled")).await, "canceled");
    world.run_for(60.0).await;
    assert!(world.app.seen("/status").iter().all(|seen| seen.param("CallSid") != sid));
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!((call.status, call.dialed_at), (CallStatus::Canceled, None));
}

#[tokio::test]
async fn a_ringing_call_is_canceled_with_a_callback_by_either_word() {
    for word in ["canceled", "completed"] {
        let world = World::new().await;
        let sid = world.place(TO, &[]).await;
        world.run_for(3.0).await;
        assert_eq!(world.told(), ["initiated", "ringing"]);
        assert_eq!(status_after(&world, &sid, ("Status", word)).await, "canceled");
        world.run_for(60.0).await;
        assert_eq!(world.told(), ["initiated", "ringing", "canceled"]);
        assert_eq!(world.simulator.live_calls(), 0);
    }
}

#[tokio::test]
async fn canceling_an_answered_call_leaves_it_and_completing_it_ends_it() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Pause length=\"100\"/></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(20.0).await;
    assert_eq!(status_after(&world, &sid, ("Status", "canceled")).await, "in-progress");
    world.run_for(5.0).await;
    assert_eq!(status_after(&world, &sid, ("Status", "completed")).await, "completed");
    world.run_for(200.0).await;
    assert_eq!(world.told(), ["initiated", "ringing", "in-progress", "completed"]);
    let seconds = world.ledger().call(&sid).unwrap().duration_s.unwrap();
    assert!((18..=21).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn only_a_call_in_progress_can_be_redirected() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Pause length=\"100\"/></Response>");
    world.app.says("/new", "<Response><Say>Changed</Say></Response>");
    let sid = world.place(TO, &[]).await;
    let new = format!("{}/new", world.app.base);
    world.run_for(3.0).await;
    let early = world.post(&format!("Calls/{sid}.json"), &[("Url", &new)]).await;
    assert_eq!((early.status, early.json()["code"].as_u64()), (400, Some(21220)));
    world.run_for(20.0).await;
    assert_eq!(status_after(&world, &sid, ("Url", &new)).await, "in-progress");
    world.run_for(20.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["Changed"]);
    let late = world.post(&format!("Calls/{sid}.json"), &[("Status", "completed")]).await;
    assert_eq!((late.status, late.json()["code"].as_u64()), (400, Some(21220)));
}

#[tokio::test]
async fn only_a_finished_call_can_be_deleted_and_then_nobody_sees_it() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![Behavior::Busy]);
    let sid = world.place(TO, &[]).await;
    assert_eq!(world.delete(&format!("Calls/{sid}.json")).await.status, 409);
    world.run_for(10.0).await;
    assert_eq!(world.delete(&format!("Calls/{sid}.json")).await.status, 204);
    assert_eq!(world.get(&format!("Calls/{sid}.json")).await.status, 404);
    assert_eq!(world.get("Calls.json").await.json()["calls"].as_array().unwrap().len(), 0);
    assert!(world.ledger().call(&sid).unwrap().deleted);
}
