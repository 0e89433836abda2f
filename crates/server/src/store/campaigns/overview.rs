//! Many campaigns at one look: what a live list shows of an organization, and how many stand where.
//!
//! Test calls are in neither. Their figures are read beside them, from [`crate::store::buckets`].

use carillon_domain::campaign::CampaignStatus;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Campaign, campaigns, read};
use crate::params;
use crate::store::scope::Scope;
use crate::store::{StoreError, Tx};

/// The campaigns of an organization that are under way or were changed since an instant: the active ones first, then
/// the newest.
///
/// # Errors
/// When the database fails.
pub fn under_way(
    tx: &mut Tx<'_>,
    organization: Uuid,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Campaign>, StoreError> {
    const QUERY: &str = campaigns!(
        "WHERE organization_id = $1 AND test_of IS NULL
            AND (status IN ('active', 'paused', 'failed') OR changed_at >= $2)
          ORDER BY CASE WHEN status = 'active' THEN 0 ELSE 1 END, id DESC LIMIT $3"
    );
    tx.query(QUERY, params![organization, since, limit], read)
}

/// How many campaigns within a scope stand where, by department.
///
/// # Errors
/// When the database fails.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(Uuid, CampaignStatus, i64)>, StoreError> {
    const QUERY: &str = "SELECT department_id, status, count(*) FROM campaigns
        WHERE organization_id = $1 AND test_of IS NULL
            AND (department_id IN (SELECT department_id FROM user_departments WHERE user_id = $2) OR $2 IS NULL)
        GROUP BY department_id, status";
    tx.query(QUERY, params![scope.organization(), scope.member()], |row| Ok((row.get(0)?, row.word(1)?, row.get(2)?)))
}
