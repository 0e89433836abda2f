//! Every request of the client against the carrier's published OpenAPI document.
//!
//! The client runs against a listener that says yes to everything; what it sent must be an operation
//! of the document, with parameters that exist there and values of their types.

use std::collections::BTreeMap;

use carillon_domain::phone_number::PhoneNumber;
use serde_json::{Value, json};

use super::TwilioCarrier;
use super::carrier_for_tests::{Behavior, TestCarrier, answer, patient};
use crate::telephony::place_call::{DetectionMode, MachineDetection, Recording, RecordingChannels, StatusEvent};
use crate::telephony::{CallSid, CallStatus, Carrier as _, ListCalls, PlaceCall, Started};

const CONTRACT: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../simulator/contract/twilio_voice_openapi.json"));
/// Values that the document gives in prose only.
const WORDS: [(&str, &[&str]); 4] = [
    ("StatusCallbackEvent", &["initiated", "ringing", "answered", "completed"]),
    ("RecordingStatusCallbackEvent", &["in-progress", "completed", "absent"]),
    ("MachineDetection", &["Enable", "DetectMessageEnd"]),
    ("RecordingChannels", &["mono", "dual"]),
];

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::from_e164(text).unwrap()
}

fn plain_call() -> PlaceCall {
    PlaceCall {
        to: number("+12025550123"),
        from: number("+12025550100"),
        url: "https://h.example/initiate/t#rc=2".into(),
        fallback_url: None,
        status_callback: "https://h.example/status/t".into(),
        status_events: StatusEvent::ALL.to_vec(),
        ring_timeout_s: 30,
        time_limit_s: 600,
        machine_detection: MachineDetection::Off,
        recording: Recording::Off,
    }
}

fn full_call(mode: DetectionMode, channels: RecordingChannels) -> PlaceCall {
    PlaceCall {
        fallback_url: Some("https://h.example/fallback".into()),
        machine_detection: MachineDetection::Async { callback_url: "https://h.example/amd/t".into(), mode },
        recording: Recording::On { callback_url: "https://h.example/recording/t".into(), channels },
        ..plain_call()
    }
}

/// Makes every request the client can make.
async fn ask_everything(client: &TwilioCarrier) {
    let sid = CallSid::parse("CA00000000000000000000000000000001").unwrap();
    client.place(plain_call()).await.unwrap();
    client.place(full_call(DetectionMode::Enable, RecordingChannels::Mono)).await.unwrap();
    client.place(full_call(DetectionMode::DetectMessageEnd, RecordingChannels::Dual)).await.unwrap();
    client.cancel(&sid).await.unwrap();
    client.end(&sid).await.unwrap();
    client.redirect(&sid, "https://h.example/next").await.unwrap();
    client.fetch(&sid).await.unwrap();
    client.list(ListCalls::default()).await.unwrap();
    let day = jiff::civil::date(2026, 1, 31);
    for (status, started) in [(CallStatus::Queued, Started::On(day)), (CallStatus::NoAnswer, Started::OnOrAfter(day))] {
        let (to, from) = (Some(number("+12025550123")), Some(number("+12025550100")));
        let what = ListCalls { to, from, status: Some(status), started: Some(started), resume_at: None };
        client.list(what).await.unwrap();
    }
    client.events(&sid).await.unwrap();
    client.notifications(&sid).await.unwrap();
    client.account().await.unwrap();
    client.balance().await.unwrap();
    client.numbers().await.unwrap();
    client.verified_caller_ids().await.unwrap();
    client.application("AP00000000000000000000000000000001").await.unwrap();
}

/// Requests made by [`ask_everything`].
const REQUESTS: usize = 17;

/// One parameter's schema, its references resolved.
fn resolved(contract: &Value, schema: &Value) -> Value {
    match schema["$ref"].as_str() {
        Some(reference) => contract.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => schema.clone(),
    }
}

/// The operation of the document that a request names, by its path template.
fn operation(contract: &Value, method: &str, path: &str) -> Value {
    let asked: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == asked.len() && parts.iter().zip(&asked).all(|(part, asked)| part_fits(part, asked))
    };
    let paths = contract["paths"].as_object().unwrap();
    // A literal path such as `Calls.json` is preferred to `{Sid}.json`.
    let found =
        paths.iter().filter(|(template, _)| fits(template)).min_by_key(|(template, _)| template.matches('{').count());
    let (_, item) = found.unwrap_or_else(|| panic!("no such path: {path}"));
    assert!(item[method].is_object(), "{method} is not an operation of {path}");
    item[method].clone()
}

fn part_fits(template: &str, asked: &str) -> bool {
    match template.strip_suffix(".json") {
        Some(stem) if stem.starts_with('{') => asked.strip_suffix(".json").is_some_and(|id| id.len() == 34),
        None if template.starts_with('{') => asked.len() == 34,
        _ => template == asked,
    }
}

/// The schemas of the parameters an operation takes, by name.
fn parameters(contract: &Value, operation: &Value) -> BTreeMap<String, Value> {
    let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"];
    let of_form = form.as_object().into_iter().flatten().map(|(name, schema)| (name.clone(), schema.clone()));
    let of_query = operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query");
    let of_query = of_query.map(|one| (one["name"].as_str().unwrap().to_owned(), one["schema"].clone()));
    of_form.chain(of_query).map(|(name, schema)| (name, resolved(contract, &schema))).collect()
}

