//! The kill loop: the server dies again and again, at random moments and at failpoints, while the carrier misbehaves.
//!
//! Each life is started at once on what the last one left behind. After the last death everything heals, the
//! campaigns run to their end, and the checker compares the carrier's ledger with the database.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::store::Engine;
use carillon_domain::retry::RetryPolicy;
use carillon_simulator::{Config as CarrierConfig, FaultPlan};
use jiff::{SignedDuration, Timestamp};

use crate::campaign::{self, Api, Campaign, number};
use crate::dice::Dice;
use crate::evidence::Evidence;
use crate::server::{Came, Launch, Server};
use crate::verdict::{Verdict, say};
use crate::world::{Limits, World, free_address, now};
use crate::{checker, faults};

/// Where the program dies, and at most at the how-manieth time it gets there.
const FAILPOINTS: [(&str, u64); 10] = [
    ("claim.before_commit", 4),
    ("claim.after_commit", 4),
    ("dial.before_write", 6),
    ("dial.after_write", 6),
    ("dial.after_response_before_commit", 6),
    ("webhook.after_verify", 15),
    ("webhook.after_commit_before_200", 15),
    ("reconcile.before_bind", 1),
    ("stop.after_epoch", 1),
    ("stop.during_drain", 1),
];
/// Calls of one life, roughly: so many recipients are needed for each kill.
const RECIPIENTS_PER_KILL: usize = 8;
/// How long a life may go on when its failpoint is not reached.
const LIFE_MAX: Duration = Duration::from_millis(2_500);
/// Lives beyond those asked for, until a pause has been watched.
const FURTHER_LIVES_MAX: u32 = 30;
/// How long the campaigns may take to end once everything has healed.
const HEALED_WITHIN: SignedDuration = SignedDuration::from_secs(150);
const LOOK_AGAIN: Duration = Duration::from_millis(250);
const LIMITS: Limits = Limits { calls_per_second: 25.0, calls_at_once: 60 };

/// What a loop is told.
pub struct Options {
    pub engine: Engine,
    pub kills: u32,
    pub seed: u64,
}

/// Kills so often, then judges. True when every invariant held.
pub async fn run(options: &Options) -> Result<bool> {
    let (mix, faults) = (faults::people(), faults::everything());
    let carrier = CarrierConfig { speed: 30.0, cps: 0.0, mix, faults, ..CarrierConfig::default() };
    let world = World::new(options.engine, options.seed, LIMITS, carrier).await?;
    let verdicts = torture(options, &world).await;
    let name = format!("kill on {}, {} kills", crate::engine_word(options.engine), options.kills);
    world.close(&name, options.seed, verdicts)
}

async fn torture(options: &Options, world: &World) -> Result<Vec<Verdict>> {
    let retry = RetryPolicy { max_attempts: 3, delays_s: vec![2], ..RetryPolicy::default() };
    let people = RECIPIENTS_PER_KILL * options.kills as usize;
    // Half of the second list is on the first: two campaigns want the same numbers.
    let lists = [0..people * 2 / 3, people / 3..people].map(|range| range.map(number).collect());
    let campaigns = campaign::write(world, lists.into(), &retry).await?;
    let address = free_address()?;
    let mut murder = Murder {
        api: Api::new(world, address)?,
        world,
        campaigns: &campaigns,
        launch: world.launch(address, address, "server"),
        dice: Dice::new(options.seed, 1),
        deaths: BTreeMap::new(),
        pauses: Verdict::new("INV-7", "after a pause has returned nobody of that campaign is called, crash or not"),
        healing: Verdict::new("INV-40", "once everything works again every campaign runs to its end"),
    };
    for campaign in &campaigns {
        murder.start(campaign).await?;
    }
    for _ in 0..options.kills {
        murder.one_life().await?;
    }
    // On a slow machine no life may have been long enough for a pause to be watched: then a few more are lived.
    for _ in 0..FURTHER_LIVES_MAX {
        if murder.pauses.looked_at > 0 {
            break;
        }
        murder.one_life().await?;
    }
    murder.heal().await?;
    let evidence = Evidence::read(world, &campaigns, &retry).await?;
    say(&format!("deaths: {:?}", murder.deaths));
    let (ended, unknown) = evidence.unknown();
    say(&format!("{} requests, {ended} attempts ended, {unknown} of them unknown", evidence.creates.len()));
    let mut verdicts = checker::check(&evidence, &[]);
    verdicts.push(dies_where_told(&murder.deaths, options.kills));
    verdicts.extend([murder.pauses, murder.healing]);
    Ok(verdicts)
}

/// A program without failpoints would pass for the wrong reason.
fn dies_where_told(deaths: &BTreeMap<String, u32>, kills: u32) -> Verdict {
    let mut verdict = Verdict::new("failpoints", "a quarter of the deaths at least are at failpoints");
    let at_failpoints: u32 = deaths.iter().filter(|(name, _)| name.contains('.')).map(|(_, count)| count).sum();
    verdict
        .expect(at_failpoints * 4 >= kills, || format!("{at_failpoints} of {kills}: is the program built with them?"));
    verdict
}

