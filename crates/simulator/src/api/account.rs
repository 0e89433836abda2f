//! The account itself: fetch, balance, numbers, verified caller ids, applications.
//!
//! Everything is read from the configuration and stays as it is: nothing can be bought, verified or charged here, and
//! the balance does not fall. Verified caller ids and applications are there because clients ask for them.

use serde_json::{Map, Value, json};

use super::{
    answer::Answer,
    errors::ApiError,
    paging::Page,
    request::{ApiRequest, Fields},
};
use crate::{
    carrier::Carrier,
    config::{Application, Config},
    sid::fixed_sid,
    text,
};

/// `GET /Accounts/{sid}.json`; it holds the auth token, as the carrier's does.
pub(crate) fn fetch(carrier: &Carrier) -> Answer {
    let config = &carrier.config;
    let uri = format!("/2010-04-01/Accounts/{}", config.account_sid);
    let files =
        ["Calls", "Recordings", "Queues", "IncomingPhoneNumbers", "OutgoingCallerIds", "Applications", "Balance"];
    let subresources: Map<String, Value> =
        files.iter().map(|file| (snake(file), Value::String(format!("{uri}/{file}.json")))).collect();
    let since = text::rfc2822(carrier.started_at);
    Answer::json(
        200,
        &json!({
            "auth_token": config.auth_token,
            "date_created": since,
            "date_updated": since,
            "friendly_name": "Simulated carrier account",
            "owner_account_sid": config.account_sid,
            "sid": config.account_sid,
            "status": config.account_status,
            "subresource_uris": subresources,
            "type": config.account_type,
            "uri": format!("{uri}.json"),
        }),
    )
}

/// `IncomingPhoneNumbers` as `incoming_phone_numbers`.
fn snake(name: &str) -> String {
    let parts = name.chars().enumerate().flat_map(|(index, letter)| {
        let gap = (index > 0 && letter.is_ascii_uppercase()).then_some('_');
        gap.into_iter().chain([letter.to_ascii_lowercase()])
    });
    parts.collect()
}

/// `GET /Balance.json`.
pub(crate) fn balance(config: &Config) -> Answer {
    let body = json!({"account_sid": config.account_sid, "balance": config.balance, "currency": config.currency});
    Answer::json(200, &body)
}

/// `GET /IncomingPhoneNumbers.json`.
pub(crate) fn numbers(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    let wanted = carrier.config.caller_ids.iter().filter(|number| matches(fields.get("PhoneNumber"), number));
    Ok(page.slice("incoming_phone_numbers", wanted.map(|own| number(carrier, own)).collect()))
}

/// `GET /IncomingPhoneNumbers/{sid}.json`.
pub(crate) fn number_by_sid(carrier: &Carrier, sid: &str, path: &str) -> Result<Answer, ApiError> {
    let found = carrier.config.caller_ids.iter().find(|number| fixed_sid("PN", number) == sid);
    found.map(|own| Answer::json(200, &number(carrier, own))).ok_or_else(|| ApiError::not_found(path))
}

/// A part of the number finds it, `*` stands for any digit.
fn matches(pattern: Option<&str>, number: &str) -> bool {
    let Some(pattern) = pattern else { return true };
    let fits = |at: usize| {
        let part = number.as_bytes().get(at..at + pattern.len());
        part.is_some_and(|part| {
            part.iter().zip(pattern.bytes()).all(|(digit, wanted)| wanted == b'*' || *digit == wanted)
        })
    };
    (0..number.len()).any(fits)
}

fn number(carrier: &Carrier, number: &str) -> Value {
    let config = &carrier.config;
    let sid = fixed_sid("PN", number);
    let since = text::rfc2822(carrier.started_at);
    let mut body = json!({
        "account_sid": config.account_sid,
        "address_requirements": "none",
        "api_version": "2010-04-01",
        "beta": false,
        "capabilities": {"mms": false, "sms": false, "voice": true, "fax": false},
        "date_created": since,
        "date_updated": since,
        "friendly_name": text::formatted(number),
        "phone_number": number,
        "origin": "twilio",
        "sid": sid,
        "uri": format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}.json", config.account_sid),
        "voice_receive_mode": "voice",
        "emergency_status": "Inactive",
        "emergency_address_status": "unregistered",
        "voice_caller_id_lookup": false,
        "status": "in-use",
        "type": "local",
    });
    for (name, value) in [("sms_method", "POST"), ("sms_fallback_method", "POST"), ("voice_method", "POST")] {
        body[name] = value.into();
    }
    for name in ["voice_fallback_method", "status_callback_method"] {
        body[name] = "POST".into();
    }
    for name in UNSET {
        body[name] = Value::Null;
    }
    body
}

