//! Attempts as rows: found by token and locked, saved in one batch, their numbers released.
//!
//! Rows go in and out as they are: what an attempt makes of what it hears is the domain's, what follows for its
//! recipient is [`super::settle`]'s. Reading for pages is `store::attempts`; these here are locked, to be changed.

use carillon_domain::attempt::{Attempt, Detection};
use jiff::Timestamp;
use uuid::Uuid;

use crate::row;
use crate::store::{Row, Sql, StoreError, Tx, Value};

/// An attempt with its place in the ledger.
#[derive(Debug, Clone)]
pub struct AttemptRow {
    pub id: Uuid,
    pub organization: Uuid,
    pub campaign: Uuid,
    pub run: Uuid,
    pub recipient: Uuid,
    pub bucket: i64,
    /// Which attempt of its recipient it is; a request that was not sent leaves its number to the next.
    pub number: i64,
    pub phone: String,
    pub token: String,
    pub call_sid: Option<String>,
    pub epoch: i64,
    pub check_at: Option<Timestamp>,
    pub attempt: Attempt,
    /// It changed and must be saved.
    pub dirty: bool,
}

macro_rules! lock_attempts {
    ($filter:literal) => {
        concat!(
            "SELECT id, organization_id, campaign_id, run_id, recipient_id, bucket, phone, token, call_sid, epoch, check_at,
                state, outcome, ended_at, error_code, send_at, facts, detection, number FROM attempts WHERE ",
            $filter
        )
    };
}

fn read(row: &Row<'_>) -> Result<AttemptRow, StoreError> {
    let error_code: Option<i64> = row.get(14)?;
    let attempt = Attempt {
        state: row.word(11)?,
        outcome: row.opt_word(12)?,
        ended_at: row.get(13)?,
        error_code: error_code.and_then(|code| u32::try_from(code).ok()),
        send_at: row.get(15)?,
        facts: row.json(16)?,
        detection: if row.get::<bool>(17)? { Detection::On } else { Detection::Off },
    };
    Ok(AttemptRow {
        id: row.get(0)?,
        organization: row.get(1)?,
        campaign: row.get(2)?,
        run: row.get(3)?,
        recipient: row.get(4)?,
        bucket: row.get(5)?,
        number: row.get(18)?,
        phone: row.get(6)?,
        token: row.get(7)?,
        call_sid: row.get(8)?,
        epoch: row.get(9)?,
        check_at: row.get(10)?,
        attempt,
        dirty: false,
    })
}

/// Locks the attempts of these tokens, in the order of their ids.
pub(super) fn lock_by_token<'t>(
    tx: &mut Tx<'_>,
    tokens: impl Iterator<Item = &'t str>,
) -> Result<Vec<AttemptRow>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: lock_attempts!("token = $1"),
        postgres: lock_attempts!("token = ANY($1) ORDER BY id FOR UPDATE"),
    };
    let mut tokens: Vec<&str> = tokens.collect();
    tokens.sort_unstable();
    tokens.dedup();
    let keys: Vec<Value> = tokens.into_iter().map(Value::from).collect();
    tx.query_each(LOCK, &keys, read)
}

/// Writes attempts that moved.
pub(super) fn save(tx: &mut Tx<'_>, attempts: &[AttemptRow]) -> Result<(), StoreError> {
    const SQLITE: &str = "UPDATE attempts SET state = $2, outcome = $3, error_code = $4, call_sid = $5, check_at = $6,
            ended_at = $7, facts = $8, checks = CASE WHEN state = $2 THEN checks ELSE 0 END WHERE id = $1";
    const POSTGRES: &str =
        "UPDATE attempts SET state = x.s, outcome = x.o, error_code = x.e, call_sid = x.c, check_at = x.k,
            ended_at = x.n, facts = x.f, checks = CASE WHEN attempts.state = x.s THEN attempts.checks ELSE 0 END
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
         AS x (i, s, o, e, c, k, n, f) WHERE attempts.id = x.i";
    let rows: Vec<Vec<Value>> = attempts
        .iter()
        .map(|row| {
            let facts = serde_json::to_string(&row.attempt.facts).expect("facts are plain data");
            let outcome = row.attempt.outcome.map(carillon_domain::outcome::Outcome::as_str);
            row![
                row.id,
                row.attempt.state.as_str(),
                outcome,
                row.attempt.error_code,
                row.call_sid.clone(),
                row.check_at,
                row.attempt.ended_at,
                facts,
            ]
        })
        .collect();
    tx.execute_many(SQLITE, POSTGRES, &rows).map(drop)
}

/// Frees the numbers of attempts that are over.
pub(super) fn release(tx: &mut Tx<'_>, released: &[(Uuid, String, Uuid)]) -> Result<(), StoreError> {
    const SQLITE: &str = "DELETE FROM live_calls WHERE organization_id = $1 AND phone = $2 AND attempt_id = $3";
    const POSTGRES: &str = "DELETE FROM live_calls l USING unnest($1::uuid[], $2::text[], $3::uuid[]) AS x (o, p, a)
        WHERE l.organization_id = x.o AND l.phone = x.p AND l.attempt_id = x.a";
    let rows: Vec<Vec<Value>> = released.iter().map(|(o, p, a)| row![*o, p.as_str(), *a]).collect();
    tx.execute_many(SQLITE, POSTGRES, &rows).map(drop)
}
