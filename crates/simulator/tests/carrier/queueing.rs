//! Queues, agents, dialed legs.

use std::time::Duration;

use carillon_simulator::{Behavior, CallStatus, Direction};

use crate::world::{FROM, TO, World};

const AGENT: &str = "client:agent_1";

/// A callee who stays for so long, hears music, and leaves to `/after`.
async fn world_with_queue(stays_s: u32) -> World {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![Behavior::human(4, stays_s)]);
    world.simulator.set_behavior(AGENT, vec![Behavior::human(1, 600)]);
    world.app.says(
        "/voice",
        "<Response><Say>Please hold</Say><Enqueue waitUrl=\"/wait\" action=\"/after\">sales</Enqueue>\
         <Say>unreachable</Say></Response>",
    );
    world.app.says("/wait", "<Response><Say>You are important to us, please stay on the line.</Say></Response>");
    world.app.says("/after", "<Response><Say>Thank you</Say></Response>");
    world
}

async fn call_agent(world: &World, twiml: &str) -> String {
    let params = [("To", AGENT), ("From", FROM), ("Twiml", twiml)];
    world.post("Calls.json", &params).await.json()["sid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_agent_takes_the_callee_out_of_the_queue_and_the_action_follows_the_bridge() {
    let world = world_with_queue(60).await;
    let callee = world.place(TO, &[]).await;
    world.run_for(20.0).await;
    let queue = world.get("Queues.json").await.json()["queues"][0].clone();
    assert_eq!((queue["friendly_name"].as_str(), queue["current_size"].as_u64()), (Some("sales"), Some(1)));
    let members = world.get(&format!("Queues/{}/Members.json", queue["sid"].as_str().unwrap())).await.json();
    assert_eq!(members["queue_members"][0]["call_sid"], callee.as_str());

    let agent = call_agent(&world, "<Response><Dial><Queue>sales</Queue></Dial></Response>").await;
    world.run_for(20.0).await;
    let bridged = world.ledger().call(&callee).unwrap();
    assert_eq!((bridged.status, bridged.bridged_with.as_deref()), (CallStatus::InProgress, Some(agent.as_str())));
    assert!(world.app.seen("/after").is_empty(), "not before the bridge ends");

    world.post(&format!("Calls/{agent}.json"), &[("Status", "completed")]).await;
    world.run_for(10.0).await;
    let after = &world.app.seen("/after")[0];
    assert_eq!((after.param("QueueResult"), after.param("QueueSid")), ("bridged", queue["sid"].as_str().unwrap()));
    assert_eq!(world.ledger().call(&callee).unwrap().heard.last().unwrap(), "Thank you");
    let wait = &world.app.seen("/wait")[0];
    assert_eq!(
        (wait.param("QueuePosition"), wait.param("CurrentQueueSize"), wait.param("MaxQueueSize")),
        ("1", "1", "1000")
    );
}

#[tokio::test]
async fn an_agent_can_wait_for_the_callee_to_come_and_both_end_together() {
    let world = world_with_queue(30).await;
    world.post("Queues.json", &[("FriendlyName", "sales")]).await;
    let agent = call_agent(&world, "<Response><Dial timeout=\"60\"><Queue>sales</Queue></Dial></Response>").await;
    world.run_for(10.0).await;
    let callee = world.place(TO, &[]).await;
    world.run_for(120.0).await;
    let (callee, agent) = (world.ledger().call(&callee).unwrap(), world.ledger().call(&agent).unwrap());
    assert_eq!((callee.status, agent.status), (CallStatus::Completed, CallStatus::Completed));
    let talked = callee.ended_at.unwrap().duration_since(callee.bridged_at.unwrap());
    assert_eq!(talked.as_secs(), 30, "counted anew from the bridge");
    assert_eq!(callee.ended_at, agent.ended_at);
}

#[tokio::test]
async fn a_callee_hears_the_whisper_before_the_agent_is_connected() {
    let world = world_with_queue(60).await;
    world.app.says("/whisper", "<Response><Say>This call is recorded</Say></Response>");
    let callee = world.place(TO, &[]).await;
    world.run_for(20.0).await;
    let twiml = format!("<Response><Dial><Queue url=\"{}/whisper\">sales</Queue></Dial></Response>", world.app.base);
    let agent = call_agent(&world, &twiml).await;
    world.run_for(20.0).await;
    assert_eq!(world.ledger().call(&callee).unwrap().heard.last().unwrap(), "This call is recorded");
    assert_eq!(world.app.seen("/whisper")[0].param("DequeingCallSid"), agent);
    assert!(world.ledger().call(&callee).unwrap().bridged_at.is_some());
}

#[tokio::test]
async fn a_callee_who_gives_up_is_reported_as_hung_up() {
    let world = world_with_queue(25).await;
    let callee = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let after = &world.app.seen("/after")[0];
    assert_eq!(after.param("QueueResult"), "hangup");
    assert_eq!(world.ledger().call(&callee).unwrap().duration_s, Some(25));
    assert_eq!(world.get("Queues.json").await.json()["queues"][0]["current_size"], 0);
}

#[tokio::test]
async fn leave_takes_the_callee_out_and_the_api_can_too() {
    let world = world_with_queue(300).await;
    world.app.says("/wait", "<Response><Say>Nobody is there</Say><Leave/></Response>");
    world.place(TO, &[]).await;
    world.run_for(30.0).await;
    assert_eq!(world.app.seen("/after")[0].param("QueueResult"), "leave");

    let world = world_with_queue(300).await;
    world.app.says("/elsewhere", "<Response><Say>Elsewhere</Say></Response>");
    let callee = world.place(TO, &[]).await;
    world.run_for(30.0).await;
    let sid = world.get("Queues.json").await.json()["queues"][0]["sid"].as_str().unwrap().to_owned();
    let url = format!("{}/elsewhere", world.app.base);
    let front = world.post(&format!("Queues/{sid}/Members/Front.json"), &[("Url", &url)]).await;
    assert_eq!(front.json()["call_sid"], callee.as_str());
    world.run_for(30.0).await;
    assert_eq!(world.ledger().call(&callee).unwrap().heard.last().unwrap(), "Elsewhere");
}

#[tokio::test]
async fn a_full_queue_sends_the_callee_on() {
    let world = world_with_queue(300).await;
    world.post("Queues.json", &[("FriendlyName", "sales"), ("MaxSize", "1")]).await;
    world.place(TO, &[]).await;
    world.run_for(20.0).await;
    world.place("+13125550778", &[]).await;
    world.run_for(20.0).await;
    assert_eq!(world.app.seen("/after")[0].param("QueueResult"), "queue-full");
}

#[tokio::test]
async fn dialing_a_number_makes_a_leg_of_its_own_and_tells_the_action() {
    let world = World::new().await;
    world.simulator.set_behavior("+14155550123", vec![Behavior::human(3, 20), Behavior::Busy, Behavior::NoAnswer]);
    world.app.says(
        "/voice",
        "<Response><Dial action=\"/dialed\" timeout=\"10\"><Number statusCallback=\"/leg\" \
         statusCallbackEvent=\"initiated answered completed\">+14155550123</Number></Dial></Response>",
    );
    world.app.says("/dialed", "<Response><Hangup/></Response>");
    let mut parents = Vec::new();
    for _ in 0..3 {
        parents.push(world.place(TO, &[]).await);
        world.run_for(60.0).await;
    }
    let told = world.app.seen("/dialed");
    assert_eq!(
        told.iter().map(|seen| seen.param("DialCallStatus")).collect::<Vec<_>>(),
        ["completed", "busy", "no-answer"]
    );
    assert_eq!((told[0].param("DialCallDuration"), told[0].param("DialBridged")), ("20", "true"));
    let legs = world.ledger().calls_to("+14155550123");
    assert_eq!((legs[0].direction, legs[0].parent_sid.as_ref()), (Direction::OutboundDial, Some(&parents[0])));
    assert_eq!(told[0].param("DialCallSid"), legs[0].sid);
    let leg: Vec<_> = world.app.seen("/leg").iter().map(|seen| seen.param("CallStatus").to_owned()).collect();
    assert_eq!(leg, ["initiated", "in-progress", "completed", "initiated", "busy", "initiated", "no-answer"]);
    let children = world.get(&format!("Calls.json?ParentCallSid={}", parents[0])).await.json();
    assert_eq!(children["calls"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn of_several_browsers_the_first_to_answer_wins() {
    let world = World::new().await;
    world.simulator.set_behavior("client:slow", vec![Behavior::human(9, 20)]);
    world.simulator.set_behavior("client:quick", vec![Behavior::human(2, 20)]);
    world.app.says(
        "/voice",
        "<Response><Dial><Client>slow</Client><Client><Identity>quick</Identity></Client><Client>absent</Client></Dial>\
         <Say>Bye</Say></Response>",
    );
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let status = |to: &str| world.ledger().calls_to(to)[0].status;
    assert_eq!(status("client:quick"), CallStatus::Completed);
    assert_eq!((status("client:slow"), status("client:absent")), (CallStatus::Canceled, CallStatus::Canceled));
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["Bye"], "without an action the document goes on");
}

#[tokio::test]
async fn a_redirect_during_dial_asks_for_the_action_first_and_then_for_the_new_document() {
    let world = World::new().await;
    world.simulator.set_behavior("client:agent_1", vec![Behavior::human(1, 600)]);
    world.app.says("/voice", "<Response><Dial action=\"/dialed\"><Client>agent_1</Client></Dial></Response>");
    world.app.says("/dialed", "<Response><Say>Not this</Say></Response>");
    world.app.says("/new", "<Response><Say>This</Say></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(30.0).await;
    world.post(&format!("Calls/{sid}.json"), &[("Url", &format!("{}/new", world.app.base))]).await;
    world.run_for(30.0).await;
    assert_eq!((world.app.seen("/dialed").len(), world.app.seen("/new").len()), (1, 1));
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["This"]);
    assert_eq!(world.ledger().calls_to(AGENT)[0].status, CallStatus::Completed, "the leg is dropped");
}

#[tokio::test]
async fn a_leg_ended_through_the_api_ends_the_dial_and_not_the_call() {
    let world = World::new().await;
    world.simulator.set_behavior("client:agent_1", vec![Behavior::human(1, 600)]);
    world.app.says("/voice", "<Response><Dial><Client>agent_1</Client></Dial><Say>Still here</Say></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(30.0).await;
    let leg = world.ledger().calls_to(AGENT)[0].sid.clone();
    world.post(&format!("Calls/{leg}.json"), &[("Status", "completed")]).await;
    world.run_for(Duration::from_secs(30).as_secs_f64()).await;
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["Still here"]);
}
