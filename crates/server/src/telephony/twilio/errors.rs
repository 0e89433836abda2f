//! What the carrier's codes mean for us: one table, and the reading of an error answer.
//!
//! Decisions hang on the code, then on the HTTP status, never on the message. Codes of finished calls
//! (13xxx, 32xxx) are in the same table, for the engine that reads a call's notifications.

use serde_json::Value;

use super::resources::Fields;
use super::transport::{Answer, SendError};
use crate::telephony::{CarrierError, NotSentReason, PlaceCallError, RefusalVerdict};

use RefusalVerdict::{
    CallerIdRefused, Configuration, CountryNotAllowed, CredentialsRefused, NumberImpossible, RequestFault, Transient,
};

/// Longest message kept.
const MESSAGE_CHARS_MAX: usize = 300;
/// Runs of digits at least this long in a message are a phone number.
const NUMBER_DIGITS_MIN: usize = 7;
/// Digits of it that may be shown.
const NUMBER_DIGITS_SHOWN: usize = 4;

/// Every code whose meaning is documented and matters to a dialer, in ascending order.
const VERDICTS: &[(u32, RefusalVerdict)] = &[
    (10001, Configuration),      // account not active
    (10002, Configuration),      // not on trial accounts
    (10004, Transient),          // cap on concurrent calls
    (10005, Configuration),      // voice disabled
    (13201, RequestFault),       // Dial inside a dialed leg
    (13214, CallerIdRefused),    // Dial: caller id
    (13223, NumberImpossible),   // Dial: format
    (13224, Transient),          // Dial: unsupported number; also seen in carrier outages, so no proof
    (13225, NumberImpossible),   // Dial: block list
    (13226, NumberImpossible),   // Dial: country code
    (13227, CountryNotAllowed),  // Dial: geographic permission
    (13247, CallerIdRefused),    // Dial: caller id
    (13621, RequestFault),       // recordingStatusCallbackEvent
    (13805, Configuration),      // trial calls end at ten minutes
    (15004, RequestFault),       // relative URL in a document passed by update
    (16021, Transient),          // another concurrency cap
    (20001, RequestFault),       // unknown parameters
    (20003, CredentialsRefused), // credentials, or account suspended
    (20005, Configuration),      // account not active, out of funds
    (20006, Configuration),      // access denied
    (20007, RequestFault),       // page size
    (20008, Configuration),      // test credentials
    (20010, Configuration),      // action disabled on this account
    (20403, Configuration),      // access denied
    (20404, Configuration),      // on create: wrong account id or number resource
    (20422, RequestFault),       // invalid parameter
    (20429, Transient),          // too many requests at once
    (21200, RequestFault),       // something required is missing
    (21201, RequestFault),       // no To
    (21202, NumberImpossible),   // premium number
    (21203, CountryNotAllowed),  // international calling off
    (21204, RequestFault),       // call already initiated
    (21205, RequestFault),       // URL not absolute or host not valid
    (21206, RequestFault),       // SendDigits
    (21208, RequestFault),       // Timeout
    (21209, RequestFault),       // Method
    (21210, CallerIdRefused),    // From is neither ours nor verified
    (21211, NumberImpossible),   // To is not a number
    (21212, CallerIdRefused),    // From malformed or on a do-not-originate list
    (21213, RequestFault),       // no From
    (21214, NumberImpossible),   // To cannot be reached
    (21215, CountryNotAllowed),  // geographic permission
    (21216, NumberImpossible),   // block list
    (21217, NumberImpossible),   // not a valid number
    (21218, RequestFault),       // ApplicationSid
    (21219, Configuration),      // trial account, To not verified
    (21220, RequestFault),       // call not in the right state
    (21234, RequestFault),       // MachineDetection
    (21262, RequestFault),       // AsyncAmd without callback
    (21263, RequestFault),       // AsyncAmd where not supported
    (21609, RequestFault),       // StatusCallback URL
    (21626, RequestFault),       // StatusCallbackEvent
    (22005, Transient),          // the carrier's queue is full
    (32001, Transient),          // trunk's calls per second
    (32014, Transient),          // no audio
    (32016, Transient),          // post-dial delay
    (32017, CallerIdRefused),    // blocked for the caller id's reputation
    (32018, RequestFault),       // inline document too long
    (32019, RequestFault),       // two documents
    (32021, CallerIdRefused),    // attestation failed
    (32202, Configuration),      // SIP credentials
    (32203, NumberImpossible),   // SIP: block list
    (32205, CountryNotAllowed),  // SIP: geographic permission
    (32206, CallerIdRefused),    // SIP: caller id
    (64109, Transient),          // another concurrency cap
    (86008, Transient),          // another concurrency cap
    (573_002, Configuration),    // trial verification
    (573_005, Configuration),    // trial verification
];

