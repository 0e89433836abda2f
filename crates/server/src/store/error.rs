//! What can go wrong with the database, by what the caller can do about it.
//!
//! Both drivers' errors become one enum here, and nowhere else is a driver's error looked at. A row that is not there
//! is no error but `None`. Conflicts are run again by the store itself; what the API says of the rest is in
//! `api::error`.

/// An error of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached now; trying later may help.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A constraint of the schema was broken; the text names it.
    #[error("the database refused: {0}")]
    Constraint(String),
    /// Another transaction was in the way; the store runs the unit again by itself.
    #[error("the database was busy with a conflicting change: {0}")]
    Conflict(String),
    /// A row holds what it never should.
    #[error("the database holds something unexpected: {0}")]
    Corrupt(String),
    /// A statement is wrong: a defect of ours.
    #[error("a database statement failed: {0}")]
    Statement(String),
    /// The schema does not fit this program.
    #[error("{0}")]
    Schema(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::ConstraintViolation) => Self::Constraint(text),
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Conflict(text),
            Some(Code::DiskFull | Code::CannotOpen | Code::SystemIoFailure | Code::ReadOnly | Code::OutOfMemory) => {
                Self::Unavailable(text)
            }
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Corrupt(text),
            _ => Self::Statement(text),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        let Some(database) = error.as_db_error() else {
            return if error.is_closed()
                || error.to_string().contains("connect")
                || std::error::Error::source(&error).is_some_and(|e| e.is::<std::io::Error>())
            {
                Self::Unavailable(chain(&error))
            } else {
                Self::Statement(chain(&error))
            };
        };
        let text =
            format!("{}{}", database.message(), database.constraint().map(|c| format!(" ({c})")).unwrap_or_default());
        match database.code() {
            code if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED => {
                Self::Conflict(text)
            }
            code if code.code().starts_with("23") => Self::Constraint(text),
            code if code.code().starts_with("08") || code.code().starts_with("57") || code.code().starts_with("53") => {
                Self::Unavailable(text)
            }
            _ => Self::Statement(text),
        }
    }
}

/// An error with its causes, since this library keeps the useful half in the cause.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
