//! A server with a long list in its database: idle, starting small campaigns, and dialing the long one.
//!
//! Memory and CPU are read from outside the process; when the first call of a campaign came and how long webhooks took
//! is read from the carrier's ledger, so the carrier's own time and the loopback are in the figures.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon_domain::limits::CampaignLimits;
use carillon_simulator::{LedgerView, Simulator, WebhookKind};

use crate::bulk::{self, Length};
use crate::carrier;
use crate::clock;
use crate::contest::data_folder;
use crate::disk;
use crate::figure::{Figure, Goal, median, quantile};
use crate::rows::{self, Seeded};
use crate::server::{self, Server};

/// Of the long campaign, in calls a second.
const RATE: f64 = 100.0;
/// A ring of 5 s takes 250 ms, so a few dozen calls are alive at once.
const SPEED: f64 = 20.0;
const FIRST_CALL_WITHIN: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// Between two small campaigns; not a multiple of anything that ticks.
const BETWEEN_STARTS: Duration = Duration::from_millis(137);
/// After the start of the process, before it counts as idle.
const SETTLE: Duration = Duration::from_secs(3);
const SAMPLE_EVERY: Duration = Duration::from_millis(200);
const SYNCS: usize = 300;
/// Of the long run, before webhooks are counted: connections are made, caches filled.
const WARM_UP: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct Options {
    /// People on the long list
    #[arg(long, default_value_t = 1_000_000)]
    pub recipients: u64,
    /// Small campaigns that are started
    #[arg(long, default_value_t = 60)]
    pub starts: u64,
    /// How long the idle server and the long campaign are watched, each
    #[arg(long, default_value_t = 30)]
    pub seconds: u64,
}

/// A server with its carrier and campaigns.
struct Scene {
    server: Server,
    carrier: Simulator,
    long: Seeded,
    small: Vec<Seeded>,
    token: String,
    seconds: Duration,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let scene = Scene::set(folder.path(), options).await?;
    let mut figures = scene.idle().await?;
    figures.extend(scene.starts(options.recipients).await?);
    figures.extend(scene.long_run().await?);
    Ok(figures)
}

impl Scene {
    async fn set(folder: &std::path::Path, options: &Options) -> Result<Self> {
        let app = server::app(folder)?;
        let office = rows::office(&app, rows::wide_settings()).await?;
        let limits = CampaignLimits { calls_per_second: Some(RATE), max_concurrent_calls: None };
        let long = rows::campaign(&app, office, limits).await?;
        let mut small = Vec::new();
        for place in options.recipients..options.recipients + options.starts {
            let seeded = rows::campaign(&app, office, CampaignLimits::default()).await?;
            rows::enroll(&app, &seeded, place..place + 1).await?;
            small.push(seeded);
        }
        let token = rows::token(&app, office).await?;
        drop(app);
        bulk::fill(&server::database(folder), &long, Length { ended: 0, due: options.recipients })?;
        let carrier = carrier::here(SPEED, carrier::mix()).await?;
        let server = Server::start(folder, &carrier.base_url())?;
        server.ready().await?;
        Ok(Self { server, carrier, long, small, token, seconds: Duration::from_secs(options.seconds) })
    }

    async fn idle(&self) -> Result<Vec<Figure>> {
        tokio::time::sleep(SETTLE).await;
        let (began, before) = (clock::monotonic(), self.server.cpu_s()?);
        let memory = self.peak_while(self.seconds).await?;
        let share = 100.0 * (self.server.cpu_s()? - before) / began.elapsed().as_secs_f64();
        Ok(vec![
            Figure::new("P-12", "memory when idle", (memory, "MiB"), Goal::AtMost(40.0)),
            Figure::new("P-12", "CPU when idle", (share, "% of a core"), Goal::AtMost(0.5)),
        ])
    }

