//! Reads the parameters of a create request into a [`CallOrder`], or refuses it.
//!
//! Only what the request says is judged here; limits, faults and programmed refusals come in
//! [`calls`](super::calls). Some mistakes are no refusals: the call is placed and a notification is kept (21626).

use std::time::Duration;

use super::{errors::ApiError, request::Fields};
use crate::{
    config::Config,
    order::{CallOrder, DetectUntil, DetectionOrder, Events, Hook, Method, RecordOrder, Source, StatusOrder},
    text,
};

const RING_TIMEOUT_S: u64 = 60;
const RING_TIMEOUT_S_MAX: u64 = 600;
const TIME_LIMIT_S: u64 = 14_400;
const TWIML_MAX: usize = 4_000;
const DETECTION_TIMEOUT_S: u64 = 30;
const DIGITS_MAX: usize = 32;

/// An order, and what is to be noted about it.
pub(crate) struct Reading {
    pub(crate) order: CallOrder,
    pub(crate) notes: Vec<(u32, &'static str)>,
}

/// Reads a create request.
pub(crate) fn read(fields: &Fields, config: &Config) -> Result<Reading, ApiError> {
    let to = fields.get("To").ok_or_else(|| ApiError::new(21201, "No 'To' number is specified"))?;
    let from = fields.get("From").ok_or_else(|| ApiError::new(21213, "No 'From' number is specified"))?;
    check_from(from, to, config)?;
    check_to(to, from, config)?;
    let mut notes = Vec::new();
    let mut order = CallOrder {
        to: to.to_owned(),
        from: from.to_owned(),
        source: Source::Inline(String::new()),
        fallback: None,
        status: None,
        ring_timeout: seconds(fields, "Timeout", RING_TIMEOUT_S, 21208)?.min(Duration::from_secs(RING_TIMEOUT_S_MAX)),
        time_limit: seconds(fields, "TimeLimit", TIME_LIMIT_S, 21200)?,
        record: record(fields, &mut notes)?,
        detection: detection(fields, &mut notes)?,
    };
    if let Some(sid) = fields.get("ApplicationSid") {
        use_application(&mut order, sid, config)?;
    } else {
        order.source = source(fields, &mut notes)?;
        order.fallback = hook(fields, "FallbackUrl", "FallbackMethod")?;
        order.status = status(fields, &mut notes)?;
    }
    if let Some(digits) = fields.get("SendDigits") {
        if digits.len() > DIGITS_MAX
            || !digits.chars().all(|c| matches!(c, '0'..='9' | 'A'..='D' | '#' | '*' | 'w' | 'W'))
        {
            return Err(ApiError::new(21206, "SendDigits is invalid"));
        }
        order.detection = None;
    }
    Ok(Reading { order, notes })
}

fn check_from(from: &str, to: &str, config: &Config) -> Result<(), ApiError> {
    if to.starts_with("client:") {
        return Ok(());
    }
    if config.magic_numbers && from == "+15005550001" {
        return Err(ApiError::new(21212, format!("The 'From' number {from} is not a valid phone number")));
    }
    if config.magic_numbers && from == "+15005550006" {
        return Ok(());
    }
    if !text::is_e164(from) {
        return Err(ApiError::new(21212, format!("The 'From' number {from} is not a valid phone number")));
    }
    if config.caller_ids.iter().chain(&config.verified_caller_ids).any(|own| own == from) {
        return Ok(());
    }
    Err(ApiError::new(21210, format!("The source phone number provided, {from}, is not yet verified for your account")))
}

fn check_to(to: &str, from: &str, config: &Config) -> Result<(), ApiError> {
    if to.starts_with("client:") || to.starts_with("sip:") {
        return Ok(());
    }
    if !text::is_e164(to) || to == from {
        return Err(ApiError::new(21211, format!("The phone number you are attempting to call, {to}, is not valid.")));
    }
    match to {
        _ if !config.magic_numbers => Ok(()),
        "+15005550001" => Err(ApiError::new(21217, "Phone number does not appear to be valid")),
        "+15005550002" => Err(ApiError::new(21214, "'To' phone number cannot be reached")),
        "+15005550003" => Err(ApiError::new(21215, "Account not authorized to call this number")),
        "+15005550004" => Err(ApiError::new(21216, "Account not allowed to call this number")),
        _ => Ok(()),
    }
}

fn use_application(order: &mut CallOrder, sid: &str, config: &Config) -> Result<(), ApiError> {
    let application = config
        .applications
        .iter()
        .find(|application| application.sid == sid)
        .ok_or_else(|| ApiError::new(21218, "Invalid ApplicationSid"))?;
    let post = |url: &String| (!url.is_empty()).then(|| Hook { url: url.clone(), method: Method::Post });
    let url = post(&application.voice_url).ok_or_else(|| ApiError::new(21218, "The application has no voice URL"))?;
    order.source = Source::Url(url);
    order.fallback = post(&application.voice_fallback_url);
    order.status = post(&application.status_callback).map(|hook| StatusOrder { hook, events: Events::COMPLETED });
    Ok(())
}

fn source(fields: &Fields, notes: &mut Vec<(u32, &'static str)>) -> Result<Source, ApiError> {
    let inline = fields.get("Twiml");
    if let Some(hook) = hook(fields, "Url", "Method")? {
        if inline.is_some() {
            notes.push((32019, "both Twiml and Url were given; Url is used"));
        }
        return Ok(Source::Url(hook));
    }
    match inline {
        Some(text) if text.chars().count() > TWIML_MAX => {
            Err(ApiError::new(32018, "Twiml is longer than 4000 characters"))
        }
        Some(text) => Ok(Source::Inline(text.to_owned())),
        None => Err(ApiError::new(21205, "Url parameter is required.")),
    }
}

/// An address parameter with its method parameter.
pub(crate) fn hook(fields: &Fields, url: &str, method: &str) -> Result<Option<Hook>, ApiError> {
    let method = match fields.get(method) {
        None => Method::Post,
        Some(word) => {
            Method::parse(word).ok_or_else(|| ApiError::new(21209, format!("{method} is not GET or POST")))?
        }
    };
    let Some(address) = fields.get(url) else { return Ok(None) };
    if !is_callable(address) {
        return Err(ApiError::new(21205, format!("{url} is not a valid URL: {address}")));
    }
    Ok(Some(Hook { url: address.to_owned(), method }))
}

/// An absolute web address whose host has no underscore.
fn is_callable(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.contains('_'))
    })
}

