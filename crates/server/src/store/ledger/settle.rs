//! What an ended attempt makes of its recipient, and the differences of the counters.
//!
//! The decision is `carillon_domain::retry`'s; here it meets the campaign's settings, the run's state and the
//! recipient's hours, since due times are stored already moved into them.

use std::collections::BTreeMap;

use carillon_domain::attempt::Moved;
use carillon_domain::calling_hours::{CallLength, opening};
use carillon_domain::campaign_settings::CampaignSettings;
use carillon_domain::outcome::Outcome;
use carillon_domain::progress::Counts;
use carillon_domain::recipient::{RecipientEvent, RecipientState, Settled};
use carillon_domain::retry::Ended;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{AttemptRow, Heard};
use crate::row;
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
    zones: String,
    pub(super) dirty: bool,
}

pub(super) type Recipients = BTreeMap<Uuid, RecipientRow>;

/// What a run's attempts are judged by.
pub(super) struct Context {
    pub(super) epoch: i64,
    pub(super) settings: CampaignSettings,
    run_is_over: bool,
}

/// The contexts of a batch, by run.
pub(super) struct Contexts(BTreeMap<Uuid, Context>);

impl Context {
    /// How long a call may live at the most, from its slot.
    pub(super) fn hold(&self) -> SignedDuration {
        self.settings.call_hold()
    }
}

impl Contexts {
    /// Loads the runs of these attempts and holds their campaigns still: a stop waits for this batch, or
    /// this batch sees the stop.
    pub(super) fn load(tx: &mut Tx<'_>, attempts: &[AttemptRow]) -> Result<Self, StoreError> {
        const QUERY: Sql = Sql::Split {
            sqlite: "SELECT c.epoch, c.settings, r.state FROM runs r JOIN campaigns c ON c.id = r.campaign_id WHERE r.id = $1",
            postgres: "SELECT c.epoch, c.settings, r.state FROM runs r JOIN campaigns c ON c.id = r.campaign_id
                WHERE r.id = $1 FOR SHARE OF c",
        };
        let mut runs: Vec<(Uuid, Uuid)> = attempts.iter().map(|row| (row.campaign, row.run)).collect();
        runs.sort_unstable();
        runs.dedup();
        let mut contexts = BTreeMap::new();
        for (_, run) in runs {
            let context = tx.query_one(QUERY, crate::params![run], |row| {
                let state: String = row.get(2)?;
                Ok(Context {
                    epoch: row.get(0)?,
                    settings: row.json(1)?,
                    run_is_over: matches!(state.as_str(), "stopped" | "finished"),
                })
            })?;
            contexts.insert(run, context);
        }
        Ok(Self(contexts))
    }

    pub(super) fn of(&self, run: Uuid) -> Result<&Context, StoreError> {
        self.0.get(&run).ok_or_else(|| StoreError::Corrupt(format!("run {run} has no campaign")))
    }
}

/// Locks the recipients of these attempts, in the order of their ids.
pub(super) fn lock_recipients(tx: &mut Tx<'_>, attempts: &[AttemptRow]) -> Result<Recipients, StoreError> {
    const LOCK: Sql = Sql::Split {
        sqlite: "SELECT r.id, r.state, r.reason, r.outcome, r.attempts, r.uncounted, r.due_at, b.zones
              FROM recipients r JOIN buckets b ON b.run_id = r.run_id AND b.bucket = r.bucket WHERE r.id = $1",
        postgres: "SELECT r.id, r.state, r.reason, r.outcome, r.attempts, r.uncounted, r.due_at, b.zones
              FROM recipients r JOIN buckets b ON b.run_id = r.run_id AND b.bucket = r.bucket
             WHERE r.id = ANY($1) ORDER BY r.id FOR UPDATE OF r",
    };
    let mut ids: Vec<Uuid> = attempts.iter().map(|row| row.recipient).collect();
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

    fn counted(&self) -> u8 {
        u8::try_from(self.attempts - self.uncounted).unwrap_or(u8::MAX)
    }
}

