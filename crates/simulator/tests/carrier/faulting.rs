//! What goes wrong on request.

use std::time::Duration;

use carillon_simulator::{Behavior, CallbackFaults, Chance, Down, FaultPlan, RequestFaults, Span};
use tokio::time::timeout;

use crate::world::{TO, World};

fn create(change: impl FnOnce(&mut RequestFaults)) -> FaultPlan {
    let mut plan = FaultPlan::default();
    change(&mut plan.create);
    plan
}

fn callback(change: impl FnOnce(&mut CallbackFaults)) -> FaultPlan {
    let mut plan = FaultPlan::default();
    change(&mut plan.callback);
    plan
}

#[tokio::test]
async fn refusals_place_nothing_and_come_as_often_as_counted() {
    let world = World::new().await;
    let plan = create(|create| {
        create.too_many_requests = Chance::next(2);
        create.retry_after_s = Some(3);
    });
    world.simulator.set_faults(plan);
    for _ in 0..2 {
        let reply = world.post("Calls.json", &world.usual(TO)).await;
        assert_eq!((reply.status, reply.json()["code"].as_u64()), (429, Some(20429)));
        assert_eq!(reply.headers["retry-after"], "3");
    }
    assert!(world.ledger().calls().is_empty());
    world.simulator.set_behavior(TO, vec![Behavior::Busy, Behavior::NoAnswer]);
    world.simulator.set_faults(create(|create| create.too_many_requests = Chance::next(1)));
    world.post("Calls.json", &world.usual(TO)).await;
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.told().last().unwrap(), "busy", "a refused request takes no behavior");
    assert_eq!(world.ledger().creates()[0].fault, Some("too_many_requests"));
}

#[tokio::test]
async fn server_errors_and_gateway_pages_and_refused_credentials_place_nothing() {
    let world = World::new().await;
    for (plan, status) in [
        (create(|create| create.server_error = Chance::always()), 500),
        (create(|create| create.html_error = Chance::always()), 502),
        (create(|create| create.unauthorized = Chance::always()), 401),
    ] {
        world.simulator.set_faults(plan);
        assert_eq!(world.post("Calls.json", &world.usual(TO)).await.status, status);
    }
    world.simulator.set_faults(FaultPlan { down: Down::Unavailable, ..FaultPlan::default() });
    assert_eq!(world.post("Calls.json", &world.usual(TO)).await.status, 503);
    assert!(world.ledger().calls().is_empty());
}

#[tokio::test]
async fn an_accepted_call_can_be_answered_by_an_error_or_by_half_an_answer() {
    let world = World::new().await;
    world.simulator.set_faults(create(|create| create.accept_then_500 = Chance::next(1)));
    assert_eq!(world.post("Calls.json", &world.usual(TO)).await.status, 500);
    world.simulator.set_faults(create(|create| create.truncated_json = Chance::next(1)));
    let half = world.post("Calls.json", &world.usual(TO)).await;
    assert!(half.status == 201 && serde_json::from_str::<serde_json::Value>(&half.text).is_err());
    world.run_for(60.0).await;
    assert_eq!(world.told().iter().filter(|status| *status == "completed").count(), 2);
    let creates = world.ledger().creates();
    assert_eq!((creates[0].answer_status, creates[0].fault), (Some(500), Some("accept_then_500")));
    assert!(creates.iter().all(|create| create.sid.is_some()));
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_undo_what_it_asked_for() {
    let world = World::new().await;
    world.simulator.set_faults(create(|create| create.latency_ms = (150, 150)));
    let parameters = world.usual(TO);
    let hung_up = timeout(Duration::from_millis(50), world.post("Calls.json", &parameters)).await;
    assert!(hung_up.is_err(), "nobody was there any more");
    let placed = async {
        while world.ledger().creates().first().is_none_or(|create| create.sid.is_none()) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(5), placed).await.expect("the call is placed all the same");
}

#[tokio::test]
async fn connections_close_before_or_after_the_call_is_placed() {
    let world = World::new().await;
    for (plan, placed) in [
        (create(|create| create.drop_before_accept = Chance::always()), 0),
        (create(|create| create.drop_after_accept = Chance::always()), 1),
    ] {
        world.simulator.set_faults(plan);
        assert!(world.send("POST", &world.path("Calls.json"), &world.usual(TO)).await.is_none());
        assert_eq!(world.ledger().calls().len(), placed);
    }
    assert!(world.ledger().creates().iter().all(|create| create.answer_status.is_none()));
}

#[tokio::test]
async fn an_accepted_call_can_stay_without_an_answer_for_ever() {
    let world = World::new().await;
    world.simulator.set_faults(create(|create| create.accept_then_hang = Chance::always()));
    let path = world.path("Calls.json");
    let params = world.usual(TO);
    let waited = timeout(Duration::from_millis(200), world.send("POST", &path, &params)).await;
    assert!(waited.is_err());
    assert_eq!(world.ledger().calls().len(), 1);
    world.run_for(60.0).await;
    assert_eq!(world.told().last().unwrap(), "completed");
}

#[tokio::test]
async fn a_carrier_that_is_down_refuses_connections_and_comes_back_at_the_same_address() {
    let world = World::new().await;
    world.place(TO, &[]).await;
    world.simulator.set_faults(FaultPlan { down: Down::Refused, ..FaultPlan::default() });
    let path = world.path("Calls.json");
    assert!(world.send("POST", &path, &world.usual(TO)).await.is_none());
    assert!(tokio::net::TcpStream::connect(world.simulator.base_url().trim_start_matches("http://")).await.is_err());
    world.run_for(60.0).await;
    assert_eq!(world.told().last().unwrap(), "completed", "calls under way go on");
    world.simulator.set_faults(FaultPlan::default());
    world.place(TO, &[]).await;
    assert_eq!(world.ledger().creates().len(), 2);
}

#[tokio::test]
async fn lost_callbacks_are_in_the_ledger_only() {
    let world = World::new().await;
    world.simulator.set_faults(callback(|callback| callback.lost = Chance::always()));
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert!(world.told().is_empty());
    let lost = world.ledger().webhooks();
    assert_eq!(lost.iter().filter(|hook| hook.lost && hook.status.is_none()).count(), 4);
}

#[tokio::test]
async fn repeated_callbacks_carry_one_token_and_one_number() {
    let world = World::new().await;
    world.simulator.set_faults(callback(|callback| callback.twice = Chance::always()));
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let told = world.app.seen("/status");
    assert_eq!(told.len(), 8);
    for pair in told.chunks(2) {
        assert_eq!(pair[0].token, pair[1].token);
        assert_eq!(pair[0].param("SequenceNumber"), pair[1].param("SequenceNumber"));
    }
}

#[tokio::test]
async fn late_callbacks_come_hours_after_the_call() {
    let world = World::new().await;
    let plan = callback(|callback| {
        callback.late = Chance::always();
        callback.late_by = Span::exactly(6.0 * 3_600.0);
    });
    world.simulator.set_faults(plan);
    world.place(TO, &[]).await;
    world.run_for(5.0 * 3_600.0).await;
    assert!(world.told().is_empty());
    world.run_for(2.0 * 3_600.0).await;
    assert_eq!(world.told().len(), 4);
}

#[tokio::test]
async fn reordered_callbacks_overtake_each_other() {
    let world = World::new().await;
    world.simulator.set_faults(callback(|callback| callback.reordered = Chance::always()));
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.told(), ["ringing", "initiated", "completed", "in-progress"]);
}