/// Codes by which the carrier says that its own side failed: the call may exist.
const SERVER_SIDE: std::ops::RangeInclusive<u32> = 20500..=20599;
/// Codes of a call that has moved on.
const STATE_RACE: [u32; 4] = [20009, 20409, 21204, 21220];

/// What a code means. A code not in the table asks for a pause and a person, since a list must never
/// be burned over something we do not understand; with a 401 it is about the credentials.
#[must_use]
pub fn verdict_of(code: u32, http_status: u16) -> RefusalVerdict {
    let known = VERDICTS.iter().find(|(listed, _)| *listed == code).map(|(_, verdict)| *verdict);
    known.unwrap_or(if http_status == 401 { CredentialsRefused } else { Configuration })
}

/// By this code of the carrier's, nobody can ever be reached under the number. SIP responses are not such
/// codes: a 404 also comes from outages on the way.
#[must_use]
pub fn is_number_impossible(code: u32) -> bool {
    VERDICTS.contains(&(code, NumberImpossible))
}

/// A create that was not answered.
pub(super) fn place_not_answered(error: SendError) -> PlaceCallError {
    match error {
        SendError::NotSent(reason) => {
            PlaceCallError::NotSent { reason: NotSentReason::Unreachable(reason), retry_after_s: None }
        }
        SendError::Uncertain(reason) => PlaceCallError::Uncertain { reason },
    }
}

/// A create that was answered otherwise than with a call.
pub(super) fn place_refused(answer: &Answer) -> PlaceCallError {
    let told = Told::read(answer);
    match (answer.status, told.code) {
        (429, _) => {
            PlaceCallError::NotSent { reason: NotSentReason::TooManyRequests, retry_after_s: answer.retry_after_s }
        }
        (400..=499, Some(code)) if answer.status != 408 && !SERVER_SIDE.contains(&code) => PlaceCallError::Rejected {
            code,
            http_status: answer.status,
            message: told.message,
            verdict: verdict_of(code, answer.status),
        },
        (status, code) => {
            PlaceCallError::Uncertain { reason: format!("the carrier answered {status} (code {code:?})") }
        }
    }
}

/// A question or move that was not answered.
pub(super) fn not_answered(error: SendError) -> CarrierError {
    let (SendError::NotSent(reason) | SendError::Uncertain(reason)) = error;
    CarrierError::Unavailable { reason, retry_after_s: None }
}

/// A question or move that was refused.
pub(super) fn refused(answer: &Answer) -> CarrierError {
    let told = Told::read(answer);
    match (answer.status, told.code) {
        (_, Some(code)) if STATE_RACE.contains(&code) => CarrierError::WrongState { code },
        (401, _) | (403, Some(20003)) => CarrierError::CredentialsRefused { message: told.message },
        (404, _) => CarrierError::NotFound,
        (400..=499, code) if !matches!(answer.status, 408 | 429) => {
            CarrierError::Refused { code, http_status: answer.status, message: told.message }
        }
        (status, _) => CarrierError::Unavailable {
            reason: format!("the carrier answered {status}"),
            retry_after_s: answer.retry_after_s,
        },
    }
}

/// What an error answer says for itself; a gateway's page says nothing.
struct Told {
    code: Option<u32>,
    message: String,
}

impl Told {
    fn read(answer: &Answer) -> Self {
        let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        let fields = Fields(&body);
        let message = fields.text("message").or_else(|| fields.text("detail"));
        let message = message.or_else(|| fields.text("title")).unwrap_or_default();
        Self { code: fields.number("code"), message: without_numbers(&message) }
    }
}

