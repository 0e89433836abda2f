//! The rows of a decoded text, read block by block.
//!
//! Only a block and the row that is being cut are in memory. Where a row ends is the domain's
//! [`Cutter`]'s business; what the bytes of the file mean is `encoding`'s.

use std::io::Read;
use std::ops::Range;

use carillon_domain::import::{Cutter, Row};

use super::ListError;

/// Bytes read in one go.
const BLOCK_BYTES: usize = 64 * 1_024;

/// Rows one after the other.
pub struct Rows<R: Read> {
    text: R,
    block: Vec<u8>,
    /// What of the block is not yet cut.
    left: Range<usize>,
    cutter: Cutter,
}

impl<R: Read> Rows<R> {
    /// Reads a text that is cut by `delimiter`.
    pub(super) fn new(text: R, delimiter: char) -> Self {
        Self { text, block: vec![0; BLOCK_BYTES], left: 0..0, cutter: Cutter::new(delimiter) }
    }

    /// The next row that has something in a cell; `None` at the end.
    ///
    /// # Errors
    /// When a quotation mark is not closed, or the disk fails.
    pub fn next_row(&mut self) -> Result<Option<Row>, ListError> {
        loop {
            if self.left.is_empty() {
                self.left = 0..self.text.read(&mut self.block)?;
            }
            if self.left.is_empty() {
                return Ok(self.cutter.finish()?);
            }
            let (eaten, row) = self.cutter.eat(&self.block[self.left.clone()])?;
            self.left.start += eaten;
            if row.is_some() {
                return Ok(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_on_from_block_to_block() {
        let text: String = (0..10_000).map(|n| format!("{n},\"Ann\n{n}\"\n")).collect();
        assert!(text.len() > 2 * BLOCK_BYTES);
        let mut rows = Rows::new(text.as_bytes(), ',');
        for n in 0..10_000 {
            let row = rows.next_row().expect("text").expect("a row");
            assert_eq!((row.line, row.cells), (2 * n + 1, vec![n.to_string(), format!("Ann\n{n}")]));
        }
        assert_eq!(rows.next_row().expect("the end"), None);
    }
}
