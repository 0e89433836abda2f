//! The Recordings resource, those of one call, and the files themselves.
//!
//! A file is an invented tone of the right number of channels: nothing that was said is in it, and there is no MP3.
//! When recordings start and end is [`recordings`](crate::recordings)' business.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use super::{
    answer::Answer,
    call_list, create,
    dates::Between,
    errors::ApiError,
    paging::Page,
    request::{ApiRequest, Fields},
};
use crate::{
    carrier::Carrier,
    order::RecordOrder,
    recordings::{Recording, RecordingStatus, Source},
    status::CallStatus,
    text, wav,
};

/// Whether a path is a recording's file rather than its record.
pub(crate) fn is_media(path: &str) -> bool {
    path.rsplit_once("/Recordings/").is_some_and(|(_, name)| name.starts_with("RE") && !name.ends_with(".json"))
}

/// `GET /Recordings.json`.
pub(crate) fn list(carrier: &Carrier, request: &ApiRequest, fields: &Fields) -> Result<Answer, ApiError> {
    let page = Page::of(request, fields)?;
    let created = Between::of(fields, "DateCreated")?;
    let all = carrier.recordings.newest(fields.get("CallSid"));
    let wanted = all.iter().filter(|recording| created.is_none_or(|created| created.holds(Some(recording.started_at))));
    Ok(page.slice("recordings", wanted.map(|recording| view(carrier, recording)).collect()))
}

/// One recording: its record, its file, or its end.
pub(crate) fn one(carrier: &Carrier, name: &str, request: &ApiRequest) -> Result<Answer, ApiError> {
    let not_found = || ApiError::not_found(&request.path);
    match request.method.as_str() {
        "GET" if is_media(&request.path) => media(carrier, name, request),
        "GET" => carrier
            .recordings
            .get(name)
            .map(|recording| Answer::json(200, &view(carrier, &recording)))
            .ok_or_else(not_found),
        "DELETE" if carrier.recordings.remove(name) => Ok(Answer::empty()),
        _ => Err(not_found()),
    }
}

/// The file; not there until some time after the recording's end.
fn media(carrier: &Carrier, name: &str, request: &ApiRequest) -> Result<Answer, ApiError> {
    let not_found = || ApiError::not_found(&request.path);
    let (sid, extension) = name.split_once('.').unwrap_or((name, "wav"));
    let recording = carrier.recordings.get(sid).ok_or_else(not_found)?;
    if recording.ready_at.is_none_or(|ready_at| ready_at > carrier.now()) {
        return Err(not_found());
    }
    let channels = match request.params().get("RequestedChannels") {
        Some("2") if recording.order.channels == 1 => {
            return Err(ApiError::new(16113, "The recording has one channel"));
        }
        Some("1") => 1,
        _ => recording.order.channels,
    };
    let length = Duration::from_secs(recording.duration_s.unwrap_or(0));
    match extension {
        "wav" => Ok(Answer::new(200, "audio/x-wav", wav::tone(length, channels.into()).into())),
        // Only what is really there is served: the simulator has no MP3 encoder.
        _ => Err(not_found()),
    }
}

/// Everything below `/Calls/{sid}/Recordings`.
pub(crate) fn of_call(
    carrier: &Arc<Carrier>,
    call_sid: &str,
    request: &ApiRequest,
    fields: &Fields,
) -> Result<Answer, ApiError> {
    let call = call_list::known(carrier, call_sid, &request.path)?;
    let segments = request.segments();
    let sid = segments.last().copied().filter(|last| *last != "Recordings");
    let not_found = || ApiError::not_found(&request.path);
    let Some(sid) = sid else {
        return match request.method.as_str() {
            "GET" => {
                let page = Page::of(request, fields)?;
                let all = carrier.recordings.newest(Some(call_sid));
                Ok(page.slice("recordings", all.iter().map(|recording| view_of_call(carrier, recording)).collect()))
            }
            "POST" if call.status() == CallStatus::InProgress => {
                let order = order(fields)?;
                let recording = carrier.start_recording(&call, Source::StartCallRecordingApi, &order);
                Ok(Answer::json(201, &view_of_call(carrier, &recording)))
            }
            "POST" => Err(ApiError::new(21220, "The call is not in progress")),
            _ => Err(not_found()),
        };
    };
    let sid = if sid == "Twilio.CURRENT" {
        let running = carrier.recordings.newest(Some(call_sid)).into_iter().find(|found| found.status.is_running());
        running.ok_or_else(not_found)?.sid
    } else {
        sid.to_owned()
    };
    let recording = carrier.recordings.get(&sid).filter(|found| found.call_sid == call_sid).ok_or_else(not_found)?;
    match request.method.as_str() {
        "GET" => Ok(Answer::json(200, &view_of_call(carrier, &recording))),
        "POST" => change(carrier, &recording, fields),
        "DELETE" => {
            carrier.recordings.remove(&sid);
            Ok(Answer::empty())
        }
        _ => Err(not_found()),
    }
}

