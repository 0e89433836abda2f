//! The lines of a table of results: what stands in which column.
//!
//! Columns of parts that are not there yet (agents, recordings, prices) are empty, so that files keep their shape.

use std::collections::{BTreeMap, HashMap};

use carillon_domain::outcome::Outcome;
use jiff::Timestamp;
use uuid::Uuid;

use crate::store::attempts::AttemptView;
use crate::store::recipients::{self, Recipient};

/// Before the custom fields.
const CONTACT_COLUMNS: [&str; 3] = ["name", "phone", "email"];
/// After them.
const RECIPIENT_COLUMNS: [&str; 10] = [
    "state",
    "outcome",
    "reason",
    "attempts",
    "last_attempt_at",
    "duration_s",
    "agent",
    "disposition",
    "recording",
    "cost",
];
const ATTEMPT_COLUMNS: [&str; 18] = [
    "name",
    "phone",
    "number",
    "from",
    "state",
    "outcome",
    "error_code",
    "placed_at",
    "answered_at",
    "ended_at",
    "duration_s",
    "answered_by",
    "agent",
    "disposition",
    "recording",
    "cost",
    "call_sid",
    "recipient_id",
];

carillon_domain::words! {
    /// What a line is about.
    #[derive(Default)]
    pub enum Detail {
        #[default]
        Recipients = "recipients",
        Attempts = "attempts",
    }
}

impl Detail {
    /// The names of the columns.
    pub fn header(self, custom: &[String]) -> Vec<String> {
        let names = |columns: &[&str]| columns.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        match self {
            Self::Recipients => [names(&CONTACT_COLUMNS), custom.to_vec(), names(&RECIPIENT_COLUMNS)].concat(),
            Self::Attempts => names(&ATTEMPT_COLUMNS),
        }
    }

    /// The lines of a page of recipients; `attempts` are all of theirs, those of one recipient oldest first.
    pub fn lines(self, recipients: &[Recipient], attempts: &[AttemptView], custom: &[String]) -> Vec<Vec<String>> {
        let mut of: HashMap<Uuid, Vec<&AttemptView>> = HashMap::new();
        for attempt in attempts {
            of.entry(attempt.recipient).or_default().push(attempt);
        }
        let own = |recipient: &Recipient| of.get(&recipient.id).map(Vec::as_slice).unwrap_or_default();
        match self {
            Self::Recipients => recipients.iter().map(|r| recipient_line(r, own(r).last().copied(), custom)).collect(),
            Self::Attempts => {
                recipients.iter().flat_map(|r| own(r).iter().map(|attempt| attempt_line(r, attempt))).collect()
            }
        }
    }
}

fn recipient_line(recipient: &Recipient, last: Option<&AttemptView>, custom: &[String]) -> Vec<String> {
    let fields: BTreeMap<String, String> = recipients::merge_fields(recipient);
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let contact = [recipient.name.clone(), recipient.phone.clone(), field("email")];
    let progress = [
        recipient.state.to_string(),
        recipient.outcome.map(Outcome::as_str).unwrap_or_default().to_owned(),
        recipient.reason.clone().unwrap_or_default(),
        recipient.attempts.to_string(),
        last.map(|attempt| attempt.send_at.to_string()).unwrap_or_default(),
        last.map(duration).unwrap_or_default(),
    ];
    let not_there_yet = std::iter::repeat_n(String::new(), 4);
    contact.into_iter().chain(custom.iter().map(|name| field(name))).chain(progress).chain(not_there_yet).collect()
}

fn attempt_line(recipient: &Recipient, attempt: &AttemptView) -> Vec<String> {
    let instant = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    vec![
        recipient.name.clone(),
        attempt.phone.clone(),
        attempt.number.to_string(),
        attempt.from.clone(),
        attempt.state.to_string(),
        attempt.outcome.map(Outcome::as_str).unwrap_or_default().to_owned(),
        attempt.error_code.map(|code| code.to_string()).unwrap_or_default(),
        attempt.send_at.to_string(),
        instant(attempt.facts.answered_at),
        instant(attempt.ended_at),
        duration(attempt),
        attempt.facts.answered_by.map(|by| by.to_string()).unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        attempt.call_sid.clone().unwrap_or_default(),
        recipient.id.to_string(),
    ]
}

/// Seconds from answer to end.
fn duration(attempt: &AttemptView) -> String {
    let seconds = attempt.facts.end.as_ref().and_then(|end| end.duration_s);
    seconds.map(|seconds| seconds.to_string()).unwrap_or_default()
}
