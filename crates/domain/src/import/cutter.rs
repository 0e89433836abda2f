//! Text cut into rows of cells (RFC 4180 as people break it), in bounded memory.
//!
//! Ragged rows, blank lines, quoted line breaks and every kind of line end are fine; a quotation mark that is never
//! closed would swallow the rest of the file, so it is found and told by its row. A cell that is too long is kept
//! a byte too long, for the row to be refused. Rows are numbered by the line they begin on, from 1. Reading files and
//! decoding them is done elsewhere; `delimiter` guesses what the text is cut by.

use super::{CELL_LENGTH_MAX, COLUMNS_MAX, PROBLEM_COLUMN, guard};

/// Line breaks in one cell; with more of them a quotation mark is open by mistake.
const LINES_PER_CELL_MAX: u64 = 1_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// A cell that begins with a quotation mark and never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("row {line}: a quotation mark is opened and not closed")]
pub struct UnclosedQuote {
    /// The line on which the cell begins.
    pub line: u64,
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

/// Cuts UTF-8 into rows, block by block.
#[derive(Debug)]
pub struct Cutter {
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
    /// Whether these are rejected rows that people have mended; the header tells.
    is_mended: Option<bool>,
}

impl Cutter {
    /// Cuts by a delimiter, which is ASCII as all of [`DELIMITERS`](super::DELIMITERS) are.
    #[must_use]
    pub fn new(delimiter: char) -> Self {
        Self {
            delimiter: u8::try_from(delimiter).expect("delimiters are ASCII"),
            place: Place::Start,
            row: Row { line: 1, cells: Vec::new() },
            cell: Vec::new(),
            line: 1,
            opened_on: 1,
            after_return: false,
            is_mended: None,
        }
    }

    /// Eats a text up to the end of a row, or all of it. Says how many bytes are eaten, and the row that has ended.
    ///
    /// # Errors
    /// When a quotation mark is not closed.
    pub fn eat(&mut self, text: &[u8]) -> Result<(usize, Option<Row>), UnclosedQuote> {
        let mut eaten = 0;
        while eaten < text.len() {
            eaten += self.eat_run(&text[eaten..]);
            let Some(&byte) = text.get(eaten) else {
                break;
            };
            eaten += 1;
            if let Some(row) = self.eat_byte(byte)? {
                return Ok((eaten, Some(row)));
            }
        }
        Ok((eaten, None))
    }

    /// The last row, when the text does not end with a line break.
    ///
    /// # Errors
    /// When a quotation mark is not closed.
    pub fn finish(&mut self) -> Result<Option<Row>, UnclosedQuote> {
        if self.place == Place::Quoted {
            return Err(UnclosedQuote { line: self.opened_on });
        }
        Ok(self.end_row())
    }

    /// Eats what only makes the cell longer, and says how much that is.
    fn eat_run(&mut self, text: &[u8]) -> usize {
        let delimiter = self.delimiter;
        let ends_plain = |byte: &u8| *byte == delimiter || is_break(*byte);
        let end = match self.place {
            Place::Start if text.first() == Some(&b'"') => return 0,
            Place::Start | Place::Plain => text.iter().position(ends_plain),
            Place::Quoted => text.iter().position(|byte| *byte == b'"' || is_break(*byte)),
            Place::Closing => return 0,
        };
        let run = &text[..end.unwrap_or(text.len())];
        if !run.is_empty() {
            self.push(run);
            self.after_return = false;
            if self.place == Place::Start {
                self.place = Place::Plain;
            }
        }
        run.len()
    }

