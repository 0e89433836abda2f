//! The carrier over HTTP: each method of the trait as one request, lists as a bounded few.
//!
//! It repeats nothing and limits nothing: back-off and requests in flight are the engine's. What an
//! answer means is read in [`super::resources`] and [`super::errors`].

use serde_json::Value;

use super::endpoint::{Endpoint, SettingsError, TwilioSettings, is_id};
use super::errors::{not_answered, place_not_answered, refused};
use super::form::Form;
use super::place;
use super::resources::{self, Fields};
use super::transport::{Answer, Transport};
use crate::telephony::account::{Account, Application, Balance, OwnedNumber};
use crate::telephony::{
    CallEvent, CallList, CallNotification, CallSid, Carrier, CarrierCall, CarrierError, CarrierFuture, CarrierProfile,
    ListCalls, NextPage, PlaceCall, PlaceCallError, Placed, Started,
};

/// Items asked for in one page of calls; the carrier's own maximum.
const CALLS_PER_PAGE: &str = "1000";
/// Pages of calls in one answer; the rest is behind [`CallList::next`].
const CALL_PAGES_MAX: usize = 10;
/// Pages of any other list.
const PAGES_MAX: usize = 5;

/// Twilio, or a carrier that speaks like it.
pub struct TwilioCarrier {
    endpoint: Endpoint,
    transport: Transport,
    profile: CarrierProfile,
}

impl std::fmt::Debug for TwilioCarrier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TwilioCarrier").field("profile", &self.profile.name).finish_non_exhaustive()
    }
}

impl TwilioCarrier {
    /// Checks the settings; nothing is sent.
    pub fn try_new(settings: &TwilioSettings) -> Result<Self, SettingsError> {
        Ok(Self {
            endpoint: Endpoint::try_new(settings)?,
            transport: Transport::new(&settings.limits),
            profile: settings.profile.clone(),
        })
    }

    async fn get(&self, url: &str) -> Result<Value, CarrierError> {
        let answer = self.transport.get(url, &self.endpoint.authorization).await;
        json(&answer.map_err(not_answered)?)
    }

    /// A resource, or `None` when the carrier has none of that name.
    async fn find(&self, path: &str) -> Result<Option<Value>, CarrierError> {
        match self.get(&self.endpoint.resource(path)).await {
            Ok(value) => Ok(Some(value)),
            Err(CarrierError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn change(&self, sid: &CallSid, form: Form) -> Result<CarrierCall, CarrierError> {
        let url = self.endpoint.resource(&format!("Calls/{sid}"));
        let answer = self.transport.post(&url, &self.endpoint.authorization, form.encode()).await;
        let value = json(&answer.map_err(not_answered)?)?;
        Ok(resources::call(Fields(&value), &self.profile))
    }

    /// Every item of a list, read by `read`, up to `pages_max` pages, and where it would go on.
    async fn pages<T>(
        &self,
        list: Page<'_>,
        pages_max: usize,
        read: impl Fn(Fields<'_>) -> Option<T>,
    ) -> Result<(Vec<T>, Option<NextPage>), CarrierError> {
        let mut items = Vec::new();
        let mut url = list.url;
        for page in 1..=pages_max {
            let value = self.get(&url).await?;
            items.extend(Fields(&value).items(list.key).filter_map(&read));
            let Some(next) = Fields(&value).next_page() else {
                return Ok((items, None));
            };
            if page == pages_max {
                return Ok((items, Some(next)));
            }
            url = self.page_url(&next)?;
        }
        Ok((items, None))
    }

    fn page_url(&self, next: &NextPage) -> Result<String, CarrierError> {
        self.endpoint.page(next).ok_or_else(|| CarrierError::Unavailable {
            reason: "the next page of the list is not on the carrier's host".to_owned(),
            retry_after_s: None,
        })
    }

    /// A list that is read whole or not at all: a part of it would say «absent» of what is there.
    async fn whole<T>(&self, list: Page<'_>, read: impl Fn(Fields<'_>) -> Option<T>) -> Result<Vec<T>, CarrierError> {
        match self.pages(list, PAGES_MAX, read).await? {
            (items, None) => Ok(items),
            (_, Some(_)) => Err(CarrierError::Unavailable {
                reason: format!("a list of the carrier's is longer than {PAGES_MAX} pages"),
                retry_after_s: None,
            }),
        }
    }

    fn first_page<'a>(&self, path: &str, key: &'a str) -> Page<'a> {
        Page { url: format!("{}?PageSize={CALLS_PER_PAGE}", self.endpoint.resource(path)), key }
    }

    /// A key may be good for calls and yet not allowed to read the account: then listing calls tells.
    async fn account_or_hidden(&self) -> Result<Account, CarrierError> {
        match self.get(&self.endpoint.account()).await {
            Ok(value) => Ok(resources::account(Fields(&value))),
            Err(error @ CarrierError::CredentialsRefused { .. }) => {
                let probe = format!("{}?PageSize=1", self.endpoint.resource("Calls"));
                self.get(&probe).await.map(|_| Account::Hidden).map_err(|_| error)
            }
            Err(error) => Err(error),
        }
    }

    async fn place_once(&self, call: &PlaceCall) -> Result<Placed, PlaceCallError> {
        let url = self.endpoint.resource("Calls");
        let form = place::form(call).encode();
        let answer = self.transport.post(&url, &self.endpoint.authorization, form).await;
        place::placed(&answer.map_err(place_not_answered)?, &self.profile)
    }

    async fn calls(&self, what: &ListCalls) -> Result<CallList, CarrierError> {
        let url = match &what.resume_at {
            Some(next) => self.page_url(next)?,
            None => format!("{}?{}", self.endpoint.resource("Calls"), list_form(what).encode()),
        };
        let read = |fields: Fields<'_>| Some(resources::call(fields, &self.profile));
        let (calls, next) = self.pages(Page { url, key: "calls" }, CALL_PAGES_MAX, read).await?;
        Ok(CallList { calls, next })
    }
}

/// A page of a list: where it is and under which key its items stand.
struct Page<'a> {
    url: String,
    key: &'a str,
}

