//! The command line: what operators type, and what they are told.
//!
//! Each command is a file; this one reads the words and says failures in words. Settings come from flags,
//! `CARILLON_*` variables and a TOML file alike (see [`crate::config`]).

mod campaign;
mod check;
mod demo;
mod import;
mod openapi;
mod operator;
mod organization;
mod remote;
mod serve;
mod simulate;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::config::{Config, Given};
use crate::{audio, workbooks};

/// Outbound voice campaigns.
#[derive(Debug, Parser)]
#[command(name = "carillon", version, about)]
pub struct Words {
    #[command(subcommand)]
    command: Command,
    /// A TOML file with the same settings as these flags
    #[arg(long, global = true, env = "CARILLON_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    given: Given,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, dial, and listen to the carrier
    Serve,
    /// Serve with the simulated carrier, sample contacts and a campaign under way
    Demo(demo::Arguments),
    /// Run the simulated carrier by itself
    Simulate(simulate::Arguments),
    /// Bring the database up to date
    Migrate,
    /// Look at configuration, database, carrier and webhooks; say what is wrong and how to mend it
    Check,
    /// Organizations of this installation
    #[command(subcommand)]
    Organization(organization::Words),
    /// People who log in
    #[command(subcommand)]
    User(user::Words),
    /// API tokens
    #[command(subcommand)]
    Token(token::Words),
    /// Campaigns of a running server: as files, started, stopped, watched
    #[command(subcommand)]
    Campaign(campaign::Words),
    /// Bring a list of contacts into a running server
    Import(import::Arguments),
    /// Print the description of the API, as the server has it at /api/openapi.json
    Openapi,
    /// Listen to the recording on standard input (what the server starts for each one)
    #[command(name = audio::CHILD_COMMAND, hide = true)]
    DecodeAudio,
    /// Read the workbook on standard input (what the server starts for each one)
    #[command(name = workbooks::CHILD_COMMAND, hide = true)]
    ReadWorkbook,
}

impl Words {
    /// Does what was asked.
    #[must_use]
    #[allow(clippy::print_stderr, reason = "failures are said where they were asked for")]
    pub fn obey(self) -> ExitCode {
        match self.run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("carillon: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    fn run(self) -> anyhow::Result<()> {
        let load = |given| Config::load(given, self.config.as_deref());
        match self.command {
            Command::Serve => serve::run(load(self.given)?),
            Command::Demo(arguments) => demo::run(self.given, &arguments),
            Command::Simulate(arguments) => simulate::run(self.given.listen(), arguments),
            Command::Migrate => serve::migrate(&load(self.given)?),
            Command::Check => check::run(load(self.given)),
            Command::Organization(words) => organization::run(&load(self.given)?, words),
            Command::User(words) => user::run(&load(self.given)?, words),
            Command::Token(words) => token::run(&load(self.given)?, words),
            Command::Campaign(words) => campaign::run(words),
            Command::Import(arguments) => import::run(arguments),
            Command::Openapi => openapi::run(),
            Command::DecodeAudio => audio::child::run(),
            Command::ReadWorkbook => workbooks::child::run(),
        }
    }
}

/// The names of the variables that are set.
fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

/// When all else has ended, a thread that reads a file or a disk that hangs is waited for so long.
const THREADS_END_WITHIN: Duration = Duration::from_secs(5);

/// Runs a command that serves to its end, whatever a thread of it still waits for.
fn run_to_end<T>(work: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = runtime()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(THREADS_END_WITHIN);
    Ok(done)
}

/// A runtime for the commands that serve.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Resolves on Ctrl-C or when the system asks the program to end.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let ended = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = ended => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
