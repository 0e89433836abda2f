//! Reading the carrier's JSON, leniently.
//!
//! Every field may be absent, null, a text or a number; unknown ones are ignored; a field that cannot
//! be read is as good as absent. A whole answer is refused only when it is not JSON.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;

use super::errors::without_numbers;
use crate::telephony::account::{Account, Application, Balance, OwnedNumber};
use crate::telephony::call::NotificationLevel;
use crate::telephony::{
    CallEvent, CallNotification, CallSid, CarrierCall, CarrierPrice, CarrierProfile, DetectionVerdict, NextPage,
};

/// Decimal places kept of a price.
const PRICE_PLACES: usize = 6;

/// An object of the carrier's, field by field.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Value);

impl<'a> Fields<'a> {
    /// A text that is not empty; a number as its text.
    pub(super) fn text(self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number, also as a text.
    pub(super) fn number<N: std::str::FromStr>(self, name: &str) -> Option<N> {
        self.text(name)?.trim().parse().ok()
    }

    /// An instant, in the form of mails or of ISO 8601.
    fn instant(self, name: &str) -> Option<Timestamp> {
        parse_instant(&self.text(name)?)
    }

    fn sid(self, name: &str) -> Option<CallSid> {
        CallSid::parse(&self.text(name)?)
    }

    fn object(self, name: &str) -> Fields<'a> {
        Fields(self.0.get(name).unwrap_or(&Value::Null))
    }

    /// The items of a list.
    pub(super) fn items(self, name: &str) -> impl Iterator<Item = Fields<'a>> {
        self.0.get(name).and_then(Value::as_array).into_iter().flatten().map(Fields)
    }

    /// Where the list goes on.
    pub(super) fn next_page(self) -> Option<NextPage> {
        self.text("next_page_uri").map(NextPage)
    }
}

/// Reads an instant in any form that carriers use.
pub(in crate::telephony) fn parse_instant(text: &str) -> Option<Timestamp> {
    let mail = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok();
    mail.or_else(|| text.parse().ok())
}

pub(super) fn call(fields: Fields<'_>, profile: &CarrierProfile) -> CarrierCall {
    CarrierCall {
        sid: fields.sid("sid"),
        parent_sid: fields.sid("parent_call_sid"),
        to: fields.text("to"),
        from: fields.text("from"),
        status: fields.text("status").map(|word| profile.status(&word)),
        direction: fields.text("direction"),
        created_at: fields.instant("date_created"),
        started_at: fields.instant("start_time"),
        ended_at: fields.instant("end_time"),
        duration_s: fields.number("duration"),
        answered_by: fields.text("answered_by").map(|word| DetectionVerdict::from_word(&word)),
        price: price(fields),
        queue_time_ms: fields.number("queue_time"),
        error_code: fields.number("error_code"),
        error_message: fields.text("error_message").map(|text| without_numbers(&text)),
    }
}

fn price(fields: Fields<'_>) -> Option<CarrierPrice> {
    let cost_micros = cost_micros(&fields.text("price")?)?;
    let currency = fields.text("price_unit")?.to_ascii_uppercase();
    Some(CarrierPrice { cost_micros, currency })
}

/// Millionths of a decimal text without its sign: a cost is negative here and positive elsewhere.
fn cost_micros(decimal: &str) -> Option<u64> {
    let unsigned = decimal.trim().trim_start_matches(['-', '+']);
    let (whole, places) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() && places.is_empty() || !digits(whole) || !digits(places) {
        return None;
    }
    let kept: String = places.chars().chain(std::iter::repeat('0')).take(PRICE_PLACES).collect();
    format!("{whole}{kept}").parse().ok()
}

pub(super) fn event(fields: Fields<'_>) -> CallEvent {
    let request = fields.object("request");
    let response = fields.object("response");
    CallEvent {
        request_url: request.text("url"),
        request_method: request.text("method"),
        parameters: parameters(request.object("parameters").0),
        response_code: response.number("response_code"),
        answered_at: response.instant("date_created"),
    }
}

fn parameters(object: &Value) -> Vec<(String, String)> {
    let pairs = object.as_object().into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))).collect()
}

pub(super) fn notification(fields: Fields<'_>) -> CallNotification {
    let level = match fields.text("log").as_deref() {
        Some("0") => NotificationLevel::Error,
        Some("1") => NotificationLevel::Warning,
        _ => NotificationLevel::Unknown,
    };
    CallNotification {
        error_code: fields.number("error_code"),
        level,
        message: without_numbers(&notification_message(&fields.text("message_text").unwrap_or_default())),
        request_url: fields.text("request_url"),
        noted_at: fields.instant("message_date"),
    }
}

/// The readable part of a note: its `Msg` when the text is URL-encoded pairs, else the text.
fn notification_message(text: &str) -> String {
    let pairs = form_urlencoded::parse(text.as_bytes());
    let told = pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("msg"));
    told.map_or_else(|| text.to_owned(), |(_, message)| message.into_owned())
}

pub(super) fn account(fields: Fields<'_>) -> Account {
    Account::Known {
        name: fields.text("friendly_name"),
        status: fields.text("status"),
        trial: fields.text("type").is_some_and(|word| word.eq_ignore_ascii_case("trial")),
    }
}

pub(super) fn balance(fields: Fields<'_>) -> Option<Balance> {
    Some(Balance { amount: fields.text("balance")?, currency: fields.text("currency")? })
}

