//! Contacts merged into one: their places in campaigns, and the history that hangs on the survivor.
//!
//! What the survivor says afterwards, and who of a run needs no call any more, is decided in
//! `carillon_domain::contact::merge`. Lock order: the caller has the organization's limiter; here come campaigns by id,
//! then contacts by id, then recipients.

use std::collections::{BTreeMap, BTreeSet};

use carillon_domain::contact::merge::{SamePerson, superfluous};
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Entry, delete, last_calls, lock, save};
use crate::params;
use crate::store::buckets::{self, Deltas};
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx, campaigns};

/// A recipient of one of the contacts in a run that has not ended.
#[derive(Debug, Clone)]
struct Place {
    recipient: Uuid,
    contact: Uuid,
    run: Uuid,
    campaign: Uuid,
    bucket: i64,
    state: RecipientState,
    was_called: bool,
}

/// Contacts that are locked together with the campaigns that may call them.
pub struct Locked {
    /// In the order asked for; those that are not there (any more) are missing.
    pub entries: Vec<Entry>,
    places: Vec<Place>,
}

/// Locks contacts and the campaigns that may call them.
///
/// # Errors
/// When the database fails.
pub fn lock_all(tx: &mut Tx<'_>, scope: Scope, ids: &[Uuid]) -> Result<Locked, StoreError> {
    let held: BTreeSet<Uuid> = places(tx, ids)?.into_iter().map(|place| place.campaign).collect();
    for campaign in &held {
        campaigns::lock(tx, *campaign)?;
    }
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    let mut found = BTreeMap::new();
    for id in sorted {
        found.extend(lock(tx, scope, id)?.map(|entry| (id, entry)));
    }
    let places = places(tx, ids)?;
    if places.iter().any(|place| !held.contains(&place.campaign)) {
        return Err(StoreError::Conflict("a contact was enrolled while it was merged".to_owned()));
    }
    let entries = ids.iter().filter_map(|id| found.remove(id)).collect();
    Ok(Locked { entries, places })
}

fn places(tx: &mut Tx<'_>, contacts: &[Uuid]) -> Result<Vec<Place>, StoreError> {
    const QUERY: &str = "SELECT r.id, r.contact_id, r.run_id, u.campaign_id, r.bucket, r.state, r.attempts
        FROM recipients r JOIN runs u ON u.id = r.run_id
        WHERE r.contact_id = $1 AND u.state IN ('prepared', 'started') ORDER BY r.id";
    let mut found = Vec::new();
    for contact in contacts {
        found.extend(tx.query(QUERY, params![*contact], |row| {
            Ok(Place {
                recipient: row.get(0)?,
                contact: row.get(1)?,
                run: row.get(2)?,
                campaign: row.get(3)?,
                bucket: row.get(4)?,
                state: row.word(5)?,
                was_called: row.get::<i64>(6)? > 0,
            })
        })?);
    }
    Ok(found)
}

impl Locked {
    /// Whether somebody of them is being called right now.
    #[must_use]
    pub fn is_being_called(&self) -> bool {
        self.places.iter().any(|place| place.state == RecipientState::Dialing)
    }

    /// Suppresses who need no call since another recipient of the run is the same person. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn suppress_duplicates(&self, tx: &mut Tx<'_>, into: Uuid, now: Timestamp) -> Result<u64, StoreError> {
        const SUPPRESS: &str = "UPDATE recipients SET state = 'suppressed', reason = 'duplicate', suppressed_at = $2,
                due_at = 0, due_reason = NULL
            WHERE id = $1 AND state = 'pending'";
        let mut by_run: BTreeMap<Uuid, Vec<&Place>> = BTreeMap::new();
        self.places.iter().for_each(|place| by_run.entry(place.run).or_default().push(place));
        let mut deltas = Deltas::new();
        let mut suppressed = 0;
        for places in by_run.values() {
            let person = |place: &&Place| SamePerson {
                is_survivor: place.contact == into,
                state: place.state,
                was_called: place.was_called,
            };
            let persons: Vec<SamePerson> = places.iter().map(person).collect();
            for place in superfluous(&persons).into_iter().map(|at| places[at]) {
                if tx.execute(SUPPRESS, params![place.recipient, now])? == 1 {
                    let delta: &mut Counts = deltas.entry((place.run, place.bucket)).or_default();
                    delta.moved(RecipientState::Pending, RecipientState::Suppressed);
                    suppressed += 1;
                }
            }
        }
        buckets::apply(tx, &deltas)?;
        Ok(suppressed)
    }
}

/// Lets some of a contact's recipients of runs that have ended hang on the survivor, at most `limit`. Returns how many.
/// In open runs it must still be told who was the survivor's, so these come last, with [`finish`].
///
/// # Errors
/// When the database fails.
pub fn move_history(tx: &mut Tx<'_>, (from, into): (Uuid, Uuid), limit: u32) -> Result<u64, StoreError> {
    const MOVE: &str = "UPDATE recipients SET contact_id = $2
        WHERE id IN (SELECT r.id FROM recipients r JOIN runs u ON u.id = r.run_id
            WHERE r.contact_id = $1 AND u.state IN ('finished', 'stopped') LIMIT $3)";
    tx.execute(MOVE, params![from, into, limit])
}

/// Lets what is left of the merged contacts' recipients hang on the survivor, removes the contacts and writes the
/// survivor. False: another one of the department has the number.
///
/// # Errors
/// When the database fails.
pub fn finish(tx: &mut Tx<'_>, into: &mut Entry, from: &[Uuid], now: Timestamp) -> Result<bool, StoreError> {
    const MOVE_REST: &str = "UPDATE recipients SET contact_id = $2 WHERE contact_id = $1";
    for id in from {
        tx.execute(MOVE_REST, params![*id, into.id])?;
        last_calls::take_over(tx, *id, into.id)?;
        delete(tx, *id)?;
    }
    save(tx, into, now)
}