/// The filters of a list of calls.
pub(super) fn list_form(what: &ListCalls) -> Form {
    let form = Form::new()
        .with_some("To", what.to.as_ref().map(|number| number.as_str()))
        .with_some("From", what.from.as_ref().map(|number| number.as_str()))
        .with_some("Status", what.status.as_ref().map(|status| status.as_str()))
        .with("PageSize", CALLS_PER_PAGE);
    match what.started {
        Some(Started::On(day)) => form.with("StartTime", day.to_string()),
        Some(Started::OnOrAfter(day)) => form.with("StartTime>", day.to_string()),
        None => form,
    }
}

pub(super) fn cancel_form() -> Form {
    Form::new().with("Status", "canceled")
}

pub(super) fn end_form() -> Form {
    Form::new().with("Status", "completed")
}

pub(super) fn redirect_form(url: &str) -> Form {
    Form::new().with("Url", url)
}

/// A good answer as JSON.
fn json(answer: &Answer) -> Result<Value, CarrierError> {
    if !(200..=299).contains(&answer.status) {
        return Err(refused(answer));
    }
    serde_json::from_slice(&answer.body).map_err(|error| CarrierError::Unavailable {
        reason: format!("the answer is not JSON: {error}"),
        retry_after_s: None,
    })
}

impl Carrier for TwilioCarrier {
    fn place(&self, call: PlaceCall) -> CarrierFuture<'_, Placed, PlaceCallError> {
        Box::pin(async move { self.place_once(&call).await })
    }

    fn cancel<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall> {
        Box::pin(self.change(sid, cancel_form()))
    }

    fn end<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, CarrierCall> {
        Box::pin(self.change(sid, end_form()))
    }

    fn redirect<'a>(&'a self, sid: &'a CallSid, url: &'a str) -> CarrierFuture<'a, CarrierCall> {
        Box::pin(self.change(sid, redirect_form(url)))
    }

    fn fetch<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Option<CarrierCall>> {
        Box::pin(async move {
            let found = self.find(&format!("Calls/{sid}")).await?;
            Ok(found.map(|value| resources::call(Fields(&value), &self.profile)))
        })
    }

    fn list(&self, what: ListCalls) -> CarrierFuture<'_, CallList> {
        Box::pin(async move { self.calls(&what).await })
    }

    fn events<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallEvent>> {
        let list = self.first_page(&format!("Calls/{sid}/Events"), "events");
        Box::pin(self.whole(list, |fields| Some(resources::event(fields))))
    }

    fn notifications<'a>(&'a self, sid: &'a CallSid) -> CarrierFuture<'a, Vec<CallNotification>> {
        let list = self.first_page(&format!("Calls/{sid}/Notifications"), "notifications");
        Box::pin(self.whole(list, |fields| Some(resources::notification(fields))))
    }

    fn account(&self) -> CarrierFuture<'_, Account> {
        Box::pin(self.account_or_hidden())
    }

    fn balance(&self) -> CarrierFuture<'_, Option<Balance>> {
        Box::pin(async move {
            match self.find("Balance").await {
                Ok(found) => Ok(found.and_then(|value| resources::balance(Fields(&value)))),
                // Subaccounts and some keys are not told; that is no fault of the credentials.
                Err(CarrierError::CredentialsRefused { .. } | CarrierError::Refused { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn numbers(&self) -> CarrierFuture<'_, Vec<OwnedNumber>> {
        let list = self.first_page("IncomingPhoneNumbers", "incoming_phone_numbers");
        Box::pin(self.whole(list, resources::owned_number))
    }

    fn verified_caller_ids(&self) -> CarrierFuture<'_, Vec<String>> {
        let list = self.first_page("OutgoingCallerIds", "outgoing_caller_ids");
        Box::pin(self.whole(list, |fields| fields.text("phone_number")))
    }

    fn application<'a>(&'a self, sid: &'a str) -> CarrierFuture<'a, Option<Application>> {
        Box::pin(async move {
            if !is_id(sid) {
                return Ok(None);
            }
            let found = self.find(&format!("Applications/{sid}")).await?;
            Ok(found.and_then(|value| resources::application(Fields(&value))))
        })
    }
}
