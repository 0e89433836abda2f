//! Campaigns through their doors: what they may be set to, what may be done with them, what they show.
//!
//! Whom they call and when is told in `dialing`.

mod command_line;
mod fields;
mod lifecycle;
mod live_list;
mod minutes;
mod readiness;
mod recipients;
mod results;
mod watching;

use carillon::params;
use carillon::store::StoreError;
use serde_json::{Value, json};

use crate::support::{Client, World};

const CAMPAIGNS: &str = "/api/v1/campaigns";

/// A draft of this name and these members.
async fn create(client: &Client, campaign: Value) -> Value {
    client.post(CAMPAIGNS, campaign).await.expect(201)
}

/// A draft that says hello.
async fn hello(client: &Client, name: &str) -> Value {
    create(client, json!({ "name": name, "message": { "kind": "tts", "text": "Hello {{first_name|there}}" } })).await
}

fn id(campaign: &Value) -> &str {
    campaign["id"].as_str().expect("an id")
}

fn path(campaign: &Value) -> String {
    format!("{CAMPAIGNS}/{}", id(campaign))
}

/// The organization's carrier account with these numbers; nobody answers there.
async fn enter_carrier(world: &World, caller_ids: &[String]) {
    let account = json!({ "account_sid": "AC1", "auth_token": "secret", "caller_ids": caller_ids });
    world.admin.put("/api/v1/carrier", account).await.expect(200);
}

/// How often something was done, by the audit log.
async fn audited(world: &World, action: &'static str) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM audit_log WHERE action = $1";
    let count = world.app.store.read(move |tx| tx.query_one(COUNT, params![action], |row| row.get(0))).await;
    count.map_err(|e: StoreError| e).expect("a read")
}

/// A contact of the book.
async fn contact(client: &Client, name: &str, phone: &str) -> Value {
    client.post("/api/v1/contacts", json!({ "name": name, "phone": phone })).await.expect(201)
}

/// Enrolls the whole contact book.
async fn add_everybody(client: &Client, campaign: &Value) {
    client.post(&format!("{}/recipients", path(campaign)), json!({"filter": {"all": true}})).await.expect(200);
}

/// The numbers of a campaign's recipients, sorted.
async fn phones(client: &Client, campaign: &Value) -> Vec<String> {
    let page = client.get(&format!("{}/recipients?limit=200", path(campaign))).await.expect(200);
    let items = page["items"].as_array().expect("items");
    let mut phones: Vec<String> = items.iter().filter_map(|item| item["phone"].as_str()).map(str::to_owned).collect();
    phones.sort_unstable();
    phones
}
