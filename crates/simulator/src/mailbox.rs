//! Commands for the task of a call: from the API, and from the leg it is bridged with.
//!
//! A command carries a [`Busy`] of its own, so that virtual time cannot step between the sending and the moment the
//! call has taken notice.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::{
    call::Call,
    clock::Busy,
    order::{Hook, Source},
};

/// What a call is told while it lives.
#[derive(Clone)]
pub(crate) enum Command {
    /// The call has been ended through the API.
    End,
    /// Take another document.
    Redirect(Source),
    /// Leave the queue and run this document.
    Dequeue(Source),
    /// Taken out of the queue by this leg: hear its whisper, then be connected.
    Bridge { agent: Arc<Call>, whisper: Option<Hook> },
    /// Somebody has come into the queue this leg waits for.
    CalleeArrived,
    /// The callee has heard the whisper; the legs are connected.
    Connected,
    /// The other leg has gone.
    PeerGone,
}

/// A command on its way.
pub(crate) struct Letter {
    pub(crate) command: Command,
    /// Dropped when the task has taken notice.
    #[allow(dead_code, reason = "held, not read")]
    pub(crate) busy: Busy,
}

/// Where commands wait for the task.
#[derive(Clone, Default)]
pub(crate) struct Mailbox(Arc<Inbox>);

#[derive(Default)]
struct Inbox {
    letters: Mutex<Letters>,
    bell: Notify,
}

#[derive(Default)]
struct Letters {
    waiting: VecDeque<Letter>,
    /// The call has ended: nobody reads any more, and a letter kept would count as work for ever.
    closed: bool,
}

impl Mailbox {
    /// False if nobody will read it.
    pub(crate) fn post(&self, letter: Letter) -> bool {
        let mut letters = self.lock();
        if !letters.closed {
            letters.waiting.push_back(letter);
            self.0.bell.notify_one();
        }
        !letters.closed
    }

    /// The oldest letter, if one waits.
    pub(crate) fn take(&self) -> Option<Letter> {
        self.lock().waiting.pop_front()
    }

    /// Takes no more letters; those that nobody has read are given back.
    pub(crate) fn close(&self) -> VecDeque<Letter> {
        let mut letters = self.lock();
        letters.closed = true;
        std::mem::take(&mut letters.waiting)
    }

    /// Resolves when a letter may be waiting.
    pub(crate) async fn rung(&self) {
        self.0.bell.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Letters> {
        self.0.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
