//! Tables that leave as files: CSV as a stream, workbooks through a temporary file, both of any length.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe ([`cells`]), which our imports take away
//! again. Which rows leave, and who may have them, is the doors' business.

pub mod cells;
mod csv_lines;
mod page;
mod workbook;

pub use cells::CellStyle;
pub use csv_lines::CsvLines;
pub use page::Page;
pub use workbook::{ExportError, WorkbookFile};
