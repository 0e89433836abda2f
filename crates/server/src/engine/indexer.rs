//! Puts contacts into the index of the search, some time after they were written.
//!
//! It decides nothing: what is pending is found by the search without the index, too. A node that dies in between leaves
//! it pending, for any node's next tick: the reaper of `search_pending`. How documents are written is
//! `store::contacts::search::indexing`.

use std::sync::Arc;

use jiff::SignedDuration;

use super::Engine;
use crate::clock::Busy;
use crate::failpoint;
use crate::store::contacts::search::indexing;
use crate::store::{Lane, StoreError};
use crate::vitals::Tick;

/// Contacts of one transaction, so that dialing never waits for more.
const CONTACTS_PER_UNIT: u32 = 200;
/// Contacts younger than this wait: documents are numbered in the order of ids, and who drew an earlier id may write
/// it later.
const GRACE: SignedDuration = SignedDuration::from_secs(60);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// Indexes until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    loop {
        let now = engine.clock.now();
        let wake = match tick(&engine).await {
            Ok(()) => now + engine.bounds.poll,
            Err(error) => {
                tracing::warn!(%error, "contacts could not be indexed");
                now + RETRY_AFTER
            }
        };
        engine.vitals.ticked("indexer", Tick { at: now, next: wake });
        engine.index.wait_until(wake).await;
    }
}

async fn tick(engine: &Engine) -> Result<(), StoreError> {
    let before = engine.clock.now() - GRACE;
    let mut is_changed = false;
    while engine.store.write(Lane::Background, move |tx| indexing::step(tx, before, CONTACTS_PER_UNIT)).await? > 0 {
        failpoint::hit("index.after_unit");
        is_changed = true;
    }
    if is_changed {
        engine.store.write(Lane::Background, indexing::settle).await?;
    }
    Ok(())
}
