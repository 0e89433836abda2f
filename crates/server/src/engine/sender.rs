//! The one request of an attempt.
//!
//! A sender waits for its slot, looks once more (deadline by two clocks, epoch, do-not-call list, hours), asks the
//! carrier once, and says what came of it. Nothing here or below repeats a request. A sender that dies leaves a
//! reservation that the reconciler takes for uncertain.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use carillon_domain::attempt::AttemptEvent;
use carillon_domain::campaign_settings::{AnsweringMachine, CALL_TIME_LIMIT_S, CampaignSettings};
use carillon_domain::facts::Fact;
use carillon_domain::limits::{SLOT_LATENESS_MAX, SlotRate};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::carriers::Line;
use super::snapshot::opening_of;
use super::{Engine, control};
use crate::clock::Busy;
use crate::failpoint;
use crate::store::claims::{self, Reserved};
use crate::store::ledger::Heard;
use crate::store::{Lane, StoreError, accounts, attempts};
use crate::telephony::place_call::{DetectionMode, MachineDetection, Recording, StatusEvent};
use crate::telephony::{CallbackUrls, NotSentReason, PlaceCall, PlaceCallError, Placed, RefusalVerdict};

/// New slots an attempt may take before it is given up.
const NEW_SLOTS_MAX: u32 = 20;
/// A reservation whose campaign was paused meanwhile is due again at once; its recipient waits for the resume.
const AT_ONCE: SignedDuration = SignedDuration::ZERO;
/// After a refusal that leaves the recipient untouched.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_secs(60);
/// The carrier's own queue is longer than this: we are too fast for the account.
const QUEUE_TIME_MAX_MS: u64 = 2_000;
/// Between two tries to write what came of a request.
const WRITE_AGAIN_AFTER: SignedDuration = SignedDuration::from_millis(200);

/// A reservation with all its sender needs.
pub(super) struct Job {
    pub reservation: Reserved,
    pub line: Line,
    pub settings: Arc<CampaignSettings>,
    pub organization: Uuid,
    pub account_sid: String,
    pub rate: SlotRate,
    /// The carrier failed before: a call that it takes ends the pauses.
    pub recovering: bool,
}

/// Why a reservation is given up unsent, and when its recipient is due again.
enum GiveUp {
    /// Nothing is known to have changed; as before.
    Again(SignedDuration),
    /// It must be looked at anew: the list or the hours hold it.
    Recheck,
}

/// Starts the sender of a reservation.
pub(super) fn start(engine: &Arc<Engine>, job: Job) {
    engine.senders.fetch_add(1, Ordering::Relaxed);
    let engine = Arc::clone(engine);
    let busy = engine.clock.busy();
    tokio::spawn(async move { send(engine, job, busy).await });
}

async fn send(engine: Arc<Engine>, job: Job, _busy: Busy) {
    let claimed_at_boot = engine.clock.since_boot();
    let claimed_at = engine.clock.now();
    let heard = match wait_and_check(&engine, &job, (claimed_at, claimed_at_boot)).await {
        Ok(()) => request(&engine, &job).await,
        Err(GiveUp::Again(after)) => not_sent(&job, engine.clock.now() + after),
        Err(GiveUp::Recheck) => not_sent(&job, engine.clock.now()),
    };
    say(&engine, heard).await;
    engine.senders.fetch_sub(1, Ordering::Relaxed);
    engine.dial.nudge();
}

fn not_sent(job: &Job, again_at: Timestamp) -> Heard {
    Heard { again_at: Some(again_at), ..Heard::of(job.reservation.token.as_str(), AttemptEvent::NotSent) }
}

/// Writes what came of a request, again and again until it is durable: an answer must not be lost while this
/// process lives.
async fn say(engine: &Engine, heard: Heard) {
    while let Err(error) = engine.listener.hear(vec![heard.clone()]).await {
        tracing::error!(%error, "what came of a call could not be written yet");
        engine.clock.sleep_until(engine.clock.now() + WRITE_AGAIN_AFTER).await;
    }
}

/// Waits for the slot, taking a new one when it is missed, and looks once more.
async fn wait_and_check(engine: &Engine, job: &Job, claimed: (Timestamp, std::time::Duration)) -> Result<(), GiveUp> {
    let mut slot = job.reservation.send_at;
    for _ in 0..=NEW_SLOTS_MAX {
        wait_for_slot(engine, job, slot).await?;
        look_once_more(engine, job, claimed).await?;
        let now = engine.clock.now();
        if now.duration_since(slot) <= SLOT_LATENESS_MAX {
            return Ok(());
        }
        slot = new_slot(engine, job, now).await.map_err(|_| GiveUp::Again(AT_ONCE))?;
    }
    Err(GiveUp::Again(AT_ONCE))
}

