//! `Enqueue`: waiting for an agent, being bridged with one, and what is told afterwards.
//!
//! The wait document runs again and again until somebody takes the callee, the callee hangs up, or a document says
//! `Leave`. The action is asked for when the wait has ended; after a bridge, when the bridge has.

use std::{sync::Arc, time::Duration};

use super::{
    document::Enqueue,
    fetch::param,
    interpreter::{Broken, Lead, play},
};
use crate::{
    call::{Call, simulated_seconds},
    line::{Interrupt, Line, Word},
    mailbox::Command,
    order::{Hook, Source},
    queues::Joined,
    signature::Params,
};

/// The shortest a round of waiting takes, so that an empty wait document is no endless loop.
const ROUND: Duration = Duration::from_secs(1);
/// A round of music when no address for any is given.
const MUSIC: Duration = Duration::from_secs(60);

/// How the wait ended.
enum Outcome {
    Left,
    Full,
    Bridged,
    /// The call goes no further, or somewhere else.
    Interrupted(&'static str, Interrupt),
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Outcome::Left => "leave",
            Outcome::Full => "queue-full",
            Outcome::Bridged => "bridged",
            Outcome::Interrupted(word, _) => word,
        }
    }
}

/// Waits in the queue; where the document goes on, none for its next verb.
pub(crate) async fn enqueue(line: &mut Line, wanted: &Enqueue) -> Result<Option<Lead>, Broken> {
    let (carrier, entered_at) = (Arc::clone(&line.carrier), line.now());
    let (sid, outcome) = match carrier.queues.join(&wanted.name, &line.call, &carrier.sids, entered_at) {
        Joined::Full { sid } => (sid, Outcome::Full),
        Joined::Waiting { sid, agent } => {
            line.call.seen().enqueued_at = Some(entered_at);
            if let Some(agent) = agent {
                carrier.post(&agent, Command::CalleeArrived);
            }
            line.queue = Some(wanted.name.clone());
            let outcome = wait(line, wanted, &sid).await;
            line.queue = None;
            carrier.queues.leave(&wanted.name, &line.call, line.now());
            (sid, outcome)
        }
    };
    let waited = simulated_seconds(entered_at, line.now(), carrier.config.speed);
    let params =
        vec![param("QueueResult", outcome.word()), param("QueueSid", sid), param("QueueTime", waited.to_string())];
    match (outcome, &wanted.action) {
        (Outcome::Interrupted(_, interrupt), action) => {
            if let Some(action) = action {
                // For statistics only: the call goes elsewhere whatever the answer says.
                let _ = super::fetch::document(&carrier, &line.call, &Source::Url(action.clone()), &params).await;
            }
            Err(interrupt.into())
        }
        (_, Some(action)) => Ok(Some(Lead::to(action, params))),
        (_, None) => Ok(None),
    }
}

async fn wait(line: &mut Line, wanted: &Enqueue, sid: &str) -> Outcome {
    let entered_at = line.now();
    loop {
        let round_ends_at = line.later(ROUND);
        let heard = match &wanted.wait {
            None => line.wait_for(MUSIC).await.map_err(Broken::from).map(|()| Lead::HangUp),
            Some(hook) => {
                let params = wait_params(line, &wanted.name, sid, entered_at);
                play_waiting(line, hook, params).await
            }
        };
        let rest = match heard {
            Ok(Lead::Leave) => return Outcome::Left,
            Ok(_) => line.wait_until(round_ends_at).await,
            Err(Broken::Failed(failure)) => {
                // No music is no reason to lose a caller.
                line.carrier.notify(&line.call, failure.code, &failure.url, failure.message);
                line.wait_for(MUSIC).await
            }
            Err(Broken::Interrupted(interrupt)) => Err(interrupt),
        };
        match rest {
            Ok(()) => {}
            Err(Interrupt::Bridged(agent, whisper)) => return bridged(line, &agent, whisper).await,
            Err(Interrupt::Dequeued(source)) => {
                return Outcome::Interrupted("redirected", Interrupt::Redirected(source));
            }
            Err(interrupt @ Interrupt::Redirected(_)) => return Outcome::Interrupted("redirected", interrupt),
            Err(interrupt) => return Outcome::Interrupted("hangup", interrupt),
        }
    }
}

/// Runs the wait document and those it redirects to, in a queue's limits.
async fn play_waiting(line: &mut Line, hook: &Hook, params: Params) -> Result<Lead, Broken> {
    const REDIRECTS_MAX: u32 = 20;
    let mut next = (Source::Url(hook.clone()), params);
    for _ in 0..REDIRECTS_MAX {
        match Box::pin(play(line, &next.0, &next.1)).await? {
            Lead::To(source, params) => next = (source, params),
            lead => return Ok(lead),
        }
    }
    Ok(Lead::HangUp)
}

fn wait_params(line: &Line, name: &str, sid: &str, entered_at: jiff::Timestamp) -> Params {
    let waited = simulated_seconds(entered_at, line.now(), line.carrier.config.speed);
    let queue = line.carrier.queues.by_name(name);
    let position =
        queue.as_ref().and_then(|queue| queue.members.iter().position(|member| member.call.sid == line.call.sid));
    let (average, size, size_max) =
        queue.map_or((0, 0, 0), |queue| (queue.average_wait_s(), queue.members.len(), queue.size_max));
    vec![
        param("QueuePosition", position.map_or(0, |position| position + 1).to_string()),
        param("QueueSid", sid),
        param("QueueTime", waited.to_string()),
        param("AvgQueueTime", average.to_string()),
        param("CurrentQueueSize", size.to_string()),
        param("MaxQueueSize", size_max.to_string()),
    ]
}

/// Taken by an agent: the whisper, then the conversation until either side has gone.
async fn bridged(line: &mut Line, agent: &Arc<Call>, whisper: Option<Hook>) -> Outcome {
    line.queue = None;
    if let Some(hook) = whisper {
        let params = vec![param("DequeingCallSid", &agent.sid)];
        if let Err(Broken::Interrupted(interrupt)) = play_waiting(line, &hook, params).await {
            line.carrier.post(agent, Command::PeerGone);
            return Outcome::Interrupted("hangup", interrupt);
        }
    }
    line.connected(&agent.sid);
    if !line.carrier.post(agent, Command::Connected) {
        return Outcome::Bridged;
    }
    converse(line, agent).await
}

async fn converse(line: &mut Line, agent: &Call) -> Outcome {
    loop {
        match line.listen_until(jiff::Timestamp::MAX).await {
            Ok(Some(Word::PeerGone)) => return Outcome::Bridged,
            Ok(_) => {}
            Err(interrupt) => {
                line.carrier.post(agent, Command::PeerGone);
                let redirected = matches!(interrupt, Interrupt::Redirected(_));
                return Outcome::Interrupted(if redirected { "redirected-from-bridged" } else { "bridged" }, interrupt);
            }
        }
    }
}
