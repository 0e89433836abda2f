//! `Record`: the callee speaks until silence, a key, the longest length or the end.
//!
//! Every callee speaks for the same few seconds; there is no transcription and no trimming of silence. The recording
//! itself is kept by [`recordings`]. A callee who hangs up still has the action asked once, and what it answers is
//! not obeyed.

use std::{sync::Arc, time::Duration};

use super::{
    document::Record,
    fetch::{self, param},
    interpreter::{Broken, Lead},
};
use crate::{
    line::{Interrupt, Line},
    order::{RecordOrder, Source},
    recordings,
};

/// How long a callee speaks into a recording before falling silent.
const SPEAKS_FOR: Duration = Duration::from_secs(4);

/// Records; where the document goes on, none for its next verb.
pub(crate) async fn record(line: &mut Line, wanted: &Record) -> Result<Option<Lead>, Broken> {
    let order = RecordOrder { channels: 1, tell: wanted.tell.clone(), events: vec!["completed".to_owned()] };
    let carrier = Arc::clone(&line.carrier);
    let recording = carrier.start_recording(&line.call, recordings::Source::RecordVerb, &order);
    line.drop_past_presses();
    let ends_at = line.later((SPEAKS_FOR + wanted.timeout).min(wanted.length_max));
    let key = line.presses.front().copied().filter(|(at, key)| *at < ends_at && wanted.ends_on(*key));
    let waited = line.wait_until(key.map_or(ends_at, |(at, _)| at)).await;
    let digits = match (&waited, key) {
        (Err(Interrupt::HungUp), _) => "hangup".to_owned(),
        (_, Some((_, key))) => key.to_string(),
        (_, None) => String::new(),
    };
    let done = carrier.finish_recording(&line.call, &recording.sid);
    let seconds = done.and_then(|recording| recording.duration_s).unwrap_or(0);
    let params = vec![
        param("RecordingUrl", carrier.recording_url(&recording.sid)),
        param("RecordingSid", recording.sid),
        param("RecordingDuration", seconds.to_string()),
        param("Digits", digits),
    ];
    match waited {
        Ok(()) => Ok(Some(Lead::to(&wanted.action, params))),
        Err(interrupt) => {
            if matches!(interrupt, Interrupt::HungUp) {
                let action = Source::Url(wanted.action.clone());
                let _ = fetch::document(&carrier, &line.call, &action, &params).await;
            }
            Err(interrupt.into())
        }
    }
}
