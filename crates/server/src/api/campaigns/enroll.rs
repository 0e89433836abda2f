//! Enrolling contacts in the run of a draft, in units so small that dialing never waits for them.
//!
//! A number is enrolled once a run, so that a request which broke off can simply be repeated. A draft that is
//! started in the meantime takes nobody any more.

use std::sync::Arc;

use carillon_domain::contact_filter::ContactFilter;
use uuid::Uuid;

use super::{UNKNOWN, actions};
use crate::api::{ApiError, App};
use crate::store::campaigns::{self, Campaign};
use crate::store::contacts::{self, Entry, filter};
use crate::store::recipients::{self, Enrollment};
use crate::store::scope::Scope;
use crate::store::{Lane, StoreError, Tx, organizations};

/// People of one transaction.
pub const PEOPLE_PER_UNIT: usize = 500;

/// A draft that people are enrolled in, by somebody with this scope.
#[derive(Clone)]
pub struct Enroller {
    pub app: Arc<App>,
    pub scope: Scope,
    pub campaign: Uuid,
}

/// How many were looked at, and how many of them are new.
#[derive(Debug, Clone, Copy, Default)]
pub struct Enrolled {
    pub found: u64,
    pub added: u64,
}

impl Enrolled {
    pub fn add(&mut self, other: Self) {
        self.found += other.found;
        self.added += other.added;
    }
}

/// The campaign, locked, if people may still be enrolled in it.
pub fn lock_editable(tx: &mut Tx<'_>, scope: &Scope, id: Uuid) -> Result<Campaign, ApiError> {
    let campaign = campaigns::lock_in(tx, scope, id)?.ok_or(UNKNOWN)?;
    if campaign.status.is_editable() {
        return Ok(campaign);
    }
    Err(ApiError::StateConflict {
        state: campaign.status.as_str(),
        actions: actions::possible(campaign.status),
        detail: format!("nobody can be added to a campaign that is {}", campaign.status),
    })
}

/// What the fields of a message call the organization.
pub fn organization_name(tx: &mut Tx<'_>, organization: Uuid) -> Result<String, StoreError> {
    Ok(organizations::find(tx, organization)?.map(|organization| organization.name).unwrap_or_default())
}

impl Enroller {
    /// Ids for a unit, in their order, so that people are listed in the order in which they came.
    pub fn ids(&self) -> Vec<Uuid> {
        let now = self.app.clock.now();
        let mut ids: Vec<Uuid> = (0..PEOPLE_PER_UNIT).map(|_| self.app.chance.id(now)).collect();
        ids.sort_unstable();
        ids
    }

    /// Those of `contacts` that are not contacts of the campaign's department, by their place in the list.
    pub async fn unknown(&self, contacts: &[Uuid]) -> Result<Vec<usize>, ApiError> {
        let mut unknown = Vec::new();
        for (unit, ids) in contacts.chunks(PEOPLE_PER_UNIT).enumerate() {
            let (scope, campaign, wanted) = (self.scope, self.campaign, ids.to_vec());
            let known = self.app.store.read(move |tx| {
                let campaign = campaigns::find(tx, &scope, campaign)?.ok_or(UNKNOWN)?;
                let found = of_department(contacts::find_many(tx, scope, &wanted)?, &campaign);
                Ok::<_, ApiError>(found.into_iter().map(|entry| entry.id).collect::<Vec<_>>())
            });
            let known = known.await?;
            let missing = ids.iter().enumerate().filter(|(_, id)| !known.contains(id));
            unknown.extend(missing.map(|(at, _)| unit * PEOPLE_PER_UNIT + at));
        }
        Ok(unknown)
    }

    /// Enrolls these contacts.
    pub async fn by_ids(&self, contacts: &[Uuid]) -> Result<Enrolled, ApiError> {
        let mut total = Enrolled::default();
        for wanted in contacts.chunks(PEOPLE_PER_UNIT) {
            let (wanted, scope) = (wanted.to_vec(), self.scope);
            total.add(self.unit(move |tx| contacts::find_many(tx, scope, &wanted)).await?);
        }
        Ok(total)
    }

    /// Enrolls every contact that the filter finds.
    pub async fn by_filter(&self, filter: ContactFilter) -> Result<Enrolled, ApiError> {
        let limit = u32::try_from(PEOPLE_PER_UNIT).expect("a unit is small");
        let (mut total, mut after) = (Enrolled::default(), None);
        loop {
            // Looked for on a snapshot: a search may take longer than dialing should wait for a unit.
            let (scope, filter) = (self.scope, filter.clone());
            let found = self.app.store.read(move |tx| filter::page(tx, scope, &filter, after, limit)).await;
            let found = found.map_err(|e: StoreError| e)?;
            let ids: Vec<Uuid> = found.entries.iter().map(|(_, entry)| entry.id).collect();
            total.add(self.by_ids(&ids).await?);
            after = found.go_on(limit);
            if after.is_none() {
                return Ok(total);
            }
        }
    }

    /// Enrolls the contacts that `find` finds.
    async fn unit(
        &self,
        find: impl Fn(&mut Tx<'_>) -> Result<Vec<Entry>, StoreError> + Send + 'static,
    ) -> Result<Enrolled, ApiError> {
        let (scope, campaign, ids) = (self.scope, self.campaign, self.ids());
        let unit = self.app.store.write(Lane::Pages, move |tx| {
            let campaign = lock_editable(tx, &scope, campaign)?;
            let name = organization_name(tx, campaign.organization)?;
            let entries = of_department(find(tx)?, &campaign);
            let people: Vec<Enrollment> =
                entries.iter().zip(&ids).map(|(entry, id)| entry.enrollment(*id, &name)).collect();
            let added = recipients::enroll(tx, campaign.organization, campaign.run, &people)?;
            Ok::<_, ApiError>(Enrolled { found: people.len() as u64, added })
        });
        unit.await
    }
}

fn of_department(mut entries: Vec<Entry>, campaign: &Campaign) -> Vec<Entry> {
    entries.retain(|entry| entry.department == campaign.department);
    entries
}
