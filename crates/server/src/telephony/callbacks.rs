//! What the carrier reports, read leniently from a form body.
//!
//! Reading never fails: unknown parameters are ignored, a value that cannot be read is absent, a status
//! nobody knows is kept as text. Whether the carrier sent it is [`super::signature`]'s question, asked
//! first; what it changes is the domain's. The order of callbacks means nothing, and each may come twice.

use carillon_domain::facts::{AnsweredBy, CallEnd, EndStatus, Fact};
use jiff::Timestamp;

use super::twilio::{is_number_impossible, parse_instant};
use super::{CallSid, CallStatus, CarrierProfile, DetectionVerdict};

/// Most parameters read of one body; Twilio sends about thirty.
const PARAMETERS_MAX: usize = 200;
/// Longest string of keys kept of a caller.
const DIGITS_CHARS_MAX: usize = 32;

/// Which address was called, and so what to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackKind {
    /// The document for a call is fetched.
    Initiate,
    Status,
    Detection,
    /// A key was pressed, or none in time.
    Keys,
    Recording,
}

/// A callback of the carrier's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub call_sid: Option<CallSid>,
    /// To be compared with ours: the signature alone does not bind a subaccount.
    pub account_sid: Option<String>,
    pub report: Report,
}

/// What it reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The document is wanted: the call was answered.
    Initiate,
    Status(StatusReport),
    Detection {
        verdict: DetectionVerdict,
        took_ms: Option<u32>,
    },
    Keys {
        digits: String,
    },
    Recording(RecordingReport),
}

/// A move of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// `None` when the callback names none, which the carrier never does.
    pub status: Option<CallStatus>,
    /// In which order the moves happened, from 0; they arrive in any.
    pub sequence: Option<u32>,
    /// By the carrier's clock, to the second.
    pub happened_at: Option<Timestamp>,
    /// Seconds from answer to end; the carrier's `Duration` is in billed minutes and not read.
    pub duration_s: Option<u32>,
    /// Comes here as well as in a callback of its own.
    pub verdict: Option<DetectionVerdict>,
    pub sip_response_code: Option<u32>,
    pub error_code: Option<u32>,
}

/// News of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingReport {
    pub sid: Option<String>,
    /// Works without authentication unless the account says otherwise: never shown, only fetched.
    pub url: Option<String>,
    pub status: RecordingStatus,
    pub duration_s: Option<u32>,
    pub channels: Option<u8>,
    pub error_code: Option<u32>,
}

/// Where a recording stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordingStatus {
    InProgress,
    Completed,
    /// There is none and will be none.
    Absent,
    Unknown(String),
}

impl Callback {
    /// Reads a form body that came to the address of this kind.
    #[must_use]
    pub fn read(kind: CallbackKind, body: &[u8], profile: &CarrierProfile) -> Self {
        let form = Parameters::read(body);
        let report = match kind {
            CallbackKind::Initiate => Report::Initiate,
            CallbackKind::Status => Report::Status(status_report(&form, profile)),
            CallbackKind::Detection => Report::Detection {
                verdict: form.verdict().unwrap_or(DetectionVerdict::Unknown),
                took_ms: form.number("MachineDetectionDuration"),
            },
            CallbackKind::Keys => Report::Keys { digits: form.digits() },
            CallbackKind::Recording => Report::Recording(recording_report(&form)),
        };
        let call_sid = form.text("CallSid").and_then(CallSid::parse);
        Self { call_sid, account_sid: form.text("AccountSid").map(str::to_owned), report }
    }

    /// What the domain learns from it, at the carrier's time where it says one. Which key opts out
    /// and what becomes of a recording is not said here.
    #[must_use]
    pub fn facts(&self, heard_at: Timestamp) -> Vec<Fact> {
        match &self.report {
            Report::Initiate => vec![Fact::Answered { at: heard_at }],
            Report::Detection { verdict, .. } => vec![Fact::Detected { by: verdict.answered_by() }],
            Report::Status(report) => report.facts(heard_at),
            Report::Keys { .. } | Report::Recording(_) => Vec::new(),
        }
    }
}

impl StatusReport {
    fn facts(&self, heard_at: Timestamp) -> Vec<Fact> {
        let at = self.happened_at.unwrap_or(heard_at);
        let moved = self.status.as_ref().and_then(|status| match status {
            CallStatus::Queued => Some(Fact::Accepted { at }),
            CallStatus::Initiated => Some(Fact::Initiated { at }),
            CallStatus::Ringing => Some(Fact::Ringing { at }),
            CallStatus::InProgress => Some(Fact::Answered { at }),
            CallStatus::Unknown(_) => None,
            ended => ended.end_status().map(|status| Fact::Ended(self.end(status, at))),
        });
        let detected = self.verdict.as_ref().map(|verdict| Fact::Detected { by: verdict.answered_by() });
        moved.into_iter().chain(detected).collect()
    }

