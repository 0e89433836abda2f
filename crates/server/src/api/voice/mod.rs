//! The carrier's doors: documents for calls that were answered, and reports of what became of them.
//!
//! Every request must carry the signature of the account whose attempt it names (by the token in its path); else
//! 403. Reports are answered after their commit. Documents are read, not written, so that a person who picked
//! up never waits for the dialer; only an opt-out waits for its own commit.

mod document;
mod keys;
mod lookup;
mod report;
mod scene;
mod verified;

pub use document::{initiate, message_heard};
pub use keys::opt_out;
pub use lookup::Lookups;
pub use report::{detection, recording, status};
pub use scene::Scene;

use std::sync::Arc;

use axum::Router;
use axum::routing::post;

use super::App;
use crate::telephony::callback_urls::{
    DETECTION_PATH, INITIATE_PATH, MESSAGE_HEARD_PATH, OPT_OUT_PATH, RECORDING_PATH, STATUS_PATH, WAIT_MUSIC_PATH,
};

/// Bytes of a callback's body; Twilio's have about two thousand.
const BODY_BYTES_MAX: usize = 64 * 1_024;

/// The carrier's routes. They are not in the table of people's routes: the signature stands for the log-in.
pub fn routes() -> Router<Arc<App>> {
    let of_attempt = |path: &str| format!("{path}/{{token}}");
    Router::new()
        .route(&of_attempt(INITIATE_PATH), post(initiate))
        .route(&of_attempt(MESSAGE_HEARD_PATH), post(message_heard))
        .route(&of_attempt(STATUS_PATH), post(status))
        .route(&of_attempt(DETECTION_PATH), post(detection))
        .route(&of_attempt(OPT_OUT_PATH), post(opt_out))
        .route(&of_attempt(RECORDING_PATH), post(recording))
        .route(&of_attempt(WAIT_MUSIC_PATH), post(document::wait_music))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX))
}