/// The loop's state.
struct Murder<'a> {
    world: &'a World,
    campaigns: &'a [Campaign],
    api: Api,
    launch: Launch,
    dice: Dice,
    /// How often it died where; `random` is a SIGKILL from outside.
    deaths: BTreeMap<String, u32>,
    pauses: Verdict,
    healing: Verdict,
}

impl Murder<'_> {
    /// Starts a campaign on a server that is not killed meanwhile.
    async fn start(&mut self, campaign: &Campaign) -> Result<()> {
        let mut server = Server::start(&self.launch)?;
        ensure!(server.ready().await? == Came::Ready, "the server died before anything was done to it");
        self.api.ask(campaign, "start").await?;
        server.kill().await?;
        Ok(())
    }

    async fn one_life(&mut self) -> Result<()> {
        let armed = self.dice.hits(60).then(|| *self.dice.pick(&FAILPOINTS));
        self.launch.failpoints = match armed {
            Some((name, at_most)) => format!("{name}=kill@{}", self.dice.between(1, at_most + 1)),
            None => String::new(),
        };
        let mut server = Server::start(&self.launch)?;
        let mut died = server.ready().await? == Came::Died;
        if !died {
            let pauses = armed.is_some_and(|(name, _)| name.starts_with("stop."));
            died = self.live(&mut server, pauses, armed.is_some()).await?;
        }
        let cause = armed.filter(|_| died).map_or("random", |(name, _)| name);
        *self.deaths.entry(cause.to_owned()).or_default() += 1;
        server.kill().await?;
        Ok(())
    }

    /// Lets it work until it dies or its time is over. True: it died by itself.
    async fn live(&mut self, server: &mut Server, pauses: bool, is_armed: bool) -> Result<bool> {
        let time = if is_armed { LIFE_MAX } else { self.dice.millis(20, 1_500) };
        let working = async {
            // Every step may meet the server's death; that is the point.
            let _ = self.resume_paused().await;
            if pauses {
                tokio::time::sleep(self.dice.millis(50, 400)).await;
                let _ = self.api.ask(self.dice.pick(self.campaigns), "pause").await;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = working => Ok(false),
            died = server.dies_within(time) => Ok(died),
        }
    }

    /// A paused campaign is paused again (which waits for its barrier), watched, and resumed.
    async fn resume_paused(&mut self) -> Result<()> {
        for campaign in self.campaigns {
            if self.api.status(campaign).await?.0 != "paused" {
                continue;
            }
            self.api.ask(campaign, "pause").await?;
            let before = self.requests_of(campaign);
            tokio::time::sleep(Duration::from_millis(150)).await;
            let after = self.requests_of(campaign);
            self.pauses.expect(before == after, || {
                format!("campaign {}: {} requests after the pause had returned", campaign.id, after - before)
            });
            self.api.ask(campaign, "resume").await?;
        }
        Ok(())
    }

    /// Requests for numbers that only this campaign has.
    fn requests_of(&self, campaign: &Campaign) -> usize {
        let others = self.campaigns.iter().filter(|other| other.id != campaign.id);
        let shared: Vec<&String> = others.flat_map(|other| &other.phones).collect();
        let own = |to: &String| campaign.phones.contains(to) && !shared.contains(&to);
        self.world.carrier.ledger().creates().iter().filter(|create| own(&create.to)).count()
    }

    /// Everything works again: the campaigns run to their end.
    async fn heal(&mut self) -> Result<()> {
        self.world.carrier.set_faults(FaultPlan::default());
        self.launch.failpoints.clear();
        let mut server = Server::start(&self.launch)?;
        ensure!(server.ready().await? == Came::Ready, "the healed server died");
        let deadline = now().checked_add(HEALED_WITHIN)?;
        for campaign in self.campaigns {
            let (status, reason) = self.finish(campaign, deadline).await?;
            self.healing.expect(status == "completed", || {
                format!("campaign {} is {status} ({reason:?}) {HEALED_WITHIN:#} after everything healed", campaign.id)
            });
        }
        server.end().await
    }

    /// Waits for a campaign's end until the deadline. Returns how it stands then, and why.
    async fn finish(&mut self, campaign: &Campaign, deadline: Timestamp) -> Result<(String, Option<String>)> {
        loop {
            let found = self.api.status(campaign).await.context("asking the healed server")?;
            if found.0 == "completed" || now() > deadline {
                return Ok(found);
            }
            if found.0 == "paused" {
                self.resume_paused().await?;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_never_dies_where_told_is_found_out() {
        let deaths = |n| BTreeMap::from([("dial.before_write".to_owned(), n), ("random".to_owned(), 40)]);
        assert!(dies_where_told(&deaths(5), 50).breaches.len() == 1);
        assert!(dies_where_told(&deaths(20), 50).breaches.is_empty());
    }
}
