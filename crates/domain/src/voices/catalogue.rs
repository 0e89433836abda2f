//! The voices, one row each.
//!
//! Names and spellings are those of the carrier's published list; of Google's voices only the generative
//! ones are here. Looking a voice up, and what may be changed about it, is in the module above.

use super::{Gender, Voice, VoiceEngine};
use Gender::{Female as F, Male as M};

/// A voice of Amazon Polly and the engines it comes with: `S`tandard, `N`eural, `G`enerative.
struct Polly(&'static str, &'static [&'static str], Gender, &'static str);

const POLLY: &[Polly] = &[
    Polly("Zeina", &["arb"], F, "S"),
    Polly("Hala", &["ar-AE"], F, "N"),
    Polly("Zayd", &["ar-AE"], M, "N"),
    Polly("Arlet", &["ca-ES"], F, "N"),
    Polly("Zhiyu", &["cmn-CN"], F, "SN"),
    Polly("Gwyneth", &["cy-GB"], F, "S"),
    Polly("Naja", &["da-DK"], F, "S"),
    Polly("Mads", &["da-DK"], M, "S"),
    Polly("Sofie", &["da-DK"], F, "N"),
    Polly("Hannah", &["de-AT"], F, "N"),
    Polly("Marlene", &["de-DE"], F, "S"),
    Polly("Hans", &["de-DE"], M, "S"),
    Polly("Vicki", &["de-DE"], F, "SNG"),
    Polly("Daniel", &["de-DE"], M, "NG"),
    Polly("Nicole", &["en-AU"], F, "S"),
    Polly("Russell", &["en-AU"], M, "S"),
    Polly("Olivia", &["en-AU"], F, "NG"),
    Polly("Amy", &["en-GB"], F, "SNG"),
    Polly("Emma", &["en-GB"], F, "SN"),
    Polly("Brian", &["en-GB"], M, "SN"),
    Polly("Arthur", &["en-GB"], M, "N"),
    Polly("Geraint", &["en-GB-WLS"], M, "S"),
    Polly("Niamh", &["en-IE"], F, "N"),
    Polly("Raveena", &["en-IN"], F, "S"),
    Polly("Aditi", &["en-IN", "hi-IN"], F, "S"),
    Polly("Kajal", &["en-IN", "hi-IN"], F, "N"),
    Polly("Kajal", &["en-IN"], F, "G"),
    Polly("Aria", &["en-NZ"], F, "N"),
    Polly("Joanna", &["en-US"], F, "SNG"),
    Polly("Kendra", &["en-US"], F, "SN"),
    Polly("Kimberly", &["en-US"], F, "SN"),
    Polly("Salli", &["en-US"], F, "SN"),
    Polly("Ivy", &["en-US"], F, "SN"),
    Polly("Danielle", &["en-US"], F, "NG"),
    Polly("Ruth", &["en-US"], F, "NG"),
    Polly("Matthew", &["en-US"], M, "SNG"),
    Polly("Joey", &["en-US"], M, "SN"),
    Polly("Justin", &["en-US"], M, "SN"),
    Polly("Kevin", &["en-US"], M, "N"),
    Polly("Gregory", &["en-US"], M, "N"),
    Polly("Stephen", &["en-US"], M, "NG"),
    Polly("Ayanda", &["en-ZA"], F, "NG"),
    Polly("Conchita", &["es-ES"], F, "S"),
    Polly("Enrique", &["es-ES"], M, "S"),
    Polly("Lucia", &["es-ES"], F, "SNG"),
    Polly("Sergio", &["es-ES"], M, "NG"),
    Polly("Mia", &["es-MX"], F, "SN"),
    Polly("Mía", &["es-MX"], F, "G"),
    Polly("Andres", &["es-MX"], M, "NG"),
    Polly("Penelope", &["es-US"], F, "S"),
    Polly("Miguel", &["es-US"], M, "S"),
    Polly("Lupe", &["es-US"], F, "SNG"),
    Polly("Pedro", &["es-US"], M, "NG"),
    Polly("Suvi", &["fi-FI"], F, "N"),
    Polly("Isabelle", &["fr-BE"], F, "N"),
    Polly("Chantal", &["fr-CA"], F, "S"),
    Polly("Gabrielle", &["fr-CA"], F, "N"),
    Polly("Liam", &["fr-CA"], M, "N"),
    Polly("Celine", &["fr-FR"], F, "S"),
    Polly("Mathieu", &["fr-FR"], M, "S"),
    Polly("Lea", &["fr-FR"], F, "SNG"),
    Polly("Remi", &["fr-FR"], M, "N"),
    Polly("Rémi", &["fr-FR"], M, "G"),
    Polly("Dora", &["is-IS"], F, "S"),
    Polly("Karl", &["is-IS"], M, "S"),
    Polly("Carla", &["it-IT"], F, "S"),
    Polly("Giorgio", &["it-IT"], M, "S"),
    Polly("Bianca", &["it-IT"], F, "SNG"),
    Polly("Adriano", &["it-IT"], M, "N"),
    Polly("Mizuki", &["ja-JP"], F, "S"),
    Polly("Takumi", &["ja-JP"], M, "SN"),
    Polly("Kazuha", &["ja-JP"], F, "N"),
    Polly("Tomoko", &["ja-JP"], F, "N"),
    Polly("Seoyeon", &["ko-KR"], F, "SN"),
    Polly("Liv", &["nb-NO"], F, "S"),
    Polly("Ida", &["nb-NO"], F, "N"),
    Polly("Lisa", &["nl-BE"], F, "N"),
    Polly("Lotte", &["nl-NL"], F, "S"),
    Polly("Ruben", &["nl-NL"], M, "S"),
    Polly("Laura", &["nl-NL"], F, "N"),
    Polly("Ewa", &["pl-PL"], F, "S"),
    Polly("Maja", &["pl-PL"], F, "S"),
    Polly("Jacek", &["pl-PL"], M, "S"),
    Polly("Jan", &["pl-PL"], M, "S"),
    Polly("Ola", &["pl-PL"], F, "N"),
    Polly("Camila", &["pt-BR"], F, "SN"),
    Polly("Vitoria", &["pt-BR"], F, "SN"),
    Polly("Ricardo", &["pt-BR"], M, "S"),
    Polly("Thiago", &["pt-BR"], M, "N"),
    Polly("Ines", &["pt-PT"], F, "SN"),
    Polly("Cristiano", &["pt-PT"], M, "S"),
    Polly("Carmen", &["ro-RO"], F, "S"),
    Polly("Tatyana", &["ru-RU"], F, "S"),
    Polly("Maxim", &["ru-RU"], M, "S"),
    Polly("Astrid", &["sv-SE"], F, "S"),
    Polly("Elin", &["sv-SE"], F, "N"),
    Polly("Filiz", &["tr-TR"], F, "S"),
    Polly("Burcu", &["tr-TR"], F, "N"),
    Polly("Hiujin", &["yue-CN"], F, "N"),
];

/// Google's generative voices go by the same names in every language.
const GOOGLE_NAMES: &[(&str, Gender)] =
    &[("Aoede", F), ("Charon", M), ("Fenrir", M), ("Kore", F), ("Leda", F), ("Orus", M), ("Puck", M), ("Zephyr", F)];

const GOOGLE_LANGUAGES: &[&str] = &[
    "de-DE", "en-AU", "en-GB", "en-IN", "en-US", "es-ES", "es-US", "fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP",
    "ko-KR", "nl-NL", "pl-PL", "pt-BR", "ru-RU", "ta-IN", "te-IN", "th-TH", "tr-TR", "vi-VN",
];

/// The carrier's own two voices.
const BASIC: &[(&str, Gender)] = &[("man", M), ("woman", F)];
const BASIC_LANGUAGES: &[&str] = &["en-US", "en-GB", "es-ES", "fr-FR", "de-DE"];

pub(super) fn voices() -> Vec<Voice> {
    let mut voices: Vec<Voice> = POLLY.iter().flat_map(Polly::voices).chain(google()).chain(basic()).collect();
    voices.sort_by(|a, b| (a.language(), &a.name).cmp(&(b.language(), &b.name)));
    voices
}

impl Polly {
    fn voices(&self) -> impl Iterator<Item = Voice> {
        self.3.chars().map(|engine| {
            let (suffix, engine) = match engine {
                'S' => ("", VoiceEngine::Standard),
                'N' => ("-Neural", VoiceEngine::Neural),
                _ => ("-Generative", VoiceEngine::Generative),
            };
            made(format!("Polly.{}{suffix}", self.0), self.1, self.2, engine)
        })
    }
}

fn google() -> impl Iterator<Item = Voice> {
    GOOGLE_LANGUAGES.iter().flat_map(|language| {
        GOOGLE_NAMES.iter().map(move |(name, gender)| {
            let name = format!("Google.{language}-Chirp3-HD-{name}");
            made(name, &[language], *gender, VoiceEngine::Generative)
        })
    })
}

fn basic() -> impl Iterator<Item = Voice> {
    BASIC.iter().map(|(name, gender)| made((*name).to_owned(), BASIC_LANGUAGES, *gender, VoiceEngine::Basic))
}

/// What can be changed follows from the engine: a neural voice takes a speed and refuses a pitch, and
/// one that is given what it refuses stays silent.
fn made(name: String, languages: &[&'static str], gender: Gender, engine: VoiceEngine) -> Voice {
    let has_rate = matches!(engine, VoiceEngine::Standard | VoiceEngine::Neural);
    let has_pitch = engine == VoiceEngine::Standard;
    Voice { name, languages: languages.to_vec(), gender, engine, has_rate, has_pitch }
}
