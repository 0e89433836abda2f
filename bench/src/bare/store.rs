//! The rows of the bare loop, and the writer thread that commits many of its units at once.
//!
//! Every unit is answered after the commit that holds it. There is one connection and one thread; units come through
//! a bounded queue and are taken as many at a time as have come while the last commit ran. A document is written from a
//! reader of its own.

use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

const UNITS_QUEUED_MAX: usize = 4_096;
const UNITS_PER_COMMIT_MAX: usize = 512;
const ATTEMPTS_MAX: u32 = 3;
const RETRY_DELAY_US: i64 = 3_600_000_000;
const FIRST_NUMBER: u64 = 12_125_560_000;

const SCHEMA: &str = "
CREATE TABLE recipients (
  id INTEGER PRIMARY KEY, phone TEXT NOT NULL, name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'dialing', 'retrying', 'completed', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recipients_due ON recipients (due_at) WHERE state IN ('pending', 'retrying');
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY, recipient INTEGER NOT NULL REFERENCES recipients, token TEXT NOT NULL UNIQUE,
  sid TEXT UNIQUE, status TEXT NOT NULL, reserved_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE TABLE counters (status TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
";

/// A recipient with a durable attempt, to be dialed now.
pub struct Claimed {
    pub attempt: i64,
    pub token: String,
    pub phone: String,
}

/// A status webhook's words.
pub struct Heard {
    pub token: String,
    pub sid: String,
    pub status: String,
    pub at_us: i64,
}

/// Attempts that have ended, by the rows; and what the counters say.
pub struct Ledger {
    pub ended: i64,
    pub counted: i64,
}

enum Unit {
    Claim { limit: u32, now_us: i64, answer: oneshot::Sender<Vec<Claimed>> },
    Accepted { attempt: i64, sid: String },
    Heard { heard: Heard, answer: oneshot::Sender<bool> },
    Ledger { answer: oneshot::Sender<Ledger> },
}

/// Sends a unit's answer, once its commit is durable.
type Answer = Box<dyn FnOnce() + Send>;

#[derive(Clone)]
pub struct Store {
    units: mpsc::Sender<Unit>,
    /// A point read takes microseconds, so it is done where it is asked for.
    reader: Arc<Mutex<Connection>>,
}

impl Store {
    /// A fresh database with that many people in it.
    pub fn open(path: &Path, recipients: u32) -> Result<Self> {
        let mut db = Connection::open(path)?;
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        db.execute_batch(SCHEMA)?;
        insert_recipients(&mut db, recipients)?;
        let (units, queue) = mpsc::channel(UNITS_QUEUED_MAX);
        std::thread::Builder::new().name("writer".into()).spawn(move || write_until_closed(&mut db, queue))?;
        let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(Self { units, reader: Arc::new(Mutex::new(reader)) })
    }

    pub async fn claim(&self, limit: u32, now_us: i64) -> Result<Vec<Claimed>> {
        self.ask(|answer| Unit::Claim { limit, now_us, answer }).await
    }

    /// Needs no answer: a webhook brings the SID as well.
    pub async fn accepted(&self, attempt: i64, sid: String) {
        let _ = self.units.send(Unit::Accepted { attempt, sid }).await;
    }

    /// True when it ended the attempt.
    pub async fn heard(&self, heard: Heard) -> Result<bool> {
        self.ask(|answer| Unit::Heard { heard, answer }).await
    }

    /// Whom the attempt calls.
    pub fn name(&self, token: &str) -> Result<Option<String>> {
        let reader = self.reader.lock().ok().context("a reader failed")?;
        let mut query = reader.prepare_cached(
            "SELECT r.name FROM attempts a JOIN recipients r ON r.id = a.recipient WHERE a.token = ?1",
        )?;
        Ok(query.query_row([token], |row| row.get(0)).optional()?)
    }

    pub async fn ledger(&self) -> Result<Ledger> {
        self.ask(|answer| Unit::Ledger { answer }).await
    }

    async fn ask<T>(&self, unit: impl FnOnce(oneshot::Sender<T>) -> Unit) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        self.units.send(unit(answer)).await.ok().context("the writer has ended")?;
        answered.await.context("the writer failed")
    }
}

fn insert_recipients(db: &mut Connection, recipients: u32) -> rusqlite::Result<()> {
    let tx = db.transaction()?;
    {
        let mut insert =
            tx.prepare("INSERT INTO recipients (id, phone, name, state, due_at) VALUES (?1, ?2, ?3, 'pending', 0)")?;
        for n in 1..=recipients {
            insert.execute(params![n, format!("+{}", FIRST_NUMBER + u64::from(n)), format!("Person {n}")])?;
        }
        let mut counter = tx.prepare("INSERT INTO counters VALUES (?1, 0)")?;
        for status in ["completed", "busy", "no-answer", "failed", "canceled"] {
            counter.execute([status])?;
        }
    }
    tx.commit()
}

fn write_until_closed(db: &mut Connection, mut queue: mpsc::Receiver<Unit>) {
    while let Some(first) = queue.blocking_recv() {
        let mut units = vec![first];
        while units.len() < UNITS_PER_COMMIT_MAX
            && let Ok(unit) = queue.try_recv()
        {
            units.push(unit);
        }
        // A failed commit leaves nobody answered: the run fails, as it must.
        match commit(db, units) {
            Ok(answers) => answers.into_iter().for_each(|answer| answer()),
            Err(_) => return,
        }
    }
}

fn commit(db: &mut Connection, units: Vec<Unit>) -> rusqlite::Result<Vec<Answer>> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = units.into_iter().map(|unit| apply(&tx, unit)).collect::<rusqlite::Result<Vec<_>>>()?;
    tx.commit()?;
    Ok(answers)
}

