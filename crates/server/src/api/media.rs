//! `/media/{token}`: a recording for whoever has its address, which is the carrier or a page of ours.
//!
//! The type is the one that was proven, never the file's own word, and nothing in it can act in a browser. An address that
//! was changed, has expired, or whose recording is gone is a 404 like any other.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::query::Texts;
use super::{ApiError, App};
use crate::media::MediaToken;
use crate::store::StoreError;
use crate::store::audio::{self, Audio, PIECE_BYTES};

const ABSENT: ApiError = ApiError::NotFound("recording");

/// A recording.
#[utoipa::path(get, path = "/media/{token}", tag = "media", params(("token" = String, Path)),
    responses((status = 200, description = "The recording", content((String = "audio/mpeg"), (String = "audio/wav"))),
        (status = 206, description = "A part of it"), (status = 304, description = "As the asker has it"),
        (status = 416, description = "No such part")))]
pub async fn play(
    State(app): State<Arc<App>>,
    Texts(texts): Texts<1>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let ([token], now) = (texts, app.clock.now());
    let token = MediaToken::read(&token, &app.secret_key, now).ok_or(ABSENT)?;
    let found = app.store.read(move |tx| audio::find_any(tx, token.audio)).await;
    let audio = found.map_err(|e: StoreError| e)?.ok_or(ABSENT)?;
    let lives_s = token.expires_at.as_second() - now.as_second();
    let mut answer = part(&app, &audio, &headers);
    let about = [
        (header::CONTENT_TYPE, audio.media_type.clone()),
        (header::ETAG, etag(&audio)),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CACHE_CONTROL, format!("private, max-age={lives_s}")),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
    ];
    for (name, value) in about {
        set(&mut answer, name, &value);
    }
    Ok(answer)
}

fn set(answer: &mut Response, name: HeaderName, value: &str) {
    answer.headers_mut().insert(name, HeaderValue::from_str(value).expect("digits and words of ours fit in a header"));
}

fn etag(audio: &Audio) -> String {
    format!("\"{}\"", audio.hash)
}

/// The whole of it, a part, or nothing new.
fn part(app: &Arc<App>, audio: &Audio, headers: &HeaderMap) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_known = |known: &str| {
        known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag(audio) || tag.trim() == "*")
    };
    if text(header::IF_NONE_MATCH).is_some_and(is_known) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let bytes = u64::try_from(audio.bytes).unwrap_or_default();
    match text(header::RANGE).map(|range| Range::parse(range, bytes)) {
        None | Some(Asked::Everything) => {
            let mut answer = body(app, audio, 0..bytes).into_response();
            set(&mut answer, header::CONTENT_LENGTH, &bytes.to_string());
            answer
        }
        Some(Asked::Part(Range { first, end })) => {
            let mut answer = (StatusCode::PARTIAL_CONTENT, body(app, audio, first..end)).into_response();
            set(&mut answer, header::CONTENT_LENGTH, &(end - first).to_string());
            set(&mut answer, header::CONTENT_RANGE, &format!("bytes {first}-{}/{bytes}", end - 1));
            answer
        }
        Some(Asked::Nothing) => {
            let mut answer = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            set(&mut answer, header::CONTENT_RANGE, &format!("bytes */{bytes}"));
            answer
        }
    }
}

/// The bytes of a range, a piece at a time.
fn body(app: &Arc<App>, audio: &Audio, range: std::ops::Range<u64>) -> Body {
    let (app, id, piece_bytes) = (Arc::clone(app), audio.id, PIECE_BYTES as u64);
    Body::from_stream(stream::try_unfold(range, move |left| {
        let app = Arc::clone(&app);
        async move {
            if left.is_empty() {
                return Ok(None);
            }
            let number = i64::try_from(left.start / piece_bytes).unwrap_or(i64::MAX);
            let piece = app.store.read(move |tx| audio::piece(tx, id, number)).await?;
            let piece = piece.ok_or_else(|| StoreError::Corrupt("a recording lacks a piece".to_owned()))?;
            let from = usize::try_from(left.start % piece_bytes).unwrap_or(usize::MAX).min(piece.len());
            let most = usize::try_from(left.end - left.start).unwrap_or(usize::MAX).min(piece.len() - from);
            let bytes = bytes::Bytes::from(piece).slice(from..from + most);
            Ok::<_, StoreError>(Some((bytes, left.start + most.max(1) as u64..left.end)))
        }
    }))
}

/// A part of a file; the end is behind its last byte.
#[derive(Debug, PartialEq, Eq)]
struct Range {
    first: u64,
    end: u64,
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// It is none that we know; the whole file is a right answer then.
    Everything,
    Part(Range),
    Nothing,
}

impl Range {
    /// Reads one range of bytes; several at once are answered with everything.
    fn parse(text: &str, bytes: u64) -> Asked {
        let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
            return Asked::Everything;
        };
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let range = match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Self { first, end: last.saturating_add(1).min(bytes) },
            (Some(first), None) if last.trim().is_empty() => Self { first, end: bytes },
            (None, Some(length)) if first.trim().is_empty() => Self { first: bytes.saturating_sub(length), end: bytes },
            _ => return Asked::Everything,
        };
        if range.first < range.end { Asked::Part(range) } else { Asked::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_players_write_them() {
        let part = |first, end| Asked::Part(Range { first, end });
        for (text, asked) in [
            ("bytes=0-", part(0, 100)),
            ("bytes=0-1", part(0, 2)),
            ("bytes=90-999", part(90, 100)),
            ("bytes=-10", part(90, 100)),
            ("bytes=-1000", part(0, 100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-1", Asked::Everything),
            ("bytes=0-1,5-6", Asked::Everything),
            ("bytes=x-y", Asked::Everything),
            ("items=0-1", Asked::Everything),
            ("bytes=-", Asked::Everything),
        ] {
            assert_eq!(Range::parse(text, 100), asked, "{text}");
        }
    }
}
