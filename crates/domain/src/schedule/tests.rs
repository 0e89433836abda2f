//! Schedules as people write them, and what becomes of each occurrence.
//!
//! The numbered cases of schedules are here. That the occurrences of every pattern in every zone are those of a walk
//! by the minute, and that no schedule ever runs an occurrence twice, is shown in `tests/laws`.

mod deciding;
mod reading;
mod times;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::*;

/// An instant, from a local time and a zone.
fn at(text: &str) -> Timestamp {
    let (local, zone) = text.split_once(' ').expect("a local time and a zone");
    let zone = TimeZoneName::parse(zone).expect("a zone");
    zone.zone().to_timestamp(local.parse::<DateTime>().expect("a local time")).expect("an instant")
}

fn read(value: &Value) -> Schedule {
    Schedule::parse(value).unwrap_or_else(|errors| panic!("{errors:?}"))
}

/// Every day at nine in New York from 7 December 2026 on, changed by what is given.
fn recurring(changes: &Value) -> Schedule {
    let mut value = json!({"kind": "recurring", "at": "2026-12-07T09:00", "timezone": "America/New_York",
        "every": {"unit": "day", "interval": 1}, "until": {"kind": "never"}, "contacts": "same"});
    for (name, change) in changes.as_object().expect("an object") {
        value[name] = change.clone();
    }
    read(&value)
}

/// The first occurrences after an instant, as the schedule says them.
fn locals(schedule: &Schedule, after: &str, count: usize) -> Vec<String> {
    schedule.occurrences(at(after), 0).take(count).map(|next| local_minute::format(next.local)).collect()
}
