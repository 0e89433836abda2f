//! Editing a campaign: name and description always, limits while it runs, all else before its first call.
//!
//! An edit names the version it saw; a stale one is answered with the newer campaign. What an edit reaches is
//! judged by what it changes, so that a page may send back what it has read.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::campaign::{CampaignStatus, EditDepth};
use carillon_domain::roles::Action;
use serde_json::json;

use super::given::Given;
use super::rules::{self, Editor};
use super::{CampaignEdit, CampaignView, UNKNOWN, actions, audit};
use crate::api::{ApiError, App, Id, Json, Who, checks};
use crate::engine::scheduling;
use crate::store::campaigns::{self, Campaign};
use crate::store::{Lane, Tx};

/// Changes a campaign, as far as its status allows.
#[utoipa::path(patch, path = "/api/v1/campaigns/{id}", tag = "campaigns", params(("id" = String, Path)),
    request_body = CampaignEdit, responses((status = 200, body = CampaignView)))]
pub async fn edit(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Json(edit): Json<CampaignEdit>,
) -> Result<Json<CampaignView>, ApiError> {
    let (scope, now) = (who.may(Action::EditCampaigns)?, app.clock.now());
    let (version, given) = edit.into_parts();
    let min_retry_delay_s = rules::min_retry_delay_s(&app);
    let view = app.store.write(Lane::Pages, move |tx| {
        let campaign = campaigns::lock_in(tx, &scope, id)?.ok_or(UNKNOWN)?;
        let before = CampaignView::from(campaign.clone());
        if campaign.version != version {
            return Err(ApiError::stale(&before));
        }
        let editor = Editor::load(tx, &who, scope, min_retry_delay_s)?;
        let Some(mut after) = edited(tx, &editor, &campaign, &given)? else { return Ok(before) };
        editor.audit_hours(tx, id, (Some(&campaign.settings), &after.settings), now)?;
        ApiError::unless_valid(scheduling::edited(tx, &after, &campaign.settings.schedule, now)?)?;
        campaigns::save(tx, &mut after, now)?;
        campaigns::log(tx, id, now, ("edited", &who.actor()), "Edited")?;
        let view = CampaignView::from(after);
        audit(tx, &who, ("campaign.edited", id), (json!(before), json!(view)), now)?;
        Ok(view)
    });
    let view = view.await?;
    app.nudge();
    app.engine.look_at_schedules();
    app.engine.tell(id);
    Ok(Json(view))
}

/// The campaign as the edit makes it; `None` when nothing changes.
fn edited(
    tx: &mut Tx<'_>,
    editor: &Editor<'_>,
    campaign: &Campaign,
    given: &Given,
) -> Result<Option<Campaign>, ApiError> {
    let (settings, mut errors) = given.over(&campaign.settings, &editor.organization.settings);
    let mut after = Campaign { settings, ..campaign.clone() };
    if let Some(name) = &given.name {
        after.name = checks::line(&mut errors, "name", name, checks::NAME_CHARS_MAX);
    }
    if let Some(description) = &given.description {
        after.description = rules::description(&mut errors, description);
    }
    if given.department_id.is_some() {
        after.department = editor.department(tx, given.department_id)?;
    }
    let depth = depth(campaign, &after);
    if !campaign.status.allows_edit(depth) {
        return Err(not_editable(campaign.status, depth));
    }
    if depth != EditDepth::Words {
        errors.extend(editor.faults(tx, Some(&campaign.settings), &after.settings)?);
    }
    ApiError::unless_valid(errors)?;
    let says_the_same = after.name == campaign.name && after.description == campaign.description;
    Ok((depth != EditDepth::Words || !says_the_same).then_some(after))
}

fn depth(before: &Campaign, after: &Campaign) -> EditDepth {
    let is_moved = after.department != before.department;
    if is_moved { EditDepth::Settings } else { before.settings.edit_depth(&after.settings) }
}

fn not_editable(status: CampaignStatus, depth: EditDepth) -> ApiError {
    let allowed = if status.is_running() { "name, description and limits" } else { "name and description" };
    let wanted = if depth == EditDepth::Limits { "limits" } else { "settings" };
    ApiError::StateConflict {
        state: status.as_str(),
        actions: actions::possible(status),
        detail: format!("the {wanted} of a campaign that is {status} cannot be edited, only its {allowed}"),
    }
}
