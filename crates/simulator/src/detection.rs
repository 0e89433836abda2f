//! Answering machine detection: what it says of a callee, and when.
//!
//! It hears nothing: the verdict is drawn from who the callee is, with the share of people that detection cannot
//! tell. The call's task decides whether to wait for it; who the callee is has been drawn in
//! [`behavior`](crate::behavior).

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    behavior::{Party, PartyKind},
    call::Call,
    callbacks::Delivery,
    carrier::Carrier,
    chance::{Dice, Span},
    ledger::WebhookKind,
    order::{DetectUntil, DetectionOrder, Hook},
    signature::Params,
    status::CallStatus,
    twiml::fetch::param,
};

const HUMAN_AFTER: Span = Span::new(2.0, 4.0);
const MACHINE_AFTER: Span = Span::new(3.0, 5.0);
const FAX_AFTER: Duration = Duration::from_secs(3);
const BEEP: Duration = Duration::from_millis(500);
const SILENCE: Duration = Duration::from_secs(2);

/// What detection says, so long after the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) answered_by: &'static str,
    pub(crate) after: Duration,
}

impl Verdict {
    /// The verdict on whoever picked up; `undetected` is the share of people that detection cannot tell.
    pub(crate) fn of(order: &DetectionOrder, party: &Party, undetected: f64, dice: &mut Dice) -> Verdict {
        let verdict = |answered_by, after: Duration| Verdict { answered_by, after: after.min(order.timeout) };
        match (party.kind, order.until) {
            (PartyKind::Human, _) if dice.hits(undetected) => verdict("unknown", order.timeout),
            (PartyKind::Human, _) => verdict("human", dice.between(HUMAN_AFTER)),
            (PartyKind::Fax, _) => verdict("fax", FAX_AFTER),
            (PartyKind::Machine { .. }, DetectUntil::Verdict) => verdict("machine_start", dice.between(MACHINE_AFTER)),
            (PartyKind::Machine { greeting, beep }, DetectUntil::GreetingEnd) => {
                let (word, tail) = if beep { ("machine_end_beep", BEEP) } else { ("machine_end_silence", SILENCE) };
                let in_time = greeting + tail <= order.timeout;
                verdict(if in_time { word } else { "machine_end_other" }, greeting + tail)
            }
        }
    }

    fn ms(self) -> u64 {
        u64::try_from(self.after.as_millis()).unwrap_or(u64::MAX)
    }

    /// Writes it into the record; the parameters it adds to a request.
    pub(crate) fn settle(self, call: &Call) -> Params {
        let mut seen = call.seen();
        seen.answered_by = Some(self.answered_by);
        seen.detection_ms = Some(self.ms());
        vec![param("AnsweredBy", self.answered_by), param("MachineDetectionDuration", self.ms().to_string())]
    }
}

/// Asynchronous detection: tells the verdict when it falls, if the call still lives.
pub(crate) fn watch(carrier: &Arc<Carrier>, call: &Arc<Call>, verdict: Verdict, tell: Option<Hook>, at: Timestamp) {
    let (watched, call) = (Arc::clone(carrier), Arc::clone(call));
    carrier.spawn(carrier.clock.busy(), async move {
        watched.clock.sleep_until(at).await;
        if call.status() != CallStatus::InProgress {
            return;
        }
        let params = verdict.settle(&call);
        if let Some(hook) = tell {
            let mut all = vec![param("CallSid", &call.sid), param("AccountSid", &watched.config.account_sid)];
            all.extend(params);
            let token = watched.sids.new_sid("");
            watched.dispatch(&call, Delivery { kind: WebhookKind::Detection, hook, params: all, token });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(kind: PartyKind, until: DetectUntil) -> &'static str {
        let order = DetectionOrder { until, timeout: Duration::from_secs(30), asynchronous: false, tell: None };
        let party = Party { kind, stays: Duration::MAX, presses: Vec::new() };
        Verdict::of(&order, &party, 0.0, &mut Dice::new(1, "", "", 0)).answered_by
    }

    #[test]
    fn every_callee_and_mode_has_its_word() {
        let machine = |greeting_s, beep| PartyKind::Machine { greeting: Duration::from_secs(greeting_s), beep };
        use DetectUntil::{GreetingEnd, Verdict};
        assert_eq!(verdict(PartyKind::Human, Verdict), "human");
        assert_eq!(verdict(PartyKind::Human, GreetingEnd), "human");
        assert_eq!(verdict(PartyKind::Fax, GreetingEnd), "fax");
        assert_eq!(verdict(machine(10, true), Verdict), "machine_start");
        assert_eq!(verdict(machine(10, true), GreetingEnd), "machine_end_beep");
        assert_eq!(verdict(machine(10, false), GreetingEnd), "machine_end_silence");
        assert_eq!(verdict(machine(40, true), GreetingEnd), "machine_end_other");
    }
}
