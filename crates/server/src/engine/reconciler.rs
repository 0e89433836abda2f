//! The reaper of every unfinished attempt: asks the carrier what became of calls that are not told about.
//!
//! One index, `attempts.check_at`, says which attempt to look at and when; each state's reaper is a function
//! here. A look is a lease, so that a dead node's work comes back. It asks and never dials: an attempt that
//! nobody can account for ends as `unknown`. A call that waits in the carrier's own queue until after the hours is
//! canceled there; its recipient is due again.

use std::sync::Arc;

use carillon_domain::attempt::{AttemptEvent, AttemptState};
use carillon_domain::facts::Fact;
use carillon_domain::phone_number::PhoneNumber;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::carriers::Line;
use super::snapshot::{Openings, opening_of};
use super::{Engine, control};
use crate::clock::Busy;
use crate::failpoint;
use crate::store::attempts::AttemptView;
use crate::store::ledger::{Heard, StaleCall};
use crate::store::{Lane, StoreError, accounts, attempts, campaigns, recipients};
use crate::telephony::{CallSid, CallStatus, CarrierCall, CarrierError, ListCalls, Started};
use crate::vitals::Tick;

/// Attempts of one tick.
const CHECKS_PER_TICK_MAX: u32 = 50;
/// Attempts asked about at once: a carrier that is slow must not hold up all of them.
const LOOKS_AT_ONCE: usize = 8;
/// Calls may talk for long, and all that a look can find is a lost end: they are looked at so much less often.
const TALKING_LEASES: i32 = 2;
/// After a failed look at the database.
const RETRY_AFTER: SignedDuration = SignedDuration::from_secs(5);
/// The carrier's clock may be this far behind ours when calls are matched by time.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(30);
/// A call that the carrier tells nothing of is asked for this often before it is given up: longer than it may last.
const LOOKS_MAX: i64 = 200;

impl Engine {
    /// The reconciler looks no later than this.
    pub(super) fn check_before(&self, at: Option<Timestamp>) {
        let sooner = at.is_some_and(|at| {
            self.next_look.fetch_min(at.as_microsecond(), std::sync::atomic::Ordering::Relaxed) > at.as_microsecond()
        });
        if sooner {
            self.check.nudge();
        }
    }
}

/// Looks until the task is ended.
pub(super) async fn run(engine: Arc<Engine>, _busy: Busy) {
    loop {
        let now = engine.clock.now();
        let wake = match tick(&engine, now).await {
            Ok(wake) => wake,
            Err(error) => {
                tracing::warn!(%error, "unfinished attempts could not be looked at");
                now + RETRY_AFTER
            }
        };
        engine.next_look.store(wake.as_microsecond(), std::sync::atomic::Ordering::Relaxed);
        engine.vitals.ticked("reconciler", Tick { at: now, next: wake });
        engine.check.wait_until(wake).await;
    }
}

/// Looks at what is due. Returns when to look again.
async fn tick(engine: &Arc<Engine>, now: Timestamp) -> Result<Timestamp, StoreError> {
    let lease = engine.bounds.look_lease;
    loop {
        let due = engine
            .store
            .write(Lane::Dialing, move |tx| {
                attempts::take_to_check(tx, now, |state| lease_of(state, lease), CHECKS_PER_TICK_MAX)
            })
            .await?;
        let is_last = due.len() < CHECKS_PER_TICK_MAX as usize;
        look_at_all(engine, due, now).await?;
        if is_last {
            break;
        }
    }
    let next: Option<Timestamp> = engine.store.read(attempts::next_check).await?;
    let poll = now + engine.bounds.poll;
    Ok(next.map_or(poll, |next| next.min(poll)))
}

async fn look_at_all(engine: &Arc<Engine>, due: Vec<AttemptView>, now: Timestamp) -> Result<(), StoreError> {
    use futures_util::StreamExt as _;
    let looks = due.into_iter().map(|attempt| async move { look(engine, &attempt, now).await });
    let looked: Vec<_> = futures_util::stream::iter(looks).buffer_unordered(LOOKS_AT_ONCE).collect().await;
    looked.into_iter().collect()
}

