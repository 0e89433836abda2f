//! Verbs: what a TwiML document asks for, with addresses made absolute.
//!
//! Unknown verbs and attributes are warnings (12200) and the document goes on; a root that is not `Response` is an error
//! (12102), an address that cannot be made absolute too. Values out of range fall back to the default with the verb's
//! own warning.

use std::time::Duration;

use super::{
    verbs::attributes_of,
    xml::{self, Element},
};
use crate::{
    courier::{code, joined},
    order::{Hook, Method, RecordOrder, StatusOrder},
};

pub(crate) const NOT_WELL_FORMED: u32 = 12100;
pub(crate) const ROOT_NOT_RESPONSE: u32 = 12102;
pub(crate) const SCHEMA_WARNING: u32 = 12200;
const RELATIVE_WITHOUT_BASE: u32 = 15004;
const SAY_VOICE: u32 = 13512;
const SAY_TEXT: u32 = 13521;
const PAUSE_LENGTH: u32 = 13910;
const SAY_CHARACTERS_MAX: usize = 4_096;
/// What `loop="0"`, endless, comes to.
const LOOPS_MAX: u32 = 1_000;

/// A document ready to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) verbs: Vec<Verb>,
    pub(crate) warnings: Vec<Fault>,
}

/// Something wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: u32,
    pub(crate) message: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Utter(Utterance),
    Gather(Gather),
    Record(Record),
    Enqueue(Enqueue),
    Dial(Dial),
    Redirect(Hook),
    Leave,
    Hangup,
    Reject { busy: bool },
}

/// What the callee hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Utterance {
    Say {
        text: String,
        loops: u32,
    },
    Play {
        url: String,
        loops: u32,
    },
    /// Audio that came instead of a document.
    Sound {
        name: String,
        length: Duration,
    },
    Pause(Duration),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gather {
    pub(crate) nested: Vec<Utterance>,
    pub(crate) digits_max: Option<usize>,
    pub(crate) timeout: Duration,
    pub(crate) finish_on_key: Option<char>,
    pub(crate) action: Hook,
    pub(crate) action_on_empty: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) action: Hook,
    pub(crate) timeout: Duration,
    pub(crate) length_max: Duration,
    /// None: any key.
    pub(crate) finish_on_keys: Option<String>,
    pub(crate) tell: Option<Hook>,
}

