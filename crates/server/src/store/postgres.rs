//! PostgreSQL: threads with one synchronous connection each, in four lanes.
//!
//! Claims and callbacks never wait behind pages, nor any of them behind long work or reports. `synchronous_commit` stays on: the
//! record of a call must outlive a crash. A unit that met a serialization failure or a deadlock is run again.
//! Connections come back by themselves; meanwhile units fail as unavailable and nothing is dialed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, mpsc};

use postgres::{Client, IsolationLevel, NoTls};
use tokio::sync::oneshot;

use super::tx::{Inner, Prepared};
use super::{Lane, StoreError, Tx, migrations};

/// Connections of each lane.
const DIALING_THREADS: usize = 3;
const PAGES_THREADS: usize = 3;
const BACKGROUND_THREADS: usize = 2;
const READ_THREADS: usize = 4;
/// How often a unit is run before its conflict is reported.
const RUNS_MAX: u32 = 8;
/// A statement of a page that takes longer is ended, so that no old snapshot keeps dead rows alive.
const STATEMENT_TIMEOUT_MS: u32 = 30_000;
/// Only one program migrates at a time; any constant does as long as it is ours.
const MIGRATION_LOCK: i64 = 0x0063_6172_696c_6c6f;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Threads that serve one lane.
struct Lanes {
    dialing: mpsc::Sender<Job>,
    pages: mpsc::Sender<Job>,
    background: mpsc::Sender<Job>,
    reads: mpsc::Sender<Job>,
}

/// An open PostgreSQL database.
pub(super) struct Postgres {
    lanes: Lanes,
}

struct Connection {
    url: Arc<str>,
    client: Option<(Client, Prepared)>,
}

impl Postgres {
    pub(super) fn open(url: &str) -> Result<Self, StoreError> {
        let missing = on_own_thread(|| missing_migrations(url))?;
        if !missing.is_empty() {
            return Err(StoreError::Schema(format!(
                "the database lacks {}; run `carillon migrate` first",
                missing.join(", ")
            )));
        }
        let url: Arc<str> = url.into();
        let lanes = Lanes {
            dialing: lane(&url, DIALING_THREADS)?,
            pages: lane(&url, PAGES_THREADS)?,
            background: lane(&url, BACKGROUND_THREADS)?,
            reads: lane(&url, READ_THREADS)?,
        };
        Ok(Self { lanes })
    }

    pub(super) async fn write<T, E, F>(&self, which: Lane, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let lane = match which {
            Lane::Dialing => &self.lanes.dialing,
            Lane::Pages => &self.lanes.pages,
            Lane::Background => &self.lanes.background,
        };
        run_on(lane, move |connection| write_again(connection, &work)).await
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run_on(&self.lanes.reads, move |connection| read_once(connection, &work)).await
    }
}

async fn run_on<T, E>(
    lane: &mpsc::Sender<Job>,
    work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let job: Job = Box::new(move |connection| {
        let result = catch_unwind(AssertUnwindSafe(|| work(connection)));
        let panicked = || StoreError::Statement("a unit of work panicked".to_owned());
        let _ = answer.send(result.unwrap_or_else(|_| {
            connection.client = None;
            Err(panicked().into())
        }));
    });
    let closed = || StoreError::Unavailable("the database is closed".to_owned());
    lane.send(job).map_err(|_| closed())?;
    answered.await.unwrap_or_else(|_| Err(closed().into()))
}

fn lane(url: &Arc<str>, threads: usize) -> Result<mpsc::Sender<Job>, StoreError> {
    let (sender, jobs) = mpsc::channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..threads {
        let jobs = Arc::clone(&jobs);
        let mut connection = Connection { url: Arc::clone(url), client: None };
        let body = move || {
            while let Ok(job) = { jobs.lock().expect("nobody panics with the jobs in hand").recv() } {
                job(&mut connection);
            }
        };
        std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(body)
            .map_err(|e| StoreError::Unavailable(format!("no thread for the database: {e}")))?;
    }
    Ok(sender)
}

