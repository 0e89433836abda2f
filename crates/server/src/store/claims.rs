//! The claim: one durable transaction after which an attempt may be sent, once.
//!
//! Under the organization's and the account's limiter rows it counts the live calls, reads who is due, and
//! writes attempt, live call, recipient and counters together. Whatever it reads here (campaign status and
//! epoch, do-not-call list, attempts of the day) cannot change before its commit. It sends nothing.

use std::collections::HashSet;

use carillon_domain::calling_hours::{CallLength, CallingHours, RecipientHours, next_local_day, opening};
use carillon_domain::limits::SlotRate;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::recipient::RecipientState;
use carillon_domain::suppression::SuppressionReason;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::buckets::{self, Deltas};
use super::{Sql, StoreError, Tx, Value, limiters};
use crate::{params, row};

/// A number that is being called now is looked at again after this, or when its call must be over.
const BUSY_NUMBER_WAIT: SignedDuration = SignedDuration::from_secs(30);

/// What to claim for one organization.
#[derive(Debug, Clone)]
pub struct ClaimRequest {
    pub organization: Uuid,
    pub account_sid: String,
    /// This node, in this life of it.
    pub owner: String,
    pub now: Timestamp,
    /// The first slot that can still be met, and the last that may be taken.
    pub send_from: Timestamp,
    pub send_until: Timestamp,
    /// How long after its slot an attempt may still be sent.
    pub send_deadline: SignedDuration,
    /// How long after that its owner may still be waiting for the carrier's answer.
    pub lapse_after: SignedDuration,
    pub lines_max: u32,
    pub rate: SlotRate,
    pub attempts_per_number_per_day: Option<u32>,
    pub allowed_countries: Vec<String>,
    /// Fresh ids and callback tokens, one an attempt at the most.
    pub names: Vec<(Uuid, String)>,
    pub runs: Vec<RunClaim>,
}

/// What to claim for one run.
#[derive(Debug, Clone)]
pub struct RunClaim {
    pub campaign: Uuid,
    pub run: Uuid,
    pub count: u32,
    pub lines_max: Option<u32>,
    pub rate: Option<SlotRate>,
    pub caller_ids: Vec<PhoneNumber>,
    /// Where in the caller ids this claim begins, so that they are used in turn.
    pub turn: usize,
    pub recipient_hours: RecipientHours,
    pub calling_hours: Option<CallingHours>,
    pub ring_timeout_s: u32,
    pub detects_machines: bool,
    /// How long a call may live at the most, from its slot.
    pub hold: SignedDuration,
    pub buckets: Vec<BucketClaim>,
}

/// One open bucket of a run.
#[derive(Debug, Clone)]
pub struct BucketClaim {
    pub bucket: i64,
    pub zones: ZoneSet,
    /// Attempts of "today" are counted since here.
    pub day_start: Timestamp,
}

/// An attempt that its owner may send once.
#[derive(Debug, Clone)]
pub struct Reserved {
    pub attempt: Uuid,
    pub token: String,
    pub campaign: Uuid,
    pub run: Uuid,
    pub epoch: i64,
    pub phone: PhoneNumber,
    pub from: PhoneNumber,
    pub zones: ZoneSet,
    pub send_at: Timestamp,
    pub deadline_at: Timestamp,
}

/// What a claim did.
#[derive(Debug, Clone, Default)]
pub struct Claimed {
    pub reserved: Vec<Reserved>,
    /// Recipients that were due but may not be called now; their due time or state was changed.
    pub passed_over: usize,
}

/// A due recipient with all that decides about it.
struct Due {
    id: Uuid,
    phone: String,
    attempts: i64,
    from: Option<String>,
    state: RecipientState,
    do_not_call: bool,
    attempts_today: i64,
    live_until: Option<Timestamp>,
}

/// What a claim writes at its end.
#[derive(Default)]
struct Writes {
    attempts: Vec<Vec<Value>>,
    live_calls: Vec<Vec<Value>>,
    dialing: Vec<Vec<Value>>,
    later: Vec<Vec<Value>>,
    suppressed: Vec<Vec<Value>>,
    deltas: Deltas,
    phones: HashSet<String>,
    claimed: Claimed,
}

