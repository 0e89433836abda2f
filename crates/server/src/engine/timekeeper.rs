//! Keeps a node on the database's time, where several nodes share a database.
//!
//! It sets no machine's clock: it only measures how far this one is off and corrects what the engine reads. Too far
//! apart, nothing is dialed here. It also says that the node lives, for people who count nodes. The correction is [`DatabaseClock`]'s, the question `store::time`'s.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Engine;
use crate::clock::Busy;
use crate::database_clock::{DatabaseClock, OFFSET_MAX};
use crate::store::{Lane, StoreError, nodes, time};
use crate::vitals::Tick;

/// Between two measurements; clocks drift by far less than a slot's lateness meanwhile.
const MEASURE_EVERY: SignedDuration = SignedDuration::from_secs(20);
/// Of several measurements the quickest is the best.
const MEASUREMENTS: usize = 3;

/// Measures until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, clock: Arc<DatabaseClock>, _busy: Busy) {
    loop {
        if let Err(error) = measure(&engine, &clock).await {
            tracing::warn!(%error, "the database's time could not be asked");
        }
        let now = clock.own_now();
        metrics::gauge!("carillon_clock_offset_seconds").set(clock.offset().as_secs_f64());
        if clock.is_too_far() {
            tracing::error!(
                offset_s = clock.offset().as_secs(),
                "this node's clock and the database's are more than {} s apart: nothing is dialed here",
                OFFSET_MAX.as_secs()
            );
        }
        let at = engine.clock.now();
        beat(&engine, at).await;
        engine.vitals.ticked("timekeeper", Tick { at, next: at + MEASURE_EVERY });
        clock.sleep_for(now, MEASURE_EVERY).await;
    }
}

/// Other nodes' pages count this one among those that live.
async fn beat(engine: &Engine, now: Timestamp) {
    let node = engine.owner.clone();
    if let Err::<(), StoreError>(error) = engine.store.write(Lane::Pages, move |tx| nodes::beat(tx, &node, now)).await {
        tracing::warn!(%error, "this node could not say that it lives");
    }
}

async fn measure(engine: &Engine, clock: &DatabaseClock) -> Result<(), StoreError> {
    let mut best: Option<(SignedDuration, [Timestamp; 3])> = None;
    for _ in 0..MEASUREMENTS {
        let asked = clock.own_now();
        let database = engine.store.read(time::of_database).await?;
        let answered = clock.own_now();
        let took = answered.duration_since(asked);
        if best.is_none_or(|(quickest, _)| took < quickest) {
            best = Some((took, [asked, answered, database]));
        }
    }
    if let Some((_, [asked, answered, database])) = best {
        clock.correct(asked, answered, database);
    }
    Ok(())
}
