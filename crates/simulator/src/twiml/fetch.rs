//! Gets the document of a call: by request or from the text at hand.
//!
//! Speaks every code of a failed retrieval; what follows a failure (fallback address, announcement) is the
//! [`interpreter`](super::interpreter)'s business.

use std::{borrow::Cow, sync::Arc};

use super::{
    document::{self, Document, Utterance, Verb},
    speech,
};
use crate::{
    call::Call,
    callbacks::Delivery,
    carrier::Carrier,
    chance::Dice,
    courier::{Parcel, Reply, code},
    ledger::{WebhookKind, WebhookSeen},
    order::{Hook, Method, Source},
    signature::Params,
};

pub(crate) const DOCUMENT_MAX: usize = 64 * 1024;
const EMPTY_BODY: u32 = 11770;
const CONTENT_TYPE: u32 = 12300;

/// Content types that a player accepts.
const AUDIO: [&str; 10] = [
    "audio/mpeg",
    "audio/wav",
    "audio/wave",
    "audio/x-wav",
    "audio/aiff",
    "audio/x-aifc",
    "audio/x-aiff",
    "audio/x-gsm",
    "audio/gsm",
    "audio/ulaw",
];

/// Why there is no document.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: u32,
    pub(crate) url: String,
    pub(crate) message: String,
}

/// Gets and reads the document of a source, with these parameters beside the usual ones.
pub(crate) async fn document(
    carrier: &Arc<Carrier>,
    call: &Call,
    source: &Source,
    extra: &Params,
) -> Result<Document, Failure> {
    match source {
        Source::Inline(text) => read(text, None),
        Source::Url(hook) => {
            let reply = request(carrier, call, hook, extra).await?;
            interpret(&reply, hook)
        }
    }
}

async fn request(carrier: &Arc<Carrier>, call: &Call, hook: &Hook, extra: &Params) -> Result<Reply, Failure> {
    let failed = |code, message: &str| Failure { code, url: hook.url.clone(), message: message.to_owned() };
    let mut dice =
        Dice::new(carrier.config.seed, "fetch", &call.order.to, u64::from(call.nth) << 16 | call.next_fate());
    if carrier.faults.happens("twiml_fetch", &mut dice, |plan| plan.twiml_fetch) {
        return Err(failed(code::RETRIEVAL, "lost by the fault plan"));
    }
    let mut params = carrier.call_params(call, &call.seen());
    params.extend(extra.iter().cloned());
    let delivery = Delivery { kind: WebhookKind::Twiml, hook: hook.clone(), params, token: carrier.sids.new_sid("") };
    let reply = send(carrier, call, delivery, DOCUMENT_MAX).await.map_err(|code| failed(code, "retrieval failed"))?;
    if reply.status >= 400 {
        return Err(failed(code::RETRIEVAL, &format!("answered {}", reply.status)));
    }
    Ok(reply)
}

/// Sends a request for a document or a file and writes it down.
pub(crate) async fn send(
    carrier: &Arc<Carrier>,
    call: &Call,
    delivery: Delivery,
    body_max: usize,
) -> Result<Reply, u32> {
    let parcel = Parcel { hook: &delivery.hook, params: &delivery.params, token: &delivery.token, body_max };
    let sent_at = carrier.now();
    let trip = carrier.courier.send(&parcel).await;
    let (status, error) = match &trip.reply {
        Ok(reply) => (Some(reply.status), (reply.status >= 400).then_some(code::RETRIEVAL)),
        Err(code) => (None, Some(*code)),
    };
    let seen = WebhookSeen { sent_at, status, error, tries: trip.tries, ..carrier.webhook_seen(call, delivery) };
    call.remember_webhook(carrier.ledger.webhook(seen));
    trip.reply
}

fn interpret(reply: &Reply, hook: &Hook) -> Result<Document, Failure> {
    let failed = |code, message: String| Failure { code, url: hook.url.clone(), message };
    let content_type = reply.content_type.as_deref().unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text =
        || String::from_utf8(reply.body.to_vec()).map_err(|_| failed(document::NOT_WELL_FORMED, "not UTF-8".into()));
    let utter = |utterance| Document { verbs: vec![Verb::Utter(utterance)], ..Document::default() };
    match essence.as_str() {
        "" => Err(failed(code::RETRIEVAL, "no content type".into())),
        audio if AUDIO.contains(&audio) => {
            let length = speech::played(&reply.body);
            Ok(utter(Utterance::Sound { name: hook.url.clone(), length }))
        }
        "text/plain" => Ok(utter(Utterance::Say { text: text()?, loops: 1 })),
        "text/xml" | "application/xml" | "text/html" if reply.body.is_empty() => {
            Err(failed(EMPTY_BODY, "an empty body".into()))
        }
        "text/xml" | "application/xml" | "text/html" => read(&text()?, Some(hook)),
        other => Err(failed(CONTENT_TYPE, format!("content type {other} is not accepted"))),
    }
}

fn read(text: &str, origin: Option<&Hook>) -> Result<Document, Failure> {
    let url = || origin.map_or_else(String::new, |hook| hook.url.clone());
    document::read(text, origin).map_err(|fault| Failure { code: fault.code, url: url(), message: fault.message })
}

/// Fetches a file to be played; the error is the carrier's code.
pub(crate) async fn audio(carrier: &Arc<Carrier>, call: &Call, url: &str) -> Result<Reply, u32> {
    const PLAY_CONTENT_TYPE: u32 = 13420;
    const FILE_MAX: usize = 16 * 1024 * 1024;
    let hook = Hook { url: url.to_owned(), method: Method::Get };
    let delivery = Delivery { kind: WebhookKind::Media, hook, params: Params::new(), token: carrier.sids.new_sid("") };
    let reply = send(carrier, call, delivery, FILE_MAX).await?;
    if reply.status >= 400 {
        return Err(code::RETRIEVAL);
    }
    let essence = reply.content_type.as_deref().unwrap_or_default().split(';').next().unwrap_or_default();
    if AUDIO.contains(&essence.trim().to_ascii_lowercase().as_str()) { Ok(reply) } else { Err(PLAY_CONTENT_TYPE) }
}

/// A parameter.
pub(crate) fn param(name: &'static str, value: impl Into<String>) -> (Cow<'static, str>, String) {
    (Cow::Borrowed(name), value.into())
}
