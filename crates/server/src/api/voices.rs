//! The voices that can speak a message, from the domain's catalog.
//!
//! The carrier is not asked: what it offers changes rarely, and a message is checked against the same list.

use carillon_domain::voices::{self, Gender, VoiceEngine};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Object;

use super::{ApiError, Json, Query, openapi};

/// A voice of the carrier.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoiceView {
    /// What a message names it by.
    #[schema(example = "Polly.Joanna-Neural")]
    name: &'static str,
    /// The languages it speaks, its own first.
    languages: &'static [&'static str],
    #[schema(schema_with = genders)]
    gender: Gender,
    #[schema(schema_with = engines)]
    engine: VoiceEngine,
    /// Whether its speed can be changed.
    has_rate: bool,
    /// Whether its pitch can be changed.
    has_pitch: bool,
}

fn genders() -> Object {
    openapi::one_of(Gender::ALL.iter().map(|gender| gender.as_str()))
}

fn engines() -> Object {
    openapi::one_of(VoiceEngine::ALL.iter().map(|engine| engine.as_str()))
}

/// All of them: the list has no further pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Voices {
    items: Vec<VoiceView>,
    next_cursor: Option<String>,
}

/// Which voices.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VoicesQuery {
    /// Only voices that speak this language.
    #[param(example = "en-US")]
    language: Option<String>,
}

/// The voices, by language and name.
#[utoipa::path(get, path = "/api/v1/voices", tag = "voices", params(VoicesQuery),
    responses((status = 200, body = Voices)))]
pub async fn list(Query(query): Query<VoicesQuery>) -> Result<Json<Voices>, ApiError> {
    let wanted = query.language.as_deref();
    let speaks = |voice: &&voices::Voice| wanted.is_none_or(|language| voice.speaks(language));
    let items = voices::voices().iter().filter(speaks).map(|voice| VoiceView {
        name: &voice.name,
        languages: &voice.languages,
        gender: voice.gender,
        engine: voice.engine,
        has_rate: voice.has_rate,
        has_pitch: voice.has_pitch,
    });
    Ok(Json(Voices { items: items.collect(), next_cursor: None }))
}
