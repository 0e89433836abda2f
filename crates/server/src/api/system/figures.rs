//! The figures of the system's health, and the bounds by which each is judged.
//!
//! Pure: what was read goes in, figures come out, in the order in which pages show them.

use super::{FigureValue, HealthFigure, Level, Surroundings};
use crate::engine::backlog::Backlog;
use crate::store::Engine as Database;
use crate::vitals::CarrierAnswers;

/// Milliseconds in which the carrier should answer: in the middle and at the slow end, good and still bearable.
const CARRIER_MEDIAN_MS: (f64, f64) = (500.0, 2_000.0);
const CARRIER_P99_MS: (f64, f64) = (2_000.0, 5_000.0);
/// Percent of requests that may stay without an answer.
const CARRIER_ERRORS_PERCENT: (f64, f64) = (1.0, 5.0);
/// Milliseconds in which a write should be durable.
const COMMIT_P99_MS: (f64, f64) = (100.0, 500.0);
/// Free bytes that a disk should have, and those under which writes may soon fail.
const DISK_FREE: (f64, f64) = (5.0 * GIB, 1.0 * GIB);
const GIB: f64 = 1_073_741_824.0;

/// All of them.
pub(super) fn all(backlog: &Backlog, surroundings: &Surroundings) -> Vec<HealthFigure> {
    let mut figures = under_way(backlog).to_vec();
    figures.extend(carrier(&surroundings.carrier));
    figures.extend(database(surroundings));
    figures
}

fn figure(
    name: &'static str,
    (value, unit): (FigureValue, &'static str),
    target: Target,
    level: Level,
) -> HealthFigure {
    let Target { words, code, bound } = target;
    HealthFigure { name, value, unit, target: words, target_code: code, target_value: bound, level }
}

/// What a figure should be: in words, as a code, and the bound in the figure's unit.
struct Target {
    words: String,
    code: &'static str,
    bound: Option<f64>,
}

impl Target {
    fn bounded(code: &'static str, bound: f64, words: String) -> Self {
        Self { words, code, bound: Some(bound) }
    }

    fn plain(code: &'static str, words: &str) -> Self {
        Self { words: words.to_owned(), code, bound: None }
    }
}

fn number(value: impl Into<f64>) -> FigureValue {
    FigureValue::Number(value.into())
}

#[allow(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn count(value: i64) -> FigureValue {
    FigureValue::Number(value as f64)
}

/// Good up to the first bound, bad beyond the second.
fn at_most(value: f64, (good, bearable): (f64, f64)) -> Level {
    match value {
        _ if value <= good => Level::Good,
        _ if value <= bearable => Level::Warn,
        _ => Level::Bad,
    }
}

fn under_way(backlog: &Backlog) -> [HealthFigure; 4] {
    let of_limit = |used: f64, limit: u32| if used < f64::from(limit) { Level::Good } else { Level::Warn };
    let campaigns = u32::try_from(backlog.campaigns).unwrap_or(u32::MAX);
    let stands_still = backlog.due > 0 && backlog.calls == 0 && backlog.calls_per_minute == 0;
    let below_limit = |max: u32| Target::bounded("below_limit", f64::from(max), format!("below the limit of {max}"));
    let per_minute = backlog.calls_per_second_max * 60.0;
    let moves = if stands_still { Level::Warn } else { Level::Good };
    [
        figure(
            "campaigns_active",
            (number(campaigns), "campaigns"),
            below_limit(backlog.campaigns_max),
            of_limit(f64::from(campaigns), backlog.campaigns_max),
        ),
        figure(
            "calls_under_way",
            (number(backlog.calls), "calls"),
            below_limit(backlog.calls_max),
            of_limit(f64::from(backlog.calls), backlog.calls_max),
        ),
        figure(
            "calls_per_minute",
            (count(backlog.calls_per_minute), "calls_per_minute"),
            Target::bounded(
                "up_to_limit_while_due",
                per_minute,
                format!("up to {per_minute} by the limit, and more than none while people are due"),
            ),
            moves,
        ),
        figure(
            "backlog",
            (count(backlog.due), "recipients"),
            Target::plain("as_limits_allow", "called as quickly as the limits allow"),
            moves,
        ),
    ]
}

