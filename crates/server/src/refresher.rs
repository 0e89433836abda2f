//! The refresher: fetches the lists of runs to come, shortly before they begin.
//!
//! What is due is leased, by one node at a time; the sheet is fetched and read with no transaction open, and each move
//! is written by `crate::engine::refreshing`. The rows go through the importer like those of any list. Whoever dies
//! in between leaves a lease that lapses, and the next node goes on from the state that stands there: a list is imported
//! whole or not at all, and without it its run does not begin.

use std::fs::File;
use std::sync::Arc;

use carillon_domain::import::SheetLink;
use carillon_domain::list_refresh::{self, ListFault};
use jiff::{SignedDuration, Timestamp};
use tempfile::NamedTempFile;
use tokio::task::{AbortHandle, JoinSet};
use uuid::Uuid;

use crate::chance::Chance;
use crate::clock::{Busy, Clock};
use crate::engine::Engine;
use crate::engine::refreshing::{self, Brought, NoList};
use crate::failpoint;
use crate::importer::Importer;
use crate::lists::{self, ListError, ListLimits, Shape};
use crate::sheets::{Fetched, SheetError, Sheets};
use crate::store::campaigns::{Campaign, ListSource};
use crate::store::imports::{Fates, Import, ImportState};
use crate::store::list_refreshes::{self, Refresh, RefreshState};
use crate::store::{Lane, StoreError};
use crate::vitals::Tick;

/// Lists that one node works on at once; the others wait.
const REFRESHES_AT_ONCE_MAX: usize = 4;
/// How long a node may work without a sign of life before another one begins anew; longer than a fetch may last.
const LEASE: SignedDuration = SignedDuration::from_secs(90);
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// Who the import of a list is said to be by.
const SYSTEM: &str = "Carillon";

/// Fetches the lists of runs to come.
pub struct Refresher {
    engine: Arc<Engine>,
    importer: Arc<Importer>,
    sheets: Arc<Sheets>,
    clock: Arc<dyn Clock>,
    chance: Chance,
    limits: ListLimits,
}

/// The refresher's loop; it ends when this is dropped.
pub struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Why there is no list.
enum Fault {
    /// It may be there in a moment.
    Passing(String),
    Lasting(String),
    Refused(ListFault),
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "the list of a run could not be written");
        Self::Passing("it cannot be written on the server".to_owned())
    }
}

impl From<SheetError> for Fault {
    fn from(error: SheetError) -> Self {
        let words = error.to_string();
        let words = if words.starts_with("leads") { format!("its link {words}") } else { format!("the sheet {words}") };
        match error {
            SheetError::TooManyRequests | SheetError::Unreachable | SheetError::TooSlow | SheetError::CutOff => {
                Self::Passing(words)
            }
            SheetError::Disk(error) => error.into(),
            _ => Self::Lasting(words),
        }
    }
}

impl From<ListError> for Fault {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Disk(error) => error.into(),
            of_the_list => Self::Lasting(format!("the sheet cannot be read: {of_the_list}")),
        }
    }
}

impl Refresher {
    /// A refresher that does nothing yet; see [`Self::run`].
    #[must_use]
    pub fn new(engine: Arc<Engine>, importer: Arc<Importer>, sheets: Arc<Sheets>, limits: ListLimits) -> Arc<Self> {
        let (clock, chance) = (Arc::clone(&engine.clock), engine.chance.clone());
        Arc::new(Self { engine, importer, sheets, clock, chance, limits })
    }

    /// Starts the loop.
    #[must_use]
    pub fn run(self: &Arc<Self>) -> Running {
        let (refresher, busy) = (Arc::clone(self), self.clock.busy());
        let forever = async move {
            let _busy = busy;
            let mut tasks = JoinSet::new();
            loop {
                let now = refresher.clock.now();
                let wake = refresher.tick(now, &mut tasks).await.unwrap_or_else(|error| {
                    tracing::warn!(%error, "lists of runs to come could not be looked at");
                    now + RETRY_AFTER
                });
                refresher.engine.vitals.ticked("refresher", Tick { at: now, next: wake });
                refresher.engine.refresh.wait_until(wake).await;
            }
        };
        Running(tokio::spawn(forever).abort_handle())
    }

