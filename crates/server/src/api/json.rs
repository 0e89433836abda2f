//! JSON in and out, strictly: the field at fault is named, unknown fields are refused, bodies have a limit.
//!
//! What is not JSON is a 400; JSON of another shape is a 422 with the path of the field. Text with a NUL is
//! refused here because PostgreSQL cannot keep it. Checking values is the handlers' and the domain's part.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::error::Category;

use super::ApiError;
use super::strict::at_fault;

/// Bytes of a JSON body. A bulk of 1,000 contacts with fields fits; files come another way.
pub const BODY_BYTES_MAX: usize = 2 * 1_024 * 1_024;

/// How long a client may take to send one.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A JSON body, or a JSON answer.
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(e) => ApiError::Internal { cause: format!("an answer is no JSON: {e}") }.into_response(),
        }
    }
}

/// An answer to a creation: 201.
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        if !is_json(&request) {
            return Err(ApiError::UnsupportedMediaType("application/json"));
        }
        parse(&read(request).await?).map(Self)
    }
}

/// A body that may be left out.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Option<Self>, ApiError> {
        let is_json = is_json(&request);
        let body = read(request).await?;
        match (body.is_empty(), is_json) {
            (true, _) => Ok(None),
            (false, true) => parse(&body).map(Self).map(Some),
            (false, false) => Err(ApiError::UnsupportedMediaType("application/json")),
        }
    }
}

async fn read(request: Request) -> Result<Bytes, ApiError> {
    let body = tokio::time::timeout(BODY_TIMEOUT, to_bytes(request.into_body(), BODY_BYTES_MAX)).await;
    let body = body.map_err(|_| ApiError::Malformed("the body did not come in time".to_owned()))?;
    body.map_err(|_| ApiError::TooLarge { bytes_max: BODY_BYTES_MAX })
}

fn is_json(request: &Request) -> bool {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    refuse_list(body)?;
    refuse_nul(body)?;
    let body = &*whole_numbers(body);
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        match inner.classify() {
            Category::Data => at_fault(&path, &without_position(&inner)),
            // What cannot be a word at all (null, a number) is called a fault of syntax by serde_json.
            _ if serde_json::from_slice::<Value>(body).is_ok() => at_fault(&path, "is not of the right kind"),
            Category::Syntax | Category::Eof | Category::Io => not_json(&inner),
        }
    })?;
    deserializer.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::Malformed(format!("the body is not JSON at line {}, column {}", error.line(), error.column()))
}

/// serde_json ends its messages with a position that says less than the path.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(message, _)| message.to_owned())
}

/// serde reads a list as a struct without names; ours have names.
fn refuse_list(body: &[u8]) -> Result<(), ApiError> {
    if body.trim_ascii_start().first() != Some(&b'[') {
        return Ok(());
    }
    let list = serde_json::from_slice::<IgnoredAny>(body);
    list.map_err(|error| not_json(&error)).and(Err(ApiError::field("body", "must be an object")))
}

/// To JSON 2.0 is a whole number, to serde it is none: fractions of nothing but zeros are taken away. What is not JSON
/// is left alone, so that it is called what it is.
fn whole_numbers(body: &[u8]) -> Cow<'_, [u8]> {
    let may_have_some = body.windows(2).any(|two| two == b".0");
    if !may_have_some || serde_json::from_slice::<IgnoredAny>(body).is_err() {
        return Cow::Borrowed(body);
    }
    let (mut kept, mut rest, mut in_text) = (Vec::with_capacity(body.len()), body, false);
    while let Some(byte) = rest.first() {
        let (keeps, passes) = match byte {
            b'\\' if in_text => (2, 2),
            b'.' if !in_text => fraction(rest),
            _ => (1, 1),
        };
        in_text ^= *byte == b'"';
        let (passed, after) = rest.split_at(passes);
        kept.extend(passed.iter().take(keeps));
        rest = after;
    }
    Cow::Owned(kept)
}

/// How much of the fraction at the start of `rest` to keep, and of how much that is.
fn fraction(rest: &[u8]) -> (usize, usize) {
    let zeros = rest.iter().skip(1).take_while(|byte| **byte == b'0').count();
    match rest.get(zeros + 1) {
        Some(b'0'..=b'9' | b'e' | b'E') => (1, 1),
        _ => (0, zeros + 1),
    }
}

