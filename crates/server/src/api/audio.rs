//! The library of recordings: brought and proven, listed, removed while nobody plays them.
//!
//! A file is decoded from end to end before it is kept ([`crate::audio`]), and kept as it came. Where it is fetched from is
//! in [`super::media`].

use std::io::Read;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::query::parse_id;
use super::session::ListQuery;
use super::upload::{self, Upload, Wanted};
use super::who::Audited;
use super::{ApiError, App, Created, Id, Json, Page, Paging, Query, Who, belongs};
use crate::audio::{AUDIO_BYTES_MAX, DecodeError, Measured};
use crate::media::media_path;
use crate::secrets::SecretKey;
use crate::store::audio::{self, Audio, PIECE_BYTES};
use crate::store::{Lane, StoreError};

/// Bytes of recordings that an organization keeps.
const LIBRARY_BYTES_MAX: u64 = 1_024 * 1_024 * 1_024;
/// Characters of a recording's name.
const NAME_CHARS_MAX: usize = 120;

/// A form with a recording.
#[derive(ToSchema)]
#[allow(dead_code, reason = "a schema; the form is read in `upload`")]
pub struct AudioForm {
    /// MP3 or WAV, up to 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The file's name when left out.
    name: Option<String>,
    department_id: Option<Uuid>,
}

