//! What the database is and how large: for people who look at the system's health.
//!
//! Both are asked of the database itself and cost nothing that grows with the rows.

use super::{Sql, StoreError, Tx};

/// What the database says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Its version.
    pub version: String,
    pub bytes: i64,
}

/// What this database is.
///
/// # Errors
/// When the database fails.
pub fn of_database(tx: &mut Tx<'_>) -> Result<Size, StoreError> {
    const SIZE: Sql = Sql::Split {
        sqlite: "SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        postgres: "SELECT current_setting('server_version'), pg_database_size(current_database())",
    };
    tx.query_one(SIZE, &[], |row| Ok(Size { version: row.get(0)?, bytes: row.get(1)? }))
}
