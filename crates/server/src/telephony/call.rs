//! A call as the carrier tells of it, read leniently.
//!
//! Every field may be absent; a status we do not know is kept as text and is never final. What a
//! status means for an attempt is the domain's business.

use std::fmt;

use jiff::Timestamp;

/// Longest call id taken: Twilio's has 34 characters, those of compatible carriers up to about 90.
const CALL_SID_CHARS_MAX: usize = 100;

/// The carrier's name for a call. Opaque: only its characters are checked, since it becomes part of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallSid(String);

impl CallSid {
    /// Takes letters, digits, `_`, `-` and `:`; anything else is not a call id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=CALL_SID_CHARS_MAX).contains(&text.len());
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':'));
        (fits && plain).then(|| Self(text.to_owned()))
    }

    /// The id as the carrier wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallSid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The carrier's word for where a call stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CallStatus {
    Queued,
    /// Left the carrier's queue. Said by callbacks only.
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
    /// A word we do not know; never final.
    Unknown(String),
}

/// One row a known status: the carrier's word beside ours.
const STATUS_WORDS: [(&str, CallStatus); 9] = [
    ("queued", CallStatus::Queued),
    ("initiated", CallStatus::Initiated),
    ("ringing", CallStatus::Ringing),
    ("in-progress", CallStatus::InProgress),
    ("completed", CallStatus::Completed),
    ("busy", CallStatus::Busy),
    ("failed", CallStatus::Failed),
    ("no-answer", CallStatus::NoAnswer),
    ("canceled", CallStatus::Canceled),
];

impl CallStatus {
    /// Reads Twilio's word; other dialects go through [`super::CarrierProfile::status`].
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        let known = STATUS_WORDS.iter().find(|(name, _)| *name == word);
        known.map_or_else(|| Self::Unknown(word.to_owned()), |(_, status)| status.clone())
    }

    /// The word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(word) => word,
            known => STATUS_WORDS.iter().find(|(_, status)| status == known).map_or("", |(word, _)| word),
        }
    }

    /// Nothing comes after it.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Busy | Self::Failed | Self::NoAnswer | Self::Canceled)
    }
}

/// Who picked up, by the carrier's detection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetectionVerdict {
    Human,
    /// A machine; its greeting may still be running.
    MachineStart,
    /// A machine whose greeting is over: a message can be left now.
    MachineEnd,
    Fax,
    /// The detection could not tell, or said a word we do not know. Treated as a person.
    Unknown,
}

impl DetectionVerdict {
    /// Reads the carrier's word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "human" => Self::Human,
            "machine_start" | "machine" => Self::MachineStart,
            "machine_end_beep" | "machine_end_silence" | "machine_end_other" => Self::MachineEnd,
            "fax" => Self::Fax,
            _ => Self::Unknown,
        }
    }
}

/// A call as the carrier has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarrierCall {
    pub sid: Option<CallSid>,
    pub parent_sid: Option<CallSid>,
    pub to: Option<String>,
    pub from: Option<String>,
    pub status: Option<CallStatus>,
    pub direction: Option<String>,
    pub created_at: Option<Timestamp>,
    /// When dialing began; absent while the call is queued.
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub duration_s: Option<u32>,
    pub answered_by: Option<DetectionVerdict>,
    /// Comes minutes or hours after the end, and covers the connection alone.
    pub price: Option<CarrierPrice>,
    pub queue_time_ms: Option<u64>,
    /// Said by some carriers; Twilio tells it in the notifications.
    pub error_code: Option<u32>,
    pub error_message: Option<String>,
}

/// What the carrier charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierPrice {
    /// Millionths of the currency, a cost as a positive number whatever sign the carrier uses.
    pub cost_micros: u64,
    /// ISO 4217, upper case.
    pub currency: String,
}

/// A request made for a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallEvent {
    pub request_url: Option<String>,
    pub request_method: Option<String>,
    /// The parameters as text, by name. For a create call they hold our callback URLs.
    pub parameters: Vec<(String, String)>,
    pub response_code: Option<u16>,
    pub answered_at: Option<Timestamp>,
}

impl CallEvent {
    /// Whether our token appears in the request: then the call is ours.
    #[must_use]
    pub fn mentions(&self, token: &str) -> bool {
        let in_url = self.request_url.as_deref().is_some_and(|url| url.contains(token));
        in_url || self.parameters.iter().any(|(_, value)| value.contains(token))
    }
}

/// Something the carrier noted about a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallNotification {
    pub error_code: Option<u32>,
    pub level: NotificationLevel,
    /// The carrier's text, decoded where it was URL-encoded pairs.
    pub message: String,
    pub request_url: Option<String>,
    pub noted_at: Option<Timestamp>,
}

/// How bad a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NotificationLevel {
    Error,
    Warning,
    #[default]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_status_is_read_and_written_as_the_same_word() {
        for (word, status) in STATUS_WORDS {
            assert_eq!(CallStatus::from_word(word), status);
            assert_eq!(status.as_str(), word);
        }
    }

    #[test]
    fn a_status_nobody_knows_is_kept_and_never_final() {
        let status = CallStatus::from_word("parked");
        assert_eq!(status.as_str(), "parked");
        assert!(!status.is_final());
    }

    #[test]
    fn five_statuses_are_final() {
        assert_eq!(STATUS_WORDS.iter().filter(|(_, status)| status.is_final()).count(), 5);
    }

    #[test]
    fn a_call_id_cannot_leave_its_place_in_a_path() {
        assert!(CallSid::parse("CA0123456789abcdef0123456789abcdef").is_some());
        assert!(CallSid::parse("v3:8a1b-_c").is_some());
        let long = "a".repeat(101);
        for bad in ["", "..", "a/b", "a?b", "a#b", "a b", "a.json", "é", long.as_str()] {
            assert_eq!(CallSid::parse(bad), None, "{bad:?}");
        }
    }
}
