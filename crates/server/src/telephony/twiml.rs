//! Renders a call flow as the carrier's markup.
//!
//! Texts are data: whatever stands in a contact's field is spoken as text and never becomes an
//! element, since an XML library writes every character and what XML forbids is removed before.
//! Speed and pitch are left out where the voice has none: an element a voice does not know makes the
//! carrier say nothing at all. What is said, and in which order, is decided in
//! [`carillon_domain::call_flow`]. How a document is read back is in [`steps`].

pub mod steps;

use carillon_domain::call_flow::{CallFlow, Callback, Speech, Step};
use carillon_domain::voices::{Voice, voice};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::CallbackUrls;

/// The content type of a document.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";
/// The longest document the carrier reads (its error 11750).
pub const DOCUMENT_BYTES_MAX: usize = 64 << 10;
/// The longest name of a queue.
const QUEUE_NAME_CHARS_MAX: usize = 64;
const MEMORY: &str = "writing to memory does not fail";

/// The addresses that a document names.
pub struct FlowUrls<'a> {
    pub callbacks: &'a CallbackUrls<'a>,
    /// Where the carrier fetches a recording of the library; `None` when there is none of that id.
    pub audio: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// Why a flow has no document. The call is then better ended without a word.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TwimlError {
    #[error("no recording of that id: {0}")]
    AudioMissing(String),
    #[error("the address is not absolute")]
    RelativeUrl,
    #[error("the document has {0} bytes, more than the carrier reads")]
    TooLong(usize),
    #[error("the carrier speaks, plays and waits while it listens for keys, and does nothing else")]
    NotWhileListening,
}

/// The document for a flow.
pub fn render(flow: &CallFlow, urls: &FlowUrls<'_>) -> Result<String, TwimlError> {
    let mut document = Document::new();
    document.open(BytesStart::new("Response"));
    for step in &flow.steps {
        match step {
            Step::Gather { digits, timeout_s, steps, action } => {
                document.open(listening(*digits, *timeout_s, &absolute(callback_url(*action, urls))?));
                for inner in steps {
                    document.heard(inner, urls)?;
                }
                document.close("Gather");
            }
            Step::Enqueue { queue, action } => {
                let element = waiting(&absolute(callback_url(*action, urls))?, &absolute(urls.callbacks.wait_music())?);
                let name: String = queue.chars().take(QUEUE_NAME_CHARS_MAX).collect();
                document.element(element, &name);
            }
            Step::Redirect { to } => {
                let element = BytesStart::new("Redirect").with_attributes([("method", "POST")]);
                document.element(element, &absolute(callback_url(*to, urls))?);
            }
            Step::Hangup => document.empty(BytesStart::new("Hangup")),
            heard => document.heard(heard, urls)?,
        }
    }
    document.close("Response");
    document.finish()
}

/// Ends the call without a word: for a stop, a withdrawn consent, or a document that failed.
#[must_use]
pub fn hang_up() -> String {
    let mut document = Document::new();
    document.open(BytesStart::new("Response"));
    document.empty(BytesStart::new("Hangup"));
    document.close("Response");
    document.text_so_far()
}

/// With one key wanted none ends the input, so that `#` can be the key.
fn listening(digits: u8, timeout_s: u8, action: &str) -> BytesStart<'static> {
    let (digits, timeout) = (digits.to_string(), timeout_s.to_string());
    BytesStart::new("Gather").with_attributes([
        ("input", "dtmf"),
        ("numDigits", digits.as_str()),
        ("timeout", timeout.as_str()),
        ("finishOnKey", ""),
        ("action", action),
        ("method", "POST"),
    ])
}

fn waiting(action: &str, wait_music: &str) -> BytesStart<'static> {
    BytesStart::new("Enqueue").with_attributes([
        ("action", action),
        ("method", "POST"),
        ("waitUrl", wait_music),
        ("waitUrlMethod", "POST"),
    ])
}

fn callback_url(callback: Callback, urls: &FlowUrls<'_>) -> String {
    match callback {
        Callback::KeyPressed => urls.callbacks.opt_out(),
        Callback::QueueLeft => urls.callbacks.queue_left(),
        Callback::MessageHeard => urls.callbacks.message_heard(),
    }
}