    async fn starts(&self, recipients: u64) -> Result<Vec<Figure>> {
        let mut taken = Vec::with_capacity(self.small.len());
        for (place, seeded) in (recipients..).zip(&self.small) {
            taken.push(self.first_call(seeded, |to| to == rows::phone(place)).await?);
            tokio::time::sleep(BETWEEN_STARTS).await;
        }
        let what = |share: &str| format!("start to first call, {share}, {recipients} enrolled");
        let (p50, p99) = (median(&taken), quantile(&taken, 0.99));
        Ok(vec![
            Figure::new("P-10", what("p50"), (p50, "ms"), Goal::AtMost(250.0)),
            Figure::new("P-10", what("p99"), (p99, "ms"), Goal::AtMost(250.0)),
        ])
    }

    /// Milliseconds from asking for the start to the carrier's receipt of the first call.
    async fn first_call(&self, seeded: &Seeded, is_theirs: impl Fn(&str) -> bool) -> Result<f64> {
        let ledger = self.carrier.ledger();
        let seen = ledger.creates().len() as u64;
        let (asked_us, began) = (clock::wall_us(), clock::monotonic());
        self.server.ask(seeded.campaign, "start", &self.token).await?;
        loop {
            if let Some(create) = ledger.creates_since(seen).iter().find(|create| is_theirs(&create.to)) {
                return Ok((create.received_at.as_microsecond() - asked_us) as f64 / 1_000.0);
            }
            ensure!(began.elapsed() < FIRST_CALL_WITHIN, "a campaign was started and nobody was called");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn long_run(&self) -> Result<Vec<Figure>> {
        let mut syncs = disk::syncs_ms(SYNCS)?;
        let first_call = self.first_call(&self.long, |_| true).await?;
        tokio::time::sleep(WARM_UP).await;
        let ledger = self.carrier.ledger();
        let (seen, creates) = (ledger.webhooks().len() as u64, ledger.creates().len());
        let began = clock::monotonic();
        let memory = self.peak_while(self.seconds).await?;
        let rate = (ledger.creates().len() - creates) as f64 / began.elapsed().as_secs_f64();
        let answers = answers_ms(&ledger, seen)?;
        self.server.ask(self.long.campaign, "stop", &self.token).await?;
        syncs.extend(disk::syncs_ms(SYNCS)?);
        let running = format!("memory while {rate:.0} calls/s run");
        let answer = |share: &str| format!("webhook answer at {rate:.0} calls/s, {share}");
        let sync = |share: &str| format!("ms disk sync {share}");
        let (p50, p99) = ((median(&answers), "ms"), (quantile(&answers, 0.99), "ms"));
        Ok(vec![
            Figure::new("P-10", "start to first call of the long list", (first_call, "ms"), Goal::AtMost(250.0)),
            Figure::new("P-4", running, (memory, "MiB"), Goal::AtMost(64.0)),
            Figure::new("P-3", answer("p50"), p50, Goal::AtMost(4.0)).over(sync("p50"), median(&syncs)),
            Figure::new("P-3", answer("p99"), p99, Goal::AtMost(5.0)).over(sync("p99"), quantile(&syncs, 0.99)),
        ])
    }

    /// The most memory that the server had during this time.
    async fn peak_while(&self, during: Duration) -> Result<f64> {
        let began = clock::monotonic();
        let mut peak = 0.0_f64;
        while began.elapsed() < during {
            peak = peak.max(self.server.rss_mib()?);
            tokio::time::sleep(SAMPLE_EVERY).await;
        }
        Ok(peak)
    }
}

/// How long status webhooks since an index took, each of which must have been taken.
pub fn answers_ms(ledger: &LedgerView, since: u64) -> Result<Vec<f64>> {
    let mut taken = Vec::new();
    for webhook in ledger.webhooks_since(since) {
        let status = webhook.status.context("a webhook was not answered")?;
        ensure!(status < 300, "a webhook was answered with {status}");
        if webhook.kind == WebhookKind::Status {
            taken.push((webhook.at.as_microsecond() - webhook.sent_at.as_microsecond()) as f64 / 1_000.0);
        }
    }
    Ok(taken)
}
