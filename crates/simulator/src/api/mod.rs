//! The carrier's HTTP API: one file a resource, and the doors of the simulator itself.
//!
//! Requests are read whole, authenticated, held against the published contract, hit by the fault plan, and answered.
//! Where a call goes from there is [`life`](crate::life)'s business.

mod account;
mod answer;
mod auth;
mod call_list;
mod calls;
mod create;
mod dates;
mod errors;
mod faulted;
mod paging;
mod queues;
mod recordings;
mod request;
mod routes;

pub(crate) use answer::{Answer, Outcome};
pub(crate) use auth::Credentials;
pub(crate) use request::{ApiRequest, Fields};
pub(crate) use routes::handle;
