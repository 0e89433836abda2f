//! Cells that stand under their neighbors' names.
//!
//! A delimiter inside a text that nobody quoted moves everything behind it to the right; a cell left out moves it to
//! the left. The columns with habits tell by how much. Putting a text together again is certain when it can only be one
//! column's; what else was meant, a person decides.

use super::habits::Sort;
use super::{Damage, Habits, Repair};
use crate::import::RowReader;

/// Rows that are shifted further are not understood.
const SHIFT_MAX: usize = 3;

/// A row put right.
pub(super) struct Shift {
    /// The first column that was found under another's name.
    pub at: usize,
    pub row: Vec<String>,
    pub repair: Repair,
}

/// How the row was shifted; `None` when it was not, or when putting it right would not make it readable.
pub(super) fn find(reader: &RowReader, habits: &Habits, row: &[String]) -> Option<Shift> {
    let strong: Vec<(usize, Sort)> = habits.strong().collect();
    let misfits = |(at, sort): &(usize, Sort)| {
        let cell = row.get(*at).map_or("", |cell| cell.trim());
        let is_left_out = cell.is_empty() && *at != reader.phone_column();
        !is_left_out && !habits.fits(*sort, cell)
    };
    let first = strong.iter().position(misfits)?;
    let found = (1..=SHIFT_MAX).find_map(|by| to_the_right(habits, row, &strong, (first, by)));
    let found = found.or_else(|| (1..=SHIFT_MAX).find_map(|by| to_the_left(habits, row, &strong, (first, by))));
    found.filter(|shift| reader.row_to_contact(&shift.row).is_ok())
}

/// Whether the columns with habits from the `first` on find what they are used to at another place.
fn all_fit(habits: &Habits, strong: &[(usize, Sort)], cell_of: impl Fn(usize) -> Option<String>) -> bool {
    let fits = |(at, sort): &(usize, Sort)| cell_of(*at).is_some_and(|cell| habits.fits(*sort, &cell));
    let fits_or_empty =
        |strong: &(usize, Sort)| cell_of(strong.0).is_none_or(|cell| cell.trim().is_empty()) || fits(strong);
    strong.first().is_some_and(fits) && strong.iter().skip(1).all(fits_or_empty)
}

/// More cells than columns: some text before the first misfit was cut in pieces.
fn to_the_right(habits: &Habits, row: &[String], strong: &[(usize, Sort)], shift: (usize, usize)) -> Option<Shift> {
    let (first, by) = shift;
    let moved = &strong[first..];
    if row.len() != habits.columns() + by || !all_fit(habits, moved, |at| row.get(at + by).cloned()) {
        return None;
    }
    let texts_from = first.checked_sub(1).map_or(0, |before| strong[before].0 + 1);
    let texts: Vec<usize> = (texts_from..moved[0].0).collect();
    // A comma that belongs to a text has a space behind it, as in "Lee, Ann".
    let is_spaced = |at: &usize| row[*at + 1..=*at + by].iter().all(|piece| piece.starts_with(' '));
    let at = texts.iter().copied().find(is_spaced).or_else(|| texts.first().copied())?;
    let delimiter = habits.delimiter().to_string();
    let text = row[at..=at + by].join(&delimiter);
    let mut mended = row.to_vec();
    mended.splice(at..=at + by, [text.clone()]);
    let is_certain = texts.len() == 1 && (is_spaced(&at) || moved.len() > 1);
    let reason = format!("the row has {by} cell(s) too many: a text with \"{delimiter}\" in it was not quoted");
    let repair = if is_certain { Repair::certain } else { Repair::likely }(Damage::ShiftedColumns, text, reason);
    Some(Shift { at, row: mended, repair })
}

/// Cells to the left of their place: some before the first misfit are missing.
fn to_the_left(habits: &Habits, row: &[String], strong: &[(usize, Sort)], shift: (usize, usize)) -> Option<Shift> {
    let (first, by) = shift;
    let moved = &strong[first..];
    let at = moved[0].0.checked_sub(by)?;
    let last = row.get(row.len().checked_sub(by)?..)?;
    let has_room = row.len() + by <= habits.columns() || last.iter().all(|cell| cell.trim().is_empty());
    let overlaps = first.checked_sub(1).is_some_and(|before| strong[before].0 >= at);
    if !has_room || overlaps || !all_fit(habits, moved, |at| row.get(at - by).cloned()) {
        return None;
    }
    let mut mended = row.to_vec();
    mended.splice(at..at, vec![String::new(); by]);
    mended.truncate(habits.columns());
    let reason = format!("{by} cell(s) before this one are missing, so that it stands under another's name");
    let proposal = mended.join(&habits.delimiter().to_string());
    Some(Shift { at, row: mended, repair: Repair::likely(Damage::ShiftedColumns, proposal, reason) })
}
