//! Cells that a spreadsheet must not take for formulas, and the way back.
//!
//! An apostrophe in front makes a cell text (OWASP ASVS 1.2.10). Numbers in E.164 begin with a plus sign and so get
//! one, too; [`unguarded`] takes it away when the file comes back as a list. Which files get it is the export's choice.

use std::borrow::Cow;

/// What a spreadsheet reads as the beginning of a formula, or worse.
const DANGEROUS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

/// A cell that no spreadsheet reads as a formula.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell of a list without the apostrophe that an export put there.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_dangerous(rest)).unwrap_or(text)
}

/// Cells that begin with apostrophes before it get one more, so that the way back is exact.
fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(DANGEROUS)
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
            assert_eq!(unguarded(written), cell);
        }
    }

    proptest! {
        /// What leaves is never a formula, and comes back as it was.
        #[test]
        fn every_cell_comes_back(text in "['=+@a-]{0,5}.{0,5}") {
            let written = guarded(&text).into_owned();
            prop_assert!(!written.starts_with(DANGEROUS));
            prop_assert_eq!(unguarded(&written), text);
        }
    }
}
