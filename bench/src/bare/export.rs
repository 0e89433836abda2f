//! The bare export: the rows of the results by one ordered `SELECT`, written as lines with the `csv` crate.
//!
//! It knows the columns beforehand, has no scope, guards no cell and sends nothing anywhere. It is the limit beside which
//! the door is set; what the columns mean is the server's business.

use std::io::{Sink, sink};
use std::path::Path;

use anyhow::Result;
use jiff::Timestamp;
use postgres::NoTls;
use postgres::fallible_iterator::FallibleIterator;
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use crate::home::Database;

const SQLITE: &str = "SELECT r.name, r.phone, r.fields ->> 'email', r.fields ->> 'city', r.fields ->> 'plan', r.state,
        r.outcome, r.reason, r.attempts, a.send_at, a.facts -> 'end' ->> 'duration_s'
      FROM recipients r LEFT JOIN attempts a ON a.recipient_id = r.id AND a.state NOT IN ('reserved', 'not_sent')
     WHERE r.run_id = ?1 ORDER BY r.id";
const POSTGRES: &str = "SELECT r.name, r.phone, r.fields::json ->> 'email', r.fields::json ->> 'city',
        r.fields::json ->> 'plan', r.state, r.outcome, r.reason, r.attempts, a.send_at,
        (a.facts::json -> 'end' ->> 'duration_s')::bigint
      FROM recipients r LEFT JOIN attempts a ON a.recipient_id = r.id AND a.state NOT IN ('reserved', 'not_sent')
     WHERE r.run_id = $1 ORDER BY r.id";
/// Columns of texts, before those of numbers.
const TEXTS: usize = 8;
/// Columns that are there and empty.
const EMPTY: [&str; 4] = [""; 4];

/// Writes the results of a run; how many lines they were.
pub fn run(database: &Database, run: Uuid) -> Result<u64> {
    match database {
        Database::Sqlite(path) => of_sqlite(path, run),
        Database::Postgres(url) => of_postgres(url, run),
    }
}

struct Lines {
    writer: csv::Writer<Sink>,
    count: u64,
}

impl Lines {
    fn new() -> Self {
        Self { writer: csv::Writer::from_writer(sink()), count: 0 }
    }

    fn add(&mut self, texts: [Option<&str>; TEXTS], numbers: [Option<i64>; 3]) -> Result<()> {
        for text in texts {
            self.writer.write_field(text.unwrap_or_default())?;
        }
        let [attempts, sent_at, duration_s] = numbers;
        let written = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let sent_at = sent_at.map(Timestamp::from_microsecond).transpose()?;
        self.writer.write_field(written(attempts))?;
        self.writer.write_field(sent_at.map(|at| at.to_string()).unwrap_or_default())?;
        self.writer.write_field(written(duration_s))?;
        self.writer.write_record(EMPTY)?;
        self.count += 1;
        Ok(())
    }
}

fn of_sqlite(path: &Path, run: Uuid) -> Result<u64> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(SQLITE)?;
    let mut rows = statement.query([run])?;
    let mut lines = Lines::new();
    while let Some(row) = rows.next()? {
        let mut texts = [None; TEXTS];
        for (column, text) in texts.iter_mut().enumerate() {
            *text = row.get_ref(column)?.as_str_or_null()?;
        }
        lines.add(texts, [row.get(8)?, row.get(9)?, row.get(10)?])?;
    }
    Ok(lines.count)
}

fn of_postgres(url: &str, run: Uuid) -> Result<u64> {
    let mut client = postgres::Client::connect(url, NoTls)?;
    let mut rows = client.query_raw(POSTGRES, [run])?;
    let mut lines = Lines::new();
    while let Some(row) = rows.next()? {
        let mut texts = [None; TEXTS];
        for (column, text) in texts.iter_mut().enumerate() {
            *text = row.try_get(column)?;
        }
        lines.add(texts, [row.try_get(8)?, row.try_get(9)?, row.try_get(10)?])?;
    }
    Ok(lines.count)
}
