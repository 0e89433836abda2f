//! The words of statements as SQLite takes them: rewritten once a statement, and remembered.
//!
//! SQLite takes `$n` for a *name* and numbers names by first appearance, so `$3` becomes `?3`. Inserts of many rows get a
//! text that names them all.

use std::collections::HashMap;

/// Rows that one statement writes on SQLite: its cursors stay where the last row went, which is where the next one goes.
/// No more, so that the pages that it could undo have a place in memory (`.cargo/config.toml` says how much that is).
pub(super) const ROWS_PER_INSERT: usize = 16;

/// An insert of many rows that leaves some out. The first column is a new id.
#[derive(Debug, Clone, Copy)]
pub struct InsertMany {
    /// Up to `VALUES`.
    pub into: &'static str,
    /// Which rows are left out: `ON CONFLICT … DO NOTHING`.
    pub except: &'static str,
    /// The whole statement over arrays, which returns the ids that were written.
    pub postgres: &'static str,
    /// Asks whether the row of an id is there.
    pub is_there: &'static str,
}

/// Texts rewritten for SQLite, by the address of the constant.
#[derive(Default)]
pub(super) struct Texts {
    numbered: HashMap<usize, String>,
    /// Inserts of [`ROWS_PER_INSERT`] rows and of one.
    inserts: HashMap<usize, [String; 2]>,
}

impl Texts {
    pub(super) fn of(&mut self, text: &'static str) -> &str {
        self.numbered.entry(address(text)).or_insert_with(|| number_parameters(text))
    }

    /// Of so many columns.
    pub(super) fn of_insert(&mut self, insert: &InsertMany, width: usize) -> &[String; 2] {
        self.inserts.entry(address(insert.into)).or_insert_with(|| {
            let row = format!("({})", vec!["?"; width].join(", "));
            [ROWS_PER_INSERT, 1]
                .map(|rows| format!("{} VALUES {} {}", insert.into, vec![row.as_str(); rows].join(", "), insert.except))
        })
    }
}

fn address(text: &'static str) -> usize {
    text.as_ptr() as usize ^ text.len().rotate_left(48)
}

/// `$3` becomes `?3`.
fn number_parameters(text: &str) -> String {
    text.replace('$', "?")
}