    fn end(&self, status: EndStatus, at: Timestamp) -> CallEnd {
        let told_impossible = self.error_code.is_some_and(is_number_impossible);
        CallEnd {
            status,
            at,
            duration_s: self.duration_s,
            error_code: self.error_code.or(self.sip_response_code),
            number_impossible: status == EndStatus::Failed && told_impossible,
        }
    }
}

impl CallStatus {
    /// The domain's word for a final status.
    #[must_use]
    pub fn end_status(&self) -> Option<EndStatus> {
        match self {
            Self::Completed => Some(EndStatus::Completed),
            Self::Busy => Some(EndStatus::Busy),
            Self::Failed => Some(EndStatus::Failed),
            Self::NoAnswer => Some(EndStatus::NoAnswer),
            Self::Canceled => Some(EndStatus::Canceled),
            Self::Queued | Self::Initiated | Self::Ringing | Self::InProgress | Self::Unknown(_) => None,
        }
    }
}

impl DetectionVerdict {
    /// The domain's word for who picked up.
    #[must_use]
    pub fn answered_by(&self) -> AnsweredBy {
        match self {
            Self::Human => AnsweredBy::Human,
            Self::MachineStart | Self::MachineEnd => AnsweredBy::Machine,
            Self::Fax => AnsweredBy::Fax,
            Self::Unknown => AnsweredBy::Unknown,
        }
    }
}

fn status_report(form: &Parameters, profile: &CarrierProfile) -> StatusReport {
    StatusReport {
        status: form.text("CallStatus").map(|word| profile.status(word)),
        sequence: form.number("SequenceNumber"),
        happened_at: form.text("Timestamp").and_then(parse_instant),
        duration_s: form.number("CallDuration"),
        verdict: form.verdict(),
        sip_response_code: form.number("SipResponseCode").or_else(|| form.number("SipResultCode")),
        error_code: form.number("ErrorCode"),
    }
}

fn recording_report(form: &Parameters) -> RecordingReport {
    let status = match form.text("RecordingStatus").unwrap_or_default() {
        "in-progress" => RecordingStatus::InProgress,
        "completed" => RecordingStatus::Completed,
        "absent" => RecordingStatus::Absent,
        word => RecordingStatus::Unknown(word.to_owned()),
    };
    RecordingReport {
        sid: form.text("RecordingSid").map(str::to_owned),
        url: form.text("RecordingUrl").map(str::to_owned),
        status,
        duration_s: form.number("RecordingDuration"),
        channels: form.number("RecordingChannels"),
        error_code: form.number("ErrorCode"),
    }
}

