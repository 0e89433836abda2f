//! The program: reads its words and does what they say.

use std::process::ExitCode;

use carillon::cli::Words;
use clap::Parser as _;

fn main() -> ExitCode {
    Words::parse().obey()
}
