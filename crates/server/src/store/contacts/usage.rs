//! Where a contact is enrolled, and taking it out of there before it is removed.
//!
//! History stays: recipients who were called, or whose run has ended, only lose the link. Somebody still to be
//! called keeps the contact from being removed while the campaign runs, and leaves a run that has not begun.

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::recipient::RecipientState;
use uuid::Uuid;

use crate::params;
use crate::store::runs::{self, RunState};
use crate::store::{StoreError, Tx, campaigns, recipients};

/// One recipient of a contact.
#[derive(Debug, Clone)]
struct Place {
    recipient: Uuid,
    run: Uuid,
    campaign: Uuid,
    state: RecipientState,
}

/// Takes a contact out of runs that have not begun and unlinks its history. Gives the status of a campaign that
/// still has to call it, and then changes nothing.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut Tx<'_>, contact: Uuid) -> Result<Option<CampaignStatus>, StoreError> {
    const UNLINK: &str = "UPDATE recipients SET contact_id = NULL WHERE contact_id = $1";
    // The lock order: campaigns by id, then recipients.
    let waiting = waiting(tx, contact)?;
    for place in &waiting {
        let campaign = campaigns::lock(tx, place.campaign)?;
        let status = campaign.map(|campaign| campaign.status).filter(|status| status.is_running());
        if status.is_some() {
            return Ok(status);
        }
    }
    for place in &waiting {
        let run = runs::find(tx, place.campaign, place.run)?;
        if let Some(run) = run.filter(|run| run.state == RunState::Prepared) {
            recipients::remove(tx, &run, place.recipient)?;
        }
    }
    tx.execute(UNLINK, params![contact])?;
    Ok(None)
}

/// The recipients of a contact that may still be called, in the lock order.
fn waiting(tx: &mut Tx<'_>, contact: Uuid) -> Result<Vec<Place>, StoreError> {
    const QUERY: &str = "SELECT r.id, r.run_id, u.campaign_id, r.state FROM recipients r JOIN runs u ON u.id = r.run_id
        WHERE r.contact_id = $1 AND u.state IN ('prepared', 'started') ORDER BY u.campaign_id, r.id";
    let places = tx.query(QUERY, params![contact], |row| {
        Ok(Place { recipient: row.get(0)?, run: row.get(1)?, campaign: row.get(2)?, state: row.word(3)? })
    })?;
    Ok(places.into_iter().filter(|place| !place.state.is_final()).collect())
}
