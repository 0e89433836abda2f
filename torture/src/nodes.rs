//! Three nodes on one PostgreSQL: some stand still for longer than their deadlines and go on, one is killed.
//!
//! The limits must hold at every instant and over all nodes, nobody may be called twice, what was stopped meanwhile
//! must stay stopped, and the campaign must end.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::store::Engine;
use carillon_domain::retry::RetryPolicy;
use carillon_simulator::{Config as CarrierConfig, FaultPlan, RequestFaults};
use jiff::{SignedDuration, Timestamp};

use crate::balancer::Balancer;
use crate::campaign::{self, Api, Campaign, number};
use crate::dice::Dice;
use crate::evidence::Evidence;
use crate::server::{Came, Server};
use crate::verdict::{Verdict, say};
use crate::world::{Limits, World, free_address, now};
use crate::{checker, faults};

const LIMITS: Limits = Limits { calls_per_second: 25.0, calls_at_once: 30 };
/// People of each campaign that is stopped while a node stands still.
const SHORT_LIST: usize = 60;
/// Longer than send deadline and carrier time-out together.
const FROZEN_FOR: Duration = Duration::from_secs(5);
const ENDS_WITHIN: SignedDuration = SignedDuration::from_secs(150);
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The carrier turns nothing away.
const NOT_HERE: [&str; 1] = ["INV-13"];

/// What a run is told.
pub struct Options {
    pub recipients: u32,
    /// How often a node stands still, one after the other.
    pub freezes: u32,
    pub seed: u64,
}

/// A node and where it listens.
struct Node {
    server: Server,
    address: SocketAddr,
}

/// Freezes, kills, then judges. True when every invariant held.
pub async fn run(options: &Options) -> Result<bool> {
    let plan = FaultPlan {
        create: RequestFaults { latency_ms: (1, 80), ..RequestFaults::default() },
        callback: faults::callbacks(),
        ..FaultPlan::default()
    };
    let carrier = CarrierConfig { speed: 30.0, cps: 0.0, mix: faults::people(), faults: plan, ..Default::default() };
    let world = World::new(Engine::Postgres, options.seed, LIMITS, carrier).await?;
    let verdicts = torture(options, &world).await;
    let name = format!("3 nodes on PostgreSQL, {} freezes and a kill", options.freezes);
    world.close(&name, options.seed, verdicts)
}

async fn torture(options: &Options, world: &World) -> Result<Vec<Verdict>> {
    let retry = RetryPolicy { max_attempts: 3, delays_s: vec![2], ..RetryPolicy::default() };
    let campaigns = campaign::write(world, lists(options), &retry).await?;
    let (long, short) = campaigns.split_first().context("a campaign")?;
    let addresses = [free_address()?, free_address()?, free_address()?];
    let balancer = Balancer::start(addresses.to_vec()).await?;
    let [mut next, mut other, steady] = start_nodes(world, addresses, balancer.address).await?;
    let api = Api::new(world, steady.address)?;
    api.ask(long, "start").await?;
    let mut dice = Dice::new(options.seed, 2);
    let mut stops = Vec::new();
    for campaign in short {
        api.ask(campaign, "start").await?;
        tokio::time::sleep(dice.millis(300, 1_200)).await;
        stops.push((campaign, stop_while_frozen(world, &api, campaign, (&next, &balancer)).await?));
        std::mem::swap(&mut next, &mut other);
    }
    tokio::time::sleep(dice.millis(300, 1_200)).await;
    balancer.take_out(next.address);
    next.server.kill().await?;
    let mut ending = Verdict::new("INV-40", "the campaign ends although a node is dead and others stood still");
    let status = finish(&api, long).await?;
    ending.expect(status == "completed", || format!("it is {status} after {ENDS_WITHIN:#}"));
    api.settled(&campaigns).await?;
    other.server.end().await?;
    steady.server.end().await?;
    let evidence = Evidence::read(world, &campaigns, &retry).await?;
    let (ended, unknown) = evidence.unknown();
    say(&format!("{} requests, {ended} attempts ended, {unknown} of them unknown", evidence.creates.len()));
    let mut verdicts = checker::check(&evidence, &NOT_HERE);
    verdicts.extend([nobody_hears_of_it(&evidence, &stops), ending]);
    Ok(verdicts)
}

/// One long list, and a short one for each freeze.
fn lists(options: &Options) -> Vec<Vec<String>> {
    let long = options.recipients as usize;
    let short = (0..options.freezes as usize).map(|nth| long + nth * SHORT_LIST..long + (nth + 1) * SHORT_LIST);
    std::iter::once(0..long).chain(short).map(|range| range.map(number).collect()).collect()
}

async fn start_nodes(world: &World, addresses: [SocketAddr; 3], public: SocketAddr) -> Result<[Node; 3]> {
    let [a, b, c] = addresses;
    let start = |address: SocketAddr, name| async move {
        let mut server = Server::start(&world.launch(address, public, name))?;
        ensure!(server.ready().await? == Came::Ready, "{name} died before anything was done to it");
        Ok(Node { server, address })
    };
    Ok([start(a, "node-a").await?, start(b, "node-b").await?, start(c, "node-c").await?])
}

/// Stops a campaign while a node stands still that may hold reservations of it. Returns how many requests the
/// carrier had seen when the stop had answered; the node goes on afterwards.
async fn stop_while_frozen(
    world: &World,
    api: &Api,
    campaign: &Campaign,
    (node, balancer): (&Node, &Balancer),
) -> Result<usize> {
    balancer.take_out(node.address);
    node.server.freeze().await?;
    let (stopped, ()) = tokio::join!(api.ask(campaign, "stop"), tokio::time::sleep(FROZEN_FOR));
    stopped?;
    let seen = world.carrier.ledger().creates().len();
    node.server.thaw().await?;
    balancer.put_back(node.address);
    Ok(seen)
}

/// INV-7 with its one known residue: a node frozen inside the socket write may still send, and the answer-time
/// gate keeps that call silent.
fn nobody_hears_of_it(evidence: &Evidence, stops: &[(&Campaign, usize)]) -> Verdict {
    let mut verdict =
        Verdict::new("INV-7", "a node that slept through a stop sends nothing of it, or nothing is heard of it");
    for (campaign, seen) in stops {
        let late = evidence.creates.iter().skip(*seen).filter(|create| campaign.phones.contains(&create.to));
        let heard: Vec<_> =
            late.filter(|create| evidence.call_of(create).is_some_and(|call| !call.heard.is_empty())).collect();
        verdict
            .expect(heard.is_empty(), || format!("{} people heard the stopped campaign {}", heard.len(), campaign.id));
    }
    verdict
}

/// Waits for the campaign's end and returns how it stands then. One that paused itself is resumed.
async fn finish(api: &Api, campaign: &Campaign) -> Result<String> {
    let deadline: Timestamp = now().checked_add(ENDS_WITHIN)?;
    loop {
        let (status, _) = api.status(campaign).await?;
        if status == "completed" || now() > deadline {
            return Ok(status);
        }
        if status == "paused" {
            api.ask(campaign, "resume").await?;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
