//! Attempts in lists, newest first: those of a run, and those of one contact in every campaign.
//!
//! What was never sent is in neither. The history of a contact is read by way of its recipients, so that no attempt pays
//! for another index; it is as long as one person was called often.

use carillon_domain::outcome::Outcome;
use jiff::Timestamp;
use uuid::Uuid;

use super::{AttemptView, columns, read};
use crate::params;
use crate::store::scope::Scope;
use crate::store::{Row, StoreError, Tx, like};

/// An attempt in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub attempt: AttemptView,
    /// The recipient's, as it was at enrollment.
    pub name: String,
    pub campaign_name: String,
}

/// Where a page of attempts begins, and how long it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// The slot and id before which the page begins; newest first.
    pub before: Option<(Timestamp, Uuid)>,
    pub limit: u32,
}

/// Which attempts of a run to list.
#[derive(Debug, Clone, Default)]
pub struct AttemptFilter {
    pub outcome: Option<Outcome>,
    /// Part of a recipient's name or number, as typed.
    pub q: Option<String>,
    pub place: Place,
}

impl Place {
    fn key(&self) -> (Timestamp, Uuid) {
        self.before.unwrap_or((Timestamp::MAX, Uuid::max()))
    }
}

macro_rules! listed {
    ($from:literal) => {
        concat!("SELECT ", columns!(), ", r.name, c.name ", $from)
    };
}

fn listed(row: &Row<'_>) -> Result<Listed, StoreError> {
    Ok(Listed { attempt: read(row)?, name: row.get(21)?, campaign_name: row.get(22)? })
}

/// Attempts of a run that were sent (or may have been), newest first.
///
/// # Errors
/// When the database fails.
pub fn of_run(tx: &mut Tx<'_>, run: Uuid, filter: &AttemptFilter) -> Result<Vec<Listed>, StoreError> {
    const QUERY: &str = listed!(
        "FROM attempts a JOIN recipients r ON r.id = a.recipient_id JOIN campaigns c ON c.id = a.campaign_id
          WHERE a.run_id = $1 AND (a.send_at, a.id) < ($2, $3) AND a.state <> 'not_sent' AND a.state <> 'reserved'
            AND (a.outcome = $4 OR $4 IS NULL)
            AND (lower(r.name) LIKE $5 ESCAPE '\\' OR a.phone LIKE $6 OR $5 IS NULL)
          ORDER BY a.send_at DESC, a.id DESC LIMIT $7"
    );
    tx.read_in_index_order()?;
    let (at, id) = filter.place.key();
    let (outcome, q) = (filter.outcome.map(Outcome::as_str), filter.q.as_deref());
    let (name, phone) = (q.map(like::containing), q.and_then(like::phone_containing));
    tx.query(QUERY, params![run, at, id, outcome, name, phone, filter.place.limit], listed)
}

/// Attempts to reach a contact that were sent (or may have been), in the campaigns within a scope, newest first. Test
/// calls are no part of anybody's history.
///
/// # Errors
/// When the database fails.
pub fn of_contact(tx: &mut Tx<'_>, scope: Scope, contact: Uuid, place: Place) -> Result<Vec<Listed>, StoreError> {
    const QUERY: &str = listed!(
        "FROM recipients r JOIN attempts a ON a.recipient_id = r.id JOIN campaigns c ON c.id = a.campaign_id
          WHERE r.contact_id = $3 AND (a.send_at, a.id) < ($4, $5) AND a.state NOT IN ('reserved', 'not_sent')
            AND c.organization_id = $1 AND c.test_of IS NULL
            AND (c.department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
          ORDER BY a.send_at DESC, a.id DESC LIMIT $6"
    );
    let (at, id) = place.key();
    let values = params![scope.organization(), scope.member(), contact, at, id, place.limit];
    tx.query(QUERY, values, listed)
}
