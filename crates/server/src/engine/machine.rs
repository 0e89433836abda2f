//! What follows a machine verdict: the call is ended, or sent to the message once the greeting is over.
//!
//! Asked for after the verdict is durable and not repeated: if it fails, or the node dies, the machine hears the
//! message as a person would, and nobody is called again for it. The verdict itself is a fact that the listener has
//! applied.

use std::sync::Arc;

use carillon_domain::campaign_settings::AnsweringMachine;

use super::Engine;
use crate::store::attempts::AttemptView;
use crate::store::{StoreError, accounts, campaigns};
use crate::telephony::{CallSid, CallbackUrls, DetectionVerdict};

impl Engine {
    /// Begins what a verdict asks for; a person's call goes on as it is.
    pub fn detected(self: &Arc<Self>, attempt: &AttemptView, sid: Option<CallSid>, verdict: &DetectionVerdict) {
        let sid = sid.or_else(|| attempt.call_sid.as_deref().and_then(CallSid::parse));
        if let (true, Some(sid)) = (verdict.answered_by().is_machine(), sid) {
            begin(self, attempt, sid, verdict);
        }
    }
}

fn begin(engine: &Arc<Engine>, attempt: &AttemptView, sid: CallSid, verdict: &DetectionVerdict) {
    let (engine, attempt, verdict) = (Arc::clone(engine), attempt.clone(), verdict.clone());
    let busy = engine.clock.busy();
    tokio::spawn(async move {
        if let Err(error) = end_or_redirect(&engine, &attempt, (&sid, &verdict)).await {
            tracing::warn!(error, attempt = %attempt.id, "a machine's call could not be handled; it hears the message as a person does");
        }
        drop(busy);
    });
}

async fn end_or_redirect(
    engine: &Engine,
    attempt: &AttemptView,
    (sid, verdict): (&CallSid, &DetectionVerdict),
) -> Result<(), String> {
    let (organization, campaign) = (attempt.organization, attempt.campaign);
    let (account, campaign) = engine
        .store
        .read(move |tx| Ok((accounts::of_organization(tx, organization)?, campaigns::find_any(tx, campaign)?)))
        .await
        .map_err(|e: StoreError| e.to_string())?;
    let (Some(account), Some(campaign)) = (account, campaign) else { return Err("its campaign is gone".to_owned()) };
    let line = engine.carriers.line(&account)?;
    let leaves_message = campaign.settings.answering_machine == AnsweringMachine::LeaveMessage;
    let moved = if leaves_message && *verdict == DetectionVerdict::MachineEnd {
        let urls = CallbackUrls::try_new(&line.public_url, &attempt.token).ok_or("its token does not travel")?;
        line.carrier.redirect(sid, &urls.initiate()).await
    } else {
        line.carrier.end(sid).await
    };
    moved.map(drop).map_err(|e| e.to_string())
}
