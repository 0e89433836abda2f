//! The child process that decodes one recording: it lays limits on itself, reads its standard input, and says a line.
//!
//! No configuration, no database, no network, no other file. What goes wrong here ends this process alone; the parent
//! kills it when it takes too long.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::Verdict;
use super::measure::measure;

/// Bytes of address space, this program's own included.
const MEMORY_BYTES_MAX: u64 = 256 * 1_024 * 1_024;
/// Seconds of computing.
const CPU_S_MAX: u64 = 15;
/// Open files: standard input, output and error, and a few for the system's library.
const FILES_MAX: u64 = 16;

/// Decodes the file on standard input and says what was heard.
///
/// # Errors
/// When the limits cannot be laid, or nobody listens.
pub fn run() -> anyhow::Result<()> {
    limit()?;
    let file = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let verdict = measure(file).map_or_else(|words| Verdict::Refused(words.to_string()), Verdict::Measured);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &verdict)?;
    Ok(out.flush()?)
}

fn limit() -> std::io::Result<()> {
    let limits = [
        (Resource::As, MEMORY_BYTES_MAX),
        (Resource::Cpu, CPU_S_MAX),
        (Resource::Nofile, FILES_MAX),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
