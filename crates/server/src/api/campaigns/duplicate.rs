//! A copy of a campaign as a new draft: its settings and, unless it is asked otherwise, its recipients.
//!
//! People are enrolled anew, with what the contact book says of them now; whoever is no longer in it as they were
//! before. Somebody who was removed by hand stays out.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::{self, Action};
use carillon_domain::suppression::SuppressionReason;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::enroll::{Enroller, PEOPLE_PER_UNIT, lock_editable, organization_name};
use super::rules::{Editor, min_retry_delay_s};
use super::{CampaignView, UNKNOWN, draft, insert};
use crate::api::{ApiError, App, Created, Id, Json, Who, checks};
use crate::store::campaigns::{self, Campaign, ListSource};
use crate::store::contacts::{self, Entry};
use crate::store::recipients::{self, Enrollment, Recipient, RecipientFilter};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx};

/// What to take along.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Duplication {
    /// The recipients of the newest run, too.
    #[schema(default = true)]
    contacts: Option<bool>,
}

/// A new draft with the settings of a campaign and, by default, its recipients.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/duplicate", tag = "campaigns", params(("id" = String, Path)),
    request_body = Option<Duplication>, responses((status = 201, body = CampaignView)))]
pub async fn duplicate(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    wish: Option<Json<Duplication>>,
) -> Result<Created<CampaignView>, ApiError> {
    let (scope, now) = (who.may(Action::EditCampaigns)?, app.clock.now());
    let (ids, shortest) = ((app.chance.id(now), app.chance.id(now)), min_retry_delay_s(&app));
    let takes_people = wish.is_none_or(|Json(wish)| wish.contacts.unwrap_or(true));
    let copied = app.store.write(Lane::Pages, move |tx| {
        let original = campaigns::find(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let editor = Editor::load(tx, &who, scope, shortest)?;
        let mut copy = copy_of(&original, &editor, draft(&who, ids, now));
        if takes_people {
            copy.list_source = original.list_source.clone().map(ListSource::of_copy);
        }
        insert(tx, &who, &copy, now)?;
        let message = format!("Duplicated from {}", original.name);
        campaigns::log(tx, copy.id, now, ("duplicated", &who.actor()), &message)?;
        Ok::<_, ApiError>((original.run, copy))
    });
    let (run, copy) = copied.await?;
    if takes_people {
        let enroller = Enroller { app: Arc::clone(&app), scope, campaign: copy.id };
        // Goes on when whoever asked has gone: half a list is nobody's wish.
        let copying = tokio::spawn(async move { copy_recipients(&enroller, run).await });
        copying.await.map_err(|error| ApiError::Internal { cause: error.to_string() })??;
    }
    Ok(Created(copy.into()))
}

fn copy_of(original: &Campaign, editor: &Editor<'_>, draft: Campaign) -> Campaign {
    let name: String = format!("Copy of {}", original.name).chars().take(checks::NAME_CHARS_MAX).collect();
    let mut settings = original.settings.clone();
    let rule = editor.defaults().recipient_hours;
    // What an administrator allowed once is not allowed for ever.
    if settings.recipient_hours.relax(&rule) && !roles::may(editor.who.user.role, Action::RelaxRecipientHours) {
        settings.recipient_hours = rule;
    }
    let description = original.description.clone();
    Campaign { name: name.trim_end().to_owned(), description, department: original.department, settings, ..draft }
}

/// Enrolls the recipients of a run in the new draft.
async fn copy_recipients(enroller: &Enroller, run: Uuid) -> Result<(), ApiError> {
    let mut after = None;
    loop {
        let (scope, campaign, ids) = (enroller.scope, enroller.campaign, enroller.ids());
        let unit = enroller.app.store.write(Lane::Pages, move |tx| {
            let campaign = lock_editable(tx, &scope, campaign)?;
            let limit = u32::try_from(PEOPLE_PER_UNIT).expect("a unit is small");
            let page = recipients::list(tx, run, &RecipientFilter { after, limit, ..RecipientFilter::default() })?;
            let people = enrollments(tx, (scope, &campaign), &page, &ids)?;
            recipients::enroll(tx, campaign.organization, campaign.run, &people)?;
            Ok::<_, ApiError>(page.last().map(|recipient| recipient.id))
        });
        after = unit.await?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// The people of a page as they are enrolled now.
fn enrollments(
    tx: &mut Tx<'_>,
    (scope, campaign): (Scope, &Campaign),
    page: &[Recipient],
    ids: &[Uuid],
) -> Result<Vec<Enrollment>, StoreError> {
    let name = organization_name(tx, campaign.organization)?;
    let wanted: Vec<Uuid> = page.iter().filter_map(|recipient| recipient.contact).collect();
    let found = contacts::find_many(tx, scope, &wanted)?;
    let known: HashMap<Uuid, Entry> = found.into_iter().map(|entry| (entry.id, entry)).collect();
    let staying =
        page.iter().filter(|recipient| recipient.reason.as_deref() != Some(SuppressionReason::Removed.as_str()));
    let enrollment = |(recipient, id): (&Recipient, &Uuid)| {
        let entry = recipient.contact.and_then(|contact| known.get(&contact));
        let entry = entry.filter(|entry| entry.department == campaign.department);
        entry.map_or_else(|| as_before(recipient, *id), |entry| entry.enrollment(*id, &name))
    };
    Ok(staying.zip(ids).map(enrollment).collect())
}

fn as_before(recipient: &Recipient, id: Uuid) -> Enrollment {
    Enrollment {
        id,
        contact: recipient.contact,
        phone: recipient.phone.clone(),
        name: recipient.name.clone(),
        fields: recipient.fields.clone(),
        zones: recipient.zones.clone(),
        clues: recipient.clues.clone(),
        import: None,
        suppressed: None,
    }
}
