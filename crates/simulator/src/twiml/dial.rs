//! `Dial`: the head of a queue, or phones and browsers that ring at once.
//!
//! A dialed leg is a call of its own in the records, but it lives in the task of the call that dialed it. What the legs
//! did is told to the action; without one the document goes on.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use super::{
    document::{Dial, Leg, Noun},
    fetch::{self, param},
    interpreter::{Broken, Lead, play},
};
use crate::{
    behavior::{Destiny, Party},
    call::{Call, NewCall, simulated_seconds},
    chance::Dice,
    life::{self, SIP_BUSY, SIP_CANCELED, SIP_OK},
    line::{Interrupt, Line, Word},
    mailbox::Command,
    order::{CallOrder, Hook, RecordOrder, Source},
    recordings,
    signature::Params,
    status::{CallStatus, Direction},
};

const QUEUE_UNKNOWN: u32 = 14210;
/// How long refusals by the network take.
const REFUSED_AFTER: Duration = Duration::from_secs(1);

/// What came of dialing.
struct Dialed {
    status: &'static str,
    sid: Option<String>,
    bridged_at: Option<Timestamp>,
    /// What ended it from outside.
    interrupt: Option<Interrupt>,
}

impl Dialed {
    fn nobody(status: &'static str) -> Dialed {
        Dialed { status, sid: None, bridged_at: None, interrupt: None }
    }

    fn interrupted(interrupt: Interrupt) -> Dialed {
        Dialed { interrupt: Some(interrupt), ..Dialed::nobody("canceled") }
    }
}

/// Dials; where the document goes on, none for its next verb.
pub(crate) async fn dial(line: &mut Line, wanted: &Dial) -> Result<Option<Lead>, Broken> {
    let limit_at = line.limit_at;
    let dialed = match &wanted.noun {
        Noun::Queue { name, whisper } => dial_queue(line, wanted, name, whisper.clone()).await,
        Noun::Legs(legs) => dial_legs(line, wanted, legs).await,
    };
    line.limit_at = limit_at;
    let params = params(line, wanted, &dialed);
    match (dialed.interrupt, &wanted.action) {
        (Some(interrupt), action) => {
            // The action is asked for before whatever comes next; its answer does not control the call.
            if let Some(action) = action {
                let carrier = Arc::clone(&line.carrier);
                let _ = fetch::document(&carrier, &line.call, &Source::Url(action.clone()), &params).await;
            }
            Err(interrupt.into())
        }
        (None, Some(action)) => Ok(Some(Lead::to(action, params))),
        (None, None) => Ok(None),
    }
}

fn params(line: &Line, wanted: &Dial, dialed: &Dialed) -> Params {
    let mut params = vec![param("DialCallStatus", dialed.status)];
    if let Some(sid) = &dialed.sid {
        params.push(param("DialCallSid", sid.clone()));
    }
    if let Some(bridged_at) = dialed.bridged_at {
        let seconds = simulated_seconds(bridged_at, line.now(), line.carrier.config.speed);
        params.push(param("DialCallDuration", seconds.to_string()));
    }
    params.push(param("DialBridged", dialed.bridged_at.is_some().to_string()));
    if wanted.record.is_some()
        && let Some(sid) = line.call.seen().recordings.last()
    {
        params.push(param("RecordingUrl", line.carrier.recording_url(sid)));
    }
    params
}

/// Takes the head of a queue, or waits for one to come.
async fn dial_queue(line: &mut Line, wanted: &Dial, name: &str, whisper: Option<Hook>) -> Dialed {
    let carrier = Arc::clone(&line.carrier);
    if carrier.queues.by_name(name).is_none() {
        carrier.notify(&line.call, QUEUE_UNKNOWN, "", format!("no queue {name}"));
        return Dialed::nobody("failed");
    }
    let patience_ends_at = line.later(wanted.timeout);
    loop {
        if let Some(member) = carrier.queues.take_or_wait(name, &line.call, line.now()) {
            let bridge = Command::Bridge { agent: Arc::clone(&line.call), whisper: whisper.clone() };
            if !carrier.post(&member.call, bridge) {
                continue;
            }
            if let Some(dialed) = bridge_with(line, wanted, &member.call).await {
                return dialed;
            }
            continue;
        }
        match line.listen_until(patience_ends_at).await {
            Ok(Some(_)) => {}
            Ok(None) => {
                carrier.queues.stop_waiting(name, &line.call);
                return Dialed::nobody("no-answer");
            }
            Err(interrupt) => {
                carrier.queues.stop_waiting(name, &line.call);
                return Dialed::interrupted(interrupt);
            }
        }
    }
}

