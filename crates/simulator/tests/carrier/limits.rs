//! Calls a second, calls at once, the length of the queue.

use crate::world::{World, second_of};

#[tokio::test]
async fn calls_leave_the_queue_in_order_so_many_a_second() {
    let world = World::with(|config| config.cps = 2.0).await;
    let mut waits = Vec::new();
    for number in 0..6 {
        let to = format!("+1312555{number:04}");
        let reply = world.post("Calls.json", &world.usual(&to)).await;
        waits.push(reply.json()["queue_time"].as_str().unwrap().to_owned());
    }
    assert_eq!(waits, ["0", "500", "1000", "1500", "2000", "2500"]);
    world.run_for(10.0).await;
    let starts: Vec<_> =
        world.ledger().calls().iter().map(|call| (call.to.clone(), second_of(call.dialed_at))).collect();
    let numbers: Vec<_> = (0..6).map(|number| (format!("+1312555{number:04}"), Some(number / 2))).collect();
    assert_eq!(starts, numbers);
}

#[tokio::test]
async fn canceling_a_queued_call_moves_those_behind_it_up() {
    let world = World::with(|config| config.cps = 1.0).await;
    let sids = [
        world.place("+13125550001", &[]).await,
        world.place("+13125550002", &[]).await,
        world.place("+13125550003", &[]).await,
    ];
    world.post(&format!("Calls/{}.json", sids[1]), &[("Status", "canceled")]).await;
    world.run_for(10.0).await;
    assert_eq!(second_of(world.ledger().call(&sids[2]).unwrap().dialed_at), Some(1));
}

#[tokio::test]
async fn more_calls_at_once_than_the_account_may_have_are_refused() {
    let world = World::with(|config| config.concurrent_calls_max = Some(2)).await;
    world.place("+13125550001", &[]).await;
    world.place("+13125550002", &[]).await;
    let refused = world.post("Calls.json", &world.usual("+13125550003")).await;
    assert_eq!((refused.status, refused.json()["code"].as_u64()), (400, Some(10004)));
    world.run_for(60.0).await;
    world.place("+13125550003", &[]).await;
}

#[tokio::test]
async fn a_queue_of_more_than_a_day_is_full() {
    // At a call every thousand seconds, 87 of them are more than a day.
    let world = World::with(|config| config.cps = 0.001).await;
    let mut statuses = Vec::new();
    for number in 0..90 {
        statuses.push(world.post("Calls.json", &world.usual(&format!("+1312555{number:04}"))).await);
    }
    let refused = statuses.iter().position(|reply| reply.status != 201).unwrap();
    assert_eq!((refused, statuses[refused].json()["code"].as_u64()), (88, Some(22005)));
}
