//! How the bytes of a text become characters: by its mark, else UTF-8 when every byte fits, else by a guess.
//!
//! The guess is made over the whole text and shown to the person. A NUL says that it is no text at all, unless a mark
//! says UTF-16. Reading the bytes and decoding them is the server's business.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

const MARKS: [(&[u8], &Encoding); 3] = [(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)];

/// There are NUL characters in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a CSV file: it holds NUL characters")]
pub struct NotAText;

/// What is known of a text's encoding so far. Its first block holds its mark whole.
pub struct EncodingGuess {
    detector: EncodingDetector,
    utf8: Utf8Check,
    /// The encoding that the mark said; the rest then need not be looked at.
    marked: Option<&'static Encoding>,
    has_begun: bool,
}

impl Default for EncodingGuess {
    fn default() -> Self {
        let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        Self { detector, utf8: Utf8Check::default(), marked: None, has_begun: false }
    }
}

impl EncodingGuess {
    /// Looks at the next block.
    ///
    /// # Errors
    /// When it is no text.
    pub fn feed(&mut self, block: &[u8]) -> Result<(), NotAText> {
        if !std::mem::replace(&mut self.has_begun, true) {
            let mark = MARKS.iter().find(|(mark, _)| block.starts_with(mark));
            // What is marked as UTF-8 is looked at all the same: not every program tells the truth.
            self.marked = mark.map(|(_, encoding)| *encoding).filter(|encoding| *encoding != UTF_8);
        }
        if self.is_certain() {
            return Ok(());
        }
        if block.contains(&0) {
            return Err(NotAText);
        }
        self.utf8.feed(block);
        self.detector.feed(block, false);
        Ok(())
    }

    /// Whether the rest of the text makes no difference.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.marked.is_some()
    }

    /// The encoding's name, for example `windows-1252`, when the text has ended.
    #[must_use]
    pub fn finish(mut self) -> &'static str {
        self.detector.feed(&[], true);
        let guess = || self.detector.guess(None, Utf8Detection::Deny);
        let unmarked = || if self.utf8.holds() { UTF_8 } else { guess() };
        self.marked.unwrap_or_else(unmarked).name()
    }
}

/// Whether bytes that come in blocks are UTF-8.
#[derive(Default)]
struct Utf8Check {
    /// The beginning of a character that the last block cut.
    cut: Vec<u8>,
    is_broken: bool,
}

impl Utf8Check {
    fn feed(&mut self, block: &[u8]) {
        if self.is_broken {
            return;
        }
        let mut bytes = std::mem::take(&mut self.cut);
        bytes.extend_from_slice(block);
        if let Err(error) = std::str::from_utf8(&bytes) {
            self.is_broken = error.error_len().is_some();
            self.cut = bytes.split_off(error.valid_up_to());
        }
    }

    fn holds(&self) -> bool {
        !self.is_broken && self.cut.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guess(bytes: &[u8], block: usize) -> Result<&'static str, NotAText> {
        let mut guess = EncodingGuess::default();
        bytes.chunks(block).try_for_each(|block| guess.feed(block))?;
        Ok(guess.finish())
    }

    #[test]
    fn a_mark_is_believed_and_everything_else_is_looked_at() {
        assert_eq!(guess(b"\xff\xfea\0", 64), Ok("UTF-16LE"));
        assert_eq!(guess(b"\xfe\xff\0a", 64), Ok("UTF-16BE"));
        assert_eq!(guess(b"\xef\xbb\xbfZo\xc3\xab", 64), Ok("UTF-8"));
        assert_eq!(guess(b"Zo\xeb;K\xf6ln", 64), Ok("windows-1252"));
        assert_eq!(guess(b"", 64), Ok("UTF-8"));
        assert_eq!(guess(b"Ann\0", 64), Err(NotAText));
    }

    proptest! {
        /// Whatever is UTF-8 is read as such, wherever the blocks end.
        #[test]
        fn a_character_cut_between_two_blocks_is_still_utf8(text in "[aé€📞]{0,20}", block in 3_usize..9) {
            prop_assert_eq!(guess(text.as_bytes(), block), Ok("UTF-8"));
        }
    }
}
