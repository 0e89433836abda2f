//! What an ended attempt makes of its recipient, and the differences of the counters.
//!
//! The decision is `carillon_domain::retry`'s; here it meets the campaign's settings, the run's state and the
//! recipient's hours, since due times are stored already moved into them.

use std::collections::BTreeMap;

use carillon_domain::attempt::AttemptState;
use carillon_domain::calling_hours::{CallLength, campaign_opening, opening};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::{DueReason, RecipientEvent, RecipientState, Settled};
use carillon_domain::retry::Ended;
use carillon_domain::suppression::SuppressionReason;
use carillon_domain::time_zones::ZoneSet;
use jiff::Timestamp;
use uuid::Uuid;

use super::{AttemptRow, Before, Heard};
use crate::row;
use crate::store::runs::RunState;
use crate::store::{Sql, StoreError, Tx, Value};

/// A recipient as a batch changes it.
pub(super) struct RecipientRow {
    id: Uuid,
    state: RecipientState,
    reason: Option<String>,
    outcome: Option<Outcome>,
    attempts: i64,
    uncounted: i64,
    due_at: Timestamp,
    due_reason: Option<DueReason>,
    suppressed_at: Option<Timestamp>,
    zones: String,
    pub(super) contact: Option<Uuid>,
    pub(super) dirty: bool,
}

pub(super) type Recipients = BTreeMap<Uuid, RecipientRow>;

/// What a run's attempts are judged by.
pub(super) struct Context {
    pub(super) epoch: i64,
    pub(super) settings: CampaignSettings,
    run: RunState,
}

/// The contexts of a batch, by run.
pub(super) struct Contexts(BTreeMap<Uuid, Context>);

impl Contexts {
    /// Loads the runs of these attempts and holds their campaigns still: a stop waits for this batch, or
    /// this batch sees the stop.
    pub(super) fn load(tx: &mut Tx<'_>, attempts: &[AttemptRow]) -> Result<Self, StoreError> {
        const HOLD: Sql = Sql::Split {
            sqlite: "SELECT epoch, settings FROM campaigns WHERE id = $1",
            postgres: "SELECT epoch, settings FROM campaigns WHERE id = $1 FOR SHARE",
        };
        // Read once the campaign is held: in one statement with it PostgreSQL would show the run as it was before a stop
        // that was waited for.
        const STATE: &str = "SELECT state FROM runs WHERE id = $1";
        let mut runs: Vec<(Uuid, Uuid)> = attempts.iter().map(|row| (row.campaign, row.run)).collect();
        runs.sort_unstable();
        runs.dedup();
        let mut contexts = BTreeMap::new();
        for (campaign, run) in runs {
            let (epoch, settings) =
                tx.query_one(HOLD, crate::params![campaign], |row| Ok((row.get(0)?, row.json(1)?)))?;
            let state = tx.query_one(STATE, crate::params![run], |row| row.word(0))?;
            contexts.insert(run, Context { epoch, settings, run: state });
        }
        Ok(Self(contexts))
    }

    pub(super) fn of(&self, run: Uuid) -> Result<&Context, StoreError> {
        self.0.get(&run).ok_or_else(|| StoreError::Corrupt(format!("run {run} has no campaign")))
    }
}

/// Locks recipients, in the order of their ids.
pub(super) fn lock_recipients(tx: &mut Tx<'_>, mut ids: Vec<Uuid>) -> Result<Recipients, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT r.id, r.state, r.reason, r.outcome, r.attempts, r.uncounted, r.due_at, b.zones,
                r.due_reason, r.suppressed_at, r.contact_id
              FROM recipients r JOIN buckets b ON b.run_id = r.run_id AND b.bucket = r.bucket WHERE r.id = $1",
        postgres: "SELECT r.id, r.state, r.reason, r.outcome, r.attempts, r.uncounted, r.due_at, b.zones,
                r.due_reason, r.suppressed_at, r.contact_id
              FROM recipients r JOIN buckets b ON b.run_id = r.run_id AND b.bucket = r.bucket
             WHERE r.id = ANY($1) ORDER BY r.id FOR UPDATE OF r",
    };
    ids.sort_unstable();
    ids.dedup();
    let keys: Vec<Value> = ids.into_iter().map(Value::from).collect();
    let rows = tx.query_each(LOCK, &keys, |row| {
        Ok(RecipientRow {
            id: row.get(0)?,
            state: row.word(1)?,
            reason: row.get(2)?,
            outcome: row.opt_word(3)?,
            attempts: row.get(4)?,
            uncounted: row.get(5)?,
            due_at: row.get(6)?,
            zones: row.get(7)?,
            due_reason: row.opt_word(8)?,
            suppressed_at: row.get(9)?,
            contact: row.get(10)?,
            dirty: false,
        })
    })?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

