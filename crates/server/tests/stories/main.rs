//! Stories: what the server promises, told through its doors, on both databases.
//!
//! A story builds its own [`support::World`], speaks HTTP to it and moves its clock. Put a story where a manager
//! would look for the promise; its name is a sentence.

#[macro_use]
mod support;

mod dialing;
mod logging_in;
