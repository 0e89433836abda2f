//! Benchmarks that print ratios against limits measured in the same run.
//!
//! [`race`] sets Carillon beside the ceiling (`bare`) and the dialer people would assemble instead (`graphile`);
//! [`serving`], [`pacing`], [`history`], [`import`], [`results`] and [`search`] measure the server on long lists. A measured
//! program is a process of its own, calling the simulated carrier. Absolute figures belong to one machine: trust ratios,
//! and read the load.

mod bare;
mod book;
mod bulk;
mod carrier;
mod clock;
mod contest;
mod disk;
mod everything;
mod figure;
mod history;
mod home;
mod http;
mod import;
mod ours;
mod pacing;
mod people;
mod postgres;
mod process;
mod race;
mod results;
mod rows;
mod search;
mod server;
mod serving;
mod usage;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use contest::Contestant;
use figure::Figure;

/// As the server has it, for everybody who is measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Benchmarks, against the simulated carrier on this machine")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every figure, as a table and in bench/results/latest.json
    All(everything::Options),
    /// Calls a second and CPU of Carillon, the bare loop and the peer, in rounds
    Race(race::Options),
    /// Memory, first calls and webhook answers of a server with a long list
    Serving(serving::Options),
    /// Calls a second and at once by the carrier's clock
    Pacing(pacing::Options),
    /// Claims and start-up in a database with a long history
    History(history::Options),
    /// Rows a second of a long import, beside the bare import
    Import(import::Options),
    /// Results of a long run as a file: lines a second, and memory
    Results(results::Options),
    /// First pages of searches and filters in a long contact book
    Search(search::Options),
    /// One contest of the ceiling: claim, request, webhooks and group commit, without any rules
    Bare(contest::Options),
    /// One of graphile-worker, PostgreSQL, Fastify and the vendor's SDK (needs Node 20 and PostgreSQL)
    Graphile(contest::Options),
    /// One of Carillon itself on SQLite
    Carillon(contest::Options),
    /// One of Carillon itself on PostgreSQL
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
    /// `carillon serve` as a process of its own; started by what measures a server
    #[command(hide = true)]
    Serve,
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    if let Command::Serve = command {
        return server::serve();
    }
    match obey(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("carillon-bench: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "news for who waits at the terminal")]
pub fn say(words: &str) {
    eprintln!("{words}");
}

#[tokio::main]
async fn obey(command: Command) -> Result<()> {
    match command {
        Command::All(options) => return everything::run(&options).await,
        Command::Race(options) => show(&race::run(&options)?),
        Command::Serving(options) => show(&serving::run(&options).await?),
        Command::Pacing(options) => show(&pacing::run(&options).await?),
        Command::History(options) => show(&history::run(&options).await?),
        Command::Import(options) => show(&import::run(&options).await?),
        Command::Results(options) => show(&results::run(&options).await?),
        Command::Search(options) => show(&search::run(&options).await?),
        Command::Bare(options) => contest::run(&options, Contestant::Bare)?,
        Command::Graphile(options) => contest::run(&options, Contestant::Graphile)?,
        Command::Carillon(options) => contest::run(&options, Contestant::Carillon)?,
        Command::CarillonPostgres(options) => contest::run(&options, Contestant::CarillonPostgres)?,
        Command::CarillonDialer => ours::run(&contest::Job::from_env()?).await?,
        Command::BareDialer => bare::run(&contest::Job::from_env()?).await?,
        Command::Carrier => carrier::run().await?,
        Command::Serve => {}
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the answer of a command")]
fn show(figures: &[Figure]) {
    println!("{}\nload average: {}", figure::table(figures), usage::load_average());
}
