//! What handlers have in hand: the store, the clock, chance, the configuration and who does the work.
//!
//! One value, shared by every request as `State(app): State<Arc<App>>`. It is put together in [`crate::app`].

use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;

use super::throttle::LoginThrottle;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::engine::Engine;
use crate::lines::Lines;
use crate::passwords::Passwords;
use crate::secrets::SecretKey;
use crate::store::Store;
use crate::telephony::PublicUrl;

/// What handlers have in hand.
pub struct App {
    pub live: super::live::Live,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Chance,
    pub config: Config,
    pub secret_key: SecretKey,
    pub metrics: PrometheusHandle,
    pub passwords: Passwords,
    pub login_throttle: LoginThrottle,
    /// Who dials.
    pub engine: Arc<Engine>,
    /// Accounts as clients, and the keys of their callbacks.
    pub lines: Lines,
    /// Canceled when the server stops: streams end then.
    pub stopping: CancellationToken,
}

impl App {
    /// Tells the engine that something it reads has changed.
    pub fn nudge(&self) {
        self.engine.nudge();
    }

    /// Where the carrier fetches a recording of the library; `None` when there is none of that id.
    #[must_use]
    pub fn audio_url(&self, public: &PublicUrl, audio_id: &str) -> Option<String> {
        let _ = (public, audio_id);
        None
    }
}
