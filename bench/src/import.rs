//! A long list imported by a served Carillon that is calling people meanwhile (P-5).
//!
//! The list is brought, looked at and committed through the API, as the pages do it; measured is from the commit to the
//! last row, by rows, memory of the process, and the webhooks that were answered in the meantime. A run whose counts are
//! not those that the list was made for is no result. The limit is [`bare::import`](crate::bare::import).

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::api::App;
use carillon::store::do_not_call::{self, Entry};
use carillon::store::{Lane, Location, Store, StoreError};
use carillon_domain::limits::CampaignLimits;
use carillon_simulator::Simulator;
use serde_json::{Value, json};

use crate::contest::data_folder;
use crate::figure::{Figure, Goal, median, quantile};
use crate::home::Engine;
use crate::http::{self, Question};
use crate::people::{self, Expected};
use crate::postgres::Postgres;
use crate::rows::{self, Office, Seeded};
use crate::server::{self, Server};
use crate::serving::answers_ms;
use crate::{bare, carrier, clock};

/// Of the campaign that runs beside the import, in calls a second.
const RATE: f64 = 20.0;
/// Enough people for it to last as long as any import.
const CALLED: u64 = 20_000;
/// A ring of 5 s takes 250 ms.
const SPEED: f64 = 20.0;
const LOOK_EVERY: Duration = Duration::from_millis(20);
const GIVE_UP_AFTER: Duration = Duration::from_secs(900);
const LIST_BYTES_MAX: &str = "200000000";
/// Numbers put on the do-not-call list in one transaction.
const CHUNK: usize = 1_000;
const BOUNDARY: &str = "a-list-of-made-up-people";
const MAPPING: &str = r#"{"phone":"Phone","first_name":"First name","last_name":"Last name","email":"E-mail",
    "company":"Company","postal_code":"Postal code","state":"State"}"#;

#[derive(clap::Args)]
pub struct Options {
    /// Rows of the list
    #[arg(long, default_value_t = 1_000_000)]
    pub rows: u64,
    /// Times that everybody imports it
    #[arg(long, default_value_t = 5)]
    pub rounds: usize,
    /// On one database alone
    #[arg(long)]
    pub only: Option<Engine>,
}

/// One import.
struct Measured {
    rows_per_s: f64,
    /// Of validation: every row looked at, nothing written.
    looked_at_per_s: f64,
    peak_mib: f64,
    cpu_s: f64,
    answers_ms: Vec<f64>,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let mut list = tempfile::NamedTempFile::new_in(data_folder()?)?;
    people::write(options.rows, list.as_file_mut())?;
    let mut figures = Vec::new();
    for engine in Engine::measured(options.only) {
        let (mut bare, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..options.rounds {
            bare.push(bare_rows_per_s(engine, list.path(), Expected::of(options.rows)).await?);
            let postgres = (engine == Engine::Postgres).then(Postgres::start).transpose()?;
            ours.push(measure(list.path(), options.rows, postgres).await?);
        }
        figures.extend(self::figures(engine, options.rows, &ours, &bare));
    }
    Ok(figures)
}

async fn bare_rows_per_s(engine: Engine, list: &Path, expected: Expected) -> Result<f64> {
    match engine {
        Engine::Sqlite => bare::import::rows_per_s(list, expected),
        Engine::Postgres => {
            let list = list.to_owned();
            tokio::task::spawn_blocking(move || bare::import::rows_per_s_on_postgres(&list, expected)).await?
        }
    }
}

fn figures(database: Engine, rows: u64, measured: &[Measured], bare: &[f64]) -> Vec<Figure> {
    let middle = |of: &dyn Fn(&Measured) -> f64| median(&measured.iter().map(of).collect::<Vec<f64>>());
    let what = |what: &str| format!("{what}, {rows} rows, {database}");
    // P-5 names SQLite alone.
    let goal = if database == Engine::Sqlite { Goal::AtLeast(0.65) } else { Goal::Unset };
    let ratios: Vec<f64> = measured.iter().zip(bare).map(|(ours, bare)| ours.rows_per_s / bare).collect();
    let rows_per_s = middle(&|run| run.rows_per_s);
    let cpu = middle(&|run| run.cpu_s) * 1_000_000.0 / rows as f64;
    let answer = middle(&|run| quantile(&run.answers_ms, 0.99));
    let looked_at = middle(&|run| run.looked_at_per_s);
    vec![
        Figure::new("P-5", what("import"), (rows_per_s, "rows/s"), goal)
            .by_ratio("rows/s of the bare import", (median(bare), median(&ratios))),
        Figure::new("P-5", what("look before it"), (looked_at, "rows/s"), Goal::AtLeast(rows_per_s)),
        Figure::new("P-5", what("memory"), (middle(&|run| run.peak_mib), "MiB"), Goal::AtMost(150.0)),
        Figure::new("P-5", what("CPU of the server"), (cpu, "s a million rows"), Goal::AtMost(60.0)),
        Figure::new("P-5", what("webhook answers meanwhile, p99"), (answer, "ms"), Goal::AtMost(500.0)),
    ]
}

/// A server that is calling people, and the list.
struct Scene<'l> {
    server: Server,
    carrier: Simulator,
    token: String,
    list: &'l Path,
    rows: u64,
}

