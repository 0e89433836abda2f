//! The carrier as the engine sees it: one trait, and the errors by what the caller can do.
//!
//! Two implementations: [`super::TwilioCarrier`] over HTTP and [`super::ScriptedCarrier`] for tests.
//! A method sends at most one request for a move and never repeats it; limits on how many requests are
//! in flight belong to the engine. Placing a call has errors of its own in [`super::place_call`].

use std::pin::Pin;

use carillon_domain::phone_number::PhoneNumber;
use jiff::civil::Date;

use super::account::{Account, Application, Balance, OwnedNumber};
use super::call::{CallEvent, CallNotification, CallSid, CallStatus, CarrierCall};
use super::place_call::{PlaceCall, PlaceCallError, Placed};

/// What a method of [`Carrier`] returns: boxed, so that the trait can be an object.
pub type CarrierFuture<'a, T, E = CarrierError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// Whoever puts our calls on the network.
pub trait Carrier: Send + Sync {
    /// Asks for one call, once. Not idempotent: on [`PlaceCallError::Uncertain`] the phone may ring.
    fn place(&self, call: PlaceCall) -> CarrierFuture<'_, Placed, PlaceCallError>;

    /// Ends a call nobody has answered yet; leaves one in progress alone. A call that was still queued
    /// ends without any callback, so the caller finishes the attempt from the answer.
    fn cancel<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall>;

    /// Hangs up, in progress or not.
    fn end<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall>;

    /// Sends a call in progress to another document.
    fn redirect<'a>(&'a self, sid: &'a CallSid, url: &'a str) -> CarrierFuture<'a, CarrierCall>;

    /// The call as the carrier has it now; it may lag behind the callbacks. `None`: no such call.
    fn fetch<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Option<CarrierCall>>;

    /// Calls that match, page after page up to a bound; see [`CallList::next`].
    fn list(&self, what: ListCalls) -> CarrierFuture<'_, CallList>;

    /// The requests made for a call, ours and the carrier's own: they carry our token.
    fn events<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallEvent>>;

    /// What the carrier noted about a call: why it failed, which document it could not read.
    fn notifications<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallNotification>>;

    /// The account behind the credentials.
    fn account(&self) -> CarrierFuture<'_, Account>;

    /// What is left to spend. `None`: this account is not told.
    fn balance(&self) -> CarrierFuture<'_, Option<Balance>>;

    /// Numbers the account owns.
    fn numbers(&self) -> CarrierFuture<'_, Vec<OwnedNumber>>;

    /// Numbers of others that the account has proved it may show.
    fn verified_caller_ids(&self) -> CarrierFuture<'_, Vec<String>>;

    /// The application an agent's browser dials through. `None`: no such application.
    fn application<'a>(&'a self, sid: &'a str) -> CarrierFuture<'a, Option<Application>>;
}

/// Which calls to list. Everything given must match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListCalls {
    /// The number dialed.
    pub to: Option<PhoneNumber>,
    /// The number shown.
    pub from: Option<PhoneNumber>,
    /// Calls that stand at this status now.
    pub status: Option<CallStatus>,
    /// When dialing began. A queued call has not begun: look for it by status, without this.
    pub started: Option<Started>,
    /// Where an earlier answer stopped; the filters above are then ignored.
    pub resume_at: Option<NextPage>,
}

/// A filter on the UTC day on which dialing began; the carrier knows no finer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// On this day.
    On(Date),
    /// On this day or later.
    OnOrAfter(Date),
}

/// The calls found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallList {
    /// Newest first, as the carrier sends them.
    pub calls: Vec<CarrierCall>,
    /// There are more than one answer holds. While this is `Some`, «not found» is not proven.
    pub next: Option<NextPage>,
}

/// A place in a list, in the carrier's own form: a path on its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage(pub(super) String);

/// Why a question or a move found no answer, by what the caller can do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CarrierError {
    /// No answer, or none that could be read. Ask again later; a move may have happened: fetch first.
    #[error("the carrier gave no usable answer: {reason}")]
    Unavailable { reason: String, retry_after_s: Option<u32> },
    /// The call has moved on and cannot be changed that way any more: fetch it.
    #[error("the call is no longer in a state for this (carrier code {code})")]
    WrongState { code: u32 },
    /// The carrier knows nothing of that name.
    #[error("the carrier has no such resource")]
    NotFound,
    /// The credentials are wrong, or the account may do nothing. Every campaign stands still.
    #[error("the carrier refused the credentials: {message}")]
    CredentialsRefused { message: String },
    /// Refused for another reason, which repeating will not cure.
    #[error("the carrier refused the request ({http_status}, code {code:?}): {message}")]
    Refused { code: Option<u32>, http_status: u16, message: String },
}
