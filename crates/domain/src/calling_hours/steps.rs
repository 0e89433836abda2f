//! Stretches of time in which every window is open.
//!
//! Within one step no zone's offset changes and no window opens or closes, so one look at the wall clock
//! holds for all of it. Steps end at window edges and at clock changes; minutes are never counted.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

use super::Day;

/// More steps than eight days of three dozen zones have edges.
const STEPS_MAX: usize = 5_000;

/// A daily window by the wall clock; it crosses midnight when `end` is before `start`.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    /// The days on which it opens; `None`: all.
    pub days: Option<&'a [Day]>,
    pub start: Time,
    pub end: Time,
}

/// A window by the clock of one zone.
pub(super) struct Clause<'a> {
    pub zone: &'a TimeZone,
    pub window: Window<'a>,
}

/// A stretch in which every window is open: `[starts_at, ends_at)`.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// What holds from some instant until another.
struct Step {
    inside: bool,
    until: Timestamp,
}

/// The first stretch at or after `from` that starts before `horizon`. One that is open at `from` starts there.
pub(super) fn next_run(clauses: &[Clause<'_>], from: Timestamp, horizon: Timestamp) -> Option<Run> {
    let mut at = from;
    let mut starts_at = None;
    for _ in 0..STEPS_MAX {
        let step = joint_step(clauses, at);
        match (step.inside, starts_at) {
            (true, None) => starts_at = Some(at),
            (false, Some(starts_at)) => {
                return Some(Run { starts_at, ends_at: at });
            }
            _ => {}
        }
        at = step.until;
        if at >= horizon {
            break;
        }
    }
    starts_at.map(|starts_at| Run { starts_at, ends_at: at })
}

/// Open while all are open; closed until the last of those that are closed changes.
fn joint_step(clauses: &[Clause<'_>], at: Timestamp) -> Step {
    let mut all_open_until = Timestamp::MAX;
    let mut some_closed_until = None;
    for clause in clauses {
        let step = clause.step(at);
        if step.inside {
            all_open_until = all_open_until.min(step.until);
        } else {
            some_closed_until = some_closed_until.max(Some(step.until));
        }
    }
    match some_closed_until {
        Some(until) => Step { inside: false, until },
        None => Step { inside: true, until: all_open_until },
    }
}

impl Clause<'_> {
    fn step(&self, at: Timestamp) -> Step {
        let offset = self.zone.to_offset(at);
        let wall = offset.to_datetime(at);
        let edge = offset.to_timestamp(self.window.next_edge(wall)).unwrap_or(Timestamp::MAX);
        Step { inside: self.window.contains(wall), until: self.before_clock_change(at, edge) }
    }

    /// The step ends early where the zone's clock changes within it. Clocks do not change twice within a
    /// day and return, so equal offsets at both ends spare the search.
    fn before_clock_change(&self, at: Timestamp, edge: Timestamp) -> Timestamp {
        if self.zone.to_offset(at) == self.zone.to_offset(edge) {
            return edge;
        }
        self.zone.following(at).next().map_or(edge, |change| change.timestamp().min(edge))
    }
}

impl Window<'_> {
    fn contains(&self, wall: DateTime) -> bool {
        let (date, time) = (wall.date(), wall.time());
        if self.start < self.end {
            return self.opens_on(date) && self.start <= time && time < self.end;
        }
        let since_today = self.opens_on(date) && self.start <= time;
        let since_yesterday = time < self.end && date.yesterday().is_ok_and(|date| self.opens_on(date));
        since_today || since_yesterday
    }

    fn opens_on(&self, date: Date) -> bool {
        self.days.is_none_or(|days| days.contains(&Day::of(date.weekday())))
    }

    /// The next wall time at which the answer can change, midnight included.
    fn next_edge(&self, wall: DateTime) -> DateTime {
        let midnight = wall.date().tomorrow().map_or(DateTime::MAX, |date| date.at(0, 0, 0, 0));
        let later = [self.start, self.end].into_iter().filter(|edge| *edge > wall.time());
        later.map(|edge| wall.date().to_datetime(edge)).min().unwrap_or(midnight)
    }
}

impl Day {
    /// The day as the calendar has it.
    #[must_use]
    pub const fn of(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}
