//! What time it is for the database.
//!
//! Nodes compare it with their own, so that slots mean the same instant everywhere. It is asked now and then, not for
//! each transaction, and corrects nothing itself: see `engine::timekeeper`.

use jiff::Timestamp;

use super::{Sql, StoreError, Tx};

/// The database's clock at this moment, not at the beginning of the transaction.
///
/// # Errors
/// When the database fails.
pub fn of_database(tx: &mut Tx<'_>) -> Result<Timestamp, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        postgres: "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
    };
    tx.query_one(QUERY, &[], |row| row.get(0))
}
