//! A decoded text cut into rows of cells (RFC 4180 as people break it), in bounded memory.
//!
//! Ragged rows, blank lines, quoted line breaks and every kind of line end are fine; a quotation mark that is never
//! closed would swallow the rest of the file, so it is found and told by its row. A cell that is too long is kept
//! a byte too long, for the row to be refused. Rows are numbered by the line they begin on, from 1.

use std::io::Read;

use carillon_domain::import::{CELL_LENGTH_MAX, COLUMNS_MAX};

use super::ListError;
use crate::export::cells::unguarded;

/// Bytes read in one go.
const BLOCK_BYTES: usize = 64 * 1_024;
/// Line breaks in one cell; with more of them a quotation mark is open by mistake.
const LINES_PER_CELL_MAX: u64 = 1_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// Rows one after the other.
pub struct Rows<R: Read> {
    text: R,
    block: Vec<u8>,
    /// What of the block is not yet cut.
    left: std::ops::Range<usize>,
    cutter: Cutter,
}

impl<R: Read> Rows<R> {
    /// Reads a text that is cut by `delimiter`.
    pub(super) fn new(text: R, delimiter: char) -> Self {
        Self { text, block: vec![0; BLOCK_BYTES], left: 0..0, cutter: Cutter::new(delimiter) }
    }

    /// The next row that has something in a cell; `None` at the end.
    ///
    /// # Errors
    /// When a quotation mark is not closed, or the disk fails.
    pub fn next_row(&mut self) -> Result<Option<Row>, ListError> {
        loop {
            if self.left.is_empty() {
                self.left = 0..self.text.read(&mut self.block)?;
            }
            if self.left.is_empty() {
                return self.cutter.finish();
            }
            for at in self.left.by_ref() {
                if let Some(row) = self.cutter.take(self.block[at])? {
                    return Ok(Some(row));
                }
            }
        }
    }
}

/// Where in a cell the cutter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted,
    /// Behind a quotation mark that closes the cell, or is the first of two.
    Closing,
}

/// Cuts bytes into rows.
struct Cutter {
    delimiter: u8,
    place: Place,
    row: Row,
    cell: Vec<u8>,
    /// The line that is being read, from 1.
    line: u64,
    /// The line on which the quoted cell began.
    opened_on: u64,
    /// The last byte was a carriage return: a line feed behind it ends no other line.
    after_return: bool,
}

impl Cutter {
    fn new(delimiter: char) -> Self {
        Self {
            delimiter: u8::try_from(delimiter).expect("delimiters are ASCII"),
            place: Place::Start,
            row: Row { line: 1, cells: Vec::new() },
            cell: Vec::new(),
            line: 1,
            opened_on: 1,
            after_return: false,
        }
    }

    /// Takes a byte; gives the row that it ends.
    fn take(&mut self, byte: u8) -> Result<Option<Row>, ListError> {
        let is_break = matches!(byte, b'\n' | b'\r');
        let follows_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        let ends_line = is_break && !(byte == b'\n' && follows_return);
        self.line += u64::from(ends_line);
        match self.place {
            Place::Quoted if byte == b'"' => self.place = Place::Closing,
            Place::Quoted => {
                self.check_lines(LINES_PER_CELL_MAX)?;
                self.push(byte);
            }
            Place::Closing if byte == b'"' => {
                self.push(byte);
                self.place = Place::Quoted;
            }
            Place::Start if byte == b'"' => (self.place, self.opened_on) = (Place::Quoted, self.line),
            _ if byte == self.delimiter => self.end_cell(),
            _ if is_break => return Ok(self.end_row()),
            Place::Closing => {
                // Behind a cell of several lines, this was the opening mark of a later cell.
                self.check_lines(0)?;
                self.push(byte);
                self.place = Place::Plain;
            }
            Place::Start | Place::Plain => {
                self.push(byte);
                self.place = Place::Plain;
            }
        }
        Ok(None)
    }

