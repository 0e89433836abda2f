//! The Calls resource: create, fetch, change.
//!
//! A create is judged and entered into the queue here; from there on the call is [`life`]'s. A change is put into the
//! call's mailbox, and its own task acts on it. Lists are in [`call_list`](super::call_list), the reading of a create
//! request in [`create`](mod@super::create).

use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{answer::Answer, create, errors::ApiError, request::Fields};
use crate::{
    behavior::Behavior,
    call::{Call, CallSeen, NewCall},
    carrier::Carrier,
    chance::Dice,
    life,
    mailbox::{Command, Mailbox},
    order::Source,
    sid::fixed_sid,
    status::{CallStatus, Direction},
    text,
};

/// Places a call, or refuses it.
pub(crate) async fn create(carrier: &Arc<Carrier>, fields: &Fields) -> Result<(Answer, Arc<Call>), ApiError> {
    if carrier.config.account_status != "active" {
        return Err(ApiError::with_status(20005, 403, "Account not active"));
    }
    let reading = create::read(fields, &carrier.config)?;
    let now = carrier.now();
    let wait = carrier.dial_queue.wait_for_next(now).ok_or_else(|| ApiError::new(22005, "Call queue is full"))?;
    if carrier.config.concurrent_calls_max.is_some_and(|max| carrier.calls.live_count() >= max as usize) {
        return Err(ApiError::new(10004, "Call concurrency limit exceeded"));
    }
    let draw = carrier.behaviors.draw(&reading.order.to);
    if let Behavior::Reject { code, http_status } = draw.behavior {
        return Err(ApiError::with_status(code, http_status, "refused as programmed"));
    }
    let new = NewCall {
        sid: carrier.sids.new_sid("CA"),
        parent_sid: None,
        direction: Direction::OutboundApi,
        order: reading.order,
        behavior: draw.behavior,
        nth: draw.nth,
        mix: draw.mix,
        queue_time_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        created_at: now,
    };
    let call = Arc::new(Call::new(new, Mailbox::default()));
    for (code, message) in reading.notes {
        carrier.notify(&call, code, "", message);
    }
    carrier.calls.enter(&call);
    let answer = Answer::json(201, &view(carrier, &call, &call.seen()));
    if wait == Duration::ZERO {
        report_early(carrier, &call).await;
    }
    carrier.dial_queue.join(carrier, &call);
    Ok((answer, call))
}

/// By fault: the first callback arrives before the answer.
async fn report_early(carrier: &Arc<Carrier>, call: &Arc<Call>) {
    let mut dice = Dice::new(carrier.config.seed, "early", &call.order.to, call.nth.into());
    if carrier.faults.happens("early", &mut dice, |plan| plan.callback.early) {
        call.early.store(true, Ordering::Relaxed);
        call.advance(CallStatus::Initiated, carrier.now(), carrier.config.speed);
        carrier.report_at_once(call).await;
    }
}

/// The call as it is shown, no newer than the plan's lag.
pub(crate) fn fetch(carrier: &Carrier, sid: &str, path: &str) -> Result<Answer, ApiError> {
    let call = carrier.calls.get(sid).ok_or_else(|| ApiError::not_found(path))?;
    let seen = lagged(carrier, &call).ok_or_else(|| ApiError::not_found(path))?;
    Ok(Answer::json(200, &view(carrier, &call, &seen)))
}

/// The record as readers see it: deleted calls are gone, new ones not there yet.
pub(crate) fn lagged(carrier: &Carrier, call: &Call) -> Option<CallSeen> {
    let lag_s = carrier.faults.read(|plan| plan.read_lag_s);
    let seen = call.seen();
    if seen.deleted {
        return None;
    }
    if lag_s <= 0.0 {
        return Some(seen.clone());
    }
    let lag = Duration::try_from_secs_f64(lag_s / carrier.config.speed.max(f64::MIN_POSITIVE)).unwrap_or(Duration::MAX);
    seen.as_of(carrier.now().checked_sub(lag).unwrap_or(Timestamp::MIN))
}

/// Ends or redirects a call.
pub(crate) fn update(carrier: &Arc<Carrier>, sid: &str, fields: &Fields, path: &str) -> Result<Answer, ApiError> {
    let call = carrier.calls.get(sid).ok_or_else(|| ApiError::not_found(path))?;
    let wrong_state = || ApiError::new(21220, "Invalid call state: the call is not in the state this change needs");
    if call.status().is_final() {
        return Err(wrong_state());
    }
    if let Some(hook) = create::hook(fields, "StatusCallback", "StatusCallbackMethod")? {
        let mut order = call.status_order.lock().unwrap_or_else(PoisonError::into_inner);
        let events = order.as_ref().map_or(crate::order::Events::COMPLETED, |order| order.events);
        *order = Some(crate::order::StatusOrder { hook, events });
    }
    let redirect = match create::hook(fields, "Url", "Method")? {
        Some(hook) => Some(Source::Url(hook)),
        None => fields.get("Twiml").map(|text| Source::Inline(text.to_owned())),
    };
    match (fields.get("Status"), redirect) {
        (Some("canceled"), _) => cancel(carrier, &call),
        (Some("completed"), _) => end(carrier, &call),
        (Some(_), _) => return Err(ApiError::new(21200, "Status must be canceled or completed")),
        (None, Some(source))
            if call.status() == CallStatus::InProgress && call.direction != Direction::OutboundDial =>
        {
            carrier.post(&call, Command::Redirect(source));
        }
        (None, Some(_)) => return Err(wrong_state()),
        (None, None) => {}
    }
    let seen = call.seen();
    Ok(Answer::json(200, &view(carrier, &call, &seen)))
}

