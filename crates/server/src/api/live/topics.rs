//! Topics: what is watched through this node, each with one reader, however many watch.
//!
//! A reader begins with the first watcher of its topic and asks, after each look, whether anybody is left. What it
//! reads is its own business; [`super`] and [`super::list`] have one each. Now and then it says that it looked, though
//! there was nothing new to show.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, watch};
use uuid::Uuid;

/// So often a watcher is told that the figures are still looked at.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(10);

/// Where a reader shows what it saw.
pub type Sights<S> = Arc<Screen<S>>;

/// What all watchers of a topic see.
pub struct Screen<S> {
    /// What was seen last.
    pub seen: watch::Sender<Option<Arc<S>>>,
    /// When the reader last said that it had looked, and what it saw then was still as shown.
    beats: watch::Sender<Option<Timestamp>>,
    /// The same by the clock that never jumps.
    beaten: Mutex<Option<Duration>>,
}

impl<S> Screen<S> {
    fn new() -> Self {
        Self { seen: watch::Sender::new(None), beats: watch::Sender::new(None), beaten: Mutex::default() }
    }

    /// The reader looked `at`, and `since_boot` by the clock that never jumps: tells the watchers when it is time to. A
    /// reader that can't look says nothing, so that a page sees its figures grow old.
    pub fn looked(&self, at: Timestamp, since_boot: Duration) {
        let mut beaten = self.beaten.lock().expect("nobody panics with a heartbeat in hand");
        let last = *beaten.get_or_insert(since_boot);
        if since_boot.saturating_sub(last) >= HEARTBEAT_EVERY {
            *beaten = Some(since_boot);
            self.beats.send_replace(Some(at));
        }
    }
}

/// What a watcher has in hand; watching ends when it is dropped.
pub struct Watching<S> {
    sights: watch::Receiver<Option<Arc<S>>>,
    beats: watch::Receiver<Option<Timestamp>>,
    _permit: OwnedSemaphorePermit,
}

impl<S> Watching<S> {
    pub(super) fn new(screen: &Screen<S>, permit: OwnedSemaphorePermit) -> Self {
        let mut sights = screen.seen.subscribe();
        // What others have seen already is shown at once.
        sights.mark_changed();
        Self { sights, beats: screen.beats.subscribe(), _permit: permit }
    }

    /// What is new: a sight, or the word that the last one is still true. `None` when nothing more comes.
    pub async fn next(&mut self) -> Option<News<S>> {
        loop {
            tokio::select! {
                changed = self.sights.changed() => {
                    changed.ok()?;
                    let seen = self.sights.borrow_and_update().clone();
                    if let Some(sight) = seen {
                        return Some(News::Sight(sight));
                    }
                }
                beat = self.beats.changed() => {
                    beat.ok()?;
                    let at = *self.beats.borrow_and_update();
                    if let Some(at) = at {
                        return Some(News::Heartbeat(at));
                    }
                }
            }
        }
    }
}

/// What a watcher is told.
pub enum News<S> {
    Sight(Arc<S>),
    /// The reader looked at this instant.
    Heartbeat(Timestamp),
}

/// The topics of one kind.
pub(super) struct Topics<S>(Mutex<HashMap<Uuid, Sights<S>>>);

impl<S> Default for Topics<S> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<S: Send + Sync + 'static> Topics<S> {
    fn topics(&self) -> MutexGuard<'_, HashMap<Uuid, Sights<S>>> {
        self.0.lock().expect("nobody panics with the topics in hand")
    }

    /// Watches a topic; its first watcher starts its reader.
    pub(super) fn watch<R>(
        &self,
        id: Uuid,
        permit: OwnedSemaphorePermit,
        read: impl FnOnce(Sights<S>) -> R,
    ) -> Watching<S>
    where
        R: Future<Output = ()> + Send + 'static,
    {
        let mut topics = self.topics();
        let sights = topics.entry(id).or_insert_with(|| {
            let sights: Sights<S> = Arc::new(Screen::new());
            tokio::spawn(read(Arc::clone(&sights)));
            sights
        });
        Watching::new(sights, permit)
    }

    /// Forgets a topic that nobody watches; its reader ends then. False: somebody does.
    pub(super) fn forget_unwatched(&self, id: Uuid) -> bool {
        let mut topics = self.topics();
        let is_unwatched = topics.get(&id).is_none_or(|sights| sights.seen.receiver_count() == 0);
        if is_unwatched {
            topics.remove(&id);
        }
        is_unwatched
    }

    /// Ends the watching of a topic that is no longer there.
    pub(super) fn end(&self, id: Uuid) {
        self.topics().remove(&id);
    }
}
