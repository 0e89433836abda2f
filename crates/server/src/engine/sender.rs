//! The one request of an attempt.
//!
//! A sender is started at its slot (see [`super::volley`]), asks the carrier once, and says what came of it. Nothing
//! here or below repeats a request. A sender that dies leaves a reservation that the reconciler takes for uncertain.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use carillon_domain::attempt::AttemptEvent;
use carillon_domain::campaign_settings::{AnsweringMachine, CALL_TIME_LIMIT_S, CampaignSettings};
use carillon_domain::facts::Fact;
use carillon_domain::limits::SlotRate;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::carriers::Line;
use super::{Engine, control};
use crate::clock::Busy;
use crate::failpoint;
use crate::store::claims::Reserved;
use crate::store::ledger::{CARRIER_QUEUE_MAX_MS, Heard};
use crate::store::{Lane, StoreError, accounts};
use crate::telephony::place_call::{DetectionMode, MachineDetection, Recording, StatusEvent};
use crate::telephony::{CallbackUrls, NotSentReason, PlaceCall, PlaceCallError, Placed, RefusalVerdict};
use crate::vitals::Answer;

/// After a refusal that leaves the recipient untouched.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_secs(60);
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

/// Sends a reservation now.
pub(super) fn start(engine: &Arc<Engine>, job: Job) {
    let engine = Arc::clone(engine);
    let busy = engine.clock.busy();
    tokio::spawn(async move {
        let heard = request(&engine, &job).await;
        say(&engine, vec![heard], busy).await;
    });
}

/// Says of reservations that they were not sent: due again at once, so that the next claim looks at them anew.
pub(super) fn give_up(engine: &Arc<Engine>, jobs: &[Job]) {
    if jobs.is_empty() {
        return;
    }
    let engine = Arc::clone(engine);
    let busy = engine.clock.busy();
    let now = engine.clock.now();
    let heard = jobs.iter().map(|job| not_sent(job, now)).collect();
    tokio::spawn(async move { say(&engine, heard, busy).await });
}

fn not_sent(job: &Job, again_at: Timestamp) -> Heard {
    Heard { again_at: Some(again_at), ..Heard::of(job.reservation.token.as_str(), AttemptEvent::NotSent) }
}

/// Writes what came of requests, again and again until it is durable: an answer must not be lost while this
/// process lives. Then they are no longer under way.
async fn say(engine: &Engine, heard: Vec<Heard>, _busy: Busy) {
    while let Err(error) = engine.listener.hear(heard.clone()).await {
        tracing::error!(%error, "what came of a call could not be written yet");
        engine.clock.sleep_until(engine.clock.now() + WRITE_AGAIN_AFTER).await;
    }
    engine.senders.fetch_sub(heard.len(), Ordering::Relaxed);
    engine.dial.nudge();
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
    engine.vitals.asked_carrier(now, took, ending(&answer));
    match answer {
        Ok(placed) => accepted(engine, job, placed, now).await,
        Err(error) => failed(engine, job, error, now).await,
    }
}

/// A refusal is an answer, too; that the carrier is busy is none.
fn ending(answer: &Result<Placed, PlaceCallError>) -> Answer {
    match answer {
        Ok(_) => Answer::Given,
        Err(PlaceCallError::Rejected { verdict: RefusalVerdict::Transient, .. }) => Answer::Missing,
        Err(PlaceCallError::Rejected { .. }) => Answer::Given,
        Err(PlaceCallError::NotSent { .. } | PlaceCallError::Uncertain { .. }) => Answer::Missing,
    }
}

fn place_call(job: &Job) -> Option<PlaceCall> {
    let reservation = &job.reservation;
    let urls = CallbackUrls::try_new(&job.line.public_url, &reservation.token)?;
    let detection = |mode| MachineDetection::Async { callback_url: urls.detection(), mode };
    Some(PlaceCall {
        to: reservation.phone,
        from: reservation.from,
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
    if queue_time_ms > CARRIER_QUEUE_MAX_MS {
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
