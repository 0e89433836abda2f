//! The list of campaigns: in pages, with the figures of each where they are wanted, and how many stand where.
//!
//! The same campaigns live are [`super::super::live::list`]'s. Figures of a page are read by a few statements for all
//! of it, never by some for each.

use std::sync::Arc;

use axum::extract::State;
use carillon_domain::campaign::CampaignStatus;
use carillon_domain::roles::Action;
use carillon_domain::words::Word as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::CampaignView;
use crate::api::progress::Progress;
use crate::api::{ApiError, App, Json, Page, Paging, Query, Who, checks};
use crate::store::StoreError;
use crate::store::campaigns::{self, Campaign, CampaignFilter, overview};

/// Parameters of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CampaignsQuery {
    /// One status, or several separated by commas.
    #[param(example = "active,paused,failed")]
    status: Option<String>,
    /// Part of a name.
    q: Option<String>,
    /// What to tell of each campaign besides: its progress.
    #[param(inline)]
    with: Option<With>,
    /// Items in a page, 1 to 200.
    limit: Option<u16>,
    /// Where an earlier page ended.
    cursor: Option<String>,
}

/// What a list tells of each campaign besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum With {
    /// The figures of its newest run.
    Progress,
}

/// The campaigns of one's departments, newest first.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "campaigns", params(CampaignsQuery),
    responses((status = 200, body = Page<CampaignView>)))]
pub async fn list(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<CampaignsQuery>,
) -> Result<Json<Page<CampaignView>>, ApiError> {
    let (scope, now) = (who.may(Action::ReadCampaigns)?, app.clock.now());
    let paging = Paging::<Uuid>::parse(query.limit, query.cursor.as_deref())?;
    checks::search("q", query.q.as_ref())?;
    let statuses = statuses(query.status.as_deref())?;
    let filter = CampaignFilter { statuses, q: query.q, after: paging.after, limit: paging.rows() };
    let found = app.store.read(move |tx| {
        let found = campaigns::list(tx, &scope, &filter)?;
        let progress = match query.with {
            Some(With::Progress) => Progress::load_all(tx, &found, now)?.into_iter().map(Some).collect(),
            None => vec![None; found.len()],
        };
        Ok::<_, StoreError>(found.into_iter().zip(progress).collect::<Vec<_>>())
    });
    let found = found.await.map_err(ApiError::from)?;
    let show = |(campaign, progress)| CampaignView::from(campaign).with_progress(progress);
    Ok(Json(Page::of(&paging, found, |(campaign, _): &(Campaign, _)| campaign.id, show)))
}

/// The statuses that are asked for, each once; none: all of them.
fn statuses(text: Option<&str>) -> Result<Vec<CampaignStatus>, ApiError> {
    let words = || CampaignStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
    let refused = |_| ApiError::field("status", format!("must be some of {}, separated by commas", words()));
    let mut statuses = Vec::new();
    for word in text.into_iter().flat_map(|text| text.split(',')) {
        let status = CampaignStatus::parse_word(word.trim()).ok_or(()).map_err(refused)?;
        if !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    Ok(statuses)
}

/// How many campaigns stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignCounts {
    active: i64,
    scheduled: i64,
    draft: i64,
    completed: i64,
    paused: i64,
    failed: i64,
}

impl CampaignCounts {
    /// Counts so many more with this status.
    pub const fn add(&mut self, status: CampaignStatus, campaigns: i64) {
        let count = match status {
            CampaignStatus::Active => &mut self.active,
            CampaignStatus::Scheduled => &mut self.scheduled,
            CampaignStatus::Draft => &mut self.draft,
            CampaignStatus::Completed => &mut self.completed,
            CampaignStatus::Paused => &mut self.paused,
            CampaignStatus::Failed => &mut self.failed,
        };
        *count += campaigns;
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            active: self.active + other.active,
            scheduled: self.scheduled + other.scheduled,
            draft: self.draft + other.draft,
            completed: self.completed + other.completed,
            paused: self.paused + other.paused,
            failed: self.failed + other.failed,
        }
    }
}

/// How many campaigns of one's departments stand where.
#[utoipa::path(get, path = "/api/v1/campaigns/counts", tag = "campaigns",
    responses((status = 200, body = CampaignCounts)))]
pub async fn counts(State(app): State<Arc<App>>, who: Who) -> Result<Json<CampaignCounts>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let found = app.store.read(move |tx| overview::counts(tx, &scope)).await.map_err(ApiError::from)?;
    let mut counts = CampaignCounts::default();
    for (_, status, campaigns) in found {
        counts.add(status, campaigns);
    }
    Ok(Json(counts))
}
