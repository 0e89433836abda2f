//! The carrier's language: its requests, its answers, its callbacks, its markup.
//!
//! The engine acts through [`Carrier`]; the API verifies and reads what the carrier sends
//! ([`signature`], [`callbacks`]) and renders what it fetches ([`twiml`]). The vendor's words stay in
//! this room. It keeps nothing, decides nothing about campaigns and never repeats a request by itself.

pub mod account;
pub mod call;
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
