//! The claim: one durable transaction after which an attempt may be sent, once.
//!
//! Under the organization's and the account's limiter rows it counts the live calls, reads who is due, and
//! writes attempt, live call, recipient and counters together. Whatever it reads here (campaign status and
//! epoch, do-not-call list, attempts of the day) cannot change before its commit. It sends nothing.

mod due;
mod writes;

use carillon_domain::calling_hours::{CallingHours, RecipientHours};
use carillon_domain::limits::SlotRate;
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Sql, StoreError, Tx, limiters};
use crate::params;
use due::{Turn, Verdict, due, from_number, judge};
use writes::{Writes, flush};

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
    /// From then on nobody is called.
    pub useless_after: Option<Timestamp>,
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
    let Some((epoch, turns)) = active_epoch(tx, run.campaign)? else { return Ok(()) };
    let mut lines = match run.lines_max {
        Some(max) => max.saturating_sub(live_calls_of_campaign(tx, run.campaign)?),
        None => u32::MAX,
    };
    let mut left = run.count;
    let buckets = || run.buckets.iter();
    for (turn, bucket) in turns.iter().flat_map(|turn| buckets().map(move |bucket| (*turn, bucket))) {
        if left == 0 {
            break;
        }
        for due in due(tx, request, (run, bucket), turn, left)? {
            let slot = own_slot.map_or(budget.slot, |own| own.max(budget.slot));
            let is_useless = run.useless_after.is_some_and(|end| slot >= end);
            if left == 0 || lines == 0 || budget.lines == 0 || slot > request.send_until || is_useless {
                break;
            }
            let key = (run.run, bucket.bucket);
            match judge(request, run, bucket, &due, &writes.phones) {
                Verdict::Later(at, reason) => writes.postpone(&due, (at, reason)),
                Verdict::Suppress(reason) => writes.suppress(key, &due, (reason, request.now)),
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

/// The campaign's epoch, held still until the commit, and whose turn it is; `None` unless it is active.
fn active_epoch(tx: &mut Tx<'_>, campaign: Uuid) -> Result<Option<(i64, &'static [Turn])>, StoreError> {
    const QUERY: Sql = Sql::Split {
        sqlite: "SELECT epoch, first_max FROM campaigns WHERE id = $1 AND status = 'active'",
        postgres: "SELECT epoch, first_max FROM campaigns WHERE id = $1 AND status = 'active' FOR SHARE",
    };
    tx.query_opt(QUERY, params![campaign], |row| Ok((row.get(0)?, Turn::of(row.get(1)?))))
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
