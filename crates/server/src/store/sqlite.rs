//! SQLite: one writer thread that takes many units into one commit, and reader threads.
//!
//! *Group commit*: each unit runs in a savepoint, so it fails alone; all are answered after the one COMMIT,
//! which is worth 30–40 times the rate of a commit each. `synchronous=FULL`: losing the record of a call to a
//! power cut would mean calling a person twice. An I/O error at COMMIT ends the process, since nobody can say
//! what is on the disk.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::Duration;

use tokio::sync::oneshot;

use super::texts::Texts;
use super::tx::Inner;
use super::{Lane, StoreError, Tx, migrations};

/// Threads that read.
const READERS: usize = 3;
/// Units in one commit at the most.
const UNITS_PER_COMMIT_MAX: usize = 256;
/// Statements kept prepared on a connection.
const STATEMENTS_CACHED: usize = 256;
/// Page cache of the writer and of a reader, in KiB; memory is a figure.
const WRITER_CACHE_KIB: i64 = 32_768;
const READER_CACHE_KIB: i64 = 2_048;
/// Pages in the log, of 4 KiB, at which they go into the file: a page that many commits change then goes there once.
const CHECKPOINT_PAGES: i64 = 32_000;
/// SQLite before this version can lose committed rows when a write races a checkpoint (the WAL-reset bug).
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// A unit of work for the writer: run once or more, finished once.
trait Unit: Send {
    /// Runs in a savepoint. False: undo it.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Tells the caller, after the commit or instead of it.
    fn finish(self: Box<Self>, commit: Result<(), StoreError>);
}

/// A closure with somebody waiting for it.
struct Work<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Unit for Work<T, E, F>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(tx)));
        let result = result.unwrap_or_else(|_| Err(StoreError::Statement("a unit of work panicked".to_owned()).into()));
        let kept = result.is_ok();
        self.result = Some(result);
        kept
    }

    fn finish(self: Box<Self>, commit: Result<(), StoreError>) {
        let result = match (commit, self.result) {
            (Err(error), Some(Ok(_)) | None) => Err(error.into()),
            (_, Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Statement("a unit of work was not run".to_owned()).into()),
        };
        // A caller that went away no longer wants to know.
        let _ = self.answer.send(result);
    }
}

#[derive(Default)]
struct Backlog {
    dialing: VecDeque<Box<dyn Unit>>,
    pages: VecDeque<Box<dyn Unit>>,
    background: VecDeque<Box<dyn Unit>>,
    closed: bool,
}

impl Backlog {
    fn is_empty(&self) -> bool {
        [&self.dialing, &self.pages, &self.background].iter().all(|units| units.is_empty())
    }

    /// Dialing first; one page unit at least, so that nobody starves.
    fn take_group(&mut self) -> Vec<Box<dyn Unit>> {
        let mut units: Vec<Box<dyn Unit>> = Vec::new();
        let dialing = self.dialing.len().min(UNITS_PER_COMMIT_MAX);
        units.extend(self.dialing.drain(..dialing));
        let pages = self.pages.len().min((UNITS_PER_COMMIT_MAX - units.len()).max(1));
        units.extend(self.pages.drain(..pages));
        units
    }

    /// A unit in the background has a commit of its own: those who wait for the group do not wait for it, and without a
    /// savepoint SQLite need not copy every page that it changes.
    fn take(&mut self) -> [Vec<Box<dyn Unit>>; 2] {
        [self.take_group(), self.background.pop_front().into_iter().collect()]
    }
}

type ReadJob = Box<dyn FnOnce(&mut Connection) + Send>;

/// An open SQLite database.
pub(super) struct Sqlite {
    backlog: Arc<(Mutex<Backlog>, Condvar)>,
    readers: mpsc::Sender<ReadJob>,
}

struct Connection {
    connection: rusqlite::Connection,
    texts: Texts,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        migrate(path)?;
        let backlog = Arc::new((Mutex::new(Backlog::default()), Condvar::new()));
        let writer = connect(path, WRITER_CACHE_KIB)?;
        let shared = Arc::clone(&backlog);
        spawn("sqlite-writer", move || write_loop(writer, &shared))?;
        let (readers, jobs) = mpsc::channel::<ReadJob>();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..READERS {
            let mut reader = connect(path, READER_CACHE_KIB)?;
            reader.connection.pragma_update(None, "query_only", true)?;
            let jobs = Arc::clone(&jobs);
            spawn("sqlite-reader", move || read_loop(&mut reader, &jobs))?;
        }
        Ok(Self { backlog, readers })
    }

    pub(super) async fn write<T, E, F>(&self, lane: Lane, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let unit = Box::new(Work { work, result: None, answer });
        {
            let mut backlog = self.backlog.0.lock().expect("the writer never panics with the backlog in hand");
            match lane {
                Lane::Dialing => backlog.dialing.push_back(unit),
                Lane::Pages => backlog.pages.push_back(unit),
                Lane::Background => backlog.background.push_back(unit),
            }
        }
        self.backlog.1.notify_one();
        answered.await.unwrap_or_else(|_| Err(closed().into()))
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: ReadJob = Box::new(move |connection| {
            let _ = answer.send(read_once(connection, &work));
        });
        self.readers.send(job).map_err(|_| closed())?;
        answered.await.unwrap_or_else(|_| Err(closed().into()))
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        if let Ok(mut backlog) = self.backlog.0.lock() {
            backlog.closed = true;
        }
        self.backlog.1.notify_all();
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the database is closed".to_owned())
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(body);
    thread.map(drop).map_err(|e| StoreError::Unavailable(format!("no thread for the database: {e}")))
}