    /// Takes what is due, as long as there is room, and says when to look again.
    async fn tick(self: &Arc<Self>, now: Timestamp, tasks: &mut JoinSet<()>) -> Result<Timestamp, StoreError> {
        while tasks.try_join_next().is_some() {}
        while tasks.len() < REFRESHES_AT_ONCE_MAX {
            let owner = self.engine.owner.clone();
            let lease = (now, now + LEASE);
            let claim = self.engine.store.write(Lane::Pages, move |tx| list_refreshes::claim(tx, &owner, lease));
            let Some(refresh) = claim.await? else { break };
            tasks.spawn(Arc::clone(self).work(refresh, self.clock.busy()));
        }
        let next: Option<Timestamp> = self.engine.store.read(list_refreshes::next_due).await?;
        let latest = now + self.engine.bounds.poll;
        // Who has no room is told when a task ends.
        Ok(next.map_or(latest, |next| next.clamp(now + RETRY_AFTER.min(refreshing::LOOK_EVERY), latest)))
    }

    async fn work(self: Arc<Self>, refresh: Refresh, _busy: Busy) {
        let (run, campaign) = (refresh.run, refresh.campaign);
        if let Err(error) = self.move_on(refresh).await {
            tracing::error!(%run, %error, "the list of a run stays where it is until its lease lapses");
        }
        self.engine.look_at_schedules();
        self.engine.look_again_at(campaign);
    }

    async fn move_on(&self, refresh: Refresh) -> Result<(), StoreError> {
        match refresh.state {
            RefreshState::Waiting | RefreshState::Fetching => self.fetch(refresh).await,
            RefreshState::Importing => self.look(refresh).await,
            RefreshState::Comparing | RefreshState::Parting => self.compare(refresh).await,
            RefreshState::Done | RefreshState::Failed => Ok(()),
        }
    }

    /// Fetches a sheet and lets its import begin; else says what follows from that.
    async fn fetch(&self, refresh: Refresh) -> Result<(), StoreError> {
        let (taken, now) = (refresh.clone(), self.clock.now());
        let campaign = self.engine.store.write(Lane::Pages, move |tx| refreshing::take(tx, &taken, now)).await?;
        let Some(campaign): Option<Campaign> = campaign else { return Ok(()) };
        let refresh = Refresh { state: RefreshState::Fetching, ..refresh };
        failpoint::hit("refresh.before_fetch");
        match self.bring(&refresh, &campaign).await {
            Ok(()) => Ok(()),
            Err(Fault::Store(error)) => Err(error),
            Err(Fault::Passing(why)) => {
                let (tried, words, now) = (refresh.clone(), why.clone(), self.clock.now());
                let again = self.engine.store.write(Lane::Pages, move |tx| refreshing::later(tx, &tried, &words, now));
                if again.await.map_err(|error: StoreError| error)? {
                    Ok(())
                } else {
                    self.fail(refresh, why, None).await
                }
            }
            Err(Fault::Lasting(why)) => self.fail(refresh, why, None).await,
            Err(Fault::Refused(fault)) => {
                let rows = if let ListFault::Shrunk { rows, .. } = &fault { Some(*rows) } else { None };
                self.fail(refresh, fault.to_string(), rows).await
            }
        }
    }

