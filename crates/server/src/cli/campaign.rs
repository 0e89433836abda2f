//! `carillon campaign …`: campaigns as files and by hand, through a running server.
//!
//! A campaign is named by its id or its name. `apply` makes what a file says or brings an existing campaign to it, and
//! does nothing when nothing differs; `status --follow` ends with the campaign. The exit status is 1 when the server
//! refuses, cannot be reached, or the campaign followed fails.
#![allow(clippy::print_stdout, reason = "the terminal is what this is for")]

mod file;
mod follow;

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::remote::{Remote, Server};
use super::runtime;
use follow::{figures, follow};

const CAMPAIGNS: &str = "/api/v1/campaigns";
/// Pages of campaigns looked through for a name.
const PAGES_MAX: usize = 50;

/// What to do with campaigns.
#[derive(Debug, Subcommand)]
pub(super) enum Words {
    /// Make the campaign that a file describes, or bring the one of that name to it
    Apply {
        /// A TOML or JSON file; `carillon campaign export` writes one
        file: PathBuf,
        #[command(flatten)]
        server: Server,
    },
    /// Print a campaign as a file
    Export {
        #[command(flatten)]
        named: Named,
        #[arg(long, value_enum, default_value_t = Format::Toml)]
        format: Format,
    },
    /// Start a draft
    Start(Named),
    /// Place no more calls until it is resumed
    Pause(Named),
    /// Go on where it was paused
    Resume(Named),
    /// End it for good
    Stop(Named),
    /// Print where it stands and what holds it
    Status {
        #[command(flatten)]
        named: Named,
        /// Watch it to its end
        #[arg(long, conflicts_with = "json")]
        follow: bool,
        /// Print campaign, progress and explanation as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Which campaign, of which server.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// Its id or its name
    campaign: String,
    #[command(flatten)]
    server: Server,
}

/// As what a campaign is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Toml,
    Json,
}

/// Does it.
pub(super) fn run(words: Words) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        match words {
            Words::Apply { file, server } => apply(&Remote::new(server)?, &file).await,
            Words::Export { named, format } => export(named, format).await,
            Words::Start(named) => act(named, "start").await,
            Words::Pause(named) => act(named, "pause").await,
            Words::Resume(named) => act(named, "resume").await,
            Words::Stop(named) => act(named, "stop").await,
            Words::Status { named, follow, json } => status(named, follow, json).await,
        }
    })
}

async fn apply(remote: &Remote, path: &std::path::Path) -> anyhow::Result<()> {
    let wish = file::read(remote, path).await?;
    let name = wish["name"].as_str().unwrap_or_default().trim().to_owned();
    let Some(current) = to_change(named(remote, &name).await?)? else {
        let made = remote.post(CAMPAIGNS, &wish).await?;
        println!("created {name} ({})", text(&made, "id"));
        return Ok(());
    };
    let mut edit = wish;
    edit["version"] = current["version"].clone();
    let edited = remote.patch(&path_of(&current), &edit).await?;
    let became = if edited["version"] == current["version"] { "unchanged" } else { "updated" };
    println!("{became} {name} ({})", text(&edited, "id"));
    Ok(())
}

/// Of the campaigns of one name the one that a file is about: the only one that is not over, else the newest.
fn to_change(found: Vec<Value>) -> anyhow::Result<Option<Value>> {
    let open: Vec<&Value> = found.iter().filter(|campaign| campaign["status"] != "completed").collect();
    match open[..] {
        [] => Ok(found.into_iter().next()),
        [only] => Ok(Some(only.clone())),
        _ => bail!(several(&found)),
    }
}

async fn export(named: Named, format: Format) -> anyhow::Result<()> {
    let (remote, campaign) = find(named).await?;
    print!("{}", file::write(&remote, &campaign, format).await?);
    Ok(())
}

async fn act(named: Named, action: &str) -> anyhow::Result<()> {
    let (remote, campaign) = find(named).await?;
    let campaign = remote.post(&format!("{}/{action}", path_of(&campaign)), &json!({})).await?;
    println!("{} is {}", text(&campaign, "name"), text(&campaign, "status"));
    Ok(())
}

async fn status(named: Named, to_its_end: bool, as_json: bool) -> anyhow::Result<()> {
    let (remote, campaign) = find(named).await?;
    if to_its_end {
        return follow(&remote, &campaign).await;
    }
    let path = path_of(&campaign);
    let progress = remote.get(&format!("{path}/progress")).await?;
    let explanation = remote.get(&format!("{path}/explain")).await?;
    if as_json {
        println!("{:#}", json!({ "campaign": campaign, "progress": progress, "explain": explanation }));
        return Ok(());
    }
    println!("{} is {}", text(&campaign, "name"), text(&campaign, "status"));
    println!("{}", figures(&progress));
    for blocker in explanation["blockers"].as_array().into_iter().flatten() {
        let until = blocker["until"].as_str().map(|until| format!(" (until {until})")).unwrap_or_default();
        println!("- {}{until}", text(blocker, "message"));
    }
    Ok(())
}

/// The campaign of this id or name.
async fn find(given: Named) -> anyhow::Result<(Remote, Value)> {
    let Named { campaign, server } = given;
    let remote = Remote::new(server)?;
    if campaign.parse::<uuid::Uuid>().is_ok() {
        let found = remote.get(&format!("{CAMPAIGNS}/{campaign}")).await?;
        return Ok((remote, found));
    }
    let mut found = named(&remote, campaign.trim()).await?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok((remote, only)),
        (Some(last), false) => {
            found.push(last);
            bail!(several(&found))
        }
        (None, _) => bail!("there is no campaign named {campaign:?}"),
    }
}

fn several(found: &[Value]) -> String {
    let lines: Vec<String> =
        found.iter().map(|campaign| format!("\n  {} ({})", text(campaign, "id"), text(campaign, "status"))).collect();
    format!("several campaigns have this name; use an id:{}", lines.concat())
}

/// The campaigns of exactly this name, newest first.
async fn named(remote: &Remote, name: &str) -> anyhow::Result<Vec<Value>> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    for _ in 0..PAGES_MAX {
        let query: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let page = remote.get(&format!("{CAMPAIGNS}?limit=200&q={query}{cursor}")).await?;
        let items = page["items"].as_array().into_iter().flatten();
        found.extend(items.filter(|campaign| campaign["name"] == name).cloned());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    Ok(found)
}

fn path_of(campaign: &Value) -> String {
    format!("{CAMPAIGNS}/{}", text(campaign, "id"))
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_default()
}
