//! Lists as files: what somebody brought, told apart by its bytes, decoded and cut into rows as a stream.
//!
//! [`inspect`] reads a file once from end to end and says how it is read ([`Shape`]), or why it is no list; [`rows`]
//! reads it again that way. Memory does not grow with the file. What a row means is `carillon_domain::import`'s
//! business; where files lie is [`folder`]'s.

mod encoding;
pub mod folder;
mod kind;
mod records;
mod shape;

pub use encoding::ListEncoding;
pub use kind::is_workbook;
pub use records::Rows;
pub use shape::{Shape, inspect, inspect_sheet, rows};

pub use carillon_domain::import::Row;
use carillon_domain::import::{HeaderError, NotAText, UnclosedQuote};

/// What a list may have at most; the configuration says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    pub bytes_max: usize,
    /// Below the header.
    pub rows_max: u64,
}

/// Why a file is no list that we can read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// Something else than a text, by its first bytes.
    #[error("{0}")]
    NotAList(&'static str),
    #[error(transparent)]
    NotAText(#[from] NotAText),
    #[error("the first line: {0}")]
    Header(#[from] HeaderError),
    #[error("there are no rows below the header")]
    NoRows,
    /// It has more than so many.
    #[error("more than {0} rows: cut the list into several")]
    TooManyRows(u64),
    #[error("{0}; nothing of the file was read")]
    UnclosedQuote(#[from] UnclosedQuote),
    /// A bug of ours; reading it again would end the same way.
    #[error("something went wrong on the server while the list was read; its log says more")]
    Panicked,
    /// The disk failed, or the file is gone.
    #[error("the file cannot be read: {0}")]
    Disk(#[from] std::io::Error),
}

impl ListError {
    /// Whether the file is at fault, rather than our disk.
    #[must_use]
    pub const fn is_the_files(&self) -> bool {
        !matches!(self, Self::Disk(_) | Self::Panicked)
    }
}
