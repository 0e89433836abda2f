//! The occurrences of a schedule, one after the other.
//!
//! A local time that the clock skips takes place as much later as the clock jumps (half past two becomes half past
//! three); one that the clock repeats takes place the first time. What becomes of an occurrence that is due is
//! decided in [`super::decide`].

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Recurring, Schedule, local_minute};
use crate::time_zones::TimeZoneName;

/// Dates before the instant asked about from which an occurrence may have moved behind it: a jump of the calendar is a
/// day at most.
const DAYS_LOOKED_BACK: i64 = 2;
/// More dates than are passed over in a row: those looked back to, and one that the calendar has jumped.
const DATES_PASSED_OVER_MAX: usize = 8;

/// One time at which a campaign is to run.
///
/// It is known by its local time: that stays the same when the rules of the zone change and `at` moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Occurrence {
    /// The instant, by the rules of the zone as they are known now.
    pub at: Timestamp,
    /// What the schedule says; where the clock skips it, no clock ever shows it.
    #[serde(with = "local_minute")]
    pub local: DateTime,
}

/// The occurrences of a schedule after an instant, in order. Without an end where the schedule has none.
#[derive(Debug, Clone)]
pub struct Occurrences<'a> {
    schedule: &'a Schedule,
    after: Timestamp,
    /// The next date to look at; `None` before the first and behind the last.
    from: Option<Date>,
    runs_left: Option<u32>,
}

impl Schedule {
    /// The occurrences after an instant, each taken as run, when so many runs have been started before.
    #[must_use]
    pub fn occurrences(&self, after: Timestamp, started: u32) -> Occurrences<'_> {
        let runs_left = self.runs_max().map(|max| max.saturating_sub(started));
        Occurrences { runs_left, ..self.dates_after(after) }
    }

    /// As [`Schedule::occurrences`], whatever number of runs was set.
    pub(super) fn dates_after(&self, after: Timestamp) -> Occurrences<'_> {
        let from = self.timezone().map(|zone| {
            let today = zone.zone().to_datetime(after).date();
            today.saturating_sub(Span::new().days(DAYS_LOOKED_BACK))
        });
        Occurrences { schedule: self, after, from, runs_left: None }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        if self.runs_left == Some(0) {
            return None;
        }
        let found = match self.schedule {
            Schedule::Manual => None,
            Schedule::Once(once) => self.from.take().and_then(|_| Occurrence::of(once.at, &once.timezone)),
            Schedule::Recurring(recurring) => self.next_of(recurring),
        };
        let next = found.filter(|occurrence| occurrence.at > self.after)?;
        self.runs_left = self.runs_left.map(|left| left - 1);
        Some(next)
    }
}

impl Occurrences<'_> {
    fn next_of(&mut self, recurring: &Recurring) -> Option<Occurrence> {
        for _ in 0..DATES_PASSED_OVER_MAX {
            let date = recurring.date_from(self.from?)?;
            self.from = date.tomorrow().ok();
            let occurrence = recurring.on(date)?;
            if occurrence.at > self.after && !self.is_overtaken(recurring, occurrence) {
                return Some(occurrence);
            }
        }
        None
    }

    /// Where the calendar jumps a whole day, its occurrence would begin with that of the day behind it: there is one.
    fn is_overtaken(&self, recurring: &Recurring, occurrence: Occurrence) -> bool {
        let following = self.from.and_then(|from| recurring.date_from(from)).and_then(|date| recurring.on(date));
        following.is_some_and(|following| following.at <= occurrence.at)
    }
}

impl Recurring {
    fn on(&self, date: Date) -> Option<Occurrence> {
        Occurrence::of(date.to_datetime(self.at.time()), &self.timezone)
    }
}

impl Occurrence {
    /// Its local time as the interface writes it: `2026-12-07T09:00`.
    #[must_use]
    pub fn local_text(&self) -> String {
        local_minute::format(self.local)
    }

    fn of(local: DateTime, zone: &TimeZoneName) -> Option<Self> {
        instant_of(local, zone).map(|at| Self { at, local })
    }
}

/// When a local time takes place: jiff's "compatible" reading, which is that of RFC 5545.
pub(super) fn instant_of(local: DateTime, zone: &TimeZoneName) -> Option<Timestamp> {
    zone.zone().to_ambiguous_timestamp(local).compatible().ok()
}
