//! What the checker reads once a run is over: the carrier's ledger, which is the truth, and the database.
//!
//! Read after every server has ended, through the store's own functions. It judges nothing; that is
//! [`crate::checker`].

use std::collections::HashMap;

use anyhow::Result;
use carillon::store::attempts::pages::{self, AttemptFilter, Place};
use carillon::store::attempts::{self, AttemptView};
use carillon::store::recipients::{self, Recipient, RecipientFilter};
use carillon::store::{StoreError, buckets, campaigns, claims};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::retry::RetryPolicy;
use carillon_simulator::{CallSeen, CreateSeen};
use uuid::Uuid;

use crate::campaign::Campaign;
use crate::world::{Limits, World};

/// Rows read of one run; more than any run has.
const ROWS_MAX: u32 = 100_000;

/// Everything.
pub struct Evidence {
    pub creates: Vec<CreateSeen>,
    pub calls: Vec<CallSeen>,
    /// Every attempt that was sent or of which the carrier saw a request, by its token.
    pub attempts: HashMap<String, AttemptView>,
    pub runs: Vec<RunEvidence>,
    /// Calls under way by the database.
    pub live_calls: u32,
    pub limits: Limits,
    pub retry: RetryPolicy,
}

/// One campaign's run.
pub struct RunEvidence {
    pub campaign: Uuid,
    pub status: CampaignStatus,
    pub enrolled: usize,
    pub recipients: Vec<Recipient>,
    /// The counters that pages show, and a recount of the rows.
    pub counters: Counts,
    pub recount: Counts,
    /// Attempts that nobody has said to be sent or given up.
    pub reserved: i64,
}

/// The attempt's token that a create request carries in its addresses.
pub fn token(create: &CreateSeen) -> Option<&str> {
    let address = create.param("Url")?;
    address.split('#').next()?.rsplit('/').next()
}

impl Evidence {
    /// Reads all of it; every server has ended.
    pub async fn read(world: &World, campaigns: &[Campaign], retry: &RetryPolicy) -> Result<Self> {
        let store = world.open()?;
        let ledger = world.carrier.ledger();
        let creates = ledger.creates();
        let (mut attempts, mut runs) = (HashMap::new(), Vec::new());
        for campaign in campaigns {
            let (of_campaign, enrolled) = (campaign.clone(), campaign.phones.len());
            let read = store.read(move |tx| {
                let (id, run) = (of_campaign.id, of_campaign.run);
                let place = Place { limit: ROWS_MAX, ..Place::default() };
                let sent = pages::of_run(tx, run, &AttemptFilter { place, ..AttemptFilter::default() })?;
                let sent: Vec<AttemptView> = sent.into_iter().map(|listed| listed.attempt).collect();
                let everybody = RecipientFilter { limit: ROWS_MAX, ..RecipientFilter::default() };
                let status = campaigns::find_any(tx, id)?.map(|row| row.status);
                let run = RunEvidence {
                    campaign: id,
                    status: status.ok_or_else(|| StoreError::Corrupt(format!("campaign {id} is gone")))?,
                    enrolled,
                    recipients: recipients::list(tx, run, &everybody)?,
                    counters: buckets::total(tx, run)?,
                    recount: buckets::recount(tx, run)?,
                    reserved: attempts::reserved_before(tx, id, i64::MAX)?,
                };
                Ok((sent, run))
            });
            let (sent, run) = read.await.map_err(|error: StoreError| error)?;
            attempts.extend(sent.into_iter().map(|attempt| (attempt.token.clone(), attempt)));
            runs.push(run);
        }
        let missing = creates.iter().filter_map(token).filter(|token| !attempts.contains_key(*token));
        let missing: Vec<String> = missing.map(str::to_owned).collect();
        let found = store.read(move |tx| attempts::by_tokens(tx, missing.iter().map(String::as_str))).await;
        let found = found.map_err(|error: StoreError| error)?;
        attempts.extend(found.into_iter().map(|attempt| (attempt.token.clone(), attempt)));
        let organization = world.organization;
        let live_calls = store.read(move |tx| claims::live_calls(tx, organization)).await;
        Ok(Self {
            calls: ledger.calls(),
            creates,
            attempts,
            runs,
            live_calls: live_calls.map_err(|error: StoreError| error)?,
            limits: world.limits,
            retry: retry.clone(),
        })
    }

    /// The carrier's call behind a create request.
    pub fn call_of(&self, create: &CreateSeen) -> Option<&CallSeen> {
        let sid = create.sid.as_ref()?;
        self.calls.iter().find(|call| call.sid == *sid)
    }

    /// The create requests of each recipient, in the order in which they came.
    pub fn by_recipient(&self) -> HashMap<Uuid, Vec<&CreateSeen>> {
        let mut by_recipient: HashMap<Uuid, Vec<&CreateSeen>> = HashMap::new();
        for create in &self.creates {
            if let Some(attempt) = token(create).and_then(|token| self.attempts.get(token)) {
                by_recipient.entry(attempt.recipient).or_default().push(create);
            }
        }
        by_recipient
    }

    /// How many attempts were sent, and how many of them ended as unknown.
    pub fn unknown(&self) -> (usize, usize) {
        let ended = self.attempts.values().filter(|attempt| attempt.outcome.is_some());
        let unknown = ended.clone().filter(|attempt| attempt.outcome == Some(Outcome::Unknown));
        (ended.count(), unknown.count())
    }
}
