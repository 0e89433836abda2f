//! Puts the program together: opens the database, makes what handlers have in hand, serves until told to stop.
//!
//! No behavior of its own; each part is in its room.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::api::{self, App};
use crate::audio::Decoder;
use crate::chance::Chance;
use crate::changer::Changer;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::engine::carriers::Carriers;
use crate::engine::{Bounds, Engine};
use crate::importer::Importer;
use crate::lines::Lines;
use crate::lists::folder::ListFolder;
use crate::passwords::Passwords;
use crate::refresher::Refresher;
use crate::sheets::Sheets;
use crate::store::ledger::Patience;
use crate::store::{Engine as Database, Store, StoreError};
use crate::workbooks::Workbooks;
use crate::{listener, telemetry};

/// Beside other nodes, how soon their changes are seen without a nudge.
const POLL_FOR_OTHER_NODES: SignedDuration = SignedDuration::from_secs(1);

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("cannot listen on {address}: {error}")]
    Listen { address: SocketAddr, error: std::io::Error },
}

/// Opens the database and makes what handlers have in hand.
///
/// # Errors
/// When the database cannot be opened or the secret key cannot be read.
pub fn build(config: Config, clock: Arc<dyn Clock>, chance: Chance) -> Result<App, StartError> {
    let secret_key = config.secret_key(&chance)?;
    let store = Store::open(&config.database)?;
    let lines = Lines::new(&config, secret_key.clone());
    let carriers = Carriers::new(lines.clone().maker());
    let bounds = Bounds {
        follows_database_clock: store.engine() == Database::Postgres && clock.is_real(),
        ..engine_bounds(&config, store.engine())
    };
    let engine = Engine::new(store.clone(), Arc::clone(&clock), chance.clone(), bounds, carriers);
    let lists = ListFolder::new(&config.data_dir);
    let importer = Importer::new(store.clone(), Arc::clone(&clock), chance.clone(), lists, bounds.poll);
    let sheets = Arc::new(Sheets::below(config.google_sheets_base_url.as_deref(), config.lists.bytes_max));
    let refresher = Refresher::new(Arc::clone(&engine), Arc::clone(&importer), Arc::clone(&sheets), config.lists);
    let changer = Changer::new(store.clone(), Arc::clone(&clock), &chance, bounds.poll);
    let setup_code = api::SetupCode::draw(&chance, clock.now());
    Ok(App {
        lookups: api::Lookups::start(store.clone()),
        store,
        clock,
        chance,
        secret_key,
        metrics: telemetry::figures(),
        passwords: Passwords::default(),
        login_throttle: api::LoginThrottle::default(),
        setup_code,
        engine,
        lines,
        changer,
        importer,
        sheets,
        refresher,
        sheet_imports: api::Hourly::new(config.sheet_imports_per_hour_max),
        decoder: Decoder::by_this_program(),
        workbooks: Workbooks::by_this_program(),
        pages: api::Pages::built(),
        live: api::Live::default(),
        stopping: CancellationToken::new(),
        config,
    })
}

/// The engine's bounds by the configuration.
fn engine_bounds(config: &Config, database: Database) -> Bounds {
    let (defaults, again) = (Bounds::default(), config.bounds.reconcile_after);
    let polls_for_others = if database == Database::Postgres { POLL_FOR_OTHER_NODES } else { defaults.poll };
    Bounds {
        send_deadline: config.bounds.send_deadline,
        carrier_timeout: config.bounds.carrier_timeout,
        patience: Patience { uncertain: again, ringing: again, talking: again * 3 / 2, judging: again / 4 },
        look_lease: again,
        search_for: again * 2,
        poll: config.bounds.poll.unwrap_or(polls_for_others),
        ..defaults
    }
}

/// Listens where the configuration says and serves until `stop` resolves.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(app: Arc<App>, stop: impl Future<Output = ()> + Send) -> Result<(), StartError> {
    let address = app.config.listen;
    let socket = TcpListener::bind(address).await.map_err(|error| StartError::Listen { address, error })?;
    tracing::info!(address = %socket.local_addr().unwrap_or(address), "listening");
    serve_on(app, socket, stop).await;
    Ok(())
}

/// Serves on a socket until `stop` resolves, then lets requests under way finish within the configured time.
pub async fn serve_on(app: Arc<App>, socket: TcpListener, stop: impl Future<Output = ()> + Send) {
    let vitals = || Arc::clone(&app.engine.vitals);
    let _running = (app.engine.run(), app.importer.run(vitals()), app.refresher.run(), app.changer.run(vitals()));
    let router = api::router(Arc::clone(&app));
    let listener = listener::Listener { socket, router, drain: app.config.bounds.shutdown_timeout.unsigned_abs() };
    let stopping = app.stopping.clone();
    let announced = async move {
        stop.await;
        // Streams end on this, else they would keep their connections open for ever.
        stopping.cancel();
    };
    listener.run(announced).await;
}
