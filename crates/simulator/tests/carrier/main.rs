//! The simulated carrier over real HTTP, in virtual time.
//!
//! Every answer that passes through [`world`] is held against the published contract by [`contract`].

#![allow(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as tests do")]

mod clock;
mod contract;
mod placing;
mod world;
