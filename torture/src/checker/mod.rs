//! The checker: reads the evidence of a run and says of each invariant whether it held.
//!
//! The carrier's ledger is the truth; the database is what is judged. The checks know nothing of how the server
//! works, only what it promises (`docs` and `torture/README.md` name the invariants).

mod calls;
mod figures;
mod ledgers;
mod limits;

use crate::evidence::Evidence;
use crate::verdict::Verdict;

/// Every invariant that holds for any run, whatever was killed in it. Left out are those to which a run gives no
/// occasion, by name: to look at nothing would be a breach.
pub fn check(evidence: &Evidence, left_out: &[&str]) -> Vec<Verdict> {
    let all = vec![
        calls::one_call_at_a_time(evidence),
        calls::delays_are_kept(evidence),
        calls::one_request_an_attempt(evidence),
        calls::nothing_uncertain_is_sent_again(evidence),
        ledgers::every_call_has_its_attempt(evidence),
        limits::calls_at_once(evidence),
        limits::calls_a_second(evidence),
        ledgers::a_429_counts_nowhere(evidence),
        calls::attempts_are_limited(evidence),
        ledgers::everything_has_ended(evidence),
        figures::nobody_is_lost(evidence),
        figures::counters_equal_a_recount(evidence),
        ledgers::outcomes_are_the_carriers(evidence),
    ];
    all.into_iter().filter(|verdict| !left_out.contains(&verdict.invariant)).collect()
}

#[cfg(test)]
mod tests;
