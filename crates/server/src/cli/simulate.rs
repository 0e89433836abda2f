//! `carillon simulate`: the simulated carrier by itself, on its own port.
//!
//! For trying a server of one's own against it: point `twilio_base_url` at the address it prints. It shares nothing
//! with a server but this binary, and keeps its calls in memory only. Its behavior is `carillon_simulator`'s.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use carillon_simulator::{Config as SimulatorConfig, Simulator, SystemClock};

use super::{runtime, told_to_stop};

/// The simulator's flags; everything else it knows stands in its file.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A JSON or TOML file with its people, limits and faults
    #[arg(long)]
    carrier_config: Option<PathBuf>,
    /// How much faster than life calls run
    #[arg(long)]
    speed: Option<f64>,
    /// Calls started a second; 0: no limit
    #[arg(long)]
    cps: Option<f64>,
    /// The seed of every outcome
    #[arg(long)]
    seed: Option<u64>,
}

/// Where it listens unless told otherwise.
const DEFAULT_PORT: u16 = 8_090;

/// Runs the simulator until told to stop.
pub(super) fn run(listen: Option<SocketAddr>, arguments: Arguments) -> anyhow::Result<()> {
    let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], DEFAULT_PORT)));
    let mut config = read(arguments.carrier_config)?;
    config.speed = arguments.speed.unwrap_or(config.speed);
    config.cps = arguments.cps.unwrap_or(config.cps);
    config.seed = arguments.seed.unwrap_or(config.seed);
    runtime()?.block_on(async {
        let account = (config.account_sid.clone(), config.auth_token.clone());
        let simulator = Simulator::start(config, Arc::new(SystemClock), listen).await?;
        println!("The simulated carrier listens at {}", simulator.base_url());
        println!("  account SID {}   auth token {}   (made up: they open nothing else)", account.0, account.1);
        println!("  its ledger: {}/simulator/ledger", simulator.base_url());
        told_to_stop().await;
        simulator.stop().await;
        Ok(())
    })
}

fn read(file: Option<PathBuf>) -> anyhow::Result<SimulatorConfig> {
    let Some(path) = file else { return Ok(SimulatorConfig::default()) };
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let parsed = if is_json { serde_json::from_str(&text)? } else { toml::from_str(&text)? };
    Ok(parsed)
}
