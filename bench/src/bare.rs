//! The bare loop: the ceiling that a dialer on this machine can reach, and the mark for ours.
//!
//! Claims, one request for each call, signed webhooks, retries and counters, over SQLite with `synchronous=FULL` and
//! group commit. No campaigns, hours, limits across nodes, do-not-call, users or audit: it has no rules, and must never
//! be used to call anybody. The contract is kept: an attempt is durable before its call is asked for, and a status is
//! answered after its commit.

mod caller;
pub mod export;
pub mod import;
mod signature;
mod store;
mod web;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::sync::{Notify, Semaphore};

use crate::clock;
use crate::contest::Job;
use caller::Caller;
use store::{Claimed, Store};

const CLAIM_MAX: u32 = 100;
/// How long no webhook may have come before the run counts as over.
const QUIET: Duration = Duration::from_millis(1_000);
const GIVE_UP_AFTER: Duration = Duration::from_secs(120);

/// What the run has seen, shared by the loop and the webhooks.
pub struct Seen {
    started: Instant,
    ended: AtomicU64,
    refused: AtomicU64,
    webhooks: AtomicU64,
    /// Microseconds from the start to the last webhook answered.
    answered_us: AtomicU64,
    /// A place in flight for each call that may still be started.
    free: Semaphore,
    moved: Notify,
}

impl Seen {
    fn new(calls_at_once: usize) -> Self {
        Self {
            started: clock::monotonic(),
            ended: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            webhooks: AtomicU64::new(0),
            answered_us: AtomicU64::new(0),
            free: Semaphore::new(calls_at_once),
            moved: Notify::new(),
        }
    }

    fn since_start_us(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    pub fn webhook_answered(&self) {
        self.webhooks.fetch_add(1, Ordering::Relaxed);
        self.answered_us.fetch_max(self.since_start_us(), Ordering::Relaxed);
    }

    pub fn call_ended(&self) {
        self.ended.fetch_add(1, Ordering::Relaxed);
        self.free.add_permits(1);
        self.moved.notify_one();
    }

    fn call_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        self.free.add_permits(1);
        self.moved.notify_one();
    }

    fn over(&self) -> u64 {
        self.ended.load(Ordering::Relaxed) + self.refused.load(Ordering::Relaxed)
    }
}

/// Gets ready, waits for a line, calls everybody once, reports, and ends when its input does.
pub async fn run(job: &Job) -> Result<()> {
    let store = Store::open(&job.folder.join("bare.db"), job.calls)?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", job.port)).await?;
    say("ready")?;
    ensure!(input_line().await?, "nobody said go");

    let seen = Arc::new(Seen::new(job.calls_at_once));
    let caller = Arc::new(Caller::new(job)?);
    tokio::spawn(web::serve(listener, job.public_url(), store.clone(), Arc::clone(&seen)));
    call_everybody(job, &store, &caller, &seen).await?;
    report(&store, &seen).await?;
    while input_line().await? {}
    Ok(())
}

/// Waits for a line; false when the input has ended.
pub async fn input_line() -> Result<bool> {
    let read = || std::io::stdin().read_line(&mut String::new());
    Ok(tokio::task::spawn_blocking(read).await?? > 0)
}

async fn call_everybody(job: &Job, store: &Store, caller: &Arc<Caller>, seen: &Arc<Seen>) -> Result<()> {
    let calls = u64::from(job.calls);
    let mut claimed = 0;
    while seen.over() < calls {
        ensure!(seen.started.elapsed() < GIVE_UP_AFTER, "gave up: {} of {calls} calls are over", seen.over());
        let free = u32::try_from(seen.free.available_permits()).unwrap_or(u32::MAX).min(CLAIM_MAX);
        if free == 0 || claimed == calls {
            // The time-out only bounds the wait for a call that never ends.
            let _ = tokio::time::timeout(QUIET, seen.moved.notified()).await;
            continue;
        }
        let batch = store.claim(free, clock::wall_us()).await?;
        claimed += batch.len() as u64;
        for claim in batch {
            seen.free.acquire().await?.forget();
            tokio::spawn(place(claim, store.clone(), Arc::clone(caller), Arc::clone(seen)));
        }
    }
    Ok(())
}

/// One request for one attempt. Whatever it answers, it is not repeated.
async fn place(claim: Claimed, store: Store, caller: Arc<Caller>, seen: Arc<Seen>) {
    match caller.place(&claim).await {
        Ok(sid) => store.accepted(claim.attempt, sid).await,
        Err(_) => seen.call_refused(),
    }
}

async fn report(store: &Store, seen: &Seen) -> Result<()> {
    while seen.since_start_us() < seen.answered_us.load(Ordering::Relaxed) + QUIET.as_micros() as u64 {
        tokio::time::sleep(QUIET / 20).await;
    }
    let ledger = store.ledger().await?;
    let report = serde_json::json!({
        "calls": ledger.ended,
        "counted": ledger.counted,
        "refused": seen.refused.load(Ordering::Relaxed),
        "webhooks": seen.webhooks.load(Ordering::Relaxed),
        "seconds": Duration::from_micros(seen.answered_us.load(Ordering::Relaxed)).as_secs_f64(),
    });
    say(&report.to_string())
}

pub fn say(line: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}")?;
    Ok(output.flush()?)
}
