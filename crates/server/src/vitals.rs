//! What this node knows of its own health: when each loop last looked, how the carrier answers, how long commits take.
//!
//! Kept in memory for the page of the system's health, a bounded number of each; a restart forgets it. Nothing acts by
//! it: pauses and retries read the database, so that all nodes judge alike. What is good or bad is the API's word.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Requests to the carrier that are remembered, and for how long.
const REQUESTS_KEPT: usize = 2_000;
const REQUESTS_FOR: SignedDuration = SignedDuration::from_mins(15);
/// Commits that are remembered.
const COMMITS_KEPT: usize = 500;

/// Remembers.
#[derive(Default)]
pub struct Vitals {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    ticks: BTreeMap<&'static str, Tick>,
    requests: VecDeque<Request>,
    commits: VecDeque<Duration>,
}

/// A look of a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    pub at: Timestamp,
    /// When it looks again at the latest.
    pub next: Timestamp,
}

/// How a request to the carrier ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The carrier did what was asked, or refused it for a reason.
    Given,
    /// It could not be reached, was too busy, or its answer is not known.
    Missing,
}

#[derive(Debug, Clone, Copy)]
struct Request {
    at: Timestamp,
    took: Duration,
    answer: Answer,
}

/// How long something took: in the middle, and at the slow end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    pub median: Duration,
    pub p99: Duration,
}

/// How the carrier answered lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CarrierAnswers {
    pub requests: usize,
    pub missing: usize,
    /// `None` when nothing was asked.
    pub times: Option<Times>,
}

impl Vitals {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics with the vitals in hand")
    }

    /// A loop has looked.
    #[allow(clippy::cast_precision_loss, reason = "a second more or less in the year 300,000,000")]
    pub fn ticked(&self, name: &'static str, tick: Tick) {
        self.state().ticks.insert(name, tick);
        metrics::gauge!("carillon_loop_last_tick_seconds", "loop" => name).set(tick.at.as_second() as f64);
    }

    /// The carrier was asked to place a call.
    pub fn asked_carrier(&self, at: Timestamp, took: Duration, answer: Answer) {
        keep(&mut self.state().requests, REQUESTS_KEPT, Request { at, took, answer });
    }

    /// A write of the engine's became durable.
    pub fn committed(&self, took: Duration) {
        keep(&mut self.state().commits, COMMITS_KEPT, took);
    }

    /// The last look of each loop, by name.
    #[must_use]
    pub fn ticks(&self) -> Vec<(&'static str, Tick)> {
        self.state().ticks.iter().map(|(name, tick)| (*name, *tick)).collect()
    }

    /// How the carrier answered lately.
    #[must_use]
    pub fn carrier(&self, now: Timestamp) -> CarrierAnswers {
        let state = self.state();
        let recent: Vec<&Request> = state.requests.iter().filter(|request| request.at + REQUESTS_FOR > now).collect();
        let missing = recent.iter().filter(|request| request.answer == Answer::Missing).count();
        CarrierAnswers {
            requests: recent.len(),
            missing,
            times: times(recent.iter().map(|request| request.took).collect()),
        }
    }

    /// How long the last commits took.
    #[must_use]
    pub fn commits(&self) -> Option<Times> {
        times(self.state().commits.iter().copied().collect())
    }
}

/// Adds one, and forgets the oldest beyond `most`.
fn keep<T>(kept: &mut VecDeque<T>, most: usize, one: T) {
    if kept.len() >= most {
        kept.pop_front();
    }
    kept.push_back(one);
}

fn times(mut all: Vec<Duration>) -> Option<Times> {
    all.sort_unstable();
    let last = all.len().checked_sub(1)?;
    Some(Times { median: all[last / 2], p99: all[last * 99 / 100] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn the_slow_end_is_seen_beside_the_middle() {
        let vitals = Vitals::default();
        assert_eq!(vitals.commits(), None);
        (1..=100).rev().for_each(|n| vitals.committed(ms(n)));
        assert_eq!(vitals.commits(), Some(Times { median: ms(50), p99: ms(99) }));
    }

    #[test]
    fn what_is_long_ago_or_too_much_is_forgotten() {
        let vitals = Vitals::default();
        vitals.asked_carrier(at(0), ms(900), Answer::Missing);
        vitals.asked_carrier(at(600), ms(100), Answer::Given);
        assert_eq!(vitals.carrier(at(899)).requests, 2);
        let later = vitals.carrier(at(900));
        assert_eq!((later.requests, later.missing), (1, 0));
        assert_eq!(later.times, Some(Times { median: ms(100), p99: ms(100) }));
        for _ in 0..5_000 {
            vitals.asked_carrier(at(900), ms(1), Answer::Given);
        }
        assert_eq!(vitals.carrier(at(900)).requests, REQUESTS_KEPT);
    }

    #[test]
    fn each_loop_has_its_last_look() {
        let vitals = Vitals::default();
        for second in [1, 2] {
            vitals.ticked("sweeper", Tick { at: at(second), next: at(second + 60) });
        }
        vitals.ticked("dialer", Tick { at: at(5), next: at(6) });
        let expected = [("dialer", Tick { at: at(5), next: at(6) }), ("sweeper", Tick { at: at(2), next: at(62) })];
        assert_eq!(vitals.ticks(), expected);
    }
}
