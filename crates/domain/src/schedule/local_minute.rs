//! A date and a time of day as schedules write them: `2026-12-01T09:00`, without seconds and without a zone.
//!
//! For serde's `with`, as [`crate::local_time`]. In which zone it is meant is said beside it.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Deserializer, Serializer, de};

use crate::local_time;

/// Nobody schedules a call outside these; the calendar's arithmetic is far from its ends within them.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

/// Reads `2026-12-01T09:00`; `None` for anything else.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once('T')?;
    Some(parse_date(date)?.to_datetime(local_time::parse(time)?))
}

/// Reads `2026-12-01`; `None` for anything else.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let is_shaped = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if text.len() != 10 || !is_shaped {
        return None;
    }
    let year = text[..4].parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, text[5..7].parse().ok()?, text[8..].parse().ok()?).ok()
}

/// Writes `2026-12-01T09:00`.
pub(super) fn format(at: DateTime) -> String {
    let time = Time::new(at.hour(), at.minute(), 0, 0).expect("the hour and minute of a time");
    format!("{}T{}", at.date(), local_time::format(time))
}

pub(super) fn serialize<S: Serializer>(at: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format(*at))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| de::Error::custom("a date and time like 2026-12-01T09:00 is wanted"))
}
