//! Runs documents on a line until the call ends.
//!
//! One document leads to another (redirects, actions, commands of the API); a fallback address stands in once for a
//! document that cannot be had or read; without one the callee hears the carrier's announcement. A loop that costs no
//! time, as a `Gather` without `action` makes it, is stopped and complained of.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    dial::dial,
    document::{Document, Utterance, Verb},
    enqueue::enqueue,
    fetch::{self, Failure, param},
    gather::gather,
    record::record,
    speech,
};
use crate::{
    line::{Interrupt, Line},
    order::{Hook, Source},
    signature::Params,
};

/// Documents one call may ask for.
const DOCUMENTS_MAX: u32 = 10_000;
/// Documents in a row that may pass without any simulated time.
const TIMELESS_MAX: u32 = 20;
const APP_ERROR: &str = "We are sorry. An application error has occurred. Goodbye.";

/// Why a document stopped short.
pub(crate) enum Broken {
    Interrupted(Interrupt),
    /// A file or document could not be had.
    Failed(Failure),
}

impl From<Interrupt> for Broken {
    fn from(interrupt: Interrupt) -> Self {
        Broken::Interrupted(interrupt)
    }
}

/// Where a document leads.
pub(crate) enum Lead {
    /// The call is hung up.
    HangUp,
    /// The queue is left, in a document that runs while waiting.
    Leave,
    /// Another document, with these parameters.
    To(Source, Params),
}

impl Lead {
    pub(crate) fn to(hook: &Hook, params: Params) -> Lead {
        Lead::To(Source::Url(hook.clone()), params)
    }
}

/// Runs the call's documents; returns when there is nothing left to say.
pub(crate) async fn run(line: &mut Line, first: Source, params: Params) {
    let mut next = (first, params);
    let mut guard = LoopGuard { documents: 0, timeless: 0, last_at: Timestamp::MIN };
    loop {
        if let Err(what) = guard.admits(line.now()) {
            line.carrier.ledger.complain(line.now(), &line.call.sid, what.to_owned());
            return;
        }
        let lead = match play(line, &next.0, &next.1).await {
            Ok(lead) => Ok(lead),
            Err(Broken::Failed(failure)) => fall_back(line, failure).await,
            Err(Broken::Interrupted(interrupt)) => Err(interrupt),
        };
        match lead {
            Ok(Lead::HangUp | Lead::Leave) => return,
            Ok(Lead::To(source, params)) => next = (source, params),
            Err(Interrupt::Redirected(source) | Interrupt::Dequeued(source)) => next = (source, Params::new()),
            Err(Interrupt::HungUp | Interrupt::TimeLimit | Interrupt::Ended | Interrupt::Bridged(..)) => return,
        }
    }
}

struct LoopGuard {
    documents: u32,
    timeless: u32,
    last_at: Timestamp,
}

impl LoopGuard {
    fn admits(&mut self, now: Timestamp) -> Result<(), &'static str> {
        self.documents += 1;
        self.timeless = if now > self.last_at { 0 } else { self.timeless + 1 };
        self.last_at = now;
        if self.timeless > TIMELESS_MAX {
            return Err("documents follow each other in a loop without any time passing");
        }
        if self.documents > DOCUMENTS_MAX {
            return Err("the call asked for too many documents");
        }
        Ok(())
    }
}

/// Gets one document and runs it to its end.
pub(crate) async fn play(line: &mut Line, source: &Source, params: &Params) -> Result<Lead, Broken> {
    let carrier = Arc::clone(&line.carrier);
    let document = fetch::document(&carrier, &line.call, source, params).await.map_err(Broken::Failed)?;
    perform(line, &document, source).await
}

async fn perform(line: &mut Line, document: &Document, source: &Source) -> Result<Lead, Broken> {
    let url = if let Source::Url(hook) = source { hook.url.as_str() } else { "" };
    for warning in &document.warnings {
        line.carrier.notify(&line.call, warning.code, url, warning.message.clone());
    }
    // What arrived while the document was fetched comes first.
    line.wait_until(line.now()).await?;
    for verb in &document.verbs {
        match verb {
            Verb::Utter(utterance) => utter(line, utterance, Timestamp::MAX).await?,
            Verb::Gather(wanted) => {
                let keys = gather(line, wanted).await?;
                if keys.is_some() || wanted.action_on_empty {
                    return Ok(Lead::to(&wanted.action, vec![param("Digits", keys.unwrap_or_default())]));
                }
            }
            Verb::Record(wanted) => {
                if let Some(lead) = record(line, wanted).await? {
                    return Ok(lead);
                }
            }
            Verb::Enqueue(wanted) => {
                if let Some(lead) = enqueue(line, wanted).await? {
                    return Ok(lead);
                }
            }
            Verb::Dial(wanted) => {
                if let Some(lead) = dial(line, wanted).await? {
                    return Ok(lead);
                }
            }
            Verb::Redirect(hook) => return Ok(Lead::to(hook, Params::new())),
            Verb::Leave => return Ok(Lead::Leave),
            Verb::Hangup | Verb::Reject { .. } => return Ok(Lead::HangUp),
        }
    }
    Ok(Lead::HangUp)
}

/// Says or plays something, at most until `stop_at`: a key that is pressed silences it.
pub(crate) async fn utter(line: &mut Line, utterance: &Utterance, stop_at: Timestamp) -> Result<(), Broken> {
    let (what, length, loops) = match utterance {
        Utterance::Pause(length) => return Ok(line.wait_until(line.later(*length).min(stop_at)).await?),
        Utterance::Say { text, loops } => (text.clone(), speech::spoken(text), *loops),
        Utterance::Sound { name, length } => (format!("[play] {name}"), *length, 1),
        Utterance::Play { url, loops } => {
            let carrier = Arc::clone(&line.carrier);
            let reply = fetch::audio(&carrier, &line.call, url).await.map_err(|code| {
                Broken::Failed(Failure { code, url: url.clone(), message: "the file cannot be played".to_owned() })
            })?;
            (format!("[play] {url}"), speech::played(&reply.body), *loops)
        }
    };
    line.hears(what);
    for _ in 0..loops {
        let until = line.later(length).min(stop_at);
        line.wait_until(until).await?;
        if until == stop_at {
            break;
        }
    }
    Ok(())
}

/// After a failure: the fallback's document, else the announcement.
async fn fall_back(line: &mut Line, failure: Failure) -> Result<Lead, Interrupt> {
    line.carrier.notify(&line.call, failure.code, &failure.url, failure.message.clone());
    if let Some(hook) = line.call.order.fallback.clone() {
        let params = vec![param("ErrorCode", failure.code.to_string()), param("ErrorUrl", failure.url)];
        match play(line, &Source::Url(hook), &params).await {
            Ok(lead) => return Ok(lead),
            Err(Broken::Interrupted(interrupt)) => return Err(interrupt),
            Err(Broken::Failed(failure)) => {
                line.carrier.notify(&line.call, failure.code, &failure.url, failure.message);
            }
        }
    }
    line.call.seen().app_error_played = true;
    line.hears(APP_ERROR);
    line.wait_for(speech::spoken(APP_ERROR)).await?;
    Ok(Lead::HangUp)
}
