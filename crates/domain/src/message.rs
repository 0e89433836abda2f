//! What a campaign says: a text to be spoken, or a recording.
//!
//! Only the message and its bounds. Merge fields are filled in by [`MessageTemplate`]; what stands
//! around the message in a call is in [`crate::call_flow`]; voices are in [`crate::voices`].

mod template;

use serde::{Deserialize, Serialize};

pub use template::{
    CONTACT_FIELDS, MergeFields, MessageTemplate, ORGANIZATION_NAME, Rendered, TemplateError, is_field_name,
};

use crate::field_error::FieldError;
use crate::voices::{DEFAULT_LANGUAGE, DEFAULT_VOICE, voice};

/// The carrier's limit for one text, which holds for the message as the recipient hears it.
pub const RENDERED_LENGTH_MAX: usize = 3_000;
/// Listeners hang up on longer messages; the editor warns.
pub const SPOKEN_SECONDS_ADVISED_MAX: u32 = 30;

const RATE_PERCENT: std::ops::RangeInclusive<u16> = 50..=200;
const RATE_PERCENT_DEFAULT: u16 = 100;
const PITCH_PERCENT: std::ops::RangeInclusive<i16> = -50..=50;
const AUDIO_ID_LENGTH_MAX: usize = 64;

/// What is said to whoever answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Message {
    /// A text with merge fields, spoken by one of the carrier's voices.
    Tts {
        text: String,
        #[serde(default = "default_voice")]
        voice: String,
        #[serde(default = "default_language")]
        language: String,
        /// Speed; 100 is the voice's own.
        #[serde(default = "default_rate_percent")]
        rate_percent: u16,
        /// Pitch above or below the voice's own.
        #[serde(default)]
        pitch_percent: i16,
    },
    /// A recording from the library.
    Audio { audio_id: String },
}

fn default_voice() -> String {
    DEFAULT_VOICE.to_owned()
}

fn default_language() -> String {
    DEFAULT_LANGUAGE.to_owned()
}

const fn default_rate_percent() -> u16 {
    RATE_PERCENT_DEFAULT
}

impl Message {
    /// What is wrong with the message; empty when nothing is. Fields are named without `message.`.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        match self {
            Self::Tts { text, .. } => {
                let mut errors = text_errors(text);
                errors.extend(self.speech_errors());
                errors
            }
            Self::Audio { audio_id } if (1..=AUDIO_ID_LENGTH_MAX).contains(&audio_id.len()) => Vec::new(),
            Self::Audio { .. } => vec![FieldError::new("audio_id", "must name a recording of the library")],
        }
    }

    /// The template of a spoken message; `None` for a recording.
    #[must_use]
    pub fn template(&self) -> Option<Result<MessageTemplate, TemplateError>> {
        match self {
            Self::Tts { text, .. } => Some(MessageTemplate::parse(text)),
            Self::Audio { .. } => None,
        }
    }

    fn speech_errors(&self) -> Vec<FieldError> {
        let Self::Tts { voice: name, language, rate_percent, pitch_percent, .. } = self else {
            return Vec::new();
        };
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: String| errors.push(FieldError::new(field, message));
        if !RATE_PERCENT.contains(rate_percent) {
            refuse("rate_percent", "must be between 50 and 200".to_owned());
        }
        if !PITCH_PERCENT.contains(pitch_percent) {
            refuse("pitch_percent", "must be between -50 and 50".to_owned());
        }
        let Some(voice) = voice(name) else {
            refuse("voice", "is not one of the carrier's voices".to_owned());
            return errors;
        };
        if !voice.speaks(language) {
            refuse("language", format!("{name} speaks {}", voice.languages.join(", ")));
        }
        if *rate_percent != RATE_PERCENT_DEFAULT && !voice.has_rate {
            refuse("rate_percent", format!("must be 100: the speed of {name} cannot be changed"));
        }
        if *pitch_percent != 0 && !voice.has_pitch {
            refuse("pitch_percent", format!("must be 0: the pitch of {name} cannot be changed"));
        }
        errors
    }
}

