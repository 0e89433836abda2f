//! Why is it not dialing? The planner's own blockers, for one campaign, at this moment.
//!
//! It plans as the dialer does and throws the plan away: nothing is claimed, and no reason is made up here that the
//! planner did not give. Only of a campaign that is not active the status itself is the answer. The rules are
//! `carillon_domain::planner`'s; what they look at is `engine::snapshot`.

use carillon_domain::blockers::{Blocker, BlockerKind};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::planner::{self, Turns};
use carillon_domain::recipient::RecipientState;

use super::snapshot::{self, Openings};
use super::{Engine, first};
use crate::store::campaigns::{self, Campaign};
use crate::store::{StoreError, buckets};

/// The answer of the explain panel.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Calls are being started now.
    pub dialing: bool,
    pub blockers: Vec<Blocker>,
}

/// Explains one campaign.
///
/// # Errors
/// When the database fails.
pub async fn explain(engine: &Engine, campaign: &Campaign) -> Result<Explanation, StoreError> {
    if campaign.status != CampaignStatus::Active {
        return not_active(engine, campaign).await;
    }
    let (organization, id) = (campaign.organization, campaign.id);
    let office = engine
        .store
        .read(move |tx| {
            let mut active = campaigns::active(tx)?;
            active.retain(|known| known.organization == organization);
            snapshot::read_office(tx, organization, active)
        })
        .await?;
    let now = engine.clock.now();
    let view = snapshot::view(&office, &mut Openings::default(), (engine.bounds.senders_max, Turns::default()), now);
    let plan = planner::plan(&view, now);
    let run = office.runs.iter().find(|run| run.campaign.id == id).map(|run| run.campaign.run);
    let dialing = plan.claims.iter().any(|claim| Some(claim.run) == run);
    let blockers = plan.blockers.into_iter().find(|(known, _)| Some(*known) == run);
    let mut blockers = blockers.map(|(_, blockers)| blockers).unwrap_or_default();
    let rows = office.runs.iter().find(|run| run.campaign.id == id);
    blockers.extend(rows.and_then(first::blocker));
    Ok(Explanation { dialing, blockers })
}

async fn not_active(engine: &Engine, campaign: &Campaign) -> Result<Explanation, StoreError> {
    let run = campaign.run;
    let counts = engine.store.read(move |tx| buckets::total(tx, run)).await?;
    let waiting = counts.in_state(RecipientState::Pending) + counts.in_state(RecipientState::Retrying);
    let words = match (campaign.status, &campaign.status_reason) {
        (_, Some(reason)) => reason.clone(),
        (CampaignStatus::Draft, None) => "The campaign is a draft; start it to begin dialing".to_owned(),
        (CampaignStatus::Scheduled, None) => "The campaign waits for its start".to_owned(),
        (CampaignStatus::Paused, None) => "The campaign is paused; resume it to go on".to_owned(),
        _ => "The campaign is over".to_owned(),
    };
    let blocker = Blocker::with_message(BlockerKind::Status, waiting, None, words);
    Ok(Explanation { dialing: false, blockers: vec![blocker] })
}
