//! Filters of contacts: each condition, all of them together, in pages; kept and shared.

use std::collections::BTreeMap;

use carillon::store::contacts::last_calls::{self, EndedCalls};
use carillon::store::contacts::{Entry, filter, many};
use carillon::store::scope::Scope;
use carillon::store::{Lane, StoreError};
use carillon_domain::contact::{ContactDraft, CustomValue, ZoneSource};
use carillon_domain::contact_filter::{Circumstances, ContactFilter, LastCall};
use carillon_domain::country_code::CountryCode;
use carillon_domain::outcome::Outcome;
use carillon_domain::roles::Role;
use carillon_simulator::Mix;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, World, minutes, number};

const FILTERS: &str = "/api/v1/contact-filters";

async fn create(client: &Client, contact: Value) -> Value {
    client.post("/api/v1/contacts", contact).await.expect(201)
}

/// Who is listed, after a check that the same leave as a file.
async fn names(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/api/v1/contacts?{query}")).await.expect(200);
    assert_eq!(page["next_cursor"], Value::Null);
    let items = page["items"].as_array().expect("items").iter();
    let names: Vec<String> = items.map(|item| item["name"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(exported(client, query).await, names, "{query}");
    names
}

/// The names in the file of those whom a filter finds.
async fn exported(client: &Client, query: &str) -> Vec<String> {
    let file = client.get(&format!("/api/v1/contacts/export?format=csv&style=raw&{query}")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    reader.records().map(|row| row.expect("a row")[0].to_owned()).collect()
}

/// What the ledger says of the last call of every contact, and what the attempts say: contact, time, outcome.
async fn last_calls_twice(world: &World) -> [Vec<(Uuid, i64, String)>; 2] {
    const KEPT: &str = "SELECT contact_id, called_at, outcome FROM last_calls ORDER BY contact_id";
    const RECOUNT: &str = "SELECT contact_id, send_at, outcome FROM (
            SELECT r.contact_id, a.send_at, a.outcome,
                row_number() OVER (PARTITION BY r.contact_id ORDER BY a.send_at DESC, a.id DESC) AS place
              FROM attempts a JOIN recipients r ON r.id = a.recipient_id
             WHERE a.state = 'ended' AND r.contact_id IS NOT NULL) AS ended
        WHERE place = 1 ORDER BY contact_id";
    let both = world.app.store.read(|tx| {
        let mut read = |text: &'static str| {
            tx.query(text, &[], |row| Ok((row.get::<Uuid>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?)))
        };
        Ok([read(KEPT)?, read(RECOUNT)?])
    });
    both.await.map_err(|e: StoreError| e).expect("a read")
}

on_both! {
    async fn contacts_are_found_by_each_condition_and_by_all_of_them(world: World) {
        let sales = world.another_department("Sales").await;
        create(&world.admin, json!({
            "name": "Ann", "phone": "+12025550140", "tags": ["VIP"], "language": "en-US", "custom": { "plan": "Gold", "age": 40 },
            "department_id": world.department
        })).await;
        world.run_for(SignedDuration::from_hours(1)).await;
        let middle = world.clock_now();
        world.run_for(SignedDuration::from_hours(1)).await;
        create(&world.admin, json!({
            "name": "Bob", "phone": "+12025550141", "tags": ["vip"], "language": "es", "custom": { "plan": "Gold", "member": true },
            "department_id": sales
        })).await;
        create(&world.admin, json!({ "name": "Cid", "phone": "+12025550142", "department_id": sales })).await;
        for (query, found) in [
            ("", vec!["Cid", "Bob", "Ann"]),
            ("tag=vip", vec!["Bob", "Ann"]),
            ("language=EN-us", vec!["Ann"]),
            ("custom.plan=Gold", vec!["Bob", "Ann"]),
            ("custom.plan=gold", vec![]),
            ("custom.age=40", vec!["Ann"]),
            ("custom.plan=Gold&custom.member=yes", vec!["Bob"]),
            (&format!("added_from={middle}"), vec!["Cid", "Bob"]),
            (&format!("added_to={middle}"), vec!["Ann"]),
            (&format!("department_id={sales}"), vec!["Cid", "Bob"]),
            (&format!("department_id={sales}&tag=VIP&q=bo"), vec!["Bob"]),
            ("q=555&language=es", vec!["Bob"]),
            ("never_called=true", vec!["Cid", "Bob", "Ann"]),
            ("outcome=busy", vec![]),
            (&format!("department_id={}", Uuid::from_u128(7)), vec![]),
        ] {
            assert_eq!(names(&world.admin, query).await, found, "{query}");
        }
        let seller = world.person("seller@acme.example", Role::Manager, &[sales]).await;
        assert_eq!(names(&seller, "custom.plan=Gold").await, ["Bob"]);
        assert_eq!(names(&seller, "").await, ["Cid", "Bob"]);
        assert!(names(&seller, &format!("department_id={}", world.department)).await.is_empty());
    }

    async fn what_is_wrong_with_a_filter_is_named(world: World) {
        world.admin.post("/api/v1/custom-fields", json!({ "key": "age", "label": "Age", "kind": "integer" })).await.expect(201);
        for (query, field) in [
            ("added_from=yesterday", "added_from"),
            ("never_called=yes", "never_called"),
            ("never_called=true&outcome=busy", "never_called"),
            ("outcome=great", "outcome"),
            ("department_id=x", "department_id"),
            ("custom.age=old", "custom.age"),
            ("custom.a=1&custom.b=1&custom.c=1&custom.d=1", "custom"),
            ("tag=a&tag=b", "tag"),
            ("all=true", "all"),
            ("color=red", "color"),
            ("limit=0", "limit"),
            ("q=%00", "q"),
        ] {
            world.admin.get(&format!("/api/v1/contacts?{query}")).await.expect_invalid(&[field]);
            world.admin.get(&format!("/api/v1/contacts/export?format=csv&{query}")).await.expect_invalid(&[field]);
        }
        assert!(names(&world.admin, "custom.age=1%2C200").await.is_empty());
    }

    async fn a_page_never_misses_nor_repeats_anybody_whatever_is_asked(world: World) {
        let departments = [world.department, world.another_department("Sales").await];
        let book = book(&world, &departments, 7).await;
        let seed = *b"contact filters, one seed for all";
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed[..32]);
        let mut cases = TestRunner::new_with_rng(Config::default(), rng);
        for _ in 0..40 {
            let wanted = filters(&departments).new_tree(&mut cases).expect("a filter").current();
            let expected = model(&book, &wanted);
            for limit in [3, 1_000] {
                let found = walked(&world, &wanted, limit).await;
                assert_eq!(found, expected, "{wanted:?} by {limit}");
            }
        }
    }

    async fn a_filter_is_kept_shared_with_colleagues_and_changed_by_its_owner(world: World) {
        let sales = world.another_department("Sales").await;
        let [ann, bob, cid] = [("ann", world.department), ("bob", world.department), ("cid", sales)]
            .map(|(name, department)| { let world = &world; async move { world.person(&format!("{name}@acme.example"), Role::Manager, &[department]).await } });
        let (ann, bob, cid) = (ann.await, bob.await, cid.await);
        let filter = json!({ "tag": "VIP", "custom": { "plan": "Gold" } });
        let saved = ann.post(FILTERS, json!({ "name": " Best ", "filter": filter })).await.expect(201);
        assert_eq!((&saved["name"], &saved["filter"], &saved["is_own"]), (&json!("Best"), &filter, &json!(true)));
        ann.post(FILTERS, json!({ "name": "Best", "filter": { "all": true } })).await.expect_invalid(&["name"]);
        ann.post(FILTERS, json!({ "name": "None", "filter": {} })).await.expect_invalid(&["filter"]);
        ann.post(FILTERS, json!({ "name": "Odd", "filter": { "tag": "x".repeat(300) } })).await.expect_invalid(&["filter.tag"]);
        bob.post(FILTERS, json!({ "name": "Best", "filter": { "all": true } })).await.expect(201);
        let path = format!("{FILTERS}/{}", saved["id"].as_str().expect("an id"));
        bob.patch(&path, json!({ "version": 1 })).await.expect_problem(404, "not-found");
        let listed = |client: Client| async move {
            let page = client.get(FILTERS).await.expect(200);
            page["items"].as_array().expect("items").iter().map(|item| item["is_own"] == true).collect::<Vec<bool>>()
        };
        assert_eq!(listed(bob.clone()).await, [true]);
        let shared = ann.patch(&path, json!({ "version": 1, "is_shared": true, "name": "Better" })).await.expect(200);
        assert_eq!((&shared["version"], &shared["name"], &shared["filter"]), (&json!(2), &json!("Better"), &filter));
        assert_eq!(listed(bob.clone()).await, [true, false]);
        assert!(listed(cid.clone()).await.is_empty(), "no colleague");
        assert_eq!(listed(world.admin.clone()).await, [false]);
        bob.delete(&path).await.expect_problem(403, "forbidden");
        ann.patch(&path, json!({ "version": 1 })).await.expect_problem(409, "version-conflict");
        ann.delete(&path).await.expect(204);
        assert_eq!(listed(bob.clone()).await, [true]);
        for n in 0..99 {
            bob.post(FILTERS, json!({ "name": format!("F{n}"), "filter": { "all": true } })).await.expect(201);
        }
        bob.post(FILTERS, json!({ "name": "More", "filter": { "all": true } })).await.expect_problem(409, "limit-reached");
    }
}

