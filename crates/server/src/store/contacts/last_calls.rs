//! The last call of each contact: when it was due to be sent and how it ended, so that filters can go by it.
//!
//! A narrow table of its own, so that the end of an attempt rewrites no contact and none of its indexes. The ledger writes
//! it in the transaction in which an attempt ends or its outcome is corrected; an older attempt's late news changes
//! nothing. It equals a recount over the attempts of the contact's recipients always. No foreign key: a call that ends must
//! not wait for whoever edits the contact.

use std::collections::BTreeMap;

use carillon_domain::contact_filter::LastCall;
use carillon_domain::outcome::Outcome;
use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{Row, Sql, StoreError, Tx, Value};
use crate::{params, row};

/// The newest ended attempts of a batch, by contact: when it was due, its id, its outcome.
#[derive(Debug, Default)]
pub struct EndedCalls(BTreeMap<Uuid, (Timestamp, Uuid, Outcome)>);

impl EndedCalls {
    /// Notes the end of an attempt; of one that is older than another of the batch nothing is kept.
    pub fn note(&mut self, contact: Uuid, attempt: (Timestamp, Uuid), outcome: Outcome) {
        let (called_at, id) = attempt;
        let newest = self.0.entry(contact).or_insert((called_at, id, outcome));
        if (newest.0, newest.1) <= attempt {
            *newest = (called_at, id, outcome);
        }
    }
}

/// Writes the ends of a batch, in the order of the contacts' ids.
///
/// # Errors
/// When the database fails.
pub fn write(tx: &mut Tx<'_>, ended: &EndedCalls) -> Result<(), StoreError> {
    const ONE: &str = "INSERT INTO last_calls (contact_id, department_id, attempt_id, called_at, outcome)
        SELECT id, department_id, $2, $3, $4 FROM contacts WHERE id = $1
        ON CONFLICT (contact_id) DO UPDATE
            SET attempt_id = excluded.attempt_id, called_at = excluded.called_at, outcome = excluded.outcome
            WHERE (excluded.called_at, excluded.attempt_id) >= (last_calls.called_at, last_calls.attempt_id)";
    const MANY: &str = "INSERT INTO last_calls (contact_id, department_id, attempt_id, called_at, outcome)
        SELECT c.id, c.department_id, n.attempt, n.called_at, n.outcome
          FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) AS n (contact, attempt, called_at, outcome)
          JOIN contacts c ON c.id = n.contact ORDER BY c.id
        ON CONFLICT (contact_id) DO UPDATE
            SET attempt_id = excluded.attempt_id, called_at = excluded.called_at, outcome = excluded.outcome
            WHERE (excluded.called_at, excluded.attempt_id) >= (last_calls.called_at, last_calls.attempt_id)";
    let rows: Vec<Vec<Value>> = ended
        .0
        .iter()
        .map(|(contact, (at, attempt, outcome))| row![*contact, *attempt, *at, outcome.as_str()])
        .collect();
    tx.execute_many(ONE, MANY, &rows).map(drop)
}

/// The last calls of these contacts; those never called are left out.
///
/// # Errors
/// When the database fails.
pub fn of_contacts(tx: &mut Tx<'_>, contacts: &[Uuid]) -> Result<Vec<(Uuid, LastCall)>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT contact_id, called_at, outcome FROM last_calls WHERE contact_id = $1",
        postgres: "SELECT contact_id, called_at, outcome FROM last_calls WHERE contact_id = ANY($1::uuid[])",
    };
    let keys: Vec<Value> = contacts.iter().map(|contact| Value::from(*contact)).collect();
    let read = |row: &Row<'_>| Ok((row.get(0)?, LastCall { called_at: row.get(1)?, outcome: row.word(2)? }));
    tx.query_each(QUERY, &keys, read)
}

/// The survivor of a merge takes over the last call of a contact that is merged into it, when that is the newer one.
///
/// # Errors
/// When the database fails.
pub(super) fn take_over(tx: &mut Tx<'_>, from: Uuid, into: Uuid) -> Result<(), StoreError> {
    const TAKE: &str = "INSERT INTO last_calls (contact_id, department_id, attempt_id, called_at, outcome)
        SELECT c.id, c.department_id, l.attempt_id, l.called_at, l.outcome
          FROM last_calls l JOIN contacts c ON c.id = $2 WHERE l.contact_id = $1
        ON CONFLICT (contact_id) DO UPDATE
            SET attempt_id = excluded.attempt_id, called_at = excluded.called_at, outcome = excluded.outcome
            WHERE (excluded.called_at, excluded.attempt_id) >= (last_calls.called_at, last_calls.attempt_id)";
    tx.execute(TAKE, params![from, into]).map(drop)
}

/// Forgets the last call of a contact that is removed.
pub(super) fn forget(tx: &mut Tx<'_>, contact: Uuid) -> Result<(), StoreError> {
    tx.execute("DELETE FROM last_calls WHERE contact_id = $1", params![contact]).map(drop)
}
