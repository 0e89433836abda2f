//! Lists, pages, filters, the account, prices, the simulator's own doors.

use carillon_simulator::{Application, Behavior};
use serde_json::json;

use crate::world::{FROM, TO, World};

fn numbers(list: &serde_json::Value) -> Vec<String> {
    list["calls"].as_array().unwrap().iter().map(|call| call["to"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn calls_are_listed_newest_first_page_by_page() {
    let world = World::new().await;
    for number in 0..7 {
        world.place(&format!("+1312555000{number}"), &[]).await;
    }
    let mut path = world.path("Calls.json?PageSize=3");
    let mut pages = Vec::new();
    loop {
        let page = world.send("GET", &path, &[]).await.unwrap().json();
        pages.push(numbers(&page).iter().map(|to| to[11..].to_owned()).collect::<String>());
        match page["next_page_uri"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(pages, ["654", "321", "0"]);
    assert_eq!(world.get("Calls.json?PageSize=1001").await.json()["code"], 20007);
}

#[tokio::test]
async fn calls_are_found_by_number_status_and_day() {
    let world = World::with(|config| config.cps = 1.0).await;
    world.simulator.set_behavior(TO, vec![Behavior::Busy, Behavior::human(4, 60)]);
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    world.place("+13125550001", &[]).await;
    world.place(TO, &[]).await;
    let to = TO.replace('+', "%2B");
    let count = async |query: &str| numbers(&world.get(&format!("Calls.json?{query}")).await.json()).len();
    assert_eq!(count(&format!("To={to}")).await, 2);
    assert_eq!(count(&format!("To={to}&Status=busy")).await, 1);
    assert_eq!(count("Status=queued").await, 2);
    assert_eq!(count(&format!("To={to}&StartTime=2026-03-02")).await, 1, "a queued call has no start yet");
    assert_eq!(count("StartTime%3E=2026-03-03").await, 0);
    assert_eq!(count("StartTime%3E=2026-03-02&StartTime%3C=2026-03-03").await, 1);
    assert_eq!(count(&format!("From={}", FROM.replace('+', "%2B"))).await, 3);
    assert_eq!(count("Status=completed").await, 0);
}

#[tokio::test]
async fn readers_can_lag_behind() {
    let world = World::new().await;
    assert_eq!(world.control("faults", &json!({"read_lag_s": 10.0})).await, 204);
    let sid = world.place(TO, &[]).await;
    let fetch = format!("Calls/{sid}.json");
    assert_eq!(world.get(&fetch).await.status, 404);
    assert!(numbers(&world.get("Calls.json").await.json()).is_empty());
    world.run_for(10.0).await;
    assert_eq!(world.get(&fetch).await.json()["status"], "queued");
    world.run_for(30.0).await;
    assert_eq!(world.get(&fetch).await.json()["status"], "completed");
}

#[tokio::test]
async fn the_price_comes_late_and_is_negative() {
    let world = World::new().await;
    let sid = world.place(TO, &[]).await;
    world.run_for(12.0).await;
    let fetch = format!("Calls/{sid}.json");
    assert_eq!(world.get(&fetch).await.json()["status"], "completed");
    assert!(world.get(&fetch).await.json()["price"].is_null());
    world.run_for(60.0).await;
    assert_eq!(world.get(&fetch).await.json()["price"], "-0.01400");
}

#[tokio::test]
async fn the_account_its_numbers_and_applications_can_be_read() {
    let application = Application {
        sid: "AP00000000000000000000000000000001".into(),
        voice_url: "http://127.0.0.1:9/desk".into(),
        ..Application::default()
    };
    let world = World::with(|config| {
        config.applications.push(application.clone());
        config.verified_caller_ids.push("+13125550999".into());
    })
    .await;
    let fetched = world.send("GET", &format!("{}.json", world.path("").trim_end_matches('/')), &[]).await.unwrap();
    assert_eq!((fetched.json()["status"].as_str(), fetched.json()["type"].as_str()), (Some("active"), Some("Full")));
    assert_eq!(world.get("Balance.json").await.json()["balance"], "100.00");
    let own = world.get("IncomingPhoneNumbers.json?PhoneNumber=%2B12025550100").await.json();
    assert_eq!(own["incoming_phone_numbers"][0]["capabilities"]["voice"], true);
    let sid = own["incoming_phone_numbers"][0]["sid"].as_str().unwrap().to_owned();
    assert_eq!(world.get(&format!("IncomingPhoneNumbers/{sid}.json")).await.json()["phone_number"], FROM);
    let verified = world.get("OutgoingCallerIds.json").await.json()["outgoing_caller_ids"][0].clone();
    assert_eq!(verified["phone_number"], "+13125550999");
    let app = world.get(&format!("Applications/{}.json", application.sid)).await.json();
    assert_eq!(app["voice_url"], "http://127.0.0.1:9/desk");
    assert_eq!(world.get("Applications.json").await.json()["applications"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_application_takes_the_place_of_all_addresses() {
    let sid = "AP00000000000000000000000000000001";
    let world = World::with(|config| {
        let voice_url = "http://127.0.0.1:9/desk".to_owned();
        config.applications.push(Application { sid: sid.into(), voice_url, ..Application::default() });
    })
    .await;
    world.place(TO, &[("ApplicationSid", sid)]).await;
    world.run_for(60.0).await;
    assert!(world.told().is_empty() && world.app.seen("/voice").is_empty());
    assert!(world.ledger().webhooks().iter().all(|hook| hook.url == "http://127.0.0.1:9/desk"));
}

#[tokio::test]
async fn events_of_a_call_show_every_webhook_with_its_address() {
    let world = World::new().await;
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let events = world.get(&format!("Calls/{sid}/Events.json")).await.json();
    let events = events["events"].as_array().unwrap();
    assert_eq!(events.len(), 5);
    assert_eq!(events[0]["request"]["url"], world.app.status.as_str());
    assert_eq!(events[0]["response"]["response_code"], 204);
}

#[tokio::test]
async fn the_ledger_is_read_page_by_page_and_programs_come_by_http() {
    let world = World::new().await;
    let rule = json!({"number": "+1312*", "behaviors": [{"kind": "human", "rings_for_s": 1.5, "talks_for_s": 9, "presses": [[2.0, "9"]]}]});
    assert_eq!(world.control("behaviors", &rule).await, 204);
    assert_eq!(world.control("behaviors", &json!({"number": "+1", "behavior": []})).await, 422);
    assert_eq!(world.control("mix", &json!({"human": 0.0, "busy": 1.0})).await, 204);
    for number in 0..5 {
        world.place(&format!("+1312555000{number}"), &[]).await;
    }
    world.place("+14155550000", &[]).await;
    world.run_for(60.0).await;
    let read = async |query: &str| world.send("GET", &format!("/simulator/ledger?{query}"), &[]).await.unwrap().json();
    let first = read("part=calls&limit=4").await;
    let second = read(&format!("part=calls&since={}", first["calls"]["next"])).await;
    assert_eq!(second["calls"]["items"][1]["to"], "+14155550000");
    assert!(first["creates"].is_null());
    let all = read("").await;
    assert_eq!(all["creates"]["items"].as_array().unwrap().len(), 6);
    assert_eq!(all["webhooks"]["items"][0]["kind"], "status");
    let health = world.send("GET", "/simulator/health", &[]).await.unwrap().json();
    assert_eq!(health, json!({"status": "ok", "simulated": true, "live_calls": health["live_calls"]}));
}
