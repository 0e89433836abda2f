//! `carillon check`: is everything right, and if not, what to do about it.
//!
//! Configuration, database, and for each organization its carrier and webhooks. It changes nothing: a database
//! that is not there yet is not made. The exit status is 1 when something failed.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use super::{runtime, variables};
use crate::carrier_check::{self, Finding, Verdict};
use crate::chance::Chance;
use crate::config::{Config, ConfigError, unknown_variables};
use crate::lines::Lines;
use crate::store::accounts::{self, Account};
use crate::store::{Location, Store, StoreError, organizations};

/// Prints a line for each thing looked at.
///
/// # Errors
/// When one of them failed.
pub(super) fn run(config: Result<Config, ConfigError>) -> anyhow::Result<()> {
    let findings = findings(config)?;
    for (whose, finding) in &findings {
        print(whose, finding);
    }
    let failed = findings.iter().filter(|(_, finding)| finding.verdict == Verdict::Failed).count();
    anyhow::ensure!(failed == 0, "{failed} of {} checks failed", findings.len());
    Ok(())
}

/// A finding with the organization it is about; empty when it is about the installation.
type Found = (String, Finding);

fn findings(config: Result<Config, ConfigError>) -> anyhow::Result<Vec<Found>> {
    let installation = |finding| (String::new(), finding);
    let config = match config {
        Ok(config) => config,
        Err(error) => {
            let mend = "mend the flag, the CARILLON_ variable or the line of the file";
            return Ok(vec![installation(Finding::failed(
                ("configuration", "configuration_wrong"),
                error.to_string(),
                mend,
            ))]);
        }
    };
    let mut found = vec![installation(variables_set())];
    if let Location::Sqlite(path) = &config.database
        && !path.exists()
    {
        found.push(installation(Finding::ok(
            ("database", "database_to_come"),
            "there is none yet; the first start makes it",
        )));
        return Ok(found);
    }
    let accounts = match read(&config) {
        Ok(accounts) => accounts,
        Err(error) => {
            let mend = "is the database running, is database_url right, has `carillon migrate` been run?";
            found.push(installation(Finding::failed(("database", "database_unreachable"), error.to_string(), mend)));
            return Ok(found);
        }
    };
    found.push(installation(Finding::ok(
        ("database", "database_answers"),
        "it answers and has the schema of this program",
    )));
    if accounts.is_empty() {
        let mend = "make one with `carillon organization create NAME`";
        found.push(installation(Finding::warning(("organization", "organization_missing"), "there is none yet", mend)));
    }
    let lines = Lines::new(&config, config.secret_key(&Chance::system()?)?);
    let runtime = runtime()?;
    for (name, account) in accounts {
        let of_account = runtime.block_on(carrier_check::run(&lines, account.as_ref()));
        found.extend(of_account.into_iter().map(|finding| (name.clone(), finding)));
    }
    Ok(found)
}

fn variables_set() -> Finding {
    let unknown = unknown_variables(variables());
    if unknown.is_empty() {
        return Finding::ok(("configuration", "configuration_fine"), "every setting is known and within its bounds");
    }
    Finding::warning(
        ("configuration", "settings_unknown"),
        format!("no setting is named {}", unknown.join(", ")),
        "mend the name or unset it",
    )
}

/// The organizations by name, each with its carrier account.
type Accounts = Vec<(String, Option<Account>)>;

fn read(config: &Config) -> anyhow::Result<Accounts> {
    let store = Store::open(&config.database)?;
    let read = store.read(|tx| {
        let mut accounts = Accounts::new();
        for organization in organizations::all(tx)? {
            let account = accounts::of_organization(tx, organization.id)?;
            accounts.push((organization.name, account));
        }
        Ok::<_, StoreError>(accounts)
    });
    Ok(runtime()?.block_on(read)?)
}

fn print(whose: &str, finding: &Finding) {
    let whose = if whose.is_empty() { String::new() } else { format!(" ({whose})") };
    println!("{:<8} {}{whose}: {}", finding.verdict.as_str(), finding.check, finding.message);
    if let Some(mend) = &finding.mend {
        println!("         → {mend}");
    }
}
