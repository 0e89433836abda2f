//! What a claim writes, gathered while it goes on and written at its end, batch by batch.
//!
//! So a claim of a hundred recipients is a handful of statements. Who is claimed and who is passed over has been
//! decided in `due.rs`; nothing is read here, and nothing is written before [`flush`].

use std::collections::HashSet;

use carillon_domain::recipient::{DueReason, RecipientState};
use carillon_domain::suppression::SuppressionReason;
use jiff::Timestamp;
use uuid::Uuid;

use super::due::Due;
use super::{ClaimRequest, Claimed, Reserved, RunClaim};
use crate::row;
use crate::store::buckets::{self, Deltas};
use crate::store::{StoreError, Tx, Value};

/// What a claim writes at its end.
#[derive(Default)]
pub(super) struct Writes {
    attempts: Vec<Vec<Value>>,
    live_calls: Vec<Vec<Value>>,
    dialing: Vec<Vec<Value>>,
    later: Vec<Vec<Value>>,
    suppressed: Vec<Vec<Value>>,
    deltas: Deltas,
    pub(super) phones: HashSet<String>,
    pub(super) claimed: Claimed,
}

impl Writes {
    pub(super) fn postpone(&mut self, due: &Due, (at, reason): (Timestamp, DueReason)) {
        self.later.push(row![due.id, at, reason.as_str()]);
        self.claimed.passed_over += 1;
    }

    pub(super) fn suppress(&mut self, key: (Uuid, i64), due: &Due, (reason, now): (SuppressionReason, Timestamp)) {
        self.suppressed.push(row![due.id, reason.as_str(), now]);
        self.deltas.entry(key).or_default().moved(due.state, RecipientState::Suppressed);
        self.claimed.passed_over += 1;
    }

    pub(super) fn reserve(
        &mut self,
        request: &ClaimRequest,
        run: &RunClaim,
        recipient: ((Uuid, i64), &Due),
        reserved: Reserved,
    ) {
        let (key, due) = recipient;
        let hold_until = reserved.send_at + run.hold;
        self.attempts.push(row![
            reserved.attempt,
            request.organization,
            run.campaign,
            run.run,
            due.id,
            key.1,
            due.attempts + 1,
            reserved.phone.as_str(),
            reserved.from.as_str(),
            reserved.token.as_str(),
            reserved.epoch,
            request.owner.as_str(),
            run.detects_machines,
            request.now,
            reserved.send_at,
            reserved.deadline_at,
            reserved.deadline_at + request.lapse_after,
        ]);
        self.live_calls.push(row![
            request.organization,
            reserved.phone.as_str(),
            reserved.attempt,
            run.campaign,
            hold_until
        ]);
        self.dialing.push(row![due.id, reserved.from.as_str()]);
        self.deltas.entry(key).or_default().moved(due.state, RecipientState::Dialing);
        self.phones.insert(due.phone.clone());
        self.claimed.reserved.push(reserved);
    }
}

/// Writes all of a claim, batch by batch.
pub(super) fn flush(tx: &mut Tx<'_>, writes: &Writes) -> Result<(), StoreError> {
    const HOLD: [&str; 2] = [
        "INSERT INTO live_calls (organization_id, phone, attempt_id, campaign_id, hold_until)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        "INSERT INTO live_calls (organization_id, phone, attempt_id, campaign_id, hold_until)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::bigint[]) ON CONFLICT DO NOTHING",
    ];
    const ATTEMPT: [&str; 2] = [
        "INSERT INTO attempts (id, organization_id, campaign_id, run_id, recipient_id, bucket, number, phone, from_number,
             token, state, epoch, owner, detection, reserved_at, send_at, deadline_at, check_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'reserved', $11, $12, $13, $14, $15, $16, $17)",
        "INSERT INTO attempts (id, organization_id, campaign_id, run_id, recipient_id, bucket, number, phone, from_number,
             token, epoch, owner, detection, reserved_at, send_at, deadline_at, check_at, state)
         SELECT i, o, c, u, r, b, n, p, f, t, e, w, d, ra, sa, da, ca, 'reserved'
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::text[],
                $9::text[], $10::text[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
                $17::bigint[])
             AS x (i, o, c, u, r, b, n, p, f, t, e, w, d, ra, sa, da, ca)",
    ];
    const DIALING: [&str; 2] = [
        "UPDATE recipients SET state = 'dialing', from_number = $2 WHERE id = $1",
        "UPDATE recipients SET state = 'dialing', from_number = x.f
           FROM unnest($1::uuid[], $2::text[]) AS x (i, f) WHERE recipients.id = x.i",
    ];
    const LATER: [&str; 2] = [
        "UPDATE recipients SET due_at = $2, due_reason = $3 WHERE id = $1",
        "UPDATE recipients SET due_at = x.d, due_reason = x.r
           FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS x (i, d, r) WHERE recipients.id = x.i",
    ];
    const SUPPRESS: [&str; 2] = [
        "UPDATE recipients SET state = 'suppressed', reason = $2, suppressed_at = $3 WHERE id = $1",
        "UPDATE recipients SET state = 'suppressed', reason = x.r, suppressed_at = x.a
           FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS x (i, r, a) WHERE recipients.id = x.i",
    ];
    let held = tx.execute_many(HOLD[0], HOLD[1], &writes.live_calls)?;
    if held != writes.live_calls.len() as u64 {
        return Err(StoreError::Conflict("a number went live between look and claim".to_owned()));
    }
    tx.execute_many(ATTEMPT[0], ATTEMPT[1], &writes.attempts)?;
    tx.execute_many(DIALING[0], DIALING[1], &writes.dialing)?;
    tx.execute_many(LATER[0], LATER[1], &writes.later)?;
    tx.execute_many(SUPPRESS[0], SUPPRESS[1], &writes.suppressed)?;
    buckets::apply(tx, &writes.deltas)
}
