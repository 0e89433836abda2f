//! `carillon organization create NAME`: an organization with its first department.
//!
//! Its people come with `carillon user create`; its settings begin with the defaults.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use carillon_domain::settings::Settings;
use clap::Subcommand;
use serde_json::json;

use super::operator::{Operator, Refused, record};
use crate::api::FIRST_DEPARTMENT;
use crate::config::Config;
use crate::store::departments::{self, Department};
use crate::store::organizations::{self, Organization};

/// Characters of a name.
const NAME_CHARS_MAX: usize = 120;

/// What to do with organizations.
#[derive(Debug, Subcommand)]
pub(super) enum Words {
    /// Make an organization with a department named General
    Create {
        /// What it is called
        name: String,
    },
}

/// Does it.
pub(super) fn run(config: &Config, words: Words) -> anyhow::Result<()> {
    let Words::Create { name } = words;
    let name = name.trim().to_owned();
    let is_line = !name.chars().any(char::is_control);
    anyhow::ensure!(is_line && (1..=NAME_CHARS_MAX).contains(&name.chars().count()), "a name has 1 to 120 characters");
    let operator = Operator::new(config)?;
    let now = operator.now;
    let organization =
        Organization { id: operator.chance.id(now), name: name.clone(), version: 1, settings: Settings::default() };
    let department =
        Department { id: operator.chance.id(now), name: FIRST_DEPARTMENT.to_owned(), version: 1, created_at: now };
    operator.write(move |tx| {
        if !organizations::insert(tx, &organization, now)? {
            return Err(Refused::because(format!("there is an organization named {:?} already", organization.name)));
        }
        departments::insert(tx, organization.id, &department)?;
        let what = ("organization.created", format!("organization:{}", organization.id));
        Ok(record(tx, organization.id, what, json!({ "name": organization.name }), now)?)
    })?;
    println!("made the organization {name} with the department {FIRST_DEPARTMENT}");
    Ok(())
}
