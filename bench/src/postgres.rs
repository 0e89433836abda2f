//! A private PostgreSQL for a peer: made, started, and removed with its owner. Durable, as a real one.
//!
//! It never runs as root: then the folder is given to an unprivileged user and the programs run as that user. Only
//! `shared_buffers` and the number of connections differ from the defaults.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::contest::{data_folder, free_port};

const USER: &str = "bench";
const SETTINGS: &str =
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=128MB -c max_connections=60";
const WHERE_PROGRAMS_ARE: &str = "CARILLON_TEST_POSTGRES_BIN";

pub struct Postgres {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    pid: u32,
    run_as: Option<(u32, u32)>,
}

impl Postgres {
    pub fn start() -> Result<Self> {
        let folder = tempfile::tempdir_in(data_folder()?)?;
        let run_as = unprivileged_user()?;
        if let Some((user, group)) = run_as {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let mut postgres = Self { bin: programs()?, folder, port: free_port()?, pid: 0, run_as };
        let data = postgres.data();
        postgres
            .command("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--username", USER, "-D"])
            .arg(&data)
            .run()?;
        let settings = format!("-p {} {SETTINGS}", postgres.port);
        let log = postgres.folder.path().join("log");
        postgres
            .command("pg_ctl")
            .args(["start", "-w", "-t", "60", "-o", &settings, "-l"])
            .arg(log)
            .arg("-D")
            .arg(&data)
            .run()?;
        let pid_file = fs::read_to_string(data.join("postmaster.pid"))?;
        postgres.pid = pid_file.lines().next().context("an empty postmaster.pid")?.trim().parse()?;
        Ok(postgres)
    }

    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Program {
        let mut command = Command::new(self.bin.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        if let Some((user, group)) = self.run_as {
            command.uid(user).gid(group);
        }
        Program(command)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // What remains is a temporary folder without a server.
        let _ = self.command("pg_ctl").args(["stop", "-w", "-m", "immediate", "-D"]).arg(self.data()).run();
    }
}

/// A command that must succeed.
struct Program(Command);

impl Program {
    fn args<const N: usize>(mut self, args: [&str; N]) -> Self {
        self.0.args(args);
        self
    }

    fn arg(mut self, arg: impl AsRef<Path>) -> Self {
        self.0.arg(arg.as_ref());
        self
    }

    fn run(mut self) -> Result<()> {
        let status = self.0.status().with_context(|| format!("starting {:?}", self.0))?;
        ensure!(status.success(), "{:?} failed: {status}", self.0);
        Ok(())
    }
}

fn programs() -> Result<PathBuf> {
    let named = std::env::var_os(WHERE_PROGRAMS_ARE).map(PathBuf::from);
    let mut found: Vec<PathBuf> = named.into_iter().collect();
    for entry in fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten() {
        found.push(entry.path().join("bin"));
    }
    let usable = found.into_iter().find(|folder| folder.join("initdb").is_file());
    usable.with_context(|| {
        format!("PostgreSQL's programs are missing: install `postgresql`, or set {WHERE_PROGRAMS_ARE}")
    })
}

/// The user to run as when we are root: PostgreSQL refuses to be root.
fn unprivileged_user() -> Result<Option<(u32, u32)>> {
    let status = fs::read_to_string("/proc/self/status")?;
    if !status.lines().any(|line| line.starts_with("Uid:\t0\t")) {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let entry = |name: &str| users.lines().find(|line| line.split(':').next() == Some(name)).map(str::to_owned);
    let line = entry("postgres").or_else(|| entry("nobody")).context("no user to run PostgreSQL as")?;
    let fields: Vec<&str> = line.split(':').collect();
    open_way_to(&data_folder()?)?;
    Ok(Some((fields.get(2).context("a user id")?.parse()?, fields.get(3).context("a group id")?.parse()?)))
}

/// Our own folder must be enterable by that user; folders above it are not ours to change.
fn open_way_to(folder: &Path) -> Result<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
