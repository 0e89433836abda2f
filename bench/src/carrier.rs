//! The simulated carrier as a process of its own, with the mix that all contestants are measured on.
//!
//! 60 % answered, 20 % no answer, 15 % busy, 5 % failed; calls run much faster than life, and nothing goes wrong. It
//! prints its address, and ends when its input does.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use carillon_simulator::{Config, Mix, Simulator, Span, SystemClock};

use crate::bare;

pub const ACCOUNT_SID: &str = "AC00000000000000000000000000000001";
pub const AUTH_TOKEN: &str = "simulated-auth-token";
pub const CALLER_ID: &str = "+12025550100";

/// A ring of 5 s takes 25 ms: so few calls are in flight that only the work for each of them counts.
const SPEED: f64 = 200.0;
/// What the carrier remembers, so that its own memory and walks stay small.
const LEDGER_MAX: usize = 5_000;

pub async fn run() -> Result<()> {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let simulator = Simulator::start(config(), Arc::new(SystemClock), listen).await?;
    bare::say(&simulator.base_url())?;
    while bare::input_line().await? {}
    simulator.stop().await;
    Ok(())
}

/// A carrier in this process, whose whole ledger can be read. Everybody of it answers as `mix` says.
pub async fn here(speed: f64, mix: Mix) -> Result<Simulator> {
    let config = Config { speed, mix, ledger_max: None, ..config() };
    Ok(Simulator::start(config, Arc::new(SystemClock), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?)
}

fn config() -> Config {
    Config {
        account_sid: ACCOUNT_SID.into(),
        auth_token: AUTH_TOKEN.into(),
        caller_ids: vec![CALLER_ID.into()],
        speed: SPEED,
        cps: 0.0,
        mix: mix(),
        magic_numbers: false,
        ledger_max: Some(LEDGER_MAX),
        ..Config::default()
    }
}

/// The mix of the contest.
pub fn mix() -> Mix {
    Mix {
        human: 0.60,
        no_answer: 0.20,
        busy: 0.15,
        failed: 0.05,
        machine: 0.0,
        fax: 0.0,
        carrier_block: 0.0,
        rings_for: Span::exactly(5.0),
        talks_for: Span::exactly(15.0),
        presses: 0.0,
        ..Mix::default()
    }
}
