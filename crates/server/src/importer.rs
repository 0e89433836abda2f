//! The importer: looks at lists, writes their rows in the background, takes imports back, sweeps what is old.
//!
//! An import is a row with counters; each step writes some rows of the list and the counters in one transaction
//! ([`crate::store::imports::rows`]). Whoever dies in between is followed by the next holder of the lease, who goes on
//! where the counters stand. In a strict import every row is looked at before the first is written. New contacts
//! are hidden until the last row has its fate, and then there all at once; the campaign they are enrolled in does
//! not start before.

mod look;
mod reading;
mod repairs;
mod treatment;
mod work;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinSet};
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::{Busy, Clock, Nudge};
use crate::lists::folder::ListFolder;
use crate::lists::{ListError, Shape};
use crate::store::imports::work::Lease;
use crate::store::imports::{self, Import};
use crate::store::{Lane, Store, StoreError, audio};
use crate::vitals::{Tick, Vitals};

pub use look::{Look, RowTrouble};
pub use repairs::{KindCount, Repair, Repairs};
pub use work::Worked;

/// Imports that one node works on at once; the others wait.
const IMPORTS_AT_ONCE_MAX: usize = 2;
/// Lists that one node looks at at once for somebody who waits.
const LOOKS_AT_ONCE_MAX: usize = 2;
/// How long a node may work without a sign of life before another one goes on.
const LEASE: SignedDuration = SignedDuration::from_secs(15);
/// How often old lists are looked for.
const SWEEP_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// A list that nobody committed is forgotten after this.
const UPLOADED_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// The file of an import that ended is kept so long, for its rejected rows.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// Files swept at a time.
const SWEEP_MAX: u32 = 100;

/// Why a list could not be worked on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    List(#[from] ListError),
    /// It was swept, or lies on a disk that this node does not see.
    #[error("the list is not here any more")]
    Gone,
}

impl From<std::io::Error> for ImportError {
    fn from(error: std::io::Error) -> Self {
        Self::List(error.into())
    }
}

/// Works on imports.
pub struct Importer {
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Chance,
    pub folder: ListFolder,
    /// This node, in this life of it.
    owner: String,
    /// How soon work that other nodes left is seen at the latest.
    poll: SignedDuration,
    wake: Nudge,
    looks: Semaphore,
}

/// What the loop has in hand.
struct UnderWay {
    tasks: JoinSet<()>,
    sweep_at: Timestamp,
}

/// The importer's loop; it ends when this is dropped.
pub struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Importer {
    /// An importer that does nothing yet; see [`Self::run`].
    #[must_use]
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        chance: Chance,
        folder: ListFolder,
        poll: SignedDuration,
    ) -> Arc<Self> {
        let owner = chance.id(clock.now()).to_string();
        let wake = Nudge::new(Arc::clone(&clock));
        Arc::new(Self { store, clock, chance, folder, owner, poll, wake, looks: Semaphore::new(LOOKS_AT_ONCE_MAX) })
    }

    /// There is work: look now.
    pub fn nudge(&self) {
        self.wake.nudge();
    }

    /// Starts the loop, which tells `vitals` of each look.
    #[must_use]
    pub fn run(self: &Arc<Self>, vitals: Arc<Vitals>) -> Running {
        let (importer, busy) = (Arc::clone(self), self.clock.busy());
        let forever = async move {
            let _busy = busy;
            let mut under_way = UnderWay { tasks: JoinSet::new(), sweep_at: importer.clock.now() };
            loop {
                let now = importer.clock.now();
                let wake = importer.tick(now, &mut under_way).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "imports could not be looked for");
                    now + RETRY_AFTER
                });
                vitals.ticked("importer", Tick { at: now, next: wake });
                importer.wake.wait_until(wake).await;
            }
        };
        Running(tokio::spawn(forever).abort_handle())
    }

    /// Sweeps, goes on with undos, and begins work on imports that nobody works on, as long as there is room. Says
    /// when to look again.
    async fn tick(self: &Arc<Self>, now: Timestamp, under_way: &mut UnderWay) -> Result<Timestamp, ImportError> {
        if under_way.sweep_at <= now {
            self.sweep(now).await?;
            under_way.sweep_at = now + SWEEP_EVERY;
        }
        while let Some(import) = self.store.read(imports::undo::next).await? {
            self.undo(import.id).await?;
        }
        while under_way.tasks.try_join_next().is_some() {}
        while under_way.tasks.len() < IMPORTS_AT_ONCE_MAX {
            let Some(import) = self.claim(now).await? else { break };
            under_way.tasks.spawn(Arc::clone(self).work_to_the_end(import, self.clock.busy()));
        }
        // Whose lease lapses then may have died.
        let lapse: Option<Timestamp> = self.store.read(imports::work::next_lapse).await?;
        let soonest = under_way.sweep_at.min(now + self.poll);
        Ok(lapse.map_or(soonest, |lapse| soonest.min(lapse.max(now + LEASE))))
    }

    /// Leases the next import that nobody works on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, now: Timestamp) -> Result<Option<Import>, StoreError> {
        let lease = self.lease(now);
        self.store.write(Lane::Pages, move |tx| imports::work::claim(tx, &lease, now)).await
    }

    fn lease(&self, now: Timestamp) -> Lease {
        Lease { owner: self.owner.clone(), until: now + LEASE }
    }

    async fn work_to_the_end(self: Arc<Self>, import: Import, _busy: Busy) {
        let id = import.id;
        if let Err(error) = self.work(import, usize::MAX).await {
            tracing::error!(import = %id, %error, "an import stopped");
            self.give_up(id, &error).await;
        }
        self.nudge();
    }

    /// What will not get better by trying again ends the import; the rest waits for the lease to lapse.
    async fn give_up(&self, id: Uuid, error: &ImportError) {
        let note = match error {
            ImportError::Store(StoreError::Unavailable(_) | StoreError::Conflict(_))
            | ImportError::List(ListError::Disk(_)) => return,
            ImportError::Store(_) => "something went wrong on the server; its log says more".to_owned(),
            ImportError::List(_) | ImportError::Gone => error.to_string(),
        };
        let now = self.clock.now();
        let ended = self.store.write(Lane::Pages, move |tx| imports::work::fail(tx, id, &note, now)).await;
        if let Err(error) = ended {
            tracing::error!(import = %id, %error, "an import could not be ended");
        }
    }

    /// Takes an import back, to the end.
    ///
    /// # Errors
    /// When the database fails; the importer of any node goes on with it later.
    pub async fn undo(&self, id: Uuid) -> Result<(), StoreError> {
        while !self.store.write(Lane::Background, move |tx| imports::undo::step(tx, id)).await? {}
        Ok(())
    }

    async fn sweep(&self, now: Timestamp) -> Result<(), ImportError> {
        let (uploaded_before, ended_before) = (now - UPLOADED_KEPT, now - ENDED_KEPT);
        let swept = self.store.write(Lane::Pages, move |tx| {
            audio::sweep(tx, uploaded_before)?;
            imports::work::sweep(tx, uploaded_before, ended_before, SWEEP_MAX)
        });
        for import in swept.await.map_err(|error: StoreError| error)? {
            self.folder.remove(import)?;
        }
        Ok(())
    }

    /// The list of an import, and how it is read.
    fn list(&self, import: &Import) -> Result<(std::fs::File, Shape), ImportError> {
        let shape = serde_json::from_str(&import.shape)
            .map_err(|error| StoreError::Corrupt(format!("the shape of a list: {error}")))?;
        let file = self.folder.open(import.id)?.ok_or(ImportError::Gone)?;
        Ok((file, shape))
    }
}