impl RecipientRow {
    /// One more attempt of it was sent, or may have been.
    pub(super) fn sent(&mut self, delta: &mut Counts) {
        delta.called += i64::from(self.attempts == 0);
        delta.attempts += 1;
        self.attempts += 1;
        self.dirty = true;
    }

    /// What was taken for sent was not.
    pub(super) fn unsent(&mut self, delta: &mut Counts) {
        self.attempts -= 1;
        delta.attempts -= 1;
        delta.called -= i64::from(self.attempts == 0);
        self.dirty = true;
    }

    fn counted(&self) -> u8 {
        u8::try_from(self.attempts - self.uncounted).unwrap_or(u8::MAX)
    }
}

/// Moves the recipient of an attempt that has just ended or was not sent.
pub(super) fn settle(
    recipient: &mut RecipientRow,
    row: &AttemptRow,
    (news, context): (&Heard, &Context),
    delta: &mut Counts,
) -> Result<(), StoreError> {
    let settled = if row.attempt.state == AttemptState::NotSent {
        not_sent(recipient, row, (news, context))
    } else {
        recipient.uncounted += i64::from(!row.attempt.is_counted());
        recipient.outcome = row.attempt.outcome;
        delta.ended(outcome_of(row)?);
        after_end(recipient, row, context)?
    };
    recipient.take(RecipientEvent::Settled, settled, (row, context), delta)
}

/// Moves the recipient of an attempt whose end turned out to be another. What an older attempt says comes too
/// late to change where its recipient stands, unless it used up the last one; the figures follow it all the same.
pub(super) fn correct(
    recipient: &mut RecipientRow,
    row: &AttemptRow,
    (before, context): (&Before, &Context),
    delta: &mut Counts,
) -> Result<(), StoreError> {
    if let Some(outcome) = before.outcome {
        delta.outcomes[outcome as usize] -= 1;
    }
    delta.ended(outcome_of(row)?);
    recipient.uncounted += i64::from(before.is_counted) - i64::from(row.attempt.is_counted());
    recipient.dirty = true;
    let is_newest = row.number == recipient.attempts;
    if is_newest {
        recipient.outcome = row.attempt.outcome;
    }
    if context.run == RunState::Stopped && recipient.state.is_due() {
        // The stop suppressed it in the counters; its row waits for the sweeper.
        return Ok(());
    }
    if !is_newest {
        let used_up = context.settings.retry.after_older(recipient.counted()).filter(|_| recipient.state.is_due());
        return used_up
            .map_or(Ok(()), |settled| recipient.take(RecipientEvent::Corrected, settled, (row, context), delta));
    }
    let settled = after_end(recipient, row, context)?;
    recipient.take(RecipientEvent::Corrected, settled, (row, context), delta)
}

fn outcome_of(row: &AttemptRow) -> Result<Outcome, StoreError> {
    row.attempt.outcome.ok_or_else(|| StoreError::Corrupt(format!("attempt {} ended without an outcome", row.id)))
}

/// A request that never left: due again, no attempt counted.
fn not_sent(recipient: &RecipientRow, row: &AttemptRow, (news, context): (&Heard, &Context)) -> Settled {
    let again_at = news.again_at.unwrap_or(row.attempt.send_at);
    match context.run {
        RunState::Stopped | RunState::Finished => Settled::Suppressed(SuppressionReason::Stopped),
        RunState::Prepared | RunState::Started => context.settings.retry.after_not_sent(recipient.counted(), again_at),
    }
}

/// What the end of an attempt makes of its recipient.
fn after_end(recipient: &RecipientRow, row: &AttemptRow, context: &Context) -> Result<Settled, StoreError> {
    let ended = Ended {
        outcome: outcome_of(row)?,
        at: row.attempt.ended_at.unwrap_or(row.attempt.send_at),
        attempts_made: recipient.counted(),
        was_dialed: row.attempt.facts.was_dialed(),
        message_left: row.attempt.facts.message_left,
        number_impossible: row.attempt.facts.number_impossible(),
    };
    let retry = &context.settings.retry;
    Ok(match context.run {
        RunState::Stopped => retry.after_stop(&ended),
        RunState::Finished => retry.after_finish(&ended),
        RunState::Prepared | RunState::Started => retry.after(&ended),
    })
}

