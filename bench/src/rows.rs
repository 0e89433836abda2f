//! The rows that Carillon is measured with: an organization, its account, and a campaign with a list.

use anyhow::Result;
use carillon::api::App;
use carillon::secrets::{Place, Secret};
use carillon::store::campaigns::{self, Campaign};
use carillon::store::carriers::{self, CarrierAccount};
use carillon::store::departments::{self, Department};
use carillon::store::organizations::{self, Organization};
use carillon::store::recipients::{self, Enrollment};
use carillon::store::runs::{self, Run, RunState};
use carillon::store::{Lane, StoreError};
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::message::Message;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::settings::Settings;
use uuid::Uuid;

use crate::carrier::{ACCOUNT_SID, AUTH_TOKEN, CALLER_ID};

/// Rows of one transaction.
const CHUNK: usize = 1_000;
/// The first of the numbers; all have New York's hours.
const FIRST_NUMBER: u64 = 2_122_000_000;

/// What was written.
pub struct Seeded {
    pub organization: Uuid,
    pub campaign: Uuid,
    pub run: Uuid,
}

/// A campaign that calls everybody once, as fast as the organization's widest limits allow.
pub async fn campaign_of(app: &App, recipients: u32, calls_at_once: usize) -> Result<Seeded> {
    let settings = Settings {
        calls_per_second: 10_000.0,
        max_concurrent_calls: u32::try_from(calls_at_once)?,
        ..Settings::default()
    };
    let campaign = campaign(app);
    let seeded = Seeded { organization: campaign.organization, campaign: campaign.id, run: campaign.run };
    let (now, organization, run) = (app.clock.now(), campaign.organization, campaign.run);
    let account = account(app, organization);
    let first = Run {
        id: run,
        campaign: campaign.id,
        number: 1,
        occurrence: runs::MANUAL.to_owned(),
        state: RunState::Prepared,
        started_at: None,
        finished_at: None,
    };
    app.store
        .write(Lane::Pages, move |tx| {
            let row = Organization { id: organization, name: "Bench".to_owned(), version: 1, settings: settings.clone() };
            organizations::insert(tx, &row, now)?;
            let department = Department { id: campaign.department, name: "General".to_owned(), version: 1, created_at: now };
            departments::insert(tx, organization, &department)?;
            carriers::save(tx, organization, &account)?;
            campaigns::insert(tx, &campaign)?;
            runs::insert(tx, organization, &first)
        })
        .await
        .map_err(|e: StoreError| e)?;
    enroll(app, &seeded, recipients).await?;
    Ok(seeded)
}

async fn enroll(app: &App, seeded: &Seeded, recipients: u32) -> Result<()> {
    let indexes: Vec<u64> = (0..u64::from(recipients)).collect();
    for chunk in indexes.chunks(CHUNK) {
        let people: Vec<Enrollment> = chunk.iter().map(|index| person(app, *index)).collect();
        let (organization, run) = (seeded.organization, seeded.run);
        app.store
            .write(Lane::Pages, move |tx| recipients::enroll(tx, organization, run, &people))
            .await
            .map_err(|e: StoreError| e)?;
    }
    Ok(())
}

fn person(app: &App, index: u64) -> Enrollment {
    Enrollment {
        id: app.chance.id(app.clock.now()),
        contact: None,
        phone: format!("+1{}", FIRST_NUMBER + index),
        name: "Ada".to_owned(),
        fields: r#"{"first_name":"Ada"}"#.to_owned(),
        zones: "America/New_York".to_owned(),
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

fn campaign(app: &App) -> Campaign {
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
        ..CampaignSettings::default()
    };
    Campaign {
        id: app.chance.id(now),
        organization: app.chance.id(now),
        department: app.chance.id(now),
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
    }
}
