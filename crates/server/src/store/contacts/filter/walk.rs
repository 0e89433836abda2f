//! The walks: the ids of contacts along one index, department by department, in the order of the list.
//!
//! A walk knows one condition of a filter, the narrowest; what it finds is read and held against the rest. Each department
//! gives its next few, and the first of all of them are the step: one statement over an array on PostgreSQL.

use carillon_domain::contact_filter::ContactFilter;
use carillon_domain::outcome::Outcome;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Place, first_id_at};
use crate::store::contacts::values;
use crate::store::scope::Scope;
use crate::store::{Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// The condition that leads the walk.
pub(super) enum Walk {
    /// A search for words, which has an index of its own.
    Words,
    Value {
        key: String,
        value: String,
    },
    Tag(String),
    /// The last called first; any outcome when there is none.
    Calls {
        outcome: Option<Outcome>,
        from: i64,
        to: i64,
    },
    Language(String, Added),
    /// Every contact.
    Book(Added),
}

/// The ids that contacts of a time may have, with a millisecond to spare.
#[derive(Clone, Copy)]
pub(super) struct Added {
    from: Uuid,
    before: Uuid,
}

impl Added {
    fn of(filter: &ContactFilter) -> Self {
        let spare = SignedDuration::from_millis(1);
        let before = filter.added_to.and_then(|to| to.checked_add(spare).ok());
        Self {
            from: filter.added_from.map_or(Uuid::nil(), first_id_at),
            before: before.map_or(Uuid::max(), first_id_at),
        }
    }
}

/// The departments of a scope, or the one that is asked for, if it is in scope.
pub(super) fn departments(tx: &mut Tx<'_>, scope: Scope, wanted: Option<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    const QUERY: &str = "SELECT id FROM departments WHERE organization_id = $1
        AND (id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
        AND (id = $3 OR $3 IS NULL)";
    tx.query(QUERY, params![scope.organization(), scope.member(), wanted], |row| row.get(0))
}

/// As many ids of each of these departments, each in the list's order.
macro_rules! each_department {
    ($types:literal, $names:literal, $select:literal, $rest:literal) => {
        concat!(
            "SELECT found.* FROM unnest($1::uuid[], ",
            $types,
            ") AS n (department_id, ",
            $names,
            ") CROSS JOIN LATERAL (SELECT ",
            $select,
            $rest,
            ") AS found"
        )
    };
}

impl Walk {
    /// The narrowest condition, as a rule: people choose a value or a tag because few have it.
    pub(super) fn of(filter: &ContactFilter) -> Self {
        if filter.q.is_some() {
            return Self::Words;
        }
        if let Some((key, value)) = filter.custom.first_key_value() {
            return Self::Value { key: key.clone(), value: values::beginning(value) };
        }
        if let Some(tag) = &filter.tag {
            return Self::Tag(tag.to_lowercase());
        }
        if filter.asks_of_calls() {
            let micros = |at: Option<Timestamp>, open: i64| at.map_or(open, Timestamp::as_microsecond);
            let (from, to) = (micros(filter.last_called_from, i64::MIN), micros(filter.last_called_to, i64::MAX));
            return Self::Calls { outcome: filter.outcome, from, to };
        }
        let added = Added::of(filter);
        match &filter.language {
            Some(language) => Self::Language(language.to_lowercase(), added),
            None => Self::Book(added),
        }
    }

    /// The next ids after a place, at most `limit`.
    pub(super) fn step(
        &self,
        tx: &mut Tx<'_>,
        departments: &[Uuid],
        after: Option<Place>,
        limit: u32,
    ) -> Result<Vec<Place>, StoreError> {
        let rows: Vec<Vec<Value>> =
            departments.iter().map(|department| self.values(*department, after, limit)).collect();
        tx.read_in_index_order()?;
        let mut places = tx.query_many(self.statement(), &rows, |row| self.place(row))?;
        places.sort_unstable_by_key(|place| std::cmp::Reverse((place.called_at, place.contact)));
        places.truncate(limit as usize);
        Ok(places)
    }

    fn place(&self, row: &Row<'_>) -> Result<Place, StoreError> {
        let called_at = if let Self::Calls { .. } = self { Some(row.get(1)?) } else { None };
        Ok(Place { called_at, contact: row.get(0)? })
    }

    fn values(&self, department: Uuid, after: Option<Place>, limit: u32) -> Vec<Value> {
        let before = after.map_or(Uuid::max(), |place| place.contact);
        match self {
            Self::Words => Vec::new(),
            Self::Value { key, value } => row![department, key, value, before, limit],
            Self::Tag(tag) => row![department, tag, before, limit],
            Self::Language(language, added) => {
                row![department, language, before.min(added.before), added.from, limit]
            }
            Self::Book(added) => row![department, before.min(added.before), added.from, limit],
            Self::Calls { outcome, from, to } => {
                // The first instant behind the range, and every contact of it, when nothing was shown yet.
                let last_at = after.and_then(|place| place.called_at).unwrap_or(*to);
                let before = if after.is_some() { before } else { Uuid::nil() };
                let mut values = row![department, last_at, before, *from, limit];
                values.extend(outcome.map(|outcome| Value::from(outcome.as_str())));
                values
            }
        }
    }

    fn statement(&self) -> Sql {
        match self {
            Self::Words | Self::Book(_) => BOOK,
            Self::Value { .. } => VALUE,
            Self::Tag(_) => TAG,
            Self::Language(..) => LANGUAGE,
            Self::Calls { outcome: None, .. } => CALLS,
            Self::Calls { outcome: Some(_), .. } => CALLS_BY_OUTCOME,
        }
    }
}

const BOOK: Sql = Sql::Split {
    sqlite: "SELECT id FROM contacts WHERE department_id = $1 AND id < $2 AND id >= $3 ORDER BY id DESC LIMIT $4",
    postgres: each_department!(
        "$2::uuid[], $3::uuid[], $4::bigint[]",
        "before, least, size",
        "c.id FROM contacts c WHERE c.department_id = n.department_id AND c.id < n.before AND c.id >= n.least",
        " ORDER BY c.id DESC LIMIT n.size"
    ),
};
const LANGUAGE: Sql = Sql::Split {
    sqlite: "SELECT id FROM contacts WHERE department_id = $1 AND lower(language) = $2 AND language IS NOT NULL
            AND id < $3 AND id >= $4 ORDER BY id DESC LIMIT $5",
    postgres: each_department!(
        "$2::text[], $3::uuid[], $4::uuid[], $5::bigint[]",
        "language, before, least, size",
        "c.id FROM contacts c WHERE c.department_id = n.department_id AND lower(c.language) = n.language
            AND c.language IS NOT NULL AND c.id < n.before AND c.id >= n.least",
        " ORDER BY c.id DESC LIMIT n.size"
    ),
};
const TAG: Sql = Sql::Split {
    sqlite: "SELECT contact_id FROM contact_tags WHERE department_id = $1 AND tag = $2 AND contact_id < $3
        ORDER BY contact_id DESC LIMIT $4",
    postgres: each_department!(
        "$2::text[], $3::uuid[], $4::bigint[]",
        "tag, before, size",
        "t.contact_id FROM contact_tags t
            WHERE t.department_id = n.department_id AND t.tag = n.tag AND t.contact_id < n.before",
        " ORDER BY t.contact_id DESC LIMIT n.size"
    ),
};
const VALUE: Sql = Sql::Split {
    sqlite: "SELECT contact_id FROM contact_values WHERE department_id = $1 AND key = $2 AND value = $3
            AND contact_id < $4 ORDER BY contact_id DESC LIMIT $5",
    postgres: each_department!(
        "$2::text[], $3::text[], $4::uuid[], $5::bigint[]",
        "key, value, before, size",
        "v.contact_id FROM contact_values v WHERE v.department_id = n.department_id AND v.key = n.key
            AND v.value = n.value AND v.contact_id < n.before",
        " ORDER BY v.contact_id DESC LIMIT n.size"
    ),
};
const CALLS: Sql = Sql::Split {
    sqlite:
        "SELECT contact_id, called_at FROM last_calls WHERE department_id = $1 AND (called_at, contact_id) < ($2, $3)
            AND called_at >= $4 ORDER BY called_at DESC, contact_id DESC LIMIT $5",
    postgres: each_department!(
        "$2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[]",
        "last_at, before, least, size",
        "l.contact_id, l.called_at FROM last_calls l WHERE l.department_id = n.department_id
            AND (l.called_at, l.contact_id) < (n.last_at, n.before) AND l.called_at >= n.least",
        " ORDER BY l.called_at DESC, l.contact_id DESC LIMIT n.size"
    ),
};
const CALLS_BY_OUTCOME: Sql = Sql::Split {
    sqlite: "SELECT contact_id, called_at FROM last_calls WHERE department_id = $1 AND outcome = $6
            AND (called_at, contact_id) < ($2, $3) AND called_at >= $4
        ORDER BY called_at DESC, contact_id DESC LIMIT $5",
    postgres: each_department!(
        "$2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[]",
        "last_at, before, least, size, outcome",
        "l.contact_id, l.called_at FROM last_calls l WHERE l.department_id = n.department_id AND l.outcome = n.outcome
            AND (l.called_at, l.contact_id) < (n.last_at, n.before) AND l.called_at >= n.least",
        " ORDER BY l.called_at DESC, l.contact_id DESC LIMIT n.size"
    ),
};
