//! `carillon serve` and `carillon migrate`.
//!
//! One starts the server, the other brings a schema up to date and ends. Neither knows how a server is put together
//! ([`crate::app`]) or what a migration holds (`crate::store`).
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::sync::Arc;

use super::{runtime, told_to_stop, variables};
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
    runtime()?.block_on(async {
        let app = app::build(config, Arc::new(SystemClock), Chance::system()?)?;
        app::serve(Arc::new(app), told_to_stop()).await?;
        Ok(())
    })
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
