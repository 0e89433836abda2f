//! A clock that steps only when nobody is busy, one sleeper at a time.

use std::{
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
};

use carillon_simulator::{Busy, Clock};
use futures_util::future::BoxFuture;
use jiff::Timestamp;

#[derive(Clone)]
pub struct TestClock(Arc<Mutex<State>>);

struct State {
    now: Timestamp,
    busy: usize,
    next_id: u64,
    sleepers: BTreeMap<(Timestamp, u64), Waker>,
}

impl State {
    /// With nobody busy, time moves to the earliest sleeper, who is busy from then on.
    fn step(&mut self) {
        if self.busy == 0
            && let Some(((at, _), waker)) = self.sleepers.pop_first()
        {
            self.now = self.now.max(at);
            self.busy += 1;
            waker.wake();
        }
    }
}

impl TestClock {
    pub fn at(start: &str) -> TestClock {
        let now = start.parse().unwrap();
        TestClock(Arc::new(Mutex::new(State { now, busy: 0, next_id: 0, sleepers: BTreeMap::new() })))
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.0.lock().unwrap();
        let result = change(&mut state);
        state.step();
        result
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().now
    }

    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        Box::pin(Sleep { clock: self.clone(), at, id: None })
    }

    fn busy(&self) -> Busy {
        self.0.lock().unwrap().busy += 1;
        let clock = self.clone();
        Busy::new(move || clock.change(|state| state.busy -= 1))
    }
}

struct Sleep {
    clock: TestClock,
    at: Timestamp,
    id: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let (clock, at, id) = (self.clock.clone(), self.at, self.id);
        let (done, id) = clock.change(|state| match id {
            Some(id) => match state.sleepers.get_mut(&(at, id)) {
                Some(waker) => {
                    waker.clone_from(context.waker());
                    (false, Some(id))
                }
                None => (true, None),
            },
            None if state.now >= at => (true, None),
            None => {
                let id = state.next_id;
                state.next_id += 1;
                state.sleepers.insert((at, id), context.waker().clone());
                assert!(state.busy > 0, "a sleeper holds a Busy");
                state.busy -= 1;
                (false, Some(id))
            }
        });
        self.id = id;
        if done { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            let at = self.at;
            self.clock.change(|state| {
                if state.sleepers.remove(&(at, id)).is_some() {
                    state.busy += 1;
                }
            });
        }
    }
}