    /// Eats one byte; gives the row that it ends.
    fn eat_byte(&mut self, byte: u8) -> Result<Option<Row>, UnclosedQuote> {
        let follows_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        let ends_line = is_break(byte) && !(byte == b'\n' && follows_return);
        self.line += u64::from(ends_line);
        match self.place {
            Place::Quoted if byte == b'"' => self.place = Place::Closing,
            Place::Quoted => {
                self.check_lines(LINES_PER_CELL_MAX)?;
                self.push(&[byte]);
            }
            Place::Closing if byte == b'"' => {
                self.push(&[byte]);
                self.place = Place::Quoted;
            }
            Place::Start if byte == b'"' => (self.place, self.opened_on) = (Place::Quoted, self.line),
            _ if byte == self.delimiter => self.end_cell(),
            _ if is_break(byte) => return Ok(self.end_row()),
            Place::Closing => {
                // Behind a cell of several lines, this was the opening mark of a later cell.
                self.check_lines(0)?;
                self.push(&[byte]);
                self.place = Place::Plain;
            }
            Place::Start | Place::Plain => {
                self.push(&[byte]);
                self.place = Place::Plain;
            }
        }
        Ok(None)
    }

    fn check_lines(&self, lines_max: u64) -> Result<(), UnclosedQuote> {
        let fine = self.line - self.opened_on <= lines_max;
        if fine { Ok(()) } else { Err(UnclosedQuote { line: self.opened_on }) }
    }

    /// A NUL, which only UTF-16 can bring here, is no character of a list, and PostgreSQL keeps none.
    fn push(&mut self, bytes: &[u8]) {
        let room = (CELL_LENGTH_MAX + 1).saturating_sub(self.cell.len());
        if bytes.contains(&0) {
            self.cell.extend(bytes.iter().filter(|byte| **byte != 0).take(room));
        } else {
            self.cell.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    fn end_cell(&mut self) {
        // One more than allowed, so that a header with too many is refused; in rows the rest is nobody's.
        if self.row.cells.len() <= COLUMNS_MAX {
            let cell = String::from_utf8_lossy(&self.cell);
            self.row.cells.push(cell.into_owned());
        }
        self.cell.clear();
        self.place = Place::Start;
    }

    fn end_row(&mut self) -> Option<Row> {
        self.end_cell();
        let is_blank = self.row.cells.iter().all(|cell| cell.trim().is_empty());
        if is_blank {
            self.row.cells.clear();
            self.row.line = self.line;
            return None;
        }
        let cells = &mut self.row.cells;
        let is_mended = *self.is_mended.get_or_insert_with(|| cells.iter().any(|cell| cell == PROBLEM_COLUMN));
        guard::unguard(cells, is_mended);
        // Rows are mostly as wide as the one before.
        let next = Row { line: self.line, cells: Vec::with_capacity(self.row.cells.len()) };
        Some(std::mem::replace(&mut self.row, next))
    }
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows of a text that comes in blocks of so many bytes.
    fn cut_in_blocks(text: &str, bytes: usize) -> Result<Vec<Row>, UnclosedQuote> {
        let mut cutter = Cutter::new(',');
        let mut rows = Vec::new();
        for mut block in text.as_bytes().chunks(bytes) {
            while !block.is_empty() {
                let (eaten, row) = cutter.eat(block)?;
                block = &block[eaten..];
                rows.extend(row);
            }
        }
        rows.extend(cutter.finish()?);
        Ok(rows)
    }

    fn cut(text: &str) -> Result<Vec<Row>, UnclosedQuote> {
        cut_in_blocks(text, text.len().max(1))
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        cut(text).expect("rows").into_iter().map(|row| row.cells).collect()
    }

    fn unclosed(text: &str) -> u64 {
        cut(text).expect_err("an open quotation mark").line
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
        assert_eq!(cells("'+1202,'=x,'Ann\n+1202,'=x\n"), [vec!["+1202", "=x", "'Ann"], vec!["+1202", "'=x"]]);
    }

    #[test]
    fn a_nul_is_no_character_of_a_cell() {
        assert_eq!(cells("A\0n\0n,\"B\0ob\"\0x\n"), [["Ann", "Bobx"]]);
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

        /// Where the blocks end makes no difference.
        #[test]
        fn blocks_of_any_size_are_cut_the_same_way(text in "[ab,\"\n\r\0é' =]{0,60}", bytes in 1_usize..9) {
            prop_assert_eq!(cut_in_blocks(&text, bytes), cut(&text));
        }
    }
}