/// A carrier's message fit for a log: bounded, without control characters and without full numbers.
pub(super) fn without_numbers(message: &str) -> String {
    let clean: Vec<char> = message.chars().filter(|c| !c.is_control()).take(MESSAGE_CHARS_MAX).collect();
    clean
        .chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
        .flat_map(|run| {
            let number = run[0].is_ascii_digit() && run.len() >= NUMBER_DIGITS_MIN;
            let hidden = if number { run.len() - NUMBER_DIGITS_SHOWN } else { 0 };
            run.iter().enumerate().map(move |(at, c)| if at < hidden { '*' } else { *c })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, retry_after_s: None, body: body.to_owned().into() }
    }

    fn placing(status: u16, body: &str) -> PlaceCallError {
        place_refused(&answer(status, body))
    }

    #[test]
    fn the_table_is_in_order_and_names_each_code_once() {
        assert!(VERDICTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn only_the_number_itself_can_burn_a_contact() {
        let burning: Vec<u32> =
            VERDICTS.iter().filter(|(_, v)| *v == NumberImpossible).map(|(code, _)| *code).collect();
        assert_eq!(burning, [13223, 13225, 13226, 21202, 21211, 21214, 21216, 21217, 32203]);
    }

    #[test]
    fn a_code_nobody_knows_asks_for_a_pause() {
        for code in [0, 21299, 45000, u32::MAX] {
            assert_eq!(verdict_of(code, 400), Configuration);
            assert_eq!(verdict_of(code, 401), CredentialsRefused);
        }
    }

    #[test]
    fn a_coded_refusal_is_certain_and_carries_its_verdict() {
        let body = r#"{"code":21217,"message":"+15005550001 is not valid","status":400}"#;
        assert_eq!(
            placing(400, body),
            PlaceCallError::Rejected {
                code: 21217,
                http_status: 400,
                message: "+*******0001 is not valid".into(),
                verdict: NumberImpossible,
            }
        );
    }

    #[test]
    fn a_code_may_be_a_text_and_the_body_of_the_newer_form() {
        let told = placing(401, r#"{"type":"x","title":"no","status":401,"code":"20003"}"#);
        assert!(matches!(told, PlaceCallError::Rejected { verdict: CredentialsRefused, .. }));
    }

    #[test]
    fn too_many_requests_is_not_sent_with_or_without_a_code() {
        for body in ["", r#"{"code":20429}"#, "<html>"] {
            let told = place_refused(&Answer { retry_after_s: Some(7), ..answer(429, body) });
            let reason = NotSentReason::TooManyRequests;
            assert_eq!(told, PlaceCallError::NotSent { reason, retry_after_s: Some(7) });
        }
    }

    #[test]
    fn whatever_does_not_prove_a_refusal_is_uncertain() {
        let coded = r#"{"code":21217}"#;
        for (status, body) in [
            (500, coded),
            (503, r#"{"code":20503}"#),
            (408, coded),
            (404, "<html>not here</html>"),
            (403, ""),
            (400, "{}"),
            (400, r#"{"code":null}"#),
            (400, r#"{"code":20500}"#),
            (302, coded),
            (100, ""),
            (200, ""),
            (201, "{"),
            (204, ""),
        ] {
            let told = placing(status, body);
            assert!(matches!(told, PlaceCallError::Uncertain { .. }), "{status} {body}: {told:?}");
        }
    }

    #[test]
    fn other_requests_are_refused_by_what_can_be_done() {
        let race = refused(&answer(400, r#"{"code":21220}"#));
        assert_eq!(race, CarrierError::WrongState { code: 21220 });
        assert_eq!(refused(&answer(404, r#"{"code":20404}"#)), CarrierError::NotFound);
        for status in [408, 429, 500, 502, 302] {
            assert!(matches!(refused(&answer(status, "")), CarrierError::Unavailable { .. }), "{status}");
        }
        let denied = refused(&answer(401, ""));
        assert!(matches!(denied, CarrierError::CredentialsRefused { .. }));
        assert!(matches!(refused(&answer(400, "")), CarrierError::Refused { code: None, .. }));
    }

    #[test]
    fn short_figures_stay_readable_in_a_message() {
        assert_eq!(without_numbers("code 21215 for 442071838750!\u{1b}[31m"), "code 21215 for ********8750![31m");
    }
}
