//! One call: what was asked for, what has happened to it, and the mailbox of its task.
//!
//! [`CallSeen`] is the carrier's record, for the API and the ledger alike. It moves only through [`Call::advance`],
//! which refuses what a telephone cannot do; no final status ever changes.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    behavior::Behavior,
    callbacks::Delivery,
    config::Mix,
    ledger::WebhookSeen,
    mailbox::Mailbox,
    order::{CallOrder, StatusOrder},
    status::{CallStatus, Direction},
};

/// How many webhooks and notifications a call remembers.
const REMEMBERED_MAX: usize = 200;

/// Something the carrier noted about a call.
#[derive(Clone, Debug, Serialize)]
pub struct Notification {
    /// `NO` and 32 hexadecimal digits.
    pub sid: String,
    /// The carrier's error code.
    pub code: u32,
    /// Whether it only warns.
    pub warning: bool,
    /// What happened.
    pub message: String,
    /// The request it is about.
    pub url: String,
    /// When.
    pub at: Timestamp,
}

/// The carrier's record of a call.
#[derive(Clone, Debug, Serialize)]
pub struct CallSeen {
    /// Its place among all calls.
    pub index: u64,
    /// `CA` and 32 hexadecimal digits.
    pub sid: String,
    /// The call whose TwiML dialed this one.
    pub parent_sid: Option<String>,
    /// Who was called.
    pub to: String,
    /// The number shown.
    pub from: String,
    /// How it came to be.
    pub direction: Direction,
    /// The how-manieth call to that number.
    pub nth: u32,
    /// Where it stands.
    pub status: CallStatus,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When dialing began.
    pub dialed_at: Option<Timestamp>,
    /// When it began to ring.
    pub ringing_at: Option<Timestamp>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Simulated seconds from answer to end.
    pub duration_s: Option<u64>,
    /// The verdict of detection.
    pub answered_by: Option<&'static str>,
    /// How long detection took, in simulated milliseconds.
    pub detection_ms: Option<u64>,
    /// The network's final code.
    pub sip: Option<u16>,
    /// Everything spoken or played to the callee, in order.
    pub heard: Vec<String>,
    /// The keys that a verb of the document collected.
    pub digits: Vec<String>,
    /// Whether the callee heard the carrier's own error announcement.
    pub app_error_played: bool,
    /// What the carrier noted.
    pub notifications: Vec<Notification>,
    /// Recordings made of it.
    pub recordings: Vec<String>,
    /// When it entered a queue the last time.
    pub enqueued_at: Option<Timestamp>,
    /// When it was bridged with another leg the last time.
    pub bridged_at: Option<Timestamp>,
    /// The leg it was bridged with.
    pub bridged_with: Option<String>,
    /// Whether its record was deleted through the API.
    pub deleted: bool,
    /// Webhooks sent for it.
    #[serde(skip)]
    pub webhooks: Vec<Arc<WebhookSeen>>,
}

impl CallSeen {
    /// The record as it was at `at`; none if there was no call yet.
    pub(crate) fn as_of(&self, at: Timestamp) -> Option<CallSeen> {
        if self.created_at > at {
            return None;
        }
        let past = |instant: Option<Timestamp>| instant.filter(|instant| *instant <= at);
        let mut old = self.clone();
        (old.dialed_at, old.ringing_at) = (past(self.dialed_at), past(self.ringing_at));
        (old.answered_at, old.ended_at) = (past(self.answered_at), past(self.ended_at));
        if old.ended_at.is_none() {
            old.duration_s = None;
            old.status = match (old.dialed_at, old.ringing_at, old.answered_at) {
                (_, _, Some(_)) => CallStatus::InProgress,
                (_, Some(_), None) => CallStatus::Ringing,
                (Some(_), None, None) => CallStatus::Initiated,
                (None, None, None) => CallStatus::Queued,
            };
        }
        Some(old)
    }
}

/// One call.
pub(crate) struct Call {
    pub(crate) sid: String,
    pub(crate) direction: Direction,
    pub(crate) nth: u32,
    pub(crate) order: CallOrder,
    pub(crate) behavior: Behavior,
    pub(crate) mix: Mix,
    pub(crate) queue_time_ms: u64,
    pub(crate) mailbox: Mailbox,
    /// Its first callback has been sent before the create answer.
    pub(crate) early: AtomicBool,
    /// Where progress goes, as created or as changed since.
    pub(crate) status_order: Mutex<Option<StatusOrder>>,
    /// A callback that a fault holds back until the next one.
    pub(crate) held: Mutex<Option<Delivery>>,
    sequence: AtomicU32,
    fates: AtomicU32,
    seen: Mutex<CallSeen>,
}

