//! Some rows of a list, written in one transaction: contacts, do-not-call, recipients and the counters.
//!
//! Each row gets exactly one fate. A number that is known, from the contact book or from an earlier row, is skipped or
//! updated; it is enrolled either way, once. New contacts are hidden until the import ends (`contacts::visible!`),
//! and a campaign does not start while people are enrolled in it, so nobody sees or dials half a list; an update
//! of a contact that was there before shows with its step.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::contact::{Contact, ZoneSource};
use carillon_domain::import::Duplicates;
use carillon_domain::phone_number::PhoneNumber;
use jiff::Timestamp;
use uuid::Uuid;

use super::work::{self, Lease};
use super::{Fates, Import};
use crate::row;
use crate::store::contacts::Entry;
use crate::store::contacts::many::{self, NewEntry};
use crate::store::do_not_call;
use crate::store::recipients::{self, Enrollment};
use crate::store::runs::{self, RunState};
use crate::store::{Sql, StoreError, Tx, Value, campaigns, limiters};

/// Why recipients of a list are no longer enrolled.
const CAMPAIGN_GONE: &str = "the campaign began or was deleted while the import ran: not everybody was enrolled in it";

/// A row as it was read: somebody new, unless their number is known; `None` when nobody can be made of it.
#[derive(Debug, Clone)]
pub struct ReadRow {
    pub new: Option<NewEntry>,
    /// The contact was made of it by mending.
    pub is_repaired: bool,
    pub recipient_id: Uuid,
}

/// The next rows of an import.
#[derive(Debug, Clone)]
pub struct Step {
    pub import: Uuid,
    pub lease: Lease,
    pub duplicates: Duplicates,
    /// How many rows before these have their fate.
    pub done: i64,
    pub rows: Vec<ReadRow>,
    pub organization_name: String,
    pub now: Timestamp,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    Written,
    /// Somebody else has gone on from there: nothing was written.
    Superseded,
}

/// Writes a step.
///
/// # Errors
/// When the database fails.
pub fn write(tx: &mut Tx<'_>, step: &Step) -> Result<Stepped, StoreError> {
    // First of all the row that decides whether this is ours to write.
    let Some(import) = work::to_go_on(tx, step.import, &step.lease, step.done)? else {
        return Ok(Stepped::Superseded);
    };
    let people = people(step);
    let forbidden: Vec<&str> = people
        .iter()
        .filter(|person| person.rows().any(|contact| contact.is_do_not_call()))
        .map(|person| person.phone())
        .collect();
    // The lock order: limiter, campaign, contacts by id, recipients.
    if !forbidden.is_empty() {
        limiters::lock(tx, &limiters::of_organization(import.organization))?;
    }
    if let Some(campaign) = import.campaign {
        campaigns::lock(tx, campaign)?;
    }
    forbid(tx, step, &import, &forbidden)?;
    let kept = Kept::new(tx, step, &import, &people)?;
    if let Some(campaign) = import.campaign {
        enroll(tx, step, &import, (campaign, &kept.people))?;
    }
    work::advance(tx, step.import, &step.lease, &kept.fates)?;
    Ok(Stepped::Written)
}

/// The rows of a step that have one number.
struct Person<'s> {
    first: &'s NewEntry,
    recipient_id: Uuid,
    again: Vec<&'s Contact>,
}

impl Person<'_> {
    fn phone(&self) -> &str {
        self.first.entry().contact.phone.as_str()
    }

    fn rows(&self) -> impl Iterator<Item = &Contact> {
        std::iter::once(&self.first.entry().contact).chain(self.again.iter().copied())
    }
}

/// Everybody of a step, in the order of the list.
fn people(step: &Step) -> Vec<Person<'_>> {
    let mut people: Vec<Person<'_>> = Vec::with_capacity(step.rows.len());
    let mut by_phone: HashMap<PhoneNumber, usize> = HashMap::with_capacity(step.rows.len());
    for row in &step.rows {
        let Some(first) = &row.new else { continue };
        let contact = &first.entry().contact;
        match by_phone.entry(contact.phone) {
            Occupied(known) => people[*known.get()].again.push(contact),
            Vacant(place) => {
                place.insert(people.len());
                people.push(Person { first, recipient_id: row.recipient_id, again: Vec::new() });
            }
        }
    }
    people
}

/// What the contact book made of a step.
struct Kept<'s> {
    fates: Fates,
    /// Everybody, and the ids that they get as recipients.
    people: Vec<(Cow<'s, Entry>, Uuid)>,
}

impl<'s> Kept<'s> {
    fn new(tx: &mut Tx<'_>, step: &Step, import: &Import, people: &[Person<'s>]) -> Result<Self, StoreError> {
        let new: Vec<Cow<'s, NewEntry>> = people.iter().map(|person| person.if_new(step.duplicates)).collect();
        // Who is known is found by writing: it costs nothing for those who are not, who are nearly all.
        let is_new = many::insert_ready(tx, &new)?;
        let phones: Vec<&str> =
            people.iter().zip(&is_new).filter(|(_, is_new)| !**is_new).map(|(person, _)| person.phone()).collect();
        let known = many::by_phones(tx, import.department, &phones)?;
        let mut known: HashMap<PhoneNumber, Entry> =
            known.into_iter().map(|entry| (entry.contact.phone, entry)).collect();
        let mut kept = Self { fates: Fates::default(), people: Vec::with_capacity(people.len()) };
        let mut changed = Vec::new();
        for ((person, new), is_new) in people.iter().zip(new).zip(is_new) {
            let met = person.again.len() + usize::from(!is_new);
            kept.fates.imported += i64::from(is_new);
            kept.fates.count_met(step.duplicates, met);
            let entry = if is_new {
                NewEntry::into_entry(new)
            } else {
                // Somebody removed the contact since its number was in the way; the step is tried again.
                let gone = || StoreError::Conflict("a contact went in between".to_owned());
                let mut entry = known.remove(&person.first.entry().contact.phone).ok_or_else(gone)?;
                if step.duplicates == Duplicates::Update {
                    person.rows().for_each(|contact| entry.update(contact));
                    changed.push(entry.clone());
                }
                Cow::Owned(entry)
            };
            kept.people.push((entry, person.recipient_id));
        }
        // A contact that this import made is still hidden: for everybody else it has one version, the first.
        let ours = changed.iter_mut().filter(|entry| entry.import == Some(import.id));
        ours.for_each(|entry| entry.version -= 1);
        many::update(tx, &mut changed, step.now)?;
        kept.fates.rejected = step.rows.iter().filter(|row| row.new.is_none()).count() as i64;
        kept.fates.repaired = step.rows.iter().filter(|row| row.is_repaired).count() as i64;
        Ok(kept)
    }
}

