//! The one envelope in which errors leave: RFC 9457, `application/problem+json`.
//!
//! Variants are by what the caller can do. An internal error shows an id and nothing else; its cause travels
//! beside the answer to [`super::envelope`], which logs it once under that id.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carillon_domain::field_error::FieldError;
use serde::Serialize;
use serde_json::{Value, json};

use crate::store::StoreError;

/// Why a request was not served.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// Not JSON, or not HTTP as we speak it.
    Malformed(String),
    /// Nobody, or no longer somebody.
    Unauthenticated,
    /// The password was right, and the person has a second factor.
    SecondFactorRequired(&'static str),
    /// The role is too low for the whole endpoint, or the request came from another site.
    Forbidden(String),
    /// Absent or out of scope; nobody can tell which.
    NotFound(&'static str),
    MethodNotAllowed,
    /// The state of the resource does not allow it.
    StateConflict {
        state: &'static str,
        actions: Vec<&'static str>,
        detail: String,
    },
    /// Somebody changed it since; `current` is the newer resource.
    VersionConflict {
        current: Value,
    },
    /// A limit that people set is used up.
    LimitReached {
        limit: u64,
        in_use: u64,
        detail: String,
    },
    TooLarge {
        bytes_max: usize,
    },
    UnsupportedMediaType(&'static str),
    /// The fields say what is wrong with them.
    Invalid(Vec<FieldError>),
    TooManyRequests {
        retry_after_s: u64,
    },
    /// The database cannot be reached, or all hands are busy.
    Unavailable {
        cause: String,
    },
    /// A defect of ours, or a database that is broken.
    Internal {
        cause: String,
    },
}

/// What the answer does not say; [`super::envelope`] logs it.
#[derive(Debug, Clone)]
pub(super) struct Cause(pub String);

impl ApiError {
    /// One field is wrong.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }

    /// Somebody changed the resource since; `current` is what it is now.
    pub fn stale(current: &impl Serialize) -> Self {
        serde_json::to_value(current)
            .map_or_else(|e| Self::Internal { cause: e.to_string() }, |current| Self::VersionConflict { current })
    }

    /// Nothing, when no field is wrong.
    ///
    /// # Errors
    /// [`Self::Invalid`] when there are field errors.
    pub fn unless_valid(errors: Vec<FieldError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self::Invalid(errors)) }
    }

    const fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed", "The request cannot be read"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "Log in first"),
            Self::SecondFactorRequired(_) => {
                (StatusCode::UNAUTHORIZED, "second-factor-required", "A code is needed, too")
            }
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden", "Not allowed"),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not-found", "Not found"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed"),
            Self::StateConflict { .. } => (StatusCode::CONFLICT, "state-conflict", "Not possible in this state"),
            Self::VersionConflict { .. } => (StatusCode::CONFLICT, "version-conflict", "Changed by somebody else"),
            Self::LimitReached { .. } => (StatusCode::CONFLICT, "limit-reached", "A limit is reached"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Self::UnsupportedMediaType(_) => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type")
            }
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some fields are not right"),
            Self::TooManyRequests { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests"),
            Self::Unavailable { .. } => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available now"),
            Self::Internal { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong here"),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Malformed(detail) | Self::Forbidden(detail) => detail.clone(),
            Self::StateConflict { detail, .. } | Self::LimitReached { detail, .. } => detail.clone(),
            Self::SecondFactorRequired(detail) => (*detail).to_owned(),
            Self::Unauthenticated => "a session cookie or a bearer token is needed".to_owned(),
            Self::NotFound(what) => format!("there is no such {what}"),
            Self::MethodNotAllowed => "this address does not know the method".to_owned(),
            Self::VersionConflict { .. } => "it was changed since; current is what it is now".to_owned(),
            Self::TooLarge { bytes_max } => format!("the body must have at most {bytes_max} bytes"),
            Self::UnsupportedMediaType(wanted) => format!("the body must be {wanted}"),
            Self::Invalid(errors) => {
                let first = errors.first().map(|error| format!("{}: {}", error.field, error.message));
                first.unwrap_or_else(|| "a field is not right".to_owned())
            }
            Self::TooManyRequests { retry_after_s } => format!("try again in {retry_after_s} seconds"),
            Self::Unavailable { .. } => "try again in a moment".to_owned(),
            Self::Internal { .. } => "it is in the log under the id of this request".to_owned(),
        }
    }

    /// Members beside the five that every problem has.
    fn members(&self) -> Value {
        match self {
            Self::StateConflict { state, actions, .. } => json!({ "state": state, "actions": actions }),
            Self::VersionConflict { current } => json!({ "current": current }),
            Self::LimitReached { limit, in_use, .. } => json!({ "limit": limit, "in_use": in_use }),
            Self::Invalid(errors) => json!({ "errors": errors }),
            _ => json!({}),
        }
    }

    /// The whole problem as JSON.
    fn problem(&self) -> Value {
        let (status, name, title) = self.kind();
        let mut problem = json!({
            "type": format!("/problems/{name}"), "title": title, "status": status.as_u16(), "detail": self.detail(),
        });
        if let (Some(problem), Value::Object(members)) = (problem.as_object_mut(), self.members()) {
            problem.extend(members);
        }
        problem
    }

    const fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { retry_after_s } => Some(*retry_after_s),
            Self::Unavailable { .. } => Some(1),
            _ => None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, _, _) = self.kind();
        let mut response = (status, self.problem().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Self::Internal { cause } | Self::Unavailable { cause } = self {
            response.extensions_mut().insert(Cause(cause));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let cause = error.to_string();
        match error {
            StoreError::Unavailable(_) | StoreError::Conflict(_) => Self::Unavailable { cause },
            StoreError::Constraint(_) | StoreError::Corrupt(_) | StoreError::Statement(_) | StoreError::Schema(_) => {
                Self::Internal { cause }
            }
        }
    }
}

impl From<crate::passwords::Busy> for ApiError {
    fn from(_: crate::passwords::Busy) -> Self {
        Self::TooManyRequests { retry_after_s: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_type_title_status_and_detail() {
        let conflict = ApiError::StateConflict { state: "paused", actions: vec!["resume"], detail: "no".to_owned() };
        let problem = conflict.problem();
        assert_eq!(problem["type"], "/problems/state-conflict");
        assert_eq!((&problem["status"], &problem["detail"]), (&json!(409), &json!("no")));
        assert_eq!((&problem["state"], &problem["actions"]), (&json!("paused"), &json!(["resume"])));
        let invalid = ApiError::field("retry.max_attempts", "must be between 1 and 5").problem();
        assert_eq!(invalid["errors"], json!([{"field": "retry.max_attempts", "message": "must be between 1 and 5"}]));
    }

    #[test]
    fn a_database_error_never_leaves_in_the_answer() {
        let error = ApiError::from(StoreError::Statement("SELECT secret".to_owned()));
        assert!(!error.problem().to_string().contains("SELECT"));
    }
}
