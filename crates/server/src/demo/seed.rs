//! The rows of the demo: an organization, two people who log in, contacts, and a campaign ready to start.
//!
//! Written through the store's own functions, as the API would; it starts nothing and calls nobody. All numbers are
//! invented. The running of it is [`super`]'s, the telling of it [`super::show`]'s.

use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::{AnsweringMachine, CampaignSettings};
use carillon_domain::contact::{ContactDraft, ZoneSource};
use carillon_domain::country_code::CountryCode;
use carillon_domain::message::Message;
use carillon_domain::retry::{RetryCondition, RetryPolicy};
use carillon_domain::roles::Role;
use carillon_domain::settings::Settings;
use uuid::Uuid;

use crate::api::App;
use crate::passwords;
use crate::secrets::{Place, Secret};
use crate::store::campaigns::{self, Campaign};
use crate::store::carriers::{self, CarrierAccount};
use crate::store::contacts::{self, Entry};
use crate::store::departments::{self, Department};
use crate::store::organizations::{self, Organization};
use crate::store::runs::{self, Run};
use crate::store::users::{self, User};
use crate::store::{Lane, StoreError, Tx, recipients};

/// Who may log in, and how.
pub const ADMINISTRATOR: &str = "admin@example.com";
pub const MANAGER: &str = "manager@example.com";
pub const PASSWORD: &str = "carillon demo";
/// Numbers that the simulated account owns.
pub(super) const CALLER_IDS: [&str; 2] = ["+12025550100", "+12025550101"];

/// The organization's limits in the demo; calls run twenty times faster than life.
const CALLS_PER_SECOND: f64 = 12.0;
const CALLS_AT_ONCE: u32 = 60;
/// Rows of one transaction.
const CONTACTS_PER_UNIT: usize = 100;

const FIRST_NAMES: [&str; 12] =
    ["Ada", "Grace", "Alan", "Katherine", "Edsger", "Barbara", "Dennis", "Radia", "Ken", "Frances", "John", "Annie"];
const LAST_NAMES: [&str; 11] = [
    "Lovelace", "Hopper", "Turing", "Johnson", "Dijkstra", "Liskov", "Ritchie", "Perlman", "Thompson", "Allen",
    "Backus",
];
/// Area codes in four time zones.
const AREA_CODES: [&str; 6] = ["212", "312", "303", "415", "617", "206"];

/// What was written.
pub(super) struct Seeded {
    pub organization: Uuid,
    pub campaign: Uuid,
    pub run: Uuid,
    pub contacts: usize,
}

/// Writes all of it.
pub(super) async fn fill(app: &App, (sid, token): &(String, String), contacts: usize) -> Result<Seeded, StoreError> {
    let now = app.clock.now();
    let (organization, department) = (app.chance.id(now), app.chance.id(now));
    let account = account(app, organization, (sid, token));
    let people = people(app, organization, now);
    let hash = passwords::hash_of(&Secret::new(PASSWORD), &app.chance.bytes());
    let settings =
        Settings { calls_per_second: CALLS_PER_SECOND, max_concurrent_calls: CALLS_AT_ONCE, ..Settings::default() };
    app.store
        .write(Lane::Pages, move |tx| {
            let row =
                Organization { id: organization, name: "Demo".to_owned(), version: 1, settings: settings.clone() };
            organizations::insert(tx, &row, now)?;
            let general = Department { id: department, name: "General".to_owned(), version: 1, created_at: now };
            departments::insert(tx, organization, &general)?;
            for user in &people {
                users::insert(tx, user, Some(&hash))?;
                departments::set_of_user(tx, user.id, &[department])?;
            }
            carriers::save(tx, organization, &account).map(drop)
        })
        .await?;
    let campaign = campaign(app, organization, department);
    let seeded = Seeded { organization, campaign: campaign.id, run: campaign.run, contacts };
    app.store.write(Lane::Pages, move |tx| insert_campaign(tx, &campaign)).await?;
    enroll(app, &seeded, department).await?;
    Ok(seeded)
}

