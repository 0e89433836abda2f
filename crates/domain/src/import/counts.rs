//! Five counts that add up to the rows of a list, whatever the rows are.
//!
//! Each row is counted once. Whether a number is known is not asked here: the importer asks the contact
//! book and the do-not-call list, and hands the answers in.

use serde::{Deserialize, Serialize};

/// What a row is. Each row is exactly one of these: the first that holds, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFate {
    /// No contact can be made of it.
    Invalid,
    /// An earlier row of the list has the same number.
    DuplicateInFile,
    /// The number may not be called; the contact is imported nevertheless.
    DoNotCall,
    /// The contact book has the number.
    DuplicateExisting,
    /// A new contact.
    Valid,
}

/// How many rows are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationCounts {
    pub rows: u64,
    pub valid: u64,
    pub duplicates_in_file: u64,
    pub duplicates_existing: u64,
    pub invalid: u64,
    pub do_not_call: u64,
}

impl RowFate {
    /// What a readable row is, by what is known of its number.
    #[must_use]
    pub const fn of_known(is_in_file: bool, is_do_not_call: bool, is_in_book: bool) -> Self {
        match (is_in_file, is_do_not_call, is_in_book) {
            (true, _, _) => Self::DuplicateInFile,
            (_, true, _) => Self::DoNotCall,
            (_, _, true) => Self::DuplicateExisting,
            _ => Self::Valid,
        }
    }
}

impl ValidationCounts {
    /// Counts one row.
    pub const fn count(&mut self, fate: RowFate) {
        self.rows += 1;
        let counter = match fate {
            RowFate::Invalid => &mut self.invalid,
            RowFate::DuplicateInFile => &mut self.duplicates_in_file,
            RowFate::DoNotCall => &mut self.do_not_call,
            RowFate::DuplicateExisting => &mut self.duplicates_existing,
            RowFate::Valid => &mut self.valid,
        };
        *counter += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_is_the_first_that_holds() {
        let fate = RowFate::of_known;
        assert_eq!(fate(false, false, false), RowFate::Valid);
        assert_eq!(fate(false, false, true), RowFate::DuplicateExisting);
        assert_eq!(fate(false, true, true), RowFate::DoNotCall);
        assert_eq!(fate(true, true, true), RowFate::DuplicateInFile);
    }

    proptest! {
        /// The five counts are disjoint and add up, in any order of rows.
        #[test]
        fn the_counts_add_up(fates in prop::collection::vec(0..5usize, 0..200)) {
            let all = [RowFate::Invalid, RowFate::DuplicateInFile, RowFate::DoNotCall, RowFate::DuplicateExisting, RowFate::Valid];
            let mut counts = ValidationCounts::default();
            fates.iter().for_each(|fate| counts.count(all[*fate]));
            let sum = counts.valid + counts.duplicates_in_file + counts.duplicates_existing + counts.invalid + counts.do_not_call;
            prop_assert_eq!((counts.rows, sum), (fates.len() as u64, fates.len() as u64));
            prop_assert_eq!(counts.invalid, fates.iter().filter(|fate| **fate == 0).count() as u64);
        }
    }
}
