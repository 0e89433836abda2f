//! One transaction, on either database, with one SQL text.
//!
//! Statements are constants with `$1` parameters. Where the two databases need different words, the caller hands both in one
//! [`Sql::Split`].

mod inserts;

use std::collections::HashMap;

use carillon_domain::words::Word;
use postgres::types::ToSql;

use super::texts::{InsertMany, Texts};
use super::value::{Field, Value, columns};
use super::{Engine, StoreError};

/// A statement: one text for both databases, or one for each.
#[derive(Debug, Clone, Copy)]
pub enum Sql {
    Both(&'static str),
    Split { sqlite: &'static str, postgres: &'static str },
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::Both(text)
    }
}

/// A transaction in hand. Dropped by the store after the closure returns.
pub struct Tx<'a> {
    inner: Inner<'a>,
    /// The last failure can be mended by running the whole closure again.
    pub(super) must_retry: bool,
}

pub(super) enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection, &'a mut Texts),
    Postgres(postgres::Transaction<'a>, &'a mut Prepared),
}

/// Statements prepared on one PostgreSQL connection.
pub(super) type Prepared = HashMap<&'static str, postgres::Statement>;

/// A row in hand.
pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// When it holds something else than `T`.
    pub fn get<T: Field>(&self, index: usize) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(row) => T::from_sqlite(row.get_ref(index).map_err(|e| StoreError::Corrupt(e.to_string()))?),
            Self::Postgres(row) => T::from_postgres(row, index),
        }
        .map_err(|e| StoreError::Corrupt(format!("column {index}: {e}")))
    }

    /// A column of text, borrowed from the row.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn text(&self, index: usize) -> Result<&str, StoreError> {
        self.opt_text(index)?.ok_or_else(|| StoreError::Corrupt(format!("column {index} is null")))
    }

    /// As [`Self::text`], for a column that may be null.
    ///
    /// # Errors
    /// When it holds something else.
    pub fn opt_text(&self, index: usize) -> Result<Option<&str>, StoreError> {
        match self {
            Self::Sqlite(row) => {
                row.get_ref(index).and_then(|value| Ok(value.as_str_or_null()?)).map_err(|e| e.to_string())
            }
            Self::Postgres(row) => row.try_get(index).map_err(|e| e.to_string()),
        }
        .map_err(|e| StoreError::Corrupt(format!("column {index}: {e}")))
    }

    /// A column that holds one of an enum's words.
    ///
    /// # Errors
    /// When the word is not one of them.
    pub fn word<T: Word>(&self, index: usize) -> Result<T, StoreError> {
        parse_word(index, self.text(index)?)
    }

    /// As [`Self::word`], for a column that may be null.
    ///
    /// # Errors
    /// When the word is not one of them.
    pub fn opt_word<T: Word>(&self, index: usize) -> Result<Option<T>, StoreError> {
        self.opt_text(index)?.map(|text| parse_word(index, text)).transpose()
    }

    /// A column that holds JSON.
    ///
    /// # Errors
    /// When it is not what we once wrote.
    pub fn json<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T, StoreError> {
        serde_json::from_str(self.text(index)?).map_err(|e| StoreError::Corrupt(format!("column {index}: {e}")))
    }
}

fn parse_word<T: Word>(index: usize, text: &str) -> Result<T, StoreError> {
    T::parse_word(text).ok_or_else(|| StoreError::Corrupt(format!("column {index}: {text:?} is no word of ours")))
}

impl<'a> Tx<'a> {
    pub(super) const fn new(inner: Inner<'a>) -> Self {
        Self { inner, must_retry: false }
    }

