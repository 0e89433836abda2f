//! The stream of a list of campaigns, for somebody's own departments, at most once a second.
//!
//! `campaigns` carries those that are under way or were changed a moment ago, always all of them; `counts` how many
//! stand where. Both come at once, and again when they say something new. Which departments are somebody's own is asked
//! again and again: who leaves one sees nothing more of it.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::sse::Event;
use carillon_domain::roles::Action;
use futures_util::{StreamExt, stream};
use serde_json::json;
use tokio::time::Interval;

use super::{Events, RETRY_AFTER_S, checks, event, heartbeat};
use crate::api::campaigns::list::CampaignCounts;
use crate::api::live::list::{Departments, ListSight, Row, same_rows};
use crate::api::live::{Live, News, Watching};
use crate::api::{ApiError, App, Who, auth};
use crate::store::{StoreError, departments};

/// The events of the campaigns that somebody may see.
pub(super) async fn of_organization(app: &Arc<App>, who: &Who, headers: HeaderMap) -> Result<Events, ApiError> {
    let departments = departments_of(app, who).await?;
    let watching = Live::watch_list(app, who.organization());
    let watching = watching.ok_or(ApiError::TooManyRequests { retry_after_s: RETRY_AFTER_S })?;
    let (app, checks) = (Arc::clone(app), checks());
    let watcher = Watcher { app, headers, departments, watching, checks, sight: None, shown: None };
    Ok(stream::unfold(watcher, |mut watcher| async move { Some((watcher.next().await?, watcher)) }).boxed())
}

/// Whose campaigns somebody may see.
async fn departments_of(app: &App, who: &Who) -> Result<Departments, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    if scope.is_whole() {
        return Ok(None);
    }
    let user = who.user.id;
    let own =
        app.store.read(move |tx| departments::of_user(tx, user)).await.map_err(|e: StoreError| ApiError::from(e))?;
    Ok(Some(own.into_iter().collect()))
}

/// Somebody who watches a list.
struct Watcher {
    app: Arc<App>,
    /// What was shown to get in, to be shown again.
    headers: HeaderMap,
    departments: Departments,
    watching: Watching<ListSight>,
    checks: Interval,
    /// What was seen last, of all departments.
    sight: Option<Arc<ListSight>>,
    /// What they know.
    shown: Option<(Vec<Arc<Row>>, CampaignCounts)>,
}

impl Watcher {
    /// The next events; `None` when there are no more.
    async fn next(&mut self) -> Option<Vec<Event>> {
        loop {
            tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                news = self.watching.next() => match news? {
                    News::Sight(sight) => self.sight = Some(sight),
                    News::Heartbeat(at) => return Some(vec![heartbeat(at)]),
                },
                _ = self.checks.tick() => self.check().await?,
            }
            let sight = self.sight.clone();
            let events = sight.map(|sight| self.events(&sight)).unwrap_or_default();
            if !events.is_empty() {
                return Some(events);
            }
        }
    }

    /// Is the log-in still good, and for which departments?
    async fn check(&mut self) -> Option<()> {
        let who = auth::identify(&self.app, &self.headers).await.ok()?;
        self.departments = departments_of(&self.app, &who).await.ok()?;
        Some(())
    }

    /// What a sight says that they do not know.
    fn events(&mut self, sight: &ListSight) -> Vec<Event> {
        let (rows, counts) = (sight.rows(&self.departments), sight.counts(&self.departments));
        let mut events = Vec::new();
        if !self.shown.as_ref().is_some_and(|(known, _)| same_rows(known, &rows)) {
            let items: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
            events.push(event("campaigns", sight.at, &format!("{{\"items\":[{}]}}", items.join(","))));
        }
        if !self.shown.as_ref().is_some_and(|(_, known)| *known == counts) {
            events.push(event("counts", sight.at, &json!(counts).to_string()));
        }
        self.shown = Some((rows, counts));
        events
    }
}
