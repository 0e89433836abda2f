//! Tells the client how a call progresses, as reliably as the fault plan lets it.
//!
//! Each event is a request of its own in a task of its own, so no order is promised. A callback can be lost, sent late,
//! sent twice, or held back until the next one of its call.

use std::{
    borrow::Cow,
    sync::{Arc, PoisonError},
};

use crate::{
    call::{Call, CallSeen},
    carrier::Carrier,
    chance::Dice,
    courier::Parcel,
    fault::FaultPlan,
    ledger::{WebhookKind, WebhookSeen},
    order::{Hook, StatusOrder},
    signature::Params,
    status::CallStatus,
    text,
};

/// Answers to callbacks are thrown away; this much is read.
const ANSWER_MAX: usize = 64 * 1024;
const CALLBACK_REFUSED: u32 = 15003;

/// One callback on its way.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) kind: WebhookKind,
    pub(crate) hook: Hook,
    pub(crate) params: Params,
    pub(crate) token: String,
}

/// What becomes of a delivery.
#[derive(Clone, Copy)]
struct Fate {
    lost: bool,
    late: bool,
    twice: bool,
    held: bool,
}

impl Carrier {
    /// Reports the status the call has now, if somebody asked for it.
    pub(crate) fn report(self: &Arc<Self>, call: &Arc<Call>) {
        if let Some(delivery) = self.progress(call) {
            self.dispatch(call, delivery);
        }
    }

    /// Delivers the status the call has now before returning: for a callback that overtakes the create answer.
    pub(crate) async fn report_at_once(self: &Arc<Self>, call: &Arc<Call>) {
        if let Some(delivery) = self.progress(call) {
            deliver(self, call, delivery).await;
        }
    }

    /// The callback for the present status.
    fn progress(&self, call: &Call) -> Option<Delivery> {
        let order = call.status_order.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let seen = call.seen();
        if !wants(&order, seen.status) {
            return None;
        }
        let mut params = self.call_params(call, &seen);
        self.add_progress(&mut params, call, &seen);
        Some(Delivery { kind: WebhookKind::Status, hook: order.hook, params, token: self.sids.new_sid("") })
    }

    /// Sends a callback under the fault plan.
    pub(crate) fn dispatch(self: &Arc<Self>, call: &Arc<Call>, delivery: Delivery) {
        let sequence = call.next_fate();
        let mut dice = Dice::new(self.config.seed, "callback", &call.order.to, u64::from(call.nth) << 16 | sequence);
        let mut chance = |name, of: fn(&FaultPlan) -> _| self.faults.happens(name, &mut dice, of);
        let fate = Fate {
            lost: chance("lost", |plan| plan.callback.lost),
            late: chance("late", |plan| plan.callback.late),
            twice: chance("twice", |plan| plan.callback.twice),
            held: !call.status().is_final() && chance("reordered", |plan| plan.callback.reordered),
        };
        if fate.lost {
            let seen = WebhookSeen { lost: true, ..self.webhook_seen(call, delivery) };
            call.remember_webhook(self.ledger.webhook(seen));
            return;
        }
        let mut held = call.held.lock().unwrap_or_else(PoisonError::into_inner);
        if fate.held && held.is_none() {
            *held = Some(delivery);
            return;
        }
        let after = held.take();
        drop(held);
        let late = fate.late.then(|| dice.between(self.faults.read(|plan| plan.callback.late_by)));
        let (carrier, call) = (Arc::clone(self), Arc::clone(call));
        self.spawn(self.clock.busy(), async move {
            if let Some(late) = late {
                carrier.clock.sleep_until(carrier.later(carrier.now(), late)).await;
            }
            let again = fate.twice.then(|| delivery.clone());
            for delivery in [Some(delivery), again, after].into_iter().flatten() {
                deliver(&carrier, &call, delivery).await;
            }
        });
    }

    /// The ledger's entry for a webhook that has not been sent yet.
    pub(crate) fn webhook_seen(&self, call: &Call, delivery: Delivery) -> WebhookSeen {
        WebhookSeen {
            index: 0,
            sent_at: self.now(),
            at: self.now(),
            kind: delivery.kind,
            call_sid: call.sid.clone(),
            method: delivery.hook.method.name(),
            url: delivery.hook.url,
            params: delivery.params,
            status: None,
            error: None,
            tries: 0,
            lost: false,
        }
    }

