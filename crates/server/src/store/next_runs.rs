//! The run after the one that has ended: prepared at once, its list made of the former one's people, unit by unit.
//!
//! Everybody is enrolled anew, with what the contact book says of them now; whoever was removed by hand stays out, and
//! so does whoever has left the book, or whose import was taken back. Until the list is whole the run does not start. A node that dies in between leaves a
//! run that any node goes on with: the reaper of half-made lists is the scheduler.

use std::collections::{HashMap, HashSet};

use carillon_domain::schedule::RunContacts;
use carillon_domain::suppression::SuppressionReason;
use uuid::Uuid;

use super::contacts::{self, Entry};
use super::recipients::{self, Enrollment, Recipient, RecipientFilter};
use super::runs::{self, Run, RunState};
use super::scope::Scope;
use super::{StoreError, Tx, campaigns, imports, organizations};
use crate::params;

/// What a run is called whose occurrence is not yet known; by number, since names are unique in a campaign.
const NEXT: &str = "next";

/// Prepares the run after `former`: for the same people, or for those whom a list brings that is fetched anew. The
/// campaign must be locked.
///
/// # Errors
/// When the database fails.
pub fn prepare(
    tx: &mut Tx<'_>,
    organization: Uuid,
    former: &Run,
    (id, contacts): (Uuid, RunContacts),
) -> Result<(), StoreError> {
    let number = former.number + 1;
    let next = Run {
        id,
        campaign: former.campaign,
        number,
        occurrence: format!("{NEXT} {number}"),
        state: RunState::Prepared,
        started_at: None,
        finished_at: None,
        failure: None,
    };
    runs::insert(tx, organization, &next)?;
    match contacts {
        RunContacts::Same => list_from(tx, id, former.id),
        RunContacts::RefreshSheet => Ok(()),
    }
}

/// Has the list of a run made of another one's people.
///
/// # Errors
/// When the database fails.
pub fn list_from(tx: &mut Tx<'_>, run: Uuid, former: Uuid) -> Result<(), StoreError> {
    tx.execute("UPDATE runs SET list_of = $2, list_to = NULL WHERE id = $1", params![run, former]).map(drop)
}

/// Whether the list of a run is still being made.
///
/// # Errors
/// When the database fails.
pub fn is_listing(tx: &mut Tx<'_>, run: Uuid) -> Result<bool, StoreError> {
    let list_of: Option<Option<Uuid>> =
        tx.query_opt("SELECT list_of FROM runs WHERE id = $1", params![run], |row| row.get(0))?;
    Ok(list_of.flatten().is_some())
}

/// Names the occurrence that a locked campaign's run is the execution of.
///
/// # Errors
/// When the database fails, or the occurrence has a run already.
pub fn name(tx: &mut Tx<'_>, run: Uuid, occurrence: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE runs SET occurrence = $2 WHERE id = $1", params![run, occurrence]).map(drop)
}

/// A run whose list is being made.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    pub run: Uuid,
    pub campaign: Uuid,
}

/// The oldest run whose list is being made.
///
/// # Errors
/// When the database fails.
pub fn next_listing(tx: &mut Tx<'_>) -> Result<Option<Listing>, StoreError> {
    const QUERY: &str = "SELECT id, campaign_id FROM runs WHERE list_of IS NOT NULL ORDER BY id LIMIT 1";
    tx.query_opt(QUERY, &[], |row| Ok(Listing { run: row.get(0)?, campaign: row.get(1)? }))
}

/// Enrolls the next people of a list, under these ids, and says whether it is whole.
///
/// # Errors
/// When the database fails.
pub fn list_unit(tx: &mut Tx<'_>, listing: Listing, ids: &[Uuid]) -> Result<bool, StoreError> {
    const WHERE: &str = "SELECT list_of, list_to FROM runs WHERE id = $1 AND list_of IS NOT NULL";
    const ON: &str = "UPDATE runs SET list_to = $2 WHERE id = $1";
    const WHOLE: &str = "UPDATE runs SET list_of = NULL, list_to = NULL WHERE id = $1";
    let Some(campaign) = campaigns::lock(tx, listing.campaign)? else { return Ok(true) };
    let place =
        tx.query_opt(WHERE, params![listing.run], |row| Ok((row.get::<Uuid>(0)?, row.get::<Option<Uuid>>(1)?)))?;
    let Some((former, after)) = place else { return Ok(true) };
    let limit = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    let page = match runs::state_of(tx, listing.run)? {
        // Stopped meanwhile: nobody will call them.
        Some(RunState::Prepared) => {
            recipients::list(tx, former, &RecipientFilter { after, limit, ..RecipientFilter::default() })?
        }
        _ => Vec::new(),
    };
    let Some(last) = page.last() else {
        tx.execute(WHOLE, params![listing.run])?;
        return Ok(true);
    };
    let name = organizations::find(tx, campaign.organization)?.map(|it| it.name).unwrap_or_default();
    let people = enrollments(tx, (campaign.organization, campaign.department), &name, &page, ids)?;
    recipients::enroll(tx, campaign.organization, listing.run, &people)?;
    tx.execute(ON, params![listing.run, last.id])?;
    Ok(false)
}

/// The people of a page as the contact book knows them now.
fn enrollments(
    tx: &mut Tx<'_>,
    (organization, department): (Uuid, Uuid),
    organization_name: &str,
    page: &[Recipient],
    ids: &[Uuid],
) -> Result<Vec<Enrollment>, StoreError> {
    let wanted: Vec<Uuid> = page.iter().filter_map(|recipient| recipient.contact).collect();
    let found = contacts::find_many(tx, Scope::whole(organization), &wanted)?;
    let known: HashMap<Uuid, Entry> =
        found.into_iter().filter(|entry| entry.department == department).map(|entry| (entry.id, entry)).collect();
    let removed = SuppressionReason::Removed.as_str();
    let brought_by: HashSet<Uuid> = page.iter().filter_map(|recipient| recipient.import).collect();
    let undone = imports::undo::of(tx, brought_by)?;
    let staying = page.iter().filter(|recipient| {
        recipient.reason.as_deref() != Some(removed) && recipient.import.is_none_or(|import| !undone.contains(&import))
    });
    let enrolled = staying.filter_map(|recipient| Some((known.get(&recipient.contact?)?, recipient.import)));
    let enroll = |((entry, import), id): ((&Entry, Option<Uuid>), &Uuid)| Enrollment {
        import,
        ..entry.enrollment(*id, organization_name)
    };
    Ok(enrolled.zip(ids).map(enroll).collect())
}
