//! Torture: the real server is killed, stopped and frozen while the carrier misbehaves, then both ledgers are compared.
//!
//! Each loop starts the simulated carrier in this process and `carillon serve` as child processes, and ends by
//! itself. The checker prints one line for each invariant; the status is 1 when one is broken. See `README.md`.

mod balancer;
mod calendar;
mod campaign;
mod checker;
mod cluster;
mod dice;
mod evidence;
mod faults;
mod kill;
mod lists;
mod mutants;
mod nodes;
mod scheduled;
mod server;
mod stop;
mod verdict;
mod world;

use std::process::ExitCode;

use anyhow::Result;
use carillon::store::Engine;
use clap::{Parser, Subcommand, ValueEnum};

#[derive(Parser)]
#[command(about = "Kill and stop loops, checked against the carrier's ledger")]
struct Words {
    #[command(subcommand)]
    command: Command,
    /// Everything that is left to chance follows from it
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Kill the server again and again in the middle of a campaign
    Kill {
        #[arg(long, default_value_t = 50)]
        kills: u32,
        #[arg(long, value_enum, default_value_t = Database::Sqlite)]
        database: Database,
    },
    /// Stop and pause many campaigns in the middle of a burst
    Stop {
        #[arg(long, default_value_t = 200)]
        stops: u32,
        #[arg(long, value_enum, default_value_t = Database::Sqlite)]
        database: Database,
    },
    /// Three nodes on one PostgreSQL, of which some stand still and one dies
    Nodes {
        #[arg(long, default_value_t = 400)]
        recipients: u32,
        #[arg(long, default_value_t = 1)]
        freezes: u32,
    },
    /// Kill the scheduler while runs are due; on PostgreSQL with two nodes
    Calendar {
        #[arg(long, default_value_t = 15)]
        kills: u32,
        #[arg(long, value_enum, default_value_t = Database::Sqlite)]
        database: Database,
    },
    /// Kill the server in the middle of an import
    Lists {
        #[arg(long, value_enum, default_value_t = Database::Sqlite)]
        database: Database,
    },
    /// Put known bugs back, one by one, into a copy of the tree: a test must catch each
    Mutants {
        /// Try this one alone
        #[arg(long)]
        only: Option<String>,
    },
    /// Fifty kills, two hundred stops, three nodes, the calendar, a list: within seven minutes
    Short,
    /// All of it, on both databases and with several seeds, and the mutants: about an hour
    Long,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

impl From<Database> for Engine {
    fn from(database: Database) -> Self {
        match database {
            Database::Sqlite => Self::Sqlite,
            Database::Postgres => Self::Postgres,
        }
    }
}

/// A database's name in reports.
const fn engine_word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let words = Words::parse();
    let seed = words.seed;
    let held = match words.command {
        Command::Kill { kills, database } => kill::run(&kill::Options { engine: database.into(), kills, seed }).await?,
        Command::Stop { stops, database } => stop::run(&stop::Options { engine: database.into(), stops, seed }).await?,
        Command::Nodes { recipients, freezes } => nodes::run(&nodes::Options { recipients, freezes, seed }).await?,
        Command::Calendar { kills, database } => {
            calendar::run(&calendar::Options { engine: database.into(), kills, seed }).await?
        }
        Command::Lists { database } => lists::run(&lists::Options { engine: database.into(), seed }).await?,
        Command::Mutants { only } => mutants::run(only.as_deref()).await?,
        Command::Short => short(seed).await?,
        Command::Long => long(seed).await?,
    };
    Ok(if held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every loop is run, even after one has failed.
async fn short(seed: u64) -> Result<bool> {
    let kills = kill::run(&kill::Options { engine: Engine::Sqlite, kills: 50, seed }).await?;
    let embedded = stop::run(&stop::Options { engine: Engine::Sqlite, stops: 100, seed }).await?;
    let stops = stop::run(&stop::Options { engine: Engine::Postgres, stops: 100, seed }).await?;
    let nodes = nodes::run(&nodes::Options { recipients: 300, freezes: 1, seed }).await?;
    let embedded_runs = calendar::run(&calendar::Options { engine: Engine::Sqlite, kills: 12, seed }).await?;
    let runs = calendar::run(&calendar::Options { engine: Engine::Postgres, kills: 8, seed }).await?;
    let lists = lists::run(&lists::Options { engine: Engine::Sqlite, seed }).await?;
    Ok(kills && embedded && stops && nodes && embedded_runs && runs && lists)
}

async fn long(seed: u64) -> Result<bool> {
    const SEEDS: u64 = 3;
    let mut held = true;
    for seed in seed..seed + SEEDS {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            held &= kill::run(&kill::Options { engine, kills: 100, seed }).await?;
            held &= stop::run(&stop::Options { engine, stops: 400, seed }).await?;
            held &= calendar::run(&calendar::Options { engine, kills: 30, seed }).await?;
            held &= lists::run(&lists::Options { engine, seed }).await?;
        }
        held &= nodes::run(&nodes::Options { recipients: 1_000, freezes: 4, seed }).await?;
    }
    held &= mutants::run(None).await?;
    Ok(held)
}