/// Ends a call that has not been answered; an answered one goes on.
fn cancel(carrier: &Arc<Carrier>, call: &Arc<Call>) {
    if life::finish(carrier, call, CallStatus::Canceled, Some(life::SIP_CANCELED)) {
        tell_end(carrier, call);
    }
}

fn end(carrier: &Arc<Carrier>, call: &Arc<Call>) {
    let sip = Some(life::SIP_OK);
    if life::finish(carrier, call, CallStatus::Completed, sip) {
        tell_end(carrier, call);
    } else {
        cancel(carrier, call);
    }
}

/// Tells the task of an ended call. One that waits to be dialed has none yet, or finds out by itself. A dialed leg
/// lives in the task of the call that dialed it: there it is the other leg that has gone.
fn tell_end(carrier: &Carrier, call: &Call) {
    if call.seen().dialed_at.is_none() {
        return;
    }
    let command = if call.direction == Direction::OutboundDial { Command::PeerGone } else { Command::End };
    carrier.post(call, command);
}

/// A call as the API writes it.
pub(crate) fn view(carrier: &Carrier, call: &Call, seen: &CallSeen) -> Value {
    let account = &carrier.config.account_sid;
    let uri = format!("/2010-04-01/Accounts/{account}/Calls/{}", seen.sid);
    let date = |at: Option<Timestamp>| at.map(text::rfc2822);
    let updated_at =
        seen.ended_at.or(seen.answered_at).or(seen.ringing_at).or(seen.dialed_at).unwrap_or(seen.created_at);
    let subresources: serde_json::Map<String, Value> = SUBRESOURCES
        .iter()
        .map(|(name, file)| ((*name).to_owned(), Value::String(format!("{uri}/{file}.json"))))
        .collect();
    let phone_number_sid = carrier.config.caller_ids.contains(&seen.from).then(|| fixed_sid("PN", &seen.from));
    json!({
        "sid": seen.sid,
        "date_created": text::rfc2822(seen.created_at),
        "date_updated": text::rfc2822(updated_at),
        "parent_call_sid": seen.parent_sid,
        "account_sid": account,
        "to": seen.to,
        "to_formatted": text::formatted(&seen.to),
        "from": seen.from,
        "from_formatted": text::formatted(&seen.from),
        "phone_number_sid": phone_number_sid,
        "status": seen.status.api_word(),
        "start_time": date(seen.dialed_at),
        "end_time": date(seen.ended_at),
        "duration": seen.duration_s.map(|seconds| seconds.to_string()),
        "price": price(carrier, seen),
        "price_unit": carrier.config.currency,
        "direction": seen.direction.word(),
        "answered_by": seen.answered_by,
        "api_version": "2010-04-01",
        "forwarded_from": null,
        "group_sid": null,
        "caller_name": null,
        "queue_time": call.queue_time_ms.to_string(),
        "trunk_sid": null,
        "uri": format!("{uri}.json"),
        "subresource_uris": subresources,
    })
}

const SUBRESOURCES: [(&str, &str); 9] = [
    ("notifications", "Notifications"),
    ("recordings", "Recordings"),
    ("payments", "Payments"),
    ("events", "Events"),
    ("siprec", "Siprec"),
    ("streams", "Streams"),
    ("transcriptions", "Transcriptions"),
    ("user_defined_message_subscriptions", "UserDefinedMessageSubscriptions"),
    ("user_defined_messages", "UserDefinedMessages"),
];

/// What an answered call cost, negative, once it is known.
fn price(carrier: &Carrier, seen: &CallSeen) -> Option<String> {
    let (seconds, ended_at) = (seen.duration_s?, seen.ended_at?);
    let after = Duration::try_from_secs_f64(carrier.config.price_after_s).unwrap_or_default();
    if carrier.now() < carrier.later(ended_at, after) {
        return None;
    }
    let minutes = u32::try_from(seconds.div_ceil(60).max(1)).unwrap_or(u32::MAX);
    Some(format!("{:.5}", -carrier.config.price_per_minute * f64::from(minutes)))
}
