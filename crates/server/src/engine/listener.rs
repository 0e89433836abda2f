//! Takes everything heard of calls and applies it in batches, one write at a time.
//!
//! While one batch is being committed the next gathers, so the batch grows with the load and a lone event
//! waits for nobody. Whoever brings news is answered after its commit. What must follow outside the database
//! (canceling a stale call, waking a loop, pausing a sick campaign) is begun before that answer.

use std::sync::{Arc, Weak};

use tokio::sync::{mpsc, oneshot};

use super::{Engine, control, health};
use crate::store::ledger::{self, Applied, Heard};
use crate::store::{Lane, StoreError};

/// News in one batch at the most.
const BATCH_MAX: usize = 500;
/// News that wait at the most; beyond it whoever brings more waits.
const BACKLOG_MAX: usize = 20_000;

type News = (Vec<Heard>, oneshot::Sender<Result<(), StoreError>>);

/// Where news go.
#[derive(Clone)]
pub struct Listener {
    sender: mpsc::Sender<News>,
}

/// Where news come out.
pub(super) type Inbox = mpsc::Receiver<News>;

impl Listener {
    pub(super) fn new() -> (Self, Inbox) {
        let (sender, inbox) = mpsc::channel(BACKLOG_MAX);
        (Self { sender }, inbox)
    }

    /// Brings news and waits until they are durable.
    ///
    /// # Errors
    /// When the database cannot keep them; the carrier is then told to come again.
    pub async fn hear(&self, news: Vec<Heard>) -> Result<(), StoreError> {
        if news.is_empty() {
            return Ok(());
        }
        let (answer, answered) = oneshot::channel();
        let closed = || StoreError::Unavailable("the engine has ended".to_owned());
        self.sender.send((news, answer)).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

/// Applies batch after batch until the engine is gone. Whoever brings news is busy meanwhile, so this is not.
pub(super) async fn run(engine: Weak<Engine>, mut inbox: Inbox) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while inbox.recv_many(&mut batch, BATCH_MAX).await > 0 {
        let Some(engine) = engine.upgrade() else { return };
        take(&engine, std::mem::take(&mut batch)).await;
    }
}

async fn take(engine: &Arc<Engine>, batch: Vec<News>) {
    let all: Vec<Heard> = batch.iter().flat_map(|(news, _)| news.iter().cloned()).collect();
    match apply(engine, all).await {
        Ok(applied) => {
            follow_up(engine, applied).await;
            for (_, answer) in batch {
                let _ = answer.send(Ok(()));
            }
        }
        // One bad piece of news must not hold back the others: each is tried by itself.
        Err(_) if batch.len() > 1 => {
            for (news, answer) in batch {
                let _ = answer.send(take_alone(engine, news).await);
            }
        }
        Err(error) => {
            for (_, answer) in batch {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}

async fn take_alone(engine: &Arc<Engine>, news: Vec<Heard>) -> Result<(), StoreError> {
    let applied = apply(engine, news).await?;
    follow_up(engine, applied).await;
    Ok(())
}

async fn apply(engine: &Engine, news: Vec<Heard>) -> Result<Applied, StoreError> {
    let (patience, now) = (engine.bounds.patience, engine.clock.now());
    let asked_at = engine.clock.since_boot();
    let applied = engine.store.write(Lane::Dialing, move |tx| ledger::apply(tx, &news, patience, now)).await?;
    engine.vitals.committed(engine.clock.since_boot().saturating_sub(asked_at));
    Ok(applied)
}

async fn follow_up(engine: &Arc<Engine>, applied: Applied) {
    if applied.parked > 0 {
        tracing::error!(callbacks = applied.parked, "callbacks of calls that are not in the ledger were parked");
        metrics::counter!("carillon_callbacks_parked_total").increment(applied.parked as u64);
    }
    for attempt in &applied.impossible {
        tracing::error!(%attempt, "the carrier speaks of a call that was never sent");
    }
    for stale in applied.cancel {
        control::cancel_stale(engine, stale);
    }
    health::judge(engine, &applied.marks).await;
    if applied.wake_dialer {
        engine.dial.nudge();
    }
    if applied.earliest_check.is_some() {
        engine.check_before(applied.earliest_check);
    }
    engine.resolved.notify_waiters();
    for campaign in applied.campaigns {
        engine.tell(campaign);
    }
}
