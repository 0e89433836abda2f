//! Live figures: one reader a campaign on this node, fanned out to everybody who watches it.
//!
//! A reader looks when the engine says that its campaign changed, and now and then for what other nodes did and
//! what time does to a pace. It ends with its last watcher. Whoever is slow finds the newest figures, never a
//! queue of old ones. Waits are the real clock's: they are for people, not for campaigns.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};
use uuid::Uuid;

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

/// What a watcher has in hand; watching ends when it is dropped.
pub struct Watching {
    pub sights: watch::Receiver<Option<Arc<Sight>>>,
    _permit: OwnedSemaphorePermit,
}

type Sights = Arc<watch::Sender<Option<Arc<Sight>>>>;

/// The campaigns that are watched through this node.
pub struct Live {
    watched: Mutex<HashMap<Uuid, Sights>>,
    permits: Arc<Semaphore>,
}

impl Default for Live {
    fn default() -> Self {
        Self { watched: Mutex::default(), permits: Arc::new(Semaphore::new(WATCHERS_MAX)) }
    }
}

impl Live {
    /// Watches a campaign; `None` when too many people watch already.
    pub fn watch(app: &Arc<App>, campaign: Uuid) -> Option<Watching> {
        let permit = Arc::clone(&app.live.permits).try_acquire_owned().ok()?;
        let mut watched = app.live.watched.lock().expect("nobody panics with the topics in hand");
        let sights = watched.entry(campaign).or_insert_with(|| {
            let sights: Sights = Arc::new(watch::Sender::new(None));
            tokio::spawn(read(Arc::clone(app), campaign, Arc::clone(&sights)));
            sights
        });
        Some(Watching { sights: sights.subscribe(), _permit: permit })
    }

    /// Forgets a campaign that nobody watches. False: somebody does.
    fn forget(&self, campaign: Uuid) -> bool {
        let mut watched = self.watched.lock().expect("nobody panics with the topics in hand");
        let is_unwatched = watched.get(&campaign).is_none_or(|sights| sights.receiver_count() == 0);
        if is_unwatched {
            watched.remove(&campaign);
        }
        is_unwatched
    }

    /// Ends the watching of a campaign that is no longer there.
    fn end(&self, campaign: Uuid) {
        self.watched.lock().expect("nobody panics with the topics in hand").remove(&campaign);
    }
}

/// Looks again and again until nobody watches or the server stops.
async fn read(app: Arc<App>, campaign: Uuid, sights: Sights) {
    let mut changes = app.engine.subscribe();
    loop {
        match look(&app, campaign).await {
            Ok(Some(sight)) => show(&sights, sight),
            Ok(None) => return app.live.end(campaign),
            Err(error) => tracing::warn!(%error, %campaign, "live figures could not be read"),
        }
        tokio::time::sleep(SPACING).await;
        tokio::select! {
            () = changed(&mut changes, campaign) => {}
            () = tokio::time::sleep(LOOK_AGAIN - SPACING) => {}
            () = sights.closed() => {}
            () = app.stopping.cancelled() => return app.live.end(campaign),
        }
        if sights.receiver_count() == 0 && app.live.forget(campaign) {
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
fn show(sights: &Sights, sight: Sight) {
    sights.send_if_modified(|shown| {
        let is_old = shown
            .as_ref()
            .is_some_and(|old| old.status == sight.status && old.progress.shows_the_same_as(&sight.progress));
        if !is_old {
            *shown = Some(Arc::new(sight));
        }
        !is_old
    });
}

/// Resolves when a campaign changed, or when so much did that this one may have.
async fn changed(changes: &mut broadcast::Receiver<Uuid>, campaign: Uuid) {
    loop {
        match changes.recv().await {
            Ok(id) if id == campaign => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