on_both_stages! {
    async fn the_last_call_is_known_at_once_and_equals_a_recount(stage: Stage) {
        let (world, admin) = (&stage.world, &stage.world.admin);
        let mut ids = Vec::new();
        for n in 0..12 {
            ids.push(create(admin, json!({ "name": format!("N{n:02}"), "phone": number(n) })).await["id"].clone());
        }
        let begun = world.clock_now();
        for round in 0..2 {
            stage.carrier.set_mix(if round == 0 { Mix { human: 0.0, busy: 1.0, ..Mix::all_human(2.0, 30.0) } } else { Mix::default() });
            let play = stage.campaign(&[], |_| {}).await;
            let chosen = &ids[..if round == 0 { 10 } else { 5 }];
            admin.post(&format!("/api/v1/campaigns/{}/recipients", play.id), json!({ "contact_ids": chosen })).await.expect(200);
            play.start().await;
            world.run_for(minutes(30)).await;
            let [kept, recount] = last_calls_twice(world).await;
            assert_eq!((kept.len(), &kept), (10, &recount));
            if play.row().await.status.is_running() {
                play.stop().await.expect("a stop");
            }
        }
        assert_eq!(names(admin, "never_called=true").await, ["N11", "N10"]);
        let busy = names(admin, "outcome=busy").await;
        assert!(busy.iter().any(|name| name == "N09") && !busy.iter().any(|name| name == "N10"), "{busy:?}");
        assert_eq!(names(admin, &format!("last_called_from={begun}")).await.len(), 10);
        assert!(names(admin, &format!("last_called_to={begun}")).await.is_empty());
        let play = stage.campaign(&[], |_| {}).await;
        let path = format!("/api/v1/campaigns/{}/recipients", play.id);
        let added = admin.post(&path, json!({ "filter": { "never_called": true } })).await.expect(200);
        assert_eq!(added["added"], 2);
        admin.post(&path, json!({ "filter": { "custom": { "a": "" } } })).await.expect_invalid(&["filter.custom.a"]);
        admin.delete(&format!("/api/v1/contacts/{}", ids[7].as_str().expect("an id"))).await.expect(204);
        let [kept, recount] = last_calls_twice(world).await;
        assert_eq!((kept.len(), kept), (9, recount));
    }
}

