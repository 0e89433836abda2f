//! An answered line: where every verb waits.
//!
//! A wait ends when its time has come or something interrupts it: the callee hangs up, the time limit is reached, a
//! command arrives. Every wait has a deadline, so no task of the simulator waits for ever.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    behavior::Party,
    call::Call,
    carrier::Carrier,
    mailbox::{Command, Letter},
    order::{Hook, Source},
};

/// Why a wait ended early.
pub(crate) enum Interrupt {
    /// The callee hung up.
    HungUp,
    /// The call's time limit is reached.
    TimeLimit,
    /// Ended through the API.
    Ended,
    /// Another document is to be run.
    Redirected(Source),
    /// Taken out of the queue to run a document.
    Dequeued(Source),
    /// Taken out of the queue by an agent's leg.
    Bridged(Arc<Call>, Option<Hook>),
}

/// What the other side of a bridge, or of a queue, has to say.
pub(crate) enum Word {
    CalleeArrived,
    Connected,
    PeerGone,
}

/// The line of one answered call.
pub(crate) struct Line {
    pub(crate) carrier: Arc<Carrier>,
    pub(crate) call: Arc<Call>,
    /// When the callee hangs up.
    pub(crate) hangs_up_at: Timestamp,
    /// How long the callee stays, counted anew from a bridge.
    pub(crate) stays: Duration,
    /// When the time limit ends the call.
    pub(crate) limit_at: Timestamp,
    /// The keys the callee will press, each with its time.
    pub(crate) presses: VecDeque<(Timestamp, char)>,
    /// The queue the callee waits in.
    pub(crate) queue: Option<String>,
}

impl Line {
    /// The line to somebody who picked up at `answered_at`.
    pub(crate) fn new(carrier: &Arc<Carrier>, call: &Arc<Call>, party: &Party, answered_at: Timestamp) -> Line {
        let at = |after| carrier.later(answered_at, after);
        Line {
            hangs_up_at: at(party.stays),
            stays: party.stays,
            limit_at: at(call.order.time_limit),
            presses: party.presses.iter().map(|(after, key)| (at(*after), *key)).collect(),
            queue: None,
            carrier: Arc::clone(carrier),
            call: Arc::clone(call),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.carrier.now()
    }

    /// The instant so much simulated time from now.
    pub(crate) fn later(&self, simulated: Duration) -> Timestamp {
        self.carrier.later(self.now(), simulated)
    }

    /// Waits so much simulated time.
    pub(crate) async fn wait_for(&mut self, simulated: Duration) -> Result<(), Interrupt> {
        let until = self.later(simulated);
        self.wait_until(until).await
    }

    /// Waits until an instant; what another leg says meanwhile is of no use any more.
    pub(crate) async fn wait_until(&mut self, until: Timestamp) -> Result<(), Interrupt> {
        while self.listen_until(until).await?.is_some() {}
        Ok(())
    }

    /// Waits until an instant or for what another leg says, whichever comes first.
    pub(crate) async fn listen_until(&mut self, until: Timestamp) -> Result<Option<Word>, Interrupt> {
        let ends_at = self.hangs_up_at.min(self.limit_at);
        loop {
            match next_command(&self.carrier, &self.call, until.min(ends_at)).await {
                Some(letter) => {
                    if let Some(word) = self.heed(letter.command)? {
                        return Ok(Some(word));
                    }
                }
                None if until <= ends_at => return Ok(None),
                None if self.hangs_up_at <= self.limit_at => return Err(Interrupt::HungUp),
                None => return Err(Interrupt::TimeLimit),
            }
        }
    }

    fn heed(&self, command: Command) -> Result<Option<Word>, Interrupt> {
        match command {
            Command::End => Err(Interrupt::Ended),
            Command::Redirect(source) => Err(Interrupt::Redirected(source)),
            Command::Dequeue(source) if self.queue.is_some() => Err(Interrupt::Dequeued(source)),
            Command::Bridge { agent, whisper } if self.queue.is_some() => Err(Interrupt::Bridged(agent, whisper)),
            Command::Bridge { agent, .. } => {
                self.carrier.post(&agent, Command::PeerGone);
                Ok(None)
            }
            Command::Dequeue(_) => Ok(None),
            Command::CalleeArrived => Ok(Some(Word::CalleeArrived)),
            Command::Connected => Ok(Some(Word::Connected)),
            Command::PeerGone => Ok(Some(Word::PeerGone)),
        }
    }

    /// Two legs are connected: from now on counts how long the callee stays.
    pub(crate) fn connected(&mut self, with_sid: &str) {
        let now = self.now();
        self.hangs_up_at = self.carrier.later(now, self.stays);
        let mut seen = self.call.seen();
        seen.bridged_at = Some(now);
        seen.bridged_with = Some(with_sid.to_owned());
    }

    /// Forgets keys pressed before now: nobody was listening.
    pub(crate) fn drop_past_presses(&mut self) {
        let now = self.now();
        self.presses.retain(|(at, _)| *at >= now);
    }

    /// Notes what the callee hears.
    pub(crate) fn hears(&self, what: impl Into<String>) {
        self.call.seen().heard.push(what.into());
    }
}

/// The next letter, or nothing when `until` has come.
pub(crate) async fn next_command(carrier: &Carrier, call: &Call, until: Timestamp) -> Option<Letter> {
    loop {
        if let Some(letter) = call.mailbox.take() {
            return Some(letter);
        }
        if carrier.now() >= until {
            return None;
        }
        // The sleep is dropped before the letter's `Busy` is, so the clock never sees this task idle in between.
        tokio::select! {
            biased;
            () = call.mailbox.rung() => {}
            () = carrier.clock.sleep_until(until) => {}
        }
    }
}
