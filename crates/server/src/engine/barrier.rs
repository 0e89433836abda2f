//! The barrier behind pause and stop: it opens when no call of an older epoch can be placed any more.
//!
//! Every older reservation is waited for until its owner, on whichever node, says sent or given up; the
//! reconciler says it for the dead. Then what the carrier holds unanswered is canceled. What a node frozen inside
//! the socket write may still send is the one known residue; the answer-time gate catches it.

use std::sync::Arc;
use std::time::Duration;

use carillon_domain::facts::Fact;
use uuid::Uuid;

use super::Engine;
use super::control::ControlError;
use crate::failpoint;
use crate::store::campaigns::Campaign;
use crate::store::ledger::{Heard, StaleCall};
use crate::store::{StoreError, accounts, attempts};
use crate::telephony::{CallSid, Carrier, CarrierError};

/// The barrier's own bound; the interface promises an answer within 15 s.
const OPENS_WITHIN: Duration = Duration::from_secs(14);
/// How often the rows are looked at without news from this node: another node may have said it.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// Cancel requests under way at once.
const CANCELS_AT_ONCE: usize = 8;
/// How often one cancel is asked for; it is idempotent.
const CANCEL_TRIES: u32 = 3;

/// Which unanswered calls are canceled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cancel {
    /// Those of which the carrier has not said that they left its queue.
    Queued,
    /// Those and the ringing ones.
    Unanswered,
}

/// Waits until nothing of before can be sent, then cancels what nobody has answered.
pub(super) async fn pass(engine: &Arc<Engine>, campaign: &Campaign, cancel: Cancel) -> Result<(), ControlError> {
    failpoint::hit("stop.after_epoch");
    tokio::time::timeout(OPENS_WITHIN, drain(engine, campaign)).await.map_err(|_| ControlError::StillSending)??;
    let (id, dialed) = (campaign.id, cancel == Cancel::Unanswered);
    let unanswered = engine.store.read(move |tx| attempts::unanswered(tx, id, dialed)).await?;
    let calls = unanswered.into_iter().map(|(token, call_sid)| StaleCall {
        campaign: campaign.id,
        organization: campaign.organization,
        call_sid,
        token,
    });
    cancel_calls(engine, campaign.organization, calls.collect()).await;
    Ok(())
}

async fn drain(engine: &Engine, campaign: &Campaign) -> Result<(), StoreError> {
    let (id, epoch) = (campaign.id, campaign.epoch);
    loop {
        let resolved = engine.resolved.notified();
        engine.recall.notify_waiters();
        failpoint::hit("stop.during_drain");
        if engine.store.read(move |tx| attempts::reserved_before(tx, id, epoch)).await? == 0 {
            return Ok(());
        }
        // Either is fine: news of this node, or time to look for those of another.
        let _ = tokio::time::timeout(LOOK_AGAIN, resolved).await;
    }
}

/// Cancels a call that was bound after its campaign was paused or stopped; begun at once, not waited for.
pub fn cancel_stale(engine: &Arc<Engine>, stale: StaleCall) {
    let engine = Arc::clone(engine);
    let busy = engine.clock.busy();
    tokio::spawn(async move {
        let organization = stale.organization;
        cancel_calls(&engine, organization, vec![stale]).await;
        drop(busy);
    });
}

async fn cancel_calls(engine: &Arc<Engine>, organization: Uuid, calls: Vec<StaleCall>) {
    use futures_util::StreamExt as _;
    if calls.is_empty() {
        return;
    }
    let Some(carrier) = carrier_of(engine, organization).await else { return };
    let cancels = calls.into_iter().map(|call| cancel_one(engine, carrier.as_ref(), call));
    futures_util::stream::iter(cancels).buffer_unordered(CANCELS_AT_ONCE).collect::<Vec<()>>().await;
}

async fn carrier_of(engine: &Engine, organization: Uuid) -> Option<Arc<dyn Carrier>> {
    let account = engine.store.read(move |tx| accounts::of_organization(tx, organization)).await;
    match account {
        Ok(account) => engine.carriers.line(&account?).ok().map(|line| line.carrier),
        Err::<_, StoreError>(error) => {
            tracing::error!(%error, "calls could not be canceled: the account could not be read");
            None
        }
    }
}

/// Our cancel counts only through the carrier's answer: a call that was queued ends without any callback.
async fn cancel_one(engine: &Engine, carrier: &dyn Carrier, call: StaleCall) {
    let Some(sid) = CallSid::parse(&call.call_sid) else { return };
    let mut tries = 0;
    let facts: Vec<Fact> = loop {
        tries += 1;
        match carrier.cancel(&sid).await {
            Ok(canceled) => break canceled.facts(engine.clock.now()),
            // It has ended or was answered meanwhile; its callbacks say so.
            Err(CarrierError::WrongState { .. } | CarrierError::NotFound) => return,
            Err(_) if tries < CANCEL_TRIES => {}
            Err(error) => {
                tracing::error!(%error, campaign = %call.campaign, "a call could not be canceled; the answer-time gate keeps it silent");
                return;
            }
        }
    };
    let heard = facts.into_iter().map(|fact| Heard::fact(call.token.as_str(), None, fact)).collect();
    if let Err(error) = engine.listener.hear(heard).await {
        tracing::error!(%error, "a canceled call could not be written; the reconciler will ask for it");
    }
}
