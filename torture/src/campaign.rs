//! Campaigns of a run: rows written before a server starts, and what is asked of them over HTTP.
//!
//! Nothing here decides or dials; a campaign's life is the server's. Numbers are those of New York, where the carrier's
//! magic ones are not.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use carillon::store::campaigns::{self, Campaign as Row};
use carillon::store::recipients::{self, Enrollment};
use carillon::store::runs::{self, Run};
use carillon::store::{Lane, StoreError};
use carillon_domain::calling_hours::RecipientHours;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::message::Message;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::retry::RetryPolicy;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::world::{World, now};

/// Area codes of New York, and the numbers that are used of each.
const AREAS: [u32; 5] = [212, 646, 917, 718, 347];
const NUMBERS_PER_AREA: usize = 8_000;
/// Real seconds to the server, which asks about a silent call after them; simulated ones to the carrier.
const RING_TIMEOUT_S: u32 = 6;
/// The server's own bound on pause and stop is 15 s.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// An end whose callback was lost is found by asking: when the phone would have stopped ringing, and again.
const SETTLED_WITHIN: SignedDuration = SignedDuration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// A campaign in the database.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub id: Uuid,
    pub run: Uuid,
    pub phones: Vec<String>,
}

/// A number that may be called, the first at 0.
pub fn number(index: usize) -> String {
    format!("+1{}555{:04}", AREAS[index / NUMBERS_PER_AREA % AREAS.len()], 2_000 + index % NUMBERS_PER_AREA)
}

/// Writes drafts for these lists of numbers.
pub async fn write(world: &World, lists: Vec<Vec<String>>, retry: &RetryPolicy) -> Result<Vec<Campaign>> {
    let store = world.open()?;
    let mut written = Vec::new();
    for phones in lists {
        let campaign = Campaign { id: world.chance.id(now()), run: world.chance.id(now()), phones };
        let (row, run) = (draft(world, &campaign, retry), first_run(&campaign));
        let people: Vec<Enrollment> =
            campaign.phones.iter().map(|phone| person(world, phone)).collect::<Result<_>>()?;
        let organization = world.organization;
        let write = store.write(Lane::Pages, move |tx| {
            campaigns::insert(tx, &row)?;
            runs::insert(tx, organization, &run)?;
            recipients::enroll(tx, organization, run.id, &people)
        });
        write.await.map_err(|error: StoreError| error)?;
        written.push(campaign);
    }
    Ok(written)
}

/// A campaign that nobody has started.
pub fn draft(world: &World, campaign: &Campaign, retry: &RetryPolicy) -> Row {
    let message = Message::Tts {
        text: "Hello {{first_name|there}}, this is a message.".to_owned(),
        voice: "Polly.Joanna-Neural".to_owned(),
        language: "en-US".to_owned(),
        rate_percent: 100,
        pitch_percent: 0,
    };
    let settings = CampaignSettings {
        message: Some(message),
        retry: retry.clone(),
        ring_timeout_s: RING_TIMEOUT_S,
        recipient_hours: RecipientHours { enabled: false, ..RecipientHours::default() },
        ..CampaignSettings::default()
    };
    Row {
        id: campaign.id,
        organization: world.organization,
        department: world.department,
        version: 1,
        epoch: 0,
        name: format!("Torture {}", campaign.id),
        description: String::new(),
        status: CampaignStatus::Draft,
        status_reason: None,
        ended_by: None,
        settings,
        run: campaign.run,
        created_by: "torture".to_owned(),
        created_at: now(),
        started_at: None,
        finished_at: None,
        first_max: None,
        test_of: None,
        list_source: None,
    }
}

fn first_run(campaign: &Campaign) -> Run {
    Run::first(campaign.run, campaign.id)
}

fn person(world: &World, phone: &str) -> Result<Enrollment> {
    let number = PhoneNumber::from_e164(phone).ok().with_context(|| format!("{phone} is no number"))?;
    Ok(Enrollment {
        id: world.chance.id(now()),
        contact: None,
        phone: phone.to_owned(),
        name: "Ada".to_owned(),
        fields: r#"{"first_name":"Ada"}"#.to_owned(),
        zones: ZoneSet::of_number(&number).key(),
        clues: None,
        import: None,
        suppressed: None,
    })
}

/// A server's HTTP doors, with an administrator's token.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Api {
    pub fn new(world: &World, address: std::net::SocketAddr) -> Result<Self> {
        let http = reqwest::Client::builder().no_proxy().timeout(ANSWERS_WITHIN).build()?;
        Ok(Self { http, base: format!("http://{address}/api/v1/campaigns"), token: world.token.clone() })
    }

    /// `start`, `pause`, `resume` or `stop`; an error when it is refused or the server dies meanwhile.
    pub async fn ask(&self, campaign: &Campaign, action: &str) -> Result<()> {
        let request = self.http.post(format!("{}/{}/{action}", self.base, campaign.id)).bearer_auth(&self.token);
        let answer = request.send().await?;
        let status = answer.status();
        if !status.is_success() {
            bail!("{action} was answered {status}: {}", answer.text().await?);
        }
        Ok(())
    }

    /// The campaign's status, and why.
    pub async fn status(&self, campaign: &Campaign) -> Result<(String, Option<String>)> {
        let request = self.http.get(format!("{}/{}", self.base, campaign.id)).bearer_auth(&self.token);
        let body: Value = request.send().await?.error_for_status()?.json().await?;
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        Ok((text("status").context("a campaign has a status")?, text("status_reason")))
    }

    /// Whether a recurring campaign's first run is over and the second has its whole list.
    pub async fn awaits_its_second_run(&self, campaign: &Campaign) -> Result<bool> {
        let path = format!("{}/{}", self.base, campaign.id);
        let (runs, progress) =
            (self.json(&format!("{path}/runs")).await?, self.json(&format!("{path}/progress")).await?);
        let runs = runs["items"].as_array().context("a campaign has runs")?.len();
        Ok(runs == 2 && progress["total"].as_u64() == Some(campaign.phones.len() as u64))
    }

    async fn json(&self, url: &str) -> Result<Value> {
        Ok(self.http.get(url).bearer_auth(&self.token).send().await?.error_for_status()?.json().await?)
    }

    /// Waits until the server knows of every call's end. At the deadline all is left as it is: the checker says
    /// what is amiss.
    pub async fn settled(&self, campaigns: &[Campaign]) -> Result<()> {
        let deadline: Timestamp = now().checked_add(SETTLED_WITHIN)?;
        for campaign in campaigns {
            while self.dialing(campaign).await? > 0 && now() < deadline {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
        Ok(())
    }

    /// How many of the campaign's people are on a call, as far as the server has heard.
    pub async fn dialing(&self, campaign: &Campaign) -> Result<u64> {
        let request = self.http.get(format!("{}/{}/progress", self.base, campaign.id)).bearer_auth(&self.token);
        let body: Value = request.send().await?.error_for_status()?.json().await?;
        body["dialing"].as_u64().context("progress counts who is being dialed")
    }
}