fn account(app: &App, organization: Uuid, (sid, token): (&str, &str)) -> CarrierAccount {
    let place = Place { table: "carriers", row: organization, column: "auth_token" };
    CarrierAccount {
        version: 1,
        account_sid: sid.to_owned(),
        auth_token_sealed: Some(app.secret_key.seal(&app.chance, &place, &Secret::new(token))),
        api_key_sid: None,
        api_key_secret_sealed: None,
        caller_ids: CALLER_IDS.map(str::to_owned).to_vec(),
        twiml_app_sid: None,
        public_url: None,
    }
}

fn people(app: &App, organization: Uuid, now: jiff::Timestamp) -> Vec<User> {
    let user = |email: &str, name: &str, role| User {
        id: app.chance.id(now),
        organization,
        email: email.to_owned(),
        name: name.to_owned(),
        role,
        disabled_at: None,
        version: 1,
        created_at: now,
    };
    vec![user(ADMINISTRATOR, "Alex Admin", Role::Administrator), user(MANAGER, "Morgan Manager", Role::Manager)]
}

/// A survey that tries again soon. Recipient hours are off, so that the demo runs at any hour: nobody's phone rings.
fn campaign(app: &App, organization: Uuid, department: Uuid) -> Campaign {
    let now = app.clock.now();
    let on = vec![RetryCondition::NoAnswer, RetryCondition::Busy, RetryCondition::Failed, RetryCondition::Voicemail];
    let text =
        "Hello {{first_name|there}}, this is {{organization_name}} with a short message: your appointment is tomorrow.";
    let settings = CampaignSettings {
        message: Some(Message::Tts {
            text: text.to_owned(),
            voice: "Polly.Joanna-Neural".to_owned(),
            language: "en-US".to_owned(),
            rate_percent: 100,
            pitch_percent: 0,
        }),
        caller_ids: Vec::new(),
        answering_machine: AnsweringMachine::HangUp,
        retry: RetryPolicy { max_attempts: 3, delays_s: vec![4, 8], on },
        recipient_hours: RecipientHours { enabled: false, ..RecipientHours::default() },
        ..CampaignSettings::default()
    };
    Campaign {
        id: app.chance.id(now),
        organization,
        department,
        version: 1,
        epoch: 0,
        name: "Appointment reminders".to_owned(),
        description: "A sample campaign on the simulated carrier".to_owned(),
        status: CampaignStatus::Draft,
        status_reason: None,
        ended_by: None,
        settings,
        run: app.chance.id(now),
        created_by: MANAGER.to_owned(),
        created_at: now,
        started_at: None,
        finished_at: None,
        first_max: None,
        test_of: None,
        list_source: None,
    }
}

fn insert_campaign(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<(), StoreError> {
    campaigns::insert(tx, campaign)?;
    let run = Run::first(campaign.run, campaign.id);
    runs::insert(tx, campaign.organization, &run)
}

async fn enroll(app: &App, seeded: &Seeded, department: Uuid) -> Result<(), StoreError> {
    let entries: Vec<Entry> =
        (0..seeded.contacts).filter_map(|i| entry(app, seeded.organization, department, i)).collect();
    for chunk in entries.chunks(CONTACTS_PER_UNIT) {
        let chunk = chunk.to_vec();
        let people: Vec<_> =
            chunk.iter().map(|entry| entry.enrollment(app.chance.id(entry.created_at), "Demo")).collect();
        let (organization, run) = (seeded.organization, seeded.run);
        app.store
            .write(Lane::Pages, move |tx| {
                for entry in &chunk {
                    contacts::insert(tx, entry)?;
                }
                recipients::enroll(tx, organization, run, &people)
            })
            .await?;
    }
    Ok(())
}

/// The contact of an index: the same names and numbers in every demo.
fn entry(app: &App, organization: Uuid, department: Uuid, index: usize) -> Option<Entry> {
    let now = app.clock.now();
    let area = AREA_CODES[index % AREA_CODES.len()];
    let draft = ContactDraft {
        first_name: Some(FIRST_NAMES[index % FIRST_NAMES.len()].to_owned()),
        last_name: Some(LAST_NAMES[index % LAST_NAMES.len()].to_owned()),
        phone: format!("+1{area}555{:04}", 2_000 + index),
        ..ContactDraft::default()
    };
    let contact = draft.check(&CountryCode::US).ok()?;
    Some(Entry {
        id: app.chance.id(now),
        organization,
        department,
        version: 1,
        contact,
        timezone_is: ZoneSource::Imported,
        import: None,
        created_at: now,
        updated_at: now,
    })
}
