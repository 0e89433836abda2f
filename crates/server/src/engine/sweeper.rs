//! Marks the recipients of stopped runs one by one, in the background; the counters said so at once.
//!
//! It decides nothing and touches no counter. A node that dies in between leaves rows that any node's next tick
//! finds: the reaper of unswept recipients. How rows are found and marked is `store::runs::sweep`.

use std::sync::Arc;

use jiff::SignedDuration;

use super::Engine;
use crate::clock::Busy;
use crate::store::{Lane, StoreError, runs};
use crate::vitals::Tick;

/// Rows of one transaction, so that dialing never waits for more.
const ROWS_PER_SWEEP: u32 = 500;
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);

/// Sweeps until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    loop {
        let now = engine.clock.now();
        let wake = match tick(&engine).await {
            Ok(()) => now + engine.bounds.poll,
            Err(error) => {
                tracing::warn!(%error, "stopped runs could not be swept");
                now + RETRY_AFTER
            }
        };
        engine.vitals.ticked("sweeper", Tick { at: now, next: wake });
        engine.sweep.wait_until(wake).await;
    }
}

async fn tick(engine: &Engine) -> Result<(), StoreError> {
    while engine.store.write(Lane::Pages, |tx| runs::sweep(tx, ROWS_PER_SWEEP)).await? > 0 {}
    Ok(())
}