/// How long others leave an attempt alone; without news it is looked at again after this.
fn lease_of(state: AttemptState, lease: SignedDuration) -> SignedDuration {
    if state == AttemptState::Talking { lease * TALKING_LEASES } else { lease }
}

async fn look(engine: &Arc<Engine>, attempt: &AttemptView, now: Timestamp) -> Result<(), StoreError> {
    let heard = match attempt.state {
        // Its owner said nothing within its deadline: it is dead or frozen, and the request may have left.
        AttemptState::Reserved => vec![Heard::of(attempt.token.as_str(), AttemptEvent::Uncertain)],
        AttemptState::Uncertain => search(engine, attempt, now).await?,
        _ => ask(engine, attempt, now).await?,
    };
    engine.listener.hear(heard).await
}

async fn line(engine: &Engine, attempt: &AttemptView) -> Result<Option<Line>, StoreError> {
    let organization = attempt.organization;
    let account = engine.store.read(move |tx| accounts::of_organization(tx, organization)).await?;
    Ok(account.and_then(|account| engine.carriers.line(&account).ok()))
}

/// An accepted, ringing, talking or judged call: asks for it by its id.
async fn ask(engine: &Arc<Engine>, attempt: &AttemptView, now: Timestamp) -> Result<Vec<Heard>, StoreError> {
    let token = attempt.token.as_str();
    let sid = attempt.call_sid.as_deref().and_then(CallSid::parse);
    let (Some(sid), Some(line)) = (sid, line(engine, attempt).await?) else {
        return Ok(given_up(attempt, now));
    };
    let heard = match line.carrier.fetch(&sid).await {
        Ok(Some(call)) => {
            if call.status == Some(CallStatus::Queued) && begins_too_late(engine, attempt, &call, now).await? {
                tracing::info!(attempt = %attempt.id, "a call waits at the carrier until after the hours; it is canceled");
                control::cancel_stale(engine, stale(attempt, &sid));
            }
            facts(token, &call, now)
        }
        Ok(None) => Vec::new(),
        Err(error) => {
            tracing::warn!(%error, attempt = %attempt.id, "the carrier could not be asked about a call");
            return Ok(given_up(attempt, now));
        }
    };
    if attempt.state == AttemptState::Judging {
        // The end is known; a verdict that the call itself does not carry will not come any more.
        return Ok([heard, vec![Heard::fact(token, None, Fact::DetectionGivenUp)]].concat());
    }
    Ok(if heard.is_empty() { given_up(attempt, now) } else { heard })
}

/// Whether a call in the carrier's own queue would ring somebody outside the hours, or when it is useless: by the wait
/// that the carrier announced or, where that is over, by the time of the next look.
async fn begins_too_late(
    engine: &Engine,
    attempt: &AttemptView,
    call: &CarrierCall,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (campaign, recipient) = (attempt.campaign, attempt.recipient);
    let found = engine.store.read(move |tx| {
        Ok::<_, StoreError>((campaigns::find_any(tx, campaign)?, recipients::find_by_id(tx, recipient)?))
    });
    let (Some(campaign), Some(recipient)) = found.await? else { return Ok(false) };
    let wait = SignedDuration::from_millis(i64::try_from(call.queue_time_ms.unwrap_or(0)).unwrap_or(0));
    let announced = call.created_at.unwrap_or(attempt.send_at) + wait;
    let begins_at = if announced > now { announced } else { now + engine.bounds.look_lease };
    let zones = Openings::default().zones(&recipient.zones);
    let settings = &campaign.settings;
    Ok(!opening_of(settings, &zones, begins_at).is_open() || settings.is_useless_at(begins_at))
}

fn stale(attempt: &AttemptView, sid: &CallSid) -> StaleCall {
    StaleCall {
        campaign: attempt.campaign,
        organization: attempt.organization,
        call_sid: sid.as_str().to_owned(),
        token: attempt.token.clone(),
    }
}

