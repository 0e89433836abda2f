//! The lines of a table of results: what stands in which column.
//!
//! Columns of parts that are not there yet (agents, recordings, prices) are empty, so that files keep their shape.

use crate::export::Page;
use crate::store::results::{Attempt, Recipient};

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
/// Columns whose parts are not there yet.
const NOT_THERE_YET: usize = 4;

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
}

/// Writes the line of a recipient.
pub fn recipient(page: &mut Page, recipient: &Recipient<'_>, custom: &[String]) {
    page.cell(recipient.name);
    page.cell(recipient.phone);
    page.cell(recipient.fields.get("email"));
    custom.iter().for_each(|name| page.cell(recipient.fields.get(name)));
    page.cell(recipient.state);
    page.cell(recipient.outcome.unwrap_or_default());
    page.cell(recipient.reason.unwrap_or_default());
    page.value(Some(recipient.attempts));
    page.value(recipient.call.as_ref().map(|call| call.sent_at));
    page.value(recipient.call.as_ref().and_then(|call| call.duration_s));
    page.empty(NOT_THERE_YET);
    page.end_line();
}

/// Writes the line of an attempt.
pub fn attempt(page: &mut Page, attempt: &Attempt<'_>) {
    page.cell(attempt.name);
    page.cell(attempt.phone);
    page.value(Some(attempt.number));
    page.cell(attempt.from);
    page.cell(attempt.state);
    page.cell(attempt.outcome.unwrap_or_default());
    page.value(attempt.error_code);
    page.value(Some(attempt.sent_at));
    page.value(attempt.answered_at);
    page.value(attempt.ended_at);
    page.value(attempt.duration_s);
    page.value(attempt.answered_by);
    page.empty(NOT_THERE_YET);
    page.cell(attempt.call_sid.unwrap_or_default());
    page.value(Some(attempt.recipient));
    page.end_line();
}
