//! Many rows inserted at once, and which of them were written: in chunks on SQLite, in one statement on PostgreSQL.
//!
//! What the rows are, and what stands in their way, is the caller's statement; the texts of chunks are `store::texts`'s.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Prepared, Row, execute_sqlite, query_postgres, query_sqlite};
use crate::store::StoreError;
use crate::store::texts::{InsertMany, ROWS_PER_INSERT, Texts};
use crate::store::value::{Value, columns};

pub(super) fn on_sqlite(
    connection: &rusqlite::Connection,
    texts: &mut Texts,
    insert: &InsertMany,
    rows: &[&[Value]],
) -> Result<Vec<bool>, StoreError> {
    let chunks = rows.chunks(ROWS_PER_INSERT).map(|chunk| chunk_on_sqlite(connection, texts, insert, chunk));
    Ok(chunks.collect::<Result<Vec<_>, _>>()?.concat())
}

/// Up to [`ROWS_PER_INSERT`] rows.
fn chunk_on_sqlite(
    connection: &rusqlite::Connection,
    texts: &mut Texts,
    insert: &InsertMany,
    rows: &[&[Value]],
) -> Result<Vec<bool>, StoreError> {
    let [many, one] = texts.of_insert(insert, rows[0].len());
    if rows.len() < ROWS_PER_INSERT {
        return rows.iter().map(|row| Ok(execute_sqlite(connection, one, *row)? == 1)).collect();
    }
    if execute_sqlite(connection, many, rows.iter().copied().flatten())? == rows.len() as u64 {
        return Ok(vec![true; rows.len()]);
    }
    let is_there = texts.of(insert.is_there);
    rows.iter().map(|row| Ok(!query_sqlite(connection, is_there, &row[..1], &mut |_| Ok(()))?.is_empty())).collect()
}

pub(super) fn on_postgres(
    transaction: &mut postgres::Transaction<'_>,
    prepared: &mut Prepared,
    insert: &InsertMany,
    rows: &[&[Value]],
) -> Result<Vec<bool>, StoreError> {
    let read = &mut |row: &Row<'_>| row.get::<Uuid>(0);
    let written = query_postgres(transaction, prepared, insert.postgres.into(), &columns(rows), read)?;
    let written: HashSet<Uuid> = written.into_iter().collect();
    Ok(rows.iter().map(|row| matches!(&row[0], Value::Uuid(id) if written.contains(id))).collect())
}
