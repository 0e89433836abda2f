//! `carillon demo`.
//!
//! Reads its flags and starts logging; everything that is shown and simulated is [`crate::demo`]'s. Settings of a
//! database or a carrier are not obeyed: the demo brings its own.

use super::{run_to_end, told_to_stop};
use crate::config::{Given, LogFormat};
use crate::{demo, telemetry};

/// The demo's own flags.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// End with the campaign instead of serving on
    #[arg(long)]
    exit_when_done: bool,
    /// How many people are called [default: 300]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    contacts: Option<u32>,
}

/// Runs the demo. Only warnings are logged unless more is asked for, since the terminal shows the campaign.
pub(super) fn run(given: Given, arguments: &Arguments) -> anyhow::Result<()> {
    telemetry::start_logging(given.log_filter().unwrap_or("warn"), LogFormat::Text)?;
    let options =
        demo::Options { exit_when_done: arguments.exit_when_done, contacts: arguments.contacts.map(|n| n as usize) };
    run_to_end(demo::run(given, options, told_to_stop()))??;
    Ok(())
}