    async fn bring(&self, refresh: &Refresh, campaign: &Campaign) -> Result<(), Fault> {
        let Some(source) = &campaign.list_source else { return Ok(()) };
        let link = SheetLink::parse(&source.url).map_err(|error| Fault::Lasting(format!("its link {error}")))?;
        let file = self.importer.folder.new_file()?;
        let fetched = self.sheets.fetch(&link, file.reopen()?).await?;
        let (file, shape) = inspected(file, self.limits.rows_max).await?;
        let rows = i64::try_from(shape.rows).unwrap_or(i64::MAX);
        let before = if campaign.settings.schedule.accepts_shrunk_list() { 0 } else { source.rows };
        list_refresh::check(&source.wish.mapping, &shape.header, (before, rows)).map_err(Fault::Refused)?;
        let now = self.clock.now();
        let import = self.import(campaign, source, (fetched, shape), now);
        let id = import.id;
        // The file first: a row without one would be an import that nobody can do.
        self.importer.folder.keep(file, id)?;
        failpoint::hit("refresh.before_import");
        let (leased, brought) = (refresh.clone(), Brought { import, fresh: self.chance.id(now) });
        let begun =
            self.engine.store.write(Lane::Pages, move |tx| refreshing::begin_import(tx, &leased, &brought, now)).await;
        if begun? {
            self.importer.nudge();
        } else {
            self.importer.folder.remove(id)?;
        }
        Ok(())
    }

    /// What was fetched as an import of its own.
    fn import(&self, campaign: &Campaign, source: &ListSource, came: (Fetched, Shape), now: Timestamp) -> Import {
        let (fetched, shape) = came;
        Import {
            id: self.chance.id(now),
            organization: campaign.organization,
            department: campaign.department,
            state: ImportState::Uploaded,
            source: "google_sheet".to_owned(),
            file_name: fetched.name.unwrap_or_else(|| "Google Sheet".to_owned()),
            bytes: i64::try_from(fetched.bytes).unwrap_or(i64::MAX),
            shape: serde_json::to_string(&shape).expect("a shape is plain data"),
            rows: i64::try_from(shape.rows).unwrap_or(i64::MAX),
            wish: None,
            campaign: None,
            sheet_url: Some(source.url.clone()),
            run: None,
            is_checked: false,
            habits: None,
            fates: Fates::default(),
            note: None,
            undo: None,
            created_by: SYSTEM.to_owned(),
            created_at: now,
            started_at: None,
            finished_at: None,
        }
    }

    async fn look(&self, refresh: Refresh) -> Result<(), StoreError> {
        let (leased, now) = (refresh.clone(), self.clock.now());
        let look = self.engine.store.write(Lane::Pages, move |tx| refreshing::look_at_import(tx, &leased, now));
        match look.await.map_err(|error: StoreError| error)? {
            Some(why) => self.fail(refresh, why, None).await,
            None => Ok(()),
        }
    }

    async fn compare(&self, refresh: Refresh) -> Result<(), StoreError> {
        loop {
            let (leased, now) = (refresh.clone(), self.clock.now());
            let times = (now, now + LEASE);
            let unit = self.engine.store.write(Lane::Pages, move |tx| refreshing::compare(tx, &leased, times));
            let state: RefreshState = unit.await.map_err(|error: StoreError| error)?;
            if !matches!(state, RefreshState::Comparing | RefreshState::Parting) {
                return Ok(());
            }
        }
    }

    async fn fail(&self, refresh: Refresh, why: String, refused_rows: Option<i64>) -> Result<(), StoreError> {
        let now = self.clock.now();
        let next: Uuid = self.chance.id(now);
        let no_list = NoList { why, refused_rows, next };
        let failed = self.engine.store.write(Lane::Pages, move |tx| refreshing::fail(tx, &refresh, &no_list, now));
        failed.await
    }
}

/// Reads the whole list once, away from the async workers.
async fn inspected(file: NamedTempFile, rows_max: u64) -> Result<(NamedTempFile, Shape), Fault> {
    let looked = tokio::task::spawn_blocking(move || {
        let mut list: File = file.reopen()?;
        let shape = lists::inspect(&mut list, rows_max)?;
        Ok::<_, ListError>((file, shape))
    });
    let looked = looked.await.map_err(|_| Fault::Passing("reading the sheet panicked".to_owned()))?;
    Ok(looked?)
}
