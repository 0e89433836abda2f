//! A world of one run: a database, the simulated carrier in this process, and the rows that a server finds.
//!
//! The rows are written before any server starts; afterwards only servers touch the database until the run is
//! over and the checker reads it, so that a killed server's successor meets exactly what was left behind.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use carillon::chance::Chance;
use carillon::clock::{Clock, SystemClock};
use carillon::secrets::{Place, Secret, SecretKey, token_hash};
use carillon::store::api_tokens::{self, ApiToken};
use carillon::store::carriers::{self, CarrierAccount};
use carillon::store::departments::{self, Department};
use carillon::store::organizations::{self, Organization};
use carillon::store::users::{self, User};
use carillon::store::{Engine, Lane, Location, Store, StoreError};
use carillon_domain::roles::Role;
use carillon_domain::settings::Settings;
use carillon_simulator::{Config as CarrierConfig, Simulator, SystemClock as CarrierClock};
use jiff::Timestamp;
use uuid::Uuid;

use crate::cluster::Cluster;
use crate::server::Launch;
use crate::verdict::{self, Verdict};

/// What campaigns call from.
const CALLER_ID: &str = "+12025550100";

/// The organization's limits.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub calls_per_second: f64,
    pub calls_at_once: u32,
}

/// A world.
pub struct World {
    pub carrier: Simulator,
    pub limits: Limits,
    pub organization: Uuid,
    pub department: Uuid,
    /// An administrator's API token.
    pub token: String,
    pub chance: Chance,
    pub location: Location,
    secret_key: String,
    account_sid: String,
    auth_token: String,
    // After all that uses them.
    _cluster: Option<Cluster>,
    folder: tempfile::TempDir,
}

impl World {
    /// A world on one of the databases, without campaigns.
    pub async fn new(engine: Engine, seed: u64, limits: Limits, carrier: CarrierConfig) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("carillon-torture-").tempdir()?;
        let cluster = if engine == Engine::Postgres { Some(Cluster::start()?) } else { None };
        let location = match &cluster {
            Some(cluster) => Location::Postgres(cluster.url()),
            None => Location::Sqlite(folder.path().join("carillon.db")),
        };
        let chance = Chance::seeded(seed);
        let carrier = CarrierConfig { seed, caller_ids: vec![CALLER_ID.to_owned()], ..carrier };
        let (account_sid, auth_token) = (carrier.account_sid.clone(), carrier.auth_token.clone());
        let carrier = Simulator::start(carrier, Arc::new(CarrierClock), free_address()?).await?;
        let world = Self {
            carrier,
            limits,
            organization: chance.id(now()),
            department: chance.id(now()),
            token: String::new(),
            secret_key: SecretKey::generate(&chance),
            account_sid,
            auth_token,
            chance,
            location,
            _cluster: cluster,
            folder,
        };
        let location = world.location.clone();
        tokio::task::spawn_blocking(move || Store::migrate(&location)).await??;
        let token = world.furnish().await?;
        Ok(Self { token, ..world })
    }

    /// The database. Nobody else may have it open on SQLite while a server is to be killed.
    pub fn open(&self) -> Result<Store> {
        Ok(Store::open(&self.location)?)
    }

    /// Organization, department, administrator, and the carrier's account. Returns the administrator's token.
    async fn furnish(&self) -> Result<String> {
        let now = now();
        let settings = Settings {
            calls_per_second: self.limits.calls_per_second,
            max_concurrent_calls: self.limits.calls_at_once,
            max_concurrent_campaigns: 1_000,
            attempts_per_number_per_day: None,
            ..Settings::default()
        };
        let organization = Organization { id: self.organization, name: "Torture".to_owned(), version: 1, settings };
        let department = Department { id: self.department, name: "General".to_owned(), version: 1, created_at: now };
        let user = self.administrator(now);
        let (token, value) = ApiToken::draw(&self.chance, user.id, "torture".to_owned(), now);
        let (hash, account) = (token_hash(value.reveal()), self.account()?);
        let store = self.open()?;
        let write = store.write(Lane::Pages, move |tx| {
            organizations::insert(tx, &organization, now)?;
            departments::insert(tx, organization.id, &department)?;
            users::insert(tx, &user, None)?;
            departments::set_of_user(tx, user.id, &[department.id])?;
            api_tokens::insert(tx, organization.id, &token, &hash)?;
            carriers::save(tx, organization.id, &account)
        });
        anyhow::ensure!(write.await.map_err(|error: StoreError| error)?, "the carrier's account was there already");
        Ok(value.reveal().to_owned())
    }

    fn administrator(&self, now: Timestamp) -> User {
        User {
            id: self.chance.id(now),
            organization: self.organization,
            email: "torture@example.com".to_owned(),
            name: "torture".to_owned(),
            role: Role::Administrator,
            disabled_at: None,
            version: 1,
            created_at: now,
        }
    }

    fn account(&self) -> Result<CarrierAccount> {
        let place = Place { table: "carriers", row: self.organization, column: "auth_token" };
        let sealed = SecretKey::parse(&self.secret_key)?.seal(&self.chance, &place, &Secret::new(&*self.auth_token));
        Ok(CarrierAccount {
            version: 1,
            account_sid: self.account_sid.clone(),
            auth_token_sealed: Some(sealed),
            api_key_sid: None,
            api_key_secret_sealed: None,
            caller_ids: vec![CALLER_ID.to_owned()],
            twiml_app_sid: None,
            public_url: None,
        })
    }

    /// How a server of this world is started; `public` is where the carrier reaches it.
    pub fn launch(&self, listen: SocketAddr, public: SocketAddr, name: &str) -> Launch {
        let database = match &self.location {
            Location::Sqlite(path) => path.display().to_string(),
            Location::Postgres(url) => url.clone(),
        };
        let second = || "1".to_owned();
        let variables = vec![
            ("CARILLON_DATABASE_URL", database),
            ("CARILLON_DATA_DIR", self.folder.path().join(name).display().to_string()),
            ("CARILLON_SECRET_KEY", self.secret_key.clone()),
            ("CARILLON_TWILIO_BASE_URL", self.carrier.base_url()),
            ("CARILLON_PUBLIC_URL", format!("http://{public}")),
            ("CARILLON_MIN_RETRY_DELAY_S", second()),
            ("CARILLON_RECONCILE_AFTER_S", second()),
            ("CARILLON_CARRIER_TIMEOUT_S", second()),
            ("CARILLON_SEND_DEADLINE_S", second()),
            ("CARILLON_POLL_S", second()),
        ];
        let log = self.folder.path().join(format!("{name}.log"));
        Launch { listen, variables, failpoints: String::new(), log }
    }

    /// Prints the verdicts of a run; its folder is kept unless every one holds. True when they do.
    pub fn close(mut self, name: &str, seed: u64, verdicts: Result<Vec<Verdict>>) -> Result<bool> {
        let held = verdicts.map(|verdicts| verdict::report(name, seed, &verdicts));
        if !matches!(held, Ok(true)) {
            self.folder.disable_cleanup(true);
            verdict::say(&format!("database and logs are kept in {}", self.folder.path().display()));
        }
        held
    }
}

/// The instant now.
pub fn now() -> Timestamp {
    SystemClock.now()
}

/// An address on this machine that nobody uses.
pub fn free_address() -> Result<SocketAddr> {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").context("no free port")?;
    Ok(socket.local_addr()?)
}