/// Finds a NUL only when the escape for it is there: the common body is read once.
pub(super) fn refuse_nul(body: &[u8]) -> Result<(), ApiError> {
    if !body.windows(6).any(|six| six == b"\\u0000") {
        return Ok(());
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return Ok(()) };
    nul_in(&value, String::new())
        .map_or(Ok(()), |field| Err(ApiError::field(field, "must not contain a NUL character")))
}

/// The path of a text with a NUL. The recursion is as deep as serde_json reads: 128.
fn nul_in(value: &Value, path: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(path),
        Value::Array(items) => items.iter().enumerate().find_map(|(i, item)| nul_in(item, format!("{path}[{i}]"))),
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let dot = if path.is_empty() { "" } else { "." };
            let inner = format!("{path}{dot}{}", name.replace('\0', ""));
            if name.contains('\0') { Some(inner) } else { nul_in(member, inner) }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[allow(dead_code)]
        name: String,
        #[serde(default)]
        #[allow(dead_code)]
        inner: Vec<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[allow(dead_code)]
        count: u8,
        #[allow(dead_code)]
        color: Option<Color>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Color {
        Red,
    }

    fn refused(text: &str) -> (String, String) {
        match parse::<Outer>(text.as_bytes()) {
            Err(ApiError::Invalid(errors)) => (errors[0].field.clone(), errors[0].message.clone()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn the_field_at_fault_is_named() {
        assert_eq!(refused(r#"{"name":"a","nick":1}"#), ("nick".to_owned(), "is not known here".to_owned()));
        assert_eq!(refused(r#"{"name":"a","inner":[{"count":1},{"count":2,"x":1}]}"#).0, "inner[1].x");
        assert_eq!(refused(r#"{"name":"a","inner":[{"count":300}]}"#).0, "inner[0].count");
        assert_eq!(refused("{}"), ("name".to_owned(), "is required".to_owned()));
        assert_eq!(refused(r#"{"name":"a","name":"b"}"#), ("name".to_owned(), "is given twice".to_owned()));
        assert_eq!(refused(r#"{"name":"a","inner":[{}]}"#).0, "inner[0].count");
        for wrong in ["3", "{}", "[]", "\"blue\""] {
            assert_eq!(
                refused(&format!(r#"{{"name":"a","inner":[{{"count":1,"color":{wrong}}}]}}"#)).0,
                "inner[0].color"
            );
        }
        assert_eq!(refused("[1]").0, "body");
        assert_eq!(refused(r#"{"name":"a\u0000b"}"#).0, "name");
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "{\"name\":}", "{\"name\":\"a\"} x", "\"\\ud800\"", "nul", deep.as_str()] {
            assert!(matches!(parse::<Value>(text.as_bytes()), Err(ApiError::Malformed(_))), "{text:.20}");
        }
    }

    #[test]
    fn a_fraction_of_zeros_is_a_whole_number() {
        let same = |given: &str| String::from_utf8(whole_numbers(given.as_bytes()).into_owned()).expect("text");
        for (given, read) in [
            (r#"{"a":2.0,"b":-3.00}"#, r#"{"a":2,"b":-3}"#),
            (r#"[1.5,1.05,2.0e1,10.01]"#, r#"[1.5,1.05,2.0e1,10.01]"#),
            (r#"{"v1.0":"2.0 \" 3.0","c":4.0}"#, r#"{"v1.0":"2.0 \" 3.0","c":4}"#),
            (r#"["\\",1.0]"#, r#"["\\",1]"#),
            ("[1.0.0]", "[1.0.0]"),
            ("[.0]", "[.0]"),
        ] {
            assert_eq!(same(given), read);
        }
        assert_eq!(parse::<Inner>(br#"{"count":7.0}"#).map(|inner| inner.count), Ok(7));
        assert_eq!(refused(r#"{"name":"a","inner":[{"count":7.5}]}"#).0, "inner[0].count");
        assert_eq!(refused(r#"{"name":"a","name":"b","inner":[{"count":7.0}]}"#).0, "name");
    }

    #[test]
    fn a_backslash_before_u0000_is_a_text_like_any_other() {
        assert!(parse::<Outer>(br#"{"name":"a\\u0000b"}"#).is_ok());
    }
}