fn assert_value(name: &str, value: &str, schema: &Value) {
    let one = if schema["type"] == "array" { &schema["items"] } else { schema };
    let typed = match one["type"].as_str().unwrap_or("string") {
        "integer" => value.parse::<u64>().is_ok(),
        "boolean" => matches!(value, "true" | "false"),
        _ => !value.is_empty(),
    };
    assert!(typed, "{name}={value} is not {one}");
    let listed = one["enum"].as_array().is_none_or(|words| words.contains(&json!(value)));
    assert!(listed, "{name}={value} is not among {}", one["enum"]);
    let told = WORDS.iter().find(|(of, _)| *of == name).is_none_or(|(_, words)| words.contains(&value));
    assert!(told, "{name}={value}");
    match one["format"].as_str() {
        Some("uri") => assert!(value.starts_with("https://"), "{name}={value}"),
        Some("date-time") => assert_eq!(value, "2026-01-31", "{name}: a UTC day always works"),
        _ => {}
    }
}

fn assert_request(contract: &Value, request: &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut words = head.split(' ');
    let (method, target) = (words.next().unwrap().to_ascii_lowercase(), words.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let operation = operation(contract, &method, path);
    let known = parameters(contract, &operation);
    let sent = if method == "post" { body } else { query };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(sent.as_bytes()) {
        let schema = known.get(&*name).unwrap_or_else(|| panic!("{path} has no parameter {name}"));
        assert_value(&name, &value, schema);
        let count = times.entry(name.clone().into_owned()).or_default();
        *count += 1;
        assert!(*count == 1 || schema["type"] == "array", "{name} is repeated and is no list");
    }
    let required = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["required"];
    for name in required.as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(times.contains_key(name), "{path} requires {name}");
    }
}

#[tokio::test]
async fn every_request_is_one_the_carrier_has_published() {
    let yes = answer("200 OK", "", r#"{"sid":"CA00000000000000000000000000000001"}"#);
    let carrier = TestCarrier::playing(std::iter::repeat_n(Behavior::Answer(yes), REQUESTS)).await;
    ask_everything(&carrier.client(patient())).await;
    let requests = carrier.requests();
    assert_eq!(requests.len(), REQUESTS);
    let contract: Value = serde_json::from_str(CONTRACT).unwrap();
    for request in &requests {
        assert_request(&contract, request);
    }
}

#[tokio::test]
async fn a_list_follows_its_pages_to_the_end() {
    let first = r#"{"calls":[{"sid":"CA1"}],"next_page_uri":"/2010-04-01/x?PageToken=PA1&Page=1"}"#;
    let second = r#"{"calls":[{"sid":"CA2"},{"sid":"CA3"}],"next_page_uri":null}"#;
    let pages = [first, second].map(|body| Behavior::Answer(answer("200 OK", "", body)));
    let carrier = TestCarrier::playing(pages).await;
    let list = carrier.client(patient()).list(ListCalls::default()).await.unwrap();
    let sids: Vec<String> = list.calls.iter().filter_map(|call| call.sid.as_ref()).map(CallSid::to_string).collect();
    assert_eq!((sids, list.next), (vec!["CA1".into(), "CA2".into(), "CA3".into()], None));
    assert!(carrier.requests()[1].starts_with("GET /2010-04-01/x?PageToken=PA1&Page=1 "), "verbatim");
}

#[tokio::test]
async fn a_list_without_end_stops_and_says_where_it_would_go_on() {
    let page = r#"{"calls":[{"sid":"CA1"}],"next_page_uri":"/next"}"#;
    let carrier = TestCarrier::playing(std::iter::repeat_n(Behavior::Answer(answer("200 OK", "", page)), 20)).await;
    let client = carrier.client(patient());
    let list = client.list(ListCalls::default()).await.unwrap();
    assert_eq!(list.calls.len(), 10);
    assert!(list.next.is_some());
    client.list(ListCalls { resume_at: list.next, ..ListCalls::default() }).await.unwrap();
    assert!(carrier.requests()[10].starts_with("GET /next "), "resumed there");
}

#[tokio::test]
async fn the_credentials_do_not_follow_a_list_to_another_host() {
    let elsewhere = TestCarrier::playing([]).await;
    let page = format!(r#"{{"calls":[],"next_page_uri":"http://{}/x"}}"#, elsewhere.address);
    let carrier = TestCarrier::playing([Behavior::Answer(answer("200 OK", "", &page))]).await;
    assert!(carrier.client(patient()).list(ListCalls::default()).await.is_err());
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_key_that_may_call_but_not_read_the_account_is_good() {
    use crate::telephony::account::Account;
    let denied = || Behavior::Answer(answer("401 Unauthorized", "", r#"{"code":20003}"#));
    let fine = Behavior::Answer(answer("200 OK", "", r#"{"calls":[]}"#));
    let carrier = TestCarrier::playing([denied(), fine]).await;
    assert_eq!(carrier.client(patient()).account().await, Ok(Account::Hidden));
    let carrier = TestCarrier::playing([denied(), denied()]).await;
    assert!(carrier.client(patient()).account().await.is_err());
}

#[tokio::test]
async fn what_the_carrier_does_not_know_is_absent() {
    let missing = || Behavior::Answer(answer("404 Not Found", "", r#"{"code":20404}"#));
    let carrier = TestCarrier::playing([missing(), missing()]).await;
    let client = carrier.client(patient());
    assert_eq!(client.fetch(&CallSid::parse("CA1").unwrap()).await, Ok(None));
    assert_eq!(client.application("AP1").await, Ok(None));
    assert_eq!(client.application("../Keys").await, Ok(None));
    assert_eq!(carrier.requests().len(), 2);
}
