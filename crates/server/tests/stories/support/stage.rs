//! A world with a carrier: the simulator on the same clock, an account, and campaigns ready to run.

use std::sync::Arc;

use carillon::engine::control::{self, ControlError, Request};
use carillon::secrets::{Place, Secret};
use carillon::simulated::SimulatorClock;
use carillon::store::campaigns::{self, Campaign};
use carillon::store::carriers::{self, CarrierAccount};
use carillon::store::recipients::{self, Enrollment, Recipient, RecipientFilter};
use carillon::store::runs::{self, Run, RunState};
use carillon::store::scope::Scope;
use carillon::store::{Engine, Lane, StoreError, attempts, buckets};
use carillon_domain::campaign::{CampaignAction, CampaignStatus};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::message::Message;
use carillon_domain::outcome::Outcome;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::progress::Counts;
use carillon_domain::time_zones::ZoneSet;
use carillon_simulator::{Config as SimulatorConfig, Simulator};
use jiff::SignedDuration;
use uuid::Uuid;

use super::World;

/// The number that campaigns call from.
pub const CALLER_ID: &str = "+12025550100";

/// A world with a carrier.
pub struct Stage {
    pub world: World,
    pub carrier: Simulator,
}

/// So many seconds.
pub fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

/// So many minutes.
pub fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

/// So many hours.
pub fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}

/// New York numbers that may be called, the first at 0.
pub fn number(index: usize) -> String {
    format!("+1212555{:04}", 2000 + index)
}

impl Stage {
    /// A stage on one of the databases, at ten o'clock on a Monday in New York.
    pub async fn on(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// As [`Self::on`], with other settings of the simulated carrier.
    pub async fn with(engine: Engine, configure: impl FnOnce(&mut SimulatorConfig)) -> Self {
        let mut config =
            SimulatorConfig { cps: 0.0, caller_ids: vec![CALLER_ID.to_owned()], ..SimulatorConfig::default() };
        configure(&mut config);
        let clock = super::world::starting_clock();
        let listen = "127.0.0.1:0".parse().expect("an address");
        let account_sid = config.account_sid.clone();
        let auth_token = config.auth_token.clone();
        let shared = Arc::new(SimulatorClock(Arc::new(clock.clone())));
        let carrier = Simulator::start(config, shared, listen).await.expect("the simulator starts");
        let base = carrier.base_url();
        let world = World::at(engine, clock, |given| {
            given.twilio_base_url = Some(base);
            given.min_retry_delay_s = "1".parse().ok();
        })
        .await;
        let stage = Self { world, carrier };
        stage.enter_account(&account_sid, &auth_token).await;
        stage
    }

    async fn enter_account(&self, account_sid: &str, auth_token: &str) {
        let app = &self.world.app;
        let place = Place { table: "carriers", row: self.world.organization, column: "auth_token" };
        let account = CarrierAccount {
            version: 1,
            account_sid: account_sid.to_owned(),
            auth_token_sealed: Some(app.secret_key.seal(&app.chance, &place, &Secret::new(auth_token))),
            api_key_sid: None,
            api_key_secret_sealed: None,
            caller_ids: vec![CALLER_ID.to_owned()],
            twiml_app_sid: None,
            public_url: Some(self.world.base.clone()),
        };
        let organization = self.world.organization;
        let entered = app.store.write(Lane::Pages, move |tx| carriers::save(tx, organization, &account)).await;
        assert_eq!(entered, Ok::<_, StoreError>(true));
    }

    /// A draft that says hello to these numbers, with the settings changed by `change`.
    pub async fn campaign(&self, phones: &[String], change: impl FnOnce(&mut CampaignSettings)) -> Play<'_> {
        let app = &self.world.app;
        let now = app.clock.now();
        let (id, run) = (app.chance.id(now), app.chance.id(now));
        let mut settings = CampaignSettings { message: Some(hello()), ..CampaignSettings::default() };
        change(&mut settings);
        let campaign = Campaign {
            id,
            organization: self.world.organization,
            department: self.world.department,
            version: 1,
            epoch: 0,
            name: "A story".to_owned(),
            description: String::new(),
            status: CampaignStatus::Draft,
            status_reason: None,
            ended_by: None,
            settings,
            run,
            created_by: "story".to_owned(),
            created_at: now,
            started_at: None,
            finished_at: None,
        };
        let first = Run {
            id: run,
            campaign: id,
            number: 1,
            occurrence: runs::MANUAL.to_owned(),
            state: RunState::Prepared,
            started_at: None,
            finished_at: None,
        };
        let people: Vec<Enrollment> = phones.iter().map(|phone| self.person(phone)).collect();
        let organization = self.world.organization;
        let written = app
            .store
            .write(Lane::Pages, move |tx| {
                campaigns::insert(tx, &campaign)?;
                runs::insert(tx, organization, &first)?;
                recipients::enroll(tx, organization, run, &people)
            })
            .await;
        assert_eq!(written, Ok::<_, StoreError>(phones.len() as u64));
        Play { stage: self, id, run }
    }

    fn person(&self, phone: &str) -> Enrollment {
        let app = &self.world.app;
        let zones = ZoneSet::of_number(&PhoneNumber::from_e164(phone).expect("a number"));
        Enrollment {
            id: app.chance.id(app.clock.now()),
            contact: None,
            phone: phone.to_owned(),
            name: "Ada".to_owned(),
            fields: r#"{"first_name":"Ada"}"#.to_owned(),
            zones: zones.key(),
            suppressed: None,
        }
    }
}

fn hello() -> Message {
    Message::Tts {
        text: "Hello {{first_name|there}}, this is a message.".to_owned(),
        voice: "Polly.Joanna-Neural".to_owned(),
        language: "en-US".to_owned(),
        rate_percent: 100,
        pitch_percent: 0,
    }
}

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

    /// The outcomes of the ended attempts, oldest first.
    pub async fn outcomes(&self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for recipient in self.recipients().await {
            let id = recipient.id;
            let found = self.stage.world.app.store.read(move |tx| attempts::of_recipient(tx, id)).await;
            outcomes.extend(found.map_err(|e: StoreError| e).expect("a read"));
        }
        outcomes.sort_by_key(|attempt| (attempt.send_at, attempt.id));
        outcomes.into_iter().filter_map(|attempt| attempt.outcome).collect()
    }
}
