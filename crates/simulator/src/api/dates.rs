//! Date filters: `StartTime`, `StartTime<`, `StartTime>`, with a day or an instant.
//!
//! All times are UTC, as the carrier's are. A date that cannot be read is refused (20001) and not ignored: a client
//! that filters wrongly would otherwise believe that a call does not exist.

use std::time::Duration;

use jiff::{Timestamp, civil, tz::TimeZone};

use super::{errors::ApiError, request::Fields};

const DAY: Duration = Duration::from_secs(86_400);

/// An interval; its end is not in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Between {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Between {
    /// The interval that the three forms of a parameter say together; none without any. `StartTime` alone is a day,
    /// even if an instant of it is given; with a sign the instant counts.
    pub(crate) fn of(fields: &Fields, name: &str) -> Result<Option<Between>, ApiError> {
        let read = |suffix: &str| {
            let key = format!("{name}{suffix}");
            fields.get(&key).map(|value| parse(value).ok_or_else(|| invalid(&key, value))).transpose()
        };
        let (on, before, after) = (read("")?, read("<")?, read(">")?);
        if on.is_none() && before.is_none() && after.is_none() {
            return Ok(None);
        }
        let day =
            on.map(|at| at.to_zoned(TimeZone::UTC).date().to_zoned(TimeZone::UTC).map_or(at, |day| day.timestamp()));
        Ok(Some(Between {
            from: after.or(day).unwrap_or(Timestamp::MIN),
            to: day.and_then(|day| day.checked_add(DAY).ok()).or(before).unwrap_or(Timestamp::MAX),
        }))
    }

    pub(crate) fn holds(self, at: Option<Timestamp>) -> bool {
        at.is_some_and(|at| self.from <= at && at < self.to)
    }
}

fn parse(value: &str) -> Option<Timestamp> {
    if let Ok(at) = value.parse::<Timestamp>() {
        return Some(at);
    }
    let day: civil::Date = value.parse().ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn invalid(key: &str, value: &str) -> ApiError {
    ApiError::new(20001, format!("{key} is neither a day nor an instant: {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(pairs: &[(&'static str, &str)]) -> Between {
        let fields = Fields(pairs.iter().map(|(name, value)| ((*name).into(), (*value).to_owned())).collect());
        Between::of(&fields, "StartTime").unwrap().unwrap()
    }

    #[test]
    fn a_day_is_all_of_it_and_signs_are_part_of_the_name() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let day = between(&[("StartTime", "2026-03-02")]);
        assert!(day.holds(at("2026-03-02T23:59:59Z")) && !day.holds(at("2026-03-03T00:00:00Z")) && !day.holds(None));
        assert_eq!(between(&[("StartTime", "2026-03-02T10:00:00Z")]), day);
        let after = between(&[("StartTime>", "2026-03-02"), ("StartTime<", "2026-03-03T12:00:00Z")]);
        assert!(after.holds(at("2026-03-03T11:59:59Z")) && !after.holds(at("2026-03-01T23:59:59Z")));
        assert!(!after.holds(at("2026-03-03T12:00:00Z")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let fields = Fields(vec![("StartTime".into(), "yesterday".into())]);
        assert!(Between::of(&fields, "StartTime").is_err());
    }
}
