//! What stands behind the `?` and between the slashes, read as strictly as a body.
//!
//! An unknown or repeated parameter is a 422 that names it; an id that cannot be one of ours is a 404, as ids
//! are opaque to callers.

use axum::RequestPartsExt;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::ApiError;
use super::strict::at_fault;

const UNKNOWN: ApiError = ApiError::NotFound("thing");

/// The parameters of a query.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parse(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

pub(super) fn parse<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    refuse_nul(query)?;
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer)
        .map_err(|error| at_fault(&error.path().to_string(), &in_words(&error.into_inner().to_string())))
}

/// No text of ours has a NUL, and PostgreSQL takes none.
pub(super) fn refuse_nul(query: &str) -> Result<(), ApiError> {
    let nul =
        form_urlencoded::parse(query.as_bytes()).find(|(name, value)| name.contains('\0') || value.contains('\0'));
    nul.map_or(Ok(()), |(name, _)| Err(ApiError::field(name.replace('\0', ""), "must not contain a NUL character")))
}

/// The number parsers' words are for programmers.
fn in_words(message: &str) -> String {
    match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "must be a whole number".to_owned()
        }
        "number too large to fit in target type" => "is too large".to_owned(),
        other => other.to_owned(),
    }
}

/// The one id in the path.
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Ids([id]) = Ids::from_request_parts(parts, state).await?;
        Ok(Self(id))
    }
}

/// The ids in the path, in their order. Take them as `Ids(ids): Ids<2>`: utoipa reads no pattern inside.
pub struct Ids<const N: usize>(pub [Uuid; N]);

impl<const N: usize, S: Send + Sync> FromRequestParts<S> for Ids<N> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Texts(texts) = Texts::<N>::from_request_parts(parts, state).await?;
        let ids: Option<Vec<Uuid>> = texts.iter().map(|text| parse_id(text)).collect();
        ids.and_then(|ids| ids.try_into().ok()).map(Self).ok_or(UNKNOWN)
    }
}

/// The texts in the path, in their order, where they are not all ids. What is no text is the name of nothing.
pub struct Texts<const N: usize>(pub [String; N]);

impl<const N: usize, S: Send + Sync> FromRequestParts<S> for Texts<N> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let params = parts.extract::<RawPathParams>().await.map_err(|_| UNKNOWN)?;
        let texts: Vec<String> = params.iter().map(|(_, text)| text.to_owned()).collect();
        texts.try_into().map(Self).map_err(|_| UNKNOWN)
    }
}

/// One form alone, so that two texts never name the same thing.
#[must_use]
pub fn parse_id(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|id| id.hyphenated().to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        limit: Option<u16>,
        #[allow(dead_code)]
        q: Option<String>,
    }

    fn refused(query: &str) -> String {
        match parse::<Wanted>(query) {
            Err(ApiError::Invalid(errors)) => errors[0].field.clone(),
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn unknown_repeated_and_wrong_parameters_are_named() {
        assert_eq!(parse::<Wanted>("limit=5&q=a%20b").map(|w| w.limit), Ok(Some(5)));
        assert_eq!(refused("limt=5"), "limt");
        assert_eq!(refused("limit=5&limit=6"), "limit");
        for bad in ["limit=", "limit=-1", "limit=x", "limit=70000"] {
            assert_eq!(refused(bad), "limit", "{bad}");
        }
        assert_eq!(refused("q=a%00b"), "q");
    }

    #[test]
    fn an_id_has_one_form() {
        assert!(parse_id("0190f6a4-5b0e-7000-8000-000000000001").is_some());
        for bad in ["", "1", "0190F6A4-5B0E-7000-8000-000000000001", "0190f6a45b0e70008000000000000001"] {
            assert_eq!(parse_id(bad), None, "{bad}");
        }
    }
}
