//! Every state of a recipient met by every event, allowed or refused.
//!
//! The table is written out, not computed. When an event comes is the ledger's; what an ended attempt leads to is
//! in `retry`.

use super::*;

use RecipientEvent as E;
use RecipientState as S;

fn due() -> Settled {
    Settled::DueAt(Timestamp::UNIX_EPOCH)
}

const REASON: SuppressionReason = SuppressionReason::Removed;
const GONE: Settled = Settled::Suppressed(REASON);

/// What a cell of the table says.
const NO: Option<S> = None;

const fn to(state: S) -> Option<S> {
    Some(state)
}

#[test]
fn every_event_in_every_state_does_what_the_table_says() {
    use Settled::{Completed, Failed};
    let (pending, dialing, retrying) = (to(S::Pending), to(S::Dialing), to(S::Retrying));
    let (completed, failed, suppressed) = (to(S::Completed), to(S::Failed), to(S::Suppressed));
    let states = [S::Pending, S::Dialing, S::Retrying, S::Completed, S::Failed, S::Suppressed];
    // The second column says whether any attempt of the recipient was ever sent.
    let table = [
        (E::Claimed, false, [dialing, NO, dialing, NO, NO, NO]),
        (E::Claimed, true, [dialing, NO, dialing, NO, NO, NO]),
        (E::Suppressed(REASON), false, [suppressed, NO, suppressed, NO, NO, NO]),
        (E::Suppressed(REASON), true, [suppressed, NO, suppressed, NO, NO, NO]),
        (E::Settled(due()), false, [NO, pending, NO, NO, NO, NO]),
        (E::Settled(due()), true, [NO, retrying, NO, NO, NO, NO]),
        (E::Settled(Completed), true, [NO, completed, NO, NO, NO, NO]),
        (E::Settled(Failed), true, [NO, failed, NO, NO, NO, NO]),
        (E::Settled(GONE), false, [NO, suppressed, NO, NO, NO, NO]),
        (E::Settled(GONE), true, [NO, suppressed, NO, NO, NO, NO]),
        (E::Corrected(due()), true, [NO, dialing, retrying, retrying, retrying, suppressed]),
        (E::Corrected(Completed), true, [NO, dialing, completed, completed, completed, suppressed]),
        (E::Corrected(Failed), true, [NO, dialing, failed, failed, failed, suppressed]),
        (E::Corrected(GONE), true, [NO, dialing, suppressed, suppressed, suppressed, suppressed]),
    ];
    assert_eq!(states, S::ALL, "the table has a column for each");
    for (event, called, row) in table {
        for (state, expected) in states.into_iter().zip(row) {
            let refused = IllegalMove { state, event };
            assert_eq!(state.apply(event, called), expected.ok_or(refused), "{event:?} when {state}");
        }
    }
}

#[test]
fn a_recipient_is_due_under_way_or_done() {
    for state in S::ALL.iter().copied() {
        let kinds = [state.is_due(), state == S::Dialing, state.is_final()];
        assert_eq!(kinds.into_iter().filter(|is| *is).count(), 1, "{state} is one of them");
        assert_eq!(state.apply(E::Claimed, true).is_ok(), state.is_due(), "{state}");
    }
}

#[test]
fn a_refusal_names_the_state_and_the_event() {
    let refused = S::Completed.apply(E::Claimed, true).expect_err("nobody is called again");
    assert_eq!(refused.to_string(), "a recipient that is completed cannot take Claimed");
}
