//! `carillon demo`: the whole program beside a simulated carrier, with people to call and a campaign under way.
//!
//! Nothing of it is special to the demo but the sample rows ([`seed`]) and the lines on the terminal ([`show`]): calls
//! travel over real HTTP, sped up. Every start begins afresh, in a folder of its own.

mod seed;
mod show;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use carillon_domain::campaign::CampaignAction;
use carillon_simulator::{Config as SimulatorConfig, Mix, Simulator};
use tokio::net::TcpListener;

use crate::api::App;
use crate::app;
use crate::chance::Chance;
use crate::clock::SystemClock;
use crate::config::{Config, Given, Seconds};
use crate::engine::control::{self, Request};
use crate::simulated::SimulatorClock;
use crate::store::scope::Scope;

pub use seed::{ADMINISTRATOR, MANAGER, PASSWORD};

/// How much faster than life the demo's calls run.
const SPEED: f64 = 20.0;
/// People to call.
const CONTACTS: usize = 300;
/// Demo campaigns may retry this soon; a real installation waits 15 minutes at least.
const MIN_RETRY_DELAY_S: f64 = 1.0;

/// What the demo may be told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// End with the campaign instead of serving on.
    pub exit_when_done: bool,
    /// People to call.
    pub contacts: Option<usize>,
}

/// Why the demo could not run.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Start(#[from] app::StartError),
    #[error("the simulated carrier could not start: {0}")]
    Carrier(String),
    #[error("the demo's rows could not be written: {0}")]
    Store(#[from] crate::store::StoreError),
    #[error("the demo's campaign could not start: {0}")]
    Control(#[from] control::ControlError),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("cannot use {0}: {1}")]
    Folder(PathBuf, std::io::Error),
}

/// Runs the demo until its campaign is over or `stop` resolves.
///
/// # Errors
/// [`DemoError`], in words for the terminal.
pub async fn run(
    given: Given,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DemoError> {
    let clock = Arc::new(SystemClock);
    let listen = given.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
    let socket = TcpListener::bind(listen).await.map_err(|e| DemoError::Listen(listen, e))?;
    let address = socket.local_addr().map_err(|e| DemoError::Listen(listen, e))?;
    let simulator = SimulatorConfig {
        speed: SPEED,
        cps: 0.0,
        caller_ids: seed::CALLER_IDS.map(str::to_owned).to_vec(),
        mix: Mix { human: 0.5, no_answer: 0.2, busy: 0.1, failed: 0.03, machine: 0.17, ..Mix::default() },
        ..SimulatorConfig::default()
    };
    let account = (simulator.account_sid.clone(), simulator.auth_token.clone());
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let carrier = Simulator::start(simulator, Arc::new(SimulatorClock(clock.clone())), loopback)
        .await
        .map_err(|e| DemoError::Carrier(e.to_string()))?;
    let config = configuration(given, address, &carrier.base_url())?;
    let chance = Chance::system().map_err(|e| DemoError::Carrier(e.to_string()))?;
    let app = Arc::new(app::build(config, clock, chance)?);
    let seeded = seed::fill(&app, &account, options.contacts.unwrap_or(CONTACTS)).await?;
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    let until = async move {
        tokio::select! {
            () = stop => {}
            _ = end => {}
        }
    };
    let serving = tokio::spawn(app::serve_on(Arc::clone(&app), socket, until));
    show::welcome(address, seeded.contacts);
    start(&app, &seeded).await?;
    // Told to end meanwhile, nobody dials any more, and the campaign would never be over.
    let watched = tokio::select! {
        watched = show::watch(&app, &seeded) => Some(watched?),
        () = app.stopping.cancelled() => None,
    };
    match watched {
        Some(()) if options.exit_when_done => drop(ended.send(())),
        Some(()) => {
            show::goodbye(address);
            std::mem::forget(ended);
        }
        None => {}
    }
    let _ = serving.await;
    carrier.stop().await;
    Ok(())
}

/// The program's configuration for a demo: a folder begun afresh, the simulated carrier, short retries.
fn configuration(given: Given, address: SocketAddr, carrier: &str) -> Result<Config, DemoError> {
    let folder = given.data_dir.clone().unwrap_or_else(|| PathBuf::from("carillon-data")).join("demo");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(DemoError::Folder(folder, error)),
        _ => {}
    }
    let given = Given {
        data_dir: Some(folder),
        database_url: None,
        public_url: Some(format!("http://{address}")),
        twilio_base_url: Some(carrier.to_owned()),
        min_retry_delay_s: Seconds::try_from(MIN_RETRY_DELAY_S).ok(),
        ..given
    };
    Config::try_new(given).map_err(|e| DemoError::Start(e.into()))
}

async fn start(app: &App, seeded: &seed::Seeded) -> Result<(), DemoError> {
    let request =
        Request { scope: Scope::whole(seeded.organization), campaign: seeded.campaign, actor: MANAGER.to_owned() };
    control::activate(&app.engine, &request, CampaignAction::Start).await?;
    Ok(())
}
