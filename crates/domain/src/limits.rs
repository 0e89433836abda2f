//! Limits on calls at once and calls a second, and the slots that a rate gives out.
//!
//! Pure arithmetic. The rows that make it exact over many nodes are the store's (`limiters`, `live_calls`);
//! who gets a slot is the planner's choice.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::field_error::FieldError;

/// A campaign's own limits; `None` is no limit but the organization's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignLimits {
    /// Calls under way at once.
    pub max_concurrent_calls: Option<u32>,
    /// Calls started a second.
    pub calls_per_second: Option<f64>,
}

impl CampaignLimits {
    /// Every bound of the interface.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.max_concurrent_calls.is_some_and(|n| !(1..=10_000).contains(&n)) {
            errors.push(FieldError::new("limits.max_concurrent_calls", "must be between 1 and 10000, or null"));
        }
        if self.calls_per_second.is_some_and(|n| !(0.1..=1_000.0).contains(&n)) {
            errors.push(FieldError::new("limits.calls_per_second", "must be between 0.1 and 1000, or null"));
        }
        errors
    }
}

/// The share of a rate that is given out. With slots at most [`SLOT_LATENESS_MAX`] late, 99 % keeps every
/// sliding second at or below the rate plus one call: 0.99 · (1 s + 10 ms) ≤ 1.
const RATE_SHARE: f64 = 0.99;

/// The slowest and the fastest rate in calls a second; beyond the fastest, whole microseconds are too coarse to
/// give out 98 % of it.
const RATE_MIN: f64 = 0.05;
const RATE_MAX: f64 = 10_000.0;

/// A slot missed by more than this is given up and another one taken, so that calls never bunch.
pub const SLOT_LATENESS_MAX: SignedDuration = SignedDuration::from_millis(10);

/// How many calls a second may start, as the distance between two slots (a generic cell rate).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotRate {
    interval_us: i64,
}

impl SlotRate {
    /// A rate in calls a second; below [`RATE_MIN`], and what is no number, is the slowest.
    #[must_use]
    pub fn per_second(rate: f64) -> Self {
        let rate = if rate.is_nan() { RATE_MIN } else { rate.clamp(RATE_MIN, RATE_MAX) };
        #[allow(clippy::cast_possible_truncation, reason = "bounded: 101 µs to 20.3 s")]
        let interval_us = (1_000_000.0 / (rate * RATE_SHARE)).ceil() as i64;
        Self { interval_us }
    }

    /// The distance between two slots.
    #[must_use]
    pub fn interval(self) -> SignedDuration {
        SignedDuration::from_micros(self.interval_us)
    }

    /// The slots from `next_free` (or `earliest`, if that is later) up to `until`, at most `most`.
    /// Returns them and the next free slot after them.
    #[must_use]
    pub fn take(
        self,
        next_free: Timestamp,
        earliest: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> (Vec<Timestamp>, Timestamp) {
        let mut slots = Vec::new();
        let mut slot = next_free.max(earliest);
        while slots.len() < most && slot <= until {
            slots.push(slot);
            slot += self.interval();
        }
        let next = if slots.is_empty() { next_free } else { slot };
        (slots, next)
    }

    /// How many slots lie between `next_free` and `until`.
    #[must_use]
    pub fn available(self, next_free: Timestamp, earliest: Timestamp, until: Timestamp) -> u32 {
        let first = next_free.max(earliest);
        let span = until.as_microsecond() - first.as_microsecond();
        if span < 0 {
            return 0;
        }
        u32::try_from(span / self.interval_us + 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
