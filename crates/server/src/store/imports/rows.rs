//! Some rows of a list, written in one transaction: contacts, do-not-call, recipients and the counters.
//!
//! Each row gets exactly one fate. A number that is known, from the contact book or from an earlier row, is skipped or
//! updated; it is enrolled either way, once. New contacts are hidden until the import ends (`contacts::visible!`),
//! and a campaign does not start while people are enrolled in it, so nobody sees or dials half a list; an update
//! of a contact that was there before shows with its step.

use std::collections::HashMap;

use carillon_domain::campaign::CampaignStatus;
use carillon_domain::contact::{Contact, ZoneSource};
use carillon_domain::import::Duplicates;
use jiff::Timestamp;
use uuid::Uuid;

use super::work::{self, Lease};
use super::{Fates, Import, lock_any};
use crate::row;
use crate::store::contacts::{Entry, many};
use crate::store::do_not_call;
use crate::store::recipients::{self, Enrollment};
use crate::store::runs::{self, RunState};
use crate::store::{Sql, StoreError, Tx, Value, campaigns, limiters};

/// Why recipients of a list are no longer enrolled.
const CAMPAIGN_GONE: &str = "the campaign began or was deleted while the import ran: not everybody was enrolled in it";

/// A row as it was read: a contact, with the ids it gets when it is new; `None` when none can be made of it.
#[derive(Debug, Clone)]
pub struct ReadRow {
    pub contact: Option<Contact>,
    /// The contact was made of it by mending.
    pub is_repaired: bool,
    pub contact_id: Uuid,
    pub recipient_id: Uuid,
}

/// The next rows of an import.
#[derive(Debug, Clone)]
pub struct Step {
    pub import: Uuid,
    pub lease: Lease,
    pub duplicates: Duplicates,
    /// What had become of the rows before these.
    pub from: Fates,
    pub rows: Vec<ReadRow>,
    pub organization_name: String,
    pub now: Timestamp,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// Written; these are the fates of all rows so far.
    To(Fates),
    /// Somebody else has gone on from there: nothing was written.
    Superseded,
}

/// Writes a step.
///
/// # Errors
/// When the database fails.
pub fn write(tx: &mut Tx<'_>, step: &Step) -> Result<Stepped, StoreError> {
    let Some(import) = lock_any(tx, step.import)? else { return Ok(Stepped::Superseded) };
    let decided = Decided::new(tx, step, &import)?;
    // First of all the row that decides whether this is ours to write; a broken step is undone as a whole.
    if !work::advance(tx, step.import, &step.lease, &step.from, &decided.fates)? {
        return Ok(Stepped::Superseded);
    }
    decided.keep(tx, step, &import)?;
    Ok(Stepped::To(decided.fates))
}

/// What a step makes of its rows.
struct Decided {
    fates: Fates,
    entries: Vec<Entry>,
    /// Among the entries: new, and changed.
    new: Vec<usize>,
    changed: Vec<usize>,
    /// Numbers that a row says must not be called.
    forbidden: Vec<String>,
    enrolled: Vec<(usize, Uuid)>,
}

impl Decided {
    fn new(tx: &mut Tx<'_>, step: &Step, import: &Import) -> Result<Self, StoreError> {
        let contacts = || step.rows.iter().filter_map(|row| row.contact.as_ref());
        let forbidden: Vec<String> =
            contacts().filter(|contact| contact.is_do_not_call()).map(|contact| contact.phone.to_string()).collect();
        // The lock order: limiter, campaign, contacts by id, recipients.
        if !forbidden.is_empty() {
            limiters::lock(tx, &limiters::of_organization(import.organization))?;
        }
        if let Some(campaign) = import.campaign {
            campaigns::lock(tx, campaign)?;
        }
        let phones: Vec<&str> = contacts().map(|contact| contact.phone.as_str()).collect();
        let entries = many::by_phones(tx, import.department, &phones)?;
        let mut decided =
            Self { fates: step.from, entries, new: Vec::new(), changed: Vec::new(), forbidden, enrolled: Vec::new() };
        decided.decide(step, import);
        Ok(decided)
    }

