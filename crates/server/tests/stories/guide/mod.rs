//! The manager's guide, promise by promise: retry, managing active campaigns, monitoring, dialing logic.
//!
//! Each story's comment says in few words which promise it proves. Whatever a person does is a request to the HTTP
//! API and whatever a person sees is its answer; only the carrier is scripted. Where the guide is loose, the stricter
//! reading holds. Faults, races and properties are told outside this folder, closer to the engine.

mod dialing;
mod editing;
mod fresh_lists;
mod limits;
mod managing;
mod monitoring;
mod outages;
mod outcomes;
mod results;
mod retry;
mod scheduling;
mod useless_after;

use std::collections::BTreeMap;

use carillon_domain::roles::Role;
use carillon_simulator::{Behavior, Mix};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Stage, number, numbers};

const CAMPAIGNS: &str = "/api/v1/campaigns";

/// Where a manager of the department works.
struct Desk<'s> {
    stage: &'s Stage,
    manager: Client,
}

impl<'s> Desk<'s> {
    async fn at(stage: &'s Stage) -> Self {
        let manager = stage.world.person("max@acme.example", Role::Manager, &[stage.world.department]).await;
        Self { stage, manager }
    }

    /// The administrator changes these settings of the organization.
    async fn settings(&self, change: Value) {
        let admin = &self.stage.world.admin;
        let mut settings = json!({ "version": admin.get("/api/v1/settings").await.expect(200)["version"] });
        settings.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        admin.put("/api/v1/settings", settings).await.expect(200);
    }

    /// People of the contact book with these numbers: Person 0, Person 1 …
    async fn people(&self, phones: &[String]) {
        let named = |(n, phone): (usize, &String)| json!({ "name": format!("Person {n}"), "phone": phone });
        let contacts: Vec<Value> = phones.iter().enumerate().map(named).collect();
        let made = self.manager.post("/api/v1/contacts/bulk", json!({ "contacts": contacts })).await.expect(200);
        assert_eq!((&made["created"], &made["errors"]), (&json!(phones.len()), &json!([])));
    }

    /// A draft that says hello to everybody in the contact book, with these members.
    async fn draft(&self, members: Value) -> Board<'s> {
        self.draft_for(json!({ "all": true }), members).await
    }

    /// As [`Self::draft`], for whom a filter finds.
    async fn draft_for(&self, filter: Value, members: Value) -> Board<'s> {
        let mut new = json!({ "name": "A story", "message": {"kind": "tts", "text": "Hello {{name}}"} });
        new.as_object_mut().expect("an object").extend(members.as_object().expect("an object").clone());
        let draft = self.manager.post(CAMPAIGNS, new).await.expect(201);
        let board = Board { stage: self.stage, client: self.manager.clone(), path: path_of(&draft) };
        board.post("recipients", json!({ "filter": filter })).await.expect(200);
        board
    }

    /// As [`Self::draft`], and started.
    async fn started(&self, members: Value) -> Board<'s> {
        let board = self.draft(members).await;
        board.act("start").await;
        board
    }

    /// The names of the campaigns in a status.
    async fn listed(&self, status: &str) -> Vec<String> {
        let page = self.manager.get(&format!("{CAMPAIGNS}?status={status}")).await.expect(200);
        page["items"].as_array().expect("items").iter().map(|item| text(&item["name"])).collect()
    }
}

/// A campaign as its manager has it on the screen.
struct Board<'s> {
    stage: &'s Stage,
    client: Client,
    path: String,
}

