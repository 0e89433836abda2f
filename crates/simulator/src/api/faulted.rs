//! The fault plan at the door: what happens to a request before and after it is done.
//!
//! Latencies are real time: the client that waits is busy, so a virtual clock stands still meanwhile.

use std::time::Duration;

use super::{
    answer::{Answer, Outcome},
    errors::ApiError,
};
use crate::{
    carrier::Carrier,
    chance::{Dice, Span},
    fault::{Chance, Down, FaultPlan, RequestFaults},
};

const LATENCY_MS_MAX: u64 = 60_000;
const GATEWAY_PAGE: &str = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";

/// Which of the plan's parts a request falls under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Create,
    Update,
    Read,
}

impl Part {
    fn of(self, plan: &FaultPlan) -> &RequestFaults {
        match self {
            Part::Create => &plan.create,
            Part::Update => &plan.update,
            Part::Read => &plan.read,
        }
    }

    /// The name under which a fault's count is kept.
    fn named(self, names: [&'static str; 3]) -> &'static str {
        names[self as usize]
    }
}

/// A fault that hits a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    TooManyRequests,
    Unauthorized,
    ServerError,
    HtmlError,
    DropBefore,
    Accept500,
    AcceptHang,
    DropAfter,
    Truncated,
}

impl Hit {
    /// The word in the ledger and the plan.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Hit::TooManyRequests => "too_many_requests",
            Hit::Unauthorized => "unauthorized",
            Hit::ServerError => "server_error",
            Hit::HtmlError => "html_error",
            Hit::DropBefore => "drop_before_accept",
            Hit::Accept500 => "accept_then_500",
            Hit::AcceptHang => "accept_then_hang",
            Hit::DropAfter => "drop_after_accept",
            Hit::Truncated => "truncated_json",
        }
    }
}

type Look = fn(&RequestFaults) -> Chance;

/// Every fault, the names its counts are kept under, and where it stands in the plan; the first that hits counts.
const FAULTS: [(Hit, [&str; 3], Look); 9] = [
    (Hit::TooManyRequests, ["create.429", "update.429", "read.429"], |faults| faults.too_many_requests),
    (Hit::Unauthorized, ["create.401", "update.401", "read.401"], |faults| faults.unauthorized),
    (Hit::ServerError, ["create.500", "update.500", "read.500"], |faults| faults.server_error),
    (Hit::HtmlError, ["create.502", "update.502", "read.502"], |faults| faults.html_error),
    (Hit::DropBefore, ["create.drop", "update.drop", "read.drop"], |faults| faults.drop_before_accept),
    (Hit::Accept500, ["create.a500", "update.a500", "read.a500"], |faults| faults.accept_then_500),
    (Hit::AcceptHang, ["create.hang", "update.hang", "read.hang"], |faults| faults.accept_then_hang),
    (Hit::DropAfter, ["create.after", "update.after", "read.after"], |faults| faults.drop_after_accept),
    (Hit::Truncated, ["create.half", "update.half", "read.half"], |faults| faults.truncated_json),
];

/// Waits the plan's latency and says what hits this request; `subject` and `nth` name the occasion.
pub(crate) async fn meet(carrier: &Carrier, part: Part, subject: &str, nth: u64) -> Option<Hit> {
    if carrier.faults.read(|plan| part.of(plan) == &RequestFaults::default()) {
        return None;
    }
    let mut dice = Dice::new(carrier.config.seed, "request", subject, nth);
    let (from, to) = carrier.faults.read(|plan| part.of(plan).latency_ms);
    if to > 0 {
        let seconds = |ms: u64| Duration::from_millis(ms.min(LATENCY_MS_MAX)).as_secs_f64();
        tokio::time::sleep(dice.between(Span::new(seconds(from), seconds(to)))).await;
    }
    let hits = |(_, names, look): &&(Hit, [&'static str; 3], Look)| {
        carrier.faults.happens(part.named(*names), &mut dice, |plan| look(part.of(plan)))
    };
    FAULTS.iter().find(hits).map(|(hit, ..)| *hit)
}

/// What is answered instead of doing anything; none for faults that come after.
pub(crate) fn refusal(carrier: &Carrier, part: Part, hit: Hit) -> Option<Outcome> {
    let error = match hit {
        Hit::TooManyRequests => ApiError::with_status(20429, 429, "Too many requests"),
        Hit::Unauthorized => ApiError::unauthorized(),
        Hit::ServerError => internal(),
        Hit::HtmlError => return Some(Outcome::Answer(Answer::new(502, "text/html", GATEWAY_PAGE.into()))),
        Hit::DropBefore => return Some(Outcome::Close),
        Hit::Accept500 | Hit::AcceptHang | Hit::DropAfter | Hit::Truncated => return None,
    };
    let mut answer = Answer::from(error);
    if hit == Hit::TooManyRequests {
        answer.retry_after_s = carrier.faults.read(|plan| part.of(plan).retry_after_s);
    }
    Some(Outcome::Answer(answer))
}

/// What becomes of an answer given.
pub(crate) fn spoilt(hit: Option<Hit>, answer: Answer) -> Outcome {
    match hit {
        Some(Hit::Accept500) => Outcome::Answer(internal().into()),
        Some(Hit::AcceptHang) => Outcome::Hang,
        Some(Hit::DropAfter) => Outcome::Close,
        Some(Hit::Truncated) => Outcome::Answer(Answer { body: answer.body.slice(..answer.body.len() / 2), ..answer }),
        _ => Outcome::Answer(answer),
    }
}

/// The answer of a carrier that is down but reachable.
pub(crate) fn unavailable(carrier: &Carrier) -> Option<Outcome> {
    let down = carrier.faults.read(|plan| plan.down);
    match down {
        Down::No => None,
        Down::Refused => Some(Outcome::Close),
        Down::Unavailable => Some(Outcome::Answer(ApiError::with_status(20503, 503, "Service unavailable").into())),
    }
}

fn internal() -> ApiError {
    ApiError::with_status(20500, 500, "An internal server error has occurred")
}
