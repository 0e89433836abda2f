//! What serde says about a wrong field, in our words and with the field's path.
//!
//! serde's messages are texts; the few shapes it has are read here, for bodies and for queries alike.

use super::ApiError;

/// The 422 for a field at `path` about which serde said `message`.
pub(super) fn at_fault(path: &str, message: &str) -> ApiError {
    let path = if matches!(path, "." | "?" | "") { "" } else { path };
    for (opening, ours) in [
        ("unknown field `", "is not known here"),
        ("missing field `", "is required"),
        ("duplicate field `", "is given twice"),
    ] {
        if let Some(name) = message.strip_prefix(opening).and_then(|rest| rest.split('`').next()) {
            return ApiError::field(below(path, name), ours);
        }
    }
    let field = if path.is_empty() { "body" } else { path };
    ApiError::field(field, in_words(message))
}

/// The path of member `name`; serde's path may end in it already.
fn below(path: &str, name: &str) -> String {
    let ends_in_it = path == name || path.strip_suffix(name).is_some_and(|parent| parent.ends_with('.'));
    if ends_in_it {
        path.to_owned()
    } else if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn in_words(message: &str) -> String {
    let expected = message.rsplit_once(", expected ").map(|(_, expected)| expected);
    match expected {
        Some(what) if message.starts_with("invalid ") || message.starts_with("unknown variant ") => {
            format!("must be {}", without_rust(what))
        }
        _ => message.to_owned(),
    }
}

/// Names of Rust types mean nothing to the caller.
fn without_rust(what: &str) -> String {
    match what {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, not negative and not too large".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "a whole number, not too large".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        other if other.starts_with("struct ") || other.starts_with("a map") => "an object".to_owned(),
        "a sequence" => "a list".to_owned(),
        other => other.to_owned(),
    }
}
