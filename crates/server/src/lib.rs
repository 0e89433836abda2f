//! The server of Carillon: one program, four rooms.
//!
//! `store` keeps the rows, `telephony` speaks the carrier's language, `engine` acts, `api` opens the doors; `app`
//! wires them. The rules are in `carillon_domain`. Who may import whom is checked by `xtask tidy`.

pub mod api;
pub mod app;
pub mod audio;
pub mod carrier_check;
pub mod chance;
pub mod changer;
pub mod cli;
pub mod clock;
pub mod codes;
pub mod config;
pub mod database_clock;
pub mod demo;
pub mod engine;
pub mod export;
pub mod failpoint;
pub mod importer;
pub mod lines;
mod listener;
pub mod lists;
pub mod media;
pub mod passwords;
pub mod refresher;
pub mod secrets;
pub mod sheets;
pub mod simulated;
pub mod store;
pub mod telemetry;
pub mod telephony;
pub mod totp;
pub mod vitals;
pub mod workbooks;
