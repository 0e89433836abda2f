//! Attempts as pages, callbacks and the reconciler see them.
//!
//! Read, and put off when somebody has looked; the ledger alone changes their states. Pages go by key, so that the
//! last costs what the first does. Lists of them are in [`pages`]; how fast a run dials is read in [`pace`].

pub mod pace;
pub mod pages;

use std::collections::HashMap;

use carillon_domain::attempt::AttemptState;
use carillon_domain::facts::Facts;
use carillon_domain::outcome::Outcome;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Row, Sql, StoreError, Tx, Value};
use crate::params;

/// An attempt in full.
#[derive(Debug, Clone)]
pub struct AttemptView {
    pub id: Uuid,
    pub organization: Uuid,
    pub campaign: Uuid,
    pub run: Uuid,
    pub recipient: Uuid,
    pub number: i64,
    pub phone: String,
    pub from: String,
    pub token: String,
    pub state: AttemptState,
    pub outcome: Option<Outcome>,
    pub error_code: Option<i64>,
    pub call_sid: Option<String>,
    pub epoch: i64,
    pub reserved_at: Timestamp,
    pub send_at: Timestamp,
    pub check_at: Option<Timestamp>,
    pub checks: i64,
    pub ended_at: Option<Timestamp>,
    pub facts: Facts,
    pub cost: Option<String>,
}

/// The columns that [`read`] takes, of `attempts a`.
macro_rules! columns {
    () => {
        "a.id, a.organization_id, a.campaign_id, a.run_id, a.recipient_id, a.number, a.phone, a.from_number, a.token,
                a.state, a.outcome, a.error_code, a.call_sid, a.epoch, a.reserved_at, a.send_at, a.check_at, a.checks,
                a.ended_at, a.facts, a.cost"
    };
}

macro_rules! attempts {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM attempts a ", $rest)
    };
}

use columns;

fn read(row: &Row<'_>) -> Result<AttemptView, StoreError> {
    Ok(AttemptView {
        id: row.get(0)?,
        organization: row.get(1)?,
        campaign: row.get(2)?,
        run: row.get(3)?,
        recipient: row.get(4)?,
        number: row.get(5)?,
        phone: row.get(6)?,
        from: row.get(7)?,
        token: row.get(8)?,
        state: row.word(9)?,
        outcome: row.opt_word(10)?,
        error_code: row.get(11)?,
        call_sid: row.get(12)?,
        epoch: row.get(13)?,
        reserved_at: row.get(14)?,
        send_at: row.get(15)?,
        check_at: row.get(16)?,
        checks: row.get(17)?,
        ended_at: row.get(18)?,
        facts: row.json(19)?,
        cost: row.get(20)?,
    })
}

/// The attempts of callback tokens, in any order.
///
/// # Errors
/// When the database fails.
pub fn by_tokens<'t>(tx: &mut Tx<'_>, tokens: impl Iterator<Item = &'t str>) -> Result<Vec<AttemptView>, StoreError> {
    const QUERY: Sql =
        Sql::Split { sqlite: attempts!("WHERE a.token = $1"), postgres: attempts!("WHERE a.token = ANY($1)") };
    tx.query_each(QUERY, &distinct(tokens), read)
}

fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Value> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter().map(Value::from).collect()
}

/// An attempt of a campaign that was sent, or may have been.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut Tx<'_>, campaign: Uuid, id: Uuid) -> Result<Option<AttemptView>, StoreError> {
    const QUERY: &str = attempts!("WHERE a.id = $1 AND a.campaign_id = $2 AND a.state NOT IN ('reserved', 'not_sent')");
    tx.query_opt(QUERY, params![id, campaign], read)
}

/// Every attempt of one recipient that was sent, oldest first.
///
/// # Errors
/// When the database fails.
pub fn of_recipient(tx: &mut Tx<'_>, recipient: Uuid) -> Result<Vec<AttemptView>, StoreError> {
    tx.query(
        attempts!("WHERE a.recipient_id = $1 AND a.state NOT IN ('reserved', 'not_sent') ORDER BY a.send_at, a.id"),
        params![recipient],
        read,
    )
}

/// Attempts that the reconciler must look at, oldest first. Each is put off by the `lease` of its state, so that no
/// other node looks at the same time and a dead one's work comes back.
///
/// # Errors
/// When the database fails.
pub fn take_to_check(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease: impl Fn(AttemptState) -> SignedDuration,
    limit: u32,
) -> Result<Vec<AttemptView>, StoreError> {
    const DUE: Sql = Sql::Split {
        sqlite: attempts!("WHERE a.check_at <= $1 ORDER BY a.check_at LIMIT $2"),
        postgres: attempts!("WHERE a.check_at <= $1 ORDER BY a.check_at LIMIT $2 FOR UPDATE SKIP LOCKED"),
    };
    const PUT_OFF: [&str; 2] = [
        "UPDATE attempts SET check_at = $2, checks = checks + 1 WHERE id = $1",
        "UPDATE attempts SET check_at = x.c, checks = checks + 1
           FROM unnest($1::uuid[], $2::bigint[]) AS x (i, c) WHERE attempts.id = x.i",
    ];
    let due = tx.query(DUE, params![now, limit], read)?;
    let rows: Vec<_> = due.iter().map(|attempt| crate::row![attempt.id, now + lease(attempt.state)]).collect();
    tx.execute_many(PUT_OFF[0], PUT_OFF[1], &rows)?;
    Ok(due)
}

