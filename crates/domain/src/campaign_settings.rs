//! What a campaign is set to do: message, caller ids, retry, hours and limits, with every bound.
//!
//! The names and JSON are the interface's. [`CampaignSettings::validate`] checks what can be checked by looking at
//! the settings alone; what launching needs besides (recipients, a carrier) is asked by [`missing_to_launch`].

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calling_hours::{CallingHours, RecipientHours};
use crate::campaign::EditDepth;
use crate::field_error::FieldError;
use crate::limits::CampaignLimits;
use crate::message::Message;
use crate::phone_number::PhoneNumber;
use crate::retry::RetryPolicy;
use crate::schedule::Schedule;

/// The longest a call may last once it is answered; every call is placed with it, so that a lost call
/// cannot hold its number for ever.
pub const CALL_TIME_LIMIT_S: u32 = 3_600;
/// What the carrier may add to ring timeout and time limit before a call is surely over.
const CALL_MARGIN_S: u32 = 60;
/// Caller ids of one campaign.
const CALLER_IDS_MAX: usize = 50;
/// How long it may ring.
const RING_TIMEOUT_S_MIN: u32 = 5;
const RING_TIMEOUT_S_MAX: u32 = 60;
/// 16 CFR 310.4(b)(4)(ii) and 47 CFR 64.1200(a)(6): at least 15 seconds or four rings.
const TELEMARKETING_RING_TIMEOUT_S_MIN: u32 = 15;

crate::words! {
    /// What a campaign is for; with the place it chooses the rules.
    pub enum Purpose {
        /// News that the person has to do with: the default.
        Informational = "informational",
        Telemarketing = "telemarketing",
        Healthcare = "healthcare",
        Collections = "collections",
        Charity = "charity",
        Political = "political",
        Survey = "survey",
        Emergency = "emergency",
    }
}

crate::words! {
    /// What to do when an answering machine picks up.
    pub enum AnsweringMachine {
        /// Do not ask who picked up.
        Off = "off",
        /// End the call.
        HangUp = "hang_up",
        /// Say the message after the tone.
        LeaveMessage = "leave_message",
    }
}

crate::words! {
    /// How many calls are started for how many agents.
    pub enum AgentPacing {
        /// So many calls at once, whoever is free.
        Fixed = "fixed",
        /// One call for each free agent.
        Progressive = "progressive",
        /// More calls than free agents, by forecast.
        Predictive = "predictive",
    }
}

/// What follows the message.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum AfterMessage {
    /// The call ends.
    #[default]
    Hangup,
    /// The person is connected to an agent.
    Agents {
        /// Where the person waits.
        queue_id: String,
        /// How many calls are started for how many agents.
        pacing: AgentPacing,
    },
}

/// The offer to press a key and not be called again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptOut {
    /// Whether it is made.
    pub enabled: bool,
    /// One of 0–9, `*`, `#`.
    pub digit: String,
}

impl Default for OptOut {
    fn default() -> Self {
        Self { enabled: false, digit: "9".to_owned() }
    }
}

/// Whether calls are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recording {
    /// Whether they are.
    pub enabled: bool,
}

/// Everything a campaign is set to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CampaignSettings {
    /// What it is for.
    pub purpose: Purpose,
    /// What is said; absent in a draft only.
    pub message: Option<Message>,
    /// What follows the message.
    pub after_message: AfterMessage,
    /// Empty: the organization's default.
    pub caller_ids: Vec<PhoneNumber>,
    /// Seconds it may ring.
    pub ring_timeout_s: u32,
    /// What to do when a machine picks up.
    pub answering_machine: AnsweringMachine,
    /// The offer not to be called again.
    pub opt_out: OptOut,
    /// Whether calls are recorded.
    pub recording: Recording,
    /// Who is called again, how often and when.
    pub retry: RetryPolicy,
    /// When it runs.
    pub schedule: Schedule,
    /// The campaign's own hours; `None`: at any time that its recipients' hours allow.
    pub calling_hours: Option<CallingHours>,
    /// The hours of its recipients, by their own clocks.
    pub recipient_hours: RecipientHours,
    /// Its own limits, within the organization's.
    pub limits: CampaignLimits,
    /// Whoever is not called by then is not called any more.
    pub useless_after: Option<Timestamp>,
}

impl Default for CampaignSettings {
    fn default() -> Self {
        Self {
            purpose: Purpose::Informational,
            message: None,
            after_message: AfterMessage::Hangup,
            caller_ids: Vec::new(),
            ring_timeout_s: 30,
            answering_machine: AnsweringMachine::Off,
            opt_out: OptOut::default(),
            recording: Recording::default(),
            retry: RetryPolicy::default(),
            schedule: Schedule::Manual,
            calling_hours: None,
            recipient_hours: RecipientHours::default(),
            limits: CampaignLimits::default(),
            useless_after: None,
        }
    }
}

