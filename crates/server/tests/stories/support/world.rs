//! A server of its own for each story, with an organization, its administrator, and nothing else.

use std::sync::{Arc, OnceLock};

use carillon::api::App;
use carillon::app;
use carillon::audio::Decoder;
use carillon::chance::Chance;
use carillon::clock::{Clock, VirtualClock};
use carillon::config::{Config, Given};
use carillon::passwords;
use carillon::secrets::{Secret, new_token, token_hash};
use carillon::store::api_tokens::{self, ApiToken};
use carillon::store::departments::{self, Department};
use carillon::store::organizations::{self, Organization};
use carillon::store::users::{self, User};
use carillon::store::{Engine, Lane, StoreError};
use carillon::workbooks::Workbooks;
use carillon_domain::roles::Role;
use carillon_domain::settings::Settings;
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::Client;
use super::cluster::Database;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// A server of its own, with nothing in its database.
pub struct Bare {
    pub app: Arc<App>,
    pub clock: VirtualClock,
    /// Where the server is, without a slash at the end.
    pub base: String,
    life: Option<Life>,
    // After the server: what it used.
    _database: Option<Database>,
    _folder: tempfile::TempDir,
}

/// A server from its start to its end.
struct Life {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Bare {
    /// On one of the databases, at ten o'clock on a Monday in New York.
    pub async fn on(engine: Engine) -> Self {
        Self::at(engine, starting_clock(), |_| {}).await
    }

    /// As [`Self::on`], on a clock that others share and with other settings of the program.
    pub async fn at(engine: Engine, clock: VirtualClock, configure: impl FnOnce(&mut Given)) -> Self {
        let folder = folder();
        let database = (engine == Engine::Postgres).then(Database::create);
        let mut given = Given {
            data_dir: Some(folder.path().to_owned()),
            database_url: database.as_ref().map(|database| database.url.clone()),
            // One node has no other nodes to look after.
            poll_s: Some(SignedDuration::from_hours(1).into()),
            ..Given::default()
        };
        configure(&mut given);
        let app = program(Config::try_new(given).expect("a configuration"), &clock, Chance::seeded(1));
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", socket.local_addr().expect("an address"));
        let life = Some(Life::begin(&app, socket));
        Self { app, clock, base, life, _database: database, _folder: folder }
    }

    /// The server goes down, and after so long another one begins at the same address, on what was left.
    async fn down_for(&mut self, duration: SignedDuration) {
        self.life.take().expect("it is up").end().await;
        self.clock.run_for(duration).await;
        let seed = u64::from_le_bytes(self.app.chance.bytes());
        self.app = program(self.app.config.clone(), &self.clock, Chance::seeded(seed));
        let address = self.base.trim_start_matches("http://");
        let socket = TcpListener::bind(address).await.expect("the port is free again");
        self.life = Some(Life::begin(&self.app, socket));
        // Its loops have begun once it answers; before, time would pass without them.
        self.nobody().get("/healthz").await.expect(200);
    }

    /// Somebody who has not logged in.
    pub fn nobody(&self) -> Client {
        Client::new(&self.base)
    }
}

impl Life {
    fn begin(app: &Arc<App>, socket: TcpListener) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(app::serve_on(Arc::clone(app), socket, async { stopped.await.unwrap_or(()) }));
        Self { stop, ended }
    }

    async fn end(self) {
        drop(self.stop);
        self.ended.await.expect("the server ends in good order");
    }
}

/// The program, which is not running yet.
fn program(config: Config, clock: &VirtualClock, chance: Chance) -> Arc<App> {
    let mut app = app::build(config, Arc::new(clock.clone()), chance).expect("the program starts");
    // Its children are the program, which a story is not.
    app.decoder = Decoder::by(env!("CARGO_BIN_EXE_carillon").into());
    app.workbooks = Workbooks::by(env!("CARGO_BIN_EXE_carillon").into());
    app.pages = super::pages::pages();
    Arc::new(app)
}

/// The server of a story, with an organization and its administrator.
pub struct World {
    pub app: Arc<App>,
    pub clock: VirtualClock,
    /// Where the server is, without a slash at the end.
    pub base: String,
    pub organization: Uuid,
    /// The department General.
    pub department: Uuid,
    /// The administrator, by token.
    pub admin: Client,
    server: Bare,
}

