//! Stops asking a carrier that does not answer, before it burns a list.
//!
//! A request without a certain answer costs its recipient: they are not called again by themselves. After a few of
//! them in a row claims pause, as after a refusal, and then one request at a time asks whether the carrier is back.
//! Counts of this node alone; losing them costs a few more requests.

use std::collections::HashMap;
use std::sync::Mutex;

use uuid::Uuid;

/// Uncertain requests in a row, from which on claims pause.
const UNCERTAIN_IN_A_ROW: u32 = 3;

/// Uncertain requests in a row, by organization.
#[derive(Default)]
pub(super) struct Breaker(Mutex<HashMap<Uuid, u32>>);

impl Breaker {
    /// A request has no certain answer. True when claims should pause.
    pub(super) fn is_tripped_by(&self, organization: Uuid) -> bool {
        let mut counts = self.0.lock().expect("nobody panics with the counts in hand");
        let count = counts.entry(organization).or_default();
        *count = count.saturating_add(1);
        *count >= UNCERTAIN_IN_A_ROW
    }

    /// The carrier answers.
    pub(super) fn answered(&self, organization: Uuid) {
        self.0.lock().expect("nobody panics with the counts in hand").remove(&organization);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_between_them_makes_it_count_anew() {
        let (breaker, organization, other) = (Breaker::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let uncertain = || breaker.is_tripped_by(organization);
        assert_eq!([uncertain(), uncertain()], [false, false]);
        breaker.answered(organization);
        assert!(!breaker.is_tripped_by(other), "each organization by itself");
        assert_eq!([uncertain(), uncertain(), uncertain(), uncertain()], [false, false, true, true]);
    }
}