/// What may be done with one due recipient.
enum Verdict {
    Call(PhoneNumber),
    Later(Timestamp),
    Suppress(SuppressionReason),
}

/// Slots and lines left while a claim goes on.
struct Budget {
    slot: Timestamp,
    lines: u32,
    names: std::vec::IntoIter<(Uuid, String)>,
}

/// Claims what was planned, as far as every limit and rule still allows it.
///
/// # Errors
/// When the database fails; nothing is claimed then.
pub fn claim(tx: &mut Tx<'_>, request: &ClaimRequest) -> Result<Claimed, StoreError> {
    let account = limiters::of_account(&request.account_sid);
    let slot = limiters::lock(tx, &account)?;
    limiters::lock(tx, &limiters::of_organization(request.organization))?;
    let in_use = live_calls(tx, request.organization)?;
    let mut budget = Budget {
        slot: slot.max(request.send_from),
        lines: request.lines_max.saturating_sub(in_use),
        names: request.names.clone().into_iter(),
    };
    let mut writes = Writes::default();
    let mut runs: Vec<&RunClaim> = request.runs.iter().collect();
    runs.sort_by_key(|run| run.campaign);
    for run in runs {
        claim_run(tx, request, run, &mut budget, &mut writes)?;
    }
    if !writes.claimed.reserved.is_empty() {
        limiters::save(tx, &account, budget.slot)?;
    }
    flush(tx, &writes)?;
    Ok(writes.claimed)
}

