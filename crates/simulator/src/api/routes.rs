//! Which request goes where.
//!
//! One table for the carrier's own paths. Every request is authenticated, held against the contract and hit by the
//! fault plan here, so that no resource can forget it.

use std::sync::Arc;

use super::{
    account,
    answer::{Answer, Outcome},
    call_list, calls,
    errors::ApiError,
    faulted::{self, Part},
    queues, recordings,
    request::{ApiRequest, Fields},
};
use crate::{carrier::Carrier, control};

/// Answers a request.
pub(crate) async fn handle(carrier: &Arc<Carrier>, request: &ApiRequest) -> Outcome {
    let segments = request.segments();
    if let ["simulator", rest @ ..] = &segments[..] {
        return Outcome::Answer(control::handle(carrier, request, rest));
    }
    if let Some(outcome) = faulted::unavailable(carrier) {
        return outcome;
    }
    let ["2010-04-01", "Accounts", account, rest @ ..] = &segments[..] else {
        return Outcome::Answer(ApiError::not_found(&request.path).into());
    };
    let fields = request.params();
    for what in carrier.contract.complaints(request, &fields) {
        carrier.ledger.complain(carrier.now(), &format!("{} {}", request.method, request.path), what);
    }
    if !request.path.ends_with(".json") && !recordings::is_media(&request.path) {
        // The carrier answers XML there, which nobody here reads.
        return Outcome::Answer(ApiError::not_found(&request.path).into());
    }
    if request.method == "POST" && rest == ["Calls"] {
        return create_call(carrier, request, account, &fields).await;
    }
    let part = if request.method == "GET" { Part::Read } else { Part::Update };
    let hit = faulted::meet(carrier, part, &request.path, carrier.requests.next()).await;
    if let Some(outcome) = hit.and_then(|hit| faulted::refusal(carrier, part, hit)) {
        return outcome;
    }
    let answer = match allowed(carrier, request, account) {
        Ok(()) => dispatch(carrier, request, rest, &fields),
        Err(error) => Err(error),
    };
    faulted::spoilt(hit, answer.unwrap_or_else(Answer::from))
}

/// A create request: written down first, whatever becomes of it.
async fn create_call(carrier: &Arc<Carrier>, request: &ApiRequest, account: &str, fields: &Fields) -> Outcome {
    let index = carrier.ledger.create_received(carrier.now(), fields.0.clone());
    let to = fields.get("To").unwrap_or_default();
    let nth = carrier.behaviors.request_number(to);
    let hit = faulted::meet(carrier, Part::Create, to, nth.into()).await;
    carrier.ledger.create_changed(index, |seen| seen.fault = hit.map(faulted::Hit::word));
    let outcome = match hit.and_then(|hit| faulted::refusal(carrier, Part::Create, hit)) {
        Some(outcome) => outcome,
        None => {
            let placed = match allowed(carrier, request, account) {
                Ok(()) => calls::create(carrier, fields).await,
                Err(error) => Err(error),
            };
            let answer = placed.map(|(answer, call)| {
                carrier.ledger.create_changed(index, |seen| seen.sid = Some(call.sid.clone()));
                answer
            });
            faulted::spoilt(hit, answer.unwrap_or_else(Answer::from))
        }
    };
    if let Outcome::Answer(answer) = &outcome {
        carrier.ledger.create_changed(index, |seen| {
            seen.answer_status = Some(answer.status);
            seen.answer_code = answer.code;
        });
    }
    outcome
}

fn allowed(carrier: &Carrier, request: &ApiRequest, account: &str) -> Result<(), ApiError> {
    let is_open = !carrier.config.media_auth && request.method == "GET" && recordings::is_media(&request.path);
    if !is_open && !carrier.credentials.accept(request.authorization.as_deref()) {
        return Err(ApiError::unauthorized());
    }
    if account != carrier.config.account_sid {
        return Err(ApiError::not_found(&request.path));
    }
    Ok(())
}

fn dispatch(carrier: &Arc<Carrier>, request: &ApiRequest, rest: &[&str], fields: &Fields) -> Result<Answer, ApiError> {
    let path = &request.path;
    match (request.method.as_str(), rest) {
        ("GET", []) => Ok(account::fetch(carrier)),
        ("GET", ["Balance"]) => Ok(account::balance(&carrier.config)),
        ("GET", ["IncomingPhoneNumbers"]) => account::numbers(carrier, request, fields),
        ("GET", ["IncomingPhoneNumbers", sid]) => account::number_by_sid(carrier, sid, path),
        ("GET", ["OutgoingCallerIds"]) => account::caller_ids(carrier, request, fields),
        ("GET", ["OutgoingCallerIds", sid]) => account::caller_id_by_sid(carrier, sid, path),
        ("GET", ["Applications"]) => account::applications(carrier, request, fields),
        ("GET", ["Applications", sid]) => account::application_by_sid(carrier, sid, path),
        ("GET", ["Calls"]) => call_list::list(carrier, request, fields),
        ("GET", ["Calls", sid]) => calls::fetch(carrier, sid, path),
        ("POST", ["Calls", sid]) => calls::update(carrier, sid, fields, path),
        ("DELETE", ["Calls", sid]) => call_list::delete(carrier, sid, path),
        ("GET", ["Calls", sid, "Notifications"]) => call_list::notifications(carrier, sid, request, fields),
        ("GET", ["Calls", sid, "Events"]) => call_list::events(carrier, sid, request, fields),
        (_, ["Calls", sid, "Recordings", ..]) => recordings::of_call(carrier, sid, request, fields),
        ("GET", ["Recordings"]) => recordings::list(carrier, request, fields),
        (_, ["Recordings", sid]) => recordings::one(carrier, sid, request),
        (_, ["Queues", ..]) => queues::handle(carrier, rest, request, fields),
        _ => Err(ApiError::not_found(path)),
    }
}
