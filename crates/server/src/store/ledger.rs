//! The ledger of calls: takes what was heard of attempts and makes it true, all in one transaction.
//!
//! A batch of [`Heard`] locks its attempts, lets each hear (`carillon_domain::attempt` decides), settles the
//! recipients of those that ended, and changes the counters by the differences. The order and repetition of
//! what is heard do not matter. What must be done outside the database comes back in [`Applied`].

mod rows;
mod settle;

use std::collections::HashMap;

use carillon_domain::attempt::{Attempt, AttemptEvent, AttemptState, Moved};
use carillon_domain::facts::Fact;
use carillon_domain::outcome::Outcome;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::buckets::Deltas;
use super::contacts::last_calls::{self, EndedCalls};
use super::{StoreError, Tx};

pub use rows::AttemptRow;

/// The carrier's own queue should never be longer, in milliseconds: beyond it we are too fast for the account, and a
/// call that waits there is looked at while it does, since what it waits for may be after the hours.
pub const CARRIER_QUEUE_MAX_MS: u64 = 2_000;

/// Something heard of one attempt, found by its callback token.
#[derive(Debug, Clone)]
pub struct Heard {
    pub token: String,
    pub event: AttemptEvent,
    /// The carrier's id of the call, when it came with the news.
    pub call_sid: Option<String>,
    /// The carrier's code of a refusal that leaves the recipient untouched.
    pub refused_code: Option<u32>,
    /// For a request that was not sent or was refused: not before this instant again.
    pub again_at: Option<Timestamp>,
    /// The carrier's own queue, in milliseconds; the call will not ring sooner.
    pub queue_time_ms: u64,
    /// The body as received, kept when nobody knows the attempt.
    pub raw: Option<String>,
}

impl Heard {
    /// News without anything beside it.
    #[must_use]
    pub fn of(token: impl Into<String>, event: AttemptEvent) -> Self {
        Self {
            token: token.into(),
            event,
            call_sid: None,
            refused_code: None,
            again_at: None,
            queue_time_ms: 0,
            raw: None,
        }
    }

    /// A fact of the carrier's, with the id of the call.
    #[must_use]
    pub fn fact(token: impl Into<String>, call_sid: Option<String>, fact: Fact) -> Self {
        Self { call_sid, ..Self::of(token, AttemptEvent::Heard(fact)) }
    }
}

/// How long each unfinished state may last before the reconciler looks.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// After an uncertain request, before the carrier's list is searched (again).
    pub uncertain: SignedDuration,
    /// After ring timeout and queue, before an accepted call is asked for.
    pub ringing: SignedDuration,
    /// After the last news of a call that was picked up; most are over by then.
    pub talking: SignedDuration,
    /// After the end of a call whose machine verdict has not come.
    pub judging: SignedDuration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            uncertain: SignedDuration::from_secs(60),
            ringing: SignedDuration::from_secs(60),
            talking: SignedDuration::from_secs(90),
            judging: SignedDuration::from_secs(15),
        }
    }
}

/// What a batch leaves to be done outside the database.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// Campaigns whose figures changed.
    pub campaigns: Vec<Uuid>,
    /// Calls bound under an epoch that is over: to be canceled at once, with how the campaign stands.
    pub cancel: Vec<StaleCall>,
    /// A line became free or somebody became due.
    pub wake_dialer: bool,
    /// What each run's carrier did, for its health.
    pub marks: Vec<(Uuid, Mark)>,
    /// When the reconciler must look next because of this batch.
    pub earliest_check: Option<Timestamp>,
    /// Tokens that nobody knows; their bodies are parked.
    pub parked: usize,
    /// Attempts of which something was heard although they were never sent.
    pub impossible: Vec<Uuid>,
}

/// A call that the carrier has although its campaign was paused or stopped after the claim.
#[derive(Debug, Clone)]
pub struct StaleCall {
    pub campaign: Uuid,
    pub organization: Uuid,
    pub call_sid: String,
    pub token: String,
}

/// How the carrier did with one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It took the call.
    Accepted,
    /// It refused because of how we are set up.
    ConfigurationError(u32),
    /// The call ended without the carrier's fault.
    Fine,
    /// The call ended in a carrier error, or was never heard of.
    CarrierError,
}

/// All that a batch changes, gathered and written at its end.
#[derive(Default)]
struct Batch {
    attempts: Vec<AttemptRow>,
    recipients: Vec<settle::RecipientRow>,
    released: Vec<(Uuid, String, Uuid)>,
    ended: EndedCalls,
    deltas: Deltas,
    applied: Applied,
}

