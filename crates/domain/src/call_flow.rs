//! What happens once somebody answers, in abstract steps.
//!
//! The order of the steps is law in places: the recording notice precedes the message, and for
//! telemarketing the offer to be called no more follows the identification at once. Rendering for a
//! carrier is the edge's business; texts that nobody writes anew for each campaign are in `fixed_texts`,
//! the cutting of long ones in `sentences`.

mod fixed_texts;
mod sentences;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use fixed_texts::{FixedTexts, LANGUAGES};
pub use sentences::split_for_saying;

use crate::message::Message;
use crate::voices::{DEFAULT_LANGUAGE, DEFAULT_VOICE, voice};

/// Between two looks at whether the carrier has told who picked up.
const VERDICT_WAIT_S: u8 = 2;
/// After the last word, a person has this long to press the key.
const KEY_WAIT_S: u8 = 4;

/// What a call does, step after step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFlow {
    pub steps: Vec<Step>,
}

/// One thing that a call does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Speaks a text, which is never longer than the carrier takes.
    Say { text: String, speech: Speech },
    /// Plays a recording of the library.
    Play { audio_id: String },
    /// Runs the steps inside while listening for keys; after them, waits on. Without a key the flow goes
    /// on with the next step; with one, the carrier asks `action` what to do.
    Gather { digits: u8, timeout_s: u8, steps: Vec<Self>, action: Callback },
    /// Waits in a queue for an agent. The carrier asks `action` what to do afterwards.
    Enqueue { queue: String, action: Callback },
    /// The carrier asks for another flow.
    Redirect { to: Callback },
    /// Says nothing for a while.
    Pause { seconds: u8 },
    /// Ends the call.
    Hangup,
}

/// What the carrier asks of us in the middle of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callback {
    /// A key was pressed: which flow now?
    KeyPressed,
    /// The wait in the queue is over: which flow now?
    QueueLeft,
    /// The message is over, and perhaps it is known by now who heard it: which flow now?
    MessageHeard,
}

/// How a text is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    pub voice: String,
    pub language: String,
    pub rate_percent: u16,
    pub pitch_percent: i16,
}

/// A key of a telephone: a digit, `*` or `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(char);

/// The message as one recipient hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    Text { text: String, speech: Speech },
    Audio { audio_id: String },
}

/// What follows the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterMessage {
    HangUp,
    /// The callee waits in this queue for an agent.
    Agents {
        queue: String,
    },
}

/// Who is calling, when the law wants it said first. Only for telemarketing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    pub organization_name: String,
}

/// Everything that decides what a recipient hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub spoken: Spoken,
    pub after: AfterMessage,
    /// The key that puts the number on the do-not-call list; `None`: not offered.
    pub opt_out: Option<Key>,
    /// Set for telemarketing alone; it moves the offer to the front.
    pub identification: Option<Identification>,
    /// The call is recorded, and the callee is told before.
    pub is_recorded: bool,
    pub texts: FixedTexts,
}

impl CallFlow {
    /// For a person (or when nobody listens for machines: for whoever answers).
    #[must_use]
    pub fn for_person(script: &Script) -> Self {
        let mut heard = script.opening(script.opt_out);
        heard.extend(script.message());
        if let (Some(key), None) = (script.opt_out, &script.identification) {
            heard.extend(script.fixed(&script.texts.opt_out_offer_for(key)));
        }
        let mut steps = listening(script.opt_out, heard);
        steps.extend(script.ending());
        Self { steps }
    }

    /// For an answering machine, after its tone. It presses no keys, so none is offered.
    #[must_use]
    pub fn for_machine(script: &Script) -> Self {
        let mut steps = script.opening(None);
        steps.extend(script.message());
        steps.push(Step::Hangup);
        Self { steps }
    }

    /// For a person whom no agent met in time: who called and how to be called no more, nothing else. Outside
    /// telemarketing no words are owed.
    #[must_use]
    pub fn for_abandoned(script: &Script) -> Self {
        let Some(who) = &script.identification else {
            return Self::hang_up();
        };
        let mut heard = script.fixed(&script.texts.abandoned_by(&who.organization_name));
        if let Some(key) = script.opt_out {
            heard.extend(script.fixed(&script.texts.opt_out_offer_for(key)));
        }
        let mut steps = listening(script.opt_out, heard);
        steps.push(Step::Hangup);
        Self { steps }
    }

    /// After a key: the opt-out key ends the call, any other starts it over, for it has cut the message short.
    #[must_use]
    pub fn for_key(script: &Script, pressed: Key) -> Self {
        if script.opt_out == Some(pressed) { Self::opted_out(script) } else { Self::for_person(script) }
    }

