//! The expirer: at the instant from which a message is of no use, whoever still waits is not called any more.
//!
//! Nobody is called after the instant whether or not this has come by: the claim and the moment of dialing look at it
//! themselves, and a retry that would come later is not waited for. Here the rows and counters follow, in units. A node
//! that dies in between leaves people who wait, and any node's next tick finds them: it is its own reaper.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Engine;
use crate::clock::Busy;
use crate::store::{Lane, StoreError, expiries};
use crate::vitals::Tick;

/// People of one transaction, so that dialing never waits for more.
const PEOPLE_PER_UNIT: u32 = 500;
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// Expires until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    loop {
        let now = engine.clock.now();
        let wake = tick(&engine, now).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "messages that are of no use any more could not be looked for");
            now + RETRY_AFTER
        });
        engine.vitals.ticked("expirer", Tick { at: now, next: wake });
        engine.expire.wait_until(wake).await;
    }
}

/// Expires whoever is due to, and says when to look again.
async fn tick(engine: &Engine, now: Timestamp) -> Result<Timestamp, StoreError> {
    while let Some(campaign) = engine.store.read(move |tx| expiries::next(tx, now)).await? {
        while engine.store.write(Lane::Pages, move |tx| expiries::unit(tx, campaign, now, PEOPLE_PER_UNIT)).await? {}
        engine.dial.nudge();
        engine.tell(campaign);
    }
    let next: Option<Timestamp> = engine.store.read(move |tx| expiries::next_instant(tx, now)).await?;
    let latest = now + engine.bounds.poll;
    Ok(next.map_or(latest, |next| next.min(latest)))
}