/// A contact, with its last call.
type Known = (Entry, Option<LastCall>);

/// A book in two departments, of every kind of contact that filters tell apart.
async fn book(world: &World, departments: &[Uuid], seed: u64) -> Vec<Known> {
    let chance = carillon::chance::Chance::seeded(seed);
    let start = world.clock_now();
    let known = |n: u32| {
        let bits = u32::from_le_bytes(chance.bytes());
        let added = start + SignedDuration::from_secs(i64::from(n) * 60);
        let tags =
            ["a", "B"].iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, tag)| (*tag).to_owned());
        let custom = BTreeMap::from([("n".to_owned(), CustomValue::Number((bits >> 2 & 3).into()))]);
        let draft = ContactDraft {
            phone: format!("+1212234{n:04}"),
            name: Some(if bits >> 4 & 1 == 1 { "Ann Lee".to_owned() } else { "Bob".to_owned() }),
            tags: tags.collect(),
            language: (bits >> 5 & 1 == 1).then(|| "en-US".to_owned()),
            custom: if bits >> 6 & 1 == 1 { custom } else { BTreeMap::new() },
            ..ContactDraft::default()
        };
        let entry = Entry {
            id: chance.id(added),
            organization: world.organization,
            department: departments[(bits >> 7 & 1) as usize],
            version: 1,
            contact: draft.check(&CountryCode::US).expect("a contact"),
            timezone_is: ZoneSource::Stated,
            import: None,
            created_at: added,
            updated_at: added,
        };
        let outcome = if bits >> 8 & 1 == 1 { Outcome::Busy } else { Outcome::Answered };
        let called_at = start + SignedDuration::from_secs(i64::from(bits >> 10 & 7) * 3_600);
        (entry, (bits >> 9 & 1 == 1).then_some(LastCall { called_at, outcome }))
    };
    let book: Vec<Known> = (0..300).map(known).collect();
    let (entries, mut ended): (Vec<Entry>, _) =
        (book.iter().map(|(entry, _)| entry.clone()).collect(), EndedCalls::default());
    for (entry, last) in &book {
        if let Some(last) = last {
            ended.note(entry.id, (last.called_at, entry.id), last.outcome);
        }
    }
    let written = world.app.store.write(Lane::Pages, move |tx| {
        many::insert(tx, &entries)?;
        last_calls::write(tx, &ended)
    });
    written.await.map_err(|e: StoreError| e).expect("a write");
    book
}

