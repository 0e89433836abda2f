//! What a campaign may be set to by whom, as far as rows decide it: department, caller ids, recipient hours.
//!
//! The bounds of each member are the domain's (`CampaignSettings::validate`); here they are collected with the
//! rest, so that a person sees every mistake at once.

use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::field_error::FieldError;
use carillon_domain::message::Message;
use carillon_domain::roles::{self, Action};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::given;
use crate::api::query::parse_id;
use crate::api::{ApiError, App, Who, belongs};
use crate::store::organizations::{self, Organization};
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx, accounts, audio};

const DESCRIPTION_CHARS_MAX: usize = 2_000;

/// Somebody who creates or edits a campaign, with what decides what they may.
pub struct Editor<'a> {
    pub who: &'a Who,
    pub scope: Scope,
    pub organization: Organization,
    min_retry_delay_s: u32,
}

/// The shortest retry delay of this installation.
pub fn min_retry_delay_s(app: &App) -> u32 {
    u32::try_from(app.config.bounds.min_retry_delay.as_secs()).unwrap_or(u32::MAX)
}

/// A description within its bounds.
pub fn description(errors: &mut Vec<FieldError>, text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > DESCRIPTION_CHARS_MAX {
        errors.push(FieldError::new("description", format!("must have at most {DESCRIPTION_CHARS_MAX} characters")));
    }
    text.to_owned()
}

impl<'a> Editor<'a> {
    /// Loads what decides.
    pub fn load(tx: &mut Tx<'_>, who: &'a Who, scope: Scope, min_retry_delay_s: u32) -> Result<Self, StoreError> {
        let missing = || StoreError::Corrupt("a person without organization".to_owned());
        let organization = organizations::find(tx, who.organization())?.ok_or_else(missing)?;
        Ok(Self { who, scope, organization, min_retry_delay_s })
    }

    /// The settings of a campaign of which nothing was said.
    pub fn defaults(&self) -> CampaignSettings {
        given::defaults(&self.organization.settings)
    }

    /// The department named, or the only one it can be.
    pub fn department(&self, tx: &mut Tx<'_>, named: Option<Uuid>) -> Result<Uuid, ApiError> {
        belongs::department(tx, self.who, self.scope, named)
    }

    /// Everything that is wrong with settings that were these `before`; `None`: a new campaign.
    pub fn faults(
        &self,
        tx: &mut Tx<'_>,
        before: Option<&CampaignSettings>,
        after: &CampaignSettings,
    ) -> Result<Vec<FieldError>, StoreError> {
        let mut faults = after.validate(self.min_retry_delay_s);
        faults.extend(after.not_available_yet());
        faults.extend(self.missing_recording(tx, after)?);
        // Numbers chosen before may have left the account since: that is the carrier's to refuse.
        if before.is_none_or(|before| before.caller_ids != after.caller_ids) {
            faults.extend(self.foreign_caller_ids(tx, after)?);
        }
        if self.relaxes_hours(before, after) && !roles::may(self.who.user.role, Action::RelaxRecipientHours) {
            let rule = &self.organization.settings.recipient_hours;
            let message = format!("only an administrator may switch them off or set them wider than {rule}");
            faults.push(FieldError::new("recipient_hours", message));
        }
        Ok(faults)
    }

    /// A recording that the library does not have, as far as this person sees it.
    fn missing_recording(&self, tx: &mut Tx<'_>, after: &CampaignSettings) -> Result<Option<FieldError>, StoreError> {
        let Some(Message::Audio { audio_id }) = &after.message else { return Ok(None) };
        let found = parse_id(audio_id).map(|id| audio::find(tx, self.scope, id)).transpose()?.flatten();
        Ok(found.is_none().then(|| FieldError::new("message.audio_id", "is no recording of yours")))
    }

    fn foreign_caller_ids(&self, tx: &mut Tx<'_>, after: &CampaignSettings) -> Result<Vec<FieldError>, StoreError> {
        if after.caller_ids.is_empty() {
            return Ok(Vec::new());
        }
        let account = accounts::of_organization(tx, self.organization.id)?;
        let own = account.map(|account| account.caller_ids).unwrap_or_default();
        let chosen = after.caller_ids.iter().enumerate();
        let foreign = chosen.filter(|(_, number)| !own.iter().any(|own| own == number.as_str()));
        let fault = |(i, _)| FieldError::new(format!("caller_ids[{i}]"), "is not one of the carrier's numbers");
        Ok(foreign.map(fault).collect())
    }

    /// Do the new hours let people be called when the organization's would not?
    fn relaxes_hours(&self, before: Option<&CampaignSettings>, after: &CampaignSettings) -> bool {
        let is_new = before.is_none_or(|before| before.recipient_hours != after.recipient_hours);
        is_new && after.recipient_hours.relax(&self.organization.settings.recipient_hours)
    }

    /// Keeps it apart from other edits that somebody let people be called at wider hours.
    pub fn audit_hours(
        &self,
        tx: &mut Tx<'_>,
        campaign: Uuid,
        (before, after): (Option<&CampaignSettings>, &CampaignSettings),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if !self.relaxes_hours(before, after) {
            return Ok(());
        }
        let hours =
            before.map_or_else(|| self.organization.settings.recipient_hours.clone(), |b| b.recipient_hours.clone());
        let values = (json!(hours), json!(after.recipient_hours));
        super::audit(tx, self.who, ("campaign.recipient_hours_relaxed", campaign), values, now)
    }
}
