//! What goes wrong on request, and the dice that say when.
//!
//! Every fault is a [`Chance`]: a probability, and a count of how many of the next occasions it certainly meets. Dice
//! are drawn from the seed and the occasion, never in order of arrival. Latencies of the API are real milliseconds,
//! for the client that waits is busy and virtual time stands still; delays of callbacks are simulated seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::chance::{Dice, Span};

/// Everything that goes wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultPlan {
    /// `POST /Calls`.
    pub create: RequestFaults,
    /// Every other request that changes something.
    pub update: RequestFaults,
    /// Every other request that reads.
    pub read: RequestFaults,
    /// Callbacks of call status, recordings and detection.
    pub callback: CallbackFaults,
    /// Requests for TwiML that the network loses: the carrier behaves as after a failed fetch.
    pub twiml_fetch: Chance,
    /// Fetch and list show the world as it was so many simulated seconds ago.
    pub read_lag_s: f64,
    /// Whether the carrier can be reached at all.
    pub down: Down,
}

/// What can happen to a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequestFaults {
    /// Real milliseconds before anything else happens: from, to.
    pub latency_ms: (u64, u64),
    /// 429 with code 20429; nothing done.
    pub too_many_requests: Chance,
    /// The `Retry-After` of these 429.
    pub retry_after_s: Option<u32>,
    /// 401 with code 20003; nothing done.
    pub unauthorized: Chance,
    /// 500 with code 20500; nothing done.
    pub server_error: Chance,
    /// 502 with a gateway's HTML page; nothing done.
    pub html_error: Chance,
    /// The connection closes without an answer; nothing done.
    pub drop_before_accept: Chance,
    /// Done, then 500.
    pub accept_then_500: Chance,
    /// Done, then no answer ever.
    pub accept_then_hang: Chance,
    /// Done, then the connection closes without an answer.
    pub drop_after_accept: Chance,
    /// Done, then half of the answer's body.
    pub truncated_json: Chance,
}

/// What can happen to a callback.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallbackFaults {
    /// Sent after a delay from `late_by`.
    pub late: Chance,
    /// How late, in simulated seconds.
    pub late_by: Span,
    /// Sent twice, with one idempotency token.
    pub twice: Chance,
    /// Held back until the call's next callback has been sent.
    pub reordered: Chance,
    /// Never sent.
    pub lost: Chance,
    /// The call's first callback is delivered before the create request is answered.
    pub early: Chance,
}

impl Default for CallbackFaults {
    fn default() -> Self {
        CallbackFaults {
            late: Chance::default(),
            late_by: Span::new(1.0, 60.0),
            twice: Chance::default(),
            reordered: Chance::default(),
            lost: Chance::default(),
            early: Chance::default(),
        }
    }
}

/// How often a fault happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chance {
    /// Of each occasion, 0 to 1.
    pub probability: f64,
    /// So many of the next occasions for certain, before the probability counts.
    pub next: u32,
}

impl Chance {
    /// At each occasion with this probability.
    pub const fn of(probability: f64) -> Chance {
        Chance { probability, next: 0 }
    }

    /// At every occasion.
    pub const fn always() -> Chance {
        Chance::of(1.0)
    }

    /// At the next `count` occasions and then never.
    pub const fn next(count: u32) -> Chance {
        Chance { probability: 0.0, next: count }
    }
}

/// Whether the carrier can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Down {
    /// It can.
    #[default]
    No,
    /// Connections are refused.
    Refused,
    /// Every API request is answered 503.
    Unavailable,
}

/// The plan in force and what is left of its counts.
#[derive(Default)]
pub(crate) struct Faults(Mutex<InForce>);

#[derive(Default)]
struct InForce {
    plan: FaultPlan,
    spent: HashMap<&'static str, u32>,
}

impl Faults {
    /// Puts a plan in force; its counts start anew.
    pub(crate) fn set(&self, plan: FaultPlan) {
        *self.lock() = InForce { plan, spent: HashMap::new() };
    }

    /// Looks something up in the plan without cloning all of it.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&FaultPlan) -> T) -> T {
        look(&self.lock().plan)
    }

    /// Whether the fault `name` happens now.
    pub(crate) fn happens(&self, name: &'static str, dice: &mut Dice, chance: impl Fn(&FaultPlan) -> Chance) -> bool {
        let mut force = self.lock();
        let chance = chance(&force.plan);
        if chance.next > 0 {
            let spent = force.spent.entry(name).or_default();
            if *spent < chance.next {
                *spent += 1;
                return true;
            }
        }
        dice.hits(chance.probability)
    }

    fn lock(&self) -> MutexGuard<'_, InForce> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_used_up_and_a_new_plan_starts_it_anew() {
        let faults = Faults::default();
        let plan = FaultPlan {
            callback: CallbackFaults { lost: Chance::next(2), ..Default::default() },
            ..Default::default()
        };
        let lost = |nth| faults.happens("lost", &mut Dice::new(1, "", "", nth), |plan| plan.callback.lost);
        faults.set(plan.clone());
        assert_eq!([lost(0), lost(1), lost(2)], [true, true, false]);
        faults.set(plan);
        assert!(lost(3));
    }

    #[test]
    fn a_misspelled_fault_is_refused() {
        let read = serde_json::from_str::<FaultPlan>;
        assert!(read(r#"{"create":{"accept_then_hang":{"probability":0.5}}}"#).is_ok());
        assert!(read(r#"{"create":{"accept_and_hang":{"probability":0.5}}}"#).is_err());
    }
}