impl Board<'_> {
    async fn post(&self, part: &str, body: Value) -> Answer {
        self.client.post(&format!("{}/{part}", self.path), body).await
    }

    async fn get(&self, part: &str) -> Value {
        self.client.get(&format!("{}/{part}", self.path)).await.expect(200)
    }

    /// Start, pause, resume or stop: the campaign afterwards.
    async fn act(&self, action: &str) -> Value {
        self.post(action, json!({})).await.expect(200)
    }

    async fn campaign(&self) -> Value {
        self.client.get(&self.path).await.expect(200)
    }

    async fn status(&self) -> String {
        text(&self.campaign().await["status"])
    }

    /// The figures, after a check that they add up.
    async fn progress(&self) -> Value {
        let progress = self.get("progress").await;
        let figure = |name: &str| progress[name].as_i64().expect("a figure");
        let parts = ["remaining", "dialing", "retrying", "completed", "failed", "suppressed"];
        assert_eq!(figure("total"), parts.into_iter().map(figure).sum::<i64>(), "{progress}");
        progress
    }

    /// Some of the figures.
    async fn figures<const N: usize>(&self, names: [&str; N]) -> [i64; N] {
        let progress = self.progress().await;
        names.map(|name| progress[name].as_i64().expect("a figure"))
    }

    async fn recipients(&self, query: &str) -> Vec<Value> {
        items(&self.get(&format!("recipients?limit=200&{query}")).await)
    }

    /// One recipient with the calls to it, oldest first.
    async fn recipient(&self, phone: &str) -> Value {
        let found = self.recipients("").await;
        let one = found.iter().find(|item| item["phone"] == phone).expect("a recipient with this number");
        self.get(&format!("recipients/{}", text(&one["id"]))).await
    }

    /// Every call, oldest first.
    async fn calls(&self) -> Vec<Value> {
        let mut calls = items(&self.get("attempts?limit=200").await);
        calls.reverse();
        calls
    }

    /// Lets time pass, and looks at the figures every so often.
    async fn watch(&self, duration: SignedDuration, step: SignedDuration) {
        let mut left = duration;
        while left > SignedDuration::ZERO {
            self.stage.world.run_for(step.min(left)).await;
            left -= step;
            self.progress().await;
        }
    }
}

fn path_of(campaign: &Value) -> String {
    format!("{CAMPAIGNS}/{}", text(&campaign["id"]))
}

fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().expect("items").clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn instant(value: &Value) -> Timestamp {
    text(value).parse().expect("an instant")
}

/// An answering machine that speaks for five seconds.
fn machine() -> Behavior {
    Behavior::Machine { greeting: std::time::Duration::from_secs(5), beep: true }
}

/// How often the carrier was asked to call a number.
fn asked_for(stage: &Stage, phone: &str) -> usize {
    stage.requests().iter().filter(|request| request.to == phone).count()
}

/// Finds the people from 0 to 9, from 10 to 19 and so on.
fn ten(tens: u32) -> Value {
    json!({ "q": format!("+1212555{}", 200 + tens) })
}

/// Seven people: two answer, then nobody at home, busy, network error, a machine, and one on the do-not-call list.
async fn seven_kinds<'s>(stage: &'s Stage) -> (Desk<'s>, Board<'s>) {
    let desk = Desk::at(stage).await;
    desk.people(&numbers(7)).await;
    let listed = json!({ "phone": number(6), "reason": "asked for it" });
    desk.manager.post("/api/v1/do-not-call", listed).await.expect(201);
    stage.carrier.set_mix(Mix::all_human(3.0, 5.0));
    for (index, kind) in
        [Behavior::NoAnswer, Behavior::Busy, Behavior::Failed { sip: 503 }, machine()].into_iter().enumerate()
    {
        stage.carrier.set_behavior(&number(index + 2), vec![kind]);
    }
    let retry = json!({ "max_attempts": 2, "delays_s": [3_600], "on": ["no_answer", "busy", "failed"] });
    let board = desk.draft(json!({ "retry": retry, "answering_machine": "hang_up" })).await;
    (desk, board)
}

/// The outcomes that are not zero.
fn outcomes_of(progress: &Value) -> BTreeMap<&str, i64> {
    let all = progress["outcomes"].as_object().expect("outcomes");
    all.iter()
        .map(|(name, count)| (name.as_str(), count.as_i64().expect("a count")))
        .filter(|(_, count)| *count > 0)
        .collect()
}
