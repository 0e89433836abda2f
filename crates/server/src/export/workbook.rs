//! A workbook (XLSX) written row by row in little memory, into a file that nobody else sees.
//!
//! Every cell is text, so nothing in it is ever computed. A sheet is full after 1,048,576 rows; the next begins with
//! the header again.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Workbook, XlsxError};

/// Rows of a sheet, its header included (the format's own limit).
const ROWS_PER_SHEET_MAX: u32 = 1_048_576;
/// UTF-16 units of a cell (the format's own limit).
const CELL_UNITS_MAX: usize = 32_767;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    #[error("no room for the workbook: {0}")]
    Disk(#[from] std::io::Error),
}

/// A workbook that grows.
pub struct WorkbookFile {
    workbook: Workbook,
    folder: PathBuf,
    header: Vec<String>,
    sheets: usize,
    /// The next row of the newest sheet.
    row: u32,
    rows_per_sheet: u32,
}

impl WorkbookFile {
    /// An empty workbook; what does not fit in memory goes into `folder`.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn new(folder: &Path, header: Vec<String>) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let mut file =
            Self { workbook, folder: folder.to_owned(), header, sheets: 0, row: 0, rows_per_sheet: ROWS_PER_SHEET_MAX };
        file.add_sheet()?;
        Ok(file)
    }

    fn add_sheet(&mut self) -> Result<(), ExportError> {
        self.workbook.add_worksheet_with_constant_memory()?;
        self.sheets += 1;
        self.row = 0;
        let header = self.header.clone();
        self.write(header.iter().map(String::as_str))
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn add<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> Result<(), ExportError> {
        if self.row == self.rows_per_sheet {
            self.add_sheet()?;
        }
        self.write(cells)
    }

    fn write<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> Result<(), ExportError> {
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(self.row, column, fitting(cell))?;
        }
        self.row += 1;
        Ok(())
    }

    /// The whole file, at its beginning. Takes long for a long table: not for an async worker.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(mut self) -> Result<File, ExportError> {
        let mut file = tempfile::tempfile_in(&self.folder)?;
        self.workbook.save_to_writer(&mut file)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

/// A cell as far as the format takes it.
fn fitting(cell: &str) -> String {
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= CELL_UNITS_MAX
    };
    cell.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_workbook_is_a_zip_file_with_the_cells_as_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = WorkbookFile::new(folder.path(), vec!["Phone".to_owned()]).expect("a workbook");
        file.add(["=1+1"].into_iter()).expect("a row");
        let mut bytes = Vec::new();
        file.finish().expect("a file").read_to_end(&mut bytes).expect("its bytes");
        assert!(bytes.starts_with(b"PK\x03\x04"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left behind");
    }

    #[test]
    fn a_full_sheet_is_followed_by_another_with_the_same_header_and_no_cell_is_computed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut file = WorkbookFile::new(folder.path(), vec!["Phone".to_owned()]).expect("a workbook");
        file.rows_per_sheet = 3;
        for cell in ["+12025550143", "=1+1", "00123", "-5", "@x"] {
            file.add([cell].into_iter()).expect("a row");
        }
        let mut book = zip::ZipArchive::new(file.finish().expect("a file")).expect("an archive");
        let mut sheet = |number: u32| {
            let mut text = String::new();
            let mut part = book.by_name(&format!("xl/worksheets/sheet{number}.xml")).expect("a sheet");
            part.read_to_string(&mut text).expect("its text");
            text
        };
        for (number, cells) in [(1, vec!["+12025550143", "=1+1"]), (2, vec!["00123", "-5"]), (3, vec!["@x"])] {
            let text = sheet(number);
            for cell in std::iter::once("Phone").chain(cells) {
                assert!(text.contains(&format!("t=\"inlineStr\"><is><t>{cell}</t>")), "{cell} in {text}");
            }
            assert!(!text.contains("<f>") && !text.contains("<v>"), "nothing but texts: {text}");
        }
    }

    #[test]
    fn a_cell_is_cut_where_the_format_ends() {
        assert_eq!(fitting(&"x".repeat(40_000)).len(), CELL_UNITS_MAX);
        assert_eq!(fitting("📞").chars().count(), 1);
    }
}
