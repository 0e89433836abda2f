//! Durations as people configure them: seconds, whole as a rule, with a fraction where a test shortens them.
//!
//! Only the reading; bounds are checked where the setting is known by name.

use std::str::FromStr;

use jiff::SignedDuration;
use serde::Deserialize;

/// A number of seconds, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub struct Seconds(SignedDuration);

/// The number of seconds is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a number of seconds, not negative")]
pub struct SecondsError;

impl Seconds {
    /// The duration.
    #[must_use]
    pub const fn duration(self) -> SignedDuration {
        self.0
    }
}

impl From<SignedDuration> for Seconds {
    fn from(duration: SignedDuration) -> Self {
        Self(duration)
    }
}

impl TryFrom<f64> for Seconds {
    type Error = SecondsError;

    fn try_from(seconds: f64) -> Result<Self, SecondsError> {
        if !(0.0..1e12).contains(&seconds) {
            return Err(SecondsError);
        }
        SignedDuration::try_from_secs_f64(seconds).map(Self).map_err(|_| SecondsError)
    }
}

impl FromStr for Seconds {
    type Err = SecondsError;

    fn from_str(text: &str) -> Result<Self, SecondsError> {
        text.parse::<f64>().map_err(|_| SecondsError)?.try_into()
    }
}
