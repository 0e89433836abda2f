//! A callback that the carrier really sent: read raw, its attempt found by token, its signature checked.
//!
//! What it says is read first only to find the account whose key must have signed it; whoever is refused learns
//! nothing from the answer. Nothing is written here. Signatures are [`crate::telephony`]'s to judge; what follows a
//! verified callback is in the files beside this one.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::lookup::{Found, Lookup};
use crate::api::App;
use crate::failpoint;
use crate::store::accounts::Account;
use crate::store::attempts::AttemptView;
use crate::telephony::signature::{SignedRequest, verify};
use crate::telephony::{Callback, CallbackKind, CarrierProfile};

/// A callback as it came, not yet believed.
pub struct Raw {
    app: Arc<App>,
    token: String,
    target: String,
    content_type: Option<String>,
    signature: Option<String>,
    body: Bytes,
}

/// A callback of the carrier's.
pub struct Verified {
    pub token: String,
    /// `None`: the signature is right, but the attempt is not in the ledger (after a restore).
    pub attempt: Option<AttemptView>,
    /// Whose signature it is.
    pub account: Account,
    pub callback: Callback,
    /// The body as text, to be kept when nobody knows the attempt.
    pub raw: String,
}

/// Why a callback is not served. Says nothing more to whoever sent it.
pub enum Refused {
    /// The signature is wrong, or the account is another.
    NotTheCarrier,
    /// The database cannot be asked; the carrier may come again.
    Unavailable,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::NotTheCarrier => StatusCode::FORBIDDEN.into_response(),
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
}

impl FromRequest<Arc<App>> for Raw {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut head, body) = request.into_parts();
        let header = |name: &str| head.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let content_type = header("content-type");
        let signature = header(CarrierProfile::TWILIO.signature_header);
        let target = head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let Path(token) =
            Path::<String>::from_request_parts(&mut head, app).await.map_err(IntoResponse::into_response)?;
        let request = Request::from_parts(head, body);
        let body = Bytes::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        Ok(Self { app: Arc::clone(app), token, target, content_type, signature, body })
    }
}

impl Raw {
    /// Checks the signature by the account of the attempt; for an unknown attempt, by the account it names.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn verify(self, kind: CallbackKind) -> Result<Verified, Refused> {
        let callback = Callback::read(kind, &self.body, &CarrierProfile::TWILIO);
        if !is_plain(&self.token) || !callback.account_sid.as_deref().is_some_and(is_plain) {
            return Err(refuse(kind));
        }
        let lookup = Lookup {
            token: self.token.clone(),
            account_sid: callback.account_sid.clone(),
            call_sid: callback.call_sid.as_ref().map(|sid| sid.as_str().to_owned()),
        };
        let Found { attempt, accounts, bound } = self.app.lookups.find(lookup).await.map_err(|error| {
            tracing::error!(%error, "a callback could not be looked up");
            Refused::Unavailable
        })?;
        let account = accounts.into_iter().find(|account| {
            callback.account_sid.as_deref() == Some(account.account_sid.as_str()) && self.is_signed_by(account)
        });
        let Some(account) = account else { return Err(refuse(kind)) };
        if let Some(attempt) = attempt.as_ref().filter(|attempt| !fits(attempt, &callback, bound)) {
            tracing::error!(attempt = %attempt.id, "a signed callback names another call than the attempt's");
            return Err(Refused::NotTheCarrier);
        }
        failpoint::hit("webhook.after_verify");
        let raw = String::from_utf8_lossy(&self.body).into_owned();
        Ok(Verified { token: self.token, attempt, account, callback, raw })
    }

    fn is_signed_by(&self, account: &Account) -> bool {
        let Ok(public) = self.app.lines.public_url(account) else { return false };
        let request = SignedRequest {
            raw_target: &self.target,
            content_type: self.content_type.as_deref(),
            body: &self.body,
            signature: self.signature.as_deref(),
        };
        verify(&self.app.lines.signing_keys(account), &public, &request).is_ok()
    }
}

/// Letters of our tokens and of the carrier's names; anything else is not worth a question to the database.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn refuse(kind: CallbackKind) -> Refused {
    metrics::counter!("carillon_callbacks_refused_total").increment(1);
    tracing::warn!(?kind, "a callback was refused: its signature or account is wrong");
    Refused::NotTheCarrier
}

/// A callback is about its attempt's own call, or about one that no other attempt has.
fn fits(attempt: &AttemptView, callback: &Callback, bound: Option<Uuid>) -> bool {
    let Some(sid) = &callback.call_sid else { return true };
    let has_another = attempt.call_sid.as_deref().is_some_and(|known| known != sid.as_str());
    !has_another && bound.is_none_or(|owner| owner == attempt.id)
}
