//! A first look at a workbook as the zip file that it is, before anything believes what is in it.
//!
//! What it promises to unpack to must be bearable, and every part that is read later must be just as long as promised:
//! a small file that unpacks to hundreds of megabytes is found here, whether it says so or lies.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use super::sheets::Refusal;

/// Parts of a workbook.
const PARTS_MAX: usize = 10_000;
/// Bytes of all parts, unpacked.
const UNPACKED_BYTES_MAX: u64 = 400 * 1_024 * 1_024;
/// The ends of the names of parts that are read.
const READ_PARTS: [&str; 2] = [".xml", ".rels"];

/// Refuses what is no workbook, or one that would not end.
pub(super) fn check(file: &mut File) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(BufReader::new(&mut *file)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(Refusal::TooLarge);
    }
    check_kind(&archive)?;
    let mut left = UNPACKED_BYTES_MAX;
    for at in 0..archive.len() {
        let promised = archive.by_index_raw(at).map_err(|_| Refusal::Damaged)?.size();
        left = left.checked_sub(promised).ok_or(Refusal::TooLarge)?;
    }
    for at in 0..archive.len() {
        check_part(&mut archive, at)?;
    }
    drop(archive);
    file.rewind().map_err(|_| Refusal::Damaged)
}

fn check_kind(archive: &ZipArchive<BufReader<&mut File>>) -> Result<(), Refusal> {
    let has = |wanted: &[u8]| archive.file_names_raw().any(|name| name == wanted);
    let has_below = |folder: &[u8]| archive.file_names_raw().any(|name| name.starts_with(folder));
    match () {
        () if has(b"xl/workbook.bin") => Err(Refusal::Binary),
        () if has(b"content.xml") && has(b"mimetype") => Err(Refusal::OpenDocument),
        () if has_below(b"word/") || has_below(b"ppt/") => Err(Refusal::OtherOffice),
        () if !has(b"[Content_Types].xml") => Err(Refusal::OtherZip),
        () => Ok(()),
    }
}

/// Unpacks a part and forgets it; damage shows here, too.
fn check_part(archive: &mut ZipArchive<BufReader<&mut File>>, at: usize) -> Result<(), Refusal> {
    let part = archive.by_index(at).map_err(|_| Refusal::Damaged)?;
    let name = part.name_raw().to_ascii_lowercase();
    if !READ_PARTS.iter().any(|end| name.ends_with(end.as_bytes())) {
        return Ok(());
    }
    let promised = part.size();
    let unpacked = std::io::copy(&mut part.take(promised + 1), &mut std::io::sink()).map_err(|_| Refusal::Damaged)?;
    if unpacked == promised { Ok(()) } else { Err(Refusal::Damaged) }
}
