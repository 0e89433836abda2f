//! Lines of a CSV file (RFC 4180), rendered a page at a time into bytes for a stream.
//!
//! For spreadsheets it begins with a byte order mark, without which Excel reads another encoding.

use bytes::Bytes;

use super::CellStyle;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Renders lines.
#[derive(Debug, Clone, Copy)]
pub struct CsvLines {
    style: CellStyle,
}

impl CsvLines {
    /// Lines whose cells are for spreadsheets, or for programs.
    #[must_use]
    pub const fn new(style: CellStyle) -> Self {
        Self { style }
    }

    /// The beginning of the file: its header.
    #[must_use]
    pub fn header(self, columns: &[String]) -> Bytes {
        let mark = if self.style == CellStyle::Spreadsheet { BYTE_ORDER_MARK } else { &[] };
        let lines = self.lines([columns]);
        [mark, &lines].concat().into()
    }

    /// Some lines.
    #[must_use]
    pub fn lines<C: AsRef<str>>(self, lines: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> Bytes {
        let mut out = Vec::new();
        for line in lines {
            let begin = out.len();
            for (column, cell) in line.into_iter().enumerate() {
                if column > 0 {
                    out.push(b',');
                }
                write(&mut out, &self.style.cell(cell.as_ref()));
            }
            if out.len() == begin {
                // One empty cell is a line, and no empty line.
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(b"\r\n");
        }
        out.into()
    }
}

/// Writes a cell, quoted where it must be. A few dozen nanoseconds a cell are most of what a long table costs.
fn write(out: &mut Vec<u8>, cell: &str) {
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
        return out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
    for (nth, part) in cell.split('"').enumerate() {
        if nth > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_quoted_where_needed_and_guarded_for_spreadsheets() {
        let row = ["+1202".to_owned(), "a \"b\", c\nd".to_owned()];
        let text = |style| String::from_utf8(CsvLines::new(style).header(&row).to_vec()).expect("text");
        assert_eq!(text(CellStyle::Raw), "+1202,\"a \"\"b\"\", c\nd\"\r\n");
        assert_eq!(text(CellStyle::Spreadsheet), "\u{feff}'+1202,\"a \"\"b\"\", c\nd\"\r\n");
    }

    #[test]
    fn a_reader_of_csv_reads_the_same_cells() {
        let lines = [vec!["", "a", ""], vec![""], vec!["\"", "\"\"", "x\"y,\r"], vec!["Zoë", "\n", "'"]];
        let bytes = CsvLines::new(CellStyle::Raw).lines(&lines);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
        let read: Vec<csv::StringRecord> = reader.records().map(|line| line.expect("a line")).collect();
        assert_eq!(read, lines);
    }
}
