//! How the called side behaves, and the plan of one call that follows from it.
//!
//! A [`Behavior`] is what somebody asks for; a [`Destiny`] is what will happen to one call, with every duration drawn.
//! Which behavior a number has is [`behaviors`](crate::behaviors)' business, what the carrier makes of the destiny is
//! [`life`](crate::life)'s.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{chance::Dice, config::Mix, seconds};

/// What happens when a number is called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Behavior {
    /// A person picks up after `rings_for` and hangs up `talks_for` later (counted anew from the moment an agent is
    /// bridged), pressing keys so long after the answer.
    Human {
        /// How long it rings.
        #[serde(rename = "rings_for_s", with = "seconds")]
        rings_for: Duration,
        /// How long the person stays.
        #[serde(rename = "talks_for_s", with = "seconds")]
        talks_for: Duration,
        /// Keys, each with its time after the answer.
        #[serde(default, with = "seconds::presses")]
        presses: Vec<(Duration, char)>,
    },
    /// An answering machine: it picks up after the mix's `machine_rings_for`.
    Machine {
        /// How long it speaks before it records.
        #[serde(rename = "greeting_s", with = "seconds")]
        greeting: Duration,
        /// Whether a tone follows the greeting.
        beep: bool,
    },
    /// A fax machine.
    Fax,
    /// The line is busy.
    Busy,
    /// It rings until the ring timeout.
    NoAnswer,
    /// The network fails the call with this SIP code (404 unallocated, 503 unavailable …).
    Failed {
        /// The code of the final answer.
        sip: u16,
    },
    /// The far network blocks the caller id: failed, with notification 32017.
    CarrierBlock,
    /// The create request is refused with this error and HTTP status; nothing is placed.
    Reject {
        /// The carrier's error code.
        code: u32,
        /// The HTTP status of the answer.
        #[serde(default = "bad_request")]
        http_status: u16,
    },
}

const fn bad_request() -> u16 {
    400
}

impl Behavior {
    /// A person who picks up after `rings_for_s` seconds and stays for `talks_for_s`.
    pub fn human(rings_for_s: u32, talks_for_s: u32) -> Behavior {
        let seconds = |s: u32| Duration::from_secs(s.into());
        Behavior::Human { rings_for: seconds(rings_for_s), talks_for: seconds(talks_for_s), presses: Vec::new() }
    }

    /// What becomes of the call that `dice` stands for.
    pub(crate) fn destiny(&self, mix: &Mix, dice: &mut Dice) -> Destiny {
        let answers = |after, kind, stays| Destiny::Answers(after, Party { kind, stays, presses: Vec::new() });
        match self {
            Behavior::Human { rings_for, talks_for, presses } => Destiny::Answers(
                *rings_for,
                Party { kind: PartyKind::Human, stays: *talks_for, presses: presses.clone() },
            ),
            Behavior::Machine { greeting, beep } => {
                let kind = PartyKind::Machine { greeting: *greeting, beep: *beep };
                answers(dice.between(mix.machine_rings_for), kind, MACHINE_RECORDS_FOR + *greeting)
            }
            Behavior::Fax => answers(FAX_RINGS_FOR, PartyKind::Fax, FAX_STAYS_FOR),
            Behavior::Busy => Destiny::Busy,
            Behavior::NoAnswer => Destiny::NoAnswer,
            Behavior::Failed { sip } => Destiny::Fails { sip: *sip, code: None },
            Behavior::CarrierBlock => Destiny::Fails { sip: SIP_BLOCKED, code: Some(CALLER_ID_BLOCKED) },
            // A refusal happens at the create request; a leg dialed by TwiML meets it as a failure.
            Behavior::Reject { code, .. } => Destiny::Fails { sip: SIP_BAD_NUMBER, code: Some(*code) },
        }
    }
}

const MACHINE_RECORDS_FOR: Duration = Duration::from_secs(120);
const FAX_RINGS_FOR: Duration = Duration::from_secs(4);
const FAX_STAYS_FOR: Duration = Duration::from_secs(30);
const SIP_BLOCKED: u16 = 603;
const SIP_BAD_NUMBER: u16 = 404;
const CALLER_ID_BLOCKED: u32 = 32017;

/// What will become of one call if nobody interferes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Destiny {
    /// Somebody or something picks up after ringing so long.
    Answers(Duration, Party),
    NoAnswer,
    Busy,
    /// The network fails it, with a notification where there is a code.
    Fails {
        sip: u16,
        code: Option<u32>,
    },
}

/// Who is on the line once it is answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Party {
    pub(crate) kind: PartyKind,
    /// Hangs up so long after the answer.
    pub(crate) stays: Duration,
    /// Keys, each with its time after the answer.
    pub(crate) presses: Vec<(Duration, char)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PartyKind {
    Human,
    Machine { greeting: Duration, beep: bool },
    Fax,
}
