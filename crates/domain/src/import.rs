//! The pure part of a list import: which column is what, and what becomes of each row.
//!
//! Files are opened and decoded elsewhere, as [`EncodingGuess`] says, and so is everything that asks the contact book. Here a [`Mapping`] turns a row into a [`Contact`] or says what is wrong with it; `columns`
//! checks headers and suggests the mapping; `delimiter` guesses how a text file is cut and [`Cutter`] cuts it;
//! [`Doctor`] mends what spreadsheets did to rows; [`SheetLink`] reads links to Google Sheets.

mod columns;
mod counts;
mod cutter;
mod delimiter;
mod doctor;
mod encoding;
mod guard;
mod mapping;
mod pace;
mod sheet_url;
mod tags;

use serde::{Deserialize, Serialize};

pub use columns::{COLUMNS_MAX, Column, HeaderError, check_header, suggest_mapping};
pub use counts::{RowFate, ValidationCounts};
pub use cutter::{Cutter, Row, UnclosedQuote};
pub use delimiter::{DELIMITERS, DelimiterGuess, guess_delimiter};
pub use doctor::{
    ACCEPTED_ROWS_MAX, Accepted, Certainty, Damage, Doctor, Finding, HABIT_ROWS_MAX, Habits, SetAside, Treated,
};
pub use encoding::{EncodingGuess, NotAText};
pub use guard::guarded;
pub use mapping::{Mapping, MappingError, RowReader};
pub use pace::{Pace, Progress};
pub use sheet_url::{SheetLink, SheetLinkError};
pub use tags::join_tags;

use crate::contact::Contact;
use crate::phone_number::CellNote;

/// The first problems of a list are shown; a file of millions may have as many.
pub const PROBLEMS_SHOWN_MAX: usize = 100;
/// Rows that a preview shows.
pub const PREVIEW_ROWS: usize = 20;
/// The column in which rejected rows say what is wrong.
pub const PROBLEM_COLUMN: &str = "problem";
/// A longer cell is refused before anything reads it.
pub const CELL_LENGTH_MAX: usize = 64_000;
/// So much of a bad value is shown beside its problem.
const SHOWN_VALUE_LENGTH_MAX: usize = 100;

crate::words! {
    /// What happens to a row whose number is known already, in the file or in the contact book.
    pub enum Duplicates {
        /// The row is left out.
        Skip = "skip",
        /// What the row says replaces what was known.
        Update = "update",
    }
}

crate::words! {
    /// What one bad row does to the others.
    pub enum Mode {
        /// It is set aside.
        Lenient = "lenient",
        /// Nothing is imported.
        Strict = "strict",
    }
}

/// A contact as a row of a list says, with what was mended in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedContact {
    pub contact: Contact,
    pub phone_notes: Vec<CellNote>,
}

/// Why a row is no contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The column's name in the list.
    pub column: String,
    /// What stood there, its beginning at most.
    pub value: String,
    /// What is wrong with it, in words.
    pub problem: String,
}

impl RowProblem {
    /// Says what is wrong with a cell.
    #[must_use]
    pub fn new(column: &str, value: &str, problem: impl Into<String>) -> Self {
        Self { column: column.to_owned(), value: shown(value), problem: problem.into() }
    }
}

/// The beginning of a value.
fn shown(value: &str) -> String {
    value.chars().take(SHOWN_VALUE_LENGTH_MAX).collect()
}

#[cfg(test)]
mod tests;
