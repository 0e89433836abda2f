//! Every call the carrier knows, found by sid, by number and in order of creation.
//!
//! Live calls have an index of their own, so that looking for queued ones does not read the whole history. A bounded
//! carrier forgets its oldest finished calls.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::call::Call;

/// The register.
pub(crate) struct Calls {
    max: usize,
    register: Mutex<Register>,
}

#[derive(Default)]
struct Register {
    next: u64,
    by_sid: HashMap<String, Arc<Call>>,
    by_to: HashMap<String, Vec<Arc<Call>>>,
    live: BTreeMap<u64, Arc<Call>>,
    /// Oldest first, each with its index.
    all: VecDeque<(u64, Arc<Call>)>,
}

/// Which calls to walk through, newest first.
pub(crate) enum Walk<'a> {
    To(&'a str),
    Live,
    All,
}

impl Calls {
    pub(crate) fn new(max: Option<usize>) -> Calls {
        Calls { max: max.unwrap_or(usize::MAX).max(1), register: Mutex::default() }
    }

    /// Enters a call and gives it its index.
    pub(crate) fn enter(&self, call: &Arc<Call>) {
        let mut register = self.lock();
        let index = register.next;
        register.next += 1;
        call.seen().index = index;
        register.by_sid.insert(call.sid.clone(), Arc::clone(call));
        match register.by_to.get_mut(&call.order.to) {
            Some(calls) => calls.push(Arc::clone(call)),
            None => {
                register.by_to.insert(call.order.to.clone(), vec![Arc::clone(call)]);
            }
        }
        register.live.insert(index, Arc::clone(call));
        register.all.push_back((index, Arc::clone(call)));
        register.forget_over(self.max);
    }

    /// Takes a finished call out of the live ones.
    pub(crate) fn finished(&self, call: &Call) {
        let index = call.seen().index;
        self.lock().live.remove(&index);
    }

    pub(crate) fn get(&self, sid: &str) -> Option<Arc<Call>> {
        self.lock().by_sid.get(sid).cloned()
    }

    pub(crate) fn live_count(&self) -> usize {
        self.lock().live.len()
    }

    /// At most `limit` calls older than `before`, newest first.
    pub(crate) fn newest(&self, walk: &Walk<'_>, before: u64, limit: usize) -> Vec<Arc<Call>> {
        let register = self.lock();
        match walk {
            Walk::Live => register.live.range(..before).rev().take(limit).map(|(_, call)| Arc::clone(call)).collect(),
            Walk::To(number) => {
                let calls = register.by_to.get(*number).map_or(&[][..], Vec::as_slice);
                calls.iter().rev().filter(|call| call.seen().index < before).take(limit).cloned().collect()
            }
            Walk::All => {
                let end = register.all.partition_point(|(index, _)| *index < before);
                register.all.iter().take(end).rev().take(limit).map(|(_, call)| Arc::clone(call)).collect()
            }
        }
    }

    /// At most `limit` calls from `since` on, oldest first.
    pub(crate) fn since(&self, since: u64, limit: usize) -> Vec<Arc<Call>> {
        let register = self.lock();
        let start = register.all.partition_point(|(index, _)| *index < since);
        register.all.iter().skip(start).take(limit).map(|(_, call)| Arc::clone(call)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Register> {
        self.register.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Register {
    fn forget_over(&mut self, max: usize) {
        while self.all.len() > max {
            match self.all.front() {
                Some((index, _)) if !self.live.contains_key(index) => {}
                _ => return,
            }
            let Some((_, call)) = self.all.pop_front() else { return };
            self.by_sid.remove(&call.sid);
            if let Some(calls) = self.by_to.get_mut(&call.order.to) {
                calls.retain(|known| known.sid != call.sid);
                if calls.is_empty() {
                    self.by_to.remove(&call.order.to);
                }
            }
        }
    }
}