pub(super) fn owned_number(fields: Fields<'_>) -> Option<OwnedNumber> {
    Some(OwnedNumber {
        number: fields.text("phone_number")?,
        name: fields.text("friendly_name"),
        voice: fields.object("capabilities").0.get("voice").and_then(Value::as_bool),
        voice_url: fields.text("voice_url"),
    })
}

pub(super) fn application(fields: Fields<'_>) -> Option<Application> {
    Some(Application {
        sid: fields.text("sid")?,
        name: fields.text("friendly_name"),
        voice_url: fields.text("voice_url"),
        status_callback: fields.text("status_callback"),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::telephony::CallStatus;

    fn read(value: &Value) -> CarrierCall {
        call(Fields(value), &CarrierProfile::TWILIO)
    }

    #[test]
    fn a_finished_call_is_read_in_full() {
        let told = read(&json!({
            "sid": "CA1", "to": "+12025550123", "from": "+12025550100", "status": "completed",
            "date_created": "Tue, 31 Aug 2010 20:36:28 +0000",
            "start_time": "Tue, 31 Aug 2010 22:36:29 +0200", "end_time": "2010-08-31T20:37:02Z",
            "duration": "33", "price": "-0.03000", "price_unit": "usd", "queue_time": "1000",
            "answered_by": "machine_end_beep", "direction": "outbound-api", "new_field": {"x": []},
        }));
        assert_eq!(told.status, Some(CallStatus::Completed));
        assert_eq!(told.created_at, "2010-08-31T20:36:28Z".parse().ok());
        assert_eq!(told.started_at, "2010-08-31T20:36:29Z".parse().ok());
        assert_eq!(told.ended_at, "2010-08-31T20:37:02Z".parse().ok());
        assert_eq!(told.duration_s, Some(33));
        assert_eq!(told.queue_time_ms, Some(1000));
        assert_eq!(told.answered_by, Some(DetectionVerdict::MachineEnd));
        assert_eq!(told.price, Some(CarrierPrice { cost_micros: 30_000, currency: "USD".into() }));
    }

    #[test]
    fn numbers_may_be_numbers_and_everything_may_be_missing() {
        let told = read(&json!({"duration": 33, "price": 0.0085, "price_unit": "USD", "sid": null}));
        assert_eq!(told.duration_s, Some(33));
        assert_eq!(told.price.map(|price| price.cost_micros), Some(8500));
        assert_eq!(told.sid, None);
        assert_eq!(read(&json!({})), CarrierCall::default());
        assert_eq!(read(&json!([1, 2])), CarrierCall::default());
        let empty = json!({"duration": "", "price": "", "status": 7, "start_time": "soon"});
        assert_eq!(read(&empty).status, Some(CallStatus::Unknown("7".into())));
        assert_eq!(read(&empty).started_at, None);
    }

    #[test]
    fn prices_keep_six_places() {
        let cases = [("-0.00250", 2500), ("1", 1_000_000), ("+12.3456789", 12_345_678), (".5", 500_000)];
        for (text, micros) in cases {
            assert_eq!(cost_micros(text), Some(micros), "{text}");
        }
        for text in ["", "-", ".", "1e3", "free", "1,5", "99999999999999999999"] {
            assert_eq!(cost_micros(text), None, "{text}");
        }
    }

    #[test]
    fn an_event_shows_our_token_wherever_it_stands() {
        let told = event(Fields(&json!({
            "request": {"method": "POST", "url": "https://x/a/tok1", "parameters": {"status_callback": "https://x/s/tok2", "timeout": 30}},
            "response": {"response_code": 201, "date_created": "Tue, 11 Aug 2020 17:44:08 +0000"},
        })));
        assert_eq!(told.response_code, Some(201));
        assert!(told.mentions("tok1") && told.mentions("tok2") && !told.mentions("tok3"));
        assert_eq!(event(Fields(&Value::Null)), CallEvent::default());
    }

    #[test]
    fn a_note_is_decoded_and_hides_numbers() {
        let told = notification(Fields(&json!({
            "error_code": "21215", "log": "0", "request_url": "https://x",
            "message_text": "Msg=Not+permitted+to+call+%2B442071838750&ErrorCode=21215",
        })));
        assert_eq!(told.error_code, Some(21215));
        assert_eq!(told.level, NotificationLevel::Error);
        assert_eq!(told.message, "Not permitted to call +********8750");
        assert_eq!(notification(Fields(&json!({"message_text": "plain words"}))).message, "plain words");
    }

    #[test]
    fn the_accounts_token_is_not_among_what_is_read() {
        let told = account(Fields(&json!({"type": "Trial", "status": "active", "auth_token": "hunter2"})));
        assert!(matches!(&told, Account::Known { trial: true, .. }));
        assert!(!format!("{told:?}").contains("hunter2"));
    }

    proptest! {
        #[test]
        fn no_text_in_any_field_panics(text in any::<String>()) {
            let fields: serde_json::Map<String, Value> = [
                "sid", "status", "start_time", "duration", "price", "price_unit", "message_text", "log",
            ].into_iter().map(|name| (name.to_owned(), Value::String(text.clone()))).collect();
            let value = Value::Object(fields);
            let _ = read(&value);
            let _ = notification(Fields(&value));
        }
    }
}
