//! How the bytes of a text become characters: by its mark, else UTF-8 when every byte fits, else by a guess.
//!
//! The guess is made over the whole file and shown to the person. A NUL says that it is no text at all, unless a mark
//! says UTF-16.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use serde::{Deserialize, Serialize};

use super::ListError;

/// Bytes looked at in one go.
const BLOCK_BYTES: usize = 64 * 1_024;
const MARKS: [(&[u8], &Encoding); 3] = [(b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)];

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
        let mut length = fill(&mut file, &mut block)?;
        if let Some((_, encoding)) = MARKS.iter().find(|(mark, _)| block[..length].starts_with(mark))
            && *encoding != UTF_8
        {
            return Ok(Self(encoding.name().to_owned()));
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let mut utf8 = Utf8Check::default();
        while length > 0 {
            let bytes = &block[..length];
            if bytes.contains(&0) {
                return Err(ListError::NotAList("this is not a CSV file: it holds NUL characters"));
            }
            utf8.feed(bytes);
            detector.feed(bytes, false);
            length = fill(&mut file, &mut block)?;
        }
        detector.feed(&[], true);
        let guess = if utf8.holds() { UTF_8 } else { detector.guess(None, Utf8Detection::Deny) };
        Ok(Self(guess.name().to_owned()))
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