/// Sleeps until the slot, unless the campaign's epoch goes up first.
async fn wait_for_slot(engine: &Engine, job: &Job, slot: Timestamp) -> Result<(), GiveUp> {
    loop {
        let recalled = engine.recall.notified();
        if engine.clock.now() >= slot {
            return Ok(());
        }
        tokio::select! {
            () = engine.clock.sleep_until(slot) => return Ok(()),
            () = recalled => look_at_campaign(engine, job).await?,
        }
    }
}

async fn new_slot(engine: &Engine, job: &Job, now: Timestamp) -> Result<Timestamp, StoreError> {
    let (account, rate) = (job.account_sid.clone(), job.rate);
    let from = now + SignedDuration::from_millis(5);
    let slots =
        engine.store.write(Lane::Dialing, move |tx| claims::take_new_slots(tx, &account, rate, from, 1)).await?;
    slots.first().copied().ok_or_else(|| StoreError::Statement("no slot was given".to_owned()))
}

/// Deadline by both clocks, campaign, do-not-call list, hours: in that order.
async fn look_once_more(
    engine: &Engine,
    job: &Job,
    (at, boot): (Timestamp, std::time::Duration),
) -> Result<(), GiveUp> {
    let now = engine.clock.now();
    // A wall clock that was set back must not make an old reservation young.
    let lived = engine.clock.since_boot().saturating_sub(boot);
    let lived = SignedDuration::try_from(lived).unwrap_or(SignedDuration::MAX);
    if now > job.reservation.deadline_at || at + lived > job.reservation.deadline_at {
        return Err(GiveUp::Again(AT_ONCE));
    }
    look_at_campaign(engine, job).await?;
    if !opening_of(&job.settings, &job.reservation.zones, now).is_open() {
        return Err(GiveUp::Recheck);
    }
    Ok(())
}

async fn look_at_campaign(engine: &Engine, job: &Job) -> Result<(), GiveUp> {
    let (attempt, epoch) = (job.reservation.attempt, job.reservation.epoch);
    let check = engine.store.read(move |tx| attempts::send_check(tx, attempt, epoch)).await;
    match check {
        Ok(check) if check.is_current && !check.do_not_call => Ok(()),
        Ok(_) => Err(GiveUp::Recheck),
        // Without the database nothing is dialed.
        Err(_) => Err(GiveUp::Again(AT_ONCE)),
    }
}

/// Asks the carrier, once.
async fn request(engine: &Arc<Engine>, job: &Job) -> Heard {
    let Some(call) = place_call(job) else { return not_sent(job, engine.clock.now() + AFTER_REFUSAL) };
    let before = engine.clock.since_boot();
    failpoint::hit("dial.before_write");
    let answer = failpoint::during("dial.after_write", job.line.carrier.place(call)).await;
    failpoint::hit("dial.after_response_before_commit");
    let took = engine.clock.since_boot().saturating_sub(before);
    metrics::histogram!("carillon_carrier_request_seconds", "request" => "place").record(took.as_secs_f64());
    let now = engine.clock.now();
    match answer {
        Ok(placed) => accepted(engine, job, placed, now).await,
        Err(error) => failed(engine, job, error, now).await,
    }
}

fn place_call(job: &Job) -> Option<PlaceCall> {
    let reservation = &job.reservation;
    let urls = CallbackUrls::try_new(&job.line.public_url, &reservation.token)?;
    let detection = |mode| MachineDetection::Async { callback_url: urls.detection(), mode };
    Some(PlaceCall {
        to: reservation.phone.clone(),
        from: reservation.from.clone(),
        url: urls.initiate(),
        fallback_url: None,
        status_callback: urls.status(),
        status_events: StatusEvent::ALL.to_vec(),
        ring_timeout_s: u16::try_from(job.settings.ring_timeout_s).unwrap_or(u16::MAX),
        time_limit_s: CALL_TIME_LIMIT_S,
        machine_detection: match job.settings.answering_machine {
            AnsweringMachine::Off => MachineDetection::Off,
            AnsweringMachine::HangUp => detection(DetectionMode::Enable),
            AnsweringMachine::LeaveMessage => detection(DetectionMode::DetectMessageEnd),
        },
        recording: Recording::Off,
    })
}

