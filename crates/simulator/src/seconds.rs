//! Durations as numbers of seconds in configuration files and JSON (`rings_for_s = 2.5`).
//!
//! One module for a duration, and [`presses`] for keys with their times (`[[3.0, "9"]]`).

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Nothing simulated lasts longer than this: a day.
pub(crate) const SECONDS_MAX: f64 = 86_400.0;

pub(crate) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(value.as_secs_f64())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    parse(f64::deserialize(from)?)
}

fn parse<E: Error>(seconds: f64) -> Result<Duration, E> {
    if !(0.0..=SECONDS_MAX).contains(&seconds) {
        return Err(E::custom(format!("{seconds} is not between 0 and {SECONDS_MAX} seconds")));
    }
    Ok(Duration::from_secs_f64(seconds))
}

pub(crate) mod presses {
    use serde::Serialize;

    use super::*;

    #[allow(clippy::ptr_arg, reason = "serde hands over the field's own type")]
    pub(crate) fn serialize<S: Serializer>(value: &Vec<(Duration, char)>, to: S) -> Result<S::Ok, S::Error> {
        let pairs: Vec<(f64, char)> = value.iter().map(|(after, key)| (after.as_secs_f64(), *key)).collect();
        pairs.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(Duration, char)>, D::Error> {
        let pairs = Vec::<(f64, char)>::deserialize(from)?;
        pairs.into_iter().map(|(after, key)| Ok((parse(after)?, key))).collect()
    }
}
