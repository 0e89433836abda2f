//! What a page plays: a document's steps as one flat object each, in the order in which they are heard.
//!
//! They are read from the document itself ([`crate::telephony::twiml::steps`]), never decided here. Addresses of recordings are told without
//! scheme and host, for a browser that reaches us elsewhere than the carrier does.

use carillon_domain::call_flow::Key;
use serde::Serialize;
use utoipa::ToSchema;

use crate::telephony::twiml::steps::{HeardStep, Said};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Say,
    Play,
    Pause,
    Gather,
    Enqueue,
    #[default]
    Hangup,
}

/// One step of a call. Which members are there is said by its kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct HandsetStep {
    #[schema(inline)]
    kind: StepKind,
    /// What is spoken (say), or the queue (enqueue).
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// How it is spoken (say).
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// Speed; 100 is the voice's own (say).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>)]
    rate_percent: Option<u32>,
    /// Pitch; 0 is the voice's own (say).
    #[serde(skip_serializing_if = "Option::is_none")]
    pitch_percent: Option<i32>,
    /// Where a browser finds the recording, for some minutes (play).
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// How long it is silent (pause).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>)]
    seconds: Option<u32>,
    /// The keys that mean something; any other begins the message again (gather).
    #[serde(skip_serializing_if = "Option::is_none")]
    digits: Option<Vec<String>>,
    /// How long a key is waited for after the last step inside (gather).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>)]
    timeout_s: Option<u32>,
    /// What is heard while keys are listened for (gather).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    steps: Option<Vec<Self>>,
}

/// The steps of a document for a page; `key` is the one that opts out.
pub(super) fn shown(steps: Vec<HeardStep>, key: Option<Key>) -> Vec<HandsetStep> {
    steps.into_iter().map(|step| HandsetStep::of(step, key)).collect()
}

/// Whether nothing can follow these steps: no key is listened for, and nobody waits.
pub(super) fn is_over(steps: &[HandsetStep]) -> bool {
    !steps.iter().any(|step| matches!(step.kind, StepKind::Gather | StepKind::Enqueue))
}

impl HandsetStep {
    fn of(step: HeardStep, key: Option<Key>) -> Self {
        match step {
            HeardStep::Say(said) => Self::spoken(said),
            HeardStep::Play { url } => Self { kind: StepKind::Play, url: Some(path_of(&url)), ..Self::default() },
            HeardStep::Pause { seconds } => Self { kind: StepKind::Pause, seconds: Some(seconds), ..Self::default() },
            HeardStep::Gather { timeout_s, steps } => Self {
                kind: StepKind::Gather,
                digits: Some(key.map(|key| key.as_char().to_string()).into_iter().collect()),
                timeout_s: Some(timeout_s),
                steps: Some(shown(steps, key)),
                ..Self::default()
            },
            HeardStep::Enqueue { queue } => Self { kind: StepKind::Enqueue, text: Some(queue), ..Self::default() },
            // The carrier asks who picked up, hears that it was a person, and ends the call.
            HeardStep::Redirect | HeardStep::Hangup => Self::default(),
        }
    }

    fn spoken(said: Said) -> Self {
        Self {
            kind: StepKind::Say,
            text: Some(said.text),
            voice: said.voice,
            language: said.language,
            rate_percent: Some(said.rate_percent),
            pitch_percent: Some(said.pitch_percent),
            ..Self::default()
        }
    }
}

/// The part of a recording's address that is ours, whatever public address stands before it.
fn path_of(url: &str) -> String {
    url.rfind("/media/").map_or(url, |at| &url[at..]).to_owned()
}
