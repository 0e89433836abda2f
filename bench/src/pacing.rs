//! Pacing by the carrier's clock (P-9): never more than the set calls in any second, nor over the limit of calls at
//! once, while the set rate is reached.
//!
//! A campaign with a rate of its own is started and stopped over HTTP; what came when is read from the carrier's ledger.

use std::time::Duration;

use anyhow::{Result, ensure};
use carillon_domain::limits::CampaignLimits;
use carillon_simulator::{LedgerView, Mix};
use jiff::Timestamp;

use crate::carrier;
use crate::contest::data_folder;
use crate::figure::{Figure, Goal};
use crate::rows::{self, Seeded};
use crate::server::{self, Server};

const RATES: [u32; 3] = [5, 20, 50];
/// The rate and the limit of calls at once of the run that the limit holds back.
const HELD_BACK: (u32, u32) = (50, 10);
/// A call rings for 5 s and talks for 15 s of simulated time: one second of real time.
const SPEED: f64 = 20.0;
/// After a stop, so that the next campaign is alone.
const SETTLE: Duration = Duration::from_secs(3);

#[derive(clap::Args)]
pub struct Options {
    /// How long each rate is held
    #[arg(long, default_value_t = 30)]
    pub seconds: u32,
}

/// A campaign to be watched.
struct Paced {
    seeded: Seeded,
    rate: u32,
    lines_max: Option<u32>,
}

pub async fn run(options: &Options) -> Result<Vec<Figure>> {
    let folder = tempfile::tempdir_in(data_folder()?)?;
    let (all, token) = campaigns(folder.path(), options.seconds).await?;
    let carrier = carrier::here(SPEED, Mix::all_human(5.0, 15.0)).await?;
    let server = Server::start(folder.path(), &carrier.base_url())?;
    server.ready().await?;
    let ledger = carrier.ledger();
    let mut figures = Vec::new();
    for paced in &all {
        let (first_create, first_call) = (ledger.creates().len(), ledger.calls().len());
        server.ask(paced.seeded.campaign, "start", &token).await?;
        tokio::time::sleep(Duration::from_secs(options.seconds.into())).await;
        server.ask(paced.seeded.campaign, "stop", &token).await?;
        tokio::time::sleep(SETTLE).await;
        figures.extend(figures_of(paced, &creates(&ledger, first_create), &calls(&ledger, first_call))?);
    }
    Ok(figures)
}

async fn campaigns(folder: &std::path::Path, seconds: u32) -> Result<(Vec<Paced>, String)> {
    let app = server::app(folder)?;
    let office = rows::office(&app, rows::wide_settings()).await?;
    let free = RATES.into_iter().map(|rate| (rate, None));
    let mut all = Vec::new();
    let mut place = 0;
    for (rate, lines_max) in free.chain([(HELD_BACK.0, Some(HELD_BACK.1))]) {
        let limits = CampaignLimits { calls_per_second: Some(rate.into()), max_concurrent_calls: lines_max };
        let seeded = rows::campaign(&app, office, limits).await?;
        // Twice what can be called, so that the list does not end before the time does.
        let people = u64::from(rate * seconds * 2);
        rows::enroll(&app, &seeded, place..place + people).await?;
        place += people;
        all.push(Paced { seeded, rate, lines_max });
    }
    Ok((all, rows::token(&app, office).await?))
}

/// When the creates since an index came, in microseconds.
fn creates(ledger: &LedgerView, since: usize) -> Vec<i64> {
    ledger.creates_since(since as u64).iter().map(|create| create.received_at.as_microsecond()).collect()
}

/// From when to when the calls since an index lived.
fn calls(ledger: &LedgerView, since: usize) -> Vec<(i64, i64)> {
    let end = |ended: Option<Timestamp>| ended.unwrap_or(Timestamp::MAX).as_microsecond();
    let calls = ledger.calls();
    calls.iter().skip(since).map(|call| (call.created_at.as_microsecond(), end(call.ended_at))).collect()
}

fn figures_of(paced: &Paced, creates: &[i64], calls: &[(i64, i64)]) -> Result<Vec<Figure>> {
    ensure!(creates.len() > 1, "no calls at {} a second", paced.rate);
    if let Some(limit) = paced.lines_max {
        let what = format!("calls at once, limit {limit}");
        let most = f64::from(most_at_once(calls));
        return Ok(vec![Figure::new("P-9", what, (most, "calls"), Goal::AtMost(limit.into()))]);
    }
    let rate = f64::from(paced.rate);
    let most = f64::from(most_in_a_second(creates));
    let busiest = format!("calls in the busiest second at {rate}/s");
    let share = 100.0 * reached(creates) / rate;
    Ok(vec![
        Figure::new("P-9", busiest, (most, "calls"), Goal::AtMost(rate + 1.0)),
        Figure::new("P-9", format!("share of {rate}/s reached"), (share, "%"), Goal::AtLeast(98.0)),
    ])
}

/// The most of these instants in any sliding second.
fn most_in_a_second(instants: &[i64]) -> u32 {
    let mut sorted = instants.to_vec();
    sorted.sort_unstable();
    let mut from = 0;
    let mut most = 0;
    for (at, instant) in sorted.iter().enumerate() {
        while instant - sorted[from] >= 1_000_000 {
            from += 1;
        }
        most = most.max(at - from + 1);
    }
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// Instants a second, from the first to the last.
fn reached(instants: &[i64]) -> f64 {
    let (first, last) = (instants.iter().min(), instants.iter().max());
    let span = last.zip(first).map_or(0, |(last, first)| last - first);
    (instants.len() - 1) as f64 * 1_000_000.0 / span as f64
}

/// The most of these spans at any instant.
fn most_at_once(spans: &[(i64, i64)]) -> u32 {
    let mut edges: Vec<(i64, i32)> = spans.iter().flat_map(|(from, to)| [(*from, 1), (*to, -1)]).collect();
    // Whoever ends at an instant is gone before who begins at it.
    edges.sort_unstable();
    let mut now = 0;
    let mut most = 0;
    for (_, change) in edges {
        now += change;
        most = most.max(now);
    }
    u32::try_from(most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_slides_and_does_not_hold_its_own_end() {
        assert_eq!(most_in_a_second(&[0, 999_999, 1_000_000]), 2);
        assert_eq!(most_in_a_second(&[1_500_000, 700_000, 600_000, 1_599_999]), 4);
        assert_eq!(most_in_a_second(&[]), 0);
    }

    #[test]
    fn the_rate_counts_the_spaces_between_instants() {
        assert!((reached(&[0, 500_000, 1_000_000]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn spans_that_touch_are_not_at_once() {
        assert_eq!(most_at_once(&[(0, 10), (10, 20), (5, 15)]), 2);
        assert_eq!(most_at_once(&[]), 0);
    }
}
