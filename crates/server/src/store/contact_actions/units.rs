//! One unit of a change: some contacts and the counters, in one transaction.
//!
//! A contact is changed, was so already, or is refused by name; the others of the unit go on. A unit is written only where
//! the last one ended, so that of two who work on one change the slower writes nothing.

use carillon_domain::contact::{Contact, DO_NOT_CALL_TAG, ZoneSource};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ActionState, ContactAction, Lease, Refused, What, actions, read};
use crate::params;
use crate::store::audit::{self, Change};
use crate::store::contacts::filter::Place;
use crate::store::contacts::{self, Entry, many, usage};
use crate::store::scope::Scope;
use crate::store::{Sql, StoreError, Tx, limiters};

/// Of those that were refused, so many are told.
pub const REFUSED_TOLD_MAX: usize = 100;

/// The next contacts of a change.
#[derive(Debug, Clone)]
pub struct Unit {
    pub contacts: Vec<Uuid>,
    /// Where the unit behind this one begins.
    pub place: Option<Place>,
    pub is_last: bool,
    pub lease: Lease,
    pub now: Timestamp,
}

/// Writes a unit of a change that stood like this; `None`: somebody else has gone on from there, nothing was written.
///
/// # Errors
/// When the database fails.
pub fn write(tx: &mut Tx<'_>, from: &ContactAction, unit: &Unit) -> Result<Option<ContactAction>, StoreError> {
    if lists(&from.wish.what) {
        // They end on the do-not-call list, whose row is the first in the lock order.
        limiters::lock(tx, &limiters::of_organization(from.organization))?;
    }
    let Some(mut action) = lock(tx, from.id, &unit.lease.owner)? else { return Ok(None) };
    if action.done != from.done || action.place != from.place {
        return Ok(None);
    }
    let mut ids = unit.contacts.clone();
    ids.sort_unstable();
    let outcome = match &action.wish.what {
        What::Delete => delete(tx, action.scope(), &ids)?,
        what => edit(tx, &action, what, (&ids, unit.now))?,
    };
    action.done += i64::try_from(ids.len()).expect("a unit is small");
    action.changed += outcome.changed;
    action.refused_count += i64::try_from(outcome.refused.len()).expect("a unit is small");
    let room = REFUSED_TOLD_MAX.saturating_sub(action.refused.len());
    action.refused.extend(outcome.refused.into_iter().take(room));
    action.matched = if unit.is_last { action.done } else { action.matched.max(action.done) };
    action.place = unit.place;
    if unit.is_last {
        action.state = ActionState::Done;
    }
    save(tx, &action, unit)?;
    if unit.is_last {
        record(tx, &action, unit.now)?;
    }
    Ok(Some(action))
}

fn lists(what: &What) -> bool {
    matches!(what, What::Tag { tag } if tag.eq_ignore_ascii_case(DO_NOT_CALL_TAG))
}

fn lock(tx: &mut Tx<'_>, id: Uuid, owner: &str) -> Result<Option<ContactAction>, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: actions!("WHERE id = $1 AND owner = $2 AND state = 'running'"),
        postgres: actions!("WHERE id = $1 AND owner = $2 AND state = 'running' FOR UPDATE"),
    };
    tx.query_opt(LOCK, params![id, owner], read)
}

fn save(tx: &mut Tx<'_>, action: &ContactAction, unit: &Unit) -> Result<(), StoreError> {
    const SAVE: &str = "UPDATE contact_actions SET place = $2, matched = $3, done = $4, changed = $5, refused = $6,
            refused_count = $7, lease_until = $8, state = $9, finished_at = $10 WHERE id = $1";
    let row = params![
        action.id,
        action.place.map(|place| super::json(&place)),
        action.matched,
        action.done,
        action.changed,
        super::json(&action.refused),
        action.refused_count,
        unit.lease.until,
        action.state.as_str(),
        unit.is_last.then_some(unit.now),
    ];
    tx.execute(SAVE, row).map(drop)
}

/// One entry a change, when it is over.
fn record(tx: &mut Tx<'_>, action: &ContactAction, now: Timestamp) -> Result<(), StoreError> {
    let counts = json!({ "done": action.done, "changed": action.changed, "refused": action.refused_count });
    let change = Change {
        organization: action.organization,
        actor: &action.created_by,
        action: "contacts.changed",
        subject: format!("contact_action:{}", action.id),
        before: Value::Null,
        after: json!({ "what": action.wish.what, "counts": counts }),
    };
    audit::record(tx, &change, now)
}

/// What became of the contacts of a unit.
#[derive(Default)]
struct UnitOutcome {
    changed: i64,
    refused: Vec<Refused>,
}

impl UnitOutcome {
    fn refuse(&mut self, contact_id: Uuid, message: impl Into<String>) {
        self.refused.push(Refused { contact_id, message: message.into() });
    }
}

const UNKNOWN: &str = "is no contact of yours";

fn delete(tx: &mut Tx<'_>, scope: Scope, ids: &[Uuid]) -> Result<UnitOutcome, StoreError> {
    let mut outcome = UnitOutcome::default();
    for id in ids {
        if contacts::find(tx, scope, *id)?.is_none() {
            outcome.refuse(*id, UNKNOWN);
        } else if let Some(status) = usage::release(tx, *id)? {
            outcome.refuse(*id, format!("is still to be called by a campaign that is {status}; remove it there first"));
        } else {
            contacts::delete(tx, *id)?;
            outcome.changed += 1;
        }
    }
    Ok(outcome)
}

fn edit(
    tx: &mut Tx<'_>,
    action: &ContactAction,
    what: &What,
    (ids, now): (&[Uuid], Timestamp),
) -> Result<UnitOutcome, StoreError> {
    let (mut outcome, mut entries) = (UnitOutcome::default(), Vec::new());
    for id in ids {
        let Some(mut entry) = contacts::lock(tx, action.scope(), *id)? else {
            outcome.refuse(*id, UNKNOWN);
            continue;
        };
        match edited(&entry.contact, what) {
            Err(message) => outcome.refuse(*id, message),
            Ok(contact) if contact == entry.contact => {}
            Ok(contact) => {
                if contact.timezone != entry.contact.timezone {
                    entry.timezone_is = ZoneSource::Stated;
                }
                entry.contact = contact;
                entries.push(entry);
            }
        }
    }
    if lists(what) {
        hold(tx, &entries, &action.created_by, now)?;
    }
    outcome.changed = i64::try_from(entries.len()).expect("a unit is small");
    many::update(tx, &mut entries, now)?;
    Ok(outcome)
}

fn hold(tx: &mut Tx<'_>, entries: &[Entry], actor: &str, now: Timestamp) -> Result<(), StoreError> {
    entries.iter().try_for_each(|entry| contacts::hold(tx, entry, actor, now))
}

/// The contact as it will be.
fn edited(contact: &Contact, what: &What) -> Result<Contact, String> {
    let mut contact = contact.clone();
    match what {
        What::Tag { tag } => {
            contact.add_tags(std::slice::from_ref(tag));
            let has = contact.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
            if has { Ok(contact) } else { Err("has as many tags as a contact may".to_owned()) }
        }
        What::Untag { tag } => {
            contact.replace_tag(tag, None);
            Ok(contact)
        }
        What::SetField { field, value } => {
            contact.with_field(field, value.clone()).map_err(|error| format!("{}: {}", error.field, error.message))
        }
        What::Delete => Ok(contact),
    }
}
