//! The Queues resource and its members.
//!
//! Shows and changes queues, and sends a waiting call elsewhere. Who waits is kept in [`queues`](crate::queues); how
//! one gets in and out by TwiML is the interpreter's. No wait times are estimated beyond what the records say.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    answer::Answer,
    create,
    errors::ApiError,
    paging::Page,
    request::{ApiRequest, Fields},
};
use crate::{
    call::simulated_seconds,
    carrier::Carrier,
    mailbox::Command,
    order::Source,
    queues::{Queue, SIZE_DEFAULT},
    text,
};

const SIZE_MAX: u32 = 5_000;
const NAME_MAX: usize = 64;

/// Everything below `/Queues`.
pub(crate) fn handle(
    carrier: &Arc<Carrier>,
    rest: &[&str],
    request: &ApiRequest,
    fields: &Fields,
) -> Result<Answer, ApiError> {
    let method = request.method.as_str();
    if let [_] = rest {
        return match method {
            "GET" => list(carrier, request, fields),
            "POST" => create_queue(carrier, fields),
            _ => Err(ApiError::not_found(&request.path)),
        };
    }
    let sid = rest.get(1).copied().unwrap_or_default();
    let queue = carrier.queues.by_sid(sid).ok_or_else(|| ApiError::not_found(&request.path))?;
    match (method, &rest[2..]) {
        ("GET", []) => Ok(Answer::json(200, &view(carrier, &queue))),
        ("POST", []) => {
            let size_max = size(fields)?.unwrap_or(queue.size_max);
            let resized = carrier.queues.resize(&queue.name, size_max);
            let queue = resized.ok_or_else(|| ApiError::not_found(&request.path))?;
            Ok(Answer::json(200, &view(carrier, &queue)))
        }
        ("DELETE", []) if carrier.queues.remove_empty(&queue.name) => Ok(Answer::empty()),
        ("DELETE", []) => Err(ApiError::with_status(22001, 409, "The queue is not empty")),
        ("GET", ["Members"]) => {
            let page = Page::of(request, fields)?;
            let members = (0..queue.members.len()).map(|position| member(carrier, &queue, position)).collect();
            Ok(page.slice("queue_members", members))
        }
        (_, ["Members", who]) => {
            let position = position(&queue, who).ok_or_else(|| ApiError::not_found(&request.path))?;
            match method {
                "GET" => Ok(Answer::json(200, &member(carrier, &queue, position))),
                "POST" => dequeue(carrier, &queue, position, fields),
                _ => Err(ApiError::not_found(&request.path)),
            }
        }
        _ => Err(ApiError::not_found(&request.path)),
    }
}

fn list(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    Ok(page.slice("queues", carrier.queues.all().iter().map(|queue| view(carrier, queue)).collect()))
}

fn create_queue(carrier: &Carrier, fields: &Fields) -> Result<Answer, ApiError> {
    let name = fields.get("FriendlyName").filter(|name| name.chars().count() <= NAME_MAX);
    let name = name.ok_or_else(|| ApiError::new(22000, "FriendlyName is missing or longer than 64 characters"))?;
    let size_max = size(fields)?.unwrap_or(SIZE_DEFAULT);
    let made = carrier.queues.create(name, size_max, &carrier.sids, carrier.now());
    let queue = made.ok_or_else(|| ApiError::new(22003, format!("A queue named {name} exists already")))?;
    Ok(Answer::json(201, &view(carrier, &queue)))
}

fn size(fields: &Fields) -> Result<Option<u32>, ApiError> {
    let Some(size) = fields.get("MaxSize") else { return Ok(None) };
    match size.parse() {
        Ok(size @ 1..=SIZE_MAX) => Ok(Some(size)),
        _ => Err(ApiError::new(22002, format!("MaxSize is not between 1 and {SIZE_MAX}"))),
    }
}

/// The waiting call takes another document.
fn dequeue(carrier: &Arc<Carrier>, queue: &Queue, position: usize, fields: &Fields) -> Result<Answer, ApiError> {
    let hook =
        create::hook(fields, "Url", "Method")?.ok_or_else(|| ApiError::new(21205, "Url parameter is required."))?;
    let shown = member(carrier, queue, position);
    let call = &queue.members[position].call;
    if carrier.queues.leave(&queue.name, call, carrier.now()) {
        carrier.post(call, Command::Dequeue(Source::Url(hook)));
    }
    Ok(Answer::json(200, &shown))
}

fn position(queue: &Queue, who: &str) -> Option<usize> {
    if who == "Front" {
        return (!queue.members.is_empty()).then_some(0);
    }
    queue.members.iter().position(|member| member.call.sid == who)
}

fn member(carrier: &Carrier, queue: &Queue, position: usize) -> Value {
    let member = &queue.members[position];
    let sid = &member.call.sid;
    json!({
        "call_sid": sid,
        "date_enqueued": text::rfc2822(member.enqueued_at),
        "position": position + 1,
        "uri": format!("{}/Members/{sid}.json", base(carrier, queue)),
        "wait_time": simulated_seconds(member.enqueued_at, carrier.now(), carrier.config.speed),
        "queue_sid": queue.sid,
    })
}

fn view(carrier: &Carrier, queue: &Queue) -> Value {
    let since = text::rfc2822(queue.created_at);
    json!({
        "date_updated": since,
        "current_size": queue.members.len(),
        "friendly_name": queue.name,
        "uri": format!("{}.json", base(carrier, queue)),
        "account_sid": carrier.config.account_sid,
        "average_wait_time": queue.average_wait_s(),
        "sid": queue.sid,
        "date_created": since,
        "max_size": queue.size_max,
    })
}

fn base(carrier: &Carrier, queue: &Queue) -> String {
    format!("/2010-04-01/Accounts/{}/Queues/{}", carrier.config.account_sid, queue.sid)
}
