//! What surrounds a call that was answered: the campaign's settings, who calls, and whether it still may be heard.
//!
//! One statement, since a person waits for its answer with the phone at the ear. Who is called is read by
//! [`super::recipients`]; what is said is the call flow's business.

use carillon_domain::campaign_settings::CampaignSettings;
use uuid::Uuid;

use super::runs::RunState;
use super::{StoreError, Tx};
use crate::params;

/// The surroundings of one call.
#[derive(Debug, Clone)]
pub struct SceneRow {
    pub settings: CampaignSettings,
    pub organization_name: String,
    pub run: RunState,
    pub do_not_call: bool,
}

/// The surroundings of an attempt.
///
/// # Errors
/// When the database fails.
pub fn of_attempt(tx: &mut Tx<'_>, attempt: Uuid) -> Result<Option<SceneRow>, StoreError> {
    const QUERY: &str = "SELECT c.settings, o.name, u.state,
            CAST(CASE WHEN EXISTS (SELECT 1 FROM do_not_call d WHERE d.organization_id = a.organization_id AND d.phone = a.phone)
                 THEN 1 ELSE 0 END AS BIGINT)
       FROM attempts a JOIN campaigns c ON c.id = a.campaign_id JOIN organizations o ON o.id = a.organization_id
            JOIN runs u ON u.id = a.run_id
      WHERE a.id = $1";
    tx.query_opt(QUERY, params![attempt], |row| {
        Ok(SceneRow {
            settings: row.json(0)?,
            organization_name: row.get(1)?,
            run: row.word(2)?,
            do_not_call: row.get(3)?,
        })
    })
}
