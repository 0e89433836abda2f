//! When a number may be called: the recipient's hours in all zones they may be in, and the campaign's own.
//!
//! Pure and exact across daylight saving time: time goes in steps over which nobody's wall clock jumps
//! and no window opens or closes (see `steps`). Rules of states and holidays will narrow these windows
//! further; they do not live here. What day it is for a recipient is in `local_day`.

mod local_day;
mod steps;

use std::fmt;

use jiff::civil::{Time, time};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use local_day::{local_day_start, next_local_day};

use crate::field_error::FieldError;
use crate::local_time;
use crate::time_zones::{TimeZoneName, ZoneSet};
use steps::{Clause, Run, Window, next_run};

/// A clock that is a little fast must not call before the hour.
const GUARD_AFTER_START: SignedDuration = SignedDuration::from_secs(60);
/// The carrier takes a moment to dial, and the phone must have stopped ringing when the window closes.
const GUARD_BEFORE_END: SignedDuration = SignedDuration::from_secs(30);
/// A place that does not open within this time is held, and a person is asked.
const SEARCH: SignedDuration = SignedDuration::from_hours(8 * 24);

crate::words! {
    /// A day of the week.
    pub enum Day {
        Monday = "mon",
        Tuesday = "tue",
        Wednesday = "wed",
        Thursday = "thu",
        Friday = "fri",
        Saturday = "sat",
        Sunday = "sun",
    }
}

/// The hours in which a recipient may be called, by their own clock: `[start, end)` on every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientHours {
    /// Switched off by an administrator, for purposes that the law leaves free.
    pub enabled: bool,
    #[serde(with = "local_time")]
    pub start: Time,
    #[serde(with = "local_time")]
    pub end: Time,
}

/// The hours in which a campaign dials, by the clock of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallingHours {
    pub timezone: TimeZoneName,
    /// The days on which the window opens.
    pub days: Vec<Day>,
    #[serde(with = "local_time")]
    pub start: Time,
    /// Before `start` when the window closes on the day after.
    #[serde(with = "local_time")]
    pub end: Time,
}

/// How long a call may keep a phone ringing, so that it ends before the window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallLength {
    pub ring_timeout_s: u32,
}

/// Whether a call may be placed now, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// A call may be placed before `until`; `None`: at any time.
    Open { until: Option<Timestamp> },
    /// No call may be placed before `opens_at`; `None`: not within days, so the recipient is held with the reason.
    Closed { opens_at: Option<Timestamp> },
}

impl Opening {
    /// May a call be placed now?
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// The first instant from `at` on, the one asked about, at which a call may be placed; `at` when none is known.
    #[must_use]
    pub fn from(self, at: Timestamp) -> Timestamp {
        match self {
            Self::Closed { opens_at: Some(opens_at) } => opens_at.max(at),
            _ => at,
        }
    }
}

/// Whether a recipient may be called now: every zone they may be in must be inside the hours.
#[must_use]
pub fn recipient_opening(hours: &RecipientHours, zones: &ZoneSet, call: CallLength, now: Timestamp) -> Opening {
    opening(hours, None, zones, call, now)
}

/// Whether a campaign dials now, its recipients aside.
#[must_use]
pub fn campaign_opening(hours: &CallingHours, call: CallLength, now: Timestamp) -> Opening {
    search(&[hours.clause()], call, now)
}

/// Whether a recipient of a campaign may be called now: by their own hours and the campaign's, both.
#[must_use]
pub fn opening(
    recipient: &RecipientHours,
    campaign: Option<&CallingHours>,
    zones: &ZoneSet,
    call: CallLength,
    now: Timestamp,
) -> Opening {
    if recipient.enabled && zones.is_empty() {
        return Opening::Closed { opens_at: None };
    }
    let mut clauses = Vec::with_capacity(zones.len() + 1);
    if recipient.enabled {
        let window = Window { days: None, start: recipient.start, end: recipient.end };
        clauses.extend(zones.iter().map(|zone| Clause { zone: zone.zone(), window }));
    }
    clauses.extend(campaign.map(CallingHours::clause));
    search(&clauses, call, now)
}

/// Finds the first stretch, shortened by the guards, that is not over yet.
fn search(clauses: &[Clause<'_>], call: CallLength, now: Timestamp) -> Opening {
    if clauses.is_empty() {
        return Opening::Open { until: None };
    }
    let call_takes = SignedDuration::from_secs(i64::from(call.ring_timeout_s)) + GUARD_BEFORE_END;
    let horizon = now.saturating_add(SEARCH).expect("the search span has no calendar units");
    // Looked at from a guard's length ago: what was open then has been open long enough now.
    let mut from = now - GUARD_AFTER_START;
    while let Some(Run { starts_at, ends_at }) = next_run(clauses, from, horizon) {
        let (opens_at, closes_at) = (starts_at + GUARD_AFTER_START, ends_at - call_takes);
        match (opens_at <= now, now < closes_at, opens_at < closes_at) {
            (true, true, _) => {
                return Opening::Open { until: Some(closes_at) };
            }
            (false, _, true) => {
                return Opening::Closed { opens_at: Some(opens_at) };
            }
            _ => from = ends_at,
        }
    }
    Opening::Closed { opens_at: None }
}

impl RecipientHours {
    /// What is wrong with the hours; empty when nothing is.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        if self.start < self.end {
            return Vec::new();
        }
        vec![FieldError::new("end", "must be later than start on the same day")]
    }

    /// Whether these hours allow a minute that `rule` does not.
    #[must_use]
    pub fn relax(&self, rule: &Self) -> bool {
        rule.enabled && (!self.enabled || self.start < rule.start || self.end > rule.end)
    }
}

impl Default for RecipientHours {
    fn default() -> Self {
        Self { enabled: true, start: time(8, 0, 0, 0), end: time(21, 0, 0, 0) }
    }
}

impl CallingHours {
    /// What is wrong with the hours; empty when nothing is.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.days.is_empty() {
            errors.push(FieldError::new("days", "must name at least one day"));
        }
        if (1..self.days.len()).any(|at| self.days[..at].contains(&self.days[at])) {
            errors.push(FieldError::new("days", "must name each day once"));
        }
        if self.start == self.end {
            errors.push(FieldError::new("end", "must differ from start"));
        }
        errors
    }

    fn clause(&self) -> Clause<'_> {
        let window = Window { days: Some(&self.days), start: self.start, end: self.end };
        Clause { zone: self.timezone.zone(), window }
    }
}

impl fmt::Display for RecipientHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", local_time::format(self.start), local_time::format(self.end))
    }
}

#[cfg(test)]
mod tests;
