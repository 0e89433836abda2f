//! Reports: what became of a call. Each is applied by the engine's listener and answered after its commit.
//!
//! What a fact means for the attempt is the domain's business, and nothing is decided here by the order in which
//! reports come. A report that cannot be kept is answered with 503, so that the carrier may come again. See
//! [`super::verified`] for who is believed, and `engine::listener` for what follows.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::verified::{Raw, Refused, Verified};
use crate::api::App;
use crate::failpoint;
use crate::store::ledger::Heard;
use crate::telephony::CallbackKind;
use crate::telephony::callbacks::Report;

/// A move of a call.
pub async fn status(State(app): State<Arc<App>>, raw: Raw) -> Response {
    answer(take(&app, raw, CallbackKind::Status).await.map(drop))
}

/// Who picked up. A machine is hung up on or gets its message; that begins after the verdict is durable.
pub async fn detection(State(app): State<Arc<App>>, raw: Raw) -> Response {
    let taken = take(&app, raw, CallbackKind::Detection).await;
    if let Ok(Verified { attempt: Some(attempt), callback, .. }) = &taken
        && let Report::Detection { verdict, .. } = &callback.report
    {
        app.engine.detected(attempt, callback.call_sid.clone(), verdict);
    }
    answer(taken.map(drop))
}

/// News of a recording: none are made yet, so it is only acknowledged.
pub async fn recording(raw: Raw) -> Response {
    answer(raw.verify(CallbackKind::Recording).await.map(drop))
}

/// Verifies a report and makes it durable.
pub(super) async fn take(app: &App, raw: Raw, kind: CallbackKind) -> Result<Verified, Refused> {
    let verified = raw.verify(kind).await?;
    hear(app, &verified).await?;
    failpoint::hit("webhook.after_commit_before_200");
    Ok(verified)
}

/// Makes the facts of a callback durable.
pub(super) async fn hear(app: &App, verified: &Verified) -> Result<(), Refused> {
    let sid = verified.callback.call_sid.as_ref().map(|sid| sid.as_str().to_owned());
    let facts = verified.callback.facts(app.clock.now());
    // Of an attempt that nobody knows the body is kept, once.
    let heard = facts.into_iter().enumerate().map(|(index, fact)| Heard {
        raw: (index == 0).then(|| verified.raw.clone()),
        ..Heard::fact(verified.token.as_str(), sid.clone(), fact)
    });
    app.engine.hear(heard.collect()).await.map_err(|error| {
        tracing::error!(%error, "a callback could not be kept");
        Refused::Unavailable
    })
}

/// An empty answer: the carrier reads nothing into it.
fn answer(taken: Result<(), Refused>) -> Response {
    match taken {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => refused.into_response(),
    }
}
