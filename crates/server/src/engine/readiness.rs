//! A look at a campaign before its launch: what a start would say, who could be called, and what the message lacks.
//!
//! Nothing is changed. What is missing is asked of the function that a start asks, hours of the one that the planner
//! asks, so that neither can say something else a moment later. Values are looked at in batches, up to a bound.

use carillon_domain::calling_hours::Opening;
use carillon_domain::campaign::{CampaignAction, CampaignStatus};
use carillon_domain::field_error::FieldError;
use carillon_domain::message::{MessageTemplate, ORGANIZATION_NAME};
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use uuid::Uuid;

use super::snapshot::{Openings, opening_of};
use super::{Engine, control};
use crate::store::buckets::{self, BucketRow};
use crate::store::campaigns::Campaign;
use crate::store::{StoreError, Tx, merge_values, recipients};

/// Recipients of a bucket who wait for a time that are counted one by one; with more, how many may be called is not told.
const COUNTED_MAX: u32 = 100_000;
/// Recipients whose values are looked at; of more, the figures are "at least".
const LOOKED_AT_MAX: u32 = 100_000;
/// Recipients read at once, so that nobody waits for this look.
const ROWS_PER_READ: u32 = 5_000;

/// How ready a campaign is.
#[derive(Debug, Clone)]
pub struct Readiness {
    /// It would start, or go on, if asked now; how many campaigns run at once is asked by the start alone.
    pub is_ready: bool,
    pub errors: Vec<FieldError>,
    /// Those who wait to be called.
    pub recipients: i64,
    /// Those of them who may be called at this moment by hours and due time.
    pub callable_now: Option<i64>,
    /// When the first of them may be called.
    pub earliest_call_at: Option<Timestamp>,
    /// The message's fields, each once.
    pub merge_fields: Vec<MergeField>,
}

/// A field that the message names.
#[derive(Debug, Clone)]
pub struct MergeField {
    pub field: String,
    pub has_default: bool,
    /// Those who wait and have no value for it.
    pub recipients_without: i64,
    /// More people wait than were looked at.
    pub at_least: bool,
}

/// Looks at one campaign.
///
/// # Errors
/// When the database fails.
pub async fn readiness(engine: &Engine, campaign: Campaign) -> Result<Readiness, StoreError> {
    let now = engine.clock.now();
    let (template, run) = (template(&campaign), campaign.run);
    let mut found = engine.store.read(move |tx| read(tx, &campaign, now)).await?;
    if let Some(template) = template {
        found.merge_fields = merge_fields(engine, &template, run, found.recipients).await?;
    }
    Ok(found)
}

/// The message with its fields; a text that is broken is refused when the campaign is edited.
fn template(campaign: &Campaign) -> Option<MessageTemplate> {
    campaign.settings.message.as_ref()?.template()?.ok()
}

fn read(tx: &mut Tx<'_>, campaign: &Campaign, now: Timestamp) -> Result<Readiness, StoreError> {
    let action = match campaign.status {
        CampaignStatus::Draft | CampaignStatus::Scheduled => CampaignAction::Start,
        _ => CampaignAction::Resume,
    };
    let errors = control::missing(tx, campaign, action)?;
    let buckets = match campaign.first_max {
        Some(_) => buckets::of_first(tx, campaign.run)?,
        None => buckets::of_run(tx, campaign.run)?,
    };
    let mut callable_now = Some(0);
    for bucket in &buckets {
        let callable = callable(tx, campaign, bucket, now)?;
        callable_now = callable_now.zip(callable).map(|(sum, more)| sum + more);
    }
    Ok(Readiness {
        is_ready: campaign.status.apply(action).is_ok() && errors.is_empty(),
        errors,
        recipients: buckets.iter().map(|bucket| bucket.waiting).sum(),
        callable_now,
        earliest_call_at: buckets.iter().filter_map(|bucket| earliest(campaign, bucket, now)).min(),
        merge_fields: Vec::new(),
    })
}

/// Who of a bucket may be called at this moment; `None` when too many have a time of their own to count them.
fn callable(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    bucket: &BucketRow,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let is_due = bucket.waiting > 0 && bucket.earliest_due.is_some_and(|due| due <= now);
    if !is_due || !Openings::default().of(campaign, bucket, now).is_open() {
        return Ok(Some(0));
    }
    let later = recipients::due(tx, (campaign.run, bucket.bucket), (now, Timestamp::MAX), COUNTED_MAX)?;
    Ok((later < i64::from(COUNTED_MAX)).then(|| bucket.waiting - later))
}

/// When the first of a bucket may be called: all of it have the same zones, so one look is exact.
fn earliest(campaign: &Campaign, bucket: &BucketRow, now: Timestamp) -> Option<Timestamp> {
    let due = bucket.earliest_due.filter(|_| bucket.waiting > 0)?.max(now);
    match opening_of(&campaign.settings, &Openings::default().zones(&bucket.zones), due) {
        Opening::Open { .. } => Some(due),
        Opening::Closed { opens_at } => opens_at,
    }
}

/// Each field of a message, and how many of the `waiting` people have no value for it.
async fn merge_fields(
    engine: &Engine,
    template: &MessageTemplate,
    run: Uuid,
    waiting: i64,
) -> Result<Vec<MergeField>, StoreError> {
    let at_least = waiting > i64::from(LOOKED_AT_MAX);
    let of_field = |field: &str| MergeField {
        field: field.to_owned(),
        has_default: template.has_default(field),
        recipients_without: 0,
        // Every organization has a name.
        at_least: at_least && field != ORGANIZATION_NAME,
    };
    let mut found: Vec<MergeField> = template.fields().into_iter().map(of_field).collect();
    if waiting > 0 && found.iter().any(|field| field.field != ORGANIZATION_NAME) {
        count_gaps(engine, run, &mut found).await?;
    }
    Ok(found)
}

async fn count_gaps(engine: &Engine, run: Uuid, fields: &mut [MergeField]) -> Result<(), StoreError> {
    let mut left = LOOKED_AT_MAX;
    for state in [RecipientState::Pending, RecipientState::Retrying] {
        let mut after = Uuid::nil();
        while left > 0 {
            let limit = left.min(ROWS_PER_READ);
            let rows = engine.store.read(move |tx| merge_values::in_state(tx, (run, state), after, limit)).await?;
            for field in fields.iter_mut().filter(|field| field.field != ORGANIZATION_NAME) {
                let lacking = rows.iter().filter(|(_, values)| values.get(&field.field).is_none()).count();
                field.recipients_without += i64::try_from(lacking).unwrap_or(i64::MAX);
            }
            let read = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            left = left.saturating_sub(read);
            match rows.last() {
                Some((last, _)) if read == limit => after = *last,
                _ => break,
            }
        }
    }
    Ok(())
}
