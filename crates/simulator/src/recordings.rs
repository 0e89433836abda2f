//! Recordings: their records, from the first second to the file, and the callbacks about them.
//!
//! No sound is kept, only from when to when; the file is made when it is fetched (see [`wav`](crate::wav)). The HTTP
//! side is [`api`](crate::api)'s, the `Record` verb [`twiml`](crate::twiml)'s.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

use crate::{
    call::{Call, simulated_seconds},
    callbacks::Delivery,
    carrier::Carrier,
    ledger::WebhookKind,
    order::RecordOrder,
    signature::Params,
    text,
    twiml::fetch::param,
};

/// From the end of a recording to its callback.
const PROCESSING: Duration = Duration::from_secs(1);

/// One recording.
#[derive(Clone, Debug)]
pub(crate) struct Recording {
    pub(crate) sid: String,
    pub(crate) call_sid: String,
    pub(crate) source: Source,
    pub(crate) order: RecordOrder,
    pub(crate) status: RecordingStatus,
    pub(crate) started_at: Timestamp,
    pub(crate) duration_s: Option<u64>,
    /// When the file can be fetched.
    pub(crate) ready_at: Option<Timestamp>,
}

/// What made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    OutboundApi,
    DialVerb,
    RecordVerb,
    StartCallRecordingApi,
}

impl Source {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Source::OutboundApi => "OutboundAPI",
            Source::DialVerb => "DialVerb",
            Source::RecordVerb => "RecordVerb",
            Source::StartCallRecordingApi => "StartCallRecordingAPI",
        }
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordingStatus {
    InProgress,
    Paused,
    Stopped,
    Processing,
    Completed,
}

impl RecordingStatus {
    pub(crate) fn word(self) -> &'static str {
        match self {
            RecordingStatus::InProgress => "in-progress",
            RecordingStatus::Paused => "paused",
            RecordingStatus::Stopped => "stopped",
            RecordingStatus::Processing => "processing",
            RecordingStatus::Completed => "completed",
        }
    }

    pub(crate) fn is_running(self) -> bool {
        matches!(self, RecordingStatus::InProgress | RecordingStatus::Paused)
    }
}

/// All recordings, by sid and in order of their start.
pub(crate) struct Recordings {
    max: usize,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    next: u64,
    positions: HashMap<String, u64>,
    all: BTreeMap<u64, Recording>,
}

impl Recordings {
    /// Keeps the newest `max`.
    pub(crate) fn new(max: Option<usize>) -> Recordings {
        Recordings { max: max.unwrap_or(usize::MAX).max(1), shelf: Mutex::default() }
    }

    pub(crate) fn get(&self, sid: &str) -> Option<Recording> {
        let shelf = self.lock();
        shelf.positions.get(sid).and_then(|position| shelf.all.get(position)).cloned()
    }

    /// Newest first, of one call or of all.
    pub(crate) fn newest(&self, call_sid: Option<&str>) -> Vec<Recording> {
        let shelf = self.lock();
        let of_call = |recording: &&Recording| call_sid.is_none_or(|sid| sid == recording.call_sid);
        shelf.all.values().rev().filter(of_call).cloned().collect()
    }

    pub(crate) fn remove(&self, sid: &str) -> bool {
        let mut shelf = self.lock();
        let position = shelf.positions.remove(sid);
        position.is_some_and(|position| shelf.all.remove(&position).is_some())
    }

    pub(crate) fn change(&self, sid: &str, change: impl FnOnce(&mut Recording)) -> Option<Recording> {
        let mut shelf = self.lock();
        let position = *shelf.positions.get(sid)?;
        let recording = shelf.all.get_mut(&position)?;
        change(recording);
        Some(recording.clone())
    }

    fn add(&self, recording: Recording) {
        let mut shelf = self.lock();
        let position = shelf.next;
        shelf.next += 1;
        shelf.positions.insert(recording.sid.clone(), position);
        shelf.all.insert(position, recording);
        if shelf.all.len() > self.max
            && let Some((_, oldest)) = shelf.all.pop_first()
        {
            shelf.positions.remove(&oldest.sid);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carrier {
    /// Starts a recording of a call.
    pub(crate) fn start_recording(
        self: &Arc<Self>,
        call: &Arc<Call>,
        source: Source,
        order: &RecordOrder,
    ) -> Recording {
        let recording = Recording {
            sid: self.sids.new_sid("RE"),
            call_sid: call.sid.clone(),
            source,
            order: order.clone(),
            status: RecordingStatus::InProgress,
            started_at: self.now(),
            duration_s: None,
            ready_at: None,
        };
        call.seen().recordings.push(recording.sid.clone());
        self.recordings.add(recording.clone());
        self.tell_recording(call, &recording);
        recording
    }

    /// Ends a recording; its callback follows when it has been processed. None if it had ended before.
    pub(crate) fn finish_recording(self: &Arc<Self>, call: &Arc<Call>, sid: &str) -> Option<Recording> {
        let now = self.now();
        let ready_at = self.later(now, PROCESSING);
        let media_after = Duration::try_from_secs_f64(self.config.media_after_s).unwrap_or_default();
        let mut ended = false;
        let recording = self.recordings.change(sid, |recording| {
            ended = recording.status.is_running();
            if ended {
                recording.status = RecordingStatus::Processing;
                let seconds = simulated_seconds(recording.started_at, now, self.config.speed);
                recording.duration_s = Some(seconds);
                recording.ready_at = Some(self.later(ready_at, media_after));
            }
        })?;
        if !ended {
            return None;
        }
        let (carrier, call, sid) = (Arc::clone(self), Arc::clone(call), sid.to_owned());
        self.spawn(self.clock.busy(), async move {
            carrier.clock.sleep_until(ready_at).await;
            let complete = |recording: &mut Recording| recording.status = RecordingStatus::Completed;
            if let Some(recording) = carrier.recordings.change(&sid, complete) {
                carrier.tell_recording(&call, &recording);
            }
        });
        Some(recording)
    }

    /// Where the file of a recording is.
    pub(crate) fn recording_url(&self, sid: &str) -> String {
        format!("http://{}/2010-04-01/Accounts/{}/Recordings/{sid}", self.door.address(), self.config.account_sid)
    }

    fn tell_recording(self: &Arc<Self>, call: &Arc<Call>, recording: &Recording) {
        let word = recording.status.word();
        let Some(hook) =
            recording.order.tell.clone().filter(|_| recording.order.events.iter().any(|event| event == word))
        else {
            return;
        };
        let mut params: Params = vec![
            param("AccountSid", &self.config.account_sid),
            param("CallSid", &recording.call_sid),
            param("RecordingSid", &recording.sid),
            param("RecordingUrl", self.recording_url(&recording.sid)),
            param("RecordingStatus", word),
            param("RecordingChannels", recording.order.channels.to_string()),
            param("RecordingStartTime", text::rfc2822(recording.started_at)),
            param("RecordingSource", recording.source.word()),
            param("RecordingTrack", "both"),
            param("ErrorCode", "0"),
        ];
        if let Some(seconds) = recording.duration_s.filter(|_| recording.status == RecordingStatus::Completed) {
            params.push(param("RecordingDuration", seconds.to_string()));
        }
        let token = self.sids.new_sid("");
        self.dispatch(call, Delivery { kind: WebhookKind::Recording, hook, params, token });
    }
}
