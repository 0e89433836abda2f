//! Tags: found and counted, renamed, merged, taken away.

use carillon::params;
use carillon::store::contacts::{self, Entry, many};
use carillon::store::scope::Scope;
use carillon::store::{Lane, StoreError};
use carillon_domain::phone_number::PhoneNumber;
use carillon_domain::roles::Role;
use serde_json::{Value, json};

use crate::support::{Client, World};

const TAGS: &str = "/api/v1/tags";

async fn contact(client: &Client, phone: &str, tags: &[&str]) -> String {
    let contact = client.post("/api/v1/contacts", json!({ "phone": phone, "tags": tags })).await.expect(201);
    format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id"))
}

async fn tags_of(client: &Client, path: &str) -> Value {
    client.get(path).await.expect(200)["tags"].clone()
}

/// Tags and their counts.
async fn listed(client: &Client, query: &str) -> Vec<(String, i64)> {
    let page = client.get(&format!("{TAGS}{query}")).await.expect(200);
    let items = page["items"].as_array().expect("items").iter();
    items
        .map(|item| (item["tag"].as_str().expect("a tag").to_owned(), item["contacts"].as_i64().expect("a count")))
        .collect()
}

fn told(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(tag, contacts)| ((*tag).to_owned(), *contacts)).collect()
}

async fn audited(world: &World, action: &'static str) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM audit_log WHERE action = $1";
    let count = world.app.store.read(move |tx| tx.query_one(COUNT, params![action], |row| row.get(0))).await;
    count.map_err(|e: StoreError| e).expect("a read")
}

/// So many contacts with the tags of one that is there.
async fn many_like(world: &World, path: &str, count: u32) {
    let id = path.rsplit_once('/').and_then(|(_, id)| id.parse().ok()).expect("an id");
    let (app, scope) = (&world.app, Scope::whole(world.organization));
    let found = app.store.read(move |tx| contacts::find(tx, scope, id)).await;
    let like: Entry = found.map_err(|e: StoreError| e).expect("a read").expect("the contact");
    let entry = |n: u32| {
        let mut entry = Entry { id: app.chance.id(app.clock.now()), ..like.clone() };
        entry.contact.phone = PhoneNumber::from_e164(&format!("+1212{}", 2_340_000 + n)).expect("a number");
        entry
    };
    let entries: Vec<Entry> = (0..count).map(entry).collect();
    for part in entries.chunks(1_000) {
        let part = part.to_vec();
        let written = app.store.write(Lane::Pages, move |tx| many::insert(tx, &part)).await;
        written.map_err(|e: StoreError| e).expect("a write");
    }
}

