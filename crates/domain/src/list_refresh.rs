//! A list that is fetched anew for each run: when, how often, and whether what came may be called.
//!
//! Pure. A sheet that lost its columns or much of its rows is more likely broken than meant, and nobody is called by it;
//! why so is in `docs/adr/0012-a-list-is-fetched-whole-or-the-run-fails.md`. Fetching and keeping are the server's.

use jiff::{SignedDuration, Timestamp};

use crate::import::Mapping;

/// A list is fetched so long before its run begins.
pub const LEAD: SignedDuration = SignedDuration::from_mins(10);
/// A fetch that failed by a cause that may pass is tried again after this.
pub const RETRY_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// A list may shrink to this share of the one before.
const SHRUNK_TO_PERCENT_MIN: i64 = 50;
/// Shorter lists change by more than that from day to day, and are not held against it.
const GUARDED_ROWS_MIN: i64 = 10;

/// Why rows that were fetched are not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// Columns that the mapping reads are not there.
    #[error("the sheet has no column {} any more: name it as before, or import the sheet again", named(.0))]
    ColumnsGone(Vec<String>),
    /// It lost more than may be.
    #[error("the sheet has only {rows} of the {before} rows it had: if that is right, resume and it is taken")]
    Shrunk {
        /// Rows of the list before.
        before: i64,
        /// Rows that came.
        rows: i64,
    },
}

fn named(columns: &[String]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// When the list of a run that begins at `begins_at` is fetched, when one asks now.
#[must_use]
pub fn fetch_at(begins_at: Timestamp, now: Timestamp) -> Timestamp {
    now.max(begins_at - LEAD)
}

/// Whether a list with these columns and so many rows may take the place of one with `before` rows.
///
/// # Errors
/// [`ListFault`], when it may not.
pub fn check(mapping: &Mapping, header: &[String], (before, rows): (i64, i64)) -> Result<(), ListFault> {
    let gone: Vec<String> =
        mapping.columns().filter(|column| !header.iter().any(|known| known == column)).map(str::to_owned).collect();
    if !gone.is_empty() {
        return Err(ListFault::ColumnsGone(gone));
    }
    let is_guarded = before >= GUARDED_ROWS_MIN;
    if is_guarded && rows.saturating_mul(100) < before.saturating_mul(SHRUNK_TO_PERCENT_MIN) {
        return Err(ListFault::Shrunk { before, rows });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping() -> Mapping {
        let custom = [("plan".to_owned(), "Plan".to_owned())].into();
        Mapping { phone: "Phone".to_owned(), name: Some("Name".to_owned()), custom, ..Mapping::default() }
    }

    fn checked(header: &[&str], rows: (i64, i64)) -> Result<(), ListFault> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        check(&mapping(), &header, rows)
    }

    #[test]
    fn columns_may_move_and_come_but_not_go() {
        assert_eq!(checked(&["Phone", "Name", "Plan"], (5, 5)), Ok(()));
        assert_eq!(checked(&["More", "Plan", "Name", "Phone"], (5, 5)), Ok(()));
        let fault = checked(&["Name", "Mobile"], (5, 5)).expect_err("two are gone");
        assert_eq!(fault, ListFault::ColumnsGone(vec!["Phone".to_owned(), "Plan".to_owned()]));
        assert!(fault.to_string().contains("\"Phone\", \"Plan\""), "{fault}");
    }

    #[test]
    fn a_list_may_shrink_to_half_and_a_short_one_as_it_likes() {
        for (before, rows, is_taken) in
            [(100, 50, true), (100, 49, false), (100, 1_000, true), (10, 5, true), (10, 4, false), (9, 1, true)]
        {
            let taken = checked(&["Phone", "Name", "Plan"], (before, rows));
            assert_eq!(taken.is_ok(), is_taken, "{rows} of {before}: {taken:?}");
        }
    }

    #[test]
    fn a_list_is_fetched_shortly_before_its_run_or_at_once() {
        let now: Timestamp = "2026-03-02T15:00:00Z".parse().expect("an instant");
        assert_eq!(fetch_at(now + SignedDuration::from_hours(1), now), now + SignedDuration::from_mins(50));
        assert_eq!(fetch_at(now + SignedDuration::from_mins(3), now), now);
        assert_eq!(fetch_at(now - SignedDuration::from_mins(3), now), now);
    }
}
