//! Queues where answered callees wait for an agent.
//!
//! A queue is made by its first use or through the API. Only names, sizes and order are kept here; what a callee hears
//! while it waits, and how two legs are bridged, is the interpreter's business.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use crate::{
    call::{Call, simulated_seconds},
    sid::Sids,
};

pub(crate) const SIZE_DEFAULT: u32 = 1_000;

/// A callee in a queue.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) call: Arc<Call>,
    pub(crate) enqueued_at: Timestamp,
}

/// A queue as it is now.
#[derive(Clone)]
pub(crate) struct Queue {
    pub(crate) sid: String,
    pub(crate) name: String,
    pub(crate) size_max: u32,
    pub(crate) created_at: Timestamp,
    pub(crate) members: VecDeque<Member>,
    /// Legs that wait for somebody to come, first come first served.
    agents: VecDeque<Arc<Call>>,
    /// How many have left, and the simulated seconds they waited together.
    left: u64,
    waited_s: u64,
}

impl Queue {
    /// Simulated seconds, over those who have left.
    pub(crate) fn average_wait_s(&self) -> u64 {
        self.waited_s.checked_div(self.left).unwrap_or(0)
    }

    fn left(&mut self, member: &Member, now: Timestamp, speed: f64) {
        self.left += 1;
        self.waited_s += simulated_seconds(member.enqueued_at, now, speed);
    }
}

/// All queues of the account.
pub(crate) struct Queues {
    speed: f64,
    by_name: Mutex<HashMap<String, Queue>>,
}

/// What came of joining a queue.
pub(crate) enum Joined {
    /// In, and whom to tell that somebody has come.
    Waiting {
        sid: String,
        agent: Option<Arc<Call>>,
    },
    Full {
        sid: String,
    },
}

impl Queues {
    pub(crate) fn new(speed: f64) -> Queues {
        Queues { speed, by_name: Mutex::default() }
    }

    /// Makes a queue; none if there is one of that name.
    pub(crate) fn create(&self, name: &str, size_max: u32, sids: &Sids, now: Timestamp) -> Option<Queue> {
        let mut queues = self.lock();
        if queues.contains_key(name) {
            return None;
        }
        let queue = new_queue(name, size_max, sids, now);
        queues.insert(name.to_owned(), queue.clone());
        Some(queue)
    }

    pub(crate) fn all(&self) -> Vec<Queue> {
        let mut all: Vec<Queue> = self.lock().values().cloned().collect();
        all.sort_by(|a, b| (a.created_at, &a.sid).cmp(&(b.created_at, &b.sid)));
        all
    }

    pub(crate) fn by_sid(&self, sid: &str) -> Option<Queue> {
        self.lock().values().find(|queue| queue.sid == sid).cloned()
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<Queue> {
        self.lock().get(name).cloned()
    }

    /// Changes the size of a queue.
    pub(crate) fn resize(&self, name: &str, size_max: u32) -> Option<Queue> {
        let mut queues = self.lock();
        let queue = queues.get_mut(name)?;
        queue.size_max = size_max;
        Some(queue.clone())
    }

    /// Removes a queue that is empty.
    pub(crate) fn remove_empty(&self, name: &str) -> bool {
        let mut queues = self.lock();
        let empty = queues.get(name).is_some_and(|queue| queue.members.is_empty());
        empty && queues.remove(name).is_some()
    }

    /// Puts a callee at the end of a queue.
    pub(crate) fn join(&self, name: &str, call: &Arc<Call>, sids: &Sids, now: Timestamp) -> Joined {
        let mut queues = self.lock();
        let queue = queues.entry(name.to_owned()).or_insert_with(|| new_queue(name, SIZE_DEFAULT, sids, now));
        let sid = queue.sid.clone();
        if queue.members.len() >= queue.size_max as usize {
            return Joined::Full { sid };
        }
        queue.members.push_back(Member { call: Arc::clone(call), enqueued_at: now });
        Joined::Waiting { sid, agent: queue.agents.pop_front() }
    }

    /// Takes a callee out; false if somebody else has taken it already.
    pub(crate) fn leave(&self, name: &str, call: &Call, now: Timestamp) -> bool {
        let mut queues = self.lock();
        let Some(queue) = queues.get_mut(name) else { return false };
        let Some(position) = queue.members.iter().position(|member| member.call.sid == call.sid) else { return false };
        let Some(member) = queue.members.remove(position) else { return false };
        queue.left(&member, now, self.speed);
        true
    }

    /// Takes the one who has waited longest; without one, `agent` is told when somebody comes.
    pub(crate) fn take_or_wait(&self, name: &str, agent: &Arc<Call>, now: Timestamp) -> Option<Member> {
        let mut queues = self.lock();
        let queue = queues.get_mut(name)?;
        let Some(member) = queue.members.pop_front() else {
            queue.agents.push_back(Arc::clone(agent));
            return None;
        };
        queue.left(&member, now, self.speed);
        Some(member)
    }

    /// The agent no longer waits.
    pub(crate) fn stop_waiting(&self, name: &str, agent: &Call) {
        if let Some(queue) = self.lock().get_mut(name) {
            queue.agents.retain(|waiting| waiting.sid != agent.sid);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Queue>> {
        self.by_name.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn new_queue(name: &str, size_max: u32, sids: &Sids, now: Timestamp) -> Queue {
    Queue {
        sid: sids.new_sid("QU"),
        name: name.to_owned(),
        size_max,
        created_at: now,
        members: VecDeque::new(),
        agents: VecDeque::new(),
        left: 0,
        waited_s: 0,
    }
}
