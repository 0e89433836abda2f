//! What a person hears: the campaign's message rendered for the recipient, as a document for the carrier.
//!
//! The answer-time gate stands here: stop and the do-not-call list are looked at once more, and a call that should
//! not have been placed hears nothing. What it hears else is its [`Scene`].

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use carillon_domain::attempt::AttemptState;
use carillon_domain::call_flow::CallFlow;
use carillon_domain::facts::{AnsweredBy, Fact};
use jiff::{SignedDuration, Timestamp};

use super::report::hear;
use super::scene::Scene;
use super::verified::{Raw, Refused, Verified};
use crate::api::App;
use crate::store::accounts::Account;
use crate::store::attempts::AttemptView;
use crate::store::ledger::Heard;
use crate::store::recipients;
use crate::store::runs::RunState;
use crate::store::{StoreError, scenes};
use crate::telephony::{CallbackKind, twiml};

/// The carrier's detection gives up after 30 seconds and says so.
const VERDICT_WITHIN: SignedDuration = SignedDuration::from_secs(40);

/// A call's scene, and whether anything of it may be heard.
pub(super) struct Stage {
    pub(super) scene: Scene,
    /// The run was stopped, or the number is on the do-not-call list: the call hears nothing.
    gate_is_closed: bool,
}

/// The document of a call that was answered, or of a machine whose greeting is over.
pub async fn initiate(State(app): State<Arc<App>>, raw: Raw) -> Response {
    match compose(&app, raw).await {
        Ok(document) => xml(document),
        Err(refused) => refused.into_response(),
    }
}

/// The document after the message: the call goes on in silence until it is known who picked up, so that a
/// machine can be ended, or gets its message after the tone. A verdict on a machine redirects the call by itself.
pub async fn message_heard(State(app): State<Arc<App>>, raw: Raw) -> Response {
    match after_message(&app, raw).await {
        Ok(document) => xml(document),
        Err(refused) => refused.into_response(),
    }
}

async fn after_message(app: &App, raw: Raw) -> Result<String, Refused> {
    let verified = raw.verify(CallbackKind::Initiate).await?;
    let Some(attempt) = &verified.attempt else { return Ok(twiml::hang_up()) };
    if !awaits_verdict(attempt, app.clock.now()) {
        return Ok(twiml::hang_up());
    }
    let stage = stage(app, attempt, &verified.account).await?;
    Ok(stage.scene.render(app, &verified.token, &CallFlow::awaiting_verdict()))
}

/// Nobody knows yet who picked up, or it was a machine that is about to be redirected.
fn awaits_verdict(attempt: &AttemptView, now: Timestamp) -> bool {
    let is_decided = attempt.facts.answered_by.is_some_and(|by| !by.is_machine());
    let answered_at = attempt.facts.answered_at.unwrap_or(attempt.send_at);
    !is_decided && now.duration_since(answered_at) < VERDICT_WITHIN
}

/// Waiting for an agent: there are no agents yet, so the wait ends at once.
pub async fn wait_music(raw: Raw) -> Response {
    match raw.verify(CallbackKind::Initiate).await {
        Ok(_) => xml(twiml::hang_up()),
        Err(refused) => refused.into_response(),
    }
}

pub(super) fn xml(document: String) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, twiml::CONTENT_TYPE)], document).into_response()
}

async fn compose(app: &App, raw: Raw) -> Result<String, Refused> {
    let verified = raw.verify(CallbackKind::Initiate).await?;
    let Some(attempt) = &verified.attempt else {
        // Nobody knows what to say: silence, and the callback is kept for later.
        hear(app, &verified).await?;
        return Ok(twiml::hang_up());
    };
    if matches!(attempt.state, AttemptState::Reserved | AttemptState::Uncertain) {
        // The carrier was quicker than its own answer: this binds the call.
        hear(app, &verified).await?;
    }
    let Stage { scene, gate_is_closed } = stage(app, attempt, &verified.account).await?;
    if gate_is_closed {
        tell(app, &verified, Fact::GateClosed).await?;
        return Ok(twiml::hang_up());
    }
    let Some(script) = scene.script() else { return Ok(twiml::hang_up()) };
    let is_machine = attempt.facts.answered_by.is_some_and(AnsweredBy::is_machine);
    if is_machine {
        tell(app, &verified, Fact::MessageLeft).await?;
        return Ok(scene.render(app, &verified.token, &CallFlow::for_machine(&script)));
    }
    Ok(scene.render(app, &verified.token, &scene.answered(&script)))
}

/// Makes one more fact of this call durable.
pub(super) async fn tell(app: &App, verified: &Verified, fact: Fact) -> Result<(), Refused> {
    let sid = verified.callback.call_sid.as_ref().map(|sid| sid.as_str().to_owned());
    let heard = Heard::fact(verified.token.as_str(), sid, fact);
    app.engine.hear(vec![heard]).await.map_err(|_| Refused::Unavailable)
}

/// Reads all that decides what a call hears, in one snapshot.
pub(super) async fn stage(app: &App, attempt: &AttemptView, account: &Account) -> Result<Stage, Refused> {
    let (id, recipient) = (attempt.id, attempt.recipient);
    let found = app.store.read(move |tx| {
        let gone = |what: &str| StoreError::Corrupt(format!("the {what} of attempt {id} is gone"));
        let surroundings = scenes::of_attempt(tx, id)?.ok_or_else(|| gone("campaign"))?;
        Ok((surroundings, recipients::find_by_id(tx, recipient)?.ok_or_else(|| gone("recipient"))?))
    });
    let (row, recipient) = found.await.map_err(|error: StoreError| {
        tracing::error!(%error, "what a call hears could not be read");
        Refused::Unavailable
    })?;
    let public = app.lines.public_url(account).map_err(|_| Refused::Unavailable)?;
    let gate_is_closed = row.run == RunState::Stopped || row.do_not_call;
    let fields = recipients::merge_fields(&recipient).into_iter().collect();
    let scene = Scene { settings: row.settings, organization_name: row.organization_name, fields, public };
    Ok(Stage { scene, gate_is_closed })
}
