//! Server-sent events: the figures of a campaign as they change, at most four times a second.
//!
//! `progress` carries what `GET …/progress` answers, `status` what became of the campaign. Every event is whole, so
//! whoever reconnects has missed nothing. `heartbeat` says every ten seconds that the figures were looked at and are as
//! told. A stream ends with the server, with the campaign, and with the log-in.
//! Without a campaign the stream is that of all that are under way: [`list`].

mod list;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use carillon_domain::roles::Action;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Interval;
use uuid::Uuid;

use super::live::{Live, News, Sight, Watching};
use super::{ApiError, App, Query, Who, auth};
use crate::store::campaigns;

/// A comment so often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How soon a stream ends after its log-in did.
const CHECK_EVERY: Duration = Duration::from_secs(5);
/// When too many people watch already.
const RETRY_AFTER_S: u64 = 10;
/// A proxy that collects the answer would show nothing live.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

/// What to watch.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// The campaign to watch; when left out, all that are under way.
    campaign_id: Option<Uuid>,
}

/// One event of the stream.
#[derive(utoipa::ToSchema)]
#[schema(as = Event)]
#[allow(dead_code, reason = "a schema; events are written by axum")]
pub struct EventView {
    /// `progress`, `status`, `campaigns`, `counts` or `heartbeat`
    event: String,
    /// The instant it tells of, in microseconds.
    id: String,
    /// The figures, as JSON; of `status` the word alone.
    data: String,
}

/// A campaign's figures, live (`progress`, `status`); without a campaign, those of all that are under way or were
/// changed a moment ago (`campaigns`), and how many stand where (`counts`). When nothing changes, a `heartbeat` with
/// `{"as_of"}` says about every ten seconds when the figures were last looked at; it stays away while they can't be.
#[utoipa::path(get, path = "/api/v1/events", tag = "campaigns", params(EventsQuery),
    responses((status = 200, body = EventView, content_type = "text/event-stream"), (status = 404), (status = 429)))]
pub async fn events(
    State(app): State<Arc<App>>,
    who: Who,
    headers: HeaderMap,
    Query(query): Query<EventsQuery>,
) -> Result<impl IntoResponse, ApiError> {
    let events = match query.campaign_id {
        Some(campaign) => of_campaign(&app, &who, headers, campaign).await?,
        None => list::of_organization(&app, &who, headers).await?,
    };
    let events = events.flat_map(stream::iter).map(Ok::<_, Infallible>);
    Ok(([UNBUFFERED], Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))))
}

type Events = BoxStream<'static, Vec<Event>>;

async fn of_campaign(app: &Arc<App>, who: &Who, headers: HeaderMap, campaign: Uuid) -> Result<Events, ApiError> {
    may_watch(app, who, campaign).await?;
    let watching = Live::watch(app, campaign).ok_or(ApiError::TooManyRequests { retry_after_s: RETRY_AFTER_S })?;
    let checks = checks();
    let watcher = Watcher { app: Arc::clone(app), headers, campaign, watching, checks, status: None };
    Ok(stream::unfold(watcher, |mut watcher| async move { Some((watcher.next().await?, watcher)) }).boxed())
}

/// The first check is some time after the one that let somebody in.
fn checks() -> Interval {
    let mut checks = tokio::time::interval(CHECK_EVERY);
    checks.reset();
    checks
}

/// An event whose id is the instant it tells of.
fn event(name: &str, at: Timestamp, data: &str) -> Event {
    Event::default().event(name).id(at.as_microsecond().to_string()).data(data)
}

/// The figures were looked at, and are as they were told.
fn heartbeat(at: Timestamp) -> Event {
    event("heartbeat", at, &json!({ "as_of": at }).to_string())
}

async fn may_watch(app: &App, who: &Who, campaign: Uuid) -> Result<(), ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let found = app.store.read(move |tx| campaigns::find(tx, &scope, campaign)).await.map_err(ApiError::from)?;
    found.map(drop).ok_or(ApiError::NotFound("campaign"))
}

/// Somebody who watches.
struct Watcher {
    app: Arc<App>,
    /// What was shown to get in, to be shown again.
    headers: HeaderMap,
    campaign: Uuid,
    watching: Watching<Sight>,
    checks: Interval,
    /// The status they know.
    status: Option<String>,
}

impl Watcher {
    /// The next events; `None` when there are no more.
    async fn next(&mut self) -> Option<Vec<Event>> {
        loop {
            tokio::select! {
                () = self.app.stopping.cancelled() => return None,
                news = self.watching.next() => return Some(match news? {
                    News::Sight(sight) => self.events(&sight),
                    News::Heartbeat(at) => vec![heartbeat(at)],
                }),
                _ = self.checks.tick() => self.check().await?,
            }
        }
    }

    /// Is the log-in still good, and the campaign still in its scope?
    async fn check(&self) -> Option<()> {
        let who = auth::identify(&self.app, &self.headers).await.ok()?;
        may_watch(&self.app, &who, self.campaign).await.ok()
    }

    fn events(&mut self, sight: &Sight) -> Vec<Event> {
        let mut events = vec![event("progress", sight.at, &sight.figures)];
        if self.status.as_ref() != Some(&sight.status) {
            events.push(event("status", sight.at, &sight.status));
            self.status = Some(sight.status.clone());
        }
        events
    }
}
