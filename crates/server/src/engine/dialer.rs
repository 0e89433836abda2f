//! The dialer: looks, plans, claims, and hands its reservations to a volley.
//!
//! A tick reads a snapshot, asks the planner, and claims what it says in one transaction an organization. Runs
//! that have nobody left are completed here. It never talks to the carrier.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use carillon_domain::calling_hours::local_day_start;
use carillon_domain::limits::SlotRate;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::planner::{self, CLAIM_HORIZON, Claim, Plan, Turns};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::carriers::Line;
use super::sender::Job;
use super::snapshot::{self, Office, Openings, RunRows};
use super::{Engine, control, first, test_calls, volley};
use crate::clock::Busy;
use crate::failpoint;
use crate::store::accounts::Account;
use crate::store::claims::{self, BucketClaim, ClaimRequest, Reserved, RunClaim};
use crate::store::{Lane, StoreError};
use crate::vitals::Tick;

/// Between two ticks at least: what changes meanwhile is seen together.
const TICK_SPACING: SignedDuration = SignedDuration::from_millis(15);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(1);

/// What the dialer remembers from tick to tick; losing it costs nothing.
#[derive(Default)]
struct Memory {
    openings: Openings,
    /// By organization.
    turns: HashMap<Uuid, Turns>,
}

/// Ticks until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    let mut memory = Memory::default();
    loop {
        let now = engine.clock.now();
        let wake = match tick(&engine, &mut memory, now).await {
            Ok(wake) => wake,
            Err(error) => {
                tracing::warn!(%error, "the dialer could not look; nothing is dialed meanwhile");
                now + RETRY_AFTER
            }
        };
        let next = wake.max(now + TICK_SPACING);
        engine.vitals.ticked("dialer", Tick { at: now, next });
        engine.dial.rest_until(now + TICK_SPACING).await;
        engine.dial.wait_until(next).await;
    }
}

/// Looks once and acts. Returns when to look again.
async fn tick(engine: &Arc<Engine>, memory: &mut Memory, now: Timestamp) -> Result<Timestamp, StoreError> {
    let offices = engine.store.read(snapshot::read_offices).await?;
    figures(&offices);
    let mut wake = now + engine.bounds.poll;
    for office in &offices {
        for run in office.runs.iter().filter(|run| run.counts().is_done()) {
            control::finish(engine, &run.campaign).await?;
        }
        for run in office.runs.iter().filter(|run| first::seems_done(run)) {
            first::pause(engine, run.campaign.id).await?;
        }
        for (run, at) in office.runs.iter().filter_map(|run| Some((run, test_calls::given_up_at(run)?))) {
            if at <= now {
                test_calls::give_up(engine, run.campaign.id).await?;
            } else {
                wake = wake.min(at);
            }
        }
        let in_use = u32::try_from(engine.senders.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
        let free = engine.bounds.senders_max.saturating_sub(in_use);
        let turns = memory.turns.remove(&office.organization).unwrap_or_default();
        let view = snapshot::view(office, &mut memory.openings, (free, turns), now);
        let mut plan = planner::plan(&view, now);
        memory.turns.insert(office.organization, std::mem::take(&mut plan.turns));
        wake = wake.min(plan.next_wake.unwrap_or(wake));
        if let Some(account) = &office.account
            && plan.calls() > 0
            && !engine.clock_is_off()
        {
            wake = wake.min(claim(engine, memory, (office, account), &plan, now).await?);
        }
    }
    Ok(wake)
}

/// What the metrics say of the work in hand; every node says it of all.
#[allow(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn figures(offices: &[Office]) {
    let runs = || offices.iter().flat_map(|office| &office.runs);
    let waiting: i64 = runs().map(RunRows::waiting).sum();
    let live_calls: u32 = offices.iter().map(|office| office.live_calls).sum();
    metrics::gauge!("carillon_active_campaigns").set(runs().count() as f64);
    metrics::gauge!("carillon_calls_under_way").set(f64::from(live_calls));
    metrics::gauge!("carillon_recipients_waiting").set(waiting as f64);
}

