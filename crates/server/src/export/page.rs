//! Some lines of a table, their cells one behind the other in one text.
//!
//! A cell costs no memory of its own, so that a page of thousands of lines is made at the pace at which its rows are read.
//! What becomes of the lines is `csv_lines`' and `workbook`'s business.

use std::fmt::{Display, Write};
use std::ops::Range;

/// Lines of cells.
#[derive(Debug, Default)]
pub struct Page {
    text: String,
    /// Where each cell ends in the text.
    cell_ends: Vec<usize>,
    /// How many cells there are at the end of each line.
    line_ends: Vec<usize>,
}

impl Page {
    /// Adds a cell to the line that is being written.
    pub fn cell(&mut self, text: &str) {
        self.text.push_str(text);
        self.cell_ends.push(self.text.len());
    }

    /// Adds a cell with a value as it is displayed; without one it is empty.
    pub fn value(&mut self, value: Option<impl Display>) {
        if let Some(value) = value {
            write!(self.text, "{value}").expect("memory takes every text");
        }
        self.cell_ends.push(self.text.len());
    }

    /// Adds so many empty cells.
    pub fn empty(&mut self, cells: usize) {
        self.cell_ends.resize(self.cell_ends.len() + cells, self.text.len());
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.line_ends.push(self.cell_ends.len());
    }

    /// Takes the last whole line back, as if it had not been written.
    pub fn take_back_line(&mut self) {
        self.line_ends.pop();
        self.cell_ends.truncate(self.line_ends.last().copied().unwrap_or_default());
        self.text.truncate(self.cell_ends.last().copied().unwrap_or_default());
    }

    /// The lines, each with its cells.
    pub fn lines(&self) -> impl Iterator<Item = impl Iterator<Item = &str>> {
        (0..self.line_ends.len()).map(move |line| {
            let first = if line == 0 { 0 } else { self.line_ends[line - 1] };
            (first..self.line_ends[line]).map(move |cell| &self.text[self.span(cell)])
        })
    }

    fn span(&self, cell: usize) -> Range<usize> {
        let from = if cell == 0 { 0 } else { self.cell_ends[cell - 1] };
        from..self.cell_ends[cell]
    }

    /// Bytes of all cells.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.text.len()
    }
}

/// Lines that are there as texts of their own.
impl<C: AsRef<str>> FromIterator<Vec<C>> for Page {
    fn from_iter<L: IntoIterator<Item = Vec<C>>>(lines: L) -> Self {
        let mut page = Self::default();
        for line in lines {
            line.iter().for_each(|cell| page.cell(cell.as_ref()));
            page.end_line();
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(page: &Page) -> Vec<Vec<&str>> {
        page.lines().map(Iterator::collect).collect()
    }

    #[test]
    fn cells_come_back_as_they_were_written_the_empty_ones_too() {
        let mut page = Page::default();
        page.cell("Zoë");
        page.value(Some(7));
        page.value(None::<u8>);
        page.empty(2);
        page.end_line();
        page.end_line();
        page.cell("");
        page.end_line();
        assert_eq!(lines(&page), [vec!["Zoë", "7", "", "", ""], vec![], vec![""]]);
        assert_eq!(page.bytes(), 5);
    }

    #[test]
    fn a_line_that_is_taken_back_leaves_nothing_behind() {
        let mut page: Page = [vec!["a", "b"]].into_iter().collect();
        page.cell("c");
        page.end_line();
        page.take_back_line();
        page.cell("d");
        page.end_line();
        assert_eq!(lines(&page), [vec!["a", "b"], vec!["d"]]);
        page.take_back_line();
        page.take_back_line();
        assert_eq!((lines(&page), page.bytes()), (vec![], 0));
    }
}
