//! The handle on a running simulated carrier.
//!
//! Starts and stops it, programs numbers and faults, and lends out the ledger: what a test in the same process can
//! do, and what `/simulator/…` offers over HTTP (see [`control`](crate::control)). It has no state and no rules of
//! its own.

use std::{io, net::SocketAddr, sync::Arc};

use crate::{
    behavior::Behavior,
    call::CallSeen,
    carrier::Carrier,
    clock::Clock,
    config::{Config, Mix},
    fault::FaultPlan,
    ledger::{Complaint, CreateSeen, WebhookSeen},
    server::{self, Door},
};

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// A running simulated carrier.
pub struct Simulator {
    carrier: Arc<Carrier>,
}

impl Simulator {
    /// Starts one; port 0 takes any free port.
    pub async fn start(config: Config, clock: Arc<dyn Clock>, listen: SocketAddr) -> Result<Simulator, StartError> {
        let door = Door::open_at(listen).await.map_err(|source| StartError::Listen { address: listen, source })?;
        let carrier = Arc::new(Carrier::new(config, clock, door));
        carrier.set_faults(carrier.config.faults.clone());
        tokio::spawn(server::serve(Arc::clone(&carrier)));
        Ok(Simulator { carrier })
    }

    /// Where the API is: the client appends `/2010-04-01/…`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.carrier.door.address())
    }

    /// What the carrier saw and did.
    pub fn ledger(&self) -> LedgerView {
        LedgerView { carrier: Arc::clone(&self.carrier) }
    }

    /// Puts a fault plan in force, in place of the one before.
    pub fn set_faults(&self, plan: FaultPlan) {
        self.carrier.set_faults(plan);
    }

    /// Programs a number, or with `*` at its end a prefix: successive calls take successive behaviors, the last
    /// repeats; none takes the program away.
    pub fn set_behavior(&self, number: &str, behaviors: Vec<Behavior>) {
        self.carrier.behaviors.set(number, behaviors);
    }

    /// What numbers do that have no program, from the next create on.
    pub fn set_mix(&self, mix: Mix) {
        self.carrier.behaviors.set_mix(mix);
    }

    /// Calls not ended yet, queued ones too.
    pub fn live_calls(&self) -> usize {
        self.carrier.calls.live_count()
    }

    /// Ends all calls and callbacks where they are and stops listening.
    pub async fn stop(self) {
        self.carrier.stop.cancel();
        self.carrier.door.shut();
        self.carrier.tasks.close();
        self.carrier.tasks.wait().await;
    }
}

/// A live view of what the carrier saw and did; each question is answered as of now.
#[derive(Clone)]
pub struct LedgerView {
    carrier: Arc<Carrier>,
}

impl LedgerView {
    /// Every create request seen on the wire.
    pub fn creates(&self) -> Vec<CreateSeen> {
        self.creates_since(0)
    }

    /// Create requests from this index on.
    pub fn creates_since(&self, index: u64) -> Vec<CreateSeen> {
        self.carrier.ledger.creates_since(index, usize::MAX)
    }

    /// Every call, oldest first.
    pub fn calls(&self) -> Vec<CallSeen> {
        self.carrier.calls.since(0, usize::MAX).iter().map(|call| call.seen().clone()).collect()
    }

    /// One call.
    pub fn call(&self, sid: &str) -> Option<CallSeen> {
        self.carrier.calls.get(sid).map(|call| call.seen().clone())
    }

    /// Every call to a number, oldest first.
    pub fn calls_to(&self, number: &str) -> Vec<CallSeen> {
        let mut calls = self.carrier.calls.newest(&crate::calls::Walk::To(number), u64::MAX, usize::MAX);
        calls.reverse();
        calls.iter().map(|call| call.seen().clone()).collect()
    }

    /// Every webhook sent or lost, in the order they were finished.
    pub fn webhooks(&self) -> Vec<Arc<WebhookSeen>> {
        self.webhooks_since(0)
    }

    /// Webhooks from this index on.
    pub fn webhooks_since(&self, index: u64) -> Vec<Arc<WebhookSeen>> {
        self.carrier.ledger.webhooks_since(index, usize::MAX)
    }

    /// What clients did that the carrier does not know.
    pub fn complaints(&self) -> Vec<Complaint> {
        self.carrier.ledger.complaints_since(0, usize::MAX)
    }
}
