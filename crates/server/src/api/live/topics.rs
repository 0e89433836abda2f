//! Topics: what is watched through this node, each with one reader, however many watch.
//!
//! A reader begins with the first watcher of its topic and asks, after each look, whether anybody is left. What it
//! reads is its own business; [`super`] and [`super::list`] have one each.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::{OwnedSemaphorePermit, watch};
use uuid::Uuid;

/// Where a reader shows what it saw.
pub type Sights<S> = Arc<watch::Sender<Option<Arc<S>>>>;

/// What a watcher has in hand; watching ends when it is dropped.
pub struct Watching<S> {
    pub sights: watch::Receiver<Option<Arc<S>>>,
    _permit: OwnedSemaphorePermit,
}

impl<S> Watching<S> {
    pub(super) fn new(mut sights: watch::Receiver<Option<Arc<S>>>, permit: OwnedSemaphorePermit) -> Self {
        // What others have seen already is shown at once.
        sights.mark_changed();
        Self { sights, _permit: permit }
    }
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
    pub(super) fn watch<R>(&self, id: Uuid, read: impl FnOnce(Sights<S>) -> R) -> watch::Receiver<Option<Arc<S>>>
    where
        R: Future<Output = ()> + Send + 'static,
    {
        let mut topics = self.topics();
        let sights = topics.entry(id).or_insert_with(|| {
            let sights: Sights<S> = Arc::new(watch::Sender::new(None));
            tokio::spawn(read(Arc::clone(&sights)));
            sights
        });
        sights.subscribe()
    }

    /// Forgets a topic that nobody watches; its reader ends then. False: somebody does.
    pub(super) fn forget_unwatched(&self, id: Uuid) -> bool {
        let mut topics = self.topics();
        let is_unwatched = topics.get(&id).is_none_or(|sights| sights.receiver_count() == 0);
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
