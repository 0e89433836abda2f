//! Where a measured server keeps its rows: SQLite in a folder, or a private PostgreSQL beside it.
//!
//! Rows come in through [`Home::app`] and [`bulk`](crate::bulk), before or while the server runs. Both are gone with
//! their owner.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use carillon::api::App;
use carillon::config::Given;
use carillon::store::{Location, Store};

use crate::contest::data_folder;
use crate::postgres::Postgres;
use crate::server::{self, NO_CARRIER, Server};

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Those to be measured: both, or one alone.
    pub fn measured(only: Option<Self>) -> Vec<Self> {
        only.map_or_else(|| vec![Self::Sqlite, Self::Postgres], |only| vec![only])
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// The data of one server.
pub struct Home {
    folder: tempfile::TempDir,
    postgres: Option<Postgres>,
}

/// How somebody else than the server opens its database.
#[derive(Clone)]
pub enum Database {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Home {
    /// An empty database with its schema.
    pub fn new(engine: Engine) -> Result<Self> {
        let folder = tempfile::tempdir_in(data_folder()?)?;
        let postgres = (engine == Engine::Postgres).then(Postgres::start).transpose()?;
        if let Some(postgres) = &postgres {
            Store::migrate(&Location::parse(&postgres.url()))?;
        }
        Ok(Self { folder, postgres })
    }

    /// What is behind the handlers; nothing runs.
    pub fn app(&self) -> Result<App> {
        let given = Given { data_dir: Some(self.folder().to_owned()), database_url: self.url(), ..Given::default() };
        server::app_of(given)
    }

    /// A server that calls nobody.
    pub async fn serve(&self) -> Result<Server> {
        let server = Server::start_on(self.folder(), self.url().as_deref(), NO_CARRIER)?;
        server.ready().await?;
        Ok(server)
    }

    pub fn database(&self) -> Database {
        self.url().map_or_else(|| Database::Sqlite(server::database(self.folder())), Database::Postgres)
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn url(&self) -> Option<String> {
        self.postgres.as_ref().map(Postgres::url)
    }
}
