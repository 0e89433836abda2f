//! A private PostgreSQL for all stories of a run, whatever runs them.
//!
//! Test processes come and go (one a test under nextest), so the cluster belongs to none of them: each holds a
//! shared lock on a file while it lives, the first one starts the cluster, and a watchdog beside it stops it and
//! removes it once nobody has held that lock for some seconds. A killed run leaves nothing behind.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use carillon::store::{Location, Store};
use postgres::{Client, NoTls};
use sha2::{Digest, Sha256};

/// Nobody waits for a disk in a test.
const SETTINGS: [&str; 7] = [
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=600",
    "shared_buffers=64MB",
    "autovacuum=off",
    "log_min_messages=warning",
];

/// Runs beside the cluster. Arguments: its folder, `pg_ctl`.
const WATCHDOG: &str = r#"
unused=0
while [ $unused -lt 4 ]; do
    sleep 2
    if flock -n -x "$1/users.lock" true; then unused=$((unused + 1)); else unused=0; fi
done
exec flock -x "$1/users.lock" sh -c '"$2" -D "$1/data" -m immediate -w stop; rm -rf "$1/data" "$1/ready" "$1/templates"' sh "$1" "$2"
"#;

/// A database of one story; removed with it.
pub struct Database {
    name: String,
    pub url: String,
}

impl Database {
    /// An empty database with the schema of this program.
    pub fn create() -> Self {
        // The synchronous client may not run on an async thread.
        std::thread::spawn(Self::create_here).join().expect("a database")
    }

    fn create_here() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let cluster = cluster();
        let name = format!("story_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let template = cluster.template();
        cluster.run(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self { url: cluster.url(&name), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // The synchronous client may not run on an async thread.
        let _ = std::thread::spawn(move || cluster().run(&statement)).join();
    }
}

struct Cluster {
    folder: PathBuf,
    /// Held, shared, as long as this process lives.
    _in_use: File,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::join)
}

impl Cluster {
    /// Uses the cluster of this checkout, starting it when nobody has.
    fn join() -> Self {
        let folder = std::env::temp_dir().join(format!("carillon-stories-{}", short_hash(env!("CARGO_TARGET_TMPDIR"))));
        fs::create_dir_all(&folder).expect("a folder for the cluster");
        let in_use = File::create(folder.join("users.lock")).expect("the lock of users");
        in_use.lock_shared().expect("a shared lock");
        let cluster = Self { folder, _in_use: in_use };
        let _alone = cluster.alone();
        if !cluster.folder.join("ready").exists() || Client::connect(&cluster.url("postgres"), NoTls).is_err() {
            cluster.start();
        }
        cluster
    }

    /// Nobody else starts a cluster or makes a template meanwhile.
    fn alone(&self) -> File {
        let lock = File::create(self.folder.join("start.lock")).expect("the lock of starters");
        lock.lock().expect("an exclusive lock");
        lock
    }

    fn start(&self) {
        let (bin, data) = (postgres_bin(), self.folder.join("data"));
        let _ = fs::remove_dir_all(&data);
        let _ = fs::remove_file(self.folder.join("templates"));
        let user = unprivileged_user();
        if let Some((uid, gid)) = user {
            chown(&self.folder, Some(uid), Some(gid)).expect("the folder changes hands");
        }
        fs::set_permissions(&self.folder, Permissions::from_mode(0o700)).expect("a private folder");
        let as_user = |program: PathBuf| {
            let mut command = Command::new(program);
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command.current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null());
            command
        };
        let options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "-D"];
        run(as_user(bin.join("initdb")).args(options).arg(&data));
        let settings: String = SETTINGS.iter().map(|setting| format!("-c {setting} ")).collect();
        let options = format!("{settings} -k {}", self.folder.display());
        let mut start = as_user(bin.join("pg_ctl"));
        run(start.arg("-D").arg(&data).arg("-l").arg(self.folder.join("log")).args(["-o", &options, "-w", "start"]));
        self.watch(as_user(PathBuf::from("sh")), &bin);
        fs::write(self.folder.join("ready"), "").expect("a note that the cluster runs");
    }

    fn watch(&self, mut shell: Command, bin: &Path) {
        // The lock is the user's whose cluster it is.
        fs::set_permissions(self.folder.join("users.lock"), Permissions::from_mode(0o666)).expect("a lock for all");
        // A shell between us and the watchdog, so that it is nobody's child and nobody waits for it.
        let detached = format!("({WATCHDOG}) >/dev/null 2>&1 &");
        shell.args(["-c", &detached, "watchdog"]).arg(&self.folder).arg(bin.join("pg_ctl"));
        run(shell.process_group(0));
    }

    /// The template of this build's schema, made once.
    fn template(&self) -> String {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        TEMPLATE.get_or_init(|| self.make_template()).clone()
    }

    fn make_template(&self) -> String {
        let name = format!("template_{}", short_hash(&build()));
        let _alone = self.alone();
        let notes = self.folder.join("templates");
        let made = fs::read_to_string(&notes).unwrap_or_default();
        if !made.lines().any(|line| line == name) {
            self.run(&format!("DROP DATABASE IF EXISTS {name}"));
            self.run(&format!("CREATE DATABASE {name}"));
            Store::migrate(&Location::Postgres(self.url(&name))).expect("the schema");
            fs::write(&notes, format!("{made}{name}\n")).expect("a note of the template");
        }
        name
    }

    fn run(&self, statement: &str) {
        let mut client = Client::connect(&self.url("postgres"), NoTls).expect("the cluster answers");
        client.batch_execute(statement).expect(statement);
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.to_str().expect("a plain path").replace('/', "%2F");
        format!("postgres://postgres@{folder}/{database}")
    }
}

/// This build of the tests: another schema has another template.
fn build() -> String {
    let program = std::env::current_exe().expect("this program");
    let changed = fs::metadata(&program).and_then(|file| file.modified()).expect("its age");
    format!("{}{changed:?}", program.display())
}

fn postgres_bin() -> PathBuf {
    if let Ok(folder) = std::env::var("CARILLON_TEST_POSTGRES_BIN") {
        return PathBuf::from(folder);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let bins = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    bins.max().expect("PostgreSQL's server programs: install them or set CARILLON_TEST_POSTGRES_BIN")
}

/// PostgreSQL refuses to run as root: then the user of its package runs it.
fn unprivileged_user() -> Option<(u32, u32)> {
    let id = Command::new("id").arg("-u").output().expect("who this is");
    if String::from_utf8_lossy(&id.stdout).trim() != "0" {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the users");
    let line = users.lines().find(|line| line.starts_with("postgres:")).expect("a user named postgres, to run it");
    let mut ids = line.split(':').skip(2).map(|id| id.parse().expect("an id"));
    ids.next().zip(ids.next())
}

fn run(command: &mut Command) {
    let output = command.stderr(Stdio::piped()).output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