fn carrier(answers: &CarrierAnswers) -> [HealthFigure; 3] {
    let timed = |name, took: Option<f64>, bounds: (f64, f64)| {
        let value = took.map_or(FigureValue::Nothing, number);
        let level = took.map_or(Level::Good, |took| at_most(took, bounds));
        figure(name, (value, "ms"), at_most_ms(bounds), level)
    };
    let ms = |duration: std::time::Duration| (duration.as_secs_f64() * 10_000.0).round() / 10.0;
    let errors = error_percent(answers);
    [
        timed("carrier_latency_median", answers.times.map(|times| ms(times.median)), CARRIER_MEDIAN_MS),
        timed("carrier_latency_p99", answers.times.map(|times| ms(times.p99)), CARRIER_P99_MS),
        figure(
            "carrier_error_rate",
            (errors.map_or(FigureValue::Nothing, number), "percent"),
            Target::bounded(
                "at_most",
                CARRIER_ERRORS_PERCENT.0,
                format!("at most {} % of requests without an answer", CARRIER_ERRORS_PERCENT.0),
            ),
            errors.map_or(Level::Good, |errors| at_most(errors, CARRIER_ERRORS_PERCENT)),
        ),
    ]
}

fn at_most_ms((good, _): (f64, f64)) -> Target {
    Target::bounded("at_most", good, format!("at most {good} ms"))
}

/// With one decimal; `None` when nothing was asked.
#[allow(clippy::cast_precision_loss, reason = "a few thousand at the most")]
fn error_percent(answers: &CarrierAnswers) -> Option<f64> {
    let percent = |requests: f64| (answers.missing as f64 / requests * 1_000.0).round() / 10.0;
    (answers.requests > 0).then(|| percent(answers.requests as f64))
}

#[allow(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn database(surroundings: &Surroundings) -> [HealthFigure; 5] {
    let kind = match surroundings.database {
        Database::Sqlite => "SQLite",
        Database::Postgres => "PostgreSQL",
    };
    let commit = surroundings.commits.map(|times| (times.p99.as_secs_f64() * 10_000.0).round() / 10.0);
    let free = surroundings.disk_free_bytes.map(|bytes| bytes as f64);
    let disk = |free: f64| match free {
        _ if free >= DISK_FREE.0 => Level::Good,
        _ if free >= DISK_FREE.1 => Level::Warn,
        _ => Level::Bad,
    };
    let at_least_free = format!("at least {} GiB", DISK_FREE.0 / GIB);
    [
        figure(
            "database",
            (FigureValue::Text(format!("{kind} {}", surroundings.size.version)), ""),
            Target::plain("answers", "answers"),
            Level::Good,
        ),
        figure(
            "database_size",
            (count(surroundings.size.bytes), "bytes"),
            Target::plain("room_to_grow", "has room to grow"),
            Level::Good,
        ),
        figure(
            "commit_latency_p99",
            (commit.map_or(FigureValue::Nothing, number), "ms"),
            at_most_ms(COMMIT_P99_MS),
            commit.map_or(Level::Good, |took| at_most(took, COMMIT_P99_MS)),
        ),
        figure(
            "disk_free",
            (free.map_or(FigureValue::Nothing, number), "bytes"),
            Target::bounded("at_least", DISK_FREE.0, at_least_free),
            free.map_or(Level::Warn, disk),
        ),
        figure(
            "nodes",
            (count(surroundings.nodes), "nodes"),
            Target::plain("as_expected", "as you expect it"),
            Level::Good,
        ),
    ]
}