/// A recording.
#[derive(Debug, Serialize, ToSchema)]
pub struct AudioView {
    id: Uuid,
    department_id: Uuid,
    name: String,
    /// `audio/mpeg` or `audio/wav`.
    media_type: String,
    bytes: i64,
    /// Begun seconds.
    duration_s: i64,
    sample_rate: i64,
    channels: i64,
    /// The mean loudness, in decibels below full scale.
    loudness_dbfs: f64,
    /// Where it can be played from, for some minutes.
    url: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl AudioView {
    fn new(audio: Audio, key: &SecretKey, now: Timestamp) -> Self {
        Self {
            id: audio.id,
            department_id: audio.department,
            url: media_path(key, audio.id, now),
            name: audio.name,
            media_type: audio.media_type,
            bytes: audio.bytes,
            duration_s: (audio.duration_ms + 999) / 1_000,
            sample_rate: audio.sample_rate,
            channels: audio.channels,
            loudness_dbfs: (audio.loudness_dbfs * 10.0).round() / 10.0,
            created_at: audio.created_at,
        }
    }
}

/// Brings a recording.
#[utoipa::path(post, path = "/api/v1/audio", tag = "audio", request_body(content = AudioForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AudioView), (status = 409, description = "Too many recordings are kept")))]
pub async fn create(State(app): State<Arc<App>>, who: Who, request: Request) -> Result<Created<AudioView>, ApiError> {
    let scope = who.may(Action::EditAudio)?;
    check_room(&app, &who).await?;
    let file = tempfile::NamedTempFile::new_in(&app.config.data_dir).map_err(|e| disk(&e))?;
    let wanted = Wanted { bytes_max: AUDIO_BYTES_MAX, texts: &["name", "department_id"] };
    let upload = upload::receive(request, file, &wanted).await?;
    let measured = app.decoder.measure(upload.file.reopen().map_err(|e| disk(&e))?).await.map_err(refused)?;
    let named = upload.texts.get("department_id").map(|text| parse_id(text).unwrap_or(Uuid::nil()));
    let asks = who.clone();
    let department = app.store.read(move |tx| belongs::department(tx, &asks, scope, named)).await?;
    let (audio, pieces) = described(&app, &who, upload, measured).await?;
    let audio = Audio { department, ..audio };
    keep(&app, audio.clone(), pieces).await?;
    let (id, now) = (audio.id, audio.created_at);
    let view = AudioView::new(audio, &app.secret_key, now);
    let after = json!({ "name": view.name, "duration_s": view.duration_s });
    let noted = app.store.write(Lane::Pages, move |tx| {
        audio::set_stored(tx, id)?;
        let what = Audited { action: "audio.created", subject: subject(id), before: Value::Null, after: after.clone() };
        who.audit(tx, what, now)
    });
    noted.await.map_err(|e: StoreError| e)?;
    Ok(Created(view))
}

fn disk(error: &std::io::Error) -> ApiError {
    ApiError::Unavailable { cause: format!("recordings: {error}") }
}

fn refused(error: DecodeError) -> ApiError {
    match error {
        DecodeError::Refused(words) => ApiError::field("file", words),
        DecodeError::Start(error) => disk(&error),
    }
}

fn subject(id: Uuid) -> String {
    format!("audio:{id}")
}

async fn check_room(app: &App, who: &Who) -> Result<(), ApiError> {
    let organization = who.organization();
    let kept = app.store.read(move |tx| audio::bytes_kept(tx, organization)).await.map_err(|e: StoreError| e)?;
    let in_use = u64::try_from(kept).unwrap_or_default();
    if in_use < LIBRARY_BYTES_MAX {
        return Ok(());
    }
    let detail = "the library of recordings is full; remove some that no campaign plays".to_owned();
    Err(ApiError::LimitReached { limit: LIBRARY_BYTES_MAX, in_use, detail })
}

/// The row of a recording, and its pieces.
async fn described(
    app: &App,
    who: &Who,
    upload: Upload,
    measured: Measured,
) -> Result<(Audio, Vec<Vec<u8>>), ApiError> {
    let given = upload.texts.get("name").filter(|name| !name.trim().is_empty()).unwrap_or(&upload.name);
    let name: String = given.trim().chars().filter(|sign| !sign.is_control()).take(NAME_CHARS_MAX).collect();
    let bytes = upload.bytes;
    let mut file = upload.file;
    let read = tokio::task::spawn_blocking(move || {
        let mut whole = Vec::with_capacity(bytes);
        file.reopen()?.read_to_end(&mut whole)?;
        file.as_file_mut().set_len(0)?;
        Ok::<_, std::io::Error>(whole)
    });
    let read = read.await.map_err(|_| ApiError::Internal { cause: "reading a recording panicked".to_owned() })?;
    let whole = read.map_err(|e| disk(&e))?;
    let hash = Sha256::digest(&whole).iter().map(|byte| format!("{byte:02x}")).collect();
    let now = app.clock.now();
    let audio = Audio {
        id: app.chance.id(now),
        organization: who.organization(),
        department: Uuid::nil(),
        name: if name.is_empty() { "recording".to_owned() } else { name },
        media_type: measured.format.media_type().to_owned(),
        bytes: i64::try_from(whole.len()).unwrap_or(i64::MAX),
        hash,
        duration_ms: i64::try_from(measured.duration_ms).unwrap_or(i64::MAX),
        sample_rate: i64::from(measured.sample_rate),
        channels: i64::from(measured.channels),
        loudness_dbfs: measured.loudness_dbfs,
        created_by: who.actor(),
        created_at: now,
    };
    Ok((audio, whole.chunks(PIECE_BYTES).map(<[u8]>::to_vec).collect()))
}

/// Writes the row, then piece after piece; whoever dies in between leaves nothing that anybody sees.
async fn keep(app: &App, audio: Audio, pieces: Vec<Vec<u8>>) -> Result<(), ApiError> {
    let id = audio.id;
    app.store.write(Lane::Pages, move |tx| audio::insert(tx, &audio)).await.map_err(|e: StoreError| e)?;
    for (number, piece) in (0..).zip(pieces) {
        let written = app.store.write(Lane::Pages, move |tx| audio::add_piece(tx, id, number, &piece)).await;
        written.map_err(|e: StoreError| e)?;
    }
    Ok(())
}

/// Recordings, newest first.
#[utoipa::path(get, path = "/api/v1/audio", tag = "audio", params(ListQuery),
    responses((status = 200, body = Page<AudioView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<AudioView>>, ApiError> {
    let scope = who.may(Action::EditAudio)?;
    let paging = Paging::<Uuid>::parse(query.limit, query.cursor.as_deref())?;
    let (before, rows, now) = (paging.after, paging.rows(), app.clock.now());
    let found = app.store.read(move |tx| audio::page(tx, scope, before, rows)).await.map_err(ApiError::from)?;
    Ok(Json(Page::of(&paging, found, |audio| audio.id, |audio| AudioView::new(audio, &app.secret_key, now))))
}

/// One recording.
#[utoipa::path(get, path = "/api/v1/audio/{id}", tag = "audio", params(("id" = String, Path)),
    responses((status = 200, body = AudioView)))]
pub async fn show(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<Json<AudioView>, ApiError> {
    let scope = who.may(Action::EditAudio)?;
    let found = app.store.read(move |tx| audio::find(tx, scope, id)).await.map_err(ApiError::from)?;
    let audio = found.ok_or(ApiError::NotFound("recording"))?;
    Ok(Json(AudioView::new(audio, &app.secret_key, app.clock.now())))
}

/// Removes a recording that no campaign plays.
#[utoipa::path(delete, path = "/api/v1/audio/{id}", tag = "audio", params(("id" = String, Path)),
    responses((status = 204), (status = 409, description = "A campaign plays it")))]
pub async fn remove(State(app): State<Arc<App>>, who: Who, Id(id): Id) -> Result<StatusCode, ApiError> {
    let scope = who.may(Action::EditAudio)?;
    let now = app.clock.now();
    let removed = app.store.write(Lane::Pages, move |tx| {
        let audio = audio::find(tx, scope, id)?.ok_or(ApiError::NotFound("recording"))?;
        if let Some(campaign) = audio::used_by(tx, who.organization(), id)? {
            let detail = format!("the campaign \"{campaign}\" plays it");
            return Err(ApiError::StateConflict { state: "used", actions: Vec::new(), detail });
        }
        audio::delete(tx, id)?;
        let before = json!({ "name": audio.name, "hash": audio.hash });
        who.audit(tx, Audited { action: "audio.deleted", subject: subject(id), before, after: Value::Null }, now)?;
        Ok(())
    });
    removed.await.map(|()| StatusCode::NO_CONTENT)
}
