//! The encoding of a file, found by reading all of it, and the file's characters.
//!
//! What the bytes say is the domain's [`EncodingGuess`]; how characters become rows is `records`' business.

use std::io::Read;

use carillon_domain::import::EncodingGuess;
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use serde::{Deserialize, Serialize};

use super::ListError;

/// Bytes looked at in one go.
const BLOCK_BYTES: usize = 64 * 1_024;

/// An encoding by its name, for example `windows-1252`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ListEncoding(String);

impl ListEncoding {
    /// The encoding of a file that is at its beginning. Reads all of it.
    ///
    /// # Errors
    /// When it is no text, or the disk fails.
    pub fn detect(mut file: impl Read) -> Result<Self, ListError> {
        let mut block = vec![0; BLOCK_BYTES];
        let mut guess = EncodingGuess::default();
        loop {
            let length = fill(&mut file, &mut block)?;
            guess.feed(&block[..length])?;
            if length == 0 || guess.is_certain() {
                return Ok(Self(guess.finish().to_owned()));
            }
        }
    }

    /// Of what we wrote ourselves.
    pub(super) fn utf8() -> Self {
        Self(UTF_8.name().to_owned())
    }

    /// The name as pages show it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// A file's characters as UTF-8, without its mark. What is no character becomes U+FFFD.
    pub(super) fn decode<R: Read>(&self, file: R) -> DecodeReaderBytes<R, Vec<u8>> {
        let encoding = Encoding::for_label(self.0.as_bytes()).unwrap_or(UTF_8);
        DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).strip_bom(true).build(file)
    }
}

/// Reads until the buffer is full or the file ends.
pub(super) fn fill(file: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(n) => length += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, String) {
        let encoding = ListEncoding::detect(bytes).expect("a text");
        let mut text = String::new();
        encoding.decode(bytes).read_to_string(&mut text).expect("characters");
        (encoding.name().to_owned(), text)
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn each_encoding_is_told_and_its_mark_is_no_text() {
        let text = "Name;Ort\nZoë;Köln\nJosé;Málaga\n";
        assert_eq!(read(text.as_bytes()), ("UTF-8".to_owned(), text.to_owned()));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), ("UTF-8".to_owned(), text.to_owned()));
        let marked = format!("\u{feff}{text}");
        assert_eq!(read(&utf16(&marked, u16::to_le_bytes)), ("UTF-16LE".to_owned(), text.to_owned()));
        assert_eq!(read(&utf16(&marked, u16::to_be_bytes)), ("UTF-16BE".to_owned(), text.to_owned()));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(read(&latin), ("windows-1252".to_owned(), text.to_owned()));
        assert_eq!(read(b""), ("UTF-8".to_owned(), String::new()));
    }

    #[test]
    fn a_character_cut_between_two_blocks_is_still_utf8() {
        for shift in 0..4 {
            let text = format!("{}{}", "x".repeat(BLOCK_BYTES - shift), "€ and 📞");
            assert_eq!(read(text.as_bytes()).0, "UTF-8", "{shift}");
        }
        assert_ne!(read(b"Zo\xc3").0, "UTF-8", "cut off for good");
    }

    #[test]
    fn a_nul_is_no_text() {
        let error = ListEncoding::detect(&b"Name,Phone\nAnn\0,1\n"[..]).expect_err("no text");
        assert!(error.to_string().contains("NUL"), "{error}");
    }
}