/// When the reconciler must look next.
///
/// # Errors
/// When the database fails.
pub fn next_check(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.query_one("SELECT min(check_at) FROM attempts WHERE check_at IS NOT NULL", &[], |row| row.get(0))
}

/// Which attempts have these calls: `(call, attempt)`.
///
/// # Errors
/// When the database fails.
pub fn of_calls<'t>(
    tx: &mut Tx<'_>,
    call_sids: impl Iterator<Item = &'t str>,
) -> Result<Vec<(String, Uuid)>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT call_sid, id FROM attempts WHERE call_sid = $1",
        postgres: "SELECT call_sid, id FROM attempts WHERE call_sid = ANY($1)",
    };
    tx.query_each(QUERY, &distinct(call_sids), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Is an attempt with this id of the carrier's known?
///
/// # Errors
/// When the database fails.
pub fn is_bound(tx: &mut Tx<'_>, call_sid: &str) -> Result<bool, StoreError> {
    let count =
        tx.query_one("SELECT count(*) FROM attempts WHERE call_sid = $1", params![call_sid], |row| row.get::<i64>(0))?;
    Ok(count > 0)
}

/// Reservations of a campaign that are older than `epoch` and not yet said to be sent or given up.
///
/// # Errors
/// When the database fails.
pub fn reserved_before(tx: &mut Tx<'_>, campaign: Uuid, epoch: i64) -> Result<i64, StoreError> {
    const QUERY: &str = "SELECT count(*) FROM live_calls l JOIN attempts a ON a.id = l.attempt_id
        WHERE l.campaign_id = $1 AND a.state = 'reserved' AND a.epoch < $2";
    tx.query_one(QUERY, params![campaign, epoch], |row| row.get(0))
}

/// Calls of a campaign that nobody has answered yet and that the carrier has: `(token, sid)`. Without `dialed`, only
/// those of which it has not said that they left its queue.
///
/// # Errors
/// When the database fails.
pub fn unanswered(tx: &mut Tx<'_>, campaign: Uuid, dialed: bool) -> Result<Vec<(String, String)>, StoreError> {
    const QUERY: &str = "SELECT a.token, a.call_sid, a.facts FROM live_calls l JOIN attempts a ON a.id = l.attempt_id
        WHERE l.campaign_id = $1 AND a.call_sid IS NOT NULL AND a.state IN ('accepted', 'ringing') ORDER BY a.id";
    let calls = tx.query(QUERY, params![campaign], |row| Ok((row.get(0)?, row.get(1)?, row.json::<Facts>(2)?)))?;
    let chosen = calls.into_iter().filter(|(_, _, facts)| dialed || !facts.was_dialed());
    Ok(chosen.map(|(token, sid, _)| (token, sid)).collect())
}

/// What decides whether a reservation may still be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendCheck {
    /// The attempt is still reserved, its campaign active and of the same epoch.
    pub is_current: bool,
    pub do_not_call: bool,
}

macro_rules! send_check {
    ($filter:literal) => {
        concat!(
            "SELECT a.id, c.epoch, CAST(CASE WHEN a.state = 'reserved' AND c.status = 'active' THEN 1 ELSE 0 END AS BIGINT),
                CAST(CASE WHEN EXISTS (SELECT 1 FROM do_not_call d
                        WHERE d.organization_id = a.organization_id AND d.phone = a.phone) THEN 1 ELSE 0 END AS BIGINT)
           FROM attempts a JOIN campaigns c ON c.id = a.campaign_id WHERE ",
            $filter
        )
    };
}

impl SendCheck {
    /// It may not be sent.
    pub const FORBIDDEN: Self = Self { is_current: false, do_not_call: false };
}

/// Looks once more before the requests of `(attempt, epoch)`: campaign and do-not-call list. In their order.
///
/// # Errors
/// When the database fails; nothing may be sent then.
pub fn send_checks(tx: &mut Tx<'_>, asked: &[(Uuid, i64)]) -> Result<Vec<SendCheck>, StoreError> {
    const QUERY: Sql = Sql::Split { sqlite: send_check!("a.id = $1"), postgres: send_check!("a.id = ANY($1)") };
    let keys: Vec<Value> = asked.iter().map(|(attempt, _)| Value::from(*attempt)).collect();
    let found = tx.query_each(QUERY, &keys, |row| {
        let is_active: bool = row.get(2)?;
        Ok((row.get::<Uuid>(0)?, (row.get::<i64>(1)?, is_active, row.get::<bool>(3)?)))
    })?;
    let found: HashMap<Uuid, (i64, bool, bool)> = found.into_iter().collect();
    let check = |(attempt, epoch): &(Uuid, i64)| match found.get(attempt) {
        Some((now, is_active, do_not_call)) => {
            SendCheck { is_current: *is_active && now == epoch, do_not_call: *do_not_call }
        }
        None => SendCheck::FORBIDDEN,
    };
    Ok(asked.iter().map(check).collect())
}
