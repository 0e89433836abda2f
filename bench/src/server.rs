//! The measured server: `carillon serve` as a process of its own, on a database that was written before.
//!
//! It is the program's own command, started from this binary so that one build is enough. Rows are written through
//! [`app`], which opens the same folder in this process, before the server starts.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use carillon::api::App;
use carillon::chance::Chance;
use carillon::cli::Words;
use carillon::clock::SystemClock;
use carillon::config::{Config, Given};
use clap::Parser as _;
use uuid::Uuid;

use crate::clock;
use crate::contest::free_port;
use crate::http;
use crate::process::Running;
use crate::usage::{self, Usage};

const ASK_EVERY: Duration = Duration::from_millis(1);
const READY_WITHIN: Duration = Duration::from_secs(120);
/// Nobody listens here; for measurements in which nobody is called.
pub const NO_CARRIER: &str = "http://127.0.0.1:9";

/// What is behind the handlers, on the database in a folder; nothing runs.
pub fn app(folder: &Path) -> Result<App> {
    app_on(folder, None)
}

/// As [`app`], on another database than the folder's own.
pub fn app_on(folder: &Path, database_url: Option<String>) -> Result<App> {
    app_of(Given { data_dir: Some(folder.to_owned()), database_url, ..Given::default() })
}

/// The same with these settings.
pub fn app_of(given: Given) -> Result<App> {
    Ok(carillon::app::build(Config::try_new(given)?, Arc::new(SystemClock), Chance::system()?)?)
}

/// Where the database in a folder is.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("carillon.db")
}

/// Serves until ended, as `carillon serve` does.
pub fn serve() -> ExitCode {
    Words::parse_from(["carillon", "serve"]).obey()
}

/// A server under measurement.
pub struct Server {
    process: Running,
    port: u16,
    started: Instant,
}

impl Server {
    pub fn start(folder: &Path, carrier_url: &str) -> Result<Self> {
        Self::start_with(folder, carrier_url, &[])
    }

    /// Without the address of a database it has the SQLite file in its folder.
    pub fn start_on(folder: &Path, database_url: Option<&str>, carrier_url: &str) -> Result<Self> {
        let database = database_url.map(|url| ("CARILLON_DATABASE_URL", url.to_owned()));
        Self::start_with(folder, carrier_url, database.as_slice())
    }

    /// As [`Self::start`], with further settings.
    pub fn start_with(folder: &Path, carrier_url: &str, settings: &[(&str, String)]) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("serve")
            .env("CARILLON_LISTEN", format!("127.0.0.1:{port}"))
            .env("CARILLON_PUBLIC_URL", format!("http://127.0.0.1:{port}"))
            .env("CARILLON_DATA_DIR", folder)
            .env("CARILLON_TWILIO_BASE_URL", carrier_url)
            .env("CARILLON_LOG", "warn")
            .envs(settings.iter().map(|(name, value)| (name, value)));
        let started = clock::monotonic();
        Ok(Self { process: Running::start(&mut command)?, port, started })
    }

    /// Waits until it says that it is ready; how long that took from the start of its process.
    pub async fn ready(&self) -> Result<Duration> {
        loop {
            let answer = http::status_of(self.port, ("GET", "/readyz"), "").await;
            let taken = self.started.elapsed();
            if matches!(answer, Ok(200)) {
                return Ok(taken);
            }
            ensure!(taken < READY_WITHIN, "the server did not get ready: {answer:?}");
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    /// Starts, pauses or stops a campaign.
    pub async fn ask(&self, campaign: Uuid, action: &str, token: &str) -> Result<()> {
        let path = format!("/api/v1/campaigns/{campaign}/{action}");
        let status = http::status_of(self.port, ("POST", &path), token).await?;
        ensure!(status == 200, "{action} was answered with {status}");
        Ok(())
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn rss_mib(&self) -> Result<f64> {
        usage::rss_mib(self.process.pid())
    }

    /// The most memory it had since it was asked to forget what it had before.
    pub fn peak_rss_mib(&self) -> Result<f64> {
        usage::peak_rss_mib(self.process.pid())
    }

    pub fn forget_peak_rss(&self) -> Result<()> {
        usage::forget_peak_rss(self.process.pid())
    }

    pub fn cpu_s(&self) -> Result<f64> {
        Ok(Usage::of_trees(&[self.process.pid()])?.cpu_s)
    }
}