/// The decoded pairs of a body.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).into_owned().take(PARAMETERS_MAX);
        Self(pairs.collect())
    }

    /// The first value of that name that is not empty.
    fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.text(name)?.trim().parse().ok()
    }

    fn verdict(&self) -> Option<DetectionVerdict> {
        self.text("AnsweredBy").map(DetectionVerdict::from_word)
    }

    /// Keys of a telephone and nothing else.
    fn digits(&self) -> String {
        let pressed = self.text("Digits").unwrap_or_default().chars();
        pressed.filter(|key| key.is_ascii_digit() || matches!(key, '*' | '#')).take(DIGITS_CHARS_MAX).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEARD: &str = "2026-03-02T15:00:09Z";
    const TOLD: &str = "Timestamp=Mon%2C+02+Mar+2026+15%3A00%3A07+%2B0000";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn read(kind: CallbackKind, body: &str) -> Callback {
        Callback::read(kind, body.as_bytes(), &CarrierProfile::TWILIO)
    }

    fn status_facts(body: &str) -> Vec<Fact> {
        read(CallbackKind::Status, body).facts(at(HEARD))
    }

    #[test]
    fn each_status_is_the_fact_it_means_at_the_carriers_time() {
        let happened = at("2026-03-02T15:00:07Z");
        let ended = |status| {
            Fact::Ended(CallEnd {
                status,
                at: happened,
                duration_s: Some(12),
                error_code: Some(486),
                number_impossible: false,
            })
        };
        let cases = [
            ("queued", Fact::Accepted { at: happened }),
            ("initiated", Fact::Initiated { at: happened }),
            ("ringing", Fact::Ringing { at: happened }),
            ("in-progress", Fact::Answered { at: happened }),
            ("completed", ended(EndStatus::Completed)),
            ("busy", ended(EndStatus::Busy)),
            ("failed", ended(EndStatus::Failed)),
            ("no-answer", ended(EndStatus::NoAnswer)),
            ("canceled", ended(EndStatus::Canceled)),
        ];
        for (word, fact) in cases {
            let body = format!("CallStatus={word}&{TOLD}&CallDuration=12&Duration=1&SipResponseCode=486&New=1");
            assert_eq!(status_facts(&body), [fact], "{word}");
        }
    }

    #[test]
    fn only_a_code_about_the_number_makes_it_impossible() {
        let impossible = |body: &str| match status_facts(body).as_slice() {
            [Fact::Ended(end)] => end.number_impossible,
            other => panic!("{other:?}"),
        };
        assert!(impossible("CallStatus=failed&ErrorCode=13223"));
        for body in ["ErrorCode=13224", "ErrorCode=32017", "SipResponseCode=404", "ErrorCode=99999", ""] {
            assert!(!impossible(&format!("CallStatus=failed&{body}")), "{body}");
        }
        assert!(!impossible("CallStatus=busy&ErrorCode=13223"));
    }

    #[test]
    fn a_status_nobody_knows_is_kept_and_means_nothing() {
        let told = read(CallbackKind::Status, "CallStatus=parked&CallSid=CA1&AccountSid=AC1&SequenceNumber=2");
        let Report::Status(report) = &told.report else { panic!("{told:?}") };
        assert_eq!(report.status, Some(CallStatus::Unknown("parked".into())));
        assert_eq!(report.sequence, Some(2));
        assert_eq!((told.call_sid.clone(), told.account_sid.as_deref()), (CallSid::parse("CA1"), Some("AC1")));
        assert_eq!(told.facts(at(HEARD)), []);
    }

    #[test]
    fn the_verdict_is_heard_in_the_status_as_well() {
        let facts = status_facts("CallStatus=in-progress&AnsweredBy=machine_start");
        assert_eq!(facts, [Fact::Answered { at: at(HEARD) }, Fact::Detected { by: AnsweredBy::Machine }]);
    }

    #[test]
    fn every_verdict_of_the_detection_is_known() {
        let cases = [
            ("human", AnsweredBy::Human),
            ("fax", AnsweredBy::Fax),
            ("unknown", AnsweredBy::Unknown),
            ("machine_start", AnsweredBy::Machine),
            ("machine_end_beep", AnsweredBy::Machine),
            ("machine_end_silence", AnsweredBy::Machine),
            ("machine_end_other", AnsweredBy::Machine),
            ("parrot", AnsweredBy::Unknown),
            ("", AnsweredBy::Unknown),
        ];
        for (word, by) in cases {
            let told = read(CallbackKind::Detection, &format!("AnsweredBy={word}&MachineDetectionDuration=3120"));
            assert_eq!(told.facts(at(HEARD)), [Fact::Detected { by }], "{word}");
        }
    }

    #[test]
    fn keys_are_keys_and_nothing_else() {
        let digits = |body: &str| read(CallbackKind::Keys, body).report;
        assert_eq!(digits("Digits=9"), Report::Keys { digits: "9".into() });
        assert_eq!(digits("Digits=%2A%23%3Cb%3E1"), Report::Keys { digits: "*#1".into() });
        assert_eq!(digits("SpeechResult=nine"), Report::Keys { digits: String::new() });
        let Report::Keys { digits } = digits(&format!("Digits={}", "1".repeat(500))) else { panic!() };
        assert_eq!(digits.len(), DIGITS_CHARS_MAX);
    }

    #[test]
    fn a_recording_is_read() {
        let told = read(
            CallbackKind::Recording,
            "RecordingSid=RE1&RecordingUrl=https%3A%2F%2Fx%2FRE1&RecordingStatus=completed&RecordingDuration=7&RecordingChannels=2",
        );
        let Report::Recording(report) = told.report else { panic!() };
        assert_eq!((report.status, report.duration_s, report.channels), (RecordingStatus::Completed, Some(7), Some(2)));
        assert_eq!((report.sid.as_deref(), report.url.as_deref()), (Some("RE1"), Some("https://x/RE1")));
    }

    #[test]
    fn fetching_the_document_means_that_somebody_answered() {
        assert_eq!(read(CallbackKind::Initiate, "CallSid=CA1").facts(at(HEARD)), [Fact::Answered { at: at(HEARD) }]);
    }

    #[test]
    fn a_signalwire_answer_is_the_same_fact() {
        let told = Callback::read(CallbackKind::Status, b"CallStatus=answered", &CarrierProfile::SIGNALWIRE);
        assert_eq!(told.facts(at(HEARD)), [Fact::Answered { at: at(HEARD) }]);
    }

    proptest! {
        #[test]
        fn junk_is_read_without_a_panic(body in any::<Vec<u8>>(), value in any::<String>()) {
            let names = ["CallSid", "CallStatus", "Timestamp", "CallDuration", "Digits", "AnsweredBy", "RecordingStatus"];
            let form = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(names.map(|name| (name, value.as_str()))).finish();
            for body in [body.as_slice(), form.as_bytes()] {
                for kind in [CallbackKind::Initiate, CallbackKind::Status, CallbackKind::Detection, CallbackKind::Keys, CallbackKind::Recording] {
                    let _ = Callback::read(kind, body, &CarrierProfile::TWILIO).facts(at(HEARD));
                }
            }
        }
    }
}
