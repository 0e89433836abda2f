//! A campaign as it is shown: the one object of the interface.
//!
//! The settings stand beside the rest, as people think of them. Members of parts that are not there yet are shown
//! with the only value they can have.

use carillon_domain::calling_hours::{CallingHours, RecipientHours};
use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::campaign_settings::{AfterMessage, AnsweringMachine, OptOut, Purpose, Recording};
use carillon_domain::limits::CampaignLimits;
use carillon_domain::message::Message;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::schedule::Schedule;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::schema;
use crate::api::progress::Progress;
use crate::store::campaigns::{Campaign, ListSource};

/// A campaign.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Campaign)]
pub struct CampaignView {
    id: Uuid,
    /// Goes up with every change; an edit names the one it saw.
    version: i64,
    name: String,
    description: String,
    department_id: Uuid,
    #[schema(value_type = schema::Status)]
    status: CampaignStatus,
    /// Why it is paused or failed, when the system did it.
    status_reason: Option<String>,
    #[schema(value_type = Option<schema::EndedBy>)]
    ended_by: Option<EndedBy>,
    #[schema(value_type = schema::Purpose)]
    purpose: Purpose,
    #[schema(value_type = Option<schema::Message>)]
    message: Option<Message>,
    #[schema(value_type = schema::AfterMessage)]
    after_message: AfterMessage,
    #[schema(value_type = Vec<String>)]
    caller_ids: Vec<PhoneNumber>,
    #[schema(value_type = i32)]
    ring_timeout_s: u32,
    #[schema(value_type = schema::AnsweringMachine)]
    answering_machine: AnsweringMachine,
    #[schema(value_type = schema::OptOut)]
    opt_out: OptOut,
    #[schema(value_type = schema::Recording)]
    recording: Recording,
    #[schema(value_type = schema::Retry)]
    retry: RetryPolicy,
    #[schema(value_type = schema::Schedule)]
    schedule: Schedule,
    #[schema(value_type = Option<schema::CallingHours>)]
    calling_hours: Option<CallingHours>,
    #[schema(value_type = schema::RecipientHours)]
    recipient_hours: RecipientHours,
    #[schema(value_type = schema::Limits)]
    limits: CampaignLimits,
    #[schema(value_type = Option<String>, format = DateTime)]
    useless_after: Option<Timestamp>,
    #[schema(value_type = Option<schema::Budget>)]
    budget: Option<()>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// The Google Sheet that its newest list came from; null when it came from elsewhere.
    list_source: Option<ListSourceView>,
    /// While it is a test of the first people: how many. Else it is not there.
    #[schema(value_type = Option<i32>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<i64>,
    /// The campaign of which this is a test call. Else it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    test_of: Option<Uuid>,
    /// The figures of its newest run; only in a list that was asked for `with=progress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
}

/// A Google Sheet that a list came from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ListSource)]
pub struct ListSourceView {
    /// `google_sheet`
    #[schema(example = "google_sheet")]
    kind: &'static str,
    url: String,
    /// The number of the tab (`gid`); null: the first.
    #[schema(value_type = Option<i64>)]
    tab: Option<u64>,
    #[schema(value_type = String, format = DateTime)]
    imported_at: Timestamp,
    import_id: Uuid,
}

impl From<ListSource> for ListSourceView {
    fn from(source: ListSource) -> Self {
        let ListSource { url, tab, imported_at, import, .. } = source;
        Self { kind: "google_sheet", url, tab, imported_at, import_id: import }
    }
}

impl CampaignView {
    /// The same with its figures, where they are wanted.
    pub fn with_progress(self, progress: Option<Progress>) -> Self {
        Self { progress, ..self }
    }
}

impl From<Campaign> for CampaignView {
    fn from(campaign: Campaign) -> Self {
        let settings = campaign.settings;
        Self {
            id: campaign.id,
            version: campaign.version,
            name: campaign.name,
            description: campaign.description,
            department_id: campaign.department,
            status: campaign.status,
            status_reason: campaign.status_reason,
            ended_by: campaign.ended_by,
            purpose: settings.purpose,
            message: settings.message,
            after_message: settings.after_message,
            caller_ids: settings.caller_ids,
            ring_timeout_s: settings.ring_timeout_s,
            answering_machine: settings.answering_machine,
            opt_out: settings.opt_out,
            recording: settings.recording,
            retry: settings.retry,
            schedule: settings.schedule,
            calling_hours: settings.calling_hours,
            recipient_hours: settings.recipient_hours,
            limits: settings.limits,
            useless_after: settings.useless_after,
            budget: None,
            created_at: campaign.created_at,
            started_at: campaign.started_at,
            finished_at: campaign.finished_at,
            list_source: campaign.list_source.map(ListSourceView::from),
            first: campaign.first_max,
            test_of: campaign.test_of,
            progress: None,
        }
    }
}
