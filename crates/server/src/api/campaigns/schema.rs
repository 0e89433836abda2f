//! The parts of a campaign as the OpenAPI document describes them.
//!
//! Documentation alone: the values are the domain's, whose crate knows nothing of OpenAPI. A story compares what
//! is described here with what is served.

#![allow(dead_code, reason = "schemas; the values are `carillon_domain`'s")]

mod given;

use utoipa::ToSchema;

pub use given::{OptOutGiven, RecipientHoursGiven, RecordingGiven, RetryGiven};

/// Where a campaign stands.
#[derive(ToSchema)]
#[schema(as = CampaignStatus, rename_all = "snake_case")]
pub enum Status {
    Draft,
    Scheduled,
    Active,
    Paused,
    Completed,
    Failed,
}

/// How a completed campaign came to its end.
#[derive(ToSchema)]
#[schema(as = CampaignEndedBy, rename_all = "snake_case")]
pub enum EndedBy {
    ListDone,
    Stopped,
}

/// What a campaign is for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Purpose {
    Informational,
    Telemarketing,
    Healthcare,
    Collections,
    Charity,
    Political,
    Survey,
    Emergency,
}

/// What to do when an answering machine picks up.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum AnsweringMachine {
    Off,
    HangUp,
    LeaveMessage,
}

/// What is said: a spoken text (`tts`) or a recording of the library (`audio`).
#[derive(ToSchema)]
pub struct Message {
    /// `tts` or `audio`
    #[schema(example = "tts")]
    kind: String,
    /// 1 to 3,000 characters as the recipient hears them; merge fields like `{{first_name|there}}` (tts).
    text: Option<String>,
    /// One of `GET /api/v1/voices` (tts).
    #[schema(example = "Polly.Joanna-Neural")]
    voice: Option<String>,
    #[schema(example = "en-US")]
    language: Option<String>,
    /// 50 to 200 (tts).
    rate_percent: Option<i32>,
    /// -50 to 50; 0 unless the voice has pitch (tts).
    pitch_percent: Option<i32>,
    /// The recording (audio).
    audio_id: Option<String>,
}

/// What follows the message: `hangup`, or `agents` with queue and pacing.
#[derive(ToSchema)]
pub struct AfterMessage {
    /// `hangup` or `agents`
    #[schema(example = "hangup")]
    kind: String,
    queue_id: Option<String>,
    /// `fixed`, `progressive` or `predictive`
    pacing: Option<String>,
}

/// The offer to press a key and not be called again.
#[derive(ToSchema)]
pub struct OptOut {
    #[schema(default = false)]
    enabled: bool,
    /// One of 0-9, `*` and `#`.
    #[schema(default = "9")]
    digit: String,
}

/// Whether calls are recorded.
#[derive(ToSchema)]
pub struct Recording {
    #[schema(default = false)]
    enabled: bool,
}

/// Which outcomes are tried again, how often and after what delay.
#[derive(ToSchema)]
pub struct Retry {
    /// Calls in all, counting the first: 1 to 5.
    max_attempts: i32,
    /// Seconds before attempt 2, 3, ...; at most four values, the last repeats.
    delays_s: Vec<i32>,
    on: Vec<RetryCondition>,
}

/// An outcome that may be tried again; `voicemail` only when answering machines are listened for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum RetryCondition {
    NoAnswer,
    Busy,
    Failed,
    Voicemail,
}

/// When the campaign runs: `manual`, `once` or `recurring`.
#[derive(ToSchema)]
pub struct Schedule {
    /// `manual`: when somebody starts it. `once`: with `at` and `timezone`. `recurring`: with `every`, `until` and
    /// `contacts` besides.
    #[schema(example = "manual")]
    kind: String,
    /// Date and time by the clocks of the zone; of a recurring one from which the days count.
    #[schema(example = "2026-12-07T09:00")]
    at: Option<String>,
    #[schema(example = "America/New_York")]
    timezone: Option<String>,
    /// How late an occurrence may begin: 0 to 86,400, default 3,600.
    grace_s: Option<i32>,
    every: Option<ScheduleEvery>,
    until: Option<ScheduleUntil>,
    /// `same`: each run calls the same list. `refresh_sheet`: shortly before each run the campaign's Google Sheet
    /// (`list_source`) is fetched again.
    #[schema(example = "same")]
    contacts: Option<String>,
    /// With `refresh_sheet`: a sheet that lost more than half of its rows is taken as it is; else its run fails.
    accept_shrunk_list: Option<bool>,
    /// What becomes of an occurrence that comes while the run before it is under way: `skip` or `wait`.
    #[schema(example = "skip")]
    overlap: Option<String>,
    /// What becomes of day 29, 30 or 31 in a month that has none: `last_day` or `skip`.
    #[schema(example = "last_day")]
    short_months: Option<String>,
}

/// The days of a recurring schedule.
#[derive(ToSchema)]
pub struct ScheduleEvery {
    /// `day`, `week` or `month`
    #[schema(example = "week")]
    unit: String,
    /// Every so many days, 1 to 30 (day).
    interval: Option<i32>,
    /// At least one (week).
    days: Option<Vec<Day>>,
    /// 1 to 31, or `last` (month).
    #[schema(value_type = Option<Object>)]
    day: Option<String>,
}

/// When a recurring schedule ends.
#[derive(ToSchema)]
pub struct ScheduleUntil {
    /// `never`, `date` or `occurrences`
    #[schema(example = "never")]
    kind: String,
    /// The last date, by the calendar of the zone (date).
    #[schema(example = "2027-01-31")]
    date: Option<String>,
    /// Runs that are started, 1 to 1,000 (occurrences).
    count: Option<i32>,
}

/// The hours in which the campaign dials, by the clock of one zone.
#[derive(ToSchema)]
pub struct CallingHours {
    #[schema(example = "America/New_York")]
    timezone: String,
    days: Vec<Day>,
    #[schema(example = "09:00")]
    start: String,
    /// Before `start`: the window closes on the day after.
    #[schema(example = "17:00")]
    end: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// The hours in which a recipient may be called, by their own clock.
#[derive(ToSchema)]
pub struct RecipientHours {
    /// Switched off, or set wider than the organization's, by an administrator alone.
    enabled: bool,
    #[schema(example = "08:00")]
    start: String,
    #[schema(example = "21:00")]
    end: String,
}

/// The campaign's own limits; null: the organization's alone.
#[derive(ToSchema)]
pub struct Limits {
    /// 1 to 10,000
    max_concurrent_calls: Option<i32>,
    /// 0.1 to 1,000
    calls_per_second: Option<f64>,
}

/// What the campaign may cost.
#[derive(ToSchema)]
pub struct Budget {
    amount: String,
    currency: String,
    #[schema(default = 80)]
    warn_percent: i32,
}

/// Where a recipient stands.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum RecipientState {
    Pending,
    Dialing,
    Retrying,
    Completed,
    Failed,
    Suppressed,
}

/// How an attempt ended.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Outcome {
    Answered,
    NoAnswer,
    Busy,
    Failed,
    Voicemail,
    Abandoned,
    OptedOut,
    Canceled,
    Unknown,
}

/// Ended attempts by outcome.
#[derive(ToSchema)]
pub struct Outcomes {
    answered: i64,
    no_answer: i64,
    busy: i64,
    failed: i64,
    voicemail: i64,
    abandoned: i64,
    opted_out: i64,
    canceled: i64,
    unknown: i64,
}

/// An amount of money.
#[derive(ToSchema)]
pub struct Money {
    #[schema(example = "12.3400")]
    amount: String,
    #[schema(example = "USD")]
    currency: String,
}
