//! The configuration: flags, then `CARILLON_*` variables, then a TOML file, then the defaults.
//!
//! One list names every setting once ([`Given`]); [`Config`] is what became of it. An unknown key in the file
//! ends the start, since a setting that is silently not obeyed is worse. What people set while the program
//! runs (limits, the carrier's account) is not here but in the database.

mod duration;
mod file;
mod secret_key;

use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::SignedDuration;
use serde::Deserialize;
use url::Url;

pub use duration::Seconds;
pub use file::ConfigError;

use crate::chance::Chance;
use crate::lists::ListLimits;
use crate::secrets::SecretKey;
use crate::store::Location;
use file::{at_least_one, at_most};

/// What lists may have unless the configuration says otherwise.
const LIST_BYTES: u32 = 50 * 1_024 * 1_024;
const LIST_ROWS: u32 = 1_000_000;
/// Sheets that one person may fetch within an hour.
const SHEET_IMPORTS: u32 = 10;

/// Declares the settings as they may be given, and how two sources of them are laid over each other.
macro_rules! settings {
    ($($(#[$meta:meta])* $name:ident: $ty:ty),+ $(,)?) => {
        /// The settings as given by one source; what it does not name is `None`.
        #[derive(Debug, Clone, Default, Deserialize, clap::Args)]
        #[serde(deny_unknown_fields)]
        pub struct Given { $($(#[$meta])* pub $name: Option<$ty>),+ }

        impl Given {
            /// These settings, and `below` wherever they are silent.
            #[must_use]
            fn over(self, below: Self) -> Self {
                Self { $($name: self.$name.or(below.$name)),+ }
            }
        }

        /// The names of all settings.
        const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

settings! {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "CARILLON_LISTEN")]
    listen: SocketAddr,
    /// The address under which browsers and the carrier reach this server
    #[arg(long, global = true, env = "CARILLON_PUBLIC_URL")]
    public_url: String,
    /// A proxy in front adds the client's address to X-Forwarded-For [default: false]
    #[arg(long, global = true, env = "CARILLON_BEHIND_PROXY")]
    behind_proxy: bool,
    /// postgres://… or the path of an SQLite file [default: carillon.db in the data folder]
    #[arg(long, global = true, env = "CARILLON_DATABASE_URL", hide_env_values = true)]
    database_url: String,
    /// Where files are kept [default: ./carillon-data]
    #[arg(long, global = true, env = "CARILLON_DATA_DIR")]
    data_dir: PathBuf,
    /// 32 bytes in base64 that seal the carrier's secrets [default: made once, in the data folder]
    #[arg(long, global = true, env = "CARILLON_SECRET_KEY", hide_env_values = true)]
    secret_key: String,
    /// Base address of the carrier's API [default: Twilio's]
    #[arg(long, global = true, env = "CARILLON_TWILIO_BASE_URL")]
    twilio_base_url: String,
    /// Base address of Google Sheets [default: Google's]
    #[arg(long, global = true, env = "CARILLON_GOOGLE_SHEETS_BASE_URL")]
    google_sheets_base_url: String,
    /// Where recordings are kept: file:PATH or s3://BUCKET/PREFIX [default: the data folder]
    #[arg(long, global = true, env = "CARILLON_RECORDINGS_URL")]
    recordings_url: String,
    /// Shortest delay before a retry that a campaign may ask for [default: 900]
    #[arg(long, global = true, env = "CARILLON_MIN_RETRY_DELAY_S")]
    min_retry_delay_s: Seconds,
    /// When the carrier is asked about a call that it has not told about [default: 60]
    #[arg(long, global = true, env = "CARILLON_RECONCILE_AFTER_S")]
    reconcile_after_s: Seconds,
    /// How long the carrier may take to answer a request [default: 10]
    #[arg(long, global = true, env = "CARILLON_CARRIER_TIMEOUT_S")]
    carrier_timeout_s: Seconds,
    /// How long after its slot an attempt may still be sent [default: 2]
    #[arg(long, global = true, env = "CARILLON_SEND_DEADLINE_S")]
    send_deadline_s: Seconds,
    /// A session that is not used for so long ends [default: 1800]
    #[arg(long, global = true, env = "CARILLON_SESSION_IDLE_S")]
    session_idle_s: Seconds,
    /// A session ends so long after its log-in [default: 28800]
    #[arg(long, global = true, env = "CARILLON_SESSION_LIFE_S")]
    session_life_s: Seconds,
    /// How long requests under way may take to finish when the server stops [default: 10]
    #[arg(long, global = true, env = "CARILLON_SHUTDOWN_TIMEOUT_S")]
    shutdown_timeout_s: Seconds,
    /// How soon changes made by other nodes are seen at the latest [default: 1 with PostgreSQL, 60 with SQLite]
    #[arg(long, global = true, env = "CARILLON_POLL_S")]
    poll_s: Seconds,
    /// Bytes of a list that is brought for an import [default: 52428800]
    #[arg(long, global = true, env = "CARILLON_IMPORT_BYTES_MAX")]
    import_bytes_max: u32,
    /// Rows of such a list [default: 1000000]
    #[arg(long, global = true, env = "CARILLON_IMPORT_ROWS_MAX")]
    import_rows_max: u32,
    /// Google Sheets that one person may fetch for imports within an hour [default: 10]
    #[arg(long, global = true, env = "CARILLON_SHEET_IMPORTS_PER_HOUR_MAX")]
    sheet_imports_per_hour_max: u32,
    /// What is logged, as a filter [default: info]
    #[arg(long, global = true, env = "CARILLON_LOG")]
    log: String,
    /// How it is logged: text or json [default: text]
    #[arg(long, global = true, env = "CARILLON_LOG_FORMAT")]
    log_format: LogFormat,
}

impl Given {
    /// Where to listen, if it was said.
    #[must_use]
    pub const fn listen(&self) -> Option<SocketAddr> {
        self.listen
    }

    /// What to log, if it was said.
    #[must_use]
    pub fn log_filter(&self) -> Option<&str> {
        self.log.as_deref()
    }
}

/// Variables that are ours and no settings: those of the other commands and of the tests.
const OTHER_VARIABLES: [&str; 3] = ["CARILLON_CONFIG", "CARILLON_URL", "CARILLON_TOKEN"];

/// Variables that look like settings and are none, so that nothing obeys them: a slip of the keyboard. What
/// orchestrators set for a service of our name (`CARILLON_PORT_…`, `CARILLON_SERVICE_…`) and tests are left out.
pub fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<String> {
    let is_setting = |name: &str| NAMES.iter().any(|known| name == format!("CARILLON_{}", known.to_uppercase()));
    let is_foreign = |name: &str| {
        let prefixes = ["CARILLON_PORT", "CARILLON_SERVICE_", "CARILLON_TEST_", "CARILLON_ADVISORIES"];
        prefixes.iter().any(|prefix| name.starts_with(prefix))
    };
    let is_ours = |name: &str| is_setting(name) || OTHER_VARIABLES.contains(&name) || is_foreign(name);
    names.filter(|name| name.starts_with("CARILLON_") && !is_ours(name)).collect()
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub public_url: Option<String>,
    /// The last address in `X-Forwarded-For` is the client's.
    pub behind_proxy: bool,
    pub database: Location,
    pub data_dir: PathBuf,
    pub twilio_base_url: Option<String>,
    pub google_sheets_base_url: Option<String>,
    pub recordings_url: Option<String>,
    pub log: String,
    pub log_format: LogFormat,
    pub bounds: Bounds,
    pub lists: ListLimits,
    /// Of one person.
    pub sheet_imports_per_hour_max: usize,
    secret_key: Option<String>,
}

/// Times that tests shorten.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub min_retry_delay: SignedDuration,
    pub reconcile_after: SignedDuration,
    pub carrier_timeout: SignedDuration,
    pub send_deadline: SignedDuration,
    pub session_idle: SignedDuration,
    pub session_life: SignedDuration,
    pub shutdown_timeout: SignedDuration,
    /// `None`: by the database.
    pub poll: Option<SignedDuration>,
}

impl Config {
    /// Lays `given` (flags and variables) over the file, when there is one, and over the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or names something unknown, or a value is out of bounds.
    pub fn load(given: Given, file: Option<&std::path::Path>) -> Result<Self, ConfigError> {
        Self::try_new(given.over(file::read(file)?))
    }

    /// Checks settings and fills the gaps.
    ///
    /// # Errors
    /// When a value is out of bounds.
    pub fn try_new(given: Given) -> Result<Self, ConfigError> {
        let bounds = Bounds::try_new(&given)?;
        let lists = list_limits(&given)?;
        let sheets = at_least_one("sheet_imports_per_hour_max", given.sheet_imports_per_hour_max, SHEET_IMPORTS)?;
        let data_dir = given.data_dir.unwrap_or_else(|| PathBuf::from("carillon-data"));
        let embedded = || Location::Sqlite(data_dir.join("carillon.db"));
        if let Some(key) = &given.secret_key {
            SecretKey::parse(key).map_err(|e| ConfigError::value("secret_key", e))?;
        }
        Ok(Self {
            listen: given.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url: base_url("public_url", given.public_url)?,
            behind_proxy: given.behind_proxy.unwrap_or(false),
            database: given.database_url.as_deref().map_or_else(embedded, Location::parse),
            data_dir,
            twilio_base_url: base_url("twilio_base_url", given.twilio_base_url)?,
            google_sheets_base_url: base_url("google_sheets_base_url", given.google_sheets_base_url)?,
            recordings_url: given.recordings_url,
            log: given.log.unwrap_or_else(|| "info".to_owned()),
            log_format: given.log_format.unwrap_or(LogFormat::Text),
            bounds,
            lists,
            sheet_imports_per_hour_max: sheets as usize,
            secret_key: given.secret_key,
        })
    }

    /// The installation's key: the one configured, else the one in the data folder, made there once.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn secret_key(&self, chance: &Chance) -> Result<SecretKey, ConfigError> {
        match &self.secret_key {
            Some(text) => SecretKey::parse(text).map_err(|e| ConfigError::value("secret_key", e)),
            None => secret_key::in_folder(&self.data_dir, chance),
        }
    }
}

impl Bounds {
    fn try_new(given: &Given) -> Result<Self, ConfigError> {
        Ok(Self {
            min_retry_delay: at_most(86_400, "min_retry_delay_s", given.min_retry_delay_s, 900)?,
            reconcile_after: at_most(3_600, "reconcile_after_s", given.reconcile_after_s, 60)?,
            carrier_timeout: at_most(60, "carrier_timeout_s", given.carrier_timeout_s, 10)?,
            send_deadline: at_most(60, "send_deadline_s", given.send_deadline_s, 2)?,
            session_idle: at_most(86_400, "session_idle_s", given.session_idle_s, 30 * 60)?,
            session_life: at_most(30 * 86_400, "session_life_s", given.session_life_s, 8 * 3_600)?,
            shutdown_timeout: at_most(600, "shutdown_timeout_s", given.shutdown_timeout_s, 10)?,
            poll: given.poll_s.map(|poll| at_most(3_600, "poll_s", Some(poll), 1)).transpose()?,
        })
    }
}

fn list_limits(given: &Given) -> Result<ListLimits, ConfigError> {
    Ok(ListLimits {
        bytes_max: at_least_one("import_bytes_max", given.import_bytes_max, LIST_BYTES)? as usize,
        rows_max: at_least_one("import_rows_max", given.import_rows_max, LIST_ROWS)?.into(),
    })
}

/// An http or https address without a slash at the end.
fn base_url(name: &'static str, text: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let url = Url::parse(&text).map_err(|e| ConfigError::value(name, e))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || url.query().is_some() {
        return Err(ConfigError::value(name, "must be an http or https address without a query"));
    }
    Ok(Some(text.trim_end_matches('/').to_owned()))
}

#[cfg(test)]
mod tests;
