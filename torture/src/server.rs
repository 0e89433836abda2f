//! The server under torture: the real program as a child process, killed, frozen and started again.
//!
//! It is told everything by `CARILLON_*` variables; its log goes to a file in the world's folder.

use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};

/// Which program, unless it lies beside this one.
const PROGRAM: &str = "CARILLON_BIN";
/// How long a start may take, and an orderly end.
const READY_WITHIN: Duration = Duration::from_secs(30);
const ENDS_WITHIN: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What a server is started with.
pub struct Launch {
    pub listen: SocketAddr,
    /// `CARILLON_*` variables.
    pub variables: Vec<(&'static str, String)>,
    /// Which failpoints are armed; empty: none.
    pub failpoints: String,
    /// Where its log goes; starts are appended.
    pub log: PathBuf,
}

/// A running server.
pub struct Server {
    child: Child,
    listen: SocketAddr,
}

/// How waiting for a server came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    Ready,
    /// It ended first, at a failpoint.
    Died,
}

impl Server {
    /// Starts it; it is not ready yet.
    pub fn start(launch: &Launch) -> Result<Self> {
        let log = File::options().create(true).append(true).open(&launch.log)?;
        let program = program()?;
        let mut command = Command::new(&program);
        command.arg("serve").env("CARILLON_LISTEN", launch.listen.to_string()).envs(launch.variables.iter().cloned());
        command.env("CARILLON_FAILPOINTS", &launch.failpoints);
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        Ok(Self { child, listen: launch.listen })
    }

    /// Waits until it serves, or until it is dead.
    pub async fn ready(&mut self) -> Result<Came> {
        let url = format!("http://{}/readyz", self.listen);
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(2)).build()?;
        let looking = async {
            loop {
                if self.child.try_wait()?.is_some() {
                    return Ok(Came::Died);
                }
                if http.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                    return Ok(Came::Ready);
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        tokio::time::timeout(READY_WITHIN, looking).await.context("the server did not become ready")?
    }

    /// Waits so long for it to die by itself.
    pub async fn dies_within(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.child.wait()).await.is_ok()
    }

    /// SIGKILL, and waits until nothing is left of it.
    pub async fn kill(&mut self) -> Result<ExitStatus> {
        // It may have died by itself this very moment.
        let _ = self.child.start_kill();
        Ok(self.child.wait().await?)
    }

    /// SIGSTOP: it stands still in the middle of whatever it does.
    pub async fn freeze(&self) -> Result<()> {
        self.signal("STOP").await
    }

    /// SIGCONT.
    pub async fn thaw(&self) -> Result<()> {
        self.signal("CONT").await
    }

    /// SIGTERM, and waits until it has ended in order.
    pub async fn end(mut self) -> Result<()> {
        self.signal("TERM").await?;
        let ended = tokio::time::timeout(ENDS_WITHIN, self.child.wait()).await;
        let status = ended.context("the server did not end in time after SIGTERM")??;
        if !status.success() {
            bail!("the server ended with {status} after SIGTERM");
        }
        Ok(())
    }

    async fn signal(&self, name: &str) -> Result<()> {
        let pid = self.child.id().context("the server has ended already")?;
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {pid}")]).status().await?;
        anyhow::ensure!(sent.success(), "the signal {name} could not be sent");
        Ok(())
    }
}

fn program() -> Result<PathBuf> {
    if let Some(program) = std::env::var_os(PROGRAM) {
        return Ok(program.into());
    }
    let beside = std::env::current_exe()?.with_file_name("carillon");
    anyhow::ensure!(
        beside.is_file(),
        "{} is missing: build it with `cargo build -p carillon -p carillon-torture`, or set {PROGRAM}",
        beside.display()
    );
    Ok(beside)
}
