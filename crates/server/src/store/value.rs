//! What goes into a statement and what comes out of a row, on both databases.
//!
//! Instants are microseconds in an integer, JSON and words are text, ids are 16 bytes (`BLOB` here, `UUID`
//! there). Arrays exist for PostgreSQL's batch statements alone.

use jiff::Timestamp;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

use super::StoreError;

/// One parameter of a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Uuid(Uuid),
    Bytes(Vec<u8>),
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Uuids(Vec<Option<Uuid>>),
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(rusqlite::types::Value::Null),
            Self::Int(n) => ToSqlOutput::Owned(rusqlite::types::Value::Integer(*n)),
            Self::Real(n) => ToSqlOutput::Owned(rusqlite::types::Value::Real(*n)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Ints(_) | Self::Texts(_) | Self::Uuids(_) => {
                return Err(rusqlite::Error::ToSqlConversionFailure(
                    "an array has no place in an SQLite statement".into(),
                ));
            }
        })
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Self::Int(n) => n.to_sql(ty, out),
            Self::Real(n) => n.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Uuid(id) => id.to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Ints(items) => items.to_sql(ty, out),
            Self::Texts(items) => items.to_sql(ty, out),
            Self::Uuids(items) => items.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Turns rows of parameters into one array a column. The first value that is not null gives a column its type.
pub(super) fn columns<R: AsRef<[Value]>>(rows: &[R]) -> Vec<Value> {
    let width = rows.first().map_or(0, |row| row.as_ref().len());
    (0..width).map(|i| column(rows, i)).collect()
}

fn column<R: AsRef<[Value]>>(rows: &[R], index: usize) -> Value {
    let sample = rows.iter().map(|row| &row.as_ref()[index]).find(|value| **value != Value::Null);
    let ints = |value: &Value| if let Value::Int(n) = value { Some(*n) } else { None };
    let texts = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
    let uuids = |value: &Value| if let Value::Uuid(id) = value { Some(*id) } else { None };
    match sample {
        Some(Value::Uuid(_)) => {
            Value::Uuids(rows.iter().map(|row| uuids(&row.as_ref()[index])).collect::<Vec<Option<Uuid>>>())
        }
        Some(Value::Int(_)) => Value::Ints(rows.iter().map(|row| ints(&row.as_ref()[index])).collect()),
        Some(Value::Text(_)) | None => Value::Texts(rows.iter().map(|row| texts(&row.as_ref()[index])).collect()),
        Some(other) => unreachable!("no batch column holds {other:?}"),
    }
}

macro_rules! value_from {
    ($($from:ty => $make:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                #[allow(clippy::redundant_closure_call)]
                ($make)(value)
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                value.map_or(Self::Null, Self::from)
            }
        }
    )+};
}

value_from! {
    i64 => Self::Int,
    i32 => |n| Self::Int(i64::from(n)),
    u32 => |n| Self::Int(i64::from(n)),
    u16 => |n| Self::Int(i64::from(n)),
    u8 => |n| Self::Int(i64::from(n)),
    bool => |b| Self::Int(i64::from(b)),
    f64 => Self::Real,
    String => Self::Text,
    &str => |text: &str| Self::Text(text.to_owned()),
    &String => |text: &String| Self::Text(text.clone()),
    Uuid => Self::Uuid,
    Vec<u8> => Self::Bytes,
    Timestamp => |at: Timestamp| Self::Int(at.as_microsecond()),
}

/// A type that a column can be read as.
pub trait Field: Sized {
    /// # Errors
    /// When the column holds something else.
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, StoreError>;
    /// # Errors
    /// When the column holds something else.
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self, StoreError>;
}

macro_rules! field {
    ($($ty:ty),+) => {$(
        impl Field for $ty {
            fn from_sqlite(value: ValueRef<'_>) -> Result<Self, StoreError> {
                <$ty as rusqlite::types::FromSql>::column_result(value).map_err(|e| StoreError::Corrupt(e.to_string()))
            }
            fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self, StoreError> {
                row.try_get::<_, $ty>(index).map_err(|e| StoreError::Corrupt(e.to_string()))
            }
        }
    )+};
}

field!(i64, f64, String, Uuid, Vec<u8>);

impl<T: Field> Field for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, StoreError> {
        if value == ValueRef::Null { Ok(None) } else { T::from_sqlite(value).map(Some) }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self, StoreError> {
        // A null of any type reads as an absent byte string; only a present value is read as what it is.
        let present = row.try_get::<_, Option<Present>>(index).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        present.map(|_| T::from_postgres(row, index)).transpose()
    }
}

/// Any value that is not null.
struct Present;

impl<'a> postgres::types::FromSql<'a> for Present {
    fn from_sql(_: &Type, _: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Field for bool {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, StoreError> {
        i64::from_sqlite(value).map(|n| n != 0)
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self, StoreError> {
        i64::from_postgres(row, index).map(|n| n != 0)
    }
}

impl Field for Timestamp {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, StoreError> {
        timestamp(i64::from_sqlite(value)?)
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Result<Self, StoreError> {
        timestamp(i64::from_postgres(row, index)?)
    }
}

fn timestamp(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|e| StoreError::Corrupt(format!("an instant out of range: {e}")))
}