fn connect(url: &str) -> Result<Client, StoreError> {
    let mut client = Client::connect(url, NoTls)?;
    client.batch_execute(&format!(
        "SET statement_timeout = {STATEMENT_TIMEOUT_MS};
         SET idle_in_transaction_session_timeout = {STATEMENT_TIMEOUT_MS};
         SET synchronous_commit = on;
         SET jit = off;
         -- Every query has its index. A plan made while a table was small would scan it for as long as the plan is
         -- kept, however large the table has become.
         SET enable_seqscan = off"
    ))?;
    Ok(client)
}

impl Connection {
    fn client(&mut self) -> Result<&mut (Client, Prepared), StoreError> {
        if self.client.as_ref().is_none_or(|(client, _)| client.is_closed()) {
            self.client = Some((connect(&self.url)?, Prepared::new()));
        }
        Ok(self.client.as_mut().expect("it was set above"))
    }
}

fn write_again<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut runs = 0;
    loop {
        runs += 1;
        match write_once(connection, work) {
            Attempted::Done(result) => return result,
            Attempted::Conflict(_) if runs < RUNS_MAX => {}
            Attempted::Conflict(error) => return Err(error.into()),
        }
    }
}

enum Attempted<T, E> {
    Done(Result<T, E>),
    Conflict(StoreError),
}

fn write_once<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Attempted<T, E> {
    let (client, prepared) = match connection.client() {
        Ok(both) => both,
        Err(error) => return Attempted::Done(Err(error.into())),
    };
    let transaction = match client.transaction() {
        Ok(transaction) => transaction,
        Err(error) => return Attempted::Done(Err(StoreError::from(error).into())),
    };
    let mut tx = Tx::new(Inner::Postgres(transaction, prepared));
    let result = work(&mut tx);
    let must_retry = tx.must_retry;
    let Inner::Postgres(transaction, _) = tx.into_inner() else { unreachable!("made above") };
    match result {
        Err(_) if must_retry => {
            Attempted::Conflict(StoreError::Conflict("still conflicting after several runs".to_owned()))
        }
        Err(error) => Attempted::Done(Err(error)),
        Ok(value) => match transaction.commit().map_err(StoreError::from) {
            Ok(()) => Attempted::Done(Ok(value)),
            Err(StoreError::Conflict(text)) => Attempted::Conflict(StoreError::Conflict(text)),
            Err(error) => Attempted::Done(Err(error.into())),
        },
    }
}

fn read_once<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: &impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let (client, prepared) = connection.client()?;
    let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let transaction = snapshot.start().map_err(StoreError::from)?;
    work(&mut Tx::new(Inner::Postgres(transaction, prepared)))
}

/// The synchronous client may not be used (or dropped) on a thread of the async runtime.
fn on_own_thread<T: Send>(work: impl FnOnce() -> Result<T, StoreError> + Send) -> Result<T, StoreError> {
    std::thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|_| Err(StoreError::Statement("the first look at the database panicked".to_owned())))
}

fn missing_migrations(url: &str) -> Result<Vec<String>, StoreError> {
    let mut client = connect(url)?;
    let mut prepared = Prepared::new();
    migrations::missing(&mut Tx::new(Inner::Postgres(client.transaction()?, &mut prepared)))
}

/// Brings the schema up to date, one program at a time.
pub(super) fn migrate(url: &str) -> Result<Vec<String>, StoreError> {
    on_own_thread(|| migrate_here(url))
}

fn migrate_here(url: &str) -> Result<Vec<String>, StoreError> {
    let mut client = connect(url)?;
    client.batch_execute("SET statement_timeout = 0")?;
    let mut prepared = Prepared::new();
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK])?;
    let mut tx = Tx::new(Inner::Postgres(transaction, &mut prepared));
    let names = migrations::run(&mut tx)?;
    let Inner::Postgres(transaction, _) = tx.into_inner() else { unreachable!("made above") };
    transaction.commit()?;
    Ok(names)
}
