//! The create-call request, and the reading of its answer.
//!
//! An answer counts as a placed call only if it is a 2xx with a readable id; any other 2xx means that
//! a call may exist which we cannot name.

use serde_json::Value;

use super::errors::place_refused;
use super::form::Form;
use super::resources::{self, Fields};
use super::transport::Answer;
use crate::telephony::place_call::{
    DetectionMode, MachineDetection, PlaceCall, Placed, Recording, RecordingChannels, StatusEvent,
};
use crate::telephony::{CarrierProfile, PlaceCallError};

/// Everything said about a recording, so that one that never came about is known as well.
const RECORDING_EVENTS: [&str; 2] = ["completed", "absent"];

/// The parameters of a create-call request. Methods are left out: POST is the default for all.
pub(super) fn form(call: &PlaceCall) -> Form {
    let form = Form::new()
        .with("To", call.to.as_str())
        .with("From", call.from.as_str())
        .with("Url", &call.url)
        .with_some("FallbackUrl", call.fallback_url.as_deref())
        .with("StatusCallback", &call.status_callback)
        .with("Timeout", call.ring_timeout_s.to_string())
        .with("TimeLimit", call.time_limit_s.to_string());
    let form = call.status_events.iter().fold(form, |form, event| form.with("StatusCallbackEvent", event_word(*event)));
    with_recording(with_detection(form, &call.machine_detection), &call.recording)
}

fn event_word(event: StatusEvent) -> &'static str {
    match event {
        StatusEvent::Initiated => "initiated",
        StatusEvent::Ringing => "ringing",
        StatusEvent::Answered => "answered",
        StatusEvent::Completed => "completed",
    }
}

fn with_detection(form: Form, detection: &MachineDetection) -> Form {
    let MachineDetection::Async { callback_url, mode } = detection else {
        return form;
    };
    let word = match mode {
        DetectionMode::Enable => "Enable",
        DetectionMode::DetectMessageEnd => "DetectMessageEnd",
    };
    form.with("MachineDetection", word).with("AsyncAmd", "true").with("AsyncAmdStatusCallback", callback_url)
}

fn with_recording(form: Form, recording: &Recording) -> Form {
    let Recording::On { callback_url, channels } = recording else {
        return form;
    };
    let word = match channels {
        RecordingChannels::Mono => "mono",
        RecordingChannels::Dual => "dual",
    };
    let form =
        form.with("Record", "true").with("RecordingChannels", word).with("RecordingStatusCallback", callback_url);
    RECORDING_EVENTS.iter().fold(form, |form, event| form.with("RecordingStatusCallbackEvent", *event))
}

/// What became of the request.
pub(super) fn placed(answer: &Answer, profile: &CarrierProfile) -> Result<Placed, PlaceCallError> {
    if !(200..=299).contains(&answer.status) {
        return Err(place_refused(answer));
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    let call = resources::call(Fields(&body), profile);
    let unreadable = || PlaceCallError::Uncertain {
        reason: format!("the carrier answered {} without a call id that can be read", answer.status),
    };
    let sid = call.sid.ok_or_else(unreadable)?;
    Ok(Placed { sid, queue_time_ms: call.queue_time_ms })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, retry_after_s: None, body: body.to_owned().into() }
    }

    #[test]
    fn a_created_call_has_an_id_and_a_queue_time() {
        let told = placed(&answer(201, r#"{"sid":"CA1","queue_time":"1000"}"#), &CarrierProfile::TWILIO);
        let told = told.unwrap();
        assert_eq!((told.sid.as_str(), told.queue_time_ms), ("CA1", Some(1000)));
    }

    #[test]
    fn a_success_that_names_no_call_is_uncertain() {
        for body in ["", "{", "{}", r#"{"sid":null}"#, r#"{"sid":"../x"}"#, "<Response/>"] {
            let told = placed(&answer(201, body), &CarrierProfile::TWILIO);
            assert!(matches!(told, Err(PlaceCallError::Uncertain { .. })), "{body}: {told:?}");
        }
    }
}
