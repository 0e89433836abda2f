//! A private PostgreSQL for one run: made, started, and removed with its owner.
//!
//! Durable, as a real one, since processes are killed around it. It never runs as root: then its folder is given
//! to the user of the system's own PostgreSQL and the programs run as that user.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

const USER: &str = "torture";
const SETTINGS: &str = "-c listen_addresses= -c shared_buffers=64MB -c max_connections=200 -c log_min_messages=warning";
const WHERE_PROGRAMS_ARE: &str = "CARILLON_TEST_POSTGRES_BIN";

pub struct Cluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
    run_as: Option<(u32, u32)>,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("carillon-torture-").tempdir()?;
        let run_as = unprivileged_user()?;
        if let Some((user, group)) = run_as {
            chown(folder.path(), Some(user), Some(group))?;
        }
        fs::set_permissions(folder.path(), Permissions::from_mode(0o700))?;
        let cluster = Self { bin: programs()?, folder, run_as };
        let init = ["-A", "trust", "-E", "UTF8", "--locale=C", "-U", USER, "-D"];
        run(cluster.command("initdb").args(init).arg(cluster.data()))?;
        let settings = format!("{SETTINGS} -k {}", cluster.folder.path().display());
        let log = cluster.folder.path().join("log");
        let mut start = cluster.command("pg_ctl");
        run(start.args(["start", "-w", "-t", "60", "-o", &settings, "-l"]).arg(log).arg("-D").arg(cluster.data()))?;
        Ok(cluster)
    }

    pub fn url(&self) -> String {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://{USER}@{folder}/postgres")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        if let Some((user, group)) = self.run_as {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // What remains is a temporary folder without a server.
        let _ = run(self.command("pg_ctl").args(["stop", "-w", "-m", "immediate", "-D"]).arg(self.data()));
    }
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {command:?}"))?;
    ensure!(status.success(), "{command:?} failed: {status}");
    Ok(())
}

fn programs() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(WHERE_PROGRAMS_ARE) {
        return Ok(named.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let bins = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").is_file());
    bins.max().with_context(|| format!("PostgreSQL's programs are missing: install them or set {WHERE_PROGRAMS_ARE}"))
}

/// The user to run as when we are root: PostgreSQL refuses to be root.
fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    let status = fs::read_to_string("/proc/self/status")?;
    if !status.lines().any(|line| line.starts_with("Uid:\t0\t")) {
        return Ok(None);
    }
    let users = fs::read_to_string(Path::new("/etc/passwd"))?;
    let line = users.lines().find(|line| line.starts_with("postgres:")).context("no user named postgres to run it")?;
    let mut ids = line.split(':').skip(2).map(str::parse::<u32>);
    let (user, group) = (ids.next().context("a user id")??, ids.next().context("a group id")??);
    Ok(Some((user, group)))
}
