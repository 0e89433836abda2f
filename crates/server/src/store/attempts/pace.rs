//! How fast runs dial: the calls of a stretch of time, the newest call, and each minute by itself.
//!
//! All of it is read from ranges of the index of a run's attempts by their slots, never from a whole run.

use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{Sql, StoreError, Tx};
use crate::{params, row};

/// From one instant to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub since: Timestamp,
    pub until: Timestamp,
}

/// How many calls of each run were started in its stretch.
///
/// # Errors
/// When the database fails.
pub fn started_in(tx: &mut Tx<'_>, stretches: &[(Uuid, Stretch)]) -> Result<Vec<(Uuid, i64)>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT $1, count(*) FROM attempts
            WHERE run_id = $1 AND send_at >= $2 AND send_at <= $3 AND state NOT IN ('reserved', 'not_sent')",
        postgres: "SELECT x.r, (SELECT count(*) FROM attempts a
                WHERE a.run_id = x.r AND a.send_at >= x.s AND a.send_at <= x.u AND a.state NOT IN ('reserved', 'not_sent'))
           FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS x (r, s, u)",
    };
    let rows: Vec<_> = stretches.iter().map(|(run, stretch)| row![*run, stretch.since, stretch.until]).collect();
    tx.query_many(QUERY, &rows, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// When the newest call of each run was started; `None` where none was.
///
/// # Errors
/// When the database fails.
pub fn last_started(
    tx: &mut Tx<'_>,
    runs: &[Uuid],
    now: Timestamp,
) -> Result<Vec<(Uuid, Option<Timestamp>)>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT $1, (SELECT send_at FROM attempts
            WHERE run_id = $1 AND send_at <= $2 AND state NOT IN ('reserved', 'not_sent') ORDER BY send_at DESC LIMIT 1)",
        postgres: "SELECT x.r, (SELECT a.send_at FROM attempts a
                WHERE a.run_id = x.r AND a.send_at <= x.n AND a.state NOT IN ('reserved', 'not_sent')
                ORDER BY a.send_at DESC LIMIT 1)
           FROM unnest($1::uuid[], $2::bigint[]) AS x (r, n)",
    };
    let rows: Vec<_> = runs.iter().map(|run| row![*run, now]).collect();
    tx.query_many(QUERY, &rows, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The calls that were started in one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minute {
    /// Which one, counted from 1970.
    pub number: i64,
    pub started: i64,
    /// Those of them that somebody, or a machine, has picked up by now.
    pub answered: i64,
    /// Those of them that are over by now.
    pub ended: i64,
}

/// The minutes of a run in which calls were started, oldest first.
///
/// # Errors
/// When the database fails.
pub fn minutes(tx: &mut Tx<'_>, run: Uuid, stretch: Stretch) -> Result<Vec<Minute>, StoreError> {
    const QUERY: &str = "SELECT send_at / 60000000, count(*),
            CAST(sum(CASE WHEN state IN ('talking', 'judging')
                    OR outcome IN ('answered', 'voicemail', 'abandoned', 'opted_out') THEN 1 ELSE 0 END) AS BIGINT),
            CAST(sum(CASE WHEN state = 'ended' THEN 1 ELSE 0 END) AS BIGINT)
       FROM attempts WHERE run_id = $1 AND send_at >= $2 AND send_at <= $3 AND state NOT IN ('reserved', 'not_sent')
      GROUP BY 1 ORDER BY 1";
    tx.query(QUERY, params![run, stretch.since, stretch.until], |row| {
        Ok(Minute { number: row.get(0)?, started: row.get(1)?, answered: row.get(2)?, ended: row.get(3)? })
    })
}
