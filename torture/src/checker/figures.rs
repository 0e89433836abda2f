//! The figures that people see are the rows, counted.
//!
//! Both sides are read in one snapshot of the database. What the rows themselves are worth is
//! [`super::ledgers`]' business.

use carillon_domain::recipient::RecipientState;

use crate::evidence::Evidence;
use crate::verdict::Verdict;

/// INV-18.
pub fn nobody_is_lost(evidence: &Evidence) -> Verdict {
    let mut verdict =
        Verdict::new("INV-18", "everybody enrolled stands in exactly one state, and nobody is left in dialing");
    for run in &evidence.runs {
        let total = run.counters.total();
        let fits =
            usize::try_from(total).is_ok_and(|total| total == run.enrolled) && run.recipients.len() == run.enrolled;
        verdict.expect(fits, || format!("campaign {}: {total} of {} people", run.campaign, run.enrolled));
        let dialing = run.counters.in_state(RecipientState::Dialing);
        verdict.expect(dialing == 0, || format!("campaign {}: {dialing} people are left in dialing", run.campaign));
    }
    verdict
}

/// INV-19.
pub fn counters_equal_a_recount(evidence: &Evidence) -> Verdict {
    let mut verdict = Verdict::new("INV-19", "the counters equal a recount of the rows");
    for run in &evidence.runs {
        verdict.expect(run.counters == run.recount, || {
            format!("campaign {}: counters {:?}, recount {:?}", run.campaign, run.counters, run.recount)
        });
    }
    verdict
}