/// The carrier does not tell of a call, and has not for so many looks that it must be over: unknown.
fn given_up(attempt: &AttemptView, now: Timestamp) -> Vec<Heard> {
    if attempt.checks < LOOKS_MAX {
        return Vec::new();
    }
    let event = match attempt.state {
        AttemptState::Uncertain => AttemptEvent::NothingFound { at: now },
        _ => AttemptEvent::Lost { at: now },
    };
    vec![Heard::of(attempt.token.as_str(), event)]
}

fn facts(token: &str, call: &CarrierCall, now: Timestamp) -> Vec<Heard> {
    let sid = call.sid.as_ref().map(|sid| sid.as_str().to_owned());
    call.facts(now).into_iter().map(|fact| Heard::fact(token, sid.clone(), fact)).collect()
}

/// An uncertain attempt: looks through the carrier's calls to that number. What matches number, caller id and
/// time is ours only if one of its own requests carries our token.
async fn search(engine: &Engine, attempt: &AttemptView, now: Timestamp) -> Result<Vec<Heard>, StoreError> {
    let Some(line) = line(engine, attempt).await? else { return Ok(given_up(attempt, now)) };
    let (candidates, complete) = match candidates(&line, attempt, now).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, attempt = %attempt.id, "the carrier's calls could not be searched");
            return Ok(given_up(attempt, now));
        }
    };
    for call in &candidates {
        let Some(sid) = &call.sid else { continue };
        let known = sid.as_str().to_owned();
        let is_bound = engine.store.read(move |tx| attempts::is_bound(tx, &known)).await?;
        if !is_bound && carries_token(&line, sid, &attempt.token).await {
            let accepted = Heard::fact(
                attempt.token.as_str(),
                Some(sid.as_str().to_owned()),
                Fact::Accepted { at: attempt.send_at },
            );
            failpoint::hit("reconcile.before_bind");
            return Ok([vec![accepted], facts(&attempt.token, call, now)].concat());
        }
    }
    let searched_long = now.duration_since(attempt.send_at) >= engine.bounds.search_for;
    let searched_often = attempt.checks >= i64::from(engine.bounds.searches_min);
    // A call that matches but has no requests yet may still be ours: keep looking.
    let nothing_there = complete && candidates.iter().all(|call| call.status != Some(CallStatus::Queued));
    if searched_long && searched_often && nothing_there {
        return Ok(vec![Heard::of(attempt.token.as_str(), AttemptEvent::NothingFound { at: now })]);
    }
    Ok(Vec::new())
}

/// Calls from and to these numbers since the attempt, by both days on which it may have begun and those that
/// have not begun. False: the carrier had more than it showed.
async fn candidates(
    line: &Line,
    attempt: &AttemptView,
    now: Timestamp,
) -> Result<(Vec<CarrierCall>, bool), CarrierError> {
    let Ok(to) = PhoneNumber::from_e164(&attempt.phone) else { return Ok((Vec::new(), true)) };
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let mut filters = vec![
        ListCalls { to: Some(to), status: Some(CallStatus::Queued), ..ListCalls::default() },
        ListCalls { to: Some(to), started: Some(Started::On(day(attempt.send_at))), ..ListCalls::default() },
    ];
    if day(now) != day(attempt.send_at) {
        filters.push(ListCalls { to: Some(to), started: Some(Started::On(day(now))), ..ListCalls::default() });
    }
    let (mut calls, mut complete) = (Vec::new(), true);
    for filter in filters {
        let list = line.carrier.list(filter).await?;
        complete &= list.next.is_none();
        calls.extend(list.calls.into_iter().filter(|call| matches(call, attempt)));
    }
    Ok((calls, complete))
}

fn matches(call: &CarrierCall, attempt: &AttemptView) -> bool {
    let from_fits = call.from.as_deref().is_none_or(|from| from == attempt.from);
    let created = call.created_at.or(call.started_at);
    from_fits && created.is_none_or(|at| at + CLOCK_TOLERANCE >= attempt.send_at)
}

async fn carries_token(line: &Line, sid: &CallSid, token: &str) -> bool {
    match line.carrier.events(sid).await {
        Ok(events) => events.iter().any(|event| event.mentions(token)),
        Err(error) => {
            tracing::warn!(%error, "the requests of a call could not be read");
            false
        }
    }
}
