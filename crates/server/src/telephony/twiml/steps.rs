//! Reads a document of ours back into the steps that a person hears.
//!
//! For pages that play a call without a carrier: what they play is the document itself and nothing that was decided
//! beside it. It reads the elements that [`super`] writes; another one is a fault, and so is what is not XML.
//! Which keys mean something is not in a document.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// One thing that a person hears, or that the call does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeardStep {
    Say(Said),
    Play {
        url: String,
    },
    Pause {
        seconds: u32,
    },
    /// The steps inside are heard while keys are listened for, and for so long after them.
    Gather {
        timeout_s: u32,
        steps: Vec<Self>,
    },
    Enqueue {
        queue: String,
    },
    /// The carrier asks for another document.
    Redirect,
    Hangup,
}

/// A text and how it is spoken; 100 and 0 are the voice's own speed and pitch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    pub voice: Option<String>,
    pub language: Option<String>,
    pub rate_percent: u32,
    pub pitch_percent: i32,
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a document that we write: {0}")]
pub struct NotOurs(String);

impl NotOurs {
    fn because(why: impl std::fmt::Display) -> Self {
        Self(why.to_string())
    }
}

/// What a document lets a person hear.
pub fn read(document: &str) -> Result<Vec<HeardStep>, NotOurs> {
    let mut lines = Lines { reader: Reader::from_str(document) };
    match lines.next()? {
        Line::Open(Element { name, .. }) if name == "Response" => lines.steps("Response"),
        _ => Err(NotOurs::because("it does not begin with a response")),
    }
}

/// An element with its attributes.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

/// A document, piece by piece.
enum Line {
    Open(Element),
    /// An element with nothing inside.
    Alone(Element),
    Text(String),
    Close(String),
}

struct Lines<'d> {
    reader: Reader<&'d [u8]>,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Line, NotOurs> {
        loop {
            let event = self.reader.read_event().map_err(NotOurs::because)?;
            return Ok(match event {
                Event::Decl(_) => continue,
                Event::Start(start) => Line::Open(Element::read(&start)?),
                Event::Empty(start) => Line::Alone(Element::read(&start)?),
                Event::End(end) => Line::Close(end.name().as_ref().to_owned()),
                Event::Text(text) => Line::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let entity = format!("&{};", reference.xml10_content());
                    Line::Text(quick_xml::escape::unescape(&entity).map_err(NotOurs::because)?.into_owned())
                }
                _ => return Err(NotOurs::because("it ends too early, or has what we do not write")),
            });
        }
    }

    /// The steps up to the end of this element.
    fn steps(&mut self, parent: &str) -> Result<Vec<HeardStep>, NotOurs> {
        let mut steps = Vec::new();
        loop {
            match self.next()? {
                Line::Open(element) => steps.push(self.filled(&element)?),
                Line::Alone(element) => steps.push(alone(&element)?),
                Line::Close(name) if name == parent => return Ok(steps),
                Line::Text(text) if text.trim().is_empty() => {}
                Line::Text(_) | Line::Close(_) => return Err(NotOurs::because("a text stands among the steps")),
            }
        }
    }

    /// A step with something inside.
    fn filled(&mut self, element: &Element) -> Result<HeardStep, NotOurs> {
        match element.name.as_str() {
            "Say" => self.said(element).map(HeardStep::Say),
            "Play" => Ok(HeardStep::Play { url: self.text("Play")? }),
            "Enqueue" => Ok(HeardStep::Enqueue { queue: self.text("Enqueue")? }),
            "Redirect" => self.text("Redirect").map(|_| HeardStep::Redirect),
            "Gather" => Ok(HeardStep::Gather { timeout_s: element.number("timeout"), steps: self.steps("Gather")? }),
            other => Err(NotOurs::because(format!("an element {other}"))),
        }
    }

    fn text(&mut self, parent: &str) -> Result<String, NotOurs> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Line::Text(more) => text.push_str(&more),
                Line::Close(name) if name == parent => return Ok(text),
                _ => return Err(NotOurs::because(format!("an element within {parent}"))),
            }
        }
    }

    /// A text, perhaps with speed and pitch around it.
    fn said(&mut self, element: &Element) -> Result<Said, NotOurs> {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        let mut said =
            Said { voice: attribute("voice"), language: attribute("language"), rate_percent: 100, ..Said::default() };
        loop {
            match self.next()? {
                Line::Text(more) => said.text.push_str(&more),
                Line::Open(prosody) if prosody.name == "prosody" => {
                    said.rate_percent = prosody.attribute("rate").and_then(percent).unwrap_or(100);
                    said.pitch_percent = prosody.attribute("pitch").and_then(percent).unwrap_or(0);
                }
                Line::Close(name) if name == "prosody" => {}
                Line::Close(name) if name == "Say" => return Ok(said),
                _ => return Err(NotOurs::because("an element within Say")),
            }
        }
    }
}

