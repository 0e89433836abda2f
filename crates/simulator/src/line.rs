//! An answered line: where every verb waits.
//!
//! A wait ends when its time has come or something interrupts it: the callee hangs up, the time limit is reached, a
//! command arrives. Every wait has a deadline, so no task of the simulator waits for ever.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    call::Call,
    carrier::Carrier,
    mailbox::{Command, Letter},
    order::Source,
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
}

/// The line of one answered call.
pub(crate) struct Line {
    pub(crate) carrier: Arc<Carrier>,
    pub(crate) call: Arc<Call>,
    /// When the callee hangs up.
    pub(crate) hangs_up_at: Timestamp,
    /// When the time limit ends the call.
    pub(crate) limit_at: Timestamp,
    /// The keys the callee will press, each with its time.
    pub(crate) presses: VecDeque<(Timestamp, char)>,
}

impl Line {
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

    /// Waits until an instant.
    pub(crate) async fn wait_until(&mut self, until: Timestamp) -> Result<(), Interrupt> {
        let ends_at = self.hangs_up_at.min(self.limit_at);
        loop {
            match next_command(&self.carrier, &self.call, until.min(ends_at)).await {
                Some(letter) => self.interrupted(letter.command)?,
                None if until <= ends_at => return Ok(()),
                None if self.hangs_up_at <= self.limit_at => return Err(Interrupt::HungUp),
                None => return Err(Interrupt::TimeLimit),
            }
        }
    }

    fn interrupted(&mut self, command: Command) -> Result<(), Interrupt> {
        match command {
            Command::End => Err(Interrupt::Ended),
            Command::Redirect(source) => Err(Interrupt::Redirected(source)),
        }
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
