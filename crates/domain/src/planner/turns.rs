//! Whose turn it is: departments one after the other, and within each its runs.
//!
//! Whoever got a call longest ago goes first, so that nobody starves however departments, runs and plans come
//! and go. It counts grants, not calls: a run whose claims come to nothing does not keep the turn. How many calls
//! there are to give is not decided here.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Bidder, RunView};

/// A turn that so many others came after is forgotten; whoever had it goes first when it comes back.
const TURNS_REMEMBERED: u64 = 10_000;

/// Who got calls last. Kept from plan to plan; losing it costs a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turns {
    /// The number of the last grant of each run, and of each department.
    of_runs: BTreeMap<Uuid, u64>,
    of_departments: BTreeMap<Uuid, u64>,
    grants: u64,
}

impl Turns {
    /// Gives calls one by one, at most `ceiling`, and remembers to whom.
    pub(super) fn grant(&mut self, bidders: &mut [Bidder<'_>], ceiling: u32) {
        for _ in 0..ceiling {
            let wants_more = |bidder: &&mut Bidder<'_>| bidder.granted < bidder.most;
            let next = bidders.iter_mut().filter(wants_more).min_by_key(|bidder| self.last(bidder.view));
            let Some(next) = next else { break };
            next.granted += 1;
            self.grants += 1;
            self.of_runs.insert(next.view.run, self.grants);
            self.of_departments.insert(next.view.department, self.grants);
        }
        let oldest = self.grants.saturating_sub(TURNS_REMEMBERED);
        self.of_runs.retain(|_, last| *last > oldest);
        self.of_departments.retain(|_, last| *last > oldest);
    }

    /// When its department, and then itself, got the last call.
    fn last(&self, run: &RunView) -> (u64, u64) {
        let last = |of: &BTreeMap<Uuid, u64>, id| of.get(id).copied().unwrap_or(0);
        (last(&self.of_departments, &run.department), last(&self.of_runs, &run.run))
    }
}