fn connect(path: &Path, cache_kib: i64) -> Result<Connection, StoreError> {
    let version = rusqlite::version_number();
    if version < SQLITE_VERSION_MIN {
        return Err(StoreError::Schema(format!(
            "SQLite {} can lose committed rows; 3.51.3 or newer is needed",
            rusqlite::version()
        )));
    }
    let connection = rusqlite::Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    // Without statistics a plan cannot depend on what is bound; SQLite would plan anew for each value all the same.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    Ok(Connection { connection, texts: Texts::default() })
}

/// Brings the file up to date, creating it readable by its owner alone.
pub(super) fn migrate(path: &Path) -> Result<Vec<String>, StoreError> {
    create_private(path)?;
    let mut connection = connect(path, WRITER_CACHE_KIB)?;
    let Connection { connection, texts } = &mut connection;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let mut tx = Tx::new(Inner::Sqlite(connection, texts));
    match migrations::run(&mut tx) {
        Ok(names) => connection.execute_batch("COMMIT").map(|()| names).map_err(StoreError::from),
        Err(error) => {
            connection.execute_batch("ROLLBACK")?;
            Err(error)
        }
    }
}

fn create_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let unavailable =
        |e: std::io::Error| StoreError::Unavailable(format!("cannot create {}: {e}", PathBuf::from(path).display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(unavailable)?;
    }
    std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(drop).map_err(unavailable)
}

fn write_loop(mut writer: Connection, shared: &(Mutex<Backlog>, Condvar)) {
    loop {
        let groups = {
            let backlog = shared.0.lock().expect("nobody panics with the backlog in hand");
            let mut backlog = shared
                .1
                .wait_while(backlog, |b| b.is_empty() && !b.closed)
                .expect("nobody panics with the backlog in hand");
            if backlog.is_empty() {
                return;
            }
            backlog.take()
        };
        for units in groups.into_iter().filter(|units| !units.is_empty()) {
            commit_group(&mut writer, units);
        }
    }
}

/// Runs a group of units in one transaction. After an error that made SQLite roll the whole of it back,
/// every unit fails.
fn commit_group(writer: &mut Connection, mut units: Vec<Box<dyn Unit>>) {
    let outcome = run_group(writer, &mut units);
    if let Err(error) = &outcome {
        tracing::error!(%error, units = units.len(), "a commit failed");
        if !writer.connection.is_autocommit() {
            let _ = writer.connection.execute_batch("ROLLBACK");
        }
    }
    for unit in units {
        unit.finish(outcome.clone());
    }
}

fn run_group(writer: &mut Connection, units: &mut [Box<dyn Unit>]) -> Result<(), StoreError> {
    let Connection { connection, texts } = writer;
    let alone = units.len() == 1;
    run(connection, "BEGIN IMMEDIATE")?;
    for unit in units {
        if !alone {
            run(connection, "SAVEPOINT unit")?;
        }
        let kept = unit.run(&mut Tx::new(Inner::Sqlite(connection, texts)));
        if connection.is_autocommit() {
            return Err(StoreError::Unavailable("the whole transaction was rolled back".to_owned()));
        }
        match (kept, alone) {
            (true, true) => {}
            (true, false) => run(connection, "RELEASE unit")?,
            (false, true) => return connection.execute_batch("ROLLBACK").map_err(StoreError::from),
            (false, false) => connection.execute_batch("ROLLBACK TO unit; RELEASE unit")?,
        }
    }
    commit(connection)
}

/// Runs a statement without parameters, which is parsed once.
fn run(connection: &rusqlite::Connection, statement: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(statement)?.execute([]).map(drop)
}

fn commit(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    let result = run(connection, "COMMIT");
    if let Err(error) = &result
        && error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
    {
        tracing::error!(%error, "the disk failed at a commit: what is stored cannot be known; ending the process");
        std::process::abort();
    }
    result.map_err(StoreError::from)
}

fn read_loop(reader: &mut Connection, jobs: &Mutex<mpsc::Receiver<ReadJob>>) {
    loop {
        let job = jobs.lock().expect("nobody panics with the jobs in hand").recv();
        let Ok(job) = job else { return };
        if catch_unwind(AssertUnwindSafe(|| job(reader))).is_err() {
            tracing::error!("a read panicked");
        }
    }
}

/// One snapshot: a deferred transaction that only reads.
fn read_once<T, E: From<StoreError>>(
    reader: &mut Connection,
    work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let Connection { connection, texts } = reader;
    if !connection.is_autocommit() {
        // Left behind by a read that panicked.
        connection.execute_batch("ROLLBACK").map_err(StoreError::from)?;
    }
    run(connection, "BEGIN").map_err(StoreError::from)?;
    let result = work(&mut Tx::new(Inner::Sqlite(connection, texts)));
    run(connection, "COMMIT").map_err(StoreError::from)?;
    result
}
