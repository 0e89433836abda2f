//! Holds answers against the published OpenAPI document: status, required shape, types, enums, patterns.

use std::sync::LazyLock;

use serde_json::Value;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/contract/twilio_voice_openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// Panics with the place that is wrong.
pub fn check(method: &str, path: &str, status: u16, body: &str) {
    if status >= 400 {
        return check_error(status, body);
    }
    let operation = operation(method, path).unwrap_or_else(|| panic!("the contract has no {method} {path}"));
    let answer = &operation["responses"][status.to_string()];
    assert!(!answer.is_null(), "the contract has no {status} for {method} {path}");
    let schema = &answer["content"]["application/json"]["schema"];
    if schema.is_null() {
        return assert!(body.is_empty(), "{method} {path} answers a body where none belongs");
    }
    let value: Value = serde_json::from_str(body).unwrap();
    check_value(schema, &value, path);
}

fn check_error(status: u16, body: &str) {
    let error: Value = serde_json::from_str(body).unwrap();
    assert_eq!(error["status"], status, "{body}");
    let code = error["code"].as_u64().unwrap_or_else(|| panic!("no code in {body}"));
    assert_eq!(error["more_info"], format!("https://www.twilio.com/docs/errors/{code}"));
    assert!(error["message"].is_string());
}

fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let segments: Vec<&str> = path.split('/').collect();
    let matches = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == segments.len()
            && parts.iter().zip(&segments).all(|(part, segment)| match part.split_once('{') {
                None => part == segment,
                Some((_, rest)) => segment.ends_with(rest.split_once('}').unwrap().1),
            })
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    // A path without parameters in its last segment is the closer match (`Calls.json` before `{Sid}.json`).
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| matches(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.first().map(|(_, item)| &item[method.to_lowercase()]).filter(|operation| !operation.is_null())
}

fn check_value(schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return check_value(&DOCUMENT["components"]["schemas"][name], value, at);
    }
    if value.is_null() {
        return assert!(schema["nullable"] == true || schema.get("type").is_none(), "{at} must not be null");
    }
    match schema["type"].as_str() {
        Some("string") => check_string(schema, value, at),
        Some("integer") => assert!(value.is_i64() || value.is_u64(), "{at} is no integer: {value}"),
        Some("number") => assert!(value.is_number(), "{at} is no number: {value}"),
        Some("boolean") => assert!(value.is_boolean(), "{at} is no boolean: {value}"),
        Some("array") => {
            for (index, item) in value.as_array().unwrap_or_else(|| panic!("{at} is no array")).iter().enumerate() {
                check_value(&schema["items"], item, &format!("{at}[{index}]"));
            }
        }
        Some("object") => check_object(schema, value, at),
        _ => {}
    }
}

fn check_object(schema: &Value, value: &Value, at: &str) {
    let members = value.as_object().unwrap_or_else(|| panic!("{at} is no object"));
    let Some(properties) = schema["properties"].as_object() else { return };
    for (name, member) in members {
        let schema = properties.get(name).unwrap_or_else(|| panic!("{at} has {name}, unknown to the contract"));
        check_value(schema, member, &format!("{at}.{name}"));
    }
    for name in properties.keys() {
        assert!(members.contains_key(name), "{at} lacks {name}");
    }
}

fn check_string(schema: &Value, value: &Value, at: &str) {
    let text = value.as_str().unwrap_or_else(|| panic!("{at} is no string: {value}"));
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at} is {text}, not one of {words:?}");
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        // Every pattern of the document is two letters and 32 hexadecimal digits.
        let prefix = pattern.trim_start_matches('^').split('[').next().unwrap();
        let digits = text.strip_prefix(prefix).unwrap_or_else(|| panic!("{at} is {text}, not {pattern}"));
        assert!(digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{at} is {text}");
    }
    match schema["format"].as_str() {
        Some("date-time-rfc-2822") => {
            jiff::fmt::rfc2822::parse(text).unwrap_or_else(|error| panic!("{at}: {error}"));
        }
        Some("uri") if text.starts_with('/') => {}
        Some("uri") => {
            url::Url::parse(text).unwrap_or_else(|error| panic!("{at}: {error}: {text}"));
        }
        _ => {}
    }
}

#[test]
#[should_panic(expected = "unknown to the contract")]
fn the_checker_finds_a_field_too_many() {
    check(
        "GET",
        "/2010-04-01/Accounts/AC1/Balance.json",
        200,
        r#"{"account_sid":null,"balance":"1","currency":"USD","x":1}"#,
    );
}

#[test]
#[should_panic(expected = "lacks currency")]
fn the_checker_finds_a_field_missing() {
    check("GET", "/2010-04-01/Accounts/AC1/Balance.json", 200, r#"{"account_sid":null,"balance":"1"}"#);
}

#[test]
#[should_panic(expected = "is no string")]
fn the_checker_finds_a_wrong_type() {
    check("GET", "/2010-04-01/Accounts/AC1/Balance.json", 200, r#"{"account_sid":null,"balance":1,"currency":"USD"}"#);
}
