//! Runs the simulated carrier by itself, from flags: for second opinions, demonstrations and other programs' tests.
//!
//! Prints its base address on the first line and serves until it is stopped.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use carillon_simulator::{Config, Mix, Simulator, SystemClock};
use clap::Parser;

/// A simulated carrier.
#[derive(Parser)]
struct Flags {
    /// Where to listen; port 0 takes any free port.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// A JSON file with the whole configuration; the other flags change it.
    #[arg(long)]
    config: Option<PathBuf>,
    #[arg(long)]
    account_sid: Option<String>,
    #[arg(long)]
    auth_token: Option<String>,
    /// Every outcome follows from it.
    #[arg(long)]
    seed: Option<u64>,
    /// How much faster than life calls run.
    #[arg(long)]
    speed: Option<f64>,
    /// Calls a second; 0 is without limit.
    #[arg(long)]
    cps: Option<f64>,
    /// Everybody answers after 2 seconds and stays for 60.
    #[arg(long)]
    all_human: bool,
}

impl Flags {
    fn config(&self) -> Result<Config, Box<dyn std::error::Error>> {
        let mut config = match &self.config {
            Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
            None => Config::default(),
        };
        config.account_sid = self.account_sid.clone().unwrap_or(config.account_sid);
        config.auth_token = self.auth_token.clone().unwrap_or(config.auth_token);
        config.seed = self.seed.unwrap_or(config.seed);
        config.speed = self.speed.unwrap_or(config.speed);
        config.cps = self.cps.unwrap_or(config.cps);
        if self.all_human {
            config.mix = Mix::all_human(2.0, 60.0);
        }
        Ok(config)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let flags = Flags::parse();
    let simulator = Simulator::start(flags.config()?, Arc::new(SystemClock), flags.listen).await?;
    #[allow(clippy::print_stdout, reason = "the address is what the caller waits for")]
    {
        println!("{}", simulator.base_url());
    }
    tokio::signal::ctrl_c().await?;
    simulator.stop().await;
    Ok(())
}