    fn decide(&mut self, step: &Step, import: &Import) {
        let mut by_phone: HashMap<String, usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.contact.phone.to_string(), at)).collect();
        for row in &step.rows {
            let Some(contact) = &row.contact else {
                self.fates.rejected += 1;
                continue;
            };
            self.fates.repaired += i64::from(row.is_repaired);
            let known = by_phone.get(contact.phone.as_str()).copied();
            let at = match known {
                Some(at) => {
                    self.meet(at, contact, step.duplicates);
                    at
                }
                None => self.add(new_entry(row, contact, import, step.now)),
            };
            if known.is_none() {
                by_phone.insert(contact.phone.to_string(), at);
            }
            self.enrolled.push((at, row.recipient_id));
        }
    }

    /// A row whose number is known.
    fn meet(&mut self, at: usize, contact: &Contact, duplicates: Duplicates) {
        match duplicates {
            Duplicates::Skip => self.fates.skipped += 1,
            Duplicates::Update => {
                let entry = &mut self.entries[at];
                if contact.timezone.is_some() {
                    entry.timezone_is = ZoneSource::Imported;
                }
                entry.contact = entry.contact.clone().updated_by(contact.clone());
                if !self.new.contains(&at) && !self.changed.contains(&at) {
                    self.changed.push(at);
                }
                self.fates.updated += 1;
            }
        }
    }

    fn add(&mut self, entry: Entry) -> usize {
        self.fates.imported += 1;
        self.entries.push(entry);
        self.new.push(self.entries.len() - 1);
        self.entries.len() - 1
    }

    fn keep(&self, tx: &mut Tx<'_>, step: &Step, import: &Import) -> Result<(), StoreError> {
        self.forbid(tx, step, import)?;
        let new: Vec<Entry> = self.new.iter().map(|at| self.entries[*at].clone()).collect();
        if many::insert(tx, &new)? != new.len() as u64 {
            // Somebody wrote one of the numbers since it was looked up; the step is tried again.
            return Err(StoreError::Conflict("a contact came in between".to_owned()));
        }
        let mut changed: Vec<Entry> = self.changed.iter().map(|at| self.entries[*at].clone()).collect();
        // A contact that this import made is still hidden: for everybody else it has one version, the first.
        let ours = changed.iter_mut().filter(|entry| entry.import == Some(import.id));
        ours.for_each(|entry| entry.version -= 1);
        many::update(tx, &mut changed, step.now)?;
        match import.campaign {
            Some(campaign) => self.enroll(tx, step, import, campaign),
            None => Ok(()),
        }
    }

    fn forbid(&self, tx: &mut Tx<'_>, step: &Step, import: &Import) -> Result<(), StoreError> {
        for phone in &self.forbidden {
            let entry = do_not_call::Entry {
                phone: phone.clone(),
                reason: "the row of an import is tagged DNC".to_owned(),
                source: "import".to_owned(),
                added_by: import.created_by.clone(),
                added_at: step.now,
            };
            do_not_call::add(tx, import.organization, &entry)?;
        }
        Ok(())
    }

    fn enroll(&self, tx: &mut Tx<'_>, step: &Step, import: &Import, campaign: Uuid) -> Result<(), StoreError> {
        const MARK: &str = "UPDATE recipients SET import_id = $1 WHERE id = $2";
        const MARK_ALL: &str = "UPDATE recipients r SET import_id = n.import
            FROM unnest($1::uuid[], $2::uuid[]) AS n (import, id) WHERE r.id = n.id";
        let wanted = |run: &Uuid| import.run.is_none_or(|own| own == *run);
        let Some(run) = open_run(tx, campaign)?.filter(wanted) else {
            return work::leave_campaign(tx, import.id, CAMPAIGN_GONE);
        };
        let mut people: Vec<Enrollment> = Vec::with_capacity(self.enrolled.len());
        let mut seen = vec![false; self.entries.len()];
        for (at, recipient) in &self.enrolled {
            if !std::mem::replace(&mut seen[*at], true) {
                people.push(self.entries[*at].enrollment(*recipient, &step.organization_name));
            }
        }
        recipients::enroll(tx, import.organization, run, &people)?;
        // Who was enrolled before keeps their id, and so is not marked as this import's.
        let marks: Vec<Vec<Value>> = people.iter().map(|person| row![import.id, person.id]).collect();
        tx.execute_many(MARK, MARK_ALL, &marks).map(drop)
    }
}

fn new_entry(row: &ReadRow, contact: &Contact, import: &Import, now: Timestamp) -> Entry {
    Entry {
        id: row.contact_id,
        organization: import.organization,
        department: import.department,
        version: 1,
        contact: contact.clone(),
        timezone_is: ZoneSource::Imported,
        import: Some(import.id),
        created_at: now,
        updated_at: now,
    }
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
