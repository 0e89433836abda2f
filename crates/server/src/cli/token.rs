//! `carillon token create`: an API token, printed alone so that a script can take it.
//!
//! It acts as its person. What is stored is its hash, so it cannot be shown again.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::operator::{Operator, Refused, record};
use crate::config::Config;
use crate::secrets::token_hash;
use crate::store::api_tokens::{self, ApiToken};
use crate::store::users;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Words {
    /// Make an API token and print it alone
    Create(Arguments),
}

/// Whose it is.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The person it acts as
    #[arg(long)]
    email: String,
    /// What to call it
    #[arg(long, default_value = "command line")]
    name: String,
}

/// Does it.
pub(super) fn run(config: &Config, words: Words) -> anyhow::Result<()> {
    let Words::Create(given) = words;
    let operator = Operator::new(config)?;
    let now = operator.now;
    let (token, value) = ApiToken::draw(&operator.chance, Uuid::nil(), given.name, now);
    let (email, hash) = (given.email.trim().to_lowercase(), token_hash(value.reveal()));
    operator.write(move |tx| {
        let login = users::login(tx, &email)?;
        let user = login.ok_or_else(|| Refused::because(format!("nobody logs in as {email}")))?.user;
        let token = ApiToken { user: user.id, ..token.clone() };
        api_tokens::insert(tx, user.organization, &token, &hash)?;
        let after = json!({ "name": token.name, "user_id": user.id });
        Ok(record(tx, user.organization, ("token.created", format!("token:{}", token.id)), after, now)?)
    })?;
    println!("{}", value.reveal());
    Ok(())
}