async fn measure(list: &Path, rows: u64, postgres: Option<Postgres>) -> Result<Measured> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let url = postgres.as_ref().map(Postgres::url);
    if let Some(url) = &url {
        Store::migrate(&Location::parse(url))?;
    }
    let app = server::app_on(folder.path(), url.clone())?;
    let (token, campaign) = prepare(&app, rows).await?;
    drop(app);
    let carrier = carrier::here(SPEED, carrier::mix()).await?;
    let settings = [("CARILLON_IMPORT_BYTES_MAX", LIST_BYTES_MAX.to_owned())];
    let database = url.map(|url| ("CARILLON_DATABASE_URL", url));
    let settings: Vec<(&str, String)> = settings.into_iter().chain(database).collect();
    let server = Server::start_with(folder.path(), &carrier.base_url(), &settings)?;
    server.ready().await?;
    server.ask(campaign.campaign, "start", &token).await?;
    Scene { server, carrier, token, list, rows }.import().await
}

/// People to be called, and the numbers that must not be.
async fn prepare(app: &App, rows: u64) -> Result<(String, Seeded)> {
    let office = rows::office(app, rows::wide_settings()).await?;
    let limits = CampaignLimits { calls_per_second: Some(RATE), max_concurrent_calls: None };
    let campaign = rows::campaign(app, office, limits).await?;
    rows::enroll(app, &campaign, 0..CALLED).await?;
    forbid(app, office, people::forbidden(rows).collect()).await?;
    Ok((rows::token(app, office).await?, campaign))
}

async fn forbid(app: &App, office: Office, phones: Vec<String>) -> Result<()> {
    let (organization, added_at) = (office.organization, app.clock.now());
    for chunk in phones.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        let added = app.store.write(Lane::Pages, move |tx| {
            chunk.iter().try_for_each(|phone| {
                let (reason, by) = ("asked for it".to_owned(), "bench".to_owned());
                let entry = Entry { phone: phone.clone(), reason, source: by.clone(), added_by: by, added_at };
                do_not_call::add(tx, organization, &entry).map(drop)
            })
        });
        added.await.map_err(|e: StoreError| e)?;
    }
    Ok(())
}

impl Scene<'_> {
    async fn import(self) -> Result<Measured> {
        let import = self.bring().await?;
        let wish = json!({
            "mapping": serde_json::from_str::<Value>(MAPPING)?,
            "default_country": "US",
            "duplicates": "skip",
        });
        let began = clock::monotonic();
        let looked = self.ask("POST", &format!("/{import}/validate"), Some(&wish)).await?;
        let looked_at_s = began.elapsed().as_secs_f64();
        self.check_look(&looked)?;
        let webhooks = self.carrier.ledger().webhooks().len() as u64;
        let (began, cpu_before) = (clock::monotonic(), self.server.cpu_s()?);
        self.ask("POST", &format!("/{import}/commit"), Some(&wish)).await?;
        let mut peak_mib = 0.0_f64;
        let ended = loop {
            peak_mib = peak_mib.max(self.server.rss_mib()?);
            let state = self.ask("GET", &format!("/{import}"), None).await?;
            if matches!(state["state"].as_str(), Some("done" | "failed")) {
                break state;
            }
            ensure!(began.elapsed() < GIVE_UP_AFTER, "the import does not end: {state}");
            tokio::time::sleep(LOOK_EVERY).await;
        };
        let taken_s = began.elapsed().as_secs_f64();
        self.check_end(&ended)?;
        Ok(Measured {
            rows_per_s: self.rows as f64 / taken_s,
            looked_at_per_s: self.rows as f64 / looked_at_s,
            peak_mib,
            cpu_s: self.server.cpu_s()? - cpu_before,
            answers_ms: answers_ms(&self.carrier.ledger(), webhooks)?,
        })
    }

    /// Brings the list; its import's id.
    async fn bring(&self) -> Result<String> {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend(std::fs::read(self.list)?);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let question = Question { method: "POST", path: "/api/v1/imports", token: &self.token };
        let brought = http::ask(self.server.port(), question, Some((&content_type, body))).await?;
        Ok(brought["id"].as_str().context("an import without an id")?.to_owned())
    }

    async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let path = format!("/api/v1/imports{path}");
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        http::ask(self.server.port(), Question { method, path: &path, token: &self.token }, body).await
    }

    fn check_look(&self, looked: &Value) -> Result<()> {
        let expected = Expected::of(self.rows);
        let on_the_list = people::forbidden(self.rows).count() as u64;
        let found = ["valid", "do_not_call", "duplicates_in_file", "duplicates_existing", "invalid"];
        let found = found.map(|count| looked[count].as_u64());
        let wanted = [expected.imported - on_the_list, on_the_list, expected.skipped, 0, expected.rejected];
        ensure!(found == wanted.map(Some), "looked at: {found:?}, expected {wanted:?}");
        Ok(())
    }

    fn check_end(&self, ended: &Value) -> Result<()> {
        let count = |name: &str| ended[name].as_u64().with_context(|| format!("{name} in {ended}"));
        let found = Expected { imported: count("imported")?, skipped: count("skipped")?, rejected: count("rejected")? };
        ensure!(ended["state"] == "done", "the import failed: {ended}");
        ensure!(found == Expected::of(self.rows), "imported: {found:?}, expected {:?}", Expected::of(self.rows));
        Ok(())
    }
}
