//! Lets the simulated carrier run on our clock; the simulator itself knows nothing of us.
//!
//! It lives here, and not in the engine, because the rooms of the server may not know the simulator. Used where both
//! run in one process: the demo, and tests. A carrier elsewhere, the simulated one included, needs nothing of this.

use std::sync::Arc;

use carillon_simulator as simulator;
use jiff::Timestamp;

use crate::clock::Clock;

/// Our clock as the simulator's.
#[derive(Clone)]
pub struct SimulatorClock(pub Arc<dyn Clock>);

impl simulator::Clock for SimulatorClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn sleep_until(&self, at: Timestamp) -> futures_util::future::BoxFuture<'static, ()> {
        self.0.sleep_until(at)
    }

    fn busy(&self) -> simulator::Busy {
        let busy = self.0.busy();
        simulator::Busy::new(move || drop(busy))
    }
}
