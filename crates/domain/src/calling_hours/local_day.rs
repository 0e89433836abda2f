//! What day it is for a recipient who may be in several zones.
//!
//! Attempts a number and day are counted over the widest day: from the earliest beginning of today in
//! any of the zones to its latest end, so that no place sees more calls a day than allowed. Without a
//! zone the day is UTC's; such a recipient is held anyway.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::time_zones::{TimeZoneName, ZoneSet};

/// When today began in the zone where it began first.
#[must_use]
pub fn local_day_start(zones: &ZoneSet, now: Timestamp) -> Timestamp {
    days(zones, now, start_of_day).min().unwrap_or_else(|| start_of_day(&now.to_zoned(TimeZone::UTC)))
}

/// When today ends in the zone where it ends last.
#[must_use]
pub fn next_local_day(zones: &ZoneSet, now: Timestamp) -> Timestamp {
    days(zones, now, end_of_day).max().unwrap_or_else(|| end_of_day(&now.to_zoned(TimeZone::UTC)))
}

fn days(zones: &ZoneSet, now: Timestamp, edge: fn(&Zoned) -> Timestamp) -> impl Iterator<Item = Timestamp> {
    zones.iter().map(TimeZoneName::zone).map(move |zone| edge(&now.to_zoned(zone.clone())))
}

/// The first instant of the day, also where the clock skips midnight.
fn start_of_day(now: &Zoned) -> Timestamp {
    now.start_of_day().map_or(Timestamp::MIN, |start| start.timestamp())
}

fn end_of_day(now: &Zoned) -> Timestamp {
    now.tomorrow().and_then(|tomorrow| tomorrow.start_of_day()).map_or(Timestamp::MAX, |end| end.timestamp())
}
