//! Asking for a call: what is asked, what comes back, and what a failure means for the contact.
//!
//! The carrier has no idempotency key, so the three failures differ by one thing: is it *certain* that
//! no phone rings? Which code means which verdict is `telephony::twilio::errors`'s table.

use carillon_domain::phone_number::PhoneNumber;

use super::call::CallSid;

/// One call to be placed. URLs are absolute and carry the attempt's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCall {
    pub to: PhoneNumber,
    pub from: PhoneNumber,
    /// Where the carrier fetches the document once the call connects.
    pub url: String,
    /// Where it looks when that fails; without it the callee hears the carrier's error message.
    pub fallback_url: Option<String>,
    pub status_callback: String,
    /// Which moves are reported; the end always is.
    pub status_events: Vec<StatusEvent>,
    pub ring_timeout_s: u16,
    /// The longest the call may last: it bounds how long a number stays live.
    pub time_limit_s: u32,
    pub machine_detection: MachineDetection,
    pub recording: Recording,
}

/// The moves a carrier reports. A closed set: with a word outside it the carrier places the call and
/// reports nothing at all (Twilio's 21626).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusEvent {
    Initiated,
    Ringing,
    Answered,
    /// Every end, whatever its outcome.
    Completed,
}

impl StatusEvent {
    /// All of them, in the order in which they happen.
    pub const ALL: [Self; 4] = [Self::Initiated, Self::Ringing, Self::Answered, Self::Completed];
}

/// Whether somebody listens for an answering machine. Always beside the running document: the other
/// kind keeps a person who answered in silence for seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MachineDetection {
    Off,
    Async { callback_url: String, mode: DetectionMode },
}

/// When the verdict comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetectionMode {
    /// As soon as person and machine are told apart.
    Enable,
    /// For a machine, at the end of its greeting, when a message can be left.
    DetectMessageEnd,
}

/// Whether the call is recorded from the answer on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recording {
    Off,
    On { callback_url: String, channels: RecordingChannels },
}

/// One channel with both voices, or one a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingChannels {
    Mono,
    Dual,
}

/// The carrier has the call. It may still wait in the carrier's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub sid: CallSid,
    /// How long the carrier thinks the call waits in its queue. Above a second or two: slow down.
    pub queue_time_ms: Option<u64>,
}

/// Why there is no [`Placed`], by what the caller can do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCallError {
    /// Certain: nothing was dialed. Due again after a back-off; no attempt is counted.
    #[error("the call was not sent: {reason}")]
    NotSent { reason: NotSentReason, retry_after_s: Option<u32> },
    /// Certain: nothing was dialed, and the carrier says why. The verdict says what to do.
    #[error("the carrier refused the call ({http_status}, code {code}): {message}")]
    Rejected { code: u32, http_status: u16, message: String, verdict: RefusalVerdict },
    /// The request may have arrived. The phone may be ringing: ask the carrier, never dial again.
    #[error("it is not known whether the call was placed: {reason}")]
    Uncertain { reason: String },
}

/// Why nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSentReason {
    /// No name, no connection or no TLS session, so not a byte of the request left.
    #[error("could not connect: {0}")]
    Unreachable(String),
    /// The carrier turned it away unread (429): too many requests at once.
    #[error("the carrier asks for fewer requests at once")]
    TooManyRequests,
}

/// What a refusal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalVerdict {
    /// This number can never be called: final, not retried, no sign of trouble.
    NumberImpossible,
    /// The account may not call there: hold the recipients of that country, fail nobody.
    CountryNotAllowed,
    /// This caller id may not be shown: stop using it, the contact is untouched.
    CallerIdRefused,
    /// Something about the account or its settings: pause, keep the list, tell a person.
    Configuration,
    /// The credentials are refused: every campaign of the account fails.
    CredentialsRefused,
    /// Our request was wrong: pause, tell the operator; the contact is untouched.
    RequestFault,
    /// It will pass: due again after a pause, no attempt is counted.
    Transient,
}
