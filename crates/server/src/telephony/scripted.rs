//! A carrier that answers from a script, for tests.
//!
//! Every request is recorded. Answers come from a queue of their own kind; when it is empty the carrier
//! is agreeable: calls are placed under made-up ids, moves succeed, lists and lookups are empty.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::account::{Account, Application, Balance, OwnedNumber};
use super::call::{CallEvent, CallNotification, CallSid, CarrierCall};
use super::carrier::{CallList, Carrier, CarrierError, CarrierFuture, ListCalls};
use super::place_call::{PlaceCall, PlaceCallError, Placed};

/// One request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarrierRequest {
    Place(PlaceCall),
    Cancel(CallSid),
    End(CallSid),
    Redirect(CallSid, String),
    Fetch(CallSid),
    List(ListCalls),
    Events(CallSid),
    Notifications(CallSid),
    Account,
    Balance,
    Numbers,
    VerifiedCallerIds,
    Application(String),
}

type Answers<T, E = CarrierError> = VecDeque<Result<T, E>>;

/// What will be answered, first come first served.
#[derive(Debug, Default)]
pub struct Script {
    pub places: Answers<Placed, PlaceCallError>,
    /// For cancel, end and redirect alike.
    pub moves: Answers<CarrierCall>,
    pub fetches: Answers<Option<CarrierCall>>,
    pub lists: Answers<CallList>,
    pub events: Answers<Vec<CallEvent>>,
    pub notifications: Answers<Vec<CallNotification>>,
    pub accounts: Answers<Account>,
    pub balances: Answers<Option<Balance>>,
    pub numbers: Answers<Vec<OwnedNumber>>,
    pub caller_ids: Answers<Vec<String>>,
    pub applications: Answers<Option<Application>>,
    requests: Vec<CarrierRequest>,
    calls_made_up: u32,
}

impl Script {
    fn placed(&mut self) -> Result<Placed, PlaceCallError> {
        self.places.pop_front().unwrap_or_else(|| {
            self.calls_made_up += 1;
            let sid = CallSid::parse(&format!("CA{:032x}", self.calls_made_up));
            let sid = sid.expect("hexadecimal digits are characters of a call id");
            Ok(Placed { sid, queue_time_ms: Some(0) })
        })
    }
}

/// A carrier for tests. Share it by `Arc` and keep a handle to script and read it.
#[derive(Debug, Default)]
pub struct ScriptedCarrier(Mutex<Script>);

impl ScriptedCarrier {
    /// Changes what will be answered.
    pub fn script<T>(&self, change: impl FnOnce(&mut Script) -> T) -> T {
        change(&mut self.lock())
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<CarrierRequest> {
        self.lock().requests.clone()
    }

    /// A test that panicked while scripting does not hide what the others see.
    fn lock(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer<T: Send + 'static, E: Send + 'static>(
        &self,
        request: CarrierRequest,
        answer: impl FnOnce(&mut Script) -> Result<T, E>,
    ) -> CarrierFuture<'static, T, E> {
        let mut script = self.lock();
        script.requests.push(request);
        Box::pin(std::future::ready(answer(&mut script)))
    }
}

/// The next answer of a queue, or nothing found.
fn next_or_default<T: Default>(answers: &mut Answers<T>) -> Result<T, CarrierError> {
    answers.pop_front().unwrap_or_else(|| Ok(T::default()))
}

impl Carrier for ScriptedCarrier {
    fn place(&self, call: PlaceCall) -> CarrierFuture<'_, Placed, PlaceCallError> {
        self.answer(CarrierRequest::Place(call), Script::placed)
    }

    fn cancel<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall> {
        self.answer(CarrierRequest::Cancel(sid.clone()), |s| next_or_default(&mut s.moves))
    }

    fn end<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall> {
        self.answer(CarrierRequest::End(sid.clone()), |s| next_or_default(&mut s.moves))
    }

    fn redirect<'a>(&'a self, sid: &'a CallSid, url: &'a str) -> CarrierFuture<'a, CarrierCall> {
        let request = CarrierRequest::Redirect(sid.clone(), url.to_owned());
        self.answer(request, |s| next_or_default(&mut s.moves))
    }

    fn fetch<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Option<CarrierCall>> {
        self.answer(CarrierRequest::Fetch(sid.clone()), |s| next_or_default(&mut s.fetches))
    }

    fn list(&self, what: ListCalls) -> CarrierFuture<'_, CallList> {
        self.answer(CarrierRequest::List(what), |s| next_or_default(&mut s.lists))
    }

    fn events<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallEvent>> {
        self.answer(CarrierRequest::Events(sid.clone()), |s| next_or_default(&mut s.events))
    }

    fn notifications<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallNotification>> {
        let request = CarrierRequest::Notifications(sid.clone());
        self.answer(request, |s| next_or_default(&mut s.notifications))
    }

    fn account(&self) -> CarrierFuture<'_, Account> {
        self.answer(CarrierRequest::Account, |s| s.accounts.pop_front().unwrap_or(Ok(Account::Hidden)))
    }

    fn balance(&self) -> CarrierFuture<'_, Option<Balance>> {
        self.answer(CarrierRequest::Balance, |s| next_or_default(&mut s.balances))
    }

    fn numbers(&self) -> CarrierFuture<'_, Vec<OwnedNumber>> {
        self.answer(CarrierRequest::Numbers, |s| next_or_default(&mut s.numbers))
    }

    fn verified_caller_ids(&self) -> CarrierFuture<'_, Vec<String>> {
        self.answer(CarrierRequest::VerifiedCallerIds, |s| next_or_default(&mut s.caller_ids))
    }

    fn application<'a>(&'a self, sid: &'a str) -> CarrierFuture<'a, Option<Application>> {
        let request = CarrierRequest::Application(sid.to_owned());
        self.answer(request, |s| next_or_default(&mut s.applications))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telephony::PlaceCallError;

    #[tokio::test]
    async fn a_script_is_answered_in_order_and_then_agreeably() {
        let carrier = ScriptedCarrier::default();
        let sid = CallSid::parse("CA1").unwrap();
        let gone = CarrierError::WrongState { code: 21220 };
        carrier.script(|s| s.moves.push_back(Err(gone.clone())));
        assert_eq!(carrier.cancel(&sid).await, Err(gone));
        assert_eq!(carrier.end(&sid).await, Ok(CarrierCall::default()));
        assert_eq!(carrier.requests(), [CarrierRequest::Cancel(sid.clone()), CarrierRequest::End(sid)]);
    }

    #[test]
    fn made_up_calls_have_ids_of_their_own() {
        let mut script = Script::default();
        let uncertain = PlaceCallError::Uncertain { reason: "hung".into() };
        script.places.push_back(Err(uncertain.clone()));
        assert_eq!(script.placed(), Err(uncertain));
        assert_ne!(script.placed().unwrap().sid, script.placed().unwrap().sid);
    }
}
