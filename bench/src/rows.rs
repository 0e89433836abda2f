//! The rows that Carillon is measured with: an organization with its account, campaigns, and lists.
//!
//! Written through the store's own functions; lists of millions are [`bulk`](crate::bulk)'s.

use std::ops::Range;

use anyhow::Result;
use carillon::api::App;
use carillon::secrets::{Place, Secret, token_hash};
use carillon::store::api_tokens::{self, ApiToken};
use carillon::store::campaigns::{self, Campaign};
use carillon::store::carriers::{self, CarrierAccount};
use carillon::store::departments::{self, Department};
use carillon::store::organizations::{self, Organization};
use carillon::store::recipients::{self, Enrollment};
use carillon::store::runs::{self, Run};
use carillon::store::users::{self, User};
use carillon::store::{Lane, StoreError};
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::limits::CampaignLimits;
use carillon_domain::message::Message;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::roles::Role;
use carillon_domain::settings::Settings;
use uuid::Uuid;

use crate::carrier::{ACCOUNT_SID, AUTH_TOKEN, CALLER_ID};

/// Rows of one transaction.
const CHUNK: usize = 1_000;
/// Numbers are given out area by area, the seven digits of each from the first that may be one.
pub const FIRST_AREA: u64 = 212;
pub const FIRST_NUMBER: u64 = 2_000_000;
pub const NUMBERS_PER_AREA: u64 = 7_000_000;
/// Everybody has New York's hours, wherever the number is.
pub const ZONE: &str = "America/New_York";
pub const FIELDS: &str = r#"{"first_name":"Ada"}"#;

/// The organization that everything belongs to.
#[derive(Clone, Copy)]
pub struct Office {
    pub organization: Uuid,
    pub department: Uuid,
}

/// A campaign with its prepared run.
#[derive(Clone, Copy)]
pub struct Seeded {
    pub organization: Uuid,
    pub campaign: Uuid,
    pub run: Uuid,
}

/// Limits that are none: the widest that may be set, and no rule that depends on the hour.
pub fn wide_settings() -> Settings {
    Settings {
        calls_per_second: 10_000.0,
        max_concurrent_calls: 10_000,
        max_concurrent_campaigns: 100,
        ..Settings::default()
    }
}

/// A campaign that calls everybody once, as fast as the organization's widest limits allow.
pub async fn campaign_of(app: &App, recipients: u32, calls_at_once: usize) -> Result<Seeded> {
    let settings = Settings { max_concurrent_calls: u32::try_from(calls_at_once)?, ..wide_settings() };
    let office = office(app, settings).await?;
    let seeded = campaign(app, office, CampaignLimits::default()).await?;
    enroll(app, &seeded, 0..u64::from(recipients)).await?;
    Ok(seeded)
}

/// An organization with a department and an account at the simulated carrier.
pub async fn office(app: &App, settings: Settings) -> Result<Office> {
    let now = app.clock.now();
    let office = Office { organization: app.chance.id(now), department: app.chance.id(now) };
    let account = account(app, office.organization);
    app.store
        .write(Lane::Pages, move |tx| {
            let settings = settings.clone();
            let row = Organization { id: office.organization, name: "Bench".to_owned(), version: 1, settings };
            organizations::insert(tx, &row, now)?;
            let department =
                Department { id: office.department, name: "General".to_owned(), version: 1, created_at: now };
            departments::insert(tx, office.organization, &department)?;
            carriers::save(tx, office.organization, &account)
        })
        .await
        .map_err(|e: StoreError| e)?;
    Ok(office)
}

/// A draft that calls everybody once, with nobody enrolled yet.
pub async fn campaign(app: &App, office: Office, limits: CampaignLimits) -> Result<Seeded> {
    let campaign = draft(app, office, limits);
    let seeded = Seeded { organization: office.organization, campaign: campaign.id, run: campaign.run };
    let first = Run::first(campaign.run, campaign.id);
    app.store
        .write(Lane::Pages, move |tx| {
            campaigns::insert(tx, &campaign)?;
            runs::insert(tx, office.organization, &first)
        })
        .await
        .map_err(|e: StoreError| e)?;
    Ok(seeded)
}

/// One more department.
pub async fn department(app: &App, office: Office, name: &str) -> Result<Uuid> {
    let now = app.clock.now();
    let row = Department { id: app.chance.id(now), name: name.to_owned(), version: 1, created_at: now };
    let id = row.id;
    let written = app.store.write(Lane::Pages, move |tx| departments::insert(tx, office.organization, &row));
    written.await.map_err(|e: StoreError| e)?;
    Ok(id)
}

