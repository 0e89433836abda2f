//! Keeps what can be worked out from other rows and is needed quickly: when people answer, and the keys of contacts of long
//! imports and of an earlier release.
//!
//! Works in short units at the lowest lane, so that nobody waits for it. What is left to do stands in an index, whoever
//! left it: it is the reaper of contacts without keys and of attempts that are not rolled up, and a node that dies in
//! between leaves nothing half done. How a unit is done is `store::contacts::alike`'s and `store::answers`' business.

use std::sync::Arc;

use jiff::SignedDuration;

use super::Engine;
use crate::clock::Busy;
use crate::store::contacts::alike;
use crate::store::{Lane, StoreError, answers, imports};
use crate::vitals::Tick;

/// Rows of one transaction, so that dialing never waits for more.
const ROWS_PER_UNIT: u32 = 500;
/// Between two looks.
const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Keeps books until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    loop {
        let now = engine.clock.now();
        if let Err(error) = tick(&engine).await {
            tracing::warn!(%error, "contacts' keys and answered hours could not be kept");
        }
        let wake = now + LOOK_EVERY;
        engine.vitals.ticked("bookkeeper", Tick { at: now, next: wake });
        engine.clock.sleep_until(wake).await;
    }
}

async fn tick(engine: &Engine) -> Result<(), StoreError> {
    // The contacts of a running import are nobody's yet, and its rows have the writer's time.
    while !engine.store.read(imports::is_any_running).await? {
        if engine.store.write(Lane::Background, |tx| alike::fill(tx, ROWS_PER_UNIT)).await? == 0 {
            break;
        }
    }
    while engine.store.write(Lane::Background, |tx| answers::roll_up(tx, ROWS_PER_UNIT)).await? > 0 {}
    Ok(())
}
