//! What a simulated carrier is told before it starts: its account, its limits, its people, its faults.
//!
//! Every field has a default and unknown ones are refused, so that a misspelled setting is found at once. Durations are
//! numbers of seconds.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    behavior::Behavior,
    chance::{Dice, Span},
    fault::FaultPlan,
};

/// The whole configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// Authenticates requests, and signs every callback.
    pub auth_token: String,
    /// Further credentials that authenticate requests.
    pub api_keys: Vec<ApiKey>,
    /// `active`, `suspended` or `closed`; only an active account may place calls.
    pub account_status: String,
    /// `Full` or `Trial`.
    pub account_type: String,
    /// Every outcome follows from it.
    pub seed: u64,
    /// How much faster than life calls run: at 20, ringing for 20 s takes one. The calls-a-second queue and the
    /// time limits of webhooks stay real.
    pub speed: f64,
    /// Calls started a second; 0 is without limit.
    pub cps: f64,
    /// Calls alive at once, queued ones too; more are refused with 10004.
    pub concurrent_calls_max: Option<u32>,
    /// Numbers the account owns.
    pub caller_ids: Vec<String>,
    /// Numbers of others, verified as caller ids.
    pub verified_caller_ids: Vec<String>,
    /// TwiML applications.
    pub applications: Vec<Application>,
    /// What numbers without a program of their own do.
    pub mix: Mix,
    /// Programs from the start.
    pub behaviors: Vec<BehaviorRule>,
    /// Whether [`magic`](crate::behaviors::magic) numbers and the carrier's own test numbers have their meaning.
    pub magic_numbers: bool,
    /// What goes wrong.
    pub faults: FaultPlan,
    /// Money left, as decimal text.
    pub balance: String,
    /// ISO 4217.
    pub currency: String,
    /// For each started minute of an answered call.
    pub price_per_minute: f64,
    /// A call's price appears so long after its end.
    pub price_after_s: f64,
    /// Total time a webhook may take, in real milliseconds.
    pub webhook_timeout_ms: u64,
    /// Time to connect, in real milliseconds, tried twice.
    pub connect_timeout_ms: u64,
    /// Whether recordings are served to authenticated requests only.
    pub media_auth: bool,
    /// A recording's media appears so long after its callback.
    pub media_after_s: f64,
    /// How many entries each part of the ledger keeps, and finished calls the carrier remembers; none: all.
    pub ledger_max: Option<usize>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            account_sid: "AC00000000000000000000000000000001".into(),
            auth_token: "simulated-auth-token".into(),
            api_keys: Vec::new(),
            account_status: "active".into(),
            account_type: "Full".into(),
            seed: 1,
            speed: 1.0,
            cps: 1.0,
            concurrent_calls_max: None,
            caller_ids: vec!["+15005550006".into(), "+12025550100".into()],
            verified_caller_ids: Vec::new(),
            applications: Vec::new(),
            mix: Mix::default(),
            behaviors: Vec::new(),
            magic_numbers: true,
            faults: FaultPlan::default(),
            balance: "100.00".into(),
            currency: "USD".into(),
            price_per_minute: 0.014,
            price_after_s: 30.0,
            webhook_timeout_ms: 15_000,
            connect_timeout_ms: 5_000,
            media_auth: true,
            media_after_s: 0.0,
            ledger_max: None,
        }
    }
}

/// An API key: it authenticates requests like the auth token.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// `SK` and 32 hexadecimal digits.
    pub sid: String,
    /// Its secret.
    pub secret: String,
}

/// A TwiML application: addresses kept at the carrier.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Application {
    /// `AP` and 32 hexadecimal digits.
    pub sid: String,
    /// Shown in the console.
    pub friendly_name: String,
    /// Where the TwiML of its calls comes from.
    pub voice_url: String,
    /// Asked when `voice_url` fails.
    pub voice_fallback_url: String,
    /// Where its calls' callbacks go.
    pub status_callback: String,
}

/// A program for a number, or with `*` at its end for a prefix.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviorRule {
    /// `+12025550123`, `+1202*`, `client:agent_7`.
    pub number: String,
    /// One for each successive call; the last repeats; an empty list takes the program away.
    pub behaviors: Vec<Behavior>,
}

/// What numbers do that nobody programmed: shares (weights) and ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mix {
    /// Share of calls answered by a person.
    pub human: f64,
    /// Share that ring to the timeout.
    pub no_answer: f64,
    /// Share that are busy.
    pub busy: f64,
    /// Share that the network fails (SIP 404 or 503).
    pub failed: f64,
    /// Share answered by a machine.
    pub machine: f64,
    /// Share answered by a fax.
    pub fax: f64,
    /// Share whose network blocks the caller id.
    pub carrier_block: f64,
    /// How long a person lets it ring.
    pub rings_for: Span,
    /// How long a person stays.
    pub talks_for: Span,
    /// How long a machine lets it ring.
    pub machine_rings_for: Span,
    /// How long a machine's greeting is.
    pub machine_greeting: Span,
    /// Share of machines with a tone.
    pub machine_beeps: f64,
    /// Share of people whom answering machine detection cannot tell (`unknown`).
    pub undetected: f64,
    /// Share of people who press a key while they listen.
    pub presses: f64,
    /// The key they press.
    pub press_key: char,
}

impl Default for Mix {
    fn default() -> Self {
        Mix {
            human: 0.45,
            no_answer: 0.25,
            busy: 0.07,
            failed: 0.03,
            machine: 0.19,
            fax: 0.005,
            carrier_block: 0.005,
            rings_for: Span::new(3.0, 25.0),
            talks_for: Span::new(5.0, 120.0),
            machine_rings_for: Span::new(8.0, 20.0),
            machine_greeting: Span::new(4.0, 15.0),
            machine_beeps: 0.9,
            undetected: 0.0,
            presses: 0.05,
            press_key: '9',
        }
    }
}

impl Mix {
    /// Everybody picks up after `rings_for_s` and stays for `talks_for_s`.
    pub fn all_human(rings_for_s: f64, talks_for_s: f64) -> Mix {
        let (rings_for, talks_for) = (Span::exactly(rings_for_s), Span::exactly(talks_for_s));
        let nobody = Mix { no_answer: 0.0, busy: 0.0, failed: 0.0, machine: 0.0, fax: 0.0, ..Mix::default() };
        Mix { human: 1.0, carrier_block: 0.0, presses: 0.0, rings_for, talks_for, ..nobody }
    }

    /// The behavior of one call.
    pub(crate) fn draw(&self, dice: &mut Dice) -> Behavior {
        let shares = [self.human, self.no_answer, self.busy, self.failed, self.machine, self.fax, self.carrier_block];
        match dice.pick(&shares) {
            0 => self.draw_human(dice),
            1 => Behavior::NoAnswer,
            2 => Behavior::Busy,
            3 => Behavior::Failed { sip: if dice.hits(0.5) { 404 } else { 503 } },
            4 => {
                Behavior::Machine { greeting: dice.between(self.machine_greeting), beep: dice.hits(self.machine_beeps) }
            }
            5 => Behavior::Fax,
            _ => Behavior::CarrierBlock,
        }
    }

    fn draw_human(&self, dice: &mut Dice) -> Behavior {
        let rings_for = dice.between(self.rings_for);
        let talks_for = dice.between(self.talks_for);
        let pressed_after = Duration::from_secs(1) + dice.between(Span::new(0.0, talks_for.as_secs_f64()));
        let presses = if dice.hits(self.presses) { vec![(pressed_after, self.press_key)] } else { Vec::new() };
        Behavior::Human { rings_for, talks_for, presses }
    }
}
