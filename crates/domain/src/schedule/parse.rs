//! Reads a schedule's JSON and names everything that is wrong with it by its path.
//!
//! Written by hand because a derived reader stops at its first error and, in members told apart by a tag, loses
//! the path to it. Whether the time is past is not asked here: that depends on when one asks.

use std::fmt::Display;

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use super::local_minute::{self, YEARS};
use super::{Every, GRACE_S_DEFAULT, MonthDay, Once, Overlap, Recurring, RunContacts, Schedule, ShortMonths, Until};
use crate::calling_hours::Day;
use crate::field_error::FieldError;
use crate::time_zones::TimeZoneName;
use crate::words::Word;

/// How the last day of a month is written.
pub(super) const LAST: &str = "last";
const INTERVAL: std::ops::RangeInclusive<u32> = 1..=30;
const MONTH_DAY: std::ops::RangeInclusive<u8> = 1..=31;
const COUNT: std::ops::RangeInclusive<u32> = 1..=1_000;
/// With more than a day of grace, every missed occurrence would be caught up by the next one.
const GRACE_S: std::ops::RangeInclusive<u32> = 0..=86_400;

/// What was read, or what is wrong with it; an empty field names the value itself.
type Read<T> = Result<T, Vec<FieldError>>;

/// The members of an object, and what is wrong with them so far.
struct Members<'a> {
    members: &'a Map<String, Value>,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

pub(super) fn schedule(value: &Value) -> Read<Schedule> {
    let mut members = Members::of(value)?;
    match members.tag("kind", &["manual", "once", "recurring"])? {
        "manual" => members.end(Some(Schedule::Manual)),
        "once" => {
            let once = read_once(&mut members);
            members.end(once.map(Schedule::Once))
        }
        _ => {
            let recurring = read_recurring(&mut members);
            members.end(recurring.map(Schedule::Recurring))
        }
    }
}

fn read_once(members: &mut Members<'_>) -> Option<Once> {
    let at = members.needed("at", local);
    let timezone = members.needed("timezone", zone);
    let grace_s = members.or("grace_s", GRACE_S_DEFAULT, |value| within(value, GRACE_S));
    Some(Once { at: at?, timezone: timezone?, grace_s: grace_s? })
}

fn read_recurring(members: &mut Members<'_>) -> Option<Recurring> {
    let at = members.needed("at", local);
    let timezone = members.needed("timezone", zone);
    let every = members.needed("every", every);
    let until = members.needed("until", until);
    let contacts = members.needed("contacts", |value| word(value, RunContacts::ALL));
    let accept_shrunk_list = members.or("accept_shrunk_list", false, yes_or_no);
    let overlap = members.or("overlap", Overlap::Skip, |value| word(value, Overlap::ALL));
    let short_months = members.or("short_months", ShortMonths::LastDay, |value| word(value, ShortMonths::ALL));
    let grace_s = members.or("grace_s", GRACE_S_DEFAULT, |value| within(value, GRACE_S));
    let is_backwards = |at: DateTime| matches!(until, Some(Until::Date { date }) if date < at.date());
    if at.is_some_and(is_backwards) {
        members.errors.push(FieldError::new("until.date", "must not be before the date of at"));
    }
    Some(Recurring {
        at: at?,
        timezone: timezone?,
        every: every?,
        until: until?,
        contacts: contacts?,
        accept_shrunk_list: accept_shrunk_list?,
        overlap: overlap?,
        short_months: short_months?,
        grace_s: grace_s?,
    })
}

fn every(value: &Value) -> Read<Every> {
    let mut members = Members::of(value)?;
    match members.tag("unit", &["day", "week", "month"])? {
        "day" => {
            let interval = members.needed("interval", |value| within(value, INTERVAL));
            members.end(interval.map(|interval| Every::Day { interval }))
        }
        "week" => {
            let days = members.needed("days", days);
            members.end(days.map(|days| Every::Week { days }))
        }
        _ => {
            let day = members.needed("day", month_day);
            members.end(day.map(|day| Every::Month { day }))
        }
    }
}

fn until(value: &Value) -> Read<Until> {
    let mut members = Members::of(value)?;
    match members.tag("kind", &["never", "date", "occurrences"])? {
        "never" => members.end(Some(Until::Never)),
        "date" => {
            let date = members.needed("date", date);
            members.end(date.map(|date| Until::Date { date }))
        }
        _ => {
            let count = members.needed("count", |value| within(value, COUNT));
            members.end(count.map(|count| Until::Occurrences { count }))
        }
    }
}

