//! A campaign on the stage: what people ask of it, and what became of it.

use carillon::clock::Clock as _;
use carillon::engine::control::{self, ControlError, Request};
use carillon::store::attempts::AttemptView;
use carillon::store::campaigns::{self, Campaign};
use carillon::store::recipients::{self, Recipient, RecipientFilter};
use carillon::store::scope::Scope;
use carillon::store::{StoreError, attempts, buckets, claims};
use carillon_domain::campaign::CampaignAction;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::SignedDuration;
use uuid::Uuid;

use super::Stage;

/// A campaign on the stage.
pub struct Play<'a> {
    pub stage: &'a Stage,
    pub id: Uuid,
    pub run: Uuid,
}

impl Play<'_> {
    fn request(&self) -> Request {
        Request { scope: Scope::whole(self.stage.world.organization), campaign: self.id, actor: "story".to_owned() }
    }

    pub async fn start(&self) {
        let started = control::activate(&self.stage.world.app.engine, &self.request(), CampaignAction::Start).await;
        started.expect("the campaign starts");
    }

    /// Starts with the first so many people as a test.
    pub async fn start_with_first(&self, first: u16) {
        let whom = control::Whom::First(first);
        let engine = &self.stage.world.app.engine;
        let started = control::activate_for(engine, &self.request(), CampaignAction::Start, whom).await;
        started.expect("the campaign starts");
    }

    pub async fn resume(&self) {
        let resumed = control::activate(&self.stage.world.app.engine, &self.request(), CampaignAction::Resume).await;
        resumed.expect("the campaign resumes");
    }

    pub async fn pause(&self) -> Result<Campaign, ControlError> {
        control::pause(&self.stage.world.app.engine, &self.request()).await
    }

    pub async fn stop(&self) -> Result<Campaign, ControlError> {
        control::stop(&self.stage.world.app.engine, &self.request()).await
    }

    pub async fn row(&self) -> Campaign {
        let id = self.id;
        let found = self.stage.world.app.store.read(move |tx| campaigns::find_any(tx, id)).await;
        found.map_err(|e: StoreError| e).expect("a read").expect("the campaign")
    }

    /// The counters, after a check that they equal a recount of the ledger.
    pub async fn counts(&self) -> Counts {
        let run = self.run;
        let both =
            self.stage.world.app.store.read(move |tx| Ok((buckets::total(tx, run)?, buckets::recount(tx, run)?)));
        let (counters, recount) = both.await.map_err(|e: StoreError| e).expect("a read");
        assert_eq!(counters, recount, "the counters must equal a recount of the ledger");
        counters
    }

    pub async fn recipients(&self) -> Vec<Recipient> {
        let run = self.run;
        let filter = RecipientFilter { limit: 1_000, ..RecipientFilter::default() };
        let found = self.stage.world.app.store.read(move |tx| recipients::list(tx, run, &filter)).await;
        found.map_err(|e: StoreError| e).expect("a read")
    }

    /// The one recipient of a campaign that has one.
    pub async fn recipient(&self) -> Recipient {
        let [recipient] = <[Recipient; 1]>::try_from(self.recipients().await).expect("one recipient");
        recipient
    }

    /// Every attempt that was sent, or may have been, oldest first.
    pub async fn attempts(&self) -> Vec<AttemptView> {
        let mut attempts = Vec::new();
        for recipient in self.recipients().await {
            let id = recipient.id;
            let found = self.stage.world.app.store.read(move |tx| attempts::of_recipient(tx, id)).await;
            attempts.extend(found.map_err(|e: StoreError| e).expect("a read"));
        }
        attempts.sort_by_key(|attempt| (attempt.send_at, attempt.id));
        attempts
    }

    /// The outcomes of the ended attempts, oldest first.
    pub async fn outcomes(&self) -> Vec<Outcome> {
        self.attempts().await.into_iter().filter_map(|attempt| attempt.outcome).collect()
    }

    /// Lets time pass and looks every `step`: counters equal a recount, nobody is lost, no line is held for nothing.
    pub async fn watch(&self, duration: SignedDuration, step: SignedDuration) -> Counts {
        let total = self.counts().await.total();
        let end = self.stage.world.clock.now() + duration;
        loop {
            self.stage.world.run_for(step).await;
            let counts = self.counts().await;
            assert_eq!(counts.total(), total, "nobody is lost: {counts:?}");
            let dialing = counts.in_state(RecipientState::Dialing);
            assert_eq!(self.live_calls().await, dialing, "every call under way has its line: {counts:?}");
            if self.stage.world.clock.now() >= end {
                return counts;
            }
        }
    }

    async fn live_calls(&self) -> i64 {
        let id = self.id;
        let found = self.stage.world.app.store.read(move |tx| claims::live_calls_of_campaign(tx, id)).await;
        i64::from(found.map_err(|e: StoreError| e).expect("a read"))
    }
}