fn apply(tx: &Transaction<'_>, unit: Unit) -> rusqlite::Result<Answer> {
    Ok(match unit {
        Unit::Claim { limit, now_us, answer } => later(answer, claim(tx, limit, now_us)?),
        Unit::Accepted { attempt, sid } => {
            accepted(tx, attempt, &sid)?;
            Box::new(|| {})
        }
        Unit::Heard { heard, answer } => later(answer, hear(tx, &heard)?),
        Unit::Ledger { answer } => later(answer, ledger(tx)?),
    })
}

fn later<T: Send + 'static>(answer: oneshot::Sender<T>, value: T) -> Answer {
    // Nobody may wait any more.
    Box::new(move || drop(answer.send(value)))
}

fn claim(tx: &Transaction<'_>, limit: u32, now_us: i64) -> rusqlite::Result<Vec<Claimed>> {
    let mut due = tx.prepare_cached(
        "SELECT id, phone FROM recipients WHERE state IN ('pending', 'retrying') AND due_at <= ?1 ORDER BY due_at LIMIT ?2",
    )?;
    let mut take =
        tx.prepare_cached("UPDATE recipients SET state = 'dialing', attempts = attempts + 1 WHERE id = ?1")?;
    let mut reserve = tx.prepare_cached(
        "INSERT INTO attempts (recipient, token, status, reserved_at) VALUES (?1, ?2, 'reserved', ?3)",
    )?;
    let due: Vec<(i64, String)> =
        due.query_map(params![now_us, limit], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut claimed = Vec::with_capacity(due.len());
    for (recipient, phone) in due {
        let token = uuid::Uuid::new_v4().simple().to_string();
        take.execute([recipient])?;
        let attempt = reserve.insert(params![recipient, token, now_us])?;
        claimed.push(Claimed { attempt, token, phone });
    }
    Ok(claimed)
}

fn accepted(tx: &Transaction<'_>, attempt: i64, sid: &str) -> rusqlite::Result<()> {
    let mut update = tx.prepare_cached(
        "UPDATE attempts SET sid = ?2, status = CASE status WHEN 'reserved' THEN 'queued' ELSE status END WHERE id = ?1",
    )?;
    update.execute(params![attempt, sid])?;
    Ok(())
}

fn hear(tx: &Transaction<'_>, heard: &Heard) -> rusqlite::Result<bool> {
    if !matches!(heard.status.as_str(), "completed" | "busy" | "no-answer" | "failed" | "canceled") {
        let mut update =
            tx.prepare_cached("UPDATE attempts SET sid = ?2, status = ?3 WHERE token = ?1 AND ended_at IS NULL")?;
        update.execute(params![heard.token, heard.sid, heard.status])?;
        return Ok(false);
    }
    let mut end = tx.prepare_cached(
        "UPDATE attempts SET sid = ?2, status = ?3, ended_at = ?4 WHERE token = ?1 AND ended_at IS NULL RETURNING recipient",
    )?;
    let ended = end
        .query_row(params![heard.token, heard.sid, heard.status, heard.at_us], |row| row.get::<_, i64>(0))
        .optional()?;
    if let Some(recipient) = ended {
        settle(tx, recipient, heard)?;
    }
    Ok(ended.is_some())
}

fn settle(tx: &Transaction<'_>, recipient: i64, heard: &Heard) -> rusqlite::Result<()> {
    let mut settle = tx.prepare_cached(
        "UPDATE recipients SET due_at = ?3, state = CASE
           WHEN ?2 = 'completed' THEN 'completed'
           WHEN ?2 <> 'canceled' AND attempts < ?4 THEN 'retrying' ELSE 'failed' END
         WHERE id = ?1",
    )?;
    settle.execute(params![recipient, heard.status, heard.at_us + RETRY_DELAY_US, ATTEMPTS_MAX])?;
    let mut count = tx.prepare_cached("UPDATE counters SET value = value + 1 WHERE status = ?1")?;
    count.execute([&heard.status])?;
    Ok(())
}

fn ledger(tx: &Transaction<'_>) -> rusqlite::Result<Ledger> {
    let ended = tx.query_row("SELECT count(*) FROM attempts WHERE ended_at IS NOT NULL", [], |row| row.get(0))?;
    let counted = tx.query_row("SELECT sum(value) FROM counters", [], |row| row.get(0))?;
    Ok(Ledger { ended, counted })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn world() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("bare.db"), 3).expect("a store");
        (folder, store)
    }

    fn heard(claimed: &Claimed, status: &str) -> Heard {
        Heard { token: claimed.token.clone(), sid: "CA1".into(), status: status.into(), at_us: 1 }
    }

    #[tokio::test]
    async fn a_recipient_is_claimed_once_and_a_busy_one_waits_for_its_retry() {
        let (_folder, store) = world().await;
        let claimed = store.claim(10, 0).await.expect("a claim");
        assert_eq!(claimed.len(), 3);
        assert!(store.claim(10, 0).await.expect("a claim").is_empty());
        assert!(store.heard(heard(&claimed[0], "busy")).await.expect("heard"));
        assert!(store.claim(10, RETRY_DELAY_US).await.expect("a claim").is_empty(), "not before the delay is over");
        assert_eq!(store.claim(10, RETRY_DELAY_US + 1).await.expect("a claim").len(), 1);
    }

    #[tokio::test]
    async fn an_end_counts_once_and_the_counters_equal_the_ledger() {
        let (_folder, store) = world().await;
        let claimed = store.claim(1, 0).await.expect("a claim");
        assert!(!store.heard(heard(&claimed[0], "ringing")).await.expect("heard"));
        assert!(store.heard(heard(&claimed[0], "completed")).await.expect("heard"));
        assert!(!store.heard(heard(&claimed[0], "completed")).await.expect("heard"), "a repetition");
        let ledger = store.ledger().await.expect("a ledger");
        assert_eq!((ledger.ended, ledger.counted), (1, 1));
    }
}