fn order(fields: &Fields) -> Result<RecordOrder, ApiError> {
    let channels = if fields.get("RecordingChannels") == Some("dual") { 2 } else { 1 };
    let tell = create::hook(fields, "RecordingStatusCallback", "RecordingStatusCallbackMethod")?;
    let named = fields.all("RecordingStatusCallbackEvent").flat_map(str::split_whitespace);
    let mut events: Vec<String> = named.map(str::to_owned).collect();
    if events.is_empty() {
        events.push("completed".to_owned());
    }
    Ok(RecordOrder { channels, tell, events })
}

/// Pauses, resumes or stops a recording.
fn change(carrier: &Arc<Carrier>, recording: &Recording, fields: &Fields) -> Result<Answer, ApiError> {
    let wrong_state = || ApiError::new(21220, "The recording is not in the state this change needs");
    if !recording.status.is_running() {
        return Err(wrong_state());
    }
    let status = match fields.get("Status") {
        Some("paused") => RecordingStatus::Paused,
        Some("in-progress") => RecordingStatus::InProgress,
        Some("stopped") => RecordingStatus::Stopped,
        _ => return Err(ApiError::new(21200, "Status must be paused, in-progress or stopped")),
    };
    let shown = if status == RecordingStatus::Stopped {
        let call = call_list::known(carrier, &recording.call_sid, "")?;
        let ended = carrier.finish_recording(&call, &recording.sid);
        ended.map(|recording| Recording { status, ..recording })
    } else {
        carrier.recordings.change(&recording.sid, |recording| recording.status = status)
    };
    Ok(Answer::json(200, &view_of_call(carrier, &shown.ok_or_else(wrong_state)?)))
}

/// What both views of a recording have.
fn common(carrier: &Carrier, recording: &Recording) -> Value {
    json!({
        "account_sid": carrier.config.account_sid,
        "api_version": "2010-04-01",
        "call_sid": recording.call_sid,
        "conference_sid": null,
        "date_created": text::rfc2822(recording.started_at),
        "date_updated": text::rfc2822(recording.started_at),
        "start_time": text::rfc2822(recording.started_at),
        "duration": recording.duration_s.map(|seconds| seconds.to_string()),
        "sid": recording.sid,
        "price": null,
        "price_unit": carrier.config.currency,
        "status": recording.status.word(),
        "channels": recording.order.channels,
        "source": recording.source.word(),
        "error_code": null,
        "encryption_details": null,
    })
}

fn view(carrier: &Carrier, recording: &Recording) -> Value {
    let mut body = common(carrier, recording);
    let uri = format!("/2010-04-01/Accounts/{}/Recordings/{}", carrier.config.account_sid, recording.sid);
    body["uri"] = format!("{uri}.json").into();
    body["subresource_uris"] = json!({
        "add_on_results": format!("{uri}/AddOnResults.json"),
        "transcriptions": format!("{uri}/Transcriptions.json"),
    });
    body["media_url"] = carrier.recording_url(&recording.sid).into();
    body
}

fn view_of_call(carrier: &Carrier, recording: &Recording) -> Value {
    let mut body = common(carrier, recording);
    let (account, call) = (&carrier.config.account_sid, &recording.call_sid);
    body["uri"] = format!("/2010-04-01/Accounts/{account}/Calls/{call}/Recordings/{}.json", recording.sid).into();
    body["track"] = "both".into();
    body
}
