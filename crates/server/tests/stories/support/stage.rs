//! A world with a carrier: the simulator on the same clock, an account, and campaigns ready to run.

use std::sync::Arc;

use carillon::clock::{Clock as _, VirtualClock};
use carillon::secrets::{Place, Secret};
use carillon::simulated::SimulatorClock;
use carillon::store::campaigns::{self, Campaign};
use carillon::store::carriers::{self, CarrierAccount};
use carillon::store::do_not_call::{self, Entry};
use carillon::store::organizations::{self, Organization};
use carillon::store::recipients::{self, Enrollment};
use carillon::store::runs::{self, Run};
use carillon::store::{Engine, Lane, StoreError};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::message::Message;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::settings::Settings;
use carillon_domain::time_zones::ZoneSet;
use carillon_simulator::{Config as SimulatorConfig, Simulator};
use jiff::SignedDuration;

use super::{Play, World};

/// The number that campaigns call from.
pub const CALLER_ID: &str = "+12025550100";

/// A world with a carrier.
pub struct Stage {
    pub world: World,
    pub carrier: Simulator,
}

/// What may be prepared before a stage is set.
pub struct Setup {
    pub carrier: SimulatorConfig,
    /// How long our requests wait for an answer, in real seconds: for carriers that hang.
    pub carrier_timeout_s: Option<f64>,
    /// The instant at which the story begins.
    pub now: String,
    /// Where sheets are fetched.
    pub sheets: Option<String>,
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

/// The first so many of them.
pub fn numbers(count: usize) -> Vec<String> {
    (0..count).map(number).collect()
}

impl Stage {
    /// A stage on one of the databases, at ten o'clock on a Monday in New York.
    pub async fn on(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// As [`Self::on`], with other settings of the simulated carrier.
    pub async fn with(engine: Engine, configure: impl FnOnce(&mut SimulatorConfig)) -> Self {
        Self::prepared(engine, |setup| configure(&mut setup.carrier)).await
    }

    /// As [`Self::on`], prepared otherwise.
    pub async fn prepared(engine: Engine, prepare: impl FnOnce(&mut Setup)) -> Self {
        let carrier =
            SimulatorConfig { cps: 0.0, caller_ids: vec![CALLER_ID.to_owned()], ..SimulatorConfig::default() };
        let mut setup =
            Setup { carrier, carrier_timeout_s: None, now: super::world::STARTING_AT.to_owned(), sheets: None };
        prepare(&mut setup);
        let (config, timeout, sheets) = (setup.carrier, setup.carrier_timeout_s, setup.sheets);
        let clock = VirtualClock::new(setup.now.parse().expect("an instant"));
        let listen = "127.0.0.1:0".parse().expect("an address");
        let account_sid = config.account_sid.clone();
        let auth_token = config.auth_token.clone();
        let shared = Arc::new(SimulatorClock(Arc::new(clock.clone())));
        let carrier = Simulator::start(config, shared, listen).await.expect("the simulator starts");
        let base = carrier.base_url();
        let world = World::at(engine, clock, |given| {
            given.twilio_base_url = Some(base);
            given.google_sheets_base_url = sheets;
            given.min_retry_delay_s = "1".parse().ok();
            given.carrier_timeout_s = timeout.and_then(|seconds| seconds.to_string().parse().ok());
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
            first_max: None,
            test_of: None,
            list_source: None,
        };
        let first = Run::first(run, id);
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

    /// Changes the organization's settings: they hold from the next look on.
    pub async fn settings(&self, change: impl FnOnce(&mut Settings)) {
        let id = self.world.organization;
        let found = self.world.app.store.read(move |tx| organizations::find(tx, id)).await;
        let mut row: Organization = found.map_err(|e: StoreError| e).expect("a read").expect("the organization");
        change(&mut row.settings);
        row.version += 1;
        let saved = self.world.app.store.write(Lane::Pages, move |tx| organizations::save(tx, &row)).await;
        assert_eq!(saved.map(drop), Ok::<_, StoreError>(()));
        self.world.app.engine.nudge();
    }

    /// Puts a number on the do-not-call list.
    pub async fn do_not_call(&self, phone: &str) {
        let (organization, added_at) = (self.world.organization, self.world.clock.now());
        let entry = Entry {
            phone: phone.to_owned(),
            reason: "asked for it".to_owned(),
            source: "page".to_owned(),
            added_by: "story".to_owned(),
            added_at,
        };
        let added = self.world.app.store.write(Lane::Pages, move |tx| do_not_call::add(tx, organization, &entry)).await;
        assert_eq!(added, Ok::<_, StoreError>(true));
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
            clues: None,
            import: None,
            suppressed: None,
        }
    }
}

fn hello() -> Message {
    says("Hello {{first_name|there}}, this is a message.")
}

/// A message in words.
pub fn says(text: &str) -> Message {
    Message::Tts {
        text: text.to_owned(),
        voice: "Polly.Joanna-Neural".to_owned(),
        language: "en-US".to_owned(),
        rate_percent: 100,
        pitch_percent: 0,
    }
}
