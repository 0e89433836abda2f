//! A simulated carrier: Twilio's HTTP, TwiML and webhooks, with a ledger and a fault plan.
//!
//! Speaks the protocol of the published contract over real HTTP and knows nothing of those who use it. Calls ring, are
//! answered, hear what their document says and end, in simulated time that a [`Clock`] provides; the same seed and the
//! same calls give the same outcomes. What was seen on the wire and what became of it is in the ledger.
//!
//! Start at [`Simulator::start`]; [`Config`] is everything that can be set, [`Behavior`] and [`FaultPlan`] what can be
//! programmed while it runs, [`behaviors::magic`] the numbers with fixed behavior.

mod api;
mod behavior;
pub mod behaviors;
mod call;
mod callbacks;
mod calls;
mod carrier;
mod chance;
mod clock;
mod config;
mod contract;
mod control;
mod courier;
mod detection;
mod dial_queue;
mod fault;
mod ledger;
mod life;
mod line;
mod mailbox;
mod order;
mod overrides;
mod queues;
mod recordings;
mod seconds;
mod server;
mod sid;
mod signature;
mod simulator;
mod status;
mod text;
mod twiml;
mod wav;

pub use behavior::Behavior;
pub use call::{CallSeen, Notification};
pub use chance::Span;
pub use clock::{Busy, Clock, SystemClock};
pub use config::{ApiKey, Application, BehaviorRule, Config, Mix};
pub use fault::{CallbackFaults, Chance, Down, FaultPlan, RequestFaults};
pub use ledger::{Complaint, CreateSeen, WebhookKind, WebhookSeen};
pub use signature::{Params, sign};
pub use simulator::{LedgerView, Simulator, StartError};
pub use status::{CallStatus, Direction};
