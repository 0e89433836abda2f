//! Contacts by a filter: found along the narrowest index, the other conditions held against each that was read.
//!
//! A filter is walked department by department ([`walk`]), so that nobody's walk leads over contacts out of their scope;
//! with words, [`super::search`] finds them. A page looks at a bounded number of contacts: one that few contacts of many
//! meet may come shorter than asked for, and says where the next begins. Decided in docs/adr/0010.

mod walk;

use std::collections::HashMap;

use carillon_domain::contact_filter::{Circumstances, ContactFilter, LastCall};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Entry, find_many, last_calls, search};
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx};
use walk::Walk;

/// Contacts that one page looks at, so that none takes longer than 50 ms; each that words find costs more.
const LOOKED_AT_MAX: u32 = 2_000;
const FOUND_BY_WORDS_MAX: u32 = 1_000;
/// Contacts that are read at a time.
const READ_MAX: u32 = 1_000;

/// Where in a list a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The time of the last call, where the list goes by it, in microseconds.
    pub called_at: Option<i64>,
    pub contact: Uuid,
}

/// A page.
#[derive(Debug, Default)]
pub struct Found {
    pub entries: Vec<(Place, Entry)>,
    /// Where to go on when it was looked at enough before the page was full.
    pub next: Option<Place>,
}

impl Found {
    /// Where the next page begins, when this one was to have `limit` entries; nothing: there are no more.
    #[must_use]
    pub fn go_on(&self, limit: u32) -> Option<Place> {
        let is_full = self.entries.len() >= limit as usize;
        self.next.or_else(|| self.entries.last().filter(|_| is_full).map(|(place, _)| *place))
    }
}

/// Contacts within a scope that a filter finds: those last called first where it asks of calls alone, else the newest.
///
/// # Errors
/// When the database fails.
pub fn page(
    tx: &mut Tx<'_>,
    scope: Scope,
    filter: &ContactFilter,
    after: Option<Place>,
    limit: u32,
) -> Result<Found, StoreError> {
    let walk = Walk::of(filter);
    let departments = walk::departments(tx, scope, filter.department_id)?;
    let (mut found, mut after, mut looked_at) = (Found::default(), after, 0);
    let looked_at_max = if matches!(walk, Walk::Words) { FOUND_BY_WORDS_MAX } else { LOOKED_AT_MAX };
    let mut size = limit.min(READ_MAX);
    loop {
        let read = match &walk {
            Walk::Words => by_words(tx, scope, filter, after, size)?,
            walk => {
                let places = walk.step(tx, &departments, after, size)?;
                candidates(tx, scope, &places)?
            }
        };
        let (count, last) = (read.count, read.last);
        for (place, entry) in accepted(tx, filter, read.entries)? {
            found.entries.push((place, entry));
            if found.entries.len() == limit as usize {
                return Ok(found);
            }
        }
        if count < size {
            return Ok(found);
        }
        looked_at += count;
        if looked_at >= looked_at_max {
            found.next = last;
            return Ok(found);
        }
        (after, size) = (last, (size * 4).min(READ_MAX));
    }
}

/// Contacts that were read in one step.
struct ReadStep {
    entries: Vec<(Place, Entry)>,
    /// How many were found, those that are not visible among them.
    count: u32,
    last: Option<Place>,
}

fn counted(entries: usize) -> u32 {
    u32::try_from(entries).expect("a step is small")
}

fn by_words(
    tx: &mut Tx<'_>,
    scope: Scope,
    filter: &ContactFilter,
    after: Option<Place>,
    limit: u32,
) -> Result<ReadStep, StoreError> {
    let words = search::ContactFilter {
        q: filter.q.clone(),
        tag: filter.tag.clone(),
        after: after.map(|place| place.contact),
        limit,
    };
    let entries = search::page(tx, scope, &words)?;
    let placed = |entry: Entry| (Place { called_at: None, contact: entry.id }, entry);
    let entries: Vec<(Place, Entry)> = entries.into_iter().map(placed).collect();
    Ok(ReadStep { count: counted(entries.len()), last: entries.last().map(|(place, _)| *place), entries })
}

fn candidates(tx: &mut Tx<'_>, scope: Scope, places: &[Place]) -> Result<ReadStep, StoreError> {
    let ids: Vec<Uuid> = places.iter().map(|place| place.contact).collect();
    let entries = find_many(tx, scope, &ids)?;
    let mut known = places.iter();
    // Both are in one order; those that are not visible are left out.
    let place = |entry: Entry| Some((*known.find(|place| place.contact == entry.id)?, entry));
    let entries = entries.into_iter().filter_map(place).collect();
    Ok(ReadStep { entries, count: counted(places.len()), last: places.last().copied() })
}

/// Those that meet every condition.
fn accepted(
    tx: &mut Tx<'_>,
    filter: &ContactFilter,
    entries: Vec<(Place, Entry)>,
) -> Result<Vec<(Place, Entry)>, StoreError> {
    let asks = filter.asks_of_calls() || filter.never_called.is_some();
    let ids: Vec<Uuid> = entries.iter().filter(|_| asks).map(|(_, entry)| entry.id).collect();
    let last_calls: HashMap<Uuid, LastCall> = last_calls::of_contacts(tx, &ids)?.into_iter().collect();
    let meets = |(_, entry): &(Place, Entry)| {
        let last_call = last_calls.get(&entry.id).copied();
        let around = Circumstances { department: entry.department, added_at: entry.created_at, last_call };
        filter.accepts(&entry.contact, &around)
    };
    Ok(entries.into_iter().filter(meets).collect())
}

/// Ids of contacts that were added at `at` begin with this one; they are ordered by their time, to the millisecond.
fn first_id_at(at: Timestamp) -> Uuid {
    let millis = u128::try_from(at.as_millisecond()).unwrap_or_default();
    Uuid::from_u128(millis << 80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;

    #[test]
    fn ids_of_a_time_lie_behind_its_first_and_before_the_next_millisecond() {
        let chance = Chance::seeded(1);
        for millis in [0, 1, 1_767_225_600_000, 1_767_225_600_001] {
            let at = Timestamp::from_millisecond(millis).expect("an instant");
            let next = Timestamp::from_millisecond(millis + 1).expect("an instant");
            let id = chance.id(at);
            assert!(first_id_at(at) <= id && id < first_id_at(next), "{id}");
        }
    }
}
