//! What the commands of an operator share: the database opened, one unit of work, a line in the audit log.
//!
//! An operator holds no web role: these commands are the way to the first organization and its administrator.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::runtime;
use crate::chance::Chance;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::store::audit::{self, Change};
use crate::store::organizations::{self, Organization};
use crate::store::{Lane, Store, StoreError, Tx};

/// How the audit log names whoever has the command line.
const ACTOR: &str = "operator";

/// Why a command did nothing, in words.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("{0}")]
    Because(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refused {
    pub(super) fn because(text: impl Into<String>) -> Self {
        Self::Because(text.into())
    }
}

/// An operator at work.
pub(super) struct Operator {
    store: Store,
    pub(super) chance: Chance,
    pub(super) now: Timestamp,
}

impl Operator {
    pub(super) fn new(config: &Config) -> anyhow::Result<Self> {
        Ok(Self { store: Store::open(&config.database)?, chance: Chance::system()?, now: SystemClock.now() })
    }

    /// Runs one unit of work and waits until it is durable.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Refused> + Send + 'static,
    ) -> anyhow::Result<T> {
        Ok(runtime()?.block_on(self.store.write(Lane::Pages, work))?)
    }
}

/// The organization of this name; the only one there is when none is named.
pub(super) fn organization(tx: &mut Tx<'_>, name: Option<&str>) -> Result<Organization, Refused> {
    let mut all = organizations::all(tx)?;
    match name {
        Some(name) => all
            .into_iter()
            .find(|organization| organization.name == name)
            .ok_or_else(|| Refused::because(format!("there is no organization named {name:?}"))),
        None if all.len() > 1 => {
            let names: Vec<&str> = all.iter().map(|organization| organization.name.as_str()).collect();
            Err(Refused::because(format!("say which one with --organization: {}", names.join(", "))))
        }
        None => all.pop().ok_or_else(|| {
            Refused::because("there is no organization yet: make one with `carillon organization create NAME`")
        }),
    }
}

/// Keeps in the audit log what an operator has made.
pub(super) fn record(
    tx: &mut Tx<'_>,
    organization: Uuid,
    (action, subject): (&str, String),
    after: Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    let change = Change { organization, actor: ACTOR, action, subject, before: Value::Null, after };
    audit::record(tx, &change, now)
}