impl World {
    /// A world on one of the databases, at ten o'clock on a Monday in New York.
    pub async fn on(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// As [`Self::on`], with other settings of the program.
    pub async fn with(engine: Engine, configure: impl FnOnce(&mut Given)) -> Self {
        Self::at(engine, starting_clock(), configure).await
    }

    /// As [`Self::with`], on a clock that others share.
    pub async fn at(engine: Engine, clock: VirtualClock, configure: impl FnOnce(&mut Given)) -> Self {
        let server = Bare::at(engine, clock, configure).await;
        let (organization, department) = organization(&server.app, "Acme").await;
        let mut world = Self {
            app: Arc::clone(&server.app),
            clock: server.clock.clone(),
            base: server.base.clone(),
            organization,
            department,
            admin: server.nobody(),
            server,
        };
        world.admin = world.person("admin@acme.example", Role::Administrator, &[department]).await;
        world
    }

    /// Somebody who has not logged in.
    pub fn nobody(&self) -> Client {
        Client::new(&self.base)
    }

    /// A new person of the organization with [`PASSWORD`], by token.
    pub async fn person(&self, email: &str, role: Role, departments: &[Uuid]) -> Client {
        self.person_of(self.organization, email, role, departments).await
    }

    /// As [`Self::person`], in another organization.
    pub async fn person_of(&self, organization: Uuid, email: &str, role: Role, departments: &[Uuid]) -> Client {
        let (now, chance) = (self.clock.now(), &self.app.chance);
        let user = User {
            id: chance.id(now),
            organization,
            email: email.to_owned(),
            name: email.split('@').next().unwrap_or_default().to_owned(),
            role,
            disabled_at: None,
            version: 1,
            created_at: now,
        };
        let value = new_token(chance, "car_");
        let token = ApiToken {
            id: chance.id(now),
            user: user.id,
            name: "story".to_owned(),
            hint: value.reveal().chars().take(8).collect(),
            version: 1,
            created_at: now,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        };
        let (departments, hash) = (departments.to_vec(), token_hash(value.reveal()));
        let write = self.app.store.write(Lane::Pages, move |tx| {
            assert!(users::insert(tx, &user, Some(password_hash()))?, "an address is taken");
            departments::set_of_user(tx, user.id, &departments)?;
            api_tokens::insert(tx, organization, &token, &hash)
        });
        write.await.expect("a new person");
        self.nobody().with_token(value.reveal())
    }

    /// Another organization beside the first, with its department General.
    pub async fn another_organization(&self, name: &str) -> (Uuid, Uuid) {
        organization(&self.app, name).await
    }

    /// Another department of the organization.
    pub async fn another_department(&self, name: &str) -> Uuid {
        department(&self.app, self.organization, name).await
    }

    /// Every text that could hold a secret by mistake, as it is stored.
    pub async fn stored_texts(&self) -> Vec<String> {
        const TEXTS: &str = "SELECT coalesce(before, '') || coalesce(after, '') || subject FROM audit_log
            UNION ALL SELECT coalesce(auth_token_sealed, '') || coalesce(api_key_secret_sealed, '') FROM carriers
            UNION ALL SELECT name || hint FROM api_tokens
            UNION ALL SELECT secret_sealed FROM second_factors
            UNION ALL SELECT coalesce(password_hash, '') FROM users";
        let texts = self.app.store.read(|tx| tx.query(TEXTS, &[], |row| row.get(0))).await;
        texts.map_err(|e: StoreError| e).expect("a read")
    }

    /// The instant at which the story has arrived.
    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The server goes down, and after so long another one begins at the same address, on what was left. Whoever spoke
    /// to the first one says so anew ([`Client::anew`]).
    pub async fn down_for(&mut self, duration: SignedDuration) {
        self.server.down_for(duration).await;
        self.app = Arc::clone(&self.server.app);
        self.admin = self.admin.anew();
    }

    /// Moves time from one wake-up to the next.
    pub async fn run_for(&self, duration: SignedDuration) {
        self.clock.run_for(duration).await;
    }
}

/// Ten o'clock on a Monday in New York.
pub const STARTING_AT: &str = "2026-03-02T15:00:00Z";

pub fn starting_clock() -> VirtualClock {
    VirtualClock::new(STARTING_AT.parse().expect("an instant"))
}

async fn organization(app: &App, name: &str) -> (Uuid, Uuid) {
    let id = app.chance.id(app.clock.now());
    let row = Organization { id, name: name.to_owned(), version: 1, settings: Settings::default() };
    let now = app.clock.now();
    let written = app.store.write(Lane::Pages, move |tx| organizations::insert(tx, &row, now)).await;
    assert_eq!(written, Ok::<_, StoreError>(true), "an organization's name is taken");
    (id, department(app, id, "General").await)
}

async fn department(app: &App, organization: Uuid, name: &str) -> Uuid {
    let now = app.clock.now();
    let row = Department { id: app.chance.id(now), name: name.to_owned(), version: 1, created_at: now };
    let id = row.id;
    let written = app.store.write(Lane::Pages, move |tx| departments::insert(tx, organization, &row)).await;
    assert_eq!(written, Ok::<_, StoreError>(true), "a department's name is taken");
    id
}

/// The hash of [`PASSWORD`], computed once a process: it is slow by design.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash_of(&Secret::new(PASSWORD), b"a salt for tests"))
}

/// In memory where the system has such a place: stories sync a lot.
fn folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.expect("a folder")
}
