//! The simulated carrier over real HTTP, in virtual time.
//!
//! Every answer that passes through [`world`] is held against the published contract by [`contract`].

#![allow(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as tests do")]

mod changing;
mod clock;
mod contract;
mod detecting;
mod faulting;
mod limits;
mod placing;
mod queueing;
mod reading;
mod recording;
mod refusing;
mod speaking;
mod world;