/// The conversation with a callee out of the queue; none if the callee went before it began.
async fn bridge_with(line: &mut Line, wanted: &Dial, callee: &Arc<Call>) -> Option<Dialed> {
    let mut dialed = Dialed { sid: Some(callee.sid.clone()), ..Dialed::nobody("completed") };
    let mut recording = None;
    loop {
        match line.listen_until(Timestamp::MAX).await {
            Ok(Some(Word::Connected)) => {
                line.connected(&callee.sid);
                callee.seen().bridged_with = Some(line.call.sid.clone());
                dialed.bridged_at = Some(line.now());
                line.limit_at = line.limit_at.min(line.later(wanted.time_limit));
                recording = record(line, wanted);
            }
            Ok(Some(Word::PeerGone)) if dialed.bridged_at.is_none() => return None,
            Ok(Some(Word::PeerGone) | None) => break,
            Ok(Some(Word::CalleeArrived)) => {}
            Err(interrupt) => {
                line.carrier.post(callee, Command::PeerGone);
                dialed.interrupt = Some(interrupt);
                break;
            }
        }
    }
    end_recording(line, recording);
    Some(dialed)
}

fn record(line: &Line, wanted: &Dial) -> Option<String> {
    let order = wanted.record.as_ref()?;
    Some(line.carrier.start_recording(&line.call, recordings::Source::DialVerb, order).sid)
}

fn end_recording(line: &Line, recording: Option<String>) {
    if let Some(sid) = recording {
        line.carrier.finish_recording(&line.call, &sid);
    }
}

/// A leg that rings.
struct Ringing {
    call: Arc<Call>,
    destiny: Destiny,
    whisper: Option<Hook>,
}

/// Rings all legs; the first to answer is connected.
async fn dial_legs(line: &mut Line, wanted: &Dial, legs: &[Leg]) -> Dialed {
    let ringing: Vec<Ringing> = legs.iter().map(|leg| ring(line, wanted, leg)).collect();
    let answered = ringing.iter().filter_map(|leg| match &leg.destiny {
        Destiny::Answers(after, party) if *after < wanted.timeout => Some((*after, leg, party.clone())),
        _ => None,
    });
    let first = answered.min_by_key(|(after, ..)| *after);
    let keeps_ringing = |leg: &Ringing| matches!(leg.destiny, Destiny::NoAnswer | Destiny::Answers(..));
    let last_resort = if ringing.iter().any(keeps_ringing) { wanted.timeout } else { REFUSED_AFTER };
    let until = line.later(first.as_ref().map_or(last_resort, |(after, ..)| *after));
    if let Err(interrupt) = line.wait_until(until).await {
        ringing.iter().for_each(|leg| give_up(line, leg, true));
        return Dialed::interrupted(interrupt);
    }
    let winner = first.as_ref().map(|(_, leg, _)| leg.call.sid.clone());
    for leg in ringing.iter().filter(|leg| Some(&leg.call.sid) != winner.as_ref()) {
        give_up(line, leg, winner.is_some());
    }
    match first {
        Some((_, leg, party)) => talk(line, wanted, leg, &party).await,
        None => {
            let call = ringing.first().map(|leg| &leg.call);
            let status = call.map_or("failed", |call| call.status().word());
            Dialed { sid: call.map(|call| call.sid.clone()), ..Dialed::nobody(status) }
        }
    }
}

