//! What the carrier refuses, notes or complains of.

use carillon_simulator::{Behavior, Config};

use crate::world::{FROM, TO, World};

async fn code(world: &World, params: &[(&str, &str)]) -> u64 {
    let reply = world.post("Calls.json", params).await;
    assert_eq!(reply.status, 400, "{}", reply.text);
    reply.json()["code"].as_u64().unwrap()
}

#[tokio::test]
async fn test_numbers_give_the_errors_of_the_carriers_test_credentials() {
    let world = World::new().await;
    let url = world.app.voice.as_str();
    for (to, expected) in [("1", 21217), ("2", 21214), ("3", 21215), ("4", 21216)] {
        let to = format!("+1500555000{to}");
        assert_eq!(code(&world, &[("To", &to), ("From", "+15005550006"), ("Url", url)]).await, expected);
    }
    assert_eq!(code(&world, &[("To", TO), ("From", "+15005550001"), ("Url", url)]).await, 21212);
    assert_eq!(code(&world, &[("To", TO), ("From", "+15005550007"), ("Url", url)]).await, 21210);
    assert!(world.ledger().calls().is_empty());
}

#[tokio::test]
async fn malformed_requests_have_their_codes() {
    let world = World::new().await;
    let url = world.app.voice.as_str();
    let (to, from) = (("To", TO), ("From", FROM));
    let long = format!("<Response><Say>{}</Say></Response>", "a".repeat(4_000));
    for (params, expected) in [
        (vec![from, ("Url", url)], 21201),
        (vec![to, ("Url", url)], 21213),
        (vec![to, from], 21205),
        (vec![to, from, ("Url", "/relative")], 21205),
        (vec![to, from, ("Url", "http://under_score.example/")], 21205),
        (vec![to, from, ("Url", url), ("Method", "PUT")], 21209),
        (vec![to, from, ("Url", url), ("Timeout", "soon")], 21208),
        (vec![to, from, ("Url", url), ("SendDigits", "12x")], 21206),
        (vec![to, from, ("Url", url), ("MachineDetection", "enable")], 21234),
        (vec![to, from, ("ApplicationSid", "AP00000000000000000000000000000000")], 21218),
        (vec![to, from, ("Twiml", &long)], 32018),
        (vec![("To", "+1312555"), from, ("Url", url)], 201),
        (vec![("To", "13125550777"), from, ("Url", url)], 21211),
        (vec![("To", FROM), from, ("Url", url)], 21211),
    ] {
        let reply = world.post("Calls.json", &params).await;
        let got = reply.json()["code"].as_u64().unwrap_or(reply.status.into());
        assert_eq!(got, expected, "{params:?}");
    }
}

#[tokio::test]
async fn a_programmed_refusal_places_nothing() {
    let world = World::new().await;
    world.simulator.set_behavior("+1312*", vec![Behavior::Reject { code: 13224, http_status: 400 }, Behavior::Busy]);
    assert_eq!(code(&world, &world.usual(TO)).await, 13224);
    world.place(TO, &[]).await;
    let creates = world.ledger().creates();
    assert_eq!((creates[0].answer_code, creates[0].sid.is_none()), (Some(13224), true));
}

#[tokio::test]
async fn a_suspended_account_places_nothing() {
    let world = World::with(|config: &mut Config| config.account_status = "suspended".into()).await;
    let reply = world.post("Calls.json", &world.usual(TO)).await;
    assert_eq!((reply.status, reply.json()["code"].as_u64()), (403, Some(20005)));
}

#[tokio::test]
async fn a_wrong_event_name_is_accepted_and_then_nothing_is_ever_told() {
    let world = World::new().await;
    let sid = world.place(TO, &[("StatusCallbackEvent", "busy")]).await;
    world.run_for(60.0).await;
    assert!(world.told().is_empty());
    assert_eq!(world.app.seen("/voice").len(), 1, "the call itself takes place");
    let notes = world.get(&format!("Calls/{sid}/Notifications.json")).await.json();
    assert_eq!(notes["notifications"][0]["error_code"], "21626");
}

#[tokio::test]
async fn unknown_parameters_are_ignored_and_complained_of() {
    let world = World::new().await;
    world.place(TO, &[("StatusCallBack", "http://127.0.0.1:9/")]).await;
    world.get("Calls.json?to=%2B1").await;
    let complaints: Vec<String> = world.ledger().complaints().into_iter().map(|complaint| complaint.what).collect();
    assert_eq!(complaints, ["unknown parameter StatusCallBack", "unknown parameter to"]);
}
