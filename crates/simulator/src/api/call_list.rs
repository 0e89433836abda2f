//! The list of calls, newest first, and what belongs to one call: its notifications and events.
//!
//! Filters walk the smallest index that holds every match, and stop where no older call can match. How one call is
//! shown is [`calls`](super::calls)' business; how pages are cut is [`paging`](super::paging)'s.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{
    answer::Answer,
    calls::{lagged, view},
    dates::Between,
    errors::ApiError,
    paging::Page,
    request::{ApiRequest, Fields},
};
use crate::{
    call::{Call, CallSeen, Notification},
    calls::Walk,
    carrier::Carrier,
    ledger::WebhookSeen,
    text,
};

/// How many calls are looked at in one go.
const CHUNK: usize = 1_000;
/// The longest time between a call's creation and its start: the carrier's queue holds a day.
const QUEUED_AT_MOST: Duration = Duration::from_secs(25 * 3_600);

struct Filter<'a> {
    to: Option<&'a str>,
    from: Option<&'a str>,
    parent: Option<&'a str>,
    status: Option<&'a str>,
    start: Option<Between>,
    end: Option<Between>,
}

impl Filter<'_> {
    fn admits(&self, seen: &CallSeen) -> bool {
        self.to.is_none_or(|to| to == seen.to)
            && self.from.is_none_or(|from| from == seen.from)
            && self.parent.is_none_or(|parent| seen.parent_sid.as_deref() == Some(parent))
            && self.status.is_none_or(|status| status == seen.status.api_word())
            && self.start.is_none_or(|start| start.holds(seen.dialed_at))
            && self.end.is_none_or(|end| end.holds(seen.ended_at))
    }

    fn walk(&self, lag: bool) -> Walk<'_> {
        match (self.to, self.status) {
            (Some(to), _) => Walk::To(to),
            // With a lag a call may be shown alive that is not.
            (None, Some("queued" | "ringing" | "in-progress")) if !lag => Walk::Live,
            _ => Walk::All,
        }
    }

    /// Whether no call created before this one can match any more.
    fn is_past(&self, call: &Call) -> bool {
        let created_at = call.seen().created_at;
        self.start.is_some_and(|start| created_at.checked_add(QUEUED_AT_MOST).is_ok_and(|latest| latest < start.from))
    }
}

/// `GET /Calls.json`.
pub(crate) fn list(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    let filter = Filter {
        to: fields.get("To"),
        from: fields.get("From"),
        parent: fields.get("ParentCallSid"),
        status: fields.get("Status"),
        start: Between::of(fields, "StartTime")?,
        end: Between::of(fields, "EndTime")?,
    };
    let walk = filter.walk(carrier.faults.read(|plan| plan.read_lag_s > 0.0));
    let mut cursor = page.token.unwrap_or(u64::MAX);
    let (mut items, mut last_shown) = (Vec::new(), cursor);
    loop {
        let chunk = carrier.calls.newest(&walk, cursor, CHUNK);
        let Some(oldest) = chunk.last() else { return Ok(page.answer("calls", items, None)) };
        cursor = oldest.seen().index;
        for call in &chunk {
            let Some(seen) = lagged(carrier, call).filter(|seen| filter.admits(seen)) else { continue };
            if items.len() == page.size {
                return Ok(page.answer("calls", items, Some(last_shown)));
            }
            last_shown = seen.index;
            items.push(view(carrier, call, &seen));
        }
        if chunk.len() < CHUNK || filter.is_past(oldest) {
            return Ok(page.answer("calls", items, None));
        }
    }
}

/// `DELETE /Calls/{sid}.json`: the record goes, the ledger's stays.
pub(crate) fn delete(carrier: &Carrier, sid: &str, path: &str) -> Result<Answer, ApiError> {
    let call = known(carrier, sid, path)?;
    let mut seen = call.seen();
    if !seen.status.is_final() {
        return Err(ApiError::with_status(20009, 409, "Cannot delete a call that is not finished"));
    }
    seen.deleted = true;
    Ok(Answer::empty())
}

/// A call that the API shows.
pub(crate) fn known(carrier: &Carrier, sid: &str, path: &str) -> Result<Arc<Call>, ApiError> {
    carrier.calls.get(sid).filter(|call| !call.seen().deleted).ok_or_else(|| ApiError::not_found(path))
}

/// `GET /Calls/{sid}/Notifications.json`.
pub(crate) fn notifications(
    carrier: &Carrier,
    sid: &str,
    request: &ApiRequest,
    fields: &Fields,
) -> Result<Answer, ApiError> {
    let call = known(carrier, sid, &request.path)?;
    let page = Page::of(request, fields)?;
    let log = fields.get("Log");
    let notes = call.seen().notifications.clone();
    let wanted = notes.iter().filter(|note| log.is_none_or(|log| log == level(note)));
    Ok(page.slice("notifications", wanted.map(|note| notification(carrier, sid, note)).collect()))
}

fn level(note: &Notification) -> &'static str {
    if note.warning { "1" } else { "0" }
}

fn notification(carrier: &Carrier, call_sid: &str, note: &Notification) -> Value {
    let account = &carrier.config.account_sid;
    let text = form_urlencoded::Serializer::new(String::new())
        .append_pair("Msg", &note.message)
        .append_pair("ErrorCode", &note.code.to_string())
        .append_pair("url", &note.url)
        .finish();
    json!({
        "account_sid": account,
        "api_version": "2010-04-01",
        "call_sid": call_sid,
        "date_created": text::rfc2822(note.at),
        "date_updated": text::rfc2822(note.at),
        "error_code": note.code.to_string(),
        "log": level(note),
        "message_date": text::rfc2822(note.at),
        "message_text": text,
        "more_info": format!("https://www.twilio.com/docs/errors/{}", note.code),
        "request_method": (!note.url.is_empty()).then_some("POST"),
        "request_url": (!note.url.is_empty()).then_some(&note.url),
        "sid": note.sid,
        "uri": format!("/2010-04-01/Accounts/{account}/Calls/{call_sid}/Notifications/{}.json", note.sid),
    })
}

/// `GET /Calls/{sid}/Events.json`: each webhook made for the call.
pub(crate) fn events(carrier: &Carrier, sid: &str, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let call = known(carrier, sid, &request.path)?;
    let page = Page::of(request, fields)?;
    let webhooks = call.seen().webhooks.clone();
    Ok(page.slice("events", webhooks.iter().filter(|webhook| !webhook.lost).map(|webhook| event(webhook)).collect()))
}

fn event(webhook: &WebhookSeen) -> Value {
    let parameters: serde_json::Map<String, Value> =
        webhook.params.iter().map(|(name, value)| (name.to_string(), Value::String(value.clone()))).collect();
    json!({
        "request": {"method": webhook.method, "url": webhook.url, "parameters": parameters},
        "response": {
            "response_code": webhook.status,
            "error_code": webhook.error,
            "date_created": text::rfc2822(webhook.at),
        },
    })
}
