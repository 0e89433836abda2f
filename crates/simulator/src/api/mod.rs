//! The carrier's HTTP API: one file a resource, and the doors of the simulator itself.
//!
//! Requests are read whole, authenticated, held against the published contract, hit by the fault plan, and answered.
//! Where a call goes from there is [`life`](crate::life)'s business.

mod answer;
mod auth;
mod calls;
mod create;
mod errors;
mod faulted;
mod request;
mod routes;

pub(crate) use answer::{Answer, Outcome};
pub(crate) use auth::Credentials;
pub(crate) use request::ApiRequest;
pub(crate) use routes::handle;
