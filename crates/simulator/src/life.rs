//! A call's life, from leaving the queue to its last callback.
//!
//! One task a call. It decides nothing about the callee (that is the [`Destiny`] drawn beforehand) and nothing about
//! what is said (that is the interpreter's); it rings, answers, ends, and reports each step. The API ends calls too,
//! through the same [`finish`]; whoever comes first wins, and the task finds the call ended.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use crate::{
    behavior::{Destiny, Party},
    call::Call,
    carrier::Carrier,
    chance::{Dice, Span},
    detection::{self, Verdict},
    line::{Interrupt, Line, next_command},
    mailbox::Command,
    recordings::Source,
    signature::Params,
    status::CallStatus,
    twiml::interpreter,
};

/// From leaving the queue to dialing: long enough for the create answer to come first, as a rule.
const BEFORE_DIALING: Duration = Duration::from_millis(100);
/// From dialing to the first ring, or to the network's refusal.
const POST_DIAL_DELAY: Span = Span::new(0.5, 2.0);

pub(crate) const SIP_OK: u16 = 200;
pub(crate) const SIP_BUSY: u16 = 486;
pub(crate) const SIP_CANCELED: u16 = 487;

/// Runs a call.
pub(crate) async fn live(carrier: Arc<Carrier>, call: Arc<Call>) {
    let dice = Dice::new(carrier.config.seed, "call", &call.order.to, call.nth.into());
    let mut life = Life { dice, carrier, call };
    // An error says that the call has been ended meanwhile; there is nothing left to do.
    let _ = life.run().await;
    for letter in life.call.mailbox.close() {
        if let Command::Bridge { agent, .. } = letter.command {
            life.carrier.post(&agent, Command::PeerGone);
        }
    }
}

/// Ends a call, with everything an end brings; false if it had ended before. A call that never left the queue ends
/// without a callback.
pub(crate) fn finish(carrier: &Arc<Carrier>, call: &Arc<Call>, status: CallStatus, sip: Option<u16>) -> bool {
    let now = carrier.now();
    if !call.advance(status, now, carrier.config.speed) {
        return false;
    }
    carrier.calls.finished(call);
    if call.seen().dialed_at.is_none() {
        return true;
    }
    call.seen().sip = sip;
    let recordings = call.seen().recordings.clone();
    for sid in recordings {
        carrier.finish_recording(call, &sid);
    }
    carrier.report(call);
    true
}

struct Life {
    carrier: Arc<Carrier>,
    call: Arc<Call>,
    dice: Dice,
}

/// The call was ended through the API.
struct Gone;

impl Life {
    async fn run(&mut self) -> Result<(), Gone> {
        if !self.call.early.load(Ordering::Relaxed) {
            self.wait(BEFORE_DIALING).await?;
            self.advance(CallStatus::Initiated)?;
        }
        let destiny = self.call.behavior.destiny(&self.call.mix, &mut self.dice);
        if let Some(party) = self.dial(destiny).await? {
            self.talk(&party).await?;
        }
        Ok(())
    }

    /// Rings as destined; who picked up, or nobody and the call has ended.
    async fn dial(&mut self, destiny: Destiny) -> Result<Option<Party>, Gone> {
        let delay = self.dice.between(POST_DIAL_DELAY);
        self.wait(delay).await?;
        let timeout = self.call.order.ring_timeout;
        let (rings_for, party) = match destiny {
            Destiny::Busy => return Ok(self.unanswered(CallStatus::Busy, SIP_BUSY)),
            Destiny::Fails { sip, code } => {
                if let Some(code) = code {
                    self.carrier.notify(&self.call, code, "", "the network refused the call");
                }
                return Ok(self.unanswered(CallStatus::Failed, sip));
            }
            Destiny::NoAnswer => (timeout, None),
            Destiny::Answers(after, party) => (after.min(timeout), (after < timeout).then_some(party)),
        };
        self.advance(CallStatus::Ringing)?;
        self.wait(rings_for).await?;
        Ok(party.or_else(|| self.unanswered(CallStatus::NoAnswer, SIP_CANCELED)))
    }

    fn unanswered(&self, status: CallStatus, sip: u16) -> Option<Party> {
        finish(&self.carrier, &self.call, status, Some(sip));
        None
    }

    /// From the answer to the end.
    async fn talk(&mut self, party: &Party) -> Result<(), Gone> {
        self.advance(CallStatus::InProgress)?;
        let answered_at = self.carrier.now();
        let mut line = Line::new(&self.carrier, &self.call, party, answered_at);
        if let Some(order) = &self.call.order.record {
            self.carrier.start_recording(&self.call, Source::OutboundApi, order);
        }
        let first = self.call.order.source.clone();
        match self.detect(&mut line, party).await {
            Ok(params) => interpreter::run(&mut line, first, params).await,
            Err(Interrupt::Redirected(source)) => interpreter::run(&mut line, source, Params::new()).await,
            Err(_) => {}
        }
        finish(&self.carrier, &self.call, CallStatus::Completed, Some(SIP_OK));
        Ok(())
    }

    /// Detection, if ordered: the parameters that synchronous detection adds to the first request for a document.
    async fn detect(&mut self, line: &mut Line, party: &Party) -> Result<Params, Interrupt> {
        let Some(order) = &self.call.order.detection else { return Ok(Params::new()) };
        let verdict = Verdict::of(order, party, self.call.mix.undetected, &mut self.dice);
        let at = line.later(verdict.after);
        if order.asynchronous {
            detection::watch(&self.carrier, &self.call, verdict, order.tell.clone(), at);
            return Ok(Params::new());
        }
        line.wait_until(at).await?;
        Ok(verdict.settle(&self.call))
    }

    /// Waits before the answer.
    async fn wait(&mut self, simulated: Duration) -> Result<(), Gone> {
        let until = self.carrier.later(self.carrier.now(), simulated);
        while let Some(letter) = next_command(&self.carrier, &self.call, until).await {
            if matches!(letter.command, Command::End) {
                return Err(Gone);
            }
        }
        Ok(())
    }

    /// Moves the call and reports it.
    fn advance(&self, status: CallStatus) -> Result<(), Gone> {
        if !self.call.advance(status, self.carrier.now(), self.carrier.config.speed) {
            return Err(Gone);
        }
        self.carrier.report(&self.call);
        Ok(())
    }
}
