//! The verbs with parts of their own: what their attributes and nouns mean.
//!
//! The simple verbs are in [`document`](super::document), and so are the rules for what is wrong in an attribute.
//! Nothing is executed here: that is [`gather`](super::gather)'s, [`record`](super::record)'s and
//! [`dial`](super::dial)'s.

use std::time::Duration;

use super::{
    dial::record_order,
    document::{Dial, Enqueue, Fault, Gather, Leg, Noun, Reader, Record, SCHEMA_WARNING, method_of},
    xml::Element,
};
use crate::order::{Events, Hook, StatusOrder};

const NAME_MAX: usize = 64;
const ENQUEUE_NAME: u32 = 14201;

impl Reader<'_> {
    pub(super) fn gather(&mut self, element: &Element) -> Result<Gather, Fault> {
        let mut nested = Vec::new();
        for child in element.elements() {
            self.check_attributes(child);
            nested.extend(self.utterance(child)?);
        }
        let digits_max =
            element.attribute("numDigits").is_some().then(|| self.number(element, "numDigits", 1) as usize);
        Ok(Gather {
            nested,
            digits_max: digits_max.filter(|digits| *digits > 0),
            timeout: Duration::from_secs(self.number(element, "timeout", 5).into()),
            finish_on_key: element.attribute("finishOnKey").map_or(Some('#'), |key| key.chars().next()),
            action: self.action(element)?,
            action_on_empty: element.attribute("actionOnEmptyResult") == Some("true"),
        })
    }

    pub(super) fn record(&mut self, element: &Element) -> Result<Record, Fault> {
        Ok(Record {
            action: self.action(element)?,
            timeout: self.seconds(element, "timeout", 5),
            length_max: self.seconds(element, "maxLength", 3_600),
            finish_on_keys: element.attribute("finishOnKey").map(str::to_owned),
            tell: self.hook(element, "recordingStatusCallback")?,
        })
    }

    pub(super) fn enqueue(&mut self, element: &Element) -> Result<Enqueue, Fault> {
        let name = element.text();
        if name.is_empty() || name.chars().count() > NAME_MAX {
            return Err(Fault { code: ENQUEUE_NAME, message: format!("not a queue name: {name:?}") });
        }
        Ok(Enqueue { name, wait: self.hook(element, "waitUrl")?, action: self.hook(element, "action")? })
    }

    pub(super) fn dial(&mut self, element: &Element) -> Result<Dial, Fault> {
        let tell = self.hook(element, "recordingStatusCallback")?;
        Ok(Dial {
            noun: self.noun(element)?,
            action: self.hook(element, "action")?,
            timeout: self.seconds(element, "timeout", 30),
            time_limit: self.seconds(element, "timeLimit", 14_400),
            caller_id: element.attribute("callerId").map(str::to_owned),
            record: element.attribute("record").and_then(|word| record_order(word, tell)),
        })
    }

    fn noun(&mut self, element: &Element) -> Result<Noun, Fault> {
        let mut legs = Vec::new();
        for child in element.elements() {
            match child.name.as_str() {
                "Queue" => return Ok(Noun::Queue { name: child.text(), whisper: self.hook(child, "url")? }),
                "Number" => legs.push(self.leg(child, child.text())?),
                "Client" => {
                    let identity = child.elements().find(|inner| inner.name == "Identity");
                    let identity = identity.map_or_else(|| child.text(), Element::text);
                    legs.push(self.leg(child, format!("client:{identity}"))?);
                }
                other => self.warn(SCHEMA_WARNING, format!("<{other}> cannot be dialed here")),
            }
        }
        let text = element.text();
        if legs.is_empty() && !text.is_empty() {
            legs.push(Leg { to: text, whisper: None, status: None });
        }
        Ok(Noun::Legs(legs))
    }

    fn leg(&mut self, element: &Element, to: String) -> Result<Leg, Fault> {
        let mut events = Events::default();
        for name in element.attribute("statusCallbackEvent").unwrap_or("completed").split_whitespace() {
            match events.with(name) {
                Some(more) => events = more,
                None => self.warn(SCHEMA_WARNING, format!("{name} is no event")),
            }
        }
        let status = self.hook(element, "statusCallback")?.map(|hook| StatusOrder { hook, events });
        Ok(Leg { to, whisper: self.hook(element, "url")?, status })
    }

    /// An address attribute with the method attribute that belongs to it.
    fn hook(&mut self, element: &Element, name: &str) -> Result<Option<Hook>, Fault> {
        let Some(url) = element.attribute(name) else { return Ok(None) };
        if url.is_empty() {
            return Ok(None);
        }
        let method = if matches!(name, "action" | "url") { "method".to_owned() } else { format!("{name}Method") };
        Ok(Some(Hook { url: self.absolute(url)?, method: method_of(element, &method) }))
    }

    fn seconds(&mut self, element: &Element, name: &str, default: u32) -> Duration {
        Duration::from_secs(self.number(element, name, default).into())
    }
}

/// The attributes a verb knows; none for what is no verb.
pub(super) fn attributes_of(verb: &str) -> Option<&'static [&'static str]> {
    Some(match verb {
        "Say" => &["voice", "language", "loop"],
        "Play" => &["loop", "digits"],
        "Pause" => &["length"],
        "Gather" => &[
            "input",
            "action",
            "method",
            "timeout",
            "speechTimeout",
            "maxSpeechTime",
            "profanityFilter",
            "finishOnKey",
            "numDigits",
            "partialResultCallback",
            "partialResultCallbackMethod",
            "language",
            "hints",
            "bargeIn",
            "debug",
            "actionOnEmptyResult",
            "speechModel",
            "enhanced",
        ],
        "Redirect" => &["method"],
        "Hangup" | "Leave" => &[],
        "Reject" => &["reason"],
        "Record" => &[
            "action",
            "method",
            "timeout",
            "finishOnKey",
            "maxLength",
            "playBeep",
            "trim",
            "recordingStatusCallback",
            "recordingStatusCallbackMethod",
            "recordingStatusCallbackEvent",
            "transcribe",
            "transcribeCallback",
        ],
        "Enqueue" => &["action", "method", "waitUrl", "waitUrlMethod", "workflowSid"],
        "Dial" => &[
            "action",
            "method",
            "timeout",
            "hangupOnStar",
            "timeLimit",
            "callerId",
            "record",
            "trim",
            "recordingStatusCallback",
            "recordingStatusCallbackMethod",
            "recordingStatusCallbackEvent",
            "answerOnBridge",
            "ringTone",
            "recordingTrack",
            "sequential",
            "referUrl",
            "referMethod",
            "callReason",
        ],
        _ => return None,
    })
}