/// `+10%` and `90%` as numbers.
fn percent<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.strip_suffix('%')?.parse().ok()
}

/// A step with nothing inside.
fn alone(element: &Element) -> Result<HeardStep, NotOurs> {
    match element.name.as_str() {
        "Hangup" => Ok(HeardStep::Hangup),
        "Pause" => Ok(HeardStep::Pause { seconds: element.number("length") }),
        other => Err(NotOurs::because(format!("an element {other}"))),
    }
}

impl Element {
    fn read(start: &BytesStart<'_>) -> Result<Self, NotOurs> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(NotOurs::because)?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(NotOurs::because)?;
            attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self { name: start.name().as_ref().to_owned(), attributes })
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A whole number; 1 when there is none, as the carrier has it.
    fn number(&self, name: &str) -> u32 {
        self.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use carillon_domain::call_flow::{CallFlow, Callback, Speech, Step};

    use super::*;
    use crate::telephony::twiml::{self, FlowUrls};
    use crate::telephony::{CallbackUrls, PublicUrl};

    fn written(steps: Vec<Step>) -> String {
        let public = PublicUrl::parse("https://voice.example").expect("an address");
        let callbacks = CallbackUrls::try_new(&public, "t").expect("a token");
        let audio = |id: &str| Some(format!("https://voice.example/media/{id}?a=1&b=2"));
        twiml::render(&CallFlow { steps }, &FlowUrls { callbacks: &callbacks, audio: &audio }).expect("a document")
    }

    fn say(text: &str, voice: &str, rate_percent: u16, pitch_percent: i16) -> Step {
        let speech = Speech { voice: voice.to_owned(), language: "en-US".to_owned(), rate_percent, pitch_percent };
        Step::Say { text: text.to_owned(), speech }
    }

    fn said(text: &str, voice: &str, rate_percent: u32, pitch_percent: i32) -> HeardStep {
        let (voice, language) = (Some(voice.to_owned()), Some("en-US".to_owned()));
        HeardStep::Say(Said { text: text.to_owned(), voice, language, rate_percent, pitch_percent })
    }

    #[test]
    fn every_step_that_we_write_is_read_back() {
        let document = written(vec![
            Step::Gather {
                digits: 1,
                timeout_s: 4,
                steps: vec![
                    say("Tom & <Jerry> say \"5 > 3\"", "Polly.Joanna-Neural", 100, 0),
                    Step::Play { audio_id: "a1".to_owned() },
                    Step::Pause { seconds: 2 },
                ],
                action: Callback::KeyPressed,
            },
            say("Slowly & low", "Polly.Joanna", 80, -20),
            Step::Enqueue { queue: "sales & more".to_owned(), action: Callback::QueueLeft },
            Step::Redirect { to: Callback::MessageHeard },
            Step::Hangup,
        ]);
        let inner = vec![
            said("Tom & <Jerry> say \"5 > 3\"", "Polly.Joanna-Neural", 100, 0),
            HeardStep::Play { url: "https://voice.example/media/a1?a=1&b=2".to_owned() },
            HeardStep::Pause { seconds: 2 },
        ];
        let expected = vec![
            HeardStep::Gather { timeout_s: 4, steps: inner },
            said("Slowly & low", "Polly.Joanna", 80, -20),
            HeardStep::Enqueue { queue: "sales & more".to_owned() },
            HeardStep::Redirect,
            HeardStep::Hangup,
        ];
        assert_eq!(read(&document), Ok(expected), "{document}");
        assert_eq!(read(&twiml::hang_up()), Ok(vec![HeardStep::Hangup]));
    }

    #[test]
    fn what_we_do_not_write_is_a_fault() {
        for wrong in [
            "",
            "text",
            "<Response>",
            "<Response><Dial>1</Dial></Response>",
            "<Response>hello</Response>",
            "<Response><Sms/></Response>",
            "<Response><Say><b>x</b></Say></Response>",
            "<Other/>",
            "<Response><Say>x</Play></Response>",
            "<Response><Play><Say>x</Say></Play></Response>",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