fn days(value: &Value) -> Read<Vec<Day>> {
    let items = value.as_array().ok_or_else(|| wrong(format!("must be a list of {}", listed(Day::ALL))))?;
    let mut days = Vec::with_capacity(Day::ALL.len());
    for item in items {
        let day = word(item, Day::ALL)?;
        if days.contains(&day) {
            return Err(wrong("must name each day once"));
        }
        days.push(day);
    }
    if days.is_empty() { Err(wrong("must name at least one day")) } else { Ok(days) }
}

fn month_day(value: &Value) -> Read<MonthDay> {
    if value == LAST {
        return Ok(MonthDay::Last);
    }
    let day = value.as_u64().and_then(|day| u8::try_from(day).ok()).filter(|day| MONTH_DAY.contains(day));
    day.map(MonthDay::Day).ok_or_else(|| wrong("must be between 1 and 31, or \"last\""))
}

fn local(value: &Value) -> Read<DateTime> {
    let text = value.as_str().and_then(local_minute::parse);
    text.ok_or_else(|| wrong(format!("must be a date and time like 2026-12-01T09:00{}", in_years())))
}

fn date(value: &Value) -> Read<Date> {
    let text = value.as_str().and_then(local_minute::parse_date);
    text.ok_or_else(|| wrong(format!("must be a date like 2027-01-31{}", in_years())))
}

fn in_years() -> String {
    format!(", in the years {} to {}", YEARS.start(), YEARS.end())
}

fn zone(value: &Value) -> Read<TimeZoneName> {
    let text = value.as_str().ok_or_else(|| wrong("must be the name of a time zone, like America/New_York"))?;
    TimeZoneName::parse(text).map_err(|error| wrong(error.to_string()))
}

fn word<T: Word + Display>(value: &Value, words: &[T]) -> Read<T> {
    let known = value.as_str().and_then(T::parse_word);
    known.ok_or_else(|| wrong(format!("must be one of {}", listed(words))))
}

fn listed(words: &[impl Display]) -> String {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    words.join(", ")
}

fn within(value: &Value, range: std::ops::RangeInclusive<u32>) -> Read<u32> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    number
        .filter(|number| range.contains(number))
        .ok_or_else(|| wrong(format!("must be a whole number between {} and {}", range.start(), range.end())))
}

fn yes_or_no(value: &Value) -> Read<bool> {
    value.as_bool().ok_or_else(|| wrong("must be true or false"))
}

fn wrong(message: impl Into<String>) -> Vec<FieldError> {
    vec![FieldError::new("", message)]
}

impl<'a> Members<'a> {
    fn of(value: &'a Value) -> Read<Self> {
        let members = value.as_object().ok_or_else(|| wrong("must be an object"))?;
        Ok(Self { members, known: Vec::new(), errors: Vec::new() })
    }

    /// The word that says which members there are; without it nothing else can be read.
    fn tag(&mut self, name: &'static str, words: &[&'static str]) -> Read<&'static str> {
        self.known.push(name);
        let given = self.members.get(name).and_then(Value::as_str);
        let known = words.iter().find(|word| given == Some(**word));
        known.copied().ok_or_else(|| vec![FieldError::new(name, format!("must be one of {}", words.join(", ")))])
    }

    fn needed<T>(&mut self, name: &'static str, read: impl Fn(&Value) -> Read<T>) -> Option<T> {
        self.known.push(name);
        match self.members.get(name) {
            Some(value) => self.keep(name, read(value)),
            None => self.keep(name, Err(wrong("is missing"))),
        }
    }

    fn or<T>(&mut self, name: &'static str, default: T, read: impl Fn(&Value) -> Read<T>) -> Option<T> {
        self.known.push(name);
        match self.members.get(name) {
            Some(value) => self.keep(name, read(value)),
            None => Some(default),
        }
    }

    fn keep<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        read.map_err(|errors| {
            let outside = errors.into_iter().map(|error| match error.field.as_str() {
                "" => FieldError::new(name, error.message),
                _ => error.within(name),
            });
            self.errors.extend(outside);
        })
        .ok()
    }

    /// What was read, unless a member is wrong or unknown.
    fn end<T>(mut self, read: Option<T>) -> Read<T> {
        let unknown = self.members.keys().filter(|name| !self.known.contains(&name.as_str()));
        self.errors.extend(unknown.map(|name| FieldError::new(name, "is not known here")));
        match read {
            Some(read) if self.errors.is_empty() => Ok(read),
            _ => Err(self.errors),
        }
    }
}
