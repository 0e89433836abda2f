//! The work on one import: a look at every row when it is strict, then step after step to the end.
//!
//! Each step reads some rows of the list and writes them with the counters. Between two steps nothing is held but the
//! lease, so a process that dies anywhere leaves an import that somebody else goes on with.

use std::sync::Arc;

use carillon_domain::import::Mode;
use futures_util::StreamExt;
use uuid::Uuid;

use super::reading::{LookedAt, blocks};
use super::treatment::Treatment;
use super::{ImportError, Importer};
use crate::store::imports::rows::{self, ReadRow, Step, Stepped};
use crate::store::imports::work::{fail, finish, release, renew, set_checked};
use crate::store::imports::{Fates, Import, Wish};
use crate::store::{Lane, StoreError, organizations};

/// How often a step that lost against another write is tried again.
const TRIES_MAX: u32 = 5;

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
        self.write_rows(&Job { import, wish, organization_name }, treatment, steps_max).await
    }

    async fn refuse(&self, id: Uuid, bad: u64) -> Result<Worked, ImportError> {
        let rows = if bad == 1 { "1 row is bad".to_owned() } else { format!("{bad} rows are bad") };
        let note = format!("{rows}, and a strict import keeps nothing then");
        let now = self.clock.now();
        self.store.write(Lane::Pages, move |tx| fail(tx, id, &note, now)).await.map_err(|e: StoreError| e)?;
        Ok(Worked::Ended)
    }

    async fn write_rows(&self, job: &Job, treatment: Treatment, steps_max: usize) -> Result<Worked, ImportError> {
        let id = job.import.id;
        let (file, shape) = self.list(&job.import)?;
        let mut fates = job.import.fates;
        let mut blocks = blocks(file, shape, treatment, u64::try_from(fates.done()).unwrap_or_default());
        let mut steps = 0;
        while let Some(block) = blocks.next().await {
            if steps == steps_max {
                let owner = self.owner.clone();
                self.store.write(Lane::Pages, move |tx| release(tx, id, &owner)).await.map_err(|e: StoreError| e)?;
                return Ok(Worked::Paused);
            }
            match self.write_step(self.step(job, block?, fates)).await? {
                Stepped::To(now) => fates = now,
                Stepped::Superseded => return Ok(Worked::Superseded),
            }
            steps += 1;
        }
        self.end(&job.import, fates).await
    }

    fn step(&self, job: &Job, block: Vec<LookedAt>, from: Fates) -> Step {
        let now = self.clock.now();
        let read = |row: LookedAt| {
            let treated = row.result.ok();
            let is_repaired = treated.as_ref().is_some_and(|treated| !treated.findings.is_empty());
            let contact = treated.map(|treated| {
                let mut contact = treated.imported.contact;
                contact.add_tags(&job.wish.tags);
                contact
            });
            ReadRow { contact, is_repaired, contact_id: self.chance.id(now), recipient_id: self.chance.id(now) }
        };
        Step {
            import: job.import.id,
            lease: self.lease(now),
            duplicates: job.wish.duplicates,
            from,
            rows: block.into_iter().map(read).collect(),
            organization_name: job.organization_name.clone(),
            now,
        }
    }

    async fn write_step(&self, step: Step) -> Result<Stepped, StoreError> {
        let step = Arc::new(step);
        let mut tries = 0;
        loop {
            let this = Arc::clone(&step);
            match self.store.write(Lane::Pages, move |tx| rows::write(tx, &this)).await {
                Err(StoreError::Conflict(_)) if tries < TRIES_MAX => tries += 1,
                other => return other,
            }
        }
    }

    async fn end(&self, import: &Import, fates: Fates) -> Result<Worked, ImportError> {
        let (id, now) = (import.id, self.clock.now());
        if fates.done() != import.rows {
            return Err(ImportError::Gone);
        }
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
