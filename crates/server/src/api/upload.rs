//! A file that comes in a multipart form: streamed to the disk, counted, and gone again unless it is wanted.
//!
//! What is too large is refused early when its length is announced, and else read a little further, so that a client
//! that is still sending hears the answer. What the file holds is not looked at here.

use std::collections::BTreeMap;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

use super::ApiError;

/// Bytes of a form beside its file.
const FORM_BYTES_MAX: usize = 64 * 1_024;
/// Bytes of a text in a form.
const TEXT_BYTES_MAX: usize = 1_024;
/// Bytes read and thrown away behind a file that is too large.
const DRAINED_BYTES_MAX: usize = 64 * 1_024 * 1_024;
/// Characters kept of the name that somebody gave to a file; it is shown, and never part of a path.
const NAME_CHARS_MAX: usize = 200;

/// A file as it came.
pub(super) struct Upload {
    pub file: NamedTempFile,
    pub name: String,
    pub bytes: usize,
    /// The form's texts by name.
    pub texts: BTreeMap<String, String>,
}

/// What a form may hold.
pub(super) struct Wanted {
    pub bytes_max: usize,
    /// Names of texts beside the file.
    pub texts: &'static [&'static str],
}

/// Whether a request says that it is a multipart form.
pub(super) fn is_form(request: &Request) -> bool {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"))
}

/// Receives the form's file into `file`.
pub(super) async fn receive(mut request: Request, file: NamedTempFile, wanted: &Wanted) -> Result<Upload, ApiError> {
    let too_large = ApiError::TooLarge { bytes_max: wanted.bytes_max };
    if !is_form(&request) {
        return Err(ApiError::UnsupportedMediaType("multipart/form-data"));
    }
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let readable = wanted.bytes_max + FORM_BYTES_MAX + DRAINED_BYTES_MAX;
    if announced.is_some_and(|length: usize| length > readable) {
        return Err(too_large);
    }
    DefaultBodyLimit::max(readable).apply(&mut request);
    let malformed = |error: &MultipartError| ApiError::Malformed(format!("the form: {}", error.body_text()));
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| ApiError::Malformed(format!("the form: {}", error.body_text())))?;
    let mut upload = Upload { file, name: String::new(), bytes: 0, texts: BTreeMap::new() };
    let mut has_file = false;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => return Err(too_large),
            Err(error) => return Err(malformed(&error)),
        };
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" if has_file => return Err(ApiError::field("file", "is given twice")),
            "file" => {
                has_file = true;
                upload.take_file(field, wanted).await?;
            }
            text if wanted.texts.contains(&text) => drop(upload.texts.insert(name, read_text(field).await?)),
            _ => return Err(ApiError::field(name.replace('\0', ""), "is not known here")),
        }
    }
    if has_file { Ok(upload) } else { Err(ApiError::field("file", "is required")) }
}

impl Upload {
    async fn take_file(&mut self, mut field: Field<'_>, wanted: &Wanted) -> Result<(), ApiError> {
        self.name = shown_name(field.file_name().unwrap_or_default());
        let failed = |error: std::io::Error| ApiError::Unavailable { cause: format!("an upload: {error}") };
        let mut file = tokio::fs::File::from_std(self.file.reopen().map_err(failed)?);
        while let Some(chunk) = next(&mut field, wanted).await? {
            self.bytes += chunk.len();
            if self.bytes > wanted.bytes_max {
                drain(&mut field).await;
                return Err(ApiError::TooLarge { bytes_max: wanted.bytes_max });
            }
            file.write_all(&chunk).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)
    }
}

async fn next(field: &mut Field<'_>, wanted: &Wanted) -> Result<Option<bytes::Bytes>, ApiError> {
    field.chunk().await.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge { bytes_max: wanted.bytes_max },
        _ => ApiError::Malformed(format!("the form: {}", error.body_text())),
    })
}

/// Reads on for a while; errors do not matter any more.
async fn drain(field: &mut Field<'_>) {
    let mut drained = 0;
    while let Ok(Some(chunk)) = field.chunk().await {
        drained += chunk.len();
        if drained > DRAINED_BYTES_MAX {
            break;
        }
    }
}

async fn read_text(mut field: Field<'_>) -> Result<String, ApiError> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| ApiError::Malformed(error.body_text()))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > TEXT_BYTES_MAX {
            return Err(ApiError::field(name, format!("must have at most {TEXT_BYTES_MAX} bytes")));
        }
    }
    let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    text.ok_or_else(|| ApiError::field(name, "must be a text"))
}

/// The last part of a file's name, without what would upset a page or a log.
pub(super) fn shown_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|sign| !sign.is_control()).take(NAME_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_for_showing() {
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("C:\\lists\\a\u{0}b\u{1b}.csv"), "ab.csv");
        assert_eq!(shown_name(&"x".repeat(4_096)).len(), NAME_CHARS_MAX);
        assert_eq!(shown_name(".."), "..");
    }
}
