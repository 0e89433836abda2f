//! When a campaign runs: by hand, once, or again and again at a local time.
//!
//! A schedule keeps what people said: dates, a time of day and a zone, never an instant, so that new rules of a
//! zone move the runs that are still to come. [`Schedule::parse`] reads it, [`Schedule::occurrences`] tells the
//! runs to come and [`decide`] says what becomes of each that is due. The hours in which a run then dials are the
//! business of [`crate::calling_hours`].

mod decide;
mod local_minute;
mod occurrences;
mod parse;
mod pattern;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use decide::{LookAgain, Moment, Plan, SkipReason, Standing, VERDICTS_MAX, Verdict, decide};
pub use occurrences::{Occurrence, Occurrences};

use crate::calling_hours::Day;
use crate::field_error::FieldError;
use crate::time_zones::TimeZoneName;

/// How late an occurrence may begin when nothing is said.
const GRACE_S_DEFAULT: u32 = 3_600;

/// When a campaign runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Schedule {
    /// When a person starts it.
    #[default]
    Manual,
    /// At one local time.
    Once(Once),
    /// At a local time on the days of a pattern.
    Recurring(Recurring),
}

/// One run at a local time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Once {
    /// Date and time by the clocks of the zone.
    #[serde(with = "local_minute")]
    pub at: DateTime,
    pub timezone: TimeZoneName,
    /// How late it may begin.
    pub grace_s: u32,
}

/// A run on each day of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recurring {
    /// The date from which the pattern counts and the time of day, by the clocks of the zone.
    #[serde(with = "local_minute")]
    pub at: DateTime,
    pub timezone: TimeZoneName,
    pub every: Every,
    pub until: Until,
    pub contacts: RunContacts,
    /// A sheet that lost more than half of its rows is taken as it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accept_shrunk_list: bool,
    pub overlap: Overlap,
    pub short_months: ShortMonths,
    /// How late an occurrence may begin.
    pub grace_s: u32,
}

/// The days of a recurring schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "unit", rename_all = "snake_case")]
pub enum Every {
    /// Every so many days of the calendar, counted from the first.
    Day { interval: u32 },
    /// Each week on these days.
    Week { days: Vec<Day> },
    /// Each month on this day.
    Month { day: MonthDay },
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthDay {
    /// 1 to 31; what becomes of it in a shorter month is said by [`ShortMonths`].
    Day(u8),
    /// The last, however long the month is.
    Last,
}

/// When a recurring schedule ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Until {
    Never,
    /// With this date, by the calendar of the zone; its own occurrence takes place.
    Date {
        date: Date,
    },
    /// After so many runs that were started; skipped and missed ones do not count.
    Occurrences {
        count: u32,
    },
}

crate::words! {
    /// Whom its runs call.
    pub enum RunContacts {
        /// The same list.
        Same = "same",
        /// The sheet, fetched anew for each run.
        RefreshSheet = "refresh_sheet",
    }
}

crate::words! {
    /// What becomes of an occurrence that comes while the run before it is under way.
    pub enum Overlap {
        /// It is skipped.
        Skip = "skip",
        /// It begins when the run before it has ended.
        Wait = "wait",
    }
}

crate::words! {
    /// What becomes of day 29, 30 or 31 in a month that has none.
    pub enum ShortMonths {
        /// The month's last day takes its place.
        LastDay = "last_day",
        /// There is no occurrence in that month.
        Skip = "skip",
    }
}

impl Schedule {
    /// Reads the JSON of the interface. What is wrong is named by its path within the schedule, all at once.
    pub fn parse(value: &serde_json::Value) -> Result<Self, Vec<FieldError>> {
        parse::schedule(value)
    }

    /// What keeps the schedule from being set in force now; empty when nothing does.
    #[must_use]
    pub fn check_start(&self, now: Timestamp) -> Vec<FieldError> {
        let Some((at, zone)) = self.anchor() else {
            return vec![FieldError::new("kind", "must be once or recurring: a manual campaign is started by hand")];
        };
        if occurrences::instant_of(at, zone).is_none_or(|at| at <= now) {
            return vec![FieldError::new("at", format!("must be in the future, by the clocks of {zone}"))];
        }
        if self.occurrences(now, 0).next().is_none() {
            return vec![FieldError::new("until", "must leave at least one occurrence")];
        }
        Vec::new()
    }

    /// The zone by whose clocks it runs; `None` for a manual one.
    #[must_use]
    pub fn timezone(&self) -> Option<&TimeZoneName> {
        self.anchor().map(|(_, zone)| zone)
    }

    /// Whether the list of each run is fetched anew.
    #[must_use]
    pub fn refreshes_list(&self) -> bool {
        matches!(self, Self::Recurring(recurring) if recurring.contacts == RunContacts::RefreshSheet)
    }

    /// Whether a list is taken that lost more of its rows than is likely.
    #[must_use]
    pub fn accepts_shrunk_list(&self) -> bool {
        matches!(self, Self::Recurring(recurring) if recurring.accept_shrunk_list)
    }

    /// Until when the run of an occurrence may begin that is tried from `since` on.
    #[must_use]
    pub fn deadline(&self, occurrence: &Occurrence, since: Timestamp) -> Timestamp {
        occurrence.at.max(since) + decide::grace(self)
    }

    fn anchor(&self) -> Option<(DateTime, &TimeZoneName)> {
        match self {
            Self::Manual => None,
            Self::Once(once) => Some((once.at, &once.timezone)),
            Self::Recurring(recurring) => Some((recurring.at, &recurring.timezone)),
        }
    }

    fn grace_s(&self) -> u32 {
        match self {
            Self::Manual => GRACE_S_DEFAULT,
            Self::Once(once) => once.grace_s,
            Self::Recurring(recurring) => recurring.grace_s,
        }
    }

    fn overlap(&self) -> Overlap {
        match self {
            Self::Recurring(recurring) => recurring.overlap,
            Self::Manual | Self::Once(_) => Overlap::Skip,
        }
    }

    /// How many runs it starts in all; `None`: no number was set.
    fn runs_max(&self) -> Option<u32> {
        match self {
            Self::Manual => Some(0),
            Self::Once(_) => Some(1),
            Self::Recurring(Recurring { until: Until::Occurrences { count }, .. }) => Some(*count),
            Self::Recurring(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Self::parse(&value).map_err(|errors| {
            let texts: Vec<String> = errors.iter().map(|error| format!("{} {}", error.field, error.message)).collect();
            de::Error::custom(texts.join("; "))
        })
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Day(day) => serializer.serialize_u8(*day),
            Self::Last => serializer.serialize_str(parse::LAST),
        }
    }
}

#[cfg(test)]
mod tests;
