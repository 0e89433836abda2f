//! The calendar loop: the scheduler dies before and after the commit that begins a run, and in the middle of a list.
//!
//! Campaigns are due when the first server starts. On PostgreSQL two nodes live beside each other and die at points of
//! their own. Then everything heals, and each occurrence must have exactly one run, whose people were each called
//! once, while the list of the run to come is whole.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::store::recipients::{self, RecipientFilter};
use carillon::store::runs::{self, RunState};
use carillon::store::{Engine, StoreError};
use carillon_simulator::{Config as CarrierConfig, Mix};
use jiff::SignedDuration;

use crate::campaign::{Api, Campaign};
use crate::dice::Dice;
use crate::scheduled;
use crate::server::{Came, Launch, Server};
use crate::verdict::{Verdict, say};
use crate::world::{Limits, World, free_address, now};

/// Where the scheduler dies, and at most at the how-manieth time it gets there.
const FAILPOINTS: [(&str, u64); 3] =
    [("schedule.before_commit", 4), ("schedule.after_commit", 4), ("schedule.after_list_unit", 3)];
const CAMPAIGNS: usize = 30;
/// How long a life may go on when its failpoint is not reached.
const LIFE_MAX: Duration = Duration::from_millis(2_500);
const HEALED_WITHIN: SignedDuration = SignedDuration::from_secs(120);
const LOOK_AGAIN: Duration = Duration::from_millis(250);
const LIMITS: Limits = Limits { calls_per_second: 50.0, calls_at_once: 60 };
/// Runs of one campaign that are read; more than any has.
const RUNS_MAX: u32 = 10;
const PEOPLE_MAX: u32 = 1_000;

/// What a loop is told.
pub struct Options {
    pub engine: Engine,
    pub kills: u32,
    pub seed: u64,
}

/// Kills so often, then judges. True when every promise held.
pub async fn run(options: &Options) -> Result<bool> {
    let mix = Mix::all_human(2.0, 3.0);
    let carrier = CarrierConfig { speed: 30.0, cps: 0.0, mix, ..CarrierConfig::default() };
    let world = World::new(options.engine, options.seed, LIMITS, carrier).await?;
    let verdicts = torture(options, &world).await;
    let name = format!("calendar on {}, {} lives", crate::engine_word(options.engine), options.kills);
    world.close(&name, options.seed, verdicts)
}

async fn torture(options: &Options, world: &World) -> Result<Vec<Verdict>> {
    let campaigns = scheduled::write(world, CAMPAIGNS).await?;
    // Nodes of one database have an address each, and the carrier speaks to the first.
    let nodes = if options.engine == Engine::Postgres { 2 } else { 1 };
    let addresses = (0..nodes).map(|_| free_address()).collect::<Result<Vec<_>>>()?;
    let mut launches: Vec<Launch> = addresses
        .iter()
        .enumerate()
        .map(|(node, address)| world.launch(*address, addresses[0], &format!("node-{node}")))
        .collect();
    let (mut dice, mut deaths) = (Dice::new(options.seed, 7), HashMap::new());
    for _ in 0..options.kills {
        let mut living = Vec::new();
        for launch in &mut launches {
            let (name, at_most) = *dice.pick(&FAILPOINTS);
            launch.failpoints = format!("{name}=kill@{}", dice.between(1, at_most + 1));
            living.push((name, Server::start(launch)?));
        }
        for (name, server) in &mut living {
            if server.dies_within(LIFE_MAX).await {
                *deaths.entry(*name).or_insert(0_u32) += 1;
            }
        }
        for (_, mut server) in living {
            server.kill().await?;
        }
    }
    say(&format!("deaths of the scheduler: {deaths:?}"));
    heal(world, launches.swap_remove(0), &campaigns).await?;
    let mut died = Verdict::new("deaths", "the scheduler died at each of its points");
    for (name, _) in FAILPOINTS {
        died.expect(deaths.contains_key(name), || format!("never at {name}: is the program built with failpoints?"));
    }
    let mut verdicts = judge(world, &campaigns).await?;
    verdicts.push(died);
    Ok(verdicts)
}

/// Everything works again, until every campaign waits for its second run with the whole list.
async fn heal(world: &World, mut launch: Launch, campaigns: &[Campaign]) -> Result<()> {
    launch.failpoints.clear();
    let api = Api::new(world, launch.listen)?;
    let mut server = Server::start(&launch)?;
    ensure!(server.ready().await? == Came::Ready, "the healed server died");
    let deadline = now().checked_add(HEALED_WITHIN)?;
    for campaign in campaigns {
        // What has not come by then the judge tells.
        while !api.awaits_its_second_run(campaign).await? && now() < deadline {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
    server.end().await
}

async fn judge(world: &World, campaigns: &[Campaign]) -> Result<Vec<Verdict>> {
    let mut once = Verdict::new("runs", "an occurrence has exactly one run, through any death of the scheduler");
    let mut lists = Verdict::new("lists", "the list of the run to come is whole, and has everybody once");
    let mut calls = Verdict::new("calls", "nobody is called twice for one occurrence");
    let mut asked: HashMap<String, usize> = HashMap::new();
    for create in world.carrier.ledger().creates() {
        *asked.entry(create.to).or_default() += 1;
    }
    let store = world.open()?;
    for campaign in campaigns {
        let id = campaign.id;
        let read = store.read(move |tx| {
            let runs = runs::of_campaign(tx, id, i64::MAX, RUNS_MAX)?;
            let everybody = RecipientFilter { limit: PEOPLE_MAX, ..RecipientFilter::default() };
            let people: Result<Vec<usize>, StoreError> =
                runs.iter().map(|run| Ok(recipients::list(tx, run.id, &everybody)?.len())).collect();
            Ok::<_, StoreError>((runs, people?))
        });
        let (runs, people) = read.await.context("reading the runs")?;
        let states: Vec<(i64, RunState)> = runs.iter().map(|run| (run.number, run.state)).collect();
        once.expect(states == [(2, RunState::Prepared), (1, RunState::Finished)], || format!("{id} has {states:?}"));
        let expected = vec![campaign.phones.len(); 2];
        lists.expect(people == expected, || format!("the runs of {id} have {people:?} people, newest first"));
        for phone in &campaign.phones {
            let times = asked.get(phone).copied().unwrap_or(0);
            calls.expect(times <= 1, || format!("{phone} was asked for {times} times"));
        }
    }
    // Whose request a death overtook is unknown and not called again; most are not.
    let people: usize = campaigns.iter().map(|campaign| campaign.phones.len()).sum();
    calls.expect(asked.len() * 2 > people, || format!("only {} of {people} were called", asked.len()));
    Ok(vec![once, lists, calls])
}
