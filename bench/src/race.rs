//! The race: every contestant in each round, one after the other, so that a busy machine is busy for all of them.
//!
//! Compared are ratios within a round, and of them the median; a round that a contestant lost is said and left out.

use anyhow::Result;

use crate::contest::{self, Contestant, Outcome};
use crate::figure::{Figure, Goal, median};
use crate::say;

#[derive(clap::Args)]
pub struct Options {
    /// How often everybody runs
    #[arg(long, default_value_t = 5)]
    pub rounds: usize,
    #[command(flatten)]
    pub contest: contest::Options,
    /// Without the peer, which needs Node
    #[arg(long)]
    pub no_peer: bool,
    /// Without PostgreSQL, and so without the peer
    #[arg(long)]
    pub no_postgres: bool,
}

impl Options {
    fn contestants(&self) -> Vec<Contestant> {
        let mut all = vec![Contestant::Bare, Contestant::Carillon];
        if !self.no_postgres {
            all.push(Contestant::CarillonPostgres);
        }
        if self.no_peer || self.no_postgres {
            say("without the peer: its ratios are not measured");
        } else if !has_node() {
            say("Node is missing: without the peer, its ratios are not measured");
        } else {
            all.push(Contestant::Graphile);
        }
        all
    }
}

fn has_node() -> bool {
    let asked = std::process::Command::new("node").arg("--version").output();
    asked.is_ok_and(|answer| answer.status.success())
}

/// One contestant's rounds; `None` where it lost something or failed.
struct Lane {
    contestant: Contestant,
    rounds: Vec<Option<Outcome>>,
}

type Of = fn(&Outcome) -> f64;

impl Lane {
    fn median(&self, of: Of) -> f64 {
        median(&self.rounds.iter().flatten().map(of).collect::<Vec<_>>())
    }

    /// The median over the rounds that both finished.
    fn ratio(&self, other: &Self, of: Of) -> f64 {
        let pairs = self.rounds.iter().zip(&other.rounds);
        let ratios = pairs.filter_map(|(mine, theirs)| Some(of(mine.as_ref()?) / of(theirs.as_ref()?)));
        median(&ratios.collect::<Vec<_>>())
    }

    fn figure(&self, other: &Self, (number, of, unit): (&'static str, Of, &'static str), goal: Goal) -> Figure {
        let what = format!("{} / {}", self.contestant.name(), other.contestant.name());
        let measured = (self.median(of), unit);
        let limit = (other.median(of), self.ratio(other, of));
        Figure::new(number, what, measured, goal).by_ratio(other.contestant.name(), limit)
    }
}

pub fn run(options: &Options) -> Result<Vec<Figure>> {
    let contestants = options.contestants();
    let mut lanes: Vec<Lane> = contestants.iter().map(|of| Lane { contestant: *of, rounds: Vec::new() }).collect();
    for round in 1..=options.rounds {
        for lane in &mut lanes {
            let name = lane.contestant.name();
            let outcome = contest::measure(&options.contest, lane.contestant);
            match &outcome {
                Ok(outcome) => say(&format!(
                    "round {round}: {name}: {:.0} calls/s, {:.2} CPU-s per 1,000 calls, {:.0} MiB",
                    outcome.calls_per_second, outcome.cpu_s_per_1000_calls, outcome.memory_mib
                )),
                Err(error) => say(&format!("round {round}: {name}: no result: {error:#}")),
            }
            lane.rounds.push(outcome.ok());
        }
    }
    for lane in &lanes {
        let (rate, cpu) = (lane.median(|o| o.calls_per_second), lane.median(|o| o.cpu_s_per_1000_calls));
        say(&format!("median: {}: {rate:.0} calls/s, {cpu:.2} CPU-s per 1,000 calls", lane.contestant.name()));
    }
    Ok(figures(&lanes))
}

fn figures(lanes: &[Lane]) -> Vec<Figure> {
    const RATE: (&str, Of, &str) = ("P-1", |outcome| outcome.calls_per_second, "calls/s");
    const CPU: (&str, Of, &str) = ("P-2", |outcome| outcome.cpu_s_per_1000_calls, "CPU-s/1,000");
    let lane = |of: Contestant| lanes.iter().find(|lane| lane.contestant == of);
    let ours = [Contestant::Carillon, Contestant::CarillonPostgres];
    let ours: Vec<&Lane> = ours.into_iter().filter_map(lane).collect();
    let mut figures = Vec::new();
    for (limit, of, goal) in [
        (Contestant::Bare, RATE, Goal::AtLeast(0.5)),
        (Contestant::Graphile, RATE, Goal::AtLeast(4.0)),
        (Contestant::Bare, CPU, Goal::AtMost(2.5)),
    ] {
        let limit = lane(limit);
        figures.extend(ours.iter().filter_map(|lane| Some(lane.figure(limit?, of, goal))));
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(contestant: Contestant, rates: &[Option<f64>]) -> Lane {
        let outcome = |rate: f64| Outcome {
            calls: 1,
            seconds: 1.0,
            calls_per_second: rate,
            cpu_s_per_1000_calls: 1.0 / rate,
            memory_mib: 1.0,
        };
        Lane { contestant, rounds: rates.iter().map(|rate| rate.map(outcome)).collect() }
    }

    #[test]
    fn ratios_are_taken_within_a_round_and_lost_rounds_left_out() {
        let bare = lane(Contestant::Bare, &[Some(100.0), Some(1_000.0), Some(300.0)]);
        let ours = lane(Contestant::Carillon, &[Some(60.0), Some(600.0), None]);
        let figures = figures(&[bare, ours]);
        assert_eq!(figures.len(), 2, "no peer, no figure of it");
        let limit = figures[0].limit.as_ref().expect("a limit");
        assert!((limit.ratio - 0.6).abs() < 1e-9 && figures[0].reached);
        assert!((limit.value - 300.0).abs() < 1e-9);
    }
}
