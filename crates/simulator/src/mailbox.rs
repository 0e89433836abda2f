//! Commands for the task of a call: from the API, and from the leg it is bridged with.
//!
//! A command carries a [`Busy`] of its own, so that virtual time cannot step between the sending and the moment the
//! call has taken notice.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::{clock::Busy, order::Source};

/// What a call is told while it lives.
#[derive(Clone)]
pub(crate) enum Command {
    /// The call has been ended through the API.
    End,
    /// Take another document.
    Redirect(Source),
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
    pub(crate) fn post(&self, letter: Letter) {
        let mut letters = self.lock();
        if !letters.closed {
            letters.waiting.push_back(letter);
            self.0.bell.notify_one();
        }
    }

    /// The oldest letter, if one waits.
    pub(crate) fn take(&self) -> Option<Letter> {
        self.lock().waiting.pop_front()
    }

    /// Throws away what waits and what will come.
    pub(crate) fn close(&self) {
        let mut letters = self.lock();
        letters.closed = true;
        letters.waiting.clear();
    }

    /// Resolves when a letter may be waiting.
    pub(crate) async fn rung(&self) {
        self.0.bell.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Letters> {
        self.0.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