    /// After an opt-out: telemarketing hangs up at once, others confirm it in one sentence.
    #[must_use]
    pub fn opted_out(script: &Script) -> Self {
        let mut steps = Vec::new();
        if script.identification.is_none() {
            steps.extend(script.fixed(&script.texts.opt_out_confirmed));
        }
        steps.push(Step::Hangup);
        Self { steps }
    }

    /// The same, but the call is not ended while it is not known who picked up: a machine that still speaks its
    /// greeting would get no message, and would count as a person.
    #[must_use]
    pub fn until_verdict(mut self) -> Self {
        if self.steps.last() == Some(&Step::Hangup) {
            self.steps.pop();
            self.steps.push(Step::Redirect { to: Callback::MessageHeard });
        }
        self
    }

    /// Waits a moment for the verdict on who picked up.
    #[must_use]
    pub fn awaiting_verdict() -> Self {
        let again = Step::Redirect { to: Callback::MessageHeard };
        Self { steps: vec![Step::Pause { seconds: VERDICT_WAIT_S }, again] }
    }

    /// Ends the call without a word.
    #[must_use]
    pub fn hang_up() -> Self {
        Self { steps: vec![Step::Hangup] }
    }
}

/// With a key to press the steps are heard while listening for it, from the first word on.
fn listening(key: Option<Key>, heard: Vec<Step>) -> Vec<Step> {
    match key {
        Some(_) => {
            vec![Step::Gather { digits: 1, timeout_s: KEY_WAIT_S, steps: heard, action: Callback::KeyPressed }]
        }
        None => heard,
    }
}

impl Script {
    /// What comes before the message. The offer stands here only beside an identification.
    fn opening(&self, offered: Option<Key>) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some(who) = &self.identification {
            steps.extend(self.fixed(&self.texts.identification_of(&who.organization_name)));
            if let Some(key) = offered {
                steps.extend(self.fixed(&self.texts.opt_out_offer_for(key)));
            }
        }
        if self.is_recorded {
            steps.extend(self.fixed(&self.texts.recording_notice));
        }
        steps
    }

    fn message(&self) -> Vec<Step> {
        match &self.spoken {
            Spoken::Text { text, speech } => say(text, speech),
            Spoken::Audio { audio_id } => vec![Step::Play { audio_id: audio_id.clone() }],
        }
    }

    fn ending(&self) -> Vec<Step> {
        match &self.after {
            AfterMessage::HangUp => vec![Step::Hangup],
            AfterMessage::Agents { queue } => {
                let mut steps = self.fixed(&self.texts.please_hold);
                steps.push(Step::Enqueue { queue: queue.clone(), action: Callback::QueueLeft });
                steps
            }
        }
    }

    /// Speaks a fixed text in the message's own voice if that speaks the text's language.
    fn fixed(&self, text: &str) -> Vec<Step> {
        match &self.spoken {
            Spoken::Text { speech, .. } if same_language(&speech.language, &self.texts.language) => say(text, speech),
            _ => say(text, &Speech::of_fixed_texts(&self.texts.language)),
        }
    }
}

fn say(text: &str, speech: &Speech) -> Vec<Step> {
    let pieces = split_for_saying(text).into_iter();
    pieces.map(|text| Step::Say { text, speech: speech.clone() }).collect()
}

/// `en-GB` reads a text in `en-US` well enough.
fn same_language(a: &str, b: &str) -> bool {
    a.split('-').next() == b.split('-').next()
}

impl Speech {
    /// How a message is spoken; `None` for a recording.
    #[must_use]
    pub fn of_message(message: &Message) -> Option<Self> {
        match message {
            Message::Tts { voice, language, rate_percent, pitch_percent, .. } => Some(Self {
                voice: voice.clone(),
                language: language.clone(),
                rate_percent: *rate_percent,
                pitch_percent: *pitch_percent,
            }),
            Message::Audio { .. } => None,
        }
    }

    /// A plain voice for a language of the fixed texts.
    fn of_fixed_texts(language: &str) -> Self {
        let name = fixed_texts::voice_for(language).filter(|name| voice(name).is_some());
        let (voice, language) = name.map_or((DEFAULT_VOICE, DEFAULT_LANGUAGE), |name| (name, language));
        Self { voice: voice.to_owned(), language: language.to_owned(), rate_percent: 100, pitch_percent: 0 }
    }
}

/// The text names no key of a telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be one of 0 to 9, * and #")]
pub struct KeyError;

impl Key {
    /// Reads one key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(key @ ('0'..='9' | '*' | '#')), None) => Ok(Self(key)),
            _ => Err(KeyError),
        }
    }

    /// The key's sign.
    #[must_use]
    pub const fn as_char(self) -> char {
        self.0
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(self.0)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