    /// The parameters of every webhook about a call.
    pub(crate) fn call_params(&self, call: &Call, seen: &CallSeen) -> Params {
        let (from, to) = (&call.order.from, &call.order.to);
        let mut params: Params = Vec::with_capacity(40);
        let mut add = |name: &'static str, value: &str| params.push((Cow::Borrowed(name), value.to_owned()));
        add("CallSid", &call.sid);
        add("AccountSid", &self.config.account_sid);
        add("From", from);
        add("To", to);
        add("Caller", from);
        add("Called", to);
        add("CallStatus", seen.status.word());
        add("ApiVersion", "2010-04-01");
        add("Direction", call.direction.word());
        if let Some(parent) = &seen.parent_sid {
            add("ParentCallSid", parent);
        }
        for (names, number) in [(FROM_PLACE, from), (CALLER_PLACE, from), (TO_PLACE, to), (CALLED_PLACE, to)] {
            add(names[0], text::country(number));
            names[1..].iter().for_each(|name| add(name, ""));
        }
        params
    }

    fn add_progress(&self, params: &mut Params, call: &Call, seen: &CallSeen) {
        let mut add = |name: &'static str, value: String| params.push((Cow::Borrowed(name), value));
        add("Timestamp", text::rfc2822(self.now()));
        add("CallbackSource", "call-progress-events".to_owned());
        add("SequenceNumber", call.next_sequence().to_string());
        if matches!(seen.status, CallStatus::Ringing | CallStatus::InProgress) {
            add("StirStatus", "A".to_owned());
        }
        if let Some(answered_by) = seen.answered_by {
            add("AnsweredBy", answered_by.to_owned());
        }
        if !seen.status.is_final() {
            return;
        }
        let seconds = seen.duration_s.unwrap_or(0);
        add("CallDuration", seconds.to_string());
        if seen.status == CallStatus::Completed {
            add("Duration", seconds.div_ceil(60).max(1).to_string());
        }
        if let (Some(sid), Some(_)) = (seen.recordings.first(), &call.order.record) {
            add("RecordingSid", sid.clone());
            add("RecordingUrl", self.recording_url(sid));
            add("RecordingDuration", seconds.to_string());
        }
        if let Some(sip) = seen.sip {
            add("SipResponseCode", sip.to_string());
        }
    }
}

const FROM_PLACE: [&str; 4] = ["FromCountry", "FromState", "FromCity", "FromZip"];
const TO_PLACE: [&str; 4] = ["ToCountry", "ToState", "ToCity", "ToZip"];
const CALLER_PLACE: [&str; 4] = ["CallerCountry", "CallerState", "CallerCity", "CallerZip"];
const CALLED_PLACE: [&str; 4] = ["CalledCountry", "CalledState", "CalledCity", "CalledZip"];

fn wants(order: &StatusOrder, status: CallStatus) -> bool {
    match status {
        CallStatus::Queued => false,
        CallStatus::Initiated => order.events.initiated,
        CallStatus::Ringing => order.events.ringing,
        CallStatus::InProgress => order.events.answered,
        _ => order.events.completed,
    }
}

/// Sends one callback and writes down what came of it.
async fn deliver(carrier: &Arc<Carrier>, call: &Call, delivery: Delivery) {
    let parcel =
        Parcel { hook: &delivery.hook, params: &delivery.params, token: &delivery.token, body_max: ANSWER_MAX };
    let sent_at = carrier.now();
    let trip = carrier.courier.send(&parcel).await;
    let (status, error) = match trip.reply {
        Ok(reply) => (Some(reply.status), (reply.status >= 400).then_some(CALLBACK_REFUSED)),
        Err(code) => (None, Some(code)),
    };
    if let Some(code) = error {
        carrier.notify(call, code, &delivery.hook.url, "callback failed");
    }
    let seen = WebhookSeen { sent_at, status, error, tries: trip.tries, ..carrier.webhook_seen(call, delivery) };
    call.remember_webhook(carrier.ledger.webhook(seen));
}
