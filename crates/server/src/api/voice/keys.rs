//! A key pressed during the message: the opt-out key puts the number on the do-not-call list before the call ends.
//!
//! Only the first key counts, and only the campaign's own opt-out key puts anybody on the list; any other key begins
//! the message again. Which steps follow is `carillon_domain::call_flow`'s, how they are written [`twiml`]'s
//! business.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use carillon_domain::call_flow::{CallFlow, Key};
use carillon_domain::facts::Fact;

use super::document::{stage, tell, xml};
use super::scene::Scene;
use super::verified::{Raw, Refused, Verified};
use crate::api::App;
use crate::store::attempts::AttemptView;
use crate::store::do_not_call::{self, Entry};
use crate::store::{Lane, StoreError};
use crate::telephony::callbacks::Report;
use crate::telephony::{CallbackKind, twiml};

/// What follows a key.
pub async fn opt_out(State(app): State<Arc<App>>, raw: Raw) -> Response {
    match after_key(&app, raw).await {
        Ok(document) => xml(document),
        Err(refused) => refused.into_response(),
    }
}

async fn after_key(app: &App, raw: Raw) -> Result<String, Refused> {
    let verified = raw.verify(CallbackKind::Keys).await?;
    let (Some(attempt), Report::Keys { digits }) = (&verified.attempt, &verified.callback.report) else {
        return Ok(twiml::hang_up());
    };
    let scene = stage(app, attempt, &verified.account).await?.scene;
    let Some(script) = scene.script() else { return Ok(twiml::hang_up()) };
    let pressed = digits.chars().next().and_then(|key| Key::parse(&key.to_string()).ok());
    let flow = match pressed {
        Some(key) if scene.opt_out_key() == Some(key) => {
            take_off(app, attempt, &verified, &scene).await?;
            CallFlow::opted_out(&script)
        }
        Some(key) => CallFlow::for_key(&script, key),
        None => CallFlow::hang_up(),
    };
    Ok(scene.render(app, &verified.token, &flow))
}

/// The list first, then the outcome: whatever happens between the two, nobody is called again.
async fn take_off(app: &App, attempt: &AttemptView, verified: &Verified, scene: &Scene) -> Result<(), Refused> {
    let now = app.clock.now();
    let key = scene.opt_out_key().map_or('9', Key::as_char);
    let entry = Entry {
        phone: attempt.phone.clone(),
        reason: format!("pressed {key} during a call of campaign {} (attempt {})", attempt.campaign, attempt.id),
        source: "key_press".to_owned(),
        added_by: "the person called".to_owned(),
        added_at: now,
    };
    let organization = attempt.organization;
    let added = app.store.write(Lane::Dialing, move |tx| do_not_call::add(tx, organization, &entry)).await;
    added.map_err(|error: StoreError| {
        tracing::error!(%error, attempt = %attempt.id, "an opt-out could not be kept");
        Refused::Unavailable
    })?;
    tell(app, verified, Fact::OptedOut { at: now }).await
}
