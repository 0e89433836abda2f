//! Twilio's REST API, and that of carriers which speak the same.
//!
//! [`client`] says what is asked, [`transport`] carries it, [`resources`] reads what comes back and
//! [`errors`] says what a refusal means. The contract is Twilio's published OpenAPI document, against
//! which the requests are checked in a test.

mod client;
mod endpoint;
mod errors;
mod form;
mod place;
mod resources;
mod transport;

#[cfg(test)]
mod carrier_for_tests;
#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod wire_tests;

pub use client::TwilioCarrier;
pub use endpoint::{Credentials, SettingsError, TwilioSettings};
pub use errors::{is_number_impossible, verdict_of};
pub(super) use resources::parse_instant;
pub use transport::TransportLimits;
