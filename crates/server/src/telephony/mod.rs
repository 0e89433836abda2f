//! The carrier's language: its requests, its answers, its callbacks, its markup.
//!
//! The engine acts through [`Carrier`]; the API verifies and reads what the carrier sends
//! ([`signature`], [`callbacks`]) and renders what it fetches ([`twiml`]). The vendor's words stay in
//! this room. It keeps nothing, decides nothing about campaigns and never repeats a request by itself.

pub mod account;
pub mod call;
mod call_facts;
pub mod callback_urls;
pub mod callbacks;
pub mod carrier;
pub mod place_call;
pub mod profile;
pub mod public_url;
pub mod scripted;
pub mod secret;
pub mod signature;
pub mod twilio;
pub mod twiml;

pub use call::{CallEvent, CallNotification, CallSid, CallStatus, CarrierCall, CarrierPrice, DetectionVerdict};
pub use callback_urls::CallbackUrls;
pub use callbacks::{Callback, CallbackKind};
pub use carrier::{CallList, Carrier, CarrierError, CarrierFuture, ListCalls, NextPage, Started};
pub use place_call::{NotSentReason, PlaceCall, PlaceCallError, Placed, RefusalVerdict};
pub use profile::CarrierProfile;
pub use public_url::PublicUrl;
pub use scripted::ScriptedCarrier;
pub use secret::Secret;
pub use twilio::{Credentials, TransportLimits, TwilioCarrier, TwilioSettings};
pub use twiml::{FlowUrls, TwimlError};

/// What a refusal with this code means, for a manager.
#[must_use]
pub fn refusal_in_words(code: u32) -> &'static str {
    match twilio::verdict_of(code, 400) {
        RefusalVerdict::NumberImpossible => "the number cannot be called",
        RefusalVerdict::CountryNotAllowed => "the carrier account may not call this country",
        RefusalVerdict::CallerIdRefused => "the caller number is not one of the account's, or may not be shown",
        RefusalVerdict::Configuration => "the carrier account is not set up for these calls",
        RefusalVerdict::CredentialsRefused => "the carrier refused the credentials, or the account is suspended",
        RefusalVerdict::RequestFault => "the carrier did not accept the request",
        RefusalVerdict::Transient => "the carrier is busy",
    }
}
