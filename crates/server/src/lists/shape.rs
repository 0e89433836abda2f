//! How one list is read, found by reading it once from end to end.
//!
//! What is found is kept beside the file, so that every later reading cuts the same rows in the same way.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use carillon_domain::import::{Column, PREVIEW_ROWS, check_header, guess_delimiter};
use serde::{Deserialize, Serialize};

use super::records::Rows;
use super::{ListEncoding, ListError, encoding, kind};
use crate::workbooks::SheetRead;

/// Bytes of text that the delimiter is guessed from.
const SAMPLE_BYTES: u64 = 64 * 1_024;
/// Characters of a cell in a preview.
const SAMPLE_CHARS_MAX: usize = 100;

/// How a list is read, and what it begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub encoding: ListEncoding,
    pub delimiter: char,
    /// The first line is Excel's `sep=;` and no header.
    pub skips_first_line: bool,
    pub header: Vec<String>,
    /// The cells of the first rows, by column.
    pub samples: Vec<Vec<String>>,
    /// Rows below the header that have something in them.
    pub rows: u64,
    /// Of a workbook, the sheet that was read, and all that people see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
}

impl Shape {
    /// The columns with their first cells.
    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let columns = self.header.iter().zip(&self.samples);
        columns.map(|(name, samples)| Column { name: name.clone(), samples: samples.clone() }).collect()
    }
}

/// Reads a file of at most `rows_max` rows once and says how it is read. Takes long for a long list: not for an async
/// worker.
///
/// # Errors
/// When it is no list, or the disk fails.
pub fn inspect(file: &mut File, rows_max: u64) -> Result<Shape, ListError> {
    let mut beginning = vec![0; kind::BYTES_NEEDED];
    let length = encoding::fill(file, &mut beginning)?;
    kind::check_password(file, &beginning[..length])?;
    kind::check(&beginning[..length])?;
    rewind(file)?;
    let encoding = ListEncoding::detect(&mut *file)?;
    rewind(file)?;
    let guess = guess_delimiter(&sample(file, &encoding)?);
    let mut shape = Shape {
        encoding,
        delimiter: guess.delimiter,
        skips_first_line: guess.skips_first_line,
        header: Vec::new(),
        samples: Vec::new(),
        rows: 0,
        sheet: None,
        sheets: Vec::new(),
    };
    count(file, &mut shape, rows_max)?;
    Ok(shape)
}

/// As [`inspect`], of a list that we wrote ourselves from the sheet of a workbook: nothing about it is guessed.
///
/// # Errors
/// When the sheet is no list, or the disk fails.
pub fn inspect_sheet(file: &mut File, read: SheetRead, rows_max: u64) -> Result<Shape, ListError> {
    let mut shape = Shape {
        encoding: ListEncoding::utf8(),
        delimiter: ',',
        skips_first_line: false,
        header: Vec::new(),
        samples: Vec::new(),
        rows: 0,
        sheet: Some(read.sheet),
        sheets: read.sheets,
    };
    count(file, &mut shape, rows_max)?;
    Ok(shape)
}

fn rewind(file: &mut File) -> Result<(), ListError> {
    file.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn sample(file: &mut File, encoding: &ListEncoding) -> Result<String, ListError> {
    let mut bytes = Vec::new();
    encoding.decode(file).take(SAMPLE_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    if kind::check(text.as_bytes()).is_err() {
        return Err(ListError::NotAList("this is an HTML or XML page: save the list itself as CSV"));
    }
    Ok(text.into_owned())
}

/// Reads the header, the first rows, and the rest to its end.
fn count(file: &mut File, shape: &mut Shape, rows_max: u64) -> Result<(), ListError> {
    let (mut rows, header) = open(file, shape)?;
    shape.samples = vec![Vec::new(); header.len()];
    shape.header = header;
    while let Some(row) = rows.next_row()? {
        if shape.rows == rows_max {
            return Err(ListError::TooManyRows(rows_max));
        }
        if shape.rows < PREVIEW_ROWS as u64 {
            for (at, samples) in shape.samples.iter_mut().enumerate() {
                samples.push(row.cells.get(at).map_or("", String::as_str).chars().take(SAMPLE_CHARS_MAX).collect());
            }
        }
        shape.rows += 1;
    }
    if shape.rows == 0 { Err(ListError::NoRows) } else { Ok(()) }
}

type Text<'f> = encoding_rs_io::DecodeReaderBytes<&'f mut File, Vec<u8>>;

fn open<'f>(file: &'f mut File, shape: &Shape) -> Result<(Rows<Text<'f>>, Vec<String>), ListError> {
    rewind(file)?;
    let mut rows = Rows::new(shape.encoding.decode(file), shape.delimiter);
    if shape.skips_first_line {
        rows.next_row()?;
    }
    let header = rows.next_row()?.map_or_else(Vec::new, |row| row.cells);
    Ok((rows, check_header(&header)?))
}

/// The rows of a list below its header.
///
/// # Errors
/// When the file is not the one that was inspected, or the disk fails.
pub fn rows<'f>(file: &'f mut File, shape: &Shape) -> Result<Rows<Text<'f>>, ListError> {
    let (rows, _) = open(file, shape)?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const ROWS_MAX: u64 = 3;

    fn looked_at(bytes: &[u8]) -> Result<Shape, ListError> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("room");
        file.seek(SeekFrom::Start(0)).expect("its beginning");
        inspect(&mut file, ROWS_MAX)
    }

    #[test]
    fn each_delimiter_is_found_and_ragged_rows_are_counted() {
        for delimiter in [',', ';', '\t', '|'] {
            let text =
                "Name,Phone\nAnn,+12025550143\nBob\nCid,+12025550144,more\n\n".replace(',', &delimiter.to_string());
            let shape = looked_at(text.as_bytes()).expect("a list");
            assert_eq!((shape.delimiter, shape.rows), (delimiter, 3));
            assert_eq!(shape.header, ["Name", "Phone"]);
            assert_eq!(shape.samples[1], ["+12025550143", "", "+12025550144"]);
        }
    }

    #[test]
    fn excels_own_first_line_is_skipped() {
        let shape = looked_at(b"sep=;\r\nName;Phone\r\nAnn;+12025550143\r\n").expect("a list");
        assert_eq!((shape.header.len(), shape.rows, shape.delimiter), (2, 1, ';'));
    }

    #[test]
    fn what_is_no_list_is_refused_in_words() {
        for (bytes, words) in [
            (&b""[..], "empty"),
            (b"Name,Phone\n", "no rows"),
            (b"Ann,+12025550143\n", "a header"),
            (b"Name,Name\nA,B\n", "two columns"),
            (b"Phone\n1\n2\n3\n4\n", "more than 3 rows"),
            (b"PK\x03\x04", ".xlsx"),
            (b"Name,Phone\nAnn,\"+1202\n", "row 2"),
        ] {
            let error = looked_at(bytes).expect_err("no list").to_string();
            assert!(error.contains(words), "{error}");
        }
        let wide = format!("{}\n1\n", (0..300).map(|n| format!("c{n}")).collect::<Vec<_>>().join(","));
        assert!(looked_at(wide.as_bytes()).expect_err("too wide").to_string().contains("256"));
    }

    #[test]
    fn samples_are_short() {
        let shape = looked_at(format!("Phone\n{}\n", "9".repeat(5_000)).as_bytes()).expect("a list");
        assert_eq!(shape.samples[0][0].len(), SAMPLE_CHARS_MAX);
    }
}
