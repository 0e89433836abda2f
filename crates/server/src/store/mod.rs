//! The rows: one set of functions for SQLite and PostgreSQL.
//!
//! [`Store::write`] runs a closure in a transaction and answers after it is durable; [`Store::read`] runs one
//! on a snapshot. Functions of this room are synchronous and short; SQL stands nowhere else. What the rows
//! mean is `carillon_domain`'s business. **Lock order**: limiter, campaign, recipients by id, counters by id;
//! functions that read to change are named `lock`.

pub mod accounts;
pub mod actors;
pub mod answers;
pub mod api_tokens;
pub mod attempts;
pub mod audio;
pub mod audit;
pub mod buckets;
pub mod campaigns;
pub mod carriers;
pub mod claims;
pub mod contact_actions;
pub mod contact_filters;
pub mod contacts;
pub mod custom_fields;
pub mod departments;
pub mod do_not_call;
mod error;
pub mod expiries;
pub mod health;
pub mod imports;
pub mod ledger;
mod like;
pub mod limiters;
pub mod list_refreshes;
pub mod merge_values;
mod migrations;
pub mod next_runs;
pub mod nodes;
pub mod organizations;
mod postgres;
pub mod recipients;
pub mod results;
pub mod runs;
pub mod scenes;
pub mod schedules;
pub mod scope;
pub mod second_factors;
pub mod sessions;
pub mod size;
mod sqlite;
mod texts;
pub mod time;
mod tx;
pub mod users;
mod value;

use std::path::PathBuf;
use std::sync::Arc;

pub use error::StoreError;
pub use tx::{Row, Sql, Tx};
pub use value::{Field, Value};

/// Parameters of a statement, each turned into a [`Value`].
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::store::Value::from($value)),*] };
}

/// One row of parameters of a batch statement.
#[macro_export]
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::Value::from($value)),*] };
}

/// The two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Who waits for a write. Dialing and callbacks go before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Claims, and what the carrier says.
    Dialing,
    /// What people change.
    Pages,
    /// Long work in the background, unit after unit: imports, the search index, books that are kept. A unit should last
    /// 20 ms at most.
    Background,
}

/// Where the rows are.
#[derive(Debug, Clone)]
pub enum Location {
    /// An SQLite file, created when absent.
    Sqlite(PathBuf),
    /// A `postgres://` address.
    Postgres(String),
}

impl Location {
    /// Reads `database_url`: a `postgres://` address, or `sqlite:PATH`, or a path.
    #[must_use]
    pub fn parse(url: &str) -> Self {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Self::Postgres(url.to_owned());
        }
        Self::Sqlite(PathBuf::from(url.strip_prefix("sqlite:").unwrap_or(url)))
    }
}

/// The database, shared by everything that runs.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
}

#[derive(Clone)]
enum Backend {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

impl Store {
    /// Opens the database and brings an embedded one up to date. A PostgreSQL database is only looked at:
    /// `carillon migrate` changes it, since other nodes may be running.
    ///
    /// # Errors
    /// When it cannot be reached, is newer than this program, or SQLite is a version that loses rows.
    pub fn open(location: &Location) -> Result<Self, StoreError> {
        let backend = match location {
            Location::Sqlite(path) => Backend::Sqlite(Arc::new(sqlite::Sqlite::open(path)?)),
            Location::Postgres(url) => Backend::Postgres(Arc::new(apart(|| postgres::Postgres::open(url))?)),
        };
        Ok(Self { backend })
    }

    /// Brings the schema up to date. Returns the names of the migrations that ran.
    ///
    /// # Errors
    /// When a statement fails (nothing of that migration is kept) or the schema is newer than this program.
    pub fn migrate(location: &Location) -> Result<Vec<String>, StoreError> {
        match location {
            Location::Sqlite(path) => sqlite::migrate(path),
            Location::Postgres(url) => apart(|| postgres::migrate(url)),
        }
    }

    /// Which database this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs `work` in a transaction and answers once it is durable. `work` may be run more than once, so it
    /// must change nothing but rows.
    ///
    /// # Errors
    /// What `work` says (its changes are undone), or a [`StoreError`] when the commit failed.
    pub async fn write<T, E, F>(&self, lane: Lane, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(lane, work).await,
            Backend::Postgres(postgres) => postgres.write(lane, work).await,
        }
    }

    /// Runs `work` on one snapshot of the database.
    ///
    /// # Errors
    /// What `work` says, or a [`StoreError`] when the database cannot be reached.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(work).await,
            Backend::Postgres(postgres) => postgres.read(work).await,
        }
    }
}

/// Runs `work` on a thread of its own: PostgreSQL's synchronous client refuses to run on an async worker.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, StoreError> + Send) -> Result<T, StoreError> {
    let panicked = |_| Err(StoreError::Statement("opening the database panicked".to_owned()));
    std::thread::scope(|threads| threads.spawn(work).join().unwrap_or_else(panicked))
}
