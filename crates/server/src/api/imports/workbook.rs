//! A list from an Excel workbook: one of its sheets becomes a list in our own CSV, and from then on it is like any other.
//!
//! The workbook itself is not kept. Reading it is [`crate::workbooks`]' business.

use super::{ApiError, App, Brought, Source, disk, refused};
use crate::lists::{self, ListError, Shape};
use crate::workbooks::WorkbookError;

/// Only files may be workbooks: a sheet from the web comes as a text.
pub(super) fn is_it(brought: &Brought) -> Result<bool, ApiError> {
    let begins_like_one = || lists::is_workbook(&mut brought.upload.file.reopen()?);
    Ok(brought.source == Source::File && begins_like_one().map_err(|e| disk(&e))?)
}

/// Puts the list in the place of the workbook that was brought, and reads it once.
pub(super) async fn read(app: &App, mut brought: Brought) -> Result<(Brought, Shape), ApiError> {
    let list = app.importer.folder.new_file().map_err(|e| disk(&e))?;
    let workbook = brought.upload.file.reopen().map_err(|e| disk(&e))?;
    let written = list.reopen().map_err(|e| disk(&e))?;
    let read = app.workbooks.read(workbook, written, brought.sheet.as_deref()).await.map_err(not_read)?;
    let bytes = list.as_file().metadata().map_err(|e| disk(&e))?.len();
    brought.upload.bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    brought.upload.file = list;
    let source = brought.source;
    let rows_max = app.config.lists.rows_max;
    let looked = tokio::task::spawn_blocking(move || {
        let shape = lists::inspect_sheet(&mut brought.upload.file.reopen()?, read, rows_max)?;
        Ok::<_, ListError>((brought, shape))
    });
    let looked = looked.await.map_err(|_| ApiError::Internal { cause: "looking at a sheet panicked".to_owned() })?;
    looked.map_err(|error| refused(error, source))
}

fn not_read(error: WorkbookError) -> ApiError {
    match error {
        WorkbookError::Refused(words) => ApiError::field("file", words),
        WorkbookError::NoSuchSheet(words) => ApiError::field("sheet", words),
        WorkbookError::Start(error) => ApiError::Internal { cause: format!("the reader of workbooks: {error}") },
    }
}
