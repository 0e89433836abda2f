//! `carillon serve` and `carillon migrate`.
//!
//! One starts the server, and says how to begin where nobody has; the other brings a schema up to date and ends. Neither
//! knows how a server is put together ([`crate::app`]) or what a migration holds (`crate::store`).
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::io::Write as _;
use std::sync::Arc;

use super::{run_to_end, told_to_stop, variables};
use crate::api::SetupCode;
use crate::chance::Chance;
use crate::clock::SystemClock;
use crate::config::{Config, unknown_variables};
use crate::store::Store;
use crate::{app, telemetry};

/// Serves until told to stop.
pub(super) fn run(config: Config) -> anyhow::Result<()> {
    telemetry::start_logging(&config.log, config.log_format)?;
    for variable in unknown_variables(variables()) {
        tracing::warn!(variable, "no setting has this name: nothing obeys it");
    }
    run_to_end(async {
        let app = Arc::new(app::build(config, Arc::new(SystemClock), Chance::system()?)?);
        if let Some(code) = SetupCode::while_open(&app).await? {
            say_how_to_begin(&app.config, code);
        }
        app::serve(app, told_to_stop()).await?;
        Ok(())
    })?
}

/// On the terminal and not in the log, which others may read.
fn say_how_to_begin(config: &Config, code: &str) {
    let address = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
    let mut terminal = std::io::stdout();
    // A terminal that went away is no reason not to serve.
    let _ = writeln!(
        terminal,
        "There is no organization yet: open {address} in a browser to set this installation up, or use\n\
         `carillon organization create`. A browser on another machine is asked for the set-up code: {code}"
    );
}

/// Brings the database up to date and says what ran.
pub(super) fn migrate(config: &Config) -> anyhow::Result<()> {
    let ran = Store::migrate(&config.database)?;
    match ran.as_slice() {
        [] => println!("the database is up to date"),
        names => names.iter().for_each(|name| println!("ran {name}")),
    }
    Ok(())
}
