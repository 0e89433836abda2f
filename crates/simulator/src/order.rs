//! What a create request asks for, once its parameters have been read.
//!
//! Parsing and refusing is [`api::create`](crate::api)'s business; nothing here is checked again.

use std::time::Duration;

/// An address the carrier requests, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hook {
    pub(crate) url: String,
    pub(crate) method: Method,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    #[default]
    Post,
}

impl Method {
    pub(crate) fn parse(text: &str) -> Option<Method> {
        match text.to_ascii_uppercase().as_str() {
            "GET" => Some(Method::Get),
            "POST" => Some(Method::Post),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// Where TwiML comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Url(Hook),
    Inline(String),
}

/// Which progress events are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Events {
    pub(crate) initiated: bool,
    pub(crate) ringing: bool,
    pub(crate) answered: bool,
    pub(crate) completed: bool,
}

impl Events {
    /// Only the end.
    pub(crate) const COMPLETED: Events = Events { initiated: false, ringing: false, answered: false, completed: true };

    /// Adds an event by name; `None` for a word that is no event.
    pub(crate) fn with(self, name: &str) -> Option<Events> {
        Some(match name {
            "initiated" => Events { initiated: true, ..self },
            "ringing" => Events { ringing: true, ..self },
            "answered" => Events { answered: true, ..self },
            "completed" => Events { completed: true, ..self },
            _ => return None,
        })
    }
}

/// Where progress goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatusOrder {
    pub(crate) hook: Hook,
    pub(crate) events: Events,
}

/// Answering machine detection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DetectionOrder {
    pub(crate) until: DetectUntil,
    pub(crate) timeout: Duration,
    /// The TwiML starts at once and the verdict is told on its own.
    pub(crate) asynchronous: bool,
    pub(crate) tell: Option<Hook>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DetectUntil {
    /// Human or machine is decided.
    Verdict,
    /// The machine's greeting has ended.
    GreetingEnd,
}

/// Recording of the whole call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordOrder {
    pub(crate) channels: u8,
    pub(crate) tell: Option<Hook>,
    /// `in-progress`, `completed`, `absent`: those to be told.
    pub(crate) events: Vec<String>,
}

/// Everything a call was created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallOrder {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) source: Source,
    pub(crate) fallback: Option<Hook>,
    pub(crate) status: Option<StatusOrder>,
    pub(crate) ring_timeout: Duration,
    pub(crate) time_limit: Duration,
    pub(crate) record: Option<RecordOrder>,
    pub(crate) detection: Option<DetectionOrder>,
}
