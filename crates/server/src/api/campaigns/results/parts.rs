//! The recipients of a run in parts, a few of which are read at a time and handed over in their order.
//!
//! Where a part ends is read at once, its rows by whichever reader of the database is free; so a table is read as fast as
//! two cores can, in memory that does not grow with it. What is read of a part is the caller's.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::api::App;
use crate::store::results::{self, Part};
use crate::store::{StoreError, Tx};

/// Parts that are read at a time. Pages of people need readers, too.
const PARTS_AT_ONCE: usize = 2;

type Read<T> = dyn Fn(&mut Tx<'_>, &Part) -> Result<T, StoreError> + Send + Sync;

/// How many recipients were asked for, and what becomes of them.
type Begun<T> = (u32, JoinHandle<Result<T, StoreError>>);

/// What is read of each part.
pub struct Parts<T> {
    app: Arc<App>,
    run: Uuid,
    read: Arc<Read<T>>,
    /// After whom the next part begins; `None`: all have begun.
    after: Option<Uuid>,
    /// Those that are being read.
    begun: VecDeque<Begun<T>>,
}

impl<T: Send + 'static> Parts<T> {
    /// Nothing is read yet.
    pub fn new(
        app: &Arc<App>,
        run: Uuid,
        read: impl Fn(&mut Tx<'_>, &Part) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Self {
        Self { app: Arc::clone(app), run, read: Arc::new(read), after: Some(Uuid::nil()), begun: VecDeque::new() }
    }

    /// What was read of the next part, and of how many recipients it was to be; parts that begin meanwhile are of
    /// `recipients`. `None` at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self, recipients: u32) -> Result<Option<(u32, T)>, StoreError> {
        while self.begun.len() < PARTS_AT_ONCE
            && let Some(after) = self.after
        {
            let run = self.run;
            let part: Part = self.app.store.read(move |tx| results::part(tx, run, after, recipients)).await?;
            self.after = part.until;
            let (app, read) = (Arc::clone(&self.app), Arc::clone(&self.read));
            let reading = tokio::spawn(async move { app.store.read(move |tx| read(tx, &part)).await });
            self.begun.push_back((recipients, reading));
        }
        let Some((recipients, reading)) = self.begun.pop_front() else { return Ok(None) };
        let panicked = |_| StoreError::Statement("reading a part panicked".to_owned());
        Ok(Some((recipients, reading.await.map_err(panicked)??)))
    }
}
