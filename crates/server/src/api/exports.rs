//! Tables that leave through doors: read page after page, and written as they are read.
//!
//! CSV is a stream that reads one page ahead of what was taken, so that neither memory nor the database feels how long
//! the table is. A workbook goes through a temporary file. What stands in a table is its door's
//! business; cells are guarded by [`crate::export`].

use std::future::Future;
use std::path::PathBuf;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use tokio_util::io::ReaderStream;

use super::ApiError;
use crate::export::{CellStyle, CsvLines, ExportError, Page, WorkbookFile};
use crate::store::StoreError;

/// A table that is read in short pages.
pub(super) trait Table: Send + Sized + 'static {
    /// The names of the columns; asked once, before anything else.
    fn header(&mut self) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// The lines of the next page; `None` at the end.
    fn next(&mut self) -> impl Future<Output = Result<Option<Page>, StoreError>> + Send;
}

/// A piece of a body, and the table to go on with. `None` at the end.
type Piece<T> = (Result<Option<Bytes>, StoreError>, T);

/// A body of lines. A database that fails in the middle breaks the answer off.
pub(super) fn csv(table: impl Table, style: CellStyle) -> Body {
    let lines = CsvLines::new(style);
    let panicked = || StoreError::Statement("reading a table panicked".to_owned());
    Body::from_stream(stream::unfold(Some(tokio::spawn(header(table, lines))), move |ahead| async move {
        match ahead?.await {
            Ok((Ok(bytes), table)) => bytes.map(|bytes| (Ok(bytes), Some(tokio::spawn(page(table, lines))))),
            Ok((Err(error), _)) => Some((Err::<Bytes, _>(error), None)),
            Err(_) => Some((Err(panicked()), None)),
        }
    }))
}

async fn header<T: Table>(mut table: T, lines: CsvLines) -> Piece<T> {
    let header = table.header().await;
    (header.map(|header| Some(lines.header(&header))), table)
}

async fn page<T: Table>(mut table: T, lines: CsvLines) -> Piece<T> {
    let page = table.next().await;
    (page.map(|page| page.map(|page| lines.lines(page.lines()))), table)
}

/// A workbook, written in `folder` beside the async workers: it computes and writes to the disk.
pub(super) async fn workbook(mut table: impl Table, folder: PathBuf) -> Result<Body, ApiError> {
    let failed = |error: ExportError| ApiError::Unavailable { cause: error.to_string() };
    let header = table.header().await?;
    let mut file = beside(move || WorkbookFile::new(&folder, header)).await?.map_err(failed)?;
    while let Some(page) = table.next().await? {
        file =
            beside(move || page.lines().try_for_each(|line| file.add(line)).map(|()| file)).await?.map_err(failed)?;
    }
    let file = beside(move || file.finish()).await?.map_err(failed)?;
    Ok(Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file))))
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    let panicked = |_| ApiError::Internal { cause: "writing a workbook panicked".to_owned() };
    tokio::task::spawn_blocking(work).await.map_err(panicked)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use http_body_util::BodyExt;

    use super::*;

    const LINES_PER_PAGE: usize = 500;

    /// A table of so many pages that counts those that were read.
    struct Long {
        pages: usize,
        read: Arc<AtomicUsize>,
    }

    impl Table for Long {
        async fn header(&mut self) -> Result<Vec<String>, StoreError> {
            Ok(vec!["phone".to_owned()])
        }

        async fn next(&mut self) -> Result<Option<Page>, StoreError> {
            let has_more = self.read.fetch_add(1, Ordering::Relaxed) < self.pages;
            Ok(has_more.then(|| vec![vec!["+12025550143"]; LINES_PER_PAGE].into_iter().collect()))
        }
    }

    #[tokio::test]
    async fn a_table_without_end_is_read_only_as_far_as_it_is_taken() {
        let read = Arc::new(AtomicUsize::new(0));
        let mut body = csv(Long { pages: usize::MAX, read: Arc::clone(&read) }, CellStyle::Raw);
        for taken in 0..100 {
            let frame = body.frame().await.expect("more").expect("no error");
            let ahead = read.load(Ordering::Relaxed) - taken;
            assert!(ahead <= 1, "the header, then a page each, and one is read meanwhile: {ahead}");
            let bytes = frame.into_data().expect("data").len();
            assert!(bytes <= LINES_PER_PAGE * "+12025550143\r\n".len(), "one page at a time: {bytes}");
        }
    }

    #[tokio::test]
    async fn every_line_leaves_once() {
        let table = || Long { pages: 3, read: Arc::default() };
        let text = csv(table(), CellStyle::Spreadsheet).collect().await.expect("a text").to_bytes();
        let text = String::from_utf8(text.to_vec()).expect("text");
        assert!(text.starts_with("\u{feff}phone\r\n'+12025550143\r\n"), "{text}");
        assert_eq!(text.lines().count(), 1 + 3 * LINES_PER_PAGE);
        let folder = tempfile::tempdir().expect("a folder");
        let book = workbook(table(), folder.path().to_owned()).await.expect("a workbook");
        assert!(book.collect().await.expect("bytes").to_bytes().starts_with(b"PK"));
    }
}
