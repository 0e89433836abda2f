//! A test of the first people of a list: only they are called, then the campaign pauses itself and says how it went.
//!
//! They are told apart by having a due time, which nobody has who was never called: so a list of a million is not
//! touched, and retries of them belong to the test. Claims ask the campaign's row, under its lock, whether a test is on.
//! Whoever resumes after its end calls the others; a test that was only interrupted goes on.

use std::sync::Arc;

use carillon_domain::blockers::{Blocker, BlockerKind};
use carillon_domain::campaign::CampaignEvent;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::RecipientState;
use jiff::Timestamp;
use uuid::Uuid;

use super::Engine;
use super::control::{SYSTEM, Whom, pause_locked};
use super::snapshot::RunRows;
use crate::store::campaigns::{self, Campaign};
use crate::store::{Lane, StoreError, Tx, buckets, runs};

/// Begins a test, goes on with it, or ends it, as the locked campaign becomes active.
pub(super) fn choose(tx: &mut Tx<'_>, campaign: &mut Campaign, whom: Whom, now: Timestamp) -> Result<(), StoreError> {
    match whom {
        Whom::First(first) => {
            campaign.first_max = Some(i64::from(first));
            runs::appoint_first(tx, campaign.run, first, now)
        }
        Whom::Due if campaign.first_max.is_some() && !is_done(tx, campaign.run)? => Ok(()),
        Whom::Due | Whom::Everybody => {
            campaign.first_max = None;
            Ok(())
        }
    }
}

/// Whether a test is over by what the dialer has read; [`pause`] looks again.
pub(super) fn seems_done(run: &RunRows) -> bool {
    let counts = run.counts();
    run.campaign.first_max.is_some() && !counts.is_done() && nobody_left(run.waiting(), &counts)
}

fn is_done(tx: &mut Tx<'_>, run: Uuid) -> Result<bool, StoreError> {
    let waiting = buckets::of_first(tx, run)?.iter().map(|bucket| bucket.waiting).sum();
    Ok(nobody_left(waiting, &buckets::total(tx, run)?))
}

const fn nobody_left(waiting: i64, counts: &Counts) -> bool {
    waiting == 0 && counts.in_state(RecipientState::Dialing) == 0
}

/// Pauses a campaign whose test is over, with its figures. Nothing is under way, so there is nothing to wait for.
pub(super) async fn pause(engine: &Arc<Engine>, id: Uuid) -> Result<(), StoreError> {
    let now = engine.clock.now();
    let paused = engine
        .store
        .write(Lane::Dialing, move |tx| {
            let Some(mut campaign) = campaigns::lock(tx, id)? else { return Ok(false) };
            let Some(first) = campaign.first_max else { return Ok(false) };
            let may_pause = campaign.status.undergo(CampaignEvent::FirstDone).is_some();
            if !may_pause || !is_done(tx, campaign.run)? {
                return Ok(false);
            }
            let words = report(first, &buckets::total(tx, campaign.run)?);
            pause_locked(tx, &mut campaign, Some(words.clone()), now)?;
            campaigns::log(tx, id, now, ("paused", SYSTEM), &words)?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    if paused {
        engine.tell(id);
    }
    Ok(())
}

/// Who is not called before the test is over.
pub(super) fn blocker(run: &RunRows) -> Option<Blocker> {
    run.campaign.first_max?;
    let held = waiting(&run.counts()) - run.waiting();
    (held > 0).then(|| Blocker::new(BlockerKind::TestOfFirst, held, None))
}

const fn waiting(counts: &Counts) -> i64 {
    counts.in_state(RecipientState::Pending) + counts.in_state(RecipientState::Retrying)
}

/// How a test went, and the way on.
fn report(first: i64, counts: &Counts) -> String {
    let figure = |state| grouped(counts.in_state(state));
    let rate = counts.success_rate().map(|rate| format!(" ({rate} %)")).unwrap_or_default();
    let outcomes = Outcome::ALL.iter().map(|outcome| (outcome, counts.outcomes[*outcome as usize]));
    let calls: Vec<String> = outcomes
        .filter(|(_, calls)| *calls > 0)
        .map(|(outcome, calls)| format!("{} {}", grouped(calls), outcome.as_str().replace('_', " ")))
        .collect();
    let calls = if calls.is_empty() { "none".to_owned() } else { calls.join(", ") };
    format!(
        "The test of the first {} is done: {} called, {} completed{rate}, {} failed; calls: {calls}. Resume to call the other {}.",
        grouped(first),
        grouped(counts.called),
        figure(RecipientState::Completed),
        figure(RecipientState::Failed),
        grouped(waiting(counts)),
    )
}

/// A figure with commas between its thousands.
fn grouped(figure: i64) -> String {
    let digits = figure.to_string();
    let head = digits.len() % 3;
    let groups = digits.as_bytes()[head..].chunks(3).map(String::from_utf8_lossy);
    let first = (head > 0).then(|| digits[..head].into());
    first.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_the_figures_and_the_way_on() {
        let mut counts = Counts { called: 50, attempts: 57, ..Counts::default() };
        for (state, people) in
            [(RecipientState::Completed, 31), (RecipientState::Failed, 19), (RecipientState::Pending, 1_150)]
        {
            counts.recipients[state as usize] = people;
        }
        for (outcome, calls) in [(Outcome::Answered, 31), (Outcome::NoAnswer, 26)] {
            counts.outcomes[outcome as usize] = calls;
        }
        assert_eq!(
            report(50, &counts),
            "The test of the first 50 is done: 50 called, 31 completed (62 %), 19 failed; calls: 31 answered, \
             26 no answer. Resume to call the other 1,150."
        );
        let nobody = Counts::default();
        assert!(
            report(1_000, &nobody)
                .starts_with("The test of the first 1,000 is done: 0 called, 0 completed, 0 failed; calls: none.")
        );
    }

    #[test]
    fn thousands_are_set_apart() {
        for (figure, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(figure), text);
        }
    }
}
