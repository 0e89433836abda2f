//! The child process that reads one workbook: it lays limits on itself, reads its standard input, writes a list to its
//! standard output, and says a line on its standard error.
//!
//! No configuration, no database, no network, no other file. What goes wrong here ends this process alone; the parent
//! kills it when it takes too long.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;
use std::panic::AssertUnwindSafe;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::sheets::{Refusal, convert};
use super::{SHEET_VARIABLE, SheetRead, Verdict};

/// Bytes of address space, this program's own included.
const MEMORY_BYTES_MAX: u64 = 256 * 1_024 * 1_024;
/// Seconds of computing.
const CPU_S_MAX: u64 = 20;
/// Open files: standard input, output and error, and a few for the system's library.
const FILES_MAX: u64 = 16;
/// Bytes of the list; a few strings that many cells share are many bytes.
pub(super) const LIST_BYTES_MAX: u64 = 200 * 1_024 * 1_024;

/// Turns the workbook on standard input into a list.
///
/// # Errors
/// When the limits cannot be laid, or nobody listens.
pub fn run() -> anyhow::Result<()> {
    limit()?;
    // A bug of a parser is a damaged workbook to the person who brought it; nobody reads where it was.
    std::panic::set_hook(Box::new(|_| {}));
    let workbook = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let list = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    let sheet = std::env::var(SHEET_VARIABLE).ok();
    let converted = std::panic::catch_unwind(AssertUnwindSafe(|| convert(workbook, list, sheet.as_deref())));
    let verdict = verdict(converted.unwrap_or(Err(Refusal::Damaged)));
    let mut said = std::io::stderr().lock();
    serde_json::to_writer(&mut said, &verdict)?;
    Ok(said.flush()?)
}

fn verdict(converted: Result<SheetRead, Refusal>) -> Verdict {
    match converted {
        Ok(read) => Verdict::Read(read),
        Err(refusal @ Refusal::NoSuchSheet(_)) => Verdict::NoSuchSheet(refusal.to_string()),
        Err(refusal) => Verdict::Refused(refusal.to_string()),
    }
}

fn limit() -> std::io::Result<()> {
    let limits = [
        (Resource::As, MEMORY_BYTES_MAX),
        (Resource::Cpu, CPU_S_MAX),
        (Resource::Nofile, FILES_MAX),
        // Beyond what is counted in `sheets`, should the counting be wrong.
        (Resource::Fsize, LIST_BYTES_MAX + LIST_BYTES_MAX / 8),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
