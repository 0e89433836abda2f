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
use crate::passwords::Passwords;
use crate::secrets::SecretKey;
use crate::store::Store;

/// What handlers have in hand.
pub struct App {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Chance,
    pub config: Config,
    pub secret_key: SecretKey,
    pub metrics: PrometheusHandle,
    pub passwords: Passwords,
    pub login_throttle: LoginThrottle,
    /// Who dials, when this node does.
    pub engine: Option<Arc<dyn CampaignEngine>>,
    /// Canceled when the server stops: streams end then.
    pub stopping: CancellationToken,
}

/// The engine as the doors see it.
pub trait CampaignEngine: Send + Sync {
    /// Something changed that may let calls go on, or hold them: look now.
    fn nudge(&self);
}

impl App {
    /// Tells the engine, where there is one, that something it reads has changed.
    pub fn nudge(&self) {
        if let Some(engine) = &self.engine {
            engine.nudge();
        }
    }
}
