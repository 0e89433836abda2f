//! Searches and filters in a long contact book: the first page at the door, and how long the index takes to write.
//!
//! The server is started on a book of which nothing is indexed. Searches are measured once while half of it still is not
//! (and the indexer works), and again after all of it is; each on a connection that is kept, one at a time, as one types.

mod queries;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::api::App;
use carillon::store::StoreError;
use carillon_domain::roles::Role;

use crate::book::{self, Owner};
use crate::clock;
use crate::figure::{Figure, Goal, median, quantile};
use crate::home::{Engine, Home};
use crate::http::Connection;
use crate::rows;
use crate::say;
use crate::server::Server;
use queries::{KINDS, Kind};

const ROUNDS: usize = 10;
/// While the index is written, when everything takes longer.
const ROUNDS_MEANWHILE: usize = 3;
/// The first pages fill the caches.
const WARM_UPS: usize = 1;
const FIRST_PAGE_MS: f64 = 50.0;
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// A contact a millisecond.
const INDEXED_WITHIN: Duration = Duration::from_secs(1_000);

#[derive(clap::Args)]
pub struct Options {
    /// People in the book
    #[arg(long, default_value_t = 1_000_000)]
    pub contacts: u64,
    /// On one database alone
    #[arg(long)]
    pub only: Option<Engine>,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    Administrator,
    /// Of a department with one of two thousand contacts.
    ManagerOfFew,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for engine in Engine::measured(options.only) {
        figures.extend(Scene::set(engine, options.contacts).await?.measure().await?);
    }
    Ok(figures)
}

/// A server with a book.
struct Scene {
    engine: Engine,
    contacts: u64,
    server: Server,
    /// To look at the index; it runs nothing.
    app: App,
    administrator: String,
    manager: String,
    /// Removed when everything above has ended.
    _home: Home,
}

impl Scene {
    async fn set(engine: Engine, contacts: u64) -> Result<Self> {
        let home = Home::new(engine)?;
        let app = home.app()?;
        let office = rows::office(&app, rows::wide_settings()).await?;
        let small = rows::department(&app, office, "Branch").await?;
        let owner = Owner { organization: office.organization, large: office.department, small };
        let began = clock::monotonic();
        book::write(&app, owner, contacts).await?;
        say(&format!("{contacts} contacts on {engine}: written in {:.0} s", began.elapsed().as_secs_f64()));
        let administrator = rows::token(&app, office).await?;
        let manager = rows::token_of(&app, office, (Role::Manager, &[small])).await?;
        let server = home.serve().await?;
        Ok(Self { engine, contacts, server, app, administrator, manager, _home: home })
    }

    async fn measure(&self) -> Result<Vec<Figure>> {
        let began = clock::monotonic();
        let pending = self.until_pending(self.contacts / 2).await?;
        let rate = (self.contacts - pending) as f64 / began.elapsed().as_secs_f64();
        let meanwhile = self.searches(ROUNDS_MEANWHILE).await?;
        say(&format!("{}: {pending} to {} pending meanwhile", self.engine, self.pending().await?));
        self.until_pending(0).await?;
        let whole_s = began.elapsed().as_secs_f64();
        let searches = self.searches(ROUNDS).await?;
        let book = format!("{} on {}", self.contacts, self.engine);
        let indexed = format!("contacts of {book} indexed, all in {whole_s:.0} s with searches between");
        let mut figures = searches.figures(&format!("of {book}"));
        figures.extend(meanwhile.figures(&format!("of {book}, half of them not indexed")));
        figures.push(Figure::new("P-14", indexed, (rate, "/s"), Goal::Unset));
        Ok(figures)
    }

    async fn pending(&self) -> Result<u64> {
        const PENDING: &str = "SELECT count(*) FROM search_pending";
        let count = self.app.store.read(|tx| tx.query_one(PENDING, &[], |row| row.get::<i64>(0))).await;
        Ok(u64::try_from(count.map_err(|e: StoreError| e)?)?)
    }

    /// Waits until so few contacts are not indexed; how many they are.
    async fn until_pending(&self, few: u64) -> Result<u64> {
        let began = clock::monotonic();
        loop {
            let pending = self.pending().await?;
            if pending <= few {
                return Ok(pending);
            }
            ensure!(began.elapsed() < INDEXED_WITHIN, "{pending} contacts are still not indexed");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn searches(&self, rounds: usize) -> Result<Searches> {
        let mut searches = Searches::default();
        for kind in &KINDS {
            let token = if kind.asked_by == Person::Administrator { &self.administrator } else { &self.manager };
            let mut connection = Connection::open(self.server.port(), token).await?;
            let mut taken = Vec::new();
            for round in 0..WARM_UPS + rounds {
                for query in kind.queries {
                    let ms = first_page_ms(&mut connection, query).await?;
                    if round >= WARM_UPS {
                        taken.push(ms);
                    }
                }
            }
            say(&format!("{:>8.1} ms, {:>8.1} at worst: {}", median(&taken), quantile(&taken, 1.0), kind.name));
            searches.of_kinds.push((kind, taken));
        }
        Ok(searches)
    }
}

async fn first_page_ms(connection: &mut Connection, query: &str) -> Result<f64> {
    let mut body = Vec::new();
    let began = clock::monotonic();
    connection.get(&format!("/api/v1/contacts?{query}"), |piece| body.extend_from_slice(piece)).await?;
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    let page: serde_json::Value = serde_json::from_slice(&body)?;
    page["items"].as_array().with_context(|| format!("no page for {query}"))?;
    Ok(ms)
}

/// What each kind took, in milliseconds.
#[derive(Default)]
struct Searches {
    of_kinds: Vec<(&'static Kind, Vec<f64>)>,
}

impl Searches {
    fn figures(&self, book: &str) -> Vec<Figure> {
        let all: Vec<f64> = self.of_kinds.iter().flat_map(|(_, taken)| taken).copied().collect();
        let medians = self.of_kinds.iter().map(|(kind, taken)| (kind.name, median(taken)));
        let (slowest, its) = medians.max_by(|(_, one), (_, other)| one.total_cmp(other)).unwrap_or(("none", f64::NAN));
        let figure = |what: String, ms: f64| Figure::new("P-14", what, (ms, "ms"), Goal::AtMost(FIRST_PAGE_MS));
        vec![
            figure(format!("first page {book}, p50 of all searches"), median(&all)),
            figure(format!("first page {book}, p50 of the slowest kind ({slowest})"), its),
            figure(format!("first page {book}, worst of all searches"), quantile(&all, 1.0)),
        ]
    }
}