fn text_errors(text: &str) -> Vec<FieldError> {
    if text.trim().is_empty() {
        return vec![FieldError::new("text", "must not be empty")];
    }
    let template = MessageTemplate::parse(text);
    template.err().map(|error| FieldError::new("text", error.to_string())).into_iter().collect()
}

/// How long a text takes to say, in seconds, about. Voices speak some fifteen letters a second; digits
/// are read out one by one, signs of other scripts are syllables, and sentences end with a breath.
#[must_use]
pub fn spoken_seconds(text: &str, rate_percent: u16) -> u32 {
    let milliseconds: u32 = text.chars().map(milliseconds_of).sum();
    (milliseconds / 10).div_ceil(u32::from(rate_percent.max(1)))
}

const fn milliseconds_of(character: char) -> u32 {
    match character {
        '0'..='9' => 350,
        '.' | '!' | '?' | '。' => 400,
        ',' | ';' | ':' | '、' => 200,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => 180,
        _ => 67,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tts(change: impl FnOnce(&mut serde_json::Value)) -> Vec<String> {
        let mut json = serde_json::json!({"kind": "tts", "text": "Hello {{first_name|there}}"});
        change(&mut json);
        let message: Message = serde_json::from_value(json).expect("a message");
        message.validate().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_message_is_written_as_the_interface_says() {
        let json = r#"{"kind":"tts","text":"Hello","voice":"Polly.Joanna-Neural","language":"en-US","rate_percent":100,"pitch_percent":0}"#;
        let message: Message = serde_json::from_str(json).expect("a message");
        assert_eq!(serde_json::to_string(&message).expect("json"), json);
        assert!(message.validate().is_empty());
        let audio: Message = serde_json::from_str(r#"{"kind":"audio","audio_id":"a1"}"#).expect("a message");
        assert!(audio.validate().is_empty());
        assert!(serde_json::from_str::<Message>(r#"{"kind":"tts","text":"x","speed":2}"#).is_err());
        assert!(serde_json::from_str::<Message>(r#"{"kind":"song"}"#).is_err());
    }

    #[test]
    fn each_bad_field_is_named() {
        assert!(tts(|_| ()).is_empty());
        let cases = [
            ("text", serde_json::json!("  "), "text"),
            ("text", serde_json::json!("Hello {{first_name"), "text"),
            ("voice", serde_json::json!("alice"), "voice"),
            ("language", serde_json::json!("de-DE"), "language"),
            ("rate_percent", serde_json::json!(49), "rate_percent"),
            ("rate_percent", serde_json::json!(201), "rate_percent"),
            ("pitch_percent", serde_json::json!(10), "pitch_percent"),
        ];
        for (field, value, expected) in cases {
            assert_eq!(tts(|json| json[field] = value.clone()), [expected], "{value}");
        }
        let too_high = tts(|json| {
            json["pitch_percent"] = serde_json::json!(51);
            json["voice"] = serde_json::json!("Polly.Joanna");
        });
        assert_eq!(too_high, ["pitch_percent"]);
    }

    #[test]
    fn pitch_and_speed_are_taken_where_the_voice_has_them() {
        let changed = |voice: &str, rate: u16, pitch: i16| {
            tts(|json| {
                json["voice"] = serde_json::json!(voice);
                json["rate_percent"] = serde_json::json!(rate);
                json["pitch_percent"] = serde_json::json!(pitch);
            })
        };
        assert!(changed("Polly.Joanna", 120, -20).is_empty());
        assert_eq!(changed("Polly.Joanna-Neural", 120, -20), ["pitch_percent"]);
        assert_eq!(changed("Polly.Joanna-Generative", 120, -20), ["rate_percent", "pitch_percent"]);
    }

    #[test]
    fn seconds_follow_length_digits_and_speed() {
        let sentence = "Hello, this is a short message from the school about tomorrow.";
        let seconds = spoken_seconds(sentence, 100);
        assert!((4..=6).contains(&seconds), "{seconds}");
        assert!(spoken_seconds(sentence, 50) >= 2 * seconds - 1);
        assert!(spoken_seconds("2025550143", 100) > spoken_seconds("telephones", 100));
        assert_eq!(spoken_seconds("", 100), 0);
    }
}
