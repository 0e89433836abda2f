//! Each way in which a create-call can go wrong, on a real socket: one request at most, right class.

use std::io::{Read as _, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use carillon_domain::phone_number::PhoneNumber;

use super::carrier_for_tests::{Behavior, TestCarrier, answer, client_of, patient};
use super::transport::TransportLimits;
use crate::telephony::place_call::{MachineDetection, Recording, StatusEvent};
use crate::telephony::{
    CallSid, Carrier as _, CarrierError, NotSentReason, PlaceCall, PlaceCallError, Placed, RefusalVerdict,
};

fn call() -> PlaceCall {
    PlaceCall {
        to: PhoneNumber::from_e164("+12025550123").unwrap(),
        from: PhoneNumber::from_e164("+12025550100").unwrap(),
        url: "https://h.example/initiate/t1".into(),
        fallback_url: None,
        status_callback: "https://h.example/status/t1".into(),
        status_events: StatusEvent::ALL.to_vec(),
        ring_timeout_s: 30,
        time_limit_s: 600,
        machine_detection: MachineDetection::Off,
        recording: Recording::Off,
    }
}

fn created() -> Vec<u8> {
    answer("201 Created", "content-type: application/json\r\n", r#"{"sid":"CA1","queue_time":"0"}"#)
}

/// Places one call with a carrier that behaves so; the requests it saw are counted.
async fn place(behavior: Behavior, limits: TransportLimits) -> (Result<Placed, PlaceCallError>, usize) {
    let carrier = TestCarrier::playing([behavior]).await;
    let told = carrier.client(limits).place(call()).await;
    assert_eq!(carrier.connections(), 1, "one connection and no second try: {told:?}");
    let requests = carrier.requests();
    assert!(requests.iter().all(|request| request.ends_with(&body())), "whole or not at all: {requests:?}");
    (told, requests.len())
}

fn body() -> String {
    super::place::form(&call()).encode()
}

fn is_uncertain(told: &Result<Placed, PlaceCallError>) -> bool {
    matches!(told, Err(PlaceCallError::Uncertain { .. }))
}

#[tokio::test]
async fn a_placed_call_is_one_request_with_everything_in_it() {
    let carrier = TestCarrier::playing([Behavior::Answer(created())]).await;
    let told = carrier.client(patient()).place(call()).await.unwrap();
    assert_eq!(told.sid.as_str(), "CA1");
    let requests = carrier.requests();
    assert_eq!(requests.len(), 1);
    let head = requests[0].to_ascii_lowercase();
    assert!(
        requests[0].starts_with("POST /2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json HTTP/1.1")
    );
    assert!(head.contains(&format!("host: {}", carrier.address)));
    assert!(head.contains("content-type: application/x-www-form-urlencoded"));
    assert!(requests[0].contains("To=%2B12025550123&From=%2B12025550100"));
}

#[tokio::test]
async fn a_connection_that_breaks_under_a_request_leaves_it_uncertain() {
    let half = b"HTTP/1.1 201 Created\r\ncontent-length: 400\r\n\r\n{\"sid\":\"CA1\"".to_vec();
    let no_head = b"HTTP/1.1 201 Cre".to_vec();
    let not_http = b"220 mail.example ESMTP\r\n".to_vec();
    for behavior in [
        Behavior::CloseRead,
        Behavior::Reset,
        Behavior::AnswerAndClose(half),
        Behavior::AnswerAndClose(no_head),
        Behavior::AnswerAndClose(not_http),
    ] {
        let (told, requests) = place(behavior.clone(), patient()).await;
        assert!(is_uncertain(&told), "{behavior:?}: {told:?}");
        assert_eq!(requests, 1, "{behavior:?}");
    }
}

#[tokio::test]
async fn a_connection_that_closes_before_reading_leaves_it_uncertain() {
    let (told, requests) = place(Behavior::CloseUnread, patient()).await;
    assert!(is_uncertain(&told), "{told:?}");
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn a_carrier_that_never_answers_leaves_it_uncertain() {
    let hurried = TransportLimits { request: Duration::from_millis(300), ..patient() };
    let (told, requests) = place(Behavior::Hang, hurried).await;
    assert_eq!(told, Err(PlaceCallError::Uncertain { reason: "no answer within 300 ms".into() }));
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn an_answer_that_proves_nothing_leaves_it_uncertain() {
    let coded = r#"{"code":21211,"message":"no","status":400}"#;
    for (status, body) in [
        ("500 Internal Server Error", coded),
        ("503 Service Unavailable", ""),
        ("408 Request Timeout", coded),
        ("404 Not Found", "<html><body>no such page</body></html>"),
        ("400 Bad Request", "not json"),
        ("201 Created", "{\"sid\":"),
        ("204 No Content", ""),
    ] {
        let (told, requests) = place(Behavior::Answer(answer(status, "", body)), patient()).await;
        assert!(is_uncertain(&told), "{status}: {told:?}");
        assert_eq!(requests, 1, "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = TestCarrier::playing([]).await;
    let location = format!("location: http://{}/x\r\n", elsewhere.address);
    for status in ["301 Moved", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (told, requests) = place(Behavior::Answer(answer(status, &location, "")), patient()).await;
        assert!(is_uncertain(&told), "{status}: {told:?}");
        assert_eq!(requests, 1);
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_without_end() {
    let endless = answer("201 Created", "", &"x".repeat(9 << 20));
    let (told, requests) = place(Behavior::AnswerAndClose(endless), patient()).await;
    assert!(is_uncertain(&told), "{told:?}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_429_is_not_sent_and_says_when_to_come_back() {
    let busy = answer("429 Too Many Requests", "retry-after: 7\r\n", r#"{"code":20429}"#);
    let (told, requests) = place(Behavior::Answer(busy), patient()).await;
    let reason = NotSentReason::TooManyRequests;
    assert_eq!(told, Err(PlaceCallError::NotSent { reason, retry_after_s: Some(7) }));
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn a_coded_refusal_is_certain() {
    let refusal = answer("400 Bad Request", "", r#"{"code":21215,"message":"no","status":400}"#);
    let (told, _) = place(Behavior::Answer(refusal), patient()).await;
    let verdict = RefusalVerdict::CountryNotAllowed;
    assert_eq!(told, Err(PlaceCallError::Rejected { code: 21215, http_status: 400, message: "no".into(), verdict }));
}

/// Whether a call was certainly not sent because no connection came about.
fn is_unreachable(told: &Result<Placed, PlaceCallError>) -> bool {
    matches!(told, Err(PlaceCallError::NotSent { reason: NotSentReason::Unreachable(_), .. }))
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = client_of(&format!("http://{closed}"), patient()).place(call()).await;
    assert!(is_unreachable(&told), "{told:?}");
}

#[tokio::test]
async fn without_a_tls_session_nothing_was_sent() {
    let not_tls = answer("400 Bad Request", "", "");
    let hurried = TransportLimits { connect: Duration::from_millis(300), ..patient() };
    for behavior in [Behavior::Hang, Behavior::CloseUnread, Behavior::AnswerAndClose(not_tls)] {
        let carrier = TestCarrier::playing([behavior.clone()]).await;
        let told = client_of(&format!("https://{}", carrier.address), hurried).place(call()).await;
        assert!(is_unreachable(&told), "{behavior:?}: {told:?}");
        assert!(carrier.requests().iter().all(|bytes| !bytes.contains("POST")), "{behavior:?}");
    }
}

#[tokio::test]
async fn a_reused_connection_that_dies_under_a_request_is_not_replaced() {
    let carrier = TestCarrier::playing([Behavior::Answer(created()), Behavior::CloseRead]).await;
    let client = carrier.client(patient());
    assert!(client.place(call()).await.is_ok());
    settle().await;
    let told = client.place(call()).await;
    assert!(is_uncertain(&told), "{told:?}");
    assert_eq!((carrier.connections(), carrier.requests().len()), (1, 2));
}

/// Lets the client's background tasks put a connection back into its pool.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_connection_that_idled_too_long_is_not_used_for_a_move() {
    let carrier = TestCarrier::playing([Behavior::Answer(created()), Behavior::Answer(created())]).await;
    let limits = TransportLimits { idle_for_moves: Duration::from_nanos(1), ..patient() };
    let client = carrier.client(limits);
    for _ in 0..2 {
        assert!(client.place(call()).await.is_ok());
        settle().await;
    }
    assert_eq!((carrier.connections(), carrier.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_move_never_uses_a_connection_that_a_question_left() {
    let found = answer("200 OK", "", "{}");
    let script = [Behavior::Answer(found.clone()), Behavior::Answer(found), Behavior::Answer(created())];
    let carrier = TestCarrier::playing(script).await;
    let client = carrier.client(patient());
    for _ in 0..2 {
        assert!(client.balance().await.is_ok());
        settle().await;
    }
    assert_eq!(carrier.connections(), 1, "questions share a connection");
    assert!(client.place(call()).await.is_ok());
    assert_eq!(carrier.connections(), 2);
}

/// The trap: the carrier has closed the idle connection and the client has not noticed yet. The library
/// would open another connection and send the request again, if it were let.
#[test]
fn a_connection_closed_behind_our_back_is_not_replaced() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let (close, closing) = mpsc::channel::<()>();
    let (closed, is_closed) = mpsc::channel::<()>();
    let carrier = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).unwrap() > 0);
        stream.write_all(&created()).unwrap();
        closing.recv().unwrap();
        drop(stream);
        closed.send(()).unwrap();
        listener
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let hurried = TransportLimits { request: Duration::from_millis(300), ..patient() };
    let told = runtime.block_on(async {
        let client = client_of(&base_url, hurried);
        assert!(client.place(call()).await.is_ok());
        settle().await;
        close.send(()).unwrap();
        is_closed.recv().unwrap();
        // One turn: the runtime hears of the closed socket, the connection's task has not looked yet.
        tokio::task::yield_now().await;
        client.place(call()).await
    });
    assert!(is_uncertain(&told), "{told:?}");
    let listener = carrier.join().unwrap();
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "the library tried again on a connection of its own");
}

#[tokio::test]
async fn other_requests_say_that_no_answer_came() {
    let carrier = TestCarrier::playing([Behavior::CloseRead, Behavior::CloseRead]).await;
    let client = carrier.client(patient());
    let sid = CallSid::parse("CA1").unwrap();
    assert!(matches!(client.fetch(&sid).await, Err(CarrierError::Unavailable { .. })));
    assert!(matches!(client.cancel(&sid).await, Err(CarrierError::Unavailable { .. })));
    assert_eq!(carrier.requests().len(), 2);
}

#[tokio::test]
async fn credentials_do_not_show_in_debug_or_errors() {
    let carrier = TestCarrier::playing([Behavior::CloseRead]).await;
    let client = carrier.client(patient());
    let told = client.place(call()).await.unwrap_err();
    let basic = "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpodW50ZXIy";
    assert!(carrier.requests()[0].contains(&format!("authorization: Basic {basic}")));
    for shown in [format!("{client:?}"), format!("{told:?}"), told.to_string()] {
        assert!(!shown.contains("hunter2") && !shown.contains(basic), "{shown}");
    }
}
