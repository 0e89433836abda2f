//! Sentences that every call needs, in the languages we have them in; an organization may word its own.
//!
//! Never part of the message: notices, the offer to be called no more, and the request to hold. In a
//! language without texts here, English ones are spoken by an English voice rather than mangled by
//! another.

use serde::{Deserialize, Serialize};

use super::Key;
use crate::field_error::FieldError;

const FIXED_TEXT_LENGTH_MAX: usize = 500;
/// Stands for the key in an offer.
const KEY: &str = "{{key}}";
/// Stands for the name of the organization.
const ORGANIZATION: &str = "{{organization_name}}";

/// The fixed texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedTexts {
    /// The language of the texts, for example `en-US`.
    pub language: String,
    /// Said before a recorded call goes on.
    pub recording_notice: String,
    /// Says who calls; `{{organization_name}}` stands for the name.
    pub identification: String,
    /// Says how to be called no more; `{{key}}` stands for the key.
    pub opt_out_offer: String,
    pub opt_out_confirmed: String,
    pub please_hold: String,
    /// For telemarketing when no agent came in time; `{{organization_name}}` stands for the name.
    pub abandoned: String,
    /// The words for `*` and `#`.
    pub star: String,
    pub pound: String,
}

struct Row {
    language: &'static str,
    voice: &'static str,
    recording_notice: &'static str,
    identification: &'static str,
    opt_out_offer: &'static str,
    opt_out_confirmed: &'static str,
    please_hold: &'static str,
    abandoned: &'static str,
    star: &'static str,
    pound: &'static str,
}

/// The languages that have fixed texts.
pub const LANGUAGES: &[&str] = &["en-US", "es-US", "de-DE", "fr-FR"];

const TEXTS: &[Row] = &[
    Row {
        language: "en-US",
        voice: "Polly.Joanna-Neural",
        recording_notice: "This call may be recorded.",
        identification: "This is a call from {{organization_name}}.",
        opt_out_offer: "To stop these calls, press {{key}}.",
        opt_out_confirmed: "You will not be called again. Goodbye.",
        please_hold: "Please hold while we connect you.",
        abandoned: "This was a telemarketing call from {{organization_name}}.",
        star: "star",
        pound: "pound",
    },
    Row {
        language: "es-US",
        voice: "Polly.Lupe-Neural",
        recording_notice: "Esta llamada puede ser grabada.",
        identification: "Le llama {{organization_name}}.",
        opt_out_offer: "Para no recibir más llamadas, oprima {{key}}.",
        opt_out_confirmed: "No le volveremos a llamar. Adiós.",
        please_hold: "Por favor, espere mientras le comunicamos.",
        abandoned: "Esta fue una llamada de ventas de {{organization_name}}.",
        star: "asterisco",
        pound: "numeral",
    },
    Row {
        language: "de-DE",
        voice: "Polly.Vicki-Neural",
        recording_notice: "Dieser Anruf kann aufgezeichnet werden.",
        identification: "Dies ist ein Anruf von {{organization_name}}.",
        opt_out_offer: "Wenn Sie nicht mehr angerufen werden möchten, drücken Sie die {{key}}.",
        opt_out_confirmed: "Wir rufen Sie nicht wieder an. Auf Wiederhören.",
        please_hold: "Bitte bleiben Sie am Apparat, wir verbinden Sie.",
        abandoned: "Dies war ein Werbeanruf von {{organization_name}}.",
        star: "Sterntaste",
        pound: "Rautetaste",
    },
    Row {
        language: "fr-FR",
        voice: "Polly.Lea-Neural",
        recording_notice: "Cet appel peut être enregistré.",
        identification: "Ceci est un appel de {{organization_name}}.",
        opt_out_offer: "Pour ne plus être appelé, appuyez sur {{key}}.",
        opt_out_confirmed: "Nous ne vous appellerons plus. Au revoir.",
        please_hold: "Veuillez patienter, nous vous mettons en relation.",
        abandoned: "Ceci était un appel commercial de {{organization_name}}.",
        star: "étoile",
        pound: "dièse",
    },
];

/// The language itself, else another country's variety of it.
fn row_for(language: &str) -> Option<&'static Row> {
    let exact = TEXTS.iter().find(|row| row.language == language);
    exact.or_else(|| TEXTS.iter().find(|row| super::same_language(row.language, language)))
}

/// The voice in which a language's fixed texts are spoken when the message's own does not fit.
pub(super) fn voice_for(language: &str) -> Option<&'static str> {
    TEXTS.iter().find(|row| row.language == language).map(|row| row.voice)
}

impl FixedTexts {
    /// The texts for a message in this language; English where there are none.
    #[must_use]
    pub fn for_language(language: &str) -> Self {
        let row = row_for(language).unwrap_or(&TEXTS[0]);
        Self {
            language: row.language.to_owned(),
            recording_notice: row.recording_notice.to_owned(),
            identification: row.identification.to_owned(),
            opt_out_offer: row.opt_out_offer.to_owned(),
            opt_out_confirmed: row.opt_out_confirmed.to_owned(),
            please_hold: row.please_hold.to_owned(),
            abandoned: row.abandoned.to_owned(),
            star: row.star.to_owned(),
            pound: row.pound.to_owned(),
        }
    }

    /// What is wrong with an organization's own wording; empty when nothing is.
    #[must_use]
    pub fn validate(&self) -> Vec<FieldError> {
        let texts = [
            ("recording_notice", &self.recording_notice, None),
            ("identification", &self.identification, Some(ORGANIZATION)),
            ("opt_out_offer", &self.opt_out_offer, Some(KEY)),
            ("opt_out_confirmed", &self.opt_out_confirmed, None),
            ("please_hold", &self.please_hold, None),
            ("abandoned", &self.abandoned, Some(ORGANIZATION)),
            ("star", &self.star, None),
            ("pound", &self.pound, None),
        ];
        let mut errors = Vec::new();
        for (field, text, wanted) in texts {
            if !(1..=FIXED_TEXT_LENGTH_MAX).contains(&text.chars().count()) {
                errors.push(FieldError::new(field, "must have 1 to 500 characters"));
            }
            if let Some(wanted) = wanted.filter(|wanted| !text.contains(wanted)) {
                errors.push(FieldError::new(field, format!("must contain {wanted}")));
            }
        }
        if !LANGUAGES.contains(&self.language.as_str()) {
            errors.push(FieldError::new("language", "is not one that has fixed texts"));
        }
        errors
    }

    pub(super) fn identification_of(&self, organization_name: &str) -> String {
        self.identification.replace(ORGANIZATION, organization_name)
    }

    pub(super) fn abandoned_by(&self, organization_name: &str) -> String {
        self.abandoned.replace(ORGANIZATION, organization_name)
    }

    pub(super) fn opt_out_offer_for(&self, key: Key) -> String {
        let spoken = match key.as_char() {
            '*' => self.star.clone(),
            '#' => self.pound.clone(),
            digit => digit.to_string(),
        };
        self.opt_out_offer.replace(KEY, &spoken)
    }
}
