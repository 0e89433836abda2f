//! The results of a long run as a file (P-8): lines a second at the door, and the memory that they cost the server.
//!
//! The bare export and the door take turns, and the ratio is taken within a round. What the door sends is counted and
//! thrown away. A list of a tenth is measured as well: memory must not grow with the list.

use anyhow::{Result, ensure};
use carillon_domain::limits::CampaignLimits;

use crate::bare::export;
use crate::bulk::{self, Length, Wording};
use crate::clock;
use crate::figure::{Figure, Goal, median};
use crate::home::{Database, Engine, Home};
use crate::http::Connection;
use crate::rows::{self, Seeded};
use crate::say;
use crate::server::Server;

const ROUNDS: usize = 5;
/// An imported list with two fields of its own, and what is heard of a call that somebody answers.
const WORDING: Wording = Wording {
    name: "Ada Lovelace",
    fields: r##"{"city":"Springfield","company":"Analytical Engines","email":"ada.#@example.com","first_name":"Ada","last_name":"Lovelace","name":"Ada Lovelace","organization_name":"Bench","plan":"silver"}"##,
    facts: r##"{"accepted_at":"2025-01-01T00:00:00.131Z","initiated_at":"2025-01-01T00:00:00Z","ringing_at":"2025-01-01T00:00:01Z","answered_at":"2025-01-01T00:00:09Z","end":{"status":"completed","at":"2025-01-01T00:00:36Z","duration_s":27}}"##,
};
/// Columns of the first line.
const COLUMNS: usize = 15;

#[derive(clap::Args)]
pub struct Options {
    /// People on the list, each called once
    #[arg(long, default_value_t = 1_000_000)]
    pub recipients: u64,
    /// On one database alone
    #[arg(long)]
    pub only: Option<Engine>,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for engine in Engine::measured(options.only) {
        let short = Scene::set(engine, options.recipients / 10).await?.measure().await?;
        let scene = Scene::set(engine, options.recipients).await?;
        let long = scene.measure().await?;
        figures.extend(long.figures(&format!("of {} on {engine}", options.recipients), &short));
        figures.push(scene.workbook().await?);
    }
    Ok(figures)
}

/// A server, and a run all of whose people were called.
struct Scene {
    engine: Engine,
    server: Server,
    database: Database,
    seeded: Seeded,
    token: String,
    recipients: u64,
    /// Removed when everything above has ended.
    _home: Home,
}

/// Rounds of one list.
#[derive(Default)]
struct Measured {
    /// Lines a second: the door's, and those of the bare export.
    door: Vec<f64>,
    bare: Vec<f64>,
    attempts: Vec<f64>,
    /// More than before, in MiB.
    memory: Vec<f64>,
}

impl Scene {
    async fn set(engine: Engine, recipients: u64) -> Result<Self> {
        let home = Home::new(engine)?;
        let app = home.app()?;
        let office = rows::office(&app, rows::wide_settings()).await?;
        let seeded = rows::campaign(&app, office, CampaignLimits::default()).await?;
        let token = rows::token(&app, office).await?;
        drop(app);
        let (database, length) = (home.database(), Length { ended: recipients, due: 0 });
        let filled = database.clone();
        tokio::task::spawn_blocking(move || match &filled {
            Database::Sqlite(path) => bulk::fill_with(path, &seeded, length, WORDING),
            Database::Postgres(url) => bulk::postgres::fill_with(url, &seeded, length, WORDING),
        })
        .await??;
        let server = home.serve().await?;
        Ok(Self { engine, server, database, seeded, token, recipients, _home: home })
    }