fn status(fields: &Fields, notes: &mut Vec<(u32, &'static str)>) -> Result<Option<StatusOrder>, ApiError> {
    let Some(hook) = hook(fields, "StatusCallback", "StatusCallbackMethod")? else { return Ok(None) };
    let mut names = fields.all("StatusCallbackEvent").peekable();
    if names.peek().is_none() {
        return Ok(Some(StatusOrder { hook, events: Events::COMPLETED }));
    }
    let mut events = Events::default();
    for name in names {
        match events.with(name) {
            Some(more) => events = more,
            None => {
                // The call is placed all the same, and nothing is ever reported.
                notes.push((21626, "invalid StatusCallbackEvent; no callback will be sent"));
                return Ok(None);
            }
        }
    }
    Ok(Some(StatusOrder { hook, events }))
}

fn record(fields: &Fields, notes: &mut Vec<(u32, &'static str)>) -> Result<Option<RecordOrder>, ApiError> {
    if !fields.flag("Record") {
        return Ok(None);
    }
    let named = fields.all("RecordingStatusCallbackEvent").flat_map(str::split_whitespace);
    let mut events: Vec<String> = named.map(str::to_owned).collect();
    if events.iter().any(|event| !matches!(event.as_str(), "in-progress" | "completed" | "absent")) {
        notes.push((13621, "invalid RecordingStatusCallbackEvent"));
        events.clear();
    } else if events.is_empty() {
        events.push("completed".to_owned());
    }
    let channels = if fields.get("RecordingChannels") == Some("dual") { 2 } else { 1 };
    let tell = hook(fields, "RecordingStatusCallback", "RecordingStatusCallbackMethod")?;
    Ok(Some(RecordOrder { channels, tell, events }))
}

fn detection(fields: &Fields, notes: &mut Vec<(u32, &'static str)>) -> Result<Option<DetectionOrder>, ApiError> {
    let until = match fields.get("MachineDetection") {
        None => return Ok(None),
        Some("Enable") => DetectUntil::Verdict,
        Some("DetectMessageEnd") => DetectUntil::GreetingEnd,
        Some(_) => return Err(ApiError::new(21234, "MachineDetection must be Enable or DetectMessageEnd")),
    };
    let timeout = seconds(fields, "MachineDetectionTimeout", DETECTION_TIMEOUT_S, 21200)?;
    let mut tell = hook(fields, "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod")?;
    let asynchronous = fields.flag("AsyncAmd");
    if asynchronous && tell.is_none() {
        notes.push((21262, "AsyncAmd without AsyncAmdStatusCallback"));
    }
    if !asynchronous {
        tell = None;
    }
    Ok(Some(DetectionOrder { until, timeout, asynchronous, tell }))
}

/// A parameter of whole seconds.
pub(crate) fn seconds(fields: &Fields, name: &str, default: u64, code: u32) -> Result<Duration, ApiError> {
    let Some(value) = fields.get(name) else { return Ok(Duration::from_secs(default)) };
    match value.parse() {
        Ok(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        _ => Err(ApiError::new(code, format!("{name} is invalid: {value}"))),
    }
}
