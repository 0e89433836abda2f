//! What a file is, by its first bytes: names lie.
//!
//! Only files that people bring by mistake are named; whether the rest is a text is seen while decoding it.

use std::fs::File;
use std::io::Seek;

use super::ListError;
use super::encoding::fill;

/// So many bytes tell everything below.
pub(super) const BYTES_NEEDED: usize = 512;

const BEGINNINGS: &[(&[u8], &str)] = &[
    (
        b"PK\x03\x04",
        "this is an Excel workbook (.xlsx) or another zip file, where a text is wanted: save the sheet as CSV",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "this is an old Excel workbook (.xls) or another Office file: save it as .xlsx or CSV",
    ),
    (b"%PDF", "this is a PDF document: a CSV file is wanted"),
    (b"{\\rtf", "this is a text document (RTF): a CSV file is wanted"),
    (b"\x1f\x8b", "this is a compressed file (gzip): unpack it first"),
    (b"\x7fELF", "this is a program: a CSV file is wanted"),
    (b"MZ", "this is a program: a CSV file is wanted"),
    (b"\x89PNG", "this is a picture: a CSV file is wanted"),
    (b"\xff\xd8\xff", "this is a picture: a CSV file is wanted"),
    (b"ID3", "this is a recording: a CSV file is wanted"),
    (b"RIFF", "this is a recording: a CSV file is wanted"),
];
const PASSWORD: &str = "the workbook is protected with a password: save it without one, or save the sheet as CSV";
const MARKUP: &str = "this is an HTML or XML page, perhaps a log-in page saved as CSV: save the list itself";

/// How a workbook (.xlsx) begins, as any zip file does.
const ZIP: &[u8] = b"PK\x03\x04";
/// How an Office file begins that is no zip file: an old one, or one with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The stream in which Office keeps what a password protects.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";
/// Bytes of a file looked at in one go.
const BLOCK_BYTES: usize = 64 * 1_024;

/// Whether a file, by its beginning, is a workbook for [`crate::workbooks`] to read.
///
/// # Errors
/// When the disk fails.
pub fn is_workbook(file: &mut File) -> std::io::Result<bool> {
    let mut beginning = [0; ZIP.len()];
    let length = fill(file, &mut beginning)?;
    file.rewind()?;
    Ok(beginning[..length] == *ZIP)
}

/// Refuses a workbook with a password by that name; everything else is told by [`check`].
pub(super) fn check_password(file: &mut File, beginning: &[u8]) -> Result<(), ListError> {
    if !beginning.starts_with(COMPOUND) {
        return Ok(());
    }
    let wanted: Vec<u8> = ENCRYPTED_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    file.rewind()?;
    let mut block = vec![0; wanted.len() + BLOCK_BYTES];
    let mut kept = 0;
    loop {
        let length = kept + fill(file, &mut block[kept..])?;
        if block[..length].windows(wanted.len()).any(|bytes| bytes == wanted) {
            return Err(ListError::NotAList(PASSWORD));
        }
        if length < block.len() {
            return Ok(());
        }
        // The name may stand across two blocks.
        block.copy_within(length - wanted.len().., 0);
        kept = wanted.len();
    }
}

/// Refuses what is surely no list.
pub(super) fn check(beginning: &[u8]) -> Result<(), ListError> {
    if let Some((_, what)) = BEGINNINGS.iter().find(|(bytes, _)| is_it(beginning, bytes)) {
        return Err(ListError::NotAList(what));
    }
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    if text.trim_ascii_start().first() == Some(&b'<') {
        return Err(ListError::NotAList(MARKUP));
    }
    Ok(())
}

/// `MZ`, `ID3` and `RIFF` could begin a header in letters; a program or a recording goes on with something else.
fn is_it(beginning: &[u8], bytes: &[u8]) -> bool {
    let rest = beginning.strip_prefix(bytes);
    let is_word = bytes.iter().all(u8::is_ascii_alphanumeric);
    rest.is_some_and(|rest| !is_word || rest.iter().take(16).any(|byte| *byte == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_brought_by_mistake_are_named() {
        for (bytes, word) in [
            (&b"PK\x03\x04\x14\0"[..], ".xlsx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
            (b"  \r\n<!DOCTYPE html>", "HTML"),
            (b"\xef\xbb\xbf<html>", "HTML"),
            (b"%PDF-1.7", "PDF"),
            (b"RIFF\x24\0\0\0WAVE", "recording"),
            (b"MZ\x90\0\x03", "program"),
        ] {
            let error = check(bytes).expect_err("not a list").to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn texts_pass_whatever_their_header_begins_with() {
        for text in ["Name,Phone\n", "MZ,Phone\n", "ID3,Phone\nAnn,1", "RIFF;x", ""] {
            assert!(check(text.as_bytes()).is_ok(), "{text}");
        }
    }
}
