//! What people say of a campaign when they create or edit it: every member optional, each replaced whole.
//!
//! One list of members makes both bodies. Members of a member that are left out take the organization's defaults,
//! and what is wrong is named by its path. Whether the result may be is asked in [`super::rules`].

use carillon_domain::calling_hours::{CallingHours, RecipientHours};
use carillon_domain::campaign_settings::{
    AfterMessage, AnsweringMachine, CampaignSettings, OptOut, Purpose, Recording,
};
use carillon_domain::field_error::FieldError;
use carillon_domain::limits::CampaignLimits;
use carillon_domain::local_time;
use carillon_domain::message::Message;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_domain::schedule::Schedule;
use carillon_domain::settings::Settings;
use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::message::MessageGiven;
use super::schema;

/// Reads a member that is there. Null is a value like any other, and mostly a wrong one.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

macro_rules! bodies {
    ($($(#[$meta:meta])* $member:ident: $ty:ty as $schema:ty),+ $(,)?) => {
        /// A campaign to be.
        #[derive(Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct NewCampaign {
            /// 1 to 120 characters.
            name: String,
            $($(#[$meta])* #[serde(default, deserialize_with = "given")]
            #[schema(value_type = $schema, required = false)]
            $member: Option<$ty>),+
        }

        /// What to change about a campaign; each member given replaces the whole of it.
        #[derive(Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct CampaignEdit {
            /// Of the campaign as it was read.
            version: i64,
            /// 1 to 120 characters.
            #[serde(default, deserialize_with = "given")]
            #[schema(value_type = String, required = false)]
            name: Option<String>,
            $($(#[$meta])* #[serde(default, deserialize_with = "given")]
            #[schema(value_type = $schema, required = false)]
            $member: Option<$ty>),+
        }

        /// The members of a body, whichever it was.
        pub struct Given {
            pub name: Option<String>,
            $(pub $member: Option<$ty>),+
        }

        impl From<NewCampaign> for Given {
            fn from(new: NewCampaign) -> Self {
                Self { name: Some(new.name), $($member: new.$member),+ }
            }
        }

        impl CampaignEdit {
            /// The version that was read, and what to change about it.
            pub fn into_parts(self) -> (i64, Given) {
                (self.version, Given { name: self.name, $($member: self.$member),+ })
            }
        }
    };
}

bodies! {
    /// At most 2,000 characters.
    description: String as String,
    /// The creator's only department when left out, else the organization's only one.
    department_id: Uuid as Uuid,
    purpose: Purpose as schema::Purpose,
    /// Null in a draft that has none yet.
    message: Option<MessageGiven> as Option<schema::Message>,
    after_message: AfterMessage as schema::AfterMessage,
    /// At most 50 of the carrier's numbers; none: the organization's default.
    caller_ids: Vec<PhoneNumber> as Vec<String>,
    /// 5 to 60; for telemarketing 15 to 60.
    ring_timeout_s: u32 as i32,
    answering_machine: AnsweringMachine as schema::AnsweringMachine,
    opt_out: OptOut as schema::OptOutGiven,
    recording: Recording as schema::RecordingGiven,
    retry: RetryGiven as schema::RetryGiven,
    schedule: Value as schema::Schedule,
    calling_hours: Option<CallingHours> as Option<schema::CallingHours>,
    recipient_hours: RecipientHoursGiven as schema::RecipientHoursGiven,
    limits: CampaignLimits as schema::Limits,
    /// An instant: whoever is not called by then is not called any more. Null: never too late.
    useless_after: Option<Value> as Option<String>,
    /// Not available yet.
    budget: Option<Value> as Option<schema::Budget>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryGiven {
    #[serde(default, deserialize_with = "given")]
    max_attempts: Option<u8>,
    #[serde(default, deserialize_with = "given")]
    delays_s: Option<Vec<u32>>,
    #[serde(default, deserialize_with = "given")]
    on: Option<Vec<RetryCondition>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientHoursGiven {
    #[serde(default, deserialize_with = "given")]
    enabled: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    start: Option<String>,
    #[serde(default, deserialize_with = "given")]
    end: Option<String>,
}

/// The settings of a campaign of which nothing was said.
#[must_use]
pub fn defaults(organization: &Settings) -> CampaignSettings {
    CampaignSettings {
        ring_timeout_s: organization.ring_timeout_s,
        retry: default_retry(organization),
        recipient_hours: organization.recipient_hours.clone(),
        ..CampaignSettings::default()
    }
}

fn default_retry(organization: &Settings) -> RetryPolicy {
    RetryPolicy {
        max_attempts: organization.default_max_attempts,
        delays_s: vec![organization.default_retry_delay_s],
        ..RetryPolicy::default()
    }
}

impl Given {
    /// The settings that become of `base`, and what cannot be read.
    pub fn over(&self, base: &CampaignSettings, organization: &Settings) -> (CampaignSettings, Vec<FieldError>) {
        let mut errors = self.not_available_yet();
        let mut settings = base.clone();
        replace(&mut settings.purpose, self.purpose);
        replace(&mut settings.after_message, self.after_message.clone());
        replace(&mut settings.caller_ids, self.caller_ids.clone());
        replace(&mut settings.ring_timeout_s, self.ring_timeout_s);
        replace(&mut settings.answering_machine, self.answering_machine);
        replace(&mut settings.opt_out, self.opt_out.clone());
        replace(&mut settings.recording, self.recording);
        replace(&mut settings.calling_hours, self.calling_hours.clone());
        replace(&mut settings.limits, self.limits);
        replace(&mut settings.retry, self.retry.clone().map(|retry| retry.filled(&default_retry(organization))));
        if let Some(message) = &self.message {
            settings.message = read_message(message.as_ref(), &mut errors);
        }
        if let Some(schedule) = &self.schedule {
            match Schedule::parse(schedule) {
                Ok(schedule) => settings.schedule = schedule,
                Err(faults) => errors.extend(faults.into_iter().map(|fault| fault.within("schedule"))),
            }
        }
        if let Some(instant) = &self.useless_after {
            settings.useless_after = read_instant(instant.as_ref(), &mut errors);
        }
        if let Some(hours) = &self.recipient_hours {
            settings.recipient_hours = hours.filled(&organization.recipient_hours, &mut errors);
        }
        (settings, errors)
    }

    /// Members of parts that are not there yet; never silently accepted.
    fn not_available_yet(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if matches!(self.budget, Some(Some(_))) {
            errors.push(FieldError::new("budget", "is not available yet"));
        }
        errors
    }
}

fn replace<T>(member: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *member = given;
    }
}

fn read_instant(given: Option<&Value>, errors: &mut Vec<FieldError>) -> Option<Timestamp> {
    let instant = given?.as_str().and_then(|text| text.parse().ok());
    if instant.is_none() {
        errors.push(FieldError::new("useless_after", "must be an instant like 2026-12-01T17:00:00Z, or null"));
    }
    instant
}

fn read_message(given: Option<&MessageGiven>, errors: &mut Vec<FieldError>) -> Option<Message> {
    match given?.read() {
        Ok(message) => Some(message),
        Err(faults) => {
            errors.extend(faults.into_iter().map(|fault| fault.within("message")));
            None
        }
    }
}

impl RetryGiven {
    fn filled(self, defaults: &RetryPolicy) -> RetryPolicy {
        RetryPolicy {
            max_attempts: self.max_attempts.unwrap_or(defaults.max_attempts),
            delays_s: self.delays_s.unwrap_or_else(|| defaults.delays_s.clone()),
            on: self.on.unwrap_or_else(|| defaults.on.clone()),
        }
    }
}

impl RecipientHoursGiven {
    fn filled(&self, defaults: &RecipientHours, errors: &mut Vec<FieldError>) -> RecipientHours {
        let mut time = |field: &str, text: &Option<String>, default: Time| match text.as_deref().map(local_time::parse)
        {
            None => default,
            Some(Some(time)) => time,
            Some(None) => {
                errors.push(FieldError::new(format!("recipient_hours.{field}"), "must be a time like 08:00"));
                default
            }
        };
        RecipientHours {
            start: time("start", &self.start, defaults.start),
            end: time("end", &self.end, defaults.end),
            enabled: self.enabled.unwrap_or(defaults.enabled),
        }
    }
}
