//! The command line: what operators type, and what they are told.
//!
//! Each command is a file; this one reads the words and says failures in words. Settings come from flags,
//! `CARILLON_*` variables and a TOML file alike (see [`crate::config`]).

mod check;
mod demo;
mod operator;
mod organization;
mod serve;
mod simulate;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Given};

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
            Command::Demo(arguments) => demo::run(self.given, arguments),
            Command::Simulate(arguments) => simulate::run(self.given.listen(), arguments),
            Command::Migrate => serve::migrate(load(self.given)?),
            Command::Check => check::run(load(self.given)),
            Command::Organization(words) => organization::run(&load(self.given)?, words),
            Command::User(words) => user::run(&load(self.given)?, words),
            Command::Token(words) => token::run(&load(self.given)?, words),
        }
    }
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
