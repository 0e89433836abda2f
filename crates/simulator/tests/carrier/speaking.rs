//! Documents: what callees hear, press, and what goes wrong.

use std::time::Duration;

use carillon_simulator::Behavior;

use crate::world::{FROM, TO, World};

fn presses(keys: &[(u64, char)]) -> Behavior {
    let presses = keys.iter().map(|(after, key)| (Duration::from_secs(*after), *key)).collect();
    Behavior::Human { rings_for: Duration::from_secs(4), talks_for: Duration::from_secs(120), presses }
}

#[tokio::test]
async fn a_key_pressed_during_the_message_reaches_the_action_and_silences_the_rest() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![presses(&[(2, '9')])]);
    world.app.says(
        "/voice",
        "<Response><Gather numDigits=\"1\" timeout=\"3\" action=\"/optout?a=1&amp;b=2\">\
         <Say>A very long message that goes on and on, far longer than two seconds.</Say><Say>More</Say></Gather>\
         <Say>Goodbye</Say></Response>",
    );
    world.app.says("/optout", "<Response><Say>You will not be called again</Say></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let told = world.app.seen("/optout");
    assert_eq!((told.len(), told[0].param("Digits"), told[0].query.as_str()), (1, "9", "a=1&b=2"));
    assert!(told[0].signed_right);
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!(call.heard.last().unwrap(), "You will not be called again");
    assert_eq!((call.heard.len(), call.digits), (2, vec!["9".to_owned()]));
}

#[tokio::test]
async fn several_keys_are_collected_until_the_finishing_key() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![presses(&[(1, '1'), (2, '2'), (3, '#'), (4, '7')])]);
    world.app.says("/voice", "<Response><Gather action=\"/got\"/><Say>Nothing came</Say></Response>");
    world.app.says("/got", "<Response/>");
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.app.seen("/got")[0].param("Digits"), "12");
    assert!(world.ledger().call(&sid).unwrap().heard.is_empty());
}

#[tokio::test]
async fn without_a_key_the_document_goes_on() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Gather action=\"/got\"><Say>Press</Say></Gather><Say>Bye</Say></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["Press", "Bye"]);
    assert!(world.app.seen("/got").is_empty());
}

#[tokio::test]
async fn a_callee_who_hangs_up_ends_the_call_in_the_middle_of_the_message() {
    let world = World::new().await;
    world.simulator.set_behavior(TO, vec![Behavior::human(4, 3)]);
    world.app.says("/voice", "<Response><Pause length=\"60\"/><Say>Too late</Say></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!((call.duration_s, call.heard), (Some(3), vec![]));
}

#[tokio::test]
async fn the_time_limit_ends_the_call() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Say loop=\"0\">Again and again</Say></Response>");
    let sid = world.place(TO, &[("TimeLimit", "30")]).await;
    world.run_for(120.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().duration_s, Some(30));
}

#[tokio::test]
async fn failing_documents_are_noted_and_the_callee_hears_an_announcement() {
    for (status, content_type, body, expected) in [
        (500, "text/xml", "<Response/>", 11200),
        (200, "", "<Response/>", 11200),
        (200, "application/json", "{}", 12300),
        (200, "text/xml", "", 11770),
        (200, "text/xml", "<Response><Say>x</Response>", 12100),
        (200, "text/xml", "<Answer/>", 12102),
        (200, "text/xml", "<Response><Play>/nothing.wav</Play></Response>", 11200),
    ] {
        let world = World::new().await;
        world.app.answers("/voice", status, content_type, body.as_bytes());
        world.app.answers("/nothing.wav", 404, "text/plain", b"");
        let sid = world.place(TO, &[]).await;
        world.run_for(60.0).await;
        let call = world.ledger().call(&sid).unwrap();
        assert_eq!(call.notifications.iter().map(|note| note.code).collect::<Vec<_>>(), [expected], "{body}");
        assert!(call.app_error_played);
        assert_eq!(world.told().last().unwrap(), "completed");
    }
}

#[tokio::test]
async fn a_document_over_64_kb_is_refused() {
    let world = World::new().await;
    world.app.says("/voice", &format!("<Response><Say>{}</Say></Response>", "a".repeat(64 * 1024)));
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().notifications[0].code, 11750);
}

#[tokio::test]
async fn the_fallback_is_asked_with_the_error_and_takes_over() {
    let world = World::new().await;
    world.app.answers("/voice", 503, "text/plain", b"");
    world.app.says("/fallback", "<Response><Say>Please hold on</Say></Response>");
    let sid = world.place(TO, &[("FallbackUrl", &format!("{}/fallback", world.app.base))]).await;
    world.run_for(60.0).await;
    let asked = &world.app.seen("/fallback")[0];
    assert_eq!((asked.param("ErrorCode"), asked.param("ErrorUrl")), ("11200", world.app.voice.as_str()));
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!((call.heard, call.app_error_played), (vec!["Please hold on".to_owned()], false));
}

#[tokio::test]
async fn a_gather_without_action_is_a_loop_that_is_stopped_and_complained_of() {
    let world = World::new().await;
    world.app.says("/voice", "<Response><Redirect>/voice</Redirect></Response>");
    world.place(TO, &[]).await;
    world.run_for(60.0).await;
    assert_eq!(world.told().last().unwrap(), "completed");
    assert!(world.app.seen("/voice").len() < 30);
    assert!(world.ledger().complaints()[0].what.contains("loop"));
}

#[tokio::test]
async fn files_are_really_fetched_and_play_as_long_as_they_are() {
    let world = World::new().await;
    // Three seconds of 8 kHz, 8 bit: header, then silence.
    let mut wav =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0".to_vec();
    wav.resize(44 + 24_000, 128);
    world.app.answers("/hello.wav", 200, "audio/wav", &wav);
    world.app.says("/voice", "<Response><Play loop=\"2\">/hello.wav</Play></Response>");
    let sid = world.place(TO, &[]).await;
    world.run_for(60.0).await;
    let fetched = &world.app.seen("/hello.wav")[0];
    assert_eq!((fetched.method.as_str(), fetched.params.len()), ("GET", 0));
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!((call.duration_s, call.heard[0].starts_with("[play] http://")), (Some(6), true));
}

#[tokio::test]
async fn inline_documents_need_no_address() {
    let world = World::new().await;
    let params = [("To", TO), ("From", FROM), ("Twiml", "<Response><Say>Right here</Say></Response>")];
    let sid = world.post("Calls.json", &params).await.json()["sid"].as_str().unwrap().to_owned();
    world.run_for(60.0).await;
    assert_eq!(world.ledger().call(&sid).unwrap().heard, ["Right here"]);
}

#[tokio::test]
async fn unreachable_documents_are_noted_as_such() {
    let world = World::new().await;
    let sid = world.place(TO, &[("Url", "http://127.0.0.1:9/voice")]).await;
    world.run_for(60.0).await;
    let call = world.ledger().call(&sid).unwrap();
    assert_eq!(call.notifications[0].code, 11205);
    assert_eq!(world.ledger().webhooks().iter().find(|hook| hook.url.contains(":9/")).unwrap().tries, 2);
}
