//! Signs of a quotation mark that was never closed.
//!
//! The reader of files refuses a mark that stays open to the end. One that a later mark closes by chance leaves a cell
//! with rows of the list in it: those people would be missing, and nobody would be told.

use super::{Damage, Habits, Repair, habits::Sort};

/// Lines of a cell that are looked at.
const LINES_MAX: usize = 1_000;

/// The first cell that has swallowed rows: its column, and what to say.
pub(super) fn unclosed(habits: &Habits, row: &[String]) -> Option<(usize, Repair)> {
    let swallowed = |cell: &String| cell.lines().skip(1).take(LINES_MAX).filter(|line| is_row(habits, line)).count();
    let with_lines = row.iter().enumerate().filter(|(_, cell)| cell.contains(['\n', '\r']));
    let (at, rows) = with_lines.map(|(at, cell)| (at, swallowed(cell))).find(|(_, rows)| *rows > 0)?;
    let reason = format!(
        "a quotation mark in this row is not closed: at least {rows} row(s) behind it were read as part of the cell; \
         close it and import the list again"
    );
    Some((at, Repair::lost(Damage::UnclosedQuote, reason)))
}

/// A line that is cut like the list and has a phone number among its cells.
fn is_row(habits: &Habits, line: &str) -> bool {
    let cells: Vec<&str> = line.split(habits.delimiter()).take(habits.columns() + 1).collect();
    let is_cut_alike = cells.len() > 1 && cells.len() + 1 >= habits.columns();
    is_cut_alike && cells.iter().any(|cell| habits.fits(Sort::Phone, cell))
}