impl RecipientRow {
    /// Goes where an attempt leads it, with reason and due time.
    fn take(
        &mut self,
        event: fn(Settled) -> RecipientEvent,
        settled: Settled,
        (row, context): (&AttemptRow, &Context),
        delta: &mut Counts,
    ) -> Result<(), StoreError> {
        let (settled, due_reason) = in_hours(settled, self, (row, context))?;
        let next = self.state.apply(event(settled), self.attempts > 0);
        let next = next.map_err(|e| StoreError::Corrupt(format!("recipient {}: {e}", self.id)))?;
        self.dirty = true;
        if next == self.state && matches!(next, RecipientState::Dialing | RecipientState::Suppressed) {
            // The attempt under way will decide, or a rule has.
            return Ok(());
        }
        delta.moved(self.state, next);
        self.state = next;
        self.reason = reason(settled, row);
        // Whoever is not due has no due time, whichever way they came here.
        self.due_at = if let Settled::DueAt(at) = settled { at } else { Timestamp::UNIX_EPOCH };
        self.due_reason = due_reason;
        let decided_at = row.attempt.ended_at.unwrap_or(row.attempt.send_at);
        self.suppressed_at = matches!(settled, Settled::Suppressed(_)).then_some(decided_at);
        Ok(())
    }
}

/// What pages say beside the state.
fn reason(settled: Settled, row: &AttemptRow) -> Option<String> {
    match settled {
        Settled::Suppressed(reason) => Some(reason.as_str().to_owned()),
        Settled::Failed if row.attempt.outcome == Some(Outcome::Unknown) => Some("not_known".to_owned()),
        Settled::Failed if row.attempt.facts.number_impossible() => Some("number_impossible".to_owned()),
        _ => None,
    }
}

/// A due time is stored already moved into the recipient's allowed hours, with what it is for.
fn in_hours(
    settled: Settled,
    recipient: &RecipientRow,
    (row, context): (&AttemptRow, &Context),
) -> Result<(Settled, Option<DueReason>), StoreError> {
    let Settled::DueAt(at) = settled else { return Ok((settled, None)) };
    let zones = ZoneSet::from_key(&recipient.zones).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let settings = &context.settings;
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    let opening = opening(&settings.recipient_hours, settings.calling_hours.as_ref(), &zones, call, at);
    let due_at = opening.from(at);
    let own_hours = settings.calling_hours.as_ref().map(|hours| campaign_opening(hours, call, at));
    let reason = match own_hours {
        _ if due_at == at => after_attempt(row),
        Some(own_hours) if !own_hours.is_open() => DueReason::CallingHours,
        _ => DueReason::RecipientHours,
    };
    if settings.is_useless_at(due_at) {
        return Ok((Settled::Suppressed(SuppressionReason::Expired), None));
    }
    Ok((Settled::DueAt(due_at), Some(reason)))
}

/// What somebody waits for after this attempt, hours aside.
fn after_attempt(row: &AttemptRow) -> DueReason {
    let is_counted = row.attempt.state != AttemptState::NotSent && row.attempt.is_counted();
    if is_counted { DueReason::RetryDelay } else { DueReason::NotPlaced }
}

/// Writes recipients that moved.
pub(super) fn save(tx: &mut Tx<'_>, recipients: &[RecipientRow]) -> Result<(), StoreError> {
    const SQLITE: &str = "UPDATE recipients SET state = $2, reason = $3, outcome = $4, attempts = $5, uncounted = $6,
            due_at = $7, due_reason = $8, suppressed_at = $9 WHERE id = $1";
    const POSTGRES: &str = "UPDATE recipients SET state = x.s, reason = x.r, outcome = x.o, attempts = x.a,
            uncounted = x.u, due_at = x.d, due_reason = x.w, suppressed_at = x.t
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
            $9::bigint[])
         AS x (i, s, r, o, a, u, d, w, t) WHERE recipients.id = x.i";
    let rows: Vec<Vec<Value>> = recipients
        .iter()
        .map(|r| {
            row![
                r.id,
                r.state.as_str(),
                r.reason.clone(),
                r.outcome.map(Outcome::as_str),
                r.attempts,
                r.uncounted,
                r.due_at,
                r.due_reason.map(DueReason::as_str),
                r.suppressed_at,
            ]
        })
        .collect();
    tx.execute_many(SQLITE, POSTGRES, &rows).map(drop)
}