impl Record {
    pub(crate) fn ends_on(&self, key: char) -> bool {
        self.finish_on_keys.as_ref().is_none_or(|keys| keys.contains(key))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enqueue {
    pub(crate) name: String,
    /// None: the carrier's own music.
    pub(crate) wait: Option<Hook>,
    pub(crate) action: Option<Hook>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dial {
    pub(crate) noun: Noun,
    pub(crate) action: Option<Hook>,
    pub(crate) timeout: Duration,
    pub(crate) time_limit: Duration,
    pub(crate) caller_id: Option<String>,
    pub(crate) record: Option<RecordOrder>,
}

/// Whom to dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// The head of a queue, who hears the whisper first.
    Queue { name: String, whisper: Option<Hook> },
    /// Phones and browsers, all at once.
    Legs(Vec<Leg>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leg {
    pub(crate) to: String,
    pub(crate) whisper: Option<Hook>,
    pub(crate) status: Option<StatusOrder>,
}

/// Reads a document that came from `origin`; inline documents have none.
pub(crate) fn read(text: &str, origin: Option<&Hook>) -> Result<Document, Fault> {
    let root = xml::parse(text).map_err(|message| Fault { code: NOT_WELL_FORMED, message })?;
    if root.name != "Response" {
        return Err(Fault { code: ROOT_NOT_RESPONSE, message: format!("the root is <{}>, not <Response>", root.name) });
    }
    let mut reader = Reader { origin, warnings: Vec::new() };
    let mut verbs = Vec::new();
    for element in root.elements() {
        verbs.extend(reader.verb(element)?);
    }
    Ok(Document { verbs, warnings: reader.warnings })
}

pub(super) struct Reader<'a> {
    pub(super) origin: Option<&'a Hook>,
    pub(super) warnings: Vec<Fault>,
}

impl Reader<'_> {
    fn verb(&mut self, element: &Element) -> Result<Option<Verb>, Fault> {
        self.check_attributes(element);
        Ok(Some(match element.name.as_str() {
            "Say" | "Play" | "Pause" => return Ok(self.utterance(element)?.map(Verb::Utter)),
            "Gather" => Verb::Gather(self.gather(element)?),
            "Redirect" => {
                let method = method_of(element, "method");
                Verb::Redirect(Hook { url: self.absolute(&element.text())?, method })
            }
            "Record" => Verb::Record(self.record(element)?),
            "Enqueue" => Verb::Enqueue(self.enqueue(element)?),
            "Dial" => Verb::Dial(self.dial(element)?),
            "Leave" => Verb::Leave,
            "Hangup" => Verb::Hangup,
            "Reject" => Verb::Reject { busy: element.attribute("reason") == Some("busy") },
            other => {
                self.warn(SCHEMA_WARNING, format!("unknown verb <{other}>"));
                return Ok(None);
            }
        }))
    }

    pub(super) fn utterance(&mut self, element: &Element) -> Result<Option<Utterance>, Fault> {
        let loops = match self.number(element, "loop", 1) {
            0 => LOOPS_MAX,
            loops => loops.min(LOOPS_MAX),
        };
        Ok(Some(match element.name.as_str() {
            "Say" => {
                let text = element.text();
                if element.attribute("voice").is_some_and(|voice| !is_voice(voice)) {
                    self.warn(SAY_VOICE, "the voice is not known; nothing is said".to_owned());
                    return Ok(None);
                }
                if text.chars().count() > SAY_CHARACTERS_MAX {
                    self.warn(SAY_TEXT, format!("more than {SAY_CHARACTERS_MAX} characters; nothing is said"));
                    return Ok(None);
                }
                Utterance::Say { text, loops }
            }
            "Play" => {
                let url = element.text();
                if url.is_empty() && element.attribute("digits").is_some() {
                    return Ok(None);
                }
                Utterance::Play { url: self.absolute(&url)?, loops }
            }
            "Pause" => {
                let length = self.number(element, "length", 1);
                if length == 0 {
                    self.warn(PAUSE_LENGTH, "a pause of no length".to_owned());
                }
                Utterance::Pause(Duration::from_secs(length.into()))
            }
            other => {
                self.warn(SCHEMA_WARNING, format!("<{other}> is not heard here"));
                return Ok(None);
            }
        }))
    }

    /// The `action`; without one the document is asked for again, a well-known trap.
    pub(super) fn action(&mut self, element: &Element) -> Result<Hook, Fault> {
        let method = method_of(element, "method");
        match (element.attribute("action"), self.origin) {
            (Some(url), _) => Ok(Hook { url: self.absolute(url)?, method }),
            (None, Some(origin)) => Ok(Hook { url: origin.url.clone(), method }),
            (None, None) => Err(no_base(&element.name)),
        }
    }

    pub(super) fn absolute(&self, url: &str) -> Result<String, Fault> {
        let url = url.trim();
        if url.starts_with("http://") || url.starts_with("https://") {
            return Ok(url.to_owned());
        }
        let origin = self.origin.ok_or_else(|| no_base(url))?;
        joined(&origin.url, url).ok_or_else(|| Fault { code: code::BAD_URL, message: format!("not an address: {url}") })
    }

    /// A whole number; another value is a warning and the default.
    pub(super) fn number(&mut self, element: &Element, name: &str, default: u32) -> u32 {
        let Some(value) = element.attribute(name) else { return default };
        value.trim().parse().unwrap_or_else(|_| {
            self.warn(SCHEMA_WARNING, format!("{name}={value:?} of <{}> is not a number", element.name));
            default
        })
    }

    pub(super) fn check_attributes(&mut self, element: &Element) {
        let Some(known) = attributes_of(&element.name) else { return };
        for (name, _) in &element.attributes {
            if !known.contains(&name.as_str()) && !name.starts_with("xmlns") {
                self.warn(SCHEMA_WARNING, format!("unknown attribute {name} of <{}>", element.name));
            }
        }
    }

    pub(super) fn warn(&mut self, code: u32, message: String) {
        self.warnings.push(Fault { code, message });
    }
}

fn no_base(what: &str) -> Fault {
    Fault { code: RELATIVE_WITHOUT_BASE, message: format!("a relative address in a document without one: {what}") }
}

pub(super) fn method_of(element: &Element, name: &str) -> Method {
    element.attribute(name).and_then(Method::parse).unwrap_or_default()
}

fn is_voice(voice: &str) -> bool {
    let named = |rest: &str| rest.chars().next().is_some_and(char::is_alphanumeric);
    matches!(voice, "man" | "woman" | "alice")
        || voice.strip_prefix("Polly.").is_some_and(named)
        || voice.strip_prefix("Google.").is_some_and(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin() -> Hook {
        Hook { url: "http://h.example/flow/start?a=1".into(), method: Method::Post }
    }

    #[test]
    fn addresses_are_made_absolute_and_a_gather_without_action_comes_back_to_its_document() {
        let origin = origin();
        let document = read(
            "<Response><Gather numDigits=\"1\" timeout=\"3\"><Say>Hi</Say></Gather><Play>beep.wav</Play>\
             <Redirect method=\"GET\">/x?b=1&amp;c=2</Redirect></Response>",
            Some(&origin),
        )
        .unwrap();
        assert_eq!(document.warnings, []);
        let [Verb::Gather(gather), Verb::Utter(play), Verb::Redirect(redirect)] = &document.verbs[..] else {
            panic!("{document:?}")
        };
        assert_eq!((gather.action.url.as_str(), gather.digits_max), (origin.url.as_str(), Some(1)));
        assert_eq!(*play, Utterance::Play { url: "http://h.example/flow/beep.wav".into(), loops: 1 });
        assert_eq!(redirect.url, "http://h.example/x?b=1&c=2");
    }

    #[test]
    fn what_the_schema_does_not_know_is_a_warning() {
        let document =
            read("<Response><say>x</say><Say voise=\"man\">y</Say><Pause length=\"x\"/></Response>", None).unwrap();
        assert_eq!(document.verbs.len(), 2);
        assert_eq!(document.warnings.iter().map(|fault| fault.code).collect::<Vec<_>>(), [12200, 12200, 12200]);
    }

    #[test]
    fn errors_carry_the_carriers_codes() {
        let code = |text| read(text, None).unwrap_err().code;
        assert_eq!(code("<Response>"), 12100);
        assert_eq!(code("<Reply/>"), 12102);
        assert_eq!(code("<Response><Redirect>/next</Redirect></Response>"), 15004);
    }
}