/// Applies what was heard. Safe to repeat.
///
/// # Errors
/// When the database fails; nothing of the batch is kept then.
pub fn apply(tx: &mut Tx<'_>, heard: &[Heard], patience: Patience, now: Timestamp) -> Result<Applied, StoreError> {
    let mut batch = Batch::default();
    let mut attempts = rows::lock_by_token(tx, heard.iter().map(|news| news.token.as_str()))?;
    let contexts = settle::Contexts::load(tx, &attempts)?;
    let places: HashMap<String, usize> = attempts.iter().enumerate().map(|(i, row)| (row.token.clone(), i)).collect();
    let movers = movers(&attempts, &places, heard);
    let mut recipients = settle::lock_recipients(tx, movers)?;
    for news in heard {
        let Some(row) = places.get(&news.token).map(|place| &mut attempts[*place]) else {
            batch.applied.parked += usize::from(park(tx, news, now)?);
            continue;
        };
        let context = contexts.of(row.run)?;
        hear_one(&mut batch, row, news, &Setting { context, patience, now }, &mut recipients)?;
    }
    batch.attempts = attempts.into_iter().filter(|row| row.dirty).collect();
    batch.recipients = recipients.into_values().filter(|recipient| recipient.dirty).collect();
    rows::save(tx, &batch.attempts)?;
    settle::save(tx, &batch.recipients)?;
    rows::release(tx, &batch.released)?;
    super::buckets::apply(tx, &batch.deltas)?;
    last_calls::write(tx, &batch.ended)?;
    batch.applied.earliest_check = batch.attempts.iter().filter_map(|row| row.check_at).min();
    Ok(batch.applied)
}

/// The recipients that this news will move. Most news (it was queued, it rings) moves an attempt alone, and a
/// recipient that stays is neither read nor locked.
fn movers(attempts: &[AttemptRow], places: &HashMap<String, usize>, heard: &[Heard]) -> Vec<Uuid> {
    let mut rehearsed: Vec<Option<Attempt>> = vec![None; attempts.len()];
    let mut movers = Vec::new();
    for news in heard {
        let Some(place) = places.get(&news.token) else { continue };
        let attempt = rehearsed[*place].get_or_insert_with(|| attempts[*place].attempt.clone());
        let was_reserved = attempt.state == AttemptState::Reserved;
        let moves = match attempt.hear(&news.event) {
            Moved::Stayed | Moved::Impossible => false,
            Moved::Progressed => was_reserved,
            Moved::Ended | Moved::NotSent | Moved::Corrected => true,
        };
        if moves {
            movers.push(attempts[*place].recipient);
        }
    }
    movers
}

/// What surrounds one attempt while it hears.
struct Setting<'a> {
    context: &'a settle::Context,
    patience: Patience,
    now: Timestamp,
}

fn hear_one(
    batch: &mut Batch,
    row: &mut AttemptRow,
    news: &Heard,
    setting: &Setting<'_>,
    recipients: &mut settle::Recipients,
) -> Result<(), StoreError> {
    bind(batch, row, news, setting);
    let before = Before::of(&row.attempt);
    let moved = row.attempt.hear(&news.event);
    if moved == Moved::Impossible {
        batch.applied.impossible.push(row.id);
    }
    if matches!(moved, Moved::Stayed | Moved::Impossible) {
        return Ok(());
    }
    row.dirty = true;
    row.check_at = next_check(row, news, (before.state, setting));
    if let Some(code) = news.refused_code.filter(|_| moved == Moved::NotSent) {
        row.attempt.error_code = Some(code);
    }
    batch.applied.marks.extend(mark(row, news, before.state, moved).map(|mark| (row.run, mark)));
    if !batch.applied.campaigns.contains(&row.campaign) {
        batch.applied.campaigns.push(row.campaign);
    }
    if moved == Moved::Progressed && before.state != AttemptState::Reserved {
        return Ok(());
    }
    let recipient = recipients
        .get_mut(&row.recipient)
        .ok_or_else(|| StoreError::Corrupt(format!("attempt {} has no recipient", row.id)))?;
    move_recipient(batch, row, (news, setting), (&before, moved), recipient)
}

