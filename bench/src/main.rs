//! Benchmarks of the call loop: the ceiling (`bare`) and the dialer people would assemble instead (`graphile`).
//!
//! A contestant is a process of its own that calls a list once against the simulated carrier, which is another
//! process. It is measured from outside ([`contest`]): calls a second from the first request to the last webhook
//! answered, CPU of its process tree with its database, and memory. Absolute figures belong to one machine; compare
//! contestants of one run only.

mod bare;
mod carrier;
mod clock;
mod contest;
mod ours;
mod postgres;
mod rows;
mod usage;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Benchmarks of the call loop, against the simulated carrier on this machine")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The ceiling: claim, request, webhooks and group commit, without any rules
    Bare(contest::Options),
    /// graphile-worker, PostgreSQL, Fastify and the vendor's SDK (needs Node 20 and PostgreSQL)
    Graphile(contest::Options),
    /// Carillon itself on SQLite
    Carillon(contest::Options),
    /// Carillon itself on PostgreSQL
    CarillonPostgres(contest::Options),
    /// The dialer of `bare` as a process of its own; started by it
    #[command(hide = true)]
    BareDialer,
    /// Carillon as a process of its own; started by `carillon`
    #[command(hide = true)]
    CarillonDialer,
    /// The simulated carrier as a process of its own; started by every contest
    #[command(hide = true)]
    Carrier,
}

#[tokio::main]
async fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Bare(options) => contest::run(&options, contest::Contestant::Bare),
        Command::Graphile(options) => contest::run(&options, contest::Contestant::Graphile),
        Command::Carillon(options) => contest::run(&options, contest::Contestant::Carillon),
        Command::CarillonPostgres(options) => contest::run(&options, contest::Contestant::CarillonPostgres),
        Command::CarillonDialer => ours::run(&contest::Job::from_env()?).await,
        Command::BareDialer => bare::run(&contest::Job::from_env()?).await,
        Command::Carrier => carrier::run().await,
    }
}
