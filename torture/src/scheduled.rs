//! Recurring campaigns that are due this minute, with people of the contact book: rows written before a server starts.
//!
//! What must become of them is the loops' business.

use anyhow::Result;
use carillon::store::campaigns::{self, Campaign as Row};
use carillon::store::contacts::{Entry, many};
use carillon::store::recipients::{self, Enrollment};
use carillon::store::runs::{self, Run};
use carillon::store::schedules::{self, InForce};
use carillon::store::{Lane, StoreError};
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::contact::{ContactDraft, ZoneSource};
use carillon_domain::country_code::CountryCode;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::schedule::{Schedule, Standing};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::json;

use crate::campaign::{Campaign, draft, number};
use crate::world::{World, now};

/// People of one campaign.
const PEOPLE: usize = 4;

/// Writes so many campaigns, each due at the minute that has just begun and again on the next day.
pub async fn write(world: &World, count: usize) -> Result<Vec<Campaign>> {
    let store = world.open()?;
    let due_at = now().round(jiff::TimestampRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Trunc))?;
    let mut written = Vec::new();
    for place in 0..count {
        let phones: Vec<String> = (place * PEOPLE..(place + 1) * PEOPLE).map(number).collect();
        let campaign = Campaign { id: world.chance.id(now()), run: world.chance.id(now()), phones };
        let (row, run) = (scheduled(world, &campaign, due_at)?, Run::first(campaign.run, campaign.id));
        let entries = campaign.phones.iter().map(|phone| entry(world, phone)).collect::<Result<Vec<Entry>>>()?;
        let people: Vec<Enrollment> =
            entries.iter().map(|entry| entry.enrollment(world.chance.id(now()), "Torture")).collect();
        let standing = Standing::since(due_at - SignedDuration::from_secs(1));
        let in_force = InForce { campaign: campaign.id, standing, look_at: Some(due_at) };
        let organization = world.organization;
        let write = store.write(Lane::Pages, move |tx| {
            campaigns::insert(tx, &row)?;
            runs::insert(tx, organization, &run)?;
            many::insert(tx, &entries)?;
            recipients::enroll(tx, organization, run.id, &people)?;
            schedules::save(tx, &in_force)
        });
        write.await.map_err(|error: StoreError| error)?;
        written.push(campaign);
    }
    Ok(written)
}

fn scheduled(world: &World, campaign: &Campaign, due_at: Timestamp) -> Result<Row> {
    let retry = RetryPolicy { max_attempts: 1, delays_s: Vec::new(), on: Vec::new() };
    let local = due_at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M").to_string();
    let schedule = json!({
        "kind": "recurring", "at": local, "timezone": "UTC", "every": {"unit": "day", "interval": 1},
        "until": {"kind": "never"}, "contacts": "same",
    });
    let schedule = Schedule::parse(&schedule).map_err(|wrong| anyhow::anyhow!("no schedule: {wrong:?}"))?;
    let mut row = draft(world, campaign, &retry);
    row.settings.schedule = schedule;
    row.status = CampaignStatus::Scheduled;
    Ok(row)
}

fn entry(world: &World, phone: &str) -> Result<Entry> {
    let draft = ContactDraft { phone: phone.to_owned(), ..ContactDraft::default() };
    let contact = draft.check(&CountryCode::US).map_err(|wrong| anyhow::anyhow!("no contact: {wrong:?}"))?;
    Ok(Entry {
        id: world.chance.id(now()),
        organization: world.organization,
        department: world.department,
        version: 1,
        contact,
        timezone_is: ZoneSource::Stated,
        import: None,
        created_at: now(),
        updated_at: now(),
    })
}
