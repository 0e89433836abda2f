//! Stories: what the server promises, told through its doors, on both databases.
//!
//! A story builds its own [`support::World`], speaks HTTP to it and moves its clock. Put a story where a manager
//! would look for the promise; its name is a sentence.

#[macro_use]
mod support;

mod administration;
mod audio;
mod best_hours;
mod call_history;
mod campaigns;
mod carrier;
mod command_line;
mod contact_actions;
mod contact_filters;
mod contacts;
mod custom_fields;
mod dialing;
mod do_not_call;
mod doors;
mod duplicates;
mod ending;
mod exports;
mod faults;
mod first_people;
mod guide;
mod handset;
mod health;
mod hours;
mod imports;
mod late_news;
mod ledger_properties;
mod limits;
mod logging_in;
mod machines;
mod openapi;
mod opt_out;
mod outcomes;
mod pages;
mod permissions;
mod reasons;
mod reconcile;
mod reservations;
mod search;
mod second_factor;
mod self_pause;
mod settings;
mod setup;
mod stopping;
mod tags;
mod test_calls;
mod voice_doors;