/// How many calls an organization has under way.
///
/// # Errors
/// When the database fails.
pub fn live_calls(tx: &mut Tx<'_>, organization: Uuid) -> Result<u32, StoreError> {
    let count =
        tx.query_one("SELECT count(*) FROM live_calls WHERE organization_id = $1", params![organization], |row| {
            row.get::<i64>(0)
        })?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many calls a campaign has under way.
///
/// # Errors
/// When the database fails.
pub fn live_calls_of_campaign(tx: &mut Tx<'_>, campaign: Uuid) -> Result<u32, StoreError> {
    let count = tx.query_one("SELECT count(*) FROM live_calls WHERE campaign_id = $1", params![campaign], |row| {
        row.get::<i64>(0)
    })?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

fn claim_run(
    tx: &mut Tx<'_>,
    request: &ClaimRequest,
    run: &RunClaim,
    budget: &mut Budget,
    writes: &mut Writes,
) -> Result<(), StoreError> {
    let own_limiter = limiters::of_campaign(run.campaign);
    let mut own_slot = match run.rate {
        Some(_) => Some(limiters::lock(tx, &own_limiter)?),
        None => None,
    };
    let Some(epoch) = active_epoch(tx, run.campaign)? else { return Ok(()) };
    let mut lines = match run.lines_max {
        Some(max) => max.saturating_sub(live_calls_of_campaign(tx, run.campaign)?),
        None => u32::MAX,
    };
    let mut left = run.count;
    for bucket in &run.buckets {
        for due in due(tx, request, run, bucket, left)? {
            let slot = own_slot.map_or(budget.slot, |own| own.max(budget.slot));
            if left == 0 || lines == 0 || budget.lines == 0 || slot > request.send_until {
                break;
            }
            let key = (run.run, bucket.bucket);
            match judge(request, run, bucket, &due, &writes.phones) {
                Verdict::Later(at) => writes.postpone(&due, at),
                Verdict::Suppress(reason) => writes.suppress(key, &due, reason),
                Verdict::Call(phone) => {
                    let Some((attempt, token)) = budget.names.next() else { break };
                    let from = from_number(run, &due, writes.claimed.reserved.len());
                    let reserved = Reserved {
                        attempt,
                        token,
                        campaign: run.campaign,
                        run: run.run,
                        epoch,
                        phone,
                        from,
                        zones: bucket.zones.clone(),
                        send_at: slot,
                        deadline_at: slot + request.send_deadline,
                    };
                    writes.reserve(request, run, (key, &due), reserved);
                    budget.slot = slot + request.rate.interval();
                    own_slot = own_slot.map(|own| own_slot_after(own, slot, run.rate.unwrap_or(request.rate)));
                    (left, lines, budget.lines) = (left - 1, lines - 1, budget.lines - 1);
                }
            }
        }
    }
    if let Some(own) = own_slot {
        limiters::save(tx, &own_limiter, own)?;
    }
    Ok(())
}

/// The campaign's own next slot. It goes on from where its own rate had it, not from the account's slot that was
/// waited for: else every call would be as late as that wait, and the rate never reached. One interval at most is
/// caught up with, which keeps every sliding second at or below the rate plus one call.
fn own_slot_after(own: Timestamp, slot: Timestamp, rate: SlotRate) -> Timestamp {
    slot.max(own + rate.interval())
}

/// The campaign's epoch, held still until the commit; `None` unless it is active.
fn active_epoch(tx: &mut Tx<'_>, campaign: Uuid) -> Result<Option<i64>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT epoch FROM campaigns WHERE id = $1 AND status = 'active'",
        postgres: "SELECT epoch FROM campaigns WHERE id = $1 AND status = 'active' FOR SHARE",
    };
    tx.query_opt(QUERY, params![campaign], |row| row.get(0))
}

/// Recipients of a bucket whose next attempt is due, oldest first, at most `limit`, locked.
fn due(
    tx: &mut Tx<'_>,
    request: &ClaimRequest,
    run: &RunClaim,
    bucket: &BucketClaim,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    const COLUMNS: Sql = Sql::Split {
        sqlite: "SELECT r.id, r.phone, r.attempts, r.from_number, r.state,
                CAST(EXISTS (SELECT 1 FROM do_not_call d WHERE d.organization_id = $5 AND d.phone = r.phone) AS INTEGER),
                (SELECT count(*) FROM attempts a WHERE a.organization_id = $5 AND a.phone = r.phone
                    AND a.reserved_at >= $6 AND a.state <> 'not_sent'),
                (SELECT l.hold_until FROM live_calls l WHERE l.organization_id = $5 AND l.phone = r.phone)
           FROM recipients r
          WHERE r.run_id = $1 AND r.bucket = $2 AND r.state IN ('pending', 'retrying') AND r.due_at <= $3
          ORDER BY r.due_at LIMIT $4",
        postgres: "SELECT r.id, r.phone, r.attempts, r.from_number, r.state,
                CAST(CASE WHEN EXISTS (SELECT 1 FROM do_not_call d WHERE d.organization_id = $5 AND d.phone = r.phone)
                     THEN 1 ELSE 0 END AS BIGINT),
                (SELECT count(*) FROM attempts a WHERE a.organization_id = $5 AND a.phone = r.phone
                    AND a.reserved_at >= $6 AND a.state <> 'not_sent'),
                (SELECT l.hold_until FROM live_calls l WHERE l.organization_id = $5 AND l.phone = r.phone)
           FROM recipients r
          WHERE r.run_id = $1 AND r.bucket = $2 AND r.state IN ('pending', 'retrying') AND r.due_at <= $3
          ORDER BY r.due_at LIMIT $4 FOR UPDATE OF r SKIP LOCKED",
    };
    let params = params![run.run, bucket.bucket, request.now, limit, request.organization, bucket.day_start];
    tx.query(COLUMNS, params, |row| {
        Ok(Due {
            id: row.get(0)?,
            phone: row.get(1)?,
            attempts: row.get(2)?,
            from: row.get(3)?,
            state: row.word(4)?,
            do_not_call: row.get(5)?,
            attempts_today: row.get(6)?,
            live_until: row.get(7)?,
        })
    })
}

/// The rules that hold for one number at this moment.
fn judge(
    request: &ClaimRequest,
    run: &RunClaim,
    bucket: &BucketClaim,
    due: &Due,
    claimed_now: &HashSet<String>,
) -> Verdict {
    if due.do_not_call {
        return Verdict::Suppress(SuppressionReason::DoNotCall);
    }
    let Ok(phone) = PhoneNumber::from_e164(&due.phone) else {
        return Verdict::Suppress(SuppressionReason::Invalid);
    };
    let country = phone.country();
    if !country.is_some_and(|country| request.allowed_countries.iter().any(|allowed| allowed == country.as_str())) {
        return Verdict::Suppress(SuppressionReason::CountryNotAllowed);
    }
    if let Some(live_until) = due.live_until {
        return Verdict::Later(
            live_until.min(request.now + BUSY_NUMBER_WAIT).max(request.now + SignedDuration::from_secs(1)),
        );
    }
    if claimed_now.contains(&due.phone) {
        return Verdict::Later(request.now + BUSY_NUMBER_WAIT);
    }
    if request.attempts_per_number_per_day.is_some_and(|cap| due.attempts_today >= i64::from(cap)) {
        let tomorrow = next_local_day(&bucket.zones, request.now);
        return Verdict::Later(open_from(run, &bucket.zones, tomorrow));
    }
    Verdict::Call(phone)
}

/// The first instant from `at` on at which the hours are open; `at` itself when none is found.
fn open_from(run: &RunClaim, zones: &ZoneSet, at: Timestamp) -> Timestamp {
    let call = CallLength { ring_timeout_s: run.ring_timeout_s };
    opening(&run.recipient_hours, run.calling_hours.as_ref(), zones, call, at).from(at)
}

/// A retry keeps its number; others take the caller ids in turn.
fn from_number(run: &RunClaim, due: &Due, claimed: usize) -> PhoneNumber {
    let kept = due.from.as_deref().and_then(|text| run.caller_ids.iter().find(|id| id.as_str() == text));
    kept.unwrap_or(&run.caller_ids[(run.turn + claimed) % run.caller_ids.len()]).clone()
}

impl Writes {
    fn postpone(&mut self, due: &Due, at: Timestamp) {
        self.later.push(row![due.id, at]);
        self.claimed.passed_over += 1;
    }

    fn suppress(&mut self, key: (Uuid, i64), due: &Due, reason: SuppressionReason) {
        self.suppressed.push(row![due.id, reason.as_str()]);
        self.deltas.entry(key).or_default().moved(due.state, RecipientState::Suppressed);
        self.claimed.passed_over += 1;
    }

    fn reserve(&mut self, request: &ClaimRequest, run: &RunClaim, recipient: ((Uuid, i64), &Due), reserved: Reserved) {
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
fn flush(tx: &mut Tx<'_>, writes: &Writes) -> Result<(), StoreError> {
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
        "UPDATE recipients SET due_at = $2 WHERE id = $1",
        "UPDATE recipients SET due_at = x.d FROM unnest($1::uuid[], $2::bigint[]) AS x (i, d) WHERE recipients.id = x.i",
    ];
    const SUPPRESS: [&str; 2] = [
        "UPDATE recipients SET state = 'suppressed', reason = $2 WHERE id = $1",
        "UPDATE recipients SET state = 'suppressed', reason = x.r
           FROM unnest($1::uuid[], $2::text[]) AS x (i, r) WHERE recipients.id = x.i",
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

/// New slots for attempts that missed theirs: the old ones are given up, so that calls never bunch.
///
/// # Errors
/// When the database fails; the attempts keep their old slots and lapse.
pub fn take_new_slots(
    tx: &mut Tx<'_>,
    account_sid: &str,
    rate: SlotRate,
    from: Timestamp,
    count: usize,
) -> Result<Vec<Timestamp>, StoreError> {
    let name = limiters::of_account(account_sid);
    let next = limiters::lock(tx, &name)?;
    let (slots, next) = rate.take(next, from, Timestamp::MAX, count);
    limiters::save(tx, &name, next)?;
    Ok(slots)
}
