//! The stop loop: many campaigns are paused and stopped in the middle of a burst, several at once.
//!
//! The moment an answer has come back, the carrier's ledger is looked at: no request of that campaign may come
//! after it, and none of its unanswered calls may begin to ring.

use std::time::Duration;

use anyhow::{Result, ensure};
use carillon::store::Engine;
use carillon_domain::retry::RetryPolicy;
use carillon_simulator::{Config as CarrierConfig, FaultPlan, Mix, RequestFaults, Span};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::campaign::{self, Api, Campaign, number};
use crate::dice::Dice;
use crate::evidence::Evidence;
use crate::server::{Came, Server};
use crate::verdict::{Verdict, say};
use crate::world::{Limits, World, free_address, now};
use crate::{checker, faults};

/// Campaigns under way at once.
const LANES: u64 = 12;
const RECIPIENTS_PER_CAMPAIGN: usize = 30;
/// More than the carrier starts a second, so that calls wait in its queue when a stop comes.
const LIMITS: Limits = Limits { calls_per_second: 90.0, calls_at_once: 2_000 };
const CARRIER_CALLS_PER_SECOND: f64 = 70.0;
/// After the last stop, until a late request would have come.
const AFTERMATH: Duration = Duration::from_secs(3);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// One attempt each, so no retries; and the carrier turns nothing away.
const NOT_HERE: [&str; 2] = ["INV-3", "INV-13"];

/// What a loop is told.
pub struct Options {
    pub engine: Engine,
    pub stops: u32,
    pub seed: u64,
}

/// A stop or a pause that has answered.
struct Barrier<'a> {
    campaign: &'a Campaign,
    word: &'static str,
    /// How many requests the carrier had seen when the answer came, and when a resume was asked for.
    from: usize,
    to: usize,
    answered_at: Timestamp,
    took: Duration,
}

/// Stops so often, then judges. True when every invariant held.
pub async fn run(options: &Options) -> Result<bool> {
    let mix = Mix { rings_for: Span::new(2.0, 6.0), talks_for: Span::new(3.0, 30.0), ..Mix::all_human(1.0, 1.0) };
    let plan = FaultPlan {
        create: RequestFaults { latency_ms: (1, 80), ..RequestFaults::default() },
        callback: faults::callbacks(),
        ..FaultPlan::default()
    };
    let carrier = CarrierConfig { speed: 10.0, cps: CARRIER_CALLS_PER_SECOND, mix, faults: plan, ..Default::default() };
    let world = World::new(options.engine, options.seed, LIMITS, carrier).await?;
    let verdicts = torture(options, &world).await;
    let name = format!("stop on {}, {} stops and pauses", crate::engine_word(options.engine), options.stops);
    world.close(&name, options.seed, verdicts)
}

async fn torture(options: &Options, world: &World) -> Result<Vec<Verdict>> {
    let retry = RetryPolicy { max_attempts: 1, ..RetryPolicy::default() };
    let lists = (0..options.stops as usize)
        .map(|nth| (nth * RECIPIENTS_PER_CAMPAIGN..(nth + 1) * RECIPIENTS_PER_CAMPAIGN).map(number).collect())
        .collect();
    let campaigns = campaign::write(world, lists, &retry).await?;
    let address = free_address()?;
    let mut server = Server::start(&world.launch(address, address, "server"))?;
    ensure!(server.ready().await? == Came::Ready, "the server died before anything was done to it");
    let (api, began) = (Api::new(world, address)?, now());
    let lanes = (0..LANES).map(|lane| {
        let campaigns = campaigns.iter().skip(usize::try_from(lane).unwrap_or(0)).step_by(LANES as usize);
        run_lane(world, api.clone(), campaigns.collect(), Dice::new(options.seed, 100 + lane))
    });
    let barriers: Vec<Barrier> = try_join_all(lanes).await?.into_iter().flatten().collect();
    let took = now().duration_since(began);
    tokio::time::sleep(AFTERMATH).await;
    wait_for_quiet(world).await;
    api.settled(&campaigns).await?;
    server.end().await?;
    let stopped: Vec<Campaign> = barriers.iter().filter(|b| b.word == "stop").map(|b| b.campaign.clone()).collect();
    let evidence = Evidence::read(world, &stopped, &retry).await?;
    say(&format!("{} requests in {took:#}; {}", evidence.creates.len(), how_long(&barriers)));
    let mut verdicts = checker::check(&evidence, &NOT_HERE);
    verdicts.extend([nothing_is_sent_after(&evidence, &barriers), nothing_rings_after(&evidence, &barriers)]);
    Ok(verdicts)
}

