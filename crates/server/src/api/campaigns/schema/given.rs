//! Parts of a campaign as they may be given: what is left out of a part takes the organization's default.
//!
//! As they are shown, every member is there; those are in the file above. Documentation alone, like it.

use utoipa::ToSchema;

use super::RetryCondition;

/// The offer to press a key and not be called again.
#[derive(ToSchema)]
pub struct OptOutGiven {
    #[schema(default = false, required = false)]
    enabled: bool,
    /// One of 0-9, `*` and `#`.
    #[schema(default = "9", required = false)]
    digit: String,
}

/// Whether calls are recorded.
#[derive(ToSchema)]
pub struct RecordingGiven {
    #[schema(default = false, required = false)]
    enabled: bool,
}

/// Which outcomes are tried again, how often and after what delay.
#[derive(ToSchema)]
pub struct RetryGiven {
    /// Calls in all, counting the first: 1 to 5.
    #[schema(required = false)]
    max_attempts: i32,
    /// Seconds before attempt 2, 3, ...; at most four values, the last repeats.
    #[schema(required = false)]
    delays_s: Vec<i32>,
    #[schema(required = false)]
    on: Vec<RetryCondition>,
}

/// The hours in which a recipient may be called, by their own clock.
#[derive(ToSchema)]
pub struct RecipientHoursGiven {
    /// Switched off, or set wider than the organization's, by an administrator alone.
    #[schema(required = false)]
    enabled: bool,
    #[schema(example = "08:00", required = false)]
    start: String,
    #[schema(example = "21:00", required = false)]
    end: String,
}
