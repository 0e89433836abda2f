//! What handlers have in hand: the store, the clock, chance, the configuration and who does the work.
//!
//! One value, shared by every request as `State(app): State<Arc<App>>`. It is put together in [`crate::app`].

use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;

use super::hourly::Hourly;
use super::live::Live;
use super::pages::Pages;
use super::query::parse_id;
use super::setup::SetupCode;
use super::throttle::LoginThrottle;
use super::voice::Lookups;
use crate::audio::Decoder;
use crate::chance::Chance;
use crate::changer::Changer;
use crate::clock::Clock;
use crate::config::Config;
use crate::engine::Engine;
use crate::importer::Importer;
use crate::lines::Lines;
use crate::media::media_url;
use crate::passwords::Passwords;
use crate::refresher::Refresher;
use crate::secrets::SecretKey;
use crate::sheets::Sheets;
use crate::store::Store;
use crate::telephony::PublicUrl;
use crate::workbooks::Workbooks;

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
    /// Opens the set-up of an installation without organization to browsers elsewhere.
    pub setup_code: SetupCode,
    /// Who dials.
    pub engine: Arc<Engine>,
    /// Accounts as clients, and the keys of their callbacks.
    pub lines: Lines,
    /// Who finds the attempts of callbacks.
    pub lookups: Lookups,
    /// Who changes many contacts.
    pub changer: Arc<Changer>,
    /// Who writes the rows of lists.
    pub importer: Arc<Importer>,
    /// Who fetches lists from the web, and how often for whom.
    pub sheets: Arc<Sheets>,
    pub refresher: Arc<Refresher>,
    pub sheet_imports: Hourly,
    /// Who listens to recordings that people bring.
    pub decoder: Decoder,
    /// Who reads workbooks that people bring.
    pub workbooks: Workbooks,
    /// The web application.
    pub pages: Pages,
    /// Who is watched live through this node.
    pub live: Live,
    /// Canceled when the server stops: streams end then.
    pub stopping: CancellationToken,
}

impl App {
    /// Tells the engine that something it reads has changed.
    pub fn nudge(&self) {
        self.engine.nudge();
    }

    /// Where the carrier fetches a recording of the library, for some minutes from now; `None` when that can be the
    /// id of none.
    #[must_use]
    pub fn audio_url(&self, public: &PublicUrl, audio_id: &str) -> Option<String> {
        let audio = parse_id(audio_id)?;
        Some(media_url(&self.secret_key, &public.to_string(), audio, self.clock.now()))
    }
}