#[tokio::test]
async fn a_callback_can_come_before_the_create_answer() {
    let world = World::new().await;
    world.simulator.set_faults(callback(|callback| callback.early = Chance::always()));
    let reply = world.post("Calls.json", &world.usual(TO)).await;
    assert_eq!(world.told(), ["initiated"], "told before the answer arrived");
    assert_eq!(world.app.seen("/status")[0].param("CallSid"), reply.json()["sid"]);
    world.run_for(60.0).await;
    assert_eq!(world.told(), ["initiated", "ringing", "in-progress", "completed"]);
}

#[tokio::test]
async fn reading_and_changing_have_faults_of_their_own() {
    let world = World::new().await;
    let sid = world.place(TO, &[]).await;
    let read = RequestFaults { server_error: Chance::next(1), ..RequestFaults::default() };
    let update = RequestFaults { accept_then_500: Chance::next(1), ..RequestFaults::default() };
    world.simulator.set_faults(FaultPlan { read, update, ..FaultPlan::default() });
    let path = format!("Calls/{sid}.json");
    assert_eq!(world.get(&path).await.status, 500);
    assert_eq!(world.get(&path).await.status, 200);
    assert_eq!(world.post(&path, &[("Status", "canceled")]).await.status, 500);
    assert_eq!(world.get(&path).await.json()["status"], "canceled", "done all the same");
}

#[tokio::test]
async fn failing_callbacks_are_tried_again_as_their_address_says_and_noted() {
    let world = World::new().await;
    world.app.answers("/status", 500, "text/plain", b"");
    let told = format!("{}/status#rc=2&rp=5xx", world.app.base);
    let sid = world.place(TO, &[("StatusCallback", &told), ("StatusCallbackEvent", "completed")]).await;
    world.run_for(60.0).await;
    let end: Vec<_> =
        world.app.seen("/status").into_iter().filter(|seen| seen.param("CallStatus") == "completed").collect();
    assert_eq!(end.len(), 3);
    assert!(end.iter().all(|seen| seen.signed_right && seen.token == end[0].token));
    assert!(world.ledger().call(&sid).unwrap().notifications.iter().all(|note| note.code == 15003 && note.warning));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_outcomes_whatever_the_order_and_the_faults() {
    let mut runs = Vec::new();
    for order in [[0, 1, 2, 3, 4, 5, 6, 7], [7, 3, 5, 1, 0, 2, 6, 4]] {
        let world = World::with(|config| {
            config.mix = carillon_simulator::Mix::default();
            config.seed = 42;
        })
        .await;
        for number in order {
            world.place(&format!("+1312555000{number}"), &[]).await;
            world.place(&format!("+1312555000{number}"), &[]).await;
        }
        world.run_for(3_600.0).await;
        let mut calls: Vec<_> = world
            .ledger()
            .calls()
            .into_iter()
            .map(|call| (call.to, call.nth, call.status, call.duration_s, call.sip))
            .collect();
        calls.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        runs.push(calls);
    }
    assert_eq!(runs[0].len(), 16);
    assert_eq!(runs[0], runs[1]);
}
