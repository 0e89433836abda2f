//! Carillon itself as a contestant: the whole server, with every rule on, in a process of its own.
//!
//! The list is written before the measurement, as the others' lists are; what is measured is a campaign from its start
//! to its completion, with claims, limits, webhooks, outcomes and counters.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::api::App;
use carillon::chance::Chance;
use carillon::clock::SystemClock;
use carillon::config::{Config, Given};
use carillon::engine::control::{self, Request};
use carillon::store::scope::Scope;
use carillon::store::{Location, Store, StoreError, buckets, campaigns};
use carillon_domain::campaign::{CampaignAction, CampaignStatus};
use carillon_domain::progress::Counts;
use tokio::net::TcpListener;

use crate::bare::{input_line, say};
use crate::clock;
use crate::contest::Job;
use crate::rows::{self, Seeded};

/// Between two looks at the campaign.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const GIVE_UP_AFTER: Duration = Duration::from_secs(180);

/// Gets ready, waits for a line, runs the campaign, reports, and ends when its input does.
pub async fn run(job: &Job) -> Result<()> {
    let address = SocketAddr::from(([127, 0, 0, 1], job.port));
    let database = std::env::var("DATABASE_URL").ok();
    if let Some(url) = database.clone() {
        tokio::task::spawn_blocking(move || Store::migrate(&Location::parse(&url))).await??;
    }
    let given = Given {
        data_dir: Some(job.folder.clone()),
        database_url: database,
        listen: Some(address),
        public_url: Some(job.public_url()),
        twilio_base_url: Some(job.carrier_url.clone()),
        ..Given::default()
    };
    let app = carillon::app::build(Config::try_new(given)?, Arc::new(SystemClock), Chance::system()?)?;
    let app = Arc::new(app);
    let seeded = rows::campaign_of(&app, job.calls, job.calls_at_once).await?;
    let socket = TcpListener::bind(address).await?;
    tokio::spawn(carillon::app::serve_on(Arc::clone(&app), socket, std::future::pending()));
    say("ready")?;
    ensure!(input_line().await?, "nobody said go");
    let started = clock::monotonic();
    let request =
        Request { scope: Scope::whole(seeded.organization), campaign: seeded.campaign, actor: "bench".to_owned() };
    control::activate(&app.engine, &request, CampaignAction::Start).await?;
    let counts = until_over(&app, &seeded, started).await?;
    let report = serde_json::json!({
        "calls": counts.outcomes.iter().sum::<i64>(),
        "counted": counts.attempts,
        "refused": 0,
        "webhooks": 0,
        "seconds": started.elapsed().as_secs_f64(),
    });
    say(&report.to_string())?;
    while input_line().await? {}
    Ok(())
}

async fn until_over(app: &App, seeded: &Seeded, started: std::time::Instant) -> Result<Counts> {
    loop {
        let (id, run) = (seeded.campaign, seeded.run);
        let look =
            app.store.read(move |tx| Ok::<_, StoreError>((campaigns::find_any(tx, id)?, buckets::total(tx, run)?)));
        let (campaign, counts) = look.await?;
        let campaign = campaign.context("the campaign is gone")?;
        if campaign.status == CampaignStatus::Completed {
            return Ok(counts);
        }
        ensure!(
            campaign.status == CampaignStatus::Active,
            "the campaign is {}: {:?}",
            campaign.status,
            campaign.status_reason
        );
        ensure!(started.elapsed() < GIVE_UP_AFTER, "gave up: {counts:?}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
