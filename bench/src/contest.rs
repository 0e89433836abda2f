//! Runs one contestant: starts the carrier and the dialer as processes, and measures the dialer from outside.
//!
//! A dialer reads its [`Job`] from the environment, says `ready`, waits for a line, calls everybody once, prints a
//! [`Report`] as one line of JSON, and ends when its input does. Between the line and the report its tree is measured.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::carrier::{ACCOUNT_SID, AUTH_TOKEN, CALLER_ID};
use crate::postgres::Postgres;
use crate::process::Running;
use crate::usage::Usage;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contestant {
    Bare,
    Graphile,
    Carillon,
    CarillonPostgres,
}

impl Contestant {
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Graphile => "graphile",
            Self::Carillon => "carillon",
            Self::CarillonPostgres => "carillon-postgres",
        }
    }
}

#[derive(clap::Args)]
pub struct Options {
    /// How many people to call, once each
    #[arg(long, default_value_t = 10_000)]
    pub calls: u32,
    /// Calls in flight at once
    #[arg(long, default_value_t = 400)]
    pub calls_at_once: u32,
}

/// What one contest has measured.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Outcome {
    pub calls: u64,
    pub seconds: f64,
    pub calls_per_second: f64,
    pub cpu_s_per_1000_calls: f64,
    pub memory_mib: f64,
}

/// What a dialer is told.
pub struct Job {
    pub calls: u32,
    pub calls_at_once: usize,
    pub port: u16,
    pub carrier_url: String,
    /// Where a dialer with an embedded database puts it.
    pub folder: PathBuf,
}

impl Job {
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            calls: variable("CALLS")?.parse()?,
            calls_at_once: variable("CALLS_AT_ONCE")?.parse()?,
            port: variable("PORT")?.parse()?,
            carrier_url: variable("CARRIER_URL")?,
            folder: PathBuf::from(variable("FOLDER")?),
        })
    }

    pub fn public_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set"))
}

/// What a dialer says of itself.
#[derive(Deserialize)]
struct Report {
    /// Attempts that have ended, by its ledger.
    calls: u64,
    /// The same, by its counters.
    counted: u64,
    refused: u64,
    seconds: f64,
}

/// Runs one contest and prints what it measured.
#[expect(clippy::print_stdout, reason = "the answer of a command")]
pub fn run(options: &Options, contestant: Contestant) -> Result<()> {
    let outcome = measure(options, contestant)?;
    println!("{}", serde_json::json!({ "contestant": contestant.name(), "outcome": outcome }));
    Ok(())
}

/// Runs one contest.
pub fn measure(options: &Options, contestant: Contestant) -> Result<Outcome> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let mut carrier = Running::start(Command::new(env::current_exe()?).arg("carrier"))?;
    let carrier_url = carrier.line()?;
    let postgres =
        matches!(contestant, Contestant::Graphile | Contestant::CarillonPostgres).then(Postgres::start).transpose()?;

    let mut command = dialer_command(contestant, postgres.as_ref())?;
    let port = free_port()?;
    command
        .env("CALLS", options.calls.to_string())
        .env("CALLS_AT_ONCE", options.calls_at_once.to_string())
        .env("PORT", port.to_string())
        .env("PUBLIC_URL", format!("http://127.0.0.1:{port}"))
        .env("CARRIER_URL", carrier_url)
        .env("FOLDER", folder.path())
        .env("ACCOUNT_SID", ACCOUNT_SID)
        .env("AUTH_TOKEN", AUTH_TOKEN)
        .env("CALLER_ID", CALLER_ID);
    let mut dialer = Running::start(&mut command)?;
    ensure!(dialer.line()? == "ready", "the dialer did not get ready");

    let mut roots = vec![dialer.pid()];
    roots.extend(postgres.as_ref().map(Postgres::pid));
    let before = Usage::of_trees(&roots)?;
    dialer.go()?;
    let report: Report = serde_json::from_str(&dialer.line()?).context("the dialer's report")?;
    let after = Usage::of_trees(&roots)?;
    check(options, &report)?;
    let calls = report.calls as f64;
    Ok(Outcome {
        calls: report.calls,
        seconds: report.seconds,
        calls_per_second: calls / report.seconds,
        cpu_s_per_1000_calls: (after.cpu_s - before.cpu_s) * 1_000.0 / calls,
        memory_mib: after.memory_mib,
    })
}

/// A fast run that lost something is not a result.
fn check(options: &Options, report: &Report) -> Result<()> {
    ensure!(
        report.calls > 0 && report.calls == u64::from(options.calls),
        "{} of {} calls ended",
        report.calls,
        options.calls
    );
    ensure!(report.calls == report.counted, "{} calls, but the counters say {}", report.calls, report.counted);
    ensure!(report.refused == 0, "{} calls were refused", report.refused);
    Ok(())
}

fn dialer_command(contestant: Contestant, postgres: Option<&Postgres>) -> Result<Command> {
    match contestant {
        Contestant::Bare => {
            let mut command = Command::new(env::current_exe()?);
            command.arg("bare-dialer");
            Ok(command)
        }
        Contestant::Carillon | Contestant::CarillonPostgres => {
            let mut command = Command::new(env::current_exe()?);
            command.arg("carillon-dialer");
            if let Some(postgres) = postgres {
                command.env("DATABASE_URL", postgres.url());
            }
            Ok(command)
        }
        Contestant::Graphile => {
            let folder = peers_folder().join("graphile");
            install_packages(&folder)?;
            let mut command = Command::new("node");
            command.arg("dialer.mjs").current_dir(&folder);
            command.env("DATABASE_URL", postgres.context("this contestant has a database")?.url());
            Ok(command)
        }
    }
}

fn install_packages(folder: &Path) -> Result<()> {
    if folder.join("node_modules").is_dir() {
        return Ok(());
    }
    let status = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()?;
    ensure!(status.success(), "npm ci failed in {}", folder.display());
    Ok(())
}

fn peers_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// Databases are measured on the disk that holds the build, not on a memory file system.
pub fn data_folder() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
