//! A time of day as people write it: `08:00`, without seconds.
//!
//! For serde's `with`. The time itself is jiff's civil time; which zone it is meant in is said beside it.

use jiff::civil::Time;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Reads `08:00`; `None` for anything else.
#[must_use]
pub fn parse(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two_digits(hour) || !two_digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// Writes `08:00`.
#[must_use]
pub fn format(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

pub(crate) fn serialize<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format(*time))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| de::Error::custom("a time like 08:00 is wanted"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_two_digits_a_colon_and_two_digits() {
        for good in ["00:00", "08:00", "23:59"] {
            assert_eq!(parse(good).map(format).as_deref(), Some(good));
        }
        for bad in ["", "8:00", "08:0", "24:00", "08:60", "08:00:00", "+8:00", "0800", "٠٨:٠٠"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
