//! Finds the attempts of callbacks, and the accounts that may speak of them: many callbacks in one read.
//!
//! While one read is under way the next callbacks gather, as they do at the engine's listener, so that a burst costs
//! a few reads and a lone callback waits for nobody. Whether a callback is believed is [`super::verified`]'s to say.

use std::collections::HashMap;

use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::store::accounts::{self, Account};
use crate::store::attempts::{self, AttemptView};
use crate::store::{Store, StoreError, Tx};

/// Callbacks of one read at the most.
const BATCH_MAX: usize = 200;
/// Callbacks that wait at the most; beyond it whoever brings one waits.
const BACKLOG_MAX: usize = 10_000;

/// What a callback says of itself.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    pub(super) token: String,
    pub(super) account_sid: Option<String>,
    pub(super) call_sid: Option<String>,
}

/// What the ledger knows of it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The attempt of its token.
    pub(super) attempt: Option<AttemptView>,
    /// That attempt's account; of an unknown attempt the accounts of the name given.
    pub(super) accounts: Vec<Account>,
    /// The attempt that has the call it names.
    pub(super) bound: Option<Uuid>,
}

type Asked = (Lookup, oneshot::Sender<Result<Found, StoreError>>);

/// Where lookups go.
#[derive(Clone)]
pub struct Lookups {
    sender: mpsc::Sender<Asked>,
}

impl Lookups {
    /// Starts to look up; ends with the last clone.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (sender, inbox) = mpsc::channel(BACKLOG_MAX);
        tokio::spawn(run(store, inbox));
        Self { sender }
    }

    /// Looks one callback up.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn find(&self, lookup: Lookup) -> Result<Found, StoreError> {
        let (answer, answered) = oneshot::channel();
        let closed = || StoreError::Unavailable("the server is ending".to_owned());
        self.sender.send((lookup, answer)).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

async fn run(store: Store, mut inbox: mpsc::Receiver<Asked>) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while inbox.recv_many(&mut batch, BATCH_MAX).await > 0 {
        let (lookups, answers): (Vec<Lookup>, Vec<_>) = batch.drain(..).unzip();
        let found = match read(&store, lookups.clone()).await {
            Ok(found) => found.into_iter().map(Ok).collect(),
            Err(error) if lookups.len() == 1 => vec![Err(error)],
            // Nobody has been believed yet: what a stranger sends must not hold back the carrier's own.
            Err(_) => each_alone(&store, lookups).await,
        };
        for (answer, found) in answers.into_iter().zip(found) {
            // Whoever asked may have gone.
            let _ = answer.send(found);
        }
    }
}

async fn each_alone(store: &Store, lookups: Vec<Lookup>) -> Vec<Result<Found, StoreError>> {
    let mut found = Vec::with_capacity(lookups.len());
    for lookup in lookups {
        let gone = || StoreError::Statement("a lookup had no answer".to_owned());
        found.push(read(store, vec![lookup]).await.and_then(|mut one| one.pop().ok_or_else(gone)));
    }
    found
}

async fn read(store: &Store, lookups: Vec<Lookup>) -> Result<Vec<Found>, StoreError> {
    store.read(move |tx| find_all(tx, &lookups)).await
}

fn find_all(tx: &mut Tx<'_>, lookups: &[Lookup]) -> Result<Vec<Found>, StoreError> {
    let tokens = lookups.iter().map(|lookup| lookup.token.as_str());
    let attempts: HashMap<String, AttemptView> =
        attempts::by_tokens(tx, tokens)?.into_iter().map(|attempt| (attempt.token.clone(), attempt)).collect();
    let calls = lookups.iter().filter_map(|lookup| lookup.call_sid.as_deref());
    let bound: HashMap<String, Uuid> = attempts::of_calls(tx, calls)?.into_iter().collect();
    let mut of_organizations: HashMap<Uuid, Vec<Account>> = HashMap::new();
    let mut found = Vec::with_capacity(lookups.len());
    for lookup in lookups {
        let attempt = attempts.get(&lookup.token);
        let accounts = match (attempt.map(|attempt| attempt.organization), &lookup.account_sid) {
            (Some(organization), _) => match of_organizations.get(&organization) {
                Some(known) => known.clone(),
                None => {
                    let account: Vec<Account> = accounts::of_organization(tx, organization)?.into_iter().collect();
                    of_organizations.entry(organization).or_insert(account).clone()
                }
            },
            (None, Some(named)) => accounts::by_sid(tx, named)?,
            (None, None) => Vec::new(),
        };
        let bound = lookup.call_sid.as_ref().and_then(|sid| bound.get(sid)).copied();
        found.push(Found { attempt: attempt.cloned(), accounts, bound });
    }
    Ok(found)
}