fn ring(line: &Line, wanted: &Dial, leg: &Leg) -> Ringing {
    let carrier = &line.carrier;
    let draw = carrier.behaviors.draw(&leg.to);
    let order = CallOrder {
        to: leg.to.clone(),
        from: wanted.caller_id.clone().unwrap_or_else(|| line.call.order.from.clone()),
        source: Source::Inline(String::new()),
        fallback: None,
        status: leg.status.clone(),
        ring_timeout: wanted.timeout,
        time_limit: wanted.time_limit,
        record: None,
        detection: None,
    };
    let new = NewCall {
        sid: carrier.sids.new_sid("CA"),
        parent_sid: Some(line.call.sid.clone()),
        direction: Direction::OutboundDial,
        order,
        behavior: draw.behavior,
        nth: draw.nth,
        mix: draw.mix,
        queue_time_ms: 0,
        created_at: line.now(),
    };
    let call = Arc::new(Call::new(new, line.call.mailbox.clone()));
    carrier.calls.enter(&call);
    let mut dice = Dice::new(carrier.config.seed, "call", &leg.to, call.nth.into());
    let destiny = call.behavior.destiny(&call.mix, &mut dice);
    let mut steps = vec![CallStatus::Initiated];
    if matches!(destiny, Destiny::NoAnswer | Destiny::Answers(..)) {
        steps.push(CallStatus::Ringing);
    }
    for status in steps {
        call.advance(status, line.now(), carrier.config.speed);
        carrier.report(&call);
    }
    Ringing { call, destiny, whisper: leg.whisper.clone() }
}

/// Ends a leg that was not connected.
fn give_up(line: &Line, leg: &Ringing, canceled: bool) {
    let (status, sip) = match leg.destiny {
        Destiny::Busy => (CallStatus::Busy, SIP_BUSY),
        Destiny::Fails { sip, .. } => (CallStatus::Failed, sip),
        Destiny::NoAnswer | Destiny::Answers(..) if canceled => (CallStatus::Canceled, SIP_CANCELED),
        Destiny::NoAnswer | Destiny::Answers(..) => (CallStatus::NoAnswer, SIP_CANCELED),
    };
    life::finish(&line.carrier, &leg.call, status, Some(sip));
}

/// The conversation with the leg that answered.
async fn talk(line: &mut Line, wanted: &Dial, leg: &Ringing, party: &Party) -> Dialed {
    let carrier = Arc::clone(&line.carrier);
    let mut dialed = Dialed { sid: Some(leg.call.sid.clone()), ..Dialed::nobody("completed") };
    leg.call.advance(CallStatus::InProgress, line.now(), carrier.config.speed);
    carrier.report(&leg.call);
    if let Some(whisper) = &leg.whisper {
        let mut other = Line::new(&carrier, &leg.call, party, line.now());
        if let Err(Broken::Interrupted(_)) =
            Box::pin(play(&mut other, &Source::Url(whisper.clone()), &Params::new())).await
        {
            life::finish(&carrier, &leg.call, CallStatus::Completed, Some(SIP_OK));
            return dialed;
        }
    }
    line.connected(&leg.call.sid);
    leg.call.seen().bridged_with = Some(line.call.sid.clone());
    dialed.bridged_at = Some(line.now());
    let recording = record(line, wanted);
    let ends_at = line.later(party.stays.min(wanted.time_limit));
    loop {
        match line.listen_until(ends_at).await {
            Ok(None | Some(Word::PeerGone)) => break,
            Ok(Some(_)) => {}
            Err(interrupt) => {
                dialed.interrupt = Some(interrupt);
                break;
            }
        }
    }
    end_recording(line, recording);
    life::finish(&carrier, &leg.call, CallStatus::Completed, Some(SIP_OK));
    dialed
}

/// The order of a recorded `Dial`.
pub(crate) fn record_order(word: &str, tell: Option<Hook>) -> Option<RecordOrder> {
    let channels = match word {
        "true" | "record-from-answer" | "record-from-ringing" => 1,
        "record-from-answer-dual" | "record-from-ringing-dual" => 2,
        _ => return None,
    };
    Some(RecordOrder { channels, tell, events: vec!["completed".to_owned()] })
}