    /// Gives the PostgreSQL transaction back, to be committed.
    pub(super) fn into_inner(self) -> Inner<'a> {
        self.inner
    }

    /// Which database this runs on; for the few functions whose shape differs.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(..) => Engine::Sqlite,
            Inner::Postgres(..) => Engine::Postgres,
        }
    }

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`]: a broken constraint by its name, or a database in trouble.
    pub fn execute(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<u64, StoreError> {
        let result = match &mut self.inner {
            Inner::Sqlite(connection, texts) => execute_sqlite(connection, texts.of(sqlite_text(sql.into())), params),
            Inner::Postgres(transaction, prepared) => execute_postgres(transaction, prepared, sql.into(), params),
        };
        self.note(result)
    }

    /// Runs one statement for many rows: a loop over a prepared statement on SQLite, where that is fastest,
    /// and one statement over arrays (`unnest`) on PostgreSQL, where a round trip costs more than a row.
    /// `rows` are the parameters of one row each, all of the same types.
    ///
    /// # Errors
    /// [`StoreError`], as [`Self::execute`].
    pub fn execute_many(
        &mut self,
        sqlite: &'static str,
        postgres: &'static str,
        rows: &[Vec<Value>],
    ) -> Result<u64, StoreError> {
        if rows.is_empty() {
            return Ok(0);
        }
        if self.engine() == Engine::Postgres {
            return self.execute(postgres, &columns(rows));
        }
        let mut changed = 0;
        for row in rows {
            changed += self.execute(sqlite, row)?;
        }
        Ok(changed)
    }

    /// Inserts rows and says of each whether it was written.
    ///
    /// # Errors
    /// [`StoreError`], as [`Self::execute`].
    pub fn insert_many(&mut self, insert: &InsertMany, rows: &[&[Value]]) -> Result<Vec<bool>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let written = match &mut self.inner {
            Inner::Sqlite(connection, texts) => inserts::on_sqlite(connection, texts, insert, rows),
            Inner::Postgres(transaction, prepared) => inserts::on_postgres(transaction, prepared, insert, rows),
        };
        self.note(written)
    }

    /// All rows of a query, each read by `read`.
    ///
    /// # Errors
    /// [`StoreError`], as [`Self::execute`], or what `read` says.
    pub fn query<T>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let result = match &mut self.inner {
            Inner::Sqlite(connection, texts) => {
                query_sqlite(connection, texts.of(sqlite_text(sql.into())), params, &mut read)
            }
            Inner::Postgres(transaction, prepared) => {
                query_postgres(transaction, prepared, sql.into(), params, &mut read)
            }
        };
        self.note(result)
    }

    /// The rows for many keys: a loop over a prepared statement on SQLite, one statement over an array on
    /// PostgreSQL. The order is the keys' on SQLite and the statement's on PostgreSQL.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub fn query_each<T>(
        &mut self,
        sql: Sql,
        keys: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let rows: Vec<Vec<Value>> = keys.iter().map(|key| vec![key.clone()]).collect();
        self.query_many(sql, &rows, read)
    }

    /// As [`Self::query_each`], for rows of several parameters each.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub fn query_many<T>(
        &mut self,
        sql: Sql,
        rows: &[Vec<Value>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if self.engine() == Engine::Postgres {
            return if rows.is_empty() { Ok(Vec::new()) } else { self.query(sql, &columns(rows), read) };
        }
        let mut found = Vec::new();
        for row in rows {
            found.extend(self.query(sql, row, &mut read)?);
        }
        Ok(found)
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub fn query_opt<T>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query(sql, params, read)?.into_iter().next())
    }

    /// The one row of a query that always has one, such as a count.
    ///
    /// # Errors
    /// As [`Self::query`]; no row at all is a [`StoreError::Corrupt`].
    pub fn query_one<T>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.query_opt(sql, params, read)?
            .ok_or_else(|| StoreError::Corrupt("a query that always has a row had none".to_owned()))
    }

    /// The rest of this transaction reads in the order of an index where there is one. PostgreSQL, which may not have
    /// looked at a young table yet, would else sort the whole of a run for its newest few rows.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn read_in_index_order(&mut self) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite(..) => Ok(()),
            Inner::Postgres(transaction, _) => {
                transaction.batch_execute("SET LOCAL enable_sort = off").map_err(StoreError::from)
            }
        }
    }

    /// Runs several statements without parameters; for migrations alone.
    pub(super) fn batch(&mut self, text: &str) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite(connection, _) => connection.execute_batch(text).map_err(StoreError::from),
            Inner::Postgres(transaction, _) => transaction.batch_execute(text).map_err(StoreError::from),
        }
    }

    fn note<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Conflict(_)) = &result {
            self.must_retry = true;
        }
        result
    }
}

const fn sqlite_text(sql: Sql) -> &'static str {
    match sql {
        Sql::Both(text) | Sql::Split { sqlite: text, .. } => text,
    }
}

const fn postgres_text(sql: Sql) -> &'static str {
    match sql {
        Sql::Both(text) | Sql::Split { postgres: text, .. } => text,
    }
}

fn execute_sqlite<'v>(
    connection: &rusqlite::Connection,
    text: &str,
    params: impl IntoIterator<Item = &'v Value>,
) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(text)?;
    Ok(statement.execute(rusqlite::params_from_iter(params))? as u64)
}

fn query_sqlite<T>(
    connection: &rusqlite::Connection,
    text: &str,
    params: &[Value],
    read: &mut impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(text)?;
    let mut rows = statement.query(rusqlite::params_from_iter(params))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(&Row::Sqlite(row))?);
    }
    Ok(found)
}

fn prepare<'p>(
    transaction: &mut postgres::Transaction<'_>,
    prepared: &'p mut Prepared,
    text: &'static str,
) -> Result<&'p postgres::Statement, StoreError> {
    use std::collections::hash_map::Entry;
    Ok(match prepared.entry(text) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(place) => place.insert(transaction.prepare(text)?),
    })
}

fn as_params(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn execute_postgres(
    transaction: &mut postgres::Transaction<'_>,
    prepared: &mut Prepared,
    sql: Sql,
    params: &[Value],
) -> Result<u64, StoreError> {
    let statement = prepare(transaction, prepared, postgres_text(sql))?;
    Ok(transaction.execute(statement, &as_params(params))?)
}

fn query_postgres<T>(
    transaction: &mut postgres::Transaction<'_>,
    prepared: &mut Prepared,
    sql: Sql,
    params: &[Value],
    read: &mut impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let statement = prepare(transaction, prepared, postgres_text(sql))?;
    let rows = transaction.query(statement, &as_params(params))?;
    rows.iter().map(|row| read(&Row::Postgres(row))).collect()
}