const UNSET: [&str; 12] = [
    "address_sid",
    "identity_sid",
    "sms_application_sid",
    "sms_fallback_url",
    "sms_url",
    "status_callback",
    "trunk_sid",
    "voice_application_sid",
    "voice_fallback_url",
    "voice_url",
    "emergency_address_sid",
    "bundle_sid",
];

/// `GET /OutgoingCallerIds.json`.
pub(crate) fn caller_ids(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    let wanted = carrier.config.verified_caller_ids.iter();
    let wanted = wanted.filter(|number| fields.get("PhoneNumber").is_none_or(|only| only == *number));
    Ok(page.slice("outgoing_caller_ids", wanted.map(|number| caller_id(carrier, number)).collect()))
}

/// `GET /OutgoingCallerIds/{sid}.json`.
pub(crate) fn caller_id_by_sid(carrier: &Carrier, sid: &str, path: &str) -> Result<Answer, ApiError> {
    let found = carrier.config.verified_caller_ids.iter().find(|number| fixed_sid("PN", number) == sid);
    found.map(|number| Answer::json(200, &caller_id(carrier, number))).ok_or_else(|| ApiError::not_found(path))
}

fn caller_id(carrier: &Carrier, number: &str) -> Value {
    let sid = fixed_sid("PN", number);
    let since = text::rfc2822(carrier.started_at);
    json!({
        "sid": sid,
        "date_created": since,
        "date_updated": since,
        "friendly_name": text::formatted(number),
        "account_sid": carrier.config.account_sid,
        "phone_number": number,
        "uri": format!("/2010-04-01/Accounts/{}/OutgoingCallerIds/{sid}.json", carrier.config.account_sid),
    })
}

/// `GET /Applications.json`.
pub(crate) fn applications(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    let wanted = carrier.config.applications.iter();
    let wanted = wanted.filter(|known| fields.get("FriendlyName").is_none_or(|only| only == known.friendly_name));
    Ok(page.slice("applications", wanted.map(|known| application(carrier, known)).collect()))
}

/// `GET /Applications/{sid}.json`.
pub(crate) fn application_by_sid(carrier: &Carrier, sid: &str, path: &str) -> Result<Answer, ApiError> {
    let found = carrier.config.applications.iter().find(|known| known.sid == sid);
    found.map(|known| Answer::json(200, &application(carrier, known))).ok_or_else(|| ApiError::not_found(path))
}

fn application(carrier: &Carrier, known: &Application) -> Value {
    let since = text::rfc2822(carrier.started_at);
    let url = |url: &String| (!url.is_empty()).then(|| url.clone());
    json!({
        "account_sid": carrier.config.account_sid,
        "api_version": "2010-04-01",
        "date_created": since,
        "date_updated": since,
        "friendly_name": known.friendly_name,
        "message_status_callback": null,
        "sid": known.sid,
        "sms_fallback_method": "POST",
        "sms_fallback_url": null,
        "sms_method": "POST",
        "sms_status_callback": null,
        "sms_url": null,
        "status_callback": url(&known.status_callback),
        "status_callback_method": "POST",
        "uri": format!("/2010-04-01/Accounts/{}/Applications/{}.json", carrier.config.account_sid, known.sid),
        "voice_caller_id_lookup": false,
        "voice_fallback_method": "POST",
        "voice_fallback_url": url(&known.voice_fallback_url),
        "voice_method": "POST",
        "voice_url": url(&known.voice_url),
        "public_application_connect_enabled": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_by_a_part_of_it() {
        assert!(matches(Some("+12025550100"), "+12025550100"));
        assert!(matches(Some("555****"), "+12025550100"));
        assert!(!matches(Some("5559"), "+12025550100"));
        assert_eq!(snake("IncomingPhoneNumbers"), "incoming_phone_numbers");
    }
}
