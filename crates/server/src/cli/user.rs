//! `carillon user create`: somebody who can log in.
//!
//! The password is read from standard input or drawn at random and shown once; it is never an argument, since
//! those can be seen by everybody on the machine.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

use std::io::BufRead as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use carillon_domain::roles::Role;
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::operator::{self, Operator, Refused, record};
use crate::chance::Chance;
use crate::config::Config;
use crate::passwords;
use crate::secrets::Secret;
use crate::store::Tx;
use crate::store::departments::{self, Department};
use crate::store::scope::Scope;
use crate::store::users::{self, User};

/// Departments looked through for the names given.
const DEPARTMENTS_MAX: u32 = 1_000;

/// What to do with people.
#[derive(Debug, Subcommand)]
pub(super) enum Words {
    /// Add somebody who can log in
    Create(Arguments),
}

/// Who it is.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The address to log in with
    #[arg(long)]
    email: String,
    /// agent, manager or admin
    #[arg(long, value_parser = role)]
    role: Role,
    /// What to call them [default: the part before the @]
    #[arg(long)]
    name: Option<String>,
    /// Read the password from standard input instead of drawing one
    #[arg(long)]
    password_stdin: bool,
    /// Whose person it is [default: the only organization]
    #[arg(long)]
    organization: Option<String>,
    /// A department they belong to; may be given more than once [default: the only department]
    #[arg(long)]
    department: Vec<String>,
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| "must be agent, manager or admin".to_owned())
}

/// Does it.
pub(super) fn run(config: &Config, words: Words) -> anyhow::Result<()> {
    let Words::Create(given) = words;
    let email =
        crate::api::parse_email(&given.email).ok_or_else(|| anyhow::anyhow!("--email: must be an e-mail address"))?;
    let name = given.name.clone().unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
    let operator = Operator::new(config)?;
    let password = if given.password_stdin { from_stdin()? } else { drawn(&operator.chance) };
    if let Some(complaint) = passwords::complaint(password.reveal()) {
        anyhow::bail!("the password {complaint}");
    }
    let hash = passwords::hash_of(&password, &operator.chance.bytes());
    let (id, now) = (operator.chance.id(operator.now), operator.now);
    let shown = if given.password_stdin { String::new() } else { format!("; the password is {}", password.reveal()) };
    println!(
        "{}",
        operator.write(move |tx| {
            let organization = operator::organization(tx, given.organization.as_deref())?;
            let user = User {
                id,
                organization: organization.id,
                email: email.clone(),
                name: name.clone(),
                role: given.role,
                disabled_at: None,
                version: 1,
                created_at: now,
            };
            if !users::insert(tx, &user, Some(&hash))? {
                return Err(Refused::because(format!("{email} is taken")));
            }
            let departments = departments_of(tx, organization.id, &given.department)?;
            departments::set_of_user(tx, id, &departments)?;
            let after = json!({ "email": user.email, "role": user.role, "department_ids": departments });
            record(tx, organization.id, ("user.created", format!("user:{id}")), after, now)?;
            Ok(format!("added {email} to {} as {}{shown}", organization.name, user.role))
        })?
    );
    Ok(())
}

/// The departments named; the organization's only one when none are.
fn departments_of(tx: &mut Tx<'_>, organization: Uuid, names: &[String]) -> Result<Vec<Uuid>, Refused> {
    let known = departments::page(tx, Scope::whole(organization), None, DEPARTMENTS_MAX)?;
    if names.is_empty() {
        return Ok(if let [only] = &known[..] { vec![only.id] } else { Vec::new() });
    }
    let find = |name: &String| {
        let found = known.iter().find(|department: &&Department| department.name == *name);
        found
            .map(|department| department.id)
            .ok_or_else(|| Refused::because(format!("there is no department {name:?}")))
    };
    names.iter().map(find).collect()
}

fn from_stdin() -> anyhow::Result<Secret> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}

/// 96 random bits are beyond guessing and can still be typed.
fn drawn(chance: &Chance) -> Secret {
    Secret::new(URL_SAFE_NO_PAD.encode(chance.bytes::<12>()))
}