    async fn measure(&self) -> Result<Measured> {
        let mut measured = Measured::default();
        for round in 1..=ROUNDS {
            measured.bare.push(self.bare().await?);
            let before = self.server.rss_mib()?;
            self.server.forget_peak_rss()?;
            let cpu_s = self.server.cpu_s()?;
            measured.door.push(self.lines("format=csv").await?);
            let cpu_s = self.server.cpu_s()? - cpu_s;
            measured.memory.push(self.server.peak_rss_mib()? - before);
            measured.attempts.push(self.lines("format=csv&detail=attempts").await?);
            let last = |values: &[f64]| values.last().copied().unwrap_or_default();
            say(&format!(
                "round {round}: {} results on {}: {:.0} lines/s ({cpu_s:.2} CPU-s), bare {:.0}, attempts {:.0}; {:.1} MiB",
                self.recipients,
                self.engine,
                last(&measured.door),
                last(&measured.bare),
                last(&measured.attempts),
                last(&measured.memory)
            ));
        }
        Ok(measured)
    }

    /// Lines a second of the bare export.
    async fn bare(&self) -> Result<f64> {
        let (database, run) = (self.database.clone(), self.seeded.run);
        let began = clock::monotonic();
        let lines = tokio::task::spawn_blocking(move || export::run(&database, run)).await??;
        ensure!(lines == self.recipients, "{lines} of {} lines were written", self.recipients);
        Ok(lines as f64 / began.elapsed().as_secs_f64())
    }

    /// Lines a second of a file of lines, as the door sends it.
    async fn lines(&self, query: &str) -> Result<f64> {
        let (mut line_ends, mut first) = (0_u64, Vec::new());
        let began = clock::monotonic();
        self.read(query, |piece| {
            if line_ends == 0 {
                first.extend_from_slice(piece);
            }
            line_ends += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
        })
        .await?;
        let taken = began.elapsed().as_secs_f64();
        ensure!(
            line_ends == self.recipients + 1,
            "{query}: {line_ends} lines for {} people and a header",
            self.recipients
        );
        let columns = first.split(|byte| *byte == b'\n').next().map(|line| line.split(|byte| *byte == b',').count());
        ensure!(columns >= Some(COLUMNS), "a header of {columns:?} columns");
        Ok(self.recipients as f64 / taken)
    }

    /// Lines a second of a workbook, once.
    async fn workbook(&self) -> Result<Figure> {
        let began = clock::monotonic();
        let mut bytes = 0;
        self.read("format=xlsx", |piece| bytes += piece.len()).await?;
        ensure!(bytes > 0, "an empty workbook");
        let rate = self.recipients as f64 / began.elapsed().as_secs_f64();
        let what = format!("results of {} on {} as a workbook", self.recipients, self.engine);
        Ok(Figure::new("P-8", what, (rate, "rows/s"), Goal::Unset))
    }

    async fn read(&self, query: &str, take: impl FnMut(&[u8])) -> Result<()> {
        let path = format!("/api/v1/campaigns/{}/results?{query}", self.seeded.campaign);
        Connection::open(self.server.port(), &self.token).await?.get(&path, take).await
    }
}

impl Measured {
    fn figures(&self, list: &str, short: &Self) -> [Figure; 5] {
        let ratios: Vec<f64> = self.door.iter().zip(&self.bare).map(|(door, bare)| door / bare).collect();
        let what = format!("results {list} as CSV");
        let door = (median(&self.door), "rows/s");
        let memory = (median(&self.memory), "MiB");
        [
            Figure::new("P-8", &what, door, Goal::AtLeast(400_000.0)),
            Figure::new("P-8", &what, door, Goal::AtLeast(0.5)).by_ratio("bare", (median(&self.bare), median(&ratios))),
            Figure::new("P-8", format!("memory for the results {list}"), memory, Goal::AtMost(16.0)),
            Figure::new("P-8", format!("memory for the results {list}"), memory, Goal::AtMost(2.0))
                .over("MiB for a tenth", median(&short.memory)),
            Figure::new("P-8", format!("attempts {list} as CSV"), (median(&self.attempts), "rows/s"), Goal::Unset),
        ]
    }
}