impl<'s> Person<'s> {
    /// The contact that is written when the number is nobody's yet.
    fn if_new(&self, duplicates: Duplicates) -> Cow<'s, NewEntry> {
        if duplicates == Duplicates::Skip || self.again.is_empty() {
            return Cow::Borrowed(self.first);
        }
        let mut entry = self.first.entry().clone();
        self.again.iter().for_each(|contact| entry.update(contact));
        Cow::Owned(NewEntry::new(entry))
    }
}

impl Fates {
    /// Counts rows whose number was known.
    fn count_met(&mut self, duplicates: Duplicates, rows: usize) {
        let rows = i64::try_from(rows).expect("rows of one step");
        match duplicates {
            Duplicates::Skip => self.skipped += rows,
            Duplicates::Update => self.updated += rows,
        }
    }
}

impl Entry {
    /// Takes over what a row says.
    fn update(&mut self, contact: &Contact) {
        // What a person has stated stays stated while lists say the same.
        if contact.timezone.is_some() && contact.timezone != self.contact.timezone {
            self.timezone_is = ZoneSource::Imported;
        }
        self.contact = self.contact.clone().updated_by(contact.clone());
    }
}

/// Puts numbers on the do-not-call list.
fn forbid(tx: &mut Tx<'_>, step: &Step, import: &Import, phones: &[&str]) -> Result<(), StoreError> {
    for phone in phones {
        let entry = do_not_call::Entry {
            phone: (*phone).to_owned(),
            reason: "the row of an import is tagged DNC".to_owned(),
            source: "import".to_owned(),
            added_by: import.created_by.clone(),
            added_at: step.now,
        };
        do_not_call::add(tx, import.organization, &entry)?;
    }
    Ok(())
}

fn enroll(
    tx: &mut Tx<'_>,
    step: &Step,
    import: &Import,
    (campaign, people): (Uuid, &[(Cow<'_, Entry>, Uuid)]),
) -> Result<(), StoreError> {
    let wanted = |run: &Uuid| import.run.is_none_or(|own| own == *run);
    let Some(run) = open_run(tx, campaign)?.filter(wanted) else {
        return work::leave_campaign(tx, import.id, CAMPAIGN_GONE);
    };
    let enrolled = |(entry, recipient): &(Cow<'_, Entry>, Uuid)| Enrollment {
        import: Some(import.id),
        ..entry.enrollment(*recipient, &step.organization_name)
    };
    let people: Vec<Enrollment> = people.iter().map(enrolled).collect();
    recipients::enroll(tx, import.organization, run, &people).map(drop)
}

/// The run of a locked campaign that takes recipients from a list that is on its way. That the campaign is paused
/// meanwhile, between two runs, leaves nobody out: half a list would be called when it is resumed.
pub fn open_run(tx: &mut Tx<'_>, campaign: Uuid) -> Result<Option<Uuid>, StoreError> {
    let Some(campaign) = campaigns::find_any(tx, campaign)? else { return Ok(None) };
    let run = runs::find(tx, campaign.id, campaign.run)?;
    let is_open = campaign.status.is_editable() || campaign.status == CampaignStatus::Paused;
    let is_prepared = run.is_some_and(|run| run.state == RunState::Prepared);
    Ok((is_open && is_prepared).then_some(campaign.run))
}

/// Which of these numbers are in a department's contact book, and which may not be called.
///
/// # Errors
/// When the database fails.
pub fn known(
    tx: &mut Tx<'_>,
    organization: Uuid,
    department: Uuid,
    phones: &[String],
) -> Result<(Vec<String>, Vec<String>), StoreError> {
    const IN_BOOK: Sql = Sql::Split {
        sqlite: "SELECT phone FROM contacts WHERE department_id = $1 AND phone = $2",
        postgres: "SELECT c.phone FROM unnest($1::uuid[], $2::text[]) AS n (department_id, phone)
            JOIN contacts c ON c.department_id = n.department_id AND c.phone = n.phone",
    };
    const FORBIDDEN: Sql = Sql::Split {
        sqlite: "SELECT phone FROM do_not_call WHERE organization_id = $1 AND phone = $2",
        postgres: "SELECT d.phone FROM unnest($1::uuid[], $2::text[]) AS n (organization_id, phone)
            JOIN do_not_call d ON d.organization_id = n.organization_id AND d.phone = n.phone",
    };
    let of = |id: Uuid| phones.iter().map(|phone| row![id, phone]).collect::<Vec<Vec<Value>>>();
    let in_book = tx.query_many(IN_BOOK, &of(department), |row| row.get(0))?;
    let forbidden = tx.query_many(FORBIDDEN, &of(organization), |row| row.get(0))?;
    Ok((in_book, forbidden))
}
