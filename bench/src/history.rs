//! A database with a long history: how long a claim of a hundred takes in it (P-6), and a start of the server (P-11).
//!
//! Nearly everybody on the list has been called; a few hundred are due. The same is measured with a short history, so
//! that it shows whether length costs anything.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use carillon::api::App;
use carillon::store::campaigns;
use carillon::store::claims::{self, BucketClaim, ClaimRequest, RunClaim};
use carillon::store::{Lane, StoreError};
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::limits::{CampaignLimits, SlotRate};
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::time_zones::{TimeZoneName, ZoneSet};
use jiff::{SignedDuration, Timestamp};

use crate::bulk::{self, Length};
use crate::carrier::{ACCOUNT_SID, CALLER_ID};
use crate::clock;
use crate::contest::data_folder;
use crate::figure::{Figure, Goal, median};
use crate::rows::{self, Seeded};
use crate::server::{self, NO_CARRIER, Server};

const CLAIM: u32 = 100;
/// The first of them fill the caches.
const WARM_UPS: usize = 3;
const CLAIMS: usize = 11;
const STARTS: usize = 5;
const SHORT_HISTORY: u64 = 10_000;

#[derive(clap::Args)]
pub struct Options {
    /// People on the list, nearly all called once
    #[arg(long, default_value_t = 10_000_000)]
    pub recipients: u64,
}

/// Medians of one database.
struct Measured {
    /// Within the transaction.
    work_ms: f64,
    /// Until it is durable.
    durable_ms: f64,
    ready_s: f64,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let short = measure(SHORT_HISTORY).await?;
    let long = measure(options.recipients).await?;
    let people = options.recipients;
    let work = Figure::new("P-6", format!("claim of {CLAIM} among {people}"), (long.work_ms, "ms"), Goal::AtMost(2.0));
    let durable = format!("claim of {CLAIM} among {people}, durable");
    let against = format!("ms among {SHORT_HISTORY}");
    let ready = format!("ready with {people} attempts");
    Ok(vec![
        work.clone(),
        Figure { goal: Goal::AtMost(5.0), ..work }.over(&against, short.work_ms),
        Figure::new("P-6", &durable, (long.durable_ms, "ms"), Goal::AtMost(5.0)).over(&against, short.durable_ms),
        Figure::new("P-11", ready, (long.ready_s, "s"), Goal::AtMost(1.0)),
    ])
}

async fn measure(recipients: u64) -> Result<Measured> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let app = server::app(folder.path())?;
    let office = rows::office(&app, rows::wide_settings()).await?;
    let seeded = rows::campaign(&app, office, CampaignLimits::default()).await?;
    let due = u64::from(CLAIM) * (CLAIMS + WARM_UPS) as u64;
    ensure!(recipients > due, "a history of {recipients} is too short");
    bulk::fill(&server::database(folder.path()), &seeded, Length { ended: recipients - due, due })?;
    set_status(&app, &seeded, CampaignStatus::Active).await?;
    let (work_ms, durable_ms) = claim_all(&app, &seeded).await?;
    // So that the started server has nobody to call.
    set_status(&app, &seeded, CampaignStatus::Paused).await?;
    drop(app);
    Ok(Measured { work_ms, durable_ms, ready_s: ready_s(folder.path()).await? })
}

async fn set_status(app: &App, seeded: &Seeded, status: CampaignStatus) -> Result<()> {
    let (id, now) = (seeded.campaign, app.clock.now());
    app.store
        .write(Lane::Pages, move |tx| {
            let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(()) };
            campaign.status = status;
            campaigns::save(tx, &mut campaign, now)
        })
        .await
        .map_err(|e: StoreError| e)?;
    Ok(())
}

/// Medians of claims in milliseconds: within the transaction, and until durable.
async fn claim_all(app: &App, seeded: &Seeded) -> Result<(f64, f64)> {
    let (mut work, mut durable) = (Vec::new(), Vec::new());
    for nth in 0..WARM_UPS + CLAIMS {
        let request = request(app, seeded)?;
        let began = clock::monotonic();
        let claimed = app.store.write(Lane::Dialing, move |tx| {
            let began = clock::monotonic();
            let claimed = claims::claim(tx, &request)?;
            Ok::<_, StoreError>((claimed.reserved.len(), began.elapsed()))
        });
        let (reserved, within) = claimed.await?;
        let until_durable = began.elapsed();
        ensure!(reserved == CLAIM as usize, "{reserved} of {CLAIM} were claimed");
        if nth >= WARM_UPS {
            work.push(ms(within));
            durable.push(ms(until_durable));
        }
    }
    Ok((median(&work), median(&durable)))
}

fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1_000.0
}

fn request(app: &App, seeded: &Seeded) -> Result<ClaimRequest> {
    let now = app.clock.now();
    let names = (0..CLAIM).map(|_| {
        let id = app.chance.id(now);
        (id, id.simple().to_string())
    });
    Ok(ClaimRequest {
        organization: seeded.organization,
        account_sid: ACCOUNT_SID.to_owned(),
        owner: "bench".to_owned(),
        now,
        send_from: now,
        send_until: now + SignedDuration::from_hours(1),
        send_deadline: SignedDuration::from_secs(2),
        lapse_after: SignedDuration::from_secs(12),
        lines_max: 10_000,
        rate: SlotRate::per_second(10_000.0),
        attempts_per_number_per_day: Some(3),
        allowed_countries: vec!["US".to_owned()],
        names: names.collect(),
        runs: vec![run_claim(seeded, now)?],
    })
}

fn run_claim(seeded: &Seeded, now: Timestamp) -> Result<RunClaim> {
    let zones = ZoneSet::of_zone(TimeZoneName::parse(rows::ZONE)?);
    Ok(RunClaim {
        campaign: seeded.campaign,
        run: seeded.run,
        count: CLAIM,
        lines_max: None,
        rate: None,
        caller_ids: vec![PhoneNumber::from_e164(CALLER_ID)?],
        turn: 0,
        recipient_hours: RecipientHours { enabled: false, ..RecipientHours::default() },
        calling_hours: None,
        ring_timeout_s: 30,
        detects_machines: false,
        useless_after: None,
        hold: SignedDuration::from_mins(5),
        buckets: vec![BucketClaim { bucket: bulk::BUCKET, zones, day_start: now - SignedDuration::from_hours(12) }],
    })
}

/// The median of starts, from the start of the process until it says that it is ready.
async fn ready_s(folder: &Path) -> Result<f64> {
    let mut taken = Vec::new();
    for _ in 0..STARTS {
        let server = Server::start(folder, NO_CARRIER)?;
        taken.push(server.ready().await?.as_secs_f64());
    }
    Ok(median(&taken))
}