/// Claims a plan and starts its senders. Returns when more could be claimed.
async fn claim(
    engine: &Arc<Engine>,
    memory: &mut Memory,
    (office, account): (&Office, &Account),
    plan: &Plan,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let line = match engine.carriers.line(account) {
        Ok(line) => line,
        Err(reason) => {
            control::carrier_unusable(engine, office.organization, &reason).await?;
            return Ok(now + engine.bounds.poll);
        }
    };
    let request = request(engine, memory, (office, account), plan, now);
    let asked_at = engine.clock.since_boot();
    let claimed = engine.store.write(Lane::Dialing, move |tx| {
        let claimed = claims::claim(tx, &request)?;
        failpoint::hit("claim.before_commit");
        Ok::<_, StoreError>(claimed)
    });
    let claimed = claimed.await?;
    let took = engine.clock.since_boot().saturating_sub(asked_at);
    engine.pace.note(took);
    engine.vitals.committed(took);
    failpoint::hit("claim.after_commit");
    let reserved = claimed.reserved.len();
    volley::start(engine, jobs(engine, (office, account), &line, &claimed.reserved));
    // Somebody was passed over or everything planned was claimed: there may be more at once.
    let all = reserved >= plan.calls() as usize;
    Ok(if claimed.passed_over > 0 || all { now } else { now + engine.bounds.poll })
}

/// Reservations with all that their senders need.
fn jobs(engine: &Engine, (office, account): (&Office, &Account), line: &Line, reserved: &[Reserved]) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(reserved.len());
    for run in &office.runs {
        let settings = Arc::new(run.campaign.settings.clone());
        let of_run = reserved.iter().filter(|reservation| reservation.run == run.campaign.run);
        jobs.extend(of_run.map(|reservation| Job {
            reservation: reservation.clone(),
            line: line.clone(),
            settings: Arc::clone(&settings),
            organization: office.organization,
            account_sid: account.account_sid.clone(),
            rate: SlotRate::per_second(office.settings.calls_per_second),
            recovering: snapshot::is_recovering(account),
        }));
        if jobs.last().is_some_and(|job| job.reservation.run == run.campaign.run) {
            engine.tell(run.campaign.id);
        }
    }
    jobs
}

fn request(
    engine: &Engine,
    memory: &mut Memory,
    (office, account): (&Office, &Account),
    plan: &Plan,
    now: Timestamp,
) -> ClaimRequest {
    let settings = &office.settings;
    let send_from = now + engine.pace.lead();
    let names = (0..plan.calls()).map(|_| (engine.chance.id(now), token(engine))).collect();
    let runs = plan.claims.iter().filter_map(|claim| {
        let run = office.runs.iter().find(|run| run.campaign.run == claim.run)?;
        run_claim(memory, account, run, claim, now)
    });
    ClaimRequest {
        organization: office.organization,
        account_sid: account.account_sid.clone(),
        owner: engine.owner.clone(),
        now,
        send_from,
        send_until: send_from + CLAIM_HORIZON,
        send_deadline: engine.bounds.send_deadline,
        lapse_after: engine.bounds.carrier_timeout + engine.bounds.send_deadline,
        lines_max: settings.max_concurrent_calls,
        rate: SlotRate::per_second(settings.calls_per_second),
        attempts_per_number_per_day: settings.attempts_per_number_per_day,
        allowed_countries: settings.allowed_countries.iter().map(|country| country.as_str().to_owned()).collect(),
        names,
        runs: runs.collect(),
    }
}

/// 128 random bits in characters that travel well in an address.
fn token(engine: &Engine) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(engine.chance.bytes::<16>())
}

/// `None` when there is no number to call from.
fn run_claim(memory: &mut Memory, account: &Account, run: &RunRows, claim: &Claim, now: Timestamp) -> Option<RunClaim> {
    let settings = &run.campaign.settings;
    let own = settings.caller_ids.clone();
    let caller_ids: Vec<PhoneNumber> =
        if own.is_empty() { account.default_caller_id().into_iter().collect() } else { own };
    if caller_ids.is_empty() {
        return None;
    }
    let buckets = run.buckets.iter().filter(|bucket| claim.buckets.contains(&bucket.bucket));
    let buckets = buckets.map(|bucket| {
        let zones = memory.openings.zones(&bucket.zones);
        BucketClaim { bucket: bucket.bucket, day_start: local_day_start(&zones, now), zones }
    });
    let attempts = run.counts().attempts;
    Some(RunClaim {
        campaign: run.campaign.id,
        run: claim.run,
        count: claim.count,
        lines_max: settings.limits.max_concurrent_calls,
        rate: settings.limits.calls_per_second.map(SlotRate::per_second),
        turn: usize::try_from(attempts).unwrap_or(0) % caller_ids.len(),
        caller_ids,
        recipient_hours: settings.recipient_hours.clone(),
        calling_hours: settings.calling_hours.clone(),
        ring_timeout_s: settings.ring_timeout_s,
        detects_machines: settings.detects_machines(),
        useless_after: settings.useless_after,
        hold: settings.call_hold(),
        buckets: buckets.collect(),
    })
}
