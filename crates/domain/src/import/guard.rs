//! Cells that a spreadsheet must not take for formulas, and the way back.
//!
//! An apostrophe in front makes a cell text (OWASP ASVS 1.2.10). Numbers in E.164 begin with a plus sign and so get
//! one, too; [`unguard`] takes it away when the file comes back as a list. Which files get it is the export's choice.

use std::borrow::Cow;

/// What a spreadsheet reads as the beginning of a formula, or worse.
const DANGEROUS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// A cell that no spreadsheet reads as a formula.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes away the apostrophes that an export put before the cells of a row.
///
/// An export for spreadsheets guards every cell of a row. So a row with a cell that begins like a formula is none of its
/// rows, but one of a raw export or of somebody else's list, and its apostrophes are its own. In a list of rejected rows
/// that people have mended, that cell is what they wrote, and the others are guarded still.
pub(super) fn unguard(cells: &mut [String], is_mended: bool) {
    if is_mended || !cells.iter().any(|cell| cell.starts_with(DANGEROUS)) {
        for cell in cells.iter_mut().filter(|cell| is_guarded(cell)) {
            cell.remove(0);
        }
    }
}

fn is_guarded(text: &str) -> bool {
    text.strip_prefix('\'').is_some_and(is_dangerous)
}

/// Cells that begin with apostrophes before it get one more, so that the way back is exact.
fn is_dangerous(text: &str) -> bool {
    // Byte by byte, since millions of cells are looked at; all of these are ASCII.
    let first = text.bytes().find(|byte| *byte != b'\'');
    first.is_some_and(|byte| DANGEROUS.contains(&char::from(byte)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_come_back() {
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+12025550143", "'+12025550143"),
            ("-1", "'-1"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("Ann", "Ann"),
            ("'Ann", "'Ann"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), written);
            assert_eq!(unguarded(&[written], false), [cell]);
        }
    }

    fn unguarded(cells: &[&str], is_mended: bool) -> Vec<String> {
        let mut cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        unguard(&mut cells, is_mended);
        cells
    }

    #[test]
    fn a_row_that_was_never_guarded_keeps_its_apostrophes() {
        assert_eq!(unguarded(&["+12025550143", "'=1"], false), ["+12025550143", "'=1"]);
        assert_eq!(unguarded(&["'+12025550143", "''=1"], false), ["+12025550143", "'=1"]);
        assert_eq!(unguarded(&["+12025550143", "'=1"], true), ["+12025550143", "=1"]);
    }

    proptest! {
        /// What leaves for a spreadsheet is never a formula, and every row comes back as it was. A raw row does, too,
        /// when it has a number, as rows of people have.
        #[test]
        fn every_row_comes_back(row in proptest::collection::vec("['=+@a-]{0,5}.{0,5}", 1..6)) {
            let mut written: Vec<String> = row.iter().map(|cell| guarded(cell).into_owned()).collect();
            prop_assert!(written.iter().all(|cell| !cell.starts_with(DANGEROUS)));
            unguard(&mut written, false);
            prop_assert_eq!(&written, &row);
            let with_number = [row, vec!["+12025550143".to_owned()]].concat();
            let mut raw = with_number.clone();
            unguard(&mut raw, false);
            prop_assert_eq!(raw, with_number);
        }
    }
}
