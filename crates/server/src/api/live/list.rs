//! The campaigns of an organization, live: one reader a node and organization, for all who watch its list.
//!
//! A sight holds those that are under way or were changed a moment ago, with their figures, and how many stand where.
//! Whose departments a watcher may see is [`super::super::events`]' business; nothing of a sight is theirs before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use carillon_domain::campaign::CampaignStatus;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::topics::Sights;
use super::{App, Progress, changed};
use crate::api::campaigns::list::CampaignCounts;
use crate::store::campaigns::{Campaign, overview};
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx};

/// Between two looks at least: once a second.
const SPACING: Duration = Duration::from_secs(1);
/// Between two looks at most: paces fall while nothing happens, and other nodes tell nothing.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Campaigns of a sight; of more those that are active, and then the newest.
const CAMPAIGNS_MAX: u32 = 200;
/// A campaign that is over or not begun stays so long after a change.
const RECENT: SignedDuration = SignedDuration::from_secs(30);

/// A campaign at one moment.
#[derive(Debug)]
pub struct Row {
    department: Uuid,
    status: CampaignStatus,
    version: i64,
    progress: Progress,
    /// As JSON, written once for all.
    pub text: String,
}

impl Row {
    fn new(campaign: &Campaign, progress: Progress) -> Self {
        let text = json!({
            "id": campaign.id, "status": campaign.status, "status_reason": campaign.status_reason,
            "version": campaign.version, "progress": progress,
        });
        let (department, status, version) = (campaign.department, campaign.status, campaign.version);
        Self { department, status, version, progress, text: text.to_string() }
    }

    /// Whether it says the same, whenever it was read. Whatever changes a campaign changes its version.
    #[must_use]
    pub fn shows_the_same_as(&self, other: &Self) -> bool {
        self.version == other.version && self.status == other.status && self.progress.shows_the_same_as(&other.progress)
    }
}

/// Whose campaigns somebody may see: all, or those of these departments.
pub type Departments = Option<BTreeSet<Uuid>>;

/// What was seen of an organization's campaigns at one moment.
#[derive(Debug)]
pub struct ListSight {
    pub at: Timestamp,
    rows: Vec<Arc<Row>>,
    counts: BTreeMap<Uuid, CampaignCounts>,
}

impl ListSight {
    /// The campaigns of these departments.
    #[must_use]
    pub fn rows(&self, departments: &Departments) -> Vec<Arc<Row>> {
        let rows = self.rows.iter().filter(|row| is_in(departments, row.department));
        rows.cloned().collect()
    }

    /// How many campaigns of these departments stand where.
    #[must_use]
    pub fn counts(&self, departments: &Departments) -> CampaignCounts {
        let counts = self.counts.iter().filter(|(department, _)| is_in(departments, **department));
        counts.fold(CampaignCounts::default(), |sum, (_, counts)| sum.and(*counts))
    }

    fn shows_the_same_as(&self, other: &Self) -> bool {
        self.counts == other.counts && same_rows(&self.rows, &other.rows)
    }
}

fn is_in(departments: &Departments, department: Uuid) -> bool {
    departments.as_ref().is_none_or(|known| known.contains(&department))
}

/// Whether two lists say the same.
#[must_use]
pub fn same_rows(one: &[Arc<Row>], other: &[Arc<Row>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.shows_the_same_as(other))
}

/// Looks again and again until nobody watches or the server stops.
pub(super) async fn read(app: Arc<App>, organization: Uuid, sights: Sights<ListSight>) {
    let mut changes = app.engine.subscribe();
    loop {
        let since_boot = app.clock.since_boot();
        match look(&app, organization).await {
            Ok(sight) => {
                let at = sight.at;
                show(&sights, sight);
                sights.looked(at, since_boot);
            }
            Err(error) => tracing::warn!(%error, %organization, "a live list could not be read"),
        }
        tokio::time::sleep(SPACING).await;
        tokio::select! {
            () = changed(&mut changes, |_| true) => {}
            () = tokio::time::sleep(LOOK_AGAIN - SPACING) => {}
            () = sights.seen.closed() => {}
            () = app.stopping.cancelled() => return app.live.lists.end(organization),
        }
        if app.live.lists.forget_unwatched(organization) {
            return;
        }
    }
}

async fn look(app: &App, organization: Uuid) -> Result<ListSight, StoreError> {
    let now = app.clock.now();
    app.store.read(move |tx| sight(tx, organization, now)).await
}

fn sight(tx: &mut Tx<'_>, organization: Uuid, now: Timestamp) -> Result<ListSight, StoreError> {
    let found = overview::under_way(tx, organization, now - RECENT, CAMPAIGNS_MAX)?;
    let progress = Progress::load_all(tx, &found, now)?;
    let rows = found.iter().zip(progress).map(|(campaign, progress)| Arc::new(Row::new(campaign, progress)));
    let mut counts: BTreeMap<Uuid, CampaignCounts> = BTreeMap::new();
    for (department, status, campaigns) in overview::counts(tx, &Scope::whole(organization))? {
        counts.entry(department).or_default().add(status, campaigns);
    }
    Ok(ListSight { at: now, rows: rows.collect(), counts })
}

/// Shows a sight to all watchers when it says something new.
fn show(sights: &Sights<ListSight>, sight: ListSight) {
    sights.seen.send_if_modified(|shown| {
        let is_old = shown.as_ref().is_some_and(|old| old.shows_the_same_as(&sight));
        if !is_old {
            *shown = Some(Arc::new(sight));
        }
        !is_old
    });
}