/// An API token of an administrator.
pub async fn token(app: &App, office: Office) -> Result<String> {
    token_of(app, office, (Role::Administrator, &[])).await
}

/// An API token of somebody with a role in departments.
pub async fn token_of(app: &App, office: Office, (role, departments): (Role, &[Uuid])) -> Result<String> {
    let now = app.clock.now();
    let user = User {
        id: app.chance.id(now),
        organization: office.organization,
        email: format!("{role}@example.com"),
        name: "Bench".to_owned(),
        role,
        disabled_at: None,
        version: 1,
        created_at: now,
    };
    let (token, value) = ApiToken::draw(&app.chance, user.id, "bench".to_owned(), now);
    let (hash, departments) = (token_hash(value.reveal()), departments.to_vec());
    app.store
        .write(Lane::Pages, move |tx| {
            users::insert(tx, &user, None)?;
            departments::set_of_user(tx, user.id, &departments)?;
            api_tokens::insert(tx, office.organization, &token, &hash)
        })
        .await
        .map_err(|e: StoreError| e)?;
    Ok(value.reveal().to_owned())
}

/// Enrolls the people of these places in the list.
pub async fn enroll(app: &App, seeded: &Seeded, places: Range<u64>) -> Result<()> {
    let places: Vec<u64> = places.collect();
    for chunk in places.chunks(CHUNK) {
        let people: Vec<Enrollment> = chunk.iter().map(|place| person(app, *place)).collect();
        let (organization, run) = (seeded.organization, seeded.run);
        app.store
            .write(Lane::Pages, move |tx| recipients::enroll(tx, organization, run, &people))
            .await
            .map_err(|e: StoreError| e)?;
    }
    Ok(())
}

/// The number of the person at a place in the list.
pub fn phone(place: u64) -> String {
    let area = FIRST_AREA + place / NUMBERS_PER_AREA;
    format!("+1{area}{}", FIRST_NUMBER + place % NUMBERS_PER_AREA)
}

fn person(app: &App, place: u64) -> Enrollment {
    Enrollment {
        id: app.chance.id(app.clock.now()),
        contact: None,
        phone: phone(place),
        name: "Ada".to_owned(),
        fields: FIELDS.to_owned(),
        zones: ZONE.to_owned(),
        clues: None,
        import: None,
        suppressed: None,
    }
}

fn account(app: &App, organization: Uuid) -> CarrierAccount {
    let place = Place { table: "carriers", row: organization, column: "auth_token" };
    CarrierAccount {
        version: 1,
        account_sid: ACCOUNT_SID.to_owned(),
        auth_token_sealed: Some(app.secret_key.seal(&app.chance, &place, &Secret::new(AUTH_TOKEN))),
        api_key_sid: None,
        api_key_secret_sealed: None,
        caller_ids: vec![CALLER_ID.to_owned()],
        twiml_app_sid: None,
        public_url: None,
    }
}

fn draft(app: &App, office: Office, limits: CampaignLimits) -> Campaign {
    let now = app.clock.now();
    let message = Message::Tts {
        text: "Hello {{first_name|there}}, this is a message.".to_owned(),
        voice: "Polly.Joanna-Neural".to_owned(),
        language: "en-US".to_owned(),
        rate_percent: 100,
        pitch_percent: 0,
    };
    let settings = CampaignSettings {
        message: Some(message),
        retry: RetryPolicy { max_attempts: 1, delays_s: Vec::new(), on: Vec::new() },
        // The benchmark runs at any hour of the night; nobody's phone rings.
        recipient_hours: RecipientHours { enabled: false, ..RecipientHours::default() },
        limits,
        ..CampaignSettings::default()
    };
    Campaign {
        id: app.chance.id(now),
        organization: office.organization,
        department: office.department,
        version: 1,
        epoch: 0,
        name: "Bench".to_owned(),
        description: String::new(),
        status: CampaignStatus::Draft,
        status_reason: None,
        ended_by: None,
        settings,
        run: app.chance.id(now),
        created_by: "bench".to_owned(),
        created_at: now,
        started_at: None,
        finished_at: None,
        first_max: None,
        test_of: None,
        list_source: None,
    }
}
