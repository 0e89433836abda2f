//! The truth for checkers: everything the carrier saw on the wire and did.
//!
//! Three append-only parts (create requests, webhooks, complaints); the calls themselves are in
//! [`calls`](crate::calls) and read through the same [`LedgerView`](crate::LedgerView). A bounded ledger forgets its
//! oldest entries.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;

use crate::signature::Params;

/// One create request as it came in.
#[derive(Clone, Debug, Serialize)]
pub struct CreateSeen {
    /// Its place among all create requests.
    pub index: u64,
    /// When it was received.
    pub received_at: Timestamp,
    /// The `To` parameter.
    pub to: String,
    /// The `From` parameter.
    pub from: String,
    /// Every parameter with its full value, so that a token in a URL can be read.
    pub params: Params,
    /// The HTTP status answered; none while no answer was given, or it never was.
    pub answer_status: Option<u16>,
    /// The carrier's error code answered.
    pub answer_code: Option<u32>,
    /// The fault that hit the request.
    pub fault: Option<&'static str>,
    /// The call placed for it.
    pub sid: Option<String>,
}

impl CreateSeen {
    /// The value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One webhook the carrier sent, or lost.
#[derive(Clone, Debug, Serialize)]
pub struct WebhookSeen {
    /// Its place among all webhooks.
    pub index: u64,
    /// When its first try began.
    pub sent_at: Timestamp,
    /// When it was finished.
    pub at: Timestamp,
    /// What it was for.
    pub kind: WebhookKind,
    /// The call it was about.
    pub call_sid: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The full URL.
    pub url: String,
    /// The form or query parameters.
    pub params: Params,
    /// The status answered; none when nothing came.
    pub status: Option<u16>,
    /// The carrier's error code for what went wrong.
    pub error: Option<u32>,
    /// How often it was tried.
    pub tries: u32,
    /// A fault kept it from being sent.
    pub lost: bool,
}

impl WebhookSeen {
    /// The value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a webhook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookKind {
    /// A call's progress.
    Status,
    /// The TwiML of a call.
    Twiml,
    /// A recording's progress.
    Recording,
    /// The verdict of answering machine detection.
    Detection,
    /// A file to be played.
    Media,
}

/// Something a client did that the carrier does not know or would have logged.
#[derive(Clone, Debug, Serialize)]
pub struct Complaint {
    /// Its place among all complaints.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// The request or call it is about.
    pub about: String,
    /// What is wrong.
    pub what: String,
}

/// A list that numbers its entries and keeps the newest.
struct Log<T> {
    first: u64,
    entries: VecDeque<T>,
    max: usize,
}

impl<T: Clone> Log<T> {
    fn new(max: usize) -> Log<T> {
        Log { first: 0, entries: VecDeque::new(), max }
    }

    fn push(&mut self, entry: impl FnOnce(u64) -> T) -> u64 {
        let index = self.first + self.entries.len() as u64;
        self.entries.push_back(entry(index));
        if self.entries.len() > self.max {
            self.entries.pop_front();
            self.first += 1;
        }
        index
    }

    fn get_mut(&mut self, index: u64) -> Option<&mut T> {
        self.entries.get_mut(usize::try_from(index.checked_sub(self.first)?).ok()?)
    }

    fn since(&self, index: u64, limit: usize) -> Vec<T> {
        let skipped = usize::try_from(index.saturating_sub(self.first)).unwrap_or(usize::MAX);
        self.entries.iter().skip(skipped).take(limit).cloned().collect()
    }
}

/// The three parts.
pub(crate) struct Ledger {
    creates: Mutex<Log<CreateSeen>>,
    webhooks: Mutex<Log<Arc<WebhookSeen>>>,
    complaints: Mutex<Log<Complaint>>,
}

impl Ledger {
    pub(crate) fn new(max: Option<usize>) -> Ledger {
        let max = max.unwrap_or(usize::MAX).max(1);
        Ledger {
            creates: Mutex::new(Log::new(max)),
            webhooks: Mutex::new(Log::new(max)),
            complaints: Mutex::new(Log::new(max)),
        }
    }

    /// Notes a create request before anything is done with it.
    pub(crate) fn create_received(&self, received_at: Timestamp, params: Params) -> u64 {
        let named =
            |name| params.iter().find(|(known, _)| known == name).map_or(String::new(), |(_, value)| value.clone());
        let (to, from) = (named("To"), named("From"));
        lock(&self.creates).push(|index| CreateSeen {
            index,
            received_at,
            to,
            from,
            params,
            answer_status: None,
            answer_code: None,
            fault: None,
            sid: None,
        })
    }

    pub(crate) fn create_changed(&self, index: u64, change: impl FnOnce(&mut CreateSeen)) {
        if let Some(entry) = lock(&self.creates).get_mut(index) {
            change(entry);
        }
    }

    pub(crate) fn webhook(&self, seen: WebhookSeen) -> Arc<WebhookSeen> {
        let mut log = lock(&self.webhooks);
        let index = log.push(|index| Arc::new(WebhookSeen { index, ..seen }));
        let entry = log.get_mut(index).expect("the entry just pushed is the newest");
        Arc::clone(entry)
    }

    pub(crate) fn complain(&self, at: Timestamp, about: &str, what: String) {
        tracing::debug!(about, what, "complaint");
        let about = about.to_owned();
        lock(&self.complaints).push(|index| Complaint { index, at, about, what });
    }

    pub(crate) fn creates_since(&self, index: u64, limit: usize) -> Vec<CreateSeen> {
        lock(&self.creates).since(index, limit)
    }

    pub(crate) fn webhooks_since(&self, index: u64, limit: usize) -> Vec<Arc<WebhookSeen>> {
        lock(&self.webhooks).since(index, limit)
    }

    pub(crate) fn complaints_since(&self, index: u64, limit: usize) -> Vec<Complaint> {
        lock(&self.complaints).since(index, limit)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bounded_ledger_forgets_the_oldest_and_keeps_its_numbers() {
        let ledger = Ledger::new(Some(2));
        for _ in 0..3 {
            ledger.create_received(Timestamp::UNIX_EPOCH, vec![("To".into(), "+1".into())]);
        }
        ledger.create_changed(0, |_| panic!("forgotten"));
        ledger.create_changed(2, |entry| entry.answer_status = Some(201));
        let kept = ledger.creates_since(0, 10);
        assert_eq!(
            kept.iter().map(|entry| (entry.index, entry.answer_status)).collect::<Vec<_>>(),
            [(1, None), (2, Some(201))]
        );
        assert_eq!(ledger.creates_since(2, 10).len(), 1);
    }
}