    fn check_lines(&self, lines_max: u64) -> Result<(), ListError> {
        let fine = self.line - self.opened_on <= lines_max;
        if fine { Ok(()) } else { Err(ListError::UnclosedQuote { line: self.opened_on }) }
    }

    /// A NUL, which only UTF-16 can bring here, is no character of a list, and PostgreSQL keeps none.
    fn push(&mut self, byte: u8) {
        if self.cell.len() <= CELL_LENGTH_MAX && byte != 0 {
            self.cell.push(byte);
        }
    }

    fn end_cell(&mut self) {
        // One more than allowed, so that a header with too many is refused; in rows the rest is nobody's.
        if self.row.cells.len() <= COLUMNS_MAX {
            let cell = String::from_utf8_lossy(&self.cell);
            self.row.cells.push(unguarded(&cell).to_owned());
        }
        self.cell.clear();
        self.place = Place::Start;
    }

    fn end_row(&mut self) -> Option<Row> {
        self.end_cell();
        let row = std::mem::replace(&mut self.row, Row { line: self.line, cells: Vec::new() });
        let is_blank = row.cells.iter().all(|cell| cell.trim().is_empty());
        (!is_blank).then_some(row)
    }

    /// The last row, when the text does not end with a line break.
    fn finish(&mut self) -> Result<Option<Row>, ListError> {
        if self.place == Place::Quoted {
            return Err(ListError::UnclosedQuote { line: self.opened_on });
        }
        Ok(self.end_row())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Result<Vec<Row>, ListError> {
        let mut rows = Rows::new(text.as_bytes(), ',');
        std::iter::from_fn(|| rows.next_row().transpose()).collect()
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        cut(text).expect("rows").into_iter().map(|row| row.cells).collect()
    }

    fn unclosed(text: &str) -> u64 {
        match cut(text) {
            Err(ListError::UnclosedQuote { line }) => line,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn rows_are_numbered_by_the_line_they_begin_on() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "\"two\nlines\",c", " , ", "d,\"said \"\"hi\"\"\",e"].join(end);
            let rows = cut(&text).expect("rows");
            let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [1, 3, 6], "{end:?}");
            assert_eq!(rows[1].cells, ["two\nlines", "c"]);
            assert_eq!(rows[2].cells, ["d", "said \"hi\"", "e"]);
        }
    }

    #[test]
    fn a_quotation_mark_left_open_is_told_by_its_line() {
        assert_eq!(unclosed("a\n\"b\nc\n"), 2);
        assert_eq!(unclosed("a,b\n\"Ann,1\n\"Lee, Bob\",2\n"), 2, "closed by the opening mark of a later cell");
        assert_eq!(unclosed(&format!("a\n\"b\n{}\"\n", "c\n".repeat(1_001))), 2);
        assert_eq!(cells("a\n\"b\"c,d\n"), [vec!["a"], vec!["bc", "d"]], "within one line it is only untidy");
    }

    #[test]
    fn cells_and_rows_are_bounded() {
        let long = format!("{},b\n{}", "x".repeat(CELL_LENGTH_MAX + 5_000), ",".repeat(10_000) + "x,");
        let rows = cells(&long);
        assert_eq!((rows[0][0].len(), rows[0][1].as_str()), (CELL_LENGTH_MAX + 1, "b"));
        assert_eq!(rows.len(), 1, "what stands far to the right is nobody's");
    }

    #[test]
    fn apostrophes_that_an_export_put_there_are_gone() {
        assert_eq!(cells("'+1202,'=x,'Ann"), [["+1202", "=x", "'Ann"]]);
    }

    proptest! {
        /// Whatever we can cut, the common reader cuts the same way.
        #[test]
        fn rows_are_those_of_the_common_reader(text in "[ab,\"\n\r ]{0,40}") {
            if let Ok(rows) = cut(&text) {
                let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                let theirs: Vec<Vec<String>> = reader.records().map(|row| row.expect("text").iter().map(str::to_owned).collect()).collect();
                let theirs: Vec<Vec<String>> = theirs.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
                let ours: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