/// What a new call is made from.
pub(crate) struct NewCall {
    pub(crate) sid: String,
    pub(crate) parent_sid: Option<String>,
    pub(crate) direction: Direction,
    pub(crate) order: CallOrder,
    pub(crate) behavior: Behavior,
    pub(crate) nth: u32,
    pub(crate) mix: Mix,
    pub(crate) queue_time_ms: u64,
    pub(crate) created_at: Timestamp,
}

impl Call {
    pub(crate) fn new(new: NewCall, mailbox: Mailbox) -> Call {
        let seen = CallSeen {
            index: 0,
            sid: new.sid.clone(),
            parent_sid: new.parent_sid,
            to: new.order.to.clone(),
            from: new.order.from.clone(),
            direction: new.direction,
            nth: new.nth,
            status: CallStatus::Queued,
            created_at: new.created_at,
            dialed_at: None,
            ringing_at: None,
            answered_at: None,
            ended_at: None,
            duration_s: None,
            answered_by: None,
            detection_ms: None,
            sip: None,
            heard: Vec::new(),
            digits: Vec::new(),
            app_error_played: false,
            notifications: Vec::new(),
            recordings: Vec::new(),
            enqueued_at: None,
            bridged_at: None,
            bridged_with: None,
            deleted: false,
            webhooks: Vec::new(),
        };
        Call {
            sid: new.sid,
            direction: new.direction,
            nth: new.nth,
            status_order: Mutex::new(new.order.status.clone()),
            early: AtomicBool::new(false),
            held: Mutex::new(None),
            sequence: AtomicU32::new(0),
            fates: AtomicU32::new(0),
            order: new.order,
            behavior: new.behavior,
            mix: new.mix,
            queue_time_ms: new.queue_time_ms,
            mailbox,
            seen: Mutex::new(seen),
        }
    }

    /// The record, to read or to add to; the status moves through [`Call::advance`] alone.
    pub(crate) fn seen(&self) -> MutexGuard<'_, CallSeen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the next progress event.
    pub(crate) fn next_sequence(&self) -> u32 {
        self.sequence.fetch_add(1, Ordering::Relaxed)
    }

    /// The number of the next throw of the callback dice.
    pub(crate) fn next_fate(&self) -> u64 {
        self.fates.fetch_add(1, Ordering::Relaxed).into()
    }

    pub(crate) fn status(&self) -> CallStatus {
        self.seen().status
    }

    /// Moves to `next` if the telephone allows it.
    pub(crate) fn advance(&self, next: CallStatus, now: Timestamp, speed: f64) -> bool {
        let mut seen = self.seen();
        if !seen.status.may_become(next) {
            return false;
        }
        seen.status = next;
        match next {
            CallStatus::Queued => {}
            CallStatus::Initiated => seen.dialed_at = Some(now),
            CallStatus::Ringing => seen.ringing_at = Some(now),
            CallStatus::InProgress => seen.answered_at = Some(now),
            CallStatus::Completed
            | CallStatus::Busy
            | CallStatus::Failed
            | CallStatus::NoAnswer
            | CallStatus::Canceled => {
                seen.ended_at = Some(now);
                seen.duration_s = seen.answered_at.map(|answered_at| simulated_seconds(answered_at, now, speed));
            }
        }
        true
    }

    pub(crate) fn remember_webhook(&self, webhook: Arc<WebhookSeen>) {
        let mut seen = self.seen();
        if seen.webhooks.len() < REMEMBERED_MAX {
            seen.webhooks.push(webhook);
        }
    }

    pub(crate) fn remember_notification(&self, notification: Notification) {
        let mut seen = self.seen();
        if seen.notifications.len() < REMEMBERED_MAX {
            seen.notifications.push(notification);
        }
    }
}

/// Started seconds of simulated time between two instants.
pub(crate) fn simulated_seconds(from: Timestamp, to: Timestamp, speed: f64) -> u64 {
    let seconds = (to.duration_since(from).as_secs_f64() * speed - 0.001).max(0.0).ceil();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and under a day")]
    let whole = seconds as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn started_seconds_count() {
        let at = |ms: i64| Timestamp::from_millisecond(ms).unwrap();
        assert_eq!(simulated_seconds(at(0), at(0), 1.0), 0);
        assert_eq!(simulated_seconds(at(0), at(12_000), 1.0), 12);
        assert_eq!(simulated_seconds(at(0), at(12_400), 1.0), 13);
        assert_eq!(simulated_seconds(at(0), at(600), 20.0), 12);
    }
}
