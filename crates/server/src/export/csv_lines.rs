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
        let lines = self.lines(std::iter::once(columns));
        [mark, &lines].concat().into()
    }

    /// Some lines.
    #[must_use]
    pub fn lines<'a>(self, rows: impl Iterator<Item = &'a [String]>) -> Bytes {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
        for row in rows {
            let cells = row.iter().map(|cell| self.style.cell(cell));
            writer.write_record(cells.map(|cell| cell.into_owned().into_bytes())).expect("memory takes every line");
        }
        writer.into_inner().expect("memory takes every line").into()
    }
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
}