/// Moves the recipient of an attempt that has just ended, was not sent, or was corrected.
pub(super) fn settle(
    recipient: &mut RecipientRow,
    row: &AttemptRow,
    moved: Moved,
    (news, context): (&Heard, &Context),
    delta: &mut Counts,
) -> Result<(), StoreError> {
    let settled = match moved {
        Moved::NotSent => not_sent(row, news, context),
        _ => ended(recipient, row, context, delta)?,
    };
    let settled = in_hours(settled, recipient, context)?;
    let event = match moved {
        // Answered became opted out: both are reached, the recipient stays where it is.
        Moved::Corrected if recipient.state == RecipientState::Completed => return Ok(()),
        Moved::Corrected => RecipientEvent::Corrected(settled),
        _ => RecipientEvent::Settled(settled),
    };
    let next = recipient
        .state
        .apply(event, recipient.attempts > 0)
        .map_err(|e| StoreError::Corrupt(format!("recipient {}: {e}", recipient.id)))?;
    delta.moved(recipient.state, next);
    recipient.state = next;
    recipient.reason = match settled {
        Settled::Suppressed(reason) => Some(reason.as_str().to_owned()),
        Settled::Failed if row.attempt.outcome == Some(Outcome::Unknown) => Some("not_known".to_owned()),
        Settled::Failed if row.attempt.facts.number_impossible() => Some("number_impossible".to_owned()),
        _ => None,
    };
    if let Settled::DueAt(at) = settled {
        recipient.due_at = at;
    }
    recipient.dirty = true;
    Ok(())
}

/// A request that never left: due again, no attempt counted.
fn not_sent(row: &AttemptRow, news: &Heard, context: &Context) -> Settled {
    if context.run_is_over {
        return Settled::Suppressed(carillon_domain::suppression::SuppressionReason::Stopped);
    }
    Settled::DueAt(news.again_at.unwrap_or(row.attempt.send_at))
}

fn ended(
    recipient: &mut RecipientRow,
    row: &AttemptRow,
    context: &Context,
    delta: &mut Counts,
) -> Result<Settled, StoreError> {
    let (Some(outcome), Some(at)) = (row.attempt.outcome, row.attempt.ended_at) else {
        return Err(StoreError::Corrupt(format!("attempt {} ended without an outcome", row.id)));
    };
    let rang = row.attempt.facts.rang();
    delta.ended(outcome);
    recipient.outcome = Some(outcome);
    recipient.uncounted += i64::from(outcome == Outcome::Canceled && !rang);
    recipient.dirty = true;
    let ended = Ended {
        outcome,
        at,
        attempts_made: recipient.counted(),
        rang,
        message_left: row.attempt.facts.message_left,
        number_impossible: row.attempt.facts.number_impossible(),
    };
    let retry = &context.settings.retry;
    Ok(if context.run_is_over { retry.after_stop(&ended) } else { retry.after(&ended) })
}

/// A due time is stored already moved into the recipient's allowed hours.
fn in_hours(settled: Settled, recipient: &RecipientRow, context: &Context) -> Result<Settled, StoreError> {
    let Settled::DueAt(at) = settled else { return Ok(settled) };
    let zones = ZoneSet::from_key(&recipient.zones).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let settings = &context.settings;
    let call = CallLength { ring_timeout_s: settings.ring_timeout_s };
    let opening = opening(&settings.recipient_hours, settings.calling_hours.as_ref(), &zones, call, at);
    Ok(Settled::DueAt(opening.from(at)))
}

/// Writes recipients that moved.
pub(super) fn save(tx: &mut Tx<'_>, recipients: &[RecipientRow]) -> Result<(), StoreError> {
    const SQLITE: &str = "UPDATE recipients SET state = $2, reason = $3, outcome = $4, attempts = $5, uncounted = $6,
            due_at = $7 WHERE id = $1";
    const POSTGRES: &str = "UPDATE recipients SET state = x.s, reason = x.r, outcome = x.o, attempts = x.a,
            uncounted = x.u, due_at = x.d
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
         AS x (i, s, r, o, a, u, d) WHERE recipients.id = x.i";
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
                r.due_at
            ]
        })
        .collect();
    tx.execute_many(SQLITE, POSTGRES, &rows).map(drop)
}