on_both! {
    async fn tags_are_listed_with_their_contacts(world: World) {
        assert!(listed(&world.admin, "").await.is_empty());
        contact(&world.admin, "+12025550143", &["VIP", "Gold"]).await;
        contact(&world.admin, "+12025550144", &["vip", "gold_50%", "goldfish"]).await;
        assert_eq!(listed(&world.admin, "").await, told(&[("gold", 1), ("gold_50%", 1), ("goldfish", 1), ("vip", 2)]));
        assert_eq!(listed(&world.admin, "?q=VI").await, told(&[("vip", 2)]));
        assert_eq!(listed(&world.admin, "?q=gold_").await, told(&[("gold_50%", 1)]));
        assert!(listed(&world.admin, "?q=old").await.is_empty());
        let mut found = Vec::new();
        let mut cursor = String::new();
        for _ in 0..4 {
            let page = world.admin.get(&format!("{TAGS}?limit=1{cursor}")).await.expect(200);
            found.extend(page["items"].as_array().expect("items").iter().map(|item| item["tag"].clone()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, ["gold", "gold_50%", "goldfish", "vip"]);
        world.admin.get(&format!("{TAGS}?limit=201")).await.expect_invalid(&["limit"]);
    }

    async fn a_count_ends_at_its_limit_and_says_so(world: World) {
        let ann = contact(&world.admin, "+12025550143", &["all"]).await;
        many_like(&world, &ann, 9_999).await;
        let page = world.admin.get(TAGS).await.expect(200);
        assert_eq!(page["items"], json!([{ "tag": "all", "contacts": 10_000, "at_least": false }]));
        contact(&world.admin, "+12025550144", &["ALL"]).await;
        let page = world.admin.get(TAGS).await.expect(200);
        assert_eq!(page["items"], json!([{ "tag": "all", "contacts": 10_000, "at_least": true }]));
    }

    async fn a_tag_gets_another_name_for_everybody_who_has_it(world: World) {
        let bob = contact(&world.admin, "+12025550144", &["all"]).await;
        many_like(&world, &bob, 299).await;
        let ann = contact(&world.admin, "+12025550143", &["x", "ALL", "y"]).await;
        let changed = world.admin.post(&format!("{TAGS}/rename"), json!({ "from": "All", "to": "Everybody" })).await;
        assert_eq!(changed.expect(200), json!({ "contacts": 301, "more": false }));
        assert_eq!(tags_of(&world.admin, &ann).await, json!(["x", "Everybody", "y"]));
        assert_eq!(world.admin.get(&ann).await.expect(200)["version"], 2);
        assert_eq!(listed(&world.admin, "").await, told(&[("everybody", 301), ("x", 1), ("y", 1)]));
        assert_eq!(audited(&world, "tag.renamed").await, 1);
        let again = world.admin.post(&format!("{TAGS}/rename"), json!({ "from": "all", "to": "Everybody" })).await;
        assert_eq!(again.expect(200), json!({ "contacts": 0, "more": false }));
        let spelled = world.admin.post(&format!("{TAGS}/rename"), json!({ "from": "X", "to": "X" })).await;
        assert_eq!(spelled.expect(200)["contacts"], 1);
        assert_eq!(tags_of(&world.admin, &ann).await, json!(["X", "Everybody", "y"]));
    }

    async fn two_tags_become_one(world: World) {
        let ann = contact(&world.admin, "+12025550143", &["client", "Customer"]).await;
        let bob = contact(&world.admin, "+12025550144", &["client"]).await;
        let merged = world.admin.post(&format!("{TAGS}/rename"), json!({ "from": "client", "to": "customer" })).await;
        assert_eq!(merged.expect(200)["contacts"], 2);
        assert_eq!(tags_of(&world.admin, &ann).await, json!(["Customer"]));
        assert_eq!(tags_of(&world.admin, &bob).await, json!(["customer"]));
        assert_eq!(listed(&world.admin, "").await, told(&[("customer", 2)]));
    }

    async fn no_change_of_tags_takes_a_number_off_the_do_not_call_list(world: World) {
        let kept_off = || async {
            let page = world.admin.get("/api/v1/do-not-call").await.expect(200);
            page["items"].as_array().expect("items").len()
        };
        let ann = contact(&world.admin, "+12025550143", &["DNC"]).await;
        assert_eq!(kept_off().await, 1);
        let deleted = world.admin.post(&format!("{TAGS}/delete"), json!({ "tag": "dnc" })).await;
        assert_eq!(deleted.expect(200), json!({ "contacts": 1, "more": false }));
        assert_eq!((tags_of(&world.admin, &ann).await, kept_off().await), (json!([]), 1));
        assert_eq!(audited(&world, "tag.deleted").await, 1);
        contact(&world.admin, "+12025550144", &["angry"]).await;
        world.admin.post(&format!("{TAGS}/rename"), json!({ "from": "angry", "to": "dnc" })).await.expect(200);
        assert_eq!(kept_off().await, 2, "whoever is tagged DNC is on the list");
    }

    async fn a_tag_is_changed_for_contacts_of_ones_own_departments_alone(world: World) {
        let sales = world.another_department("Sales").await;
        let theirs = json!({ "phone": "+12025550143", "tags": ["vip", "theirs"], "department_id": world.department });
        let theirs = world.admin.post("/api/v1/contacts", theirs).await.expect(201);
        let theirs = format!("/api/v1/contacts/{}", theirs["id"].as_str().expect("an id"));
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        let own = contact(&seller, "+12025550144", &["vip"]).await;
        assert_eq!(listed(&seller, "").await, told(&[("vip", 1)]));
        assert_eq!(listed(&world.admin, "").await, told(&[("theirs", 1), ("vip", 2)]));
        let renamed = seller.post(&format!("{TAGS}/rename"), json!({ "from": "vip", "to": "best" })).await;
        assert_eq!(renamed.expect(200)["contacts"], 1);
        assert_eq!(tags_of(&seller, &own).await, json!(["best"]));
        assert_eq!(tags_of(&world.admin, &theirs).await, json!(["vip", "theirs"]));
        let (other, _) = world.another_organization("Other").await;
        let stranger = world.person_of(other, "s@other.example", Role::Administrator, &[]).await;
        assert!(listed(&stranger, "").await.is_empty());
    }

    async fn a_tag_is_no_empty_text_and_no_long_one(world: World) {
        let rename = |body: Value| world.admin.post("/api/v1/tags/rename", body);
        rename(json!({ "from": " ", "to": "x" })).await.expect_invalid(&["from"]);
        rename(json!({ "from": "x", "to": "" })).await.expect_invalid(&["to"]);
        rename(json!({ "from": "x", "to": "y".repeat(1_000) })).await.expect_invalid(&["to"]);
        world.admin.post("/api/v1/tags/delete", json!({ "tag": "" })).await.expect_invalid(&["tag"]);
    }
}
