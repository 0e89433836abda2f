//! The carrier's voices: which exist, what they speak and what can be changed about them.
//!
//! A voice that does not exist, or one told to speak another language, makes the carrier say nothing at
//! all. So every voice in a message is looked up here first. The list is a subset of the carrier's,
//! spelled as the carrier spells it; see `catalogue`.

mod catalogue;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

crate::words! {
    /// How a voice sounds.
    pub enum Gender {
        Female = "female",
        Male = "male",
    }
}

crate::words! {
    /// How a voice is made, from plain and cheap to natural and dear.
    pub enum VoiceEngine {
        /// Speaks at one speed; free of charge.
        Basic = "basic",
        /// Recorded sounds put together: speed and pitch can be changed.
        Standard = "standard",
        /// A trained voice: its speed can be changed, its pitch cannot.
        Neural = "neural",
        /// The most natural; it takes no instructions.
        Generative = "generative",
    }
}

/// One voice of the carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// As the carrier writes it, for example `Polly.Joanna-Neural`.
    pub name: String,
    /// The languages it speaks, its own first.
    pub languages: Vec<&'static str>,
    pub gender: Gender,
    pub engine: VoiceEngine,
    /// Whether its speed can be changed.
    pub has_rate: bool,
    /// Whether its pitch can be changed.
    pub has_pitch: bool,
}

/// Used when a message names no voice.
pub const DEFAULT_VOICE: &str = "Polly.Joanna-Neural";
/// The language of [`DEFAULT_VOICE`].
pub const DEFAULT_LANGUAGE: &str = "en-US";

struct Catalogue {
    voices: Vec<Voice>,
    by_name: HashMap<String, usize>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let voices = catalogue::voices();
    let by_name = voices.iter().enumerate().map(|(at, voice)| (voice.name.clone(), at)).collect();
    Catalogue { voices, by_name }
});

/// Every voice, sorted by language and name.
#[must_use]
pub fn voices() -> &'static [Voice] {
    &CATALOGUE.voices
}

/// The voice of that name, spelled exactly so.
#[must_use]
pub fn voice(name: &str) -> Option<&'static Voice> {
    CATALOGUE.by_name.get(name).map(|at| &CATALOGUE.voices[*at])
}

impl Voice {
    /// Whether the voice speaks this language.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        self.languages.contains(&language)
    }

    /// The language it was made for.
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.languages[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_found_by_the_carriers_name_alone() {
        let joanna = voice(DEFAULT_VOICE).expect("the default exists");
        assert!(joanna.speaks(DEFAULT_LANGUAGE) && !joanna.speaks("de-DE"));
        for unknown in ["", "alice", "polly.joanna", "Polly.Nobody", "Polly.Joanna-neural"] {
            assert_eq!(voice(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn names_are_distinct_and_every_voice_speaks() {
        let names: std::collections::HashSet<_> = voices().iter().map(|voice| &voice.name).collect();
        assert_eq!(names.len(), voices().len());
        assert!(voices().iter().all(|voice| !voice.languages.is_empty()));
        assert!(voices().is_sorted_by_key(|voice| (voice.language(), voice.name.as_str())));
    }

    #[test]
    fn only_standard_voices_have_pitch() {
        let features = |name: &str| voice(name).map(|voice| (voice.has_rate, voice.has_pitch));
        assert_eq!(features("Polly.Joanna"), Some((true, true)));
        assert_eq!(features("Polly.Joanna-Neural"), Some((true, false)));
        assert_eq!(features("Polly.Joanna-Generative"), Some((false, false)));
        assert_eq!(features("Google.en-US-Chirp3-HD-Kore"), Some((false, false)));
        assert_eq!(features("woman"), Some((false, false)));
    }

    #[test]
    fn the_languages_of_the_fixed_texts_have_voices_of_both_genders() {
        for language in ["en-US", "en-GB", "es-ES", "es-US", "de-DE", "fr-FR"] {
            for gender in Gender::ALL {
                let found = voices().iter().any(|voice| voice.speaks(language) && voice.gender == *gender);
                assert!(found, "{language} {gender}");
            }
        }
    }
}
