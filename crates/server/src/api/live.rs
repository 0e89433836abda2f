//! Live figures: one reader a campaign on this node, fanned out to everybody who watches it.
//!
//! A reader looks when the engine says that its campaign changed, and now and then for what other nodes did and
//! what time does to a pace. It ends with its last watcher. Whoever is slow finds the newest figures, never a
//! queue of old ones. Waits are the real clock's: they are for people, not for campaigns. The readers of whole
//! organizations are in [`list`], what all readers share in [`topics`].

pub mod list;
mod topics;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::sync::{Semaphore, broadcast};
use uuid::Uuid;

pub use self::topics::{News, Watching};

use self::list::ListSight;
use self::topics::{Sights, Topics};
use super::App;
use super::progress::Progress;
use crate::store::{StoreError, campaigns};

/// Between two looks at least: four a second.
const SPACING: Duration = Duration::from_millis(250);
/// Between two looks at most.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// People who watch through this node.
const WATCHERS_MAX: usize = 2_000;

/// What was seen of a campaign at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    pub at: Timestamp,
    progress: Progress,
    /// The figures as JSON, written once for all.
    pub figures: String,
    /// Status, reason and version as JSON.
    pub status: String,
}

/// What is watched through this node.
pub struct Live {
    campaigns: Topics<Sight>,
    /// By organization.
    lists: Topics<ListSight>,
    permits: Arc<Semaphore>,
}

impl Default for Live {
    fn default() -> Self {
        Self { campaigns: Topics::default(), lists: Topics::default(), permits: Arc::new(Semaphore::new(WATCHERS_MAX)) }
    }
}

impl Live {
    /// Watches a campaign; `None` when too many people watch already.
    pub fn watch(app: &Arc<App>, campaign: Uuid) -> Option<Watching<Sight>> {
        let permit = Arc::clone(&app.live.permits).try_acquire_owned().ok()?;
        Some(app.live.campaigns.watch(campaign, permit, |sights| read(Arc::clone(app), campaign, sights)))
    }

    /// Watches the campaigns of an organization; `None` when too many people watch already.
    pub fn watch_list(app: &Arc<App>, organization: Uuid) -> Option<Watching<ListSight>> {
        let permit = Arc::clone(&app.live.permits).try_acquire_owned().ok()?;
        let read = |sights| list::read(Arc::clone(app), organization, sights);
        Some(app.live.lists.watch(organization, permit, read))
    }
}

/// Looks again and again until nobody watches or the server stops.
async fn read(app: Arc<App>, campaign: Uuid, sights: Sights<Sight>) {
    let mut changes = app.engine.subscribe();
    loop {
        let since_boot = app.clock.since_boot();
        match look(&app, campaign).await {
            Ok(Some(sight)) => {
                let at = sight.at;
                show(&sights, sight);
                sights.looked(at, since_boot);
            }
            Ok(None) => return app.live.campaigns.end(campaign),
            Err(error) => tracing::warn!(%error, %campaign, "live figures could not be read"),
        }
        tokio::time::sleep(SPACING).await;
        tokio::select! {
            () = changed(&mut changes, |id| id == campaign) => {}
            () = tokio::time::sleep(LOOK_AGAIN - SPACING) => {}
            () = sights.seen.closed() => {}
            () = app.stopping.cancelled() => return app.live.campaigns.end(campaign),
        }
        if app.live.campaigns.forget_unwatched(campaign) {
            return;
        }
    }
}

async fn look(app: &App, campaign: Uuid) -> Result<Option<Sight>, StoreError> {
    let now = app.clock.now();
    app.store
        .read(move |tx| {
            let Some(campaign) = campaigns::find_any(tx, campaign)? else { return Ok(None) };
            let progress = Progress::load(tx, &campaign, campaign.run, now)?;
            let status = json!({
                "status": campaign.status, "status_reason": campaign.status_reason, "version": campaign.version,
            });
            let figures = json!(progress).to_string();
            Ok(Some(Sight { at: now, progress, figures, status: status.to_string() }))
        })
        .await
}

/// Shows a sight to all watchers when it says something new.
fn show(sights: &Sights<Sight>, sight: Sight) {
    sights.seen.send_if_modified(|shown| {
        let is_old = shown
            .as_ref()
            .is_some_and(|old| old.status == sight.status && old.progress.shows_the_same_as(&sight.progress));
        if !is_old {
            *shown = Some(Arc::new(sight));
        }
        !is_old
    });
}

/// Resolves when a campaign changed that is wanted, or when so much did that one of them may have.
async fn changed(changes: &mut broadcast::Receiver<Uuid>, is_wanted: impl Fn(Uuid) -> bool) {
    loop {
        match changes.recv().await {
            Ok(id) if is_wanted(id) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
