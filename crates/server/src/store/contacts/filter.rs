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

/// Contacts that one page looks at, so that none takes longer than 50 ms; each that words find costs more, and each time
/// that they are looked for costs as much again.
const LOOKED_AT_MAX: u32 = 2_000;
const FOUND_BY_WORDS_MAX: u32 = 500;
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
    let (looked_at_max, mut size) = match walk {
        Walk::Words if asks_for_more_than_words(filter) => (FOUND_BY_WORDS_MAX, FOUND_BY_WORDS_MAX),
        Walk::Words => (FOUND_BY_WORDS_MAX, limit.min(READ_MAX)),
        _ => (LOOKED_AT_MAX, limit.min(READ_MAX)),
    };
    loop {
        let read = match &walk {
            Walk::Words => by_words(tx, scope, filter, after, size)?,
            walk => {
                let places = walk.step(tx, &departments, after, size)?;
                candidates(tx, scope, &places, size)?
            }
        };
        for (place, entry) in accepted(tx, filter, read.entries)? {
            found.entries.push((place, entry));
            if found.entries.len() == limit as usize {
                return Ok(found);
            }
        }
        looked_at += read.looked_at;
        if read.next.is_none() || looked_at >= looked_at_max {
            found.next = read.next;
            return Ok(found);
        }
        (after, size) = (read.next, (size * 4).min(READ_MAX));
    }
}

/// Whether the search, which knows words and tags, may find somebody who is not wanted.
fn asks_for_more_than_words(filter: &ContactFilter) -> bool {
    let words = ContactFilter { q: filter.q.clone(), tag: filter.tag.clone(), ..ContactFilter::default() };
    *filter != words
}

/// Contacts that were read in one step.
struct ReadStep {
    entries: Vec<(Place, Entry)>,
    /// How many were found, those that are not visible among them.
    looked_at: u32,
    /// Where to go on; nothing: there are no more.
    next: Option<Place>,
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
    let page = search::page(tx, scope, &words)?;
    let place = |contact: Uuid| Place { called_at: None, contact };
    let next = page.go_on(limit).map(place);
    let count = counted(page.entries.len());
    // A page that is short of contacts, and not the last, has cost what a whole one may.
    let looked_at = if count < limit && next.is_some() { FOUND_BY_WORDS_MAX } else { count };
    Ok(ReadStep { entries: page.entries.into_iter().map(|entry| (place(entry.id), entry)).collect(), looked_at, next })
}

fn candidates(tx: &mut Tx<'_>, scope: Scope, places: &[Place], limit: u32) -> Result<ReadStep, StoreError> {
    let ids: Vec<Uuid> = places.iter().map(|place| place.contact).collect();
    let entries = find_many(tx, scope, &ids)?;
    let mut known = places.iter();
    // Both are in one order; those that are not visible are left out.
    let place = |entry: Entry| Some((*known.find(|place| place.contact == entry.id)?, entry));
    let entries = entries.into_iter().filter_map(place).collect();
    let looked_at = counted(places.len());
    Ok(ReadStep { entries, looked_at, next: places.last().copied().filter(|_| looked_at >= limit) })
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