/// A relative address works only in some places, so none is written.
fn absolute(url: String) -> Result<String, TwimlError> {
    let fits = url.starts_with("https://") || url.starts_with("http://");
    fits.then_some(url).ok_or(TwimlError::RelativeUrl)
}

/// A document being written.
struct Document(Writer<Vec<u8>>);

impl Document {
    fn new() -> Self {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).expect(MEMORY);
        Self(writer)
    }

    /// A step that may stand anywhere, also while listening for keys.
    fn heard(&mut self, step: &Step, urls: &FlowUrls<'_>) -> Result<(), TwimlError> {
        match step {
            Step::Say { text, speech } => self.say(text, speech),
            Step::Play { audio_id } => {
                let url = (urls.audio)(audio_id).ok_or_else(|| TwimlError::AudioMissing(audio_id.clone()))?;
                self.element(BytesStart::new("Play"), &absolute(url)?);
            }
            Step::Pause { seconds } => {
                let length = seconds.to_string();
                self.empty(BytesStart::new("Pause").with_attributes([("length", length.as_str())]));
            }
            Step::Gather { .. } | Step::Enqueue { .. } | Step::Redirect { .. } | Step::Hangup => {
                return Err(TwimlError::NotWhileListening);
            }
        }
        Ok(())
    }

    /// Speaks a text; one with nothing to say is left out, for the carrier takes it for a fault.
    fn say(&mut self, text: &str, speech: &Speech) {
        let text = legal(text);
        if text.trim().is_empty() {
            return;
        }
        // A voice the carrier does not have would be silence; its own default speaks instead.
        let known = voice(&speech.voice);
        let mut element = BytesStart::new("Say");
        if let Some(known) = known {
            element.push_attribute(("voice", known.name.as_str()));
            if known.speaks(&speech.language) {
                element.push_attribute(("language", speech.language.as_str()));
            }
        }
        match known.and_then(|known| prosody(known, speech)) {
            Some(prosody) => {
                self.open(element);
                self.element(prosody, &text);
                self.close("Say");
            }
            None => self.element(element, &text),
        }
    }

    fn element(&mut self, start: BytesStart<'_>, text: &str) {
        let name = start.to_end().into_owned();
        self.write(Event::Start(start));
        self.write(Event::Text(BytesText::new(&legal(text))));
        self.write(Event::End(name));
    }

    fn open(&mut self, start: BytesStart<'_>) {
        self.write(Event::Start(start));
    }

    fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, element: BytesStart<'_>) {
        self.write(Event::Empty(element));
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect(MEMORY);
    }

    fn text_so_far(self) -> String {
        String::from_utf8(self.0.into_inner()).expect("only texts were written")
    }

    fn finish(self) -> Result<String, TwimlError> {
        let text = self.text_so_far();
        if text.len() > DOCUMENT_BYTES_MAX { Err(TwimlError::TooLong(text.len())) } else { Ok(text) }
    }
}

/// Speed and pitch, as far as this voice can change them and they are to be changed.
fn prosody(voice: &Voice, speech: &Speech) -> Option<BytesStart<'static>> {
    let rate = (voice.has_rate && speech.rate_percent != 100).then(|| format!("{}%", speech.rate_percent));
    let pitch = (voice.has_pitch && speech.pitch_percent != 0).then(|| format!("{:+}%", speech.pitch_percent));
    if rate.is_none() && pitch.is_none() {
        return None;
    }
    let mut element = BytesStart::new("prosody");
    for (name, value) in [("rate", rate), ("pitch", pitch)] {
        if let Some(value) = value {
            element.push_attribute((name, value.as_str()));
        }
    }
    Some(element)
}

/// A text without what XML forbids, and without control characters: nobody can speak them, and a
/// carriage return would be read back as another character.
fn legal(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\t' | '\n' => Some(c),
        '\r' => Some(' '),
        '\u{fffe}' | '\u{ffff}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    });
    kept.collect()
}

#[cfg(test)]
#[path = "twiml_tests.rs"]
mod tests;
