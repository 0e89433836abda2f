//! Refusals: the carrier's error codes with their HTTP status and body.
//!
//! Only the shape is here: which mistake has which code is said where the mistake is found. Faults of the plan that
//! answer nothing at all are no refusals, see [`answer`](super::answer).

use serde_json::json;

use super::answer::Answer;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: u32,
    pub(crate) status: u16,
    pub(crate) message: String,
}

impl ApiError {
    /// Most refusals are a 400.
    pub(crate) fn new(code: u32, message: impl Into<String>) -> ApiError {
        ApiError { code, status: 400, message: message.into() }
    }

    pub(crate) fn with_status(code: u32, status: u16, message: impl Into<String>) -> ApiError {
        ApiError { code, status, message: message.into() }
    }

    pub(crate) fn not_found(path: &str) -> ApiError {
        ApiError::with_status(20404, 404, format!("The requested resource {path} was not found"))
    }

    pub(crate) fn unauthorized() -> ApiError {
        ApiError::with_status(20003, 401, "Authenticate")
    }
}

impl From<ApiError> for Answer {
    fn from(error: ApiError) -> Answer {
        let body = json!({
            "code": error.code,
            "message": error.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", error.code),
            "status": error.status,
        });
        Answer { code: Some(error.code), ..Answer::json(error.status, &body) }
    }
}
