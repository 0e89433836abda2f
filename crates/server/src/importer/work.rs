//! The work on one import: a look at every row when it is strict, then step after step to the end.
//!
//! Each step reads some rows of the list and writes them with the counters. Between two steps nothing is held but the
//! lease, so a process that dies anywhere leaves an import that somebody else goes on with.

use std::collections::VecDeque;
use std::future::{poll_fn, ready};
use std::sync::Arc;
use std::task::Poll;

use carillon_domain::contact::ZoneSource;
use carillon_domain::import::Mode;
use futures_util::StreamExt;
use futures_util::future::Either;
use jiff::Timestamp;
use uuid::Uuid;

use super::reading::{LookedAt, blocks};
use super::treatment::Treatment;
use super::{ImportError, Importer};
use crate::failpoint;
use crate::lists::ListError;
use crate::store::contacts::Entry;
use crate::store::contacts::many::NewEntry;
use crate::store::imports::rows::{self, ReadRow, Step, Stepped};
use crate::store::imports::work::{fail, finish, release, renew, set_checked};
use crate::store::imports::{Import, Wish};
use crate::store::{Engine, Lane, StoreError, organizations};

/// How often a step that lost against another write is tried again.
const TRIES_MAX: u32 = 5;
/// In a list of no more rows duplicates are found at once; in a longer one when the bookkeeper was there.
const ROWS_WITH_KEYS_MAX: i64 = 10_000;
/// Blocks that are being made into rows.
const READERS: usize = 2;
/// Steps that wait for the writer or are in its hands, so that it need never wait for the next.
const STEPS_AHEAD_MAX: usize = 3;

/// How far the work on an import got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worked {
    /// It has ended.
    Ended,
    /// It was told to stop here; the lease is given back.
    Paused,
    /// Somebody else works on it.
    Superseded,
}

/// What is the same for all steps of an import.
struct Job {
    import: Import,
    wish: Wish,
    organization_name: String,
}

/// On SQLite one thread writes, in the order in which it is asked. The connections of PostgreSQL do not, so there a step is
/// asked for when the one before is durable.
const fn steps_ahead_max(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => STEPS_AHEAD_MAX,
        Engine::Postgres => 1,
    }
}

impl Job {
    fn read(&self, row: LookedAt, (contact_id, recipient_id): (Uuid, Uuid), now: Timestamp) -> ReadRow {
        let treated = row.result.ok();
        let is_repaired = treated.as_ref().is_some_and(|treated| !treated.findings.is_empty());
        let new = treated.map(|treated| {
            let mut contact = treated.imported.contact;
            contact.add_tags(&self.wish.tags);
            let entry = Entry {
                id: contact_id,
                organization: self.import.organization,
                department: self.import.department,
                version: 1,
                contact,
                timezone_is: ZoneSource::Imported,
                import: Some(self.import.id),
                created_at: now,
                updated_at: now,
            };
            let is_short = self.import.rows <= ROWS_WITH_KEYS_MAX;
            if is_short { NewEntry::new(entry) } else { NewEntry::with_keys_later(entry) }
        });
        ReadRow { new, is_repaired, recipient_id }
    }
}

impl Importer {
    /// Works on a leased import, at most so many steps.
    ///
    /// # Errors
    /// When the database or the disk fails, or the list is gone. The import stays as the last step left it.
    pub async fn work(&self, mut import: Import, steps_max: usize) -> Result<Worked, ImportError> {
        let wish =
            import.wish.clone().ok_or_else(|| StoreError::Corrupt("a running import without wish".to_owned()))?;
        let treatment = self.settled_treatment(&mut import, &wish).await?;
        if wish.mode == Mode::Strict && !import.is_checked {
            let bad = self.count_bad(&import, treatment.clone()).await?;
            if bad > 0 {
                return self.refuse(import.id, bad).await;
            }
            let id = import.id;
            self.store.write(Lane::Pages, move |tx| set_checked(tx, id)).await.map_err(|e: StoreError| e)?;
        }
        let organization_name = self.organization_name(import.organization).await?;
        self.write_rows(&Arc::new(Job { import, wish, organization_name }), treatment, steps_max).await
    }

    async fn refuse(&self, id: Uuid, bad: u64) -> Result<Worked, ImportError> {
        let rows = if bad == 1 { "1 row is bad".to_owned() } else { format!("{bad} rows are bad") };
        let note = format!("{rows}, and a strict import keeps nothing then");
        let now = self.clock.now();
        self.store.write(Lane::Pages, move |tx| fail(tx, id, &note, now)).await.map_err(|e: StoreError| e)?;
        Ok(Worked::Ended)
    }

