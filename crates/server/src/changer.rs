//! The changer: works on changes of many contacts, unit after unit, in the background.
//!
//! A change is a row with counters and a place; each unit changes some contacts and the row in one transaction
//! ([`crate::store::contact_actions::units`]). Whoever dies in between is followed by the next holder of the lease, who goes
//! on where the row stands. Contacts are looked for on a snapshot, so that no search holds up a write.

use std::sync::Arc;

use carillon_domain::contact_filter::ContactFilter;
use jiff::{SignedDuration, Timestamp};
use tokio::task::{AbortHandle, JoinSet};
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::{Busy, Clock, Nudge};
use crate::store::contact_actions::units::{self, Unit};
use crate::store::contact_actions::{self, ActionState, ContactAction, Lease, Whom};
use crate::store::contacts::filter::{self, Place};
use crate::store::scope::Scope;
use crate::store::{Lane, Store, StoreError};
use crate::vitals::{Tick, Vitals};

/// Changes that one node works on at once; the others wait.
const CHANGES_AT_ONCE_MAX: usize = 2;
/// Contacts of one unit, so that dialing never waits for more.
pub const CONTACTS_PER_UNIT: usize = 100;
/// How long a node may work without a sign of life before another one goes on.
const LEASE: SignedDuration = SignedDuration::from_secs(15);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// Contacts that a count ahead of a change counts; of more it says that there are at least so many.
pub const COUNTED_MAX: u32 = 10_000;
/// Contacts of one page of a count.
const COUNTED_AT_ONCE: u32 = 1_000;

/// Works on changes of many contacts.
pub struct Changer {
    store: Store,
    clock: Arc<dyn Clock>,
    /// This node, in this life of it.
    owner: String,
    /// How soon work that other nodes left is seen at the latest.
    poll: SignedDuration,
    wake: Nudge,
}