/// Moves the recipient of an attempt that was sent, ended, or turned out not to have been sent.
fn move_recipient(
    batch: &mut Batch,
    row: &AttemptRow,
    (news, setting): (&Heard, &Setting<'_>),
    (before, moved): (&Before, Moved),
    recipient: &mut settle::RecipientRow,
) -> Result<(), StoreError> {
    let delta = batch.deltas.entry((row.run, row.bucket)).or_default();
    match (before.state == AttemptState::Reserved, moved == Moved::NotSent) {
        (true, false) => recipient.sent(delta),
        // Its owner lived after all: what was counted as sent was not.
        (false, true) => recipient.unsent(delta),
        _ => {}
    }
    match moved {
        Moved::Ended | Moved::NotSent => settle::settle(recipient, row, (news, setting.context), delta)?,
        Moved::Corrected => settle::correct(recipient, row, (before, setting.context), delta)?,
        _ => {}
    }
    let ended = row.attempt.outcome.filter(|_| matches!(moved, Moved::Ended | Moved::Corrected));
    if let Some((contact, outcome)) = recipient.contact.zip(ended) {
        batch.ended.note(contact, (row.attempt.send_at, row.id), outcome);
    }
    batch.applied.wake_dialer |= matches!(moved, Moved::Ended | Moved::NotSent | Moved::Corrected);
    if matches!(moved, Moved::Ended | Moved::NotSent) {
        batch.released.push((row.organization, row.phone.clone(), row.id));
    }
    Ok(())
}

/// What an attempt was before it heard something.
struct Before {
    state: AttemptState,
    outcome: Option<Outcome>,
    is_counted: bool,
}

impl Before {
    fn of(attempt: &Attempt) -> Self {
        Self { state: attempt.state, outcome: attempt.outcome, is_counted: attempt.is_counted() }
    }
}

/// Keeps the carrier's id of the call. One that turns up under an old epoch is to be canceled.
fn bind(batch: &mut Batch, row: &mut AttemptRow, news: &Heard, setting: &Setting<'_>) {
    let Some(sid) = news.call_sid.as_ref().filter(|_| row.call_sid.is_none()) else { return };
    row.call_sid = Some(sid.clone());
    row.dirty = true;
    if row.epoch < setting.context.epoch && !row.attempt.state.is_final() {
        batch.applied.cancel.push(StaleCall {
            campaign: row.campaign,
            organization: row.organization,
            call_sid: sid.clone(),
            token: row.token.clone(),
        });
    }
}

/// When the reconciler looks at an attempt that hears nothing more; `None` once it is final.
fn next_check(row: &AttemptRow, news: &Heard, (was, setting): (AttemptState, &Setting<'_>)) -> Option<Timestamp> {
    let ring = SignedDuration::from_secs(i64::from(setting.context.settings.ring_timeout_s));
    let queue = SignedDuration::from_millis(i64::try_from(news.queue_time_ms).unwrap_or(0));
    match row.attempt.state {
        AttemptState::Ended | AttemptState::NotSent => None,
        AttemptState::Reserved => row.check_at,
        AttemptState::Uncertain => Some(setting.now + setting.patience.uncertain),
        // A call that was dialed, rings or is answered keeps the time it was given when the carrier took it: most are
        // over by then, and an index that is not written is the cheapest.
        AttemptState::Accepted | AttemptState::Ringing | AttemptState::Talking
            if matches!(was, AttemptState::Accepted | AttemptState::Ringing) =>
        {
            row.check_at
        }
        AttemptState::Accepted if news.queue_time_ms > CARRIER_QUEUE_MAX_MS => Some(setting.now),
        AttemptState::Accepted | AttemptState::Ringing => Some(setting.now + queue + ring + setting.patience.ringing),
        AttemptState::Talking => Some(setting.now + setting.patience.talking),
        AttemptState::Judging => Some(setting.now + setting.patience.judging),
    }
}

/// What an attempt's move says of the carrier.
fn mark(row: &AttemptRow, news: &Heard, was: AttemptState, moved: Moved) -> Option<Mark> {
    match (moved, row.attempt.outcome) {
        (Moved::NotSent, _) => news.refused_code.map(Mark::ConfigurationError),
        (Moved::Ended, Some(Outcome::Unknown)) => Some(Mark::CarrierError),
        (Moved::Ended, Some(Outcome::Failed)) if !row.attempt.facts.number_impossible() => Some(Mark::CarrierError),
        (Moved::Ended, _) => Some(Mark::Fine),
        (Moved::Progressed, _) if matches!(was, AttemptState::Reserved | AttemptState::Uncertain) => {
            (row.attempt.state != AttemptState::Uncertain).then_some(Mark::Accepted)
        }
        _ => None,
    }
}

/// Keeps a callback whose attempt is not here. False for news of our own, which have no body.
fn park(tx: &mut Tx<'_>, news: &Heard, now: Timestamp) -> Result<bool, StoreError> {
    let Some(raw) = &news.raw else { return Ok(false) };
    const INSERT: &str = "INSERT INTO parked_callbacks (received_at, token, call_sid, body) VALUES ($1, $2, $3, $4)";
    tx.execute(INSERT, crate::params![now, news.token.as_str(), news.call_sid.clone(), raw.as_str()])?;
    Ok(true)
}