/// Starts, pauses and stops campaigns one after the other.
async fn run_lane<'a>(
    world: &World,
    api: Api,
    campaigns: Vec<&'a Campaign>,
    mut dice: Dice,
) -> Result<Vec<Barrier<'a>>> {
    let mut barriers = Vec::new();
    for campaign in campaigns {
        api.ask(campaign, "start").await?;
        tokio::time::sleep(dice.millis(30, 700)).await;
        if dice.hits(50) {
            let mut barrier = pass(world, &api, campaign, "pause").await?;
            tokio::time::sleep(dice.millis(50, 300)).await;
            barrier.to = requests(world);
            barriers.push(barrier);
            api.ask(campaign, "resume").await?;
            tokio::time::sleep(dice.millis(30, 400)).await;
        }
        barriers.push(pass(world, &api, campaign, "stop").await?);
    }
    Ok(barriers)
}

async fn pass<'a>(world: &World, api: &Api, campaign: &'a Campaign, word: &'static str) -> Result<Barrier<'a>> {
    let asked_at = now();
    api.ask(campaign, word).await?;
    let (from, answered_at) = (requests(world), now());
    let took = answered_at.duration_since(asked_at).unsigned_abs();
    Ok(Barrier { campaign, word, from, to: usize::MAX, answered_at, took })
}

/// How many create requests the carrier has seen.
fn requests(world: &World) -> usize {
    world.carrier.ledger().creates().len()
}

async fn wait_for_quiet(world: &World) {
    const LOOKS_MAX: u32 = 100;
    for _ in 0..LOOKS_MAX {
        if world.carrier.live_calls() == 0 {
            break;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    // The last callbacks, late ones too.
    tokio::time::sleep(AFTERMATH).await;
}

fn how_long(barriers: &[Barrier<'_>]) -> String {
    let mut took: Vec<Duration> = barriers.iter().map(|barrier| barrier.took).collect();
    took.sort_unstable();
    let at = |percent: usize| took.get(took.len().saturating_sub(1) * percent / 100).map_or(0, Duration::as_millis);
    format!("{} barriers answered in {} ms (median), {} ms (99 %)", took.len(), at(50), at(99))
}

/// INV-7.
fn nothing_is_sent_after(evidence: &Evidence, barriers: &[Barrier<'_>]) -> Verdict {
    let mut verdict = Verdict::new("INV-7", "after a stop or pause has answered no request of that campaign comes");
    for barrier in barriers {
        let window = evidence.creates.get(barrier.from..barrier.to.min(evidence.creates.len())).unwrap_or_default();
        let late: Vec<_> = window.iter().filter(|create| barrier.campaign.phones.contains(&create.to)).collect();
        verdict.expect(late.is_empty(), || {
            let first = late.first().map(|create| create.received_at.duration_since(barrier.answered_at));
            format!(
                "{} requests after the {} of {}, the first {first:?}",
                late.len(),
                barrier.word,
                barrier.campaign.id
            )
        });
    }
    verdict
}

/// INV-7: a stop cancels what waits and what rings.
fn nothing_rings_after(evidence: &Evidence, barriers: &[Barrier<'_>]) -> Verdict {
    let mut verdict =
        Verdict::new("INV-7", "after a stop has answered none of its calls begins to ring or is answered");
    for barrier in barriers.iter().filter(|barrier| barrier.word == "stop") {
        let later = |at: Option<Timestamp>| at.is_some_and(|at| at > barrier.answered_at);
        for call in evidence.calls.iter().filter(|call| barrier.campaign.phones.contains(&call.to)) {
            verdict.expect(!later(call.ringing_at) && !later(call.answered_at), || {
                format!("call {} rang at {:?}, after the stop of {}", call.sid, call.ringing_at, barrier.answered_at)
            });
        }
    }
    verdict
}
