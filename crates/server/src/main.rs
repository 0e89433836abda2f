//! The program: reads its words and does what they say.
//!
//! Nothing is decided or wired here. The commands are in `cli`, one file each; how a server is put together is in
//! `app`; everything else is a library, so that tests can start it, too.

use std::process::ExitCode;

use carillon::cli::Words;
use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Words::parse().obey()
}
