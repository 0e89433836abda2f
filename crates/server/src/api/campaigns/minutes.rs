//! A run minute by minute: the line of calls a minute.
//!
//! Figures of a minute are those of the calls that were started in it, so that answered and ended never exceed
//! started, and change until the last of them is over. Read from a range of an index, as long as the stretch asked for.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use carillon_domain::roles::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::watch::run_of;
use crate::api::{ApiError, App, Id, Json, Query, Who};
use crate::store::attempts::pace::{self, Minute, Stretch};

/// Minutes shown unless asked otherwise, and at the most.
const MINUTES_DEFAULT: u16 = 60;
const MINUTES_MAX: u16 = 180;
const SECONDS: i64 = 60;

/// How far back to look.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MinutesQuery {
    /// 1 to 180, default 60; the last one is the minute that is not yet over.
    minutes: Option<u16>,
    /// The newest run when left out.
    run_id: Option<Uuid>,
}

/// A stretch of minutes, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Minutes {
    items: Vec<MinuteItem>,
}

/// The calls that were started in one minute.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Minute)]
pub struct MinuteItem {
    /// When the minute began.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    started: i64,
    /// Those of them that a person or a machine has picked up by now.
    answered: i64,
    /// Those of them that are over by now.
    ended: i64,
}

/// Calls a minute: every minute of the stretch, those without calls, too.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/minutes", tag = "campaigns",
    params(("id" = String, Path), MinutesQuery), responses((status = 200, body = Minutes)))]
pub async fn minutes(
    State(app): State<Arc<App>>,
    who: Who,
    Id(id): Id,
    Query(query): Query<MinutesQuery>,
) -> Result<Json<Minutes>, ApiError> {
    let scope = who.may(Action::ReadCampaigns)?;
    let wanted = query.minutes.unwrap_or(MINUTES_DEFAULT);
    if !(1..=MINUTES_MAX).contains(&wanted) {
        return Err(ApiError::field("minutes", format!("must be between 1 and {MINUTES_MAX}")));
    }
    let now = app.clock.now();
    let last = now.as_second().div_euclid(SECONDS);
    let first = last - i64::from(wanted) + 1;
    let stretch = Stretch { since: beginning(first), until: now };
    let found = app.store.read(move |tx| {
        let (_, run) = run_of(tx, &scope, id, query.run_id)?;
        Ok::<_, ApiError>(pace::minutes(tx, run.id, stretch)?)
    });
    let found: HashMap<i64, Minute> = found.await?.into_iter().map(|minute| (minute.number, minute)).collect();
    Ok(Json(Minutes { items: (first..=last).map(|number| item(number, found.get(&number))).collect() }))
}

fn beginning(number: i64) -> Timestamp {
    Timestamp::from_second(number * SECONDS).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn item(number: i64, found: Option<&Minute>) -> MinuteItem {
    MinuteItem {
        at: beginning(number),
        started: found.map_or(0, |minute| minute.started),
        answered: found.map_or(0, |minute| minute.answered),
        ended: found.map_or(0, |minute| minute.ended),
    }
}
