//! A sheet of a workbook as a list: chosen, read cell by cell, written line by line in our own CSV.
//!
//! The list has a line for each row of the sheet, empty ones included, so that problems are told by the numbers that
//! people see in their spreadsheet. Cells are written as they are, like those of a raw export: the reader of rows knows
//! which apostrophes are guards. Runs in the child alone.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use carillon_domain::import::COLUMNS_MAX;

use super::SheetRead;
use super::archive::check;
use super::cells::text;
use super::child::LIST_BYTES_MAX;

/// Rows that the format allows.
const ROWS_PER_SHEET_MAX: u32 = 1_048_576;
/// Names of sheets that are told.
const SHEETS_SHOWN_MAX: usize = 100;
/// A header and a row: with less, another sheet is looked at.
const ROWS_MIN: u64 = 2;

/// Why a workbook cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the workbook is damaged: open it, save it again, and bring that file")]
    Damaged,
    #[error("the workbook is protected with a password: save it without one, or save the sheet as CSV")]
    Password,
    #[error("the workbook unpacks to more than can be read: save the sheet as CSV")]
    TooLarge,
    #[error("this is a binary Excel workbook (.xlsb): save it as .xlsx or CSV")]
    Binary,
    #[error("this is an OpenDocument spreadsheet (.ods) or another OpenDocument file: save it as .xlsx or CSV")]
    OpenDocument,
    #[error("this is a Word or PowerPoint document: an Excel workbook (.xlsx) or a CSV file is wanted")]
    OtherOffice,
    #[error("this is a zip file and no Excel workbook (.xlsx): unpack it first")]
    OtherZip,
    #[error("the workbook is empty: no sheet has anything in it")]
    Empty,
    #[error("the first line: more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    #[error("the workbook has no such sheet; it has {0}")]
    NoSuchSheet(String),
    #[error("the list cannot be kept: {0}")]
    Disk(String),
}

impl From<XlsxError> for Refusal {
    fn from(error: XlsxError) -> Self {
        if matches!(error, XlsxError::Password) { Self::Password } else { Self::Damaged }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error.to_string())
    }
}

type Workbook = Xlsx<BufReader<File>>;

/// Writes a sheet of a workbook into `list`: the one named, or the first that people see and that has rows.
pub(super) fn convert(mut workbook: File, list: File, wanted: Option<&str>) -> Result<SheetRead, Refusal> {
    check(&mut workbook)?;
    let mut workbook: Workbook = Xlsx::new(BufReader::new(workbook))?;
    let names = |is_shown: fn(SheetVisible) -> bool| -> Vec<String> {
        let sheets = workbook.sheets_metadata().iter();
        let shown = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && is_shown(sheet.visible));
        shown.map(|sheet| sheet.name.clone()).collect()
    };
    let (all, shown) = (names(|_| true), names(|visible| visible == SheetVisible::Visible));
    let mut list = Lines::new(list);
    let sheet = match wanted {
        Some(name) if all.iter().any(|sheet| sheet == name) => {
            copy(&mut workbook, name, &mut list)?;
            name.to_owned()
        }
        Some(_) => return Err(Refusal::NoSuchSheet(in_words(&shown))),
        None => copy_first(&mut workbook, &shown, &mut list)?,
    };
    if list.rows == 0 {
        return Err(Refusal::Empty);
    }
    list.finish()?;
    Ok(SheetRead { sheet, sheets: shown.into_iter().take(SHEETS_SHOWN_MAX).collect() })
}

fn in_words(names: &[String]) -> String {
    names.iter().take(SHEETS_SHOWN_MAX).map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// The first sheet with a header and a row; else the first with anything, for its own message.
fn copy_first(workbook: &mut Workbook, names: &[String], list: &mut Lines) -> Result<String, Refusal> {
    let mut almost = None;
    for name in names {
        copy(workbook, name, list)?;
        if list.rows >= ROWS_MIN {
            return Ok(name.clone());
        }
        if list.rows > 0 {
            almost.get_or_insert_with(|| name.clone());
        }
        list.start_again();
    }
    let name = almost.ok_or(Refusal::Empty)?;
    copy(workbook, &name, list)?;
    Ok(name)
}

/// Writes the rows of a sheet.
fn copy(workbook: &mut Workbook, name: &str, list: &mut Lines) -> Result<(), Refusal> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let (mut row, mut line) = (0, Vec::new());
    while let Some(cell) = cells.next_cell()? {
        let (at, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if at < row || at >= ROWS_PER_SHEET_MAX {
            return Err(Refusal::Damaged);
        }
        while row < at {
            list.write(&line)?;
            line.clear();
            row += 1;
        }
        // What stands far to the right of a row is nobody's, and no header may stand there.
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX && list.rows == 0 {
            return Err(Refusal::TooManyColumns);
        }
        let column = column.min(COLUMNS_MAX);
        line.resize(line.len().max(column + 1), String::new());
        line[column] = text;
    }
    list.write(&line)
}

/// Lines of a list. The first rows are held back until there are enough of them to be one.
struct Lines {
    file: BufWriter<File>,
    held: Vec<u8>,
    bytes: u64,
    /// Rows with something in them.
    rows: u64,
}

impl Lines {
    fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), held: Vec::new(), bytes: 0, rows: 0 }
    }

    fn start_again(&mut self) {
        self.held.clear();
        (self.bytes, self.rows) = (0, 0);
    }

    fn write(&mut self, cells: &[String]) -> Result<(), Refusal> {
        let before = self.held.len();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.held.push(b',');
            }
            push(&mut self.held, cell);
        }
        self.held.extend(b"\r\n");
        self.bytes += (self.held.len() - before) as u64;
        self.rows += u64::from(!cells.is_empty());
        if self.bytes > LIST_BYTES_MAX {
            return Err(Refusal::TooLarge);
        }
        if self.rows >= ROWS_MIN { self.release() } else { Ok(()) }
    }

    fn release(&mut self) -> Result<(), Refusal> {
        self.file.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(), Refusal> {
        self.release()?;
        Ok(self.file.flush()?)
    }
}

/// A cell as RFC 4180 wants it.
fn push(line: &mut Vec<u8>, cell: &str) {
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
        line.extend(cell.as_bytes());
        return;
    }
    line.push(b'"');
    for byte in cell.bytes() {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    line.push(b'"');
}