impl CampaignSettings {
    /// Does it ask who picked up?
    #[must_use]
    pub fn detects_machines(&self) -> bool {
        self.answering_machine != AnsweringMachine::Off
    }

    /// Is the message of no use any more?
    #[must_use]
    pub fn is_useless_at(&self, at: Timestamp) -> bool {
        self.useless_after.is_some_and(|end| at >= end)
    }

    /// How long after its slot a call is surely over at the carrier.
    #[must_use]
    pub fn call_hold(&self) -> SignedDuration {
        let parts = [self.ring_timeout_s, CALL_TIME_LIMIT_S, CALL_MARGIN_S];
        SignedDuration::from_secs(parts.map(i64::from).iter().sum())
    }

    /// How deep the edit is that makes `edited` of these settings.
    #[must_use]
    pub fn edit_depth(&self, edited: &Self) -> EditDepth {
        let with_my_limits = Self { limits: self.limits, ..edited.clone() };
        match (with_my_limits == *self, edited.limits == self.limits) {
            (true, true) => EditDepth::Words,
            (true, false) => EditDepth::Limits,
            (false, _) => EditDepth::Settings,
        }
    }

    /// What is wrong with the settings; empty when nothing is. `min_retry_delay_s` is the installation's.
    #[must_use]
    pub fn validate(&self, min_retry_delay_s: u32) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let Some(message) = &self.message {
            errors.extend(message.validate().into_iter().map(|error| within("message", error)));
        }
        if self.caller_ids.len() > CALLER_IDS_MAX {
            errors.push(FieldError::new("caller_ids", format!("must have at most {CALLER_IDS_MAX} numbers")));
        }
        if (1..self.caller_ids.len()).any(|at| self.caller_ids[..at].contains(&self.caller_ids[at])) {
            errors.push(FieldError::new("caller_ids", "names a number twice"));
        }
        errors.extend(self.validate_ring_timeout());
        if !is_key(&self.opt_out.digit) {
            errors.push(FieldError::new("opt_out.digit", "must be one of 0-9, * and #"));
        }
        errors.extend(self.retry.validate(min_retry_delay_s, self.detects_machines()));
        errors.extend(self.recipient_hours.validate().into_iter().map(|error| within("recipient_hours", error)));
        if let Some(hours) = &self.calling_hours {
            errors.extend(hours.validate().into_iter().map(|error| within("calling_hours", error)));
        }
        errors.extend(self.limits.validate());
        errors
    }

    fn validate_ring_timeout(&self) -> Option<FieldError> {
        let is_telemarketing = self.purpose == Purpose::Telemarketing;
        let shortest = if is_telemarketing { TELEMARKETING_RING_TIMEOUT_S_MIN } else { RING_TIMEOUT_S_MIN };
        let fits = (shortest..=RING_TIMEOUT_S_MAX).contains(&self.ring_timeout_s);
        let message = || format!("must be between {shortest} and {RING_TIMEOUT_S_MAX}");
        (!fits).then(|| FieldError::new("ring_timeout_s", message()))
    }

    /// Settings that belong to parts which are not there yet; never silently accepted.
    #[must_use]
    pub fn not_available_yet(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if matches!(self.after_message, AfterMessage::Agents { .. }) {
            errors.push(FieldError::new("after_message.kind", "agents are not available yet"));
        }
        if self.recording.enabled {
            errors.push(FieldError::new("recording.enabled", "recording is not available yet"));
        }
        errors
    }
}

fn is_key(digit: &str) -> bool {
    let mut chars = digit.chars();
    matches!((chars.next(), chars.next()), (Some('0'..='9' | '*' | '#'), None))
}

fn within(parent: &str, error: FieldError) -> FieldError {
    FieldError::new(format!("{parent}.{}", error.field), error.message)
}

/// What a campaign lacks before it may dial; every cause at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaunchState<'a> {
    /// What it is set to do.
    pub settings: &'a CampaignSettings,
    /// Recipients that could be called.
    pub recipients: i64,
    /// An administrator has entered an account.
    pub carrier_is_set_up: bool,
    /// The organization has a number to call from.
    pub has_default_caller_id: bool,
}

/// Every reason why a campaign cannot start; empty when it can.
#[must_use]
pub fn missing_to_launch(state: &LaunchState<'_>) -> Vec<FieldError> {
    let mut missing = Vec::new();
    if state.recipients == 0 {
        missing.push(FieldError::new("recipients", "add at least one recipient who may be called"));
    }
    if state.settings.message.is_none() {
        missing.push(FieldError::new("message", "write a message or choose an audio file"));
    }
    if !state.carrier_is_set_up {
        missing.push(FieldError::new("carrier", "an administrator must set up the carrier first"));
    }
    if state.settings.caller_ids.is_empty() && !state.has_default_caller_id {
        missing.push(FieldError::new("caller_ids", "choose a number to call from, or set the organization's default"));
    }
    missing
}

#[cfg(test)]
mod tests;