async fn accepted(engine: &Arc<Engine>, job: &Job, placed: Placed, now: Timestamp) -> Heard {
    metrics::counter!("carillon_calls_placed_total").increment(1);
    engine.breaker.answered(job.organization);
    if job.recovering {
        clear_back_off(engine, job.organization).await;
    }
    let queue_time_ms = placed.queue_time_ms.unwrap_or(0);
    if queue_time_ms > QUEUE_TIME_MAX_MS {
        // Somebody else uses the account, or its rate is lower than set: what is queued there cannot be paced here.
        let pause = SignedDuration::from_millis(i64::try_from(queue_time_ms).unwrap_or(0));
        back_off(engine, job, pause, "the carrier has calls of ours waiting in its own queue").await;
    }
    let token = job.reservation.token.as_str();
    Heard { queue_time_ms, ..Heard::fact(token, Some(placed.sid.as_str().to_owned()), Fact::Accepted { at: now }) }
}

async fn failed(engine: &Arc<Engine>, job: &Job, error: PlaceCallError, now: Timestamp) -> Heard {
    metrics::counter!("carillon_carrier_errors_total").increment(1);
    match error {
        PlaceCallError::NotSent { reason, retry_after_s } => {
            let asked = SignedDuration::from_secs(i64::from(retry_after_s.unwrap_or(0)));
            let words = match reason {
                NotSentReason::Unreachable(_) => "the carrier cannot be reached",
                NotSentReason::TooManyRequests => "the carrier asks for fewer requests at once",
            };
            not_sent(job, back_off(engine, job, asked, words).await)
        }
        PlaceCallError::Uncertain { reason } => {
            tracing::warn!(attempt = %job.reservation.attempt, reason, "it is not known whether a call was placed");
            if engine.breaker.is_tripped_by(job.organization) {
                back_off(engine, job, SignedDuration::ZERO, "the carrier does not answer").await;
            }
            Heard::of(job.reservation.token.as_str(), AttemptEvent::Uncertain)
        }
        PlaceCallError::Rejected { code, message, verdict, .. } => {
            tracing::warn!(attempt = %job.reservation.attempt, code, "the carrier refused a call");
            engine.breaker.answered(job.organization);
            rejected(engine, job, (code, message, verdict), now).await
        }
    }
}

async fn rejected(
    engine: &Arc<Engine>,
    job: &Job,
    (code, message, verdict): (u32, String, RefusalVerdict),
    now: Timestamp,
) -> Heard {
    match verdict {
        RefusalVerdict::NumberImpossible => {
            Heard::of(job.reservation.token.as_str(), AttemptEvent::Refused { error_code: Some(code), at: now })
        }
        RefusalVerdict::Transient => {
            not_sent(job, back_off(engine, job, SignedDuration::ZERO, "the carrier is busy").await)
        }
        RefusalVerdict::CredentialsRefused => {
            control::fail_all(engine, job.organization, code, &message).await;
            not_sent(job, now)
        }
        RefusalVerdict::CountryNotAllowed
        | RefusalVerdict::CallerIdRefused
        | RefusalVerdict::Configuration
        | RefusalVerdict::RequestFault => Heard { refused_code: Some(code), ..not_sent(job, now + AFTER_REFUSAL) },
    }
}

async fn clear_back_off(engine: &Engine, organization: Uuid) {
    let cleared = engine.store.write(Lane::Dialing, move |tx| accounts::clear_back_off(tx, organization)).await;
    if let Err::<(), StoreError>(error) = cleared {
        tracing::warn!(%error, "the end of a pause could not be written; the next one begins longer");
    }
}

/// Pauses the claims of the organization. Returns when they go on, with some spread.
async fn back_off(engine: &Engine, job: &Job, at_least: SignedDuration, reason: &'static str) -> Timestamp {
    let (organization, now) = (job.organization, engine.clock.now());
    let paused =
        engine.store.write(Lane::Dialing, move |tx| accounts::back_off(tx, organization, now, at_least, reason)).await;
    let until = paused.unwrap_or_else(|error: StoreError| {
        tracing::error!(%error, "a pause could not be written");
        now + SignedDuration::from_secs(1)
    });
    let [spread] = engine.chance.bytes::<1>();
    until + SignedDuration::from_millis(i64::from(spread) * 4)
}
