//! TwiML: read strictly, executed in simulated time.
//!
//! [`xml`] reads a tree, [`document`] makes verbs of it with the carrier's own error codes, [`interpreter`] runs them on
//! a line. What a verb costs in time is [`speech`]'s guess: enough for pacing, no claim on any voice.

pub(crate) mod dial;
pub(crate) mod document;
pub(crate) mod enqueue;
pub(crate) mod fetch;
pub(crate) mod gather;
pub(crate) mod interpreter;
pub(crate) mod record;
pub(crate) mod speech;
mod verbs;
pub(crate) mod xml;
