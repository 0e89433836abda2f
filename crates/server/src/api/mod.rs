//! The doors: HTTP under `/api/v1`, for browsers, scripts and the command line.
//!
//! Every handler has one shape: parse → may → load → decide → save → answer. Routes stand in one table
//! ([`table`]), each with who may use it; a route without that cannot be built. Errors leave in one envelope.
//! Rules are in `carillon_domain`, rows in [`crate::store`]; nothing here calls anybody.

mod account;
mod admission;
mod app;
mod audio;
mod auth;
mod belongs;
mod best_hours;
mod caller_ids;
mod campaigns;
mod carrier;
mod checks;
mod contacts;
mod cookie;
mod custom_fields;
mod departments;
mod do_not_call;
mod doors;
mod envelope;
mod error;
mod events;
mod exports;
mod guard;
mod headers;
mod health;
mod hourly;
mod imports;
mod json;
mod live;
mod media;
mod openapi;
mod pages;
mod paging;
mod peer;
mod progress;
mod proof;
mod query;
mod same_origin;
mod second_factor;
mod session;
mod settings;
mod setup;
mod strict;
mod system;
mod table;
mod throttle;
mod tokens;
mod upload;
mod users;
mod voice;
mod voices;
mod who;

pub use app::App;
pub use checks::parse_email;
pub use doors::{Access, Door, Doors};
pub use error::ApiError;
pub use hourly::Hourly;
pub use json::{Created, Json};
pub use live::Live;
pub use pages::{Content, Pages};
pub use paging::{Page, Paging};
pub use query::{Id, Ids, Query};
pub use setup::{FIRST_DEPARTMENT, SetupCode};
pub use table::{document, doors, router};
pub use throttle::LoginThrottle;
pub use voice::Lookups;
pub use who::{Credential, Who};
