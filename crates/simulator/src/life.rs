//! A call's life, from leaving the queue to its last callback.
//!
//! One task a call. It decides nothing about the callee (that is the [`Destiny`] drawn beforehand) and nothing about
//! what is said (that is the interpreter's); it rings, answers, ends, and reports each step. The API ends calls too,
//! through the same [`finish`]; whoever comes first wins, and the task finds the call ended.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use jiff::Timestamp;

use crate::{
    behavior::{Destiny, Party},
    call::{Call, CallStatus},
    carrier::Carrier,
    chance::{Dice, Span},
    line::{Line, next_command},
    mailbox::Command,
    signature::Params,
    twiml::interpreter,
};

/// From leaving the queue to dialing: long enough for the create answer to come first, as a rule.
const BEFORE_DIALING: Duration = Duration::from_millis(100);
/// From dialing to the first ring, or to the network's refusal.
const POST_DIAL_DELAY: Span = Span::new(0.5, 2.0);

const SIP_OK: u16 = 200;
const SIP_BUSY: u16 = 486;
pub(crate) const SIP_CANCELED: u16 = 487;

/// Runs a call.
pub(crate) async fn live(carrier: Arc<Carrier>, call: Arc<Call>) {
    let dice = Dice::new(carrier.config.seed, "call", &call.order.to, call.nth.into());
    let mut life = Life { dice, carrier, call };
    // An error says that the call has been ended meanwhile; there is nothing left to do.
    let _ = life.run().await;
    life.call.mailbox.close();
}

/// Ends a call, with everything an end brings; false if it had ended before.
pub(crate) fn finish(carrier: &Arc<Carrier>, call: &Arc<Call>, status: CallStatus, sip: Option<u16>) -> bool {
    let now = carrier.now();
    if !call.advance(status, now, carrier.config.speed) {
        return false;
    }
    call.seen().sip = sip;
    carrier.calls.finished(call);
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
        let mut line = self.line(party, self.carrier.now());
        interpreter::run(&mut line, self.call.order.source.clone(), Params::new()).await;
        finish(&self.carrier, &self.call, CallStatus::Completed, Some(SIP_OK));
        Ok(())
    }

    fn line(&self, party: &Party, answered_at: Timestamp) -> Line {
        let at = |after| self.carrier.later(answered_at, after);
        Line {
            carrier: Arc::clone(&self.carrier),
            call: Arc::clone(&self.call),
            hangs_up_at: at(party.stays),
            limit_at: at(self.call.order.time_limit),
            presses: party.presses.iter().map(|(after, key)| (at(*after), *key)).collect(),
        }
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
