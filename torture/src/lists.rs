//! The list loop: the server dies in the middle of an import, before and after the commit of a step and before the end.
//!
//! As long as the import has not ended nothing of it may be visible, whichever life is asked; then all of it must be
//! there once, and the same list again must add nobody.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use carillon::store::Engine;
use carillon_simulator::Config as CarrierConfig;
use jiff::SignedDuration;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::campaign::number;
use crate::server::{Came, Server};
use crate::verdict::{Verdict, say};
use crate::world::{Limits, World, free_address, now};

/// Where each life dies, one after the other: the last one does not.
const DEATHS: [&str; 4] = ["import.before_commit=kill@2", "import.after_commit=kill@2", "import.before_end=kill@1", ""];
/// Three steps of the importer, of 2,000 rows each: every life that is to die has a step to die in.
const ROWS: usize = 5_200;
/// The next life works on it when the lease of the dead one has lapsed.
const LIFE_MAX: SignedDuration = SignedDuration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
const LIMITS: Limits = Limits { calls_per_second: 1.0, calls_at_once: 1 };

/// What a loop is told.
pub struct Options {
    pub engine: Engine,
    pub seed: u64,
}

/// Kills at every point, then judges. True when every promise held.
pub async fn run(options: &Options) -> Result<bool> {
    let world = World::new(options.engine, options.seed, LIMITS, CarrierConfig::default()).await?;
    let verdicts = torture(&world).await;
    world.close(&format!("lists on {}", crate::engine_word(options.engine)), options.seed, verdicts)
}

async fn torture(world: &World) -> Result<Vec<Verdict>> {
    let address = free_address()?;
    let mut launch = world.launch(address, address, "server");
    let desk = Desk::new(world, address)?;
    let mut unseen = Verdict::new("half", "nothing of a list is visible before all of it is there");
    let mut died = Verdict::new("deaths", "the importer died at each of its points");
    let mut import = None;
    for failpoint in DEATHS {
        failpoint.clone_into(&mut launch.failpoints);
        let mut server = Server::start(&launch)?;
        ensure!(server.ready().await? == Came::Ready, "the server died before anybody asked it for anything");
        let id = match &import {
            Some(id) => String::clone(id),
            None => desk.bring().await?,
        };
        let is_last = failpoint.is_empty();
        let has_died = desk.watch(&id, &mut server, &mut unseen).await?;
        died.expect(has_died != is_last, || format!("{failpoint:?}: is the program built with failpoints?"));
        import = Some(id);
        if is_last {
            let mut verdicts = judge(&desk, import.as_deref().context("a list was brought")?).await?;
            server.end().await?;
            verdicts.extend([unseen, died]);
            return Ok(verdicts);
        }
        server.kill().await?;
    }
    anyhow::bail!("the last life does not die")
}

async fn judge(desk: &Desk, import: &str) -> Result<Vec<Verdict>> {
    let mut exact = Verdict::new("exact", "every row has one fate, and its contact is there once");
    let mut again = Verdict::new("again", "the same list again adds nobody");
    let fates = desk.fates(import).await?;
    exact.expect(fates == [ROWS, 0, 0, 0], || format!("imported, updated, skipped, rejected: {fates:?}"));
    let contacts = desk.contacts().await?;
    exact.expect(contacts == ROWS, || format!("{contacts} contacts of {ROWS} rows"));
    let second = desk.bring().await?;
    desk.ended(&second).await?;
    let fates = desk.fates(&second).await?;
    again.expect(fates == [0, 0, ROWS, 0], || format!("imported, updated, skipped, rejected: {fates:?}"));
    let contacts = desk.contacts().await?;
    again.expect(contacts == ROWS, || format!("{contacts} contacts of {ROWS} rows"));
    Ok(vec![exact, again])
}

/// Somebody who brings lists over HTTP.
struct Desk {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Desk {
    fn new(world: &World, address: std::net::SocketAddr) -> Result<Self> {
        let http = reqwest::Client::builder().no_proxy().timeout(ANSWERS_WITHIN).build()?;
        Ok(Self { http, base: format!("http://{address}/api/v1"), token: world.token.clone() })
    }

    async fn get(&self, path: &str) -> Result<reqwest::Response> {
        let request = self.http.get(format!("{}/{path}", self.base)).bearer_auth(&self.token);
        Ok(request.send().await?.error_for_status()?)
    }

    /// Brings the list and has it imported: the import's id.
    async fn bring(&self) -> Result<String> {
        let rows: String = (0..ROWS).map(|row| format!("Person {row},{}\n", number(row))).collect();
        let form = Form::new().part("file", Part::text(format!("Name,Phone\n{rows}")).file_name("list.csv"));
        let sent = self.http.post(format!("{}/imports", self.base)).bearer_auth(&self.token).multipart(form);
        let import: Value = sent.send().await?.error_for_status()?.json().await?;
        let id = import["id"].as_str().context("an import has an id")?.to_owned();
        let wish = json!({ "mapping": {"phone": "Phone", "name": "Name"}, "tags": ["spring"] });
        let commit = self.http.post(format!("{}/imports/{id}/commit", self.base)).bearer_auth(&self.token);
        commit.json(&wish).send().await?.error_for_status()?;
        Ok(id)
    }

    async fn import(&self, id: &str) -> Result<Value> {
        Ok(self.get(&format!("imports/{id}")).await?.json().await?)
    }

    /// Looks until the import has ended or the server is dead. True: it died.
    async fn watch(&self, id: &str, server: &mut Server, unseen: &mut Verdict) -> Result<bool> {
        let deadline = now().checked_add(LIFE_MAX)?;
        while now() < deadline {
            if server.dies_within(LOOK_AGAIN).await {
                return Ok(true);
            }
            // It may die while it is asked; the next look finds that out.
            let (Ok(contacts), Ok(tags), Ok(import)) =
                (self.contacts().await, self.tags().await, self.import(id).await)
            else {
                continue;
            };
            if import["state"] != "running" {
                return Ok(false);
            }
            unseen.expect(contacts + tags == 0, || format!("{contacts} contacts, {tags} tags at {}", import["done"]));
        }
        say(&format!("the import has not moved to its end within {LIFE_MAX:#}"));
        Ok(false)
    }

    async fn ended(&self, id: &str) -> Result<()> {
        let deadline = now().checked_add(LIFE_MAX)?;
        while self.import(id).await?["state"] == "running" && now() < deadline {
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }

    async fn fates(&self, id: &str) -> Result<[usize; 4]> {
        let import = self.import(id).await?;
        let fate = |name: &str| import[name].as_u64().and_then(|rows| usize::try_from(rows).ok()).unwrap_or(usize::MAX);
        Ok(["imported", "updated", "skipped", "rejected"].map(fate))
    }

    /// Lines of the book's export without the header.
    async fn contacts(&self) -> Result<usize> {
        let file = self.get("contacts/export?format=csv&style=raw").await?.text().await?;
        Ok(file.lines().count() - 1)
    }

    async fn tags(&self) -> Result<usize> {
        let tags: Value = self.get("tags").await?.json().await?;
        Ok(tags["items"].as_array().context("a page of tags")?.len())
    }
}
