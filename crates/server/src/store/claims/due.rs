//! Who is due in a bucket, and whether the rules let them be called at this moment.
//!
//! One statement reads a recipient with all that decides: do-not-call list, attempts of the day, a live call. Under
//! the limiter's lock none of it can change before the claim commits.

use std::collections::HashSet;

use carillon_domain::calling_hours::{CallLength, next_local_day, opening};
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::recipient::{DueReason, RecipientState};
use carillon_domain::suppression::SuppressionReason;
use carillon_domain::time_zones::ZoneSet;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{BucketClaim, ClaimRequest, RunClaim};
use crate::params;
use crate::store::{Sql, StoreError, Tx};

/// A number that is being called now is looked at again after this, or when its call must be over.
const BUSY_NUMBER_WAIT: SignedDuration = SignedDuration::from_secs(30);

/// A due recipient with all that decides about it.
pub(super) struct Due {
    pub(super) id: Uuid,
    pub(super) phone: String,
    pub(super) attempts: i64,
    pub(super) from: Option<String>,
    pub(super) state: RecipientState,
    pub(super) do_not_call: bool,
    pub(super) attempts_today: i64,
    pub(super) live_until: Option<Timestamp>,
}

/// What may be done with one due recipient.
pub(super) enum Verdict {
    Call(PhoneNumber),
    Later(Timestamp, DueReason),
    Suppress(SuppressionReason),
}

/// Who of those that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// People with an appointment: retries, who was put off, and the first people of a test.
    Appointed,
    /// People who may be called at any time. They come after the others: a retry's delay is a promise, and whoever
    /// has not been called yet waits for nothing.
    Anytime,
}

impl Turn {
    /// In the order in which they are called. In a test of the first people these alone have a due time.
    pub(super) const fn of(first_max: Option<i64>) -> &'static [Self] {
        match first_max {
            None => &[Self::Appointed, Self::Anytime],
            Some(_) => &[Self::Appointed],
        }
    }

    /// After the first and until the second of these instants they became due.
    const fn due_between(self, now: Timestamp) -> (Timestamp, Timestamp) {
        match self {
            Self::Appointed => (Timestamp::UNIX_EPOCH, now),
            Self::Anytime => (Timestamp::MIN, Timestamp::UNIX_EPOCH),
        }
    }
}

/// Recipients of a bucket whose next attempt is due, oldest first, at most `limit`, locked.
pub(super) fn due(
    tx: &mut Tx<'_>,
    request: &ClaimRequest,
    (run, bucket): (&RunClaim, &BucketClaim),
    turn: Turn,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    const COLUMNS: Sql = Sql::Split {
        sqlite: "SELECT r.id, r.phone, r.attempts, r.from_number, r.state,
                CAST(EXISTS (SELECT 1 FROM do_not_call d WHERE d.organization_id = $5 AND d.phone = r.phone) AS INTEGER),
                (SELECT count(*) FROM attempts a WHERE a.organization_id = $5 AND a.phone = r.phone
                    AND a.reserved_at >= $6 AND a.state <> 'not_sent'),
                (SELECT l.hold_until FROM live_calls l WHERE l.organization_id = $5 AND l.phone = r.phone)
           FROM recipients r
          WHERE r.run_id = $1 AND r.bucket = $2 AND r.state IN ('pending', 'retrying') AND r.due_at > $7 AND r.due_at <= $3
          ORDER BY r.due_at LIMIT $4",
        postgres: "SELECT r.id, r.phone, r.attempts, r.from_number, r.state,
                CAST(CASE WHEN EXISTS (SELECT 1 FROM do_not_call d WHERE d.organization_id = $5 AND d.phone = r.phone)
                     THEN 1 ELSE 0 END AS BIGINT),
                (SELECT count(*) FROM attempts a WHERE a.organization_id = $5 AND a.phone = r.phone
                    AND a.reserved_at >= $6 AND a.state <> 'not_sent'),
                (SELECT l.hold_until FROM live_calls l WHERE l.organization_id = $5 AND l.phone = r.phone)
           FROM recipients r
          WHERE r.run_id = $1 AND r.bucket = $2 AND r.state IN ('pending', 'retrying') AND r.due_at > $7 AND r.due_at <= $3
          ORDER BY r.due_at LIMIT $4 FOR UPDATE OF r SKIP LOCKED",
    };
    let (after, until) = turn.due_between(request.now);
    let params = params![run.run, bucket.bucket, until, limit, request.organization, bucket.day_start, after];
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
pub(super) fn judge(
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
        let again = live_until.min(request.now + BUSY_NUMBER_WAIT).max(request.now + SignedDuration::from_secs(1));
        return Verdict::Later(again, DueReason::NumberInUse);
    }
    if claimed_now.contains(&due.phone) {
        return Verdict::Later(request.now + BUSY_NUMBER_WAIT, DueReason::NumberInUse);
    }
    if request.attempts_per_number_per_day.is_some_and(|cap| due.attempts_today >= i64::from(cap)) {
        let tomorrow = next_local_day(&bucket.zones, request.now);
        return Verdict::Later(open_from(run, &bucket.zones, tomorrow), DueReason::DailyCap);
    }
    Verdict::Call(phone)
}

/// The first instant from `at` on at which the hours are open; `at` itself when none is found.
fn open_from(run: &RunClaim, zones: &ZoneSet, at: Timestamp) -> Timestamp {
    let call = CallLength { ring_timeout_s: run.ring_timeout_s };
    opening(&run.recipient_hours, run.calling_hours.as_ref(), zones, call, at).from(at)
}

/// A retry keeps its number; others take the caller ids in turn.
pub(super) fn from_number(run: &RunClaim, due: &Due, claimed: usize) -> PhoneNumber {
    let kept = due.from.as_deref().and_then(|text| run.caller_ids.iter().find(|id| id.as_str() == text));
    *kept.unwrap_or(&run.caller_ids[(run.turn + claimed) % run.caller_ids.len()])
}