    /// Keeps a few steps on their way to the writer, so that it need not wait.
    async fn write_rows(&self, job: &Arc<Job>, treatment: Treatment, steps_max: usize) -> Result<Worked, ImportError> {
        let (file, shape) = self.list(&job.import)?;
        let mut done = job.import.fates.done();
        let blocks = blocks(file, shape, treatment, u64::try_from(done).unwrap_or_default());
        let mut blocks = blocks.map(|block| self.read_rows(job, block)).buffered(READERS);
        let (mut under_way, mut steps) = (VecDeque::new(), 0);
        loop {
            while steps < steps_max && under_way.len() < steps_ahead_max(self.store.engine()) {
                let Some(rows) = blocks.next().await else { break };
                let rows = rows?;
                let count = i64::try_from(rows.len()).expect("rows of one step");
                let mut writing = Box::pin(self.write_step(self.step(job, rows, done)));
                // The writer takes steps in the order in which they first ask.
                under_way.push_back(match poll_fn(|context| Poll::Ready(writing.as_mut().poll(context))).await {
                    Poll::Ready(stepped) => Either::Left(ready(stepped)),
                    Poll::Pending => Either::Right(writing),
                });
                (done, steps) = (done + count, steps + 1);
            }
            let Some(step) = under_way.pop_front() else { break };
            if step.await? == Stepped::Superseded {
                return Ok(Worked::Superseded);
            }
        }
        if steps == steps_max && done < job.import.rows {
            return self.pause(job.import.id).await;
        }
        self.end(&job.import, done).await
    }

    async fn pause(&self, id: Uuid) -> Result<Worked, ImportError> {
        let owner = self.owner.clone();
        self.store.write(Lane::Pages, move |tx| release(tx, id, &owner)).await.map_err(|e: StoreError| e)?;
        Ok(Worked::Paused)
    }

    /// Makes what a block becomes when everybody in it is new, away from the async workers. Ids are drawn here, in the
    /// order of the list.
    fn read_rows(
        &self,
        job: &Arc<Job>,
        block: Result<Vec<LookedAt>, ListError>,
    ) -> impl Future<Output = Result<Vec<ReadRow>, ListError>> + Send + use<> {
        let now = self.clock.now();
        let draw = |row| (row, self.chance.id(now), self.chance.id(now));
        let drawn = block.map(|block| block.into_iter().map(draw).collect::<Vec<_>>());
        let job = Arc::clone(job);
        async move {
            let rows = drawn?.into_iter();
            let read = move || rows.map(|(row, contact, recipient)| job.read(row, (contact, recipient), now)).collect();
            tokio::task::spawn_blocking(read).await.map_err(|_| ListError::Panicked)
        }
    }

    fn step(&self, job: &Job, rows: Vec<ReadRow>, done: i64) -> Step {
        let now = self.clock.now();
        Step {
            import: job.import.id,
            lease: self.lease(now),
            duplicates: job.wish.duplicates,
            done,
            rows,
            organization_name: job.organization_name.clone(),
            now,
        }
    }

    async fn write_step(&self, step: Step) -> Result<Stepped, StoreError> {
        let step = Arc::new(step);
        let mut tries = 0;
        loop {
            let this = Arc::clone(&step);
            let written = self.store.write(Lane::Background, move |tx| {
                let stepped = rows::write(tx, &this)?;
                failpoint::hit("import.before_commit");
                Ok::<_, StoreError>(stepped)
            });
            match written.await {
                Err(StoreError::Conflict(_)) if tries < TRIES_MAX => tries += 1,
                other => {
                    failpoint::hit("import.after_commit");
                    return other;
                }
            }
        }
    }

    async fn end(&self, import: &Import, done: i64) -> Result<Worked, ImportError> {
        let (id, now) = (import.id, self.clock.now());
        if done != import.rows {
            return Err(ImportError::Gone);
        }
        failpoint::hit("import.before_end");
        self.store.write(Lane::Pages, move |tx| finish(tx, id, now)).await.map_err(|e: StoreError| e)?;
        Ok(Worked::Ended)
    }

    async fn organization_name(&self, id: Uuid) -> Result<String, StoreError> {
        let found = self.store.read(move |tx| organizations::find(tx, id)).await?;
        Ok(found.map(|organization| organization.name).unwrap_or_default())
    }

    /// Says that this node is alive.
    pub(super) async fn renew(&self, id: Uuid) -> Result<(), ImportError> {
        let lease = self.lease(self.clock.now());
        let is_ours = self.store.write(Lane::Pages, move |tx| renew(tx, id, &lease)).await;
        match is_ours.map_err(|e: StoreError| e)? {
            true => Ok(()),
            false => Err(StoreError::Conflict("another node works on this import".to_owned()).into()),
        }
    }
}
