//! The simulator's own doors, part of no carrier:
//!
//! - `GET /simulator/health`
//! - `GET /simulator/ledger?part=creates|calls|webhooks|complaints&since=0&limit=1000`: each part with `items` and
//!   `next`, the `since` of the page after
//! - `POST /simulator/behaviors` with a [`BehaviorRule`], `/mix` with a [`Mix`], `/faults` with a [`FaultPlan`]: 204
//!
//! [`Mix`]: crate::Mix
//! [`FaultPlan`]: crate::FaultPlan

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    api::{Answer, ApiRequest},
    carrier::Carrier,
    config::BehaviorRule,
};

const LEDGER_LIMIT_MAX: usize = 10_000;

/// Answers `/simulator/…`.
pub(crate) fn handle(carrier: &Arc<Carrier>, request: &ApiRequest, rest: &[&str]) -> Answer {
    match (request.method.as_str(), rest) {
        ("GET", ["health"]) => {
            Answer::json(200, &json!({"status": "ok", "simulated": true, "live_calls": carrier.calls.live_count()}))
        }
        ("GET", ["ledger"]) => ledger(carrier, request),
        ("POST", ["behaviors"]) => {
            changed(request, |rule: BehaviorRule| carrier.behaviors.set(&rule.number, rule.behaviors))
        }
        ("POST", ["mix"]) => changed(request, |mix| carrier.behaviors.set_mix(mix)),
        ("POST", ["faults"]) => changed(request, |plan| carrier.set_faults(plan)),
        _ => Answer::json(404, &json!({"error": "no such door"})),
    }
}

fn changed<T: DeserializeOwned>(request: &ApiRequest, change: impl FnOnce(T)) -> Answer {
    match serde_json::from_slice(&request.body) {
        Ok(wanted) => {
            change(wanted);
            Answer::empty()
        }
        Err(error) => Answer::json(422, &json!({"error": error.to_string()})),
    }
}

/// Each part from `since` on; `next` is where the next page begins.
fn ledger(carrier: &Carrier, request: &ApiRequest) -> Answer {
    let fields = request.params();
    let number = |name: &str| fields.get(name).and_then(|value| value.parse::<u64>().ok());
    let limit = number("limit").map_or(1_000, |limit| usize::try_from(limit).unwrap_or(0).clamp(1, LEDGER_LIMIT_MAX));
    let since = number("since").unwrap_or(0);
    let wanted = |part: &str| fields.get("part").is_none_or(|only| only == part);
    let mut parts = serde_json::Map::new();
    let mut add = |name: &str, entries: Vec<Value>| {
        let next = entries.last().and_then(|entry| entry["index"].as_u64()).map(|index| index + 1);
        parts.insert(name.to_owned(), json!({"items": entries, "next": next}));
    };
    if wanted("creates") {
        add("creates", carrier.ledger.creates_since(since, limit).iter().map(|entry| json!(entry)).collect());
    }
    if wanted("calls") {
        add("calls", carrier.calls.since(since, limit).iter().map(|call| json!(*call.seen())).collect());
    }
    if wanted("webhooks") {
        add("webhooks", carrier.ledger.webhooks_since(since, limit).iter().map(|entry| json!(**entry)).collect());
    }
    if wanted("complaints") {
        add("complaints", carrier.ledger.complaints_since(since, limit).iter().map(|entry| json!(entry)).collect());
    }
    Answer::json(200, &Value::Object(parts))
}
