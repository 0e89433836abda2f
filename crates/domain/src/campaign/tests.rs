//! Every status met by every action and event, allowed or refused, as the specification's section 3 has it.
//!
//! The tables are written out, not computed: a change of a rule must be made twice. How an action is carried out
//! is the engine's, and its stories are told there.

use super::*;

use CampaignAction as A;
use CampaignStatus as S;

const NO: Option<Effect> = None;
const AGAIN: Option<Effect> = Some(Effect::Already);
const REMOVED: Option<Effect> = Some(Effect::Removed);

const fn to(status: S) -> Option<Effect> {
    Some(Effect::Becomes(status))
}

#[test]
fn every_action_in_every_status_does_what_the_table_says() {
    let actions = [A::Start, A::Schedule, A::Unschedule, A::Pause, A::Resume, A::Stop, A::Delete];
    let table = [
        (S::Draft, [to(S::Active), to(S::Scheduled), NO, NO, NO, NO, REMOVED]),
        (S::Scheduled, [to(S::Active), NO, to(S::Draft), to(S::Paused), NO, to(S::Completed), NO]),
        (S::Active, [NO, NO, NO, to(S::Paused), NO, to(S::Completed), NO]),
        (S::Paused, [NO, NO, NO, AGAIN, to(S::Active), to(S::Completed), NO]),
        (S::Completed, [NO, NO, NO, NO, NO, AGAIN, NO]),
        (S::Failed, [NO, NO, NO, NO, to(S::Active), to(S::Completed), NO]),
    ];
    assert_eq!(actions, CampaignAction::ALL, "the table has a column for each");
    assert_eq!(table.map(|(status, _)| status), CampaignStatus::ALL, "and a row for each");
    for (status, row) in table {
        for (action, expected) in actions.into_iter().zip(row) {
            assert_eq!(
                status.apply(action),
                expected.ok_or(IllegalAction { status, action }),
                "{action} when {status}"
            );
        }
    }
}

#[test]
fn each_status_has_its_actions_and_no_others() {
    let table: [(S, &[A]); 6] = [
        (S::Draft, &[A::Start, A::Schedule, A::Delete]),
        (S::Scheduled, &[A::Start, A::Unschedule, A::Pause, A::Stop]),
        (S::Active, &[A::Pause, A::Stop]),
        (S::Paused, &[A::Resume, A::Stop]),
        (S::Completed, &[]),
        (S::Failed, &[A::Resume, A::Stop]),
    ];
    for (status, actions) in table {
        assert_eq!(status.actions(), actions, "{status}");
    }
}

#[test]
fn a_refusal_names_the_status_and_the_action() {
    let refused = S::Completed.apply(A::Resume).expect_err("over is over");
    assert_eq!(refused.to_string(), "a campaign that is completed cannot resume");
}

#[test]
fn an_active_campaign_changes_by_itself_and_one_that_waits_fails_without_its_list() {
    use CampaignEvent as E;
    let events = [E::ListDone, E::RunDone, E::KeptRefused, E::FirstDone, E::AccountRefused, E::ListGone];
    let table = [
        (S::Draft, [None; 6]),
        (S::Scheduled, [None, None, None, None, None, Some(S::Failed)]),
        (S::Active, [Some(S::Completed), Some(S::Scheduled), Some(S::Paused), Some(S::Paused), Some(S::Failed), None]),
        (S::Paused, [None, None, None, None, None, Some(S::Failed)]),
        (S::Completed, [None; 6]),
        (S::Failed, [None; 6]),
    ];
    assert_eq!(events, CampaignEvent::ALL);
    assert_eq!(table.map(|(status, _)| status), CampaignStatus::ALL);
    for (status, row) in table {
        assert_eq!(events.map(|event| status.undergo(event)), row, "{status}");
    }
}

#[test]
fn what_may_be_edited_shrinks_with_the_life_of_a_campaign() {
    let table = [
        (S::Draft, [true, true, true]),
        (S::Scheduled, [true, true, true]),
        (S::Active, [true, true, false]),
        (S::Paused, [true, true, false]),
        (S::Completed, [true, false, false]),
        (S::Failed, [true, false, false]),
    ];
    for (status, allowed) in table {
        let depths = [EditDepth::Words, EditDepth::Limits, EditDepth::Settings];
        assert_eq!(depths.map(|depth| status.allows_edit(depth)), allowed, "{status}");
    }
}
