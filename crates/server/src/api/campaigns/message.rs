//! A message as it is sent to us, read with the path of whatever is wrong in it.
//!
//! The domain's type says what a message may be; this says which member was at fault, which a tagged enum cannot.

use carillon_domain::field_error::FieldError;
use carillon_domain::message::Message;
use carillon_domain::voices::{DEFAULT_LANGUAGE, DEFAULT_VOICE};
use serde::Deserialize;

const RATE_PERCENT_DEFAULT: i64 = 100;

carillon_domain::words! {
    /// The two kinds of messages.
    pub enum MessageKind {
        Tts = "tts",
        Audio = "audio",
    }
}

/// What is said of a message, unchecked.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageGiven {
    kind: MessageKind,
    text: Option<String>,
    voice: Option<String>,
    language: Option<String>,
    rate_percent: Option<i64>,
    pitch_percent: Option<i64>,
    audio_id: Option<String>,
}

impl MessageGiven {
    /// The message; what is wrong is named without `message.`.
    ///
    /// # Errors
    /// Members that are missing, that belong to the other kind, or whose numbers are out of all bounds.
    pub fn read(&self) -> Result<Message, Vec<FieldError>> {
        match self.kind {
            MessageKind::Tts => self.read_tts(),
            MessageKind::Audio => self.read_audio(),
        }
    }

    fn read_tts(&self) -> Result<Message, Vec<FieldError>> {
        let text = self.text.clone().ok_or_else(|| vec![FieldError::new("text", "is required")])?;
        let rate_percent = u16::try_from(self.rate_percent.unwrap_or(RATE_PERCENT_DEFAULT));
        let pitch_percent = i16::try_from(self.pitch_percent.unwrap_or_default());
        let mut errors = Vec::new();
        if self.audio_id.is_some() {
            errors.push(FieldError::new("audio_id", "has no place in a spoken message"));
        }
        if rate_percent.is_err() {
            errors.push(FieldError::new("rate_percent", "must be between 50 and 200"));
        }
        if pitch_percent.is_err() {
            errors.push(FieldError::new("pitch_percent", "must be between -50 and 50"));
        }
        match (rate_percent, pitch_percent) {
            (Ok(rate_percent), Ok(pitch_percent)) if errors.is_empty() => Ok(Message::Tts {
                text,
                voice: self.voice.clone().unwrap_or_else(|| DEFAULT_VOICE.to_owned()),
                language: self.language.clone().unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned()),
                rate_percent,
                pitch_percent,
            }),
            _ => Err(errors),
        }
    }

    fn read_audio(&self) -> Result<Message, Vec<FieldError>> {
        let spoken = [
            ("text", self.text.is_some()),
            ("voice", self.voice.is_some()),
            ("language", self.language.is_some()),
            ("rate_percent", self.rate_percent.is_some()),
            ("pitch_percent", self.pitch_percent.is_some()),
        ];
        let foreign = spoken.into_iter().filter(|(_, is_there)| *is_there);
        let errors: Vec<_> =
            foreign.map(|(field, _)| FieldError::new(field, "has no place in a recorded message")).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let audio_id = self.audio_id.clone().ok_or_else(|| vec![FieldError::new("audio_id", "is required")])?;
        Ok(Message::Audio { audio_id })
    }
}
