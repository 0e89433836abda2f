//! Carillon's rules and words.
//!
//! Everything here is pure: no IO, no async, no clock and no chance. The time is a parameter, and so is
//! every random choice. One noun a file; start with [`planner`] (who is called next), [`attempt`] (one dial)
//! and [`retry`] (what follows from its end).

#[macro_use]
pub mod words;

pub mod area;
pub mod attempt;
pub mod best_hours;
pub mod blockers;
pub mod call_flow;
pub mod calling_hours;
pub mod campaign;
pub mod campaign_settings;
pub mod contact;
pub mod contact_filter;
pub mod country_code;
pub mod custom_field;
pub mod facts;
pub mod field_error;
pub mod import;
pub mod limits;
pub mod list_refresh;
pub mod local_time;
pub mod message;
pub mod outcome;
pub mod phone_number;
pub mod planner;
pub mod progress;
pub mod recipient;
pub mod retry;
pub mod roles;
pub mod schedule;
pub mod settings;
pub mod suppression;
pub mod time_zones;
pub mod voices;
