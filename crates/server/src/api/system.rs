//! The system's health in figures, each with its target and what it means: good, worth a look, or bad.
//!
//! What is under way is of the organization that asks; the rest is of this node and of the database it shares. Nothing
//! here reads a table from end to end. For machines there are `/healthz`, `/readyz` and `/metrics`.

use std::sync::Arc;

use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use super::{ApiError, App, Json, Who};
use crate::store::size::Size;
use crate::store::{Engine as Database, StoreError, nodes, size};
use crate::vitals::{CarrierAnswers, Tick, Times};

mod figures;

/// How late a loop may be before somebody should look, and before it counts as stuck.
const LATE: SignedDuration = SignedDuration::from_secs(10);
const STUCK: SignedDuration = SignedDuration::from_secs(60);
/// A node that said nothing for so long has ended.
const NODE_LIVES_FOR: SignedDuration = SignedDuration::from_secs(60);

/// What a figure means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    Good,
    /// Worth a look.
    Warn,
    Bad,
}

/// A figure's value; null when there is nothing to tell yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum FigureValue {
    Number(f64),
    Text(String),
    Nothing,
}

fn value_schema() -> Object {
    let types = [Type::Number, Type::String, Type::Null].into_iter().collect::<SchemaType>();
    ObjectBuilder::new().schema_type(types).build()
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HealthFigure {
    /// Which one, for example `carrier_latency_p99`.
    name: &'static str,
    #[schema(schema_with = value_schema)]
    value: FigureValue,
    /// `campaigns`, `calls`, `recipients`, `calls_per_minute`, `ms`, `percent`, `bytes`, `nodes`, or nothing.
    unit: &'static str,
    /// What it should be, in words.
    target: String,
    /// The same as a code, for pages in other languages: `below_limit`, `up_to_limit_while_due`, `as_limits_allow`,
    /// `at_most`, `at_least`, `answers`, `room_to_grow` or `as_expected`.
    target_code: &'static str,
    /// The bound that the code speaks of, in the figure's unit; null where it speaks of none.
    target_value: Option<f64>,
    level: Level,
}

/// A loop, and when it last looked.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoopView {
    name: &'static str,
    /// Null for one that has not looked yet.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_tick_at: Option<Timestamp>,
    level: Level,
}

/// The health of the system.
#[derive(Debug, Serialize, ToSchema)]
pub struct SystemHealth {
    #[schema(value_type = String, format = DateTime)]
    as_of: Timestamp,
    figures: Vec<HealthFigure>,
    /// The loops of this node.
    loops: Vec<LoopView>,
}

/// What figures are made of, beside what is under way.
pub(super) struct Surroundings {
    carrier: CarrierAnswers,
    commits: Option<Times>,
    database: Database,
    size: Size,
    disk_free_bytes: Option<u64>,
    nodes: i64,
}

/// The health of the system, for administrators.
#[utoipa::path(get, path = "/api/v1/health", tag = "system", responses((status = 200, body = SystemHealth)))]
pub async fn health(State(app): State<Arc<App>>, who: Who) -> Result<Json<SystemHealth>, ApiError> {
    let now = app.clock.now();
    let backlog = app.engine.backlog(who.organization()).await?;
    let surroundings = surroundings(&app, now).await?;
    let loops = app.engine.vitals.ticks().into_iter().map(|(name, tick)| loop_view(name, tick, now));
    Ok(Json(SystemHealth { as_of: now, figures: figures::all(&backlog, &surroundings), loops: loops.collect() }))
}

async fn surroundings(app: &App, now: Timestamp) -> Result<Surroundings, ApiError> {
    let own = app.engine.owner.clone();
    let read =
        app.store.read(move |tx| Ok((size::of_database(tx)?, nodes::others_since(tx, &own, now - NODE_LIVES_FOR)?)));
    let (size, other_nodes) = read.await.map_err(|e: StoreError| ApiError::from(e))?;
    let folder = app.config.data_dir.clone();
    // A disk that hangs must not hold up those who serve requests.
    let disk = tokio::task::spawn_blocking(move || rustix::fs::statvfs(&folder).ok());
    let disk = disk.await.ok().flatten();
    Ok(Surroundings {
        carrier: app.engine.vitals.carrier(now),
        commits: app.engine.vitals.commits(),
        database: app.store.engine(),
        size,
        disk_free_bytes: disk.map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
        nodes: other_nodes + 1,
    })
}

/// A loop is late when it has not looked by the time it wanted to.
fn loop_view(name: &'static str, tick: Tick, now: Timestamp) -> LoopView {
    let late = now.duration_since(tick.next);
    let level = match late {
        _ if late > STUCK => Level::Bad,
        _ if late > LATE => Level::Warn,
        _ => Level::Good,
    };
    LoopView { name, last_tick_at: Some(tick.at), level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_does_not_look_when_it_wanted_to_is_late_and_then_stuck() {
        let at = |second: i64| Timestamp::from_second(second).expect("an instant");
        let level = |now| loop_view("dialer", Tick { at: at(0), next: at(60) }, at(now)).level;
        assert_eq!([0, 60, 70].map(level), [Level::Good; 3]);
        assert_eq!([71, 120].map(level), [Level::Warn; 2]);
        assert_eq!(level(121), Level::Bad);
    }
}