fn filters(departments: &[Uuid]) -> impl Strategy<Value = ContactFilter> + use<> {
    let start: Timestamp = crate::support::STARTING_AT.parse().expect("an instant");
    let maybe =
        |text: &'static [&'static str]| prop::option::weighted(0.3, prop::sample::select(text).prop_map(str::to_owned));
    let added = prop::option::weighted(0.3, (0..18_000i64, 60..9_000i64));
    let called = prop::option::weighted(0.3, (0..8i64, 1..5i64));
    let outcome = prop::option::weighted(0.3, prop::sample::select(&[Outcome::Busy, Outcome::Answered][..]));
    let custom = prop::option::weighted(0.3, 0..4u32);
    let department = prop::option::weighted(0.3, prop::sample::select(departments.to_vec()));
    let texts = (maybe(&["ann", "b", "212234 1", "le"]), maybe(&["A", "b", "c"]), maybe(&["EN-us", "es"]));
    (texts, added, called, outcome, custom, department, any::<bool>()).prop_map(
        move |((q, tag, language), added, called, outcome, custom, department_id, never)| {
            let at = |seconds: i64| start + SignedDuration::from_secs(seconds);
            let asks = called.is_some() || outcome.is_some();
            ContactFilter {
                q,
                tag,
                language,
                outcome,
                department_id,
                added_from: added.map(|(from, _)| at(from)),
                added_to: added.map(|(from, length)| at(from + length)),
                last_called_from: called.map(|(from, _)| at(from * 3_600)),
                last_called_to: called.map(|(from, length)| at((from + length) * 3_600)),
                never_called: (never && !asks).then_some(true),
                custom: custom.map(|value| ("n".to_owned(), value.to_string())).into_iter().collect(),
                all: None,
            }
        },
    )
}

/// Who is meant, in the order of the list, without any index.
fn model(book: &[Known], filter: &ContactFilter) -> Vec<Uuid> {
    let words = |entry: &Entry| {
        let text = format!("{} {}", entry.contact.name, entry.contact.phone).to_lowercase();
        let q = filter.q.as_deref().unwrap_or_default();
        let is_number = q.chars().all(|sign| sign.is_ascii_digit() || sign == ' ');
        if is_number { text.contains(&q.replace(' ', "")) } else { q.split(' ').all(|word| text.contains(word)) }
    };
    let meets = |(entry, last): &&Known| {
        let around = Circumstances { department: entry.department, added_at: entry.created_at, last_call: *last };
        words(entry) && filter.accepts(&entry.contact, &around)
    };
    let mut met: Vec<&Known> = book.iter().filter(meets).collect();
    let by_calls = filter.asks_of_calls() && filter.q.is_none() && filter.tag.is_none() && filter.custom.is_empty();
    met.sort_by_key(|(entry, last)| {
        std::cmp::Reverse((last.filter(|_| by_calls).map(|last| last.called_at), entry.id))
    });
    met.into_iter().map(|(entry, _)| entry.id).collect()
}

/// Every page, one after the other.
async fn walked(world: &World, wanted: &ContactFilter, limit: u32) -> Vec<Uuid> {
    let (scope, mut after, mut all) = (Scope::whole(world.organization), None, Vec::new());
    loop {
        let wanted = wanted.clone();
        let found = world.app.store.read(move |tx| filter::page(tx, scope, &wanted, after, limit)).await;
        let found = found.map_err(|e: StoreError| e).expect("a page");
        all.extend(found.entries.iter().map(|(_, entry)| entry.id));
        after = found.go_on(limit);
        if after.is_none() {
            return all;
        }
    }
}
