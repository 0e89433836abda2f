//! Ends test calls that could not be placed: whoever asked for one does not wait for it the next morning.
//!
//! It is the reaper of a test call that waits for a line, a limit or the carrier. One that was placed ends like any
//! other call, and its campaign with it.

use std::sync::Arc;

use carillon_domain::campaign::{CampaignStatus, EndedBy};
use carillon_domain::recipient::RecipientState;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Engine;
use super::control::{SYSTEM, complete};
use super::snapshot::RunRows;
use crate::store::{Lane, StoreError, buckets, campaigns, runs};

/// How long a test call may wait to be placed.
const PLACED_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// When a test call is given up; `None` while it is under way, and for campaigns that are none.
pub(super) fn given_up_at(run: &RunRows) -> Option<Timestamp> {
    let is_waiting = run.campaign.test_of.is_some() && run.counts().in_state(RecipientState::Dialing) == 0;
    run.campaign.started_at.filter(|_| is_waiting).map(|at| at + PLACED_WITHIN)
}

/// Gives a test call up, unless it is under way by now.
pub(super) async fn give_up(engine: &Arc<Engine>, id: Uuid) -> Result<(), StoreError> {
    const WORDS: &str = "Stopped: the test call could not be placed within 15 minutes";
    let now = engine.clock.now();
    let ended = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(false) };
            let is_under_way = buckets::total(tx, campaign.run)?.in_state(RecipientState::Dialing) > 0;
            if campaign.status != CampaignStatus::Active || is_under_way {
                return Ok(false);
            }
            campaign.epoch += 1;
            complete(tx, &mut campaign, EndedBy::Stopped, now)?;
            runs::suppress_counters(tx, campaign.run)?;
            campaigns::log(tx, id, now, ("stopped", SYSTEM), WORDS)?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    if ended {
        engine.sweep.nudge();
        engine.tell(id);
    }
    Ok(())
}
