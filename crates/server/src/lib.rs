//! The server of Carillon: one program, four rooms.
//!
//! `store` keeps the rows, `telephony` speaks the carrier's language, `engine` acts, `api` opens the doors; `app`
//! wires them. The rules are in `carillon_domain`. Who may import whom is checked by `xtask tidy`.

pub mod clock;
pub mod store;
pub mod telephony;