/// The changer's loop; it ends when this is dropped.
pub struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Changer {
    /// A changer that does nothing yet; see [`Self::run`].
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, chance: &Chance, poll: SignedDuration) -> Arc<Self> {
        let owner = chance.id(clock.now()).to_string();
        let wake = Nudge::new(Arc::clone(&clock));
        Arc::new(Self { store, clock, owner, poll, wake })
    }

    /// There is work: look now.
    pub fn nudge(&self) {
        self.wake.nudge();
    }

    /// A lease from now on.
    #[must_use]
    pub fn lease(&self) -> Lease {
        Lease { owner: self.owner.clone(), until: self.clock.now() + LEASE }
    }

    /// Starts the loop, which tells `vitals` of each look.
    #[must_use]
    pub fn run(self: &Arc<Self>, vitals: Arc<Vitals>) -> Running {
        let (changer, busy) = (Arc::clone(self), self.clock.busy());
        let forever = async move {
            let (_busy, mut tasks) = (busy, JoinSet::new());
            loop {
                let now = changer.clock.now();
                let wake = changer.tick(now, &mut tasks).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "changes of contacts could not be looked for");
                    now + RETRY_AFTER
                });
                vitals.ticked("changer", Tick { at: now, next: wake });
                changer.wake.wait_until(wake).await;
            }
        };
        Running(tokio::spawn(forever).abort_handle())
    }

    /// Begins work on changes that nobody works on, as long as there is room. Says when to look again.
    async fn tick(self: &Arc<Self>, now: Timestamp, tasks: &mut JoinSet<()>) -> Result<Timestamp, StoreError> {
        while tasks.try_join_next().is_some() {}
        while tasks.len() < CHANGES_AT_ONCE_MAX {
            let Some(action) = self.claim().await? else { break };
            tasks.spawn(Arc::clone(self).work_in_background(action, self.clock.busy()));
        }
        // Whose lease lapses then may have died.
        let lapse: Option<Timestamp> = self.store.read(contact_actions::next_lapse).await?;
        let latest = now + self.poll;
        Ok(lapse.map_or(latest, |lapse| latest.min(lapse.max(now + LEASE))))
    }

    /// Leases the next change that nobody works on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self) -> Result<Option<ContactAction>, StoreError> {
        let (lease, now) = (self.lease(), self.clock.now());
        self.store.write(Lane::Pages, move |tx| contact_actions::claim(tx, &lease, now)).await
    }

    async fn work_in_background(self: Arc<Self>, action: ContactAction, _busy: Busy) {
        let id = action.id;
        if let Err(error) = self.work(action, usize::MAX).await {
            tracing::error!(change = %id, %error, "a change of contacts stopped");
            self.give_up(id, &error).await;
        }
        self.nudge();
    }

    /// What will not get better by trying again ends the change; the rest waits for the lease to lapse.
    async fn give_up(&self, id: Uuid, error: &StoreError) {
        if matches!(error, StoreError::Unavailable(_) | StoreError::Conflict(_)) {
            return;
        }
        let (note, now) = ("something went wrong on the server; its log says more", self.clock.now());
        let ended = self.store.write(Lane::Pages, move |tx| contact_actions::fail(tx, id, note, now)).await;
        if let Err::<(), StoreError>(error) = ended {
            tracing::error!(change = %id, %error, "a change of contacts could not be ended");
        }
    }

    /// Works on a leased change, at most so many units, and gives it as it stands then. It stands still where somebody
    /// else has gone on with it.
    ///
    /// # Errors
    /// When the database fails. The change stays as the last unit left it.
    pub async fn work(&self, mut action: ContactAction, units_max: usize) -> Result<ContactAction, StoreError> {
        for _ in 0..units_max {
            let unit = self.next_unit(&action).await?;
            let from = action.clone();
            let written = self.store.write(Lane::Background, move |tx| units::write(tx, &from, &unit)).await?;
            let Some(now) = written else { return Ok(action) };
            let is_last = now.state == ActionState::Done;
            action = now;
            if is_last {
                return Ok(action);
            }
        }
        let (id, owner) = (action.id, self.owner.clone());
        self.store.write(Lane::Pages, move |tx| contact_actions::release(tx, id, &owner)).await?;
        Ok(action)
    }

    async fn next_unit(&self, action: &ContactAction) -> Result<Unit, StoreError> {
        let unit = |contacts: Vec<Uuid>, place, is_last| Unit {
            contacts,
            place,
            is_last,
            lease: self.lease(),
            now: self.clock.now(),
        };
        match &action.wish.whom {
            Whom::Ids(ids) => {
                let begin = usize::try_from(action.done).unwrap_or(usize::MAX).min(ids.len());
                let end = (begin + CONTACTS_PER_UNIT).min(ids.len());
                Ok(unit(ids[begin..end].to_vec(), None, end == ids.len()))
            }
            Whom::Filter(filter) => {
                let limit = u32::try_from(CONTACTS_PER_UNIT).expect("a unit is small");
                let (found, place) = self.found(action.scope(), filter.clone(), action.place, limit).await?;
                Ok(unit(found, place, place.is_none()))
            }
        }
    }

    async fn found(
        &self,
        scope: Scope,
        filter: ContactFilter,
        after: Option<Place>,
        limit: u32,
    ) -> Result<(Vec<Uuid>, Option<Place>), StoreError> {
        let found = self.store.read(move |tx| filter::page(tx, scope, &filter, after, limit)).await?;
        Ok((found.entries.iter().map(|(place, _)| place.contact).collect(), found.go_on(limit)))
    }

    /// How many contacts a filter finds, and whether there are more than were counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self, scope: Scope, filter: &ContactFilter) -> Result<(u32, bool), StoreError> {
        let (mut count, mut after) = (0, None);
        while count < COUNTED_MAX {
            let (found, next) = self.found(scope, filter.clone(), after, COUNTED_AT_ONCE).await?;
            count += u32::try_from(found.len()).expect("a page is small");
            after = next;
            if after.is_none() {
                return Ok((count, false));
            }
        }
        Ok((count, true))
    }
}
